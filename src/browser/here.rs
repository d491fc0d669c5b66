//! What this load of the page holds: the open documents, the outbox, the key.
//! A keystroke's way begins here: edit, journal, disk, wire.

use super::{connection, disk, journal, tabs, vault::Vault};
use crate::device::{Device, Draft, NotSent, Other};
use crate::domain::access::YOUNG_PERSON;
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::sync::document::{Document, Edit, Unfit};
use crate::sync::outbox::Outbox;
use leptos::prelude::*;
use litemap::LiteMap;
use std::cell::RefCell;

/// This page's hold on the device.
pub struct Here {
    pub device: Device,
    /// Whose drawers these are: a person's id, or `sitting-` and a plan's.
    pub holder: String,
    pub vault: Option<Vault>,
    pub outbox: Outbox,
    pub documents: LiteMap<DocumentName, Held>,
    /// The names under which the journal and the disk keep each change.
    pub entries: LiteMap<u64, String>,
    /// Sealed changes that the disk doesn't have yet.
    pub to_store: Vec<(u64, String, Vec<u8>)>,
    /// Changes that are safe with the server. They are kept until the disk's copy
    /// of their document has them: what is written next builds on them.
    pub to_remove: Vec<String>,
    /// Drafts whose document is still being opened.
    pub waiting: Vec<Draft>,
    /// What opened the private document, where a picture code is set.
    pub pass: String,
    /// This load's own number, for keys and for the documents' writer.
    pub load: u64,
}

/// An open document.
pub struct Held {
    pub document: Document,
    /// Unsent changes that build on something which only the server has: they wait
    /// for it.
    pub early: Vec<Vec<u8>>,
    pub drafts: Vec<Draft>,
    /// Who else has it open.
    pub others: Vec<Other>,
    /// Whether it holds what the server has: from this device's copy, or sent.
    pub complete: bool,
    pub joined: bool,
    pub writes: bool,
    /// Whether the copy on the disk lacks something that the server has.
    pub stale_copy: bool,
    /// The server's last word on why it refuses.
    pub why: Option<String>,
}

thread_local! {
    static HERE: RefCell<Option<Here>> = const { RefCell::new(None) };
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
    let shown = with(|here| (here.device, here.outbox.status(now()), here.outbox.unsent_places(), here.not_sent()));
    if let Some((device, status, unsent, not_sent)) = shown {
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

/// Shows a document's values in every place that shows it.
pub fn show(name: &DocumentName) {
    let shown = with(|here| {
        let held = here.documents.get(name)?;
        Some((held.drafts.clone(), held.document.values(), held.complete))
    });
    let Some(Some((drafts, values, complete))) = shown else { return };
    if !complete {
        return;
    }
    for draft in drafts {
        if draft.values.is_disposed() {
            continue;
        }
        if draft.values.with_untracked(|shown| *shown != values) {
            draft.values.set(values.clone());
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
    // The status first: a new value may not stand under an old "saved to the plan".
    show_status();
    show(name);
    disk::store_soon();
    tabs::tell(name, &update);
    connection::send_update(name, update);
}

impl Held {
    /// Takes in the unsent changes whose ground is there now, in whatever order
    /// they were kept.
    fn take_early(&mut self) {
        loop {
            let waiting = self.early.len();
            let document = &self.document;
            self.early.retain(|update| document.apply(update).is_err());
            if self.early.len() == waiting {
                return;
            }
        }
    }
}

impl Here {
    /// The writer's name in documents.
    pub fn writer(&self) -> &str {
        if self.holder.starts_with("sitting-") { YOUNG_PERSON } else { &self.holder }
    }

    fn edit(&mut self, name: &DocumentName, edit: &Edit) -> Option<Vec<u8>> {
        let writer = self.writer().to_string();
        let held = self.documents.get_mut(name)?;
        let at = now();
        let update = held.document.edit(edit, &writer, at).ok()?;
        if update == NOTHING {
            return None;
        }
        let path = edit.path();
        let number = self.outbox.wrote(name, path, at);
        let entry = format!("{:016x}-{number:08}", self.load);
        let sealed = self.vault.as_ref()?.seal(&disk::record(name, path, at, &update));
        // A full journal is no alarm: the disk is asked in a moment, and tells.
        let _ = journal::write(&self.holder, &entry, &sealed);
        self.entries.insert(number, entry.clone());
        self.to_store.push((number, entry, sealed));
        Some(update)
    }

    /// Lets go of everything that could show or open something of the holder's.
    pub fn clear(&mut self) {
        self.vault = None;
        self.documents.clear();
        self.outbox = Outbox::default();
        self.to_store.clear();
        self.to_remove.clear();
        self.entries.clear();
        self.pass.clear();
    }

    /// Opens a document from this device's copy and its unsent changes.
    pub fn hold(&mut self, name: &DocumentName, copy: Option<Vec<u8>>, unsent: &[disk::Left]) {
        let document = Document::new(name.section.section(), self.load);
        let complete = copy.is_some();
        if let Some(copy) = copy {
            let _ = document.apply(&copy);
        }
        let early = unsent.iter().filter(|left| left.document == *name).map(|left| left.update.clone()).collect();
        let mut held = Held {
            document,
            early,
            drafts: Vec::new(),
            others: Vec::new(),
            complete,
            joined: false,
            writes: false,
            stale_copy: false,
            why: None,
        };
        held.take_early();
        self.documents.insert(name.clone(), held);
    }

    /// Applies what someone else wrote. Answers whether it fitted.
    pub fn receive(&mut self, name: &DocumentName, update: &[u8]) -> Result<(), Unfit> {
        let held = self.documents.get_mut(name).ok_or(Unfit::Broken)?;
        held.document.apply(update)?;
        held.stale_copy = true;
        held.take_early();
        Ok(())
    }

    /// The server has these changes of a document.
    pub fn safe(&mut self, name: &DocumentName, safe: &[u64]) {
        if let Some(held) = self.documents.get_mut(name) {
            held.stale_copy = true;
        }
        let entries = self.let_go(safe);
        self.to_remove.extend(entries);
    }

    /// Forgets how some changes were kept; answers their entries.
    pub fn let_go(&mut self, gone: &[u64]) -> Vec<String> {
        self.to_store.retain(|(number, _, _)| !gone.contains(number));
        gone.iter().filter_map(|number| self.entries.remove(number)).collect()
    }

    fn not_sent(&self) -> Vec<NotSent> {
        let mut all: Vec<NotSent> = Vec::new();
        for ((document, path), ()) in self.outbox.refused_places() {
            let words = self.documents.get(&document).map(|held| words_at(&held.document.values(), &path));
            if all.last().is_none_or(|last| last.document != document) {
                let why = self.outbox.refusal(&document).unwrap_or_default().to_string();
                all.push(NotSent { document, why, words: String::new() });
            }
            if let (Some(last), Some(words)) = (all.last_mut(), words.filter(|words| !words.is_empty())) {
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

/// What stands at a path: a fact, or a text.
fn words_at(values: &Values, path: &str) -> String {
    values.fact(path).unwrap_or_else(|| values.text(path)).to_string()
}

/// An update with nothing in it.
const NOTHING: &[u8] = &[0, 0];
