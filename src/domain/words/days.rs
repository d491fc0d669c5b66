//! Days, as they are said: "Tuesday 3 March 2026".

use super::status::WEEK;
use super::{Language, fill};
use crate::domain::calendar::Day;

words! { "days":
    JANUARY = "January";
    FEBRUARY = "February";
    MARCH = "March";
    APRIL = "April";
    MAY = "May";
    JUNE = "June";
    JULY = "July";
    AUGUST = "August";
    SEPTEMBER = "September";
    OCTOBER = "October";
    NOVEMBER = "November";
    DECEMBER = "December";
    DAY = "{weekday} {date} {month} {year}";
    /// A day of this year, or of a year that is said elsewhere.
    SHORT = "{date} {month}";
}

/// The months of a year, as they stand in a date.
const MONTHS: [Word; 12] =
    [JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER];

impl Language {
    /// "Tuesday 3 March 2026".
    pub fn day(self, day: Day) -> String {
        self.dated(DAY, day)
    }

    /// "3 March".
    pub fn short_day(self, day: Day) -> String {
        self.dated(SHORT, day)
    }

    fn dated(self, form: Word, day: Day) -> String {
        let (date, year) = (day.date().to_string(), day.year().to_string());
        let (weekday, month) = (self.say(WEEK[day.in_week()]), self.say(MONTHS[day.month() as usize - 1]));
        let places = [("weekday", weekday), ("date", date.as_str()), ("month", month), ("year", year.as_str())];
        fill(self.say(form), &places)
    }
}
