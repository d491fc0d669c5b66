//! Reading aloud, with voices that are on the device itself: what a child reads
//! or wrote is never sent to someone's server to be spoken. What is being read is
//! marked: the part as it begins, and each word where the voice says where it is.

use crate::domain::words::Language;
use crate::ui::speech::QUIET;
use js_sys::{Function, Reflect};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{
    Document, Element, Event, Node, Range, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice, Window,
};

/// On `<html>` where nothing here can speak; the style sheet hides the buttons.
const NO_SPEECH: &str = "no-speech";
/// On `<html>`: the languages in which something here can; the style sheet hides the
/// buttons of a page in another.
const SPEAKS: &str = "data-speaks";
/// On the button whose text is being read.
const SPEAKING: &str = "data-speaking";
/// On the part that is being read.
const BEING_READ: &str = "data-being-read";
/// The name of the mark on the word that is being read.
const WORD: &str = "being-read";
/// Where the parts that a button reads are looked for.
const SCOPE: &str = "dialog, section, .came, .recap, fieldset, main, .voice";

thread_local! {
    /// Counts the readings: what a voice says of one that was stopped is not listened to.
    static READING: Cell<u32> = const { Cell::new(0) };
}

/// Something to be read: its words, and where they stand on the page.
struct Part {
    words: String,
    place: Option<Element>,
}

/// Listens, for as long as the page lives, for presses on anything that carries
/// `data-read` or `data-says`. One listener for the document, since buttons come and go.
pub fn start() {
    let Some(window) = web_sys::window() else { return };
    let Some(document) = window.document() else { return };
    let Some(speech) = speech_of(&window) else {
        show_buttons(&document, &[]);
        return;
    };
    show_buttons(&document, &spoken(&speech));

    // Chromium reads its list of voices late, and says so with this event.
    let changed = {
        let (speech, document) = (speech.clone(), document.clone());
        Closure::<dyn FnMut()>::new(move || show_buttons(&document, &spoken(&speech)))
    };
    speech.set_onvoiceschanged(Some(changed.as_ref().unchecked_ref()));
    changed.forget();

    // A page that goes, or hides what it says, is read no further.
    let quiet = {
        let (speech, document) = (speech.clone(), document.clone());
        Closure::<dyn FnMut()>::new(move || stop(&speech, &document))
    };
    for event in [QUIET, "pagehide"] {
        let _ = window.add_event_listener_with_callback(event, quiet.as_ref().unchecked_ref());
    }
    quiet.forget();

    let pressed = {
        let document = document.clone();
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
            if let Ok(Some(button)) = target.closest("[data-read]") {
                press(&speech, &document, &button);
            } else if let Ok(Some(touched)) = target.closest("[data-says]") {
                let words = touched.get_attribute("data-says").unwrap_or_default();
                stop(&speech, &document);
                speak(&speech, &document, &touched, vec![Part { words, place: None }], || ());
            }
        })
    };
    // Nothing is lost if the listener can't be set: the words are on the page.
    let _ = document.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref());
    pressed.forget();
}

/// The speech of this browser, if it has any.
fn speech_of(window: &Window) -> Option<SpeechSynthesis> {
    let there = Reflect::has(window, &JsValue::from_str("speechSynthesis")).unwrap_or(false);
    there.then(|| window.speech_synthesis().ok()).flatten()
}

/// The best voice on this device for a language: of the same country, else any.
fn voice(speech: &SpeechSynthesis, tag: &str) -> Option<SpeechSynthesisVoice> {
    let main = |tag: &str| tag.split('-').next().unwrap_or(tag).to_string();
    // Dari is the Persian of Afghanistan; what devices have is that of Iran.
    let wanted = if tag == Language::Dari.tag() { "fa" } else { tag };
    // Android spells it en_GB.
    let spelled = |voice: &SpeechSynthesisVoice| voice.lang().replace('_', "-");
    let here: Vec<SpeechSynthesisVoice> = speech
        .get_voices()
        .iter()
        .filter_map(|voice| voice.dyn_into::<SpeechSynthesisVoice>().ok())
        .filter(|voice| voice.local_service() && main(&spelled(voice)) == main(wanted))
        .collect();
    let nearest = here.iter().position(|voice| spelled(voice) == wanted);
    here.into_iter().nth(nearest.unwrap_or_default())
}

/// The languages that something here can speak.
fn spoken(speech: &SpeechSynthesis) -> Vec<&'static str> {
    Language::ALL.into_iter().map(Language::tag).filter(|tag| voice(speech, tag).is_some()).collect()
}

/// The language of the page round an element.
pub fn language_of(element: &Element) -> String {
    let said = element.closest("[lang]").ok().flatten().and_then(|place| place.get_attribute("lang"));
    said.unwrap_or_else(|| Language::English.tag().into())
}

/// Reads a button's text; a second press on the same button stops.
fn press(speech: &SpeechSynthesis, document: &Document, button: &Element) {
    let was_reading = button.has_attribute(SPEAKING) && speech.speaking();
    stop(speech, document);
    if was_reading || button.set_attribute(SPEAKING, "").is_err() {
        return;
    }
    let ended = {
        let button = button.clone();
        move || drop(button.remove_attribute(SPEAKING))
    };
    speak(speech, document, button, parts(button), ended);
}

/// What a button reads: parts of the page, or the words that it carries.
fn parts(button: &Element) -> Vec<Part> {
    let found = || {
        let reads = button.get_attribute("data-reads")?;
        let scope = button.closest(SCOPE).ok().flatten()?;
        let list = scope.query_selector_all(&reads).ok()?;
        let places = (0..list.length()).filter_map(|at| list.get(at)?.dyn_into::<Element>().ok());
        let parts = places.map(|place| Part { words: place.text_content().unwrap_or_default(), place: Some(place) });
        Some(parts.filter(|part| !part.words.trim().is_empty()).collect::<Vec<_>>())
    };
    match found() {
        Some(parts) if !parts.is_empty() => parts,
        _ => vec![Part { words: button.get_attribute("data-read").unwrap_or_default(), place: None }],
    }
}

/// Speaks these parts, one after the other, each marked while it is spoken.
fn speak(
    speech: &SpeechSynthesis,
    document: &Document,
    by: &Element,
    parts: Vec<Part>,
    ended: impl FnOnce() + 'static,
) {
    let tag = language_of(by);
    let Some(voice) = voice(speech, &tag) else { return ended() };
    let reading = READING.get();
    let last = parts.len().saturating_sub(1);
    let mut ended = Some(ended);
    for (number, Part { words, place }) in parts.into_iter().enumerate() {
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(&words) else { continue };
        utterance.set_voice(Some(&voice));
        utterance.set_lang(&voice.lang());
        utterance.set_rate(0.9);
        if let Some(place) = place {
            mark_as_spoken(&utterance, document, place, reading);
        }
        if number == last
            && let Some(ended) = ended.take()
        {
            let document = document.clone();
            let over = Closure::once_into_js(move || {
                if READING.get() == reading {
                    unmark(&document);
                    ended();
                }
            });
            utterance.set_onend(Some(over.unchecked_ref()));
        }
        speech.speak(&utterance);
    }
}

/// Marks a part of the page as it begins to be spoken, and each word of it as it comes.
fn mark_as_spoken(utterance: &SpeechSynthesisUtterance, document: &Document, place: Element, reading: u32) {
    let begins = {
        let (document, place) = (document.clone(), place.clone());
        Closure::once_into_js(move || {
            if READING.get() == reading {
                unmark(&document);
                let _ = place.set_attribute(BEING_READ, "");
            }
        })
    };
    utterance.set_onstart(Some(begins.unchecked_ref()));
    let document = document.clone();
    let word = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let number = |name: &str| Reflect::get(&event, &name.into()).ok().and_then(|value| value.as_f64());
        if READING.get() != reading {
            return;
        }
        if let (Some(from), Some(length)) = (number("charIndex"), number("charLength")) {
            let (from, to) = (from as u32, (from + length) as u32);
            if let Some(range) = range(&document, &place, from, to) {
                mark_word(Some(&range));
            }
        }
    });
    utterance.set_onboundary(Some(word.as_ref().unchecked_ref()));
    word.forget();
}

/// The place of some letters of an element's text, counted as browsers count.
fn range(document: &Document, place: &Element, from: u32, to: u32) -> Option<Range> {
    let range = document.create_range().ok()?;
    let (start, at) = letter(place, &mut from.clone())?;
    range.set_start(&start, at).ok()?;
    let (end, at) = letter(place, &mut to.clone())?;
    range.set_end(&end, at).ok()?;
    Some(range)
}

/// The piece of text in which a letter stands, and its place there.
fn letter(within: &Node, left: &mut u32) -> Option<(Node, u32)> {
    if within.node_type() == Node::TEXT_NODE {
        let length = Reflect::get(within, &"length".into()).ok()?.as_f64()? as u32;
        if *left <= length {
            return Some((within.clone(), *left));
        }
        *left -= length;
        return None;
    }
    let mut child = within.first_child();
    while let Some(node) = child {
        if let Some(found) = letter(&node, left) {
            return Some(found);
        }
        child = node.next_sibling();
    }
    None
}

/// Marks one word, where the browser can mark words; or none.
fn mark_word(range: Option<&Range>) {
    let mark = || -> Result<(), JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let marks = Reflect::get(&Reflect::get(&window, &"CSS".into())?, &"highlights".into())?;
        let call = |name: &str| Reflect::get(&marks, &name.into())?.dyn_into::<Function>();
        let Some(range) = range else {
            return call("delete")?.call1(&marks, &WORD.into()).map(drop);
        };
        let kind: Function = Reflect::get(&window, &"Highlight".into())?.dyn_into()?;
        let mark = Reflect::construct(&kind, &js_sys::Array::of1(range))?;
        call("set")?.call2(&marks, &WORD.into(), &mark).map(drop)
    };
    // A browser without such marks still marks the part.
    let _ = mark();
}

/// Ends whatever is being read, and takes its marks away.
fn stop(speech: &SpeechSynthesis, document: &Document) {
    READING.set(READING.get().wrapping_add(1));
    speech.cancel();
    unmark(document);
    if let Ok(Some(button)) = document.query_selector("[data-speaking]") {
        let _ = button.remove_attribute(SPEAKING);
    }
}

fn unmark(document: &Document) {
    mark_word(None);
    if let Ok(Some(part)) = document.query_selector("[data-being-read]") {
        let _ = part.remove_attribute(BEING_READ);
    }
}

fn show_buttons(document: &Document, spoken: &[&str]) {
    if let Some(root) = document.document_element() {
        let _ = root.class_list().toggle_with_force(NO_SPEECH, spoken.is_empty());
        let _ = root.set_attribute(SPEAKS, &spoken.join(" "));
    }
}
