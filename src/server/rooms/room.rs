//! One live document: what is committed, what this batch adds, and who is there.

mod committed;
mod edits;

use super::pointer::Left;
use super::presence::Member;
use super::{Right, SocketId};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::{Changed, Values};
use crate::domain::voice::{self, Back, SeenPlan, Told, Wish};
use crate::server::db::documents::{Accepted, Commit, Stored};
use crate::sync::document::{Document, Touched, Unfit};
use crate::sync::judgement::judge;
use crate::sync::protocol::{Frame, Message};
use axum::body::Bytes;
use committed::Committed;
pub use edits::Edits;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub struct Room {
    pub name: DocumentName,
    pub members: HashMap<SocketId, Member>,
    /// Where the meeting is by whoever has gone.
    pub(super) left: Left,
    /// What is committed and, while a batch is taken, its accepted updates. Each update is
    /// tried here; where it spoils the document, that is made again.
    document: Document,
    /// From what it is made again.
    committed: Committed,
    values: Arc<Values>,
    accepted: Vec<Arc<Accepted>>,
    /// Whose each accepted update is, so that nobody is sent their own; none where the
    /// server made it for somebody.
    authors: Vec<Option<SocketId>>,
    owners: HashMap<u64, String>,
    seq: i64,
    snapshot_seq: i64,
}

/// What becomes of an update.
pub enum Verdict {
    Accepted,
    /// Nothing in it is new.
    Known,
    /// It builds on something that isn't here.
    Missing,
    /// It is not this person's to write, or not what the section declares.
    Refused(String),
    /// It came after the plan was closed: these changes are to be kept beside it.
    Beside(Permit, Vec<Changed>, String),
    /// No update at all.
    Broken,
}

/// Updates since the last snapshot after which a new one is due: it bounds the
/// time to open a document.
const SNAPSHOT_EVERY: i64 = 500;

/// The server's own documents never write, so their client number is never used.
const SERVER: u64 = 0;

impl Room {
    /// Opens a document from what is stored; nothing where it can't be read.
    pub fn load(name: DocumentName, stored: Stored) -> Option<Self> {
        let document = Document::new(name.section.section(), SERVER);
        for part in &stored.parts {
            let applied = catch_unwind(AssertUnwindSafe(|| document.apply_copy(part)));
            if !matches!(applied, Ok(Ok(()))) {
                tracing::error!(document = %name, "a stored update does not apply");
                return None;
            }
        }
        Some(Self {
            values: document.values().into(),
            members: HashMap::new(),
            left: Left::default(),
            accepted: Vec::new(),
            authors: Vec::new(),
            owners: stored.owners.into_iter().collect(),
            seq: stored.seq,
            snapshot_seq: stored.snapshot_seq,
            committed: Committed::new(document.state()),
            name,
            document,
        })
    }

    /// What is committed: all that anyone is ever sent.
    pub fn document(&self) -> &Document {
        debug_assert!(!self.has_pending(), "nobody is sent what isn't committed");
        &self.document
    }

    pub fn has_pending(&self) -> bool {
        !self.accepted.is_empty()
    }

    /// The first place that the update changed which was accepted last.
    pub fn last_place(&self) -> Option<&str> {
        Some(self.accepted.last()?.changed.first()?.path.as_str())
    }

    /// Tries an update and judges what it makes of the section.
    pub fn weigh(&mut self, author: SocketId, right: Right, bytes: Vec<u8>, at: Moment) -> Verdict {
        let mut offer = match catch_unwind(AssertUnwindSafe(|| self.document.offer(&bytes))) {
            Ok(Ok(offer)) => offer,
            _ => return Verdict::Broken,
        };
        let news = std::mem::take(&mut offer.news);
        let by = match &right {
            Right::Write(permit) | Right::Beside(permit, _) => permit.by().to_string(),
            Right::None(_) => String::new(),
        };
        let others = |client: &u64| self.owners.get(client).is_some_and(|owner| *owner != by);
        if !matches!(right, Right::None(_)) && news.iter().any(others) {
            return Verdict::Refused("This was written under another person's name, so it was not taken".into());
        }
        // Neither touches the document, which would have to be made again.
        match &right {
            _ if offer.misses => return Verdict::Missing,
            Right::None(sentence) if !news.is_empty() => return Verdict::Refused(sentence.clone()),
            _ => {}
        }
        let tried = catch_unwind(AssertUnwindSafe(|| self.document.accept(offer).map(|()| self.read_again())));
        let (paths, after) = match tried {
            Ok(Ok(Ok(after))) => after,
            Ok(Ok(Err(sentence))) => return self.spoiled(Verdict::Refused(sentence)),
            Ok(Err(Unfit::Missing)) => return self.spoiled(Verdict::Missing),
            _ => return self.spoiled(Verdict::Broken),
        };
        // Only what the update touched is compared, judged and told of.
        let before = self.values.part(&paths);
        if news.is_empty() && after == before {
            return Verdict::Known;
        }
        match right {
            Right::Write(_) => {}
            Right::Beside(permit, sentence) => {
                let changes = before.changes_to(&after);
                return self.spoiled(Verdict::Beside(permit, changes, sentence));
            }
            Right::None(sentence) => return self.spoiled(Verdict::Refused(sentence)),
        }
        if let Err(sentence) = judge(self.name.section.section(), &before, &after, &by) {
            return self.spoiled(Verdict::Refused(sentence));
        }
        self.authors.push(Some(author));
        self.accept(&by, bytes, at, news, (&before, &after));
        Arc::make_mut(&mut self.values).put(&after, &paths);
        Verdict::Accepted
    }

    /// What the document says now where it was touched, and which paths these are.
    fn read_again(&self) -> Result<(Vec<String>, Values), String> {
        let touched = self.document.take_touched();
        let after = self.document.read_again(&touched)?;
        let paths = match touched {
            Touched::All => self.values.paths().chain(after.paths()).map(str::to_string).collect(),
            these => these.paths(),
        };
        Ok((paths, after))
    }

    /// Takes an update for the next commit. `said` is what it changed, before and after.
    fn accept(&mut self, by: &str, bytes: Vec<u8>, at: Moment, clients: Vec<u64>, said: (&Values, &Values)) {
        let (before, after) = said;
        let new_clients: Vec<u64> = clients.into_iter().filter(|client| !self.owners.contains_key(client)).collect();
        self.owners.extend(new_clients.iter().map(|client| (*client, by.to_string())));
        self.seq += 1;
        let update = Accepted {
            seq: self.seq,
            by: by.into(),
            at,
            bytes,
            new_clients,
            changed: before.changes_to(after),
            wishes: self.new_wishes(before, after),
            told: self.newly_told(before, after),
        };
        self.accepted.push(update.into());
    }

    /// The wishes to share that differ between what stood and what is now.
    fn new_wishes(&self, before: &Values, after: &Values) -> Vec<(String, Wish)> {
        let wish = |question: &str| {
            Some((question.to_string(), Wish::read(&news_at(before, after, &voice::wish_of(question))?)?))
        };
        self.questions().filter_map(wish).collect()
    }

    /// What else the young person says to be passed on, where it differs.
    fn newly_told(&self, before: &Values, after: &Values) -> Vec<Told> {
        let back = |question: &str| Back::read(&news_at(before, after, &voice::back_of(question))?).map(Told::Back);
        let mut told: Vec<_> = self.questions().filter_map(back).collect();
        if self.name.section == SectionId::MyVoice {
            let seen = news_at(before, after, voice::SEEN_PLAN).and_then(|text| SeenPlan::read(&text));
            told.extend(seen.map(Told::Seen));
        }
        told
    }

    /// The questions of the private document; of any other there are none.
    fn questions(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.name.section.section().fields.iter();
        fields.filter(|field| matches!(field.kind, Kind::Question(_))).map(|field| field.id)
    }

    /// Makes the document again after an update that spoiled it.
    fn spoiled(&mut self, verdict: Verdict) -> Verdict {
        let document = Document::new(self.name.section.section(), SERVER);
        for part in self.committed.parts().chain(self.accepted.iter().map(|update| &update.bytes)) {
            if document.apply_copy(part).is_err() {
                tracing::error!(document = %self.name, "an accepted update does not apply again");
            }
        }
        self.document = document;
        verdict
    }

    /// What this batch adds, for the database.
    pub fn take_commit(&mut self) -> Option<Commit> {
        if self.accepted.is_empty() {
            return None;
        }
        Some(Commit {
            name: self.name.clone(),
            snapshot: self.snapshot_due(),
            updates: std::mem::take(&mut self.accepted),
            values: self.values.clone(),
            seq: self.seq,
        })
    }

    /// The database has it: it is live now, and everyone else here gets it.
    pub fn committed(&mut self, commit: Commit) {
        let authors = std::mem::take(&mut self.authors);
        for (update, author) in commit.updates.into_iter().zip(authors) {
            let frame = Frame::new(self.name.to_string(), Message::Update(update.bytes.clone())).written();
            self.send_all(frame, author);
            self.committed.follow(update.bytes.clone());
        }
        if self.committed.is_long() {
            self.committed = Committed::new(self.document().state());
        }
    }

    pub fn send(&mut self, socket: SocketId, message: Message) {
        let frame = Frame::new(self.name.to_string(), message).written();
        if let Some(member) = self.members.get(&socket) {
            member.to.send(frame);
        }
    }

    /// Sends what a copy with this state vector lacks, and asks for what it has; false
    /// where that ended somebody who was seen here.
    pub fn send_lacking(&mut self, socket: SocketId, state_vector: &[u8]) -> bool {
        // Hostile bytes may make it panic: that ends their sender, and nobody else.
        let document = self.document();
        match catch_unwind(AssertUnwindSafe(|| (document.diff(state_vector), document.state_vector()))) {
            Ok((Ok(lacking), own)) => {
                self.send(socket, Message::Step2(lacking));
                self.send(socket, Message::Step1(own));
                true
            }
            _ => !self.end(socket),
        }
    }

    pub fn send_all(&self, frame: impl Into<Bytes>, but: Option<SocketId>) {
        let frame = frame.into();
        for (socket, member) in &self.members {
            if Some(*socket) != but {
                member.to.send(frame.clone());
            }
        }
    }

    /// Ends a member's connection. It comes back and asks for what it lacks. Answers whether
    /// it was seen here, as `part` does.
    pub fn end(&mut self, socket: SocketId) -> bool {
        if let Some(member) = self.members.get(&socket) {
            member.to.end.notify_one();
        }
        self.part(socket)
    }

    pub fn end_all(&mut self) {
        self.members.drain().for_each(|(_, member)| member.to.end.notify_one());
    }

    /// A snapshot, when one is due and it reads back as the same section.
    fn snapshot_due(&mut self) -> Option<Vec<u8>> {
        if self.seq - self.snapshot_seq < SNAPSHOT_EVERY {
            return None;
        }
        // Also where it comes to nothing: that would cost as much at each commit.
        self.snapshot_seq = self.seq;
        let state = self.document.state();
        let again = Document::new(self.name.section.section(), SERVER);
        again.apply_copy(&state).ok()?;
        if again.values() != *self.values || !again.is_level_with(&self.document) {
            tracing::error!(document = %self.name, "a snapshot did not read back; the updates are kept");
            return None;
        }
        Some(state)
    }
}

/// The fact at a path, where it is another than the one that stood. Of two that were
/// written apart on two tablets, the later one is the child's last word.
fn news_at(before: &Values, after: &Values, path: &str) -> Option<String> {
    let latest = |values: &Values| values.entries(path).last().cloned();
    let now = latest(after)?;
    (latest(before).as_ref() != Some(&now)).then_some(now.value)
}
