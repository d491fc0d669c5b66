//! What somebody offers to the designated teacher who wrote it before their part in a plan
//! ended: it is kept beside the plan, and never merged into it.

use super::{Answer, Problem};
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, RecordId};
use crate::domain::sections::SectionId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// Words that are offered, in a section that the asker reads.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offered {
    pub id: RecordId,
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub at: Moment,
    pub may_let_go: bool,
}

/// Offers words that a plan doesn't take any more.
#[server(prefix = "/v1", endpoint = "offer", output = Answer)]
pub async fn offer(plan: PlanId, section: SectionId, words: String) -> Result<(), Problem> {
    Desk::asked().await?.offer(&plan, section, &words).await
}

/// Lets go of words that are offered.
#[server(prefix = "/v1", endpoint = "let-go", output = Answer)]
pub async fn let_go(plan: PlanId, id: RecordId) -> Result<(), Problem> {
    Desk::asked().await?.let_go_offered(&plan, &id).await
}
