//! Other people in the same field: a frame round it, and their names in text.

use crate::device::{Draft, Other};
use crate::domain::sorted::sorted;
use leptos::prelude::*;

/// How many colours with their patterns people are told apart by; after that they
/// come round again, and the initials still differ.
const LOOKS: u32 = 6;

/// The colour and pattern that stand for a person on every page.
pub fn look(id: &str) -> String {
    let sum = id.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    format!("look-{}", sum % LOOKS)
}

/// "MP" for "Ms Patel".
pub fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|name| name.chars().next()).take(2).collect()
}

/// A person's mark: their initials on their colour and pattern.
pub fn mark(id: &str, name: &str) -> AnyView {
    view! { <span class=format!("mark {}", look(id)) aria-hidden="true">{initials(name)}</span> }.into_any()
}

/// The others who are in the field at a path, each person once.
pub fn is_taken(draft: Draft, path: String) -> Memo<Vec<Other>> {
    Memo::new(move |_| {
        let here = |other: &&Other| other.sign.spot.as_ref().is_some_and(|spot| spot.path == path);
        let mut there = draft
            .others
            .with(|others| sorted(others.iter().filter(here).cloned(), |one, other| one.who.id > other.who.id));
        there.dedup_by(|one, other| one.who.id == other.who.id);
        there
    })
}

/// "Ruth Abara is typing here".
pub fn taken(there: Memo<Vec<Other>>) -> AnyView {
    let line = |other: &Other| {
        let typing = other.sign.spot.as_ref().is_some_and(|spot| spot.typing);
        let words = format!("{} is {}here", other.who.name, if typing { "typing " } else { "" });
        view! { <li>{mark(&other.who.id, &other.who.name)}{words}</li> }.into_any()
    };
    let lines = move || there.with(|there| there.iter().map(line).collect::<Vec<_>>());
    view! { <ul class="taken-by">{lines}</ul> }.into_any()
}
