//! Several tabs of one person: each tells the others what it wrote, once the disk has
//! it, so that they agree even without a network.

use super::{connection, here};
use crate::domain::plan::DocumentName;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// The channel of all tabs, whoever they are for.
const ALL: &str = "pep";

/// Tells all tabs for whom the server takes this device. One that is for somebody else, and
/// was asked for before, may show and send nothing of theirs.
pub fn arrive(holder: String) {
    let Ok(channel) = BroadcastChannel::new(ALL) else { return };
    let asked = asked_for();
    let _ = channel.post_message(&Array::of2(&holder.as_str().into(), &asked.into()));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(other) = event.data().dyn_into::<Array>() else { return };
        let is_later = other.get(1).as_f64().is_some_and(|other| other > asked);
        if is_later && other.get(0).as_string().is_some_and(|now| now != holder) {
            super::left_elsewhere();
        }
    });
    channel.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
}

/// When this page was asked for, in milliseconds: it may come to life much later.
fn asked_for() -> f64 {
    let performance = Reflect::get(&window(), &"performance".into());
    let began = performance.and_then(|performance| Reflect::get(&performance, &"timeOrigin".into()));
    began.ok().and_then(|began| began.as_f64()).unwrap_or_default()
}

/// Joins this holder's tabs.
pub fn join(holder: &str) {
    let Ok(channel) = BroadcastChannel::new(&format!("pep/{holder}")) else { return };
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let Ok(message) = event.data().dyn_into::<Array>() else { return super::left_elsewhere() };
        let name = message.get(0).as_string().and_then(|name| name.parse::<DocumentName>().ok());
        let Some(name) = name else { return };
        if let Some(entries) = message.get(1).as_string() {
            let gone: Vec<String> = entries.split(' ').map(String::from).collect();
            if here::with(|here| here.replica.let_go_elsewhere(&name, &gone, super::fresh_number())) == Some(true) {
                connection::open(&name);
            }
            here::show_status();
            return;
        }
        if let Ok(update) = message.get(1).dyn_into::<Uint8Array>() {
            // The tab that wrote it keeps and sends it; this one only shows it.
            let fitted = here::with(|here| here.replica.receive(&name, &update.to_vec()));
            if matches!(fitted, Some(Ok(()))) {
                here::show(&name);
            }
        }
    });
    channel.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    CHANNEL.set(Some(channel));
}

pub fn tell(name: &DocumentName, update: &[u8]) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            let message = Array::of2(&name.to_string().into(), &Uint8Array::from(update).into());
            let _ = channel.post_message(&message);
        }
    });
}

/// Tells the other tabs that the person let go of these changes of a document.
pub fn let_go(name: &DocumentName, entries: &[String]) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&Array::of2(&name.to_string().into(), &entries.join(" ").into()));
        }
    });
}

/// Tells the other tabs that this holder's keys are about to be destroyed.
pub fn leave() {
    if let Some(channel) = CHANNEL.take() {
        let _ = channel.post_message(&LEFT.into());
        channel.close();
    }
}

/// The message of a tab in which the person signed out or handed the device over.
const LEFT: &str = "left";
