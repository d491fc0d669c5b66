//! The carer's page: a few short questions, answered one by one, with one hand,
//! on a phone that may have no signal. Each answer is kept by itself.

mod topic;
mod topics;

use crate::api::{self, CarersPage, Meeting};
use crate::device::{Device, Draft};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::pages::load::loaded;
use crate::pages::section::asked;
use crate::ui::answer::answers;
use crate::ui::field::FieldView;
use crate::ui::names::Names;
use crate::ui::others::Alone;
use crate::ui::photos::Photos;
use crate::ui::pictures::Picture;
use crate::ui::problem::notice;
use crate::ui::status::{Speaker, StatusLine};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use topic::{TopicCard, go_to};
use topics::Topics;

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
    provide_context(Names::new(page.name.clone(), page.team.clone()));
    let name = DocumentName { plan: page.plan.clone(), section: page.section };
    let topics = Topics::of(section.fields);
    let visit = Visit {
        draft: Device::here().open(name, page.values.clone()),
        open: RwSignal::new((!page.completed).then(|| topics.first_open(&page.values))),
        topics: StoredValue::new(topics),
        done: RwSignal::new(page.completed),
        trouble: RwSignal::new(None),
        page: StoredValue::new(page),
    };
    let (title, may_write) = visit.page.with_value(|page| (section.titled(&page.name), page.may_write));
    let when = meeting.as_ref().map(|meeting| format!("Meeting on {}", meeting.at.day().short()));
    let body = if may_write {
        view! { <Writing visit meeting/> }.into_any()
    } else {
        let said = move || visit.draft.values.with(|values| answers(values, section, |_| None));
        view! { <div class="card">{said}</div> }.into_any()
    };
    view! {
        <div class="carer">
            <a class="skip" href="#main">"Skip to the page"</a>
            <Top visit when/>
            <main class="carer-page" id="main">
                <h1 tabindex="-1">{title}</h1>
                <p class="soft">{section.intro}</p>
                {body}
            </main>
            {may_write.then(|| view! { <Onward visit/> })}
        </div>
    }
}

/// Whose plan it is and which meeting it is for.
#[component]
fn Top(visit: Visit, when: Option<String>) -> impl IntoView {
    let (name, plan) = visit.page.with_value(|page| (page.name.clone(), page.plan.clone()));
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    view! {
        <header class="carer-top">
            <span class="initials" aria-hidden="true">{initials}</span>
            <p>
                <b>{name.clone()}</b>
                <span class="soft">{when.unwrap_or_else(|| format!("For {name}'s plan"))}</span>
            </p>
            <a class="to-plan" href=format!("/plans/{plan}")>
                <Picture id="icon-menu"/>
                <span>"Plan"</span>
            </a>
        </header>
    }
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
            <Photos draft=visit.draft/>
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
        Some(meeting) => format!(
            "{name}'s team reads this before the meeting on {} at {}. Change it whenever you like until then.",
            meeting.at.day().spoken(),
            meeting.at.clock(),
        ),
        None => format!("{name}'s team reads this before the meeting. Change it whenever you like until then."),
    };
    view! {
        <section class="card done stack" id="done" tabindex="-1" hidden=move || !visit.done.get() aria-labelledby="done-title">
            <h2 id="done-title">"You're done. Thank you."</h2>
            <p>"What you wrote sends by itself, even if you close this page and open it again later."</p>
            {last.map(|field| view! { <FieldView draft=visit.draft field=*field path=field.id/> })}
            <p>{next}</p>
            {notice(visit.trouble)}
        </section>
    }
}

/// The bar that stays in reach of a thumb: where the words are, and the way on.
#[component]
fn Onward(visit: Visit) -> impl IntoView {
    let plan = visit.page.with_value(|page| page.plan.clone());
    let count = visit.topics.with_value(|topics| topics.all.len());
    let at_end = move || visit.open.get().is_none_or(|open| open + 1 >= count);
    let on = move |_| match visit.open.get_untracked() {
        Some(open) if open + 1 < count => visit.turn_to(open + 1),
        _ => visit.finish(),
    };
    view! {
        <footer class="carer-foot">
            <StatusLine speaker=Speaker::Carer/>
            {move || if visit.done.get() && visit.open.get().is_none() {
                view! { <a class="button wide" href=format!("/plans/{plan}")>"Go to the plan"</a> }.into_any()
            } else {
                view! {
                    <button type="button" class="button wide" on:click=on>
                        {move || if at_end() { "Finish" } else { "Next question" }}
                    </button>
                }
                .into_any()
            }}
        </footer>
    }
}

impl Visit {
    /// Opens a topic and goes to it.
    fn turn_to(self, number: usize) {
        self.open.set(Some(number));
        go_to(topic::head_of(number));
    }

    /// The carer says that this is all. The answers need nothing for that: they
    /// are on their way already.
    fn finish(self) {
        self.open.set(None);
        self.done.set(true);
        self.trouble.set(None);
        go_to("done".into());
        let (plan, section, name) = self.page.with_value(|page| (page.plan.clone(), page.section, page.name.clone()));
        spawn_local(async move {
            if api::complete(plan, section, true).await.is_err() {
                self.trouble.try_set(Some(format!(
                    "Your answers are kept. We couldn't tell {name}'s team that you've finished: open this page \
                     again when there is signal, and press Finish."
                )));
            }
        });
    }
}
