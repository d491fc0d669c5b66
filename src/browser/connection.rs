//! The one connection of this page: opens every document that is shown or has
//! something unsent, drives the outbox, and comes back by itself.

use super::{arrivals, disk, here, media, presence, wire};
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::sync::document::merged;
use crate::sync::outbox::Link;
use crate::sync::protocol::{Frame, Message, PING, PONG};
use js_sys::Math;
use leptos::prelude::{Update, set_timeout, window};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// Between two attempts: from a second, doubling to half a minute, with jitter so
/// that a school's laptops don't all come back at once.
const FIRST_WAIT: f64 = 500.0;
const LONGEST_WAIT: f64 = 30_000.0;
/// A connection is asked for a sign of life this often, and given this long.
const PULSE: Duration = Duration::from_secs(15);
const PATIENCE: f64 = 8_000.0;
/// How long what one person alone writes is gathered.
const GATHERS: Duration = Duration::from_millis(1_500);
/// What takes longer than this, in milliseconds, is said to be on its way.
const SLOW: f64 = 1_000.0;

thread_local! {
    /// When something was last sent, and whether it is looked at whether it arrives.
    static SENT: Cell<f64> = const { Cell::new(0.0) };
    static LOOKS: Cell<bool> = const { Cell::new(false) };
    static ATTEMPT: Cell<u32> = const { Cell::new(0) };
    static HEARD: Cell<f64> = const { Cell::new(0.0) };
    static GATHERED: RefCell<Vec<(DocumentName, Vec<u8>)>> = const { RefCell::new(Vec::new()) };
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
    // Also said when the page is put away: what was gathered goes first.
    send_gathered();
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
    forget_others();
    here::with(|here| here.replica.linked(Link::Connecting));
    linked(Link::Open);
    let names = here::with(|here| here.replica.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    names.iter().for_each(open);
    media::again();
    pulse(wire::generation());
}

/// The wire broke, or none could be made.
pub fn on_close() {
    forget_others();
    here::with(|here| here.replica.closed());
    here::show_status();
    try_again();
}

/// Without a wire it isn’t known who is here.
fn forget_others() {
    if !crate::FAMILY {
        arrivals::forget_others();
        presence::unknown();
    }
}

fn try_again() {
    let attempt = ATTEMPT.get();
    ATTEMPT.set(attempt + 1);
    let wait = (FIRST_WAIT * 2_f64.powi(attempt.min(10) as i32)).min(LONGEST_WAIT);
    let jittered = wait * (0.5 + Math::random());
    set_timeout(connect, Duration::from_millis(jittered as u64));
}

fn linked(link: Link) {
    here::with(|here| here.replica.linked(link));
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
    let sent = wire::is_open() && wire::send(&Frame::new(name.to_string(), message.clone()).written());
    if sent {
        here::with(|here| here.replica.left(name, &message, here::now()));
    }
    sent
}

/// Asks the server to open a document.
pub fn open(name: &DocumentName) {
    if let Some(token) = here::with(|here| here.token(name)) {
        send(name, Message::Token(token));
    }
}

/// Closes documents that this page let go of.
pub fn close(names: &[DocumentName]) {
    for name in names {
        send(name, Message::Close);
    }
}

/// Sends an edit; a carer's answers, which nobody else writes in, with what they write
/// within the next moments. On a bad line, and on a bill, each message counts.
pub fn send_update(name: &DocumentName, update: Vec<u8>) {
    // What others wrote meanwhile comes into the frame that this edit makes.
    arrivals::take_now();
    if name.section != SectionId::CarersView {
        return send_now(name, update);
    }
    let first = GATHERED.with_borrow_mut(|all| {
        all.push((name.clone(), update));
        all.len() == 1
    });
    if first {
        set_timeout(send_gathered, GATHERS);
    }
}

/// Sends what was gathered, each document's as one update.
pub fn send_gathered() {
    let mut all = GATHERED.take();
    while let Some((name, _)) = all.first().cloned() {
        let (of_it, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(other, _)| *other == name);
        all = others;
        let updates: Vec<_> = of_it.into_iter().map(|(_, update)| update).collect();
        match merged(&updates) {
            Some(update) => send_now(&name, update),
            None => updates.into_iter().for_each(|update| send_now(&name, update)),
        }
    }
}

/// Sends an edit, where its document is joined; otherwise it waits for that.
fn send_now(name: &DocumentName, update: Vec<u8>) {
    if here::with(|here| here.replica.sends(name)) == Some(true) && send(name, Message::Update(update)) {
        SENT.set(js_sys::Date::now());
        look_later();
    }
}

/// "Sending" is only said of what takes longer than a second: one look for all that was
/// sent within it.
fn look_later() {
    if !LOOKS.replace(true) {
        let look = || {
            LOOKS.set(false);
            here::show_status();
            if js_sys::Date::now() - SENT.get() < SLOW {
                look_later();
            }
        };
        set_timeout(look, Duration::from_millis(SLOW as u64 + 100));
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
                arrivals::came(name, message);
            }
        }
    }
}

/// Takes a message about a document. Answers whether somebody wrote in it; whoever calls
/// this shows that, and the status.
pub fn take(name: &DocumentName, message: Message) -> bool {
    let joins = matches!(message, Message::Allowed { .. }) && !crate::FAMILY;
    let opens = matches!(message, Message::Step2(_) | Message::ReplyStep2(_));
    let Some(heard) = here::with(|here| here.replica.hear(name, message, here::now())) else { return false };
    if let Some(message) = heard.send {
        send(name, message);
    }
    if joins {
        presence::joined(name);
    }
    if opens {
        here::show(name);
    }
    if heard.stores && opens {
        disk::store_soon();
    } else if heard.stores {
        disk::store_later();
    }
    if let (Some(present), false) = (heard.here, crate::FAMILY) {
        presence::hear_who(name.plan.clone(), present);
    }
    if let (Some(changes), false) = (heard.brought, crate::FAMILY) {
        presence::hear_brought(&name.plan, changes);
    }
    if heard.news
        && let Some(device) = here::with(|here| here.device)
    {
        device.news.update(|news| *news = news.wrapping_add(1));
    }
    heard.shows && !opens
}

/// The session ended: nothing goes out until there is one again.
pub fn signed_out() {
    forget_others();
    linked(Link::SignedOut);
}

/// Says that the session is there again: documents are asked for once more.
pub fn reopen() {
    let names = here::with(|here| here.replica.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    if wire::is_open() {
        names.iter().for_each(open);
    } else {
        connect();
    }
}
