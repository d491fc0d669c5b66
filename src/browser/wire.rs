//! The wire of this page: a WebSocket or, on a network that refuses those, plain HTTP.
//! Which it is makes no difference to what is said on it. `connection` hears of what
//! comes, and of a wire that opened or broke.

use super::{connection, here, pause};
use crate::sync::line::{self, Down, Next, TRIES, Up};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::{set_timeout, window};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, BinaryType, MessageEvent, WebSocket};

/// So many sockets in a row that didn't open, and plain HTTP is tried.
const REFUSALS: u32 = 2;
/// How long a wire may take to open: some networks swallow what they don't like.
const SOCKET_OPENS: u64 = 5_000;
const LINE_OPENS: u64 = 8_000;
/// Over plain HTTP, a WebSocket is tried again this often.
const SOCKET_AGAIN: f64 = 600_000.0;
/// After what pause a request is made again.
const PAUSE: u64 = 500;
const LINES: &str = "/sync/http";
/// The tab's note that plain HTTP is what opens here: its next page needn't find out.
const NOTE: &str = "by-http";

enum Wire {
    Socket(WebSocket),
    Line(Line),
}

/// A connection over plain HTTP: one request waits for what comes, others bring what
/// goes, one at a time. What goes when is told in `sync/line.rs`.
struct Line {
    /// None until the server has opened it.
    id: Option<String>,
    ends: AbortController,
    up: Up,
}

thread_local! {
    static WIRE: RefCell<Option<Wire>> = const { RefCell::new(None) };
    /// Counts wires, so that an old one's timers and events do nothing.
    static GENERATION: Cell<u32> = const { Cell::new(0) };
    /// Whether the wire has opened.
    static OPENED: Cell<bool> = const { Cell::new(false) };
    static REFUSED: Cell<u32> = const { Cell::new(0) };
    static TRIED: Cell<f64> = const { Cell::new(0.0) };
}

pub fn generation() -> u32 {
    GENERATION.get()
}

fn is_current(generation: u32) -> bool {
    GENERATION.get() == generation
}

pub fn is_open() -> bool {
    WIRE.with_borrow(|wire| match wire {
        Some(Wire::Socket(socket)) => socket.ready_state() == WebSocket::OPEN,
        Some(Wire::Line(line)) => line.id.is_some(),
        None => false,
    })
}

/// Whether there is a wire, or one is being made.
pub fn is_made() -> bool {
    WIRE.with_borrow(|wire| match wire {
        Some(Wire::Socket(socket)) => socket.ready_state() <= WebSocket::OPEN,
        wire => wire.is_some(),
    })
}

/// What this tab found out on its last page.
pub fn recall() {
    if let Ok(Some(notes)) = window().session_storage()
        && let Ok(Some(_)) = notes.get_item(NOTE)
    {
        REFUSED.set(REFUSALS);
    }
}

fn opened(by_http: bool) {
    OPENED.set(true);
    if let Ok(Some(notes)) = window().session_storage() {
        let _ = if by_http { notes.set_item(NOTE, "") } else { notes.remove_item(NOTE) };
    }
    connection::on_open();
}

/// Makes a wire. Which kind is found out: where sockets don't open and plain HTTP
/// does, this page stays with that.
pub fn make() {
    cut();
    OPENED.set(false);
    let generation = generation();
    let by_socket = REFUSED.get() < REFUSALS;
    let opens = if by_socket { SOCKET_OPENS } else { LINE_OPENS };
    if by_socket {
        let Some(socket) = socket() else { return broke(generation) };
        serve(&socket, generation);
        WIRE.set(Some(Wire::Socket(socket)));
    } else {
        let Ok(ends) = AbortController::new() else { return broke(generation) };
        let line = Line { id: None, ends, up: Up::default() };
        WIRE.set(Some(Wire::Line(line)));
        spawn_local(hold(generation));
    }
    let judge = move || {
        if is_current(generation) && !is_open() {
            if by_socket {
                REFUSED.set(REFUSALS);
            }
            broke(generation);
        }
    };
    set_timeout(judge, Duration::from_millis(opens));
}

/// Cuts the wire without waiting for its goodbye, which may never come.
pub fn cut() {
    GENERATION.set(GENERATION.get() + 1);
    match WIRE.take() {
        Some(Wire::Socket(socket)) => drop(socket.close()),
        Some(Wire::Line(line)) => line.ends.abort(),
        None => {}
    }
}

/// The wire is gone, or couldn't be made.
fn broke(generation: u32) {
    if !is_current(generation) {
        return;
    }
    let by_socket = WIRE.with_borrow(|wire| !matches!(wire, Some(Wire::Line(_))));
    if !OPENED.get() {
        // Where neither opens it may be the server: from then on by turns.
        REFUSED.set(if by_socket { REFUSED.get() + 1 } else { REFUSALS - 1 });
        if by_socket && REFUSED.get() >= REFUSALS {
            return make();
        }
    }
    cut();
    connection::on_close();
}

pub fn send(bytes: &[u8]) -> bool {
    WIRE.with_borrow_mut(|wire| match wire {
        Some(Wire::Socket(socket)) => socket.send_with_u8_array(bytes).is_ok(),
        Some(Wire::Line(line)) => {
            if line.up.put(bytes) {
                spawn_local(post(generation()));
            }
            true
        }
        None => false,
    })
}

/// For whom this page is: the server gives it nothing of anybody else's.
fn of_whom() -> String {
    here::with(|here| format!("?for={}", here.holder)).unwrap_or_default()
}

fn socket() -> Option<WebSocket> {
    TRIED.set(js_sys::Date::now());
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    WebSocket::new(&format!("{scheme}://{}/sync{}", location.host().ok()?, of_whom())).ok()
}

fn serve(socket: &WebSocket, generation: u32) {
    socket.set_binary_type(BinaryType::Arraybuffer);
    let open = Closure::<dyn FnMut()>::new(move || {
        if is_current(generation) {
            REFUSED.set(0);
            opened(false);
        }
    });
    let closed = Closure::<dyn FnMut()>::new(move || broke(generation));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let (true, Ok(buffer)) = (is_current(generation), event.data().dyn_into::<ArrayBuffer>()) {
            connection::hear(&Uint8Array::new(&buffer).to_vec());
        }
    });
    socket.set_onopen(Some(open.as_ref().unchecked_ref()));
    socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    open.forget();
    closed.forget();
    heard.forget();
}

/// Now and then, over plain HTTP: where a WebSocket opens by now, it is gone over to.
pub fn try_socket() {
    let over_http = WIRE.with_borrow(|wire| matches!(wire, Some(Wire::Line(_))));
    if !over_http || js_sys::Date::now() - TRIED.get() < SOCKET_AGAIN {
        return;
    }
    let Some(socket) = socket() else { return };
    let (trial, generation) = (socket.clone(), generation());
    let opens = Closure::once_into_js(move || {
        let _ = trial.close();
        if is_current(generation) {
            REFUSED.set(0);
            connection::renew();
        }
    });
    socket.set_onopen(Some(opens.unchecked_ref()));
}

/// Opens a line and listens on it until it breaks.
async fn hold(generation: u32) {
    listen(generation).await;
    broke(generation);
}

async fn listen(generation: u32) -> Option<()> {
    let id = String::from_utf8(ask(generation, &format!("{LINES}{}", of_whom()), &[]).await?).ok()?;
    WIRE.with_borrow_mut(|wire| {
        if let Some(Wire::Line(line)) = wire {
            line.id = Some(id.clone());
        }
    });
    opened(true);
    let mut down = Down::default();
    loop {
        let parcel = ask(generation, &format!("{LINES}/{id}/listen/{}", down.heard()), &[]).await?;
        down.came(&parcel, |message| {
            let listens = is_current(generation);
            if listens {
                connection::hear(message);
            }
            listens
        });
    }
}

/// Brings up what waits, one request after the other.
async fn post(generation: u32) {
    while let Some((path, parcel)) = next_parcel(generation) {
        if ask(generation, &path, &parcel).await.is_none() {
            return broke(generation);
        }
    }
}

fn next_parcel(generation: u32) -> Option<(String, Vec<u8>)> {
    WIRE.with_borrow_mut(|wire| match wire {
        Some(Wire::Line(line)) if is_current(generation) => {
            let (number, parcel) = line.up.next_parcel()?;
            Some((format!("{LINES}/{}/send/{number}", line.id.as_ref()?), parcel))
        }
        _ => None,
    })
}

/// Makes a request, and again where it or its answer was lost; nothing where the line
/// has ended.
async fn ask(generation: u32, path: &str, body: &[u8]) -> Option<Vec<u8>> {
    for _ in 0..TRIES {
        let signal = WIRE.with_borrow(|wire| match wire {
            Some(Wire::Line(line)) if is_current(generation) => Some(line.ends.signal()),
            _ => None,
        })?;
        let answer = super::fetch::asked("POST", path, Some(body), &signal).await;
        if !is_current(generation) {
            return None;
        }
        let answer = answer.ok();
        match line::next(answer.as_ref().map(|(status, _)| *status)) {
            Next::Goes => return answer.map(|(_, answer)| answer),
            Next::SignedOut => {
                connection::signed_out();
                return None;
            }
            Next::Ended => return None,
            Next::Again => pause(PAUSE).await,
        }
    }
    None
}
