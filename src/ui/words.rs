//! Saying a word in the language that the page is in.

use crate::domain::calendar::{Day, Moment};
use crate::domain::words::{Language, Said, Word, fill};
use leptos::prelude::*;

/// The language of this page. A page that can be in several provides it; what stands in
/// for one is in its visitor's `Own`, and all others are in English. A page is drawn anew
/// when it changes, so what is drawn need not follow it.
#[derive(Clone, Copy)]
pub struct Words(pub RwSignal<Language>);

/// The language of a visitor's own pages once it is known, for what stands in for one of
/// them: until it has come, or where it can't be shown.
#[derive(Clone, Copy)]
pub struct Own(pub RwSignal<Option<Language>>);

impl Own {
    /// None where no page of the build is a carer's: nothing stands in for one there.
    pub fn here() -> Option<Self> {
        if crate::PHOTOS { use_context() } else { None }
    }

    /// The language, English while it isn't known; followed by whoever asks.
    pub fn followed() -> Language {
        Self::here().and_then(|Own(own)| own.get()).unwrap_or_default()
    }

    fn language() -> Language {
        Self::here().and_then(|Own(own)| own.get_untracked()).unwrap_or_default()
    }

    /// Follows it, where something stands in for a page, and answers whether it is known.
    /// Whoever isn't a carer has no language to wait for.
    pub fn follow() -> bool {
        let known = Self::here().is_none_or(|Own(own)| own.get().is_some());
        known || !crate::FAMILY
    }
}

impl Words {
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(Own::language())))
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
    use_context::<Words>().map_or_else(Own::language, Words::language)
}

/// Everything that is drawn from here on is said in these words, and what stands in for
/// a page later.
pub fn speak(said: Said) {
    let language = said.learn();
    if let Some(Own(own)) = Own::here().filter(|Own(own)| own.get_untracked() != Some(language)) {
        own.set(Some(language));
    }
    provide_context(Words(RwSignal::new(language)));
}

/// A word, where a part of a page is being drawn. What is said later, after a press,
/// asks the `Words` that were there when the part was drawn.
pub fn say(word: Word) -> &'static str {
    language().say(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_for_a_page_is_in_the_language_of_the_last_one() {
        let owner = Owner::new();
        owner.set();
        provide_context(Own(RwSignal::new(None)));
        assert_eq!((language(), Words::here().language()), (Language::English, Language::English));
        let page = owner.child();
        page.with(|| speak(Said { language: Language::Vietnamese, words: Vec::new() }));
        assert_eq!(page.with(language), Language::Vietnamese);
        assert_eq!((language(), Words::here().language()), (Language::Vietnamese, Language::Vietnamese));
    }
}
