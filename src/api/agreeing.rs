//! How a plan is agreed: signed, looked at, sent back, closed, and put right afterwards.

use super::offered::Offered;
use super::{Answer, Change, Problem};
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PlanId, Role};
use crate::domain::quality::{Quality, Score};
use crate::domain::ready::Lack;
use crate::domain::sections::SectionId;

use crate::domain::voice::Verdict;
use crate::domain::workflow::Step;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// What a plan's page says of its way to being agreed, as one person may see it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Agreeing {
    /// What this person may do now, the main thing first.
    pub steps: Vec<Step>,
    /// The hash of what this person sees: a signature is for exactly that.
    pub seal: String,
    pub signatures: Vec<Signature>,
    /// Who agreed the plan, and when.
    #[serde(default)]
    pub agreed: Option<Done>,
    /// What is missing before this person can sign.
    pub lacks: Vec<Lack>,
    /// Why the plan was sent back or closed, where it was.
    pub reason: Option<Reason>,
    /// What arrived after the plan was closed, in the sections that this person reads.
    pub late: Vec<Change>,
    /// What is offered by people whose part had ended, in those sections.
    #[serde(default)]
    pub offered: Vec<Offered>,
    pub corrections: Vec<Correction>,
    /// The sections that this person may put right beside an agreed plan.
    pub may_correct: Vec<SectionId>,
    /// How good the virtual school finds the plan, for those who may know.
    pub scores: Option<Scores>,
    /// The plans before and after this one.
    pub before: Option<PlanId>,
    pub after: Option<PlanId>,
}

/// One person's signature.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Signature {
    pub by: String,
    pub role: Role,
    pub at: Moment,
    /// The sections that changed after it: it doesn't stand for them any more.
    pub changed: Vec<SectionId>,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Done {
    pub by: String,
    pub at: Moment,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Reason {
    pub by: String,
    pub at: Moment,
    pub words: String,
    pub sections: Vec<SectionId>,
}

/// Something put right after the plan was agreed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Correction {
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub role: Role,
    pub at: Moment,
}

/// The virtual school's view of a plan.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Scores {
    pub quality: Quality,
    /// Area, score and comment, as far as it was looked at.
    pub given: Vec<Score>,
    pub may_score: bool,
}

/// A step that someone wants to take.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Asked {
    pub step: Step,
    /// `Agreeing::seal`, for a signature.
    pub seal: String,
    pub reason: String,
    pub sections: Vec<SectionId>,
}

/// Moves a plan on. Nothing here is done offline: a signature that waits isn't one.
#[server(prefix = "/v1", endpoint = "step", input = Json, output = Answer)]
pub async fn take_step(plan: PlanId, asked: Asked) -> Result<(), Problem> {
    Desk::asked().await?.take_step(&plan, &asked).await
}

/// Says what becomes of something that a young person asked for.
#[server(prefix = "/v1", endpoint = "reply", output = Answer)]
pub async fn reply(
    plan: PlanId,
    answer: AnswerId,
    verdict: Verdict,
    why: String,
    /// The day by which it is to happen, or nothing.
    #[server(default)]
    due: String,
) -> Result<(), Problem> {
    Desk::asked().await?.reply(&plan, &answer, (verdict, &why), &due).await
}

/// Puts something right beside an agreed plan.
#[server(prefix = "/v1", endpoint = "correct", output = Answer)]
pub async fn correct(plan: PlanId, section: SectionId, words: String) -> Result<(), Problem> {
    Desk::asked().await?.correct(&plan, section, &words).await
}

/// Says how good one area of a plan is.
#[server(prefix = "/v1", endpoint = "score", input = Json, output = Answer)]
pub async fn give_score(plan: PlanId, score: Score) -> Result<(), Problem> {
    Desk::asked().await?.score(&plan, &score).await
}
