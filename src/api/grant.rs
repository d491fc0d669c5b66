//! The ledger of Pupil Premium Plus, as pages ask for it.

use super::{Page, Problem};
use crate::domain::grant::{Item, Line, Request, Step, YearSummary};
use crate::domain::money::Pence;
use crate::domain::people::{LineId, PlanId, RowId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use serde::{Deserialize, Serialize};

/// The ledger of a plan: all of it, or for a carer what it pays for, without prices.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GrantPage {
    Ledger(Ledger),
    Items(Items),
}

/// The ledger as those see it who ask for money or decide about it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ledger {
    pub plan: PlanId,
    pub name: String,
    /// Whether this person may ask for something, and the plan takes it.
    pub may_request: bool,
    pub may_decide: bool,
    /// This financial year, and others that lines of this plan are in. From all of
    /// the child's plans.
    pub years: Vec<YearSummary>,
    pub targets: Vec<Target>,
    /// What the plan says that it could pay for, as far as this person may read it.
    pub ideas: Vec<Idea>,
    pub lines: Vec<LedgerLine>,
}

/// The ledger as a carer sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Items {
    pub plan: PlanId,
    pub name: String,
    pub targets: Vec<Target>,
    pub items: Vec<Item>,
}

/// A target of the plan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Target {
    pub id: RowId,
    /// What will change. Empty where nobody has written it yet.
    pub what: String,
    /// Whether it is in the plan still, so that something can be asked for it.
    pub is_there: bool,
}

/// Something that it could pay for, as somebody wrote it into the plan. What nobody has
/// written yet is empty.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Idea {
    pub id: RowId,
    pub what: String,
    /// For which target or need.
    pub need: String,
    /// About how many pounds.
    pub about: String,
    /// How we will know that it helped.
    pub expected: String,
}

/// One line, with what this person may do with it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LedgerLine {
    pub line: Line,
    /// So many at this price.
    pub total: Pence,
    /// The name of whoever asked.
    pub by: String,
    /// This person asked for it, and nobody has agreed it yet.
    pub may_take_back: bool,
    /// This person may say what it changed.
    pub may_record: bool,
}

#[server(name = GrantOfPlan, prefix = "/v1", endpoint = "grant", input = GetUrl, output = Json)]
pub async fn grant(plan: PlanId) -> Result<Page, Problem> {
    use crate::server::desk::Desk;
    Ok(Page::of(&Desk::asked().await?.grant(&plan).await?))
}

/// Asks for something. The page gives the line its id, so that asking again after a
/// lost answer asks once.
#[server(name = AskForGrant, prefix = "/v1", endpoint = "grant-request", input = Json)]
pub async fn ask_for_grant(plan: PlanId, line: LineId, asked: Request) -> Result<(), Problem> {
    use crate::server::desk::Desk;
    Desk::asked().await?.ask_for_grant(&plan, line, asked).await
}

/// Agrees, declines, pays or withdraws a line.
#[server(name = StepGrant, prefix = "/v1", endpoint = "grant-step", input = Json)]
pub async fn step_grant(plan: PlanId, line: LineId, step: Step) -> Result<(), Problem> {
    use crate::server::desk::Desk;
    Desk::asked().await?.step_grant(&plan, &line, &step).await
}

/// Says what a line changed, in place of what this person saw there.
#[server(name = RecordGrant, prefix = "/v1", endpoint = "grant-impact", input = Json)]
pub async fn record_grant(plan: PlanId, line: LineId, was: String, words: String) -> Result<(), Problem> {
    use crate::server::desk::Desk;
    Desk::asked().await?.record_grant(&plan, &line, &was, &words).await
}
