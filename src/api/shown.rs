//! The shape of each page's data: what one person may see, and nothing else.

use super::agreeing::Agreeing;
use super::influence::SaidBack;
use super::occasions::OccasionLine;
use crate::domain::attendance::Sessions;
use crate::domain::calendar::{Day, Moment};
use crate::domain::copies::CopyKind;
use crate::domain::history::Sum;
use crate::domain::looks::Looks;
use crate::domain::people::{PersonId, PlanId, Role, TeamMember};
use crate::domain::plan::{State, Term};
use crate::domain::sections::SectionId;
use crate::domain::translated::Translated;
use crate::domain::values::Values;
use crate::domain::voice::{Seen, SharedAnswer};
use crate::domain::words::{Language, Said};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What a page shows, as JSON text. Pages of all kinds travel as one type, so that
/// the browser carries the machinery of loading once, and keeps the text as it came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Page(pub String);

impl Page {
    pub fn of<T: Serialize>(shown: &T) -> Self {
        Self(serde_json::to_string(shown).unwrap_or_default())
    }

    /// The page's data; nothing where this build can't read it.
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.0).ok()
    }
}

/// Who is asking.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Me {
    Nobody,
    Adult {
        id: PersonId,
        name: String,
    },
    /// A tablet that was handed over: My voice, and nothing else.
    Sitting,
}

/// The home page: the children, and whether this person sets the authority's own rules.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HomePage {
    pub children: Vec<ChildCard>,
    #[serde(default)]
    pub sets_rules: bool,
    /// The words of a carer's list, in their language.
    #[serde(default)]
    pub said: Said,
}

/// One child on the home page, with the one next thing to do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChildCard {
    pub name: String,
    /// "Year 8, Hazel Bank School".
    pub school: String,
    pub plan: PlanId,
    pub role: Role,
    pub meeting: Option<Meeting>,
    /// Whether it is on now.
    #[serde(default)]
    pub is_on: bool,
    /// The section that this person is asked for next; none when their part is done.
    pub next: Option<SectionId>,
    /// How many of the sections asked of this person are complete, and of how many.
    pub done: usize,
    pub asked: usize,
    /// Whether the young person shared something with this person.
    pub shared: bool,
    /// Why the tablet can't be handed over: nothing is written in the plan now. Empty where
    /// it is over.
    #[serde(default)]
    pub shut: Option<String>,
    /// Whether this person may bring in the child's register or marks from a file. A
    /// copy that a device kept from before doesn't say.
    #[serde(default)]
    pub may_import: bool,
    /// What has to be done next in the plan, by whom and by when, as far as this person
    /// may know. What follows is missing in copies that a device kept from before.
    #[serde(default)]
    pub due: Option<String>,
    /// It was to be done by now.
    #[serde(default)]
    pub late: bool,
    #[serde(default)]
    pub reminders: Vec<Reminded>,
}

/// Something that this person is to be reminded of.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reminded {
    pub plan: PlanId,
    pub words: String,
    pub by: Day,
    pub late: bool,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Meeting {
    pub at: Moment,
    pub place: String,
}

/// A plan as one person may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlanPage {
    pub plan: PlanId,
    /// What the child likes to be called.
    pub name: String,
    /// "Year 8".
    pub year_group: String,
    pub school: String,
    pub year: i32,
    pub term: Term,
    /// The child's first plan is 1.
    pub number: i64,
    pub state: State,
    pub meeting: Option<Meeting>,
    /// What has to be done next, by whom and by when, as far as this person may know.
    pub due: Option<String>,
    /// It was to be done by now. What is marked so is missing in copies that a device
    /// kept from before.
    #[serde(default)]
    pub late: bool,
    #[serde(default)]
    pub may_set_meeting: bool,
    /// What is to be looked at before the meeting, and was.
    #[serde(default)]
    pub occasions: Vec<OccasionLine>,
    #[serde(default)]
    pub may_open_occasion: bool,
    /// Whether this person may see what Pupil Premium Plus pays for. A copy that a
    /// device kept from before doesn't say.
    #[serde(default)]
    pub may_see_money: bool,
    /// Whether this person may take the plan out as a file.
    #[serde(default)]
    pub may_export: bool,
    /// Whether this person may make a card that opens the young person's own page.
    #[serde(default)]
    pub may_make_card: bool,
    /// When the latest card was first opened, and whether the pictures were chosen with it.
    #[serde(default)]
    pub card_told: Option<String>,
    /// The copies of the plan that this person may have.
    #[serde(default)]
    pub copies: Vec<CopyKind>,
    pub role: Role,
    /// The sections that this person may open, in order.
    pub tasks: Vec<Task>,
    /// What the young person shared with this person.
    pub shared: Vec<SharedAnswer>,
    /// What this person's own pages are in: somebody may translate into that.
    #[serde(default)]
    pub language: Language,
    /// What they said to replies about what they didn't share with this person. What is
    /// marked so is missing in copies that a device kept from before.
    #[serde(default)]
    pub said_back: Vec<SaidBack>,
    /// Whether what they ask back is closed for everyone when this person hides it.
    #[serde(default)]
    pub may_hide_for_all: bool,
    /// That the young person has seen the plan, and how they find it.
    #[serde(default)]
    pub seen: Option<Seen>,
    pub team: Vec<TeamMember>,
    /// Who else wrote where since this person last looked, the latest first.
    #[serde(default)]
    pub sums: Vec<Sum>,
    /// When they last looked; none the first time.
    pub looked: Option<Moment>,
    /// What people say they have done of what was agreed last.
    #[serde(default)]
    pub said_done: Vec<String>,
    pub agreeing: Agreeing,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Task {
    pub section: SectionId,
    pub may_write: bool,
    /// Whether this person is asked to complete it.
    pub yours: bool,
    pub progress: Progress,
}

/// The author says when a section is complete, not a percentage.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Progress {
    NotStarted,
    InProgress,
    Completed,
}

/// One change to one section.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    pub section: SectionId,
    pub path: String,
    /// The writer's name.
    pub by: String,
    pub at: Moment,
    pub was: String,
    pub became: String,
}

/// One section as one person may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SectionPage {
    pub plan: PlanId,
    pub section: SectionId,
    pub name: String,
    pub meeting: Option<Meeting>,
    pub role: Role,
    pub state: State,
    pub may_write: bool,
    pub completed: bool,
    pub values: Values,
    /// What the plan before this one brings to it.
    pub last: Values,
    /// What its numbers said together, a sentence for each.
    pub last_said: Vec<String>,
    /// The sessions of the last plan's term. A copy that a device kept from before
    /// doesn't have them.
    #[serde(default)]
    pub last_sessions: Option<Sessions>,
    pub team: Vec<TeamMember>,
    /// The sections this person may open, for the way to the next.
    pub others: Vec<SectionId>,
    /// When this person last looked at it; none the first time. A copy that a device
    /// kept from before doesn't say.
    #[serde(default)]
    pub looked: Option<Moment>,
    /// Who else wrote where since then, or ever; the latest first.
    #[serde(default)]
    pub sums: Vec<Sum>,
    /// The words of a carer's page, in their language.
    #[serde(default)]
    pub said: Said,
    /// What a carer's words are most likely written in.
    #[serde(default)]
    pub language: Language,
    /// What they say in another language, the latest first.
    #[serde(default)]
    pub translated: Vec<Translated>,
}

/// What a carer's page reads of a `SectionPage`: their phone doesn't carry the code
/// that would read the rest.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct CarersPage {
    pub plan: PlanId,
    pub section: SectionId,
    pub name: String,
    pub meeting: Option<Meeting>,
    pub may_write: bool,
    pub completed: bool,
    pub values: Values,
    pub team: Vec<TeamMember>,
    #[serde(default)]
    pub said: Said,
}

/// What a carer's list of children reads of a `HomePage`.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct CarersHome {
    pub children: Vec<CarersChild>,
    #[serde(default)]
    pub said: Said,
}

/// What it reads of a `ChildCard`.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct CarersChild {
    pub name: String,
    pub school: String,
    pub plan: PlanId,
    pub role: Role,
    pub meeting: Option<Meeting>,
    pub asked: usize,
    #[serde(default)]
    pub shut: Option<String>,
}

impl From<SectionPage> for CarersPage {
    fn from(page: SectionPage) -> Self {
        let SectionPage { plan, section, name, meeting, may_write, completed, values, team, said, .. } = page;
        Self { plan, section, name, meeting, may_write, completed, values, team, said }
    }
}

/// What a handed-over tablet knows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SittingPage {
    pub plan: PlanId,
    pub name: String,
    pub age: i32,
    pub team: Vec<TeamMember>,
    pub meeting: Option<Meeting>,
    /// A picture code is set: what was written earlier opens only with it.
    pub has_code: bool,
    /// Tries left for the picture code.
    pub tries: i64,
    /// How the child wants it to look, so that it is drawn so from the first.
    #[serde(default)]
    pub looks: Looks,
    /// The words of the child's language, where that isn't English.
    #[serde(default)]
    pub said: Option<Said>,
    /// Opened with a card. Without a picture code, what was written before stays shut.
    #[serde(default)]
    pub by_card: bool,
    /// Nothing opens before a picture code is chosen, and it can be: with a card while
    /// nothing is written, or once the old one was forgotten.
    #[serde(default)]
    pub fresh: bool,
    /// Who let the young person choose new pictures, where that was lately.
    #[serde(default)]
    pub reset: Option<String>,
}

impl SittingPage {
    /// A sitting whose page is still locked on the device: only that there is a code.
    pub fn unread() -> Self {
        let plan = PlanId::new(uuid::Uuid::nil());
        Self {
            plan,
            name: String::new(),
            age: 9,
            team: Vec::new(),
            meeting: None,
            has_code: true,
            tries: 5,
            looks: Looks::default(),
            said: None,
            by_card: false,
            fresh: false,
            reset: None,
        }
    }
}

/// A whole plan for printing: everything that this person may read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PrintPage {
    pub page: PlanPage,
    pub sections: Vec<(SectionId, Values)>,
    /// The sessions of the last plan's term, for who may read that section.
    #[serde(default)]
    pub last_sessions: Option<Sessions>,
    pub today: Day,
}
