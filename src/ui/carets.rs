//! Where others are in a text: their carets and selections, drawn over the box on a
//! layer of its own. It covers no word and takes no press.

use super::held::is_wished;
use super::others::look;
use crate::device::{Draft, Other};
use crate::domain::sorted::sorted;
use crate::sync::splice::{splice_between, split_at};
use leptos::prelude::*;

/// One person's place in the text, in UTF-16 units.
#[derive(Clone, PartialEq, Debug)]
struct Caret {
    client: u64,
    look: String,
    /// As they said it, so that it is known when they say something else.
    said: (u32, u32),
    from: u32,
    to: u32,
}

/// The layer for a box that shows the text at a path, scrolled by so many pixels.
pub fn carets(draft: Draft, path: String, scrolled: RwSignal<i32>) -> AnyView {
    let place = path.clone();
    let carets = RwSignal::new(Vec::<Caret>::new());
    Effect::new(move |before: Option<String>| {
        let now = draft.text(&path);
        let change = before.as_deref().and_then(|before| splice_between(before, &now));
        let there =
            draft.others.at(&path, |others| others.iter().filter_map(|other| caret(other, &path)).collect::<Vec<_>>());
        let shown = carets.get_untracked();
        let mut next = there;
        for caret in &mut next {
            // What others write moves them along until they say where they are.
            let known = shown.iter().find(|shown| shown.client == caret.client && shown.said == caret.said);
            if let Some(known) = known {
                let moved = |place| change.as_ref().map_or(place, |change| change.moved(place));
                (caret.from, caret.to) = (moved(known.from), moved(known.to));
            }
        }
        if next != shown {
            carets.set(next);
        }
        now
    });
    let layer = move || {
        let carets = carets.get();
        // In a text that is held still they would stand beside their words.
        if carets.is_empty() || is_wished() {
            return ().into_any();
        }
        let parts = draft.values.at(&place, |values| drawn(values.text(&place), carets));
        let shift = move || format!("{}px", -scrolled.get());
        view! { <div class="box carets" aria-hidden="true"><div style:margin-top=shift>{parts}</div></div> }.into_any()
    };
    layer.into_any()
}

fn caret(other: &Other, path: &str) -> Option<Caret> {
    let spot = other.sign.spot.as_ref().filter(|spot| spot.path == path)?;
    let said = (spot.from, spot.to);
    Some(Caret { client: other.client, look: look(&other.who), said, from: said.0, to: said.1 })
}

/// The text again, unseen, with a mark where somebody is.
fn drawn(text: &str, carets: Vec<Caret>) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let (mut rest, mut passed) = (text, 0);
    for caret in sorted(carets, |one, other| one.from > other.from) {
        let (before, after) = split_at(rest, caret.from.saturating_sub(passed));
        passed = passed.max(caret.from);
        parts.push(before.to_string().into_any());
        // Where two selections overlap, the second begins after the first.
        let (selected, after) = split_at(after, caret.to.saturating_sub(passed));
        passed = passed.max(caret.to);
        if !selected.is_empty() {
            parts.push(view! { <u class=caret.look.clone()>{selected.to_string()}</u> }.into_any());
        }
        parts.push(view! { <i class=caret.look></i> }.into_any());
        rest = after;
    }
    parts.push(rest.to_string().into_any());
    parts
}
