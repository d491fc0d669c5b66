//! Handing the tablet over to a child or young person: the adult's session ends
//! on this device, and it shows My voice and nothing else.

use super::route::{Place, Route};
use crate::api::{self, Problem};
use crate::device::Device;
use crate::domain::people::PlanId;
use crate::domain::words::influence::NOT_NOW;
use crate::domain::words::{Language, fill, leaving as words};
use crate::ui::dialog::Dialog;
use crate::ui::problem::notice;
use crate::ui::words::{language, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The way to hand over; or, where it is `shut`, why there is none now.
#[component]
pub fn HandOver(plan: PlanId, name: String, shut: Option<String>) -> impl IntoView {
    if let Some(why) = shut {
        return view! { <p class="soft">{language().of(&why).to_string()}</p> }.into_any();
    }
    let (device, place) = (Device::here(), Place::here());
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None);
    let told = RwSignal::new(false);
    let language = language();
    let go = move || {
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
    let [to, title, shows] = [words::HAND_OVER_TO, words::HAND_OVER_SURE, words::HAND_OVER_SHOWS]
        .map(|word| fill(say(word), &[("name", &name)]));
    view! {
        <button type="button" class="button quiet" on:click=move |_| asking.set(true)>
            {to}
        </button>
        <Dialog open=asking title=title>
            <p>{shows}</p>
            <p>{say(words::HAND_OVER_NEEDS)}</p>
            <p>{say(words::HAND_OVER_BACK)}</p>
            {notice(trouble)}
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| go()
                >
                    {say(words::HAND_OVER)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| asking.set(false)>{say(NOT_NOW)}</button>
            </div>
        </Dialog>
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
