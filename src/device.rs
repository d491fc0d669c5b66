//! What a page may ask of the device it runs on. `browser` fills it at start; on
//! the server it is inert, so the same page renders on both.

mod followed;
pub mod media;

use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::plan::DocumentName;
use crate::domain::values::Values;
use crate::sync::document::Edit;
use crate::sync::outbox::{Places, Status};
pub use crate::sync::presence::Other;
use crate::sync::presence::{Pointed, Present, Sign};
use followed::{Followed, Others};
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

/// What is kept under keys that begin so, `done/...`, is a list of what somebody said
/// beside documents and nobody was told yet. It counts as unsent.
pub const UNTOLD: &str = "done";

/// What is kept under keys that begin so, `half/...`, was typed into boxes and not added.
pub const HALF: &str = "half";

/// What would be lost if this device let go of its person now.
#[derive(Clone, Copy, Default)]
pub struct AtStake {
    /// How many changes the server hasn't committed.
    pub unsent: usize,
    /// Whether something was typed and not added: no change yet, so nothing sends it.
    pub half_typed: bool,
}

/// A future that a resource can wait for.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The device, as pages see it: a few signals and what can be asked for.
#[derive(Clone, Copy)]
pub struct Device {
    /// Where the person's words are, for the status line.
    pub status: RwSignal<Status>,
    /// Where something is written that the server hasn't committed.
    pub unsent: RwSignal<Places>,
    /// Edits that the server would not take, kept until the person lets them go.
    pub not_sent: RwSignal<Vec<NotSent>>,
    /// The picture code has to be given before anything opens.
    pub locked: RwSignal<bool>,
    /// Counts up when the server says that something beside documents changed.
    pub news: RwSignal<u32>,
    /// Who else is in the plan that the page shows; nothing where that isn't known.
    pub present: RwSignal<Option<Vec<Present>>>,
    /// Who came back to it from being without a connection, and where they brought changes.
    pub brought: RwSignal<Option<Vec<Present>>>,
    /// What the microphone is doing.
    pub recording: RwSignal<media::Recording>,
    asks: Asks,
}

/// An edit that stays on this device because the server refused it.
#[derive(Clone, PartialEq, Debug)]
pub struct NotSent {
    pub document: DocumentName,
    /// Its place, where it is something that was made for one: a drawing, a photo.
    pub path: String,
    /// Why, and what to do, in a sentence.
    pub why: String,
    /// The words themselves, to copy.
    pub words: String,
    /// The server keeps it beside the plan, which was closed before it came.
    pub late: bool,
}

/// A file that somebody chose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picked {
    None,
    /// Its bytes, a character for each.
    Bytes(String),
    TooLarge,
    /// The browser could not read it.
    Unreadable,
}

/// What `browser` puts behind the device. Plain functions, so that the device
/// can be copied into any closure.
#[derive(Clone, Copy)]
pub struct Asks {
    pub open: fn(Draft),
    pub edit: fn(&DocumentName, Edit),
    pub typed: fn(&DocumentName, &str) -> Option<u32>,
    pub keep: fn(String, String),
    pub kept: fn(String) -> Later<Option<String>>,
    pub kept_under: fn(&'static str) -> Later<Vec<String>>,
    pub discard: fn(DocumentName, String),
    pub flush: fn() -> Later<AtStake>,
    pub forget: fn() -> Later<()>,
    pub unlock: fn(Option<String>, String) -> Later<bool>,
    pub seal_with: fn(String) -> Later<bool>,
    pub earlier: fn(Option<String>) -> Later<Option<u32>>,
    pub pass: fn() -> Later<String>,
    pub fresh_row: fn() -> RowId,
    pub now: fn() -> Moment,
    pub show: fn(DocumentName, Sign) -> u32,
    pub hide: fn(u32),
    pub point: fn(Option<Pointed>),
    pub copy: fn(String) -> Later<bool>,
    pub file: fn(String, f64) -> Later<Picked>,
    pub media: media::Asks,
}

impl Asks {
    /// A device that keeps nothing: the server.
    const NONE: Asks = Asks {
        open: |_| (),
        edit: |_, _| (),
        typed: |_, _| None,
        keep: |_, _| (),
        kept: |_| Box::pin(async { None }),
        kept_under: |_| Box::pin(async { Vec::new() }),
        discard: |_, _| (),
        flush: || Box::pin(async { AtStake::default() }),
        forget: || Box::pin(async {}),
        unlock: |_, _| Box::pin(async { true }),
        seal_with: |_| Box::pin(async { true }),
        earlier: |_| Box::pin(async { None }),
        pass: || Box::pin(async { String::new() }),
        fresh_row: || RowId::new(uuid::Uuid::nil()),
        now: Moment::default,
        show: |_, _| 0,
        hide: |_| (),
        point: |_| (),
        copy: |_| Box::pin(async { false }),
        file: |_, _| Box::pin(async { Picked::None }),
        media: media::Asks::NONE,
    };
}

/// One section's document, open on this page.
#[derive(Clone, Copy)]
pub struct Draft {
    name: StoredValue<DocumentName>,
    /// What the section says now, with everyone's edits in it.
    pub values: Followed,
    /// Whether the document is open on this device, so that it takes edits.
    pub live: RwSignal<bool>,
    /// Who else has it open, and where they are in it.
    pub others: Others,
    device: Device,
}

impl Device {
    pub fn new(asks: Asks) -> Self {
        Self {
            status: RwSignal::new(Status::default()),
            unsent: RwSignal::new(Places::new()),
            not_sent: RwSignal::new(Vec::new()),
            locked: RwSignal::new(false),
            news: RwSignal::new(0),
            present: RwSignal::new(None),
            brought: RwSignal::new(None),
            recording: RwSignal::default(),
            asks,
        }
    }

    pub fn inert() -> Self {
        Self::new(Asks::NONE)
    }

    /// The device that this page runs on.
    pub fn here() -> Self {
        use_context().unwrap_or_else(Self::inert)
    }

    /// Opens a document, showing `values` until this device's own copy is there.
    pub fn open(self, name: DocumentName, values: Values) -> Draft {
        let draft = Draft {
            name: StoredValue::new(name),
            values: Followed::new(values),
            live: RwSignal::new(false),
            others: Others::new(),
            device: self,
        };
        (self.asks.open)(draft);
        draft
    }

    /// Says to everybody who shows the same document what the meeting is at.
    pub fn point(self, at: Option<Pointed>) {
        (self.asks.point)(at);
    }

    /// Keeps a copy of what a page showed, sealed, for when there is no network.
    pub fn keep(self, key: &str, shown: &str) {
        (self.asks.keep)(key.to_string(), shown.to_string());
    }

    /// What was kept under a key, if anything.
    pub fn kept(self, key: &str) -> Later<Option<String>> {
        (self.asks.kept)(key.to_string())
    }

    /// Everything that is kept under keys which begin so, in no order.
    pub fn kept_under(self, place: &'static str) -> Later<Vec<String>> {
        (self.asks.kept_under)(place)
    }

    /// Lets go of a refused edit, because the person said so.
    pub fn discard(self, name: DocumentName, path: String) {
        (self.asks.discard)(name, path);
    }

    /// Tries to send everything; answers what is still on this device alone.
    pub fn flush(self) -> Later<AtStake> {
        (self.asks.flush)()
    }

    /// Destroys this person's keys and everything sealed with them.
    pub fn forget(self) -> Later<()> {
        (self.asks.forget)()
    }

    /// Opens what a picture code sealed here. `pass` is what the server gave for
    /// the code, if it was asked. Answers whether the code was right.
    pub fn unlock(self, pass: Option<String>, code: String) -> Later<bool> {
        (self.asks.unlock)(pass, code)
    }

    /// From now on, what is kept here opens only with this picture code.
    pub fn seal_with(self, code: String) -> Later<bool> {
        (self.asks.seal_with)(code)
    }

    /// Whether this device has something unsent that pictures from before keep shut: how
    /// many tries there are for them, after this one. Who has none only asks.
    pub fn earlier(self, code: Option<String>) -> Later<Option<u32>> {
        (self.asks.earlier)(code)
    }

    /// What the server gave for the picture code, once it is known here; empty where there
    /// is none.
    pub fn pass(self) -> Later<String> {
        (self.asks.pass)()
    }

    /// An id for a new row: pages have neither a clock nor chance of their own.
    pub fn fresh_row(self) -> RowId {
        (self.asks.fresh_row)()
    }

    /// What this device's clock says. Not for a first render, which has to be the
    /// server's, and never to decide anything.
    pub fn now(self) -> Moment {
        (self.asks.now)()
    }

    /// Reads the file that was chosen in the control with this id, of so many bytes at
    /// the most.
    pub fn file(self, id: &str, most: f64) -> Later<Picked> {
        (self.asks.file)(id.to_string(), most)
    }

    /// Puts words on the clipboard. Answers whether the browser let it.
    pub fn copy(self, words: String) -> Later<bool> {
        (self.asks.copy)(words)
    }
}

impl Draft {
    pub fn name(self) -> DocumentName {
        self.name.get_value()
    }

    /// The device that it is open on.
    pub fn device(self) -> Device {
        self.device
    }

    /// Says to the others in the plan that this page shows the document, for as long as
    /// it does. On the plan's first page it is open, and not what is looked at.
    pub fn shown(self, overview: bool) {
        let ticket = (self.device.asks.show)(self.name(), Sign { overview, ..Sign::default() });
        let hide = self.device.asks.hide;
        on_cleanup(move || hide(ticket));
    }

    /// Makes an edit. It is on the device before this returns.
    pub fn edit(self, edit: Edit) {
        self.name.with_value(|name| (self.device.asks.edit)(name, edit));
    }

    /// The place in a text behind what this page put into it last, whatever others put
    /// beside it.
    pub fn after_typed(self, path: &str) -> Option<u32> {
        self.name.with_value(|name| (self.device.asks.typed)(name, path))
    }

    /// Whether what stands at a path is not with the server yet, followed by
    /// whoever calls this in a reactive place.
    pub fn is_unsent(self, path: &str) -> bool {
        let place = (self.name(), path.to_string());
        self.device.unsent.with(|unsent| unsent.contains_key(&place))
    }

    /// The text at a path, followed by whoever calls this in a reactive place.
    pub fn text(self, path: &str) -> String {
        self.values.at(path, |values| values.text(path).to_string())
    }

    /// The fact at a path, when one value stands.
    pub fn fact(self, path: &str) -> Option<String> {
        self.values.at(path, |values| values.fact(path).map(str::to_string))
    }
}
