//! The file of one plan, as the published schema says it (`public/schema/plan-1.json`).
//! Moments are milliseconds since 1970 UTC, money is in pence, and `by` is a person's
//! id or `young-person`.

use crate::domain::calendar::{Day, Moment};
use crate::domain::grant::Request;
use crate::domain::money::FinancialYear;
use crate::domain::people::{AnswerId, ChildId, LineId, PersonId, PlanId, RecordId, Role};
use crate::domain::plan::{State, Term};
use crate::domain::schedule;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::voice::{Given, Verdict};
use crate::domain::workflow;
use serde::{Deserialize, Serialize};

/// What a file of this kind begins with.
pub const FORMAT: &str = "pep plan 1";

/// One plan with everything beside it. My voice is not in it: it is the young
/// person's own, and only what they shared is here. Nor are drawings, recordings and photos:
/// their bytes don't leave Pep.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct File {
    pub format: String,
    /// Whether it is the whole plan, made by whoever looks after the server. Otherwise
    /// it is what one person may see.
    pub complete: bool,
    pub seen_by: Option<PersonId>,
    pub regulations: Regulations,
    pub child: Child,
    pub plan: Plan,
    /// Those who are named in the rest.
    pub people: Vec<Person>,
    pub sections: Vec<Section>,
    pub history: Vec<Change>,
    pub steps: Vec<Step>,
    pub signatures: Vec<Signature>,
    pub quality: Vec<Score>,
    pub addenda: Vec<Addendum>,
    /// What arrived after the plan was closed.
    pub late_edits: Vec<Change>,
    /// What somebody whose part in the plan had ended offers to the designated teacher.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Offered>,
    /// What the young person shared and hasn't taken back.
    pub shared: Vec<Shared>,
    pub grant: Vec<GrantLine>,
}

/// Which sections answer which item of the law.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Regulations {
    pub source: String,
    pub items: Vec<Item>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Item {
    pub number: u32,
    pub words: String,
    pub sections: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Child {
    pub id: ChildId,
    pub name: String,
    pub full_name: String,
    pub born: Day,
    pub year_group: String,
    pub school: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Plan {
    pub id: PlanId,
    pub year: i32,
    pub term: Term,
    pub number: i64,
    pub state: State,
    pub meeting: Option<Meeting>,
    /// What an agreed plan says of the child's year and school, however they change
    /// later. Files from before this have none.
    #[serde(default)]
    pub as_agreed: Option<AsAgreed>,
    pub made_at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AsAgreed {
    pub year_group: String,
    pub school: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Meeting {
    pub at: Moment,
    pub place: String,
}

/// Somebody who is named. Neither an address nor a password leaves Pep.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// What they are or were to the child.
    pub roles: Vec<Role>,
}

/// Who did something, and when.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Mark {
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Section {
    pub section: SectionId,
    pub values: Values,
    pub completed: Option<Mark>,
    /// What a carer's words in it say in another language, as adults say who read them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translated>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Translated {
    pub id: RecordId,
    pub path: String,
    /// The mark of the wording that it is of.
    pub wording: String,
    pub words: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    pub id: RecordId,
    pub section: SectionId,
    pub path: String,
    pub was: String,
    pub became: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offered {
    pub id: RecordId,
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Step {
    pub id: RecordId,
    pub step: workflow::Step,
    pub was: State,
    pub became: State,
    pub by: String,
    pub role: Role,
    pub at: Moment,
    pub reason: String,
    pub sections: Vec<SectionId>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Signature {
    pub id: RecordId,
    pub by: String,
    pub role: Role,
    pub at: Moment,
    pub statement: String,
    /// None in the view of somebody who may not read all that it is for: one could
    /// guess a short answer and try whether the hash fits.
    pub hash: Option<String>,
    pub sections: Vec<Signed>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Signed {
    pub section: SectionId,
    pub hash: String,
    /// When a change took the signature on this section back.
    pub void_at: Option<Moment>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Score {
    pub area: String,
    pub level: String,
    pub comment: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Addendum {
    pub id: RecordId,
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub role: Role,
    pub at: Moment,
    pub hash: String,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Shared {
    pub id: AnswerId,
    pub question: String,
    pub pick: String,
    pub words: String,
    /// Who helped and who typed, as they say it. Files from before don't say.
    #[serde(default)]
    pub given: Given,
    pub at: Moment,
    pub with: Vec<PersonId>,
    pub replies: Vec<Reply>,
    /// What it says in another language, as adults of whom it was shared with say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translation>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Translation {
    pub id: RecordId,
    pub words: String,
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub id: RecordId,
    pub verdict: Verdict,
    pub why: String,
    /// The day by which it is to happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    pub by: String,
    pub at: Moment,
}

/// One line of the Pupil Premium Plus ledger. Its term is the plan's.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GrantLine {
    pub id: LineId,
    pub asked: Request,
    pub financial_year: FinancialYear,
    pub state: String,
    pub reason: String,
    pub requested: Mark,
    pub decided: Option<Mark>,
    pub paid: Option<Mark>,
    pub withdrawn: Option<Mark>,
    pub actual: Option<Actual>,
}

/// What came of what was paid for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Actual {
    pub words: String,
    pub by: String,
    pub at: Moment,
}

impl Regulations {
    /// The table as this Pep knows it.
    pub fn known() -> Self {
        let item = |item: &schedule::Item| Item {
            number: item.number,
            words: item.words.into(),
            sections: item.sections.iter().map(|section| section.id().into()).collect(),
        };
        Self { source: schedule::SOURCE.into(), items: schedule::ITEMS.iter().map(item).collect() }
    }
}

impl File {
    /// The whole file as text.
    pub fn written(&self) -> Result<String, String> {
        serde_json::to_string_pretty(self)
            .map(|text| text + "\n")
            .map_err(|error| format!("The file could not be made: {error}"))
    }

    /// What an agreed plan goes on saying of the child's year and school: where an older
    /// file doesn't, what it says of the child.
    pub fn as_agreed(&self) -> Option<AsAgreed> {
        let childs = || AsAgreed { year_group: self.child.year_group.clone(), school: self.child.school.clone() };
        (self.plan.state == State::Agreed).then(|| self.plan.as_agreed.clone().unwrap_or_else(childs))
    }
}
