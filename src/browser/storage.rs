//! IndexedDB, as drawers of sealed bytes. A write is done when the
//! transaction is complete and, asked for strictly, on the disk.

use super::pause;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

/// The drawers. Keys begin with whose they are: `{holder}/...`.
pub const KEYS: &str = "keys";
pub const OUTBOX: &str = "outbox";
pub const COPIES: &str = "copies";
pub const KEPT: &str = "kept";
/// Drawings, recordings and photos: what is known of each, their bytes in pieces, and a
/// mark for each that isn't sent.
pub const MEDIA: &str = "media";
pub const PIECES: &str = "pieces";
pub const UNSENT: &str = "unsent";

/// The databases, each with its drawers. Media have one of their own: another version of
/// the first would shut out a tab that is still open from before.
const BASES: [(&str, &[&str]); 2] = [("pep", &[KEYS, OUTBOX, COPIES, KEPT]), ("pep-media", &[MEDIA, PIECES, UNSENT])];
const VERSION: u32 = 1;

type Base = (&'static str, &'static [&'static str]);

fn base_of(drawer: &str) -> Base {
    let [first, media] = BASES;
    if media.1.contains(&drawer) { media } else { first }
}

/// One write; nothing as bytes removes.
pub struct Put {
    pub drawer: &'static str,
    pub key: String,
    pub bytes: Option<Vec<u8>>,
}

/// How often it is tried once more to open a database, and after how long.
const TRIES: usize = 3;
const BETWEEN: u64 = 300;

/// Opens the database anew each time it is needed: iOS drops a connection that
/// was in the background, and an open one would then fail for ever. A browser may lose its
/// disk for a moment: what is there would count as nothing.
async fn database(base: Base) -> Result<IdbDatabase, JsValue> {
    for _ in 0..TRIES {
        let opened = opened(base).await;
        if opened.is_ok() || is_shut() {
            return opened;
        }
        pause(BETWEEN).await;
    }
    opened(base).await
}

async fn opened((name, drawers): Base) -> Result<IdbDatabase, JsValue> {
    let factory = window()?.indexed_db()?.ok_or("no IndexedDB")?;
    let request = factory.open_with_u32(name, VERSION)?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        if let Some(database) = opening.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok()) {
            for drawer in drawers {
                let _ = database.create_object_store(drawer);
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    done(&request).await?.dyn_into()
}

fn window() -> Result<web_sys::Window, JsValue> {
    web_sys::window().ok_or_else(|| "no window".into())
}

/// A request's answer. It listens from the start: a request may be answered while
/// another is still waited for.
fn done(request: &IdbRequest) -> JsFuture {
    let answered = Promise::new(&mut |resolve: Function, reject: Function| {
        let succeeded = request.clone();
        let ok = Closure::once_into_js(move || {
            let _ = resolve.call1(&JsValue::NULL, &succeeded.result().unwrap_or(JsValue::UNDEFINED));
        });
        let failed = Closure::once_into_js(move || drop(reject.call0(&JsValue::NULL)));
        request.set_onsuccess(Some(ok.unchecked_ref()));
        request.set_onerror(Some(failed.unchecked_ref()));
    });
    JsFuture::from(answered)
}

async fn complete(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let completed = Promise::new(&mut |resolve: Function, reject: Function| {
        let ok = Closure::once_into_js(move || drop(resolve.call0(&JsValue::NULL)));
        let failed = Closure::once_into_js(move || drop(reject.call0(&JsValue::NULL)));
        transaction.set_oncomplete(Some(ok.unchecked_ref()));
        transaction.set_onabort(Some(failed.unchecked_ref()));
    });
    JsFuture::from(completed).await.map(|_| ())
}

/// A read-write transaction that is complete only once it is on the disk.
fn strict(database: &IdbDatabase, drawers: &[&str]) -> Result<IdbTransaction, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let drawers: Array = drawers.iter().map(|drawer| JsValue::from_str(drawer)).collect();
    let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
    transaction.call3(database, &drawers, &"readwrite".into(), &options)?.dyn_into()
}

thread_local! {
    /// What this page seals nobody could open again: it writes nothing.
    static SHUT: Cell<bool> = const { Cell::new(false) };
}

/// The disk has no key for this page, which has one that is gone with it.
pub fn shut() {
    SHUT.set(true);
}

pub fn is_shut() -> bool {
    SHUT.get()
}

/// Writes all or nothing, into drawers of one database; returns once it is on the disk.
pub async fn write(puts: Vec<Put>) -> Result<(), JsValue> {
    if is_shut() {
        return Err(JsValue::UNDEFINED);
    }
    let Some(first) = puts.first() else { return Ok(()) };
    let base = base_of(first.drawer);
    let database = database(base).await?;
    let transaction = strict(&database, base.1)?;
    for put in puts {
        let drawer = transaction.object_store(put.drawer)?;
        let key = JsValue::from_str(&put.key);
        match put.bytes {
            Some(bytes) => drawer.put_with_key(&Uint8Array::from(bytes.as_slice()), &key)?,
            None => drawer.delete(&key)?,
        };
    }
    let written = complete(&transaction).await;
    database.close();
    written
}

/// Writes a value that isn't bytes (a key that can't leave the browser).
pub async fn write_value(drawer: &str, key: &str, value: &JsValue) -> Result<(), JsValue> {
    let base = base_of(drawer);
    let database = database(base).await?;
    let transaction = strict(&database, base.1)?;
    transaction.object_store(drawer)?.put_with_key(value, &key.into())?;
    let written = complete(&transaction).await;
    database.close();
    written
}

async fn reading(drawer: &str) -> Result<(IdbDatabase, IdbObjectStore), JsValue> {
    let database = database(base_of(drawer)).await?;
    let store = database.transaction_with_str(drawer)?.object_store(drawer)?;
    Ok((database, store))
}

/// The value under a key; undefined where there is none.
pub async fn read_value(drawer: &str, key: &str) -> Result<JsValue, JsValue> {
    let (database, store) = reading(drawer).await?;
    let value = done(&store.get(&key.into())?).await;
    database.close();
    value
}

pub async fn read(drawer: &str, key: &str) -> Option<Vec<u8>> {
    let value = read_value(drawer, key).await.ok()?;
    value.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}

/// Everything of one holder in a drawer, by key without the holder, in order.
pub async fn read_all(drawer: &str, holder: &str) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
    let (database, store) = reading(drawer).await?;
    let range = of_holder(holder)?;
    let keys = done(&store.get_all_keys_with_key(&range)?);
    let values = done(&store.get_all_with_key(&range)?);
    let (keys, values): (Array, Array) = (keys.await?.dyn_into()?, values.await?.dyn_into()?);
    database.close();
    let prefix = holder.len() + 1;
    let pairs = keys.iter().zip(values.iter()).filter_map(|(key, value)| {
        let key = key.as_string()?.get(prefix..)?.to_string();
        Some((key, value.dyn_into::<Uint8Array>().ok()?.to_vec()))
    });
    Ok(pairs.collect())
}

/// The keys of one holder in a drawer, without the holder.
pub async fn names(drawer: &str, holder: &str) -> Result<Vec<String>, JsValue> {
    let (database, store) = reading(drawer).await?;
    let range = of_holder(holder)?;
    let keys: Array = done(&store.get_all_keys_with_key(&range)?).await?.dyn_into()?;
    database.close();
    let prefix = holder.len() + 1;
    Ok(keys.iter().filter_map(|key| Some(key.as_string()?.get(prefix..)?.to_string())).collect())
}

/// Removes everything of one holder, from every drawer.
pub async fn forget(holder: &str) -> Result<(), JsValue> {
    for base in BASES {
        let database = database(base).await?;
        let transaction = strict(&database, base.1)?;
        for drawer in base.1 {
            transaction.object_store(drawer)?.delete(&of_holder(holder)?.into())?;
        }
        let removed = complete(&transaction).await;
        database.close();
        removed?;
    }
    Ok(())
}

/// How many there are of one holder in a drawer.
pub async fn count(drawer: &str, holder: &str) -> Result<usize, JsValue> {
    let (database, store) = reading(drawer).await?;
    let count = done(&store.count_with_key(&of_holder(holder)?.into())?).await;
    database.close();
    Ok(count?.as_f64().unwrap_or_default() as usize)
}

fn of_holder(holder: &str) -> Result<IdbKeyRange, JsValue> {
    // "0" is the character after "/".
    IdbKeyRange::bound_with_lower_open_and_upper_open(
        &format!("{holder}/").into(),
        &format!("{holder}0").into(),
        true,
        true,
    )
}
