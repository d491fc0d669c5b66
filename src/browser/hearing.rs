//! Writing down what is said, only where the browser hears by itself: what a child
//! says never leaves the device to be understood. The words go into the box beside the
//! button, as if they had been typed.

use super::speech::language_of;
use crate::ui::speech::QUIET;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlTextAreaElement};

/// On `<html>` where something here hears; the style sheet shows the buttons then.
const HEARS: &str = "hears";
/// On a button: what stood beside it before it listened.
const BEFORE: &str = "data-before-words";

thread_local! {
    /// What is listening, and the button that began it.
    static LISTENING: RefCell<Option<(JsValue, Element)>> = const { RefCell::new(None) };
}

/// Finds out whether this browser hears by itself, and then listens for presses on
/// anything that carries `data-hear`.
pub fn start() {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    spawn_local(async move {
        let Some(root) = document.document_element() else { return };
        if !hears(&language_of(&root)).await {
            return;
        }
        let _ = root.class_list().add_1(HEARS);
        let pressed = Closure::<dyn FnMut(Event)>::new(|event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(button) = target.and_then(|target| target.closest("[data-hear]").ok().flatten()) {
                press(button);
            }
        });
        let _ = document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref());
        pressed.forget();
        let quiet = Closure::<dyn FnMut()>::new(drop_words);
        for event in [QUIET, "pagehide"] {
            let _ = window.add_event_listener_with_callback(event, quiet.as_ref().unchecked_ref());
        }
        quiet.forget();
    });
}

/// The browser's recogniser, where it has one that can tell whether it works here.
fn recogniser() -> Option<Function> {
    let window = web_sys::window()?;
    let kind: Function = Reflect::get(&window, &"SpeechRecognition".into()).ok()?.dyn_into().ok()?;
    Reflect::has(&kind, &"available".into()).ok()?.then_some(kind)
}

/// Whether a language is understood on this device, with nothing to be fetched first.
async fn hears(tag: &str) -> bool {
    let ask = || -> Result<Promise, JsValue> {
        let kind = recogniser().ok_or(JsValue::NULL)?;
        let wanted = Object::new();
        Reflect::set(&wanted, &"langs".into(), &Array::of1(&tag.into()))?;
        Reflect::set(&wanted, &"processLocally".into(), &JsValue::TRUE)?;
        let available: Function = Reflect::get(&kind, &"available".into())?.dyn_into()?;
        available.call1(&kind, &wanted)?.dyn_into()
    };
    let Ok(answer) = ask() else { return false };
    JsFuture::from(answer).await.is_ok_and(|answer| answer == "available")
}

/// Begins to listen; a second press ends it.
fn press(button: Element) {
    if let Some((listening, _)) = LISTENING.take() {
        let _ = call(&listening, "stop");
        return;
    }
    spawn_local(async move {
        if !hears(&language_of(&button)).await || listen(&button).is_err() {
            tell(&button, "data-lost-words");
        }
    });
}

/// Ends the listening because what was asked is gone. What was said and isn't written yet
/// goes nowhere: by now the box may be another question's.
fn drop_words() {
    let Some((listening, button)) = LISTENING.take() else { return };
    for told in ["onresult", "onerror", "onend"] {
        let _ = Reflect::set(&listening, &told.into(), &JsValue::NULL);
    }
    let _ = call(&listening, "abort");
    let _ = button.set_attribute("aria-pressed", "false");
    tell(&button, BEFORE);
}

fn listen(button: &Element) -> Result<(), JsValue> {
    let kind = recogniser().ok_or(JsValue::NULL)?;
    let listening = Reflect::construct(&kind, &Array::new())?;
    let set = |name: &str, value: JsValue| Reflect::set(&listening, &name.into(), &value);
    set("lang", language_of(button).into())?;
    set("continuous", JsValue::TRUE)?;
    // Never anywhere else: without this there is no listening at all.
    if !set("processLocally", JsValue::TRUE)? || !Reflect::get(&listening, &"processLocally".into())?.is_truthy() {
        return Err(JsValue::NULL);
    }
    let heard = {
        let button = button.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| write(&button, &words(&event).unwrap_or_default()))
    };
    set("onresult", heard.into_js_value())?;
    let lost = {
        let button = button.clone();
        Closure::once_into_js(move || tell(&button, "data-lost-words"))
    };
    set("onerror", lost)?;
    let ended = {
        let button = button.clone();
        Closure::once_into_js(move || {
            LISTENING.take();
            let _ = button.set_attribute("aria-pressed", "false");
            // What was lost stays said; that it listens doesn't.
            let said = beside(&button).and_then(|place| place.text_content());
            if said == button.get_attribute("data-listening-words") {
                tell(&button, BEFORE);
            }
        })
    };
    set("onend", ended)?;
    call(&listening, "start")?;
    button.set_attribute("aria-pressed", "true")?;
    if !button.has_attribute(BEFORE)
        && let Some(before) = beside(button).and_then(|place| place.text_content())
    {
        button.set_attribute(BEFORE, &before)?;
    }
    tell(button, "data-listening-words");
    LISTENING.set(Some((listening, button.clone())));
    Ok(())
}

fn call(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into::<Function>()?.call0(of)
}

/// The words that an event brings.
fn words(event: &JsValue) -> Option<String> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let results = get(event, "results")?;
    let (from, to) = (get(event, "resultIndex")?.as_f64()? as u32, get(&results, "length")?.as_f64()? as u32);
    let word = |at: u32| {
        let best = Reflect::get_u32(&Reflect::get_u32(&results, at).ok()?, 0).ok()?;
        get(&best, "transcript")?.as_string()
    };
    Some((from..to).filter_map(word).collect::<Vec<_>>().join(" "))
}

/// Puts words at the end of the box, as typing does.
fn write(button: &Element, words: &str) {
    let found = button.closest(".writing").ok().flatten().and_then(|place| place.query_selector("textarea").ok()?);
    let Some(typed) = found.and_then(|found| found.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
    let before = typed.value();
    let between = if before.is_empty() || before.ends_with(char::is_whitespace) { "" } else { " " };
    typed.set_value(&format!("{before}{between}{}", words.trim()));
    let told = || -> Result<(), JsValue> {
        let kind: Function = Reflect::get(&js_sys::global(), &"InputEvent".into())?.dyn_into()?;
        let how = Object::new();
        Reflect::set(&how, &"bubbles".into(), &JsValue::TRUE)?;
        Reflect::set(&how, &"inputType".into(), &"insertText".into())?;
        let event: Event = Reflect::construct(&kind, &Array::of2(&"input".into(), &how))?.dyn_into()?;
        typed.dispatch_event(&event).map(drop)
    };
    let _ = told();
}

/// Says something of the listening beside its button.
fn tell(button: &Element, words: &str) {
    if let (Some(place), Some(words)) = (beside(button), button.get_attribute(words)) {
        place.set_text_content(Some(&words));
    }
}

/// Where that is said.
fn beside(button: &Element) -> Option<Element> {
    button.parent_element().and_then(|parent| parent.query_selector("[role=status]").ok()?)
}
