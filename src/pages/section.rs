//! One section of a plan: a form for those who write it, and its words for those
//! who read it.

use super::bundle::Bundle;
use super::carer::Carer;
use super::here_now::{Together, here_now};
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::later::{Part, later};
use super::plan::whose;
use super::route::{Place, Route};
use super::translating::beneath;
use crate::api::{self, SectionPage};
use crate::app::BUNDLE;
use crate::device::{Device, Draft};
use crate::domain::history::Sum;
use crate::domain::people::{PlanId, Role};
use crate::domain::plan::{DocumentName, State};
use crate::domain::sections::SectionId;
use crate::domain::translated::may_be_translated;
use crate::domain::values::Values;
use crate::domain::words::carer as words;
use crate::ui::answer::{Written, answers};
use crate::ui::carried::{carried, keep_all};
use crate::ui::change::{neighbour, sum, take_in, ways};
use crate::ui::field::{go_into, id_of};
use crate::ui::later::afterwards;
use crate::ui::names::Names;
use crate::ui::rows::field_or_rows;
use crate::ui::words::say;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::MouseEvent;

#[component]
pub fn SectionView(plan: PlanId, section: SectionId) -> impl IntoView {
    loaded(asked::<SectionPage>(plan, section), move |page| {
        let first = page.get_untracked();
        if section == SectionId::CarersView && first.role == Role::Carer {
            return match BUNDLE {
                Bundle::Plan => questions_elsewhere(),
                _ => view! { <Carer page=first.into()/> }.into_any(),
            };
        }
        provide_context(Names::new(first.name.clone(), first.team.clone()));
        let back = (Route::Plan(first.plan.clone()).path(), whose(&first.name));
        let draft = open(page);
        draft.shown(false);
        let together = Together::on_page().in_fields();
        together.hear(draft, &first.name);
        let body = view! {
            {here_now(first.plan.clone(), first.name.clone(), together)}
            <div class="part">
                <div class="part-main">
                    <h1 id="title" tabindex="-1">{section.section().titled(&first.name)}</h1>
                    <p class="soft intro">{section.section().intro}</p>
                    {says(draft, &first)}
                    {rights(page)}
                    {if first.may_write { form(draft, &first) } else { reading(draft, page) }}
                </div>
                <div class="part-side">{changed(page, together)}</div>
                {parts(&first)}
            </div>
        };
        inside(Some(back), body.into_any())
    })
}

/// A carer's five questions are in a bundle of their own. Who comes by a link is taken
/// there; who was loaded into this one, because the phone has no other, goes by hand.
fn questions_elsewhere() -> AnyView {
    let place = Place::here();
    let here = place.route.get_untracked().path();
    let go = here.clone();
    Effect::new(move |_| {
        if place.moved.get_value() {
            place.leave(&go);
        }
    });
    let way = view! { <a class="button" href=here data-leave="">{say(words::SAY_HOW)}</a> };
    inside(None, view! { <h1 id="title" tabindex="-1">{say(words::QUESTIONS)}</h1><p>{way}</p> }.into_any())
}

/// What the server, or this device, says of a section; `T` is what is read of it.
pub fn asked<T>(plan: PlanId, section: SectionId) -> Loaded<T> {
    load(format!("section/{plan}/{}", section.id()), move || api::section(plan.clone(), section))
}

/// The section's document on this device. Until it is there, what the server says.
pub fn open(page: Signal<SectionPage>) -> Draft {
    let first = page.get_untracked();
    let name = DocumentName { plan: first.plan, section: first.section };
    let draft = Device::here().open(name, first.values);
    Effect::new(move |before: Option<()>| {
        let values = page.with(|page| page.values.clone());
        if before.is_some() && !draft.live.get_untracked() {
            draft.values.set(values);
        }
    });
    draft
}

fn form(draft: Draft, page: &SectionPage) -> AnyView {
    let (declared, last) = (page.section.section().fields, StoredValue::new(page.last.clone()));
    let fields: Vec<_> = declared
        .iter()
        .map(|field| view! { {field_or_rows(draft, field)} {carried(draft, field, last)} }.into_any())
        .collect();
    let check = Route::Check(page.plan.clone(), page.section).path();
    view! {
        <div
            class="fields"
            data-document=draft.name().to_string()
            data-live=move || draft.live.get().then_some("")
        >
            {keep_all(draft, declared, last)}
            {fields}
        </div>
        <div class="row ways">
            <a class="button" href=check>"Check your answers"</a>
            {next(page)}
        </div>
    }
    .into_any()
}

/// What the numbers of this section say, as they stand.
fn says(draft: Draft, page: &SectionPage) -> AnyView {
    let (section, sessions, last) = (page.section, page.last_sessions, &page.last_said);
    let last =
        (!last.is_empty()).then(|| view! { <p class="soft">{format!("In the last plan: {}", last.join(" "))}</p> });
    let lines = Memo::new(move |_| {
        draft.values.with(|values| {
            section.says(values).into_iter().chain(section.differs(values, sessions)).collect::<Vec<_>>()
        })
    });
    let shown = move || lines.get().into_iter().map(|line| view! { <p class="note">{line}</p> }).collect_view();
    view! { <div aria-live="polite">{shown}</div>{last} }.into_any()
}

/// Whether this person may write here, where that isn't plain to see: it can change while
/// the page is open, and that is said too.
fn rights(page: Signal<SectionPage>) -> AnyView {
    let wrote = page.with_untracked(|page| page.may_write);
    let may_write = Memo::new(move |_| page.with(|page| page.may_write));
    let said = move || match (wrote, may_write.get()) {
        (true, true) => ().into_any(),
        (false, true) => {
            let here = Place::here().route.get_untracked().path();
            let way = view! { <a href=here data-leave="">"Write in it"</a> };
            view! { <p class="note">"You may write this part now. "{way}</p> }.into_any()
        }
        (_, false) => view! { <p class="note">{page.with(only_read)}</p> }.into_any(),
    };
    view! { <div role="status">{said}</div> }.into_any()
}

/// Why a part can only be read.
fn only_read(page: &SectionPage) -> String {
    let section = page.section;
    let is_in_plan = page.others.contains(&section);
    match page.state {
        State::Scheduled => "This plan isn’t open for writing yet. You can read it.".to_string(),
        State::Agreed => "This plan is agreed, so it stays as it is. You can read it.".to_string(),
        state if state.is_over() => "This plan is closed, so it stays as it is. You can read it.".to_string(),
        _ if !is_in_plan => "This part isn’t in the plan at this age. You can read what was written.".to_string(),
        _ => format!("The {} writes this part. You can read it.", section.section().asked.words()),
    }
}

fn reading(draft: Draft, page: Signal<SectionPage>) -> AnyView {
    let first = page.get_untracked();
    let section = first.section;
    let language = first.language;
    let written = (!language.is_english()).then(|| {
        provide_context(Written(language));
        view! { <p class="soft">{format!("Most likely written in {}.", language.in_english())}</p> }
    });
    let translated = Memo::new(move |_| page.with(|page| page.translated.clone()));
    let said = move || {
        draft.values.with(|values| {
            translated.with(|all| answers(values, section.section(), |field| beneath(all, values, field)))
        })
    };
    view! {
        {written}
        <div class="card">{said}</div>
        {may_be_translated(section).then(|| translating(draft))}
    }
    .into_any()
}

/// The way to say in another language what a carer wrote. Which language that is, nobody
/// knows for sure.
fn translating(draft: Draft) -> AnyView {
    let nothing = move || draft.values.with(Values::is_empty);
    let boxes = afterwards(move || later(Part::Written(Box::new(draft))));
    view! { <details hidden=nothing><summary>"Add a translation"</summary>{boxes}</details> }.into_any()
}

/// The way to the section after this one.
fn next(page: &SectionPage) -> Option<AnyView> {
    let at = page.others.iter().position(|section| *section == page.section)?;
    let next = *page.others.get(at + 1)?;
    let href = Route::Section(page.plan.clone(), next).path();
    let words = format!("Next: {}", next.section().titled(&page.name));
    Some(view! { <a class="button quiet" href=href>{words}</a> }.into_any())
}

/// The way to every section that this person may open.
fn parts(page: &SectionPage) -> AnyView {
    let links: Vec<_> = page
        .others
        .iter()
        .map(|section| {
            let href = Route::Section(page.plan.clone(), *section).path();
            let here = (*section == page.section).then_some("page");
            view! { <li><a href=href aria-current=here>{section.section().titled(&page.name)}</a></li> }.into_any()
        })
        .collect();
    view! { <nav class="parts" aria-label="Parts of the plan"><ul>{links}</ul></nav> }.into_any()
}

/// Who else wrote here since this person last looked, and while they look, with the way to
/// each place and to all that was written. The server is told that it was seen.
fn changed(page: Signal<SectionPage>, together: Together) -> AnyView {
    let first = page.get_untracked();
    let shown = RwSignal::new(first.sums);
    let (plan, section) = (first.plan, first.section);
    let href = Route::History(plan.clone(), section).path();
    Effect::new(move |_| {
        let (new, looked) = page.with(|page| (page.sums.clone(), page.looked));
        if looked.is_none() || !new.is_empty() {
            let plan = plan.clone();
            // Not vital: what isn't known to be seen is shown again.
            spawn_local(async move { drop(api::looked(plan, Some(section)).await) });
        }
        shown.update(|shown| take_in(shown, new));
    });
    Effect::new(move |_| {
        let new = together.wrote.get();
        if !new.is_empty() {
            shown.update(|shown| take_in(shown, new));
        }
    });
    let (heading, none) = match first.looked {
        Some(_) => ("Since you last looked", "Nobody else, until you opened this page"),
        None => ("Who wrote here", "Nobody else had, when you opened this page"),
    };
    let line = |one: &Sum| {
        let way = |(place, path): (&String, &String)| {
            let (href, path) = (format!("#{}", id_of(path)), path.clone());
            let go = move |event: MouseEvent| {
                event.prevent_default();
                go_into(&path);
            };
            view! { <a href=href on:click=go>{format!("Go to “{place}”")}</a> }.into_any()
        };
        let ways: Vec<_> = one.places.iter().zip(&one.paths).map(way).collect();
        view! { <li><p>{sum(one)}</p>{ways}</li> }.into_any()
    };
    let list = move || {
        let lines: Vec<_> = shown.with(|shown| shown.iter().map(line).collect());
        match lines.is_empty() {
            true => view! { <p class="soft">{none}</p> }.into_any(),
            false => view! {
                <ul class="lines">{lines}</ul>
                <p class="hint">"Alt, Shift and full stop together go to the next of these, with a comma to the one before."</p>
            }
            .into_any(),
        }
    };
    let whole = href.clone();
    // What the person is in, or was last: who wrote that is one press away.
    let about = move || {
        let field = together.at.with(|at| section.section().at(at))?;
        let words = format!("See who wrote “{}”", field.label.replace("{name}", &first.name));
        let href = together.at.with(|at| format!("{whole}#{}", id_of(at)));
        Some(view! { <p><a class="with-icon" href=href>{words}</a></p> }.into_any())
    };
    let told = step_through(shown);
    view! {
        <section class="card side since">
            <h2>{heading}</h2>
            {list}
            <p><a class="with-icon" href=href>"See what was changed"</a></p>
            {about}
            <p class="visually-hidden" role="status">{move || told.get()}</p>
        </section>
    }
    .into_any()
}

/// Goes by keys from one place that others changed to the next. Answers what is said there:
/// who changed it, and when.
fn step_through(shown: RwSignal<Vec<Sum>>) -> RwSignal<String> {
    let told = RwSignal::new(String::new());
    // The latest when a key was last pressed, and where that led.
    let gone_to = StoredValue::new((String::new(), String::new()));
    let keys = window_event_listener(ev::keydown, move |event| {
        let next = match event.code().as_str() {
            "Period" => true,
            "Comma" => false,
            _ => return,
        };
        if !event.alt_key() || !event.shift_key() {
            return;
        }
        event.prevent_default();
        shown.with_untracked(|shown| {
            let ways = ways(shown);
            let Some((latest, _)) = ways.first() else { return };
            // What came since is the next.
            let at = gone_to.with_value(|(was_latest, last)| {
                let at = ways.iter().position(|(path, _)| *path == last);
                at.filter(|_| was_latest == *latest)
            });
            if let Some((path, words)) = neighbour(ways.len(), at, next).and_then(|at| ways.get(at)) {
                gone_to.set_value((latest.to_string(), path.to_string()));
                told.set(words.clone());
                go_into(path);
            }
        });
    });
    on_cleanup(move || keys.remove());
    told
}
