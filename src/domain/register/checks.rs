//! Whether what a row says can be right, each wrong in one sentence.

use super::columns::{Column, SHARE, plain};
use super::grades::{GRADES, grades_of, is_of};
use super::{Chosen, What, taken};
use crate::domain::attendance::{Mismatch, mismatch};
use crate::domain::sections::{Field, Kind, Pick};
use crate::domain::values::Values;

/// The cells of one row, by the id of their column.
pub struct Cells<'a> {
    row: &'a [String],
    chosen: &'a [Chosen],
}

impl<'a> Cells<'a> {
    pub fn new(row: &'a [String], chosen: &'a [Chosen]) -> Self {
        Self { row, chosen }
    }

    /// What the row says in a column; empty where it says nothing.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.chosen.iter().find(|chosen| chosen.column == column).and_then(|chosen| chosen.at);
        at.and_then(|at| self.row.get(at)).map_or("", |cell| taken(cell))
    }
}

/// A cell as a sentence quotes it.
pub fn short(cell: &str) -> String {
    const MOST: usize = 40;
    let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match cell.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell,
    }
}

/// A cell as the section keeps it, or what is wrong with it.
pub fn value(column: &Column, field: &Field, cell: &str) -> Result<String, String> {
    let value = match field.kind {
        Kind::Number { .. } => number(cell),
        Kind::Choice(picks) | Kind::Scale(picks) => pick(column, picks, cell)?,
        Kind::ShortText => cell.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => cell.replace("\r\n", "\n").replace('\r', "\n"),
    };
    let wrong = |sentence| format!("{} ({}) can't be taken. {sentence}", column.label, short(cell));
    field.kind.check(&value).map_err(wrong)?;
    Ok(value)
}

/// A number without the noughts before it, and the point that a spreadsheet adds.
fn number(cell: &str) -> String {
    let cell = cell.strip_suffix(".0").or_else(|| cell.strip_suffix(".00")).unwrap_or(cell);
    match cell.trim_start_matches('0') {
        "" if !cell.is_empty() => "0".into(),
        number => number.into(),
    }
}

fn pick(column: &Column, picks: &[Pick], cell: &str) -> Result<String, String> {
    let said = plain(cell);
    let is_it = |pick: &&Pick| plain(pick.id) == said || plain(pick.words) == said;
    // A column that is called On track is often answered with a yes.
    let on = (column.id == "on-track" && matches!(said.as_str(), "y" | "yes" | "on target")).then_some("on");
    let found = picks.iter().find(is_it).map(|pick| pick.id).or(on);
    found.map(str::to_string).ok_or_else(|| {
        let words: Vec<_> = picks.iter().map(|pick| pick.words).collect();
        format!("{} ({}) isn't one of its answers. Use one of: {}", column.label, short(cell), words.join("; "))
    })
}

/// The sentences about numbers of sessions that don't belong together. What the row
/// doesn't say is taken from the plan, and called so.
pub fn sessions(set: &[(&'static str, String)], cells: &Cells, values: &Values) -> Vec<String> {
    let mut wrong = Vec::new();
    let number = |id: &'static str| {
        let column = What::Attendance.columns().find(|column| column.id == id)?;
        let row = set.iter().find(|(of, _)| *of == id).map(|(_, value)| value.as_str());
        let (value, from) = match row {
            Some(value) => (value, ""),
            None => (values.fact(id)?, ", in the plan"),
        };
        Some((value.parse::<u32>().ok()?, format!("{} ({value}{from})", column.label), row.is_some()))
    };
    let [possible, attended, authorised, unauthorised, late, year_possible, year_attended] =
        ["possible", "attended", "authorised", "unauthorised", "late", "year-possible", "year-attended"].map(number);
    let is_new = |numbers: &[&Option<(u32, String, bool)>]| numbers.iter().any(|n| matches!(n, Some((.., true))));
    if let Some((most, of, _)) = &possible {
        // What the plan has of absences is older than the row, and may not fit it.
        let parts = [&attended, &authorised, &unauthorised].map(|part| part.as_ref().filter(|(.., is_new)| *is_new));
        let [of_attended, of_authorised, of_unauthorised] = parts.map(|part| part.map(|(number, ..)| *number));
        if let Some(Mismatch::Sum(sum)) = mismatch(*most, of_attended, of_authorised, of_unauthorised) {
            let named = parts.into_iter().flatten().map(|(_, words, _)| words.as_str()).collect::<Vec<_>>().join(", ");
            wrong.push(format!("{named} make {sum}, and {of} is the whole. Check the register"));
        }
    }
    for (part, whole) in [(&attended, &possible), (&late, &possible), (&year_attended, &year_possible)] {
        if let (Some((number, words, _)), Some((most, of, _))) = (part, whole)
            && number > most
            && is_new(&[part, whole])
        {
            wrong.push(format!("{words} is more than {of}. Check the register"));
        }
    }
    let of_row = |number: Option<(u32, String, bool)>| number.filter(|(.., is_new)| *is_new).map(|(number, ..)| number);
    wrong.extend(share(cells.get(SHARE), of_row(possible), of_row(attended)));
    wrong
}

/// The sentences about grades that aren't of the row's scale. What the row doesn't say is
/// taken from the plan, and called so; what was wrong there before is not this row's.
pub fn grades(set: &[(&'static str, String)], in_plan: &dyn Fn(&str) -> String) -> Vec<String> {
    let find = |id: &str| {
        let row = set.iter().find(|(of, _)| *of == id).map(|(_, value)| (value.clone(), true));
        row.unwrap_or_else(|| (in_plan(id), false))
    };
    let (scale, is_scale_new) = find("scale");
    let (Some(has), Some(field)) = (grades_of(&scale), What::Progress.field("scale")) else { return Vec::new() };
    let wrong = |id: &&str| {
        let (grade, is_new) = find(id);
        let is_wrong = !grade.is_empty() && (is_new || is_scale_new) && !is_of(&scale, &grade);
        let label = What::Progress.columns().find(|column| column.id == *id).map_or("", |column| column.label);
        let from = |is_new: bool| if is_new { "" } else { ", in the plan" };
        is_wrong.then(|| {
            format!(
                "{label} ({}{}) isn't on the scale ({}{}), which has {has}. Mend the grade or the scale, or untick the row",
                short(&grade),
                from(is_new),
                field.kind.words(&scale),
                from(is_scale_new),
            )
        })
    };
    GRADES.iter().filter_map(wrong).collect()
}

/// Whether a share in per cent is what the sessions make. It may be rounded either way.
fn share(cell: &str, possible: Option<u32>, attended: Option<u32>) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    let digits = cell.trim_end_matches('%').trim();
    let share = digits.parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share));
    let Some(share) = share else {
        let cell = short(cell);
        return Some(format!("Attendance in per cent ({cell}) can't be taken. Enter a number from 0 to 100"));
    };
    let (possible, attended) = (possible.filter(|possible| *possible > 0)?, attended?);
    let made = f64::from(attended) * 100.0 / f64::from(possible);
    (attended <= possible && (made - share).abs() > 1.0).then(|| {
        let cell = short(cell);
        format!("Attendance in per cent ({cell}) isn't what {attended} of {possible} make. Check the register")
    })
}
