//! When and where a plan's meeting is, and what is open in it.

use super::{Answer, Meeting, Page, Problem};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{PlanId, TeamMember};
use crate::domain::plan::State;
use crate::domain::ready::Lack;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::voice::SharedAnswer;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
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

/// The meeting as one person has it open on their own device.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MeetingPage {
    pub plan: PlanId,
    pub name: String,
    pub state: State,
    pub meeting: Option<Meeting>,
    /// When it was opened; none where it isn't going on.
    pub began: Option<Moment>,
    /// What the young person shared with this person.
    pub shared: Vec<SharedAnswer>,
    /// What the meeting looks at, as far as it is this person's to read.
    pub parts: Vec<OpenPart>,
    /// Those who are in the team now.
    pub team: Vec<TeamMember>,
    /// Those, and whoever was in it before.
    pub ever: Vec<TeamMember>,
    /// What is missing in what this person may read.
    pub lacks: Vec<Lack>,
}

/// A section that is open in a meeting.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenPart {
    pub section: SectionId,
    pub may_write: bool,
    pub values: Values,
}

impl MeetingPage {
    pub fn part(&self, section: SectionId) -> Option<&OpenPart> {
        self.parts.iter().find(|part| part.section == section)
    }
}

#[server(name = MeetingOfPlan, prefix = "/v1", endpoint = "meeting", input = GetUrl, output = Answer)]
pub async fn meeting(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.meeting(&plan).await?))
}

/// What may be on a screen that everybody in the room sees.
#[server(name = ScreenOfPlan, prefix = "/v1", endpoint = "shared-screen", input = GetUrl, output = Answer)]
pub async fn shared_screen(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.shared_screen(&plan).await?))
}
