//! A device: its disk, its journal, and the tabs that are open on it. The rules are
//! the browser's own (`sync/replica.rs`); what is told here is only what survives what.

use super::authority::Authority;
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::sync::entry::{Left, read_record};
use pep::sync::replica::{Gathered, Made, Replica};
use std::collections::{BTreeMap, VecDeque};

pub type Entries = BTreeMap<String, Vec<u8>>;

pub struct Device {
    pub person: usize,
    /// How far its clock is off.
    pub skew: i64,
    /// Whether its network refuses WebSockets.
    pub by_http: bool,
    pub disk: Disk,
    /// `localStorage`: as its tabs see it, and as a browser that is killed leaves it.
    pub journal: Entries,
    pub journal_on_disk: Entries,
    pub tabs: [Option<Tab>; 2],
}

#[derive(Default)]
pub struct Disk {
    pub outbox: Entries,
    pub copies: BTreeMap<DocumentName, Vec<u8>>,
}

/// What a tab hears of another.
pub enum Told {
    Wrote(Vec<u8>),
    LetGo(Vec<String>),
}

/// One load of a page.
pub struct Tab {
    pub load: u64,
    pub replica: Replica,
    /// The connection that it listens to.
    pub line: Option<u64>,
    pub store_due: bool,
    /// What the disk was asked for and has not answered yet.
    pub storing: Option<Gathered>,
    /// What another tab of this device wrote, or that it let go of a section's changes.
    pub told: VecDeque<(DocumentName, Told)>,
    /// Every change that this load wrote or took up, by its entry.
    pub mine: Vec<String>,
}

impl Device {
    pub fn new(person: usize, skew: i64, by_http: bool) -> Self {
        Self {
            person,
            skew,
            by_http,
            disk: Disk::default(),
            journal: Entries::new(),
            journal_on_disk: Entries::new(),
            tabs: [None, None],
        }
    }

    pub fn writer(&self, authority: &Authority) -> String {
        authority.people[self.person].id.to_string()
    }

    pub fn now(&self, now: i64) -> Moment {
        Moment(now + self.skew)
    }

    /// Opens a page: what was left unsent is taken up, and each section that it shows
    /// is opened.
    pub fn open_tab(&mut self, place: usize, load: u64, shows: &[DocumentName]) {
        let journal = self.journal.iter().map(|(entry, record)| (entry, (record, true)));
        let disk = self.disk.outbox.iter().map(|(entry, record)| (entry, (record, false)));
        let both: BTreeMap<_, _> = journal.chain(disk).collect();
        let left = |(entry, (record, journalled)): (&String, (&Vec<u8>, bool))| {
            let left = read_record(entry.clone(), record)?;
            Some(Left { journalled: journalled.then(|| record.clone()), ..left })
        };
        let left: Vec<Left> = both.into_iter().filter_map(left).collect();
        let mine = left.iter().map(|left| left.entry.clone()).collect();
        let copies =
            left.iter().map(|left| (left.document.clone(), self.disk.copies.get(&left.document).cloned())).collect();
        let mut replica = Replica::new(load);
        replica.take_up(left, copies);
        for name in shows {
            if !replica.documents.contains_key(name) {
                replica.hold(name, self.disk.copies.get(name).cloned(), &[]);
            }
        }
        let (storing, told) = (None, VecDeque::new());
        self.tabs[place] = Some(Tab { load, replica, line: None, store_due: true, storing, told, mine });
    }

    /// An edit that a tab made is in the journal.
    pub fn keep(&mut self, place: usize, made: &Made) {
        self.journal.insert(made.entry.clone(), made.record.clone());
        if let Some(tab) = &mut self.tabs[place] {
            tab.replica.journalled(made, made.record.clone());
            tab.mine.push(made.entry.clone());
            tab.store_due = true;
        }
    }

    /// The disk is asked for what gathered.
    pub fn store(&mut self, place: usize) {
        let Some(tab) = &mut self.tabs[place] else { return };
        tab.store_due = false;
        if let Some(gathered) = tab.replica.gather() {
            tab.storing = Some(gathered);
        }
    }

    /// The disk did, or refused, the oldest of what a tab asked for.
    pub fn disk_answers(&mut self, place: usize, works: bool, lies: bool) {
        let Some(tab) = &mut self.tabs[place] else { return };
        let Some(gathered) = tab.storing.take() else { return };
        if !works {
            tab.replica.not_stored(gathered);
            tab.store_due = true;
            return;
        }
        if !lies {
            self.disk.write(&gathered);
        }
        let told = tab.replica.stored(&gathered);
        tab.store_due |= tab.replica.stores_again();
        let entries = gathered.changes.iter().map(|(_, entry, _)| entry).chain(&gathered.safe);
        entries.for_each(|entry| drop(self.journal.remove(entry)));
        if let Some(other) = &mut self.tabs[1 - place] {
            other.told.extend(told.into_iter().map(|(name, update)| (name, Told::Wrote(update))));
        }
    }

    /// A tab ends. What the disk was asked for, it may do.
    pub fn kill_tab(&mut self, place: usize, done: bool) {
        let Some(tab) = self.tabs[place].take() else { return };
        if let Some(gathered) = tab.storing.filter(|_| done) {
            self.disk.write(&gathered);
        }
    }

    /// The whole browser ends: of the journal, what the disk had of it is left.
    pub fn kill_browser(&mut self, done: bool) {
        (0..self.tabs.len()).for_each(|place| self.kill_tab(place, done));
        self.journal = self.journal_on_disk.clone();
    }

    /// Whether a change is kept where a killed browser leaves it.
    pub fn has_on_disk(&self, entry: &str) -> bool {
        self.disk.outbox.contains_key(entry)
    }

    pub fn has(&self, entry: &str) -> bool {
        self.has_on_disk(entry) || self.journal.contains_key(entry)
    }

    /// The person lets go of what a section won't take.
    pub fn discard(&mut self, place: usize, name: &DocumentName, fresh: u64) -> Vec<String> {
        if self.tabs[place].as_ref().is_some_and(|tab| tab.storing.is_some()) {
            self.disk_answers(place, true, false);
        }
        let Some(tab) = &mut self.tabs[place] else { return Vec::new() };
        let gone = tab.replica.discard(name, fresh);
        for entry in &gone {
            self.journal.remove(entry);
            self.disk.outbox.remove(entry);
        }
        self.disk.copies.remove(name);
        tab.replica.hold(name, None, &[]);
        if let Some(other) = &mut self.tabs[1 - place] {
            other.told.push_back((name.clone(), Told::LetGo(gone.clone())));
        }
        gone
    }
}

impl Disk {
    fn write(&mut self, gathered: &Gathered) {
        let changes = gathered.changes.iter().map(|(_, entry, record)| (entry.clone(), record.clone()));
        self.outbox.extend(changes);
        self.copies.extend(gathered.copies.iter().cloned());
        gathered.safe.iter().for_each(|entry| drop(self.outbox.remove(entry)));
    }
}
