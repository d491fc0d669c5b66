//! Pep's words in other languages: for each one a file, in which each English text is
//! followed by how it is said, indented. What a file lacks is said in English.

use crate::domain::looks;
use crate::domain::sections::{Field, Kind, Pick, Section, SectionId};
use crate::domain::voice::{FACES, Look, NOT_NOW};
use crate::domain::words::{AREAS, Language, Said, Word};
use std::sync::LazyLock;

/// The sections whose own words young people and carers read.
const SECTIONS: [SectionId; 2] = [SectionId::MyVoice, SectionId::CarersView];

static BOOKS: LazyLock<Vec<Said>> = LazyLock::new(|| Language::ALL.into_iter().map(read).collect());

/// The words of a language, as a page brings them: none for English, which it has.
pub fn said(language: Language) -> Said {
    let said = BOOKS[language as usize].clone();
    said.clone().learn();
    said
}

fn book(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::Welsh => include_str!("cy.txt"),
        Language::Arabic => include_str!("ar.txt"),
        Language::Ukrainian => include_str!("uk.txt"),
        Language::Tigrinya => include_str!("ti.txt"),
        Language::Dari => include_str!("prs.txt"),
        Language::Pashto => include_str!("ps.txt"),
        Language::Sorani => include_str!("ckb.txt"),
        Language::Vietnamese => include_str!("vi.txt"),
        Language::Albanian => include_str!("sq.txt"),
    }
}

fn read(language: Language) -> Said {
    let mut words: Vec<(String, String)> =
        entries(book(language)).map(|(english, said)| (english.to_string(), said.to_string())).collect();
    words.sort();
    Said { language, words }
}

/// Each English text of a book with how it is said.
fn entries(book: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut english = "";
    book.lines().filter_map(move |line| match line.strip_prefix("  ") {
        Some(said) => Some((english, said.trim())),
        None => {
            english = line.trim();
            None
        }
    })
}

/// Every text that is to be said, each once.
pub fn every_word() -> Vec<Word> {
    let declared = SECTIONS.into_iter().flat_map(|id| of_section(id.section())).map(Word::declared);
    let mut all: Vec<_> = AREAS.iter().flat_map(|area| area.iter().map(|(_, word)| *word)).chain(declared).collect();
    all.sort_by_key(|word| word.english());
    all.dedup();
    all
}

fn of_section(section: &'static Section) -> Vec<&'static str> {
    let picks = NOT_NOW.iter().chain(FACES).map(|pick| pick.words);
    // A language goes by its own name.
    let fields = section.fields.iter().filter(|field| field.id != looks::LANGUAGE).flat_map(of_field);
    [section.title, section.intro].into_iter().chain(picks).chain(fields).filter(|text| !text.is_empty()).collect()
}

fn of_field(field: &'static Field) -> Vec<&'static str> {
    let picks = |picks: &'static [Pick]| picks.iter().map(|pick| pick.words).collect::<Vec<_>>();
    // What a look is called is for adults; the page has its own words for it.
    let own = if looks::FACTS.contains(&field.id) { [""; 2] } else { [field.label, field.hint] };
    let more = match field.kind {
        Kind::Question(question) => {
            let asked = Look::ALL.into_iter().filter_map(|look| question.prompt(look));
            // What a field is called is for adults, where the child sees the question.
            return asked.chain(picks(question.picks())).collect();
        }
        Kind::Choice(options) | Kind::Scale(options) | Kind::Picks(options) => picks(options),
        Kind::Rows { columns, .. } => columns.iter().flat_map(of_field).collect(),
        _ => Vec::new(),
    };
    own.into_iter().chain(more).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_language_says_every_word_once() {
        let words: BTreeSet<_> = every_word().into_iter().map(Word::english).collect();
        for language in Language::ALL.into_iter().filter(|language| *language != Language::English) {
            let said: BTreeMap<_, _> = entries(book(language)).collect();
            assert_eq!(said.len(), entries(book(language)).count(), "{language:?} says something twice");
            let missing: Vec<_> = words.iter().filter(|word| !said.contains_key(*word)).collect();
            assert!(missing.is_empty(), "{language:?} lacks {}: {missing:#?}", missing.len());
            let unknown: Vec<_> = said.keys().filter(|word| !words.contains(*word)).collect();
            assert!(unknown.is_empty(), "{language:?} says what nobody reads: {unknown:#?}");
        }
    }

    #[test]
    fn what_is_put_in_has_its_place_in_every_language() {
        for language in Language::ALL {
            for (english, said) in entries(book(language)) {
                assert!(!said.is_empty(), "{language:?}: {english}");
                assert_eq!(places(english), places(said), "{language:?}: {english}");
            }
        }
    }

    /// `PEP_WORDS=FILE cargo test --features ssr the_words_to_be_said -- --ignored`
    /// writes every text that is to be said, for whoever says it in another language.
    #[test]
    #[ignore = "writes a file"]
    fn the_words_to_be_said() {
        let path = std::env::var("PEP_WORDS").expect("the file to write");
        let words: Vec<_> = every_word().into_iter().map(Word::english).collect();
        std::fs::write(path, words.join("\n")).unwrap();
    }
}
