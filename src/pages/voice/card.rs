//! A young person's own card: the page that its code leads to, and what it opens where
//! there is no picture code yet. The card's secret stands after `#` in the address,
//! which browsers send to nobody.

use super::code::GiveCode;
use super::frame::Outside;
use super::later::later_code;
use crate::api::{self, Opened, Problem, SittingPage};
use crate::device::Device;
use crate::domain::voice::Look;
use crate::domain::words::{Language, Word, code as words, voice};
use crate::pages::route::{Place, Route};
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Under what the device keeps the secret of the card that opened it, sealed.
const KEPT: &str = "card";

/// What stands after `#` in the address; empty on the server.
fn secret() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_string()
}

/// The page at `/v`.
#[component]
pub fn CardView() -> impl IntoView {
    provide_context(Words(RwSignal::new(Language::English)));
    let (device, place) = (Device::here(), Place::here());
    let (said, tell) = signal(words::CARD_OPENING);
    let again = RwSignal::new(false);
    // Asks for the code of whoever was here last, where the network is gone.
    let locked = RwSignal::new(None::<RwSignal<bool>>);
    let open = move || {
        again.set(false);
        tell.set(words::CARD_OPENING);
        spawn_local(async move {
            match opened(device, secret()).await {
                Ok(Found::Opened) => place.leave(&format!("{}#{}", Route::Voice.path(), secret())),
                Ok(Found::Kept) => place.leave(&Route::Voice.path()),
                Ok(Found::Locked) => locked.set(Some(RwSignal::new(false))),
                Err(sentence) => {
                    tell.set(sentence);
                    again.set(true);
                }
            }
        });
    };
    Effect::new(move |_| open());
    // A code just given: the same again, with the drawers open.
    Effect::new(move |_| {
        if locked.get().is_some_and(|given| given.get()) {
            locked.set(None);
            open();
        }
    });
    move || {
        match locked.get() {
        Some(given) => view! { <GiveCode page=SittingPage::unread() given/> }.into_any(),
        None => view! {
            <Outside look=Look::Both>
                <main class="voice-page" id="main">
                    <div class="asking">
                        <h1 tabindex="-1">{say(words::CARD_TITLE)}</h1>
                        <ReadAloud text=say(words::CARD_TITLE) reads="main h1, main .lead"/>
                    </div>
                    <p class="lead" role="status">{move || say(said.get())}</p>
                    <div class="row">
                        {move || again.get().then(|| view! {
                            <button type="button" class="button" on:click=move |_| open()>{say(voice::TRY_AGAIN)}</button>
                        })}
                    </div>
                </main>
            </Outside>
        }
        .into_any(),
    }
    }
}

/// What a card found.
enum Found {
    /// A sitting of its own.
    Opened,
    /// What this device kept of an earlier one, without a network.
    Kept,
    /// The same, behind a picture code.
    Locked,
}

async fn opened(device: Device, secret: String) -> Result<Found, Word> {
    if secret.is_empty() {
        return Err(words::CARD_SCAN);
    }
    match api::open_card(secret.clone()).await {
        Ok(Opened::Open) => Ok(Found::Opened),
        Ok(Opened::Stopped) => Err(words::CARD_STOPPED),
        Ok(Opened::Ended) => Err(words::CARD_ENDED),
        Ok(Opened::Unknown) => Err(words::CARD_UNKNOWN),
        Ok(Opened::TooOften) => Err(words::CARD_OFTEN),
        Ok(Opened::GrownUp) => Err(words::CARD_GROWN_UP),
        Err(Problem::Offline) => match device.kept(KEPT).await {
            // Somebody else's words may be kept here: only the same card opens them.
            Some(kept) if kept == secret => Ok(Found::Kept),
            None if device.locked.get_untracked() => Ok(Found::Locked),
            _ => Err(words::CARD_OFFLINE),
        },
        Err(_) => Err(voice::NOT_YOUR_FAULT),
    }
}

/// Keeps the secret that came in the address, sealed, so that the same card opens this
/// device again without a network; and takes it out of the address.
pub fn keep() {
    let device = Device::here();
    Effect::new(move |_| {
        let secret = secret();
        // Only a card's is so long.
        if secret.len() == 64 {
            device.keep(KEPT, &secret);
            if let Ok(history) = window().history() {
                let path = Route::Voice.path();
                let _ = history.replace_state_with_url(&leptos::wasm_bindgen::JsValue::NULL, "", Some(&path));
            }
        }
    });
}

/// A code may be chosen here, and before that nothing opens: nothing was written yet, or
/// the old one was forgotten.
#[component]
pub fn CodeFirst(page: SittingPage, chosen: RwSignal<bool>) -> impl IntoView {
    let hello = say(words::CHOOSE_CODE);
    view! {
        <Outside looks=page.looks look=Look::at_age(page.age) team=page.team>
            <main class="voice-page" id="main">
                <div class="asking">
                    <h1 tabindex="-1">{hello}</h1>
                    <ReadAloud text=hello reads="main h1, main p"/>
                </div>
                <p>{say(words::CODE_FIRST)}</p>
                {page.reset.map(|told| view! { <p>{told}</p> })}
                {later_code(chosen)}
            </main>
        </Outside>
    }
}

/// Something was written and no code chosen: a card that was found opens none of it.
#[component]
pub fn EarlierShut(page: SittingPage) -> impl IntoView {
    view! {
        <Outside looks=page.looks look=Look::at_age(page.age) team=page.team>
            <main class="voice-page" id="main">
                <div class="asking">
                    <h1 tabindex="-1">{say(words::EARLIER_SHUT)}</h1>
                    <ReadAloud text=say(words::EARLIER_WHY) reads="main h1, main p"/>
                </div>
                <p class="lead">{say(words::EARLIER_WHY)}</p>
                <p class="lead">{say(words::EARLIER_HOW)}</p>
            </main>
        </Outside>
    }
}
