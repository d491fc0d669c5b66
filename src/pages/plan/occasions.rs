//! What makes this plan worth looking at before the term's meeting.

use super::later::{Part, later};
use crate::api::PlanPage;
use crate::api::occasions::{OccasionLine, finish_occasion, open_occasion};
use crate::device::Device;
use crate::domain::occasions::Kind;
use crate::pages::half::Half;
use crate::pages::steps::Steps;
use crate::ui::field::Asked;
use crate::ui::form::{self, Wrong, fill, typed};
use crate::ui::later::afterwards;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;

const KIND: &str = "occasion-kind";
const WORDS: &str = "occasion-words";

/// The card; nothing where there is nothing to see and nothing to say.
pub fn card(page: Signal<PlanPage>) -> impl Fn() -> Option<AnyView> {
    let steps = Steps::of(page);
    let may_open = Memo::new(move |_| page.with(|page| page.may_open_occasion && page.state.takes_edits()));
    let is_there = Memo::new(move |_| page.with(|page| !page.occasions.is_empty()) || may_open.get());
    move || {
        is_there.get().then(|| {
            let lines = move || {
                page.with(|page| {
                    let may = page.may_open_occasion;
                    page.occasions.iter().map(|occasion| line(steps, page, occasion, may)).collect::<Vec<_>>()
                })
            };
            let none = move || {
                page.with(|page| page.occasions.iter().all(|occasion| occasion.done.is_some()))
                    .then(|| view! { <p class="soft">"Nothing now"</p> })
            };
            view! {
                <section class="card side occasions">
                    <h2>"Look at this before the term’s meeting"</h2>
                    {none}
                    <ul class="lines">{lines}</ul>
                    {notice(steps.trouble)}
                    {move || may_open.get().then(|| by_hand(page, steps))}
                </section>
            }
            .into_any()
        })
    }
}

fn line(steps: Steps, page: &PlanPage, occasion: &OccasionLine, may: bool) -> AnyView {
    let (plan, id) = (page.plan.clone(), occasion.id.clone());
    let who = match &occasion.by {
        Some(by) => format!("{by}, {}", occasion.at.day().short()),
        None if occasion.kind == Kind::KeyStage => format!("Opened by itself on {}", occasion.at.day().short()),
        None => format!("Seen in what was written on {}", occasion.at.day().short()),
    };
    let state = match &occasion.done {
        Some((by, at)) => format!("Looked at by {by} on {}", at.day().short()),
        None if occasion.late => format!("Was to be looked at by {}", occasion.due.spoken()),
        None => format!("Look at it by {}", occasion.due.spoken()),
    };
    let done = (may && occasion.done.is_none()).then(|| {
        steps.button("We have looked at it", "button quiet", move || {
            let (plan, id) = (plan.clone(), id.clone());
            steps.send(async move { finish_occasion(plan, id).await });
        })
    });
    view! {
        <li class="stack tight">
            <p><b>{occasion.kind.words()}</b></p>
            <p class="words">{occasion.words.clone()}</p>
            <p class=if occasion.late { "late" } else { "" }>{state}</p>
            <p class="soft small">{who}</p>
            {done}
        </li>
    }
    .into_any()
}

/// Opening one by hand, behind a line that shows it.
fn by_hand(page: Signal<PlanPage>, steps: Steps) -> AnyView {
    view! {
        <details>
            <summary>"Something has happened"</summary>
            {afterwards(move || later(Part::Occasion(page, steps)))}
        </details>
    }
    .into_any()
}

/// The form itself.
pub(super) fn boxes(page: Signal<PlanPage>, steps: Steps) -> AnyView {
    let device = Device::here();
    let wrong: [Wrong; 2] = std::array::from_fn(|_| RwSignal::new(None));
    let id = StoredValue::new(None);
    let plan = page.with_untracked(|page| page.plan.clone());
    let half = Half::of_empty(&format!("occasion/{plan}"), [KIND, WORDS]);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let kind = typed(KIND).parse::<Kind>();
        let words = typed(WORDS).trim().to_string();
        wrong[0].set(kind.is_err().then(|| "Choose what it is about".to_string()));
        wrong[1].set(words.is_empty().then(|| "Say in a sentence what has happened".to_string()));
        let (Ok(kind), false) = (kind, words.is_empty()) else { return };
        let plan = plan.clone();
        let own = id.get_value().unwrap_or_else(|| device.fresh_row());
        id.set_value(Some(own.clone()));
        steps.send(half.until(async move {
            open_occasion(plan, own, kind, words).await?;
            id.set_value(None);
            fill(WORDS, "");
            Ok(())
        }));
    };
    let about = Asked::new(
        KIND.into(),
        "What is it about?".into(),
        "Those who can read that part of the plan see this. A serious concern is seen by the professionals alone."
            .into(),
    );
    let what = Asked::new(WORDS.into(), "What has happened?".into(), String::new());
    let kinds = || Kind::ALL.iter().map(|kind| (kind.id().to_string(), kind.words().to_string())).collect();
    view! {
        <form class="stack tight" novalidate on:submit=send on:input=move |_| half.keep()>
            {form::choice(&about, wrong[0], "Choose", kinds)}
            {form::words(&what, wrong[1], "")}
            <button type="submit" class="button">"Say that it has to be looked at"</button>
        </form>
    }
    .into_any()
}
