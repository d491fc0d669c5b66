//! How a young person wants their pages to look: colours, size, letters, and what
//! helps them. Each is a fact of My voice, so it is remembered for the child and not
//! for the device.

use super::sections::Pick;
use super::values::Values;
use serde::{Deserialize, Serialize};

const fn pick(id: &'static str, words: &'static str) -> Pick {
    Pick { id, words }
}

pub const PALETTE: &str = "palette";
pub const SIZE: &str = "size";
pub const SPACING: &str = "spacing";
pub const FONT: &str = "font";
/// Nothing moves.
pub const STILL: &str = "still";
/// Symbols beside words.
pub const SYMBOLS: &str = "symbols";
/// A picture says its words when it is touched.
pub const TOUCH: &str = "touch";
pub const LANGUAGE: &str = "language";

/// The facts that say how My voice looks, and no word of anybody's.
pub const FACTS: [&str; 9] = ["look", PALETTE, SIZE, SPACING, FONT, STILL, SYMBOLS, TOUCH, LANGUAGE];

/// Calm colours. Where none is chosen, the device's own light or dark is followed.
pub const PALETTES: &[Pick] = &[
    pick("paper", "Paper"),
    pick("cream", "Cream"),
    pick("dark", "Dark"),
    pick("contrast", "Bold"),
    pick("blue", "Soft blue"),
];

pub const SIZES: &[Pick] = &[pick("big", "Big"), pick("bigger", "Bigger"), pick("biggest", "Biggest")];

pub const SPACINGS: &[Pick] = &[pick("some", "Some space"), pick("more", "More space")];

/// Only the first travels with the page; the others come when they are chosen.
pub const FONTS: &[Pick] = &[
    pick("clear", "Clear"),
    pick("device", "As on this device"),
    pick("lexend", "Round and wide"),
    pick("dyslexic", "Heavy at the foot"),
];

pub const LANGUAGES: &[Pick] = &[
    pick("en-GB", "English"),
    pick("cy", "Welsh"),
    pick("ar", "Arabic"),
    pick("uk", "Ukrainian"),
    pick("ti", "Tigrinya"),
    pick("prs", "Dari"),
    pick("ps", "Pashto"),
    pick("ckb", "Kurdish Sorani"),
    pick("vi", "Vietnamese"),
    pick("sq", "Albanian"),
];

/// What a child chose, fact by fact: what a page is first drawn with.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Looks(pub Vec<(String, String)>);

impl Looks {
    /// What was chosen for one fact.
    pub fn get(&self, fact: &str) -> Option<&str> {
        self.0.iter().find(|(id, _)| id == fact).map(|(_, value)| value.as_str())
    }

    /// The looks as `read` finds them, fact by fact.
    pub fn of(read: impl Fn(&str) -> Option<String>) -> Self {
        Self(FACTS.iter().filter_map(|fact| Some((fact.to_string(), read(fact)?))).collect())
    }
}

/// Whether a young person wrote or answered nothing yet: all that there is says how it
/// looks.
pub fn only_looks(values: &Values) -> bool {
    let written = values.texts.iter().any(|(_, text)| !text.is_empty());
    !written && values.rows.is_empty() && values.facts.keys().all(|fact| FACTS.contains(&fact.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::SectionId;
    use crate::domain::words::Language;

    #[test]
    fn every_look_is_a_fact_of_my_voice() {
        for fact in FACTS {
            assert!(SectionId::MyVoice.section().field(fact).is_some(), "{fact}");
        }
    }

    #[test]
    fn every_language_can_be_chosen() {
        let offered: Vec<_> = LANGUAGES.iter().map(|pick| (pick.id, pick.words)).collect();
        assert_eq!(offered, Language::ALL.map(|language| (language.tag(), language.in_english())));
    }
}
