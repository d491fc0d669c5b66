//! One section of one plan, as a document that merges: a Yjs document whose
//! roots are named after the section's declaration.
//!
//! | root | holds |
//! |---|---|
//! | `text/{path}` | a text, merged by character |
//! | `fact/{path}` | a map: writer to `{v, at}`. Writing puts yours and removes those you have seen. `{writer}/kept` names values that they saw and said both stay |
//! | `rows/{field}` | a map: `{row}` to its order, `{row}/gone` to who removed it |
//! | `alive/{field}/{row}` | a map: writer to when they last changed the row. Removing a row removes the marks seen, so a change made apart keeps the row |
//!
//! Everything is at the root, since two people who start the same nested value
//! apart would overwrite each other.

mod edit;
mod plain;
mod read;
mod touched;

pub use edit::Edit;
pub use read::MOST_TEXT;
pub use touched::Touched;

use crate::domain::sections::Section;
use crate::domain::values::Values;
use std::sync::Mutex;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update, WriteTxn};

/// A section's document.
pub struct Document {
    doc: Doc,
    section: &'static Section,
    touched: Mutex<Touched>,
    /// The text in which an edit made here put something last, and the clock of its end.
    typed: Option<(String, u32)>,
}

/// Why an update could not be applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// These bytes are no update, or hold what no section has.
    Broken,
    /// It builds on an update that isn't here. Ask for that first.
    Missing,
}

/// An update that came, looked at and not applied yet.
pub struct Offer {
    /// The clients whose writing in it is new to the document.
    pub news: Vec<u64>,
    update: Update,
    /// It builds on what isn't here.
    pub misses: bool,
}

impl Document {
    /// An empty document. `client` must be fresh for each load of a page and is
    /// never stored: two that write under one number diverge for ever.
    pub fn new(section: &'static Section, client: u64) -> Self {
        let options = Options {
            // Browsers count in UTF-16; other offsets can split a character.
            offset_kind: OffsetKind::Utf16,
            ..Options::with_guid_and_client_id("".into(), ClientID::new(client & ((1 << 53) - 1)))
        };
        Self { doc: Doc::with_options(options), section, touched: Mutex::new(Touched::All), typed: None }
    }

    pub fn section(&self) -> &'static Section {
        self.section
    }

    /// Applies an update made elsewhere. One that misses something is not kept
    /// waiting: it is refused, and comes again with what it misses.
    pub fn apply(&self, update: &[u8]) -> Result<(), Unfit> {
        let update = Update::decode_v1(update).map_err(|_| Unfit::Broken)?;
        if leaves_gap(&update, &self.doc.transact().state_vector()) {
            return Err(Unfit::Missing);
        }
        self.take(update)
    }

    /// Applies what another copy of this document holds, as it holds it: where that has
    /// a hole, as an older server let it have, this one gets it too.
    pub fn apply_copy(&self, state: &[u8]) -> Result<(), Unfit> {
        self.take(Update::decode_v1(state).map_err(|_| Unfit::Broken)?)
    }

    fn take(&self, update: Update) -> Result<(), Unfit> {
        let mut txn = self.doc.transact_mut();
        txn.apply_update(update).map_err(|_| Unfit::Broken)?;
        let misses = txn.has_missing_updates();
        if misses {
            txn.prune_pending();
        }
        self.note(&mut txn);
        if misses { Err(Unfit::Missing) } else { Ok(()) }
    }

    /// Whether both hold the same changes.
    pub fn is_level_with(&self, other: &Document) -> bool {
        // Not by their bytes: those have the writers in any order.
        self.doc.transact().state_vector() == other.doc.transact().state_vector()
    }

    /// What this document has, for the other side to answer.
    pub fn state_vector(&self) -> Vec<u8> {
        self.doc.transact().state_vector().encode_v1()
    }

    /// What a document with this state vector lacks.
    pub fn diff(&self, state_vector: &[u8]) -> Result<Vec<u8>, Unfit> {
        let theirs = StateVector::decode_v1(state_vector).map_err(|_| Unfit::Broken)?;
        Ok(self.doc.transact().encode_diff_v1(&theirs))
    }

    /// The whole document as one update.
    pub fn state(&self) -> Vec<u8> {
        self.doc.transact().encode_diff_v1(&StateVector::default())
    }

    /// Looks at an update before it is applied.
    pub fn offer(&self, update: &[u8]) -> Result<Offer, Unfit> {
        if !plain::is_plain(update) {
            return Err(Unfit::Broken);
        }
        let update = Update::decode_v1(update).map_err(|_| Unfit::Broken)?;
        let known = self.doc.transact().state_vector();
        let news = update
            .insertions(true)
            .iter()
            .filter_map(|(client, ranges)| Some((client, ranges.iter().next_back()?.end)))
            .filter(|(client, end)| *end > known.get(client))
            .map(|(client, _)| client.get())
            .collect();
        let misses = leaves_gap(&update, &known);
        Ok(Offer { news, update, misses })
    }

    /// Applies an update that was looked at, as `apply` does.
    pub fn accept(&self, offer: Offer) -> Result<(), Unfit> {
        if offer.misses { Err(Unfit::Missing) } else { self.take(offer.update) }
    }

    /// What the section says now. Fails where the document holds something that
    /// the section doesn't declare.
    pub fn read(&self) -> Result<Values, String> {
        read::read(&self.doc, self.section)
    }

    /// What the section says now; what isn't declared is left out.
    pub fn values(&self) -> Values {
        self.read().unwrap_or_default()
    }

    /// What stands at a path, also of a section of which this build has only the cover.
    pub fn words_at(&self, path: &str) -> String {
        read::words_at(&self.doc, path)
    }
}

/// Several updates that follow each other as one; nothing where one of them is none.
pub fn merged(updates: &[Vec<u8>]) -> Option<Vec<u8>> {
    let all: Option<Vec<_>> = updates.iter().map(|update| Update::decode_v1(update).ok()).collect();
    Some(Update::merge_updates(all?).encode_v1())
}

/// Whether an update leaves out earlier work of somebody whose later work it brings, or
/// takes away what isn't here. yrs would apply it around the hole, where a state vector
/// doesn't tell what is missing.
fn leaves_gap(update: &Update, known: &StateVector) -> bool {
    let brought = update.insertions(true);
    let mut reached = known.clone();
    for (client, ranges) in brought.iter() {
        for range in ranges.iter() {
            if range.start > reached.get(client) {
                return true;
            }
            reached.set_max(*client, range.end);
        }
    }
    let beyond = |client, end: Option<u32>| end.is_some_and(|end| end > reached.get(client));
    update.delete_set().iter().any(|(client, ranges)| beyond(client, ranges.iter().next_back().map(|last| last.end)))
}

#[cfg(test)]
mod tests;
