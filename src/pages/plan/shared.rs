//! What the young person shared with whoever reads this: their own words, unedited
//! and first on the page.

use super::later::{Part, later};
use crate::api::PlanPage;
use crate::api::influence::{SaidBack, hide, translate};
use crate::domain::people::{AnswerId, PlanId};
use crate::domain::sections::{Kind, SectionId};
use crate::domain::sorted::sorted;
use crate::domain::voice::{AnsweredBack, SharedAnswer};
use crate::pages::steps::Steps;
use crate::pages::translating::{adding, translated};
use crate::ui::field::Asked;
use crate::ui::form;
use crate::ui::later::afterwards;
use crate::ui::problem::notice;
use leptos::prelude::*;
use std::cmp::Reverse;

/// As many as are in sight at once, on the plan's page.
pub const IN_SIGHT: usize = 2;

/// What holds the answers that are not in sight.
const MORE: &str = "more-answers";

/// What they shared and what they say to the plan, with what is to be done about it.
pub fn card(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    // Only they draw it anew: somebody may be writing a translation.
    let shared = Memo::new(move |_| page.with(|page| page.shared.clone()));
    let answers = move || {
        // Read, and not only tracked: a memo that nobody reads follows nothing.
        shared.with(|_| ());
        page.with_untracked(|page| words(page, IN_SIGHT, Some(steps)))
    };
    view! {
        {answers}
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
        view! { <details id=MORE open=is_open(MORE)><summary>{words}</summary>{rest}</details> }
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

/// Whether what one opened was open before it is drawn anew.
fn is_open(id: &str) -> bool {
    !is_server() && document().get_element_by_id(id).is_some_and(|details| details.has_attribute("open"))
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
    let asked = question.map_or("", |question| question.in_words());
    let picked = question.map(|question| question.pick_words(&answer.pick)).filter(|picked| !picked.is_empty());
    let words = Some(answer.words.clone()).filter(|words| !words.trim().is_empty());
    let language = answer.given.language;
    let (heard, drawn) = (heard(answer), drawn(answer));
    let day = with_day.then(|| format!("Shared on {}", answer.at.day().spoken()));
    let beside = answer.given.said(&page.name).into_iter().chain(day);
    view! {
        <figure class="voice-quote">
            <figcaption>{asked}</figcaption>
            {picked.map(|picked| view! { <p class="picked">{picked}</p> })}
            {words.map(|words| view! { <blockquote lang=language.tag() dir="auto">{format!("“{words}”")}</blockquote> })}
            {answer.translations.iter().map(translated).collect::<Vec<_>>()}
            {drawn}
            {heard}
            {steps.and_then(|steps| translating(page, answer, steps))}
            {beside.map(|line| view! { <p class="soft small">{line}</p> }.into_any()).collect::<Vec<_>>()}
            {answer.reply.as_ref().and_then(|reply| reply.back.as_ref()).map(|back| answered_back(&page.name, back))}
            {asked_back(page, answer, steps)}
        </figure>
    }
    .into_any()
}

/// The way to say it in another language, where not everybody may understand it.
fn translating(page: &PlanPage, answer: &SharedAnswer, steps: Steps) -> Option<AnyView> {
    let english = answer.given.language.is_english() && page.language.is_english();
    let says_something = !answer.all_words().is_empty() || answer.made.recording.is_some();
    (!english && says_something).then(|| {
        let (plan, answer) = (page.plan.clone(), answer.id.clone());
        // What is in the box stays when the answers are drawn anew.
        let before = if is_server() { String::new() } else { form::typed(&box_of(&answer)) };
        let open = !before.is_empty();
        let boxes = afterwards(move || later(Part::Translation(plan.clone(), answer.clone(), steps, before.clone())));
        view! { <details open=open><summary>"Add a translation"</summary>{boxes}</details> }.into_any()
    })
}

/// The id of the box for a translation of an answer.
fn box_of(answer: &AnswerId) -> String {
    format!("translation-{answer}")
}

/// The box, with what was typed into it before.
pub(super) fn translation(plan: PlanId, answer: AnswerId, steps: Steps, before: &str) -> AnyView {
    let hint = "Your name stands beside it, for those who see the answer.";
    let asked = Asked::new(box_of(&answer), "What it says, in another language".into(), hint.into());
    let add = move |words| translate(plan.clone(), answer.clone(), words);
    adding(steps.deciding, asked, before, |_: &str| (), add)
}

/// What they drew, with what they say of it; or that alone.
fn drawn(answer: &SharedAnswer) -> Option<AnyView> {
    let about = Some(answer.made.picture_words.trim().to_string()).filter(|about| !about.is_empty());
    let alt = about.clone().unwrap_or_else(|| "A drawing. Nothing was said about it".into());
    let drawing = answer.made.drawing.as_ref().map(|id| {
        view! { <img class="drawing" src=format!("/v1/media/{id}") alt=alt width="1000" height="750" loading="lazy"/> }
    });
    let about = about.map(|about| view! { <blockquote>{format!("“{about}”")}</blockquote> });
    (drawing.is_some() || about.is_some()).then(|| view! { {drawing}{about} }.into_any())
}

/// What they said aloud.
fn heard(answer: &SharedAnswer) -> Option<AnyView> {
    let id = answer.made.recording.as_ref()?;
    // Whoever can't hear it is told whether it is there in words.
    let words =
        if answer.words.trim().is_empty() { "A recording. There are no words for it yet." } else { "A recording" };
    let player = view! { <audio controls preload="none" src=format!("/v1/media/{id}")></audio> };
    Some(view! { <div class="heard"><p class="soft small">{words}</p>{player}</div> }.into_any())
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
    saying(format!("{name} says: {}, {}", ok(back.ok), back.at.day().spoken()), &back.words)
}

fn ok(ok: Option<bool>) -> &'static str {
    match ok {
        Some(true) => "OK with me",
        Some(false) => "not OK with me",
        None => "I’m not sure",
    }
}

/// What they said of something, with their own words where they gave some.
fn saying(said: String, words: &str) -> AnyView {
    let words = Some(format!("“{}”", words.trim())).filter(|_| !words.trim().is_empty());
    view! {
        <figure class="voice-quote answered-back">
            <figcaption>{said}</figcaption>
            {words.map(|words| view! { <blockquote>{words}</blockquote> })}
        </figure>
    }
    .into_any()
}

/// "Amira has seen the plan: partly", and their words for those they were told of.
pub fn seen(page: &PlanPage) -> Option<AnyView> {
    let seen = page.seen.as_ref()?;
    let said = format!("{} has seen the plan: {}", page.name, seen.says.words());
    Some(card_of(said, vec![saying(seen.at.day().spoken(), &seen.words)]))
}

/// What they say to replies of others, about what they didn't share with this person.
pub fn said_back(page: &PlanPage) -> Option<AnyView> {
    let line = |said: &SaidBack| {
        saying(format!("To a reply by {}: {}, {}", said.to, ok(said.ok), said.on.spoken()), &said.words)
    };
    let said: Vec<_> = page.said_back.iter().map(line).collect();
    (!said.is_empty()).then(|| card_of(format!("What {} says to replies", page.name), said))
}

fn card_of(heading: String, said: Vec<AnyView>) -> AnyView {
    view! { <section class="card voices"><h2>{heading}</h2>{said}</section> }.into_any()
}
