//! The browser as a device: it fills `Device`, keeps what is written, and drives
//! the outbox.

mod afterwards;
mod arrivals;
mod connection;
mod disk;
mod earlier;
mod early;
mod fetch;
mod file;
mod fresh;
mod hearing;
mod here;
mod journal;
mod kept;
mod media;
mod navigation;
mod presence;
mod speech;
mod start;
mod storage;
mod tabs;
mod vault;
mod wire;

use crate::device::{Asks, AtStake, Draft, Later};
use crate::domain::plan::DocumentName;
use crate::pages::route::Route;
use here::Here;
use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use litemap::LiteMap;
use send_wrapper::SendWrapper;
pub use start::start;
use std::cell::RefCell;
use std::future::Future;
use std::time::Duration;
use vault::{Found, Vault};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long to wait for the server before telling what is still unsent.
const FLUSH: f64 = 6_000.0;

const ASKS: Asks = Asks {
    open: |draft| spawn_local(async move { open(draft).await }),
    edit: here::edit,
    // Nobody else writes with a young person or in a carer's own five questions.
    typed: if crate::FAMILY { |_, _| None } else { here::after_typed },
    fresh_row: fresh::row,
    now: here::now,
    // Who is here isn't told to a young person, nor on a carer's own five questions.
    show: if crate::FAMILY { |_, _| 0 } else { presence::show },
    hide: if crate::FAMILY { |_| () } else { presence::hide },
    point: if crate::FAMILY { |_| () } else { presence::point },
    copy: |text| later(copy(text)),
    file: |id, most| later(file::picked(id, most)),
    keep: kept::keep,
    kept: kept::kept,
    // Only on a carer's own pages something is said beside documents.
    kept_under: |place| later(async move { if crate::PHOTOS { kept::kept_texts(place).await } else { Vec::new() } }),
    discard,
    flush: || later(flush()),
    forget: || later(forget()),
    // Pictures open a young person's own page, and no other bundle has that.
    unlock: |pass, code| if crate::VOICE { later(unlock(pass, code)) } else { later(async { false }) },
    seal_with: |code| if crate::VOICE { later(seal_with(code)) } else { later(async { false }) },
    earlier: |code| if crate::VOICE { later(afterwards::earlier(code)) } else { later(async { None }) },
    pass: || later(fetch::pass()),
    media: media::ASKS,
};

thread_local! {
    /// Resolved once it is known whether this device's drawers open.
    static READY: RefCell<Option<(Promise, Function)>> = const { RefCell::new(None) };
}

fn later<T: 'static>(future: impl Future<Output = T> + 'static) -> Later<T> {
    Box::pin(SendWrapper::new(future))
}

/// Whose drawers to open: the server says, or, without it, who was here last.
async fn holder() -> Option<String> {
    let html = document().document_element()?;
    match html.get_attribute("data-holder") {
        Some(holder) if holder.is_empty() => None,
        Some(holder) => {
            tabs::arrive(holder.clone());
            Some(holder)
        }
        // The shell is for whoever was here last, also for what is typed in it.
        None => {
            let last = last_holder().await?;
            let _ = html.set_attribute("data-holder", &last);
            Some(last)
        }
    }
}

/// The key under which the disk knows who was here last. `localStorage` answers
/// sooner, but reaches the disk too late for a browser that was killed.
const LAST: &str = "last";

async fn last_holder() -> Option<String> {
    if let Some(holder) = journal::last_holder() {
        return Some(holder);
    }
    String::from_utf8(storage::read(storage::KEYS, LAST).await?).ok()
}

async fn remember(holder: Option<&str>) {
    journal::remember_holder(holder);
    let bytes = holder.map(|holder| holder.as_bytes().to_vec());
    let put = storage::Put { drawer: storage::KEYS, key: LAST.into(), bytes };
    let _ = storage::write(vec![put]).await;
}

async fn open_drawers() {
    let Some(holder) = holder().await else { return ready() };
    let last = holder.clone();
    spawn_local(async move { remember(Some(&last)).await });
    here::with(|here| here.holder = holder.clone());
    match Vault::find(&holder).await {
        Ok(Found::Open(vault)) => unlocked(vault).await,
        Ok(Found::Coded) => {
            if let Some(device) = here::with(|here| here.device) {
                device.locked.set(true);
            }
        }
        Err(_) => {
            storage::shut();
            // A browser that keeps nothing: edits still go to the server, and the
            // status line says that this device doesn't store them.
            here::with(|here| here.replica.outbox.storage(false));
            unlocked(Vault::of_this_page()).await;
        }
    }
    ready();
}

fn ready() {
    READY.with_borrow(|ready| {
        if let Some((_, resolve)) = ready {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
}

/// The drawers are open: what was left unsent goes on its way, and what the page
/// waits for is opened.
async fn unlocked(vault: Vault) {
    let Some(holder) = here::with(|here| here.holder.clone()) else { return };
    let left = disk::left(&holder, &vault).await;
    let mut copies: LiteMap<_, _> = LiteMap::new();
    for change in &left {
        if !copies.contains_key(&change.document) {
            copies.insert(change.document.clone(), disk::copy(&holder, &vault, &change.document).await);
        }
    }
    let pass = storage::read(storage::KEPT, &format!("{holder}/pass")).await.and_then(|sealed| vault.open(&sealed));
    let waiting = here::with(|here| {
        here.replica.take_up(left, copies);
        if let Some(pass) = pass {
            here.pass = String::from_utf8(pass).unwrap_or_default();
        }
        here.vault = Some(vault);
        std::mem::take(&mut here.waiting)
    });
    tabs::join(&holder);
    if !crate::FAMILY {
        presence::start();
    }
    here::show_status();
    // What only the journal had, the disk gets now.
    disk::store_soon();
    media::take_up().await;
    connection::start();
    for draft in waiting.into_iter().flatten() {
        open(draft).await;
    }
}

/// Holds a document, as the disk has it where this load doesn't; false while the drawers
/// are shut.
async fn hold(name: &DocumentName) -> bool {
    let drawers =
        here::with(|here| Some((here.holder.clone(), here.vault.clone()?, here.replica.documents.contains_key(name))));
    let Some(Some((holder, vault, held))) = drawers else { return false };
    if !held {
        let copy = disk::copy(&holder, &vault, name).await;
        here::with(|here| {
            if !here.replica.documents.contains_key(name) {
                here.replica.hold(name, copy, &[]);
            }
        });
    }
    true
}

/// Opens a document for a place that shows it.
async fn open(draft: Draft) {
    let name = draft.name();
    if !hold(&name).await {
        here::with(|here| here.waiting.push(draft));
        return;
    }
    here::with(|here| {
        let drafts = here.drafts.entry(name.clone()).or_default();
        drafts.retain(|draft| !draft.values.is_disposed());
        drafts.push(draft);
    });
    connection::close(&here::with(Here::let_go_hidden).unwrap_or_default());
    here::show(&name);
    connection::open(&name);
}

/// A number for this load, and for the documents that it writes.
pub fn fresh_number() -> u64 {
    u64::from_le_bytes(vault::random()) & ((1 << 53) - 1)
}

/// Puts words on the clipboard; false where the browser refuses.
async fn copy(text: String) -> bool {
    JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok()
}

async fn wait_until_ready() {
    let ready = READY.with_borrow(|ready| ready.as_ref().map(|(ready, _)| ready.clone()));
    if let Some(ready) = ready {
        let _ = JsFuture::from(ready).await;
    }
}

/// Lets go of what was refused of a document; or, where a path is given, of the drawing or
/// photo that was, and of nothing else.
fn discard(name: DocumentName, path: String) {
    if media::SENDS && !path.is_empty() {
        return media::discard(name, path);
    }
    let gone = here::with(|here| {
        let drafts = here.drafts.remove(&name).unwrap_or_default();
        (here.holder.clone(), here.replica.discard(&name, fresh_number()), drafts)
    });
    let Some((holder, entries, drafts)) = gone else { return };
    disk::forget_copy(&holder, &name);
    tabs::let_go(&name, &entries);
    disk::remove(holder, entries);
    here::show_status();
    drafts.into_iter().filter(|draft| !draft.values.is_disposed()).for_each(|draft| {
        draft.live.set(false);
        spawn_local(open(draft));
    });
}

/// In another tab the person signed out or handed the device over: this one may
/// show nothing of theirs either.
fn left_elsewhere() {
    connection::stop();
    media::clear();
    early::forget();
    here::with(Here::clear);
    let _ = window().location().set_href(&Route::SignIn.path());
}

async fn flush() -> AtStake {
    let started = js_sys::Date::now();
    disk::store_soon();
    connection::send_gathered();
    connection::reopen();
    media::again();
    loop {
        let here = here::with(|here| here.replica.outbox.unsent()).unwrap_or(0);
        // In the young person's bundle nothing is said beside documents.
        let told_later = if crate::TABLET { 0 } else { kept::untold().await };
        let unsent = here + early::waiting() + media::unsent().await + in_other_tabs().await + told_later;
        if unsent == 0 || js_sys::Date::now() - started > FLUSH {
            let half_typed = !crate::TABLET && kept::is_half_typed().await;
            return AtStake { unsent, half_typed };
        }
        pause(50).await;
    }
}

async fn pause(milliseconds: u64) {
    let moment = Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), Duration::from_millis(milliseconds));
    });
    let _ = JsFuture::from(moment).await;
}

/// How many changes other tabs of this person have on this device, unsent.
async fn in_other_tabs() -> usize {
    let drawers = here::with(|here| Some((here.holder.clone(), here.vault.clone()?))).flatten();
    let Some((holder, vault)) = drawers else { return 0 };
    let left = disk::left(&holder, &vault).await;
    here::with(|here| {
        left.iter().filter(|change| !here.replica.entries.values().any(|own| *own == change.entry)).count()
    })
    .unwrap_or(0)
}

async fn forget() {
    connection::stop();
    tabs::leave();
    media::clear();
    early::forget();
    let holder = here::with(|here| {
        here.clear();
        std::mem::take(&mut here.holder)
    });
    if let Some(holder) = holder.filter(|holder| !holder.is_empty()) {
        journal::forget(&holder);
        let _ = storage::forget(&holder).await;
    }
    remember(None).await;
    here::show_status();
}

/// Opens what a picture code sealed; or, on a device that has nothing sealed with
/// it yet, seals from now on, where the server has found the code right.
async fn unlock(pass: Option<String>, code: String) -> bool {
    let Some((holder, vault, device)) = here::with(|here| (here.holder.clone(), here.vault.clone(), here.device))
    else {
        return false;
    };
    let opened = match vault {
        Some(vault) => Some(vault),
        None => match Vault::open_coded(&holder, &code, pass.is_some()).await {
            Ok(None) if pass.is_some() => Vault::begin_anew(&holder).await.ok(),
            found => found.ok().flatten(),
        },
    };
    let Some(vault) = opened else { return false };
    if here::with(|here| here.vault.is_none()) == Some(true) {
        unlocked(vault.clone()).await;
    }
    if let Some(pass) = pass {
        let _ = vault.lock(&holder, Some(&code)).await;
        here::with(|here| here.pass = pass.clone());
        keep_pass(&holder, &vault, &pass).await;
    }
    connection::reopen();
    device.locked.set(false);
    device.news.update(|news| *news = news.wrapping_add(1));
    true
}

async fn keep_pass(holder: &str, vault: &Vault, pass: &str) {
    let put =
        storage::Put { drawer: storage::KEPT, key: format!("{holder}/pass"), bytes: Some(vault.seal(pass.as_bytes())) };
    let _ = storage::write(vec![put]).await;
}

async fn seal_with(code: String) -> bool {
    let drawers = here::with(|here| Some((here.holder.clone(), here.vault.clone()?)));
    match drawers {
        Some(Some((holder, vault))) => vault.lock(&holder, Some(&code)).await.is_ok(),
        _ => false,
    }
}
