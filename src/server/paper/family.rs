//! The family copy, for people outside the team whom the social worker or the virtual
//! school gives it to. Nobody knows where such a paper ends up, so its type has no
//! place for what could lead somebody to the child: no home, no school, no meeting's
//! day or place, no names of people; nor for care, health, behaviour or scores. What it
//! has is listed here, field by field, and every word of that is looked through.

use super::kept::{Cleared, Kept};
use super::press::Look;
use super::said::{Answer, Scribe, in_one};
use crate::domain::sections::{Field, Kind, SectionId};
use crate::domain::values::Values;
use serde::Serialize;

pub(super) const LOOK: Look = Look(include_str!("family.typ"));

/// The parts that a family copy can have. What isn't listed isn't there, so a section
/// that the catalogue gets later is left out until somebody decides otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    About,
    Attendance,
    Progress,
    EarlyYears,
    Targets,
    Hopes,
    Agreed,
}

/// A field, with the columns of it where it is a table.
type Listed = (&'static str, &'static [&'static str]);

impl Family {
    pub const ALL: [Family; 7] = [
        Family::About,
        Family::Attendance,
        Family::Progress,
        Family::EarlyYears,
        Family::Targets,
        Family::Hopes,
        Family::Agreed,
    ];

    pub fn section(self) -> SectionId {
        match self {
            Family::About => SectionId::AboutMe,
            Family::Attendance => SectionId::Attendance,
            Family::Progress => SectionId::Progress,
            Family::EarlyYears => SectionId::EarlyYears,
            Family::Targets => SectionId::Targets,
            Family::Hopes => SectionId::NextSteps,
            Family::Agreed => SectionId::MeetingRecord,
        }
    }

    /// What of the section is on it. Names of people and schools are left out: with one
    /// of them the rest is a question of a minute.
    pub fn fields(self) -> &'static [Listed] {
        match self {
            Family::About => &[("interests", &[]), ("strengths", &[]), ("awards", &[])],
            // Why they were away is theirs and the team's.
            Family::Attendance => {
                &[("possible", &[]), ("attended", &[]), ("authorised", &[]), ("unauthorised", &[]), ("late", &[])]
            }
            Family::Progress => &[
                ("subjects", &["subject", "baseline", "now", "target", "on-track", "since", "effort", "comment"]),
                ("reading-years", &[]),
                ("reading-months", &[]),
                ("strengths", &[]),
                ("helps", &[]),
            ],
            Family::EarlyYears => &[
                ("areas", &["area", "level", "comment"]),
                ("goals", &["goal", "reached"]),
                ("characteristics", &[]),
                ("strengths", &[]),
                ("helps", &[]),
            ],
            Family::Targets => &[
                ("review", &["what", "outcome", "evidence"]),
                ("targets", &["area", "what", "how-we-will-know", "by-when", "strategy", "how-often"]),
            ],
            Family::Hopes => &[("hopes", &[]), ("options", &[])],
            // Not when the next one is: dates of meetings are told person by person.
            Family::Agreed => &[("agreed", &[])],
        }
    }

    fn title(self, name: &str) -> String {
        match self {
            Family::Agreed => "What was agreed".into(),
            part => part.section().section().titled(name),
        }
    }
}

/// What stands on it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FamilyCopy {
    name: Cleared,
    term: String,
    is_agreed: bool,
    made: String,
    parts: Vec<FamilyPart>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct FamilyPart {
    title: String,
    says: Vec<String>,
    answers: Vec<Answer<Cleared>>,
}

impl FamilyCopy {
    /// The copy of a plan that says this. `kept` is what it must not say.
    pub fn of<'a>(
        (name, term, is_agreed, made): (&str, String, bool, String),
        values: &dyn Fn(SectionId) -> Option<&'a Values>,
        kept: &Kept,
    ) -> Self {
        let part = |part: Family| {
            let values = values(part.section())?;
            let scribe = Scribe { values, child: name, put: &|words| kept.put(words), by: &|_| None };
            let answer = |(id, columns): &Listed| {
                let field = part.section().section().field(id)?;
                scribe.answer(field, &listed(field, columns))
            };
            let answers = in_one(part.fields().iter().filter_map(answer));
            let says = match part {
                // Sums of the numbers below it, in words.
                Family::Attendance if !answers.is_empty() => part.section().says(values),
                _ => Vec::new(),
            };
            (!answers.is_empty()).then(|| FamilyPart { title: part.title(name), says, answers })
        };
        Self {
            name: kept.put(name.into()),
            term,
            is_agreed,
            made,
            parts: Family::ALL.into_iter().filter_map(part).collect(),
        }
    }
}

/// The columns of a table that are listed, in the order of the list.
fn listed(field: &Field, ids: &[&str]) -> Vec<&'static Field> {
    let Kind::Rows { columns, .. } = field.kind else { return Vec::new() };
    ids.iter().filter_map(|id| columns.iter().find(|column| column.id == *id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Role;

    #[test]
    fn what_is_listed_is_in_the_catalogue() {
        for part in Family::ALL {
            for (id, ids) in part.fields() {
                let field = part.section().section().field(id).unwrap_or_else(|| panic!("{part:?} has no {id}"));
                assert_eq!(listed(field, ids).len(), ids.len(), "{part:?}: {id}");
                assert_eq!(matches!(field.kind, Kind::Rows { .. }), !ids.is_empty(), "{part:?}: {id}");
            }
        }
    }

    #[test]
    fn nothing_is_listed_that_could_lead_to_the_child_or_is_not_the_familys() {
        let never = [
            SectionId::PrivateDetails,
            SectionId::CareDetails,
            SectionId::Scores,
            SectionId::Spending,
            SectionId::Everyday,
            SectionId::MyVoice,
            SectionId::CarersView,
            SectionId::SchoolNow,
            SectionId::Conduct,
            SectionId::Wellbeing,
            SectionId::Needs,
        ];
        for part in Family::ALL {
            let section = part.section().section();
            assert!(!never.contains(&section.id), "{part:?}");
            // Nor what the family who lives with the child may not read.
            let carer = section.readers.contains(&Role::Carer) || section.writers.contains(&Role::Carer);
            assert!(carer, "{part:?}");
            for (id, columns) in part.fields() {
                for id in columns.iter().chain([id]) {
                    let leads = ["who", "name", "people", "schools", "next-plan", "legal-name", "clubs", "elsewhere"];
                    assert!(!leads.contains(id), "{part:?} lists {id}");
                }
            }
        }
    }
}
