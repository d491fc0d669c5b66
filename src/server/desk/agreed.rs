//! What was agreed, for those who act on it, and whose actions are done.

use super::home::meeting;
use super::plan::Said;
use super::{Desk, OrTrouble, forbidden};
use crate::api::Problem;
use crate::api::agreed::AgreedPage;
use crate::domain::access::Action;
use crate::domain::agreed::{Agreed, Next, Source, Tick, is_settled, names, next_day};
use crate::domain::grant::{Item, LineState};
use crate::domain::people::{PlanId, RowId, TeamMember};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::words::Language;
use crate::domain::words::problem::NOT_YOUR_ACTION;
use crate::pages::route::Route;
use crate::server::db::plans::Plan;
use crate::server::db::{done, grants, plans};

/// The sections that it is made of.
const MADE_OF: [SectionId; 3] = [SectionId::Actions, SectionId::Targets, SectionId::MeetingRecord];

impl Desk {
    /// What was agreed in this plan; until its own meeting is over, in the last one.
    pub async fn agreed(&self, plan: &PlanId) -> Result<AgreedPage, Problem> {
        let (person, _) = self.adult()?;
        let said = self.said_to(person).await?;
        let (plan, _) = self.open(plan, Action::ReadAgreed).await?;
        let ahead = meeting(&plan).filter(|meeting| meeting.at >= self.now);
        let ahead = ahead.map(|meeting| Next::At(meeting.at, meeting.place));
        let settled = self.settled(&plan).await?;
        let of = settled.as_ref().unwrap_or(&plan);
        let values = self.values(of, &self.agreed_sections(of)).await?;
        let agreed_on = || values.get(&SectionId::MeetingRecord).and_then(|record| next_day(record, self.today));
        let next = ahead.or_else(|| settled.as_ref().and_then(|_| agreed_on()));
        let agreed = match &settled {
            Some(settled) => Some(self.agreed_in(settled, &values, said.language).await?),
            None => None,
        };
        Ok(AgreedPage {
            plan: of.id.clone(),
            name: plan.name.clone(),
            agreed,
            next,
            link: format!("{}{}", self.state.settings.origin, Route::Plan(plan.id.clone()).path()),
            made: self.now,
            said,
        })
    }

    /// This plan, or the last one before it in which something is agreed.
    async fn settled(&self, plan: &Plan) -> Result<Option<Plan>, Problem> {
        let mut of = plan.clone();
        while !is_settled(of.state) {
            let db = &self.state.db;
            let before = plans::numbered(db, &of.child, of.number - 1).await.or_trouble(&self.request)?;
            let Some(before) = before else { return Ok(None) };
            let Some(found) = plans::find(db, &before).await.or_trouble(&self.request)? else { return Ok(None) };
            of = found;
        }
        Ok(Some(of))
    }

    fn agreed_sections(&self, plan: &Plan) -> Vec<SectionId> {
        MADE_OF.into_iter().filter(|section| self.may(Action::Read(*section), plan)).collect()
    }

    async fn agreed_in(&self, plan: &Plan, values: &Said, language: Language) -> Result<Agreed, Problem> {
        let team = self.team(plan).await?;
        let lines = match self.may(Action::ReadGrantItems, plan) {
            true => grants::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?,
            false => Vec::new(),
        };
        let items: Vec<_> = lines
            .iter()
            .filter(|line| matches!(line.state, LineState::Approved | LineState::Paid))
            .map(Item::from)
            .collect();
        let members = team.on(plan, self.today);
        let (shared, ticks) = (self.shared(plan, &team).await?, self.ticks(plan).await?);
        Ok(Agreed::of(&Source {
            term: plan.term,
            year: plan.year,
            state: plan.state,
            says: &|section| values.get(&section),
            shared: &shared,
            items: &items,
            ticks: &ticks,
            reader: &self.as_member(plan)?,
            team: &members,
            name_of: &|by| team.name_of(by),
            language,
        }))
    }

    async fn ticks(&self, plan: &Plan) -> Result<Vec<Tick>, Problem> {
        done::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)
    }

    /// The asker, as others in the team see them.
    fn as_member(&self, plan: &Plan) -> Result<TeamMember, Problem> {
        let role = self.role(plan).ok_or(Problem::NotFound)?;
        Ok(TeamMember { id: self.adult()?.0.clone(), name: self.asker.name.clone(), role })
    }

    /// Says that an action of the asker's own is done, or not after all.
    pub async fn action_done(&self, plan: &PlanId, action: &RowId, is_done: bool) -> Result<(), Problem> {
        self.adult()?;
        let (plan, permit) = self.open(plan, Action::SayDone).await?;
        let values = self.values(&plan, &[SectionId::Actions]).await?.remove(&SectionId::Actions).unwrap_or_default();
        let team = self.team(&plan).await?.on(&plan, self.today);
        if !is_settled(plan.state) || !is_theirs(&values, action, &self.as_member(&plan)?, &team) {
            return Err(forbidden(NOT_YOUR_ACTION.english()));
        }
        let db = &self.state.db;
        match is_done {
            true => done::say(db, &permit, &plan.id, action, self.now).await.or_trouble(&self.request)?,
            false => done::take_back(db, &permit, &plan.id, action).await.or_trouble(&self.request)?,
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// What people say they have done of what was agreed last, a sentence for each, for
    /// who may read the actions.
    pub(super) async fn said_done(&self, plan: &Plan) -> Result<Vec<String>, Problem> {
        let Some(plan) = self.settled(plan).await? else { return Ok(Vec::new()) };
        if !self.may(Action::Read(SectionId::Actions), &plan) {
            return Ok(Vec::new());
        }
        let (ticks, team) = (self.ticks(&plan).await?, self.team(&plan).await?);
        if ticks.is_empty() {
            return Ok(Vec::new());
        }
        let values = self.values(&plan, &[SectionId::Actions]).await?.remove(&SectionId::Actions).unwrap_or_default();
        let told = |tick: &Tick| {
            let what = values.text(&format!("actions/{}/what", tick.action)).trim().to_string();
            format!("{}, {}: {what}", team.name_of(&tick.by), tick.at.day().short())
        };
        Ok(ticks.iter().map(told).collect())
    }
}

fn is_theirs(actions: &Values, action: &RowId, person: &TeamMember, team: &[TeamMember]) -> bool {
    let is_there = actions.rows("actions").any(|row| row.id == *action);
    is_there && names(actions.text(&format!("actions/{action}/who")), person, team)
}
