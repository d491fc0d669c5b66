//! Saying an answer aloud: a large button, a time that informs and hurries nobody, and
//! listening to it before anybody else can.

use super::helped::named_by;
use super::talk::{Asked, Talk};
use crate::device::media::{At, Recording, Stop};
use crate::domain::people::MediaId;
use crate::domain::voice::recording_of;
use crate::domain::words::{Word, media as words};
use crate::ui::field::focus_on;
use crate::ui::sound::{Sound, minutes};
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What is asked before a recording goes.
#[derive(Clone, Copy, PartialEq)]
enum Sure {
    Again,
    Away,
}

/// The id of its heading: several are on a page where questions are asked together.
pub fn recording_title(asked: Asked) -> String {
    format!("recording-{}", asked.id)
}

#[component]
pub fn Say(talk: Talk, asked: Asked) -> impl IntoView {
    let at: At = (talk.draft.name(), recording_of(asked.id));
    let recording = talk.draft.device().recording();
    let there = {
        let path = at.1.clone();
        Memo::new(move |_| talk.draft.fact(&path).is_some())
    };
    let at = StoredValue::new(at);
    let hears = Memo::new(move |_| recording.with(|now| matches!(now, Recording::On(of, _) if *of == at.get_value())));
    let asks = StoredValue::new(false);
    on_cleanup(move || {
        // It may be disposed of by then.
        let is_asked = asks.try_get_value() == Some(true)
            && recording.try_with_untracked(|now| *now == Recording::Asking) == Some(true);
        if hears.try_get_untracked() == Some(true) || is_asked {
            talk.draft.device().stop_recording();
        }
    });
    let (said, time) = (Words::here(), RwSignal::new(String::new()));
    Effect::new(move |_| {
        if let Recording::On(_, seconds) = recording.get() {
            time.set(said.with(words::RECORD_TIME, &[("time", &minutes(seconds))]));
        }
    });
    let begin = move || {
        stay(asked);
        asks.set_value(true);
        talk.draft.device().record(at.get_value());
    };
    let end = move |_| {
        stay(asked);
        talk.draft.device().stop_recording();
    };
    let [hint, start, allow, stop] =
        [words::RECORD_HINT, words::RECORD, words::RECORD_ALLOW, words::RECORD_STOP].map(say);
    view! {
        <section class="card recording stack" aria-labelledby=named_by(asked, &recording_title(asked))>
            <div class="asking">
                <h2 id=recording_title(asked) tabindex="-1">{say(words::YOUR_RECORDING)}</h2>
                <ReadAloud text=hint reads="h2, p, .button"/>
            </div>
            {move || if hears.get() {
                view! {
                    <button type="button" class="button big-stop" on:click=end>{stop}</button>
                    <p class="time">{time}</p>
                }
                .into_any()
            } else if recording.with(|now| *now == Recording::Asking) {
                view! { <p role="status">{allow}</p> }.into_any()
            } else if there.get() {
                view! { <Listen talk asked begin=Callback::new(move |()| begin())/> }.into_any()
            } else {
                view! {
                    <p class="soft">{hint}</p>
                    <button type="button" class="button big-start" disabled=move || !talk.draft.live.get() on:click=move |_| begin()>
                        {start}
                    </button>
                }
                .into_any()
            }}
            <p role="status" class="stopped">
                {move || recording.with(|now| match now {
                    Recording::Stopped(of, why) if *of == at.get_value() => said.say(stopped(*why)),
                    _ => "",
                })}
            </p>
            {refusal(talk, recording_of(asked.id))}
        </section>
    }
}

/// What was pressed goes: whoever goes on by keys is at the title of it all.
fn stay(asked: Asked) {
    focus_on(recording_title(asked));
}

/// Why what they made can't be sent, where that is so.
pub fn refusal(talk: Talk, path: String) -> AnyView {
    let why = move || talk.draft.refusal(&path).map(|why| format!("{}.", talk.words.language().of(&why)));
    view! { <p role="status" class="refused">{why}</p> }.into_any()
}

fn stopped(why: Stop) -> Word {
    match why {
        Stop::NoMicrophone => words::RECORD_NO_MICROPHONE,
        Stop::Long => words::RECORD_LONG,
        Stop::Full => words::RECORD_FULL,
    }
}

/// Listening to it; and another, or none, once one is sure.
#[component]
fn Listen(talk: Talk, asked: Asked, begin: Callback<()>) -> impl IntoView {
    let sure = RwSignal::new(None::<Sure>);
    let go = move |_| {
        stay(asked);
        match sure.get_untracked() {
            Some(Sure::Again) => begin.run(()),
            _ => talk.draft.device().let_go((talk.draft.name(), recording_of(asked.id))),
        }
    };
    let ask = move |about: Option<Sure>| {
        stay(asked);
        sure.set(about);
    };
    let question = [words::RECORD_AGAIN_SURE, words::TAKE_AWAY_SURE].map(say);
    let yes = [words::RECORD_AGAIN_YES, words::CLEAR_YES].map(say);
    let [again, away, no] = [words::RECORD_AGAIN, words::TAKE_AWAY, words::CLEAR_NO].map(say);
    view! {
        <Heard talk asked/>
        {move || match sure.get() {
            Some(about) => {
                let number = usize::from(about == Sure::Away);
                view! {
                    <div class="row" role="group" aria-label=question[number]>
                        <p>{question[number]}</p>
                        <button type="button" class="button" on:click=go>{yes[number]}</button>
                        <button type="button" class="button quiet" on:click=move |_| ask(None)>{no}</button>
                    </div>
                }
                .into_any()
            }
            None => view! {
                <div class="row">
                    <button type="button" class="button quiet" on:click=move |_| ask(Some(Sure::Again))>{again}</button>
                    <button type="button" class="button quiet" on:click=move |_| ask(Some(Sure::Away))>{away}</button>
                </div>
            }
            .into_any(),
        }}
    }
}

/// A recording to listen to.
#[component]
pub fn Heard(talk: Talk, asked: Asked) -> impl IntoView {
    let path = recording_of(asked.id);
    let id = Memo::new(move |_| talk.draft.fact(&path).and_then(|id| id.parse::<MediaId>().ok()));
    // None until it is looked for, and then where it is, if it is here.
    let address = RwSignal::new(None::<Option<String>>);
    Effect::new(move |_| {
        address.set(None);
        let Some(id) = id.get() else { return };
        spawn_local(async move {
            address.try_set(Some(talk.draft.device().address(id).await));
        });
    });
    let away = say(words::RECORD_NOT_HERE);
    move || {
        id.get()?;
        address.get().map(|address| match address {
            Some(address) => view! { <Sound address/> }.into_any(),
            None => view! { <p class="soft">{away}</p> }.into_any(),
        })
    }
}
