//! The edits that a page can make, each one transaction.

use super::{Document, read};
use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::sections::Keeps;
use std::collections::HashMap;
use yrs::{Any, Assoc, GetString, ID, Map, MapRef, ReadTxn, StickyIndex, Text, Transact, TransactionMut, WriteTxn};

/// One edit, as a page makes it. Paths are those of `domain::values`.
#[derive(Clone, PartialEq, Debug)]
pub enum Edit {
    /// Replaces `delete` UTF-16 units of a text at `at` with `insert`.
    Splice {
        path: String,
        at: u32,
        delete: u32,
        insert: String,
    },
    /// Sets a fact to a value that its kind takes.
    Set {
        path: String,
        value: String,
    },
    /// Leaves a fact without a value.
    Clear {
        path: String,
    },
    /// Says of a fact that was changed apart that all the values that one sees stay.
    Keep {
        path: String,
    },
    AddRow {
        field: String,
        row: RowId,
        order: String,
    },
    MoveRow {
        field: String,
        row: RowId,
        order: String,
    },
    RemoveRow {
        field: String,
        row: RowId,
    },
    BringBack {
        field: String,
        row: RowId,
    },
}

/// How long one mark of life speaks for a row's further edits, in milliseconds:
/// each costs some 25 bytes for ever, so a burst of typing sets one.
const ALIVE_FOR: i64 = 5_000;

impl Edit {
    /// The field, part or row that the edit is about.
    pub fn path(&self) -> &str {
        match self {
            Edit::Splice { path, .. } | Edit::Set { path, .. } | Edit::Clear { path } | Edit::Keep { path } => path,
            Edit::AddRow { field, .. }
            | Edit::MoveRow { field, .. }
            | Edit::RemoveRow { field, .. }
            | Edit::BringBack { field, .. } => field,
        }
    }
}

impl Document {
    /// Makes an edit and answers its update, to be kept and sent; or a sentence
    /// where the section doesn't take it. An edit that changes nothing answers
    /// an empty update.
    pub fn edit(&mut self, edit: &Edit, by: &str, at: Moment) -> Result<Vec<u8>, String> {
        self.declared(edit)?;
        let mut txn = self.doc.transact_mut();
        match edit {
            Edit::Splice { path, at: index, delete, insert } => {
                splice(&mut txn, path, *index, *delete, insert);
                let written = txn.state_vector().get(&self.doc.client_id());
                self.typed = (!insert.is_empty() && written > 0).then(|| (path.clone(), written - 1));
                keep_row(&mut txn, path, by, at);
            }
            Edit::Set { path, value } => {
                let mine = Any::from(HashMap::from([
                    ("v".to_string(), Any::from(value.as_str())),
                    ("at".to_string(), Any::from(at.0 as f64)),
                ]));
                let fact = clear(&mut txn, path, Some(by));
                fact.insert(&mut txn, by, mine);
                keep_row(&mut txn, path, by, at);
            }
            Edit::Clear { path } => {
                clear(&mut txn, path, None);
                keep_row(&mut txn, path, by, at);
            }
            Edit::Keep { path } => {
                let seen = read::seen(&read::read_fact(&txn, &read::fact_root(path))?.0);
                let fact = txn.get_or_insert_map(read::fact_root(path));
                fact.insert(&mut txn, read::kept_key(by), seen.as_str());
                keep_row(&mut txn, path, by, at);
            }
            Edit::AddRow { field, row, order } | Edit::MoveRow { field, row, order } => {
                let rows = txn.get_or_insert_map(read::rows_root(field));
                rows.insert(&mut txn, row.to_string(), order.as_str());
                mark_alive(&mut txn, field, &row.to_string(), by, at);
            }
            Edit::RemoveRow { field, row } => {
                let alive = txn.get_or_insert_map(read::alive_root(field, &row.to_string()));
                alive.clear(&mut txn);
                let rows = txn.get_or_insert_map(read::rows_root(field));
                rows.insert(&mut txn, read::gone_key(&row.to_string()), by);
            }
            Edit::BringBack { field, row } => {
                let rows = txn.get_or_insert_map(read::rows_root(field));
                rows.remove(&mut txn, &read::gone_key(&row.to_string()));
                mark_alive(&mut txn, field, &row.to_string(), by, at);
            }
        }
        let update = txn.encode_update_v1();
        self.note(&mut txn);
        Ok(update)
    }

    /// The place in a text behind what an edit made here put into it last, whatever
    /// others put beside it.
    pub fn after_typed(&self, path: &str) -> Option<u32> {
        let (_, clock) = self.typed.as_ref().filter(|(typed, _)| typed == path)?;
        let last = StickyIndex::from_id(ID::new(self.doc.client_id(), *clock), Assoc::Before);
        Some(last.get_offset(&self.doc.transact())?.index)
    }

    /// Whether the section declares what the edit touches, and takes its value.
    fn declared(&self, edit: &Edit) -> Result<(), String> {
        let (path, keeps) = match edit {
            Edit::Splice { path, .. } => (path, Keeps::Text),
            Edit::Set { path, .. } | Edit::Clear { path } | Edit::Keep { path } => (path, Keeps::Fact),
            Edit::AddRow { field, .. }
            | Edit::MoveRow { field, .. }
            | Edit::RemoveRow { field, .. }
            | Edit::BringBack { field, .. } => (field, Keeps::Rows),
        };
        let field = self.section.at(path).filter(|field| field.kind.keeps() == keeps);
        let field = field.ok_or_else(|| "There is no such field in this part of the plan".to_string())?;
        match edit {
            Edit::Set { value, .. } => field.kind.check(value),
            _ => Ok(()),
        }
    }
}

fn splice(txn: &mut TransactionMut, path: &str, at: u32, delete: u32, insert: &str) {
    let text = txn.get_or_insert_text(read::text_root(path));
    // Counted here and not taken on trust: a place past the end would panic.
    let length = text.get_string(txn).encode_utf16().count() as u32;
    let at = at.min(length);
    let delete = delete.min(length - at);
    if delete > 0 {
        text.remove_range(txn, at, delete);
    }
    if !insert.is_empty() {
        text.insert(txn, at, insert);
    }
}

/// Removes the values of a fact that this document has seen, but for one writer's.
fn clear(txn: &mut TransactionMut, path: &str, but: Option<&str>) -> MapRef {
    let fact = txn.get_or_insert_map(read::fact_root(path));
    let seen: Vec<String> = fact.keys(txn).map(str::to_string).collect();
    for writer in seen.iter().filter(|writer| Some(writer.as_str()) != but) {
        fact.remove(txn, writer);
    }
    fact
}

/// An edit inside a row says that the row is alive.
fn keep_row(txn: &mut TransactionMut, path: &str, by: &str, at: Moment) {
    let mut steps = path.split('/');
    if let (Some(field), Some(row), Some(_)) = (steps.next(), steps.next(), steps.next()) {
        mark_alive(txn, field, row, by, at);
    }
}

fn mark_alive(txn: &mut TransactionMut, field: &str, row: &str, by: &str, at: Moment) {
    let alive = txn.get_or_insert_map(read::alive_root(field, row));
    let last = alive.get(txn, by).and_then(|mark| read::moment(&mark)).unwrap_or(Moment(i64::MIN));
    if at.0.saturating_sub(last.0) >= ALIVE_FOR {
        alive.insert(txn, by, at.0 as f64);
    }
}
