//! "We're here": whoever leads points at an item, and the others see it and may follow.

use super::{Room, go_to};
use crate::device::Draft;
use crate::domain::meeting::agenda::Item;
use leptos::prelude::*;

/// Where the meeting is.
#[derive(Clone, Copy)]
pub struct Pointer {
    at: RwSignal<Option<Item>>,
    /// This device goes where the meeting goes.
    following: RwSignal<bool>,
}

impl Pointer {
    /// The pointer of a meeting's record. `item` is what this device looks at.
    pub fn of(_record: Option<Draft>, item: RwSignal<Item>) -> Self {
        let pointer = Self { at: RwSignal::new(None), following: RwSignal::new(false) };
        Effect::new(move |_| {
            let at = pointer.at.get();
            if let (true, Some(at)) = (pointer.following.get(), at)
                && item.get_untracked() != at
            {
                go_to(at);
            }
        });
        pointer
    }

    pub fn is_at(self, item: Item) -> bool {
        self.at.get() == Some(item)
    }

    /// Goes wherever the meeting goes from now on.
    pub fn follow(self) {
        self.following.set(true);
    }

    /// Points at an item, or takes it back.
    fn point(self, item: Item) {
        self.at.update(|at| *at = (*at != Some(item)).then_some(item));
    }

    /// The button on an item, for whoever leads.
    pub fn button(self, item: Item) -> AnyView {
        let is_here = move || self.is_at(item);
        view! {
            <button
                type="button"
                class="button quiet"
                aria-pressed=move || if is_here() { "true" } else { "false" }
                on:click=move |_| self.point(item)
            >
                "We’re here"
            </button>
        }
        .into_any()
    }

    /// The line that says where the meeting is, with the way there. It keeps its place
    /// while it says nothing, so that nothing moves when it does.
    pub fn line(self, room: Room) -> AnyView {
        let name = room.name();
        let words = move || {
            let at = self.at.get()?;
            Some(match room.item.get() == at {
                true => "The meeting is here".to_string(),
                false => format!("The meeting is at: {}", at.title(&name)),
            })
        };
        let toggle = move |_| {
            self.following.update(|following| *following = !*following);
        };
        let words = Memo::new(move |_| words());
        view! {
            <div class="pointer">
                <p role="status">{move || words.get()}</p>
                <button
                    type="button"
                    class="button quiet"
                    hidden=move || self.at.get().is_none()
                    aria-pressed=move || if self.following.get() { "true" } else { "false" }
                    on:click=toggle
                >
                    "Follow"
                </button>
            </div>
        }
        .into_any()
    }
}
