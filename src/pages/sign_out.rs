//! Signing out: first everything is sent. What can't be sent is said, and the
//! person decides; then this device's keys are destroyed.

use super::load::Mine;
use super::route::{Place, Route};
use crate::api::{self, Me, Problem};
use crate::device::{AtStake, Device};
use crate::domain::words::{Language, fill, leaving as words};
use crate::ui::dialog::Dialog;
use crate::ui::later;
use crate::ui::words::{language, say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

#[component]
pub fn SignOut() -> impl IntoView {
    let (device, place) = (Device::here(), Place::here());
    let me = use_context::<Mine>();
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let at_stake = RwSignal::new(AtStake::default());
    let trouble = RwSignal::new(None);
    let language = language();

    let leave = move || async move {
        busy.set(true);
        match api::sign_out().await {
            Ok(()) | Err(Problem::SignIn) => {
                device.forget().await;
                place.leave(&Route::SignIn.path());
            }
            Err(problem) => {
                trouble.set(Some(still_here(&problem, language)));
                asking.set(true);
                busy.set(false);
            }
        }
    };
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let left = device.flush().await;
            at_stake.set(left);
            if left.unsent == 0 && !left.half_typed {
                return leave().await;
            }
            asking.set(true);
            busy.set(false);
        });
    };
    let asked = Memo::new(move |was: Option<&bool>| asking.get() || was == Some(&true));
    let question = move || asked.get().then(|| later::later(fetch, move || question(at_stake.into(), trouble.into())));
    // Known a moment after the first render, which has to be the server's.
    let who = RwSignal::new(String::new());
    Effect::new(move |_| {
        if let Some(Ok(Me::Adult { name, .. })) = me.and_then(|Mine(me)| me.get()) {
            who.set(name);
        }
    });
    view! {
        <span class="who">{who}</span>
        <button type="button" class="button quiet out" aria-busy=move || busy.get().then_some("true") on:click=press>
            {say(words::SIGN_OUT)}
        </button>
        <Dialog open=asking title=say(words::SIGN_OUT_FIRST)>
            {question}
            <div class="row">
                <button type="button" class="button" on:click=move |_| asking.set(false)>{say(words::STAY)}</button>
                <button
                    type="button"
                    class="button quiet"
                    hidden=move || trouble.get().is_some()
                    on:click=move |_| spawn_local(leave())
                >
                    {say(words::LOSE)}
                </button>
            </div>
        </Dialog>
    }
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn question(at_stake: Signal<AtStake>, trouble: Signal<Option<String>>) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    Ok(if crate::TABLET { ().into_any() } else { lost(at_stake, trouble) })
}

/// What would be lost, or why they are still signed in.
fn lost(at_stake: Signal<AtStake>, trouble: Signal<Option<String>>) -> AnyView {
    let language = language();
    let told = move || {
        let AtStake { unsent, half_typed } = at_stake.get();
        let changes = match unsent {
            0 => String::new(),
            1 => language.say(words::LOSE_ONE).into(),
            some => fill(language.say(words::LOSE_SOME), &[("count", &some.to_string())]),
        };
        let half = if half_typed { language.say(words::HALF_TYPED) } else { "" };
        trouble.get().unwrap_or_else(|| format!("{changes} {half}").trim().to_string())
    };
    view! { <p>{told}</p> }.into_any()
}

fn still_here(problem: &Problem, language: Language) -> String {
    match problem {
        Problem::Offline => language.say(words::STILL_HERE).into(),
        other => format!("{}.", other.said(language)),
    }
}
