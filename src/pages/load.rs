//! Loading what a page shows: from the server, or from this device's sealed copy
//! when the server can't be reached.

use crate::api::{Me, Page, Problem};
use crate::device::{Device, Later};
use crate::domain::words::{Language, Said, problem as words};
use crate::pages::inside::outside;
use crate::pages::route::Place;
use crate::ui::field::focus_on;
use crate::ui::problem::{problem, waiting};
use crate::ui::words::{Own, language, say, speak};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::marker::PhantomData;

/// A page that is loaded, or is being: its text, and what the text is read as.
pub struct Loaded<T> {
    text: Resource<Result<Page, Problem>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loaded<T> {}

/// Who is asking, loaded once for all pages.
#[derive(Clone, Copy)]
pub struct Mine(pub Loaded<Me>);

/// Loads a page. It is asked for again when the server has news, and can still be
/// read with no network.
pub fn load<T, Fut>(key: impl Into<String>, fetch: impl Fn() -> Fut + Send + Sync + 'static) -> Loaded<T>
where
    Fut: Future<Output = Result<Page, Problem>> + Send + 'static,
{
    let fetch = Box::new(move || Box::pin(fetch()) as Later<Result<Page, Problem>>);
    Loaded { text: load_text(key.into(), fetch), of: PhantomData }
}

type Fetch = Box<dyn Fn() -> Later<Result<Page, Problem>> + Send + Sync>;

fn load_text(key: String, fetch: Fetch) -> Resource<Result<Page, Problem>> {
    let device = Device::here();
    let kept_as = key.clone();
    let text = Resource::new(
        move || device.news.get(),
        move |_| {
            let (kept, asked) = (device.kept(&key), fetch());
            async move {
                match asked.await {
                    Err(Problem::Offline) => kept.await.map(Page).ok_or(Problem::Offline),
                    answer => answer,
                }
            }
        },
    );
    // What came with the page itself is kept too, so this follows the value.
    Effect::new(move |_| {
        if let Some(Ok(Page(shown))) = text.get() {
            device.keep(&kept_as, &shown);
        }
    });
    text
}

impl<T: DeserializeOwned> Loaded<T> {
    /// What is loaded now, followed by whoever calls this in a reactive place.
    pub fn get(self) -> Option<Result<T, Problem>> {
        self.text.get().map(read)
    }
}

fn read<T: DeserializeOwned>(text: Result<Page, Problem>) -> Result<T, Problem> {
    let too_new = || Problem::Said(words::TOO_NEW.english().into());
    text.and_then(|page| page.read().ok_or_else(too_new))
}

/// Shows a page when it is there. The page is made once: what comes later changes
/// what it shows, and never takes away what somebody is typing.
pub fn loaded<T>(page: Loaded<T>, view: impl FnOnce(Signal<T>) -> AnyView + Send + 'static) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let text = page.text;
    let shown = move |first| match read::<T>(first) {
        Ok(first) => follow(page, first, view),
        Err(problem) => refused(text, problem),
    };
    when_loaded(text, on_its_way, Box::new(shown))
}

/// The same for a page that has its own words for waiting and for trouble.
pub fn loaded_or<T>(
    page: Loaded<T>,
    waiting: impl Fn() -> AnyView + Send + Sync + 'static,
    view: impl FnOnce(Result<T, Problem>) -> AnyView + Send + 'static,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    when_loaded(page.text, waiting, Box::new(move |first| view(read(first))))
}

/// While a page is on its way. Where it is opened from the device alone, what the device
/// keeps says in a moment which language is theirs.
fn on_its_way() -> AnyView {
    if !crate::PHOTOS {
        return outside(waiting());
    }
    let draw = || match Own::follow() {
        true => outside(waiting()),
        false => view! { <p aria-busy="true"></p> }.into_any(),
    };
    draw.into_any()
}

type Shown = Box<dyn FnOnce(Result<Page, Problem>) -> AnyView + Send>;

fn when_loaded(
    text: Resource<Result<Page, Problem>>,
    waiting: impl Fn() -> AnyView + Send + Sync + 'static,
    shown: Shown,
) -> AnyView {
    view! { <Transition fallback=waiting>{Suspend::new(async move { shown(text.await) })}</Transition> }.into_any()
}

fn follow<T>(page: Loaded<T>, first: T, view: impl FnOnce(Signal<T>) -> AnyView) -> AnyView
where
    T: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static,
{
    let trouble = RwSignal::new(None);
    let value = RwSignal::new(first);
    Effect::new(move |_| match page.get() {
        Some(Ok(now)) => {
            trouble.set(None);
            if value.with_untracked(|shown| *shown != now) {
                value.set(now);
            }
        }
        // Rights can end while a page is open. Anything else passes.
        Some(Err(Problem::NotFound)) => trouble.set(Some(Problem::NotFound)),
        _ => {}
    });
    whole(trouble, view(value.into()))
}

fn whole(trouble: RwSignal<Option<Problem>>, page: AnyView) -> AnyView {
    arrive();
    let gone = move || trouble.get().map(|problem| outside(problem_page(&problem)));
    view! {
        {gone}
        <div class="whole" hidden=move || trouble.get().is_some()>{page}</div>
    }
    .into_any()
}

/// Puts whoever came from another page at the start of this one, or at the place
/// that the address names. After a load the browser does it.
fn arrive() {
    let place = Place::here();
    Effect::new(move |_| {
        if place.moved.get_value() {
            focus_on(location_hash().filter(|id| !id.is_empty()).unwrap_or_else(|| "title".into()));
        }
    });
}

/// A page that could not be shown at first. When it can, it is loaded afresh: the
/// server then renders all of it.
fn refused(text: Resource<Result<Page, Problem>>, problem: Problem) -> AnyView {
    let place = Place::here();
    let shown = RwSignal::new(problem);
    Effect::new(move |_| match text.get() {
        Some(Ok(_)) => place.leave(&place.route.get_untracked().path()),
        Some(Err(now)) if shown.with_untracked(|shown| *shown != now) => shown.set(now),
        _ => {}
    });
    let draw = move || {
        Own::follow();
        outside(problem_page(&shown.get()))
    };
    draw.into_any()
}

/// What happened, and the way on.
fn problem_page(what: &Problem) -> AnyView {
    let (heading, href, way) = match what {
        Problem::SignIn => (words::TO_SIGN_IN, Place::here().sign_in(), words::TO_SIGN_IN),
        Problem::Offline => (words::NO_CONNECTION, "/".to_string(), words::TO_CHILDREN_HERE),
        Problem::NotFound => (words::NOTHING_HERE, "/".to_string(), words::TO_CHILDREN),
        Problem::Said(_) | Problem::Trouble(_) => (words::THERE_IS_A_PROBLEM, "/".to_string(), words::TO_CHILDREN),
    };
    problem(say(heading), what.said(language()), href, say(way))
}

/// Under what a carer's phone keeps the words of their pages.
const OWN_WORDS: &str = "said";

/// Says a visitor's own page in their words. The device keeps them, for what stands in for
/// one of these pages without a network.
pub fn speak_own(said: Said) {
    let (device, kept) = (Device::here(), said.clone());
    Effect::new(move |_| device.keep(OWN_WORDS, &Page::of(&kept).0));
    speak(said);
}

/// Takes up the words that the device kept, until a page brings its own.
pub fn speak_as_before() {
    let (device, own) = (Device::here(), Own::here());
    Effect::new(move |_| {
        let kept = device.kept(OWN_WORDS);
        spawn_local(async move {
            let said = kept.await.and_then(|text| Page(text).read::<Said>());
            if let (Some(said), Some(Own(own))) = (said, own)
                && own.get_untracked().is_none()
            {
                own.set(Some(said.learn()));
            }
        });
    });
}

/// Learns a language: from what this device kept of it, else from the server. Answers
/// whether it can be said now.
pub async fn learn(device: Device, language: Language, ask: impl Future<Output = Result<Page, Problem>>) -> bool {
    if language.is_learnt() {
        return true;
    }
    let key = format!("words-{}", language.tag());
    let page = match ask.await {
        Ok(page) => {
            device.keep(&key, &page.0);
            Some(page)
        }
        Err(_) => device.kept(&key).await.map(Page),
    };
    page.and_then(|page| page.read::<Said>()).map(Said::learn).is_some_and(Language::is_learnt)
}
