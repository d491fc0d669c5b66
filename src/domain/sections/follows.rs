//! Fields that are only asked for after a certain answer to another: a child who isn't
//! on a part-time timetable has no part-time hours.

use super::SectionId;
use crate::domain::values::Values;

/// What makes a field one to ask for.
enum After {
    /// One of these answers to another field.
    Says(&'static str, &'static [&'static str]),
    /// Nothing in another table.
    NothingIn(&'static str),
}

use After::{NothingIn, Says};
use SectionId::{AboutMe, Attendance, Needs, SchoolNow, Targets, Wellbeing};

const FOLLOW: &[(SectionId, &[&str], After)] = &[
    (AboutMe, &["interpreter-for"], Says("interpreter", &["yes"])),
    (Attendance, &["part-time-hours", "part-time-review", "part-time-return"], Says("part-time", &["yes"])),
    (
        Needs,
        &["primary-need", "secondary-need", "sen-help", "provision"],
        Says("sen", &["being-assessed", "support", "plan"]),
    ),
    (Needs, &["plan-issued", "annual-review", "plan-authority", "outcomes"], Says("sen", &["plan"])),
    (SchoolNow, &["offered", "offered-hours", "looking", "looking-by"], Says("type", &["none"])),
    (Wellbeing, &["support-more"], Says("support", &["asked", "waiting", "seen", "finished"])),
    (Wellbeing, &["psychologist-more"], Says("psychologist", &["involved", "before"])),
    (Targets, &["catch-up-reason"], NothingIn("catch-up")),
];

impl SectionId {
    /// Whether a field is to be asked for, from what else the section says.
    pub fn asks(self, field: &str, values: &Values) -> bool {
        let mut rules = FOLLOW.iter().filter(|(section, fields, _)| *section == self && fields.contains(&field));
        rules.all(|(_, _, after)| match after {
            Says(other, answers) => values.entries(other).iter().any(|entry| answers.contains(&entry.value.as_str())),
            NothingIn(table) => values.rows(table).next().is_none(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::Kind;

    #[test]
    fn what_follows_is_in_the_catalogue_and_so_is_what_it_follows_from() {
        for (section, fields, after) in FOLLOW {
            let field =
                |id: &str| section.section().field(id).unwrap_or_else(|| panic!("{} has no {id}", section.id()));
            fields.iter().for_each(|id| assert!(!field(id).needed, "{id} is needed in any case"));
            match after {
                Says(other, answers) => {
                    let kind = field(other).kind;
                    assert!(answers.iter().all(|answer| kind.check(answer).is_ok()), "{other}");
                }
                NothingIn(table) => assert!(matches!(field(table).kind, Kind::Rows { .. })),
            }
        }
    }
}
