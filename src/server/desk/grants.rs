//! The ledger of Pupil Premium Plus: who sees what of it, asking, deciding, and what
//! came of it.

use super::plan::takes_edits;
use super::team::Team;
use super::{Desk, OrTrouble, overtaken, said};
use crate::api::Problem;
use crate::api::grant::{GrantPage, Idea, Items, Ledger, LedgerLine, Target};
use crate::domain::access::Action;
use crate::domain::grant::{self, Item, Line, LineState, Request, SchoolTerm, Step, YearSummary};
use crate::domain::money::FinancialYear;
use crate::domain::people::{LineId, PlanId, RowId};
use crate::domain::sections::SectionId;
use crate::domain::sections::spending::{ABOUT, EXPECTED, IDEAS, NEED, WHAT as WANTED};
use crate::domain::values::{Row, Values};
use crate::server::db::grants::{self, Stepped};
use crate::server::db::plans::Plan;

/// The table of targets in its section, and the column that says what one is.
const TARGETS: &str = "targets";
const WHAT: &str = "what";

const LATE: &str = "Someone else has just changed this line. Reload the page to see where it is";
const UNCOUNTABLE: &str = "a line of the ledger costs more than can be counted";

impl Desk {
    /// The ledger of a plan. A carer gets a page of another type, made without prices.
    pub async fn grant(&self, plan: &PlanId) -> Result<GrantPage, Problem> {
        self.adult()?;
        let (plan, _) = self.open(plan, Action::ReadGrantItems).await?;
        let lines = grants::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let targets = targets(&self.says(&plan, SectionId::Targets).await?, &lines);
        if !self.may(Action::ReadGrant, &plan) {
            let items = lines.iter().map(Item::from).collect();
            return Ok(GrantPage::Items(Items { plan: plan.id.clone(), name: plan.name.clone(), targets, items }));
        }
        let team = self.team(&plan).await?;
        Ok(GrantPage::Ledger(Ledger {
            plan: plan.id.clone(),
            name: plan.name.clone(),
            may_request: plan.state.takes_edits() && self.may(Action::RequestGrant, &plan),
            may_decide: self.may(Action::DecideGrant, &plan),
            years: self.grant_years(&plan, &lines).await?,
            targets,
            ideas: self.ideas(&plan).await?,
            lines: self.ledger_lines(&plan, lines, &team)?,
        }))
    }

    /// Asks for something, for a target that is in the plan.
    pub async fn ask_for_grant(&self, plan: &PlanId, line: LineId, asked: Request) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::RequestGrant).await?;
        takes_edits(&plan)?;
        if let Some((_, sentence)) = asked.problems().into_iter().next() {
            return Err(said(sentence));
        }
        if !self.says(&plan, SectionId::Targets).await?.rows(TARGETS).any(|row| row.id == asked.target) {
            return Err(said("That target isn't in the plan. Choose another, or wait until the target is sent"));
        }
        if let Some(idea) = &asked.idea
            && !self.says(&plan, SectionId::Spending).await?.rows(IDEAS).any(|row| row.id == *idea)
        {
            return Err(said("That idea isn't in the plan any more. Bring it back, or ask without it"));
        }
        let term = SchoolTerm { year: plan.year, term: plan.term };
        let line = Line::new(line, plan.id.clone(), plan.child.clone(), term, asked, permit.by(), self.now);
        let new = grants::ask(&self.state.db, &permit, &line).await.or_trouble(&self.request)?;
        if !new {
            // The plan may have been closed in between, and then says so.
            takes_edits(&self.open(&plan.id, Action::RequestGrant).await?.0)?;
            self.is_same(&line).await?;
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Agrees, declines, pays or withdraws a line.
    pub async fn step_grant(&self, plan: &PlanId, line: &LineId, step: &Step) -> Result<(), Problem> {
        let (plan, _) = self.open(plan, Action::ReadGrant).await?;
        let line = self.line(&plan, line).await?;
        let (plan, permit) = self.open(&plan.id, grant::action_for(&line.state, step)).await?;
        let to = grant::may_step(&line, step, permit.by()).map_err(overtaken)?;
        let caps = self.authority().await?.caps(line.year);
        let stepped = grants::step(&self.state.db, &permit, &line, &to, caps, self.now).await;
        match stepped.or_trouble(&self.request)? {
            Stepped::Done => {}
            Stepped::Late => return Err(overtaken(LATE)),
            // Something may have been given back since it was counted.
            Stepped::Over(committed) => {
                return Err(overtaken(grant::fits(&line, committed, caps).err().unwrap_or_else(|| LATE.to_string())));
            }
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Says what a line changed, in place of what the asker saw there.
    pub async fn record_grant(&self, plan: &PlanId, line: &LineId, was: &str, words: &str) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::RequestGrant).await?;
        let line = self.line(&plan, line).await?;
        grant::may_record(&line, words).map_err(said)?;
        let seen = Line { actual: Some(was.to_string()), ..line };
        let done = grants::record(&self.state.db, &permit, &seen, words.trim(), self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("Someone else has written here meanwhile. Copy your words, then reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// A line of this plan.
    async fn line(&self, plan: &Plan, line: &LineId) -> Result<Line, Problem> {
        let line = grants::find(&self.state.db, line).await.or_trouble(&self.request)?;
        line.filter(|line| line.plan == plan.id).ok_or(Problem::NotFound)
    }

    /// Whether a line that is there already is the one that is asked for now: then its
    /// answer was lost on the way, and all is well.
    async fn is_same(&self, line: &Line) -> Result<(), Problem> {
        let there = grants::find(&self.state.db, &line.id).await.or_trouble(&self.request)?;
        let same = |there: &Line| {
            there.plan == line.plan && there.requested_by == line.requested_by && there.asked == line.asked
        };
        match &there {
            Some(there) if same(there) => Ok(()),
            Some(_) => Err(overtaken("This was asked for already, with other words. Reload the page to see it")),
            None => Err(overtaken("This idea was asked for already. Reload the page to see by whom")),
        }
    }

    /// This financial year, and those that the plan's lines are in.
    async fn grant_years(&self, plan: &Plan, lines: &[Line]) -> Result<Vec<YearSummary>, Problem> {
        let authority = self.authority().await?;
        let mut years: Vec<_> = lines.iter().map(|line| line.year).collect();
        years.push(FinancialYear::of(self.today));
        years.sort();
        years.dedup();
        let mut summaries = Vec::new();
        for year in years {
            let all = grants::of_year(&self.state.db, &plan.child, year).await.or_trouble(&self.request)?;
            summaries.push(
                grant::summary(&all, year, authority.caps(year).year).ok_or(UNCOUNTABLE).or_trouble(&self.request)?,
            );
        }
        Ok(summaries)
    }

    fn ledger_lines(&self, plan: &Plan, lines: Vec<Line>, team: &Team) -> Result<Vec<LedgerLine>, Problem> {
        let (person, _) = self.adult()?;
        let me = person.to_string();
        let may_request = self.may(Action::RequestGrant, plan);
        let of_page = |line: Line| {
            Some(LedgerLine {
                total: line.total()?,
                by: team.name_of(&line.requested_by),
                may_take_back: may_request && line.state == LineState::Requested && line.requested_by == me,
                may_record: may_request && line.state.is_committed(),
                line,
            })
        };
        let lines: Option<Vec<_>> = lines.into_iter().map(of_page).collect();
        lines.ok_or(UNCOUNTABLE).or_trouble(&self.request)
    }

    /// What it could pay for, in the order of the plan.
    async fn ideas(&self, plan: &Plan) -> Result<Vec<Idea>, Problem> {
        match self.may(Action::Read(SectionId::Spending), plan) {
            true => Ok(ideas(&self.says(plan, SectionId::Spending).await?)),
            false => Ok(Vec::new()),
        }
    }

    /// What a section says: the targets, which everybody may read who may see the items, or
    /// the ideas, which those may who see the ledger.
    async fn says(&self, plan: &Plan, section: SectionId) -> Result<Values, Problem> {
        let mut values = self.values(plan, &[section]).await?;
        Ok(values.remove(&section).unwrap_or_default())
    }
}

fn ideas(values: &Values) -> Vec<Idea> {
    let idea = |row: &Row| {
        let cell = |column: &str| format!("{IDEAS}/{}/{column}", row.id);
        let text = |column: &str| values.text(&cell(column)).trim().to_string();
        let about = values.fact(&cell(ABOUT)).unwrap_or_default().to_string();
        Idea { id: row.id.clone(), what: text(WANTED), need: text(NEED), about, expected: text(EXPECTED) }
    };
    values.rows(IDEAS).map(idea).collect()
}

/// The targets that are in the plan, in their order, and after them those that lines
/// were for and somebody has removed since.
fn targets(values: &Values, lines: &[Line]) -> Vec<Target> {
    let target = |id: &RowId, is_there| Target {
        id: id.clone(),
        what: values.text(&format!("{TARGETS}/{id}/{WHAT}")).trim().to_string(),
        is_there,
    };
    let mut targets: Vec<_> = values.rows(TARGETS).map(|row| target(&row.id, true)).collect();
    for line in lines {
        if targets.iter().all(|target| target.id != line.asked.target) {
            targets.push(target(&line.asked.target, false));
        }
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::Kind;

    #[test]
    fn the_targets_are_where_the_catalogue_has_them() {
        let field = SectionId::Targets.section().field(TARGETS).unwrap();
        let Kind::Rows { columns, .. } = field.kind else { panic!("targets are rows") };
        assert!(columns.iter().any(|column| column.id == WHAT));
    }
}
