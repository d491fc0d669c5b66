//! What this device wrote and the server would not take. It stays here until the
//! person has copied it or lets it go, one by one. What came too late for a plan that was
//! closed is kept beside that, and said to be.

use super::inside::outside;
use super::route::Route;
use crate::api::offered::offer;
use crate::device::{Device, NotSent};
use crate::domain::access::Refusal;
use crate::domain::plan::DocumentName;
use crate::domain::voice::fingerprint;
use crate::domain::words::not_sent as words;
use crate::domain::words::problem::TO_CHILDREN;
use crate::ui::dialog::Dialog;
use crate::ui::words::{Own, Words, language, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn NotSentView() -> impl IntoView {
    let device = Device::here();
    // Only this device knows, so the first render says nothing yet.
    let kept = RwSignal::new(None::<Vec<NotSent>>);
    Effect::new(move |_| kept.set(Some(device.not_sent.get())));
    let list = move || {
        kept.get().map(|kept| match kept.is_empty() {
            true => view! {
                <p class="lead">{say(words::NOTHING)}</p>
                <p><a class="button" href=Route::Home.path()>{say(TO_CHILDREN)}</a></p>
            }
            .into_any(),
            false => {
                let items: Vec<_> = kept.into_iter().map(|kept| view! { <Item kept/> }.into_any()).collect();
                view! { <ul class="stack roomy plain">{items}</ul> }.into_any()
            }
        })
    };
    let came_late = move || {
        kept.with(|kept| kept.as_ref().is_some_and(|kept| !kept.is_empty() && kept.iter().all(|kept| kept.late)))
    };
    // A carer's is in their language, once it is known here.
    move || {
        Own::follow();
        let heading = move || say(if came_late() { words::CAME_LATE } else { words::HEADING });
        let body = view! {
            <div class="stack roomy">
                <h1 id="title" tabindex="-1">{heading}</h1>
                {list}
            </div>
        };
        outside(body.into_any())
    }
}

#[component]
fn Item(kept: NotSent) -> impl IntoView {
    let (device, spoken) = (Device::here(), Words::here());
    let asking = RwSignal::new(false);
    let (told, offered) = (RwSignal::new(String::new()), RwSignal::new(false));
    let NotSent { document, path, why, words: written, late } = kept;
    let after = if late { words::TEAM_KEEPS } else { words::THEN_GONE };
    let href = Route::Section(document.plan.clone(), document.section).path();
    let title = language().of(document.section.section().title).replace("{name}", "the young person");
    // They may not write there any more: the server knows whether they ever did.
    let ended = [Refusal::Ended, Refusal::NotYours].iter().any(|no| why == no.sentence()) && !written.is_empty();
    let why = format!("{}.", language().of(&why));
    let to_copy = written.clone();
    let copy = move |_| {
        let written = to_copy.clone();
        spawn_local(async move {
            told.set(spoken.say(if device.copy(written).await { words::COPIED } else { words::NOT_COPIED }).into());
        });
    };
    let (to_offer, name) = (written.clone(), document.clone());
    // What was offered is known the next time too, by its mark: other words are offered anew.
    let kept_as = (format!("offered/{document}"), fingerprint(&written));
    let kept = device.kept(&kept_as.0);
    let mark = kept_as.1.clone();
    spawn_local(async move {
        if kept.await == Some(mark) {
            let _ = offered.try_set(true);
        }
    });
    let press = move |_| {
        let (written, DocumentName { plan, section }) = (to_offer.clone(), name.clone());
        let (key, mark) = kept_as.clone();
        spawn_local(async move {
            match offer(plan, section, written).await {
                Ok(()) => {
                    device.keep(&key, &mark);
                    let _ = offered.try_set(true);
                }
                // The list may be drawn anew by then.
                Err(problem) => drop(told.try_set(format!("{}.", problem.said(spoken.language())))),
            }
        });
    };
    let may_offer = move || ended && !offered.get();
    // Of some words on this page that is true, and of others it isn't.
    let only_here =
        (!late).then(|| view! { <p hidden=move || offered.get()>{say(words::ON_DEVICE_ONLY)}</p> }.into_any());
    view! {
        <li class="card stack">
            <h2><a href=href>{title}</a></h2>
            <p>{why}</p>
            {only_here}
            <blockquote class="kept-words" tabindex="0" role="group" aria-label=say(words::THE_WORDS) dir="auto">
                {written}
            </blockquote>
            <div class="row">
                <button type="button" class="button" on:click=copy>{say(words::COPY)}</button>
                <button type="button" class="button quiet" hidden=move || !may_offer() on:click=press>{say(words::OFFER)}</button>
                <button type="button" class="button quiet" on:click=move |_| asking.set(true)>{say(words::DISCARD)}</button>
                <span role="status">
                    {move || if offered.get() { spoken.say(words::OFFERED).to_string() } else { told.get() }}
                </span>
            </div>
            <Dialog open=asking title=say(words::DISCARD_SURE)>
                <p hidden=move || offered.get()>{say(after)}</p>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{say(words::KEEP)}</button>
                    <button type="button" class="button quiet" on:click=move |_| device.discard(document.clone(), path.clone())>
                        {say(words::DISCARD_YES)}
                    </button>
                </div>
            </Dialog>
        </li>
    }
}
