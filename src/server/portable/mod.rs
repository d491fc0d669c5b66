//! A plan that leaves Pep and comes back: the open format of one plan, what one
//! person sees of it, and how a file is read. The database's part is in
//! `db::portable`.

mod check;
pub mod file;
mod marks;
mod reading;
mod rebuild;
mod view;

pub use file::File;
pub use reading::{MOST_BYTES, read};
pub use rebuild::{Rebuilt, rebuild};
pub use view::View;

use super::auth::password;
use super::db::portable::{self, Document, Import, Refused};
use super::db::{Db, DbError};
use super::ids;
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;

/// The whole of a plan, for whoever looks after the server; nothing where there is no
/// such plan.
pub async fn export(db: &Db, plan: &PlanId) -> Result<Option<File>, DbError> {
    portable::export(db, plan).await
}

/// Brings a plan in, all of it or nothing.
pub async fn import(db: &Db, file: &File, at: Moment) -> Result<(), String> {
    let mut documents = Vec::new();
    for part in &file.sections {
        let made = rebuild(part.section.section(), &part.values, client)
            .map_err(|why| format!("The section {} can't be made: {why}. Nothing was imported", part.section.id()))?;
        documents.push(Document { section: part.section, values: &part.values, made });
    }
    // Nobody knows the password behind this hash, so nobody signs in with it.
    let nobodys = password::hash(ids::secret()).await.map_err(|error| error.to_string())?;
    let import = Import { file, documents, nobodys, at };
    portable::import(db, &import).await.map_err(|refused| match refused {
        Refused::There => "This plan is here already. Nothing was imported".into(),
        Refused::Term => "This child has another plan for that term, or with that number. Nothing was imported".into(),
        Refused::Database(error) if error.is_taken() => {
            "Something in this file is here already, under another plan. Nothing was imported".into()
        }
        Refused::Database(error) => format!("{error}. Nothing was imported"),
    })
}

/// A number that nobody else writes under: 53 bits are what a browser can count to.
fn client() -> u64 {
    u64::from_le_bytes(ids::random()) >> 11
}
