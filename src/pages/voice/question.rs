//! One question: pick an answer, say more, choose who sees it.

use super::draw::{Draw, picture_title};
use super::frame::Heading;
use super::helped::HelperName;
use super::later::{Part, later};
use super::picks::Picks;
use super::record::{Say, recording_title};
use super::talk::{Asked, Talk};
use crate::api::influence::Heard;
use crate::domain::voice::{Answer, HELPER, Look, drawing_of, recording_of, words_of};
use crate::domain::words::{Word, media, voice as words};
use crate::ui::field::go_to;
use crate::ui::pictures::Picture;
use crate::ui::speech::{ReadAloud, SayAndWrite};
use crate::ui::text::LongText;
use crate::ui::words::say;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// What is read of a question: all that one may do, in the order of the page. What is
/// asked with it has a button of its own.
const READS: &str = ":is(main h1, summary, .told, .pile-head > span, .sort-card > span, \
    .picks .pick-body > span:last-child, .more h2, .writing label, .writing .hint, .way > span:last-child, \
    button.plain):not(.also *)";

#[component]
pub fn Ask(talk: Talk, asked: Asked) -> impl IntoView {
    let just_words = matches!(asked.question.answer, Answer::JustWords);
    view! {
        <Heading
            talk
            words=asked.prompt
            reads=READS
            symbol=format!("sym-q-{}", asked.id)
        />
        {last_time(talk, asked)}
        {(!just_words).then(|| view! { <Picks talk asked/> })}
        {if asked.id == HELPER {
            view! { <HelperName talk/> }.into_any()
        } else {
            view! { <More talk asked just_words/>{later(talk, Part::Ways(asked))} }.into_any()
        }}
        {just_words.then(|| view! { <Picks talk asked/> })}
        {later(talk, Part::Below(asked))}
    }
}

/// What they said last time, where that is heard of: by then its code is there too.
fn last_time(talk: Talk, asked: Asked) -> AnyView {
    let is_heard = Memo::new(move |_| {
        let said = |heard: &Heard| heard.last.iter().any(|said| said.question == asked.id);
        talk.hearing.with(said) == Some(true)
    });
    (move || is_heard.get().then(|| later(talk, Part::LastTime(asked)))).into_any()
}

/// Words of one's own: open at once where words come first, a press away elsewhere.
#[component]
pub fn More(talk: Talk, asked: Asked, just_words: bool) -> impl IntoView {
    let pressed = RwSignal::new(false);
    let path = words_of(asked.id);
    let written = {
        let path = path.clone();
        move || talk.draft.values.with(|values| !values.text(&path).is_empty())
    };
    // Once open it stays: rubbing out the last letter may not shut the box.
    let open = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or(false) || just_words || pressed.get() || talk.look.get() == Look::Words || written()
    });
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if pressed.get()
            && let Some(place) = place.get()
        {
            type_in(&place);
        }
    });
    let spoken = talk.words;
    let label = say(if just_words { words::YOUR_WORDS } else { words::SAY_MORE });
    let hint = move || {
        spoken.say(match talk.look.get() {
            Look::Pictures => words::SOMEONE_WRITES,
            _ => words::YOUR_WAY,
        })
    };
    view! {
        <section class="more">
            {move || {
                let path = path.clone();
                if open.get() {
                    view! {
                        <div class="writing" node_ref=place>
                            <LongText draft=talk.draft path label=label hint=hint()/>
                            <SayAndWrite/>
                            {move || (!talk.words(asked.id).trim().is_empty()).then(|| view! {
                                <ReadAloud text=Signal::derive(move || talk.words(asked.id)) label=spoken.say(words::READ_MINE)/>
                            })}
                        </div>
                    }
                    .into_any()
                } else {
                    view! {
                        <h2>{label}</h2>
                        <button type="button" class="way" on:click=move |_| pressed.set(true)>
                            <span class="way-icon"><Picture id="icon-pencil"/></span>
                            <span>{spoken.say(words::WRITE_IT)}</span>
                        </button>
                    }
                    .into_any()
                }
            }}
        </section>
    }
}

/// Drawing it and saying it: a press away, and open where there is something already.
#[component]
pub fn OtherWays(talk: Talk, asked: Asked) -> impl IntoView {
    let way = move |path: String| {
        let pressed = RwSignal::new(false);
        let open = Memo::new(move |was: Option<&bool>| {
            was.copied().unwrap_or(false) || pressed.get() || talk.draft.fact(&path).is_some()
        });
        (pressed, open)
    };
    let (drawing, saying) = (way(drawing_of(asked.id)), way(recording_of(asked.id)));
    let button = |pressed: RwSignal<bool>, title: String, icon: &'static str, word: Word| {
        let open = move |_| {
            pressed.set(true);
            go_to(title.clone());
        };
        view! {
            <button type="button" class="way" on:click=open>
                <span class="way-icon"><Picture id=icon/></span>
                <span>{say(word)}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <div class="other-ways">
            {move || (!drawing.1.get()).then(|| button(drawing.0, picture_title(asked), "pic-art", media::DRAW_IT))}
            {move || (!saying.1.get()).then(|| button(saying.0, recording_title(asked), "icon-dictate", media::SAY_IT))}
        </div>
        {move || drawing.1.get().then(|| view! { <Draw talk asked/> })}
        {move || saying.1.get().then(|| view! { <Say talk asked/> })}
    }
}

/// Whoever pressed "Write it" wants to write: the cursor goes to the box.
fn type_in(place: &HtmlElement) {
    let typed = place.query_selector("textarea").ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(typed) = typed {
        let _ = typed.focus();
    }
}
