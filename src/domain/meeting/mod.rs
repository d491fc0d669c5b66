//! The meeting about a plan: what is talked about in which order, what the plan says
//! to it, what a screen that everyone sees may show, and promises and days as people say them.

pub mod agenda;
pub mod promise;
pub mod screen;
pub mod told;
pub mod when;

use super::calendar::Moment;

/// How long a meeting is planned to take, in minutes.
pub const PLANNED: i64 = 40;

/// After so long nobody is in it any more: it was left open.
const LONGEST: i64 = 4 * 60;

/// How long a meeting has gone, in a sentence; nothing where it isn't going on.
pub fn so_far(began: Option<Moment>, now: Moment) -> Option<String> {
    let minutes = (now.0 - began?.0).div_euclid(60_000);
    let passed = match minutes {
        0 => "Just begun".to_string(),
        1 => "1 minute so far".to_string(),
        2..=LONGEST => format!("{minutes} minutes so far"),
        _ => return None,
    };
    Some(format!("{passed}, {PLANNED} planned"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_said_and_never_counted_down() {
        let after = |minutes: i64| so_far(Some(Moment(5)), Moment(5 + minutes * 60_000));
        assert_eq!(after(0).as_deref(), Some("Just begun, 40 planned"));
        assert_eq!(after(1).as_deref(), Some("1 minute so far, 40 planned"));
        assert_eq!(after(24).as_deref(), Some("24 minutes so far, 40 planned"));
        assert_eq!(after(55).as_deref(), Some("55 minutes so far, 40 planned"));
        assert_eq!(after(-3), None, "a device whose clock is slow");
        assert_eq!(after(60 * 30), None, "left open since yesterday");
        assert_eq!(so_far(None, Moment(9)), None);
    }
}
