//! The journal in `localStorage`: written in the keystroke's own event, so that a
//! killed tab loses nothing. It reaches the disk only seconds later, so each entry
//! stays until IndexedDB has it. Keys carry the holder, the load of the page and a
//! number: two tabs never write over each other.

use gloo_storage::{LocalStorage, Storage};

const PREFIX: &str = "pep.journal";

fn key(holder: &str, entry: &str) -> String {
    format!("{PREFIX}/{holder}/{entry}")
}

/// Writes one sealed entry; false where the browser won't store it.
pub fn write(holder: &str, entry: &str, sealed: &[u8]) -> bool {
    // One character a byte: half the size of hex, and no escapes.
    let text: String = sealed.iter().map(|byte| char::from(*byte)).collect();
    LocalStorage::raw().set_item(&key(holder, entry), &text).is_ok()
}

pub fn remove(holder: &str, entry: &str) {
    LocalStorage::delete(key(holder, entry));
}

/// Every entry of a holder: its name and its sealed bytes.
pub fn read_all(holder: &str) -> Vec<(String, Vec<u8>)> {
    let storage = LocalStorage::raw();
    let prefix = key(holder, "");
    let keys = (0..LocalStorage::length()).filter_map(|index| storage.key(index).ok().flatten());
    let ours: Vec<String> = keys.filter(|key| key.starts_with(&prefix)).collect();
    ours.iter()
        .filter_map(|key| {
            let text = storage.get_item(key).ok().flatten()?;
            let sealed =
                text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect::<Option<_>>()?;
            Some((key[prefix.len()..].to_string(), sealed))
        })
        .collect()
}

pub fn forget(holder: &str) {
    for (entry, _) in read_all(holder) {
        remove(holder, &entry);
    }
}

const HOLDER: &str = "pep.holder";

/// Who used this device last: the name of a drawer, of no use without its key.
pub fn last_holder() -> Option<String> {
    LocalStorage::raw().get_item(HOLDER).ok().flatten()
}

pub fn remember_holder(holder: Option<&str>) {
    match holder {
        Some(holder) => drop(LocalStorage::raw().set_item(HOLDER, holder)),
        None => LocalStorage::delete(HOLDER),
    }
}
