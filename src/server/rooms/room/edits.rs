//! Edits that the server makes in a person's name, such as those of an import. They
//! travel as everybody's do: an update under a fresh client number.

use super::{Room, SERVER};
use crate::domain::access::{Action, Permit};
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use crate::domain::values::Values;
use crate::server::ids;
use crate::sync::document::{Document, Edit};
use crate::sync::judgement::judge;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Edits to one document, as somebody decided on them.
pub struct Edits {
    pub name: DocumentName,
    pub permit: Permit,
    /// What the section said when they decided. Where it says something else by now in
    /// a place that they edit, nothing is made of it.
    pub seen: Values,
    pub edits: Vec<Edit>,
}

/// Edits that a room can take.
pub struct Prepared {
    by: String,
    at: Moment,
    client: u64,
    bytes: Vec<u8>,
    after: Values,
}

const NOT_THEIRS: &str = "This part of the plan isn't yours to change";
const CHANGED: &str = "Somebody has changed one of the plans meanwhile. Look at the rows again";
const NOT_TAKEN: &str = "One of the plans could not take this. Look at the rows again";

impl Room {
    /// Makes edits on a copy and judges what comes of it. The room stays as it is.
    pub fn prepare(&self, edits: &Edits, at: Moment) -> Result<Prepared, String> {
        if edits.permit.action() != Action::Write(self.name.section) {
            return Err(NOT_THEIRS.into());
        }
        if !edits.edits.iter().all(|edit| stands(edit, &edits.seen, &self.values)) {
            return Err(CHANGED.into());
        }
        let made = catch_unwind(AssertUnwindSafe(|| self.made(edits, at)));
        made.unwrap_or_else(|_| Err(NOT_TAKEN.into()))
    }

    fn made(&self, edits: &Edits, at: Moment) -> Result<Prepared, String> {
        let (section, by) = (self.name.section.section(), edits.permit.by());
        let client = self.fresh_client();
        let mut copy = Document::new(section, client);
        copy.apply_copy(&self.document.state()).map_err(|_| NOT_TAKEN)?;
        for edit in &edits.edits {
            copy.edit(edit, by, at)?;
        }
        let bytes = copy.diff(&self.document.state_vector()).map_err(|_| NOT_TAKEN)?;
        let after = copy.read()?;
        judge(section, &self.values, &after, by)?;
        Ok(Prepared { by: by.into(), at, client, bytes, after })
    }

    /// Takes what was prepared, before anything else is taken.
    pub fn take(&mut self, prepared: Prepared) {
        let Prepared { by, at, client, bytes, after } = prepared;
        if self.document.apply(&bytes).is_err() {
            tracing::error!(document = %self.name, "edits that were prepared do not apply");
        }
        self.authors.push(None);
        let before = std::mem::replace(&mut self.values, after.into());
        self.accept(&by, bytes, at, vec![client], (&before, &self.values.clone()));
    }

    /// A number that nobody has written under here.
    fn fresh_client(&self) -> u64 {
        loop {
            let client = u64::from(u32::from_le_bytes(ids::random()));
            if client != SERVER && !self.owners.contains_key(&client) {
                return client;
            }
        }
    }
}

/// Whether what an edit is about is as it was seen.
fn stands(edit: &Edit, seen: &Values, now: &Values) -> bool {
    let path = edit.path();
    seen.text(path) == now.text(path)
        && seen.entries(path) == now.entries(path)
        && seen.rows.get(path) == now.rows.get(path)
}
