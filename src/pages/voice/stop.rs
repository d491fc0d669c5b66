//! "Stop for now": the words wait where they are, and the tablet can go back.

use super::frame::Heading;
use super::talk::Talk;
use crate::sync::outbox::Status;
use crate::ui::status::shown_status;
use leptos::prelude::*;

#[component]
pub fn Stopped(talk: Talk) -> impl IntoView {
    view! {
        <Heading talk words="You can stop now"/>
        <Kept/>
        <p class="lead">"You can carry on another day, from the same place."</p>
        <GiveBack/>
    }
}

/// That the words are kept, said only when it is so.
#[component]
pub fn Kept() -> impl IntoView {
    let status = shown_status();
    let words = move || match status.get() {
        Status::NotStored => {
            "Wait. This tablet couldn't keep your last words. Show this to the grown-up who is with you."
        }
        Status::Writing => "Your words are being saved.",
        _ => "Your words are saved just as you said them.",
    };
    view! { <p class="lead">{words}</p> }
}

/// The tablet goes back to the adult, who has to sign in: what wasn't shared
/// stays shut to them.
#[component]
pub fn GiveBack() -> impl IntoView {
    view! {
        <section class="card give-back">
            <div>
                <h2>"Give the tablet back"</h2>
                <p class="soft">"The grown-up signs in again. They can't see what you didn't share."</p>
            </div>
            <a class="button" href="/sign-in" data-leave="">"Give the tablet back"</a>
        </section>
    }
}
