//! Where the device keeps media: what is known of each, and its bytes sealed in pieces.

use crate::browser::here;
use crate::browser::storage::{self, MEDIA, PIECES, Put, UNSENT};
use crate::browser::vault::Vault;
use crate::domain::calendar::Moment;
use crate::domain::media::{MediaKind, PIECE};
use crate::domain::people::MediaId;
use crate::domain::plan::DocumentName;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// A piece of media on this device.
#[derive(Clone, Serialize, Deserialize)]
pub struct Kept {
    pub document: DocumentName,
    /// The place in the document that names it.
    pub path: String,
    pub kind: MediaKind,
    pub at: Moment,
    /// How many sealed pieces its bytes are in.
    pub pieces: usize,
    pub length: usize,
    pub state: State,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// It is still being made, by this load of a page.
    Open(u64),
    /// It is made, and goes to the server.
    Made,
    /// The server has all of it.
    Sent,
}

/// Whose shelf it is, and the key to it.
pub fn holder() -> Option<(String, Vault)> {
    here::with(|here| Some((here.holder.clone(), here.vault.clone()?))).flatten()
}

/// Everything on the shelf.
pub async fn all(holder: &str, vault: &Vault) -> Vec<(MediaId, Kept)> {
    let kept = storage::read_all(MEDIA, holder).await.unwrap_or_default();
    let read =
        |(id, sealed): (String, Vec<u8>)| Some((id.parse().ok()?, serde_json::from_slice(&vault.open(&sealed)?).ok()?));
    kept.into_iter().filter_map(read).collect()
}

/// Keeps these bytes as the pieces from a number on, and what is known of all of it by
/// then: all or nothing.
pub async fn keep(id: &MediaId, kept: &Kept, from: usize, bytes: &[u8]) -> Result<(), JsValue> {
    let (holder, vault) = holder().ok_or("no vault")?;
    let known = serde_json::to_vec(kept).map_err(|_| "not written")?;
    let key = format!("{holder}/{id}");
    let mark = (kept.state != State::Sent).then(Vec::new);
    let mut puts = vec![
        Put { drawer: MEDIA, key: key.clone(), bytes: Some(vault.seal(&known)) },
        Put { drawer: UNSENT, key: key.clone(), bytes: mark },
    ];
    for (number, piece) in bytes.chunks(PIECE).enumerate() {
        let key = format!("{key}/{:04}", from + number);
        puts.push(Put { drawer: PIECES, key, bytes: Some(vault.seal(piece)) });
    }
    storage::write(puts).await
}

/// All the bytes, where every piece is here.
pub async fn bytes(id: &MediaId, pieces: usize) -> Option<Vec<u8>> {
    let (holder, vault) = holder()?;
    let mut all = Vec::new();
    for number in 0..pieces {
        all.extend(vault.open(&storage::read(PIECES, &format!("{holder}/{id}/{number:04}")).await?)?);
    }
    (pieces > 0).then_some(all)
}

/// Removes it from the device.
pub async fn remove(id: &MediaId, pieces: usize) {
    let Some((holder, _)) = holder() else { return };
    let key = format!("{holder}/{id}");
    let mut puts: Vec<_> = [MEDIA, UNSENT].map(|drawer| Put { drawer, key: key.clone(), bytes: None }).into();
    puts.extend((0..pieces).map(|number| Put { drawer: PIECES, key: format!("{key}/{number:04}"), bytes: None }));
    let _ = storage::write(puts).await;
}
