//! A plan: one child, one school term, one state.

use super::people::PlanId;
use super::sections::SectionId;
use super::words::problem::{AGREED_BEFORE, CLOSED_BEFORE, NOT_OPEN_YET};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    Autumn,
    Spring,
    Summer,
}

/// Where a plan stands on its way through the term. What leads from one to the
/// next is `workflow`'s to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Scheduled,
    Drafting,
    Meeting,
    Completing,
    /// The designated teacher signed; the social worker hasn't yet.
    TeacherSigned,
    /// The social worker signed; the designated teacher hasn't yet.
    WorkerSigned,
    /// Everyone who signs has signed, and the virtual school looks at it.
    Quality,
    /// Sent back, with a reason and the sections it is about.
    Returned,
    /// Agreed by the virtual school, and locked.
    Agreed,
    Cancelled,
    Superseded,
    NotNeeded,
}

impl Term {
    pub const ALL: [Term; 3] = [Term::Autumn, Term::Spring, Term::Summer];

    pub fn id(self) -> &'static str {
        match self {
            Term::Autumn => "autumn",
            Term::Spring => "spring",
            Term::Summer => "summer",
        }
    }

    /// The term after this one of a school year, with the year in which that term's
    /// school year begins.
    pub fn after(self, year: i32) -> (i32, Term) {
        match self {
            Term::Autumn => (year, Term::Spring),
            Term::Spring => (year, Term::Summer),
            Term::Summer => (year + 1, Term::Autumn),
        }
    }

    /// The term before this one, likewise.
    pub fn before(self, year: i32) -> (i32, Term) {
        match self {
            Term::Autumn => (year - 1, Term::Summer),
            Term::Spring => (year, Term::Autumn),
            Term::Summer => (year, Term::Spring),
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Term::Autumn => "Autumn term",
            Term::Spring => "Spring term",
            Term::Summer => "Summer term",
        }
    }
}

impl FromStr for Term {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Term::ALL.into_iter().find(|term| term.id() == text).ok_or_else(|| format!("{text} is not a term"))
    }
}

impl State {
    pub const ALL: [State; 12] = [
        State::Scheduled,
        State::Drafting,
        State::Meeting,
        State::Completing,
        State::TeacherSigned,
        State::WorkerSigned,
        State::Quality,
        State::Returned,
        State::Agreed,
        State::Cancelled,
        State::Superseded,
        State::NotNeeded,
    ];

    pub fn id(self) -> &'static str {
        match self {
            State::Scheduled => "scheduled",
            State::Drafting => "drafting",
            State::Meeting => "meeting",
            State::Completing => "completing",
            State::TeacherSigned => "teacher-signed",
            State::WorkerSigned => "worker-signed",
            State::Quality => "quality",
            State::Returned => "returned",
            State::Agreed => "agreed",
            State::Cancelled => "cancelled",
            State::Superseded => "superseded",
            State::NotNeeded => "not-needed",
        }
    }

    /// The heading over the task list: what this time is for.
    pub fn words(self) -> &'static str {
        match self {
            State::Scheduled => "Not open yet",
            State::Drafting => "Before the meeting",
            State::Meeting => "In the meeting",
            State::Completing => "After the meeting",
            State::TeacherSigned => "Signed by the designated teacher",
            State::WorkerSigned => "Signed by the social worker",
            State::Quality => "With the virtual school",
            State::Returned => "Sent back to be finished",
            State::Agreed => "Agreed",
            State::Cancelled => "Cancelled",
            State::Superseded => "Replaced by another plan",
            State::NotNeeded => "No longer needed",
        }
    }

    /// Whether the plan's documents take edits. They do while it is being signed: an
    /// edit made offline has its place, and takes back the signatures on what it changed.
    pub fn takes_edits(self) -> bool {
        self != State::Scheduled && !self.is_over()
    }

    /// Nothing leads on from these.
    pub const OVER: [State; 4] = [State::Agreed, State::Cancelled, State::Superseded, State::NotNeeded];

    /// Signatures stand in these.
    pub const SIGNED: [State; 3] = [State::TeacherSigned, State::WorkerSigned, State::Quality];

    /// Whether nothing leads on from here.
    pub fn is_over(self) -> bool {
        Self::OVER.contains(&self)
    }

    /// Why a plan takes no edits, where it doesn't.
    pub fn closed_sentence(self) -> Option<&'static str> {
        match self {
            State::Scheduled => Some(NOT_OPEN_YET.english()),
            State::Agreed => Some(AGREED_BEFORE.english()),
            State::Cancelled | State::Superseded | State::NotNeeded => Some(CLOSED_BEFORE.english()),
            _ => None,
        }
    }

    /// Whether a sentence says that what came is kept beside a plan that was closed.
    pub fn is_late(why: &str) -> bool {
        [AGREED_BEFORE, CLOSED_BEFORE].iter().any(|word| word.english() == why)
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        State::ALL
            .into_iter()
            .find(|state| state.id() == text)
            .ok_or_else(|| format!("{text} is not a state of a plan"))
    }
}

/// The name of a document: one section of one plan, `{plan id}/{section}`.
/// Rights, drafts and sync all go by it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentName {
    pub plan: PlanId,
    pub section: SectionId,
}

impl fmt::Display for DocumentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.plan, self.section.id())
    }
}

impl FromStr for DocumentName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (plan, section) = text.split_once('/').ok_or("That isn't part of a plan")?;
        Ok(Self { plan: plan.parse()?, section: section.parse()? })
    }
}

impl TryFrom<String> for DocumentName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<DocumentName> for String {
    fn from(name: DocumentName) -> String {
        name.to_string()
    }
}
