//! Who else is in the plan now: a list in words, the way to where each of them is,
//! and back; and how much of their coming and going is read out.

use super::bundle::Bundle;
use super::route::{Place, Route};
use crate::app::BUNDLE;
use crate::device::{Device, Draft, Other};
use crate::domain::history::Sum;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::sync::presence::Present;
use crate::ui::announce::{Level, Waiting, back, changes, everybody, person, returned, wrote};
use crate::ui::change::sentence;
use crate::ui::field::id_of;
use crate::ui::held;
use crate::ui::later;
use crate::ui::others::mark;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos::web_sys::{Element, MouseEvent};
use std::cell::RefCell;
use std::time::Duration;

/// Between two things that are read out, and after a key before the next.
const PAUSE: Duration = Duration::from_secs(10);
/// Who comes back sends each part of the plan by itself: it is read out together.
const A_MOMENT: Duration = Duration::from_secs(1);
/// Under which the device keeps how much is read out.
const KEPT: &str = "read-out";

thread_local! {
    /// Where this page's person was before they went to where somebody else is: an address.
    /// The strip of the next page shows it; the server never has any.
    static LEFT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What is to be read out, and when.
#[derive(Clone, Copy)]
struct ReadOut {
    level: RwSignal<Level>,
    device: Device,
    waiting: StoredValue<Waiting>,
    /// From where on the list of what came back isn't read out yet.
    unread: StoredValue<Option<usize>>,
    said: RwSignal<String>,
}

/// What the strip and the page that it is on tell each other.
#[derive(Clone, Copy)]
pub struct Together {
    /// The place on the page where the person is, or was last: a path, or an id.
    pub at: RwSignal<String>,
    /// What others have just written on the page.
    pub wrote: RwSignal<Vec<Sum>>,
    /// The way from this page to where somebody is, if there is any.
    pub way: fn(&PlanId, &Present) -> Option<String>,
}

impl Together {
    pub fn on_page() -> Self {
        Self { at: RwSignal::new(String::new()), wrote: RwSignal::new(Vec::new()), way: to_section }
    }

    /// Follows the person through the fields of the page.
    pub fn in_fields(self) -> Self {
        let enters = window_event_listener(ev::focusin, move |event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(path) = field.and_then(|field| field.get_attribute("data-path")) {
                self.at.set(path);
            }
        });
        on_cleanup(move || enters.remove());
        self
    }

    /// Hears where others write in a section that the page shows.
    pub fn hear(self, draft: Draft, child: &str) {
        let (section, child) = (draft.name().section, child.to_string());
        Effect::new(move |before: Option<Vec<Other>>| {
            let now = draft.others.at("", |others| others.to_vec());
            let before = before.unwrap_or_default();
            let sums = wrote(&before, &now, section, &child, draft.device().now());
            if !sums.is_empty() {
                self.wrote.set(sums);
            }
            now
        });
    }
}

/// The strip at the top of a plan's pages. It is always there, so that nothing jumps
/// when somebody comes; what it says comes behind the page.
pub fn here_now(plan: PlanId, child: String, together: Together) -> AnyView {
    later::instead(nobody_known, fetch, move || shown(plan.clone(), child.clone(), together))
}

/// What stands there until then. It can't be opened or gone to by keys: it would be shut,
/// and the focus lost, as soon as the other takes its place.
fn nobody_known() -> AnyView {
    view! { <div class="here"><div class="not-known">{NOT_KNOWN}</div></div> }.into_any()
}

const NOT_KNOWN: &str = "Who is here isn’t known yet";

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(plan: PlanId, child: String, together: Together) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    Ok(match BUNDLE {
        Bundle::Plan | Bundle::Meeting | Bundle::Whole => strip(plan, child, together),
        _ => ().into_any(),
    })
}

fn strip(plan: PlanId, child: String, together: Together) -> AnyView {
    let Device { present, brought, .. } = Device::here();
    let read_out = ReadOut::new();
    let (told, listed) = (child.clone(), child.clone());
    let page = StoredValue::new(Place::here().route.get_untracked().path());
    let (left, of_plan) = (RwSignal::new(None::<String>), Route::Plan(plan.clone()).path());
    Effect::new(move |_| left.set(LEFT.with_borrow(Clone::clone).filter(|href| href.starts_with(&of_plan))));
    let leave = move |_: MouseEvent| {
        let at = together.at.get_untracked();
        let id = if at.is_empty() { "title".into() } else { id_of(&at) };
        left.set(Some(format!("{}#{id}", page.get_value())));
        LEFT.set(left.get_untracked());
    };
    let came_back = came(brought, plan.clone(), child.clone(), leave);
    let names = {
        let child = child.clone();
        move || {
            let here = match present.get() {
                None => NOT_KNOWN.to_string(),
                Some(present) => here(&present),
            };
            let came = brought.with(|brought| sentences(brought.as_deref(), &child));
            std::iter::once(here).chain(came).collect::<Vec<_>>().join(". ")
        }
    };
    let marks = move || {
        let present = present.get().unwrap_or_default();
        let here = present.iter().filter(|present| present.lost.is_none());
        here.map(|present| mark(&present.who)).collect::<Vec<_>>()
    };
    let list = move || {
        let present = present.get().unwrap_or_default();
        present.iter().map(|present| entry(present, (together.way)(&plan, present), &listed, leave)).collect::<Vec<_>>()
    };
    let return_way = move || {
        // It stays in sight: where somebody is may be far from here.
        let back = move |href: String| {
            let gone = move |_| {
                LEFT.set(None);
                left.set(None);
            };
            view! { <a class="button quiet return" href=href on:click=gone>"Back to where you were"</a> }
        };
        left.get().map(|href| back(href).into_any())
    };
    read_out.follow(present, child.clone());
    read_out.follow_back(brought, child);
    read_out.follow_writing(together.wrote);
    let hear = window_event_listener(ev::keydown, move |event| {
        if event.alt_key() && event.shift_key() && event.code() == "KeyP" {
            event.prevent_default();
            // The same words again are news to nobody: they go first, for a frame.
            read_out.said.set(String::new());
            let words = everybody(present.get_untracked().as_deref(), &told);
            request_animation_frame(move || drop(read_out.said.try_set(words)));
        } else {
            read_out.waiting.update_value(Waiting::types);
        }
    });
    on_cleanup(move || hear.remove());
    view! {
        <details class="here">
            <summary><span class="marks">{marks}</span>{names}</summary>
            <ul class="lines">{list}</ul>
            {came_back}
            {read_out.choice()}
            {held::choice()}
        </details>
        {return_way}
        <p class="visually-hidden" role="status">{move || read_out.said.get()}</p>
    }
    .into_any()
}

/// "Here now: Ruth Abara. Tom Ng has no connection".
fn here(present: &[Present]) -> String {
    let named =
        |lost: bool| present.iter().filter(|present| present.lost.is_some() == lost).cloned().collect::<Vec<_>>();
    let (here, lost) = (named(false), named(true));
    let here = if here.is_empty() { "only you".into() } else { names(&here) };
    match lost.len() {
        0 => format!("Here now: {here}"),
        1 => format!("Here now: {here}. {} has no connection", names(&lost)),
        _ => format!("Here now: {here}. {} have no connection", names(&lost)),
    }
}

/// "Ruth Abara, Tom Ng and 2 more".
fn names(present: &[Present]) -> String {
    const SHOWN: usize = 2;
    let names: Vec<_> = present.iter().map(|present| present.who.name.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., last] if names.len() <= SHOWN + 1 => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..SHOWN].join(", "), names.len() - SHOWN),
    }
}

fn entry(present: &Present, way: Option<String>, child: &str, leave: impl Fn(MouseEvent) + 'static) -> AnyView {
    let way = way.map(|href| {
        view! { <a href=href on:click=leave>{format!("Go to where {} is", present.who.name)}</a> }
    });
    view! {
        <li>
            {mark(&present.who)}
            <span>{person(present, child)}</span>
            {way}
        </li>
    }
    .into_any()
}

/// Who is back from being without a connection, and with what, a sentence for each.
fn sentences(brought: Option<&[Present]>, child: &str) -> Vec<String> {
    returned(brought.unwrap_or_default()).iter().filter_map(|parts| back(parts, child)).collect()
}

/// The same with the ways there, until the person has seen it.
fn came(
    brought: RwSignal<Option<Vec<Present>>>,
    plan: PlanId,
    child: String,
    leave: impl Fn(MouseEvent) + Copy + 'static,
) -> impl Fn() -> Option<AnyView> {
    let line = move |parts: &Vec<&Present>| {
        let way = |part: &&Present| {
            let href = to_section(&plan, part)?;
            let words = format!("Go to {}", part.section?.section().titled(&child));
            Some(view! { <a href=href on:click=leave>{words}</a> }.into_any())
        };
        let ways: Vec<_> = parts.iter().filter_map(way).collect();
        view! { <li><span>{back(parts, &child)}</span>{ways}</li> }.into_any()
    };
    move || {
        let lines: Vec<_> =
            brought.with(|brought| returned(brought.as_deref().unwrap_or_default()).iter().map(&line).collect());
        (!lines.is_empty()).then(|| {
            view! {
                <ul class="lines came">{lines}</ul>
                <button type="button" class="button quiet" on:click=move |_| brought.set(None)>"I’ve seen this"</button>
            }
            .into_any()
        })
    }
}

/// To their section, and the place in it.
pub fn to_section(plan: &PlanId, present: &Present) -> Option<String> {
    let (plan, section) = (plan.clone(), present.section?);
    // Who is in the record of the meeting, and in none of its fields, is at the meeting.
    let route = match section {
        SectionId::MeetingRecord if present.path.is_none() => Route::Meeting(plan),
        section => Route::Section(plan, section),
    };
    Some(route.path() + &place(present))
}

fn place(present: &Present) -> String {
    format!("#{}", present.path.as_deref().map_or_else(|| "title".into(), id_of))
}

impl ReadOut {
    fn new() -> Self {
        let device = Device::here();
        let read_out = Self {
            device,
            level: RwSignal::new(Level::Quiet),
            waiting: StoredValue::new(Waiting::default()),
            unread: StoredValue::new(None),
            said: RwSignal::new(String::new()),
        };
        Effect::new(move |_| {
            let kept = device.kept(KEPT);
            spawn_local(async move {
                if let Some(level) = kept.await.and_then(|id| Level::read(&id)) {
                    let _ = read_out.level.try_set(level);
                }
            });
        });
        read_out
    }

    /// Hears who comes and goes from now on.
    fn follow(self, present: RwSignal<Option<Vec<Present>>>, child: String) {
        Effect::new(move |before: Option<Option<Vec<Present>>>| {
            let now = present.get();
            // Who was here before this page opened, or before a gap, is not news.
            if let (Some(Some(before)), Some(now)) = (&before, &now) {
                let news = changes(before, now, self.level.get_untracked(), &child);
                self.say(news);
            }
            now
        });
    }

    /// Hears who comes back with changes from now on.
    fn follow_back(self, brought: RwSignal<Option<Vec<Present>>>, child: String) {
        Effect::new(move |told: Option<usize>| {
            let now = brought.with(|brought| brought.as_ref().map_or(0, Vec::len));
            let told = told.unwrap_or(now);
            if told < now && self.unread.get_value().is_none() {
                self.unread.set_value(Some(told));
                let child = child.clone();
                set_timeout(move || self.say_back(brought, &child), A_MOMENT);
            }
            now
        });
    }

    /// Hears what others write on the page from now on.
    fn follow_writing(self, wrote: RwSignal<Vec<Sum>>) {
        Effect::new(move |_| {
            let news = wrote.with(|sums| sums.iter().map(sentence).collect::<Vec<_>>());
            if self.level.get_untracked() == Level::All {
                self.say(news);
            }
        });
    }

    fn say_back(self, brought: RwSignal<Option<Vec<Present>>>, child: &str) {
        // Nothing where the page is gone.
        let Some(Some(from)) = self.unread.try_update_value(std::mem::take) else { return };
        let news = brought.with_untracked(|all| sentences(all.as_deref().and_then(|all| all.get(from..)), child));
        if self.level.get_untracked() != Level::Off {
            self.say(news);
        }
    }

    /// Says something, unless something was just said or somebody types: then later.
    fn say(self, news: Vec<String>) {
        self.begin(self.waiting.try_update_value(|waiting| waiting.hears(news)).flatten());
    }

    /// Begins a pause, where there is one, with what is said at its beginning.
    fn begin(self, pause: Option<String>) {
        let Some(words) = pause else { return };
        if !words.is_empty() {
            self.said.set(words);
        }
        set_timeout(move || self.begin(self.waiting.try_update_value(Waiting::pause_ends).flatten()), PAUSE);
    }

    fn choice(self) -> AnyView {
        let radio = move |level: Level| {
            let id = format!("read-out-{}", level.id());
            let choose = move |_| {
                self.level.set(level);
                self.device.keep(KEPT, level.id());
            };
            view! {
                <div class="answer">
                    <input type="radio" name="read-out" id=id.clone() prop:checked=move || self.level.get() == level on:change=choose/>
                    <label for=id>{level.words()}</label>
                </div>
            }
            .into_any()
        };
        view! {
            <fieldset class="field">
                <legend>"What a screen reader says of others"</legend>
                <div class="answers inline">{Level::ALL.map(radio).into_iter().collect::<Vec<_>>()}</div>
                <p class="hint">"At most once in ten seconds, and never while you type. Alt, Shift and P together say who is here."</p>
            </fieldset>
        }
        .into_any()
    }
}
