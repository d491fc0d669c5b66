//! The document as it is committed. Nobody looks at it at each update, and many updates
//! together are applied for a fraction of what each by itself costs; so they wait until
//! somebody does.

use crate::domain::plan::DocumentName;
use crate::sync::document::Document;

/// So many wait at the most, and so many bytes of them: whoever comes in then waits for no
/// more than a moment.
const MOST_BEHIND: usize = 256;
const MOST_BYTES: usize = 64 << 10;

/// A committed document, and what of it isn't applied yet.
pub struct Committed {
    name: DocumentName,
    document: Document,
    behind: Vec<Vec<u8>>,
    bytes: usize,
}

impl Committed {
    pub fn new(name: DocumentName, document: Document) -> Self {
        Self { name, document, behind: Vec::new(), bytes: 0 }
    }

    /// An update is committed.
    pub fn follow(&mut self, update: Vec<u8>) {
        self.bytes += update.len();
        self.behind.push(update);
        if self.behind.len() >= MOST_BEHIND || self.bytes >= MOST_BYTES {
            self.document();
        }
    }

    /// The document, with all that is committed.
    pub fn document(&mut self) -> &Document {
        if !self.behind.is_empty() && self.document.apply_copies(&self.behind).is_err() {
            tracing::error!(document = %self.name, "committed updates do not apply to the live document");
        }
        self.behind.clear();
        self.bytes = 0;
        &self.document
    }
}
