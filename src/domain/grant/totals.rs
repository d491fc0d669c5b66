//! What lines come to, and what the authority's limits leave. The limit is the
//! authority's setting: the grant isn't a budget for each child, and how much is
//! given is not the same everywhere.

use super::{Line, LineState, SchoolTerm};
use crate::domain::money::{FinancialYear, Pence};
use crate::domain::people::ChildId;
use crate::domain::sorted::sorted;
use serde::{Deserialize, Serialize};

/// The most that may be agreed for one child.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Caps {
    /// In a financial year.
    pub year: Pence,
    /// For the plan of one term, where the authority has such a limit.
    pub term: Option<Pence>,
}

/// What is agreed for one child already.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Committed {
    pub year: Pence,
    pub term: Pence,
}

/// What lines come to, by where they stand. What was declined or withdrawn costs
/// nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sums {
    pub requested: Pence,
    /// Agreed and not yet paid.
    pub approved: Pence,
    pub paid: Pence,
}

/// One child's financial year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct YearSummary {
    pub year: FinancialYear,
    /// The most that may be agreed.
    pub allocated: Pence,
    pub sums: Sums,
    /// The same by term, in their order.
    pub terms: Vec<(SchoolTerm, Sums)>,
}

impl Sums {
    /// Nothing where the lines come to more than can be counted.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Option<Self> {
        let mut sums = Sums::default();
        for line in lines {
            let total = line.total()?;
            let sum = match line.state {
                LineState::Requested => &mut sums.requested,
                LineState::Approved => &mut sums.approved,
                LineState::Paid => &mut sums.paid,
                LineState::Declined(_) | LineState::Withdrawn(_) => continue,
            };
            *sum = sum.plus(total)?;
        }
        Pence::sum([sums.requested, sums.approved, sums.paid])?;
        Some(sums)
    }

    /// What is spoken for: agreed, whether it is paid or not.
    pub fn committed(self) -> Pence {
        Pence(self.approved.0.saturating_add(self.paid.0))
    }
}

impl YearSummary {
    /// What can still be agreed; below zero where the limit was lowered since.
    pub fn left(&self) -> Pence {
        Pence(self.allocated.0.saturating_sub(self.sums.committed().0))
    }

    /// "2026 to 2027: £1,200.00 agreed, £300.00 of it paid, £1,430.00 of £2,630.00 left."
    pub fn words(&self) -> String {
        let (agreed, paid, left) = (self.sums.committed(), self.sums.paid, self.left());
        let rest = match left < Pence(0) {
            true => format!("{} more than the {} there is", left.size(), self.allocated),
            false => format!("{left} of {} left", self.allocated),
        };
        format!("{}: {agreed} agreed, {paid} of it paid, {rest}.", self.year.words())
    }
}

/// A child's financial year, from all of the child's lines.
pub fn summary<'a>(
    lines: impl IntoIterator<Item = &'a Line>,
    year: FinancialYear,
    allocated: Pence,
) -> Option<YearSummary> {
    let lines: Vec<_> = lines.into_iter().filter(|line| line.year == year).collect();
    let mut terms: Vec<SchoolTerm> = sorted(lines.iter().map(|line| line.term), |a, b| a > b);
    terms.dedup();
    let of_term = |term: SchoolTerm| {
        let lines = lines.iter().copied().filter(|line| line.term == term);
        Some((term, Sums::of(lines)?))
    };
    let terms = terms.into_iter().map(of_term).collect::<Option<Vec<_>>>()?;
    Some(YearSummary { year, allocated, sums: Sums::of(lines)?, terms })
}

/// The financial year of each child who has lines, in the order of their ids.
pub fn per_child(lines: &[Line], year: FinancialYear, allocated: Pence) -> Option<Vec<(ChildId, YearSummary)>> {
    let mut children: Vec<&ChildId> = sorted(lines.iter().map(|line| &line.child), |a, b| a > b);
    children.dedup();
    let of_child = |child: &ChildId| {
        let lines = lines.iter().filter(|line| line.child == *child);
        Some((child.clone(), summary(lines, year, allocated)?))
    };
    children.into_iter().map(of_child).collect()
}

/// By how much a step changes what is agreed.
pub fn change(from: &LineState, to: &LineState, total: Pence) -> Pence {
    match (from.is_committed(), to.is_committed()) {
        (false, true) => total,
        (true, false) => Pence(-total.0),
        (true, true) | (false, false) => Pence(0),
    }
}

/// Whether a line can be agreed on top of what is agreed already; if not, how much
/// is left.
pub fn fits(line: &Line, committed: Committed, caps: Caps) -> Result<(), String> {
    let total = line.total().ok_or("This line costs more than can be counted. Decline it")?;
    within(total, committed.year, caps.year, &format!("in the financial year {}", line.year.words()))?;
    match caps.term {
        Some(cap) => within(total, committed.term, cap, &format!("for the {}", line.term.words())),
        None => Ok(()),
    }
}

fn within(total: Pence, committed: Pence, cap: Pence, when: &str) -> Result<(), String> {
    match cap.minus(committed) {
        Some(left) if total <= left => Ok(()),
        Some(left) if left > Pence(0) => {
            Err(format!("This costs {total}, and {left} of {cap} is left for this child {when}"))
        }
        _ => Err(format!("Nothing is left for this child {when}: all of {cap} is agreed already")),
    }
}
