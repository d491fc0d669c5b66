//! The carer's page: a few short questions, answered one by one, with one hand,
//! on a phone that may have no signal. Each answer is kept by itself.

mod agreed;
mod children;
mod done;
mod frame;
mod install;
pub mod later;
mod topic;
mod topics;

use crate::api::{self, CarersPage, Meeting, Problem};
use crate::device::{Device, Draft};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::words::{Word, carer as words};
use crate::pages::load::{loaded, speak_own};
use crate::pages::route::Route;
use crate::pages::section::asked;
use crate::sync::outbox::Status;
use crate::ui::answer::answers;
use crate::ui::field::{FieldView, go_to};
use crate::ui::later::afterwards;
use crate::ui::names::Names;
use crate::ui::others::Alone;
use crate::ui::photos::Photos;
use crate::ui::problem::notice;
use crate::ui::words::{Words, say};
use agreed::keep_agreed;
use frame::{Tab, foot, framed, top};
use install::offer;
use later::{Part, later};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use std::time::Duration;
use topic::TopicCard;
use topics::Topics;

/// After which the team is told again.
const AGAIN: Duration = Duration::from_secs(10);

/// What the parts of this page share.
#[derive(Clone, Copy)]
struct Visit {
    page: StoredValue<CarersPage>,
    draft: Draft,
    topics: StoredValue<Topics>,
    /// The one topic that is open.
    open: RwSignal<Option<usize>>,
    done: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// The team doesn't know yet that this is all.
    untold: RwSignal<bool>,
    /// It is told again in a while.
    waits: StoredValue<bool>,
}

/// The page where nothing else of the plan came along.
#[component]
pub fn CarersView(plan: PlanId, section: SectionId) -> impl IntoView {
    loaded(asked::<CarersPage>(plan, section), |page| view! { <Carer page=page.get_untracked()/> }.into_any())
}

/// The whole page, with its own top and its own way on.
#[component]
pub fn Carer(page: CarersPage) -> impl IntoView {
    let section = page.section.section();
    let meeting = page.meeting.clone();
    provide_context(Alone);
    speak_own(page.said.clone());
    provide_context(Names::new(page.name.clone(), page.team.clone()));
    keep_agreed(page.plan.clone());
    let name = DocumentName { plan: page.plan.clone(), section: page.section };
    let topics = Topics::of(section.fields);
    let visit = Visit {
        draft: Device::here().open(name, page.values.clone()),
        open: RwSignal::new((!page.completed).then(|| topics.first_open(&page.values))),
        topics: StoredValue::new(topics),
        done: RwSignal::new(page.completed),
        trouble: RwSignal::new(None),
        untold: RwSignal::new(false),
        waits: StoredValue::new(false),
        page: StoredValue::new(page),
    };
    let (device, spoken) = (Device::here(), Words::here());
    Effect::new(move |_| {
        if matches!(device.status.get(), Status::InPlan(_) | Status::Nothing) {
            visit.tell_again(spoken);
        }
    });
    let (may_write, plan) = visit.page.with_value(|page| (page.may_write, page.plan.clone()));
    let title = Names::here().about(say(Word::declared(section.title)));
    let below = visit.page.with_value(|page| match &page.meeting {
        Some(meeting) => spoken.with(words::MEETING_ON, &[("day", &spoken.language().short_day(meeting.at.day()))]),
        None => spoken.with(words::FOR_PLAN, &[("name", &page.name)]),
    });
    let body = if may_write {
        view! { <Writing visit meeting/> }.into_any()
    } else {
        let said = move || visit.draft.values.with(|values| answers(values, section, |_| None));
        view! { <div class="card">{said}</div> }.into_any()
    };
    let body = view! {
        <h1 id="title" tabindex="-1">{title}</h1>
        <p class="soft">{say(Word::declared(section.intro))}</p>
        {body}
    };
    let onward = if may_write { view! { <Onward visit/> }.into_any() } else { ().into_any() };
    let top = visit.page.with_value(|page| top(&page.name, below, &plan));
    framed(top, body.into_any(), foot(&plan, Tab::Questions, onward))
}

#[component]
fn Writing(visit: Visit, meeting: Option<Meeting>) -> impl IntoView {
    let cards = visit.topics.with_value(|topics| {
        topics
            .all
            .iter()
            .enumerate()
            .map(|(number, topic)| view! { <TopicCard visit number topic=*topic/> })
            .collect_view()
    });
    // The page's early script keeps what is typed here before the document is open.
    view! {
        <form
            class="stack"
            data-document=visit.draft.name().to_string()
            data-live=move || visit.draft.live.get().then_some("")
            autocomplete="off"
            novalidate
            on:submit=|event: SubmitEvent| event.prevent_default()
        >
            <ol class="plain topics">{cards}</ol>
            {afterwards(move || match crate::PHOTOS {
                true => later(Part::Photos(Box::new(visit.draft))),
                false => view! { <Photos draft=visit.draft/> }.into_any(),
            })}
            {offer(move || visit.has_finished_one())}
            <Done visit meeting/>
        </form>
    }
}

/// Thanks, the last choice that is theirs, and what comes next.
#[component]
fn Done(visit: Visit, meeting: Option<Meeting>) -> impl IntoView {
    let name = visit.page.with_value(|page| page.name.clone());
    let last = visit.topics.with_value(|topics| topics.last);
    let next = match meeting {
        Some(meeting) => {
            let spoken = Words::here();
            let (day, time) = (spoken.day(meeting.at.day()), meeting.at.clock());
            spoken.with(words::READ_BEFORE_MEETING, &[("name", &name), ("day", &day), ("time", &time)])
        }
        None => Words::here().with(words::READ_BEFORE, &[("name", &name)]),
    };
    view! {
        <section class="card done stack" id="done" tabindex="-1" hidden=move || !visit.done.get() aria-labelledby="done-title">
            <h2 id="done-title">{say(words::DONE)}</h2>
            <p>{say(words::SENDS_ITSELF)}</p>
            {last.map(|field| view! { <FieldView draft=visit.draft field=*field path=field.id/> })}
            <p>{next}</p>
            {notice(visit.trouble)}
        </section>
    }
}

/// The way on.
#[component]
fn Onward(visit: Visit) -> impl IntoView {
    let plan = visit.page.with_value(|page| page.plan.clone());
    let spoken = Words::here();
    let count = visit.topics.with_value(|topics| topics.all.len());
    let at_end = move || visit.open.get().is_none_or(|open| open + 1 >= count);
    let on = move |_| match visit.open.get_untracked() {
        Some(open) if open + 1 < count => visit.turn_to(open + 1),
        _ => visit.finish(spoken),
    };
    move || {
        if visit.done.get() && visit.open.get().is_none() {
            let href = Route::Agreed(plan.clone()).path();
            view! { <a class="button wide" href=href>{spoken.say(words::TO_AGREED)}</a> }.into_any()
        } else {
            let label = move || spoken.say(if at_end() { words::FINISH } else { words::NEXT_QUESTION });
            view! { <button type="button" class="button wide" on:click=on>{label}</button> }.into_any()
        }
    }
}

impl Visit {
    /// Whether an answer is there that isn't being given just now.
    fn has_finished_one(self) -> bool {
        let open = self.open.get();
        self.topics.with_value(|topics| {
            self.draft.values.with(|values| {
                let mut answered = topics.all.iter().enumerate().filter(|(_, topic)| !topic.said(values).is_empty());
                answered.any(|(number, _)| open != Some(number))
            })
        })
    }

    /// Opens a topic and goes to it.
    fn turn_to(self, number: usize) {
        self.open.set(Some(number));
        go_to(topic::head_of(number));
    }

    /// The carer says that this is all. The answers need nothing for that: they
    /// are on their way already.
    fn finish(self, spoken: Words) {
        self.open.set(None);
        self.done.set(true);
        go_to("done".into());
        self.tell(spoken);
    }

    /// Tells the team that this is all. What can't be told now is told again, when there is
    /// a connection or after a while; why it never can be is said.
    fn tell(self, spoken: Words) {
        let (plan, section, name) = self.page.with_value(|page| (page.plan.clone(), page.section, page.name.clone()));
        spawn_local(async move {
            match api::complete(plan, section, true).await {
                Ok(()) => drop(self.trouble.try_set(None)),
                Err(Problem::Offline | Problem::Trouble(_) | Problem::SignIn) => {
                    self.trouble.try_set(Some(spoken.with(words::NOT_TOLD, &[("name", &name)])));
                    self.untold.try_set(true);
                    // One wait is enough, whatever else has it told again.
                    if self.waits.try_get_value() == Some(false) {
                        self.waits.set_value(true);
                        let again = move || {
                            if self.waits.try_set_value(false).is_none() {
                                self.tell_again(spoken);
                            }
                        };
                        set_timeout(again, AGAIN);
                    }
                }
                Err(problem) => drop(self.trouble.try_set(Some(problem.said(spoken.language())))),
            }
        });
    }

    fn tell_again(self, spoken: Words) {
        if self.untold.try_get_untracked() == Some(true) {
            self.untold.set(false);
            self.tell(spoken);
        }
    }
}
