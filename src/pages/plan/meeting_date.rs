//! Setting the meeting's day, time and place, for those who may.

use super::later::{Part, later};
use crate::api::meeting::{Wanted, set_meeting};
use crate::api::{Meeting, PlanPage};
use crate::domain::calendar::Day;
use crate::domain::plan::State;
use crate::pages::steps::Steps;
use crate::ui::field::Asked;
use crate::ui::form::{self, Wrong, fill, typed};
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;

const DAY: &str = "meeting-day";
const TIME: &str = "meeting-time";
const PLACE: &str = "meeting-place";

/// The form, behind a line that opens it.
pub fn form(page: Signal<PlanPage>, steps: Steps) -> impl Fn() -> Option<AnyView> {
    let may = Memo::new(move |_| {
        page.with(|page| {
            page.may_set_meeting && matches!(page.state, State::Scheduled | State::Drafting | State::Meeting)
        })
    });
    let is_set = Memo::new(move |_| page.with(|page| page.meeting.is_some()));
    let open = RwSignal::new(false);
    // The form stays, with what is typed in it, when it is to be open once more.
    let is_open = Memo::new(move |_| open.get());
    let wrong: [Wrong; 3] = std::array::from_fn(|_| RwSignal::new(None));
    move || {
        may.get().then(|| {
            let words = move || if is_set.get() { "Change the day or the place" } else { "Set the day and the place" };
            (move || match is_open.get() {
                true => later(Part::MeetingDate(page, steps, open, wrong)),
                false => view! {
                    <button type="button" class="button quiet wide" on:click=move |_| open.set(true)>
                        {words}
                    </button>
                }
                .into_any(),
            })
            .into_any()
        })
    }
}

/// The boxes, with what is set.
pub(super) fn boxes(page: Signal<PlanPage>, steps: Steps, open: RwSignal<bool>, wrong: [Wrong; 3]) -> AnyView {
    let now = page.with_untracked(|page| page.meeting.clone());
    request_animation_frame(move || bring(now.as_ref()));
    let asked = |id: &str, label: &str, hint: &str| Asked::new(id.into(), label.into(), hint.into());
    // The day off that the server asked about, and its question.
    let odd = RwSignal::new(None);
    let question = RwSignal::new(None);
    let send = move |is_meant: bool| {
        let (plan, seen) =
            page.with_untracked(|page| (page.plan.clone(), page.meeting.as_ref().map(|meeting| meeting.at)));
        let day = form::day(DAY).and_then(|day| match day.as_str() {
            "" => Err("Enter the day of the meeting".into()),
            day => day.parse::<Day>(),
        });
        let (time, place) = (typed(TIME).trim().to_string(), typed(PLACE).trim().to_string());
        wrong[0].set(day.as_ref().err().cloned());
        wrong[1].set(time.is_empty().then(|| "Enter the time, like 13:30".to_string()));
        let (Ok(day), false) = (day, time.is_empty()) else { return };
        // Another day than the one that was asked about isn't meant yet.
        let meant = is_meant && odd.get_untracked() == Some(day);
        let wanted = Wanted { seen, day, time, place, meant };
        question.set(None);
        steps.send(async move {
            let asked = set_meeting(plan, wanted).await?;
            open.set(asked.is_some());
            odd.set(Some(day));
            question.set(asked.map(|asked| format!("{asked}.")));
            Ok(())
        });
    };
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        send(false);
    };
    view! {
        <form class="stack tight" novalidate on:submit=go>
            {form::date(&asked(DAY, "Day", ""), wrong[0])}
            {form::line(&asked(TIME, "Time", "Such as: 13:30."), wrong[1], "text")}
            {form::line(
                &asked(PLACE, "Place", "It goes out by e-mail: leave out names and home addresses."),
                wrong[2],
                "text",
            )}
            {notice(question)}
            <button
                type="button"
                class="button quiet wide"
                hidden=move || question.get().is_none()
                on:click=move |_| send(true)
            >
                "We mean this day: save and invite"
            </button>
            <button type="submit" class="button wide">"Save and invite the team"</button>
            <button type="button" class="button quiet wide" on:click=move |_| open.set(false)>"Leave it as it is"</button>
        </form>
    }
    .into_any()
}

/// Puts what is set into the boxes.
fn bring(meeting: Option<&Meeting>) {
    let Some(meeting) = meeting else { return };
    let day = meeting.at.day();
    let parts = [u32::from(day.date()), u32::from(day.month()), day.year().unsigned_abs()];
    for (id, part) in form::parts_of_date(DAY).iter().zip(parts) {
        fill(id, &part.to_string());
    }
    fill(TIME, &meeting.at.clock());
    fill(PLACE, &meeting.place);
}
