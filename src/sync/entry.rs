//! An unsent change as the journal and the disk keep it.

use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use serde::{Deserialize, Serialize};

/// What stands before an unsent change's bytes.
#[derive(Serialize, Deserialize)]
struct Head {
    document: DocumentName,
    path: String,
    at: Moment,
}

/// A change that an earlier load left here, unsent.
pub struct Left {
    pub entry: String,
    pub document: DocumentName,
    pub path: String,
    pub at: Moment,
    pub update: Vec<u8>,
    /// As the journal keeps it, where the disk doesn't have it yet.
    pub journalled: Option<Vec<u8>>,
}

/// A change as it is kept: a line of JSON, and the update's bytes.
pub fn record(document: &DocumentName, path: &str, at: Moment, update: &[u8]) -> Vec<u8> {
    let head = Head { document: document.clone(), path: path.into(), at };
    let mut record = serde_json::to_vec(&head).unwrap_or_default();
    record.push(b'\n');
    record.extend_from_slice(update);
    record
}

/// Reads what `record` made; nothing where it is something else.
pub fn read_record(entry: String, record: &[u8]) -> Option<Left> {
    let end = record.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_str(std::str::from_utf8(&record[..end]).ok()?).ok()?;
    let update = record[end + 1..].to_vec();
    Some(Left { entry, document: head.document, path: head.path, at: head.at, update, journalled: None })
}
