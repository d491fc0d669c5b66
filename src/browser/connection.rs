//! The one connection of this page: opens every document that is shown or has
//! something unsent, drives the outbox, and comes back by itself.

use super::{disk, here, presence, wire};
use crate::domain::access::Refusal;
use crate::domain::plan::DocumentName;
use crate::sync::document::Unfit;
use crate::sync::outbox::Link;
use crate::sync::protocol::{Frame, Message, Notice, PING, PONG, SIGN_IN};
use js_sys::Math;
use leptos::prelude::{Update, set_timeout, window};
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// Between two attempts: from a second, doubling to half a minute, with jitter so
/// that a school's laptops don't all come back at once.
const FIRST_WAIT: f64 = 500.0;
const LONGEST_WAIT: f64 = 30_000.0;
/// A connection is asked for a sign of life this often, and given this long.
const PULSE: Duration = Duration::from_secs(15);
const PATIENCE: f64 = 8_000.0;

thread_local! {
    static ATTEMPT: Cell<u32> = const { Cell::new(0) };
    static HEARD: Cell<f64> = const { Cell::new(0.0) };
}

/// Connects, and from now on comes back whenever there may be a network.
pub fn start() {
    wire::recall();
    connect();
    for event in ["online", "pageshow"] {
        listen(&window(), event, wake);
    }
    // The wire may outlive the gap with answers on their way: it is given up, so
    // that none of them is taken for an answer to what is sent after it.
    listen(&window(), "offline", give_up);
    if let Some(document) = window().document() {
        listen(&document, "visibilitychange", wake);
    }
}

pub fn listen(target: &web_sys::EventTarget, event: &str, act: fn()) {
    let closure = Closure::<dyn FnMut()>::new(act);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The device woke or heard of a network: a wire that looks open is tested, and
/// one that isn't is made.
fn wake() {
    if wire::is_open() {
        probe();
        wire::try_socket();
    } else {
        ATTEMPT.set(0);
        connect();
    }
}

fn connect() {
    if !wire::is_made() && here::with(|here| here.vault.is_some()) == Some(true) {
        wire::make();
    }
}

/// Goes over to another wire.
pub fn renew() {
    wire::cut();
    connect();
}

/// A wire opened. Whatever was on its way before goes again.
pub fn on_open() {
    ATTEMPT.set(0);
    HEARD.set(js_sys::Date::now());
    leave();
    here::with(|here| here.outbox.linked(Link::Connecting));
    linked(Link::Open);
    let names = here::with(|here| here.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    names.iter().for_each(open);
    pulse(wire::generation());
}

/// The wire broke, or none could be made.
pub fn on_close() {
    leave();
    if here::with(|here| here.outbox.link()) != Some(Link::SignedOut) {
        linked(Link::Down);
    }
    try_again();
}

fn leave() {
    if !crate::FAMILY {
        presence::unknown();
    }
    here::with(|here| here.documents.iter_mut().for_each(|(_, held)| held.joined = false));
}

fn try_again() {
    let attempt = ATTEMPT.get();
    ATTEMPT.set(attempt + 1);
    let wait = (FIRST_WAIT * 2_f64.powi(attempt.min(10) as i32)).min(LONGEST_WAIT);
    let jittered = wait * (0.5 + Math::random());
    set_timeout(connect, Duration::from_millis(jittered as u64));
}

fn linked(link: Link) {
    here::with(|here| here.outbox.linked(link));
    here::show_status();
}

/// Every so often, a sign of life; a wire that doesn't answer is given up.
fn pulse(generation: u32) {
    let again = move || {
        if wire::generation() == generation && wire::is_open() {
            probe();
            wire::try_socket();
            if !crate::FAMILY {
                presence::say();
            }
            here::show_status();
            pulse(generation);
        }
    };
    set_timeout(again, PULSE);
}

fn probe() {
    let asked = js_sys::Date::now();
    let generation = wire::generation();
    wire::send(PING);
    let judge = move || {
        if wire::generation() == generation && wire::is_open() && HEARD.get() < asked {
            give_up();
        }
    };
    set_timeout(judge, Duration::from_millis(PATIENCE as u64));
}

fn give_up() {
    wire::cut();
    on_close();
}

/// Ends the connection for good: the page is leaving its holder.
pub fn stop() {
    wire::cut();
}

pub fn send(name: &DocumentName, message: Message) -> bool {
    wire::is_open() && wire::send(&Frame::new(name.to_string(), message).written())
}

/// Asks the server to open a document.
pub fn open(name: &DocumentName) {
    if let Some(token) = here::with(|here| here.token(name)) {
        send(name, Message::Token(token));
    }
}

/// Sends an edit, where its document is joined; otherwise it waits for that.
pub fn send_update(name: &DocumentName, update: Vec<u8>) {
    let ready = here::with(|here| {
        let refused = here.outbox.refusal(name).is_some();
        here.documents.get(name).is_some_and(|held| held.joined && held.writes && !refused)
    });
    if ready == Some(true) && send(name, Message::Update(update)) {
        here::with(|here| here.outbox.sent(name, here::now()));
        // "Sending" is only said of what takes longer than a second.
        set_timeout(here::show_status, Duration::from_millis(1_100));
    }
}

/// Takes what came over the wire.
pub fn hear(bytes: &[u8]) {
    HEARD.set(js_sys::Date::now());
    match bytes {
        PING => drop(wire::send(PONG)),
        PONG => {}
        _ => {
            let frame = Frame::read(bytes);
            let named = frame.and_then(|frame| Some((frame.document.parse().ok()?, frame.message)));
            if let Some((name, message)) = named {
                take(name, message);
            }
        }
    }
}

fn take(name: DocumentName, message: Message) {
    match message {
        Message::Allowed { writes } => {
            let state = here::with(|here| {
                let held = here.documents.get_mut(&name)?;
                held.writes = writes;
                Some(held.document.state_vector())
            });
            if let Some(Some(state_vector)) = state {
                send(&name, Message::Step1(state_vector));
                if !crate::FAMILY {
                    presence::joined(&name);
                }
            }
        }
        Message::Awareness(bytes) if !crate::FAMILY => presence::hear(&name, &bytes),
        Message::Denied(why) if why == SIGN_IN => signed_out(),
        // A picture code comes first; the document is asked for again after it.
        Message::Denied(why) if why == Refusal::Locked.sentence() => {}
        Message::Denied(why) => denied(&name, &why),
        Message::Step1(theirs) | Message::ReplyStep1(theirs) => answer(&name, &theirs),
        Message::Step2(update) | Message::ReplyStep2(update) => {
            receive(&name, &update);
            here::with(|here| here.documents.get_mut(&name).map(|held| held.complete = true));
            here::show(&name);
            disk::store_soon();
        }
        Message::Update(update) => {
            receive(&name, &update);
            here::show(&name);
            disk::store_soon();
        }
        Message::Status(true) => committed(&name),
        Message::Status(false) => {
            let why = here::with(|here| here.documents.get_mut(&name)?.why.take()).flatten();
            denied(&name, why.as_deref().unwrap_or("This was not taken"));
        }
        Message::Stateless(payload) => stateless(&name, &payload),
        _ => {}
    }
}

/// Answers the server's first step with what it lacks of this device's.
fn answer(name: &DocumentName, theirs: &[u8]) {
    let lacking = here::with(|here| {
        let unsent = here.outbox.is_unsent(name);
        let held = here.documents.get_mut(name)?;
        held.joined = true;
        match unsent {
            false => None,
            true if !held.early.is_empty() => {
                here.outbox.refused(name, "What this was written after is not in the plan any more");
                None
            }
            // Also where nothing may be written any more: the server says why, and keeps
            // beside a closed plan what came too late for it.
            true => held.document.diff(theirs).ok(),
        }
    });
    if let Some(Some(lacking)) = lacking
        && send(name, Message::Step2(lacking))
    {
        here::with(|here| here.outbox.sent(name, here::now()));
    }
    here::show_status();
}

fn receive(name: &DocumentName, update: &[u8]) {
    let fitted = here::with(|here| here.receive(name, update));
    if let Some(Err(Unfit::Missing)) = fitted {
        let state = here::with(|here| here.documents.get(name).map(|held| held.document.state_vector()));
        if let Some(Some(state_vector)) = state {
            send(name, Message::Step1(state_vector));
        }
    }
}

fn committed(name: &DocumentName) {
    let some = here::with(|here| {
        let safe = here.outbox.committed(name, here::now());
        here.safe(name, &safe);
        !safe.is_empty()
    });
    if some == Some(true) {
        disk::store_soon();
    }
    here::show_status();
}

/// The session ended: nothing goes out until there is one again.
pub fn signed_out() {
    leave();
    linked(Link::SignedOut);
}

/// The server won't open or take this. What is unsent stays here and is shown.
fn denied(name: &DocumentName, why: &str) {
    here::with(|here| {
        if let Some(held) = here.documents.get_mut(name) {
            held.joined = false;
        }
        if here.outbox.is_unsent(name) {
            here.outbox.refused(name, why);
        }
    });
    here::show_status();
}

fn stateless(name: &DocumentName, payload: &str) {
    let notice = Notice::read(payload);
    if notice.why.is_some() {
        here::with(|here| here.documents.get_mut(name).map(|held| held.why = notice.why));
    }
    if let (Some(present), false) = (notice.here, crate::FAMILY) {
        presence::hear_who(name.plan.clone(), present);
    }
    if notice.news
        && let Some(device) = here::with(|here| here.device)
    {
        device.news.update(|news| *news = news.wrapping_add(1));
    }
}

/// Says that the session is there again: documents are asked for once more.
pub fn reopen() {
    let names = here::with(|here| here.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    if wire::is_open() {
        names.iter().for_each(open);
    } else {
        connect();
    }
}
