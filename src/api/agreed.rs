//! What was agreed, and saying that an action of one's own is done.

use super::{Answer, Page, Problem};
use crate::domain::agreed::{Agreed, Next};
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, RowId};
use crate::domain::words::Said;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// What was agreed for a child, as one person may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AgreedPage {
    /// The plan that was agreed: the one that was asked for, or the last one before it.
    pub plan: PlanId,
    /// What the child likes to be called.
    pub name: String,
    /// None until the end of the first meeting.
    pub agreed: Option<Agreed>,
    pub next: Option<Next>,
    /// The plan's address, for somebody's calendar.
    pub link: String,
    pub made: Moment,
    /// The words of the page, in the reader's language.
    #[serde(default)]
    pub said: Said,
}

#[server(name = AgreedOfPlan, prefix = "/v1", endpoint = "agreed", input = GetUrl, output = Answer)]
pub async fn agreed(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.agreed(&plan).await?))
}

/// Says that an action of one's own is done, or not after all.
#[server(prefix = "/v1", endpoint = "action-done", output = Answer)]
pub async fn action_done(plan: PlanId, action: RowId, done: bool) -> Result<(), Problem> {
    Desk::asked().await?.action_done(&plan, &action, done).await
}
