//! Working days, as the care planning rules count them: not a Saturday, a Sunday,
//! Christmas Day, Good Friday or a bank holiday. School holidays count.
//! Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 2.

use super::calendar::Day;
use serde::{Deserialize, Serialize};

/// The days that England's bank holidays, Christmas Day and Good Friday fall on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankHolidays {
    days: Vec<Day>,
    /// The last year that is known in full.
    until: i32,
}

/// A day by which something is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Deadline {
    pub day: Day,
    /// False where it lies beyond the bank holidays that are known: a proclaimed
    /// holiday may move it to a later day, never to an earlier one.
    pub certain: bool,
}

/// Month and day, for each year that the government has published (gov.uk/bank-holidays).
type Year = (i32, &'static [(u8, u8)]);

const ENGLAND: &[Year] = &[
    (2025, &[(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]),
    (2026, &[(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]),
    (2027, &[(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 25), (12, 27), (12, 28)]),
    (2028, &[(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
];

impl BankHolidays {
    /// England's, as far as they are published.
    pub fn england() -> Self {
        let days = |(year, days): &Year| {
            let year = *year;
            days.iter().filter_map(move |(month, day)| Day::new(year, *month, *day))
        };
        Self {
            days: ENGLAND.iter().flat_map(days).collect(),
            until: ENGLAND.last().map_or(i32::MIN, |(year, _)| *year),
        }
    }

    /// These, and the days that an authority adds, such as one proclaimed this year.
    pub fn with(mut self, extra: &[Day]) -> Self {
        self.days.extend(extra);
        self
    }

    /// The last year whose holidays are known. What falls later may move.
    pub fn known_until(&self) -> i32 {
        self.until
    }

    /// Whether less than a year is left of what is known.
    pub fn runs_out_soon(&self, today: Day) -> bool {
        Day::new(self.until, 12, 31).is_none_or(|last| today.plus(365) > last)
    }

    /// Whether work is done on a day, as far as is known.
    pub fn is_working(&self, day: Day) -> bool {
        !day.is_weekend() && !self.days.contains(&day)
    }

    /// What a day is on which no work is done, to be put after "is": "Christmas Day". None
    /// for a working day, as far as is known.
    pub fn day_off(&self, day: Day) -> Option<&'static str> {
        let is_listed = self.days.contains(&day);
        match (day.month(), day.date()) {
            _ if self.is_working(day) => None,
            (12, 25) => Some("Christmas Day"),
            (12, 26) if is_listed => Some("Boxing Day"),
            (1, 1) if is_listed => Some("New Year’s Day"),
            // Of the holidays that are listed only the one on a Friday is Good Friday.
            (3 | 4, _) if is_listed && !self.days.contains(&day.plus(-3)) && self.days.contains(&day.plus(3)) => {
                Some("Good Friday")
            }
            (3 | 4, _) if is_listed && self.days.contains(&day.plus(-3)) => Some("Easter Monday"),
            _ if is_listed => Some("a bank holiday"),
            _ => Some("not a school day"),
        }
    }

    /// The day that lies a number of working days after another. The day after it is
    /// the first that can count.
    pub fn after(&self, from: Day, working_days: u32) -> Deadline {
        let mut day = from;
        let mut left = working_days;
        while left > 0 {
            day = day.plus(1);
            left -= u32::from(self.is_working(day));
        }
        self.on(day)
    }

    /// The working day that lies a number of working days before a day.
    pub fn before(&self, day: Day, working_days: u32) -> Day {
        let mut before = day;
        let mut left = working_days;
        while left > 0 {
            before = before.plus(-1);
            left -= u32::from(self.is_working(before));
        }
        before
    }

    /// A day that is set, as a deadline.
    pub fn on(&self, day: Day) -> Deadline {
        Deadline { day, certain: day.year() <= self.until }
    }

    /// This day where work is done on it, otherwise the next such day: when something
    /// is said that isn't said on a day off.
    pub fn first_working(&self, day: Day) -> Day {
        if self.is_working(day) { day } else { self.after(day, 1).day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn after(from: &str, working_days: u32) -> String {
        BankHolidays::england().after(day(from), working_days).day.to_string()
    }

    #[test]
    fn a_day_off_has_its_name() {
        let proclaimed = BankHolidays::england().with(&[day("2027-05-10")]);
        for (on, name) in [
            ("2026-12-25", Some("Christmas Day")),
            ("2027-12-25", Some("Christmas Day")),
            ("2028-12-26", Some("Boxing Day")),
            ("2027-01-01", Some("New Year’s Day")),
            ("2027-03-26", Some("Good Friday")),
            ("2027-03-29", Some("Easter Monday")),
            ("2026-04-03", Some("Good Friday")),
            ("2026-12-28", Some("a bank holiday")),
            ("2027-05-03", Some("a bank holiday")),
            ("2027-05-10", Some("a bank holiday")),
            ("2026-12-05", Some("not a school day")),
            ("2026-12-06", Some("not a school day")),
            ("2026-12-24", None),
            ("2027-03-30", None),
        ] {
            assert_eq!(proclaimed.day_off(day(on)), name, "{on}");
        }
    }

    #[test]
    fn christmas_new_year_and_easter_do_not_count_and_school_holidays_do() {
        assert_eq!((after("2026-12-14", 10), after("2026-12-14", 20)), ("2026-12-30".into(), "2027-01-14".into()));
        assert_eq!((after("2026-07-20", 10), after("2026-07-20", 20)), ("2026-08-03".into(), "2026-08-17".into()));
        assert_eq!((after("2027-03-15", 10), after("2027-03-15", 20)), ("2027-03-31".into(), "2027-04-14".into()));
        assert_eq!((after("2026-12-26", 10), after("2026-12-26", 20)), ("2027-01-12".into(), "2027-01-26".into()));
    }

    #[test]
    fn a_date_beyond_the_known_holidays_says_so() {
        let holidays = BankHolidays::england();
        assert!(holidays.after(day("2028-11-27"), 10).certain);
        assert!(!holidays.after(day("2028-12-18"), 10).certain);
    }

    #[test]
    fn an_authority_may_add_a_day_that_was_proclaimed() {
        let proclaimed = day("2026-12-21");
        let holidays = BankHolidays::england().with(&[proclaimed]);
        assert!(!holidays.is_working(proclaimed));
        assert_eq!(holidays.after(day("2026-12-14"), 10).day, day("2026-12-31"));
        assert_eq!(holidays.known_until(), 2028, "an added day makes no year known");
    }

    #[test]
    fn what_falls_on_a_day_off_is_said_on_the_next_working_day() {
        let holidays = BankHolidays::england();
        for (on, said) in [
            ("2026-12-24", "2026-12-24"),
            ("2026-12-25", "2026-12-29"),
            ("2026-12-28", "2026-12-29"),
            ("2027-01-01", "2027-01-04"),
        ] {
            assert_eq!(holidays.first_working(day(on)), day(said), "{on}");
        }
    }

    #[test]
    fn a_year_before_the_known_holidays_end_it_is_said() {
        let holidays = BankHolidays::england();
        assert_eq!(holidays.known_until(), 2028);
        assert!(!holidays.runs_out_soon(day("2027-12-31")));
        assert!(holidays.runs_out_soon(day("2028-01-02")) && holidays.runs_out_soon(day("2030-01-01")));
    }

    #[test]
    fn every_published_holiday_is_a_day() {
        let written: usize = ENGLAND.iter().map(|(_, days)| days.len()).sum();
        assert_eq!(BankHolidays::england().days.len(), written);
    }

    proptest! {
        #[test]
        fn a_deadline_is_a_working_day_with_that_many_before_it(start in 0i64..1200, count in 1u32..60) {
            let holidays = BankHolidays::england();
            let from = day("2025-01-01").plus(start);
            let due = holidays.after(from, count).day;
            prop_assert!(holidays.is_working(due));
            let passed = (1..).map(|days| from.plus(days)).take_while(|day| *day <= due);
            prop_assert_eq!(passed.filter(|day| holidays.is_working(*day)).count() as u32, count);
        }

        #[test]
        fn back_from_a_deadline_lies_the_working_day_it_was_counted_from(start in 0i64..1200, count in 1u32..60) {
            let holidays = BankHolidays::england();
            let from = holidays.first_working(day("2025-01-01").plus(start));
            prop_assert_eq!(holidays.before(holidays.after(from, count).day, count), from);
        }

        #[test]
        fn more_working_days_end_later(start in 0i64..1200, count in 0u32..60) {
            let holidays = BankHolidays::england();
            let from = day("2025-01-01").plus(start);
            prop_assert!(holidays.after(from, count + 1) > holidays.after(from, count));
        }
    }
}
