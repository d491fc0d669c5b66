//! What the young person shared with whoever reads this: their own words, unedited
//! and first on the page.

use crate::api::PlanPage;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::voice::SharedAnswer;
use leptos::prelude::*;
use std::cmp::Reverse;

/// As many as are in sight at once, on the plan's page.
pub const IN_SIGHT: usize = 2;

/// The answers, with no more than so many in sight until they are asked for.
pub fn words(page: &PlanPage, in_sight: usize) -> AnyView {
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
    let mut answers: Vec<_> = shared.into_iter().map(|answer| quote(answer, !one_day)).collect();
    let rest = answers.split_off(answers.len().min(in_sight));
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
fn quote(answer: &SharedAnswer, with_day: bool) -> AnyView {
    let question = match SectionId::MyVoice.section().field(&answer.question).map(|field| field.kind) {
        Some(Kind::Question(question)) => Some(question),
        _ => None,
    };
    let asked = question.map_or("", |question| question.in_words());
    let picked = question.map(|question| question.pick_words(&answer.pick)).filter(|picked| !picked.is_empty());
    let words = Some(answer.words.clone()).filter(|words| !words.trim().is_empty());
    let (heard, seen) = (heard(answer), seen(answer));
    let day = with_day.then(|| format!("Shared on {}", answer.at.day().spoken()));
    view! {
        <figure class="voice-quote">
            <figcaption>{asked}</figcaption>
            {picked.map(|picked| view! { <p class="picked">{picked}</p> })}
            {words.map(|words| view! { <blockquote>{format!("“{words}”")}</blockquote> })}
            {seen}
            {heard}
            {day.map(|day| view! { <p class="soft small">{day}</p> })}
        </figure>
    }
    .into_any()
}

/// What they drew, with what they say of it; or that alone.
fn seen(answer: &SharedAnswer) -> Option<AnyView> {
    let about = Some(answer.picture_words.trim().to_string()).filter(|about| !about.is_empty());
    let alt = about.clone().unwrap_or_else(|| "A drawing. Nothing was said about it".into());
    let drawing = answer.drawing.as_ref().map(|id| {
        view! { <img class="drawing" src=format!("/v1/media/{id}") alt=alt width="1000" height="750" loading="lazy"/> }
    });
    let about = about.map(|about| view! { <blockquote>{format!("“{about}”")}</blockquote> });
    (drawing.is_some() || about.is_some()).then(|| view! { {drawing}{about} }.into_any())
}

/// What they said aloud.
fn heard(answer: &SharedAnswer) -> Option<AnyView> {
    let id = answer.recording.as_ref()?;
    // Whoever can't hear it is told whether it is there in words.
    let words =
        if answer.words.trim().is_empty() { "A recording. There are no words for it yet." } else { "A recording" };
    let player = view! { <audio controls preload="none" src=format!("/v1/media/{id}")></audio> };
    Some(view! { <div class="heard"><p class="soft small">{words}</p>{player}</div> }.into_any())
}
