//! Days as people say them in a meeting: "12 March", "Friday", "in 2 weeks". Nobody
//! fills in three boxes while five others wait.

use crate::domain::calendar::Day;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words round a day that change nothing.
const ROUND: [&str; 6] = ["by", "on", "the", "of", "in", "this"];

/// What to do where a day can't be read.
pub const SAY_A_DAY: &str = "Say a day, such as 12 March, Friday or in 2 weeks";

/// The day that somebody means, seen from `today`. One without a year is the next such
/// day; nothing written is no day.
pub fn day(words: &str, today: Day) -> Result<Option<Day>, String> {
    let words = words.to_lowercase();
    let parts: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty() && !ROUND.contains(part)).collect();
    if parts.is_empty() && words.trim().is_empty() {
        return Ok(None);
    }
    let found = match parts.as_slice() {
        ["today"] => Some(today),
        ["tomorrow"] => Some(today.plus(1)),
        ["next", "week"] | ["a", "week"] => Some(today.plus(7)),
        [count, unit] if steps(unit).is_some() => {
            let count = if *count == "a" { Some(1) } else { count.parse::<i64>().ok().filter(|count| *count <= 60) };
            count.zip(steps(unit)).map(|(count, step)| today.plus(count * step))
        }
        [name] => weekday(name).map(|wanted| after(today, wanted)),
        ["next", name] => weekday(name).map(|wanted| after(today, wanted)),
        // A weekday before a date is said for the ear.
        [name, date, month, rest @ ..] if weekday(name).is_some() => dated(date, month, rest, today),
        [date, month, rest @ ..] => dated(date, month, rest, today),
        [] => None,
    };
    found.map(Some).ok_or_else(|| SAY_A_DAY.to_string())
}

/// How many days a word for a stretch of time has.
fn steps(unit: &str) -> Option<i64> {
    match unit {
        "day" | "days" => Some(1),
        "week" | "weeks" => Some(7),
        _ => None,
    }
}

/// The name of which at least three letters are there.
fn named(names: &[&str], start: &str) -> Option<usize> {
    names.iter().position(|name| start.len() >= 3 && name.starts_with(start))
}

fn weekday(name: &str) -> Option<usize> {
    named(&WEEKDAYS, name)
}

/// The first such weekday after today.
fn after(today: Day, wanted: usize) -> Day {
    let is_it = |day: &Day| day.spoken().to_lowercase().starts_with(WEEKDAYS[wanted]);
    (1..=7).map(|days| today.plus(days)).find(is_it).unwrap_or(today)
}

/// A date and a month in either order, with a year or without.
fn dated(first: &str, second: &str, rest: &[&str], today: Day) -> Option<Day> {
    // "2027-03-12" is written by machines, and pasted.
    if first.len() == 4 && first.bytes().all(|digit| digit.is_ascii_digit()) {
        return Day::new(first.parse().ok()?, second.parse().ok()?, rest.first()?.parse().ok()?);
    }
    let (date, month) = match named(&MONTHS, first) {
        Some(month) => (second, month + 1),
        None => (first, named(&MONTHS, second).map(|month| month + 1).or_else(|| second.parse().ok())?),
    };
    let date: u8 = date.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?;
    let month = u8::try_from(month).ok()?;
    match rest {
        [] => (0..=4).filter_map(|years| Day::new(today.year() + years, month, date)).find(|day| *day >= today),
        [year] => {
            let number: i32 = year.parse().ok()?;
            Day::new(if year.len() == 2 { 2000 + number } else { number }, month, date).filter(|day| day.year() > 1999)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_say_them() {
        // A Wednesday.
        let today: Day = "2026-11-25".parse().unwrap();
        for (said, meant) in [
            ("12 March", "2027-03-12"),
            ("by 12 Mar", "2027-03-12"),
            ("12th of march", "2027-03-12"),
            ("March 12", "2027-03-12"),
            ("June 3", "2027-06-03"),
            ("12/3", "2027-03-12"),
            ("12.3.27", "2027-03-12"),
            ("12 March 2028", "2028-03-12"),
            ("2027-03-12", "2027-03-12"),
            ("25 November", "2026-11-25"),
            ("24 November", "2027-11-24"),
            ("29 February", "2028-02-29"),
            ("Friday", "2026-11-27"),
            ("by Fri", "2026-11-27"),
            ("next Wednesday", "2026-12-02"),
            ("wed", "2026-12-02"),
            ("Friday 12 March", "2027-03-12"),
            ("today", "2026-11-25"),
            ("tomorrow", "2026-11-26"),
            ("next week", "2026-12-02"),
            ("in a week", "2026-12-02"),
            ("in 2 weeks", "2026-12-09"),
            ("10 days", "2026-12-05"),
        ] {
            assert_eq!(day(said, today), Ok(Some(meant.parse().unwrap())), "{said}");
        }
    }

    #[test]
    fn what_is_no_day_is_answered_in_a_sentence_and_nothing_is_no_day() {
        let today: Day = "2026-11-25".parse().unwrap();
        assert_eq!(day("  ", today), Ok(None));
        for odd in [
            "soon",
            "31 February",
            "m",
            "the",
            "99",
            "12 13",
            "1 2 3 4 5",
            "in 999 weeks",
            "9999999999 weeks",
            "١٢ مارس",
            "-",
        ] {
            assert_eq!(day(odd, today), Err(SAY_A_DAY.into()), "{odd}");
        }
    }
}
