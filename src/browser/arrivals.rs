//! What came about documents. What others write, and where they are, is gathered for a
//! moment where much of it comes, and taken in its order: a page in which several write is
//! laid out and drawn once for all of it, and not at every key of each.

use super::{connection, here, presence, wire};
use crate::domain::plan::DocumentName;
use crate::sync::protocol::Message;
use js_sys::Date;
use leptos::prelude::set_timeout;
use leptos::task::{spawn_local, tick};
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// So long after something of others was taken, in milliseconds, more of it waits: less
/// than one person alone leaves between two keys.
const A_MOMENT: f64 = 60.0;
/// Where several people write.
const LONGER: f64 = 250.0;
/// More messages of others than this in a second come of several people.
const OF_ONE: usize = 15;
const SECOND: f64 = 1_000.0;

thread_local! {
    /// What came, and over which wire.
    static CAME: RefCell<Vec<(u32, DocumentName, Message)>> = const { RefCell::new(Vec::new()) };
    /// When more of others is taken.
    static NEXT: Cell<f64> = const { Cell::new(0.0) };
    static WAITS: Cell<bool> = const { Cell::new(false) };
    static TAKES: Cell<bool> = const { Cell::new(false) };
    /// When this second began, what came of others in it, and in the one before.
    static COUNTED: Cell<(f64, usize, usize)> = const { Cell::new((0.0, 0, 0)) };
}

/// Something came. What isn't of others says nothing of what they wrote, and waits for none
/// of it. Nobody else writes with a young person or in a carer's own five questions.
pub fn came(name: DocumentName, message: Message) {
    if !crate::FAMILY && matches!(message, Message::Update(_) | Message::Awareness(_)) {
        CAME.with_borrow_mut(|came| came.push((wire::generation(), name, message)));
        return take_in_time();
    }
    if connection::take(&name, message) {
        here::show(&name);
    }
    here::show_status();
}

/// By a timer and not with the next frame: a page out of sight has none. What a key took
/// meanwhile is drawn, and what came since waits anew.
fn take_in_time() {
    let left = NEXT.get() - Date::now();
    // A clock that was set back holds nothing.
    if !(1.0..=LONGER).contains(&left) {
        take_now();
    } else if is_something() && !WAITS.replace(true) {
        let again = || {
            WAITS.set(false);
            take_in_time();
        };
        set_timeout(again, Duration::from_millis(left as u64));
    }
}

/// Takes what came: also when the person writes, and the page is drawn anyway.
pub fn take_now() {
    if !crate::FAMILY && is_something() && !TAKES.replace(true) {
        spawn_local(take_all());
    }
}

fn is_something() -> bool {
    CAME.with_borrow(|came| !came.is_empty())
}

async fn take_all() {
    let mut changed: Vec<DocumentName> = Vec::new();
    let (mut taken, mut place) = (0, None);
    loop {
        let came = CAME.take();
        let Some(last) = came.len().checked_sub(1) else { break };
        taken += came.len();
        for (at, (over, name, message)) in came.into_iter().enumerate() {
            let wrote = match message {
                Message::Awareness(bytes) => {
                    presence::hear(over, &name, &bytes);
                    false
                }
                message => connection::take(&name, message),
            };
            if wrote && !changed.contains(&name) {
                changed.push(name.clone());
            }
            // In the text that the person is in, one by one: their caret stays by its letter.
            if at < last && changed.contains(&name) {
                let place = place.get_or_insert_with(presence::place);
                if is_touched(&name, place.as_ref()) {
                    here::show(&name);
                    tick().await;
                }
            }
        }
    }
    changed.iter().for_each(here::show);
    here::show_status();
    NEXT.set(Date::now() + pause_after(taken));
    TAKES.set(false);
}

/// Whether the place where the person is changed and isn't shown yet.
fn is_touched(name: &DocumentName, place: Option<&(DocumentName, String)>) -> bool {
    let Some((_, path)) = place.filter(|(document, _)| document == name) else { return false };
    here::with(|here| Some(here.replica.documents.get(name)?.document.touches(path))).flatten() == Some(true)
}

/// How long more waits after so many messages were taken.
fn pause_after(taken: usize) -> f64 {
    let (began, counted, before) = COUNTED.get();
    let (now, counted) = (Date::now(), counted + taken);
    let lasts = (0.0..SECOND).contains(&(now - began));
    let before = if lasts { before } else { counted };
    COUNTED.set(if lasts { (began, counted, before) } else { (now, 0, before) });
    if before > OF_ONE { LONGER } else { A_MOMENT }
}

/// Without a wire it isn't known who is here; what they wrote stays.
pub fn forget_others() {
    CAME.with_borrow_mut(|came| came.retain(|(_, _, message)| !matches!(message, Message::Awareness(_))));
}
