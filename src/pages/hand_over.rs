//! Handing the tablet over to a child or young person: the adult's session ends
//! on this device, and it shows My voice and nothing else.

use super::bundle::Bundle;
use super::route::{Place, Route};
use crate::api::{self, Problem};
use crate::app::BUNDLE;
use crate::device::Device;
use crate::domain::people::PlanId;
use crate::domain::words::influence::NOT_NOW;
use crate::domain::words::{Language, fill, leaving as words};
use crate::ui::dialog::Dialog;
use crate::ui::later;
use crate::ui::problem::notice;
use crate::ui::words::{language, say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The way to hand over; or, where it is `shut`, why there is none now.
#[component]
pub fn HandOver(plan: PlanId, name: String, shut: Option<String>) -> impl IntoView {
    if let Some(why) = shut {
        return view! { <p class="soft">{language().of(&why).to_string()}</p> }.into_any();
    }
    let asking = RwSignal::new(false);
    let asked = Memo::new(move |was: Option<&bool>| asking.get() || was == Some(&true));
    let [to, title, shows] = [words::HAND_OVER_TO, words::HAND_OVER_SURE, words::HAND_OVER_SHOWS]
        .map(|word| fill(say(word), &[("name", &name)]));
    let question = move || {
        let (plan, shows) = (plan.clone(), shows.clone());
        asked.get().then(move || later::later(fetch, move || question(plan.clone(), shows.clone())))
    };
    view! {
        <button type="button" class="button quiet" on:click=move |_| asking.set(true)>
            {to}
        </button>
        <Dialog open=asking title=title>
            {question}
            <div>
                <button type="button" class="button quiet" on:click=move |_| asking.set(false)>{say(NOT_NOW)}</button>
            </div>
        </Dialog>
    }
    .into_any()
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn question(plan: PlanId, shows: String) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    Ok(match BUNDLE {
        Bundle::Plan | Bundle::Carer | Bundle::Whole => sure(plan, shows),
        _ => ().into_any(),
    })
}

/// What is asked before, and what happens then.
fn sure(plan: PlanId, shows: String) -> AnyView {
    let (device, place) = (Device::here(), Place::here());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None);
    let told = RwSignal::new(false);
    let language = language();
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let plan = plan.clone();
        spawn_local(async move {
            match give(device, plan, language, told).await {
                Ok(()) => place.leave(&Route::Voice.path()),
                Err(sentence) => {
                    trouble.set(Some(sentence));
                    busy.set(false);
                }
            }
        });
    };
    view! {
        <p>{shows}</p>
        <p>{say(words::HAND_OVER_NEEDS)}</p>
        <p>{say(words::HAND_OVER_BACK)}</p>
        {notice(trouble)}
        <div>
            <button type="button" class="button" aria-busy=move || busy.get().then_some("true") on:click=go>
                {say(words::HAND_OVER)}
            </button>
        </div>
    }
    .into_any()
}

/// Sends everything first: the adult's words go before the adult does. What they typed and
/// didn't add they are told of once; who then presses again goes on without it.
async fn give(device: Device, plan: PlanId, language: Language, told: RwSignal<bool>) -> Result<(), String> {
    let left = device.flush().await;
    match left.unsent {
        0 => {}
        1 => return Err(language.say(words::UNSENT_ONE).into()),
        some => return Err(fill(language.say(words::UNSENT_SOME), &[("count", &some.to_string())])),
    }
    if left.half_typed && told.try_get_untracked() == Some(false) {
        told.set(true);
        return Err(language.say(words::HALF_TYPED).into());
    }
    match api::hand_over(plan).await {
        Ok(()) => {
            device.forget().await;
            Ok(())
        }
        Err(Problem::Offline) => Err(language.say(words::HAND_OVER_OFFLINE).into()),
        Err(problem) => Err(format!("{}.", problem.said(language))),
    }
}
