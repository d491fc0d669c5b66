//! A carer's children: for each the questions, what was agreed, and the tablet to hand
//! over.

use super::agreed::keep_agreed;
use super::done::Sayings;
use crate::api::{self, CarersChild, CarersHome};
use crate::domain::people::Role;
use crate::domain::sections::SectionId;
use crate::domain::words::carer as words;
use crate::pages::hand_over::HandOver;
use crate::pages::load::{Loaded, load, loaded};
use crate::pages::route::{Place, Route};
use crate::pages::sign_out::SignOut;
use crate::ui::problem::notice;
use crate::ui::status::{Speaker, StatusLine};
use crate::ui::words::{Words, say, speak};
use leptos::prelude::*;

/// The page. With `starts` it is where Pep begins without a network: one child's
/// questions are gone to at once, as the server does.
#[component]
pub fn ChildrenView(starts: bool) -> impl IntoView {
    let page: Loaded<CarersHome> = load("home", api::home);
    loaded(page, move |page| {
        let page = page.get_untracked();
        speak(page.said);
        let all = page.children.into_iter().filter(is_cared_for).collect::<Vec<_>>();
        if starts && let [only] = all.as_slice() {
            let (place, questions) = (Place::here(), Route::Section(only.plan.clone(), SectionId::CarersView));
            Effect::new(move |_| place.go(&questions));
        }
        for child in &all {
            keep_agreed(child.plan.clone());
        }
        let none = all.is_empty().then(|| view! { <p class="lead">{say(words::NO_CHILDREN)}</p> });
        let cards: Vec<_> = all.iter().map(card).collect();
        let body = view! {
            <h1 id="title" tabindex="-1">{say(words::CHILDREN)}</h1>
            {none}
            <ul class="plain topics">{cards}</ul>
        };
        let top = view! { <header class="carer-top"><p><b>"Pep"</b></p><SignOut/></header> };
        let foot = view! { <footer class="carer-foot"><StatusLine speaker=Speaker::Carer/></footer> };
        super::frame::framed(top.into_any(), body.into_any(), foot.into_any())
    })
}

fn is_cared_for(child: &CarersChild) -> bool {
    child.role == Role::Carer
}

fn card(child: &CarersChild) -> AnyView {
    let meeting = child.meeting.as_ref().map(|meeting| {
        let spoken = Words::here();
        let (day, time) = (spoken.day(meeting.at.day()), meeting.at.clock());
        view! { <p>{spoken.with(words::MEETING_ON_AT, &[("day", &day), ("time", &time)])}</p> }
    });
    // What was said on this phone and not told is told from here too: one signs out here.
    let sayings = Sayings::of(child.plan.clone(), child.plan.clone());
    let questions = (child.asked > 0).then(|| {
        let href = Route::Section(child.plan.clone(), SectionId::CarersView).path();
        view! { <a class="button wide" href=href>{say(words::SAY_HOW)}</a> }
    });
    view! {
        <li class="card stack">
            <div>
                <h2>{child.name.clone()}</h2>
                <p class="soft">{child.school.clone()}</p>
                {meeting}
            </div>
            {questions}
            {notice(sayings.trouble)}
            <a class="button quiet wide" href=Route::Agreed(child.plan.clone()).path()>{say(words::AGREED)}</a>
            <HandOver plan=child.plan.clone() name=child.name.clone() shut=child.shut.clone()/>
            <p><a href=Route::Plan(child.plan.clone()).path()>{say(words::OPEN_PLAN)}</a></p>
        </li>
    }
    .into_any()
}
