//! What the young person shared with whoever reads this: their own words, unedited
//! and first on the page.

use crate::api::PlanPage;
use crate::api::influence::{SaidBack, hide};
use crate::domain::people::PlanId;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::voice::{AnsweredBack, SharedAnswer};
use crate::pages::steps::Steps;
use crate::ui::problem::notice;
use leptos::prelude::*;
use std::cmp::Reverse;

/// As many as are in sight at once, on the plan's page.
pub const IN_SIGHT: usize = 2;

/// What they shared and what they say to the plan, with what is to be done about it.
pub fn card(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    view! {
        {move || page.with(|page| words(page, IN_SIGHT, Some(steps)))}
        {notice(steps.trouble)}
        {move || page.with(seen)}
        {move || page.with(said_back)}
    }
    .into_any()
}

/// The answers, with no more than so many in sight until they are asked for; on paper
/// nothing is done about them, so there are no steps.
pub fn words(page: &PlanPage, in_sight: usize, steps: Option<Steps>) -> AnyView {
    let name = &page.name;
    // The latest day first, and on one day in the order of the questions.
    let place = |answer: &SharedAnswer| (Reverse(answer.at.day()), place(&answer.question));
    let shared = sorted(&page.shared, |a, b| place(a) > place(b));
    let days: Vec<_> = shared.iter().map(|answer| answer.at.day()).collect();
    let Some(day) = days.first() else {
        let sentence =
            format!("{name} hasn’t shared anything with you for this plan. What they share shows here, first.");
        return view! { <section class="card voices"><h2>{says(name)}</h2><p class="soft">{sentence}</p></section> }
            .into_any();
    };
    // A day is said once where it is the same for all.
    let one_day = days.iter().all(|other| other == day);
    // What they ask back is never out of sight.
    let asked_back = shared.iter().filter(|answer| answer.asked_back.is_some()).count();
    let shared = sorted(&shared, |a, b| a.asked_back.is_none() && b.asked_back.is_some());
    let mut answers: Vec<_> = shared.into_iter().map(|answer| quote(page, answer, !one_day, steps)).collect();
    let rest = answers.split_off(answers.len().min(in_sight.max(asked_back)));
    let more = (!rest.is_empty()).then(|| {
        let words = if rest.len() == 1 { "1 more answer".to_string() } else { format!("{} more answers", rest.len()) };
        view! { <details><summary>{words}</summary>{rest}</details> }
    });
    let when = if one_day { format!(", shared on {}", day.spoken()) } else { String::new() };
    view! {
        <section class="card voices">
            <h2>{says(name)}</h2>
            {answers}
            {more}
            <p class="soft small when">{format!("{name}’s own words, just as they were given{when}.")}</p>
        </section>
    }
    .into_any()
}

/// The place of a question among all of them.
fn place(question: &str) -> Option<usize> {
    SectionId::MyVoice.section().fields.iter().position(|field| field.id == question)
}

fn says(name: &str) -> String {
    format!("What {name} says")
}

/// One answer, as it was given.
fn quote(page: &PlanPage, answer: &SharedAnswer, with_day: bool, steps: Option<Steps>) -> AnyView {
    let question = match SectionId::MyVoice.section().field(&answer.question).map(|field| field.kind) {
        Some(Kind::Question(question)) => Some(question),
        _ => None,
    };
    let asked = question.map_or("", |question| question.words);
    let picked = question.map(|question| question.pick_words(&answer.pick)).filter(|picked| !picked.is_empty());
    let words = Some(answer.words.clone()).filter(|words| !words.trim().is_empty());
    let day = with_day.then(|| format!("Shared on {}", answer.at.day().spoken()));
    view! {
        <figure class="voice-quote">
            <figcaption>{asked}</figcaption>
            {picked.map(|picked| view! { <p class="picked">{picked}</p> })}
            {words.map(|words| view! { <blockquote>{format!("“{words}”")}</blockquote> })}
            {answer.given.said(&page.name).into_iter().map(|line| view! { <p class="soft small">{line}</p> }).collect_view()}
            {day.map(|day| view! { <p class="soft small">{day}</p> })}
            {answer.reply.as_ref().and_then(|reply| reply.back.as_ref()).map(|back| answered_back(&page.name, back))}
            {asked_back(page, answer, steps)}
        </figure>
    }
    .into_any()
}

/// That they asked to take it back, and the way to do as they ask.
fn asked_back(page: &PlanPage, answer: &SharedAnswer, steps: Option<Steps>) -> Option<AnyView> {
    let on = answer.asked_back?.day();
    let name = &page.name;
    let will = match page.may_hide_for_all {
        true => format!("Hiding it closes it for everyone {name} told, and {name} hears that you did."),
        false => format!("Hiding it closes it for you. Others {name} told still see it until they hide it."),
    };
    let press = steps.map(|steps| {
        let (plan, id): (PlanId, _) = (page.plan.clone(), answer.id.clone());
        steps.button("Hide it", "button quiet", move || {
            let (plan, id) = (plan.clone(), id.clone());
            steps.send(async move { hide(plan, id).await });
        })
    });
    Some(
        view! {
            <div class="asked-back stack tight">
                <p><b>{format!("{name} asked to take this back")}</b>{format!(", {}", on.spoken())}</p>
                <p class="soft small">{will}</p>
                {press}
            </div>
        }
        .into_any(),
    )
}

/// What they say to a reply.
pub fn answered_back(name: &str, back: &AnsweredBack) -> AnyView {
    let ok = if back.ok { "OK" } else { "not OK" };
    let words = Some(format!("“{}”", back.words.trim())).filter(|_| !back.words.trim().is_empty());
    view! {
        <div class="answered-back">
            <p><b>{format!("{name} says: {ok} with me")}</b>{format!(", {}", back.at.day().spoken())}</p>
            {words.map(|words| view! { <blockquote>{words}</blockquote> })}
        </div>
    }
    .into_any()
}

/// "Amira has seen the plan: partly", and their words for those they were told of.
pub fn seen(page: &PlanPage) -> Option<AnyView> {
    let seen = page.seen.as_ref()?;
    let heading = format!("{} has seen the plan: {}", page.name, seen.says.words());
    let words = Some(format!("“{}”", seen.words.trim())).filter(|_| !seen.words.trim().is_empty());
    Some(
        view! {
            <section class="card voices seen-plan">
                <h2>{heading}</h2>
                {words.map(|words| view! { <figure class="voice-quote"><blockquote>{words}</blockquote></figure> })}
                <p class="soft small">{seen.at.day().spoken()}</p>
            </section>
        }
        .into_any(),
    )
}

/// What they say to replies of others, about what they didn't share with this person.
pub fn said_back(page: &PlanPage) -> Option<AnyView> {
    let line = |said: &SaidBack| {
        let ok = if said.ok { "OK" } else { "not OK" };
        let heading = format!("To a reply by {}: {ok} with me", said.to);
        let words = Some(format!("“{}”", said.words.trim())).filter(|_| !said.words.trim().is_empty());
        view! {
            <figure class="voice-quote">
                <figcaption>{format!("{heading}, {}", said.on.spoken())}</figcaption>
                {words.map(|words| view! { <blockquote>{words}</blockquote> })}
            </figure>
        }
        .into_any()
    };
    (!page.said_back.is_empty()).then(|| {
        view! {
            <section class="card voices">
                <h2>{format!("What {} says to replies", page.name)}</h2>
                {page.said_back.iter().map(line).collect::<Vec<_>>()}
                <p class="soft small">{format!("{} didn’t share with you what they asked for. What they answer comes to you too.", page.name)}</p>
            </section>
        }
        .into_any()
    })
}
