//! Who helped, exactly as they say it: a name for who it was, who typed their words, and
//! whether they have checked them. And what is asked on the page of another question.

use super::audience::Audience;
use super::picks::Picks;
use super::question::{More, OtherWays};
use super::talk::{Asked, Talk};
use crate::domain::voice::{HELPER, asked_with, checked_of, fingerprint, typed_by_of, words_of};
use crate::domain::words::influence::{
    CHECKED, IS_IT_RIGHT, NOT_CHECKED, THEIR_NAME, THEIR_NAME_HINT, TYPED_FOR_ME, WHO_TYPED, WHO_TYPED_HINT,
};
use crate::ui::field::{focus_on, go_to, id_of};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::text::ShortText;
use crate::ui::words::say;
use leptos::prelude::*;

/// The name of who helped, in their own words.
#[component]
pub fn HelperName(talk: Talk) -> impl IntoView {
    view! {
        <div class="writing">
            <ShortText draft=talk.draft path=words_of(HELPER) label=say(THEIR_NAME) hint=say(THEIR_NAME_HINT)/>
        </div>
    }
}

/// Under words: that somebody else typed them, and whether they are right.
#[component]
pub fn TypedFor(talk: Talk, asked: Asked) -> impl IntoView {
    let pressed = RwSignal::new(false);
    let by = typed_by_of(asked.id);
    let typed = {
        let by = by.clone();
        Memo::new(move |_| !talk.draft.text(&by).is_empty())
    };
    let written = Memo::new(move |_| !talk.words(asked.id).trim().is_empty());
    // Once open it stays, as the box for words does.
    let open = Memo::new(move |was: Option<&bool>| was.copied().unwrap_or(false) || pressed.get() || typed.get());
    let (ask, who, hint) = (say(TYPED_FOR_ME), say(WHO_TYPED), say(WHO_TYPED_HINT));
    let check = move |words: &'static str, yes: bool| {
        let press = move |_| {
            let mark = if yes { untrack(|| fingerprint(&talk.words(asked.id))) } else { String::new() };
            talk.set(&checked_of(asked.id), mark);
        };
        view! {
            <label class="pick">
                <input
                    type="radio"
                    name=format!("{}-checked", asked.id)
                    prop:checked=move || talk.is_checked(asked.id) == yes
                    on:change=press
                />
                <span class="pick-body">{words}</span>
            </label>
        }
    };
    let (right, yes, not_yet) = (say(IS_IT_RIGHT), say(CHECKED), say(NOT_CHECKED));
    move || {
        written.get().then(|| {
            if !open.get() {
                let name = id_of(&by);
                let press = move |_| {
                    pressed.set(true);
                    focus_on(name.clone());
                };
                return view! {
                    <div><button type="button" class="button plain" on:click=press>{ask}</button></div>
                }
                .into_any();
            }
            view! {
                <section class="card typed-for stack">
                    <div class="writing">
                        <ShortText draft=talk.draft path=by.clone() label=who hint/>
                        <ReadAloud text=who reads="label[for], .hint, .asking p, .pick-body"/>
                    </div>
                    {move || typed.get().then(|| view! {
                        <div class="asking">
                            <p>{right}</p>
                            <ReadAloud text=Signal::derive(move || talk.words(asked.id))/>
                        </div>
                        <div class="picks check">{check(yes, true)}{check(not_yet, false)}</div>
                    })}
                </section>
            }
            .into_any()
        })
    }
}

/// What is asked with this question and shared by itself.
#[component]
pub fn AskedWith(talk: Talk, asked: Asked) -> impl IntoView {
    let with = untrack(|| talk.asked_with(asked));
    with.into_iter().map(|also| view! { <Also talk also/> }).collect_view()
}

/// The id of the title of a question that is asked with another.
fn also_title(also: Asked) -> String {
    format!("also-{}", also.id)
}

/// By which ids a part of a question is named, whose own title this is: where several
/// questions are on a page, by the question as well.
pub fn named_by(asked: Asked, title: &str) -> String {
    match asked_with(asked.id) {
        Some(_) => format!("{} {title}", also_title(asked)),
        None => title.to_string(),
    }
}

/// One of these: a press away, so that the page stays short.
#[component]
fn Also(talk: Talk, also: Asked) -> impl IntoView {
    let pressed = RwSignal::new(false);
    let open = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or(false) || pressed.get() || talk.is_answered(also.id)
    });
    let title = also_title(also);
    move || {
        let (title, labelled) = (title.clone(), title.clone());
        if !open.get() {
            let open = move |_| {
                pressed.set(true);
                go_to(title.clone());
            };
            return view! {
                <button type="button" class="way" on:click=open>
                    <span class="way-icon"><Picture id=format!("sym-q-{}", also.id) class="picture"/></span>
                    <span>{also.prompt}</span>
                </button>
            }
            .into_any();
        }
        view! {
            <section class="also stack" aria-labelledby=labelled>
                <div class="asking">
                    <h2 id=title tabindex="-1">{also.prompt}</h2>
                    <ReadAloud
                        text=also.prompt
                        reads=".also > .asking h2, .pick-body > span:last-child, .more h2, .writing label, .writing .hint, \
                            .way > span:last-child"
                    />
                </div>
                <Picks talk asked=also/>
                <More talk asked=also just_words=false/>
                <OtherWays talk asked=also/>
                <TypedFor talk asked=also/>
                <Audience talk asked=also/>
            </section>
        }
        .into_any()
    }
}
