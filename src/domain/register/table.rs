//! A file's rows as cells, and which of them names the columns.

use super::What;
use super::columns::known;

/// Header and rows of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    pub header: Vec<String>,
    /// Each row that says anything, with its number as a spreadsheet shows it.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// Titles and dates may stand before the names of the columns, in so many rows.
pub const HEADER_WITHIN: usize = 10;

impl Table {
    /// The table in a file's rows; an empty row counts as a row. Nothing where no row
    /// says anything.
    pub fn find(rows: Vec<Vec<String>>, what: What) -> Option<Self> {
        let at = header_at(&rows, what)?;
        let mut rows = rows.into_iter().enumerate().skip(at);
        let (_, header) = rows.next()?;
        let says = |row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty());
        let rows = rows.filter(|(_, row)| says(row)).map(|(place, row)| (place + 1, row)).collect();
        Some(Self { header: header.iter().map(|name| name.trim().to_string()).collect(), rows })
    }
}

/// The row that names most columns; where none names any, the first that says something.
fn header_at(rows: &[Vec<String>], what: What) -> Option<usize> {
    let mut best = None;
    for (place, row) in rows.iter().enumerate().take(HEADER_WITHIN) {
        let names = known(what, row);
        let says = row.iter().any(|cell| !cell.trim().is_empty());
        if says && best.is_none_or(|(_, most)| names > most) {
            best = Some((place, names));
        }
    }
    best.map(|(place, _)| place)
}
