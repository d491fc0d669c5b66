//! Reading aloud. This part only marks what is to be read; the browser's half
//! listens for the press and speaks, so the same part renders on the server.

use super::pictures::Picture;
use leptos::prelude::*;

/// A button that reads a text aloud. It hides where the device has no voice of
/// its own: a child's page is never read by a voice across the network.
#[component]
pub fn ReadAloud(
    #[prop(into)] text: Signal<String>,
    /// What is read, for someone who hears the button's name.
    #[prop(default = "Read this aloud")]
    label: &'static str,
) -> impl IntoView {
    view! {
        <button type="button" class="read-aloud" data-read=move || text.get() aria-label=label>
            <Picture id="icon-speaker"/>
        </button>
    }
}
