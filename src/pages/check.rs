//! Check your answers: a section in the words of the page, with a way to change
//! each, and the author's own word on whether it is complete.

use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::route::{Place, Route};
use super::section::open;
use crate::api::{self, Problem, SectionPage};
use crate::domain::people::PlanId;
use crate::domain::ready::missing;
use crate::domain::sections::{Field, SectionId};
use crate::ui::answer::answers;
use crate::ui::field::id_of;
use crate::ui::names::Names;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

#[component]
pub fn Check(plan: PlanId, section: SectionId) -> impl IntoView {
    let route = Route::Section(plan.clone(), section).path();
    // The same copy as the section's own page keeps.
    let page: Loaded<SectionPage> =
        load(format!("section/{plan}/{}", section.id()), move || api::section(plan.clone(), section));
    loaded(page, move |page| {
        let first = page.get_untracked();
        let names = Names::new(first.name.clone(), first.team.clone());
        provide_context(names);
        let title = section.section().titled(&first.name);
        let draft = open(page);
        let way = StoredValue::new(route.clone());
        let change =
            move |field: &'static Field| first.may_write.then(|| way.with_value(|way| change_link(way, field, names)));
        let list = move || draft.values.with(|values| answers(values, section.section(), change));
        let lacks = move || {
            draft
                .values
                .with(|values| way.with_value(|way| still_open(&missing(values, section.section()), way, names)))
        };
        let may_complete = first.may_write;
        let plan = first.plan.clone();
        let body = view! {
            <div class="stack roomy check">
                <h1 id="title" tabindex="-1">"Check your answers"</h1>
                <div class="card"><h2>{title.clone()}</h2>{list}</div>
                {lacks}
                {may_complete.then(|| view! { <Complete plan section completed=first.completed/> })}
            </div>
        };
        inside(Some((route, title)), body.into_any())
    })
}

fn change_link(way: &str, field: &'static Field, names: Names) -> AnyView {
    let href = format!("{way}#{}", id_of(field.id));
    view! { <a href=href>"Change"<span class="visually-hidden">{format!(" {}", names.about(field.label))}</span></a> }
        .into_any()
}

/// What the plan can't be agreed without. It is said, and stops nobody.
fn still_open(missing: &[&'static Field], way: &str, names: Names) -> Option<AnyView> {
    if missing.is_empty() {
        return None;
    }
    let list: Vec<_> = missing
        .iter()
        .map(|field| {
            let href = format!("{way}#{}", id_of(field.id));
            view! { <li><a href=href>{names.about(field.label)}</a></li> }.into_any()
        })
        .collect();
    let panel = view! {
        <div class="card open-ends">
            <h2>"Before the plan can be agreed"</h2>
            <p>"Somebody still has to write these. You can go on without them now."</p>
            <ul class="dashes">{list}</ul>
        </div>
    };
    Some(panel.into_any())
}

/// Whether the section is complete: its author says so, not a percentage.
#[component]
fn Complete(plan: PlanId, section: SectionId, completed: bool) -> impl IntoView {
    let place = Place::here();
    let answer = RwSignal::new(None::<bool>);
    let trouble = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(complete) = answer.get_untracked() else {
            return trouble.set(Some("Choose yes, or no, I’ll come back later".to_string()));
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let plan = plan.clone();
        spawn_local(async move {
            match api::complete(plan.clone(), section, complete).await {
                // This page goes, and takes its signals along: nothing may be set after this.
                Ok(()) => place.go(&Route::Plan(plan)),
                Err(problem) => {
                    trouble.set(Some(sentence(&problem)));
                    busy.set(false);
                }
            }
        });
    };
    let pick = move |id: &'static str, words: &'static str, value: bool| {
        view! {
            <div class="answer">
                <input type="radio" id=id name="complete" autocomplete="off" on:change=move |_| answer.set(Some(value))/>
                <label for=id>{words}</label>
            </div>
        }
    };
    view! {
        <form class="stack" novalidate on:submit=send>
            <fieldset class="field" aria-describedby="complete-problem">
                <legend>"Have you completed this section?"</legend>
                {completed.then(|| view! { <p class="hint">"It is marked as completed now. You can still change it."</p> })}
                <p class="problem" id="complete-problem" aria-live="polite">{move || trouble.get()}</p>
                <div class="answers">
                    {pick("complete-yes", "Yes", true)}
                    {pick("complete-no", "No, I’ll come back later", false)}
                </div>
            </fieldset>
            <div><button type="submit" class="button" aria-busy=move || busy.get().then_some("true")>"Continue"</button></div>
        </form>
    }
}

fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Offline => {
            "Saying this needs a connection. What you wrote is kept; try again when there is one".into()
        }
        other => other.sentence(),
    }
}
