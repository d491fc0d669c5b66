//! What stands round every screen: hiding and help at the top, the way on at the
//! bottom. Each always in the same place.

use super::safety::{HideThis, NeedHelp};
use super::talk::{Detour, Screen, Talk};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::status::{Speaker, StatusLine};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Frame(talk: Talk, screen: Memo<Screen>, children: Children) -> impl IntoView {
    view! {
        <div class="voice" data-look=move || talk.look.get().id()>
            <header class="voice-top">
                <HideThis/>
                <Dots talk screen/>
                <NeedHelp team=talk.team()/>
            </header>
            // The page's early script keeps what is typed here before the document is open.
            <main
                class="voice-page"
                id="main"
                data-document=talk.draft.name().to_string()
                data-live=move || talk.draft.live.get().then_some("")
            >
                {children()}
            </main>
            <footer class="voice-foot">
                <Ways talk screen/>
            </footer>
        </div>
    }
}

/// How far along. It counts for who can't see it, and never says "only 2 left".
#[component]
fn Dots(talk: Talk, screen: Memo<Screen>) -> impl IntoView {
    let count = Memo::new(move |_| talk.asked().len());
    let dot = move |number: usize| {
        let state = move || match talk.at.get() {
            at if at == number => "now",
            at if at > number => "done",
            _ => "to-come",
        };
        view! { <i class="dot" data-state=state></i> }
    };
    view! {
        <div class="dots">
            <span class="visually-hidden">
                {move || matches!(screen.get(), Screen::Ask(_)).then(|| format!("Question {} of {}", talk.at.get(), count.get()))}
            </span>
            <span aria-hidden="true">{move || (1..=count.get()).map(dot).collect_view()}</span>
        </div>
    }
}

/// Back, Stop and Next, with the status between them.
#[component]
fn Ways(talk: Talk, screen: Memo<Screen>) -> impl IntoView {
    let first = move || screen.get() == Screen::Welcome;
    let stopped = move || screen.get() == Screen::Stopped;
    // A place that is empty stays, so that the others never move.
    let no_next = move || matches!(screen.get(), Screen::Finish | Screen::Code | Screen::Stopped);
    let no_stop = move || matches!(screen.get(), Screen::Finish | Screen::Stopped);
    let next = move || match screen.get() {
        Screen::Welcome => "Start",
        Screen::Ask(_) if talk.at.get() == talk.asked().len() => "Finish",
        _ => "Next",
    };
    view! {
        <button type="button" class="button quiet back" class:away=first on:click=move |_| talk.back()>
            {move || if stopped() { "Carry on" } else { "Back" }}
        </button>
        <button type="button" class="button plain stop" class:away=no_stop on:click=move |_| talk.turn_off(Detour::Stopped)>
            "Stop for now"
        </button>
        <StatusLine speaker=Speaker::YoungPerson/>
        <button type="button" class="button next" class:away=no_next on:click=move |_| talk.next()>
            {next}
        </button>
    }
}

/// The heading of a screen, and its voice. It takes the focus when the screen
/// changes, so that whoever listens hears where they are.
#[component]
pub fn Heading(
    talk: Talk,
    #[prop(into)] words: String,
    /// What is read aloud; the heading where nothing is given.
    #[prop(optional, into)]
    aloud: String,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(move |heading| {
        if talk.has_moved() {
            let _ = heading.focus();
        }
    });
    let aloud = if aloud.is_empty() { words.clone() } else { aloud };
    view! {
        <div class="asking">
            <h1 node_ref=heading tabindex="-1">{words}</h1>
            <ReadAloud text=aloud/>
        </div>
    }
}

/// One of a few short lines with an icon before each.
#[component]
pub fn Point(icon: &'static str, #[prop(into)] words: String) -> impl IntoView {
    view! {
        <li class="point">
            <span class="point-icon"><Picture id=icon/></span>
            <span>{words}</span>
        </li>
    }
}
