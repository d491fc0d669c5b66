//! What a connection knows of a section that it has open: who has it open, whose plan it
//! is, and so what they may do there.

use super::Connection;
use super::rights::{self, Age};
use crate::domain::access::{self, Action, Actor, Permit, Refusal};
use crate::domain::calendar::Day;
use crate::domain::people::ChildId;
use crate::domain::phase::Phase;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::server::auth;
use crate::server::clock;
use crate::server::db::plans::Plan;
use crate::server::db::{DbError, people};
use crate::server::rooms::Visitor;
use crate::sync::presence::Who;
use std::sync::Arc;
use std::time::Instant;

/// A section that a connection has open.
pub(super) struct Open {
    /// What the client showed to open it: nothing for a browser, whose cookie
    /// speaks for it; a token; or the pass that a picture code opened.
    token: String,
    actor: Arc<Actor>,
    plan: Arc<Plan>,
    phase: Phase,
    asked: Instant,
    /// How others see them here, where they are seen: so on this day.
    pub visitor: Option<Arc<Visitor>>,
    day: Day,
}

/// Why a section isn't opened, or an update isn't taken.
pub(super) enum No {
    /// Nobody is signed in any more. What is unsent waits for that.
    SignIn,
    /// It couldn't be found out. The connection ends, and comes back to ask again.
    Unknown,
    /// Final, with the sentence that says so.
    Refused(String),
    /// Theirs to write, and the plan is closed.
    Closed(Permit, &'static str),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        No::Refused(refusal.sentence().into())
    }
}

impl From<DbError> for No {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "rights could not be read");
        No::Unknown
    }
}

impl Open {
    /// Whether they may do something here now.
    pub fn judge(&self, name: &DocumentName, action: Action) -> Result<Permit, No> {
        let whose = (&self.plan.child, &name.plan);
        Ok(access::decide_in(self.phase, &self.actor, action, whose, clock::today())?)
    }

    pub fn takes_edits(&self) -> bool {
        self.plan.state.takes_edits()
    }
}

impl Connection {
    /// Finds out who is asking and whose plan it is.
    pub(super) async fn who(&mut self, name: &DocumentName, token: String, age: Age) -> Result<Open, No> {
        let rights = &self.state.rights;
        let actor = rights.actor(&self.state, &self.headers, &token, age).await?;
        let (actor_asked, actor) = actor.filter(|(_, actor)| self.page.is_of(actor)).ok_or(No::SignIn)?;
        let (plan_asked, plan) = rights.plan(&self.state, &name.plan, age).await?.ok_or_else(not_here)?;
        let day = clock::today();
        let visitor = match self.open.get(name) {
            Some(open) if open.actor == actor && open.day == day => open.visitor.clone(),
            _ => self.visitor(&actor, &plan.child, name, day).await?,
        };
        let (phase, asked) = (plan.phase(), actor_asked.min(plan_asked));
        Ok(Open { token, actor, plan, phase, asked, visitor, day })
    }

    /// How others see somebody in a plan, and what of others they may be told.
    async fn visitor(
        &mut self,
        actor: &Actor,
        child: &ChildId,
        name: &DocumentName,
        today: Day,
    ) -> Result<Option<Arc<Visitor>>, DbError> {
        let (Actor::Adult { person, .. }, Some(role)) = (actor, access::role(actor, child, today)) else {
            return Ok(None);
        };
        if self.named.as_ref().is_none_or(|(named, _)| named != person) {
            let found = people::name(&self.state.db, person).await?.unwrap_or_default();
            self.named = Some((person.clone(), found));
        }
        let Some((_, called)) = &self.named else { return Ok(None) };
        let who = Who { id: person.to_string(), name: called.clone(), role: role.words().into(), look: 0 };
        let may_read =
            |section: &SectionId| access::decide(actor, Action::Read(*section), child, &name.plan, today).is_ok();
        let reads = SectionId::ALL.iter().copied().filter(may_read).collect();
        Ok(Some(Arc::new(Visitor { who, reads })))
    }

    /// A section that is open, with what was found out about it a moment ago at the
    /// longest. Where it changed what they may be told of others, its room is told.
    pub(super) async fn renewed(&mut self, name: &DocumentName) -> Result<&Open, No> {
        let open = self.open.get(name).ok_or_else(not_here)?;
        if !rights::holds(open.asked, Instant::now()) {
            let (token, told) = (open.token.clone(), open.visitor.clone());
            let fresh = self.who(name, token, Age::Held).await?;
            if fresh.visitor != told {
                self.state.rooms.join(name, self.id, self.to.clone(), None, fresh.visitor.clone()).await;
            }
            self.open.insert(name.clone(), fresh);
        }
        self.open.get(name).ok_or_else(not_here)
    }

    /// Whether a section that is open may still be read.
    pub(super) async fn may_read(&mut self, name: &DocumentName) -> Result<Permit, No> {
        self.renewed(name).await?.judge(name, Action::Read(name.section))
    }

    /// Whether an update may be written.
    pub(super) async fn permit(&mut self, name: &DocumentName) -> Result<Permit, No> {
        let Some(asked) = self.open.get(name).map(|open| open.asked) else {
            // Closed to them meanwhile, and this was on its way: they are told why again.
            let now = self.who(name, String::new(), Age::New).await?;
            now.judge(name, Action::Write(name.section))?;
            return Err(not_here());
        };
        if !rights::holds(asked, Instant::now()) {
            // Writing is work: it keeps the session from ending.
            if let Err(error) = auth::session::seen(&self.state, &self.headers).await {
                tracing::warn!(%error, "a session could not be marked as used");
            }
        }
        let open = self.renewed(name).await?;
        let permit = open.judge(name, Action::Write(name.section))?;
        match open.plan.state.closed_sentence() {
            None => Ok(permit),
            Some(sentence) if open.plan.state.is_over() => Err(No::Closed(permit, sentence)),
            Some(sentence) => Err(No::Refused(sentence.into())),
        }
    }
}

fn not_here() -> No {
    Refusal::NotInTeam.into()
}
