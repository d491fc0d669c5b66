//! "We're here": whoever leads points at an item, and the others see it and may follow.
//! It travels with who is here. When they go, to a part of the plan or with their Wi-Fi, the
//! room keeps it until somebody else points; no trace of it is left.

use super::{Room, go_to};
use crate::device::{Device, Draft, Other};
use crate::domain::meeting::agenda::Item;
use crate::sync::presence::Pointed;
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// Where the meeting is.
#[derive(Clone, Copy)]
pub struct Pointer {
    device: Device,
    /// What this person says.
    own: RwSignal<Option<Pointed>>,
    /// What others say, and the name of whose word counts.
    theirs: Memo<Option<(Pointed, String)>>,
    /// Where it is by what everybody says.
    at: Memo<Option<Item>>,
    /// The last turn that was seen: also of somebody who has gone, and may be back.
    turn: StoredValue<u32>,
    /// This device goes where the meeting goes.
    following: RwSignal<bool>,
    /// It would, and somebody writes on it.
    stays: RwSignal<bool>,
    /// It does so again after somebody went elsewhere on it.
    returns: StoredValue<bool>,
}

/// Whether somebody is in a form, or in the boxes of a part, or drags a row there: nobody is
/// led away from a word, nor from between two boxes.
fn is_writing() -> bool {
    let page = document();
    page.active_element().is_some_and(is_in_boxes)
        || page.query_selector("[data-document]:active").is_ok_and(|row| row.is_some())
}

fn is_in_boxes(inside: Element) -> bool {
    inside.closest("form, [data-document]").is_ok_and(|around| around.is_some())
}

/// Does something once the page has put the person where they belong, which takes a frame: a
/// row that moves or goes takes the focus with it.
fn in_two_frames(act: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(act));
}

fn turn_of(said: &Option<(Pointed, String)>) -> Option<Pointed> {
    said.as_ref().map(|(pointed, _)| *pointed)
}

impl Pointer {
    /// The pointer of a meeting's record. `item` is what this device looks at. A meeting that
    /// is over is nowhere.
    pub fn of(record: Option<Draft>, item: RwSignal<Item>, is_over: Signal<bool>) -> Self {
        let (device, own, turn) = (Device::here(), RwSignal::new(None::<Pointed>), StoredValue::new(0));
        let theirs = Memo::new(move |_| {
            let said = |other: &Other| Some((other.sign.points?, other.who.name.clone()));
            record?.others.at("", |others| others.iter().filter_map(said).max())
        });
        // Whoever points last leads: what this person said before is taken back.
        Effect::new(move |_| {
            let theirs = theirs.with(turn_of);
            turn.update_value(|turn| *turn = theirs.map_or(*turn, |theirs| theirs.turn.max(*turn)));
            if own.get_untracked().is_some_and(|own| Some(own) < theirs) {
                own.set(None);
                device.point(None);
            }
        });
        let at = Memo::new(move |_| {
            let pointed = own.get().max(theirs.with(turn_of)).filter(|_| !is_over.get());
            pointed.and_then(|pointed| Item::of_sign(pointed.at))
        });
        let (following, stays, returns) = (RwSignal::new(false), RwSignal::new(false), StoredValue::new(false));
        let pointer = Self { device, own, theirs, at, turn, following, stays, returns };
        // Whoever goes elsewhere themselves has stopped following; a screen that everybody
        // looks at goes along again with the next move.
        Effect::new(move |before: Option<()>| {
            let now = item.get();
            let strays = at.get_untracked().is_some_and(|at| at != now);
            if before.is_some() && strays && !pointer.returns.get_value() {
                pointer.following.set(false);
            }
        });
        let left = RwSignal::new(0_u32);
        // Where they go is known a moment after they leave. Who goes to a button of the row that
        // they are in hasn't left: by what that does they may be nowhere for a moment.
        let leaves = window_event_listener(ev::focusout, move |event| {
            let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
            if to.is_some_and(is_in_boxes) {
                return;
            }
            in_two_frames(move || {
                left.try_update(|left| *left += 1);
            });
        });
        on_cleanup(move || leaves.remove());
        Effect::new(move |_| {
            left.get();
            let at = pointer.at.get().filter(|at| *at != item.get_untracked());
            let goes = if pointer.following.get() { at } else { None };
            pointer.stays.set(goes.is_some() && is_writing());
            if let (Some(at), false) = (goes, pointer.stays.get_untracked()) {
                go_to(at);
            }
        });
        pointer
    }

    pub fn is_at(self, item: Item) -> bool {
        self.at.get() == Some(item)
    }

    /// Goes wherever the meeting goes from now on, whatever else is looked at meanwhile.
    pub fn follow(self) {
        self.returns.set_value(true);
        self.following.set(true);
    }

    /// Whether this person says that it is at an item.
    fn is_own(self, item: Item, own: Option<Pointed>) -> bool {
        own.is_some_and(|own| own.at == item.sign())
    }

    /// Points at an item, or takes it back.
    fn point(self, item: Item) {
        let points = !self.is_own(item, self.own.get_untracked());
        self.turn.update_value(|turn| *turn = turn.saturating_add(1));
        let now = points.then(|| Pointed { turn: self.turn.get_value(), at: item.sign() });
        self.own.set(now);
        self.device.point(now);
    }

    /// The button on an item, for whoever leads a meeting that isn't over.
    pub fn button(self, item: Item) -> AnyView {
        let pressed = move || if self.is_own(item, self.own.get()) { "true" } else { "false" };
        view! {
            <button type="button" class="button quiet" aria-pressed=pressed on:click=move |_| self.point(item)>
                "We’re here"
            </button>
        }
        .into_any()
    }

    /// The line that says where the meeting is, with the way there. It keeps its place
    /// while it says nothing, so that nothing moves when it does.
    pub fn line(self, room: Room) -> AnyView {
        let name = room.name();
        let words = Memo::new(move |_| {
            let at = self.at.get()?;
            let title = at.title(&name);
            // This person's own word counts for as long as there is one.
            let theirs = self.own.get().is_none().then(|| self.theirs.get()).flatten();
            let (you, leads) = ("You".to_string(), theirs.map(|(_, name)| name));
            let stays = if self.stays.get() { ". You stay while you write" } else { "" };
            Some(match (room.item.get() == at, self.following.get(), leads) {
                (true, true, Some(name)) => format!("You follow the meeting. {name} moved it here: {title}"),
                (true, _, leads) => format!("{} moved the meeting here: {title}", leads.unwrap_or(you)),
                (false, _, leads) => format!("{} moved the meeting to: {title}{stays}", leads.unwrap_or(you)),
            })
        });
        view! {
            <div class="pointer">
                <p role="status">{move || words.get()}</p>
                <button
                    type="button"
                    class="button quiet"
                    hidden=move || !self.stays.get()
                    on:click=move |_| self.at.get_untracked().into_iter().for_each(go_to)
                >
                    "Go there"
                </button>
                <button
                    type="button"
                    class="button quiet"
                    hidden=move || self.at.get().is_none() || self.own.get().is_some()
                    on:click=move |_| self.following.update(|following| *following = !*following)
                >
                    {move || if self.following.get() { "Stop following" } else { "Follow" }}
                </button>
            </div>
        }
        .into_any()
    }
}
