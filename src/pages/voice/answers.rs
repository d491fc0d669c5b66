//! What is answered in one sitting, and shared of it.

use super::talk::Talk;
use crate::domain::people::PersonId;
use crate::domain::voice::{self, Given, Made, Wish};
use leptos::prelude::*;

impl Talk {
    /// The pick of a question; empty where nothing is picked.
    pub fn pick(self, question: &str) -> String {
        self.draft.fact(&voice::pick_of(question)).unwrap_or_default()
    }

    /// Picks an answer; an empty pick is no answer.
    pub fn choose(self, question: &str, pick: String) {
        self.set(&voice::pick_of(question), pick);
    }

    pub fn words(self, question: &str) -> String {
        self.draft.text(&voice::words_of(question))
    }

    /// The wish to share an answer, as written; none where they never shared it.
    pub fn wish(self, question: &str) -> Option<Wish> {
        self.draft.fact(&voice::wish_of(question)).and_then(|text| Wish::read(&text))
    }

    /// What is drawn and said aloud for an answer.
    pub fn made(self, question: &str) -> Made {
        let media = |path: String| self.draft.fact(&path).and_then(|id| id.parse().ok());
        Made {
            drawing: media(voice::drawing_of(question)),
            recording: media(voice::recording_of(question)),
            picture_words: self.draft.text(&voice::picture_words_of(question)),
        }
    }

    /// Shares the answer as it is now; with nobody, takes it back.
    pub fn share(self, question: &str, with: Vec<PersonId>) {
        let wish = if with.is_empty() {
            Wish::default()
        } else {
            untrack(|| Wish {
                with,
                pick: self.pick(question),
                words: self.words(question),
                given: self.given(question),
                made: self.made(question),
            })
        };
        self.set(&voice::wish_of(question), wish.written());
    }

    /// How an answer was given, as they say it: who helped, who typed it, and whether
    /// they have checked just these words.
    pub fn given(self, question: &str) -> Given {
        let typed_by = self.draft.text(&voice::typed_by_of(question)).trim().to_string();
        let words = self.words(question);
        let is_asked = question != voice::HELPER;
        let helped = |said: String| if is_asked { said } else { String::new() };
        Given {
            helper: helped(self.pick(voice::HELPER)),
            name: helped(self.words(voice::HELPER).trim().to_string()),
            language: self.words.language(),
            checked: !typed_by.is_empty() && self.is_checked(question),
            typed_by: if words.trim().is_empty() { String::new() } else { typed_by },
        }
    }

    /// Whether they have checked the words of an answer as they are now.
    pub fn is_checked(self, question: &str) -> bool {
        self.draft.fact(&voice::checked_of(question)) == Some(voice::fingerprint(&self.words(question)))
    }

    /// Whether there is an answer to any question, in whichever look.
    pub fn has_answered(self) -> bool {
        self.answered.with(|answered| !answered.is_empty())
    }

    /// Whether anything is picked, written, drawn or said.
    pub fn is_answered(self, question: &str) -> bool {
        !self.pick(question).is_empty() || !self.words(question).trim().is_empty() || self.made(question).says()
    }
}
