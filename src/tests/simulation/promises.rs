//! What people were promised, and everything that they wrote, kept apart from the
//! code that is to keep it.

use super::authority::Authority;
use super::device::{Device, Tab};
use super::memory::{Kept, reached};
use pep::domain::access::Action;
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::sync::outbox::Status;
use std::collections::BTreeMap;

/// What someone wrote.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A word that nobody else writes.
    Word(String),
    /// Took a word out, which its writer had got so far.
    Cut {
        word: String,
        load: u64,
        clock: u64,
    },
    /// Set a fact, seeing these values of it.
    Set {
        value: String,
        over: Vec<String>,
    },
    Clear {
        over: Vec<String>,
    },
    Row,
}

#[derive(Clone, Debug)]
pub struct Written {
    pub name: DocumentName,
    pub path: String,
    pub what: What,
    pub device: usize,
    pub writer: String,
    /// Under which number it stands in the document, and how far.
    pub load: u64,
    pub clock: u64,
    /// What its writer's document had then.
    pub seen: BTreeMap<u64, u64>,
    /// Whether a status said that it is safe.
    pub told_safe: bool,
    /// It may be gone: nobody was told that it is safe when its browser was killed, or
    /// its writer let go of it.
    pub excused: bool,
}

/// Everything that was written, by its entry.
#[derive(Default)]
pub struct Ledger {
    pub all: BTreeMap<String, Written>,
}

impl Written {
    fn is_committed(&self, kept: &Kept) -> bool {
        match &self.what {
            What::Cut { word, load, clock } => {
                let document = kept.documents.get(&self.name).filter(|_| kept.has(&self.name, *load, *clock));
                document.is_some_and(|document| !document.truth.values().text(&self.path).contains(word))
            }
            // Only takes away: nobody's words hang on it.
            _ if self.clock == 0 => true,
            _ => kept.has(&self.name, self.load, self.clock),
        }
    }

    fn saw(&self, other: &Written) -> bool {
        other.clock > 0 && self.seen.get(&other.load).is_some_and(|clock| *clock >= other.clock)
    }
}

impl Ledger {
    /// Promise 2, and what promise 1 rests on: the status may say only what is true.
    pub fn hold_status(&mut self, tab: &Tab, device: &Device, now: Moment, kept: &Kept) {
        let status = tab.replica.outbox.status(now);
        let says_stored = match status {
            Status::InPlan(_) | Status::Nothing => false,
            Status::OnDevice | Status::Waiting(_) | Status::SignIn(_) | Status::Old(_) | Status::Sending => true,
            Status::Late => return self.hold_late(tab, kept),
            Status::Writing | Status::NotSent(_) | Status::NotStored => return,
        };
        for entry in &tab.mine {
            let Some(written) = self.all.get_mut(entry).filter(|written| !written.excused) else { continue };
            let stored = says_stored && device.has_on_disk(entry);
            assert!(stored || written.is_committed(kept), "promise 2: {status:?} was said over {entry}, {written:?}");
            written.told_safe = true;
        }
    }

    /// Where all that isn't in the plan is said to be beside it, each word is. Of words in a
    /// row nothing is asked: that may have been removed with them.
    fn hold_late(&self, tab: &Tab, kept: &Kept) {
        for entry in &tab.mine {
            let Some(written) = self.all.get(entry).filter(|written| !written.excused) else { continue };
            let What::Word(word) = &written.what else { continue };
            if written.path.contains('/') || written.is_committed(kept) {
                continue;
            }
            let cut = |other: &Written| matches!(&other.what, What::Cut { word: gone, .. } if gone == word);
            let late = kept.late.iter().any(|(name, changed)| *name == written.name && changed.became.contains(word));
            assert!(
                late || self.all.values().any(cut),
                "promise 2: {entry} is said to be beside the plan: {written:?}"
            );
        }
    }

    /// A browser was killed: what nobody was told is safe may be gone with it.
    pub fn after_kill(&mut self, place: usize, device: &Device, kept: &Kept) {
        let unsent = |written: &Written| written.device == place && !written.excused && !written.is_committed(kept);
        let lost = self.all.iter().filter(|(entry, written)| unsent(written) && !device.has(entry));
        let lost: BTreeMap<String, Written> = lost.map(|(entry, written)| (entry.clone(), written.clone())).collect();
        for (entry, written) in self.all.iter_mut().filter(|(_, written)| unsent(written)) {
            // What builds on something lost is kept and can't be sent.
            let builds = lost.values().any(|lost| lost.name == written.name && written.saw(lost));
            if builds || lost.contains_key(entry) {
                assert!(!written.told_safe, "promise 1: {entry} was said to be safe and is gone: {written:?}");
                written.excused = true;
            }
        }
    }

    /// Somebody lets go of changes; what else the device has that builds on them goes too.
    pub fn let_go(&mut self, entries: &[String], device: usize) {
        let gone: Vec<Written> = entries.iter().filter_map(|entry| self.all.get(entry).cloned()).collect();
        for (entry, written) in self.all.iter_mut().filter(|(_, written)| written.device == device) {
            let builds = gone.iter().any(|gone| gone.name == written.name && written.saw(gone));
            written.excused |= builds || entries.contains(entry);
        }
    }

    /// Whether a change builds on what another tab of its device let go of.
    pub fn builds_on_let_go(&self, new: &Written) -> bool {
        let under = |old: &Written| old.excused && old.device == new.device && old.name == new.name && new.saw(old);
        self.all.values().any(under)
    }

    /// Promise 1, at the end: each word is in the plan, or unsent with its writer, or
    /// beside the closed plan. Where its writer may write, it is in the plan.
    pub fn hold_words(&self, devices: &[Device], authority: &Authority, kept: &Kept) {
        for (entry, written) in self.all.iter().filter(|(_, written)| !written.excused) {
            let document = kept.documents.get(&written.name).expect("a document");
            if !written.is_committed(kept) {
                let device = &devices[written.device];
                let late = |(name, changed): &(DocumentName, pep::domain::values::Changed)| match &written.what {
                    What::Word(word) => *name == written.name && changed.became.contains(word),
                    _ => false,
                };
                let somewhere = device.has(entry) || kept.late.iter().any(late);
                assert!(somewhere, "promise 1: {entry} is lost: {written:?}");
                let may = authority.may(device.person, Action::Write(written.name.section));
                let goes = may && authority.state.takes_edits();
                assert!(!goes, "{entry} never reached the plan, and its writer may write: {written:?}");
                continue;
            }
            let What::Word(word) = &written.what else { continue };
            let cut = |other: &Written| matches!(&other.what, What::Cut { word: gone, .. } if gone == word);
            let there = document.truth.values().text(&written.path).contains(word.as_str());
            assert!(there || self.all.values().any(cut), "promise 1: {word} is not in the plan: {written:?}");
        }
    }

    /// Whether a device still has something of a section that isn't in the plan: all of
    /// its tabs show that.
    pub fn is_ahead(&self, place: usize, device: &Device, name: &DocumentName, kept: &Kept) -> bool {
        let theirs =
            |written: &Written| written.device == place && written.name == *name && !written.is_committed(kept);
        self.all.iter().any(|(entry, written)| theirs(written) && device.has(entry))
    }

    /// How far the writer of a word had got with it.
    pub fn of_word(&self, wanted: &str) -> (u64, u64) {
        let of = |written: &&Written| matches!(&written.what, What::Word(word) if word == wanted);
        self.all.values().find(of).map_or((0, 0), |written| (written.load, written.clock))
    }

    /// Promise 4: a value that was committed stands until somebody who saw it sets
    /// another, or takes it away. A person's own values set apart on two devices have
    /// one name between them, and one of them stays.
    pub fn hold_facts(&self, kept: &Kept) {
        let committed: Vec<_> = self.all.values().filter(|written| written.is_committed(kept)).collect();
        for written in &committed {
            let What::Set { value, .. } = &written.what else { continue };
            let same = |other: &&&Written| other.name == written.name && other.path == written.path;
            let over = self.all.values().filter(|other| same(&other)).any(|other| match &other.what {
                What::Set { over, .. } => other.is_committed(kept) && over.contains(value),
                What::Clear { over } => over.contains(value),
                _ => false,
            });
            let apart = |other: &&&Written| {
                matches!(other.what, What::Set { .. }) && other.writer == written.writer && other.load != written.load
            };
            let twice =
                committed.iter().filter(same).filter(apart).any(|other| !other.saw(written) && !written.saw(other));
            let values = kept.documents[&written.name].truth.values();
            let stands = values.entries(&written.path).iter().any(|entry| entry.value == *value);
            assert!(stands || over || twice, "promise 4: {value} was set and is gone: {written:?}");
        }
    }
}

/// What a document has, by its own state vector.
pub fn has(tab: &Tab, name: &DocumentName) -> BTreeMap<u64, u64> {
    tab.replica.documents.get(name).map(|held| reached(&held.document.state_vector())).unwrap_or_default()
}
