//! What still stands between a plan and a signature. It stops nobody from writing;
//! it stops a plan from being signed as if it were whole.

use super::people::Role;
use super::phase::Phase;
use super::sections::{Field, Keeps, Kind, Section, SectionId};
use super::settings::Authority;
use super::values::Values;
use crate::domain::capital::capital;
use serde::{Deserialize, Serialize};

/// One thing that is missing, and where it is put right.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lack {
    pub section: SectionId,
    /// The field to go to.
    pub field: String,
    /// The label of what isn't written, or a sentence on what is wrong.
    /// `{name}` stands for what the child likes to be called.
    pub words: String,
}

/// Whether a field has anything in it.
pub fn is_answered(values: &Values, field: &Field) -> bool {
    answered_at(values, field, field.id)
}

fn answered_at(values: &Values, field: &Field, path: &str) -> bool {
    match field.kind.keeps() {
        Keeps::Text => !values.text(path).trim().is_empty(),
        Keeps::Fact => !values.entries(path).is_empty(),
        Keeps::Rows => values.rows(path).next().is_some(),
        Keeps::Parts => true,
    }
}

/// The needed fields of a section that nobody has written yet.
pub fn missing(values: &Values, section: &'static Section) -> Vec<&'static Field> {
    section.fields.iter().filter(|field| field.needed && !is_answered(values, field)).collect()
}

/// What a plan says, section by section.
pub struct Whole<'a> {
    pub values: &'a (dyn Fn(SectionId) -> Option<&'a Values> + Sync),
    pub phase: Phase,
    /// How many targets the last plan had.
    pub earlier_targets: usize,
}

impl<'a> Whole<'a> {
    fn says(&self, section: SectionId) -> Option<&'a Values> {
        (self.values)(section)
    }
}

/// What is missing before someone of this role can sign: what is asked of them, and
/// for the designated teacher what the plan's rules ask as well.
pub fn lacks(role: Role, whole: &Whole, authority: &Authority) -> Vec<Lack> {
    let empty = Values::default();
    let mine = SectionId::ALL.iter().copied().filter(|id| {
        let section = id.section();
        section.asked == role && section.phases.contains(&whole.phase)
    });
    let mut all = Vec::new();
    for id in mine {
        let values = whole.says(id).unwrap_or(&empty);
        all.extend(missing(values, id.section()).into_iter().map(|field| unwritten(id, field)));
        all.extend(thin_rows(id, values));
        all.extend(apart(id, values));
    }
    if role == Role::DesignatedTeacher {
        all.extend(few_targets(whole, authority));
        all.extend(unreviewed(whole));
        all.extend(no_catch_up(whole));
        all.extend(no_end_of_part_time(whole));
        all.extend(no_strategies(whole, authority));
    }
    all
}

fn lack(section: SectionId, field: &str, words: impl Into<String>) -> Lack {
    Lack { section, field: field.into(), words: words.into() }
}

fn unwritten(id: SectionId, field: &Field) -> Lack {
    lack(id, field.id, field.label)
}

/// Rows that somebody began and left without what they need.
fn thin_rows(id: SectionId, values: &Values) -> Vec<Lack> {
    let mut all = Vec::new();
    for field in id.section().fields {
        let Kind::Rows { one, columns } = field.kind else { continue };
        for (at, row) in values.rows(field.id).enumerate() {
            let empty = |column: &&Field| {
                column.needed && !answered_at(values, column, &format!("{}/{}/{}", field.id, row.id, column.id))
            };
            let labels: Vec<_> = columns.iter().filter(empty).map(|column| format!("“{}”", column.label)).collect();
            if !labels.is_empty() {
                all.push(lack(id, field.id, format!("{} {} has no {}", capital(one), at + 1, labels.join(" and no "))));
            }
        }
    }
    all
}

/// Facts that two people set apart, where nobody chose one or said that both stay.
fn apart(id: SectionId, values: &Values) -> Vec<Lack> {
    let two = values.facts.iter().filter(|(path, entries)| entries.len() > 1 && values.kept.get(*path).is_none());
    two.filter_map(|(path, _)| {
        let field = id.section().at(path)?;
        let top = path.split('/').next().unwrap_or(path);
        Some(lack(id, top, format!("{} has two answers: choose one, or keep both", field.label)))
    })
    .collect()
}

fn few_targets(whole: &Whole, authority: &Authority) -> Option<Lack> {
    let there = whole.says(SectionId::Targets).map_or(0, |values| values.rows("targets").count());
    let least = authority.targets.least as usize;
    (there < least).then(|| {
        let targets = if least == 1 { "1 target".to_string() } else { format!("{least} targets") };
        lack(SectionId::Targets, "targets", format!("A plan has at least {targets}; this one has {there}"))
    })
}

/// Each target of the last plan is looked back on.
fn unreviewed(whole: &Whole) -> Option<Lack> {
    let reviewed = whole.says(SectionId::Targets).map_or(0, |values| {
        values.rows("review").filter(|row| !values.entries(&format!("review/{}/outcome", row.id)).is_empty()).count()
    });
    let left = whole.earlier_targets.saturating_sub(reviewed);
    (left > 0).then(|| {
        let words = match left {
            1 => "1 of last time's targets has not been looked back on".to_string(),
            _ => format!("{left} of last time's targets have not been looked back on"),
        };
        lack(SectionId::Targets, "review", words)
    })
}

/// Where progress is behind, there is help to catch up, or a reason why not.
fn no_catch_up(whole: &Whole) -> Option<Lack> {
    let progress = whole.says(SectionId::Progress)?;
    let behind = progress.rows("subjects").find(|row| {
        let track = progress.fact(&format!("subjects/{}/on-track", row.id));
        matches!(track, Some("below" | "well-below"))
    })?;
    let targets = whole.says(SectionId::Targets);
    let helped = targets.is_some_and(|values| {
        values.rows("catch-up").next().is_some() || !values.text("catch-up-reason").trim().is_empty()
    });
    (!helped).then(|| {
        let subject = progress.text(&format!("subjects/{}/subject", behind.id));
        lack(
            SectionId::Targets,
            "catch-up",
            format!("{subject} is behind, so say how {{name}} will catch up, or why nothing extra is planned"),
        )
    })
}

fn no_end_of_part_time(whole: &Whole) -> Option<Lack> {
    let attendance = whole.says(SectionId::Attendance)?;
    let open = attendance.fact("part-time") == Some("yes") && attendance.entries("part-time-review").is_empty();
    open.then(|| {
        lack(SectionId::Attendance, "part-time-review", "A part-time timetable needs the date of its next review")
    })
}

/// A high total on the questionnaire comes with what school does about it. The total
/// itself is not said: this may be read by people who don't see the scores.
fn no_strategies(whole: &Whole, authority: &Authority) -> Option<Lack> {
    let total: u32 = whole.says(SectionId::Scores)?.fact("total")?.parse().ok()?;
    let written = whole.says(SectionId::Wellbeing).is_some_and(|values| !values.text("strategies").trim().is_empty());
    (total >= authority.strategies_from && !written)
        .then(|| lack(SectionId::Wellbeing, "strategies", "Say what school does to help with feelings and friendships"))
}

#[cfg(test)]
mod tests;
