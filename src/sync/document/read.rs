//! From the document to plain values, checking on the way that it holds nothing
//! that its section doesn't declare.

use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::sections::{Keeps, Section};
use crate::domain::sorted::sorted;
use crate::domain::values::{Entry, Row, Values};
use yrs::{Any, Doc, GetString, Map, Number, Out, ReadTxn, Transact};

/// Far more than a field takes from one person, so that long texts written apart
/// by several still merge; far less than would hurt a reader.
pub const MOST_TEXT: usize = 400_000;

pub fn text_root(path: &str) -> String {
    format!("text/{path}")
}

pub fn fact_root(path: &str) -> String {
    format!("fact/{path}")
}

pub fn rows_root(field: &str) -> String {
    format!("rows/{field}")
}

pub fn alive_root(field: &str, row: &str) -> String {
    format!("alive/{field}/{row}")
}

pub fn gone_key(row: &str) -> String {
    format!("{row}/gone")
}

pub fn kept_key(by: &str) -> String {
    format!("{by}/kept")
}

/// The values that somebody saw who said that they all stay. What is set after that was
/// not among them.
pub fn seen(entries: &[Entry]) -> String {
    entries.iter().map(|entry| format!("{} {}\n", entry.by, entry.at.0)).collect()
}

pub fn read(doc: &Doc, section: &'static Section) -> Result<Values, String> {
    let roots = doc.transact().root_refs().map(|(name, _)| name.to_string()).collect();
    read_roots(doc, section, roots)
}

/// The same, of these roots only.
pub fn read_roots(doc: &Doc, section: &'static Section, roots: Vec<String>) -> Result<Values, String> {
    let txn = doc.transact();
    let mut values = Values::default();
    for root in &sorted(roots, |a, b| a > b) {
        let (kind, path) = root.split_once('/').ok_or_else(|| undeclared(root))?;
        match kind {
            "text" => {
                declared(section, path, Keeps::Text)?;
                let text = txn.get_text(root.as_str()).map(|text| text.get_string(&txn)).unwrap_or_default();
                if text.len() > MOST_TEXT {
                    return Err("This box holds more than it can. Shorten it".into());
                }
                if !text.is_empty() {
                    values.texts.insert(path.into(), text);
                }
            }
            "fact" => {
                declared(section, path, Keeps::Fact)?;
                let (entries, kept) = read_fact(&txn, root)?;
                if let Some(by) = kept.filter(|_| entries.len() > 1) {
                    values.kept.insert(path.into(), by);
                }
                if !entries.is_empty() {
                    values.facts.insert(path.into(), entries);
                }
            }
            "rows" => {
                declared(section, path, Keeps::Rows)?;
                let rows = read_rows(&txn, path)?;
                if !rows.is_empty() {
                    values.rows.insert(path.into(), rows);
                }
            }
            "alive" => {
                let (field, row) = path.split_once('/').ok_or_else(|| undeclared(root))?;
                declared(section, field, Keeps::Rows)?;
                row.parse::<RowId>().map_err(|_| undeclared(root))?;
            }
            _ => return Err(undeclared(root)),
        }
    }
    Ok(values)
}

/// What somebody wrote at a path, a fact or a text, whether or not a build carries the
/// section's questions.
pub fn words_at(doc: &Doc, path: &str) -> String {
    // The kind that edits have: reading with another would be a second copy of the code.
    let txn = doc.transact_mut();
    match read_fact(&txn, &fact_root(path)).unwrap_or_default().0.as_slice() {
        [one] => one.value.clone(),
        _ => txn.get_text(text_root(path)).map(|text| text.get_string(&txn)).unwrap_or_default(),
    }
}

fn undeclared(root: &str) -> String {
    format!("This part of the plan has no {root}")
}

fn declared(section: &'static Section, path: &str, keeps: Keeps) -> Result<(), String> {
    section.at(path).filter(|field| field.kind.keeps() == keeps).map(|_| ()).ok_or_else(|| undeclared(path))
}

/// The values of a fact, and who said that these all stay.
pub fn read_fact(txn: &impl ReadTxn, root: &str) -> Result<(Vec<Entry>, Option<String>), String> {
    let Some(map) = txn.get_map(root) else {
        return Ok(Default::default());
    };
    let (mut entries, mut marks) = (Vec::new(), Vec::new());
    for (by, value) in map.iter(txn) {
        if let Some(by) = by.strip_suffix("/kept") {
            let Out::Any(Any::String(seen)) = value else {
                return Err(undeclared(root));
            };
            marks.push((by.to_string(), seen));
            continue;
        }
        let Out::Any(Any::Map(entry)) = value else {
            return Err(undeclared(root));
        };
        let (Some(Any::String(value)), Some(Any::Number(at))) = (entry.get("v"), entry.get("at")) else {
            return Err(undeclared(root));
        };
        entries.push(Entry { by: by.to_string(), at: Moment(whole(at)), value: value.to_string() });
    }
    let entries = sorted(entries, |a, b| (a.at, &a.by) > (b.at, &b.by));
    let all = seen(&entries);
    // Where several said so, all devices name the same one.
    let kept = marks.into_iter().filter(|(_, seen)| **seen == *all).map(|(by, _)| by).min();
    Ok((entries, kept))
}

fn read_rows(txn: &impl ReadTxn, field: &str) -> Result<Vec<Row>, String> {
    let Some(map) = txn.get_map(rows_root(field)) else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for (key, value) in map.iter(txn) {
        let Out::Any(Any::String(value)) = value else {
            return Err(undeclared(field));
        };
        if key.ends_with("/gone") {
            continue;
        }
        let id: RowId = key.parse().map_err(|_| undeclared(field))?;
        let removed_by = match map.get(txn, &gone_key(key)) {
            Some(Out::Any(Any::String(by))) => Some(by.to_string()),
            _ => None,
        };
        let alive = txn.get_map(alive_root(field, key)).is_some_and(|alive| alive.len(txn) > 0);
        rows.push(Row { id, order: value.to_string(), kept_by_edit: removed_by.is_some() && alive, removed_by });
    }
    Ok(sorted(rows, |a, b| (&a.order, &a.id) > (&b.order, &b.id)))
}

pub fn moment(mark: &Out) -> Option<Moment> {
    match mark {
        Out::Any(Any::Number(at)) => Some(Moment(whole(at))),
        _ => None,
    }
}

fn whole(number: &Number) -> i64 {
    match number {
        Number::Int(whole) => *whole,
        Number::Float(float) => *float as i64,
    }
}
