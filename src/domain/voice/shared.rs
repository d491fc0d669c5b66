//! What a young person shares, how they gave it, and taking it back.

use super::made::Made;
use super::replied::Reply;
use super::{HELPER, NOT_NOW};
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PersonId};
use crate::domain::plan::State;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::words::influence::{TYPED, TYPED_AND_CHECKED, WHO_HELPED};
use crate::domain::words::{Language, fill};
use serde::{Deserialize, Serialize};

/// How an answer was given: exactly as they say it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Given {
    /// What they picked of who helped; empty where they say nothing about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub helper: String,
    /// Who that was, in their own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Who typed the words for them; empty where they did it themselves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed_by: String,
    /// They have checked the words that somebody else typed.
    #[serde(default)]
    pub checked: bool,
    /// The language that the page was in: their words are most likely in it.
    #[serde(default, skip_serializing_if = "Language::is_english")]
    pub language: Language,
}

impl Given {
    fn is_unsaid(&self) -> bool {
        *self == Self::default()
    }

    /// Who helped, as they picked it and with the name they gave: "Someone at school –
    /// Ms Osei". Not wanting to say is shown as that.
    pub fn who_helped(&self, language: Language) -> Option<String> {
        let picked = match SectionId::MyVoice.section().field(HELPER).map(|field| field.kind) {
            Some(Kind::Question(question)) => question.picked(&self.helper, language),
            _ => String::new(),
        };
        let name = self.name.trim();
        let said: Vec<_> = [picked.as_str(), name].into_iter().filter(|words| !words.is_empty()).collect();
        (!said.is_empty()).then(|| said.join(" – "))
    }

    /// What an adult reads beside an answer of the child with this name.
    pub fn said(&self, child: &str) -> Vec<String> {
        let typed = if self.checked { TYPED_AND_CHECKED } else { TYPED };
        let by = self.typed_by.trim();
        let typed = (!by.is_empty()).then(|| fill(typed.english(), &[("who", by), ("name", child)]));
        let helped = self.who_helped(Language::English).map(|who| fill(WHO_HELPED.english(), &[("who", &who)]));
        let language = (!self.language.is_english()).then(|| format!("Given in {}", self.language.in_english()));
        helped.into_iter().chain(typed).chain(language).collect()
    }
}

/// What the words were that somebody has checked: short, and the same on every device.
/// (FNV-1a; it guards against a slip, not against anybody.)
pub fn fingerprint(words: &str) -> String {
    let mark = words
        .trim()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{mark:016x}")
}

/// A young person's wish to share one answer, kept in their private document so
/// that it can be made offline. It carries the answer as they saw it when they
/// shared it: what they write afterwards stays theirs. Nobody in `with` means
/// taken back, or, once the meeting has begun, that they ask for it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Wish {
    pub with: Vec<PersonId>,
    pub pick: String,
    pub words: String,
    #[serde(default, skip_serializing_if = "Given::is_unsaid")]
    pub given: Given,
    #[serde(default, skip_serializing_if = "Made::is_nothing")]
    pub made: Made,
}

impl Wish {
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Whether what was shared for a plan can be taken back at once. Once its meeting has
/// begun people have heard it, and are asked instead.
pub fn may_take_back(state: State) -> bool {
    matches!(state, State::Scheduled | State::Drafting)
}

/// The questions whose answers ask for something. What is shared of them gets a reply.
pub const REQUESTS: &[&str] = &["change", "know", "there", NOT_THERE];

/// The question about who shouldn't be at the meeting, and what not to talk about there.
const NOT_THERE: &str = "not-there";

/// An answer that the young person shared, as those they chose see it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SharedAnswer {
    pub id: AnswerId,
    pub question: String,
    pub pick: String,
    pub words: String,
    pub at: Moment,
    /// Missing in copies that a device kept from before, as is what follows.
    #[serde(default)]
    pub given: Given,
    /// When they asked to take it back, where the meeting had begun.
    #[serde(default)]
    pub asked_back: Option<Moment>,
    #[serde(default)]
    pub made: Made,
    /// What was said to it since.
    pub reply: Option<Reply>,
    /// What it says in another language, the latest first.
    #[serde(default)]
    pub translations: Vec<Translation>,
}

/// An answer in another language, by the name of the adult who added it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Translation {
    pub words: String,
    pub by: String,
    pub at: Moment,
}

impl SharedAnswer {
    /// Whether it asks for something: to skip a question asks for nothing, and nor does
    /// what they would rather have back.
    pub fn asks(&self) -> bool {
        self.asked_back.is_none() && asks(&self.question, &self.pick, &self.words, &self.made)
    }

    /// Everything that is said in words: what they wrote, and what they say of their
    /// picture.
    pub fn all_words(&self) -> String {
        let said = [self.words.trim(), self.made.picture_words.trim()];
        said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

impl SharedAnswer {
    /// Whether a screen that everybody sees may have it: not what they would rather have
    /// back, nor what they don't want talked about in front of everyone.
    pub fn is_for_everyone_at_once(&self) -> bool {
        self.asked_back.is_none() && self.question != NOT_THERE
    }
}

/// Whether this answer to a question asks for something.
pub fn asks(question: &str, pick: &str, words: &str, made: &Made) -> bool {
    let picked = !pick.is_empty() && NOT_NOW.iter().all(|answer| answer.id != pick);
    REQUESTS.contains(&question) && (picked || !words.trim().is_empty() || made.says())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn who_helped_and_who_typed_is_said_just_as_they_said_it() {
        let given = Given { helper: "school".into(), name: "Ms Osei".into(), ..Given::default() };
        assert_eq!(given.said("Amy"), ["Who helped: Someone at school – Ms Osei"]);
        let typed = Given { typed_by: "Amy's teacher".into(), ..Given::default() };
        assert_eq!(typed.said("Amy"), ["Typed by Amy's teacher. Amy hasn't checked it yet"]);
        let checked = Given { checked: true, ..typed };
        assert_eq!(checked.said("Amy"), ["Typed by Amy's teacher, checked by Amy"]);
        assert!(Given { checked: true, ..Given::default() }.said("Amy").is_empty());
        let rather_not = Given { helper: "rather-not".into(), ..Given::default() };
        assert_eq!(rather_not.said("Amy"), ["Who helped: I don't want to say"]);
    }

    #[test]
    fn what_was_shared_is_taken_back_until_the_meeting_begins() {
        let open: Vec<_> = State::ALL.into_iter().filter(|state| may_take_back(*state)).collect();
        assert_eq!(open, [State::Scheduled, State::Drafting]);
    }

    #[test]
    fn a_wish_from_before_is_read_and_says_nothing_of_help() {
        let wish = Wish::read(r#"{"with":[],"pick":"good","words":""}"#).unwrap();
        assert!(wish.given.is_unsaid());
        assert!(!wish.written().contains("given"));
    }

    proptest! {
        /// What is written is what is read, with every way of having had help.
        #[test]
        fn a_wish_reads_as_it_was_written(
            pick in "[a-z,]{0,12}", words in "\\PC{0,40}", helper in "[a-z-]{0,8}", name in "\\PC{0,20}",
            typed_by in "\\PC{0,20}", checked in any::<bool>(),
        ) {
            let given = Given { helper, name, typed_by, checked, language: Language::Arabic };
            let wish = Wish { with: Vec::new(), pick, words, given, made: Made::default() };
            prop_assert_eq!(Wish::read(&wish.written()), Some(wish));
        }

        /// A check is for the words that were checked: one changed letter undoes it.
        #[test]
        fn other_words_are_not_checked(words in "[a-z ]{0,30}", letter in "[a-z]") {
            prop_assert_eq!(fingerprint(&words), fingerprint(&format!("{words} ")));
            prop_assert_ne!(fingerprint(&words), fingerprint(&format!("{words}{letter}")));
        }
    }
}
