//! The home page: one card for each child, with the one next thing to do.

use super::{Desk, OrTrouble};
use crate::api::{ChildCard, HomePage, Meeting, Problem};
use crate::domain::access::{self, Action};
use crate::domain::deadlines::Standing;
use crate::domain::people::{PlanId, Role};
use crate::domain::plan::State;
use crate::domain::register::What;
use crate::domain::sections::SectionId;
use crate::domain::words::problem::NOT_OPEN_YET;
use crate::server::db::plans::{self, Plan};
use crate::server::db::{progress, shared};
use std::collections::BTreeSet;

impl Desk {
    /// The children whose team the asker is in today, the next meeting first.
    pub async fn home(&self) -> Result<HomePage, Problem> {
        let (person, _) = self.adult()?;
        let db = &self.state.db;
        let plans = plans::latest_for(db, person, self.today).await.or_trouble(&self.request)?;
        let completed = progress::completed_for(db, person, self.today).await.or_trouble(&self.request)?;
        let shared = shared::plans(db, person).await.or_trouble(&self.request)?;
        let mut cards: Vec<_> = plans.iter().filter_map(|plan| self.card(plan, &completed, &shared)).collect();
        self.add_due(&plans, &mut cards).await?;
        cards.sort_by_cached_key(|card| {
            let meeting = card.meeting.as_ref().map(|meeting| meeting.at);
            (meeting.is_none(), meeting, card.name.to_lowercase())
        });
        let sets_rules = access::sets_rules(self.actor()?, self.today).is_ok();
        Ok(HomePage { children: cards, sets_rules, said: self.said_to(person).await? })
    }

    fn card(
        &self,
        plan: &Plan,
        completed: &BTreeSet<(PlanId, SectionId)>,
        shared: &BTreeSet<PlanId>,
    ) -> Option<ChildCard> {
        let role = self.role(plan)?;
        let asked = self.asked_for(plan);
        let is_done = |section: &SectionId| completed.contains(&(plan.id.clone(), *section));
        let place = [year_group(&plan.year_group), plan.school.clone()];
        Some(ChildCard {
            name: plan.name.clone(),
            school: place.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", "),
            plan: plan.id.clone(),
            role,
            meeting: meeting(plan),
            next: asked.iter().copied().find(|section| !is_done(section)),
            done: asked.iter().filter(|section| is_done(section)).count(),
            asked: asked.len(),
            shared: shared.contains(&plan.id),
            shut: shut(plan.state),
            due: None,
            late: false,
            reminders: Vec::new(),
            may_import: What::ALL.into_iter().any(|what| self.may_import(what, plan)),
        })
    }

    /// What is due for each child, and what the asker is reminded of: also in an earlier
    /// plan of the child, which is said on the child's card.
    async fn add_due(&self, plans: &[Plan], cards: &mut [ChildCard]) -> Result<(), Problem> {
        let authority = self.authority().await?;
        for found in self.watched().await? {
            let latest = plans.iter().find(|plan| plan.child == found.plan.child);
            let Some(card) = latest.and_then(|latest| cards.iter_mut().find(|card| card.plan == latest.id)) else {
                continue;
            };
            if card.plan == found.plan.id {
                let due = self.next_due(&found, &authority);
                card.late = due.is_some_and(|due| due.standing == Standing::Overdue);
                card.due = due.map(|due| due.words());
            }
            card.reminders.extend(self.reminded(&found, &authority).await?);
        }
        Ok(())
    }

    /// What the asker is to the child: the role by which they may open the plan.
    pub(super) fn role(&self, plan: &Plan) -> Option<Role> {
        access::role(self.actor().ok()?, &plan.child, self.today)
    }

    /// The sections that the asker is asked to complete, in order.
    pub(super) fn asked_for(&self, plan: &Plan) -> Vec<SectionId> {
        let Ok((_, relationships)) = self.adult() else {
            return Vec::new();
        };
        // Nobody is asked to fill in a plan that isn't open yet.
        if !plan.state.takes_edits() {
            return Vec::new();
        }
        let mine = |section: &SectionId| {
            let asked = section.section().asked;
            relationships.iter().any(|relationship| {
                relationship.child == plan.child && relationship.holds_on(self.today) && relationship.role == asked
            })
        };
        plan.sections().filter(|section| mine(section) && self.may(Action::Complete(*section), plan)).collect()
    }
}

/// Why nobody's words go into a plan; nothing where they do.
fn shut(state: State) -> Option<String> {
    let why = if state.is_over() { "" } else { NOT_OPEN_YET.english() };
    (!state.takes_edits()).then(|| why.to_string())
}

pub(super) fn meeting(plan: &Plan) -> Option<Meeting> {
    plan.meeting.clone().map(|(at, place)| Meeting { at, place })
}

/// "Year 8" for what is kept as `8` or as `Year 8`.
pub(super) fn year_group(kept: &str) -> String {
    let is_number = !kept.is_empty() && kept.chars().all(|c| c.is_ascii_digit());
    if is_number { format!("Year {kept}") } else { kept.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tablet_is_handed_over_where_the_plan_takes_words() {
        for state in State::ALL {
            assert_eq!(shut(state).is_none(), state.takes_edits(), "{state:?}");
        }
        assert_eq!(shut(State::Scheduled).as_deref(), Some(NOT_OPEN_YET.english()));
    }

    #[test]
    fn a_year_group_is_said_in_words() {
        assert_eq!(year_group("8"), "Year 8");
        assert_eq!(year_group("Year 8"), "Year 8");
        assert_eq!(year_group("Reception"), "Reception");
        assert_eq!(year_group(""), "");
    }
}
