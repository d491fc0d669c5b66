//! The last screen: what was said, who can see each part, and what comes next. And what
//! they said so far, for who comes back.

use super::audience::Seen;
use super::draw::Drawn;
use super::frame::Heading;
use super::named::known_as;
use super::picks::drawing;
use super::record::Heard;
use super::stop::{Kept, gives_back};
use super::talk::{Asked, Talk, questions};
use crate::domain::sections::Pick;
use crate::domain::voice::Question;
use crate::domain::words::Language;
use crate::domain::words::influence::{
    BEFORE_MEETING, CHANGE, FINISHED, FINISHED_ALOUD, MEETING_AT, MEETING_ON, NEXT_STEPS, NO_MEETING, SAID_NOTHING,
    THANK_YOU, WHAT_YOU_SAID, WHO_HELPS,
};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;

#[component]
pub fn Finish(talk: Talk) -> impl IntoView {
    // Celebrated once, and quietly: later this is where they see what they said.
    let first = talk.first_finish.get_untracked();
    on_cleanup(move || talk.first_finish.set(false));
    view! {
        {first.then(|| view! { <Chosen talk/> })}
        <Heading talk words=say(FINISHED) aloud=say(FINISHED_ALOUD) reads="main h1, main > .lead, #said"/>
        {first.then(|| view! { <p class="lead">{say(THANK_YOU)}</p> })}
        <Kept/>
        <Said talk titled=true/>
        <Next talk/>
        {gives_back(None)}
    }
}

/// What they said so far, for who comes back: from the first screen, whatever the place
/// that they are at.
#[component]
pub fn SoFar(talk: Talk) -> impl IntoView {
    view! {
        <Heading talk words=say(WHAT_YOU_SAID) reads="main h1, main > .lead"/>
        <Kept/>
        <Said talk titled=false/>
    }
}

/// What of a pick they like, the first of it: a picture of what is hard for them, or lies
/// in another pile than the good one, is nothing to celebrate with.
fn liked<'a>(question: &str, pick: &'a str) -> Option<&'a str> {
    let all = matches!(question, "best" | "helps");
    pick.split(',').find(|pick| !pick.is_empty() && (all || pick.ends_with("=good")))
}

/// A picture of what they like, large, for being here. No points and no prizes.
#[component]
fn Chosen(talk: Talk) -> impl IntoView {
    let id = move || {
        questions()
            .filter_map(|(id, question)| drawing(question, liked(id, &talk.pick(id))?))
            .find(|id| id.starts_with("pic-"))
            .unwrap_or_else(|| "code-sun".into())
    };
    view! { <div class="chosen">{move || view! { <Picture id=id() class="picture"/> }}</div> }
}

/// Each answer as they gave it, with who can see it.
#[component]
fn Said(
    talk: Talk,
    /// Whether it has a title of its own: else it is that of the screen.
    titled: bool,
) -> impl IntoView {
    let words_of = Words::here();
    // Only which answers there are redraws the list; the rest follows by itself.
    let answered = Memo::new(move |_| {
        let pages = talk.asked().into_iter().enumerate();
        // What is asked with another question stands after it.
        let all = pages.flat_map(|(number, asked)| {
            std::iter::once(asked).chain(talk.asked_with(asked)).map(move |asked| (number, asked))
        });
        all.filter(|(_, asked)| talk.is_answered(asked.id)).collect::<Vec<_>>()
    });
    move || {
        let answered = answered.get();
        if answered.is_empty() {
            return view! { <p class="lead">{words_of.say(SAID_NOTHING)}</p> }.into_any();
        }
        let row = move |(number, asked): (usize, Asked)| {
            let words = move || talk.words(asked.id);
            let title = match titled {
                true => view! { <h3>{asked.prompt}</h3> }.into_any(),
                false => view! { <h2>{asked.prompt}</h2> }.into_any(),
            };
            view! {
                <li class="card recap">
                    <div class="asking">
                        {title}
                        <ReadAloud text=asked.prompt reads="h2, h3, p, blockquote"/>
                    </div>
                    <Picked talk asked/>
                    {move || (!words().trim().is_empty()).then(|| view! { <blockquote class="their-words" dir="auto">{words()}</blockquote> })}
                    <Drawn talk asked/>
                    <Heard talk asked/>
                    <div class="recap-foot">
                        <Seen talk asked/>
                        <button type="button" class="button quiet" on:click=move |_| talk.go(number + 1)>
                            {words_of.say(CHANGE)}
                            <span class="visually-hidden">{format!(": {}", asked.prompt)}</span>
                        </button>
                    </div>
                </li>
            }
        };
        view! {
            <section class="stack" aria-labelledby=titled.then_some("said")>
                {titled.then(|| view! { <h2 id="said">{words_of.say(WHAT_YOU_SAID)}</h2> })}
                <ul class="plain stack">{answered.into_iter().map(row).collect_view()}</ul>
            </section>
        }
        .into_any()
    }
}

/// The picked answers, in pictures and words.
#[component]
pub fn Picked(talk: Talk, asked: Asked) -> impl IntoView {
    let language = Words::here().language();
    move || pictured(asked.question, &talk.pick(asked.id), language)
}

/// A pick in pictures and words.
pub fn pictured(question: &Question, pick: &str, language: Language) -> AnyView {
    let line = |(drawings, words): (Vec<String>, String)| {
        view! {
            <p class="picked">
                {drawings.into_iter().map(|id| view! { <Picture id class="picture"/> }).collect_view()}
                <span>{words}</span>
            </p>
        }
    };
    lines(question, pick, language).into_iter().map(line).collect_view().into_any()
}

/// A pick as drawings and words: in one line, and what was sorted in one for each pile,
/// behind the face of the pile.
fn lines(question: &Question, pick: &str, language: Language) -> Vec<(Vec<String>, String)> {
    let pile = |(pile, cards): (&Pick, Vec<&Pick>)| {
        let cards: Vec<_> = cards.iter().map(|card| format!("{}={}", card.id, pile.id)).collect();
        (Some(format!("face-{}", pile.id)), cards.join(","))
    };
    let mut parts: Vec<_> = question.piles(pick).into_iter().map(pile).collect();
    if parts.is_empty() {
        parts.push((None, pick.to_string()));
    }
    let line = |(face, pick): (Option<String>, String)| {
        let drawings = pick.split(',').filter_map(|pick| drawing(question, pick));
        let drawings: Vec<_> = face.into_iter().chain(drawings).collect();
        (drawings, question.picked(&pick, language))
    };
    parts.into_iter().map(line).filter(|(_, words)| !words.is_empty()).collect()
}

/// What happens next: nothing that the plan doesn't know.
#[component]
fn Next(talk: Talk) -> impl IntoView {
    let meeting = talk.page(|page| page.meeting.clone());
    let when = meeting.map(|meeting| {
        let when = if meeting.place.is_empty() { MEETING_ON } else { MEETING_AT };
        let words = Words::here();
        let (day, time) = (words.day(meeting.at.day()), meeting.at.clock());
        words.with(when, &[("day", &day), ("time", &time), ("place", &meeting.place)])
    });
    let comma = talk.words.language().comma();
    let who: Vec<_> =
        talk.team().into_iter().map(|member| format!("{}{comma}{}", member.name, known_as(member.role))).collect();
    view! {
        <section class="card next-steps stack" aria-labelledby="next-steps">
            <div class="asking">
                <h2 id="next-steps">{say(NEXT_STEPS)}</h2>
                <ReadAloud text=say(NEXT_STEPS) reads="h2, p, li"/>
            </div>
            <p>{when.unwrap_or_else(|| say(NO_MEETING).to_string())}</p>
            {(!untrack(|| talk.hearing.opened())).then(|| view! { <p>{say(BEFORE_MEETING)}</p> })}
            {(!who.is_empty()).then(|| view! {
                <p>{say(WHO_HELPS)}</p>
                <ul class="people">{who.into_iter().map(|who| view! { <li>{who}</li> }).collect_view()}</ul>
            })}
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sorted_keeps_each_card_with_the_face_of_its_pile() {
        let question = |id: &str| questions().find(|(other, _)| *other == id).unwrap().1;
        let shown = |id: &str, pick: &str| lines(question(id), pick, Language::English);
        let line = |drawings: &[&str], words: &str| {
            (drawings.iter().map(|id| id.to_string()).collect::<Vec<_>>(), words.to_string())
        };
        assert_eq!(
            shown("sort", "maths=in-between,noise=not-good"),
            [
                line(&["face-in-between", "pic-maths"], "In between: Maths"),
                line(&["face-not-good", "pic-noise"], "Not good: The noise"),
            ]
        );
        assert_eq!(shown("best", "art,music"), [line(&["pic-art", "pic-music"], "Art, Music")]);
        assert_eq!(shown("sort", "rather-not"), [line(&[], "I don't want to say")]);
        assert!(shown("sort", "").is_empty());
    }

    #[test]
    fn what_is_hard_is_never_the_picture_at_the_end() {
        assert_eq!(liked("sort", "noise=not-good,lunch=in-between,play=good"), Some("play=good"));
        assert_eq!(liked("sort", "noise=not-good"), None);
        assert_eq!(liked("hard", "tests,noise"), None);
        assert_eq!(liked("change", "a-friend"), None);
        assert_eq!(liked("best", "art,music"), Some("art"));
        assert_eq!(liked("helps", ""), None);
    }
}
