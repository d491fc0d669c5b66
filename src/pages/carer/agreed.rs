//! What was agreed, on a phone with a network or without: what one does oneself first,
//! then what it is for.

use super::done::{Sayings, Word};
use super::frame::{Tab, foot, framed, top};
use crate::api::Page;
use crate::api::agreed::{self, AgreedPage};
use crate::device::Device;
use crate::domain::agreed::{Agreed, Done, Help, Next, Promise, Target};
use crate::domain::calendar::Day;
use crate::domain::invitation::{Invitation, as_address, of_day};
use crate::domain::meeting::screen::Saying;
use crate::domain::people::PlanId;
use crate::domain::plan::Term;
use crate::domain::words::carer as words;
use crate::pages::load::{Loaded, load, loaded, speak_own};
use crate::ui::pictures::Picture;
use crate::ui::problem::notice;
use crate::ui::words::{Words, language, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

fn key(plan: &PlanId) -> String {
    format!("agreed/{plan}")
}

/// Keeps what was agreed on this phone, whichever of their pages a carer opens.
pub(super) fn keep_agreed(plan: PlanId) {
    let device = Device::here();
    Effect::new(move |_| {
        let plan = plan.clone();
        spawn_local(async move { keep_now(device, plan).await });
    });
}

pub(super) async fn keep_now(device: Device, plan: PlanId) {
    if let Ok(Page(shown)) = agreed::agreed(plan.clone()).await {
        device.keep(&key(&plan), &shown);
    }
}

/// The page.
#[component]
pub fn AgreedView(plan: PlanId) -> impl IntoView {
    let asked = plan.clone();
    let page: Loaded<AgreedPage> = load(key(&plan), move || agreed::agreed(asked.clone()));
    loaded(page, move |page| {
        let first = page.get_untracked();
        speak_own(first.said.clone());
        let sayings = Sayings::of(first.plan.clone(), plan.clone());
        let below = first
            .agreed
            .as_ref()
            .map_or_else(|| Words::here().with(words::FOR_PLAN, &[("name", &first.name)]), of_term);
        let body = move || page.with(|page| body(page, sayings));
        let body = view! { <h1 id="title" tabindex="-1">{say(words::AGREED)}</h1>{body} }.into_any();
        framed(top(&first.name, below, &plan), body, foot(&plan, Tab::Agreed, ().into_any()))
    })
}

fn of_term(agreed: &Agreed) -> String {
    let term = match agreed.term {
        Term::Autumn => words::AUTUMN,
        Term::Spring => words::SPRING,
        Term::Summer => words::SUMMER,
    };
    Words::here().with(words::OF_TERM, &[("term", say(term)), ("year", &agreed.year.to_string())])
}

fn body(page: &AgreedPage, sayings: Sayings) -> AnyView {
    let Some(agreed) = &page.agreed else {
        return view! {
            <p class="lead">{say(words::NOTHING_AGREED)}</p>
            {next(page)}
        }
        .into_any();
    };
    let said = Words::here().with(words::WHAT_NAME_SAID, &[("name", &page.name)]);
    let only = Words::here().with(words::ONLY_SHARED, &[("name", &page.name)]);
    let told = (!agreed.agreed.is_empty()).then(|| {
        card(
            say(words::AGREED_IN_MEETING).into(),
            view! { <p class="as-written">{agreed.agreed.clone()}</p> }.into_any(),
        )
    });
    view! {
        {(!agreed.is_closed).then(|| view! { <p class="soft">{say(words::NOT_SIGNED)}</p> })}
        {mine(&agreed.actions, sayings)}
        {told}
        {list(said, Some(only), agreed.said.iter().map(saying))}
        {list(say(words::WORKING_ON).into(), None, agreed.targets.iter().map(target))}
        {list(say(words::EXTRA_HELP).into(), None, agreed.help.iter().map(help))}
        {list(say(words::OTHERS_DO).into(), None, agreed.actions.iter().filter(|action| !action.mine).map(others))}
        {next(page)}
    }
    .into_any()
}

fn card(title: String, inside: AnyView) -> AnyView {
    view! { <section class="card agreed"><h2>{title}</h2>{inside}</section> }.into_any()
}

/// A list under its heading; nothing where there is nothing in it.
fn list(title: String, below: Option<String>, lines: impl Iterator<Item = AnyView>) -> Option<AnyView> {
    let lines: Vec<_> = lines.collect();
    let below = below.map(|below| view! { <p class="soft small">{below}</p> });
    (!lines.is_empty()).then(|| card(title, view! { {below}<ul class="plain agreed-lines">{lines}</ul> }.into_any()))
}

/// What the reader does, what isn't done yet first.
fn mine(actions: &[Promise], sayings: Sayings) -> AnyView {
    let (open, closed): (Vec<_>, Vec<_>) =
        actions.iter().filter(|action| action.mine).partition(|action| action.done == Done::No);
    let lines: Vec<_> = open.into_iter().chain(closed).map(|action| own(action, sayings)).collect();
    let inside = match lines.is_empty() {
        true => view! { <p class="soft">{say(words::NOTHING_FOR_YOU)}</p> }.into_any(),
        false => view! { <ul class="plain agreed-lines">{lines}</ul> }.into_any(),
    };
    view! {
        <section class="card agreed mine">
            <h2>{say(words::WHAT_YOU_DO)}</h2>
            {inside}
            {notice(sayings.trouble)}
        </section>
    }
    .into_any()
}

fn own(action: &Promise, sayings: Sayings) -> AnyView {
    let (row, in_plan) = (action.row.clone(), action.done == Done::InPlan);
    let was_done = action.done != Done::No;
    let spoken = Words::here();
    let about = Memo::new({
        let row = row.clone();
        move |_| sayings.about(&row)
    });
    let is_done = move || match about.get() {
        Some(Word::Here(done) | Word::Told(done)) => done,
        None => was_done,
    };
    let place = move || match about.get() {
        Some(Word::Here(_)) => spoken.say(words::MARKED_HERE),
        Some(Word::Told(true)) => spoken.say(words::TEAM_SEES),
        Some(Word::Told(false)) => "",
        None if was_done && !in_plan => spoken.say(words::TEAM_SEES),
        None => "",
    };
    let press = move |_| sayings.say(row.clone(), !is_done());
    let button = (!in_plan).then(|| {
        let label = move || spoken.say(if is_done() { words::TAKE_BACK } else { words::MARK_DONE });
        view! { <button type="button" class="button quiet wide" on:click=press>{label}</button> }
    });
    view! {
        <li class="promise" data-done=move || is_done().then_some("")>
            <p class="what">{action.what.clone()}</p>
            {action.by.map(|day| view! { <p class="soft">{by(day)}</p> })}
            <p class="is-done" hidden=move || !is_done()><Picture id="icon-tick"/>{say(words::IS_DONE)}</p>
            {button}
            <p class="soft small" role="status">{place}</p>
        </li>
    }
    .into_any()
}

fn by(day: Day) -> String {
    let spoken = Words::here();
    spoken.with(words::BY, &[("day", &spoken.day(day))])
}

/// "Tom Nowak, by Friday 3 March 2028".
fn who_and_when(who: &str, day: Option<Day>) -> String {
    let spoken = Words::here();
    match (who, day) {
        (who, None) => who.to_string(),
        ("", Some(day)) => by(day),
        (who, Some(day)) => spoken.with(words::NAME_BY, &[("name", who), ("day", &spoken.day(day))]),
    }
}

fn others(action: &Promise) -> AnyView {
    let done = match &action.done {
        Done::No => None,
        Done::Others(name) => Some(Words::here().with(words::DONE_BY, &[("name", name)])),
        Done::InPlan | Done::Mine => Some(say(words::IS_DONE).to_string()),
    };
    let done = done.map(|done| view! { <p class="is-done"><Picture id="icon-tick"/>{done}</p> });
    view! {
        <li>
            <p>{action.what.clone()}</p>
            <p class="soft">{who_and_when(&action.who, action.by)}</p>
            {done}
        </li>
    }
    .into_any()
}

/// The young person's words, just as they were given, and what becomes of them.
fn saying(saying: &Saying) -> AnyView {
    let line = |words: &String| (!words.is_empty()).then(|| view! { <p class="as-written">{words.clone()}</p> });
    let reply = saying.reply.as_ref().map(|reply| {
        let told = match reply.why.as_str() {
            "" => reply.verdict.clone(),
            why => Words::here().with(words::ANSWER_WITH_WHY, &[("answer", &reply.verdict), ("why", why)]),
        };
        view! { <p class="reply">{told}</p> }
    });
    view! {
        <li>
            <p class="soft">{saying.asked.clone()}</p>
            <blockquote>{line(&saying.picked)}{line(&saying.words)}</blockquote>
            {reply}
        </li>
    }
    .into_any()
}

fn target(target: &Target) -> AnyView {
    let how = (!target.how.is_empty()).then(|| Words::here().with(words::HOW, &[("words", &target.how)]));
    view! {
        <li>
            <p class="what">{target.what.clone()}</p>
            {how.map(|how| view! { <p class="as-written">{how}</p> })}
            <p class="soft">{who_and_when(&target.who, target.by)}</p>
        </li>
    }
    .into_any()
}

fn help(help: &Help) -> AnyView {
    view! { <li><p>{help.what.clone()}</p><p class="soft">{help.from.clone()}</p></li> }.into_any()
}

/// When one meets again, and the way into a calendar. The file is made here, so it is
/// there without a network.
fn next(page: &AgreedPage) -> AnyView {
    let told = |day: String, below: String, file: String| {
        view! {
            <p class="day">{day}</p>
            {(!below.is_empty()).then(|| view! { <p class="soft">{below}</p> })}
            <p><a class="button quiet wide" href=as_address(&file) download="meeting.ics">{say(words::ADD_TO_CALENDAR)}</a></p>
            <p class="soft small">{say(words::CALENDAR_KEEPS_NO_NAME)}</p>
        }
        .into_any()
    };
    let (plan, link, stamp) = (page.plan.clone(), page.link.clone(), page.made);
    let inside = match page.next.clone() {
        None => view! { <p class="soft">{say(words::NO_NEXT_MEETING)}</p> }.into_any(),
        Some(Next::On(day)) => {
            told(Words::here().day(day), String::new(), of_day(&plan, day, stamp, &link, language()))
        }
        Some(Next::At(at, place)) => {
            let below = match place.as_str() {
                "" => at.clock(),
                place => [at.clock().as_str(), place].join(language().comma()),
            };
            let place = String::new();
            let invitation = Invitation { plan, at, place, sequence: 0, stamp, link };
            told(Words::here().day(at.day()), below, invitation.written_in(language()))
        }
    };
    card(say(words::NEXT_MEETING).into(), inside)
}
