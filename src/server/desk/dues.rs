//! By when something has to be done, as the asker may know it.

use super::{Desk, OrTrouble};
use crate::api::{Problem, Reminded};
use crate::domain::access::Action;
use crate::domain::deadlines::{Due, Standing, all_due};
use crate::domain::reminders::{Reminder, reminders};
use crate::domain::settings::Authority;
use crate::server::circle::Circle;
use crate::server::db::plans::Plan;
use crate::server::db::watched::{self, Watched, Which};

impl Desk {
    /// What has to be done next in a plan.
    pub(super) async fn due(&self, plan: &Plan) -> Result<Option<Due>, Problem> {
        let authority = self.authority().await?;
        let found = watched::find(&self.state.db, Which::One(&plan.id)).await.or_trouble(&self.request)?;
        Ok(found.first().and_then(|watched| self.next_due(watched, &authority)))
    }

    /// The nearest thing that the asker may know of: a first plan's days tell when the
    /// child came into care.
    pub(super) fn next_due(&self, watched: &Watched, authority: &Authority) -> Option<Due> {
        let may_know = |due: &Due| due.tells().is_none_or(|section| self.may(Action::Read(section), &watched.plan));
        all_due(&watched.facts, authority, self.today).into_iter().find(may_know)
    }

    /// The plans of the asker's children, with what is counted from.
    pub(super) async fn watched(&self) -> Result<Vec<Watched>, Problem> {
        let (person, _) = self.adult()?;
        watched::find(&self.state.db, Which::Of(person, self.today)).await.or_trouble(&self.request)
    }

    /// What the asker is to be reminded of in one plan.
    pub(super) async fn reminded(&self, found: &Watched, authority: &Authority) -> Result<Vec<Reminded>, Problem> {
        let (person, _) = self.adult()?;
        let plan = &found.plan;
        let all = reminders(&found.as_watched(), authority, self.today);
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let circle = Circle::of(&self.state.db, plan, self.today).await.or_trouble(&self.request)?;
        let shown = |reminder: &Reminder| Reminded {
            plan: plan.id.clone(),
            words: reminder.words.clone(),
            by: reminder.by,
            late: reminder.standing == Standing::Overdue,
        };
        Ok(circle.reminders_for(person, plan, &all).map(shown).collect())
    }
}
