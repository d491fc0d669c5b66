//! A section's document, made again from its plain values with the edits that a page
//! makes: it merges with what is written later like any other.

use crate::domain::calendar::Moment;
use crate::domain::sections::Section;
use crate::domain::values::{Entry, Row, Values};
use crate::sync::document::{Document, Edit};

/// A document as it is stored, with the client numbers that wrote it.
pub struct Rebuilt {
    pub state: Vec<u8>,
    pub clients: Vec<u64>,
}

/// Makes the document whose values these are, or says why there is none. `client`
/// gives numbers that nobody else writes under.
pub fn rebuild(section: &'static Section, values: &Values, mut client: impl FnMut() -> u64) -> Result<Rebuilt, String> {
    let mut clients = vec![client()];
    let mut document = Document::new(section, clients[0]);
    for (path, text) in &values.texts {
        let edit = Edit::Splice { path: path.clone(), at: 0, delete: 0, insert: text.clone() };
        document.edit(&edit, "", Moment(0))?;
    }
    // To set a fact takes away the values that one has seen. Values that stand side by
    // side are written as they came to be: by several who didn't see each other.
    let apart = values.facts.values().map(Vec::len).max().unwrap_or(0);
    for number in 0..apart {
        let of_each = values.facts.iter().filter_map(|(path, entries)| Some((path, entries.get(number)?)));
        if number == 0 {
            of_each.into_iter().try_for_each(|(path, entry)| set(&mut document, path, entry))?;
            continue;
        }
        clients.push(client());
        let mut other = Document::new(section, clients[number]);
        of_each.into_iter().try_for_each(|(path, entry)| set(&mut other, path, entry))?;
        document.apply(&other.state()).map_err(|_| "It could not be put together")?;
    }
    for (path, by) in &values.kept {
        document.edit(&Edit::Keep { path: path.clone() }, by, Moment(0))?;
    }
    // Rows come last: taking one away also ends what its cells say of its life.
    for (field, rows) in &values.rows {
        rows.iter().try_for_each(|row| put(&mut document, field, row))?;
    }
    // The document is the only judge: whatever it would read back otherwise isn't taken.
    match document.read()? == in_order(values) {
        true => Ok(Rebuilt { state: document.state(), clients }),
        false => Err("It doesn't read back as it stands in the file".into()),
    }
}

fn set(document: &mut Document, path: &str, entry: &Entry) -> Result<(), String> {
    let edit = Edit::Set { path: path.into(), value: entry.value.clone() };
    document.edit(&edit, &entry.by, entry.at).map(|_| ())
}

fn put(document: &mut Document, field: &str, row: &Row) -> Result<(), String> {
    let (field, id, order) = (field.to_string(), row.id.clone(), row.order.clone());
    let add = Edit::AddRow { field: field.clone(), row: id.clone(), order: order.clone() };
    document.edit(&add, "", Moment(0))?;
    if let Some(by) = &row.removed_by {
        document.edit(&Edit::RemoveRow { field: field.clone(), row: id.clone() }, by, Moment(0))?;
        if row.kept_by_edit {
            document.edit(&Edit::MoveRow { field, row: id, order }, "", Moment(0))?;
        }
    }
    Ok(())
}

/// Values as a document reads them: in its order, and without what says nothing.
fn in_order(values: &Values) -> Values {
    let mut ordered = values.clone();
    ordered.texts.retain(|_, text| !text.is_empty());
    ordered.facts.retain(|_, entries| !entries.is_empty());
    ordered.rows.retain(|_, rows| !rows.is_empty());
    for (_, entries) in ordered.facts.iter_mut() {
        entries.sort_by(|a, b| (a.at, &a.by).cmp(&(b.at, &b.by)));
    }
    for (_, rows) in ordered.rows.iter_mut() {
        rows.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
    }
    ordered
}
