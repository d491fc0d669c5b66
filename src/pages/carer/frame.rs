//! What stands round a carer's pages: whose they are at the top, and the ways between
//! them at the bottom, in reach of a thumb.

use crate::api::words::speak;
use crate::device::Device;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::domain::words::carer as words;
use crate::domain::words::not_sent::CAME_LATE;
use crate::domain::words::problem::SEE_NOT_SENT;
use crate::domain::words::{Language, choosing};
use crate::pages::route::Place;
use crate::pages::route::Route;
use crate::ui::languages::{Languages, NotChecked};
use crate::ui::pictures::Picture;
use crate::ui::status::{Speaker, StatusLine};
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which of a carer's pages one is on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Questions,
    Agreed,
    Children,
}

/// A page in its language, between its top and what stays in reach at the bottom.
pub(super) fn framed(top: AnyView, body: AnyView, foot: AnyView) -> AnyView {
    let language = Words::here().language();
    view! {
        <div class="carer" lang=language.tag() dir=language.direction()>
            <a class="skip" href="#main">{say(words::SKIP)}</a>
            {top}
            <main class="carer-page" id="main">
                <Refused/>
                {body}
                <NotChecked/>
                <Speaking/>
            </main>
            {foot}
        </div>
    }
    .into_any()
}

/// Whose plan it is, and a word about it.
pub(super) fn top(name: &str, below: String, plan: &PlanId) -> AnyView {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    view! {
        <header class="carer-top">
            <span class="initials" aria-hidden="true">{initials}</span>
            <p>
                <b>{name.to_string()}</b>
                <span class="soft">{below}</span>
            </p>
            <a class="to-plan" href=Route::Plan(plan.clone()).path()>
                <Picture id="icon-menu"/>
                <span>{say(words::PLAN)}</span>
            </a>
        </header>
    }
    .into_any()
}

/// The bar at the bottom: where the words are, the way on, and the other pages.
pub(super) fn foot(plan: &PlanId, here: Tab, onward: AnyView) -> AnyView {
    let tab = |tab: Tab, href: String, word| {
        let current = (tab == here).then_some("page");
        view! { <a href=href aria-current=current>{say(word)}</a> }.into_any()
    };
    view! {
        <footer class="carer-foot">
            <StatusLine speaker=Speaker::Carer/>
            {onward}
            <nav class="tabs">
                {tab(Tab::Questions, Route::Section(plan.clone(), SectionId::CarersView).path(), words::QUESTIONS)}
                {tab(Tab::Agreed, Route::Agreed(plan.clone()).path(), words::AGREED_TAB)}
                {tab(Tab::Children, Route::Carer.path(), words::CHILDREN)}
            </nav>
        </footer>
    }
    .into_any()
}

/// The way to what the server would not take into the plan, where there is something.
#[component]
fn Refused() -> impl IntoView {
    let (device, not_sent, came_late) = (Device::here(), say(SEE_NOT_SENT), say(CAME_LATE));
    move || {
        let (some, late) = device.not_sent.with(|kept| (!kept.is_empty(), kept.iter().all(|kept| kept.late)));
        let see = if late { came_late } else { not_sent };
        some.then(|| view! { <p><a class="button quiet wide" href=Route::NotSent.path()>{see}</a></p> })
    }
}

/// Choosing the language of a carer's pages. The page is asked for again in it: what was
/// written is kept, as at any moment.
#[component]
fn Speaking() -> impl IntoView {
    let (place, now) = (Place::here(), Words::here());
    let told = RwSignal::new(None);
    // Ten names that few look for needn't travel with every page.
    let opened = RwSignal::new(false);
    let choose = Callback::new(move |language: Language| {
        told.set(Some(now.say(choosing::COMING)));
        spawn_local(async move {
            match speak(language).await {
                Ok(_) => place.leave(&place.route.get_untracked().path()),
                Err(_) => told.set(Some(now.say(choosing::NOT_COME))),
            }
        });
    });
    // Whoever can't read the page's language finds the way by its English name.
    let english = (!now.language().is_english()).then(|| {
        view! { " / "<span lang=Language::English.tag()>{choosing::LANGUAGE.english()}</span> }
    });
    view! {
        <details class="speaking" on:toggle=move |_| opened.set(true)>
            <summary>{say(choosing::LANGUAGE)}{english}</summary>
            {move || opened.get().then(|| view! { <Languages choose told/> })}
        </details>
    }
}
