//! The copies of a plan that people can hold: who gets which, and where it is.

use super::people::PlanId;
use serde::{Deserialize, Serialize};

/// What is on a copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyKind {
    /// Everything that the asker may read and that may be on paper.
    Whole,
    /// For the young person to keep: what they shared with the asker, and what comes
    /// of it, in words and pictures for their age.
    YoungPersons,
    /// For people outside the team, without anything that tells where the child is.
    Familys,
}

impl CopyKind {
    pub const ALL: [CopyKind; 3] = [CopyKind::Whole, CopyKind::YoungPersons, CopyKind::Familys];

    /// The end of its address, which also names the file: never with a child's name,
    /// since files lie about on shared computers.
    pub fn file(self) -> &'static str {
        match self {
            CopyKind::Whole => "plan.pdf",
            CopyKind::YoungPersons => "young-person.pdf",
            CopyKind::Familys => "family.pdf",
        }
    }

    pub fn path(self, plan: &PlanId) -> String {
        format!("/plans/{plan}/{}", self.file())
    }

    /// What the link says, with the child's name.
    pub fn words(self, name: &str) -> String {
        match self {
            CopyKind::Whole => "The plan".into(),
            CopyKind::YoungPersons => format!("{name}’s own copy"),
            CopyKind::Familys => "A family copy".into(),
        }
    }

    /// What is on it, in a sentence.
    pub fn about(self, name: &str) -> String {
        match self {
            CopyKind::Whole => "What you may read, without private details and scores.".into(),
            CopyKind::YoungPersons => {
                format!("What {name} shared with you, and what comes of it. In large print with pictures, to keep.")
            }
            CopyKind::Familys => {
                format!("For people outside the team. It doesn’t tell where {name} lives or goes to school.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_copys_address_is_another_pages() {
        let plan = PlanId::new(uuid::Uuid::nil());
        let paths: std::collections::HashSet<_> = CopyKind::ALL.iter().map(|kind| kind.path(&plan)).collect();
        assert_eq!(paths.len(), CopyKind::ALL.len());
        assert!(CopyKind::ALL.iter().all(|kind| kind.file().parse::<crate::domain::sections::SectionId>().is_err()));
    }
}
