//! Days and moments, without a clock.

use super::words::Language;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use time::{Date, Month, Weekday};

/// A calendar day, written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// Milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Day {
    /// A day, or nothing where the calendar has no such day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok().map(Self)
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }

    pub fn month(self) -> u8 {
        self.0.month().into()
    }

    /// The day of the month, from 1.
    pub fn date(self) -> u8 {
        self.0.day()
    }

    /// "Tuesday 3 March 2026".
    pub fn spoken(self) -> String {
        Language::English.day(self)
    }

    /// "3 March".
    pub fn short(self) -> String {
        Language::English.short_day(self)
    }

    /// Days since the last Monday: 0 on a Monday itself.
    pub fn in_week(self) -> usize {
        self.0.weekday().number_days_from_monday().into()
    }

    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// Whole years from a birthday to this day.
    pub fn years_since(self, born: Day) -> i32 {
        let had_birthday = (self.month(), self.date()) >= (born.month(), born.date());
        self.year() - born.year() - i32::from(!had_birthday)
    }

    /// This day and `days` more (fewer when negative); stops at the calendar's ends.
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::days(days)))
    }

    fn last_sunday(year: i32, month: u8) -> Self {
        let last = Self::new(year, month, 31).expect("March and October have 31 days");
        last.plus(-i64::from(last.0.weekday().number_days_from_sunday()))
    }
}

impl Moment {
    /// The date and the time of day in England: GMT, and an hour more from the
    /// last Sunday in March to the last in October (Summer Time Act 1972).
    pub fn in_england(self) -> (Day, u8, u8) {
        let utc = self.in_utc();
        let start = Day::last_sunday(utc.0.year(), 3);
        let end = Day::last_sunday(utc.0.year(), 10);
        let summer = (utc.0, utc.1) >= (start, 1) && (utc.0, utc.1) < (end, 1);
        if summer { Self::split(self.0 + 3_600_000) } else { utc }
    }

    /// The date and the time of day in UTC.
    pub fn in_utc(self) -> (Day, u8, u8) {
        Self::split(self.0)
    }

    /// "14:32".
    pub fn clock(self) -> String {
        let (_, hour, minute) = self.in_england();
        format!("{hour:02}:{minute:02}")
    }

    /// "3 March, 14:32".
    pub fn spoken(self) -> String {
        format!("{}, {}", self.in_england().0.short(), self.clock())
    }

    /// The day in England.
    pub fn day(self) -> Day {
        self.in_england().0
    }

    fn split(milliseconds: i64) -> (Day, u8, u8) {
        let minutes = milliseconds.div_euclid(60_000);
        let epoch = Day::new(1970, 1, 1).expect("a day");
        let of_day = minutes.rem_euclid(1440);
        (epoch.plus(minutes.div_euclid(1440)), (of_day / 60) as u8, (of_day % 60) as u8)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.date())
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<i32>().ok());
        (|| {
            let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
            Day::new(year, month.try_into().ok()?, day.try_into().ok()?)
        })()
        .ok_or_else(|| "Enter a real date, like 23 11 2026".to_string())
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_reads_back_as_written() {
        assert_eq!(day("2026-11-23").to_string(), "2026-11-23");
        assert_eq!(day("2026-11-23").spoken(), "Monday 23 November 2026");
        assert!("2026-02-30".parse::<Day>().is_err());
        assert!("tomorrow".parse::<Day>().is_err());
    }

    #[test]
    fn a_birthday_counts_from_the_day_itself() {
        let born = day("2010-03-04");
        assert_eq!(day("2026-03-03").years_since(born), 15);
        assert_eq!(day("2026-03-04").years_since(born), 16);
    }

    #[test]
    fn the_clock_in_england_knows_summer_time() {
        // 2026-03-29 00:59 and 01:00 UTC.
        assert_eq!(Moment(1_774_745_940_000).clock(), "00:59");
        assert_eq!(Moment(1_774_746_000_000).clock(), "02:00");
        // 2026-10-25 00:59 and 01:00 UTC.
        assert_eq!(Moment(1_792_889_940_000).clock(), "01:59");
        assert_eq!(Moment(1_792_890_000_000).clock(), "01:00");
    }
}
