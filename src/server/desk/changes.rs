//! What changed, in words of the page.

use super::team::Team;
use super::{Desk, OrTrouble};
use crate::api::{Change, Problem};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::server::db::history::{self, Entry};

/// The most changes that a page shows at once.
const MOST: i64 = 30;

impl Desk {
    /// What others changed in these sections after a moment, newest first.
    pub(super) async fn changes_since(
        &self,
        plan: &PlanId,
        after: Option<Moment>,
        sections: &[SectionId],
        team: &Team,
    ) -> Result<Vec<Change>, Problem> {
        let (person, _) = self.adult()?;
        let after = after.unwrap_or_default();
        let entries = history::since(&self.state.db, plan, after, sections, &person.to_string(), MOST)
            .await
            .or_trouble(&self.request)?;
        Ok(named(entries, team))
    }

    /// The latest changes to one section, newest first.
    pub(super) async fn latest_changes(
        &self,
        plan: &PlanId,
        section: SectionId,
        team: &Team,
    ) -> Result<Vec<Change>, Problem> {
        let entries = history::latest(&self.state.db, plan, section, MOST).await.or_trouble(&self.request)?;
        Ok(named(entries, team))
    }
}

fn named(entries: Vec<Entry>, team: &Team) -> Vec<Change> {
    let change = |entry: Entry| Change {
        section: entry.section,
        by: team.name_of(&entry.by),
        path: entry.path,
        at: entry.at,
        was: entry.was,
        became: entry.became,
    };
    entries.into_iter().map(change).collect()
}
