//! One line of the ledger: what is asked for, and the steps that it takes.

use super::SchoolTerm;
use crate::domain::access::Action;
use crate::domain::calendar::{Day, Moment};
use crate::domain::money::{FinancialYear, MOST, Pence};
use crate::domain::people::{ChildId, LineId, PlanId, RowId};
use crate::domain::sections::{LONG, SHORT, too_long};
use serde::{Deserialize, Serialize};

/// What somebody asks Pupil Premium Plus to pay for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The target of the plan that it is for. Money without a target isn't asked for.
    pub target: RowId,
    pub item: String,
    /// How many: sessions, weeks, copies.
    pub units: u32,
    pub unit_cost: Pence,
    pub provider: String,
    pub starts: Day,
    pub ends: Day,
    /// What it should change.
    pub expected: String,
    /// The row of the plan in which somebody had written it down before, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idea: Option<RowId>,
}

/// One line of the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    pub id: LineId,
    pub plan: PlanId,
    pub child: ChildId,
    pub asked: Request,
    /// The financial year in which it starts: its money comes from there.
    pub year: FinancialYear,
    /// The term of the plan that asks for it.
    pub term: SchoolTerm,
    pub state: LineState,
    /// A person's id.
    pub requested_by: String,
    pub requested_at: Moment,
    /// What it changed, once somebody has said so.
    pub actual: Option<String>,
}

/// Where a line stands. A reason says why it went no further.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    Requested,
    Approved,
    Paid,
    Declined(String),
    /// Taken back. The reason may be empty while nothing was agreed.
    Withdrawn(String),
}

/// What somebody does with a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    Approve,
    Decline(String),
    Pay,
    Withdraw(String),
}

impl Request {
    /// So many at this price; nothing where that is more than anybody means.
    pub fn total(&self) -> Option<Pence> {
        self.unit_cost.times(self.units).filter(|total| *total <= MOST)
    }

    /// What is wrong with it, by field, each in a sentence.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut wrong = wrong_words(&self.item, &self.provider, &self.expected);
        if self.units == 0 {
            wrong.push(("units", "Enter how many, at least 1".into()));
        }
        if self.unit_cost <= Pence(0) {
            wrong.push(("cost", "Enter what one costs, more than nothing".into()));
        } else if self.total().is_none() {
            wrong.push(("cost", format!("Together this is more than {MOST}. Check how many, and what one costs")));
        }
        if self.ends < self.starts {
            wrong.push(("ends", "The end is before the start. Check both dates".into()));
        }
        wrong
    }
}

/// What is wrong with the words of a request, by field: a form says it together with
/// what isn't a number or a date.
pub fn wrong_words(item: &str, provider: &str, expected: &str) -> Vec<(&'static str, String)> {
    let asked = [
        ("item", item, SHORT, "Say what is to be paid for"),
        ("provider", provider, SHORT, "Say who provides it"),
        ("expected", expected, LONG, "Say what it should change for this child"),
    ];
    let wrong = asked.into_iter().filter_map(|(field, text, most, empty)| match text.trim().is_empty() {
        true => Some((field, empty.to_string())),
        false => too_long(text.encode_utf16().count(), most).map(|sentence| (field, sentence)),
    });
    wrong.collect()
}

impl Line {
    /// A line as it begins: asked for, under both of its keys.
    pub fn new(
        id: LineId,
        plan: PlanId,
        child: ChildId,
        term: SchoolTerm,
        asked: Request,
        by: &str,
        requested_at: Moment,
    ) -> Self {
        let (year, state) = (FinancialYear::of(asked.starts), LineState::Requested);
        Self { id, plan, child, asked, year, term, state, requested_by: by.to_string(), requested_at, actual: None }
    }

    pub fn total(&self) -> Option<Pence> {
        self.asked.total()
    }
}

impl LineState {
    /// The name in the database.
    pub fn id(&self) -> &'static str {
        match self {
            LineState::Requested => "requested",
            LineState::Approved => "approved",
            LineState::Paid => "paid",
            LineState::Declined(_) => "declined",
            LineState::Withdrawn(_) => "withdrawn",
        }
    }

    /// A state from its name and its reason.
    pub fn read(id: &str, reason: String) -> Result<Self, String> {
        match id {
            "requested" => Ok(LineState::Requested),
            "approved" => Ok(LineState::Approved),
            "paid" => Ok(LineState::Paid),
            "declined" => Ok(LineState::Declined(reason)),
            "withdrawn" => Ok(LineState::Withdrawn(reason)),
            other => Err(format!("{other} is not a state of a line")),
        }
    }

    /// The words on the page.
    pub fn words(&self) -> &'static str {
        match self {
            LineState::Requested => "Asked for",
            LineState::Approved => "Agreed",
            LineState::Paid => "Paid",
            LineState::Declined(_) => "Declined",
            LineState::Withdrawn(_) => "Withdrawn",
        }
    }

    /// Why it went no further, where somebody said so.
    pub fn reason(&self) -> Option<&str> {
        match self {
            LineState::Declined(reason) | LineState::Withdrawn(reason) => Some(reason).filter(|why| !why.is_empty()),
            LineState::Requested | LineState::Approved | LineState::Paid => None,
        }
        .map(String::as_str)
    }

    /// Whether it is asked for still, or agreed. An idea is asked for once at a time: what
    /// was declined or withdrawn may be asked for anew.
    pub fn stands(&self) -> bool {
        matches!(self, LineState::Requested) || self.is_committed()
    }

    /// Whether its money is spoken for.
    pub fn is_committed(&self) -> bool {
        matches!(self, LineState::Approved | LineState::Paid)
    }
}

/// What a step is, for the judge of rights: to take back what nobody has agreed is
/// part of asking; all else is deciding.
pub fn action_for(state: &LineState, step: &Step) -> Action {
    match (state, step) {
        (LineState::Requested, Step::Withdraw(_)) => Action::RequestGrant,
        _ => Action::DecideGrant,
    }
}

/// Where a step by somebody who has the right to it leads, or why it can't be taken.
pub fn may_step(line: &Line, step: &Step, by: &str) -> Result<LineState, String> {
    match (&line.state, step) {
        (LineState::Requested, Step::Approve) => Ok(LineState::Approved),
        (LineState::Requested, Step::Decline(reason)) => reasoned(reason).map(LineState::Declined),
        (LineState::Requested, Step::Withdraw(reason)) if line.requested_by == by => {
            short(reason).map(LineState::Withdrawn)
        }
        (LineState::Requested, Step::Withdraw(_)) => {
            Err("Only whoever asked for this can take it back. The virtual school can decline it".into())
        }
        (LineState::Approved, Step::Pay) => Ok(LineState::Paid),
        (LineState::Approved, Step::Withdraw(reason)) => reasoned(reason).map(LineState::Withdrawn),
        (LineState::Requested, Step::Pay) => Err("This has to be agreed before it is paid".into()),
        (state, _) => Err(format!("This can't be done any more: this line is {} now", state.words().to_lowercase())),
    }
}

/// Whether it can be said what a line changed: only what was agreed changes anything.
pub fn may_record(line: &Line, words: &str) -> Result<(), String> {
    match line.state.is_committed() {
        true => too_long(words.encode_utf16().count(), LONG).map_or(Ok(()), Err),
        false => Err("What it changed can be written once it is agreed".into()),
    }
}

fn reasoned(reason: &str) -> Result<String, String> {
    match reason.trim().is_empty() {
        true => Err("Say why, so that the others know what to do next".into()),
        false => short(reason),
    }
}

fn short(reason: &str) -> Result<String, String> {
    let reason = reason.trim();
    too_long(reason.encode_utf16().count(), LONG).map_or_else(|| Ok(reason.to_string()), Err)
}
