//! What comes of what a young person asked for, what they say to that, and what they
//! say to their plan.

use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{AnswerId, PlanId};
use crate::domain::words::Language;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What becomes of something that a young person asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Yes,
    Partly,
    NotThisTime,
}

impl Verdict {
    pub const ALL: [Verdict; 3] = [Verdict::Yes, Verdict::Partly, Verdict::NotThisTime];

    pub fn id(self) -> &'static str {
        match self {
            Verdict::Yes => "yes",
            Verdict::Partly => "partly",
            Verdict::NotThisTime => "not-this-time",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Verdict::Yes => "Yes, we will",
            Verdict::Partly => "Partly",
            Verdict::NotThisTime => "Not this time",
        }
    }
}

impl std::str::FromStr for Verdict {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Verdict::ALL.into_iter().find(|verdict| verdict.id() == text).ok_or_else(|| format!("{text} is no reply"))
    }
}

/// A reply to a young person, by the name of who decided.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub verdict: Verdict,
    pub why: String,
    pub by: String,
    pub at: Moment,
    /// The day by which it is to happen, where that was said. Missing in copies that a
    /// device kept from before, as is what follows.
    #[serde(default)]
    pub due: Option<Day>,
    /// What the young person said to it, for those it went to.
    #[serde(default)]
    pub back: Option<AnsweredBack>,
    /// The same in the language of their answer, where somebody added that.
    #[serde(default)]
    pub theirs: Option<InTheirs>,
}

/// Why, in the young person's language, by the name of the adult who says it so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InTheirs {
    pub language: Language,
    pub words: String,
    pub by: String,
}

/// What a young person says to a reply, as it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AnsweredBack {
    /// Whether it is OK with them; none where they aren't sure.
    pub ok: Option<bool>,
    pub words: String,
    pub at: Moment,
}

/// The same as they write it in their private document, so that it works offline. It
/// goes to who replied and to the designated teacher when the server commits it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Back {
    pub answer: AnswerId,
    /// When the reply was given: a later one asks again.
    pub to: Moment,
    /// Whether it is OK with them; none where they aren't sure.
    pub ok: Option<bool>,
    pub words: String,
}

/// How a young person finds the plan that was made for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    Agree,
    Partly,
    No,
}

impl View {
    pub const ALL: [View; 3] = [View::Agree, View::Partly, View::No];

    pub fn id(self) -> &'static str {
        match self {
            View::Agree => "agree",
            View::Partly => "partly",
            View::No => "no",
        }
    }

    /// As adults read it: "Amira has seen the plan: partly".
    pub fn words(self) -> &'static str {
        match self {
            View::Agree => "agrees",
            View::Partly => "partly",
            View::No => "doesn’t agree",
        }
    }
}

impl std::str::FromStr for View {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        View::ALL.into_iter().find(|view| view.id() == text).ok_or_else(|| format!("{text} is no view of a plan"))
    }
}

/// That a young person has seen a plan, as they write it in their private document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SeenPlan {
    pub plan: PlanId,
    pub says: View,
    pub words: String,
}

/// The same as it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Seen {
    pub says: View,
    /// Their own words, for those it went to.
    pub words: String,
    pub at: Moment,
}

/// The longest words that are passed on, in bytes: as long as a box of My voice.
const LONGEST: usize = 180_000;

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok().filter(|_| text.len() <= LONGEST)
}

impl Back {
    pub fn read(text: &str) -> Option<Self> {
        read(text)
    }

    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl SeenPlan {
    pub fn read(text: &str) -> Option<Self> {
        read(text)
    }

    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What else of a private document is passed on when it is committed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    Back(Back),
    Seen(SeenPlan),
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_said_back_reads_as_it_was_written() {
        for ok in [Some(true), Some(false), None] {
            let back =
                Back { answer: AnswerId::new(Uuid::nil()), to: Moment(5), ok, words: "But you “said”".into() };
            assert_eq!(Back::read(&back.written()), Some(back));
        }
        let seen = SeenPlan { plan: PlanId::new(Uuid::nil()), says: View::Partly, words: String::new() };
        assert_eq!(SeenPlan::read(&seen.written()), Some(seen));
        assert_eq!(Back::read("yes"), None);
        assert_eq!(SeenPlan::read("{}"), None);
    }

    #[test]
    fn a_reply_from_before_is_read() {
        let text = r#"{"verdict":"yes","why":"We can","by":"Tom","at":5}"#;
        let reply: Reply = serde_json::from_str(text).unwrap();
        assert_eq!((reply.due, reply.back), (None, None));
        let back: AnsweredBack = serde_json::from_str(r#"{"ok":false,"words":"No","at":5}"#).unwrap();
        assert_eq!(back.ok, Some(false));
    }
}
