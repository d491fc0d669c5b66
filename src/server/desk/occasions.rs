//! What makes a plan worth looking at before its meeting: who sees it, opening one by
//! hand, and saying that it was looked at.

use super::plan::takes_edits;
use super::team::Team;
use super::{Desk, OrTrouble, said};
use crate::api::Problem;
use crate::api::occasions::OccasionLine;
use crate::domain::access::Action;
use crate::domain::occasions::Kind;
use crate::domain::people::{PlanId, RowId};
use crate::server::db::occasions::{self, Occasion, RECOGNISED};
use crate::server::db::plans::Plan;

/// The most characters that say why.
const LONGEST: usize = 1_000;

impl Desk {
    /// The occasions of a plan, for readers of the sections that they are about.
    pub(super) async fn occasions(&self, plan: &Plan, team: &Team) -> Result<Vec<OccasionLine>, Problem> {
        let all = occasions::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let seen = all.into_iter().filter(|occasion| self.may(Action::Read(occasion.section), plan));
        let line = |occasion: Occasion| OccasionLine {
            kind: occasion.kind,
            words: occasion.words,
            due: occasion.due,
            late: occasion.done.is_none() && occasion.due < self.today,
            by: (occasion.by != RECOGNISED).then(|| team.name_of(&occasion.by)),
            at: occasion.at,
            done: occasion.done.map(|(by, at)| (team.name_of(&by), at)),
            id: occasion.id,
        };
        Ok(seen.map(line).collect())
    }

    /// Opens an occasion by hand.
    pub async fn open_occasion(&self, plan: &PlanId, id: &RowId, kind: Kind, words: &str) -> Result<(), Problem> {
        self.adult()?;
        let (plan, permit) = self.open(plan, Action::OpenOccasion).await?;
        takes_edits(&plan)?;
        if !self.may(Action::Read(kind.section()), &plan) {
            return Err(Problem::NotFound);
        }
        let words = words.trim();
        if words.is_empty() {
            return Err(said("Say in a sentence what has happened"));
        }
        if words.chars().count() > LONGEST {
            return Err(said("Say it more shortly: what happened, and what worries you"));
        }
        let authority = self.authority().await?;
        let due = authority.holidays().after(self.today, authority.occasion_days).day;
        let new = (id.to_string(), kind, words);
        occasions::open(&self.state.db, &permit, &plan.id, (&new.0, new.1, new.2), due, self.now)
            .await
            .or_trouble(&self.request)?;
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Says that an occasion was looked at.
    pub async fn finish_occasion(&self, plan: &PlanId, id: &str) -> Result<(), Problem> {
        self.adult()?;
        let (plan, permit) = self.open(plan, Action::OpenOccasion).await?;
        let all = occasions::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let may = |occasion: &&Occasion| occasion.id == id && self.may(Action::Read(occasion.section), &plan);
        if !all.iter().any(|occasion| may(&occasion)) {
            return Err(Problem::NotFound);
        }
        // Where somebody has said so already, all is well.
        occasions::finish(&self.state.db, &permit, &plan.id, id, self.now).await.or_trouble(&self.request)?;
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }
}
