//! Other people in the same field: a frame round it, and their names in text.

use crate::device::{Draft, Other};
use crate::domain::sorted::sorted;
use crate::sync::presence::Who;
use leptos::prelude::*;

/// A page provides it where nobody is told who else is there: the young person's, and a
/// carer's own five questions. What the server renders of it is then what a build for
/// those pages makes, which has no others in it.
#[derive(Clone, Copy)]
pub struct Alone;

pub fn is_alone() -> bool {
    crate::FAMILY || use_context::<Alone>().is_some()
}

/// How many colours with their patterns people are told apart by; after that they
/// come round again, and the initials still differ.
const LOOKS: u8 = 6;

/// The colour and pattern that stand for a person on every page.
pub fn look(who: &Who) -> String {
    format!("look-{}", who.look % LOOKS)
}

/// "MP" for "Ms Patel".
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|name| name.chars().next()).take(2).collect()
}

/// A person's mark: their initials on their colour and pattern.
pub fn mark(who: &Who) -> AnyView {
    view! { <span class=format!("mark {}", look(who)) aria-hidden="true">{initials(&who.name)}</span> }.into_any()
}

/// The others who are in the field at a path, each person once.
pub fn is_taken(draft: Draft, path: String) -> Memo<Vec<Other>> {
    is_taken_in(draft, path, |place, path| place == path)
}

fn is_taken_in(draft: Draft, path: String, holds: fn(&str, &str) -> bool) -> Memo<Vec<Other>> {
    Memo::new(move |_| {
        let here = |other: &&Other| other.sign.spot.as_ref().is_some_and(|spot| holds(&spot.path, &path));
        let mut there = draft
            .others
            .at(&path, |others| sorted(others.iter().filter(here).cloned(), |one, other| one.who.id > other.who.id));
        there.dedup_by(|one, other| one.who.id == other.who.id);
        there
    })
}

/// Those who are somewhere in a row, so that a closed one says so too.
pub fn in_it(draft: Draft, row: String) -> AnyView {
    let there = is_taken_in(draft, row, |place, row| place.strip_prefix(row).is_some_and(|rest| rest.starts_with('/')));
    taken(there)
}

/// "Ruth Abara is typing here".
pub fn taken(there: Memo<Vec<Other>>) -> AnyView {
    let line = |other: &Other| {
        let typing = other.sign.spot.as_ref().is_some_and(|spot| spot.typing);
        let words = format!("{} is {}here", other.who.name, if typing { "typing " } else { "" });
        view! { <li>{mark(&other.who)}{words}</li> }.into_any()
    };
    let lines = move || there.with(|there| there.iter().map(line).collect::<Vec<_>>());
    view! { <ul class="taken-by">{lines}</ul> }.into_any()
}
