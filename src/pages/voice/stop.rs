//! "Stop for now": the words wait where they are, and the tablet can go back.

use super::frame::Heading;
use super::talk::Talk;
use crate::api;
use crate::domain::words::{code, voice as words};
use crate::pages::route::{Place, Route};
use crate::sync::outbox::Status;
use crate::ui::status::shown_status;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Stopped(talk: Talk) -> impl IntoView {
    view! {
        <Heading talk words=say(words::STOPPED) symbol="sym-stop" reads="main h1, main .lead, .give-back p"/>
        <Kept/>
        <p class="lead">{say(words::ANOTHER_DAY)}</p>
        <GiveBack/>
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

/// The tablet goes back to the adult, who has to sign in: what wasn't shared stays shut
/// to them. Where a card opened it, it is closed.
#[component]
pub fn GiveBack() -> impl IntoView {
    if use_context::<ByCard>().is_some_and(|ByCard(by_card)| by_card) {
        return view! { <CloseCard/> }.into_any();
    }
    view! {
        <section class="card give-back">
            <div>
                <h2>{say(words::GIVE_BACK)}</h2>
                <p class="soft">{say(words::GROWN_UP_SIGNS_IN)}</p>
            </div>
            <a class="button" href="/sign-in" data-leave="">{say(words::GIVE_BACK)}</a>
        </section>
    }
    .into_any()
}

/// Ends the sitting on this tablet; the card opens it again.
#[component]
fn CloseCard() -> impl IntoView {
    let place = Place::here();
    let close = move |_| {
        spawn_local(async move {
            // Without a network the sitting ends by itself; the picture code locks it.
            let _ = api::sign_out().await;
            place.leave(&Route::Card.path());
        });
    };
    view! {
        <section class="card give-back">
            <div>
                <h2>{say(code::CLOSE_CARD)}</h2>
                <p class="soft">{say(code::CARD_OPENS_AGAIN)}</p>
            </div>
            <button type="button" class="button" on:click=close>{say(code::CLOSE_CARD)}</button>
        </section>
    }
}
