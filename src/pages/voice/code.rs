//! The picture code: three pictures, in order, that only the young person knows.
//! It is chosen by them, and asked for when they come back.

use super::frame::{Heading, Outside};
use super::talk::Talk;
use crate::api::{self, Problem, SittingPage};
use crate::device::Device;
use crate::domain::voice::Look;
use crate::domain::words::{Word, code as words};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const PICTURES: [(&str, Word); 12] = [
    ("cat", words::CAT),
    ("boat", words::BOAT),
    ("star", words::STAR),
    ("tree", words::TREE),
    ("sun", words::SUN),
    ("kite", words::KITE),
    ("fish", words::FISH),
    ("bike", words::BIKE),
    ("moon", words::MOON),
    ("drum", words::DRUM),
    ("apple", words::APPLE),
    ("house", words::HOUSE),
];

/// How many pictures make a code.
pub const LONG: usize = 3;

/// The pictures as one code: "cat-moon-star".
pub fn written(chosen: &[&str]) -> String {
    chosen.join("-")
}

/// Opens a sitting with its picture code.
#[component]
pub fn GiveCode(page: SittingPage, given: RwSignal<bool>) -> impl IntoView {
    let device = Device::here();
    let spoken = Words::here();
    let chosen = RwSignal::new(Vec::<&'static str>::new());
    let (said, tell) = signal(left(spoken, page.tries));
    let (busy, set_busy) = signal(false);
    let has_code = page.has_code;
    let start = move |_| {
        let code = written(&chosen.get_untracked());
        set_busy.set(true);
        spawn_local(async move {
            match try_code(device, spoken, has_code, code).await {
                Ok(true) => given.set(true),
                Ok(false) => tell.set(spoken.say(words::NOT_THOSE).into()),
                Err(sentence) => tell.set(sentence),
            }
            if !given.get_untracked() {
                chosen.set(Vec::new());
                set_busy.set(false);
            }
        });
    };
    let hello = match page.name.as_str() {
        "" => say(words::TAP_THREE).to_string(),
        name => spoken.with(words::HELLO_TAP_THREE, &[("name", name)]),
    };
    view! {
        <Outside looks=page.looks look=Look::at_age(page.age) team=page.team>
            <main class="voice-page" id="main">
                <div class="asking">
                    <h1 tabindex="-1">{hello.clone()}</h1>
                    <ReadAloud text=hello reads=".asking h1, .told"/>
                </div>
                <p class="told" role="status">{said}</p>
                <Pad chosen/>
            </main>
            <footer class="voice-foot">
                <button type="button" class="button quiet back" on:click=move |_| chosen.set(Vec::new())>
                    {say(words::START_AGAIN)}
                </button>
                <button
                    type="button"
                    class="button next"
                    disabled=move || busy.get() || chosen.with(Vec::len) < LONG
                    on:click=start
                >
                    {say(words::OPEN)}
                </button>
            </footer>
        </Outside>
    }
}

/// Whether a code is right: by the server, or, without it, by what this device
/// sealed. A sentence where it can't be told.
async fn try_code(device: Device, spoken: Words, has_code: bool, code: String) -> Result<bool, String> {
    if !has_code {
        // Sealed on this device, and not yet known to the server.
        return Ok(device.unlock(None, code).await);
    }
    match api::unlock(code.clone()).await {
        Ok(pass) => Ok(device.unlock(Some(pass), code).await),
        Err(Problem::Offline) => Ok(device.unlock(None, code).await),
        Err(Problem::Said(sentence)) => Err(format!("{}.", in_their_words(spoken, &sentence.to_string()))),
        Err(_) => Err(spoken.say(words::DIDNT_WORK).into()),
    }
}

/// What the server said of a code, in the language of this page.
fn in_their_words(spoken: Words, sentence: &str) -> String {
    let left = words::MORE.english().split('{').next().and_then(|before| sentence.strip_prefix(before));
    let count: String = left.unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    match count.as_str() {
        "" => spoken.language().of(sentence).into(),
        count => spoken.with(words::MORE, &[("count", count)]),
    }
}

/// How many tries are left, in words.
pub fn left(spoken: Words, tries: i64) -> String {
    match tries {
        ..=0 => spoken.say(words::NO_TRIES).into(),
        1 => spoken.say(words::ONE_TRY).into(),
        some => spoken.with(words::TRIES, &[("count", &some.to_string())]),
    }
}

/// Chooses a code: the three pictures twice, so that a slip isn't the code.
#[component]
pub fn ChooseCode(talk: Talk) -> impl IntoView {
    let done = RwSignal::new(false);
    view! {
        <Heading talk words=say(words::CHOOSE_CODE) reads="main h1, main .lead" symbol="sym-key"/>
        <Choosing done/>
    }
}

/// The choosing itself; `done` once the code is set.
#[component]
pub fn Choosing(done: RwSignal<bool>) -> impl IntoView {
    let device = Device::here();
    let spoken = Words::here();
    let chosen = RwSignal::new(Vec::<&'static str>::new());
    let first = RwSignal::new(None::<String>);
    let (said, tell) = signal(say(words::CHOOSE_HOW));
    Effect::new(move |_| {
        if chosen.with(Vec::len) < LONG {
            return;
        }
        let code = chosen.with(|chosen| written(chosen));
        match first.get_untracked() {
            None => {
                first.set(Some(code));
                tell.set(spoken.say(words::SAME_AGAIN));
            }
            Some(before) if before == code => spawn_local(async move {
                let sentence = match set_code(device, code).await {
                    Ok(()) => {
                        done.try_set(true);
                        words::CODE_SET
                    }
                    Err(sentence) => {
                        first.try_set(None);
                        sentence
                    }
                };
                tell.try_set(spoken.say(sentence));
            }),
            Some(_) => {
                first.set(None);
                tell.set(spoken.say(words::DIFFERENT));
            }
        }
        // The third picture shows for a moment, so that the press is seen to count.
        set_timeout(move || drop(chosen.try_set(Vec::new())), Duration::from_millis(600));
    });
    view! {
        <p class="lead" role="status">{said}</p>
        {move || (!done.get()).then(|| view! { <Pad chosen/> })}
    }
}

async fn set_code(device: Device, code: String) -> Result<(), Word> {
    let pass = api::choose_code(code.clone()).await.map_err(|_| words::CANT_SET)?;
    if device.unlock(Some(pass), code.clone()).await && device.seal_with(code).await {
        return Ok(());
    }
    Err(words::SET_ELSEWHERE)
}

/// Three places to fill, and the twelve pictures.
#[component]
pub fn Pad(chosen: RwSignal<Vec<&'static str>>) -> impl IntoView {
    let spoken = Words::here();
    let place = move |number: usize| {
        let filled = move || chosen.with(|chosen| chosen.get(number).copied());
        view! {
            <li class="place">
                {move || match filled() {
                    Some(id) => view! { <Picture id=format!("code-{id}") class="picture"/><span class="visually-hidden">{spoken.say(name(id))}</span> }.into_any(),
                    None => view! { <span>{number + 1}</span> }.into_any(),
                }}
            </li>
        }
    };
    let press = move |id: &'static str| {
        chosen.update(|chosen| {
            if chosen.len() < LONG {
                chosen.push(id);
            }
        });
    };
    view! {
        <ol class="plain places" aria-label=say(words::CHOSEN_SO_FAR)>{(0..LONG).map(place).collect_view()}</ol>
        <div class="code-pad" role="group" aria-label=say(words::TO_CHOOSE_FROM)>
            {PICTURES
                .into_iter()
                .map(|(id, name)| view! {
                    <button type="button" class="pad-key" on:click=move |_| press(id)>
                        <Picture id=format!("code-{id}") class="picture"/>
                        <span>{say(name)}</span>
                    </button>
                })
                .collect_view()}
        </div>
    }
}

fn name(id: &str) -> Word {
    PICTURES.iter().find(|(picture, _)| *picture == id).map_or(Word::declared(""), |(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_of_a_code_is_drawn() {
        let sheet = include_str!("../../../public/pictures.svg");
        for (id, _) in PICTURES {
            assert!(sheet.contains(&format!("id=\"code-{id}\"")), "{id}");
        }
    }

    #[test]
    fn what_the_server_says_is_said_again() {
        let owner = leptos::prelude::Owner::new();
        owner.set();
        for sentence in ["Those aren't your pictures. You can try 4 more times", words::HAND_OVER_AGAIN.english()] {
            assert_eq!(in_their_words(Words::here(), sentence), sentence);
        }
    }

    #[test]
    fn tries_are_counted_in_words() {
        let owner = leptos::prelude::Owner::new();
        owner.set();
        let left = |tries| left(Words::here(), tries);
        assert_eq!(left(5), "You have 5 tries left.");
        assert_eq!(left(1), "You have 1 try left.");
        assert!(left(0).starts_with("No tries left"));
    }
}
