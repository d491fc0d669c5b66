//! Reading aloud. This part only marks what is to be read; the browser's half
//! listens for the press, speaks and marks the words, so the same part renders on
//! the server.

use super::pictures::Picture;
use super::words::say;
use crate::domain::words::voice as words;
use leptos::prelude::*;

/// The event by which a page ends what is being read or listened to: the browser's half
/// hears it.
pub const QUIET: &str = "quiet";

/// Ends reading aloud, and writing down what is said: what was being read or asked is no
/// longer on the page.
pub fn quiet() {
    if let Ok(quiet) = leptos::web_sys::Event::new(QUIET) {
        let _ = window().dispatch_event(&quiet);
    }
}

/// A button that reads a text aloud. It hides where the device has no voice of
/// its own: a child's page is never read by a voice across the network.
#[component]
pub fn ReadAloud(
    /// What is read where nothing on the page is found by `reads`.
    #[prop(into)]
    text: Signal<String>,
    /// What is read, for someone who hears the button's name.
    #[prop(optional)]
    label: Option<&'static str>,
    /// Which parts of the nearest dialog, card, group or page are read, one after the
    /// other, each marked while it is: a selector.
    #[prop(optional)]
    reads: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="read-aloud"
            data-read=move || text.get()
            data-reads=reads
            aria-label=label.unwrap_or_else(|| say(words::READ_ALOUD))
        >
            <Picture id="icon-speaker"/>
        </button>
    }
}

/// A button that writes what is said into the box beside it. It shows only where the
/// device hears by itself: what a child says is never sent to be understood elsewhere.
#[component]
pub fn SayAndWrite() -> impl IntoView {
    view! {
        <div class="say-and-write">
            <button
                type="button"
                class="button quiet"
                data-hear=""
                data-listening-words=say(words::LISTENING)
                data-lost-words=say(words::NOT_HEARD)
            >
                <Picture id="icon-dictate"/>
                {say(words::SAY_AND_WRITE)}
            </button>
            <p class="soft" role="status">{say(words::STAYS_HERE)}</p>
        </div>
    }
}
