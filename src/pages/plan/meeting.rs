//! The next meeting, and opening and closing it.

use super::meeting_date;
use crate::api::{Meeting, PlanPage};
use crate::domain::plan::State;
use crate::domain::workflow::Step;
use crate::pages::route::Route;
use crate::pages::steps::Steps;
use crate::ui::problem::notice;
use leptos::prelude::*;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    // Each stays as it is, and open, while it may be taken: whatever else is news.
    let one = |step: Step| {
        let may = Memo::new(move |_| steps.may(step));
        (move || may.get().then(|| if step == Step::EndMeeting { closing(steps) } else { button(steps, step) }))
            .into_any()
    };
    let buttons = [Step::Open, Step::StartMeeting, Step::EndMeeting, Step::NotYet].map(one);
    let buttons = view! { <div class="stack tight">{buttons.into_iter().collect::<Vec<_>>()}</div> }.into_any();
    view! {
        <section class="card meeting">
            <h2>{move || page.with(|page| title(page.state))}</h2>
            {move || page.with(|page| when(page.meeting.as_ref()))}
            {move || page.with(calendar)}
            {move || page.with(due)}
            {move || page.with(way_in)}
            {buttons}
            {meeting_date::form(page, steps)}
            {notice(steps.trouble)}
        </section>
    }
    .into_any()
}

/// The way into the meeting that is on, where its card is far down the page.
pub fn on_now(page: &PlanPage) -> Option<AnyView> {
    let href = Route::Meeting(page.plan.clone()).path();
    (page.state == State::Meeting).then(|| {
        view! { <p class="on-now"><a class="button" href=href>"The meeting is on now: go to it"</a></p> }.into_any()
    })
}

/// What has to be done next, by whom and by when.
fn due(page: &PlanPage) -> Option<AnyView> {
    let class = if page.late { "due late" } else { "due" };
    page.due.clone().map(|due| view! { <p class=class>{due}</p> }.into_any())
}

/// The way into somebody's own calendar, while the meeting is to come.
fn calendar(page: &PlanPage) -> Option<AnyView> {
    let href = format!("{}/meeting.ics", Route::Plan(page.plan.clone()).path());
    let is_ahead = page.meeting.is_some() && matches!(page.state, State::Scheduled | State::Drafting | State::Meeting);
    is_ahead.then(|| view! { <p><a href=href download="meeting.ics">"Add to my calendar"</a></p> }.into_any())
}

/// The way into the meeting, from before it is opened until the plan is signed.
fn way_in(page: &PlanPage) -> Option<AnyView> {
    let (words, class) = match page.state {
        State::Drafting => ("See the agenda", "button quiet wide"),
        State::Meeting => ("Go to the meeting", "button quiet wide"),
        State::Completing | State::Returned => ("See how the meeting went", "button quiet wide"),
        _ => return None,
    };
    let href = Route::Meeting(page.plan.clone()).path();
    Some(view! { <p class="way-in"><a class=class href=href>{words}</a></p> }.into_any())
}

fn title(state: State) -> &'static str {
    match state {
        State::Scheduled | State::Drafting => "Next meeting",
        State::Meeting => "The meeting is open",
        _ => "The meeting was",
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

/// A closed meeting isn't opened again, so it takes two presses, in two places.
fn closing(steps: Steps) -> AnyView {
    view! {
        <details>
            <summary>"Close the meeting …"</summary>
            <p class="soft">
                "The meeting can’t be opened again. The plan stays open: it is completed, and then signed."
            </p>
            {steps.button("Close the meeting", "button quiet wide", move || steps.take(Step::EndMeeting))}
        </details>
    }
    .into_any()
}

fn button(steps: Steps, step: Step) -> AnyView {
    let (words, class) = match step {
        Step::Open => ("Open the plan for writing", "button wide"),
        Step::StartMeeting => ("Open the meeting", "button wide"),
        _ => ("It isn’t time yet: go back", "button quiet wide"),
    };
    steps.button(words, class, move || steps.take(step))
}
