//! What makes a plan worth looking at before the term's meeting: a new school, a move,
//! a suspension, absence, progress that worries, a key stage that ends. Recognised from
//! what is written and from the calendar, or opened by hand.

use super::attendance::{Absence, Sessions};
use super::sections::SectionId;
use super::values::Values;
pub use key_stage::{first_of_summer, key_stage_ending};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

mod key_stage;

/// A kind of occasion.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    NewSchool,
    Move,
    Suspension,
    Attendance,
    Progress,
    Concern,
    KeyStage,
}

/// An occasion that was recognised. Its words name no child, no school and no place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub kind: Kind,
    /// What it is about within its kind: found again, it is the same occasion.
    pub fact: String,
    pub words: String,
}

impl Kind {
    pub const ALL: [Kind; 7] = [
        Kind::NewSchool,
        Kind::Move,
        Kind::Suspension,
        Kind::Attendance,
        Kind::Progress,
        Kind::Concern,
        Kind::KeyStage,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Kind::NewSchool => "new-school",
            Kind::Move => "move",
            Kind::Suspension => "suspension",
            Kind::Attendance => "attendance",
            Kind::Progress => "progress",
            Kind::Concern => "concern",
            Kind::KeyStage => "key-stage",
        }
    }

    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            Kind::NewSchool => "New school",
            Kind::Move => "Move of home",
            Kind::Suspension => "Suspension or exclusion",
            Kind::Attendance => "Attendance",
            Kind::Progress => "Progress",
            Kind::Concern => "Serious concern",
            Kind::KeyStage => "End of a key stage",
        }
    }

    /// The section that it is about: who may not read that doesn't learn of it. A
    /// concern in free words is for the professionals alone, and so is a move: the new
    /// home isn't for the carers of the old one to know.
    pub fn section(self) -> SectionId {
        match self {
            Kind::NewSchool | Kind::KeyStage => SectionId::SchoolNow,
            Kind::Suspension => SectionId::Conduct,
            Kind::Attendance => SectionId::Attendance,
            Kind::Progress => SectionId::Progress,
            Kind::Concern | Kind::Move => SectionId::CareDetails,
        }
    }

    /// Whether one that is open stands for all: a new school that two sections tell of
    /// is one new school.
    pub fn is_one_at_a_time(self) -> bool {
        matches!(self, Kind::NewSchool | Kind::Move)
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Kind::ALL.into_iter().find(|kind| kind.id() == text).ok_or_else(|| format!("{text} is no occasion"))
    }
}

/// Whether a change of this section can be an occasion.
pub fn is_watched(section: SectionId) -> bool {
    matches!(
        section,
        SectionId::AboutMe
            | SectionId::SchoolNow
            | SectionId::Attendance
            | SectionId::Conduct
            | SectionId::Progress
            | SectionId::Everyday
    )
}

/// The occasions that a section tells of, and didn't before. A school or a home that
/// was never written before is no change: the first time, a history is written down.
pub fn occasions(section: SectionId, before: &Values, after: &Values) -> Vec<Found> {
    match section {
        SectionId::AboutMe => schools_so_far(before, after),
        SectionId::SchoolNow => school_now(before, after).into_iter().collect(),
        SectionId::Attendance => attendance(before, after).into_iter().collect(),
        SectionId::Conduct => suspensions(before, after),
        SectionId::Progress => progress(before, after),
        SectionId::Everyday => home(before, after).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What is compared with the next time: what stands now, and where someone has just
/// emptied the school's name or a date to write another, what stood there.
pub fn remembered(before: &Values, after: &Values) -> Values {
    let mut kept = after.clone();
    if after.text(SCHOOL).trim().is_empty() {
        kept.texts.insert(SCHOOL.into(), before.text(SCHOOL).into());
    }
    for path in [STARTED, MOVED] {
        if after.entries(path).is_empty() && !before.entries(path).is_empty() {
            kept.facts.insert(path.into(), before.entries(path).to_vec());
        }
    }
    kept
}

const SCHOOL: &str = "name";
const STARTED: &str = "start";
const MOVED: &str = "home-since";

/// Rows that a table has now, that say something, and that said nothing before.
fn new_rows<'a>(
    (before, after): (&'a Values, &'a Values),
    table: &'a str,
    says: impl Fn(&Values, &str) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    let said = move |values: &Values, id: &str| {
        values.rows(table).any(|row| row.id.to_string() == id) && says(values, &format!("{table}/{id}"))
    };
    after.rows(table).map(|row| row.id.to_string()).filter(move |id| said(after, id) && !said(before, id))
}

fn schools_so_far(before: &Values, after: &Values) -> Vec<Found> {
    if before.rows("schools").next().is_none() {
        return Vec::new();
    }
    // A row with a last day is of the past.
    let is_current = |values: &Values, row: &str| {
        !values.text(&format!("{row}/name")).trim().is_empty() && values.entries(&format!("{row}/to")).is_empty()
    };
    new_rows((before, after), "schools", is_current).map(new_school).collect()
}

fn new_school(fact: String) -> Found {
    Found { kind: Kind::NewSchool, fact, words: "A new school is written down.".into() }
}

fn school_now(before: &Values, after: &Values) -> Option<Found> {
    let name = |values: &Values| -> String {
        values.text(SCHOOL).chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (was, is) = (name(before), name(after));
    // A name that is finished or shortened is the same school.
    let other = !was.is_empty() && !is.is_empty() && !is.contains(&was) && !was.contains(&is);
    if other {
        return Some(new_school(is));
    }
    let (was, is) = (before.fact(STARTED)?, after.fact(STARTED)?);
    (is > was).then(|| new_school(format!("from {is}")))
}

/// How much is missed this term, or this school year where that is more.
fn absence(values: &Values) -> Absence {
    let number = |path| values.fact(path).and_then(|number| number.parse::<u32>().ok());
    let stretch = |possible, attended| Some(Sessions::new(number(possible)?, number(attended)?)?.absence());
    let both = [stretch("possible", "attended"), stretch("year-possible", "year-attended")];
    both.into_iter().flatten().max().unwrap_or(Absence::Little)
}

fn attendance(before: &Values, after: &Values) -> Option<Found> {
    let is = absence(after);
    if is <= absence(before) {
        return None;
    }
    let (fact, words) = match is {
        Absence::Severe => ("severe", "Half or more of the sessions are missed: that is severe absence."),
        Absence::Persistent => {
            ("persistent", "A tenth or more of the sessions are missed: that is persistent absence.")
        }
        Absence::Watch | Absence::Little => return None,
    };
    Some(Found { kind: Kind::Attendance, fact: fact.into(), words: words.into() })
}

fn suspensions(before: &Values, after: &Values) -> Vec<Found> {
    let says = |values: &Values, row: &str| {
        ["from", "reason"].iter().any(|cell| !values.entries(&format!("{row}/{cell}")).is_empty())
    };
    let words = "A suspension or exclusion is written down.";
    new_rows((before, after), "suspensions", says)
        .map(|fact| Found { kind: Kind::Suspension, fact, words: words.into() })
        .collect()
}

fn progress(before: &Values, after: &Values) -> Vec<Found> {
    let far_behind = |values: &Values, row: &str| values.fact(&format!("{row}/on-track")) == Some("well-below");
    new_rows((before, after), "subjects", far_behind)
        .map(|fact| Found { kind: Kind::Progress, fact, words: "A subject is well below where it should be.".into() })
        .collect()
}

fn home(before: &Values, after: &Values) -> Option<Found> {
    let (was, is) = (before.fact(MOVED)?, after.fact(MOVED)?);
    let found = |fact: String| Found { kind: Kind::Move, fact, words: "A move of home is written down.".into() };
    (is > was).then(|| found(is.to_string()))
}

#[cfg(test)]
mod tests;
