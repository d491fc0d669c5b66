//! "I have seen my plan": what was agreed for them in a few plain words, and how they
//! find it.

use super::frame::Heading;
use super::talk::Talk;
use super::telling::{Asking, Tell, Way};
use crate::api::influence::{MyPlan, Promise, WorkingOn};
use crate::domain::calendar::Day;
use crate::domain::voice::{SEEN_PLAN, SEEN_PLAN_WORDS, SeenPlan as Seeing, View};
use crate::domain::words::Word;
use crate::domain::words::influence::{
    AGREE, BY, DONE, DONT_AGREE, HELP_WITH_IT, I_HAVE_SEEN, MY_LAST_PLAN_LEAD, MY_PLAN, MY_PLAN_LEAD, NOTHING_YET,
    PARTLY_AGREE, READ_PART, SAY_MORE_PLAN, WE_AGREED, WHO_DOES_WHAT, WITH, WORKING_ON,
};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;

#[component]
pub fn SeenPlan(talk: Talk) -> impl IntoView {
    let plan = untrack(|| talk.hearing.with(|heard| heard.plan.clone())).flatten();
    let lead = match &plan {
        Some(plan) if plan.before => say(MY_LAST_PLAN_LEAD),
        Some(_) => say(MY_PLAN_LEAD),
        None => say(NOTHING_YET),
    };
    view! {
        <Heading talk words=say(MY_PLAN) aloud=format!("{}. {lead}", say(MY_PLAN)) reads="main h1, main > .lead"/>
        <p class="lead">{lead}</p>
        {plan.map(|plan| view! { <Agreed plan=plan.clone()/><Finding talk plan/> })}
    }
}

/// What is read of the plan.
#[component]
fn Agreed(plan: MyPlan) -> impl IntoView {
    let words = Words::here();
    let agreed = plan.agreed;
    let empty = agreed.is_empty() && plan.working_on.is_empty() && plan.promises.is_empty();
    let aims: Vec<_> = plan.working_on.iter().map(|aim| lines(words, aim)).collect();
    let aims_aloud = aims.iter().flatten().cloned().collect::<Vec<_>>().join(". ");
    let promises: Vec<_> = plan.promises.iter().map(|promise| promised(words, promise)).collect();
    let promises_aloud = promises.join(". ");
    view! {
        {empty.then(|| view! { <p>{say(NOTHING_YET)}</p> })}
        {(!agreed.is_empty()).then(|| view! {
            <Part title=WE_AGREED aloud=agreed.clone()><p class="their-plan" lang="en-GB" dir="auto">{agreed}</p></Part>
        })}
        {(!aims.is_empty()).then(|| view! {
            <Part title=WORKING_ON aloud=aims_aloud>
                <ul class="plain stack">{plan.working_on.into_iter().zip(aims).map(aim).collect_view()}</ul>
            </Part>
        })}
        {(!promises.is_empty()).then(|| view! {
            <Part title=WHO_DOES_WHAT aloud=promises_aloud>
                <ul class="plain promises">{plan.promises.into_iter().map(promise).collect_view()}</ul>
            </Part>
        })}
    }
}

/// One part of the plan, with its voice.
#[component]
fn Part(title: Word, aloud: String, children: Children) -> impl IntoView {
    let aloud = format!("{}. {aloud}", say(title));
    view! {
        <section class="card plan-part stack">
            <div class="asking"><h2>{say(title)}</h2><ReadAloud text=aloud label=say(READ_PART) reads="h2, p"/></div>
            {children()}
        </section>
    }
}

/// What is said of one thing they are working on.
fn lines(words: Words, aim: &WorkingOn) -> Vec<String> {
    let part = |word: Word, place: &str, said: &str| {
        (!said.trim().is_empty()).then(|| words.with(word, &[(place, said.trim().trim_end_matches('.'))]))
    };
    let more = [part(HELP_WITH_IT, "help", &aim.help), part(WITH, "who", &aim.who), by(words, aim.day)];
    std::iter::once(aim.what.trim().trim_end_matches('.').to_string()).chain(more.into_iter().flatten()).collect()
}

fn aim((aim, lines): (WorkingOn, Vec<String>)) -> AnyView {
    let mut lines = lines.into_iter();
    let what = lines.next().unwrap_or_default();
    view! {
        <li class="aim">
            {aim.picture.map(|id| view! { <Picture id class="picture"/> })}
            <div>
                <p lang="en-GB" dir="auto"><b>{what}</b></p>
                {lines.map(|line| view! { <p>{line}</p> }).collect_view()}
            </div>
        </li>
    }
    .into_any()
}

fn by(words: Words, day: Option<Day>) -> Option<String> {
    day.map(|day| words.with(BY, &[("day", &words.day(day))]))
}

fn promised(words: Words, promise: &Promise) -> String {
    let day = by(words, promise.day).unwrap_or_default();
    let parts = [promise.who.as_str(), promise.what.as_str(), day.as_str()];
    parts
        .into_iter()
        .map(|part| part.trim().trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

fn promise(promise: Promise) -> AnyView {
    let day = by(Words::here(), promise.day.filter(|_| !promise.done));
    view! {
        <li>
            <p><b>{promise.who}</b></p>
            <p lang="en-GB" dir="auto">{promise.what}</p>
            {day.map(|day| view! { <p class="soft">{day}</p> })}
            {promise.done.then(|| view! { <p class="promise-done"><Picture id="icon-tick"/>{say(DONE)}</p> })}
        </li>
    }
    .into_any()
}

const WAYS: &[Way] =
    &[("agree", AGREE, "face-good"), ("partly", PARTLY_AGREE, "face-in-between"), ("no", DONT_AGREE, "face-not-good")];

/// How they find it.
#[component]
fn Finding(talk: Talk, plan: MyPlan) -> impl IntoView {
    let id = plan.plan;
    let asking = Asking {
        name: "seen-plan".into(),
        question: I_HAVE_SEEN,
        ways: WAYS,
        say_more: SAY_MORE_PLAN,
        path: SEEN_PLAN.into(),
        words: SEEN_PLAN_WORDS.into(),
        hears: plan.hears,
    };
    let before = plan.seen.map(|seen| (seen.says.id().to_string(), seen.words));
    let written = {
        let id = id.clone();
        Memo::new(move |_| {
            let seen = Seeing::read(&talk.draft.fact(SEEN_PLAN)?).filter(|seen| seen.plan == id)?;
            Some((seen.says.id().to_string(), seen.words))
        })
    };
    let said = Signal::derive(move || written.get().or_else(|| before.clone()));
    let tell = Callback::new(move |(way, words): (&'static str, String)| {
        if let Ok(says) = way.parse::<View>() {
            talk.set(SEEN_PLAN, Seeing { plan: id.clone(), says, words }.written());
        }
    });
    view! { <section class="card stack finding"><Tell talk asking said tell/></section> }
}
