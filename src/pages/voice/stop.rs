//! "Stop for now": the words wait where they are, and the tablet can go back.

use super::frame::Heading;
use super::talk::Talk;
use crate::api;
use crate::device::Device;
use crate::domain::words::{code, voice as words};
use crate::pages::route::{Place, Route};
use crate::sync::outbox::Status;
use crate::ui::speech::ReadAloud;
use crate::ui::status::shown_status;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::MouseEvent;

#[component]
pub fn Stopped(talk: Talk) -> impl IntoView {
    view! {
        <Heading talk words=say(words::STOPPED) symbol="sym-stop" reads="main h1, main .lead, .give-back h2, .give-back p"/>
        <Kept/>
        <p class="lead">{say(words::ANOTHER_DAY)}</p>
        {gives_back(Some(give_back("button")))}
    }
}

/// That the words are kept, said only when it is so.
#[component]
pub fn Kept() -> impl IntoView {
    let status = shown_status();
    let spoken = Words::here();
    let words = move || {
        spoken.say(match status.get() {
            Status::NotStored => words::NOT_KEPT,
            Status::Writing => words::BEING_SAVED,
            _ => words::SAVED,
        })
    };
    view! { <p class="lead">{words}</p> }
}

/// Whether a card opened this sitting: then no adult gave the tablet, and none gets it.
#[derive(Clone, Copy)]
pub struct ByCard(pub bool);

fn is_by_card() -> bool {
    use_context::<ByCard>().is_some_and(|ByCard(by_card)| by_card)
}

/// The tablet goes back to the adult, who has to sign in: what wasn't shared stays shut
/// to them. Where a card opened it, it is closed. `way` is its button; on the last screen
/// that stands in the bar at the bottom.
pub fn gives_back(way: Option<AnyView>) -> AnyView {
    let (title, then) = match is_by_card() {
        true => (code::CLOSE_CARD, code::CARD_OPENS_AGAIN),
        false => (words::GIVE_BACK, words::GROWN_UP_SIGNS_IN),
    };
    view! {
        <section class="card give-back">
            <div>
                <h2>{say(title)}</h2>
                <p class="soft">{say(then)}</p>
            </div>
            <ReadAloud text=say(then) reads="h2, p"/>
            {way}
        </section>
    }
    .into_any()
}

/// The button that gives the tablet back, or ends a card's sitting on it: the card
/// opens it again.
pub fn give_back(class: &'static str) -> AnyView {
    let (place, device, status, is_by_card) = (Place::here(), Device::here(), shown_status(), is_by_card());
    let busy = RwSignal::new(false);
    let go = move |event: MouseEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            // A recording may still be on its way, and nothing sends it from the next page.
            if !matches!(status.get_untracked(), Status::Waiting(_)) {
                device.flush().await;
            }
            // They may have gone on writing meanwhile.
            if busy.try_get_untracked() != Some(true) {
                return;
            }
            busy.set(false);
            if is_by_card {
                // Without a network the sitting ends by itself; the picture code locks it.
                let _ = api::sign_out().await;
            }
            place.leave(&if is_by_card { Route::Card } else { Route::SignIn }.path());
        });
    };
    let is_busy = move || busy.get().then_some("true");
    if is_by_card {
        return view! { <button type="button" class=class aria-busy=is_busy on:click=go>{say(code::CLOSE_CARD)}</button> }
            .into_any();
    }
    view! { <a class=class href="/sign-in" data-leave="" aria-busy=is_busy on:click=go>{say(words::GIVE_BACK)}</a> }
        .into_any()
}
