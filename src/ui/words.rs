//! Saying a word in the language that the page is in.

use crate::domain::calendar::{Day, Moment};
use crate::domain::words::{Language, Said, Word, fill};
use leptos::prelude::*;

/// The language of this page. A page that can be in several provides it; all others
/// are in English. A page is drawn anew when it changes, so what is drawn need not
/// follow it.
#[derive(Clone, Copy)]
pub struct Words(pub RwSignal<Language>);

impl Words {
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(Language::English)))
    }

    pub fn language(self) -> Language {
        self.0.get_untracked()
    }

    pub fn say(self, word: Word) -> &'static str {
        self.language().say(word)
    }

    /// A word with something put in: `with(HELLO, &[("name", &name)])`.
    pub fn with(self, word: Word, places: &[(&str, &str)]) -> String {
        fill(self.say(word), places)
    }

    /// "Tuesday 3 March 2026".
    pub fn day(self, day: Day) -> String {
        self.language().day(day)
    }

    /// "3 March, 14:32".
    pub fn moment(self, at: Moment) -> String {
        let language = self.language();
        [language.short_day(at.day()), at.clock()].join(language.comma())
    }
}

/// The language of the part of a page that is being drawn.
pub fn language() -> Language {
    use_context::<Words>().map_or(Language::English, Words::language)
}

/// Everything that is drawn from here on is said in these words.
pub fn speak(said: Said) {
    provide_context(Words(RwSignal::new(said.learn())));
}

/// A word, where a part of a page is being drawn. What is said later, after a press,
/// asks the `Words` that were there when the part was drawn.
pub fn say(word: Word) -> &'static str {
    use_context::<Words>().map_or(word.english(), |words| words.say(word))
}
