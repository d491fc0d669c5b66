//! From the journal to the disk, and back at the next start.

use super::{here, journal, storage, storage::Put, tabs, vault::Vault};
use crate::domain::plan::DocumentName;
use crate::sync::entry::{Left, read_record};
use leptos::prelude::set_timeout;
use leptos::task::spawn_local;
use litemap::LiteMap;
use std::cell::Cell;
use std::time::Duration;

/// How long changes gather before the disk is asked. The promise is 150 ms.
const GATHER: Duration = Duration::from_millis(60);
/// What only brings the copy up to date waits longer: the server has it, and a change
/// that builds on it takes it along.
const GATHER_OTHERS: Duration = Duration::from_millis(500);
/// How long to wait after the disk refused.
const AGAIN: Duration = Duration::from_secs(2);

thread_local! {
    static STORING: Cell<bool> = const { Cell::new(false) };
    static LATER: Cell<bool> = const { Cell::new(false) };
    static EDITED: Cell<bool> = const { Cell::new(false) };
}

/// Everything unsent that this holder left on the device, from disk and journal.
pub async fn left(holder: &str, vault: &Vault) -> Vec<Left> {
    let mut sealed = LiteMap::new_vec();
    // The journal first: what leaves it meanwhile is on the disk by then.
    for (entry, change) in journal::read_all(holder) {
        sealed.insert(entry, (change, true));
    }
    for (entry, change) in storage::read_all(storage::OUTBOX, holder).await.unwrap_or_default() {
        sealed.insert(entry, (change, false));
    }
    let left = |(entry, (sealed, journalled)): (String, (Vec<u8>, bool))| {
        let left = read_record(entry, &vault.open(&sealed)?)?;
        Some(Left { journalled: journalled.then_some(sealed), ..left })
    };
    sealed.into_iter().filter_map(left).collect()
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

/// Asks the disk to take an edit, shortly. What the server has by then is no safer there:
/// it waits with the copy that it goes into, and a line that is near has nearly all of
/// what is typed.
pub fn store_edit() {
    if !EDITED.replace(true) {
        let now = || {
            EDITED.set(false);
            match here::with(|here| here.replica.has_to_store()) {
                Some(true) => spawn_local(store()),
                _ => store_later(),
            }
        };
        set_timeout(now, GATHER);
    }
}

/// Asks the disk to take what the server has already.
pub fn store_later() {
    if !LATER.replace(true) {
        let now = || {
            LATER.set(false);
            store_soon();
        };
        set_timeout(now, GATHER_OTHERS);
    }
}

/// Writes the gathered changes and stale copies, and removes what those copies
/// hold: all or nothing.
async fn store() {
    STORING.set(false);
    let gathered = here::with(|here| {
        let vault = here.vault.clone()?;
        let gathered = here.replica.gather()?;
        let put = |drawer, key: &str, bytes| Put { drawer, key: format!("{}/{key}", here.holder), bytes };
        let change = |(_, entry, sealed): &(u64, String, Vec<u8>)| put(storage::OUTBOX, entry, Some(sealed.clone()));
        let mut puts: Vec<Put> = gathered.changes.iter().map(change).collect();
        for (name, state) in &gathered.copies {
            puts.push(put(storage::COPIES, &name.to_string(), Some(vault.seal(state))));
        }
        puts.extend(gathered.safe.iter().map(|entry| put(storage::OUTBOX, entry, None)));
        Some((here.holder.clone(), gathered, puts))
    });
    let Some(Some((holder, gathered, puts))) = gathered else { return };
    match storage::write(puts).await {
        Ok(()) => {
            let told = here::with(|here| here.replica.stored(&gathered)).unwrap_or_default();
            told.iter().for_each(|(name, update)| tabs::tell(name, update));
            gathered.changes.iter().for_each(|(_, entry, _)| journal::remove(&holder, entry));
            gathered.safe.iter().for_each(|entry| journal::remove(&holder, entry));
        }
        Err(_) => {
            here::with(|here| here.replica.not_stored(gathered));
            set_timeout(store_soon, AGAIN);
        }
    }
    if here::with(|here| here.replica.stores_again()) == Some(true) {
        store_soon();
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
