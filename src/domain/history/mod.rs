//! What was written and when, as people tell it: the minutes that one person typed
//! with hardly a pause are one stretch of writing, and in it each place changed once.

pub mod compare;
pub mod together;

use super::calendar::Moment;
use super::sections::SectionId;
use super::sorted::sorted;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// One change to one place, as it was kept: a minute of typing at the most.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    pub path: String,
    pub by: String,
    pub at: Moment,
    /// When the last of it was written.
    pub last: Moment,
    pub was: String,
    pub became: String,
    /// There were changes to this place before it.
    pub again: bool,
}

/// What one person wrote, with no long pause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    pub by: String,
    pub from: Moment,
    pub until: Moment,
    /// From what to what each place went. A place stands twice where somebody else
    /// wrote there in between.
    pub changes: Vec<Kept>,
}

/// Who wrote where in a section, for a summary.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sum {
    pub section: SectionId,
    /// A name.
    pub by: String,
    /// When they wrote there last.
    pub at: Moment,
    /// The labels of what they wrote in.
    pub places: Vec<String>,
    /// Where in each of these they wrote last, as a path. What a device kept from before
    /// doesn't say.
    #[serde(default)]
    pub paths: Vec<String>,
}

/// A longer pause than this begins a new stretch, in milliseconds.
const PAUSE: i64 = 30 * 60_000;

/// Changes, the oldest first, as stretches of writing, the latest first. What came to
/// nothing is left out.
pub fn stretches(kept: Vec<Kept>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for change in places(kept) {
        let open = all.iter_mut().rev().find(|stretch| stretch.by == change.by);
        match open.filter(|stretch| is_soon(stretch.until, change.at)) {
            Some(stretch) => {
                stretch.until = stretch.until.max(change.last);
                stretch.changes.push(change);
            }
            None => {
                all.push(Stretch { by: change.by.clone(), from: change.at, until: change.last, changes: vec![change] })
            }
        }
    }
    sorted(all, |a, b| (Reverse(a.until), Reverse(a.from)) > (Reverse(b.until), Reverse(b.from)))
}

/// What each place went through in one go, in the order in which it began.
fn places(kept: Vec<Kept>) -> Vec<Kept> {
    let mut all: Vec<Kept> = Vec::new();
    let mut latest: LiteMap<String, usize> = LiteMap::new();
    for change in kept {
        let open = latest.get(&change.path).and_then(|at| all.get_mut(*at));
        match open.filter(|open| open.by == change.by && is_soon(open.last, change.at)) {
            Some(open) => {
                open.last = open.last.max(change.last);
                open.became = change.became;
            }
            None => {
                latest.insert(change.path.clone(), all.len());
                all.push(change);
            }
        }
    }
    all.retain(|change| change.was != change.became);
    all
}

fn is_soon(before: Moment, then: Moment) -> bool {
    then.0 - before.0 <= PAUSE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: i64 = 60_000;

    fn kept(by: &str, path: &str, minute: i64, was: &str, became: &str) -> Kept {
        let at = Moment(minute * MINUTE);
        Kept { path: path.into(), by: by.into(), at, last: at, was: was.into(), became: became.into(), again: false }
    }

    fn told(stretches: &[Stretch]) -> Vec<String> {
        let change = |change: &Kept| format!("{} {:?}>{:?}", change.path, change.was, change.became);
        stretches
            .iter()
            .map(|one| format!("{}: {}", one.by, one.changes.iter().map(change).collect::<Vec<_>>().join(", ")))
            .collect()
    }

    #[test]
    fn one_persons_minutes_are_one_change() {
        let minutes = vec![
            kept("tom", "a", 0, "", "One"),
            kept("tom", "a", 2, "One", "One two"),
            kept("tom", "b", 3, "", "B"),
            kept("tom", "a", 20, "One two", "One two three"),
            kept("tom", "a", 90, "One two three", "Later"),
        ];
        assert_eq!(
            told(&stretches(minutes)),
            ["tom: a \"One two three\">\"Later\"", "tom: a \"\">\"One two three\", b \"\">\"B\""]
        );
    }

    #[test]
    fn what_another_wrote_in_between_is_theirs() {
        let apart =
            vec![kept("tom", "a", 0, "", "T"), kept("ruth", "a", 1, "T", "TR"), kept("tom", "a", 2, "TR", "TRT")];
        assert_eq!(told(&stretches(apart)), ["tom: a \"\">\"T\", a \"TR\">\"TRT\"", "ruth: a \"T\">\"TR\""]);
    }

    #[test]
    fn what_came_to_nothing_is_not_told() {
        assert!(stretches(vec![kept("tom", "a", 0, "", "x"), kept("tom", "a", 1, "x", "")]).is_empty());
    }

    proptest! {
        /// However people take turns, each place's changes lead from the first to the last.
        #[test]
        fn every_place_is_told_from_its_first_words_to_its_last(
            turns in prop::collection::vec((0..3usize, 0..2usize, 0..50i64, "[ab]{0,2}"), 1..40)
        ) {
            let (mut minute, mut now) = (0, [String::new(), String::new()]);
            let kept: Vec<_> = turns
                .into_iter()
                .map(|(who, place, pause, became)| {
                    minute += pause;
                    let was = std::mem::replace(&mut now[place], became.clone());
                    kept(["tom", "ruth", "jo"][who], ["a", "b"][place], minute, &was, &became)
                })
                .collect();
            for (path, last) in ["a", "b"].iter().zip(&now) {
                let mut text = String::new();
                for change in places(kept.clone()).into_iter().filter(|change| change.path == *path) {
                    prop_assert_eq!(&change.was, &text);
                    text = change.became;
                }
                prop_assert_eq!(&text, last);
            }
            let stretches = stretches(kept);
            prop_assert!(stretches.windows(2).all(|pair| pair[0].until >= pair[1].until));
            for stretch in &stretches {
                prop_assert!(stretch.changes.iter().all(|change| change.by == stretch.by));
                prop_assert!(stretch.changes.iter().all(|change| change.at >= stretch.from && change.last <= stretch.until));
            }
        }
    }
}
