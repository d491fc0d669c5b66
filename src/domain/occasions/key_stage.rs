//! The end of a key stage: nobody writes it down, the calendar says it.

use super::{Found, Kind};
use crate::domain::calendar::Day;
use crate::domain::phase::{after_key_stage, key_stage};

/// The months in which a key stage is said to end: those of the summer term. In August
/// a school may have moved everybody up a year already.
const SUMMER_TERM: std::ops::RangeInclusive<u8> = 4..=7;

/// The first day of this summer term's months; none in the rest of the year.
pub fn first_of_summer(today: Day) -> Option<Day> {
    let first = Day::new(today.year(), *SUMMER_TERM.start(), 1)?;
    SUMMER_TERM.contains(&today.month()).then_some(first)
}

/// The occasion of a year group whose key stage ends this summer, from the first day of
/// the summer term's months. In one school year it is one occasion.
pub fn key_stage_ending(year_group: &str, today: Day) -> Option<Found> {
    first_of_summer(today)?;
    let next = after_key_stage(year_group)?;
    let stage = key_stage(year_group)?;
    Some(Found {
        kind: Kind::KeyStage,
        fact: format!("summer {}", today.year()),
        words: format!("{stage} ends this summer. Look at what has been reached, and plan the step to {next}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(year_group: &str, day: &str) -> Option<Found> {
        key_stage_ending(year_group, day.parse().unwrap())
    }

    #[test]
    fn a_key_stage_ends_in_the_summer_term_of_its_last_year() {
        let ending = found("Year 6", "2027-04-01").unwrap();
        assert_eq!((ending.kind, ending.fact.as_str()), (Kind::KeyStage, "summer 2027"));
        assert_eq!(
            ending.words,
            "Key stage 2 ends this summer. Look at what has been reached, and plan the step to Year 7."
        );
        for day in ["2027-03-31", "2027-08-01", "2026-12-14"] {
            assert_eq!(found("Year 6", day), None, "{day}");
        }
        assert_eq!(found("Year 5", "2027-05-10"), None);
        assert_eq!(found("Nursery", "2027-05-10"), None);
    }

    #[test]
    fn it_is_the_same_occasion_all_summer() {
        for group in ["Reception", "Year 2", "Year 6", "Year 9", "Year 11", "Year 13"] {
            let first = found(group, "2027-04-01");
            assert!(first.is_some(), "{group}");
            assert_eq!(first, found(group, "2027-07-31"), "{group}");
        }
    }
}
