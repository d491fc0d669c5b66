//! A plan as a file: what the one who asks may see of it.

use super::{Desk, OrTrouble};
use crate::api::Problem;
use crate::domain::access::Action;
use crate::domain::people::PlanId;
use crate::server::portable::{self, View};

impl Desk {
    /// The asker's view of a plan, as the text of a file.
    pub async fn export(&self, plan: &PlanId) -> Result<String, Problem> {
        let (person, _) = self.adult()?;
        let (plan, _) = self.open(plan, Action::Export).await?;
        let view = View {
            person: person.clone(),
            sections: self.readable(&plan).await?,
            quality: self.may(Action::ReadQuality, &plan),
            money: self.may(Action::ReadGrant, &plan),
        };
        let whole = portable::export(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let seen = whole.ok_or(Problem::NotFound)?.seen_by(&view);
        seen.written().or_trouble(&self.request)
    }
}
