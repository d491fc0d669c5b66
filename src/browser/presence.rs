//! Where this page's person is, said to others; and where others say they are.

use super::{connection, here, wire};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::sync::presence::{self, Line, Pointed, Present, Sign, Spot, State};
use crate::sync::protocol::Message;
use leptos::prelude::{Set, Update, WithUntracked, document, set_timeout};
use litemap::LiteMap;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// Somebody who moves their caret is said to be elsewhere this much later, once: not at
/// every key of whoever types, since each page that hears it is drawn again.
const A_MOMENT: Duration = Duration::from_millis(250);
/// Whoever typed no longer ago than this is typing.
const STILL_TYPING: f64 = 3_000.0;

thread_local! {
    /// What the page shows, and what was last said of it.
    static SHOWN: RefCell<Option<(DocumentName, Sign)>> = const { RefCell::new(None) };
    /// Counts the pages that showed something, so that an old one takes nothing back.
    static TICKET: Cell<u32> = const { Cell::new(0) };
    /// The document of the field that the person is in, where the page shows several.
    static BESIDE: RefCell<Option<DocumentName>> = const { RefCell::new(None) };
    static CLOCK: Cell<u64> = const { Cell::new(0) };
    static TYPED: Cell<f64> = const { Cell::new(0.0) };
    static SOON: Cell<bool> = const { Cell::new(false) };
    /// Whether it is said once that they type no more.
    static ENDS: Cell<bool> = const { Cell::new(false) };
    /// Who was said to be in each plan that this page has been in.
    static IN_PLANS: RefCell<LiteMap<PlanId, Vec<Present>>> = const { RefCell::new(LiteMap::new()) };
    /// The plan that was shown last: of another, what came in is no news on the page.
    static PLAN: RefCell<Option<PlanId>> = const { RefCell::new(None) };
}

/// Follows the person through the fields of the page.
pub fn start() {
    let events = [("focusin", enters as fn()), ("focusout", say_soon), ("selectionchange", say_soon), ("input", typed)];
    for (event, act) in events {
        connection::listen(&document(), event, act);
    }
}

/// The page shows a document from now on: its own ticket, to take that back with.
pub fn show(name: DocumentName, sign: Sign) -> u32 {
    leave();
    TICKET.set(TICKET.get() + 1);
    let known = IN_PLANS.with_borrow(|plans| plans.get(&name.plan).cloned());
    if PLAN.replace(Some(name.plan.clone())).as_ref() != Some(&name.plan)
        && let Some(device) = here::with(|here| here.device)
    {
        device.brought.set(None);
    }
    SHOWN.set(Some((name, sign)));
    tell_page(known);
    say();
    TICKET.get()
}

/// The page that has this ticket is gone.
pub fn hide(ticket: u32) {
    if ticket == TICKET.get() {
        leave();
        SHOWN.set(None);
        tell_page(None);
    }
}

/// Says to everybody where the meeting is.
pub fn point(at: Option<Pointed>) {
    SHOWN.with_borrow_mut(|shown| {
        if let Some((_, sign)) = shown {
            sign.points = at;
        }
    });
    say();
}

fn leave() {
    if let Some(beside) = BESIDE.take() {
        send(&beside, None);
    }
    if let Some((name, _)) = SHOWN.with_borrow(Clone::clone) {
        send(&name, None);
    }
}

fn tell_page(present: Option<Vec<Present>>) {
    if let Some(device) = here::with(|here| here.device)
        && device.present.with_untracked(|shown| *shown != present)
    {
        device.present.set(present);
    }
}

/// Whoever comes to another field types there once they do.
fn enters() {
    TYPED.set(0.0);
    say_soon();
}

fn typed() {
    TYPED.set(js_sys::Date::now());
    say_soon();
    if !ENDS.replace(true) {
        ends(STILL_TYPING);
    }
}

/// Says, once the person no longer types, that they don't.
fn ends(left: f64) {
    let look = || {
        let left = STILL_TYPING - (js_sys::Date::now() - TYPED.get());
        if (1.0..STILL_TYPING).contains(&left) {
            ends(left);
        } else {
            ENDS.set(false);
            say_soon();
        }
    };
    set_timeout(look, Duration::from_millis(left as u64 + 100));
}

fn say_soon() {
    if !SOON.replace(true) {
        let now = || {
            SOON.set(false);
            follow();
        };
        set_timeout(now, A_MOMENT);
    }
}

/// Says in which field the person is now, where that changed.
fn follow() {
    let Some(shown) = SHOWN.with_borrow(|shown| shown.as_ref().map(|(name, _)| name.clone())) else { return };
    let (place, spot) = spot().unzip();
    let place = place.unwrap_or_else(|| shown.clone());
    let beside = (place != shown).then_some(place);
    let left = BESIDE.replace(beside.clone());
    if let Some(left) = left.filter(|left| beside.as_ref() != Some(left)) {
        send(&left, None);
    }
    if let Some(beside) = &beside {
        let sign = Sign { overview: false, spot: spot.clone(), points: None };
        send(beside, Some(State { user: None, sign: Some(sign) }));
    }
    let spot = spot.filter(|_| beside.is_none());
    let moved = SHOWN.with_borrow_mut(|shown| match shown {
        Some((_, sign)) if sign.spot != spot => {
            sign.spot = spot;
            true
        }
        _ => false,
    });
    if moved {
        say();
    }
}

/// Says where the person is: when that changed, when a document was joined, and now
/// and then, for clients that forget whom they don't hear of.
pub fn say() {
    if let Some((name, sign)) = SHOWN.with_borrow(Clone::clone) {
        send(&name, Some(State { user: None, sign: Some(sign) }));
    }
}

/// A document was joined, or joined again.
pub fn joined(name: &DocumentName) {
    if SHOWN.with_borrow(|shown| shown.as_ref().is_some_and(|(shown, _)| shown == name)) {
        say();
    }
}

fn send(name: &DocumentName, state: Option<State>) {
    let Some(client) = here::with(|here| here.replica.load) else { return };
    CLOCK.set(CLOCK.get() + 1);
    let line = Line { client, clock: CLOCK.get(), state };
    connection::send(name, Message::Awareness(presence::written(&[line])));
}

/// The document and the path of the field that the person is in.
pub fn place() -> Option<(DocumentName, String)> {
    let active = document().active_element()?;
    let path = active.get_attribute("data-path")?;
    let form = active.closest("[data-document]").ok()??;
    Some((form.get_attribute("data-document")?.parse().ok()?, path))
}

/// The field that the person is in, and its document.
fn spot() -> Option<(DocumentName, Spot)> {
    let (name, path) = place()?;
    let control = document().active_element()?.unchecked_into::<HtmlInputElement>();
    let from = control.selection_start().ok().flatten().unwrap_or_default();
    let to = control.selection_end().ok().flatten().unwrap_or_default();
    let typing = (0.0..STILL_TYPING).contains(&(js_sys::Date::now() - TYPED.get()));
    Some((name, Spot { path, from, to, typing }))
}

/// Hears where others are in a document, over a wire by its generation.
pub fn hear(over: u32, name: &DocumentName, bytes: &[u8]) {
    let Some(lines) = presence::read(bytes) else { return };
    let changed = here::with(|here| {
        let own = here.writer().to_string();
        let others = here.others.hear(over, name, lines, (&own, here.replica.load))?;
        Some((here.drafts.get(name)?.clone(), others))
    });
    if let Some(Some((drafts, others))) = changed {
        for draft in drafts {
            draft.others.set(others.clone());
        }
    }
}

/// Hears who is in a plan.
pub fn hear_who(plan: PlanId, present: Vec<Present>) {
    if SHOWN.with_borrow(|shown| shown.as_ref().is_some_and(|(name, _)| name.plan == plan)) {
        tell_page(Some(present.clone()));
    }
    IN_PLANS.with_borrow_mut(|plans| drop(plans.insert(plan, present)));
}

/// Hears what somebody brought to a plan who had no connection when they wrote it.
pub fn hear_brought(plan: &PlanId, changes: Vec<Present>) {
    if SHOWN.with_borrow(|shown| shown.as_ref().is_some_and(|(name, _)| name.plan == *plan))
        && let Some(device) = here::with(|here| here.device)
    {
        device.brought.update(|brought| brought.get_or_insert_default().extend(changes));
    }
}

/// Without a connection it isn't known who is here.
pub fn unknown() {
    IN_PLANS.set(LiteMap::new());
    tell_page(None);
    let drafts = here::with(|here| {
        here.others.forget(wire::generation());
        here.drafts.values().flatten().copied().collect::<Vec<_>>()
    });
    for draft in drafts.into_iter().flatten() {
        draft.others.set(Vec::new());
    }
}
