//! What the last plan said, for the next one: to be confirmed, or to be looked at
//! again. A young person's voice never comes along, nor does what changes each term.

use super::sections::{Carry, Field, Section, SectionId};
use super::values::Values;
use litemap::LiteMap;

/// What a section's last values bring to its next plan.
pub fn carried(section: &Section, last: &Values) -> Values {
    let comes = |path: &str| {
        let field = path.split('/').next().unwrap_or(path);
        section.field(field).is_some_and(|field| field.carry != Carry::Never)
    };
    Values {
        texts: last
            .texts
            .iter()
            .filter(|(path, _)| comes(path))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect(),
        facts: last
            .facts
            .iter()
            .filter(|(path, _)| comes(path))
            .map(|(path, kept)| (path.clone(), kept.clone()))
            .collect(),
        rows: last
            .rows
            .iter()
            .filter(|(path, _)| comes(path))
            .map(|(path, rows)| (path.clone(), rows.clone()))
            .collect(),
        // What stays side by side in one plan is asked again in the next.
        kept: LiteMap::new(),
    }
}

/// Whether one press may say that a field is still right: it was brought over to be
/// confirmed, and nobody chose between two values of it.
pub fn is_confirmed_as_it_is(field: &Field, last: &Values) -> bool {
    field.carry == Carry::Confirm && last.entries(field.id).len() < 2
}

/// The column in which a cell of the last plan's row starts in the next plan; none
/// where it starts empty. Where a child was is where they start from now.
pub fn column(section: SectionId, table: &str, column: &'static str) -> Option<&'static str> {
    match (section, table, column) {
        (SectionId::Progress, "subjects", "now") => Some("baseline"),
        (SectionId::Progress, "subjects", "subject" | "scale" | "target") => Some(column),
        (SectionId::Progress, "subjects", _) => None,
        _ => Some(column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::looks;
    use crate::domain::values::Entry;

    #[test]
    fn what_stays_the_same_comes_along_and_what_is_of_the_day_does_not() {
        let entry = |value: &str| vec![Entry { by: "ruth".into(), at: Moment(0), value: value.into() }];
        let last = Values {
            texts: [("known-as".to_string(), "Kay".to_string()), ("awards".into(), "Swam a mile".into())]
                .into_iter()
                .collect(),
            facts: [("born".to_string(), entry("2014-05-01"))].into_iter().collect(),
            ..Values::default()
        };
        let next = carried(SectionId::AboutMe.section(), &last);
        assert_eq!(next.text("known-as"), "Kay");
        assert_eq!(next.fact("born"), Some("2014-05-01"));
        assert_eq!(next.text("awards"), "");
    }

    #[test]
    fn a_young_persons_voice_is_never_brought_over() {
        for field in SectionId::MyVoice.section().fields {
            assert!(field.carry == Carry::Never || looks::FACTS.contains(&field.id), "{}", field.id);
        }
    }

    #[test]
    fn where_a_child_was_is_where_they_start_from_now() {
        assert_eq!(column(SectionId::Progress, "subjects", "now"), Some("baseline"));
        assert_eq!(column(SectionId::Progress, "subjects", "baseline"), None);
        assert_eq!(column(SectionId::Progress, "subjects", "comment"), None);
        assert_eq!(column(SectionId::Everyday, "consents", "note"), Some("note"));
    }
}
