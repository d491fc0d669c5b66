//! Rows of the journal that nobody remembers: what they say is found again from the
//! documents that they go on from.

use crate::domain::plan::DocumentName;
use crate::server::db::DbError;
use crate::server::db::documents::{self, Accepted, Commit, Stored};
use crate::server::db::history::Recent;
use crate::sync::document::Document;
use crate::sync::packed::{self, Packed};
use sqlx::AnyConnection;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Nothing is written in this copy of a document, so its client number is never used.
const NOBODY: u64 = 0;

/// Puts what they say into the tables; nothing where one of them can't be read.
pub(super) async fn put(connection: &mut AnyConnection, recent: &Recent, rows: &[&[u8]]) -> Result<(), DbError> {
    let mut updates: BTreeMap<DocumentName, Vec<Packed>> = BTreeMap::new();
    for row in rows {
        let documents = packed::documents(row).ok_or_else(|| DbError::Unreadable("a row of the journal".into()))?;
        for (name, more) in documents {
            updates.entry(name).or_default().extend(more);
        }
    }
    let mut commits = Vec::with_capacity(updates.len());
    for (name, mut updates) in updates {
        updates.sort_by_key(|update| update.seq);
        let stored = documents::stored(&mut *connection, &name).await?;
        // What makes one document panic stops no other one.
        let read = catch_unwind(AssertUnwindSafe(|| commit(name, &stored, &updates)));
        commits.push(read.map_err(|_| DbError::Unreadable("updates in the journal".into()))??);
    }
    let commits: Vec<_> = commits.iter().collect();
    documents::put(connection, recent, &commits).await
}

/// What a room committed when it wrote these updates.
fn commit(name: DocumentName, stored: &Stored, updates: &[Packed]) -> Result<Commit, DbError> {
    let document = Document::new(name.section.section(), NOBODY);
    for part in &stored.parts {
        apply(&document, &name, part)?;
    }
    let mut values = document.values();
    let mut accepted = Vec::with_capacity(updates.len());
    // Numbered as they follow here: two servers that wrote apart gave one number twice.
    for (seq, update) in (stored.seq + 1..).zip(updates) {
        apply(&document, &name, update.bytes)?;
        let after = document.values();
        accepted.push(Arc::new(Accepted {
            seq,
            by: update.by.into(),
            at: update.at,
            bytes: update.bytes.to_vec(),
            new_clients: update.clients.clone(),
            changed: values.changes_to(&after),
            wishes: Vec::new(),
            told: Vec::new(),
        }));
        values = after;
    }
    let seq = stored.seq + updates.len() as i64;
    Ok(Commit { name, updates: accepted, values: values.into(), snapshot: None, seq })
}

/// A room tried it before. Where it doesn't apply now, what it goes on from is damaged, or
/// it is: in the tables it would keep the document from opening for good.
fn apply(document: &Document, name: &DocumentName, update: &[u8]) -> Result<(), DbError> {
    document.apply_copy(update).map_err(|_| DbError::Unreadable(format!("an update of {name} that doesn't apply")))
}
