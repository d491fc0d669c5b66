//! A plan's pages: its tasks, one section, the print-out; and what is decided
//! beside the documents, completing a section and the meeting.

use super::home::{meeting, year_group};
use super::team::Team;
use super::{Desk, OrTrouble, overtaken};
use crate::api::{PlanPage, PrintPage, Problem, Progress, SectionPage, Task};
use crate::domain::access::Action;
use crate::domain::attendance::{Sessions, this_term};
use crate::domain::carry::carried;
use crate::domain::deadlines::Standing;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::voice::SharedAnswer;
use crate::domain::words::Language;
use crate::server::db::plans::Plan;
use crate::server::db::{documents, history, people, progress, shared};
use std::collections::{BTreeMap, BTreeSet};

/// What sections say.
pub(super) type Said = BTreeMap<SectionId, Values>;

impl Desk {
    pub async fn plan(&self, plan: &PlanId) -> Result<PlanPage, Problem> {
        let (person, _) = self.adult()?;
        let (plan, _) = self.open(plan, Action::OpenPlan).await?;
        let db = &self.state.db;
        let team = self.team(&plan).await?;
        let readable = self.readable(&plan).await?;
        let values = self.values(&plan, &readable).await?;
        let due = self.due(&plan).await?;
        let looked = progress::looked(db, &plan.id, person).await.or_trouble(&self.request)?;
        let shared = self.shared(&plan, &team).await?;
        Ok(PlanPage {
            plan: plan.id.clone(),
            name: plan.name.clone(),
            year_group: year_group(&plan.year_group, Language::English),
            school: plan.school.clone(),
            year: plan.year,
            term: plan.term,
            number: plan.number,
            state: plan.state,
            meeting: meeting(&plan),
            due: due.map(|due| due.words()),
            late: due.is_some_and(|due| due.standing == Standing::Overdue),
            may_set_meeting: self.may(Action::SetMeeting, &plan),
            occasions: self.occasions(&plan, &team).await?,
            may_open_occasion: self.may(Action::OpenOccasion, &plan),
            may_see_money: self.may(Action::ReadGrantItems, &plan),
            may_export: self.may(Action::Export, &plan),
            may_make_card: self.may(Action::MakeCard, &plan),
            card_told: self.card_told(&plan).await?,
            copies: self.copies(&plan),
            role: self.role(&plan).ok_or(Problem::NotFound)?,
            tasks: self.tasks(&plan, &readable, &values).await?,
            said_back: self.said_back(&plan, &shared, &team).await?,
            shared,
            language: people::language(db, person).await.or_trouble(&self.request)?.unwrap_or_default(),
            may_hide_for_all: self.may(Action::HideForAll, &plan),
            seen: self.seen(&plan).await?,
            team: team.on(&plan, self.today),
            sums: self.sums(&plan, looked, &readable, &team).await?,
            looked,
            said_done: self.said_done(&plan).await?,
            agreeing: self.agreeing(&plan, &values, &team).await?,
        })
    }

    /// What the young person shared with the asker, with what was replied.
    pub(super) async fn shared(&self, plan: &Plan, team: &Team) -> Result<Vec<SharedAnswer>, Problem> {
        let (person, _) = self.adult()?;
        let mut answers = shared::with(&self.state.db, &plan.id, person).await.or_trouble(&self.request)?;
        self.hear_back(plan, &mut answers, team)?;
        Ok(answers)
    }

    /// The sections that the asker may open. My voice is never among an adult's:
    /// they see what was shared with them.
    async fn tasks(&self, plan: &Plan, readable: &[SectionId], values: &Said) -> Result<Vec<Task>, Problem> {
        let completed = progress::completed(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let asked = self.asked_for(plan);
        let task = |section: &SectionId| Task {
            section: *section,
            may_write: self.may_write(plan, *section),
            yours: asked.contains(section),
            progress: progress_of(*section, &completed, values),
        };
        Ok(readable.iter().map(task).collect())
    }

    pub async fn section(&self, plan: &PlanId, section: SectionId) -> Result<SectionPage, Problem> {
        // In a sitting, My voice opens as a document, with the pass of the picture
        // code; a cookie alone never shows a child's words.
        let (person, _) = self.adult()?;
        let (plan, permit) = self.open(plan, Action::Read(section)).await?;
        let looked = progress::looked_at(&self.state.db, &plan.id, section, person).await.or_trouble(&self.request)?;
        let completed = progress::completed(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let team = self.team(&plan).await?;
        let mut values = self.values(&plan, &[section]).await?;
        // A part that isn't in the plan at this age is nowhere, but for what it says already.
        if !plan.sections().any(|of| of == section) && values.get(&section).is_none_or(Values::is_empty) {
            return Err(Problem::NotFound);
        }
        let before = self.last_values(&plan, &[section]).await?.remove(&section);
        // A carer's pages alone are in their language.
        let language = match section {
            SectionId::CarersView => {
                let name = DocumentName { plan: plan.id.clone(), section };
                history::written_in(&self.state.db, &name).await.or_trouble(&self.request)?
            }
            _ => Language::English,
        };
        Ok(SectionPage {
            plan: plan.id.clone(),
            section,
            name: plan.name.clone(),
            meeting: meeting(&plan),
            role: self.role(&plan).ok_or(Problem::NotFound)?,
            state: plan.state,
            may_write: self.may_write(&plan, section),
            completed: completed.contains(&section),
            values: values.remove(&section).unwrap_or_default(),
            last: before.as_ref().map_or_else(Values::default, |last| carried(section.section(), last)),
            last_said: before.as_ref().map_or_else(Vec::new, |last| section.says(last)),
            last_sessions: before.as_ref().filter(|_| section == SectionId::Attendance).and_then(this_term),
            team: team.ever(&plan, self.today),
            others: self.readable(&plan).await?,
            looked,
            sums: self.sums(&plan, looked, &[section], &team).await?,
            language,
            translated: self.translated(&plan, &permit, section, &team).await?,
            said: if section == SectionId::CarersView { self.said_to(person).await? } else { Default::default() },
        })
    }

    /// Everything that the asker may read, for paper. Private details and scores stay
    /// off paper, whoever asks: it lies about.
    pub async fn print(&self, plan: &PlanId) -> Result<PrintPage, Problem> {
        let mut page = self.plan(plan).await?;
        page.sums.retain(|sum| sum.section.on_paper());
        // What the young person asked to take back can't be taken back from paper.
        page.shared.retain(|answer| answer.asked_back.is_none());
        let (plan, _) = self.open(plan, Action::OpenPlan).await?;
        let printed: Vec<_> = self.readable(&plan).await?.into_iter().filter(|section| section.on_paper()).collect();
        let mut values = self.values(&plan, &printed).await?;
        let sections =
            printed.into_iter().map(|section| (section, values.remove(&section).unwrap_or_default())).collect();
        let last_sessions = self.last_sessions(&plan, &self.readable(&plan).await?).await?;
        Ok(PrintPage { page, sections, last_sessions, today: self.today })
    }

    /// The sessions of the last plan's term, for who may read the section about them.
    pub(super) async fn last_sessions(&self, plan: &Plan, readable: &[SectionId]) -> Result<Option<Sessions>, Problem> {
        if !readable.contains(&SectionId::Attendance) {
            return Ok(None);
        }
        let last = self.last_values(plan, &[SectionId::Attendance]).await?;
        Ok(last.get(&SectionId::Attendance).and_then(this_term))
    }

    /// Remembers that the asker has seen the plan's changes up to now, or those of one
    /// of its sections.
    pub async fn looked(&self, plan: &PlanId, section: Option<SectionId>) -> Result<(), Problem> {
        self.adult()?;
        if let Some(section) = section {
            let (plan, permit) = self.open(plan, Action::Read(section)).await?;
            let seen = progress::look_at(&self.state.db, &permit, &plan.id, section, self.now).await;
            return seen.or_trouble(&self.request);
        }
        let (plan, permit) = self.open(plan, Action::OpenPlan).await?;
        progress::look(&self.state.db, &permit, &plan.id, self.now).await.or_trouble(&self.request)
    }

    /// Says that a section is complete, or not yet.
    pub async fn complete(&self, plan: &PlanId, section: SectionId, completed: bool) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Complete(section)).await?;
        takes_edits(&plan)?;
        let at = completed.then_some(self.now);
        if !progress::complete(&self.state.db, &permit, &plan.id, section, at).await.or_trouble(&self.request)? {
            // It was closed in between, and says so.
            takes_edits(&self.open(&plan.id, Action::Complete(section)).await?.0)?;
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// What these sections say. The asker must be allowed to read them.
    pub(super) async fn values(&self, plan: &Plan, sections: &[SectionId]) -> Result<Said, Problem> {
        let all = documents::values_in(&self.state.db, &plan.id, sections).await.or_trouble(&self.request)?;
        Ok(all.into_iter().collect())
    }

    fn may_write(&self, plan: &Plan, section: SectionId) -> bool {
        plan.state.takes_edits() && self.may(Action::Write(section), plan)
    }
}

/// Whether anything may be written yet.
pub(super) fn takes_edits(plan: &Plan) -> Result<(), Problem> {
    match plan.state.closed_sentence() {
        None => Ok(()),
        Some(sentence) => Err(overtaken(sentence)),
    }
}

fn progress_of(section: SectionId, completed: &BTreeSet<SectionId>, values: &Said) -> Progress {
    match values.get(&section) {
        _ if completed.contains(&section) => Progress::Completed,
        Some(values) if !values.is_empty() => Progress::InProgress,
        _ => Progress::NotStarted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_author_says_when_a_section_is_complete() {
        let section = SectionId::Targets;
        let mut values = BTreeMap::new();
        assert_eq!(progress_of(section, &BTreeSet::new(), &values), Progress::NotStarted);
        values.insert(section, Values::default());
        assert_eq!(progress_of(section, &BTreeSet::new(), &values), Progress::NotStarted);
        values.insert(
            section,
            Values { texts: [("changes".into(), "A visit".into())].into_iter().collect(), ..Values::default() },
        );
        assert_eq!(progress_of(section, &BTreeSet::new(), &values), Progress::InProgress);
        assert_eq!(progress_of(section, &[section].into(), &values), Progress::Completed);
    }
}
