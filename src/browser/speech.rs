//! Reading aloud, with voices that are on the device itself: what a child reads
//! or wrote is never sent to someone's server to be spoken.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{Document, Element, Event, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice, Window};

/// On `<html>` where nothing here can speak; the style sheet hides the buttons.
const NO_SPEECH: &str = "no-speech";
/// On the button whose text is being read.
const SPEAKING: &str = "data-speaking";

/// Listens, for as long as the page lives, for presses on anything that carries
/// `data-read`. One listener for the document, since buttons come and go.
pub fn start() {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let Some(speech) = speech_of(&window) else {
        show_buttons(&document, false);
        return;
    };
    show_buttons(&document, voice(&speech).is_some());

    // Chromium reads its list of voices late, and says so with this event.
    let changed = {
        let (speech, document) = (speech.clone(), document.clone());
        Closure::<dyn FnMut()>::new(move || show_buttons(&document, voice(&speech).is_some()))
    };
    speech.set_onvoiceschanged(Some(changed.as_ref().unchecked_ref()));
    changed.forget();

    let pressed = {
        let document = document.clone();
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(button) = target.and_then(|target| target.closest("[data-read]").ok().flatten()) {
                press(&speech, &document, &button);
            }
        })
    };
    // Nothing is lost if the listener can't be set: the words are on the page.
    let _ = document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref());
    pressed.forget();
}

/// The speech of this browser, if it has any.
fn speech_of(window: &Window) -> Option<SpeechSynthesis> {
    let there = js_sys::Reflect::has(window, &JsValue::from_str("speechSynthesis")).unwrap_or(false);
    there.then(|| window.speech_synthesis().ok()).flatten()
}

/// The best voice on this device: British English, else any English.
fn voice(speech: &SpeechSynthesis) -> Option<SpeechSynthesisVoice> {
    let here: Vec<SpeechSynthesisVoice> = speech
        .get_voices()
        .iter()
        .filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok())
        .filter(|voice| voice.local_service() && voice.lang().starts_with("en"))
        .collect();
    // Android spells it en_GB.
    let british = here.iter().position(|voice| matches!(voice.lang().as_str(), "en-GB" | "en_GB"));
    here.into_iter().nth(british.unwrap_or_default())
}

/// Reads a button's text; a second press on the same button stops.
fn press(speech: &SpeechSynthesis, document: &Document, button: &Element) {
    let was_reading = button.has_attribute(SPEAKING) && speech.speaking();
    speech.cancel();
    quiet(document);
    if was_reading {
        return;
    }
    let Some(voice) = voice(speech) else { return };
    let text = button.get_attribute("data-read").unwrap_or_default();
    let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&text) else { return };
    utterance.set_voice(Some(&voice));
    utterance.set_lang(&voice.lang());
    utterance.set_rate(0.9);
    let ended = {
        let button = button.clone();
        Closure::once_into_js(move || {
            let _ = button.remove_attribute(SPEAKING);
        })
    };
    utterance.set_onend(Some(ended.unchecked_ref()));
    if button.set_attribute(SPEAKING, "").is_ok() {
        speech.speak(&utterance);
    }
}

/// Takes the mark off whichever button carried it.
fn quiet(document: &Document) {
    if let Ok(Some(button)) = document.query_selector("[data-speaking]") {
        let _ = button.remove_attribute(SPEAKING);
    }
}

fn show_buttons(document: &Document, can_speak: bool) {
    if let Some(root) = document.document_element() {
        let _ = root.class_list().toggle_with_force(NO_SPEECH, !can_speak);
    }
}
