//! The answers that can be picked: faces, pictures or sentences, as large cards
//! over real radio buttons and check boxes. Not wanting to say is one of them,
//! as large as any other.

use super::later::{Part, later};
use super::talk::{Asked, Talk};
use crate::domain::sections::Pick;
use crate::domain::voice::{Answer, FACES_3, FREE_TIME, Look, NOT_NOW, Question, pick_of};
use crate::domain::words::Word;
use crate::ui::pictures::{Picture, Symbol};
use crate::ui::words::say;
use leptos::prelude::*;

#[component]
pub fn Picks(talk: Talk, asked: Asked) -> impl IntoView {
    let look = talk.look.get_untracked();
    let offered = offered(asked.question, look, &untrack(|| talk.pick(asked.id)));
    let kind = match asked.question.answer {
        Answer::Faces if offered.len() == 3 => "picks faces three",
        Answer::Faces => "picks faces",
        Answer::Pictures(_) => "picks pictures",
        Answer::One(_) | Answer::Sort(_) | Answer::JustWords => "picks sentences",
    };
    let sorted = matches!(asked.question.answer, Answer::Sort(_));
    let card = move |pick: &'static Pick| view! { <Card talk asked pick/> };
    view! {
        // Until the document is open an answer couldn't be kept, so none can be given.
        <fieldset class="answering" disabled=move || !talk.draft.live.get()>
            <legend class="visually-hidden">{asked.prompt}</legend>
            {sorted.then(|| later(talk, Part::Sorting(asked)))}
            {(!sorted && !offered.is_empty()).then(|| view! {
                <div class=kind>{offered.into_iter().map(card).collect_view()}</div>
            })}
            <div class="picks not-now">{NOT_NOW.iter().map(card).collect_view()}</div>
        </fieldset>
    }
}

/// One answer.
#[component]
fn Card(talk: Talk, asked: Asked, pick: &'static Pick) -> impl IntoView {
    let many = matches!(asked.question.answer, Answer::Pictures(_));
    let input = if many { "checkbox" } else { "radio" };
    let picked = {
        let path = pick_of(asked.id);
        Memo::new(move |_| talk.draft.values.with(|values| has(values.fact(&path).unwrap_or_default(), pick.id)))
    };
    let choose = move |_| {
        let now = untrack(|| talk.pick(asked.id));
        talk.choose(asked.id, if many { toggled(asked.question, &now, pick.id) } else { pick.id.to_string() });
    };
    let words = say(Word::declared(pick.words));
    view! {
        <label class="pick">
            <input
                type=input
                data-says=move || talk.speaks().then_some(words)
                name=format!("{}-pick", asked.id)
                value=pick.id
                prop:checked=move || picked.get()
                on:change=choose
            />
            <span class="pick-body">
                {drawing(asked.question, pick.id).map(|id| view! { <Picture id class="picture"/> })}
                {symbol(asked.question, pick.id).map(|id| view! { <Symbol id/> })}
                <span>{words}</span>
            </span>
        </label>
    }
}

/// The answers that a look offers, fewer faces for the youngest; and a picture that was
/// picked in another look, so that it can be taken out again.
fn offered(question: &'static Question, look: Look, picked: &str) -> Vec<&'static Pick> {
    let few = look == Look::Pictures && matches!(question.answer, Answer::Faces);
    let offers = |pick: &Pick| look.offers(pick.id) || has(picked, pick.id);
    question.picks().iter().filter(|pick| offers(pick) && (!few || FACES_3.contains(&pick.id))).collect()
}

/// The drawing of an answer, where it has one.
pub fn drawing(question: &Question, pick: &str) -> Option<String> {
    if NOT_NOW.iter().any(|answer| answer.id == pick) {
        return None;
    }
    // What was sorted shows as its first card.
    let card = pick.split('=').next().unwrap_or(pick);
    let other = OTHERS.iter().find(|(id, _)| *id == card).map(|(_, drawing)| drawing.to_string());
    match question.answer {
        Answer::Faces => Some(format!("face-{pick}")),
        Answer::Pictures(_) | Answer::Sort(_) => other.or_else(|| Some(format!("pic-{card}"))),
        Answer::One(_) => other,
        Answer::JustWords => None,
    }
}

/// The symbol of an answer that has no drawing, for who wants symbols beside words.
pub fn symbol(question: &Question, pick: &str) -> Option<String> {
    let not_now = NOT_NOW.iter().any(|answer| answer.id == pick);
    let sentence = matches!(question.answer, Answer::One(_)) && drawing(question, pick).is_none();
    (not_now || sentence).then(|| format!("sym-{pick}"))
}

/// Answers that are drawn by another name: mostly who somebody is.
const OTHERS: [(&str, &str); 6] = [
    (FREE_TIME, "pic-play"),
    ("myself", "pic-a-friend"),
    ("home", "code-house"),
    ("school", "pic-teacher"),
    ("social-worker", "pic-someone-to-listen"),
    ("someone-else", "pic-friends"),
];

fn has(picks: &str, id: &str) -> bool {
    picks.split(',').any(|pick| pick == id)
}

/// The picks after one was pressed: in or out. "I don't want to say" takes the
/// place of all others, and any other takes its place.
fn toggled(question: &Question, picks: &str, id: &str) -> String {
    if NOT_NOW.iter().any(|answer| answer.id == id) {
        return if has(picks, id) { String::new() } else { id.to_string() };
    }
    let after = question.picks().iter().map(|pick| pick.id).filter(|pick| (*pick == id) != has(picks, pick));
    after.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::super::talk::questions;
    use super::*;

    fn best() -> &'static Question {
        questions().find(|(_, question)| matches!(question.answer, Answer::Pictures(_))).unwrap().1
    }

    #[test]
    fn a_second_press_takes_a_picture_out_again() {
        let question = best();
        let [first, second, ..] = question.picks() else { panic!("few pictures") };
        let both = format!("{},{}", first.id, second.id);
        let picked = toggled(question, &toggled(question, "", second.id), first.id);
        assert_eq!(picked, both, "in the order of the page, however they were pressed");
        assert_eq!(toggled(question, &both, first.id), second.id);
        assert_eq!(toggled(question, second.id, second.id), "");
    }

    #[test]
    fn not_wanting_to_say_stands_alone() {
        let question = best();
        let first = question.picks()[0].id;
        assert_eq!(toggled(question, first, "rather-not"), "rather-not");
        assert_eq!(toggled(question, "rather-not", first), first);
        assert_eq!(toggled(question, "rather-not", "rather-not"), "");
    }

    #[test]
    fn every_picture_that_is_asked_for_is_drawn() {
        let sheet = concat!(include_str!("../../../public/pictures.svg"), include_str!("../../../public/symbols.svg"));
        for (id, question) in questions() {
            assert!(sheet.contains(&format!("id=\"sym-q-{id}\"")), "{id} has no symbol");
            for pick in question.picks() {
                let drawn = drawing(question, pick.id).into_iter().chain(symbol(question, pick.id));
                for drawing in drawn {
                    assert!(sheet.contains(&format!("id=\"{drawing}\"")), "{id}: {drawing}");
                }
            }
            for answer in NOT_NOW {
                let drawing = symbol(question, answer.id).unwrap();
                assert!(sheet.contains(&format!("id=\"{drawing}\"")), "{drawing}");
            }
        }
    }
}
