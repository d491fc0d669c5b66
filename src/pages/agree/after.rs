//! What stands beside a plan that is closed: words that arrived late, and what was
//! put right. Neither is mixed into the plan.

use crate::api::agreeing::{Correction, correct};
use crate::api::{Change, PlanPage};
use crate::domain::sections::SectionId;
use crate::pages::half::Half;
use crate::pages::steps::Steps;
use crate::ui::change::{Told, whole};
use crate::ui::field::Asked;
use crate::ui::form::{choice, typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;

pub fn late(page: &PlanPage) -> Option<AnyView> {
    let lines: Vec<_> = page
        .agreeing
        .late
        .iter()
        .map(|change| view! { <li>{whole(&told(change), &page.name)}</li> }.into_any())
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card late">
                <h2>"Came in late"</h2>
                <p class="soft">"Written before anyone knew that the plan was closed. It is kept here, and the plan is as it was signed."</p>
                <ul class="lines">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

fn told(change: &Change) -> Told {
    let Change { section, path, by, at, was, became } = change.clone();
    Told { section, path, by, at, was, became }
}

pub fn corrections(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    let list = move || {
        page.with(|page| {
            let lines: Vec<_> =
                page.agreeing.corrections.iter().map(|correction| line(correction, &page.name)).collect();
            (!lines.is_empty()).then(|| view! { <ul class="lines">{lines}</ul> }.into_any())
        })
    };
    let may = move || page.with(|page| !page.agreeing.may_correct.is_empty());
    let shown = move || may() || page.with(|page| !page.agreeing.corrections.is_empty());
    view! {
        <section class="card stack" hidden=move || !shown()>
            <h2>"Put right afterwards"</h2>
            {list}
            <details hidden=move || !may()>
                <summary>"Add something"</summary>
                {form(page, steps)}
            </details>
        </section>
    }
    .into_any()
}

fn line(correction: &Correction, name: &str) -> AnyView {
    let by = format!("{}, {}, on {}", correction.by, correction.role.words(), correction.at.day().spoken());
    view! {
        <li>
            <b>{correction.section.section().titled(name)}</b>
            <p class="words">{correction.words.clone()}</p>
            <p class="soft small">{by}</p>
        </li>
    }
    .into_any()
}

fn form(page: Signal<PlanPage>, steps: Steps) -> AnyView {
    let plan = page.with_untracked(|page| page.plan.clone());
    let half = Half::of_empty(&format!("right/{plan}"), ["right-part", "right-words"]);
    let part = Asked::new("right-part".into(), "Part of the plan".into(), String::new());
    let what = Asked::new(
        "right-words".into(),
        "What is right".into(),
        "It stands beside the plan with your name and today’s date. The plan itself stays as it was signed.".into(),
    );
    let parts = move || {
        page.with(|page| {
            let part = |section: &SectionId| (section.id().to_string(), section.section().titled(&page.name));
            page.agreeing.may_correct.iter().map(part).collect::<Vec<_>>()
        })
    };
    let send = move || {
        let Ok(section) = typed("right-part").parse::<SectionId>() else {
            return steps.trouble.set(Some("Choose which part of the plan this is about.".into()));
        };
        steps.send(half.until(correct(plan.clone(), section, typed("right-words"))));
    };
    view! {
        <div class="stack" on:input=move |_| half.keep()>
            {choice(&part, RwSignal::new(None), "Choose a part", parts)}
            {words(&what, RwSignal::new(None), "")}
            <div>{steps.button("Add it and sign", "button", send)}</div>
            {notice(steps.trouble)}
        </div>
    }
    .into_any()
}
