//! The children that this person works with, and the one next thing to do for each.

use super::hand_over::HandOver;
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::whose;
use super::route::Route;
use crate::api::{self, ChildCard, HomePage, Reminded};
use crate::domain::people::Role;
use crate::domain::sections::SectionId;
use crate::domain::sorted::sorted;
use leptos::prelude::*;

#[component]
pub fn Home() -> impl IntoView {
    let page: Loaded<HomePage> = load("home", api::home);
    loaded(page, |page| {
        let list = move || page.with(|page| page.children.iter().map(card).collect::<Vec<_>>());
        let none = move || {
            page.with(|page| page.children.is_empty()).then(|| {
                view! {
                    <p class="lead">
                        "No plan is open to you yet. When a social worker or the virtual school adds you to a \
                         child’s team, the child shows here."
                    </p>
                }
            })
        };
        let may_import = move || page.with(|page| page.children.iter().any(|child| child.may_import));
        let import = move || {
            may_import().then(|| {
                let way = "Import attendance or progress from a file";
                view! { <p class="import-way"><a href=Route::Import.path()>{way}</a></p> }
            })
        };
        let rules = move || {
            page.with(|page| page.sets_rules).then(|| {
                view! { <p class="rules-link"><a href=Route::Settings.path()>"Your authority’s rules"</a></p> }
            })
        };
        let body = view! {
            <h1 id="title" tabindex="-1">"Children"</h1>
            {none}
            {move || page.with(|page| reminders(&page.children))}
            <ul class="children">{list}</ul>
            {import}
            {rules}
        };
        inside(None, body.into_any())
    })
}

/// What this person is reminded of, the nearest day first.
fn reminders(children: &[ChildCard]) -> Option<AnyView> {
    let all: Vec<_> = children.iter().flat_map(|child| child.reminders.iter().map(|one| (&child.name, one))).collect();
    let all = sorted(all, |a, b| a.1.by > b.1.by);
    let line = |(name, one): (&String, &Reminded)| {
        let class = if one.late { "late" } else { "" };
        let href = Route::Plan(one.plan.clone()).path();
        view! { <li><a href=href>{name.clone()}</a>": "<span class=class>{one.words.clone()}</span></li> }.into_any()
    };
    (!all.is_empty()).then(|| {
        let lines: Vec<_> = all.into_iter().map(line).collect();
        view! { <section class="card side reminders"><h2>"Reminders"</h2><ul class="lines">{lines}</ul></section> }
            .into_any()
    })
}

fn card(child: &ChildCard) -> AnyView {
    let plan = Route::Plan(child.plan.clone()).path();
    let meeting = child.meeting.as_ref().map(|meeting| {
        let words = match child.is_on {
            true => "The meeting is on now".to_string(),
            false => format!("Meeting on {} at {}", meeting.at.day().spoken(), meeting.at.clock()),
        };
        view! { <p>{words}</p> }
    });
    let class = if child.late { "late" } else { "soft" };
    let due = child.due.clone().map(|due| view! { <p class=class>{due}</p> });
    let shared = child.shared.then(|| {
        view! { <p class="shared"><a href=plan.clone()>{format!("{} shared something with you", child.name)}</a></p> }
    });
    let can_hand_over = child.role != Role::YoungPerson;
    let hand_over = can_hand_over
        .then(|| view! { <HandOver plan=child.plan.clone() name=child.name.clone() shut=child.shut.clone()/> });
    view! {
        <li class="child card">
            <div>
                <h2><a href=plan>{child.name.clone()}</a></h2>
                <p class="soft">{child.school.clone()}</p>
                {meeting}
                {due}
                {shared}
            </div>
            <div class="next">
                {next(child)}
                {hand_over}
            </div>
        </li>
    }
    .into_any()
}

/// The one next thing, or that there is none.
fn next(child: &ChildCard) -> AnyView {
    let done = match (child.done, child.asked) {
        (_, 0) => String::new(),
        (done, asked) if done >= asked => "Your part is done".to_string(),
        (_, 1) => "Your part isn’t done yet".to_string(),
        (done, asked) => format!("{done} of your {asked} parts done"),
    };
    let (route, words, class) = match child.next {
        _ if child.is_on => (Route::Meeting(child.plan.clone()), "Go to the meeting".to_string(), "button"),
        Some(section) => (Route::Section(child.plan.clone(), section), ask(section, &child.name), "button"),
        None => (Route::Plan(child.plan.clone()), format!("Open {}", whose(&child.name)), "button quiet"),
    };
    let way = view! { <a class=class href=route.path()>{words}</a> };
    view! {
        {way}
        <p class="soft small">{done}</p>
    }
    .into_any()
}

/// What a section asks for, as something to do.
pub fn ask(section: SectionId, name: &str) -> String {
    match section {
        SectionId::CarersView => "Say how things are at home".into(),
        section => format!("Fill in {}", section.section().titled(name)),
    }
}
