//! Values as people could write them: of the fields that a section declares, and of
//! the kinds that they take.

use pep::domain::access::YOUNG_PERSON;
use pep::domain::calendar::Moment;
use pep::domain::people::{PersonId, RowId};
use pep::domain::sections::{Field, Keeps, Kind, Pick, SectionId};
use pep::domain::values::{Entry, Row, Values};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

/// Those who write.
pub fn writer(number: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(0xbeef_0000 + number))
}

fn writers() -> Vec<String> {
    (1..=3).map(|number| writer(number).to_string()).chain([YOUNG_PERSON.to_string()]).collect()
}

/// A piece of a section.
#[derive(Clone, Debug)]
enum Piece {
    Text(String, String),
    Fact(String, Vec<Entry>),
    Rows(String, Vec<Row>),
}

/// What a section could say.
pub fn values(section: SectionId) -> BoxedStrategy<Values> {
    let fields: Vec<_> = section.section().fields.iter().map(|field| of_field(field.id.to_string(), *field)).collect();
    fields.prop_map(|pieces| put_together(pieces.into_iter().flatten())).boxed()
}

fn put_together(pieces: impl Iterator<Item = Piece>) -> Values {
    let mut values = Values::default();
    for piece in pieces {
        match piece {
            Piece::Text(_, text) if text.is_empty() => {}
            Piece::Text(path, text) => drop(values.texts.insert(path, text)),
            Piece::Fact(_, entries) if entries.is_empty() => {}
            Piece::Fact(path, mut entries) => {
                entries.sort_by(|a, b| (a.at, &a.by).cmp(&(b.at, &b.by)));
                values.facts.insert(path, entries);
            }
            Piece::Rows(_, rows) if rows.is_empty() => {}
            Piece::Rows(field, mut rows) => {
                rows.sort_by(|a, b| (&a.order, &a.id).cmp(&(&b.order, &b.id)));
                values.rows.insert(field, rows);
            }
        }
    }
    values
}

fn of_field(path: String, field: Field) -> BoxedStrategy<Vec<Piece>> {
    match (field.kind, field.kind.keeps()) {
        (Kind::Rows { columns, .. }, _) => rows(path, columns),
        (_, Keeps::Text) => {
            let text = prop_oneof![Just(String::new()), "\\PC{0,30}", "[a-zé😀\u{301}ا\n\"\\\\ ]{1,20}"];
            text.prop_map(move |text| vec![Piece::Text(path.clone(), text)]).boxed()
        }
        (kind, Keeps::Fact) => fact(kind).prop_map(move |entries| vec![Piece::Fact(path.clone(), entries)]).boxed(),
        _ => Just(Vec::new()).boxed(),
    }
}

/// Mostly one value or none, and sometimes several that were set apart.
fn fact(kind: Kind) -> BoxedStrategy<Vec<Entry>> {
    let who = prop_oneof![3 => subsequence(writers(), 0..=1), 1 => subsequence(writers(), 2..=4)];
    (who, prop::collection::vec((0..2_000_000_000_000i64, value(kind)), 4))
        .prop_map(|(who, said)| {
            let entry = |(by, (at, value))| Entry { by, at: Moment(at), value };
            who.into_iter().zip(said).map(entry).collect()
        })
        .boxed()
}

fn value(kind: Kind) -> BoxedStrategy<String> {
    let one = |picks: &'static [Pick]| select(picks.to_vec()).prop_map(|pick| pick.id.to_string()).boxed();
    match kind {
        Kind::Number { min, max, .. } => (min..=max).prop_map(|number| number.to_string()).boxed(),
        Kind::Media(_) => any::<u128>().prop_map(|id| Uuid::from_u128(id).to_string()).boxed(),
        Kind::Date => (1990..2040, 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).boxed(),
        Kind::Choice(picks) | Kind::Scale(picks) => one(picks),
        Kind::Picks(picks) => subsequence(picks.to_vec(), 1..=picks.len())
            .prop_map(|picks| picks.iter().map(|pick| pick.id).collect::<Vec<_>>().join(","))
            .boxed(),
        _ => select(vec!["yes".to_string(), "no".to_string()]).boxed(),
    }
}

fn rows(field: String, columns: &'static [Field]) -> BoxedStrategy<Vec<Piece>> {
    let row = move |field: String| {
        (any::<u128>(), "[0-9A-Za-z]{0,4}", prop::option::weighted(0.3, select(writers())), any::<bool>())
            .prop_flat_map(move |(id, order, removed_by, kept)| {
                let id = RowId::new(Uuid::from_u128(id));
                let cells: Vec<_> =
                    columns.iter().map(|column| of_field(format!("{field}/{id}/{}", column.id), *column)).collect();
                let kept_by_edit = kept && removed_by.is_some();
                (Just(Row { id, order, removed_by, kept_by_edit }), cells)
            })
    };
    prop::collection::vec(row(field.clone()), 0..4)
        .prop_map(move |rows| {
            let (rows, cells): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
            let mut pieces: Vec<Piece> = cells.into_iter().flatten().flatten().collect();
            pieces.push(Piece::Rows(field.clone(), rows));
            pieces
        })
        .boxed()
}
