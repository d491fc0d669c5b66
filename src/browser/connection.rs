//! The one WebSocket of this page: opens every document that is shown or has
//! something unsent, drives the outbox, and comes back by itself.

use super::{disk, here, presence};
use crate::domain::access::Refusal;
use crate::domain::plan::DocumentName;
use crate::sync::document::Unfit;
use crate::sync::outbox::Link;
use crate::sync::protocol::{Frame, Message, Notice, PING, PONG, SIGN_IN};
use js_sys::{ArrayBuffer, Math, Uint8Array};
use leptos::prelude::{Update, set_timeout, window};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// Between two attempts: from a second, doubling to half a minute, with jitter so
/// that a school's laptops don't all come back at once.
const FIRST_WAIT: f64 = 500.0;
const LONGEST_WAIT: f64 = 30_000.0;
/// A connection is asked for a sign of life this often, and given this long.
const PULSE: Duration = Duration::from_secs(15);
const PATIENCE: f64 = 8_000.0;

thread_local! {
    static SOCKET: RefCell<Option<WebSocket>> = const { RefCell::new(None) };
    static ATTEMPT: Cell<u32> = const { Cell::new(0) };
    /// Counts connections, so that an old one's timers and events do nothing.
    static GENERATION: Cell<u32> = const { Cell::new(0) };
    static HEARD: Cell<f64> = const { Cell::new(0.0) };
}

/// Connects, and from now on comes back whenever there may be a network.
pub fn start() {
    connect();
    for event in ["online", "pageshow"] {
        listen(&window(), event, wake);
    }
    // The socket may outlive the gap with answers on their way: it is given up, so
    // that none of them is taken for an answer to what is sent after it.
    listen(&window(), "offline", drop_socket);
    if let Some(document) = window().document() {
        listen(&document, "visibilitychange", wake);
    }
}

pub fn listen(target: &web_sys::EventTarget, event: &str, act: fn()) {
    let closure = Closure::<dyn FnMut()>::new(act);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// The device woke or heard of a network: a socket that looks open is tested, and
/// one that isn't is made.
fn wake() {
    if is_open() {
        probe();
    } else {
        ATTEMPT.set(0);
        connect();
    }
}

fn is_open() -> bool {
    SOCKET.with_borrow(|socket| socket.as_ref().is_some_and(|socket| socket.ready_state() == WebSocket::OPEN))
}

fn address() -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/sync", location.host().ok()?))
}

fn connect() {
    let connecting = SOCKET
        .with_borrow(|socket| socket.as_ref().is_some_and(|socket| socket.ready_state() == WebSocket::CONNECTING));
    if connecting || is_open() || here::with(|here| here.vault.is_none()).unwrap_or(true) {
        return;
    }
    let generation = GENERATION.get() + 1;
    GENERATION.set(generation);
    let Some(socket) = address().and_then(|address| WebSocket::new(&address).ok()) else {
        return try_again();
    };
    socket.set_binary_type(BinaryType::Arraybuffer);
    let current = move || GENERATION.get() == generation;
    let opened = Closure::<dyn FnMut()>::new(move || {
        if current() {
            on_open(generation)
        }
    });
    let closed = Closure::<dyn FnMut()>::new(move || {
        if current() {
            on_close()
        }
    });
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let (true, Ok(buffer)) = (current(), event.data().dyn_into::<ArrayBuffer>()) {
            hear(&Uint8Array::new(&buffer).to_vec());
        }
    });
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    opened.forget();
    closed.forget();
    heard.forget();
    SOCKET.set(Some(socket));
}

fn on_open(generation: u32) {
    ATTEMPT.set(0);
    HEARD.set(js_sys::Date::now());
    linked(Link::Open);
    let names = here::with(|here| here.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    names.iter().for_each(open);
    pulse(generation);
}

fn on_close() {
    if !crate::FAMILY {
        presence::unknown();
    }
    here::with(|here| here.documents.iter_mut().for_each(|(_, held)| held.joined = false));
    if here::with(|here| here.outbox.link()) != Some(Link::SignedOut) {
        linked(Link::Down);
    }
    try_again();
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

/// Every so often, a sign of life; a socket that doesn't answer is given up.
fn pulse(generation: u32) {
    let again = move || {
        if GENERATION.get() == generation && is_open() {
            probe();
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
    let generation = GENERATION.get();
    send_bytes(PING);
    let judge = move || {
        if GENERATION.get() == generation && is_open() && HEARD.get() < asked {
            drop_socket();
        }
    };
    set_timeout(judge, Duration::from_millis(PATIENCE as u64));
}

/// Gives up a socket without waiting for its goodbye, which may never come.
fn drop_socket() {
    GENERATION.set(GENERATION.get() + 1);
    if let Some(socket) = SOCKET.take() {
        let _ = socket.close();
    }
    on_close();
}

/// Ends the connection for good: the page is leaving its holder.
pub fn stop() {
    GENERATION.set(GENERATION.get() + 1);
    if let Some(socket) = SOCKET.take() {
        let _ = socket.close();
    }
}

fn send_bytes(bytes: &[u8]) -> bool {
    SOCKET.with_borrow(|socket| socket.as_ref().is_some_and(|socket| socket.send_with_u8_array(bytes).is_ok()))
}

pub fn send(name: &DocumentName, message: Message) -> bool {
    is_open() && send_bytes(&Frame::new(name.to_string(), message).written())
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

fn hear(bytes: &[u8]) {
    HEARD.set(js_sys::Date::now());
    match bytes {
        PING => drop(send_bytes(PONG)),
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
fn signed_out() {
    here::with(|here| here.documents.iter_mut().for_each(|(_, held)| held.joined = false));
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
    if is_open() {
        names.iter().for_each(open);
    } else {
        connect();
    }
}
