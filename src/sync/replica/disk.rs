//! What the disk is asked for, and what follows from its answer.

use super::{Gathered, Replica};
use crate::domain::plan::DocumentName;

impl Replica {
    /// Whether there are changes that neither the server nor the disk has.
    pub fn has_to_store(&self) -> bool {
        !self.to_store.is_empty()
    }

    /// What gathered for the disk: changes, copies that lack something, and what
    /// those copies hold. Nothing where there is none, or the disk hasn't answered yet.
    pub fn gather(&mut self) -> Option<Gathered> {
        if self.storing {
            self.again = true;
            return None;
        }
        let changes = std::mem::take(&mut self.to_store);
        let mut copies = Vec::new();
        // A change builds on what the server has: the copy goes with it.
        for (name, held) in self.documents.iter_mut().filter(|(_, held)| held.stale_copy && held.complete) {
            held.stale_copy = false;
            copies.push((name.clone(), held.document.state()));
        }
        let safe = std::mem::take(&mut self.to_remove);
        self.storing = !(changes.is_empty() && copies.is_empty() && safe.is_empty());
        self.storing.then_some(Gathered { changes, copies, safe })
    }

    /// Whether the disk, now that it has answered, has more to do.
    pub fn stores_again(&mut self) -> bool {
        std::mem::take(&mut self.again)
    }

    /// The disk did what it was asked. Answers what other tabs may hear now.
    pub fn stored(&mut self, gathered: &Gathered) -> Vec<(DocumentName, Vec<u8>)> {
        self.storing = false;
        self.outbox.storage(true);
        gathered.changes.iter().for_each(|(number, _, _)| self.outbox.stored(*number));
        gathered.changes.iter().filter_map(|(number, _, _)| self.to_tell.remove(number)).collect()
    }

    /// The disk refused.
    pub fn not_stored(&mut self, gathered: Gathered) {
        self.storing = false;
        // Kept in order before what gathered meanwhile.
        let newer = std::mem::replace(&mut self.to_store, gathered.changes);
        self.to_store.extend(newer);
        self.to_remove.extend(gathered.safe);
        self.documents.iter_mut().for_each(|(_, held)| held.stale_copy = true);
        self.outbox.storage(false);
    }
}
