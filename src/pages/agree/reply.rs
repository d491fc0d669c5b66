//! What the young person asked for, and what becomes of it: yes, partly or not this
//! time, and why, in words that they understand.

use crate::api::PlanPage;
use crate::api::agreeing::reply;
use crate::api::influence::say_reply;
use crate::domain::calendar::Moment;
use crate::domain::people::AnswerId;
use crate::domain::reading::is_hard_in;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::voice::{InTheirs, Question, Reply, SharedAnswer, Verdict};
use crate::domain::words::Language;
use crate::pages::deciding::Deciding;
use crate::pages::half::Half;
use crate::pages::plan::shared::answered_back;
use crate::pages::steps::{Steps, refusal};
use crate::pages::translating::adding;
use crate::ui::field::Asked;
use crate::ui::form::{choice, date, day, parts_of_date, typed, words};
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
    let (id, question, language) = (answer.id.clone(), answer.question.clone(), answer.given.language);
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
                {reply.theirs.as_ref().map(said_in_theirs)}
                {due.map(|due| view! { <p><b>{due}</b></p> })}
                <p class="soft small">{by}</p>
                {back}
            }
            .into_any()
        })
    };
    // A plan that is over takes a reply where the last one isn't OK with them, or they
    // aren't sure.
    let open =
        Memo::new(move |_| now.with(|now| now.as_ref()?.back.as_ref().map(|back| back.ok != Some(true))) == Some(true));
    let closed = move || page.with(|page| page.state.is_over()) && !open.get();
    view! {
        <li class="stack tight" id=format!("reply-{question}") tabindex="-1">
            <p class="soft">{question_of(&answer).map_or("", |question| question.in_words())}</p>
            <blockquote class="their-words">{in_their_words(&answer)}</blockquote>
            {said}
            {(!language.is_english()).then(|| in_theirs(page, id.clone(), now, language))}
            <details hidden=closed open=answer.reply.is_none()>
                <summary>{move || if now.with(Option::is_none) { "Reply" } else { "Reply again" }}</summary>
                {form(page, steps, id, &question)}
            </details>
        </li>
    }
    .into_any()
}

/// Why, in the young person's language: a person says so, and no machine.
fn said_in_theirs(theirs: &InTheirs) -> AnyView {
    let by = format!("In {} by {}, a person", theirs.language.in_english(), theirs.by);
    view! {
        <p class="words" lang=theirs.language.tag() dir="auto">{theirs.words.clone()}</p>
        <p class="soft small">{by}</p>
    }
    .into_any()
}

/// The way to say the reply that stands in their language, for who knows that.
fn in_theirs(page: Signal<PlanPage>, answer: AnswerId, now: Memo<Option<Reply>>, language: Language) -> AnyView {
    let deciding = Deciding::here(refusal);
    let at = Memo::new(move |_| now.with(|now| now.as_ref().map(|reply| reply.at)));
    let (plan, name) = page.with_untracked(|page| (page.plan.clone(), page.name.clone()));
    // A box is of one reply: what is half typed of an earlier one isn't said of this.
    let its = move |at: Moment| {
        let label = format!("The same in {}", language.in_english());
        let hint = format!("{name} reads it first, with your name. The reply stays beside it.");
        let asked = Asked::new(format!("theirs-{answer}-{}", at.0), label, hint);
        let (plan, answer) = (plan.clone(), answer.clone());
        let add = move |words| say_reply(plan.clone(), answer.clone(), at.0, words);
        let summary = format!("Say it in {}", language.in_english());
        view! {
            <details>
                <summary>{summary}</summary>
                <div class="stack tight">{adding(deciding, asked, "", |_: &str| (), add)}{notice(deciding.trouble)}</div>
            </details>
        }
        .into_any()
    };
    (move || at.get().map(&its)).into_any()
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
    let half = Half::of(
        &format!("reply-{answer}"),
        [verdict.clone(), why.clone()].into_iter().chain(parts_of_date(&due)).map(|id| (id, String::new())),
    );
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
        steps.send(half.until(reply(plan, answer, verdict, why, due)));
    };
    view! {
        <div class="stack tight" on:input=move |_| half.keep()>
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
