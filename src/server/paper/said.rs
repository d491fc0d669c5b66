//! What a section says, as it stands on paper. `W` is what written words have become
//! by then: plain text on the whole plan, words that were looked through on a family
//! copy.

use crate::domain::capital::capital;
use crate::domain::sections::{Field, Keeps, Kind};
use crate::domain::translated::{self, EARLIER, wording};
use crate::domain::values::{Entry, Values};
use crate::domain::voice::{SharedAnswer, Translation};
use serde::Serialize;

/// One field with its answer.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Answer<W> {
    pub label: String,
    pub said: Said<W>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<Translated<W>>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said<W> {
    /// One value, or several that two people set apart.
    Words(Vec<W>),
    /// One value in two parts: "13 years" and "4 months".
    Parts(Vec<W>),
    /// A table whose rows are short.
    Table { columns: Vec<String>, rows: Vec<Vec<Vec<W>>> },
    /// A table whose rows are too long to stand side by side: each is a list.
    Cards(Vec<Card<W>>),
}

/// What somebody's words say in another language, below the original.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Translated<W> {
    pub words: W,
    /// "Translated by Ada Invented on Tuesday 3 March 2026".
    pub by: W,
}

impl Translated<String> {
    /// What a shared answer says.
    pub fn all(answer: &SharedAnswer) -> Vec<Self> {
        answer.translations.iter().map(Self::of).collect()
    }

    /// What a place of a section says, where something stands there.
    pub fn beneath(all: &[translated::Translated], values: &Values, path: &str) -> Vec<Self> {
        let Some(now) = wording(values, path) else { return Vec::new() };
        let one = |one: &translated::Translated| {
            let said = Self::of(&one.translation);
            let by = if one.wording == now { said.by } else { format!("{}. {EARLIER}", said.by) };
            Self { by, ..said }
        };
        all.iter().filter(|one| one.path == path).map(one).collect()
    }

    fn of(said: &Translation) -> Self {
        Self { words: said.words.trim().into(), by: format!("Translated by {} on {}", said.by, said.at.day().spoken()) }
    }
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Card<W> {
    pub title: String,
    /// What the row is called, where its first column says that: "Maths" for a subject.
    pub name: Option<W>,
    pub cells: Vec<Cell<W>>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Cell<W> {
    pub label: String,
    pub words: Vec<W>,
}

/// The most columns that stand side by side on a page and can still be read.
const SIDE_BY_SIDE: usize = 4;

/// Turns values into words for paper.
pub struct Scribe<'a, W> {
    pub values: &'a Values,
    /// What the child likes to be called, for labels.
    pub child: &'a str,
    /// What becomes of words that somebody wrote or chose.
    pub put: &'a dyn Fn(String) -> W,
    /// Who set one of several values apart; nothing where that isn't said.
    pub by: &'a dyn Fn(&Entry) -> Option<String>,
}

impl<W> Scribe<'_, W> {
    /// What a field says, with these columns where it is a table; nothing where
    /// nobody has answered. What it says in another language is for the caller to add.
    pub fn answer(&self, field: &Field, columns: &[&'static Field]) -> Option<Answer<W>> {
        let said = match field.kind {
            Kind::Rows { one, .. } => self.rows(field.id, one, columns)?,
            // My voice is the young person's own, and on no copy.
            _ if field.kind.keeps() == Keeps::Parts => return None,
            kind => Said::Words(some(self.words(&kind, field.id))?),
        };
        Some(Answer { label: self.about(field.label), said, translations: Vec::new() })
    }

    pub fn about(&self, words: &str) -> String {
        words.replace("{name}", self.child)
    }

    fn words(&self, kind: &Kind, path: &str) -> Vec<W> {
        let words = match (kind.keeps(), self.values.entries(path)) {
            (Keeps::Text, _) => vec![self.values.text(path).trim().to_string()],
            (_, [one]) => vec![kind.words(&one.value)],
            (_, entries) => entries.iter().map(|entry| self.apart(kind, entry)).collect(),
        };
        words.into_iter().filter(|words| !words.is_empty()).map(self.put).collect()
    }

    fn apart(&self, kind: &Kind, entry: &Entry) -> String {
        let value = kind.words(&entry.value);
        (self.by)(entry).map_or(value.clone(), |by| format!("{by}: {value}"))
    }

    fn rows(&self, field: &str, one: &str, columns: &[&'static Field]) -> Option<Said<W>> {
        let mut rows: Vec<Vec<Vec<W>>> = Vec::new();
        for row in self.values.rows(field) {
            let cell = |column: &&Field| self.words(&column.kind, &format!("{field}/{}/{}", row.id, column.id));
            rows.push(columns.iter().map(cell).collect());
        }
        rows.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return None;
        }
        // A column in which nothing stands takes no room.
        let used: Vec<usize> = (0..columns.len()).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
        let is_long = used.iter().any(|at| matches!(columns[*at].kind, Kind::LongText));
        let label = |at: &usize| self.about(columns[*at].label);
        if used.len() <= SIDE_BY_SIDE && !is_long {
            let keep = |row: Vec<Vec<W>>| kept(row, &used);
            return Some(Said::Table {
                columns: used.iter().map(label).collect(),
                rows: rows.into_iter().map(keep).collect(),
            });
        }
        let is_named = columns.first().is_some_and(|column| column.label.eq_ignore_ascii_case(one));
        let card = |(at, mut row): (usize, Vec<Vec<W>>)| Card {
            title: format!("{} {}", capital(one), at + 1),
            name: row.first_mut().filter(|first| is_named && first.len() == 1).and_then(Vec::pop),
            cells: row
                .into_iter()
                .enumerate()
                .filter(|(_, words)| !words.is_empty())
                .map(|(at, words)| Cell { label: label(&at), words })
                .collect(),
        };
        Some(Said::Cards(rows.into_iter().enumerate().map(card).collect()))
    }
}

/// What two fields ask for together: "Reading age" of "Reading age: and months", which
/// goes on from "Reading age: years".
pub fn goes_on_from(label: &str) -> Option<&str> {
    label.split_once(": and ").map(|(whole, _)| whole)
}

/// The answers with those in two fields as one.
pub fn in_one<W>(answers: impl Iterator<Item = Answer<W>>) -> Vec<Answer<W>> {
    let mut all: Vec<Answer<W>> = Vec::new();
    for answer in answers {
        let whole = goes_on_from(&answer.label).filter(|whole| {
            all.last().is_some_and(|last| last.label.starts_with(*whole) && last.said.is_one()) && answer.said.is_one()
        });
        match (whole.map(str::to_string), all.pop()) {
            (Some(label), Some(Answer { said: Said::Words(mut parts), mut translations, .. })) => {
                parts.extend(answer.said.into_words());
                translations.extend(answer.translations);
                all.push(Answer { label, said: Said::Parts(parts), translations });
            }
            (_, last) => all.extend(last.into_iter().chain([answer])),
        }
    }
    all
}

impl<W> Said<W> {
    fn is_one(&self) -> bool {
        matches!(self, Said::Words(words) if words.len() == 1)
    }

    fn into_words(self) -> Vec<W> {
        match self {
            Said::Words(words) => words,
            _ => Vec::new(),
        }
    }
}

fn kept<T>(row: Vec<T>, used: &[usize]) -> Vec<T> {
    row.into_iter().enumerate().filter(|(at, _)| used.contains(at)).map(|(_, cell)| cell).collect()
}

fn some<T>(words: Vec<T>) -> Option<Vec<T>> {
    (!words.is_empty()).then_some(words)
}

/// The columns of a table; none for any other field.
pub fn columns(field: &Field) -> Vec<&'static Field> {
    match field.kind {
        Kind::Rows { columns, .. } => columns.iter().collect(),
        _ => Vec::new(),
    }
}
