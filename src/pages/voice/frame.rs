//! What stands round every screen: hiding, how it looks and help at the top, the
//! way on at the bottom. Each always in the same place.

use super::looks::HowItLooks;
use super::safety::{HideThis, NeedHelp};
use super::stop::give_back;
use super::talk::{Detour, Screen, Talk};
use crate::domain::looks;
use crate::domain::words::voice as words;
use crate::ui::languages::NotChecked;
use crate::ui::pictures::{Picture, Symbol};
use crate::ui::speech::ReadAloud;
use crate::ui::status::{Speaker, StatusLine};
use crate::ui::words::{Words, say};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Frame(talk: Talk, screen: Memo<Screen>, children: Children) -> impl IntoView {
    let chosen = move |fact: &'static str| talk.looks.with(|looks| looks.get(fact).map(str::to_string));
    let language = talk.words.language();
    view! {
        <div
            class="voice"
            lang=language.tag()
            dir=language.direction()
            data-look=move || talk.look.get().id()
            data-palette=move || chosen(looks::PALETTE)
            data-size=move || chosen(looks::SIZE)
            data-spacing=move || chosen(looks::SPACING)
            data-font=move || chosen(looks::FONT)
            data-still=move || chosen(looks::STILL)
            data-symbols=move || talk.symbols().then_some("yes")
        >
            <header class="voice-top">
                <HideThis/>
                <HowItLooks talk/>
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
                <NotChecked/>
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
    let where_ = move || {
        let (number, count) = (talk.at.get().to_string(), count.get().to_string());
        matches!(screen.get(), Screen::Ask(_))
            .then(|| talk.words.with(words::QUESTION_OF, &[("number", &number), ("count", &count)]))
    };
    view! {
        <div class="dots">
            <span class="visually-hidden">{where_}</span>
            <span aria-hidden="true">{move || (1..=count.get()).map(dot).collect_view()}</span>
        </div>
    }
}

/// Back, Stop and Next, with the status between them.
#[component]
fn Ways(talk: Talk, screen: Memo<Screen>) -> impl IntoView {
    let first = move || screen.get() == Screen::Welcome;
    let stopped = move || screen.get() == Screen::Off(Detour::Stopped);
    // A place that is empty stays, so that the others never move.
    let no_next = move || matches!(screen.get(), Screen::Looks | Screen::Off(Detour::Code | Detour::Stopped));
    // At the end there is nothing next but giving the tablet back.
    let at_end = Memo::new(move |_| screen.get() == Screen::Finish);
    let no_stop = move || matches!(screen.get(), Screen::Finish | Screen::Off(Detour::Stopped));
    let next = move || match screen.get() {
        Screen::Welcome if talk.left_off().is_some() => words::CARRY_ON,
        Screen::Welcome => words::START,
        Screen::Ask(_) if talk.at.get() == talk.asked().len() => words::FINISH,
        _ => words::NEXT,
    };
    view! {
        <button type="button" class="button quiet back" class:away=first on:click=move |_| talk.back()>
            <Symbol id="sym-back"/>
            {move || talk.words.say(if stopped() { words::CARRY_ON } else { words::BACK })}
        </button>
        <button type="button" class="button plain stop" class:away=no_stop on:click=move |_| talk.turn_off(Detour::Stopped)>
            <Symbol id="sym-stop"/>
            {say(words::STOP)}
        </button>
        <StatusLine speaker=Speaker::YoungPerson/>
        {move || if at_end.get() {
            give_back("button next gives")
        } else {
            view! {
                <button type="button" class="button next" class:away=no_next on:click=move |_| talk.next()>
                    {move || talk.words.say(next())}
                    <Symbol id="sym-next"/>
                </button>
            }
            .into_any()
        }}
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
    /// What of the page is read, and marked while it is; the heading where nothing is given.
    #[prop(default = ".asking h1")]
    reads: &'static str,
    /// The symbol beside it, for who wants symbols.
    #[prop(optional, into)]
    symbol: String,
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
            {(!symbol.is_empty()).then(|| view! { <Symbol id=symbol/> })}
            <h1 node_ref=heading tabindex="-1">{words}</h1>
            <ReadAloud text=aloud reads/>
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

/// What stands round a screen outside of the conversation: before a code is given, or
/// where nothing can be opened. It looks as the child chose, as far as that is known.
#[component]
pub fn Outside(
    #[prop(optional)] looks: looks::Looks,
    look: crate::domain::voice::Look,
    #[prop(optional)] team: Vec<crate::domain::people::TeamMember>,
    children: Children,
) -> impl IntoView {
    let language = Words::here().language();
    let chosen = |fact: &str| looks.get(fact).map(str::to_string);
    let look = chosen("look").unwrap_or_else(|| look.id().to_string());
    let symbols = chosen(looks::SYMBOLS).map_or(look == "pictures", |yes| yes == "yes");
    view! {
        <div
            class="voice"
            lang=language.tag()
            dir=language.direction()
            data-look=look
            data-palette=chosen(looks::PALETTE)
            data-size=chosen(looks::SIZE)
            data-spacing=chosen(looks::SPACING)
            data-font=chosen(looks::FONT)
            data-still=chosen(looks::STILL)
            data-symbols=symbols.then_some("yes")
        >
            <header class="voice-top">
                <HideThis/>
                <span></span>
                <span></span>
                <NeedHelp team/>
            </header>
            {children()}
        </div>
    }
}
