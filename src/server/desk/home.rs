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
use crate::domain::words::{Language, carer, fill};
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
        let said = self.said_to(person).await?;
        // The page of who is more than a carer is in English.
        let is_carers = access::is_only_carer(self.actor()?, self.today);
        let language = if is_carers { said.language } else { Language::English };
        let card = |plan| self.card(plan, &completed, &shared, language);
        let mut cards: Vec<_> = plans.iter().filter_map(card).collect();
        self.add_due(&plans, &mut cards).await?;
        cards.sort_by_cached_key(|card| {
            let meeting = card.meeting.as_ref().map(|meeting| meeting.at);
            (meeting.is_none(), meeting, card.name.to_lowercase())
        });
        let sets_rules = access::sets_rules(self.actor()?, self.today).is_ok();
        Ok(HomePage { children: cards, sets_rules, said })
    }

    fn card(
        &self,
        plan: &Plan,
        completed: &BTreeSet<(PlanId, SectionId)>,
        shared: &BTreeSet<PlanId>,
        language: Language,
    ) -> Option<ChildCard> {
        let role = self.role(plan)?;
        let asked = self.asked_for(plan);
        let is_done = |section: &SectionId| completed.contains(&(plan.id.clone(), *section));
        let place = [year_group(&plan.year_group, language), plan.school.clone()];
        Some(ChildCard {
            name: plan.name.clone(),
            school: place.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(language.comma()),
            plan: plan.id.clone(),
            role,
            meeting: meeting(plan),
            is_on: plan.state == State::Meeting,
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

/// "Year 8" for what is kept as `8` or as `Year 8`; in a language, as far as that has it.
pub(super) fn year_group(kept: &str, language: Language) -> String {
    let year = kept.strip_prefix("Year ").unwrap_or(kept);
    let is_number = !year.is_empty() && year.chars().all(|c| c.is_ascii_digit());
    if is_number { fill(language.say(carer::YEAR), &[("year", year)]) } else { language.of(kept).to_string() }
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
        let english = |kept| year_group(kept, Language::English);
        assert_eq!(english("8"), "Year 8");
        assert_eq!(english("Year 8"), "Year 8");
        assert_eq!(english("Year"), "Year");
        assert_eq!(english("Reception"), "Reception");
        assert_eq!(english(""), "");
    }

    #[test]
    fn a_year_group_is_said_in_the_carers_language() {
        let welsh = crate::server::words::said(Language::Welsh).language;
        let year = year_group("Year 8", welsh);
        assert!(year.ends_with(" 8") && !year.contains("Year"), "{year}");
        assert_eq!(year_group("8", welsh), year);
        assert_ne!(year_group("Reception", welsh), "Reception");
        assert_eq!(year_group("Sixth form", welsh), "Sixth form");
    }
}
