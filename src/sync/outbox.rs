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

    /// The oldest message in flight was not taken: it goes again, or is refused.
    pub fn not_taken(&mut self, document: &DocumentName) {
        let lane = self.lane(document);
        lane.take_oldest();
        lane.vouch_for_nothing();
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
        self.changes.values().any(|change| change.document == *document)
    }

    /// How many fields hold something that the server hasn't committed.
    pub fn unsent(&self) -> usize {
        self.unsent_places().len()
    }

    /// Each place that holds something unsent.
    pub fn unsent_places(&self) -> Places {
        self.places(|_| true)
    }

    /// Each place whose change the server won't take.
    pub fn refused_places(&self) -> Places {
        self.places(|change| self.refusal(&change.document).is_some())
    }

    fn places(&self, which: impl Fn(&Change) -> bool) -> Places {
        let place = |change: &Change| ((change.document.clone(), change.path.clone()), ());
        self.changes.values().filter(|change| which(change)).map(place).collect()
    }

    /// What the status line says.
    pub fn status(&self, now: Moment) -> Status {
        let unsent = self.unsent();
        if self.storage_refused && unsent > 0 {
            return Status::NotStored;
        }
        let refused = self.refused_places().len();
        if refused > 0 {
            return Status::NotSent(refused);
        }
        if unsent == 0 {
            return match (self.link, self.committed) {
                (Link::Down, _) => Status::Waiting(0),
                (_, Some(at)) => Status::InPlan(at),
                _ => Status::Nothing,
            };
        }
        if self.changes.values().any(|change| !change.stored) {
            return Status::Writing;
        }
        if let Some(first) = self.changes.values().map(|change| change.at.0).min().filter(|at| now.0 - at >= OLD) {
            return Status::Old(Moment(now.0.max(first + LAST)));
        }
        match self.link {
            Link::SignedOut => Status::SignIn(unsent),
            Link::Down => Status::Waiting(unsent),
            Link::Connecting => Status::OnDevice,
            Link::Open if self.slow(now) => Status::Sending,
            Link::Open => Status::OnDevice,
        }
    }

    fn slow(&self, now: Moment) -> bool {
        self.lanes.values().any(|lane| lane.waits_since(Moment(now.0 - SLOW)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::PlanId;
    use crate::domain::sections::SectionId;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn document(which: usize) -> DocumentName {
        let section = SectionId::ALL[which];
        DocumentName { plan: PlanId::new(uuid::Uuid::nil()), section }
    }

    #[test]
    fn the_words_of_a_change_on_its_way() {
        let mut outbox = Outbox::default();
        assert_eq!(outbox.status(Moment(0)), Status::Nothing);
        let number = outbox.wrote(&document(0), "a", Moment(0));
        assert_eq!(outbox.status(Moment(0)), Status::Writing);
        outbox.stored(number);
        assert_eq!(outbox.status(Moment(0)), Status::OnDevice);
        outbox.linked(Link::Down);
        assert_eq!(outbox.status(Moment(0)), Status::Waiting(1));
        outbox.linked(Link::Open);
        outbox.sent(&document(0), Moment(0));
        assert_eq!(outbox.status(Moment(500)), Status::OnDevice);
        assert_eq!(outbox.status(Moment(1_500)), Status::Sending);
        assert_eq!(outbox.committed(&document(0), Moment(2_000)), vec![number]);
        assert_eq!(outbox.status(Moment(2_000)), Status::InPlan(Moment(2_000)));
    }

    #[test]
    fn a_refused_change_stays_and_is_said() {
        let mut outbox = Outbox::default();
        outbox.found(&document(0), "a", Moment(0));
        outbox.found(&document(0), "a", Moment(1));
        outbox.linked(Link::Open);
        outbox.sent(&document(0), Moment(0));
        outbox.refused(&document(0), "You can no longer edit Targets");
        assert_eq!(outbox.status(Moment(9)), Status::NotSent(1));
        assert!(outbox.committed(&document(0), Moment(9)).is_empty());
        assert_eq!(outbox.discard(&document(0)).len(), 2);
        assert_eq!(outbox.status(Moment(9)), Status::Nothing);
        outbox.linked(Link::Down);
        assert_eq!(outbox.status(Moment(9)), Status::Waiting(0));
    }

    #[test]
    fn a_message_behind_one_that_missed_something_vouches_for_nothing() {
        let mut outbox = Outbox::default();
        outbox.linked(Link::Open);
        let first = outbox.wrote(&document(0), "a", Moment(0));
        outbox.sent(&document(0), Moment(0));
        let second = outbox.wrote(&document(0), "b", Moment(0));
        outbox.sent(&document(0), Moment(0));
        outbox.not_taken(&document(0));
        outbox.sent(&document(0), Moment(1));
        assert!(outbox.committed(&document(0), Moment(2)).is_empty());
        assert_eq!(outbox.committed(&document(0), Moment(3)), vec![first, second]);
    }

    #[test]
    fn an_unsent_change_of_three_days_warns() {
        let mut outbox = Outbox::default();
        outbox.found(&document(0), "a", Moment(0));
        outbox.linked(Link::Down);
        assert_eq!(outbox.status(Moment(OLD - 1)), Status::Waiting(1));
        assert_eq!(outbox.status(Moment(OLD)), Status::Old(Moment(6 * DAY)));
        assert_eq!(outbox.status(Moment(5 * DAY)), Status::Old(Moment(6 * DAY)));
        assert_eq!(outbox.status(Moment(9 * DAY)), Status::Old(Moment(9 * DAY)), "at once, when the day has gone by");
    }

    /// What can happen to a device.
    #[derive(Clone, Debug)]
    enum Event {
        Write(usize),
        Store,
        Send(usize),
        Commit(usize),
        Link(Link),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            3 => (0..3usize).prop_map(Event::Write),
            3 => Just(Event::Store),
            3 => (0..3usize).prop_map(Event::Send),
            3 => (0..3usize).prop_map(Event::Commit),
            1 => prop_oneof![Just(Link::Open), Just(Link::Down), Just(Link::SignedOut)].prop_map(Event::Link),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whatever happens, "Saved to the plan" means that the server committed
        /// all, and "on this device" that the disk has all.
        #[test]
        fn the_status_line_never_lies(events in prop::collection::vec(event(), 1..60)) {
            let mut outbox = Outbox::default();
            // The truth, kept apart: (document, number, stored), messages on the wire, the server's.
            let mut written: Vec<(usize, u64, bool)> = Vec::new();
            let mut wire: Vec<(usize, HashSet<u64>)> = Vec::new();
            let mut server: HashSet<u64> = HashSet::new();
            for (now, event) in events.into_iter().enumerate() {
                let now = Moment(now as i64);
                match event {
                    Event::Write(which) => written.push((which, outbox.wrote(&document(which), "a", now), false)),
                    Event::Store => {
                        if let Some(change) = written.iter_mut().find(|change| !change.2) {
                            change.2 = true;
                            outbox.stored(change.1);
                        }
                    }
                    Event::Send(which) if outbox.link() == Link::Open => {
                        outbox.sent(&document(which), now);
                        wire.push((which, written.iter().filter(|change| change.0 == which).map(|change| change.1).collect()));
                    }
                    Event::Commit(which) if outbox.link() == Link::Open => {
                        if let Some(place) = wire.iter().position(|message| message.0 == which) {
                            server.extend(wire.remove(place).1);
                            for safe in outbox.committed(&document(which), now) {
                                prop_assert!(server.contains(&safe), "let go of a change that the server hasn't");
                            }
                        }
                    }
                    Event::Link(link) => {
                        outbox.linked(link);
                        if link != Link::Open {
                            wire.clear();
                        }
                    }
                    _ => {}
                }
                let all_committed = written.iter().all(|change| server.contains(&change.1));
                let all_stored = written.iter().all(|change| change.2 || server.contains(&change.1));
                match outbox.status(now) {
                    Status::InPlan(_) => prop_assert!(all_committed),
                    Status::OnDevice | Status::Waiting(_) | Status::SignIn(_) => prop_assert!(all_stored),
                    _ => {}
                }
            }
        }
    }
}
