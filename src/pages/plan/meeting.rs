//! The next meeting, and opening and closing it.

use crate::api::{self, Meeting, PlanPage, Problem};
use crate::device::Device;
use crate::domain::plan::State;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let trouble = RwSignal::new(None);
    let set = setter(page, trouble);
    let steps = move || {
        let (state, runs) = page.with(|page| (page.state, page.may_run_meeting));
        let next = if runs { state.next() } else { &[] };
        let buttons: Vec<_> =
            next.iter().enumerate().map(|(place, next)| step(state, *next, place == 0, set)).collect();
        view! { <div class="stack tight">{buttons}</div> }.into_any()
    };
    view! {
        <section class="card meeting">
            <h2>{move || page.with(|page| title(page.state))}</h2>
            {move || page.with(|page| when(page.meeting.as_ref()))}
            {move || page.with(|page| page.due.clone()).map(|due| view! { <p class="due">{due}</p> })}
            {steps}
            {notice(trouble)}
        </section>
    }
    .into_any()
}

fn title(state: State) -> &'static str {
    match state {
        State::Scheduled | State::Drafting => "Next meeting",
        State::Meeting => "The meeting is open",
        State::Completing => "The meeting was",
    }
}

fn when(meeting: Option<&Meeting>) -> AnyView {
    match meeting {
        None => view! { <p class="soft">"No date is set yet"</p> }.into_any(),
        Some(meeting) => {
            let day = meeting.at.day().spoken();
            let time_and_place = match meeting.place.as_str() {
                "" => meeting.at.clock(),
                place => format!("{}, {place}", meeting.at.clock()),
            };
            view! {
                <p class="day">{day}</p>
                <p class="soft">{time_and_place}</p>
            }
            .into_any()
        }
    }
}

fn step(state: State, next: State, main: bool, set: impl Fn(State) + 'static) -> AnyView {
    let words = match (state, next) {
        (State::Scheduled, State::Drafting) => "Open the plan for writing",
        (State::Drafting, State::Meeting) => "Open the meeting",
        (State::Meeting, State::Completing) => "Close the meeting",
        (State::Meeting, State::Drafting) => "It isn’t time yet: go back",
        _ => next.words(),
    };
    let class = if main { "button wide" } else { "button quiet wide" };
    view! { <button type="button" class=class on:click=move |_| set(next)>{words}</button> }.into_any()
}

/// Asks the server for another state; the page is fetched again when it is there.
fn setter(page: Signal<PlanPage>, trouble: RwSignal<Option<String>>) -> impl Fn(State) + Copy + Send + 'static {
    let device = Device::here();
    let busy = RwSignal::new(false);
    move |state| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let plan = page.with_untracked(|page| page.plan.clone());
        spawn_local(async move {
            match api::set_state(plan, state).await {
                Ok(()) => device.news.update(|news| *news += 1),
                Err(Problem::Offline) => trouble.set(Some(
                    "This needs a connection, so that everyone sees it at once. Try again in a moment.".into(),
                )),
                Err(problem) => trouble.set(Some(format!("{}.", problem.sentence()))),
            }
            busy.set(false);
        });
    }
}
