//! The history of one section, in the words of the page.

use super::team::Team;
use super::{Desk, OrTrouble, said};
use crate::api::Problem;
use crate::api::history::{Change, HistoryPage, Said, Stretch, What};
use crate::domain::access::Action;
use crate::domain::calendar::Moment;
use crate::domain::history::compare::compare;
use crate::domain::history::{self as told, Kept};
use crate::domain::people::{PlanId, RowId};
use crate::domain::plan::State;
use crate::domain::sections::{Field, Keeps, Kind, SectionId};
use crate::domain::values::Values;
use crate::server::db::history::{self, Mark};
use crate::server::db::plans::Plan;
use crate::server::db::progress;

/// The most changes, of a minute each, that are read for one page.
const MOST: usize = 200;
/// A page with more than so many bytes of wordings is halved.
const LARGE: usize = 300_000;

impl Desk {
    /// A page of a section's history: the latest, or what was before a mark that an
    /// earlier page ended with.
    pub async fn history(&self, plan: &PlanId, section: SectionId, mark: &str) -> Result<HistoryPage, Problem> {
        // A tablet that was handed over shows My voice, which has no history to read.
        let (person, _) = self.adult()?;
        let (plan, permit) = self.open(plan, Action::Read(section)).await?;
        let db = &self.state.db;
        let mark = read_mark(mark)?;
        let kept = history::before(db, &permit, &plan.id, section, mark.as_ref(), MOST as i64)
            .await
            .or_trouble(&self.request)?;
        let team = self.team(&plan).await?;
        let values = self.values(&plan, &[section]).await?.remove(&section).unwrap_or_default();
        let looked = progress::looked_at(db, &plan.id, section, person).await.or_trouble(&self.request)?;
        let words = Wording { section, child: &plan.name, values: &values };
        let is_new =
            |change: &told::Stretch| change.by != person.to_string() && looked.is_some_and(|l| change.until > l);
        let whole = kept.len() < MOST;
        let mut some = kept.len();
        let (stretches, earlier) = loop {
            let page = &kept[..some];
            let earlier = page.last().map(|(mark, _)| mark).filter(|_| !whole || some < kept.len());
            let oldest_first: Vec<Kept> = page.iter().rev().map(|(_, kept)| kept.clone()).collect();
            let stretches: Vec<Stretch> =
                told::stretches(oldest_first).into_iter().map(|one| words.stretch(&one, &team, is_new(&one))).collect();
            if some < 2 || stretches.iter().map(Stretch::size).sum::<usize>() <= LARGE {
                break (stretches, earlier.map(write_mark));
            }
            some /= 2;
        };
        Ok(HistoryPage {
            plan: plan.id.clone(),
            section,
            name: plan.name.clone(),
            fixed: self.fixed(&plan, section),
            stretches,
            earlier,
        })
    }

    /// Why nothing can be put back, where it can't.
    fn fixed(&self, plan: &Plan, section: SectionId) -> Option<String> {
        let why = match plan.state {
            State::Scheduled => "This plan isn’t open for writing yet",
            State::Agreed => "This plan is agreed, so it stays as it is",
            state if state.is_over() => "This plan is closed, so it stays as it is",
            _ if self.may(Action::Write(section), plan) => return None,
            _ if !plan.sections().any(|of| of == section) => "This part isn’t in the plan at this age",
            _ => return Some(format!("The {} writes this part", section.section().asked.words())),
        };
        Some(why.to_string())
    }
}

/// "1795000000000.0199..." as a page's end hands it out.
fn read_mark(text: &str) -> Result<Option<Mark>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let mark = text.split_once('.').and_then(|(at, id)| Some(Mark { at: Moment(at.parse().ok()?), id: id.into() }));
    mark.map(Some).ok_or_else(|| said("Earlier changes can't be found from here. Open the history anew"))
}

fn write_mark(mark: &Mark) -> String {
    format!("{}.{}", mark.at.0, mark.id)
}

/// What names the places of a section.
struct Wording<'a> {
    section: SectionId,
    child: &'a str,
    values: &'a Values,
}

impl Wording<'_> {
    fn stretch(&self, told: &told::Stretch, team: &Team, new: bool) -> Stretch {
        Stretch {
            by: team.name_of(&told.by),
            from: told.from,
            until: told.until,
            new,
            changes: told.changes.iter().filter_map(|kept| self.change(kept)).collect(),
        }
    }

    /// A change in words; nothing where this Pep has no such place any more.
    fn change(&self, kept: &Kept) -> Option<Change> {
        let section = self.section.section();
        let mut steps = kept.path.split('/');
        let (field, row) = (section.field(steps.next()?)?, steps.next().and_then(|row| row.parse::<RowId>().ok()));
        let of_row = row.map(|row| self.row(field, &row));
        let (label, what) = match section.at(&kept.path) {
            None if kept.path.split('/').count() == 2 => (of_row?, What::Row(deed(kept).to_string())),
            None => return None,
            Some(place) => {
                let own = place.label.replace("{name}", self.child);
                let label = of_row.map_or(own.clone(), |row| format!("{row}, {own}"));
                (label, self.what(&place, kept))
            }
        };
        Some(Change { path: kept.path.clone(), label, what })
    }

    fn what(&self, place: &Field, kept: &Kept) -> What {
        match place.kind.keeps() {
            Keeps::Fact => {
                What::Answer { was: answers(&place.kind, &kept.was), became: answers(&place.kind, &kept.became) }
            }
            _ => What::Words(compare(&kept.was, &kept.became)),
        }
    }

    /// "Target 2 (Maths)"; by what it says where it isn't there any more.
    fn row(&self, table: &Field, row: &RowId) -> String {
        let Kind::Rows { one, columns } = table.kind else { return table.label.to_string() };
        let mut letters = one.chars();
        let one: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let name = match self.values.rows(table.id).position(|there| there.id == *row) {
            Some(at) => format!("{one} {}", at + 1),
            None => one,
        };
        let first = columns.iter().map(|column| self.cell(column, &format!("{}/{row}/{}", table.id, column.id)));
        match first.into_iter().find(|said| !said.is_empty()) {
            Some(said) => format!("{name} (“{said}”)"),
            None => name,
        }
    }

    /// What a cell says, shortly.
    fn cell(&self, column: &Field, path: &str) -> String {
        const MOST: usize = 40;
        let said = match column.kind.keeps() {
            Keeps::Text => self.values.text(path).lines().next().unwrap_or_default().trim().to_string(),
            _ => self.values.fact(path).map(|value| column.kind.words(value)).unwrap_or_default(),
        };
        match said.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", said[..end].trim_end()),
            None => said,
        }
    }
}

fn deed(kept: &Kept) -> &'static str {
    match (kept.became.is_empty(), kept.again) {
        (true, _) => "removed",
        (false, true) => "brought back",
        (false, false) => "added",
    }
}

/// The values of an answer; two that were kept apart come joined.
fn answers(kind: &Kind, value: &str) -> Vec<Said> {
    let one = |value: &str| Said {
        words: kind.words(value),
        // What the catalogue no longer offers can be read, and not given again.
        value: kind.check(value).ok().map(|()| value.to_string()),
    };
    value.split(" / ").filter(|value| !value.is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_leads_back_to_its_place() {
        let mark = Mark { at: Moment(12), id: "0199-a".into() };
        assert_eq!(read_mark(&write_mark(&mark)).unwrap(), Some(mark));
        assert_eq!(read_mark("").unwrap(), None);
        assert!(read_mark("yesterday").is_err() && read_mark("x.y").is_err());
    }

    #[test]
    fn two_answers_kept_apart_are_told_apart() {
        let number = Kind::Number { unit: "%", min: 0, max: 100, decimals: 2 };
        let words = |value: &str| answers(&number, value).into_iter().map(|said| said.words).collect::<Vec<_>>();
        assert_eq!(words("91 / 93.5"), ["91 %", "93.5 %"]);
        assert!(words("").is_empty());
        assert_eq!(answers(&number, "400")[0].value, None);
    }
}
