//! The last screen: what was said, who can see each part, and what comes next.

use super::audience::Seen;
use super::draw::Drawn;
use super::frame::Heading;
use super::named::known_as;
use super::picks::drawing;
use super::record::Heard;
use super::stop::{GiveBack, Kept};
use super::talk::{Asked, Talk, questions};
use crate::ui::pictures::Picture;
use leptos::prelude::*;

#[component]
pub fn Finish(talk: Talk) -> impl IntoView {
    view! {
        <Chosen talk/>
        <Heading talk words="You've finished" aloud="You've finished. Here is what you said, and who can see it."/>
        <Kept/>
        <Said talk/>
        <Next talk/>
        <GiveBack/>
    }
}

/// A picture that they picked, large, for being here. No points and no prizes.
#[component]
fn Chosen(talk: Talk) -> impl IntoView {
    let id = move || {
        questions()
            .filter_map(|(id, question)| {
                let pick = talk.pick(id);
                drawing(question, pick.split(',').next()?)
            })
            .find(|id| id.starts_with("pic-"))
            .unwrap_or_else(|| "code-sun".into())
    };
    view! { <div class="chosen">{move || view! { <Picture id=id() class="picture"/> }}</div> }
}

/// Each answer as they gave it, with who can see it.
#[component]
fn Said(talk: Talk) -> impl IntoView {
    // Only which answers there are redraws the list; the rest follows by itself.
    let answered = Memo::new(move |_| {
        let given = |asked: &Asked| talk.is_answered(asked.id);
        talk.asked().into_iter().enumerate().filter(|(_, asked)| given(asked)).collect::<Vec<_>>()
    });
    move || {
        let answered = answered.get();
        if answered.is_empty() {
            return view! { <p class="lead">"You didn't answer anything this time. That's fine."</p> }.into_any();
        }
        let row = move |(number, asked): (usize, Asked)| {
            let words = move || talk.words(asked.id);
            view! {
                <li class="card recap">
                    <h3>{asked.prompt}</h3>
                    <Picked talk asked/>
                    {move || (!words().trim().is_empty()).then(|| view! { <blockquote class="their-words">{words()}</blockquote> })}
                    <Drawn talk asked/>
                    <Heard talk asked/>
                    <div class="recap-foot">
                        <Seen talk asked/>
                        <button type="button" class="button quiet" on:click=move |_| talk.go(number + 1)>
                            "Change"
                            <span class="visually-hidden">{format!(": {}", asked.prompt)}</span>
                        </button>
                    </div>
                </li>
            }
        };
        view! {
            <section class="stack" aria-labelledby="said">
                <h2 id="said">"What you said"</h2>
                <ul class="plain stack">{answered.into_iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    }
}

/// The picked answers, in pictures and words.
#[component]
pub fn Picked(talk: Talk, asked: Asked) -> impl IntoView {
    move || {
        let pick = talk.pick(asked.id);
        (!pick.is_empty()).then(|| {
            let drawings: Vec<_> = pick.split(',').filter_map(|pick| drawing(asked.question, pick)).collect();
            view! {
                <p class="picked">
                    {drawings.into_iter().map(|id| view! { <Picture id class="picture"/> }).collect_view()}
                    <span>{asked.question.pick_words(&pick)}</span>
                </p>
            }
        })
    }
}

/// What happens next: nothing that the plan doesn't know.
#[component]
fn Next(talk: Talk) -> impl IntoView {
    let meeting = talk.page(|page| page.meeting.clone());
    let when = meeting.map(|meeting| {
        let place = if meeting.place.is_empty() { String::new() } else { format!(", {}", meeting.place) };
        format!("Your meeting is on {} at {}{place}.", meeting.at.day().spoken(), meeting.at.clock())
    });
    let who: Vec<_> =
        talk.team().into_iter().map(|member| format!("{}, {}", member.name, known_as(member.role))).collect();
    view! {
        <section class="card next-steps stack" aria-labelledby="next-steps">
            <h2 id="next-steps">"What happens next"</h2>
            <p>{when.unwrap_or_else(|| "The day of your meeting isn't set yet. Ask the grown-up who is with you.".into())}</p>
            <p>"Whoever you shared with can read those words before your meeting. You can still change them, or take them back."</p>
            {(!who.is_empty()).then(|| view! {
                <p>"The people who help with your plan:"</p>
                <ul class="people">{who.into_iter().map(|who| view! { <li>{who}</li> }).collect_view()}</ul>
            })}
        </section>
    }
}
