//! What a section says, to be read: for those who don't write it, for checking
//! one's answers and for print. Two values kept apart are both shown.

use super::names::Names;
use super::words::{language, say};
use crate::domain::capital::capital;
use crate::domain::media::CAPTION;
use crate::domain::people::RowId;
use crate::domain::sections::{Field, Keeps, Kind, Section};
use crate::domain::values::{Entry, Values};
use crate::domain::words::{Language, Word, answering};
use leptos::prelude::*;

/// What the texts of this page are most likely written in, where that isn't English.
#[derive(Clone, Copy)]
pub struct Written(pub Language);

/// Every field of a section with what it says, as a list of terms. `beside` adds
/// something to each, such as a link to change it.
pub fn answers(
    values: &Values,
    section: &'static Section,
    beside: impl Fn(&'static Field) -> Option<AnyView>,
) -> AnyView {
    let names = Names::here();
    let shown = section.fields.iter().filter(|field| field.kind.keeps() != Keeps::Parts);
    let list: Vec<_> = shown
        .map(|field| {
            view! {
                <div class="said" data-at=field.id tabindex="-1">
                    <dt>{names.about(say(Word::declared(field.label)))}</dt>
                    <dd>{said(values, field, field.id)}</dd>
                    {beside(field).map(|beside| view! { <dd class="beside">{beside}</dd> })}
                </div>
            }
            .into_any()
        })
        .collect();
    view! { <dl class="answered">{list}</dl> }.into_any()
}

/// What one place says, in the words of the page.
pub fn said(values: &Values, field: &Field, path: &str) -> AnyView {
    let words = match field.kind {
        Kind::Rows { one, columns } => return table(values, field.id, one, columns),
        kind => words(values, &kind, path),
    };
    let written = use_context::<Written>().filter(|_| field.kind.keeps() == Keeps::Text);
    let language = written.map(|Written(language)| language.tag());
    match words.is_empty() {
        true => view! { <p class="soft">{say(answering::NOT_PROVIDED)}</p> }.into_any(),
        false => words
            .into_iter()
            .map(|words| view! { <p class="words" lang=language dir="auto">{words}</p> }.into_any())
            .collect::<Vec<_>>()
            .into_any(),
    }
}

/// One value or several, with their writers and times where there are several.
fn words(values: &Values, kind: &Kind, path: &str) -> Vec<String> {
    match (kind.keeps(), values.entries(path)) {
        (Keeps::Text, _) => {
            Some(values.text(path).to_string()).filter(|text| !text.trim().is_empty()).into_iter().collect()
        }
        (_, [one]) => vec![kind.said(&one.value, language())],
        (_, entries) => {
            let names = Names::here();
            let spoken = names.said;
            let value = |entry: &Entry| kind.said(&entry.value, spoken.language());
            let comma = spoken.language().comma();
            let one =
                |entry: &Entry| format!("{}{comma}{}: {}", names.of(&entry.by), spoken.moment(entry.at), value(entry));
            entries.iter().map(one).collect()
        }
    }
}

/// A table as a list of its rows, each with the columns that say something.
fn table(values: &Values, field: &'static str, one: &'static str, columns: &'static [Field]) -> AnyView {
    let rows: Vec<_> = values
        .rows(field)
        .enumerate()
        .map(|(at, row)| {
            let cells: Vec<_> = columns
                .iter()
                .map(|column| (column, words(values, &column.kind, &format!("{field}/{}/{}", row.id, column.id))))
                .filter(|(_, words)| !words.is_empty())
                .map(|(column, words)| {
                    if let Kind::Media(_) = column.kind {
                        return pictures(values, field, &row.id, column.id);
                    }
                    let class = if matches!(column.kind, Kind::LongText) { "cell long" } else { "cell" };
                    view! { <div class=class><dt>{say(Word::declared(column.label))}</dt><dd class="words">{words.join(" / ")}</dd></div> }
                        .into_any()
                })
                .collect();
            let heading = format!("{} {}", language().of(&capital(one)), at + 1);
            view! { <li><p class="heading">{heading}</p><dl>{cells}</dl></li> }.into_any()
        })
        .collect();
    match rows.is_empty() {
        true => view! { <p class="soft">{say(answering::NOT_PROVIDED)}</p> }.into_any(),
        false => view! { <ol class="answered-rows">{rows}</ol> }.into_any(),
    }
}

/// The photos of a row, called what the row says of them.
fn pictures(values: &Values, field: &str, row: &RowId, column: &str) -> AnyView {
    let alt = values.text(&format!("{field}/{row}/{CAPTION}")).trim();
    let alt = if alt.is_empty() { say(answering::PHOTO_UNSAID) } else { alt };
    let photo = |entry: &Entry| {
        let address = format!("/v1/media/{}", entry.value);
        view! { <img class="photo" src=address alt=alt.to_string() loading="lazy"/> }.into_any()
    };
    let photos: Vec<_> = values.entries(&format!("{field}/{row}/{column}")).iter().map(photo).collect();
    view! { <div class="cell">{photos}</div> }.into_any()
}

/// What a row is called: what its first columns say, shortly.
pub fn row_title(values: &Values, field: &str, row: &RowId, columns: &'static [Field]) -> String {
    let said = |column: &Field| {
        let path = format!("{field}/{row}/{}", column.id);
        match column.kind.keeps() {
            Keeps::Text => values.text(&path).lines().next().unwrap_or_default().trim().to_string(),
            _ => values.fact(&path).map(|value| column.kind.words(value)).unwrap_or_default(),
        }
    };
    let said = columns.iter().take(2).map(said).filter(|said| !said.is_empty()).collect::<Vec<_>>().join(": ");
    match said.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", said[..end].trim_end()),
        None => said,
    }
}

/// The longest title of a row, in characters.
const MOST: usize = 70;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::people::RowId;
    use crate::domain::ready::missing;
    use crate::domain::sections::SectionId;

    #[test]
    fn what_is_needed_and_missing_is_listed() {
        let section = SectionId::CarersView.section();
        let mut values = Values::default();
        let needed = section.fields.iter().filter(|field| field.needed).count();
        assert_eq!(missing(&values, section).len(), needed);
        values.texts.insert("going-well".into(), "Breakfast club".into());
        values.texts.insert("support-more".into(), "  \n".into());
        assert_eq!(missing(&values, section).len(), needed - 1);
    }

    #[test]
    fn a_row_is_called_by_its_first_columns() {
        let columns = match SectionId::Targets.section().field("targets").map(|field| field.kind) {
            Some(Kind::Rows { columns, .. }) => columns,
            _ => panic!("targets are rows"),
        };
        let row = RowId::new(uuid::Uuid::nil());
        let mut values = Values::default();
        assert_eq!(row_title(&values, "targets", &row, columns), "");
        let area = Entry { by: "a".into(), at: Moment(0), value: "maths".into() };
        values.facts.insert(format!("targets/{row}/area"), vec![area]);
        assert_eq!(row_title(&values, "targets", &row, columns), "Maths");
        values.texts.insert(format!("targets/{row}/what"), "é".repeat(99));
        let title = row_title(&values, "targets", &row, columns);
        assert!(title.starts_with("Maths: é") && title.ends_with('…'), "{title}");
    }
}
