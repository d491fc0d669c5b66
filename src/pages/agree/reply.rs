//! What the young person asked for, and what becomes of it: yes, partly or not this
//! time, and why, in words that they understand.

use crate::api::PlanPage;
use crate::api::agreeing::reply;
use crate::domain::people::AnswerId;
use crate::domain::reading::is_hard_in;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::voice::{Question, SharedAnswer, Verdict};
use crate::pages::plan::shared::answered_back;
use crate::pages::steps::Steps;
use crate::ui::field::Asked;
use crate::ui::form::{choice, date, day, typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let asked = Memo::new(move |_| page.with(requests));
    let heading = move || page.with(|page| format!("What {} asked for", page.name));
    view! {
        <section class="card replies" hidden=move || asked.with(Vec::is_empty)>
            <h2>{heading}</h2>
            <ul class="lines">
                <For
                    each=move || asked.get()
                    key=|answer| answer.id.clone()
                    children=move |answer| request(page, asked, answer)
                />
            </ul>
        </section>
    }
    .into_any()
}

fn requests(page: &PlanPage) -> Vec<SharedAnswer> {
    page.shared.iter().filter(|answer| answer.asks()).cloned().collect()
}

fn request(page: Signal<PlanPage>, asked: Memo<Vec<SharedAnswer>>, answer: SharedAnswer) -> AnyView {
    let steps = Steps::of(page);
    let (id, question) = (answer.id.clone(), answer.question.clone());
    let now = {
        let id = id.clone();
        Memo::new(move |_| asked.with(|asked| asked.iter().find(|answer| answer.id == id)?.reply.clone()))
    };
    let said = move || {
        now.get().map(|reply| {
            let by = format!("{}, {}", reply.by, reply.at.day().spoken());
            let due = reply.due.map(|day| format!("By {}", day.spoken()));
            let back = page.with(|page| reply.back.as_ref().map(|back| answered_back(&page.name, back)));
            view! {
                <p><span class="tag action">{reply.verdict.words()}</span></p>
                <p class="words">{reply.why.clone()}</p>
                {due.map(|due| view! { <p><b>{due}</b></p> })}
                <p class="soft small">{by}</p>
                {back}
            }
            .into_any()
        })
    };
    // A plan that is over takes a reply where the last one isn't OK with them.
    let not_ok = Memo::new(move |_| now.with(|now| now.as_ref()?.back.as_ref().map(|back| !back.ok)) == Some(true));
    let closed = move || page.with(|page| page.state.is_over()) && !not_ok.get();
    view! {
        <li class="stack tight" id=format!("reply-{question}") tabindex="-1">
            <p class="soft">{question_of(&answer).map_or("", |question| question.in_words())}</p>
            <blockquote class="their-words">{in_their_words(&answer)}</blockquote>
            {said}
            <details hidden=closed open=answer.reply.is_none()>
                <summary>{move || if now.with(Option::is_none) { "Reply" } else { "Reply again" }}</summary>
                {form(page, steps, id, &question)}
            </details>
        </li>
    }
    .into_any()
}

/// What it answers: a name alone doesn't say whether they should come or stay away.
fn question_of(answer: &SharedAnswer) -> Option<&'static Question> {
    match SectionId::MyVoice.section().field(&answer.question)?.kind {
        Kind::Question(question) => Some(question),
        _ => None,
    }
}

fn in_their_words(answer: &SharedAnswer) -> String {
    let picked = question_of(answer).map(|question| question.pick_words(&answer.pick)).unwrap_or_default();
    [picked.as_str(), &answer.all_words(), answer.made.named()]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}

fn form(page: Signal<PlanPage>, steps: Steps, answer: AnswerId, question: &str) -> AnyView {
    let (verdict, why) = (format!("verdict-{question}"), format!("because-{question}"));
    let due = format!("due-{question}");
    let (name, year_group) = page.with_untracked(|page| (page.name.clone(), page.year_group.clone()));
    let hard = easier(&name);
    let is_hard = RwSignal::new(false);
    let look_at = {
        let why = why.clone();
        move |_| is_hard.set(is_hard_in(&year_group, &typed(&why)))
    };
    let verdict_asked = Asked::new(verdict.clone(), "What will happen".into(), String::new());
    let why_asked = Asked::new(
        why.clone(),
        "Why, and what happens next".into(),
        format!("{name} reads this. Write it as you would say it."),
    );
    let due_asked = Asked::new(due.clone(), "By when (if there is a day)".into(), String::new());
    let verdicts = || Verdict::ALL.map(|verdict| (verdict.id().to_string(), verdict.words().to_string())).to_vec();
    let send = move || {
        let Ok(verdict) = typed(&verdict).parse::<Verdict>() else {
            return steps.trouble.set(Some("Choose what will happen.".into()));
        };
        let (plan, answer, why) = (page.with_untracked(|page| page.plan.clone()), answer.clone(), typed(&why));
        let due = match day(&due) {
            Ok(due) => due,
            Err(sentence) => return steps.trouble.set(Some(format!("{sentence}."))),
        };
        steps.send(async move { reply(plan, answer, verdict, why, due).await });
    };
    view! {
        <div class="stack tight">
            {choice(&verdict_asked, RwSignal::new(None), "Choose one", verdicts)}
            <div on:input=look_at>{words(&why_asked, RwSignal::new(None), "")}</div>
            <p class="hint" hidden=move || !is_hard.get()>{hard}</p>
            {date(&due_asked, RwSignal::new(None))}
            <div>{steps.button("Reply", "button", send)}</div>
            {notice(steps.trouble)}
        </div>
    }
    .into_any()
}

/// Beneath words that a child of this age would find hard. It stops nobody.
fn easier(name: &str) -> String {
    format!("This may be hard for {name} to read. Short sentences and everyday words are easier.")
}
