//! Importing registers and marks: whose they are, what would come of them, and taking
//! them in, all or nothing.

mod edits;

use super::{Desk, OrTrouble, forbidden, overtaken, said};
use crate::api::Problem;
use crate::api::import::{ColumnChoice, Given, Import, ImportPage, Preview, Row};
use crate::domain::access::{self, Action, Permit};
use crate::domain::plan::{DocumentName, State};
use crate::domain::register::{self, Child, Chosen, Judged, Set, Table, What, judged};
use crate::domain::sections::SectionId;
use crate::server::db::imports;
use crate::server::db::plans::{self, Plan};
use crate::server::rooms::Edits;
use crate::server::{ids, sheet};
use std::collections::{BTreeSet, HashMap};

const NOTHING: &str = "There is nothing in this file. Choose another, or paste the rows";
const ALL_OUT: &str = "No row is ticked. Tick what you want to import";
const CHANGED: &str = "Somebody has changed one of the plans since you looked. Look at the rows again";

/// A child whose plan the asker may write, with the plan and the right.
struct Writable {
    plan: Plan,
    permit: Permit,
}

/// A file, read and judged.
struct Judgement {
    table: Table,
    chosen: Vec<Chosen>,
    lack: Option<String>,
    rows: Vec<Judged>,
    writable: Vec<Writable>,
    children: Vec<Child>,
}

impl Desk {
    /// What the asker may import: what they may write in the plan of any child.
    pub async fn import_page(&self) -> Result<ImportPage, Problem> {
        let plans = self.latest_plans().await?;
        let may = |what: &What| plans.iter().any(|plan| self.may_import(*what, plan));
        Ok(ImportPage { may: What::ALL.into_iter().filter(may).map(|what| (what, what.words().into())).collect() })
    }

    /// Whether the asker may import something of a child's.
    pub(super) fn may_import(&self, what: What, plan: &Plan) -> bool {
        self.may(Action::Write(what.section()), plan)
    }

    /// What would come of a file. Columns that the asker chose are remembered.
    pub async fn look_at_import(
        &self,
        what: What,
        given: &Given,
        columns: Option<&[Chosen]>,
    ) -> Result<Preview, Problem> {
        let judgement = self.judge(what, given, columns).await?;
        if columns.is_some() {
            self.remember(what, &judgement).await?;
        }
        Ok(judgement.preview(what))
    }

    /// Imports what was looked at: all rows that aren't left out, or none.
    pub async fn take_import(&self, import: &Import) -> Result<String, Problem> {
        let judgement = self.judge(import.what, &import.given, Some(&import.columns)).await?;
        if let Some(lack) = judgement.lack {
            return Err(said(lack));
        }
        let left_out: BTreeSet<_> = import.left_out.iter().collect();
        let rows: Vec<_> = judgement.rows.iter().filter(|row| !left_out.contains(&row.number)).collect();
        if rows.is_empty() {
            return Err(said(ALL_OUT));
        }
        if let Some(problem) = rows.iter().find_map(|row| row.problems.first()) {
            return Err(said(problem.clone()));
        }
        if judgement.seen() != import.seen {
            return Err(overtaken(CHANGED));
        }
        let edits = judgement.edits(import.what, &rows);
        let plans: Vec<_> = edits.iter().map(|edits| edits.name.plan.clone()).collect();
        if !edits.is_empty() {
            self.state.rooms.edit(edits).await.map_err(overtaken)?;
        }
        self.remember(import.what, &judgement).await?;
        for plan in &plans {
            self.state.rooms.news(plan).await;
        }
        Ok(result(rows.len(), plans.len()))
    }

    async fn judge(&self, what: What, given: &Given, columns: Option<&[Chosen]>) -> Result<Judgement, Problem> {
        let (person, _) = self.adult()?;
        let (writable, children) = self.children(what).await?;
        // Whoever may import nothing has nothing read.
        if writable.is_empty() {
            return Err(forbidden(format!(
                "None of your children's plans takes {} from you",
                what.words().to_lowercase()
            )));
        }
        let rows = sheet::read(&bytes(given)?).map_err(said)?;
        let table = Table::find(rows, what).ok_or_else(|| said(NOTHING))?;
        let chosen = match columns {
            Some(columns) => register::chosen(what, &table.header, columns),
            None => {
                let last = imports::mapping(&self.state.db, person, what).await.or_trouble(&self.request)?;
                with_last(register::guessed(what, &table.header), &table.header, &last)
            }
        };
        let lack = register::lack(what, &chosen);
        let rows = if lack.is_none() { judged(what, &table, &chosen, &children) } else { Vec::new() };
        Ok(Judgement { table, chosen, lack, rows, writable, children })
    }

    /// The children whose plan the asker may write, each with what the plan says.
    async fn children(&self, what: What) -> Result<(Vec<Writable>, Vec<Child>), Problem> {
        let (person, _) = self.adult()?;
        let (db, section, trouble) = (&self.state.db, what.section(), &self.request);
        let names = imports::full_names(db, person, self.today).await.or_trouble(trouble)?;
        let mut values = imports::values(db, person, self.today, section).await.or_trouble(trouble)?;
        let details = imports::values(db, person, self.today, SectionId::CareDetails).await.or_trouble(trouble)?;
        let (mut writable, mut children) = (Vec::new(), Vec::new());
        for plan in self.latest_plans().await? {
            let action = Action::Write(section);
            let Ok(permit) = access::decide(self.actor()?, action, &plan.child, &plan.id, self.today) else { continue };
            // Who may not read a UPN may not find out by it either.
            let reads = self.may(Action::Read(SectionId::CareDetails), &plan);
            let upn = details.get(&plan.id).filter(|_| reads).map(|values| values.text("upn").to_string());
            children.push(Child {
                name: plan.name.clone(),
                full_name: names.get(&plan.child).cloned().unwrap_or_default(),
                born: plan.born,
                upn: upn.unwrap_or_default(),
                values: values.remove(&plan.id).unwrap_or_default(),
                closed: closed(&plan, section),
            });
            writable.push(Writable { plan, permit });
        }
        Ok((writable, children))
    }

    async fn latest_plans(&self) -> Result<Vec<Plan>, Problem> {
        let (person, _) = self.adult()?;
        plans::latest_for(&self.state.db, person, self.today).await.or_trouble(&self.request)
    }

    /// Remembers the names of the columns for the next file.
    async fn remember(&self, what: What, judgement: &Judgement) -> Result<(), Problem> {
        let (person, _) = self.adult()?;
        let name = |at: usize| judgement.table.header.get(at).map(|name| register::plain(name));
        let named = |chosen: &Chosen| (chosen.column.clone(), chosen.at.and_then(name).unwrap_or_default());
        let columns = judgement.chosen.iter().map(named).collect();
        imports::remember(&self.state.db, person, what, &columns, self.now).await.or_trouble(&self.request)
    }
}

impl Judgement {
    fn preview(&self, what: What) -> Preview {
        let column = |chosen: &Chosen| {
            let label = what.columns().find(|column| column.id == chosen.column).map_or("", |column| column.label);
            ColumnChoice { id: chosen.column.clone(), label: label.into(), at: chosen.at }
        };
        Preview {
            header: self.table.header.clone(),
            columns: self.chosen.iter().map(column).collect(),
            lack: self.lack.clone(),
            rows: self.rows.iter().map(row).collect(),
            seen: self.seen(),
        }
    }

    /// What stands for everything that the rows set, and over what.
    fn seen(&self) -> String {
        let plan = |row: &Judged| row.child.map(|child| self.writable[child].plan.id.to_string());
        let sets = |row: &Judged| {
            let set = |set: &Set| (set.field.id, set.was.clone(), set.becomes.clone());
            row.sets.iter().map(set).collect::<Vec<_>>()
        };
        let rows: Vec<_> = self.rows.iter().map(|row| (row.number, plan(row), sets(row))).collect();
        ids::hashed(&serde_json::to_string(&rows).unwrap_or_default())
    }

    /// The edits of each document that these rows change.
    fn edits(&self, what: What, rows: &[&Judged]) -> Vec<Edits> {
        let of_child = |(place, Writable { plan, permit }): (usize, &Writable)| {
            let theirs: Vec<_> = rows.iter().copied().filter(|row| row.child == Some(place)).collect();
            let seen = self.children[place].values.clone();
            let edits = edits::edits(&theirs, &seen);
            let name = DocumentName { plan: plan.id.clone(), section: what.section() };
            (!edits.is_empty()).then(|| Edits { name, permit: permit.clone(), seen, edits })
        };
        self.writable.iter().enumerate().filter_map(of_child).collect()
    }
}

fn row(judged: &Judged) -> Row {
    let words = |set: &Set| {
        let was = if set.was.is_empty() { String::new() } else { set.field.kind.words(&set.was) };
        (set.field.label.to_string(), was, set.field.kind.words(&set.becomes))
    };
    Row {
        number: judged.number,
        name: judged.name.clone(),
        stranger: judged.stranger,
        sets: judged.sets.iter().map(words).collect(),
        problems: judged.problems.clone(),
    }
}

/// A file's bytes.
fn bytes(given: &Given) -> Result<Vec<u8>, Problem> {
    match given {
        Given::Pasted(text) => Ok(text.clone().into_bytes()),
        Given::File(bytes) => {
            let bytes: Option<Vec<u8>> = bytes.chars().map(|byte| u8::try_from(byte).ok()).collect();
            bytes.ok_or_else(|| said("Something on this page is out of date. Reload it and choose the file again"))
        }
    }
}

/// Why nothing can be imported into a plan now.
fn closed(plan: &Plan, section: SectionId) -> Option<&'static str> {
    match plan.state {
        State::Scheduled => Some("it isn't open for writing yet. Untick the row, or wait for that"),
        state if !state.takes_edits() => Some("it is closed. Untick the row, or ask for the next plan to be opened"),
        _ if !plan.sections().any(|of| of == section) => {
            Some("this part isn't in it at the child's age. Untick the row")
        }
        _ => None,
    }
}

/// Where a file has the names that were chosen last, those; and where it hasn't, what
/// is guessed.
fn with_last(mut guessed: Vec<Chosen>, header: &[String], last: &HashMap<String, String>) -> Vec<Chosen> {
    let place = |name: &str| header.iter().position(|other| register::plain(other) == name);
    let is_chosen = |name: &str| last.values().any(|chosen| chosen == name);
    for chosen in &mut guessed {
        match last.get(&chosen.column).map(String::as_str) {
            // It was said that nothing says it; a column that says something else by now
            // doesn't say it either.
            Some("") => chosen.at = None,
            Some(name) => chosen.at = place(name).or(chosen.at),
            None => chosen.at = chosen.at.filter(|at| !is_chosen(&register::plain(&header[*at]))),
        }
    }
    guessed
}

/// "12 rows are in the plans. 10 plans changed."
fn result(rows: usize, plans: usize) -> String {
    let rows = if rows == 1 { "1 row is imported".to_string() } else { format!("{rows} rows are imported") };
    match plans {
        0 => format!("{rows}. The plans said all of it already"),
        1 => format!("{rows}. 1 plan has changed, and its history says that it was you"),
        plans => format!("{rows}. {plans} plans have changed, and their history says that it was you"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_last_goes_before_what_is_guessed() {
        let header = ["UPN", "Poss", "Number", "Here"].map(str::to_string);
        let guessed = register::guessed(What::Attendance, &header);
        let at = |chosen: &[Chosen], id: &str| chosen.iter().find(|chosen| chosen.column == id).unwrap().at;
        assert_eq!((at(&guessed, "upn"), at(&guessed, "possible"), at(&guessed, "attended")), (Some(0), Some(1), None));
        let last = [("upn", "number"), ("attended", "here"), ("late", "gone"), ("possible", "")];
        let last = last.map(|(id, name)| (id.to_string(), name.to_string())).into();
        let chosen = with_last(guessed.clone(), &header, &last);
        assert_eq!((at(&chosen, "upn"), at(&chosen, "attended")), (Some(2), Some(3)));
        assert_eq!((at(&chosen, "possible"), at(&chosen, "late")), (None, None));
        assert_eq!(with_last(guessed.clone(), &header, &HashMap::new()), guessed);
    }

    #[test]
    fn a_file_comes_back_from_characters_as_it_was() {
        let all: Vec<u8> = (0..=255).collect();
        let given = Given::File(all.iter().map(|byte| char::from(*byte)).collect());
        assert_eq!(bytes(&given), Ok(all));
        assert!(bytes(&Given::File("“".into())).is_err());
        assert_eq!(bytes(&Given::Pasted("“".into())), Ok("“".as_bytes().to_vec()));
    }

    #[test]
    fn the_result_is_a_sentence() {
        assert_eq!(result(1, 1), "1 row is imported. 1 plan has changed, and its history says that it was you");
        assert!(result(12, 10).starts_with("12 rows are imported. 10 plans have changed"));
        assert!(result(2, 0).contains("said all of it already"));
    }
}
