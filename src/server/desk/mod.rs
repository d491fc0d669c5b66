//! The desk: who answers a page's questions. It knows who is asking, asks
//! `access::decide` about every read and write, and turns what goes wrong into
//! words. It has no rules of its own.

mod agreed;
mod agreeing;
mod cards;
mod changes;
mod copies;
mod door;
mod dues;
mod export;
mod grants;
mod heard;
mod history;
mod home;
mod import;
mod meeting;
mod meeting_mode;
mod occasions;
mod offered;
mod pictures;
mod plan;
mod settings;
mod sitting;
mod team;
mod translated;
mod words;

use super::auth::{Asker, actor_from_cookie};
use super::db::plans::{self, Plan};
use super::db::{DbError, documents};
use super::state::AppState;
use super::{clock, security};
use crate::api::{Me, Problem, Sentence, Why};
use crate::domain::access::{self, Action, Actor, Permit, Refusal};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{PersonId, PlanId, Relationship};
use crate::domain::sections::SectionId;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::context::use_context;
use leptos_axum::ResponseOptions;
use std::fmt::Display;

/// One question, and the one who asks it.
pub struct Desk {
    state: AppState,
    asker: Asker,
    response: Option<ResponseOptions>,
    /// The request's number, for the log.
    request: String,
    now: Moment,
    today: Day,
}

impl Desk {
    /// The desk for the request that is being answered.
    pub async fn asked() -> Result<Self, Problem> {
        // Before the first await: contexts belong to the task that has them.
        let (state, parts) = (use_context::<AppState>(), use_context::<Parts>());
        let response = use_context::<ResponseOptions>();
        let (Some(state), Some(parts)) = (state, parts) else {
            let request = super::ids::request();
            tracing::error!(%request, "a question came without a request: its route provides no context");
            return Err(Problem::Trouble(request));
        };
        let mut desk = Self::at(state, &parts).await?;
        desk.response = response;
        Ok(desk)
    }

    /// The desk for a request that is no page's, such as a file's.
    pub async fn at(state: AppState, parts: &Parts) -> Result<Self, Problem> {
        let request = security::request_id(&parts.extensions);
        let asker = actor_from_cookie(&state, &parts.headers).await.or_trouble(&request)?;
        let now = clock::now();
        Ok(Self { state, asker, response: None, request, now, today: now.day() })
    }

    pub fn me(&self) -> Me {
        match (&self.asker.actor, &self.asker.person) {
            (None, _) => Me::Nobody,
            (Some(_), Some(id)) => Me::Adult { id: id.clone(), name: self.asker.name.clone() },
            (Some(_), None) => Me::Sitting,
        }
    }

    /// Whoever is asking; nobody has to sign in first.
    fn actor(&self) -> Result<&Actor, Problem> {
        self.asker.actor.as_ref().ok_or(Problem::SignIn)
    }

    /// The adult who is asking. A tablet that was handed over shows My voice and
    /// nothing else: to take it back, an adult signs in.
    fn adult(&self) -> Result<(&PersonId, &[Relationship]), Problem> {
        match self.actor()? {
            Actor::Adult { person, relationships } => Ok((person, relationships)),
            Actor::Sitting { .. } => Err(Problem::SignIn),
        }
    }

    /// A plan, and the permit to do this with it.
    async fn open(&self, plan: &PlanId, action: Action) -> Result<(Plan, Permit), Problem> {
        let actor = self.actor()?;
        let plan = plans::find(&self.state.db, plan).await.or_trouble(&self.request)?.ok_or(Problem::NotFound)?;
        let permit = self.decide(actor, action, &plan).map_err(refused)?;
        Ok((plan, permit))
    }

    fn may(&self, action: Action, plan: &Plan) -> bool {
        self.asker.actor.as_ref().is_some_and(|actor| self.decide(actor, action, plan).is_ok())
    }

    fn decide(&self, actor: &Actor, action: Action, plan: &Plan) -> Result<Permit, Refusal> {
        access::decide_in(plan.phase(), actor, action, (&plan.child, &plan.id), self.today)
    }

    /// The sections that the asker may read, in order: those that the plan has at the child's
    /// age, and of the others each in which something is written. A child may move up a year
    /// before the plan is agreed, and what was written until then stays in it.
    async fn readable(&self, plan: &Plan) -> Result<Vec<SectionId>, Problem> {
        let there: Vec<_> = plan.sections().collect();
        let mut all = SectionId::ALL.to_vec();
        all.retain(|section| self.may(Action::Read(*section), plan));
        let mut beside: Vec<_> = all.iter().copied().filter(|section| !there.contains(section)).collect();
        if !beside.is_empty() {
            let said = documents::values_in(&self.state.db, &plan.id, &beside).await;
            // What waits to be read has something in it. It stops those who read it.
            if !matches!(said, Err(DbError::Unfolded(_))) {
                let said = said.or_trouble(&self.request)?;
                beside.retain(|section| said.iter().any(|(id, values)| id == section && !values.is_empty()));
            }
        }
        all.retain(|section| there.contains(section) || beside.contains(section));
        Ok(all)
    }

    fn in_future(&self, milliseconds: i64) -> Moment {
        Moment(self.now.0 + milliseconds)
    }

    /// Gives the browser a cookie, or takes it away.
    fn set_cookie(&self, cookie: &str) -> Result<(), Problem> {
        let value = HeaderValue::from_str(cookie).or_trouble(&self.request)?;
        if let Some(response) = &self.response {
            response.append_header(header::SET_COOKIE, value);
        }
        Ok(())
    }
}

/// Turns the server's own faults into a number for the person and a line in the
/// log. The log has no names in it, and the page none of what went wrong.
trait OrTrouble<T> {
    fn or_trouble(self, request: &str) -> Result<T, Problem>;
}

impl<T, E: Display> OrTrouble<T> for Result<T, E> {
    fn or_trouble(self, request: &str) -> Result<T, Problem> {
        self.map_err(|error| {
            tracing::error!(%request, %error, "could not answer");
            Problem::Trouble(request.to_string())
        })
    }
}

/// A refusal as the page says it. Who was never in the team is not told that
/// there is a plan.
fn refused(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NotInTeam => Problem::NotFound,
        Refusal::Ended | Refusal::NotYours | Refusal::Locked | Refusal::OtherPhase => forbidden(refusal.sentence()),
    }
}

/// What was sent can't be taken: the sentence says what to do instead.
fn said(sentence: impl Into<String>) -> Problem {
    Problem::Said(Sentence::new(sentence, Why::Input))
}

/// It isn't the asker's to do.
fn forbidden(sentence: impl Into<String>) -> Problem {
    Problem::Said(Sentence::new(sentence, Why::Right))
}

/// Things stand otherwise by now: closed, changed by somebody else, done already.
fn overtaken(sentence: impl Into<String>) -> Problem {
    Problem::Said(Sentence::new(sentence, Why::State))
}

/// Asked too often to be answered.
fn too_often(sentence: impl Into<String>) -> Problem {
    Problem::Said(Sentence::new(sentence, Why::Often))
}
