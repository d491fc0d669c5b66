//! The picture code: three pictures, in order, that only the young person knows.
//! It is chosen by them, and asked for when they come back.

use super::frame::Heading;
use super::safety::{HideThis, NeedHelp};
use super::talk::Talk;
use crate::api::{self, Problem, SittingPage};
use crate::device::Device;
use crate::domain::voice::Look;
use crate::ui::pictures::Picture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const PICTURES: [(&str, &str); 12] = [
    ("cat", "Cat"),
    ("boat", "Boat"),
    ("star", "Star"),
    ("tree", "Tree"),
    ("sun", "Sun"),
    ("kite", "Kite"),
    ("fish", "Fish"),
    ("bike", "Bike"),
    ("moon", "Moon"),
    ("drum", "Drum"),
    ("apple", "Apple"),
    ("house", "House"),
];

/// How many pictures make a code.
const LONG: usize = 3;

/// The pictures as one code: "cat-moon-star".
fn written(chosen: &[&str]) -> String {
    chosen.join("-")
}

/// Opens a sitting with its picture code.
#[component]
pub fn GiveCode(page: SittingPage, given: RwSignal<bool>) -> impl IntoView {
    let device = Device::here();
    let chosen = RwSignal::new(Vec::<&'static str>::new());
    let (said, say) = signal(left(page.tries));
    let (busy, set_busy) = signal(false);
    let has_code = page.has_code;
    let start = move |_| {
        let code = written(&chosen.get_untracked());
        set_busy.set(true);
        spawn_local(async move {
            match try_code(device, has_code, code).await {
                Ok(true) => given.set(true),
                Ok(false) => say.set("Not those three. Your words are safe. Try again.".into()),
                Err(sentence) => say.set(sentence),
            }
            if !given.get_untracked() {
                chosen.set(Vec::new());
                set_busy.set(false);
            }
        });
    };
    let hello = match page.name.as_str() {
        "" => "Tap your three pictures".to_string(),
        name => format!("Hello {name}. Tap your three pictures"),
    };
    view! {
        <div class="voice" data-look=Look::at_age(page.age).id()>
            <header class="voice-top">
                <HideThis/>
                <span></span>
                <NeedHelp team=page.team/>
            </header>
            <main class="voice-page" id="main">
                <div class="asking"><h1 tabindex="-1">{hello}</h1></div>
                <p class="told" role="status">{said}</p>
                <Pad chosen/>
            </main>
            <footer class="voice-foot">
                <button type="button" class="button quiet back" on:click=move |_| chosen.set(Vec::new())>"Start again"</button>
                <button
                    type="button"
                    class="button next"
                    disabled=move || busy.get() || chosen.with(Vec::len) < LONG
                    on:click=start
                >
                    "Open"
                </button>
            </footer>
        </div>
    }
}

/// Whether a code is right: by the server, or, without it, by what this device
/// sealed. A sentence where it can't be told.
async fn try_code(device: Device, has_code: bool, code: String) -> Result<bool, String> {
    if !has_code {
        // Sealed on this device, and not yet known to the server.
        return Ok(device.unlock(None, code).await);
    }
    match api::unlock(code.clone()).await {
        Ok(pass) => Ok(device.unlock(Some(pass), code).await),
        Err(Problem::Offline) => Ok(device.unlock(None, code).await),
        Err(Problem::Said(sentence)) => Err(format!("{sentence}.")),
        Err(_) => Err("That didn't work. It's not your fault. Your words are safe.".into()),
    }
}

fn left(tries: i64) -> String {
    match tries {
        ..=0 => "No tries left for now. Ask the grown-up who is with you to help.".into(),
        1 => "You have 1 try left.".into(),
        some => format!("You have {some} tries left."),
    }
}

/// Chooses a code: the three pictures twice, so that a slip isn't the code.
#[component]
pub fn ChooseCode(talk: Talk) -> impl IntoView {
    let chosen = RwSignal::new(Vec::<&'static str>::new());
    let first = RwSignal::new(None::<String>);
    let done = RwSignal::new(false);
    let (said, say) = signal("Tap three pictures, in an order you'll remember.".to_string());
    Effect::new(move |_| {
        if chosen.with(Vec::len) < LONG {
            return;
        }
        let code = chosen.with(|chosen| written(chosen));
        match first.get_untracked() {
            None => {
                first.set(Some(code));
                say.set("Now the same three again.".into());
            }
            Some(before) if before == code => spawn_local(async move {
                let sentence = match set_code(talk.device, code).await {
                    Ok(()) => {
                        done.try_set(true);
                        "Your code is set. Keep it to yourself. If you forget it, tell the grown-up who is with you."
                            .to_string()
                    }
                    Err(sentence) => {
                        first.try_set(None);
                        sentence
                    }
                };
                say.try_set(sentence);
            }),
            Some(_) => {
                first.set(None);
                say.set("Those were different. Choose your three again.".into());
            }
        }
        // The third picture shows for a moment, so that the press is seen to count.
        set_timeout(move || drop(chosen.try_set(Vec::new())), Duration::from_millis(600));
    });
    view! {
        <Heading talk words="Choose a picture code"/>
        <p class="lead" role="status">{said}</p>
        {move || (!done.get()).then(|| view! { <Pad chosen/> })}
    }
}

async fn set_code(device: Device, code: String) -> Result<(), String> {
    let pass = api::choose_code(code.clone()).await.map_err(|problem| match problem {
        Problem::Said(sentence) => format!("{sentence}."),
        _ => "We can't set a code just now. You can try another time. Your words are safe.".to_string(),
    })?;
    if device.unlock(Some(pass), code.clone()).await && device.seal_with(code).await {
        return Ok(());
    }
    Err("Your code works from another tablet, but not yet on this one. Ask a grown-up.".into())
}

/// Three places to fill, and the twelve pictures.
#[component]
fn Pad(chosen: RwSignal<Vec<&'static str>>) -> impl IntoView {
    let place = move |number: usize| {
        let filled = move || chosen.with(|chosen| chosen.get(number).copied());
        view! {
            <li class="place">
                {move || match filled() {
                    Some(id) => view! { <Picture id=format!("code-{id}") class="picture"/><span class="visually-hidden">{name(id)}</span> }.into_any(),
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
        <ol class="plain places" aria-label="Chosen so far">{(0..LONG).map(place).collect_view()}</ol>
        <div class="pad" role="group" aria-label="Pictures to choose from">
            {PICTURES
                .into_iter()
                .map(|(id, name)| view! {
                    <button type="button" class="pad-key" on:click=move |_| press(id)>
                        <Picture id=format!("code-{id}") class="picture"/>
                        <span>{name}</span>
                    </button>
                })
                .collect_view()}
        </div>
    }
}

fn name(id: &str) -> &'static str {
    PICTURES.iter().find(|(picture, _)| *picture == id).map_or("", |(_, name)| name)
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
    fn tries_are_counted_in_words() {
        assert_eq!(left(5), "You have 5 tries left.");
        assert_eq!(left(1), "You have 1 try left.");
        assert!(left(0).starts_with("No tries left"));
    }
}
