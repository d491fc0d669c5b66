//! What a young person's words come to: what they hear of it, on their own page alone,
//! what adults do when they ask to take something back, and how adults who know its
//! language pass it on.

use super::{Answer, Page, Problem};
use crate::domain::calendar::Day;
use crate::domain::people::{AnswerId, PlanId};
use crate::domain::voice::{Made, Reply, Seen};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::domain::calendar::Moment;
#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// What a young person hears: nothing of it is on a tablet before their pictures are
/// given.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Heard {
    /// The meeting has begun: what was shared can be asked back, and no longer taken.
    pub opened: bool,
    /// What they asked for and has a reply, this plan's first.
    pub came: Vec<Came>,
    /// What they asked to take back.
    pub taken: Vec<Taken>,
    /// What they said last time.
    pub last: Vec<Said>,
    /// The plan that was made for them, once its meeting has been.
    pub plan: Option<MyPlan>,
}

/// Something that they asked for, with what comes of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Came {
    pub answer: AnswerId,
    pub asked: Said,
    /// It was asked for the plan before this one.
    pub before: bool,
    pub reply: Reply,
    /// Whom what they say to it goes to, by name.
    pub hears: Vec<String>,
}

/// An answer of theirs.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    pub question: String,
    pub pick: String,
    pub words: String,
    /// Missing in copies that a device kept from before.
    #[serde(default, skip_serializing_if = "Made::is_nothing")]
    pub made: Made,
}

/// Something that they asked to take back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Taken {
    pub question: String,
    /// Those who still see it, by name.
    pub with: Vec<String>,
    /// Who closed it for everyone, and on which day.
    pub hidden: Option<(String, Day)>,
}

/// A plan in a few plain words: what young people may read of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MyPlan {
    pub plan: PlanId,
    /// It is the plan before this one.
    pub before: bool,
    pub agreed: String,
    pub working_on: Vec<WorkingOn>,
    pub promises: Vec<Promise>,
    /// What they last said to it.
    pub seen: Option<Seen>,
    /// Whom what they say to it goes to, by name.
    pub hears: Vec<String>,
}

/// Something they are working on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct WorkingOn {
    /// The name of a drawing.
    pub picture: Option<String>,
    pub what: String,
    /// The help with it.
    pub help: String,
    pub who: String,
    /// By when. Missing in copies that a device kept from before.
    #[serde(default)]
    pub day: Option<Day>,
}

/// What somebody promised to do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Promise {
    pub what: String,
    pub who: String,
    #[serde(default)]
    pub day: Option<Day>,
    pub done: bool,
}

/// What an adult reads of a young person's answer to a reply that isn't theirs to read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SaidBack {
    /// Who replied.
    pub to: String,
    /// Whether it is OK with them; none where they aren't sure.
    pub ok: Option<bool>,
    pub words: String,
    pub on: Day,
}

/// What a young person hears. `pass` is what their pictures gave, where they have some:
/// sent in the body, since addresses are kept in logs.
#[server(name = HearNow, prefix = "/v1", endpoint = "heard", output = Answer)]
pub async fn heard(pass: String) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.heard(&pass).await?))
}

/// Closes what a young person asked to take back.
#[server(name = HideAnswer, prefix = "/v1", endpoint = "hide", output = Answer)]
pub async fn hide(plan: PlanId, answer: AnswerId) -> Result<(), Problem> {
    Desk::asked().await?.hide(&plan, &answer).await
}

/// Adds what a shared answer says in another language, with the name of who adds it.
#[server(name = TranslateAnswer, prefix = "/v1", endpoint = "translate", output = Answer)]
pub async fn translate(plan: PlanId, answer: AnswerId, words: String) -> Result<(), Problem> {
    Desk::asked().await?.translate(&plan, &answer, &words).await
}

/// Says the reply that was given then in the language of the answer: the young person
/// reads that first.
#[server(name = SayReply, prefix = "/v1", endpoint = "say-reply", output = Answer)]
pub async fn say_reply(plan: PlanId, answer: AnswerId, to: i64, words: String) -> Result<(), Problem> {
    Desk::asked().await?.say_reply(&plan, &answer, Moment(to), &words).await
}
