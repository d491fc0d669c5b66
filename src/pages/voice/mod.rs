//! My voice: the young person's own page, on a tablet that an adult handed over.
//! One question fills a screen. Nothing is required, nothing is timed, and
//! nobody else sees an answer until they share it.

mod audience;
mod code;
mod draw;
mod finish;
mod frame;
mod picks;
mod question;
mod record;
mod safety;
mod sharing;
mod stop;
mod talk;
mod welcome;

pub use picks::drawing as drawing_of;

use crate::api::{self, Page, Problem, SittingPage};
use crate::device::Device;
use crate::pages::load::{load, loaded_or};
use crate::ui::others::Alone;
use code::{ChooseCode, GiveCode};
use finish::Finish;
use frame::Frame;
use leptos::prelude::*;
use leptos::task::spawn_local;
use question::Ask;
use safety::NeedHelp;
use stop::Stopped;
use talk::{Screen, Talk};
use welcome::Welcome;

/// The page at `/voice`.
#[component]
pub fn Voice() -> impl IntoView {
    provide_context(Alone);
    let page = load::<SittingPage, _>("sitting", api::sitting);
    let waiting = || view! { <div class="voice" aria-busy="true"></div> }.into_any();
    loaded_or(page, waiting, |page| match page {
        Ok(page) => view! { <Sitting page/> }.into_any(),
        Err(problem) => view! { <Unreached problem/> }.into_any(),
    })
}

/// A sitting: behind its picture code where there is one, else at once.
#[component]
fn Sitting(page: SittingPage) -> impl IntoView {
    let device = Device::here();
    let given = RwSignal::new(!page.has_code);
    // Known only after the first render, which has to be what the server rendered.
    let locked = RwSignal::new(false);
    Effect::new(move |_| locked.set(device.locked.get()));
    let open = Memo::new(move |_| given.get() && !locked.get());
    let page = StoredValue::new(page);
    move || {
        if open.get() {
            view! { <Talking page=page.get_value()/> }.into_any()
        } else {
            view! { <GiveCode page=page.get_value() given/> }.into_any()
        }
    }
}

/// Without the server: what this device kept, once its picture code opened it.
#[component]
fn Unreached(problem: Problem) -> impl IntoView {
    let device = Device::here();
    let given = RwSignal::new(false);
    let kept = RwSignal::new(None::<SittingPage>);
    Effect::new(move |_| {
        if given.get() {
            spawn_local(async move {
                kept.set(device.kept("sitting").await.and_then(|text| Page(text).read()));
            });
        }
    });
    move || match (kept.get(), device.locked.get()) {
        (Some(page), _) => view! { <Talking page/> }.into_any(),
        (None, true) => view! { <GiveCode page=SittingPage::unread() given/> }.into_any(),
        (None, false) => view! { <NotHere problem=problem.clone()/> }.into_any(),
    }
}

/// The conversation itself.
#[component]
fn Talking(page: SittingPage) -> impl IntoView {
    let talk = Talk::new(page);
    let screen = Memo::new(move |_| talk.screen());
    view! {
        <Frame talk screen>
            {move || match screen.get() {
                Screen::Welcome => view! { <Welcome talk/> }.into_any(),
                Screen::Code => view! { <ChooseCode talk/> }.into_any(),
                Screen::Ask(asked) => view! { <Ask talk asked/> }.into_any(),
                Screen::Finish => view! { <Finish talk/> }.into_any(),
                Screen::Stopped => view! { <Stopped talk/> }.into_any(),
            }}
        </Frame>
    }
}

/// The sitting is over, or can't be reached.
#[component]
fn NotHere(problem: Problem) -> impl IntoView {
    let over = matches!(problem, Problem::SignIn | Problem::NotFound);
    let words = if over {
        "This tablet isn't yours to use just now. Give it to the grown-up who is with you.".to_string()
    } else {
        "That didn't work. It's not your fault. Ask the grown-up who is with you.".to_string()
    };
    view! {
        <div class="voice" data-look="both">
            <header class="voice-top">
                <span></span>
                <NeedHelp/>
            </header>
            <main class="voice-page" id="main">
                <h1 tabindex="-1">{if over { "All closed" } else { "We can't open this now" }}</h1>
                <p class="lead">{words}</p>
                <div class="row">
                    {(!over).then(|| view! { <a class="button" href="/voice" data-leave="">"Try again"</a> })}
                    <a class="button quiet" href="/sign-in" data-leave="">"For the grown-up: sign in"</a>
                </div>
            </main>
        </div>
    }
}
