//! The Pupil Premium Plus ledger: what is asked for, for which target, who may take
//! it a step on, and how much of it fits. The virtual school holds the money and
//! spends it on needs in the plan (Pupil premium: virtual school heads'
//! responsibilities, DfE).

mod items;
mod line;
mod totals;

#[cfg(test)]
mod tests;

pub use items::Item;
pub use line::{Line, LineState, Request, Step, action_for, may_record, may_step, wrong_words};
pub use totals::{Caps, Committed, Sums, YearSummary, change, fits, per_child, summary};

use super::plan::Term;
use serde::{Deserialize, Serialize};

/// One term of one school year. A plan belongs to it; what a plan buys also belongs
/// to a financial year, and neither follows from the other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct SchoolTerm {
    /// The year in which the school year began.
    pub year: i32,
    pub term: Term,
}

impl SchoolTerm {
    /// "Spring term 2027", by the year that the calendar shows in that term.
    pub fn words(self) -> String {
        let year = if self.term == Term::Autumn { self.year } else { self.year.saturating_add(1) };
        format!("{} {year}", self.term.words())
    }
}
