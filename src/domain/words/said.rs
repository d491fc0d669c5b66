//! The words of one language, as a page brings them.

use super::{Language, Word};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// A language with its words: each English text and how it is said, sorted by the
/// English. What isn't there is said in English.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Said {
    pub language: Language,
    pub words: Vec<(String, String)>,
}

/// The words that came so far, for each language the first that did. They stay for as
/// long as the page or the server runs, so that pages can hold on to them.
static HEARD: [OnceLock<Vec<(String, String)>>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

impl Said {
    /// Learns these words, so that the language can `say` them.
    pub fn learn(self) -> Language {
        if !self.words.is_empty() {
            HEARD[self.language as usize].get_or_init(|| self.words);
        }
        self.language
    }
}

impl Language {
    /// A word in this language; in English until it is learnt.
    pub fn say(self, word: Word) -> &'static str {
        self.of(word.english())
    }

    /// A text that came as its English, such as the server's sentence.
    pub fn of(self, english: &str) -> &str {
        let heard = HEARD[self as usize].get().map_or(&[][..], Vec::as_slice);
        match heard.binary_search_by(|(known, _)| known.as_str().cmp(english)) {
            Ok(place) => &heard[place].1,
            Err(_) => english,
        }
    }

    /// Whether the language can be said here: English always, another once it came.
    pub fn is_learnt(self) -> bool {
        self == Language::English || HEARD[self as usize].get().is_some()
    }
}

/// A text with what belongs in its places: `fill("Hello {name}", &[("name", "Kay")])`.
pub fn fill(text: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after
            .split_once('}')
            .and_then(|(name, after)| places.iter().find(|(place, _)| *place == name).map(|(_, value)| (*value, after)))
        {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_looked_through_again() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "Kay")]), "{b} and Kay");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }

    #[test]
    fn a_language_says_what_it_has_learnt_and_the_rest_in_english() {
        let hello = Word::declared("Hello");
        assert_eq!(Language::Albanian.say(hello), "Hello");
        let words = vec![("Hello".to_string(), "Përshëndetje".to_string())];
        let language = Said { language: Language::Albanian, words }.learn();
        assert_eq!(language.say(hello), "Përshëndetje");
        assert_eq!(language.say(Word::declared("Good bye")), "Good bye");
        assert_eq!(Language::English.say(hello), "Hello");
    }
}
