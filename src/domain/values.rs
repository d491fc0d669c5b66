//! What a section says at one moment, as plain values: for pages, rules, lists,
//! print-outs and exports. The document that merges edits is `sync::document`.

use super::calendar::Moment;
use super::people::RowId;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The values of one section. A path is a field's id (`strengths`), a part of a
/// question (`school/words`) or a cell (`targets/{row id}/what`).
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Values {
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub texts: LiteMap<String, String>,
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub facts: LiteMap<String, Vec<Entry>>,
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub rows: LiteMap<String, Vec<Row>>,
    /// Who said of a fact that was changed apart that all of its values stay.
    #[serde(default, skip_serializing_if = "LiteMap::is_empty")]
    pub kept: LiteMap<String, String>,
}

/// One person's value of a fact. A fact with two entries was changed by two
/// people apart: both are kept until a person chooses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The person's id, or `young-person`.
    pub by: String,
    pub at: Moment,
    /// In the spelling that the field's kind reads: `12.5`, `2026-11-23`, `yes`.
    pub value: String,
}

/// One row: its id, its place, and whether someone took it away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Row {
    pub id: RowId,
    /// A fractional index: rows show in the order of these strings.
    pub order: String,
    /// Who removed it; its cells are kept and it can be brought back.
    pub removed_by: Option<String>,
    /// Removed by one person while another changed it: kept, and said.
    pub kept_by_edit: bool,
}

impl Row {
    pub fn is_there(&self) -> bool {
        self.removed_by.is_none() || self.kept_by_edit
    }
}

impl Values {
    /// The text at a path; empty where nobody has written.
    pub fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// Every value of a fact that still stands: none, one, or several kept apart.
    pub fn entries(&self, path: &str) -> &[Entry] {
        self.facts.get(path).map_or(&[], Vec::as_slice)
    }

    /// The fact at a path, when exactly one value stands.
    pub fn fact(&self, path: &str) -> Option<&str> {
        match self.entries(path) {
            [one] => Some(&one.value),
            _ => None,
        }
    }

    /// The rows of a table that are there, in their order.
    pub fn rows(&self, field: &str) -> impl Iterator<Item = &Row> {
        self.rows.get(field).into_iter().flatten().filter(|row| row.is_there())
    }

    /// Every path at which something stands.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let all = self.texts.keys().chain(self.facts.keys()).chain(self.rows.keys()).chain(self.kept.keys());
        all.map(String::as_str)
    }

    /// What stands at these paths, and nothing else.
    pub fn part(&self, paths: &[String]) -> Values {
        let mut part = Values::default();
        for path in paths {
            copy(&self.texts, &mut part.texts, path);
            copy(&self.facts, &mut part.facts, path);
            copy(&self.rows, &mut part.rows, path);
            copy(&self.kept, &mut part.kept, path);
        }
        part
    }

    /// Takes over what stands at these paths in another's values. Answers the paths at
    /// which that is something else than what stood.
    pub fn put(&mut self, part: &Values, paths: &[String]) -> Vec<String> {
        let mut changed = Vec::new();
        for path in paths {
            let texts = take_over(&mut self.texts, &part.texts, path);
            let facts = take_over(&mut self.facts, &part.facts, path);
            let rows = take_over(&mut self.rows, &part.rows, path);
            let kept = take_over(&mut self.kept, &part.kept, path);
            if texts || facts || rows || kept {
                changed.push(path.clone());
            }
        }
        changed
    }

    /// Whether anybody has written anything.
    pub fn is_empty(&self) -> bool {
        self.texts.values().all(|text| text.trim().is_empty())
            && self.facts.values().all(Vec::is_empty)
            && self.rows.keys().all(|field| self.rows(field).next().is_none())
    }
}

fn copy<T: Clone>(from: &LiteMap<String, T>, to: &mut LiteMap<String, T>, path: &str) {
    if let Some(value) = from.get(path) {
        to.insert(path.to_string(), value.clone());
    }
}

fn take_over<T: Clone + PartialEq>(own: &mut LiteMap<String, T>, part: &LiteMap<String, T>, path: &str) -> bool {
    let new = part.get(path);
    if own.get(path) == new {
        return false;
    }
    match new {
        Some(value) => drop(own.insert(path.to_string(), value.clone())),
        None => drop(own.remove(path)),
    }
    true
}

/// One change between two states of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// A path of `Values`, or `{field}/{row id}` for a row that came or went.
    pub path: String,
    /// As kept, not as shown; empty where there was nothing.
    pub was: String,
    pub became: String,
}

/// What `Changed` says of a row that is there.
pub const ROW_THERE: &str = "there";

impl Values {
    /// What changed from these values to those.
    pub fn changes_to(&self, after: &Values) -> Vec<Changed> {
        let (before, after) = (self.said(), after.said());
        let paths: LiteMap<&str, ()> = before.keys().chain(after.keys()).map(|path| (&**path, ())).collect();
        let changed = |(path, ()): (&str, ())| {
            let was = before.get(path).map_or("", |said| &**said);
            let became = after.get(path).map_or("", |said| &**said);
            (was != became).then(|| Changed { path: path.into(), was: was.into(), became: became.into() })
        };
        paths.into_iter().filter_map(changed).collect()
    }

    fn said(&self) -> LiteMap<Cow<'_, str>, Cow<'_, str>> {
        let texts = self.texts.iter().map(|(path, text)| (Cow::from(path), Cow::from(text)));
        let facts = self.facts.iter().map(|(path, entries)| {
            let values: Vec<_> = entries.iter().map(|entry| entry.value.as_str()).collect();
            (Cow::from(path), Cow::from(values.join(" / ")))
        });
        let rows = self.rows.keys().flat_map(|field| {
            self.rows(field).map(move |row| (Cow::from(format!("{field}/{}", row.id)), Cow::from(ROW_THERE)))
        });
        texts.chain(facts).chain(rows).collect()
    }
}
