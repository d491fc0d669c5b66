//! Every row of a file, judged: whose it is, what it would set, what is wrong.

use super::checks::{self, Cells};
use super::columns::plain;
use super::who::{self, Child, Miss, Said};
use super::{Chosen, SUBJECTS, Table, What};
use crate::domain::people::RowId;
use crate::domain::sections::{Field, Keeps};
use crate::domain::values::Values;
use std::collections::HashMap;

/// Where a row of a file goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// To the section's own fields.
    Section,
    /// To a row of its table that is there.
    Row(RowId),
    /// To a row that it adds.
    NewRow,
}

/// One value that a row sets.
#[derive(Clone, Debug)]
pub struct Set {
    pub field: Field,
    /// What stands there, as kept; empty where nothing does.
    pub was: String,
    pub becomes: String,
}

/// One row of a file.
#[derive(Clone, Debug)]
pub struct Judged {
    /// As a spreadsheet counts.
    pub number: usize,
    /// The child, by their place in the list; none where none is found.
    pub child: Option<usize>,
    /// The child's name, or what the file says of who it is.
    pub name: String,
    /// Whether the row is about none of the person's children.
    pub stranger: bool,
    pub place: Place,
    pub sets: Vec<Set>,
    /// What is wrong, each in a sentence that names the row.
    pub problems: Vec<String>,
}

impl Set {
    pub fn changes(&self) -> bool {
        self.was != self.becomes
    }
}

/// Judges every row of a table.
pub fn judged(what: What, table: &Table, chosen: &[Chosen], children: &[Child]) -> Vec<Judged> {
    // The row that was the first to set a child's numbers, or a child's subject.
    let mut firsts: HashMap<(usize, String), usize> = HashMap::new();
    let judge = |(number, row): &(usize, Vec<String>)| {
        let cells = Cells::new(row, chosen);
        let mut judged = judge(what, *number, &cells, children);
        if let Some(child) = judged.child {
            let key = (child, if what == What::Progress { plain(cells.get("subject")) } else { String::new() });
            match firsts.get(&key) {
                Some(first) => judged.problems.push(format!(
                    "Row {number}: Row {first} sets the same for {}. Untick this row, or take one out of the file",
                    judged.name
                )),
                None => drop(firsts.insert(key, *number)),
            }
        }
        judged
    };
    table.rows.iter().map(judge).collect()
}

fn judge(what: What, number: usize, cells: &Cells, children: &[Child]) -> Judged {
    let said = said(cells);
    let mut judged = Judged {
        number,
        child: None,
        name: checks::short(&said.words()),
        stranger: false,
        place: Place::Section,
        sets: Vec::new(),
        problems: Vec::new(),
    };
    let mut wrong = Vec::new();
    match who::find(&said, children) {
        Ok(found) => {
            let child = &children[found];
            judged.child = Some(found);
            judged.name = child.name.clone();
            match child.closed {
                Some(why) => wrong.push(format!("{}'s plan can't be written in: {why}", child.name)),
                None => wrong.extend(fill(&mut judged, what, cells, child)),
            }
        }
        Err(Miss::Said(sentence)) => wrong.push(sentence),
        Err(Miss::Stranger) => {
            judged.stranger = true;
            wrong.push(STRANGER.into());
        }
    }
    judged.problems = wrong.into_iter().map(|sentence| format!("Row {number}: {sentence}")).collect();
    judged
}

const STRANGER: &str =
    "This is none of the children whose plan you can write in. Check the UPN, or the name and date of birth";

fn said(cells: &Cells) -> Said {
    let name = match cells.get("name") {
        "" => format!("{} {}", cells.get("forename"), cells.get("surname")).trim().to_string(),
        name => name.to_string(),
    };
    Said { upn: cells.get("upn").into(), name, born: cells.get("born").into() }
}

/// Finds out what a row sets, and answers what is wrong with it.
fn fill(judged: &mut Judged, what: What, cells: &Cells, child: &Child) -> Vec<String> {
    let mut wrong = Vec::new();
    if what == What::Progress {
        match subject_row(cells.get("subject"), child) {
            Ok(place) => judged.place = place,
            Err(sentence) => return vec![sentence],
        }
    }
    let mut set = Vec::new();
    for (column, field) in what.filling() {
        let cell = cells.get(column.id);
        // What a file leaves empty stays as it is.
        if cell.is_empty() {
            continue;
        }
        match checks::value(column, &field, cell) {
            Ok(value) => set.push((column.id, value)),
            Err(sentence) => wrong.push(sentence),
        }
    }
    match what {
        What::Attendance => wrong.extend(checks::sessions(&set, cells, &child.values)),
        What::Progress => wrong.extend(checks::grades(&set, &|id| {
            what.field(id).map(|field| standing(&child.values, &judged.place, &field)).unwrap_or_default()
        })),
    }
    if set.is_empty() && wrong.is_empty() {
        wrong.push("The row sets nothing. Fill it in, or untick it".into());
    }
    for (id, becomes) in set {
        let Some(field) = what.field(id) else { continue };
        // A subject that is there is spelled as it is there.
        if id == "subject" && matches!(judged.place, Place::Row(_)) {
            continue;
        }
        let was = standing(&child.values, &judged.place, &field);
        judged.sets.push(Set { field, was, becomes });
    }
    wrong
}

/// The row of a child's table that is about a subject.
fn subject_row(subject: &str, child: &Child) -> Result<Place, String> {
    let said = plain(subject);
    if said.is_empty() {
        return Err("The subject is missing. Fill it in, or untick the row".into());
    }
    let values = &child.values;
    let about = |id: &RowId| plain(values.text(&path(&Place::Row(id.clone()), "subject").unwrap_or_default())) == said;
    let mut rows = values.rows(SUBJECTS).map(|row| &row.id).filter(|id| about(id));
    match (rows.next(), rows.next()) {
        (None, _) => Ok(Place::NewRow),
        (Some(id), None) => Ok(Place::Row(id.clone())),
        (Some(_), Some(_)) => {
            let (name, subject) = (&child.name, checks::short(subject));
            Err(format!("{name}'s plan has {subject} more than once. Remove one there, or untick the row"))
        }
    }
}

/// The path of a field at a place; none in a row that isn't there yet.
pub fn path(place: &Place, field: &str) -> Option<String> {
    match place {
        Place::Section => Some(field.to_string()),
        Place::Row(row) => Some(format!("{SUBJECTS}/{row}/{field}")),
        Place::NewRow => None,
    }
}

/// What stands in a field. Of values set apart all stand.
fn standing(values: &Values, place: &Place, field: &Field) -> String {
    let Some(path) = path(place, field.id) else { return String::new() };
    match field.kind.keeps() {
        Keeps::Text => values.text(&path).to_string(),
        _ => values.entries(&path).iter().map(|entry| entry.value.as_str()).collect::<Vec<_>>().join(" / "),
    }
}
