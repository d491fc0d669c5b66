//! Drawings, recordings and photos on this device: made, kept sealed, sent.

mod draw;
mod photo;
mod record;
mod send;
mod shelf;

use super::{connection, fetch, here, later, storage};
use crate::device::media::{Asks, At};
use crate::domain::media::{MediaKind, PHOTOS};
use crate::domain::people::MediaId;
use crate::domain::plan::DocumentName;
use crate::sync::document::Edit;
use crate::sync::outbox::{Beside, Places};
use leptos::prelude::window;
use leptos::task::spawn_local;
use litemap::LiteMap;
pub use send::{again, run, soon};
use shelf::{Kept, State};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, Blob, Url};

/// Whether this build makes and sends media. The others say how much is unsent.
pub const SENDS: bool = crate::VOICE || crate::PHOTOS;

pub const ASKS: Asks = Asks {
    draw: if crate::VOICE { draw::draw } else { |_, _| () },
    done: if crate::VOICE { draw::done } else { |_| () },
    record: if crate::VOICE { record::record } else { |_| () },
    stop: if crate::VOICE { record::stop } else { || () },
    let_go: if SENDS { let_go } else { |_| () },
    strokes: if crate::VOICE { |id| later(strokes(id)) } else { |_| Box::pin(async { None }) },
    address: if SENDS { |id| later(address(id)) } else { |_| Box::pin(async { None }) },
    photos: if crate::PHOTOS { |name, control| later(photo::chosen(name, control)) } else { Asks::NONE.photos },
};

/// What this load of the page knows of the media on the device.
#[derive(Default)]
struct Hold {
    kept: LiteMap<MediaId, Kept>,
    /// What the server won't take, and why.
    refused: LiteMap<MediaId, String>,
    /// Drawings that the disk doesn't have as they are now.
    drawn: LiteMap<MediaId, String>,
    /// The disk took nothing the last time.
    full: bool,
    sending: bool,
    /// How many are unsent, where what they are isn't known yet, or never is because this
    /// build doesn't send.
    counted: usize,
    /// What they are is known.
    known: bool,
}

/// How long the bytes of one piece may take to come, in milliseconds.
const COMES: i32 = 60_000;

thread_local! {
    static HOLD: RefCell<Hold> = RefCell::default();
}

fn with<T>(act: impl FnOnce(&mut Hold) -> T) -> T {
    HOLD.with_borrow_mut(act)
}

/// Counts what is on the device and not sent, and begins to send it.
pub async fn take_up() {
    let Some((holder, _)) = shelf::holder() else { return };
    let counted = storage::count(storage::UNSENT, &holder).await.unwrap_or_default();
    with(|hold| hold.counted = counted);
    said(false);
    soon();
}

/// Learns what is on the device. What another load of the page had begun to record or to
/// draw is as long as it got.
async fn learn() {
    let Some((holder, vault)) = shelf::holder() else { return };
    if with(|hold| std::mem::replace(&mut hold.known, true)) {
        return;
    }
    for (id, mut kept) in shelf::all(&holder, &vault).await {
        if with(|hold| hold.kept.contains_key(&id)) {
            continue;
        }
        if matches!(kept.state, State::Open(_)) {
            if kept.pieces == 0 {
                shelf::remove(&id, 0).await;
                continue;
            }
            kept.state = State::Made;
        }
        with(|hold| drop(hold.kept.insert(id, kept)));
    }
    with(|hold| hold.counted = 0);
    said(false);
}

/// Lets go of everything, with its holder.
pub fn clear() {
    if crate::VOICE {
        record::stop();
    }
    with(|hold| *hold = Hold::default());
}

/// Tells the status line what is unsent. `sent` says that something has just arrived.
fn said(sent: bool) {
    let beside = with(|hold| {
        let unsent = hold.kept.values().filter(|kept| kept.state != State::Sent);
        Beside {
            unsent: unsent.clone().count() + hold.counted,
            refused: hold.refused.len(),
            writing: !hold.drawn.is_empty(),
            full: hold.full,
            sending: hold.sending,
            since: unsent.map(|kept| kept.at).min(),
        }
    });
    let now = here::now();
    here::with(|here| here.replica.outbox.beside(beside, sent.then_some(now)));
    here::show_status();
}

/// How many are not with the server, in whichever tab they were made.
pub async fn unsent() -> usize {
    let known = with(|hold| hold.kept.values().filter(|kept| kept.state != State::Sent).count());
    let Some((holder, _)) = shelf::holder() else { return known };
    known.max(storage::count(storage::UNSENT, &holder).await.unwrap_or_default())
}

/// The places that name something which isn't with the server.
pub fn places(places: &mut Places) {
    with(|hold| {
        for kept in hold.kept.values().filter(|kept| kept.state != State::Sent) {
            places.insert((kept.document.clone(), kept.path.clone()), ());
        }
    });
}

/// The places of what is refused, and why.
pub fn refused() -> Vec<(DocumentName, String, String)> {
    with(|hold| {
        let of = |(id, why): (&MediaId, &String)| {
            let kept = hold.kept.get(id)?;
            Some((kept.document.clone(), kept.path.clone(), why.clone()))
        };
        hold.refused.iter().filter_map(of).collect()
    })
}

/// Lets go of what is refused of a place, because the person said so; and of its place,
/// where that can still be written.
pub fn discard(document: DocumentName, path: String) {
    let is_refused = |here: &mut here::Here| here.replica.outbox.refusal(&document).is_some();
    if here::with(is_refused) == Some(true) {
        of_place(&document, &path).iter().for_each(forget);
        return;
    }
    // A page that shows no part of the plan holds no document of it.
    spawn_local(async move {
        if super::hold(&document).await {
            let_go((document.clone(), path));
            connection::open(&document);
        }
    });
}

/// A fresh id.
fn fresh() -> MediaId {
    MediaId::new(super::fresh::id())
}

/// Begins a piece of media: its place in the document names it from now on, and what was
/// there before goes.
fn begin(at: At, kind: MediaKind) -> MediaId {
    let (document, path) = at;
    let id = fresh();
    let load = here::with(|here| here.replica.load).unwrap_or_default();
    let (state, made) = (State::Open(load), here::now());
    let kept = Kept { document: document.clone(), path: path.clone(), kind, at: made, pieces: 0, length: 0, state };
    let before = of_place(&document, &path);
    with(|hold| drop(hold.kept.insert(id.clone(), kept)));
    here::edit(&document, Edit::Set { path, value: id.to_string() });
    before.iter().for_each(forget);
    id
}

/// The media that a place has on this device.
fn of_place(document: &DocumentName, path: &str) -> Vec<MediaId> {
    with(|hold| {
        let here = |(_, kept): &(&MediaId, &Kept)| kept.document == *document && kept.path == path;
        hold.kept.iter().filter(here).map(|(id, _)| id.clone()).collect()
    })
}

/// Takes a drawing or a recording out of its place; a photo goes with its row.
fn let_go((document, path): At) {
    of_place(&document, &path).iter().for_each(forget);
    let mut steps = path.split('/');
    let edit = match (steps.next(), steps.next().map(str::parse)) {
        (Some(PHOTOS), Some(Ok(row))) => Edit::RemoveRow { field: PHOTOS.into(), row },
        _ => Edit::Clear { path },
    };
    here::edit(&document, edit);
    said(false);
}

/// Forgets a piece of media on this device.
fn forget(id: &MediaId) {
    let kept = with(|hold| {
        hold.refused.remove(id);
        hold.drawn.remove(id);
        hold.kept.remove(id)
    });
    let (id, pieces) = (id.clone(), kept.map_or(0, |kept| kept.pieces));
    said(false);
    spawn_local(async move { shelf::remove(&id, pieces).await });
}

/// Writes to the shelf. Where the device is full, what the server has is let go of first.
async fn keep(id: &MediaId, kept: &Kept, from: usize, bytes: &[u8]) -> Result<(), JsValue> {
    if let Ok(()) = shelf::keep(id, kept, from, bytes).await {
        return Ok(());
    }
    let sent: Vec<_> = with(|hold| {
        let sent = hold.kept.iter().filter(|(_, kept)| kept.state == State::Sent);
        let sent = sent.map(|(id, kept)| (id.clone(), kept.pieces)).collect();
        hold.kept.retain(|_, kept| kept.state != State::Sent);
        sent
    });
    for (id, pieces) in sent {
        shelf::remove(&id, pieces).await;
    }
    shelf::keep(id, kept, from, bytes).await
}

/// The bytes, from this device or from the server.
async fn bytes(id: &MediaId) -> Option<Vec<u8>> {
    let kept = with(|hold| hold.kept.get(id).map(|kept| kept.pieces));
    if let Some(pieces) = kept
        && let Some(bytes) = shelf::bytes(id, pieces).await
    {
        return Some(bytes);
    }
    match fetch::asked("GET", &format!("/v1/media/{id}"), None, &patience(COMES)?).await {
        Ok((200, bytes)) => Some(bytes),
        _ => None,
    }
}

async fn strokes(id: MediaId) -> Option<String> {
    super::wait_until_ready().await;
    if let Some(drawn) = with(|hold| hold.drawn.get(&id).cloned()) {
        return Some(drawn);
    }
    String::from_utf8(bytes(&id).await?).ok()
}

/// An address of bytes that only this page can open.
async fn address(id: MediaId) -> Option<String> {
    super::wait_until_ready().await;
    let bytes = js_sys::Uint8Array::from(bytes(&id).await?.as_slice());
    let blob = Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&bytes)).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// A timer that gives a request up.
fn patience(milliseconds: i32) -> Option<web_sys::AbortSignal> {
    let ends = AbortController::new().ok()?;
    let signal = ends.signal();
    let give_up = wasm_bindgen::closure::Closure::once_into_js(move || ends.abort());
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(
        wasm_bindgen::JsCast::unchecked_ref(&give_up),
        milliseconds,
    );
    Some(signal)
}
