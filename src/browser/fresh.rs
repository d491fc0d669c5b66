//! Ids that this device makes. They begin with the time, as the device has it.

use super::{here, vault};
use crate::domain::people::RowId;
use uuid::Uuid;

pub fn row() -> RowId {
    RowId::new(id())
}

pub fn id() -> Uuid {
    let random: [u8; 10] = vault::random();
    let now = here::now().0.max(0) as u64;
    uuid::Builder::from_unix_timestamp_millis(now, &random).into_uuid()
}
