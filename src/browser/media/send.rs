//! Brings media to the server, in pieces and from where it got to, again and again until
//! all of it is there.

use super::shelf::{self, Kept, State};
use super::{SENDS, keep, learn, patience, said, with};
use crate::browser::{afterwards, connection, fetch};
use crate::domain::media::{Arrived, NotTaken, PIECE};
use crate::domain::people::MediaId;
use js_sys::{Math, Uint8Array};
use leptos::prelude::{set_timeout, window};
use leptos::task::spawn_local;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// Between two attempts: from half a second, doubling to half a minute.
const FIRST_WAIT: f64 = 500.0;
const LONGEST_WAIT: f64 = 30_000.0;
/// How long one piece may take, in milliseconds.
const PATIENCE: i32 = 20_000;

thread_local! {
    static SENDING: Cell<bool> = const { Cell::new(false) };
    static ATTEMPT: Cell<u32> = const { Cell::new(0) };
}

/// Why a piece of media didn't get there.
enum No {
    Refused(NotTaken),
    SignIn,
    /// The connection, or the server, for now.
    Later,
}

/// Begins to send, where there is something to send.
pub fn soon() {
    if SENDS && !SENDING.replace(true) {
        spawn_local(async {
            if !afterwards::sent_media().await {
                SENDING.set(false);
            }
        });
    }
}

/// There may be a connection again: what waits is tried at once.
pub fn again() {
    ATTEMPT.set(0);
    soon();
}

/// Sends what waits, until there is nothing or it has to wait.
pub async fn run() {
    learn().await;
    while let Some((id, kept)) = next() {
        with(|hold| hold.sending = true);
        said(false);
        let sent = send(&id, &kept).await;
        with(|hold| hold.sending = false);
        match sent {
            Ok(()) => arrived(&id).await,
            Err(No::Refused(no)) => {
                with(|hold| drop(hold.refused.insert(id, no.sentence().into())));
                said(false);
            }
            Err(No::SignIn) => {
                connection::signed_out();
                break;
            }
            Err(No::Later) => {
                said(false);
                let attempt = ATTEMPT.get();
                ATTEMPT.set(attempt + 1);
                let wait = (FIRST_WAIT * 2_f64.powi(attempt.min(10) as i32)).min(LONGEST_WAIT);
                set_timeout(soon, Duration::from_millis((wait * (0.5 + Math::random())) as u64));
                break;
            }
        }
    }
    SENDING.set(false);
}

/// The oldest that is made, isn't there and isn't refused.
fn next() -> Option<(MediaId, Kept)> {
    with(|hold| {
        let due = |(id, kept): &(&MediaId, &Kept)| {
            kept.state == State::Made && !hold.drawn.contains_key(*id) && !hold.refused.contains_key(*id)
        };
        hold.kept.iter().filter(due).map(|(id, kept)| (id.clone(), kept.clone())).next()
    })
}

async fn send(id: &MediaId, kept: &Kept) -> Result<(), No> {
    // What the disk has lost can't be sent any more; it is said and not forgotten.
    let bytes = shelf::bytes(id, kept.pieces).await.ok_or(No::Refused(NotTaken::NotThat))?;
    let hash = hash(&bytes).await.ok_or(No::Later)?;
    let place = format!("/v1/media/{}/{id}", kept.document);
    let claim = format!("?kind={}&length={}&hash={hash}", kept.kind.id(), bytes.len());
    let mut arrived = asked("GET", &place, None).await?;
    while !arrived.whole {
        let piece = bytes.get(arrived.held..bytes.len().min(arrived.held + PIECE)).unwrap_or_default();
        // Where it has all or more of it and isn't content, it begins again.
        let (from, piece) =
            if piece.is_empty() { (0, bytes.chunks(PIECE).next().unwrap_or_default()) } else { (arrived.held, piece) };
        let before = arrived.held;
        arrived = asked("PUT", &format!("{place}/{from}{claim}"), Some(piece)).await?;
        if arrived.held == before && !arrived.whole {
            return Err(No::Later);
        }
        ATTEMPT.set(0);
    }
    Ok(())
}

async fn asked(method: &str, path: &str, body: Option<&[u8]>) -> Result<Arrived, No> {
    let signal = patience(PATIENCE).ok_or(No::Later)?;
    match fetch::asked(method, path, body, &signal).await {
        Ok((200, answer)) => serde_json::from_slice(&answer).map_err(|_| No::Later),
        Ok((401, _)) => Err(No::SignIn),
        Ok((422, answer)) => Err(serde_json::from_slice(&answer).map_or(No::Later, No::Refused)),
        _ => Err(No::Later),
    }
}

/// The server has all of it. The device keeps it to show it without a connection.
async fn arrived(id: &MediaId) {
    let kept = with(|hold| {
        let kept = hold.kept.get_mut(id)?;
        kept.state = State::Sent;
        Some(kept.clone())
    });
    said(true);
    if let Some(kept) = kept {
        let _ = keep(id, &kept, 0, &[]).await;
    }
}

/// SHA-256, in hex.
async fn hash(bytes: &[u8]) -> Option<String> {
    let digest = window().crypto().ok()?.subtle().digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
