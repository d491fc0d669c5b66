//! What this load of the page holds: the open documents, the outbox, the key.
//! A keystroke's way begins here: edit, journal, disk, wire.

use super::{connection, disk, journal, media, storage, vault::Vault};
use crate::device::{Device, Draft, NotSent};
use crate::domain::access::YOUNG_PERSON;
use crate::domain::calendar::Moment;
use crate::domain::people::MediaId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::sync::document::{Edit, Touched};
use crate::sync::outbox::Status;
use crate::sync::presence::Company;
use crate::sync::replica::Replica;
use leptos::prelude::*;
use litemap::LiteMap;
use std::cell::{Cell, RefCell};
use std::time::Duration;

/// Whoever wrote no longer ago than this, in milliseconds, is still at it.
const AT_IT: i64 = 400;

/// So many documents stay open at the least. The server opens 64 for one page.
const MOST_OPEN: usize = 40;

/// This page's hold on the device.
pub struct Here {
    pub device: Device,
    /// Whose drawers these are: a person's id, or `sitting-` and a plan's.
    pub holder: String,
    pub vault: Option<Vault>,
    /// The open documents, and what is unsent.
    pub replica: Replica,
    /// The places that show a document.
    pub drafts: LiteMap<DocumentName, Vec<Draft>>,
    /// Drafts whose document is still being opened.
    pub waiting: Vec<Draft>,
    /// What opened the private document, where a picture code is set.
    pub pass: String,
    /// Who else has a document open.
    pub others: Company,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
    /// When this page last made an edit.
    static WROTE: Cell<i64> = const { Cell::new(0) };
    /// Whether the status is looked at again soon.
    static LOOKS: Cell<bool> = const { Cell::new(false) };
}

pub fn start(here: Here) {
    HERE.set(Some(here));
}

/// Does something with the page's hold; nothing before it is there.
pub fn with<T>(act: impl FnOnce(&mut Here) -> T) -> Option<T> {
    HERE.with_borrow_mut(|here| here.as_mut().map(act))
}

pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// Signals are set outside of `with`: what follows them may ask for the device.
pub fn show_status() {
    let Some((device, status)) = with(|here| (here.device, here.replica.outbox.status(now()))) else { return };
    if device.status.get_untracked() == Status::Writing && can_wait(&status) {
        return;
    }
    let shown = with(|here| (here.replica.outbox.unsent_places(), here.not_sent()));
    if let Some((mut unsent, mut not_sent)) = shown {
        media::places(&mut unsent);
        for (document, path, why) in media::refused() {
            not_sent.push(NotSent { document, path, why, words: String::new(), late: false });
        }
        if device.status.get_untracked() != status {
            device.status.set(status);
        }
        // After the status, so that what has arrived can say when.
        if device.unsent.with_untracked(|shown| *shown != unsent) {
            device.unsent.set(unsent);
        }
        if device.not_sent.with_untracked(|shown| *shown != not_sent) {
            device.not_sent.set(not_sent);
        }
    }
}

/// While somebody writes, "Saving" stands: good news of each key would come and go, and
/// the page be laid out and drawn again for each. It is told once they rest. What needs
/// a person is told at once.
fn can_wait(status: &Status) -> bool {
    let left = AT_IT - (now().0 - WROTE.get());
    let is_good = matches!(status, Status::OnDevice | Status::Waiting(_) | Status::Sending | Status::InPlan(_));
    // A clock that was set back doesn't hold it.
    let waits = is_good && (1..=AT_IT).contains(&left);
    if waits && !LOOKS.replace(true) {
        let look = || {
            LOOKS.set(false);
            show_status();
        };
        set_timeout(look, Duration::from_millis(left as u64));
    }
    waits
}

/// Shows what changed in a document in every place that shows it.
pub fn show(name: &DocumentName) {
    let shown = with(|here| {
        let held = here.replica.documents.get(name).filter(|held| held.complete)?;
        let drafts: Vec<_> =
            here.drafts.get(name)?.iter().filter(|draft| !draft.values.is_disposed()).copied().collect();
        // To a place that has just opened it, all of it is new.
        let is_new = drafts.iter().any(|draft| !draft.live.get_untracked());
        let touched = held.document.take_touched();
        let touched = if is_new { Touched::All } else { touched };
        Some((drafts, held.document.read_again(&touched).unwrap_or_default(), touched))
    });
    let Some(Some((drafts, values, touched))) = shown else { return };
    for draft in drafts {
        match &touched {
            Touched::All => draft.values.set(values.clone()),
            these => draft.values.put(&values, &these.paths()),
        }
        if !draft.live.get_untracked() {
            draft.live.set(true);
            super::early::take_over(draft);
        }
    }
}

/// Makes an edit: in the document, in the journal and on its way to the disk and
/// to the server, before it returns.
pub fn edit(name: &DocumentName, edit: Edit) {
    let made = with(|here| here.edit(name, &edit)).flatten();
    let Some(update) = made else { return };
    WROTE.set(now().0);
    // The status first: a new value may not stand under an old "saved to the plan".
    show_status();
    show(name);
    disk::store_edit();
    connection::send_update(name, update);
}

/// The place in a text behind what this page put into it last.
pub fn after_typed(name: &DocumentName, path: &str) -> Option<u32> {
    with(|here| here.replica.documents.get(name)?.document.after_typed(path)).flatten()
}

impl Here {
    /// The writer's name in documents.
    pub fn writer(&self) -> &str {
        if self.holder.starts_with("sitting-") { YOUNG_PERSON } else { &self.holder }
    }

    fn edit(&mut self, name: &DocumentName, edit: &Edit) -> Option<Vec<u8>> {
        let vault = self.vault.clone()?;
        let writer = self.writer().to_string();
        let made = self.replica.edit(name, edit, &writer, now())?;
        let sealed = vault.seal(&made.record);
        // A full journal is no alarm: the disk is asked in a moment, and tells.
        if !storage::is_shut() {
            let _ = journal::write(&self.holder, &made.entry, &sealed);
        }
        self.replica.journalled(&made, sealed);
        Some(made.update)
    }

    /// Lets go of documents that no place shows and that nothing waits for, where there are
    /// very many, as after a day in many plans. Answers which.
    pub fn let_go_hidden(&mut self) -> Vec<DocumentName> {
        let many = self.replica.documents.len().saturating_sub(MOST_OPEN);
        let is_shown = |name: &DocumentName| {
            self.drafts.get(name).is_some_and(|drafts| drafts.iter().any(|draft| !draft.values.is_disposed()))
        };
        let hidden = self.replica.documents.keys().filter(|name| !is_shown(name) && self.replica.is_elsewhere(name));
        let gone: Vec<_> = hidden.take(many).cloned().collect();
        for name in &gone {
            self.replica.close(name, super::fresh_number());
            self.drafts.remove(name);
            self.others.close(name);
        }
        gone
    }

    /// Lets go of everything that could show or open something of the holder's.
    pub fn clear(&mut self) {
        self.vault = None;
        self.replica.clear();
        self.drafts.clear();
        self.others = Company::new();
        self.pass.clear();
    }

    fn not_sent(&self) -> Vec<NotSent> {
        let mut all: Vec<NotSent> = Vec::new();
        for ((document, path), ()) in self.replica.outbox.refused_places() {
            let words = self.replica.documents.get(&document).map(|held| held.document.words_at(&path));
            // What names a photo or a drawing is nobody's words.
            let words = words.filter(|words| !words.is_empty() && words.parse::<MediaId>().is_err());
            if all.last().is_none_or(|last| last.document != document) {
                let why = self.replica.outbox.refusal(&document).unwrap_or_default().to_string();
                let late = self.replica.outbox.is_late(&document);
                all.push(NotSent { document, path: String::new(), why, words: String::new(), late });
            }
            if let (Some(last), Some(words)) = (all.last_mut(), words) {
                last.words += if last.words.is_empty() { "" } else { "\n\n" };
                last.words += &words;
            }
        }
        all
    }

    /// The token that opens a document: only the private one needs a pass.
    pub fn token(&self, name: &DocumentName) -> String {
        if name.section == SectionId::MyVoice { self.pass.clone() } else { String::new() }
    }
}
