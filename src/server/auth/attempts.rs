//! How often somebody may guess. In memory: a restart forgives, and a guesser
//! can't make the server restart.

use crate::domain::calendar::Moment;
use crate::server::clock::MINUTE;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The longest time for which a guess counts.
pub const WINDOW: i64 = 15 * MINUTE;

/// The guesses that may be made in that time.
pub const MOST: usize = 10;

/// How often the names are cleared out whose guesses count no more. Not at each guess: then
/// whoever guesses at many names would have all of them looked through every time.
const SWEPT_EVERY: i64 = MINUTE;

/// The guesses of the last minutes, by what was guessed at.
#[derive(Default)]
pub struct Attempts {
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    guesses: HashMap<String, Vec<Moment>>,
    swept: Moment,
}

impl Attempts {
    /// Takes one guess. Answers false where there were too many; then it isn't
    /// counted, so that the wait has an end. A guess is taken before it is judged,
    /// so that many at the same time are counted as well. The name is kept for a while, so
    /// what a stranger chooses stands in it as a hash, which is never long.
    pub fn take(&self, name: &str, now: Moment) -> bool {
        let mut made = self.lock();
        if now.0 - made.swept.0 >= SWEPT_EVERY {
            made.guesses.retain(|_, times| times.iter().any(|time| counts(*time, now)));
            made.swept = now;
        }
        let times = made.guesses.entry(name.to_string()).or_default();
        times.retain(|time| counts(*time, now));
        let free = times.len() < MOST;
        if free {
            times.push(now);
        }
        free
    }

    /// The guess was right: all is forgiven.
    pub fn forgive(&self, name: &str) {
        self.lock().guesses.remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, Made> {
        // The map is whole between any two statements, even after a panic.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn counts(time: Moment, now: Moment) -> bool {
    now.0 - time.0 < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_guess_in_a_quarter_of_an_hour_has_to_wait() {
        let attempts = Attempts::default();
        for second in 0..10 {
            assert!(attempts.take("ruth@example.org", Moment(second * 1_000)), "{second}");
        }
        assert!(!attempts.take("ruth@example.org", Moment(10_000)));
        assert!(attempts.take("tom@example.org", Moment(10_000)));
        // The first is forgotten after 15 minutes, and makes room for one.
        assert!(attempts.take("ruth@example.org", Moment(WINDOW)));
        assert!(!attempts.take("ruth@example.org", Moment(WINDOW)));
    }

    #[test]
    fn a_right_guess_forgives_the_wrong_ones() {
        let attempts = Attempts::default();
        for _ in 0..10 {
            attempts.take("ruth@example.org", Moment(0));
        }
        attempts.forgive("ruth@example.org");
        assert!(attempts.take("ruth@example.org", Moment(0)));
    }

    #[test]
    fn names_are_forgotten_when_their_time_is_over() {
        let attempts = Attempts::default();
        for number in 0..100 {
            attempts.take(&number.to_string(), Moment(0));
        }
        attempts.take("ruth@example.org", Moment(WINDOW - 1));
        assert_eq!(attempts.lock().guesses.len(), 101, "all of them count");
        attempts.take("tom@example.org", Moment(WINDOW - 1 + SWEPT_EVERY));
        assert_eq!(attempts.lock().guesses.len(), 2);
    }
}
