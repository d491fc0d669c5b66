//! The clock. Only the server reads it; rules get the day as an argument.

use crate::domain::calendar::{Day, Moment};
use crate::domain::plan::Term;
use std::time::{SystemTime, UNIX_EPOCH};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(since.as_millis() as i64)
}

/// Today in England.
pub fn today() -> Day {
    now().day()
}

/// The moment at which clocks in England show this time on this day.
pub fn in_england(day: Day, hour: u8, minute: u8) -> Moment {
    let of_day = i64::from(hour) * HOUR + i64::from(minute) * MINUTE;
    let as_utc = Moment(days_since_1970(day) * DAY + of_day);
    let summer = Moment(as_utc.0 - HOUR);
    if summer.in_england() == (day, hour, minute) { summer } else { as_utc }
}

/// The school year that a day is in, by the year in which it began on
/// 1 September, and the term.
pub fn school_term(day: Day) -> (i32, Term) {
    match day.month() {
        9.. => (day.year(), Term::Autumn),
        ..=3 => (day.year() - 1, Term::Spring),
        _ => (day.year() - 1, Term::Summer),
    }
}

/// Reads a time of day such as `14:30`.
pub fn time_of_day(text: &str) -> Result<(u8, u8), String> {
    let part = |text: &str, below: u8| text.parse::<u8>().ok().filter(|number| *number < below);
    text.split_once(':')
        .and_then(|(hour, minute)| Some((part(hour, 24)?, part(minute, 60)?)))
        .ok_or_else(|| "Enter a time of day, like 14:30".to_string())
}

/// Counts by Howard Hinnant's `days_from_civil`, with years that begin in March.
fn days_since_1970(day: Day) -> i64 {
    let (month, date) = (i64::from(day.month()), i64::from(day.date()));
    let year = i64::from(day.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_time_in_england_reads_back_on_the_clock() {
        for (text, hour) in
            [("2026-01-15", 9), ("2026-07-15", 9), ("2026-03-29", 2), ("2026-10-25", 14), ("2000-02-29", 0)]
        {
            let moment = in_england(day(text), hour, 30);
            assert_eq!(moment.in_england(), (day(text), hour, 30), "{text}");
        }
        assert_eq!(in_england(day("1970-01-01"), 0, 0), Moment(0));
    }

    #[test]
    fn a_school_year_begins_in_september() {
        assert_eq!(school_term(day("2026-09-01")), (2026, Term::Autumn));
        assert_eq!(school_term(day("2026-12-31")), (2026, Term::Autumn));
        assert_eq!(school_term(day("2027-01-01")), (2026, Term::Spring));
        assert_eq!(school_term(day("2027-03-31")), (2026, Term::Spring));
        assert_eq!(school_term(day("2027-08-31")), (2026, Term::Summer));
    }

    #[test]
    fn a_time_of_day_is_two_numbers() {
        assert_eq!(time_of_day("14:05"), Ok((14, 5)));
        for wrong in ["", "14", "24:00", "9:60", "nine:ten", "-1:00"] {
            assert!(time_of_day(wrong).is_err(), "{wrong}");
        }
    }
}
