//! The clock. Only the server reads it; rules get the day as an argument.

use crate::domain::calendar::{Day, Moment};
use crate::domain::plan::Term;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Names the file of a test clock.
pub const TEST_CLOCK: &str = "PEP_TEST_CLOCK_FILE";

static TEST: OnceLock<TestClock> = OnceLock::new();

pub fn now() -> Moment {
    TEST.get().map_or_else(machines, TestClock::now)
}

/// How often the machine's time passes a quarter of an hour: a test that moves the
/// clock doesn't wait for one.
pub fn pause(usual: Duration) -> Duration {
    if TEST.get().is_some() { usual.min(Duration::from_millis(200)) } else { usual }
}

/// Moves this server's clock to the moment in the file that `PEP_TEST_CLOCK_FILE`
/// names, where there is one: for tests of what happens on which day. Only a server
/// that this machine alone can reach has its clock moved.
pub fn begin_test(addr: SocketAddr) -> Result<(), String> {
    let Some(file) = std::env::var_os(TEST_CLOCK).filter(|file| !file.is_empty()) else { return Ok(()) };
    if !addr.ip().is_loopback() {
        tracing::warn!(
            "{TEST_CLOCK} is set and NOT followed: others can reach this server, so its time is the real one"
        );
        return Ok(());
    }
    let clock = TestClock::open(PathBuf::from(file))?;
    let moment = TEST.get_or_init(|| clock).now();
    tracing::warn!("THIS SERVER'S CLOCK IS MOVED FOR A TEST: it shows {}, {}", moment.day().spoken(), moment.clock());
    Ok(())
}

/// A clock that a file sets: it shows the moment that the file holds, such as
/// `2026-12-14T09:00` in England, and the time since that was read. When the file
/// changes it is read again. One that can't be read leaves the clock going.
struct TestClock {
    file: PathBuf,
    set: Mutex<Set>,
}

/// What the file said, and when it was read.
struct Set {
    changed: Option<SystemTime>,
    moment: Moment,
    read: Instant,
}

impl TestClock {
    fn open(file: PathBuf) -> Result<Self, String> {
        let moment = in_file(&file)?;
        let set = Set { changed: changed(&file), moment, read: Instant::now() };
        Ok(Self { file, set: Mutex::new(set) })
    }

    fn now(&self) -> Moment {
        let mut set = self.set.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = changed(&self.file);
        if changed != set.changed {
            match in_file(&self.file) {
                Ok(moment) => *set = Set { changed, moment, read: Instant::now() },
                // Half-written: the next question finds it whole.
                Err(sentence) => tracing::warn!("{sentence}"),
            }
        }
        Moment(set.moment.0 + set.read.elapsed().as_millis() as i64)
    }
}

fn changed(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|about| about.modified()).ok()
}

fn in_file(file: &Path) -> Result<Moment, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{TEST_CLOCK} can't be read: {error}"))?;
    let moment = text.trim().split_once('T').and_then(|(day, time)| {
        let (hour, minute) = time_of_day(time).ok()?;
        Some(in_england(day.parse().ok()?, hour, minute))
    });
    moment.ok_or_else(|| format!("{TEST_CLOCK} holds no moment like 2026-12-14T09:00"))
}

fn machines() -> Moment {
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
    fn a_test_clock_shows_what_its_file_says_and_goes_on() {
        let file = std::env::temp_dir().join(format!("pep-clock-{}", std::process::id()));
        std::fs::write(&file, "2026-12-14T09:00\n").unwrap();
        let clock = TestClock::open(file.clone()).unwrap();
        let since = |moment: Moment| clock.now().0 - moment.0;
        let begun = in_england(day("2026-12-14"), 9, 0);
        assert!((0..MINUTE).contains(&since(begun)));
        std::thread::sleep(Duration::from_millis(20));
        assert!((20..MINUTE).contains(&since(begun)), "its time passes");
        let later = SystemTime::now() + Duration::from_secs(5);
        std::fs::write(&file, "2026-12-17T08:00").unwrap();
        std::fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
        assert!((0..MINUTE).contains(&since(in_england(day("2026-12-17"), 8, 0))));
        std::fs::write(&file, "soon").unwrap();
        assert!(since(in_england(day("2026-12-17"), 8, 0)) >= 0, "what can't be read leaves it going");
        std::fs::remove_file(&file).unwrap();
        assert!(TestClock::open(file).is_err());
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
