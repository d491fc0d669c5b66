//! What one load of a page holds of the plan's documents: their copies, what is
//! unsent of them, and what follows from each message of the server. Pure, so that
//! the browser and the simulation of a meeting run the same.

mod disk;

use super::document::{Document, Edit, Unfit};
use super::entry::{self, Left};
use super::outbox::{Link, Outbox};
use super::presence::Present;
use super::protocol::{Message, Notice, SIGN_IN};
use crate::domain::access::Refusal;
use crate::domain::calendar::Moment;
use crate::domain::plan::{DocumentName, State};
use crate::domain::words::not_sent::{NOT_TAKEN, WRITTEN_AFTER};
use litemap::LiteMap;

/// The documents and the outbox of one load of a page.
#[derive(Default)]
pub struct Replica {
    pub outbox: Outbox,
    pub documents: LiteMap<DocumentName, Held>,
    /// The names under which the journal and the disk keep each change.
    pub entries: LiteMap<u64, String>,
    /// Changes, as they are kept, that the disk doesn't have yet.
    to_store: Vec<(u64, String, Vec<u8>)>,
    /// Changes that other tabs of the device hear of once the disk has them: they may
    /// not build on something that could be gone.
    to_tell: LiteMap<u64, (DocumentName, Vec<u8>)>,
    /// Changes that are safe with the server. They are kept until the disk's copy
    /// of their document has them: what is written next builds on them.
    to_remove: Vec<String>,
    /// Whether the disk has been asked and hasn't answered, and whether more came since:
    /// what it is asked for later may not be there without what came before.
    storing: bool,
    again: bool,
    /// This load's own number, for keys and for the documents' writer.
    pub load: u64,
    /// The number under which documents are written that are opened from now on.
    client: u64,
}

/// An open document.
pub struct Held {
    pub document: Document,
    /// The number under which it is written.
    pub client: u64,
    /// Unsent changes that build on something which only the server has: they wait
    /// for it.
    early: Vec<Vec<u8>>,
    /// Whether it holds what the server has: from this device's copy, or sent.
    pub complete: bool,
    /// Whether the server passes on what others write.
    pub joined: bool,
    writes: bool,
    /// Whether the copy on the disk lacks something that the server has.
    stale_copy: bool,
    /// The server's last word on why it refuses.
    why: Option<String>,
    /// Whether the server's next first step belongs to its last second step.
    stepping: bool,
}

/// An edit that was made, to be kept at once and sent.
pub struct Made {
    pub number: u64,
    /// The name under which it is kept.
    pub entry: String,
    /// What is kept, sealed.
    pub record: Vec<u8>,
    pub update: Vec<u8>,
}

/// What the disk is asked to do, all or nothing.
pub struct Gathered {
    pub changes: Vec<(u64, String, Vec<u8>)>,
    pub copies: Vec<(DocumentName, Vec<u8>)>,
    /// Entries to be removed.
    pub safe: Vec<String>,
}

/// What follows from a message.
#[derive(Default)]
pub struct Heard {
    pub send: Option<Message>,
    /// The section may say something else now.
    pub shows: bool,
    /// The disk has something to do.
    pub stores: bool,
    /// The plan's page says something else.
    pub news: bool,
    /// Who else is in the plan, where that is said.
    pub here: Option<Vec<Present>>,
    /// What somebody brought who had no connection, where that is said.
    pub brought: Option<Vec<Present>>,
}

/// What is older than this when it goes out, in milliseconds, was written without a
/// connection. It only decides what others are told.
const A_WHILE: i64 = 30_000;
/// An update with nothing in it.
const NOTHING: &[u8] = &[0, 0];

impl Replica {
    pub fn new(load: u64) -> Self {
        Self { load, client: load, ..Self::default() }
    }

    /// Makes an edit: in the document and in the outbox. Nothing where it changes
    /// nothing, or the section doesn't take it.
    pub fn edit(&mut self, name: &DocumentName, edit: &Edit, writer: &str, at: Moment) -> Option<Made> {
        let held = self.documents.get_mut(name)?;
        let update = held.document.edit(edit, writer, at).ok()?;
        if update == NOTHING {
            return None;
        }
        let path = edit.path();
        let number = self.outbox.wrote(name, path, at);
        let entry = format!("{:016x}-{number:08}", self.load);
        self.entries.insert(number, entry.clone());
        self.to_tell.insert(number, (name.clone(), update.clone()));
        Some(Made { number, entry, record: entry::record(name, path, at, &update), update })
    }

    /// An edit is in the journal, and on its way to the disk.
    pub fn journalled(&mut self, made: &Made, sealed: Vec<u8>) {
        self.to_store.push((made.number, made.entry.clone(), sealed));
    }

    /// Takes up what earlier loads left unsent, with the copies that it builds on.
    pub fn take_up(&mut self, left: Vec<Left>, copies: LiteMap<DocumentName, Option<Vec<u8>>>) {
        for (name, copy) in copies {
            self.hold(&name, copy, &left);
        }
        for change in left {
            let number = match change.journalled {
                None => self.outbox.found(&change.document, &change.path, change.at),
                Some(sealed) => {
                    let number = self.outbox.wrote(&change.document, &change.path, change.at);
                    self.to_store.push((number, change.entry.clone(), sealed));
                    number
                }
            };
            self.entries.insert(number, change.entry);
        }
    }

    /// Opens a document from this device's copy and its unsent changes.
    pub fn hold(&mut self, name: &DocumentName, copy: Option<Vec<u8>>, unsent: &[Left]) {
        let document = Document::new(name.section.section(), self.client);
        let complete = copy.is_some();
        if let Some(copy) = copy {
            let _ = document.apply_copy(&copy);
        }
        let early = unsent.iter().filter(|left| left.document == *name).map(|left| left.update.clone()).collect();
        let mut held = Held {
            document,
            client: self.client,
            early,
            complete,
            joined: false,
            writes: false,
            stale_copy: false,
            why: None,
            stepping: false,
        };
        held.take_early();
        self.documents.insert(name.clone(), held);
    }

    /// Applies what someone else wrote. Answers whether it fitted.
    pub fn receive(&mut self, name: &DocumentName, update: &[u8]) -> Result<(), Unfit> {
        self.fit_in(name, |document| document.apply(update))
    }

    fn fit_in(&mut self, name: &DocumentName, apply: impl Fn(&Document) -> Result<(), Unfit>) -> Result<(), Unfit> {
        let held = self.documents.get_mut(name).ok_or(Unfit::Broken)?;
        apply(&held.document)?;
        held.stale_copy = true;
        held.take_early();
        Ok(())
    }

    /// The person lets go of a document's unsent changes; answers their entries. What
    /// is let go of may have been under way: nothing is written again under its number.
    pub fn discard(&mut self, name: &DocumentName, fresh: u64) -> Vec<String> {
        self.client = fresh;
        let numbers = self.outbox.discard(name);
        self.documents.remove(name);
        self.let_go(&numbers)
    }

    /// In another tab of this device the person let go of these changes of a document.
    /// Where nothing of it is unsent then, it is opened anew; answers whether it was.
    pub fn let_go_elsewhere(&mut self, name: &DocumentName, entries: &[String], fresh: u64) -> bool {
        let own = self.entries.iter().filter(|(_, entry)| entries.contains(entry));
        let gone: Vec<u64> = own.map(|(number, _)| *number).collect();
        self.outbox.let_go(&gone);
        self.let_go(&gone);
        let opens = self.documents.contains_key(name) && !self.outbox.is_unsent(name);
        if opens {
            self.client = fresh;
            self.hold(name, None, &[]);
        }
        opens
    }

    /// Lets go of everything that could show something of the holder's.
    pub fn clear(&mut self) {
        *self = Self::new(self.load);
    }

    /// Forgets how some changes were kept; answers their entries.
    fn let_go(&mut self, gone: &[u64]) -> Vec<String> {
        self.to_store.retain(|(number, _, _)| !gone.contains(number));
        gone.iter().for_each(|number| drop(self.to_tell.remove(number)));
        gone.iter().filter_map(|number| self.entries.remove(number)).collect()
    }
}

/// The connection.
impl Replica {
    pub fn linked(&mut self, link: Link) {
        if link != Link::Open {
            self.documents.iter_mut().for_each(|(_, held)| (held.joined, held.stepping) = (false, false));
        }
        self.outbox.linked(link);
    }

    /// The connection ended. Where nobody is signed in, that is still why nothing goes.
    pub fn closed(&mut self) {
        let signed_out = self.outbox.link() == Link::SignedOut;
        self.linked(Link::Down);
        if signed_out {
            self.linked(Link::SignedOut);
        }
    }

    /// Whether a document's edits go out as they are made.
    pub fn sends(&self, name: &DocumentName) -> bool {
        let refused = self.outbox.refusal(name).is_some();
        self.documents.get(name).is_some_and(|held| held.joined && held.writes && !refused)
    }

    /// A message left. Where it carries changes, they are on their way.
    pub fn left(&mut self, name: &DocumentName, message: &Message, now: Moment) {
        match message {
            Message::Update(_) | Message::Step2(_) => self.outbox.sent(name, now),
            Message::Step1(_) => self.outbox.asked(name),
            _ => {}
        }
    }

    /// Takes a message of the server about a document.
    pub fn hear(&mut self, name: &DocumentName, message: Message, now: Moment) -> Heard {
        let mut heard = Heard::default();
        match message {
            Message::Allowed { writes } => {
                if self.outbox.link() == Link::SignedOut {
                    self.outbox.linked(Link::Open);
                }
                if let Some(held) = self.documents.get_mut(name) {
                    held.writes = writes;
                    heard.send = Some(Message::Step1(held.document.state_vector()));
                }
            }
            Message::Denied(why) if why == SIGN_IN => self.linked(Link::SignedOut),
            // A picture code comes first; the document is asked for again after it.
            Message::Denied(why) if why == Refusal::Locked.sentence() => {}
            Message::Denied(why) => self.denied(name, &why),
            Message::Step1(theirs) | Message::ReplyStep1(theirs) => {
                let asked = self.documents.get_mut(name).is_some_and(|held| std::mem::take(&mut held.stepping));
                if asked {
                    self.outbox.met(name);
                } else {
                    self.outbox.not_taken(name);
                }
                heard.send = self.answer(name, &theirs, now);
            }
            Message::Step2(update) | Message::ReplyStep2(update) => {
                let fitted = self.fit_in(name, |document| document.apply_copy(&update));
                heard.send = self.missed(name, fitted);
                if let Some(held) = self.documents.get_mut(name) {
                    (held.complete, held.stepping) = (true, true);
                }
                (heard.shows, heard.stores) = (true, true);
            }
            Message::Update(update) => {
                let fitted = self.receive(name, &update);
                heard.send = self.missed(name, fitted);
                (heard.shows, heard.stores) = (true, true);
            }
            Message::Status(true) => {
                let refused = self.outbox.refusal(name).is_some();
                heard.stores = self.committed(name, now);
                // What was written while it was still refused waits for this.
                if refused && self.outbox.is_unsent(name) && self.sends(name) {
                    heard.send = self.asks(name);
                }
            }
            Message::Status(false) => {
                let up_to = self.outbox.not_taken(name);
                let why = self.documents.get_mut(name).and_then(|held| held.why.take());
                let why = why.as_deref().unwrap_or(NOT_TAKEN.english());
                // Of a young person's own words nothing is kept beside a plan.
                if !crate::TABLET && State::is_late(why) {
                    self.outbox.came_late(name, up_to);
                }
                self.denied(name, why);
            }
            Message::Stateless(payload) => {
                let notice = Notice::read(&payload);
                (heard.news, heard.here, heard.brought) = (notice.news, notice.here, notice.brought);
                if let (Some(why), Some(held)) = (notice.why, self.documents.get_mut(name)) {
                    held.why = Some(why);
                }
            }
            _ => {}
        }
        heard
    }

    /// Answers the server's first step with what it lacks of this device's: what was only
    /// just typed like what is typed from now on.
    fn answer(&mut self, name: &DocumentName, theirs: &[u8], now: Moment) -> Option<Message> {
        let held = self.documents.get_mut(name)?;
        held.joined = true;
        match self.outbox.since(name) {
            None => None,
            Some(_) if !held.early.is_empty() => {
                self.outbox.refused(name, WRITTEN_AFTER.english());
                None
            }
            // Also where nothing may be written any more: the server says why, and keeps
            // beside a closed plan what came too late for it.
            Some(first) => {
                let update = held.document.diff(theirs).ok()?;
                // Of a young person's own words nobody is told.
                let recent = crate::TABLET || now.0 - first.0 < A_WHILE;
                Some(if recent { Message::Update(update) } else { Message::Step2(update) })
            }
        }
    }

    /// Asks for what an update missed.
    fn missed(&self, name: &DocumentName, fitted: Result<(), Unfit>) -> Option<Message> {
        let Err(Unfit::Missing) = fitted else { return None };
        self.asks(name)
    }

    fn asks(&self, name: &DocumentName) -> Option<Message> {
        Some(Message::Step1(self.documents.get(name)?.document.state_vector()))
    }

    /// The server has these changes. Answers whether there were any.
    fn committed(&mut self, name: &DocumentName, now: Moment) -> bool {
        let safe = self.outbox.committed(name, now);
        if let Some(held) = self.documents.get_mut(name) {
            held.stale_copy = true;
        }
        let entries = self.let_go(&safe);
        self.to_remove.extend(entries);
        !safe.is_empty()
    }

    /// The server won't open or take this. What is unsent stays here and is shown.
    fn denied(&mut self, name: &DocumentName, why: &str) {
        if let Some(held) = self.documents.get_mut(name) {
            held.joined = false;
        }
        if self.outbox.is_unsent(name) {
            self.outbox.refused(name, why);
        }
    }
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
