//! What a plan says about something, short enough to be read across a room: what is
//! written, and nothing about what isn't.

use super::agenda::Part;
use crate::domain::sections::{Field, Keeps, Kind};
use crate::domain::values::{Row, Values};
use serde::{Deserialize, Serialize};

/// What one field says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Told {
    pub label: String,
    pub lines: Vec<Line>,
}

/// One value, or one row of a table: what it is about, and more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    pub head: String,
    /// Other columns, each with its label.
    pub more: Vec<(String, String)>,
}

impl Part {
    /// What the plan says here, with the child's name in the labels.
    pub fn told(&self, values: &Values, name: &str) -> Vec<Told> {
        let declared =
            self.fields.iter().filter_map(|(id, columns)| Some((self.section.section().field(id)?, *columns)));
        declared
            .map(|(field, columns)| Told {
                label: field.label.replace("{name}", name),
                lines: lines(values, field, columns),
            })
            .filter(|told| !told.lines.is_empty())
            .collect()
    }

    /// The labels of the fields that nobody has written, with the child's name.
    pub fn unwritten(&self, values: &Values, name: &str) -> Vec<String> {
        let declared =
            self.fields.iter().filter_map(|(id, columns)| Some((self.section.section().field(id)?, *columns)));
        declared
            .filter(|(field, columns)| field.needed && lines(values, field, columns).is_empty())
            .map(|(field, _)| field.label.replace("{name}", name))
            .collect()
    }
}

/// What a field says: a line for each value, or for each row of a table.
pub fn lines(values: &Values, field: &Field, columns: &[&str]) -> Vec<Line> {
    if let Kind::Rows { .. } = field.kind {
        return values.rows(field.id).filter_map(|row| line(values, field, row, columns)).collect();
    }
    let said = said(values, field, field.id);
    said.into_iter().map(|head| Line { head, more: Vec::new() }).collect()
}

/// What a row of a table says in these columns; nothing where nobody wrote in any.
pub fn line(values: &Values, field: &Field, row: &Row, columns: &[&str]) -> Option<Line> {
    let Kind::Rows { columns: declared, .. } = field.kind else { return None };
    let listed = columns.iter().filter_map(|id| declared.iter().find(|column| column.id == *id));
    let mut cells = listed.map(|column| {
        let path = format!("{}/{}/{}", field.id, row.id, column.id);
        (column.label.to_string(), said(values, column, &path).unwrap_or_default())
    });
    let head = cells.next().map(|(_, words)| words).unwrap_or_default();
    let more: Vec<_> = cells.filter(|(_, words)| !words.is_empty()).collect();
    (!head.is_empty() || !more.is_empty()).then_some(Line { head, more })
}

/// What stands at a place, in words; two values that nobody chose between are both said.
fn said(values: &Values, field: &Field, path: &str) -> Option<String> {
    let words = match field.kind.keeps() {
        Keeps::Text => values.text(path).trim().to_string(),
        _ => {
            let all: Vec<_> = values.entries(path).iter().map(|entry| field.kind.words(&entry.value)).collect();
            all.join(" / ")
        }
    };
    Some(words).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::meeting::agenda::Item;
    use crate::domain::people::RowId;
    use crate::domain::sections::SectionId;
    use crate::domain::values::{Entry, Row};

    fn fact(value: &str) -> Vec<Entry> {
        vec![Entry { by: "a".into(), at: Moment(0), value: value.into() }]
    }

    #[test]
    fn a_target_is_a_line_and_what_is_empty_is_not_there() {
        let (written, empty) = (RowId::new(uuid::Uuid::from_u128(1)), RowId::new(uuid::Uuid::from_u128(2)));
        let there = |id: &RowId| Row { id: id.clone(), order: "V".into(), removed_by: None, kept_by_edit: false };
        let mut values = Values::default();
        values.rows.insert("targets".into(), vec![there(&written), there(&empty)]);
        values.texts.insert(format!("targets/{written}/what"), " Read 20 minutes a day ".into());
        values.texts.insert(format!("targets/{written}/strategy"), "Not listed".into());
        values.facts.insert(format!("targets/{written}/by-when"), fact("2027-03-04"));
        let part = Item::Targets.parts()[0];
        let told = part.told(&values, "Amira");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].label, "Targets for this term");
        let line = Line { head: "Read 20 minutes a day".into(), more: vec![("By when".into(), "4 March 2027".into())] };
        assert_eq!(told[0].lines, [line]);
    }

    #[test]
    fn what_is_needed_and_not_written_is_known_by_its_label() {
        let part = Item::Needs.parts()[0];
        assert_eq!(part.section, SectionId::Needs);
        assert_eq!(part.unwritten(&Values::default(), "Amira"), ["Special educational needs"]);
        let mut values = Values::default();
        values.facts.insert("sen".into(), fact("support"));
        assert!(part.unwritten(&values, "Amira").is_empty());
        assert_eq!(part.told(&values, "Amira")[0].lines[0].head, "SEN support");
    }
}
