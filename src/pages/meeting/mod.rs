//! The meeting: its agenda, one thing at a time, with what the plan says to it now;
//! actions as they are promised; who came; and where the meeting is.

mod action_form;
mod actions;
mod attending;
mod item;
mod later;
mod pointer;
mod screen;
mod timer;
mod told;
mod wrap_up;

pub use screen::ScreenView;

use super::here_now::{Together, here_now, to_section};
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::whose;
use super::route::Route;
use crate::api::meeting::{MeetingPage, meeting};
use crate::device::{Device, Draft};
use crate::domain::meeting::agenda::Item;
use crate::domain::people::PlanId;
use crate::domain::plan::{DocumentName, State};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::sync::presence::Present;
use crate::ui::field::focus_on;
use crate::ui::names::Names;
use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::MouseEvent;
use pointer::Pointer;
use std::time::Duration;

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub page: Signal<MeetingPage>,
    /// The sections that are open on this device.
    open: StoredValue<Vec<Open>>,
    /// What this person looks at.
    pub item: RwSignal<Item>,
    pub pointer: Pointer,
}

/// A section of the meeting, with what this person may do there.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub section: SectionId,
    pub may_write: bool,
    pub draft: Draft,
}

impl Room {
    fn of(page: Signal<MeetingPage>) -> Self {
        let first = page.get_untracked();
        let open: Vec<_> = first
            .parts
            .iter()
            .map(|part| {
                let name = DocumentName { plan: first.plan.clone(), section: part.section };
                let draft = Device::here().open(name, part.values.clone());
                follow(page, part.section, draft);
                Open { section: part.section, may_write: part.may_write, draft }
            })
            .collect();
        let record = open.iter().find(|open| open.section == SectionId::MeetingRecord).map(|open| open.draft);
        let item = RwSignal::new(Item::Words);
        if let Some(record) = record {
            record.shown(false);
        }
        let is_over = Signal::derive(move || page.with(|page| is_closed(page.state)));
        Self { page, open: StoredValue::new(open), item, pointer: Pointer::of(record, item, is_over) }
    }

    /// A section, where it is this person's to read.
    pub fn open(self, section: SectionId) -> Option<Open> {
        self.open.with_value(|all| all.iter().find(|open| open.section == section).copied())
    }

    pub fn name(self) -> String {
        self.page.with_untracked(|page| page.name.clone())
    }

    pub fn plan(self) -> PlanId {
        self.page.with_untracked(|page| page.plan.clone())
    }

    /// Whether this person may lead: the record of the meeting is theirs to write.
    pub fn leads(self) -> bool {
        self.open(SectionId::MeetingRecord).is_some_and(|record| record.may_write)
    }
}

/// Until the device has its own copy, a section says what the server says.
fn follow(page: Signal<MeetingPage>, section: SectionId, draft: Draft) {
    Effect::new(move |before: Option<()>| {
        let values = page.with(|page| page.part(section).map(|part| part.values.clone()).unwrap_or_default());
        if before.is_some() && !draft.live.get_untracked() {
            draft.values.set(values);
        }
    });
}

#[component]
pub fn MeetingView(plan: PlanId) -> impl IntoView {
    let page: Loaded<MeetingPage> = load(format!("meeting/{plan}"), move || meeting(plan.clone()));
    loaded(page, move |page| {
        let first = page.get_untracked();
        provide_context(Names::new(first.name.clone(), first.ever.clone()));
        let room = Room::of(page);
        follow_address(room.item);
        look_again_at_the_end(room);
        let back = (Route::Plan(first.plan.clone()).path(), whose(&first.name));
        let body = view! {
            {here_now(first.plan.clone(), first.name.clone(), together(room))}
            <div class="meeting-mode">
                {head(room)}
                <div class="meeting-body">
                    {agenda(&first.name, room.item, room.pointer)}
                    <div class="meeting-main">{items(room)}</div>
                    <div class="meeting-side">{actions::card(room)} {attending::card(room)}</div>
                </div>
            </div>
        };
        inside(Some(back), body.into_any())
    })
}

/// The item that is looked at. Each has boxes of its own: in boxes that are used again for
/// the next, what was typed in one item would be written into the other.
fn items(room: Room) -> AnyView {
    view! { <For each=move || [room.item.get()] key=|item| *item children=move |item| item::view(room, item)/> }
        .into_any()
}

/// Where one is in a meeting is the item that one looks at.
fn together(room: Room) -> Together {
    let together = Together { way, ..Together::on_page() };
    Effect::new(move |_| together.at.set(room.item.get().id().into()));
    room.open.with_value(|all| all.iter().for_each(|open| together.hear(open.draft, &room.name())));
    together
}

/// Whether the meeting has been closed.
fn is_closed(state: State) -> bool {
    !matches!(state, State::Scheduled | State::Drafting | State::Meeting)
}

/// The way to where somebody is: within the meeting, where it is talked about; there is
/// none to who is in the meeting and writes nowhere.
fn way(plan: &PlanId, present: &Present) -> Option<String> {
    match (present.section?, present.path.as_deref()) {
        (SectionId::MeetingRecord, None) => None,
        (section, path) => match Item::about(section, path) {
            Some(item) => Some(format!("#{}", item.id())),
            None => to_section(plan, present),
        },
    }
}

fn head(room: Room) -> AnyView {
    let began = Memo::new(move |_| room.page.with(|page| page.began));
    let when = move || {
        room.page.with(|page| match page.state {
            State::Scheduled | State::Drafting => match &page.meeting {
                Some(meeting) => format!("It is on {}, at {}", meeting.at.day().spoken(), meeting.at.clock()),
                None => "No date is set yet".into(),
            },
            State::Meeting => String::new(),
            state if state.takes_edits() => "The meeting is closed. What is written now still joins the plan".into(),
            _ => "The meeting is closed".into(),
        })
    };
    let screen = Route::Screen(room.plan()).path();
    view! {
        <div class="meeting-head">
            <div>
                <h1 id="title" tabindex="-1">{format!("{}’s meeting", room.name())}</h1>
                <p class="soft">{when} {timer::so_far(began.into())}</p>
            </div>
            <a class="button quiet" href=screen>"Show on the big screen"</a>
            {room.pointer.line(room)}
        </div>
    }
    .into_any()
}

/// The way through the meeting, with where one is and where the meeting is.
pub(super) fn agenda(name: &str, item: RwSignal<Item>, pointer: Pointer) -> AnyView {
    let links: Vec<_> = Item::ALL
        .into_iter()
        .map(|of| {
            let here = move || (item.get() == of).then_some("step");
            let meeting = move || pointer.is_at(of).then(|| view! { <span class="tag sun">"We’re here"</span> });
            // To what one looks at already the browser would go by its name alone, and find a
            // table that is called the same.
            let stay = move |event: MouseEvent| {
                if item.get_untracked() == of {
                    event.prevent_default();
                    focus_on("item-title".into());
                }
            };
            view! {
                <li>
                    <a href=format!("#{}", of.id()) aria-current=here on:click=stay>
                        <span>{of.title(name)}</span>
                        {meeting}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <nav class="agenda" aria-label="Agenda"><ol>{links}</ol></nav> }.into_any()
}

/// Goes to an item: its name is in the address, so that a page that is loaded again
/// opens where it was, and the way back leads back.
pub(super) fn go_to(item: Item) {
    let _ = location().set_hash(item.id());
}

/// Keeps what is looked at as the address has it.
fn follow_address(item: RwSignal<Item>) {
    let read = move || location_hash().and_then(|id| Item::from_id(&id));
    // Not before the page is alive: the server renders the first item.
    Effect::new(move |_| {
        if let Some(named) = read() {
            item.set(named);
        }
        let heard = window_event_listener(ev::hashchange, move |_| {
            // What else is named on a page, such as by the way past its head, is no item.
            let Some(now) = read().or_else(|| location_hash().is_none_or(|id| id.is_empty()).then_some(Item::Words))
            else {
                return;
            };
            if item.get_untracked() != now {
                item.set(now);
            }
            focus_on("item-title".into());
        });
        on_cleanup(move || heard.remove());
    });
}

/// What is missing is the server's to say. It is asked again when the end is looked at,
/// and when something is written meanwhile.
fn look_again_at_the_end(room: Room) {
    let at_the_end = Memo::new(move |_| room.item.get() == Item::WrapUp);
    let drafts: Vec<_> = room.open.with_value(|all| all.iter().map(|open| open.draft).collect());
    ask_again(drafts, at_the_end.into());
}

/// Asks the server again for what a page shows, soon after any of these documents
/// changes, while `wanted` holds.
fn ask_again(drafts: Vec<Draft>, wanted: Signal<bool>) {
    const SOON: Duration = Duration::from_millis(500);
    let device = Device::here();
    let waits = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        drafts.iter().for_each(|draft| draft.values.with(|_: &Values| ()));
        if !wanted.get() || before.is_none() || waits.get_value() {
            return;
        }
        waits.set_value(true);
        set_timeout(
            move || {
                if waits.try_set_value(false).is_none() {
                    device.news.update(|news| *news = news.wrapping_add(1));
                }
            },
            SOON,
        );
    });
}
