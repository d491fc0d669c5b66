//! What makes a plan worth looking at before the term's meeting.

use super::{Answer, Problem};
use crate::domain::calendar::{Day, Moment};
use crate::domain::occasions::Kind;
use crate::domain::people::{PlanId, RowId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// One occasion, for somebody who may read what it is about.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OccasionLine {
    pub id: String,
    pub kind: Kind,
    pub words: String,
    pub due: Day,
    pub late: bool,
    /// Who opened it; none where it was recognised from what is written.
    pub by: Option<String>,
    pub at: Moment,
    /// Who said that it was looked at, and when.
    pub done: Option<(String, Moment)>,
}

/// Opens an occasion by hand. The page gives it its id, so that asking again after a
/// lost answer opens one.
#[server(prefix = "/v1", endpoint = "open-occasion", output = Answer)]
pub async fn open_occasion(plan: PlanId, id: RowId, kind: Kind, words: String) -> Result<(), Problem> {
    Desk::asked().await?.open_occasion(&plan, &id, kind, &words).await
}

/// Says that an occasion was looked at.
#[server(prefix = "/v1", endpoint = "finish-occasion", output = Answer)]
pub async fn finish_occasion(plan: PlanId, id: String) -> Result<(), Problem> {
    Desk::asked().await?.finish_occasion(&plan, &id).await
}
