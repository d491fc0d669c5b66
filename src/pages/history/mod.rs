//! What was changed in one section: by whom, when, and in which words. Any earlier
//! wording can be used again, as an edit of whoever presses.

mod again;
mod change;

use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::route::Route;
use crate::api::Problem;
use crate::api::history::{self, HistoryPage, Stretch};
use crate::device::Device;
use crate::domain::calendar::Moment;
use crate::domain::capital::capital;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::ui::field::look_again;
use crate::ui::problem::notice;
use again::Again;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// So many frames, at the most, until a page that is there shows its list.
const SOON: u32 = 10;

#[component]
pub fn History(plan: PlanId, section: SectionId) -> impl IntoView {
    let back = Route::Section(plan.clone(), section).path();
    let page: Loaded<HistoryPage> = load(format!("history/{plan}/{}", section.id()), move || {
        history::history(plan.clone(), section, String::new())
    });
    loaded(page, move |page| {
        let first = page.get_untracked();
        let title = section.section().titled(&first.name);
        let draft = Device::here().open(DocumentName { plan: first.plan, section }, Values::default());
        let again = first.fixed.is_none().then(|| Again::new(draft));
        let fixed =
            first.fixed.map(|why| view! { <p class="note">{format!("{why}. You can read what was changed.")}</p> });
        go_to_named();
        let body = view! {
            <div class="stack roomy history">
                <h1 id="title" tabindex="-1">{format!("History: {title}")}</h1>
                <p class="soft">
                    "Words that came have a line under them and stand between plus signs: "
                    {change::came("like this")}
                    ". Words that went are struck through and stand between minus signs: "
                    {change::went("like this")}
                    "."
                </p>
                {fixed}
                {again.map(Again::told)}
                {list(page, again)}
            </div>
        };
        inside(Some((back, title)), body.into_any())
    })
}

/// Whoever asked who wrote one field comes to the latest change to that.
fn go_to_named() {
    let frames = RwSignal::new(0);
    Effect::new(move |_| {
        frames.get();
        let Some(place) = location_hash().filter(|place| !place.is_empty()) else { return };
        let latest = document().query_selector(&format!("[data-at=\"{place}\"]")).ok().flatten();
        match latest.and_then(|latest| latest.dyn_into::<HtmlElement>().ok()) {
            Some(latest) => {
                latest.scroll_into_view();
                let _ = latest.focus();
            }
            None if frames.get_untracked() < SOON => look_again(frames),
            None => {}
        }
    });
}

/// All of it: what came with the page, and what was before it as far as asked for.
fn list(page: Signal<HistoryPage>, again: Option<Again>) -> AnyView {
    let older = RwSignal::new(Vec::<Stretch>::new());
    let mark = RwSignal::new(page.with_untracked(|page| page.earlier.clone()));
    let trouble = RwSignal::new(None);
    // What follows a page that is new begins anew.
    Effect::new(move |before: Option<Option<String>>| {
        let now = page.with(|page| page.earlier.clone());
        if before.is_some_and(|before| before != now) {
            older.set(Vec::new());
            mark.set(now.clone());
        }
        now
    });
    let busy = RwSignal::new(false);
    let more = move |_| {
        let Some(from) = mark.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let (plan, section) = page.with_untracked(|page| (page.plan.clone(), page.section));
        busy.set(true);
        spawn_local(async move {
            match history::history(plan, section, from).await.map(|page| page.read::<HistoryPage>()) {
                Ok(Some(next)) => {
                    older.update(|older| older.extend(next.stretches));
                    mark.set(next.earlier);
                    trouble.set(None);
                }
                Ok(None) => trouble.set(Some(Problem::Offline.sentence())),
                Err(problem) => trouble.set(Some(problem.sentence())),
            }
            busy.set(false);
        });
    };
    let all = move || {
        let mut all = page.with(|page| page.stretches.clone());
        older.with(|older| all.extend(older.iter().cloned()));
        all
    };
    let none = move || {
        let is_empty = page.with(|page| page.stretches.is_empty());
        is_empty.then(|| view! { <p class="card">"Nothing has been changed here yet."</p> })
    };
    view! {
        {none}
        <ol class="stretches">
            <For each=all key=key children=move |one| stretch(one, again)/>
        </ol>
        {notice(trouble)}
        <p hidden=move || mark.with(Option::is_none)>
            <button type="button" class="button quiet" aria-busy=move || busy.get().then_some("true") on:click=more>
                "Show earlier changes"
            </button>
        </p>
    }
    .into_any()
}

/// What tells one stretch from another: one that goes on is shown anew.
fn key(told: &Stretch) -> String {
    format!("{} {} {} {}", told.from.0, told.until.0, told.changes.len(), told.by)
}

fn stretch(told: Stretch, again: Option<Again>) -> AnyView {
    let when = spoken(told.from, told.until);
    let new = told.new.then(|| view! { <span class="tag sky">"Since you last looked"</span> });
    let left = format!("{}, {when}", told.by);
    let changes: Vec<_> = told.changes.iter().map(|one| change::view(one, again, &left)).collect();
    view! {
        <li class="card">
            <h2>{capital(&told.by)}</h2>
            <p class="soft when">{when}" "{new}</p>
            <ul class="changes">{changes}</ul>
        </li>
    }
    .into_any()
}

/// "Wednesday 25 November 2026, 14:02 to 14:31".
fn spoken(from: Moment, until: Moment) -> String {
    let start = format!("{}, {}", from.day().spoken(), from.clock());
    match (from.day() == until.day(), from.clock() == until.clock()) {
        (true, true) => start,
        (true, false) => format!("{start} to {}", until.clock()),
        (false, _) => format!("{start} to {}", until.spoken()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_says_its_day_once() {
        let at = |minute: i64| Moment(1_795_000_000_000 + minute * 60_000);
        let clock = at(0).clock();
        assert!(spoken(at(0), at(0)).ends_with(&clock));
        assert!(spoken(at(0), at(9)).ends_with(&format!("{clock} to {}", at(9).clock())));
        assert_eq!(spoken(at(0), at(24 * 60)).matches("November").count(), 2);
    }
}
