//! What somebody promises as it is said, in one breath: "Jo to buy headphones by 12 December".

use super::when;
use crate::domain::calendar::Day;
use crate::domain::capital::capital;

/// A promise, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Promise {
    pub what: String,
    pub who: String,
    pub day: Option<Day>,
}

/// Words between a name and what they will do.
const WILL: [&str; 3] = [" to ", " will ", " is going to "];

/// Takes a line apart. Nothing in it is a name but those of `people`, in full or by a first
/// name that only one of them has; and nothing a day that isn't read as one. What is neither
/// stays what it is about.
pub fn said(line: &str, people: &[String], today: Day) -> Promise {
    let (rest, day) = by_when(line.trim(), today);
    let (who, what) = WILL
        .iter()
        .find_map(|will| {
            let (name, what) = rest.split_once(will)?;
            Some((one_of(people, name.trim())?, what.trim()))
        })
        .unwrap_or(("", rest));
    Promise { what: capital(what), who: who.into(), day }
}

/// "Ring admissions by Friday": a day at the end.
fn by_when(line: &str, today: Day) -> (&str, Option<Day>) {
    let found = line.rsplit_once(" by ").and_then(|(rest, words)| Some((rest.trim(), when::day(words, today).ok()??)));
    found.map_or((line, None), |(rest, day)| (rest, Some(day)))
}

/// The one person who goes by a name.
fn one_of<'a>(people: &'a [String], name: &str) -> Option<&'a str> {
    let is = |person: &&String| {
        let first = person.split_whitespace().next().unwrap_or_default();
        person.to_lowercase() == name.to_lowercase() || first.to_lowercase() == name.to_lowercase()
    };
    let mut theirs = people.iter().filter(is);
    theirs.next().filter(|_| theirs.next().is_none()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Wednesday 25 November 2026.
    fn today() -> Day {
        "2026-11-25".parse().expect("a day")
    }

    fn taken(line: &str) -> (String, String, Option<String>) {
        let people = ["Jo Barlow", "Tom Nowak", "Tom Reid"].map(String::from);
        let promise = said(line, &people, today());
        (promise.what, promise.who, promise.day.map(|day| day.to_string()))
    }

    #[test]
    fn a_promise_is_taken_apart_as_it_is_said() {
        let is = |line: &str, what: &str, who: &str, day: Option<&str>| {
            assert_eq!(taken(line), (what.to_string(), who.to_string(), day.map(String::from)), "{line}");
        };
        is("Jo to buy headphones by 12 December", "Buy headphones", "Jo Barlow", Some("2026-12-12"));
        is("tom nowak will ring the school by Friday", "Ring the school", "Tom Nowak", Some("2026-11-27"));
        is("Ring admissions by Friday", "Ring admissions", "", Some("2026-11-27"));
        is("Jo Barlow will ask", "Ask", "Jo Barlow", None);
        // Two go by that name, or nobody does: it is not guessed.
        is("Tom to ring the school", "Tom to ring the school", "", None);
        is("Learn to swim", "Learn to swim", "", None);
        // No day: the words stay.
        is("Go to school by bus", "Go to school by bus", "", None);
        is("  ", "", "", None);
    }

    proptest! {
        #[test]
        fn no_word_of_what_is_promised_is_lost(what in "[A-Z][a-z]{1,9}( [a-z]{1,9}){0,5}") {
            let (found, who, day) = taken(&format!("Jo to {what} by 12 December"));
            prop_assert_eq!((found, who.as_str(), day.as_deref()), (what, "Jo Barlow", Some("2026-12-12")));
        }
    }
}
