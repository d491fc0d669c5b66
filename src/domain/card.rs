//! The card that opens a young person's own page on any tablet, with nobody signed in.
//! Whoever finds it must not read a child's words: what was written before opens with
//! the picture code alone.

use super::calendar::Day;
use super::plan::Term;

/// The wrong picture codes after which a card is stopped. They count over all its
/// sittings, since whoever has the card can begin one after another.
pub const TRIES: i64 = 10;

/// For so many days a second adult can agree that a child may choose new pictures; what was
/// asked longer ago counts no more.
pub const ASKS_FOR: i64 = 14;

/// For so many days, about a term, a child is told who let them choose new pictures.
pub const TELLS_FOR: i64 = 120;

/// The longest that a card may hold, in days.
pub const LONGEST: i64 = 366;

/// For so many days after it was made a picture code may be chosen with a card. Whoever
/// opens a new one first chooses the code, and it is given by hand: one that has lain
/// about for longer than a school week chooses nothing for whoever finds it.
pub const CHOOSE_WITHIN: i64 = 7;

/// The last day on which the picture code may be chosen with a card.
pub fn choose_by(made: Day, ends: Day) -> Day {
    ends.min(made.plus(CHOOSE_WITHIN))
}

/// What the adults who make cards are told of one: that it was opened, and whether the
/// picture code was chosen with it. `choose_by` is the day until which that can be done,
/// where there is no code yet.
pub fn told(opened: Option<Day>, chose_code: Option<Day>, choose_by: Option<Day>) -> String {
    match (opened, chose_code, choose_by) {
        (Some(opened), Some(chose), _) if opened == chose => {
            format!("First opened on {}, and the pictures were chosen with it", opened.spoken())
        }
        (Some(opened), Some(chose), _) => {
            format!("First opened on {}. The pictures were chosen with it on {}", opened.spoken(), chose.spoken())
        }
        (Some(opened), None, _) => format!("First opened on {}", opened.spoken()),
        (None, _, Some(day)) => format!("Not opened yet. Pictures can be chosen with it until {}", day.spoken()),
        (None, _, None) => "Not opened yet".into(),
    }
}

/// Whether a card opens something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    Open,
    Stopped,
    Ended,
}

/// How a card stands on a day.
pub fn standing(is_stopped: bool, tries: i64, ends: Day, today: Day) -> Standing {
    match (is_stopped || tries >= TRIES, ends < today) {
        (true, _) => Standing::Stopped,
        (false, true) => Standing::Ended,
        (false, false) => Standing::Open,
    }
}

/// The last day of a plan's term, near enough for a card: schools differ by weeks.
pub fn end_of_term(year: i32, term: Term, today: Day) -> Day {
    let day = match term {
        Term::Autumn => Day::new(year, 12, 31),
        Term::Spring => Day::new(year + 1, 4, 30),
        Term::Summer => Day::new(year + 1, 8, 31),
    };
    day.filter(|day| *day >= today).unwrap_or(today.plus(28))
}

/// The days that are offered for its end, the usual one first.
pub fn ends(year: i32, term: Term, today: Day) -> Vec<Day> {
    let mut ends = vec![end_of_term(year, term, today)];
    for day in [today.plus(28), today.plus(7), today] {
        if !ends.contains(&day) {
            ends.push(day);
        }
    }
    ends
}

/// Whether a card may end on a day; if not, what to do.
pub fn check_end(ends: Day, today: Day) -> Result<(), String> {
    match ends < today || ends > today.plus(LONGEST) {
        true => Err("Choose a day from today on, within a year".into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_card_opens_until_it_ends_or_is_stopped() {
        let (today, ends) = (day("2026-11-25"), day("2026-12-31"));
        assert_eq!(standing(false, 0, ends, today), Standing::Open);
        assert_eq!(standing(false, 0, ends, ends), Standing::Open, "on its last day");
        assert_eq!(standing(false, 0, ends, day("2027-01-01")), Standing::Ended);
        assert_eq!(standing(true, 0, ends, today), Standing::Stopped);
        assert_eq!(standing(false, TRIES, ends, today), Standing::Stopped, "too many wrong codes");
    }

    #[test]
    fn a_code_is_chosen_with_a_card_in_its_first_week() {
        let made = day("2026-11-25");
        assert_eq!(choose_by(made, day("2026-12-31")), day("2026-12-02"));
        assert_eq!(choose_by(made, day("2026-11-26")), day("2026-11-26"), "no longer than the card");
    }

    #[test]
    fn adults_are_told_when_a_card_was_first_opened() {
        let (opened, later) = (Some(day("2026-11-26")), Some(day("2026-11-27")));
        let [both, one] = [told(opened, opened, None), told(opened, later, None)];
        assert!(both.contains("26 November") && both.ends_with("and the pictures were chosen with it"), "{both}");
        assert!(one.contains("26 November") && one.contains("27 November"), "{one}");
        assert!(!told(opened, None, None).contains("pictures"), "opened with a code there was");
        assert!(told(None, None, later).ends_with("until Friday 27 November 2026"));
        assert_eq!(told(None, None, None), "Not opened yet");
    }

    #[test]
    fn a_card_ends_with_the_term_unless_that_is_over() {
        assert_eq!(end_of_term(2026, Term::Spring, day("2027-01-12")), day("2027-04-30"));
        assert_eq!(end_of_term(2026, Term::Autumn, day("2027-01-12")), day("2027-02-09"));
        assert!(check_end(day("2026-11-24"), day("2026-11-25")).is_err());
        assert!(check_end(day("2028-11-24"), day("2026-11-25")).is_err());
        for end in ends(2026, Term::Autumn, day("2026-11-25")) {
            assert_eq!(check_end(end, day("2026-11-25")), Ok(()));
        }
    }
}
