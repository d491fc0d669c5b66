//! When and where a plan's meeting is.

use super::{Answer, Problem};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::PlanId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// A meeting as someone wants it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// When the meeting was, as the page that asks for this showed it.
    pub seen: Option<Moment>,
    pub day: Day,
    /// "13:30", in England.
    pub time: String,
    pub place: String,
    /// The day is meant, also where nobody is at school on it. Pages from before pages
    /// asked about that don't say.
    #[serde(default = "yes")]
    pub meant: bool,
}

fn yes() -> bool {
    true
}

/// Sets the meeting, and invites the team by e-mail. Answers a sentence, and sets
/// nothing, where nobody is at school on that day and it isn't said to be meant.
#[server(prefix = "/v1", endpoint = "set-meeting", input = Json, output = Answer)]
pub async fn set_meeting(plan: PlanId, wanted: Wanted) -> Result<Option<String>, Problem> {
    Desk::asked().await?.set_meeting(&plan, &wanted).await
}
