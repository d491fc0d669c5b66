//! What this device has of the time before other pictures were chosen, and nobody has sent.
//! It is sealed with the old ones, and opens with nothing else.

use super::storage::{self, KEYS, MEDIA, OUTBOX, PIECES, Put, UNSENT};
use super::vault::{TRIES, Vault};
use super::{here, journal};
use wasm_bindgen::JsValue;

/// Opens it with the old pictures, where they are given: it goes on its way with the next
/// start. Answers how many tries there are for what stays shut; nothing where nothing does,
/// or some of it was opened now: the rest is told of then. Where the disk doesn't say, what
/// was tried isn't open.
pub async fn open(code: Option<String>) -> Option<u32> {
    let untold = code.as_ref().map(|_| TRIES);
    let Some((holder, vault)) = here::with(|here| Some((here.holder.clone(), here.vault.clone()?))).flatten() else {
        return untold;
    };
    let Ok(names) = storage::names(KEYS, &holder).await else { return untold };
    let places: Vec<_> = names.iter().filter_map(|name| name.strip_suffix("/lock")).collect();
    if places.is_empty() {
        return None;
    }
    let (mut left, mut opened) = (0, false);
    for place in places {
        let place = format!("{holder}/{place}");
        if let Some(code) = &code
            && let Ok(Some(old)) = Vault::open_coded(&place, code, false).await
        {
            // Where the disk doesn't take it, it stays as it was.
            opened |= seal_anew(&holder, &place, &old, &vault).await.unwrap_or_default();
        }
        left = left.max(Vault::tries_left(&place).await);
    }
    if opened {
        return None;
    }
    match is_shut(&holder, &vault).await {
        Ok(shut) => shut.then_some(left),
        Err(_) => untold.map(|_| left),
    }
}

/// Seals with the new key what the old one opens, and lets go of the old one's lock. Answers
/// whether there was anything.
async fn seal_anew(holder: &str, place: &str, old: &Vault, new: &Vault) -> Result<bool, JsValue> {
    // What was drawn and said first: the changes name it.
    let mut media = sealed_anew(MEDIA, holder, old, new).await?;
    media.extend(sealed_anew(PIECES, holder, old, new).await?);
    let mut found = !media.is_empty();
    storage::write(media).await?;
    for (entry, sealed) in journal::read_all(holder) {
        let Some(plain) = old.open(&sealed) else { continue };
        if !journal::write(holder, &entry, &new.seal(&plain)) {
            return Err("no room".into());
        }
        found = true;
    }
    let mut changes = sealed_anew(OUTBOX, holder, old, new).await?;
    found |= !changes.is_empty();
    changes.push(Put { drawer: KEYS, key: format!("{place}/lock"), bytes: None });
    storage::write(changes).await?;
    Ok(found)
}

async fn sealed_anew(drawer: &'static str, holder: &str, old: &Vault, new: &Vault) -> Result<Vec<Put>, JsValue> {
    let all = storage::read_all(drawer, holder).await?;
    let anew = |(key, sealed): (String, Vec<u8>)| {
        Some(Put { drawer, key: format!("{holder}/{key}"), bytes: Some(new.seal(&old.open(&sealed)?)) })
    };
    Ok(all.into_iter().filter_map(anew).collect())
}

/// Whether something unsent is here that this key doesn't open.
async fn is_shut(holder: &str, vault: &Vault) -> Result<bool, JsValue> {
    let shut = |(_, sealed): &(String, Vec<u8>)| vault.open(sealed).is_none();
    let mut unsent = journal::read_all(holder);
    unsent.extend(storage::read_all(OUTBOX, holder).await?);
    let marked = storage::names(UNSENT, holder).await?;
    let media = storage::read_all(MEDIA, holder).await?;
    unsent.extend(media.into_iter().filter(|(id, _)| marked.contains(id)));
    Ok(unsent.iter().any(shut))
}
