//! What somebody offers to the designated teacher who wrote it before their part in a plan
//! ended, and what becomes of it.

use super::team::Team;
use super::{Desk, OrTrouble, overtaken, said, too_often};
use crate::api::Problem;
use crate::api::offered::Offered;
use crate::domain::access::Action;
use crate::domain::people::{PlanId, RecordId};
use crate::domain::sections::{LONG, SectionId, too_long};
use crate::domain::words::not_sent::NOT_TAKEN;
use crate::server::db::offered;
use crate::server::db::plans::Plan;

impl Desk {
    /// Keeps words beside a plan for the designated teacher.
    pub async fn offer(&self, plan: &PlanId, section: SectionId, words: &str) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Offer(section)).await?;
        let words = words.trim();
        if words.is_empty() {
            return Err(said(NOT_TAKEN.english()));
        }
        // What was written in one part, so some of its texts together.
        if let Some(sentence) = too_long(words.encode_utf16().count(), 4 * LONG) {
            return Err(said(sentence));
        }
        let kept = offered::offer(&self.state.db, &permit, &plan.id, section, words, self.now).await;
        if !kept.or_trouble(&self.request)? {
            return Err(too_often(NOT_TAKEN.english()));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// What is offered in the sections that the asker reads.
    pub(super) async fn offered(
        &self,
        plan: &Plan,
        readable: &[SectionId],
        team: &Team,
    ) -> Result<Vec<Offered>, Problem> {
        let all = offered::of_plan(self.state.db.reader(), &plan.id).await.or_trouble(&self.request)?;
        let may_let_go = self.may(Action::LetGoOffered, plan);
        let seen = all.into_iter().filter(|one| readable.contains(&one.section));
        let shown = |one: offered::Offered| Offered {
            id: one.id,
            section: one.section,
            words: one.words,
            by: team.name_of(&one.by),
            at: one.at,
            may_let_go,
        };
        Ok(seen.map(shown).collect())
    }

    /// The designated teacher is done with what was offered.
    pub async fn let_go_offered(&self, plan: &PlanId, id: &RecordId) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::LetGoOffered).await?;
        let done = offered::let_go(&self.state.db, &permit, &plan.id, id, self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("This was let go already. Reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }
}
