//! What this device has written and where it is: only here, on the disk, on its
//! way, committed, or refused. A pure plan; `browser::connection` runs it.
//!
//! The server answers each message about a document in order, so a lane is a
//! queue: the oldest message in flight is the one a status is about.

mod lane;

use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use lane::Lane;
use litemap::LiteMap;

/// Where this device's words are. Each is a fact, never a hope.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Status {
    /// Nothing was written here yet.
    #[default]
    Nothing,
    /// Written, not yet on the disk.
    Writing,
    /// On the disk of this device, and the connection is there or being made.
    OnDevice,
    /// On the disk; there is no connection.
    Waiting(usize),
    /// On its way for more than a second.
    Sending,
    /// The server committed this device's last change.
    InPlan(Moment),
    /// The server refused something; it is kept here.
    NotSent(usize),
    /// All that isn't in a plan came after that was closed: the server keeps it beside it.
    Late,
    /// The session ended; sign in to send.
    SignIn(usize),
    /// This device would not store it.
    NotStored,
    /// Unsent for three days or more: some browsers clear what nobody comes back to
    /// within a week. The moment says by which day to send it.
    Old(Moment),
}

const SLOW: i64 = 1_000;
const DAY: i64 = 24 * 3_600_000;
const OLD: i64 = 3 * DAY;
/// The last whole day before a week is over.
const LAST: i64 = 6 * DAY;

/// One change that the server has not committed yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    pub document: DocumentName,
    /// The field it is about, for counting and for showing refused words.
    pub path: String,
    pub at: Moment,
    stored: bool,
}

/// The link to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Link {
    #[default]
    Connecting,
    Open,
    Down,
    /// The server is there, and this person's session isn't.
    SignedOut,
}

/// What is to be sent beside changes: drawings, recordings and photos.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Beside {
    pub unsent: usize,
    /// So many of them the server won't take.
    pub refused: usize,
    /// Not all of it is on the disk.
    pub writing: bool,
    /// The disk won't take it.
    pub full: bool,
    /// Some of it is on its way.
    pub sending: bool,
    /// When the oldest of it was made.
    pub since: Option<Moment>,
}

/// Fields of documents, each once, those of one document together.
pub type Places = LiteMap<(DocumentName, String), ()>;

#[derive(Clone, Debug, Default)]
pub struct Outbox {
    changes: LiteMap<u64, Change>,
    lanes: LiteMap<DocumentName, Lane>,
    link: Link,
    storage_refused: bool,
    committed: Option<Moment>,
    last: u64,
    beside: Beside,
}

impl Outbox {
    /// Takes up a change that was made now, and numbers it.
    pub fn wrote(&mut self, document: &DocumentName, path: &str, at: Moment) -> u64 {
        self.last += 1;
        let change = Change { document: document.clone(), path: path.into(), at, stored: false };
        self.changes.insert(self.last, change);
        self.last
    }

    /// Takes up a change that an earlier load of the page left on the disk.
    pub fn found(&mut self, document: &DocumentName, path: &str, at: Moment) -> u64 {
        let number = self.wrote(document, path, at);
        self.stored(number);
        number
    }

    /// The disk has this change.
    pub fn stored(&mut self, number: u64) {
        if let Some(change) = self.changes.get_mut(&number) {
            change.stored = true;
        }
    }

    /// The disk refused, or took again.
    pub fn storage(&mut self, works: bool) {
        self.storage_refused = !works;
    }

    /// Says what else is to be sent now. Where some of it was sent since, that was a commit.
    pub fn beside(&mut self, beside: Beside, sent: Option<Moment>) {
        self.beside = beside;
        self.committed = sent.or(self.committed);
    }

    pub fn linked(&mut self, link: Link) {
        self.link = link;
        for (_, lane) in self.lanes.iter_mut() {
            match link {
                Link::Open => {}
                // The connection is there, and late answers with it.
                Link::SignedOut => lane.vouch_for_nothing(),
                // What was on its way may or may not have arrived: it goes again.
                Link::Connecting | Link::Down => lane.give_up(),
            }
        }
    }

    pub fn link(&self) -> Link {
        self.link
    }

    /// A message about a document left, with everything written so far in it.
    pub fn sent(&mut self, document: &DocumentName, now: Moment) {
        let up_to = self.last;
        self.lane(document).sent(up_to, now);
    }

    /// The server was asked for what it has of a document.
    pub fn asked(&mut self, document: &DocumentName) {
        self.lane(document).asked();
    }

    /// That is answered. Of what left before it, no answer comes any more.
    pub fn met(&mut self, document: &DocumentName) {
        self.lane(document).met();
    }

    fn lane(&mut self, document: &DocumentName) -> &mut Lane {
        self.lanes.entry(document.clone()).or_default()
    }

    /// The server committed the oldest message in flight. Answers the changes
    /// that are safe now and need no longer be kept here.
    pub fn committed(&mut self, document: &DocumentName, now: Moment) -> Vec<u64> {
        let lane = self.lane(document);
        let Some(up_to @ 1..) = lane.take_oldest() else {
            return Vec::new();
        };
        lane.refused = None;
        let safe: Vec<u64> = self
            .changes
            .iter()
            .filter(|(number, change)| **number <= up_to && change.document == *document)
            .map(|(number, _)| *number)
            .collect();
        safe.iter().for_each(|number| drop(self.changes.remove(number)));
        if !safe.is_empty() {
            self.committed = Some(now);
        }
        safe
    }

    /// The oldest message in flight was not taken: it goes again, or is refused. Answers
    /// how far it went.
    pub fn not_taken(&mut self, document: &DocumentName) -> u64 {
        let lane = self.lane(document);
        let up_to = lane.take_oldest().unwrap_or(0);
        lane.vouch_for_nothing();
        up_to
    }

    /// The server keeps a document's changes up to one beside the plan, which is closed.
    pub fn came_late(&mut self, document: &DocumentName, up_to: u64) {
        let lane = self.lane(document);
        lane.late = lane.late.max(up_to);
    }

    /// The server won't take this document's changes. They stay, and are shown.
    pub fn refused(&mut self, document: &DocumentName, why: &str) {
        let lane = self.lane(document);
        lane.vouch_for_nothing();
        lane.refused = Some(why.into());
    }

    /// Why this document's changes are refused, if they are.
    pub fn refusal(&self, document: &DocumentName) -> Option<&str> {
        self.lanes.get(document)?.refused.as_deref()
    }

    /// Some changes were let go of elsewhere.
    pub fn let_go(&mut self, gone: &[u64]) {
        gone.iter().for_each(|number| drop(self.changes.remove(number)));
    }

    /// The person lets go of a document's unsent changes.
    pub fn discard(&mut self, document: &DocumentName) -> Vec<u64> {
        let gone: Vec<u64> =
            self.changes.iter().filter(|(_, change)| change.document == *document).map(|(number, _)| *number).collect();
        gone.iter().for_each(|number| drop(self.changes.remove(number)));
        self.lanes.remove(document);
        gone
    }

    /// Whether a document has something unsent.
    pub fn is_unsent(&self, document: &DocumentName) -> bool {
        self.since(document).is_some()
    }

    /// When the oldest of what is unsent of a document was written, as this device says.
    pub fn since(&self, document: &DocumentName) -> Option<Moment> {
        self.changes.values().filter(|change| change.document == *document).map(|change| change.at).min()
    }

    /// Whether all that is unsent of a document is kept beside its plan.
    pub fn is_late(&self, document: &DocumentName) -> bool {
        self.here().all(|change| change.document != *document)
    }

    /// The changes that are here alone: the server keeps none of them.
    fn here(&self) -> impl Iterator<Item = &Change> {
        let is_here =
            move |number: u64, change: &Change| self.lanes.get(&change.document).is_none_or(|lane| number > lane.late);
        self.changes.iter().filter(move |(number, change)| is_here(**number, change)).map(|(_, change)| change)
    }

    /// How many fields hold something that the server keeps nowhere.
    pub fn unsent(&self) -> usize {
        places(&mut self.here()).len()
    }

    /// Each place that holds something that isn't in the plan.
    pub fn unsent_places(&self) -> Places {
        places(&mut self.changes.values())
    }

    /// Each place whose change the server won't take.
    pub fn refused_places(&self) -> Places {
        places(&mut self.changes.values().filter(|change| self.is_refused(change)))
    }

    fn is_refused(&self, change: &Change) -> bool {
        self.refusal(&change.document).is_some()
    }

    /// What the status line says.
    pub fn status(&self, now: Moment) -> Status {
        let (own, beside) = (self.unsent(), self.beside);
        let unsent = own + beside.unsent;
        if self.storage_refused && own > 0 || beside.full {
            return Status::NotStored;
        }
        let refused = places(&mut self.here().filter(|change| self.is_refused(change))).len() + beside.refused;
        if refused > 0 {
            return Status::NotSent(refused);
        }
        if unsent == 0 && !self.changes.is_empty() {
            return Status::Late;
        }
        if unsent == 0 {
            return match (self.link, self.committed) {
                (Link::Down, _) => Status::Waiting(0),
                (_, Some(at)) => Status::InPlan(at),
                _ => Status::Nothing,
            };
        }
        if beside.writing || self.changes.values().any(|change| !change.stored) {
            return Status::Writing;
        }
        let made = self.here().map(|change| change.at).chain(beside.since).map(|at| at.0);
        if let Some(first) = made.min().filter(|at| now.0 - at >= OLD) {
            return Status::Old(Moment(now.0.max(first + LAST)));
        }
        match self.link {
            Link::SignedOut => Status::SignIn(unsent),
            Link::Down => Status::Waiting(unsent),
            Link::Connecting => Status::OnDevice,
            Link::Open if beside.sending || self.slow(now) => Status::Sending,
            Link::Open => Status::OnDevice,
        }
    }

    fn slow(&self, now: Moment) -> bool {
        self.lanes.values().any(|lane| lane.waits_since(Moment(now.0 - SLOW)))
    }
}

/// The places of some changes, each once.
fn places(changes: &mut dyn Iterator<Item = &Change>) -> Places {
    changes.map(|change| ((change.document.clone(), change.path.clone()), ())).collect()
}

#[cfg(test)]
mod tests;
