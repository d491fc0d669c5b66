//! The server's store as memory: it refuses, or the server ends before or after a
//! commit, where the simulation says so. Beside each document stands what it says
//! according to what was committed, which is the truth that promises are held to. It may
//! have a real database beside it, which then has to say the same.

use super::disk::Disk;
use pep::domain::access::Permit;
use pep::domain::calendar::Moment;
use pep::domain::people::PlanId;
use pep::domain::plan::DocumentName;
use pep::domain::values::Changed;
use pep::server::db::DbError;
use pep::server::db::documents::{Commit, Stored};
use pep::server::rooms::Store;
use pep::sync::document::Document;
use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Arc, Mutex};

/// What the next commit meets.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    #[default]
    Works,
    Refuses,
    /// The server ends, and nothing was committed.
    EndsBefore,
    /// The server ends, and all was committed: nobody was told.
    EndsAfter,
    /// It says that it committed, and didn't.
    Lies,
}

#[derive(Default)]
pub struct Kept {
    pub documents: BTreeMap<DocumentName, KeptDocument>,
    /// What was kept beside the plan.
    pub late: Vec<(DocumentName, Changed)>,
    pub closed: bool,
    pub fate: Fate,
    pub commits: usize,
    pub disk: Option<Disk>,
}

pub struct KeptDocument {
    seq: i64,
    snapshot: Option<Vec<u8>>,
    snapshot_seq: i64,
    updates: Vec<(i64, Vec<u8>)>,
    owners: Vec<(u64, String)>,
    pub truth: Document,
    /// How far each writer's changes are committed.
    pub reached: BTreeMap<u64, u64>,
}

#[derive(Clone, Default)]
pub struct Memory(pub Arc<Mutex<Kept>>);

impl Kept {
    /// A document that has had so many changes already that snapshots fall due.
    pub fn begin(&mut self, name: &DocumentName, seq: i64) {
        let truth = Document::new(name.section.section(), 0);
        let document = KeptDocument {
            seq,
            snapshot: None,
            snapshot_seq: 0,
            updates: Vec::new(),
            owners: Vec::new(),
            truth,
            reached: BTreeMap::new(),
        };
        self.documents.insert(name.clone(), document);
    }

    pub fn has(&self, name: &DocumentName, client: u64, clock: u64) -> bool {
        let reached = self.documents.get(name).and_then(|document| document.reached.get(&client));
        reached.is_some_and(|reached| *reached >= clock)
    }

    fn take(&mut self, commits: &[Commit]) {
        self.commits += 1;
        for commit in commits {
            let document = self.documents.get_mut(&commit.name).expect("a document of the plan");
            for update in &commit.updates {
                assert!(update.seq > document.seq, "updates are numbered in order");
                document.seq = update.seq;
                document.updates.push((update.seq, update.bytes.clone()));
                document.owners.extend(update.new_clients.iter().map(|client| (*client, update.by.clone())));
                document.truth.apply(&update.bytes).expect("what is committed applies");
            }
            if let Some(snapshot) = &commit.snapshot {
                (document.snapshot, document.snapshot_seq) = (Some(snapshot.clone()), commit.seq);
            }
            assert_eq!(
                document.truth.read().as_ref(),
                Ok(commit.values.as_ref()),
                "plain values are those of the document"
            );
            document.reached = reached(&document.truth.state_vector());
        }
    }
}

impl KeptDocument {
    pub fn stored(&self) -> Stored {
        let tail = self.updates.iter().filter(|(seq, _)| *seq > self.snapshot_seq).map(|(_, bytes)| bytes.clone());
        Stored {
            seq: self.seq,
            snapshot_seq: self.snapshot_seq,
            parts: self.snapshot.iter().cloned().chain(tail).collect(),
            owners: self.owners.clone(),
        }
    }
}

/// How far each client's changes go, by a state vector.
pub fn reached(state_vector: &[u8]) -> BTreeMap<u64, u64> {
    let mut bytes = state_vector.iter();
    let mut number = || {
        let (mut number, mut shift) = (0_u64, 0);
        for byte in bytes.by_ref() {
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if *byte < 0x80 {
                break;
            }
        }
        number
    };
    (0..number()).map(|_| (number(), number())).collect()
}

impl Memory {
    /// The server ends.
    pub fn ends(&self) {
        if let Some(disk) = &mut self.0.lock().unwrap().disk {
            disk.ends();
        }
    }
}

impl Store for Memory {
    async fn load(&self, name: &DocumentName) -> Result<Stored, DbError> {
        let kept = self.0.lock().unwrap();
        let stored = kept.documents.get(name).map(KeptDocument::stored).unwrap_or_default();
        Ok(match &kept.disk {
            Some(disk) => disk.load(name, &stored),
            None => stored,
        })
    }

    async fn commit(&self, commits: &[Commit]) -> Result<Vec<PlanId>, DbError> {
        let fate = {
            let mut kept = self.0.lock().unwrap();
            if kept.closed {
                return Err(DbError::Closed);
            }
            let fate = std::mem::take(&mut kept.fate);
            if matches!(fate, Fate::Works | Fate::EndsAfter) {
                kept.take(commits);
                if let Some(disk) = &kept.disk {
                    disk.commit(commits);
                }
            }
            fate
        };
        match fate {
            Fate::Works | Fate::Lies => Ok(Vec::new()),
            Fate::Refuses => Err(DbError::Unreadable("the disk is full".into())),
            Fate::EndsBefore | Fate::EndsAfter => pending().await,
        }
    }

    async fn keep_late(&self, _: &Permit, name: &DocumentName, changes: &[Changed], _: Moment) -> Result<(), DbError> {
        let mut kept = self.0.lock().unwrap();
        kept.late.extend(changes.iter().map(|changed| (name.clone(), changed.clone())));
        Ok(())
    }
}
