//! What the disk is asked for, and what follows from its answer.

use super::{Gathered, Held, Replica};
use crate::domain::plan::DocumentName;

impl Replica {
    /// Whether nothing is lost where a document is let go of: the server and the disk have
    /// all of it.
    pub fn is_elsewhere(&self, name: &DocumentName) -> bool {
        let is_whole = |held: &Held| held.complete && !held.stale_copy && held.early.is_empty();
        self.documents.get(name).is_some_and(is_whole)
            && !self.outbox.is_unsent(name)
            && self.outbox.refusal(name).is_none()
            && !self.to_tell.values().any(|(of, _)| of == name)
    }

    /// Lets go of a document that the server and the disk have. Should the disk have lost
    /// some of it after all, nothing is written again under its number.
    pub fn close(&mut self, name: &DocumentName, fresh: u64) {
        self.client = fresh;
        self.documents.remove(name);
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::people::PlanId;
    use crate::domain::sections::SectionId;
    use crate::sync::document::Edit;
    use crate::sync::outbox::Link;
    use crate::sync::protocol::Message;

    const NOW: Moment = Moment(1_795_000_000_000);

    #[test]
    fn a_document_is_let_go_of_only_once_the_server_and_the_disk_have_all_of_it() {
        let name = DocumentName { plan: PlanId::new(uuid::Uuid::nil()), section: SectionId::Progress };
        let mut replica = Replica::new(7);
        let stored = |replica: &mut Replica| {
            let gathered = replica.gather().unwrap();
            replica.stored(&gathered);
        };
        replica.hold(&name, None, &[]);
        assert!(!replica.is_elsewhere(&name), "it isn't known what the server has");
        replica.linked(Link::Open);
        replica.hear(&name, Message::Allowed { writes: true }, NOW);
        replica.hear(&name, Message::Step2(vec![0, 0]), NOW);
        replica.hear(&name, Message::Step1(vec![0]), NOW);
        assert!(!replica.is_elsewhere(&name), "the disk hasn't been asked");
        stored(&mut replica);
        assert!(replica.is_elsewhere(&name));

        let edit = Edit::Splice { path: "strengths".into(), at: 0, delete: 0, insert: "Reads".into() };
        let made = replica.edit(&name, &edit, "ruth", NOW).unwrap();
        replica.journalled(&made, vec![1]);
        stored(&mut replica);
        assert!(!replica.is_elsewhere(&name), "the server doesn't have it");
        replica.outbox.sent(&name, NOW);
        replica.hear(&name, Message::Status(true), NOW);
        assert!(!replica.is_elsewhere(&name), "the disk's copy lacks it");
        stored(&mut replica);
        assert!(replica.is_elsewhere(&name));

        replica.close(&name, 8);
        replica.hold(&name, None, &[]);
        assert_eq!(replica.documents.get(&name).unwrap().client, 8);
    }
}
