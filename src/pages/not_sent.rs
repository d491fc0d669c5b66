//! What this device wrote and the server would not take. It stays here until the
//! person has copied it or lets it go, one by one.

use super::inside::outside;
use super::route::Route;
use crate::device::{Device, NotSent};
use crate::ui::dialog::Dialog;
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
                <p class="lead">
                    "Nothing was refused. What isn’t sent yet sends by itself. When a plan doesn’t take a change, its \
                     words are kept on this page for you to copy."
                </p>
                <p><a class="button" href=Route::Home.path()>"Go to the children"</a></p>
            }
            .into_any(),
            false => {
                let items: Vec<_> = kept.into_iter().map(|kept| view! { <Item kept/> }.into_any()).collect();
                view! {
                    <p class="lead">
                        "These words are on this device only. Copy what you want to keep, then discard it here."
                    </p>
                    <ul class="stack roomy plain">{items}</ul>
                }
                .into_any()
            }
        })
    };
    let body = view! {
        <div class="stack roomy">
            <h1 id="title" tabindex="-1">"What was not sent"</h1>
            {list}
        </div>
    };
    outside(body.into_any())
}

#[component]
fn Item(kept: NotSent) -> impl IntoView {
    let device = Device::here();
    let asking = RwSignal::new(false);
    let copied = RwSignal::new("");
    let NotSent { document, why, words, .. } = kept;
    let href = Route::Section(document.plan.clone(), document.section).path();
    let title = document.section.section().titled("the young person");
    let to_copy = words.clone();
    let copy = move |_| {
        let words = to_copy.clone();
        spawn_local(async move {
            copied.set(match device.copy(words).await {
                true => "Copied",
                false => "This browser didn’t copy it. Select the words above and copy them yourself",
            });
        });
    };
    view! {
        <li class="card stack">
            <h2><a href=href>{title}</a></h2>
            <p>{why}"."</p>
            <blockquote class="kept-words" tabindex="0" role="group" aria-label="The words">{words}</blockquote>
            <div class="row">
                <button type="button" class="button" on:click=copy>"Copy"</button>
                <button type="button" class="button quiet" on:click=move |_| asking.set(true)>"Discard"</button>
                <span role="status">{move || copied.get()}</span>
            </div>
            <Dialog open=asking title="Discard these words?">
                <p>"They are on this device only. After this they are gone."</p>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>"Keep them"</button>
                    <button type="button" class="button quiet" on:click=move |_| device.discard(document.clone())>
                        "Discard them"
                    </button>
                </div>
            </Dialog>
        </li>
    }
}
