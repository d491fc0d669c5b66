//! What somebody wrote, in words: where, and from what to what.

use super::rows::article;
use crate::domain::calendar::Moment;
use crate::domain::capital::capital;
use crate::domain::history::Sum;
use crate::domain::sections::{Keeps, Kind, SectionId};
use leptos::prelude::*;

/// More places than this are counted.
const NAMED: usize = 3;

/// "Jo Bell wrote in “Targets” and “What helps in class”".
pub fn sentence(sum: &Sum) -> String {
    format!("{} wrote in {}", capital(&sum.by), places(&sum.places))
}

/// The same, "25 November, 14:31".
pub fn sum(sum: &Sum) -> AnyView {
    view! {
        <span>{sentence(sum)}</span>
        " "
        <span class="soft small">{sum.at.spoken()}</span>
    }
    .into_any()
}

/// "“Targets”, “Health” and 2 more places".
pub fn places(places: &[String]) -> String {
    let mut named: Vec<_> = places.iter().take(NAMED).map(|place| format!("“{place}”")).collect();
    match places.len().saturating_sub(NAMED) {
        0 => {}
        1 => named.push("1 more place".into()),
        more => named.push(format!("{more} more places")),
    }
    match named.pop() {
        Some(last) if named.is_empty() => last,
        Some(last) => format!("{} and {last}", named.join(", ")),
        None => String::new(),
    }
}

/// Takes in what was written meanwhile: the latest first, and nothing that was said is
/// taken back.
pub fn take_in(shown: &mut Vec<Sum>, new: Vec<Sum>) {
    for mut sum in new.into_iter().rev() {
        if let Some(at) = shown.iter().position(|old| old.section == sum.section && old.by == sum.by) {
            let old = shown.remove(at);
            sum.at = sum.at.max(old.at);
            let mut paths = old.paths.into_iter();
            for place in old.places {
                let path = paths.next();
                if !sum.places.contains(&place) {
                    sum.places.push(place);
                    sum.paths.extend(path);
                }
            }
        }
        shown.insert(0, sum);
    }
}

/// Every place in which somebody wrote, once, with who wrote there.
pub fn ways(sums: &[Sum]) -> Vec<(&String, String)> {
    let mut ways: Vec<(&String, String)> = Vec::new();
    for sum in sums {
        for (place, path) in sum.places.iter().zip(&sum.paths) {
            if !ways.iter().any(|(known, _)| *known == path) {
                let one = Sum { places: vec![place.clone()], ..sum.clone() };
                ways.push((path, format!("{}, {}", sentence(&one), sum.at.spoken())));
            }
        }
    }
    ways
}

/// The next of so many, or the one before, round and round.
pub fn neighbour(many: usize, at: Option<usize>, next: bool) -> Option<usize> {
    let last = many.checked_sub(1)?;
    Some(match (at, next) {
        (Some(at), true) if at < last => at + 1,
        (Some(at @ 1..), false) => at - 1,
        (_, true) => 0,
        (_, false) => last,
    })
}

/// One change to one place of a section, by a name.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    pub section: SectionId,
    pub path: String,
    pub by: String,
    pub at: Moment,
    pub was: String,
    pub became: String,
}

impl Told {
    /// "Jo Bell changed “What helps in class”".
    pub fn sentence(&self, child: &str) -> String {
        format!("{} {}", capital(&self.by), self.deed(child))
    }

    fn deed(&self, child: &str) -> String {
        let verb = match (self.was.is_empty(), self.became.is_empty()) {
            (true, _) => "added",
            (_, true) => "removed",
            _ => "changed",
        };
        let section = self.section.section();
        if let Some(field) = section.at(&self.path) {
            return format!("{verb} “{}”", field.label.replace("{name}", child));
        }
        // A row that came or went has a path of its own, without a column.
        let field = self.path.split('/').next().and_then(|field| section.field(field));
        match field.map(|field| field.kind) {
            Some(Kind::Rows { one, .. }) => format!("{verb} {} {one}", article(one)),
            _ => format!("{verb} something in {}", section.titled(child)),
        }
    }

    /// A value of this place in the words of the page; nothing for a whole row.
    fn words(&self, value: &str) -> Option<String> {
        let field = self.section.section().at(&self.path)?;
        let words = match field.kind.keeps() {
            // Two values kept apart come joined.
            Keeps::Fact => value.split(" / ").map(|value| field.kind.words(value)).collect::<Vec<_>>().join(" / "),
            _ => value.to_string(),
        };
        Some(words).filter(|words| !words.trim().is_empty())
    }
}

/// A change with what stood there and what stands there now.
pub fn whole(told: &Told, child: &str) -> AnyView {
    let was = told.words(&told.was).map(|words| view! { <p class="was"><span>"Before: "</span>{words}</p> });
    let became = told.words(&told.became).map(|words| view! { <p class="became"><span>"Now: "</span>{words}</p> });
    view! {
        <p>
            <span>{told.sentence(child)}</span>
            " "
            <span class="soft small">{told.at.spoken()}</span>
        </p>
        {was}
        {became}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(by: &str, at: i64, places: &[&str]) -> Sum {
        let places: Vec<String> = places.iter().map(|place| place.to_string()).collect();
        let paths = places.iter().map(|place| place.to_lowercase()).collect();
        Sum { section: SectionId::Targets, by: by.into(), at: Moment(at), places, paths }
    }

    #[test]
    fn places_are_named_and_the_rest_is_counted() {
        let said = |some: &[&str]| places(&sum("Jo", 0, some).places);
        assert_eq!(said(&["A"]), "“A”");
        assert_eq!(said(&["A", "B"]), "“A” and “B”");
        assert_eq!(said(&["A", "B", "C", "D"]), "“A”, “B”, “C” and 1 more place");
        assert_eq!(said(&["A", "B", "C", "D", "E"]), "“A”, “B”, “C” and 2 more places");
    }

    #[test]
    fn what_is_written_meanwhile_is_added_to_what_was_said() {
        let mut shown = vec![sum("Tom", 5, &["A"]), sum("Ruth", 3, &["B"])];
        take_in(&mut shown, vec![sum("Ruth", 9, &["C"])]);
        assert_eq!(shown, [sum("Ruth", 9, &["C", "B"]), sum("Tom", 5, &["A"])]);
        // The same answer twice changes nothing.
        take_in(&mut shown, vec![sum("Ruth", 9, &["C"]), sum("Tom", 5, &["A"])]);
        assert_eq!(shown, [sum("Ruth", 9, &["C", "B"]), sum("Tom", 5, &["A"])]);
    }

    #[test]
    fn each_place_that_others_changed_is_gone_through_once_and_round() {
        let mut sums = vec![sum("Tom", 5, &["A", "B"]), sum("Ruth", 3, &["B", "C"])];
        let paths: Vec<_> = ways(&sums).into_iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a", "b", "c"]);
        assert!(ways(&sums)[2].1.starts_with("Ruth wrote in “C”, "));
        let steps = |next: bool| {
            let mut at = None;
            (0..4)
                .filter_map(|_| {
                    at = neighbour(3, at, next);
                    at
                })
                .collect::<Vec<_>>()
        };
        assert_eq!((steps(true), steps(false)), (vec![0, 1, 2, 0], vec![2, 1, 0, 2]));
        assert_eq!(neighbour(0, None, true), None);
        // A copy from before has no paths; what comes later has its own.
        sums[1].paths.clear();
        take_in(&mut sums, vec![sum("Ruth", 9, &["D"])]);
        assert_eq!((sums[0].places.join(" "), sums[0].paths.join(" ")), ("D B C".into(), "d".into()));
    }

    fn told(path: &str, was: &str, became: &str) -> Told {
        Told {
            section: SectionId::CarersView,
            path: path.into(),
            by: "Jo Bell".into(),
            at: Moment(0),
            was: was.into(),
            became: became.into(),
        }
    }

    #[test]
    fn a_change_is_told_in_words() {
        let share = told("share-with-child", "no", "yes");
        assert_eq!(share.sentence("Amira"), "Jo Bell changed “May Amira read this?”");
        assert_eq!(share.words("yes"), Some("Yes".into()));
        assert_eq!(share.words("yes / no"), Some("Yes / No".into()));
        assert!(told("sleep-more", "", "Fine").sentence("Amira").starts_with("Jo Bell added “Tell us more"));
        assert!(told("sleep-more", "Fine", "").sentence("Amira").starts_with("Jo Bell removed"));
    }

    #[test]
    fn a_row_that_came_is_told_by_its_name() {
        let row = "targets/00000000-0000-0000-0000-000000000000";
        let told = Told { section: SectionId::Targets, by: "the young person".into(), ..told(row, "", "there") };
        assert_eq!(told.sentence("Amira"), "The young person added a target");
        assert_eq!(told.words("there"), None);
    }
}
