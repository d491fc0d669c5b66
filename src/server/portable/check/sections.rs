//! Whether each section of a file says what such a section can say.

use super::{LONG, PRIVATE, an_adults, wrong};
use crate::domain::sections::{Keeps, SectionId};
use crate::domain::translated::{is_place, is_wording};
use crate::domain::values::Values;
use crate::server::portable::file::{File, Translated};
use crate::sync::document::MOST_TEXT;
use std::collections::BTreeSet;

/// The longest place of a row among the others. Each row put between two adds a sign.
const LONGEST_ORDER: usize = 1_000;

/// Checks each section with what stands beside its words.
pub(super) fn check(file: &File) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (at, part) in file.sections.iter().enumerate() {
        let path = format!("sections[{at}]");
        if part.section == SectionId::MyVoice {
            return wrong(path, PRIVATE);
        }
        if !seen.insert(part.section) {
            return wrong(path, "this section is here twice");
        }
        values(&format!("{path}.values"), part.section, &part.values)?;
        for (number, said) in part.translations.iter().enumerate() {
            translated(&format!("{path}.translations[{number}]"), part.section, said)?;
        }
    }
    Ok(())
}

/// What a place says in another language: as an adult adds it on the page.
fn translated(at: &str, section: SectionId, said: &Translated) -> Result<(), String> {
    if !is_place(section, &said.path) {
        return wrong(format!("{at}.path"), "nothing is translated there");
    }
    if !is_wording(&said.wording) {
        return wrong(format!("{at}.wording"), "this is no mark of a wording");
    }
    if said.words.len() > MOST_TEXT {
        return wrong(format!("{at}.words"), LONG);
    }
    an_adults(at, &said.by)
}

/// Values that a section declares, of the kinds that it declares.
fn values(at: &str, id: SectionId, values: &Values) -> Result<(), String> {
    let declared = |path: &str, keeps: Keeps| {
        let field = id.section().at(path).filter(|field| field.kind.keeps() == keeps);
        field.ok_or_else(|| format!("the section {} has no such place", id.id()))
    };
    for (path, text) in &values.texts {
        let at = format!("{at}.texts.{path}");
        declared(path, Keeps::Text).or_else(|why| wrong(&at, why))?;
        if text.len() > MOST_TEXT {
            return wrong(at, LONG);
        }
    }
    for (path, entries) in &values.facts {
        let at = format!("{at}.facts.{path}");
        let field = declared(path, Keeps::Fact).or_else(|why| wrong(&at, why))?;
        let mut writers = BTreeSet::new();
        for (number, entry) in entries.iter().enumerate() {
            let at = format!("{at}[{number}]");
            field.kind.check(&entry.value).or_else(|why| wrong(&at, why))?;
            if !writers.insert(&entry.by) {
                return wrong(at, "one person has one value here");
            }
        }
    }
    if let Some(path) = values.kept.keys().find(|path| values.entries(path).len() < 2) {
        return wrong(format!("{at}.kept.{path}"), "there are no two answers here to keep");
    }
    for (path, rows) in &values.rows {
        let at = format!("{at}.rows.{path}");
        declared(path, Keeps::Rows).or_else(|why| wrong(&at, why))?;
        let mut seen = BTreeSet::new();
        for (number, row) in rows.iter().enumerate() {
            let at = format!("{at}[{number}]");
            if !seen.insert(&row.id) {
                return wrong(at, "this row is here twice");
            }
            if row.kept_by_edit && row.removed_by.is_none() {
                return wrong(at, "a row that nobody removed can't be kept by an edit");
            }
            if row.order.len() > LONGEST_ORDER {
                return wrong(at, "the place of this row is too long");
            }
        }
    }
    Ok(())
}
