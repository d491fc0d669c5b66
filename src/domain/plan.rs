//! A plan: one child, one school term, one state.

use super::people::PlanId;
use super::sections::SectionId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    Autumn,
    Spring,
    Summer,
}

/// Where a plan stands on its way through the term.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Scheduled,
    Drafting,
    Meeting,
    Completing,
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
    pub const ALL: [State; 4] = [State::Scheduled, State::Drafting, State::Meeting, State::Completing];

    pub fn id(self) -> &'static str {
        match self {
            State::Scheduled => "scheduled",
            State::Drafting => "drafting",
            State::Meeting => "meeting",
            State::Completing => "completing",
        }
    }

    /// The heading over the task list: what this time is for.
    pub fn words(self) -> &'static str {
        match self {
            State::Scheduled => "Not open yet",
            State::Drafting => "Before the meeting",
            State::Meeting => "In the meeting",
            State::Completing => "After the meeting",
        }
    }

    /// Whether the plan's documents take edits.
    pub fn takes_edits(self) -> bool {
        self != State::Scheduled
    }

    /// The states that may follow this one. A meeting can be opened too early,
    /// so it can also be closed again.
    pub fn next(self) -> &'static [State] {
        match self {
            State::Scheduled => &[State::Drafting],
            State::Drafting => &[State::Meeting],
            State::Meeting => &[State::Completing, State::Drafting],
            State::Completing => &[],
        }
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
