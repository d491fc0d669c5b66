//! What numbers of sessions say: the percentage, and whether so much is missed that
//! it has a name. Source of the names: Working together to improve school attendance
//! (DfE, 2024).

use super::values::Values;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Sessions of one stretch of time. A session is half a school day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sessions {
    possible: u32,
    attended: u32,
}

/// How much is missed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Absence {
    Little,
    /// More than a twentieth.
    Watch,
    /// A tenth or more.
    Persistent,
    /// Half or more.
    Severe,
}

impl Sessions {
    /// Nothing where no session was possible, or more were attended than that.
    pub fn new(possible: u32, attended: u32) -> Option<Self> {
        (possible > 0 && attended <= possible).then_some(Self { possible, attended })
    }

    pub fn missed(self) -> u32 {
        self.possible - self.attended
    }

    /// Counted in sessions, so that no rounding moves anybody over a line.
    pub fn absence(self) -> Absence {
        let (missed, possible) = (u64::from(self.missed()), u64::from(self.possible));
        match () {
            () if missed * 2 >= possible => Absence::Severe,
            () if missed * 10 >= possible => Absence::Persistent,
            () if missed * 20 > possible => Absence::Watch,
            () => Absence::Little,
        }
    }

    /// "90.3%", rounded down: what is short of a line never reads as if it reached it.
    pub fn percentage(self) -> String {
        format!("{}%", in_tenths(self.tenths()))
    }

    /// The percentage in tenths, rounded down.
    fn tenths(self) -> u64 {
        u64::from(self.attended) * 1000 / u64::from(self.possible).max(1)
    }

    /// "92.1% of sessions attended, 9 missed."
    fn words(self, when: &str) -> String {
        let attended = format!("{when}: {} of sessions attended, {} missed.", self.percentage(), self.missed());
        match self.absence() {
            Absence::Little => attended,
            Absence::Watch => format!("{attended} That is below 95%."),
            Absence::Persistent => format!("{attended} A tenth or more missed is called persistent absence."),
            Absence::Severe => format!("{attended} Half or more missed is called severe absence."),
        }
    }
}

/// What a code of the register counts as. Source: the School Attendance (Pupil
/// Registration) (England) Regulations 2024.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// There, or somewhere that counts as being there.
    Attending,
    Authorised,
    Unauthorised,
    /// No session that anybody could have attended.
    NotPossible,
}

impl Mark {
    pub fn of(code: &str) -> Self {
        match code {
            "/" | "\\" | "L" | "K" | "V" | "P" | "W" | "B" => Mark::Attending,
            "C" | "C1" | "C2" | "E" | "I" | "J1" | "M" | "R" | "S" | "T" => Mark::Authorised,
            "G" | "N" | "O" | "U" => Mark::Unauthorised,
            _ => Mark::NotPossible,
        }
    }
}

/// The term's sessions by its marks, where those of being present are among them: a
/// list may also have only the codes that explain an absence.
pub fn by_marks(values: &Values) -> Option<Sessions> {
    let mut present = false;
    let (mut possible, mut attended) = (0u32, 0u32);
    for row in values.rows("codes") {
        let cell = |column| values.fact(&format!("codes/{}/{column}", row.id));
        let (Some(code), Some(Ok(sessions))) = (cell("code"), cell("sessions").map(str::parse::<u32>)) else {
            continue;
        };
        present |= matches!(code, "/" | "\\");
        let mark = Mark::of(code);
        possible += if mark == Mark::NotPossible { 0 } else { sessions };
        attended += if mark == Mark::Attending { sessions } else { 0 };
    }
    Sessions::new(possible, attended).filter(|_| present)
}

/// 935 is "93.5".
fn in_tenths(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The term's sessions, as the numbers say or, without those, the marks.
pub fn this_term(values: &Values) -> Option<Sessions> {
    let number = |path| values.fact(path).and_then(|number| number.parse::<u32>().ok());
    match number("possible").zip(number("attended")) {
        Some((possible, attended)) => Sessions::new(possible, attended),
        None => by_marks(values),
    }
}

/// How this term's attendance differs from what the last plan said of its term; none
/// where either isn't known. The difference is of the percentages as they are shown.
pub fn change(values: &Values, last: Option<Sessions>) -> Option<String> {
    let (now, then) = (this_term(values)?, last?);
    let words = match now.tenths().cmp(&then.tenths()) {
        Ordering::Equal => return Some(format!("The same as in the last plan: {} then and now.", now.percentage())),
        Ordering::Greater => "better",
        Ordering::Less => "worse",
    };
    let points = in_tenths(now.tenths().abs_diff(then.tenths()));
    Some(format!(
        "{points} percentage points {words} than in the last plan: {} then, {} now.",
        then.percentage(),
        now.percentage()
    ))
}

/// Numbers of one stretch that can't all be right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mismatch {
    MoreAttended,
    /// What was attended and missed makes so many.
    Sum(u32),
}

/// Whether sessions that were attended and missed can be those that were possible.
/// What isn't known can be anything that fits.
pub fn mismatch(
    possible: u32,
    attended: Option<u32>,
    authorised: Option<u32>,
    unauthorised: Option<u32>,
) -> Option<Mismatch> {
    if attended.is_some_and(|attended| attended > possible) {
        return Some(Mismatch::MoreAttended);
    }
    let parts = [attended, authorised, unauthorised];
    let sum = parts.iter().flatten().fold(0u32, |sum, part| sum.saturating_add(*part));
    let is_whole = parts.iter().all(Option::is_some);
    (sum > possible || is_whole && sum < possible).then_some(Mismatch::Sum(sum))
}

/// What the attendance section's numbers say, a sentence for each; and where they
/// don't belong together, which.
pub fn said(values: &Values) -> Vec<String> {
    let number = |path| values.fact(path).and_then(|number| number.parse::<u32>().ok());
    let stretch = |when, possible: Option<u32>, attended: Option<u32>| {
        let (possible, attended) = (possible?, attended?);
        match Sessions::new(possible, attended) {
            Some(sessions) => Some(sessions.words(when)),
            None if possible == 0 => None,
            None => Some(format!("{when}: more sessions attended than were possible. Check both numbers.")),
        }
    };
    let term = (number("possible"), number("attended"));
    let mut said = Vec::new();
    said.extend(stretch("This term", term.0, term.1));
    if let ((Some(possible), Some(attended)), Some(authorised), Some(unauthorised)) =
        (term, number("authorised"), number("unauthorised"))
        && let Some(Mismatch::Sum(sum)) = mismatch(possible, Some(attended), Some(authorised), Some(unauthorised))
    {
        said.push(format!(
            "Attended, authorised and unauthorised make {sum}, not the {possible} that were possible. Check them."
        ));
    }
    let typed = term.0.zip(term.1);
    match by_marks(values) {
        Some(marks) if typed.is_none() => said.push(marks.words("This term, by the codes")),
        Some(marks) if typed != Some((marks.possible, marks.attended)) => said.push(format!(
            "The codes make {} attended of {} possible. That isn't what the numbers say: check both.",
            marks.attended, marks.possible
        )),
        _ => {}
    }
    said.extend(stretch("This school year", number("year-possible"), number("year-attended")));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::people::RowId;
    use crate::domain::values::{Entry, Row};
    use proptest::prelude::*;

    fn sessions(possible: u32, attended: u32) -> Sessions {
        Sessions::new(possible, attended).unwrap()
    }

    fn values(numbers: &[(&str, u32)]) -> Values {
        let entry = |value: &u32| Entry { by: "ruth".into(), at: Moment(0), value: value.to_string() };
        let facts = numbers.iter().map(|(path, number)| (path.to_string(), vec![entry(number)]));
        Values { facts: facts.collect(), ..Values::default() }
    }

    #[test]
    fn the_lines_are_where_the_guidance_draws_them() {
        assert_eq!(sessions(100, 95).absence(), Absence::Little);
        assert_eq!(sessions(1000, 949).absence(), Absence::Watch);
        assert_eq!(sessions(1000, 901).absence(), Absence::Watch);
        assert_eq!(sessions(100, 90).absence(), Absence::Persistent);
        assert_eq!(sessions(1000, 501).absence(), Absence::Persistent);
        assert_eq!(sessions(100, 50).absence(), Absence::Severe);
        assert_eq!(sessions(100, 0).absence(), Absence::Severe);
    }

    #[test]
    fn a_percentage_never_reads_as_more_than_it_is() {
        assert_eq!(sessions(10_000, 9_499).percentage(), "94.9%");
        assert_eq!(sessions(124, 124).percentage(), "100.0%");
        assert_eq!(sessions(3, 2).percentage(), "66.6%");
    }

    #[test]
    fn what_the_numbers_say_and_where_they_do_not_add_up() {
        let numbers = [("possible", 124), ("attended", 110), ("authorised", 9), ("unauthorised", 5)];
        assert_eq!(
            said(&values(&numbers)),
            ["This term: 88.7% of sessions attended, 14 missed. A tenth or more missed is called persistent absence."]
        );
        let numbers = [("possible", 124), ("attended", 120), ("authorised", 9), ("unauthorised", 5)];
        assert_eq!(
            said(&values(&numbers))[1],
            "Attended, authorised and unauthorised make 134, not the 124 that were possible. Check them."
        );
        let numbers = [("year-possible", 10), ("year-attended", 12)];
        assert_eq!(
            said(&values(&numbers)),
            ["This school year: more sessions attended than were possible. Check both numbers."]
        );
        assert!(said(&values(&[("possible", 0), ("attended", 0)])).is_empty());
        assert!(said(&Values::default()).is_empty());
    }

    #[test]
    fn the_change_since_the_last_plan_is_said_in_points() {
        let now = |possible, attended| values(&[("possible", possible), ("attended", attended)]);
        let then = this_term(&now(200, 182));
        assert_eq!(
            change(&now(200, 187), then).unwrap(),
            "2.5 percentage points better than in the last plan: 91.0% then, 93.5% now."
        );
        assert_eq!(
            change(&now(100, 90), then).unwrap(),
            "1.0 percentage points worse than in the last plan: 91.0% then, 90.0% now."
        );
        assert_eq!(change(&now(100, 91), then).unwrap(), "The same as in the last plan: 91.0% then and now.");
        for unknown in [Values::default(), values(&[("possible", 100)]), now(100, 101)] {
            assert_eq!(change(&unknown, then), None);
            assert_eq!(change(&now(100, 90), this_term(&unknown)), None);
        }
        let marks = marked(&[], &[("/", 50), ("\\", 45), ("I", 5)]);
        assert_eq!(
            change(&marks, then).unwrap(),
            "4.0 percentage points better than in the last plan: 91.0% then, 95.0% now."
        );
    }

    proptest! {
        #[test]
        fn a_change_turned_round_is_as_large(a in 0u32..300, b in 0u32..300, of in 300u32..400) {
            let (a, b) = (sessions(of, a), sessions(of, b));
            let said = |now: Sessions, then| {
                change(&values(&[("possible", now.possible), ("attended", now.attended)]), Some(then)).unwrap()
            };
            let (there, back) = (said(a, b), said(b, a));
            let size = |said: &str| said.split_once(" percentage").map(|(points, _)| points.to_string());
            prop_assert_eq!(size(&there), size(&back));
            prop_assert_eq!(there.contains("better"), back.contains("worse"));
        }

        #[test]
        fn missing_more_is_never_called_less(possible in 1u32..500, attended in 0u32..500) {
            prop_assume!(attended < possible);
            prop_assert!(sessions(possible, attended).absence() >= sessions(possible, attended + 1).absence());
        }

        #[test]
        fn whatever_is_written_is_answered(a in any::<u32>(), b in any::<u32>(), c in 0u32..400, d in 0u32..400) {
            let numbers = [("possible", a.min(400)), ("attended", b.min(400)), ("authorised", c), ("unauthorised", d)];
            prop_assert!(said(&values(&numbers)).len() <= 3);
            let _ = Sessions::new(a, b).map(|sessions| (sessions.percentage(), sessions.absence()));
        }
    }

    /// Values with a row for each code.
    fn marked(numbers: &[(&str, u32)], codes: &[(&str, u32)]) -> Values {
        let mut values = values(numbers);
        let mut rows = Vec::new();
        for (place, (code, sessions)) in codes.iter().enumerate() {
            let id = RowId::new(uuid::Uuid::from_u128(place as u128));
            for (column, value) in [("code", code.to_string()), ("sessions", sessions.to_string())] {
                let entry = Entry { by: "ruth".into(), at: Moment(0), value };
                values.facts.insert(format!("codes/{id}/{column}"), vec![entry]);
            }
            rows.push(Row { id, order: place.to_string(), removed_by: None, kept_by_edit: false });
        }
        values.rows.insert("codes".into(), rows);
        values
    }

    #[test]
    fn marks_make_the_percentage_where_all_of_them_are_there() {
        let all = [("/", 40), ("\\", 38), ("L", 2), ("V", 4), ("I", 6), ("U", 4), ("C2", 6), ("Y4", 3), ("D", 5)];
        let sessions = by_marks(&marked(&[], &all)).unwrap();
        assert_eq!((sessions.possible, sessions.attended), (100, 84));
        assert!(said(&marked(&[], &all))[0].starts_with("This term, by the codes: 84.0% of sessions attended"));
        assert_eq!(by_marks(&marked(&[], &[("I", 6), ("U", 4)])), None, "only what explains an absence");
    }

    #[test]
    fn marks_that_say_otherwise_than_the_numbers_are_pointed_out() {
        let marks = [("/", 50), ("\\", 48), ("I", 2)];
        let numbers = |attended| [("possible", 100), ("attended", attended)];
        assert_eq!(said(&marked(&numbers(98), &marks)).len(), 1);
        assert!(
            said(&marked(&numbers(90), &marks))
                .iter()
                .any(|said| said.starts_with("The codes make 98 attended of 100"))
        );
    }
}
