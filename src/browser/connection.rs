//! The one WebSocket of this page: opens every document that is shown or has
//! something unsent, drives the outbox, and comes back by itself.

use super::{disk, here, presence};
use crate::domain::plan::DocumentName;
use crate::sync::outbox::Link;
use crate::sync::protocol::{Frame, Message, PING, PONG};
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
    let names = here::with(|here| here.replica.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    names.iter().for_each(open);
    pulse(generation);
}

fn on_close() {
    if !crate::FAMILY {
        presence::unknown();
    }
    here::with(|here| here.replica.closed());
    here::show_status();
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
    here::with(|here| here.replica.linked(link));
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
    let sent = is_open() && send_bytes(&Frame::new(name.to_string(), message.clone()).written());
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

/// Sends an edit, where its document is joined; otherwise it waits for that.
pub fn send_update(name: &DocumentName, update: Vec<u8>) {
    if here::with(|here| here.replica.sends(name)) == Some(true) && send(name, Message::Update(update)) {
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
    let message = match message {
        Message::Awareness(bytes) if !crate::FAMILY => return presence::hear(&name, &bytes),
        message => message,
    };
    let joins = matches!(message, Message::Allowed { .. }) && !crate::FAMILY;
    let Some(heard) = here::with(|here| here.replica.hear(&name, message, here::now())) else { return };
    if let Some(message) = heard.send {
        send(&name, message);
    }
    if joins {
        presence::joined(&name);
    }
    if heard.shows {
        here::show(&name);
    }
    if heard.stores {
        disk::store_soon();
    }
    if let (Some(present), false) = (heard.here, crate::FAMILY) {
        presence::hear_who(name.plan.clone(), present);
    }
    if heard.news
        && let Some(device) = here::with(|here| here.device)
    {
        device.news.update(|news| *news = news.wrapping_add(1));
    }
    here::show_status();
}

/// Says that the session is there again: documents are asked for once more.
pub fn reopen() {
    let names = here::with(|here| here.replica.documents.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    if is_open() {
        names.iter().for_each(open);
    } else {
        connect();
    }
}
