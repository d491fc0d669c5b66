//! From judged rows to edits of documents.

use crate::domain::people::RowId;
use crate::domain::register::{Judged, Place, SUBJECTS, Set, path};
use crate::domain::sections::Keeps;
use crate::domain::values::Values;
use crate::server::ids;
use crate::sync::document::Edit;
use crate::sync::order::between;
use crate::sync::splice::splice_between;

/// The edits that make one document say what the rows about it set. None where it says
/// so already.
pub fn edits(rows: &[&Judged], values: &Values) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut last = values.rows.get(SUBJECTS).and_then(|rows| rows.last()).map(|row| row.order.clone());
    for row in rows {
        let place = match &row.place {
            Place::NewRow => {
                let id = RowId::new(ids::fresh());
                let order = between(last.as_deref(), None);
                edits.push(Edit::AddRow { field: SUBJECTS.into(), row: id.clone(), order: order.clone() });
                last = Some(order);
                Place::Row(id)
            }
            place => place.clone(),
        };
        edits.extend(row.sets.iter().filter(|set| set.changes()).filter_map(|set| edit(set, &place)));
    }
    edits
}

fn edit(set: &Set, place: &Place) -> Option<Edit> {
    let path = path(place, set.field.id)?;
    match set.field.kind.keeps() {
        Keeps::Text => {
            let splice = splice_between(&set.was, &set.becomes)?;
            Some(Edit::Splice { path, at: splice.at, delete: splice.delete, insert: splice.insert })
        }
        Keeps::Fact => Some(Edit::Set { path, value: set.becomes.clone() }),
        Keeps::Rows | Keeps::Parts => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::register::{Child, Table, What, guessed, judged};
    use crate::sync::document::Document;

    fn child(values: Values) -> Child {
        Child {
            name: "Amira".into(),
            full_name: "Amira Haddad".into(),
            born: "2014-03-17".parse().unwrap(),
            upn: "X000000000017".into(),
            values,
            closed: None,
        }
    }

    fn import(document: &mut Document, what: What, file: &str) -> usize {
        let rows = file.lines().map(|line| line.split('|').map(str::to_string).collect()).collect();
        let table = Table::find(rows, what).unwrap();
        let values = document.values();
        let judged = judged(what, &table, &guessed(what, &table.header), &[child(values.clone())]);
        assert!(judged.iter().all(|row| row.problems.is_empty()), "{judged:?}");
        let edits = edits(&judged.iter().collect::<Vec<_>>(), &values);
        edits.iter().for_each(|edit| drop(document.edit(edit, "ruth", Moment(1)).unwrap()));
        edits.len()
    }

    #[test]
    fn a_document_says_what_was_imported_and_twice_is_once() {
        let mut document = Document::new(What::Attendance.section().section(), 7);
        let file = "UPN|Possible|Present\nX000000000017|124|110";
        assert_eq!(import(&mut document, What::Attendance, file), 2);
        assert_eq!(document.values().fact("attended"), Some("110"));
        assert_eq!(import(&mut document, What::Attendance, file), 0);
    }

    #[test]
    fn subjects_are_added_in_order_and_changed_in_place() {
        let mut document = Document::new(What::Progress.section().section(), 7);
        let file = "UPN|Subject|Now|Target\nX000000000017|Maths|4|6\nX000000000017|English|5|7";
        import(&mut document, What::Progress, file);
        import(&mut document, What::Progress, "UPN|Subject|Now|Target\nX000000000017|MATHS|4+|");
        let values = document.values();
        let rows: Vec<_> = values.rows(SUBJECTS).map(|row| row.id.clone()).collect();
        let cell = |row: usize, field: &str| values.text(&format!("{SUBJECTS}/{}/{field}", rows[row])).to_string();
        assert_eq!(rows.len(), 2);
        assert_eq!((cell(0, "subject"), cell(0, "now"), cell(0, "target")), ("Maths".into(), "4+".into(), "6".into()));
        assert_eq!(cell(1, "subject"), "English");
    }
}
