//! The children that this person works with, and the one next thing to do for each.

use super::hand_over::HandOver;
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::route::Route;
use crate::api::{self, ChildCard, HomePage};
use crate::domain::people::Role;
use crate::domain::sections::SectionId;
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
        let rules = move || {
            page.with(|page| page.sets_rules).then(|| {
                view! { <p class="rules-link"><a href=Route::Settings.path()>"Your authority’s rules"</a></p> }
            })
        };
        let body = view! {
            <h1 id="title" tabindex="-1">"Children"</h1>
            {none}
            <ul class="children">{list}</ul>
            {rules}
        };
        inside(None, body.into_any())
    })
}

fn card(child: &ChildCard) -> AnyView {
    let plan = Route::Plan(child.plan.clone()).path();
    let meeting = child.meeting.as_ref().map(|meeting| {
        let words = format!("Meeting on {} at {}", meeting.at.day().spoken(), meeting.at.clock());
        view! { <p>{words}</p> }
    });
    let shared = child.shared.then(|| {
        view! { <p class="shared"><a href=plan.clone()>{format!("{} shared something with you", child.name)}</a></p> }
    });
    let can_hand_over = child.role != Role::YoungPerson;
    let hand_over = can_hand_over.then(|| view! { <HandOver plan=child.plan.clone() name=child.name.clone()/> });
    view! {
        <li class="child card">
            <div>
                <h2><a href=plan>{child.name.clone()}</a></h2>
                <p class="soft">{child.school.clone()}</p>
                {meeting}
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
        (_, 0) => "Nothing is asked of you now".to_string(),
        (done, asked) if done >= asked => "Your part is done".to_string(),
        (_, 1) => "Your part isn’t done yet".to_string(),
        (done, asked) => format!("{done} of your {asked} parts done"),
    };
    let way = child.next.map(|section| {
        let href = Route::Section(child.plan.clone(), section).path();
        view! { <a class="button" href=href>{ask(section, &child.name)}</a> }
    });
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
