//! One person's view of a plan, from the whole of it.

use super::file::File;
use crate::domain::people::PersonId;
use crate::domain::sections::SectionId;

/// What somebody may see, as `access::decide` said it.
pub struct View {
    pub person: PersonId,
    pub sections: Vec<SectionId>,
    /// How good the plan was found, and why it was sent back or closed.
    pub quality: bool,
    pub money: bool,
}

impl File {
    /// What one person may see of the plan, and nothing of the rest: neither a hash of
    /// it nor a name from it.
    pub fn seen_by(mut self, view: &View) -> Self {
        let sees = |section: &SectionId| view.sections.contains(section);
        self.complete = false;
        self.seen_by = Some(view.person.clone());
        self.sections.retain(|part| sees(&part.section));
        self.history.retain(|change| sees(&change.section));
        self.late_edits.retain(|change| sees(&change.section));
        self.offered.retain(|offered| sees(&offered.section));
        self.addenda.retain(|addendum| sees(&addendum.section));
        for signature in &mut self.signatures {
            if signature.sections.iter().any(|signed| !sees(&signed.section)) {
                signature.hash = None;
            }
            signature.sections.retain(|signed| sees(&signed.section));
        }
        if !view.quality {
            self.quality.clear();
            self.steps.clear();
        }
        if !view.money {
            self.grant.clear();
        }
        // With whom else the young person shared it is theirs to say.
        self.shared.retain(|answer| answer.with.contains(&view.person));
        for answer in &mut self.shared {
            answer.with.retain(|person| *person == view.person);
        }
        let names = self.names();
        self.people.retain(|person| names.contains(&person.id.to_string()));
        self
    }
}
