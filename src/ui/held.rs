//! Others' words wait outside the text that a person is in, where they wish so: what they
//! read and write stays as it is until they leave it.

use super::field::person_is_in;
use crate::device::{Device, Draft};
use crate::sync::hold::Held;
use crate::sync::splice::Splice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};

/// Under which the device keeps that somebody wishes so.
pub const KEPT: &str = "hold-still";

thread_local! {
    /// Whether this page's person wishes so. The server never does.
    static WISHED: Cell<bool> = const { Cell::new(false) };
    /// The text that they are in, by the id of its box, once others wrote there.
    static HELD: RefCell<Option<(String, Held)>> = const { RefCell::new(None) };
}

pub fn wish(wished: bool) {
    WISHED.set(wished);
}

pub fn is_wished() -> bool {
    WISHED.get()
}

/// The text is one that a person left, or they want it as it stands.
pub fn release() {
    HELD.set(None);
}

/// Whether a box is held still, with this in it; others made its text this.
pub fn holds(id: &str, seen: &str, document: &str) -> bool {
    let holds = person_is_in(id);
    HELD.with_borrow_mut(|held| {
        let is_of = held.as_ref().is_some_and(|(of, held)| of == id && held.is_of(seen));
        if !holds {
            if is_of {
                *held = None;
            }
            return false;
        }
        if !is_of {
            *held = Some((id.into(), Held::new(seen)));
        }
        if let Some((_, held)) = held {
            held.follow(document);
        }
        true
    })
}

/// What a person did in a box that is held still, as it is to be made in the document.
/// Nothing where the box isn't held.
pub fn make(id: &str, seen: &str, mine: &Splice, document: &str) -> Option<Vec<Splice>> {
    HELD.with_borrow_mut(|held| {
        let (_, held) = held.as_mut().filter(|(of, held)| of == id && held.is_of(seen))?;
        held.follow(document);
        Some(held.make(mine))
    })
}

/// The person goes from a field: what waited comes in.
pub fn leave(draft: Draft, path: &str) {
    if is_wished() {
        draft.values.tell(path);
    }
}

/// The choice, for the page's strip.
pub fn choice() -> AnyView {
    let device = Device::here();
    let wished = RwSignal::new(false);
    Effect::new(move |_| {
        let kept = device.kept(KEPT);
        spawn_local(async move {
            wish(kept.await.as_deref() == Some("yes"));
            let _ = wished.try_set(is_wished());
        });
    });
    let choose = move |_| {
        wish(!is_wished());
        wished.set(is_wished());
        device.keep(KEPT, if is_wished() { "yes" } else { "no" });
    };
    view! {
        <div class="field">
            <div class="answers">
                <div class="answer">
                    <input type="checkbox" id=KEPT prop:checked=move || wished.get() on:change=choose/>
                    <label for=KEPT>
                        "Hold still the text that I am in: what others write there comes in when I leave it"
                    </label>
                </div>
            </div>
        </div>
    }
    .into_any()
}
