//! My voice: the young person's own page, on a tablet that an adult handed over.
//! One question fills a screen. Nothing is required, nothing is timed, and
//! nobody else sees an answer until they share it.

mod answers;
mod audience;
mod card;
mod code;
mod draw;
mod earlier;
mod finish;
mod frame;
mod heard;
mod helped;
mod last_time;
pub mod later;
mod looks;
mod named;
mod picks;
mod question;
mod record;
mod safety;
mod seen_plan;
mod sharing;
mod sort;
mod stop;
mod talk;
mod telling;
mod we_did;
mod welcome;

pub use picks::drawing as drawing_of;

use crate::api::{self, Page, Problem, SittingPage};
use crate::device::Device;
use crate::domain::looks::LANGUAGE;
use crate::domain::voice::Look;
use crate::domain::words::{Language, choosing, voice as words};
use crate::pages::load::{learn, load, loaded_or};
use crate::ui::others::Alone;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use card::{CodeFirst, EarlierShut};
use code::GiveCode;
use frame::{Frame, Outside};
use heard::{listen, since};
use later::{Part, later};
use leptos::prelude::*;
use leptos::task::spawn_local;
use question::Ask;
use stop::ByCard;
use talk::{Screen, Talk};
use welcome::Welcome;

/// The page at `/voice`.
#[component]
pub fn Voice() -> impl IntoView {
    provide_context(Alone);
    provide_context(Words(RwSignal::new(Language::English)));
    let page = load::<SittingPage, _>("sitting", api::sitting);
    let waiting = || view! { <div class="voice" aria-busy="true"></div> }.into_any();
    loaded_or(page, waiting, |page| match page {
        Ok(page) => view! { <Sitting page/> }.into_any(),
        Err(problem) => view! { <Unreached problem/> }.into_any(),
    })
}

/// A sitting: behind its picture code where there is one, else at once.
#[component]
fn Sitting(page: SittingPage) -> impl IntoView {
    let device = Device::here();
    hear(&page);
    let given = RwSignal::new(!page.has_code);
    // Known only after the first render, which has to be what the server rendered.
    let locked = RwSignal::new(false);
    Effect::new(move |_| locked.set(device.locked.get()));
    let open = Memo::new(move |_| given.get() && !locked.get());
    let fresh = page.fresh;
    let code_first = (page.by_card || fresh) && !page.has_code;
    let page = StoredValue::new(page);
    // With a card and no picture code, what was written before stays shut.
    let chosen = RwSignal::new(!code_first);
    move || match (chosen.get(), open.get()) {
        (false, _) if fresh => view! { <CodeFirst page=page.get_value() chosen/> }.into_any(),
        (false, _) => view! { <EarlierShut page=page.get_value()/> }.into_any(),
        (true, true) if page.with_value(|page| page.by_card || page.fresh) => {
            view! { <Told page=page.get_value()/> }.into_any()
        }
        (true, true) => view! { <Talking page=page.get_value()/> }.into_any(),
        (true, false) => view! { <GiveCode page=page.get_value() given/> }.into_any(),
    }
}

/// A card's sitting once its code was given: only now the server says whose it is. So it
/// is once new pictures were chosen.
#[component]
fn Told(page: SittingPage) -> impl IntoView {
    let device = Device::here();
    let told = RwSignal::new(None::<SittingPage>);
    Effect::new(move |_| {
        let page = page.clone();
        spawn_local(async move {
            let full = match api::sitting().await {
                Ok(text) => Some(text),
                Err(_) => device.kept("sitting").await.map(Page),
            };
            told.set(Some(full.and_then(|text| text.read()).unwrap_or(page)));
        });
    });
    move || told.get().map(|page| view! { <Talking page=SittingPage { has_code: true, ..page }/> })
}

/// Takes the words that came with the page, and says everything in their language.
fn hear(page: &SittingPage) {
    if let Some(said) = page.said.clone() {
        Words::here().0.set(said.learn());
    }
}

/// Without the server: what this device kept, once its picture code opened it.
#[component]
fn Unreached(problem: Problem) -> impl IntoView {
    let device = Device::here();
    let given = RwSignal::new(false);
    let kept = RwSignal::new(None::<SittingPage>);
    Effect::new(move |_| {
        if given.get() {
            spawn_local(async move {
                kept.set(device.kept("sitting").await.and_then(|text| Page(text).read()));
            });
        }
    });
    move || match (kept.get(), device.locked.get()) {
        // Found with a card before a code was chosen: shut here as well.
        (Some(page), _) if page.by_card && !page.has_code && !given.get() => view! { <EarlierShut page/> }.into_any(),
        (Some(page), _) => {
            hear(&page);
            view! { <Talking page/> }.into_any()
        }
        (None, true) => view! { <GiveCode page=SittingPage::unread() given/> }.into_any(),
        (None, false) => view! { <NotHere problem=problem.clone()/> }.into_any(),
    }
}

/// Follows the language that was chosen for the child, on this tablet or another. One
/// that can't come now is asked for again the next time.
fn speak_as_chosen(talk: Talk) {
    let device = Device::here();
    let chosen = Memo::new(move |_| {
        talk.looks.with(|looks| looks.get(LANGUAGE).and_then(Language::from_tag)).unwrap_or_default()
    });
    Effect::new(move |_| {
        let (language, now) = (chosen.get(), talk.words);
        if !talk.draft.live.get() || language == now.language() {
            return;
        }
        talk.coming.set(Some(now.say(choosing::COMING)));
        spawn_local(async move {
            let came = learn(device, language, api::words::words(language)).await;
            talk.coming.set((!came).then(|| now.say(choosing::NOT_COME)));
            if came {
                now.0.set(language);
            }
        });
    });
}

/// The conversation itself. It is drawn anew when its language changes, at the same place.
#[component]
fn Talking(page: SittingPage) -> impl IntoView {
    provide_context(ByCard(page.by_card));
    card::keep();
    let talk = Talk::new(page);
    listen(talk);
    speak_as_chosen(talk);
    let screen = Memo::new(move |_| talk.screen());
    talk.keep_place(screen);
    move || {
        talk.words.0.track();
        view! {
            <Frame talk screen>
                {move || match screen.get() {
                    Screen::Welcome => view! { <Welcome talk/>{since(talk)} }.into_any(),
                    Screen::Looks => later(talk, Part::Looks),
                    Screen::Ask(asked) => view! { <Ask talk asked/> }.into_any(),
                    Screen::Finish => later(talk, Part::Finish),
                    Screen::Off(detour) => later(talk, Part::Off(detour)),
                }}
            </Frame>
        }
    }
}

/// The sitting is over, or can't be reached.
#[component]
fn NotHere(problem: Problem) -> impl IntoView {
    let over = matches!(problem, Problem::SignIn | Problem::NotFound);
    let (title, sentence) = match over {
        true => (words::ALL_CLOSED, words::NOT_YOURS_NOW),
        false => (words::NOT_OPEN_NOW, words::NOT_YOUR_FAULT),
    };
    view! {
        <Outside look=Look::Both>
            <main class="voice-page" id="main">
                <div class="asking">
                    <h1 tabindex="-1">{say(title)}</h1>
                    <ReadAloud text=say(sentence) reads="main h1, main .lead"/>
                </div>
                <p class="lead">{say(sentence)}</p>
                <div class="row">
                    {(!over).then(|| view! { <a class="button" href="/voice" data-leave="">{say(words::TRY_AGAIN)}</a> })}
                    <a class="button quiet" href="/sign-in" data-leave="">{say(words::GROWN_UP_SIGN_IN)}</a>
                </div>
            </main>
        </Outside>
    }
}
