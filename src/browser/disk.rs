//! From the journal to the disk, and back at the next start.

use super::{here, journal, storage, storage::Put, vault::Vault};
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::time::Duration;

/// How long changes gather before the disk is asked. The promise is 150 ms.
const GATHER: Duration = Duration::from_millis(60);
/// How long to wait after the disk refused.
const AGAIN: Duration = Duration::from_secs(2);

thread_local! {
    static STORING: Cell<bool> = const { Cell::new(false) };
}

/// What stands before an unsent change's bytes.
#[derive(Serialize, Deserialize)]
struct Head {
    document: DocumentName,
    path: String,
    at: Moment,
}

/// A change that an earlier load left here, unsent.
pub struct Left {
    pub entry: String,
    pub document: DocumentName,
    pub path: String,
    pub at: Moment,
    pub update: Vec<u8>,
}

/// A change as it is kept: a line of JSON, and the update's bytes.
pub fn record(document: &DocumentName, path: &str, at: Moment, update: &[u8]) -> Vec<u8> {
    let head = Head { document: document.clone(), path: path.into(), at };
    let mut record = serde_json::to_vec(&head).unwrap_or_default();
    record.push(b'\n');
    record.extend_from_slice(update);
    record
}

fn read_record(entry: String, record: &[u8]) -> Option<Left> {
    let end = record.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_str(std::str::from_utf8(&record[..end]).ok()?).ok()?;
    let update = record[end + 1..].to_vec();
    Some(Left { entry, document: head.document, path: head.path, at: head.at, update })
}

/// Everything unsent that this holder left on the device, from disk and journal.
pub async fn left(holder: &str, vault: &Vault) -> Vec<Left> {
    let mut sealed = LiteMap::new_vec();
    // What both have is read from the disk.
    let on_disk = storage::read_all(storage::OUTBOX, holder).await.unwrap_or_default();
    for (entry, change) in journal::read_all(holder).into_iter().chain(on_disk) {
        sealed.insert(entry, change);
    }
    sealed.into_iter().filter_map(|(entry, sealed)| read_record(entry, &vault.open(&sealed)?)).collect()
}

/// This device's copy of a document.
pub async fn copy(holder: &str, vault: &Vault, name: &DocumentName) -> Option<Vec<u8>> {
    vault.open(&storage::read(storage::COPIES, &format!("{holder}/{name}")).await?)
}

/// Asks the disk to take what gathered, shortly.
pub fn store_soon() {
    if !STORING.replace(true) {
        set_timeout(|| spawn_local(store()), GATHER);
    }
}

/// Writes the gathered changes and stale copies, and removes what those copies
/// hold: all or nothing.
async fn store() {
    STORING.set(false);
    let gathered = here::with(|here| {
        let changes = std::mem::take(&mut here.to_store);
        let mut puts: Vec<Put> = Vec::new();
        for (_, entry, sealed) in &changes {
            puts.push(Put {
                drawer: storage::OUTBOX,
                key: format!("{}/{entry}", here.holder),
                bytes: Some(sealed.clone()),
            });
        }
        // A change builds on what the server has: the copy goes with it.
        if let Some(vault) = here.vault.clone() {
            for (name, held) in here.documents.iter_mut().filter(|(_, held)| held.stale_copy && held.complete) {
                held.stale_copy = false;
                let sealed = vault.seal(&held.document.state());
                puts.push(Put { drawer: storage::COPIES, key: format!("{}/{name}", here.holder), bytes: Some(sealed) });
            }
        }
        let safe = std::mem::take(&mut here.to_remove);
        let key = |entry| format!("{}/{entry}", here.holder);
        puts.extend(safe.iter().map(|entry| Put { drawer: storage::OUTBOX, key: key(entry), bytes: None }));
        (here.holder.clone(), changes, safe, puts)
    });
    let Some((holder, changes, safe, puts)) = gathered else { return };
    if puts.is_empty() {
        return;
    }
    match storage::write(puts).await {
        Ok(()) => {
            here::with(|here| {
                here.outbox.storage(true);
                changes.iter().for_each(|(number, _, _)| here.outbox.stored(*number));
            });
            changes.iter().for_each(|(_, entry, _)| journal::remove(&holder, entry));
            safe.iter().for_each(|entry| journal::remove(&holder, entry));
        }
        Err(_) => {
            here::with(|here| {
                // Kept in order before what gathered meanwhile.
                let newer = std::mem::replace(&mut here.to_store, changes);
                here.to_store.extend(newer);
                here.to_remove.extend(safe);
                here.documents.iter_mut().for_each(|(_, held)| held.stale_copy = true);
                here.outbox.storage(false);
            });
            set_timeout(store_soon, AGAIN);
        }
    }
    here::show_status();
}

/// Removes changes that the person let go of.
pub fn remove(holder: String, entries: Vec<String>) {
    if entries.is_empty() {
        return;
    }
    entries.iter().for_each(|entry| journal::remove(&holder, entry));
    let puts = entries
        .into_iter()
        .map(|entry| Put { drawer: storage::OUTBOX, key: format!("{holder}/{entry}"), bytes: None })
        .collect();
    spawn_local(async move {
        // What stays is sent once more at the next start, and known there.
        let _ = storage::write(puts).await;
    });
}

/// Forgets this device's copy of a document.
pub fn forget_copy(holder: &str, name: &DocumentName) {
    let put = Put { drawer: storage::COPIES, key: format!("{holder}/{name}"), bytes: None };
    spawn_local(async move {
        let _ = storage::write(vec![put]).await;
    });
}
