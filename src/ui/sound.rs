//! A recording to listen to, with one button of Pep's own: a browser's controls are small,
//! and speak a language of their own.

use super::speech::{QUIET, quiet};
use super::words::say;
use crate::domain::words::{code, media as words};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::prelude::{Closure, JsValue};

/// The shapes of the button, the same whichever way a language is read.
const PLAY: &str = "M7 4v16l13-8z";
const STOP: &str = "M5 5h14v14H5z";

/// A time as a clock shows it, in minutes and seconds.
pub fn minutes(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Plays the recording at this address, from its beginning, and stops it. Nothing else
/// speaks or listens meanwhile.
#[component]
pub fn Sound(address: String) -> impl IntoView {
    let node = NodeRef::<html::Audio>::new();
    let (playing, broken) = (RwSignal::new(false), RwSignal::new(false));
    let time = RwSignal::new(String::new());
    // Its events may come when the page shows something else by then.
    let sound = move || node.try_get_untracked().flatten();
    let end = move || {
        if let Some(sound) = sound().filter(|_| playing.try_get_untracked() == Some(true)) {
            // To pause it would go on from there the next time.
            sound.load();
        }
    };
    let listening = window_event_listener_untyped(QUIET, move |_| end());
    on_cleanup(move || listening.remove());
    let press = move |_| {
        let plays = playing.get_untracked();
        // Whatever is heard ends, this as well.
        quiet();
        if let Some(Ok(begun)) = sound().filter(|_| !plays).map(|sound| sound.play()) {
            // Stopped before it began: no fault. What can't be played says so itself.
            let ignored = Closure::<dyn FnMut(JsValue)>::new(|_: JsValue| ());
            let _ = begun.catch(&ignored);
            ignored.forget();
        }
    };
    let ended = move || {
        playing.try_set(false);
    };
    let follow = move |_| {
        if let Some(sound) = sound() {
            time.try_set(minutes(sound.current_time() as u32));
        }
    };
    let [play, stop, wrong] = [words::RECORD_LISTEN, words::RECORD_STOP, code::DIDNT_WORK].map(say);
    let shape = move || if playing.get() { STOP } else { PLAY };
    view! {
        <div class="row">
            <button type="button" class="button" on:click=press>
                <svg class="icon" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d=shape></path></svg>
                {move || if playing.get() { stop } else { play }}
            </button>
            <span class="time">{time}</span>
            <audio
                node_ref=node
                src=address
                preload="none"
                on:play=move |_| {
                    playing.try_set(true);
                }
                on:pause=move |_| ended()
                on:emptied=move |_| ended()
                on:timeupdate=follow
                on:error=move |_| {
                    end();
                    broken.try_set(true);
                }
            ></audio>
        </div>
        <p role="status" class="refused">{move || if broken.get() { wrong } else { "" }}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_as_a_clock_shows_it() {
        assert_eq!([0, 9, 60, 119, 120].map(minutes), ["0:00", "0:09", "1:00", "1:59", "2:00"]);
    }
}
