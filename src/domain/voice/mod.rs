//! My voice: a child's or young person's own words about school, how they are
//! asked for, and who may see them. The words stay theirs: verbatim, private
//! until they share them, and what was shared can be taken back.

mod made;
mod replied;
mod shared;

pub use made::Made;
pub use replied::{AnsweredBack, Back, InTheirs, Reply, Seen, SeenPlan, Told, Verdict, View};
pub use shared::{Given, REQUESTS, SharedAnswer, Translation, Wish, asks, fingerprint, may_take_back};

use super::media::MediaKind;
use super::sections::{Field, Kind, Pick};
use super::words::{Language, Word};
use serde::{Deserialize, Serialize};

/// How My voice looks. By need, not by birthday: the young person may switch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    Pictures,
    Both,
    Words,
}

impl Look {
    pub const ALL: [Look; 3] = [Look::Pictures, Look::Both, Look::Words];

    /// The look to start with, at an age in whole years.
    pub fn at_age(years: i32) -> Self {
        match years {
            ..=7 => Look::Pictures,
            8..=11 => Look::Both,
            _ => Look::Words,
        }
    }

    pub fn id(self) -> &'static str {
        match self {
            Look::Pictures => "pictures",
            Look::Both => "both",
            Look::Words => "words",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Look::ALL.into_iter().find(|look| look.id() == id)
    }

    /// Whether it offers an answer: whoever reads words alone has free time, and all
    /// others play. Each is an answer of its own, so adults read what was picked.
    pub fn offers(self, pick: &str) -> bool {
        pick != if self == Look::Words { PLAY } else { FREE_TIME }
    }
}

/// The same picture, for younger ones and for older ones.
pub const PLAY: &str = "play";
pub const FREE_TIME: &str = "free-time";

/// A question, in the words of each look.
#[derive(Debug)]
pub struct Question {
    /// As asked in pictures; empty where this look leaves the question out. Each look
    /// may; one of them asks it.
    pub pictures: &'static str,
    /// As asked in words and pictures; empty where left out.
    pub both: &'static str,
    pub words: &'static str,
    pub answer: Answer,
}

/// What can be picked, beside writing.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// Faces: three in pictures, five otherwise.
    Faces,
    /// Any of these pictures.
    Pictures(&'static [Pick]),
    /// Each of these pictures into one of three piles, as many as they like.
    Sort(&'static [Pick]),
    /// One of these.
    One(&'static [Pick]),
    JustWords,
}

/// Answers as good as any other: shown to adults as chosen, never as missing.
pub const NOT_NOW: &[Pick] = &[
    Pick { id: "not-sure", words: "I'm not sure" },
    Pick { id: "rather-not", words: "I don't want to say" },
    Pick { id: "skip", words: "Skip for now" },
];

/// The faces, from best to hardest; in pictures only those of `FACES_3`.
pub const FACES: &[Pick] = &[
    Pick { id: "really-good", words: "Really good" },
    Pick { id: "good", words: "Good" },
    Pick { id: "in-between", words: "In between" },
    Pick { id: "not-good", words: "Not good" },
    Pick { id: "really-hard", words: "Really hard" },
];

/// The three faces for the youngest.
pub const FACES_3: &[&str] = &["good", "in-between", "not-good"];

/// Where a card can be sorted to: a word, a face and a place, and none is the right one.
pub const PILES: &[Pick] = &[
    Pick { id: "good", words: "Good" },
    Pick { id: "in-between", words: "In between" },
    Pick { id: "not-good", words: "Not good" },
];

const PICK: &str = "pick";
const WORDS: &str = "words";
const WISH: &str = "wish";
const DRAWING: &str = "drawing";
const RECORDING: &str = "recording";
const PICTURE_WORDS: &str = "picture-words";
const TYPED_BY: &str = "typed-by";
const CHECKED: &str = "checked";
const BACK: &str = "back";
const BACK_WORDS: &str = "back-words";

/// Where it is kept that they have seen their plan, and what they say to it in words.
pub const SEEN_PLAN: &str = "seen-plan";
pub const SEEN_PLAN_WORDS: &str = "seen-plan-words";

/// The question about who helped: shared with every answer, beside it.
pub const HELPER: &str = "helper";

/// Questions that are asked on the page of another, and shared by themselves: what
/// somebody wishes of a meeting is not for everyone who is told that they come.
const ASKED_WITH: &[(&str, &str)] = &[("there", "meeting"), ("not-there", "meeting")];

/// The question on whose page this one is asked; none where it has a page of its own.
pub fn asked_with(question: &str) -> Option<&'static str> {
    ASKED_WITH.iter().find(|(id, _)| *id == question).map(|(_, with)| *with)
}

impl Question {
    /// The question as this look asks it; none where it leaves it out.
    pub fn prompt(&self, look: Look) -> Option<&'static str> {
        let prompt = match look {
            Look::Pictures => self.pictures,
            Look::Both => self.both,
            Look::Words => self.words,
        };
        (!prompt.is_empty()).then_some(prompt)
    }

    /// The answers that can be picked; none where only words are asked for.
    pub fn picks(&self) -> &'static [Pick] {
        match self.answer {
            Answer::Faces => FACES,
            Answer::Pictures(picks) | Answer::Sort(picks) | Answer::One(picks) => picks,
            Answer::JustWords => &[],
        }
    }

    /// The question as adults read it beside an answer: in words where they ask it.
    pub fn in_words(&self) -> &'static str {
        [self.words, self.both, self.pictures].into_iter().find(|prompt| !prompt.is_empty()).unwrap_or_default()
    }

    /// The question in the plainest words that there are for it.
    pub fn plainest(&self) -> &'static str {
        [self.pictures, self.both, self.words].into_iter().find(|prompt| !prompt.is_empty()).unwrap_or_default()
    }

    /// The part of a question that a path names.
    pub fn part(&'static self, part: &str) -> Option<Field> {
        match part {
            PICK => Some(Field { kind: Kind::Answer(self), ..Field::short(PICK, self.in_words()) }),
            WORDS => Some(Field::long(WORDS, self.in_words())),
            WISH => Some(Field::wish(WISH)),
            DRAWING => Some(Field::media(MediaKind::Drawing, DRAWING, self.in_words())),
            RECORDING => Some(Field::media(MediaKind::Recording, RECORDING, self.in_words())),
            PICTURE_WORDS => Some(Field::long(PICTURE_WORDS, self.in_words())),
            TYPED_BY => Some(Field::short(TYPED_BY, "Who typed it")),
            CHECKED => Some(Field::told(CHECKED, "Checked by them", |mark| mark.len() <= 16)),
            BACK => Some(Field::told(BACK, "What they say to a reply", |text| Back::read(text).is_some())),
            BACK_WORDS => Some(Field::long(BACK_WORDS, "What they say to a reply, in words")),
            _ => None,
        }
    }

    /// Whether a pick can be an answer to this question.
    pub fn takes(&self, pick: &str) -> bool {
        let known = |id: &str| self.picks().iter().any(|pick| pick.id == id);
        let not_now = NOT_NOW.iter().any(|answer| answer.id == pick);
        match self.answer {
            Answer::Pictures(_) => not_now || pick.split(',').all(known),
            Answer::Sort(_) => not_now || self.is_sorted(pick),
            _ => not_now || known(pick),
        }
    }

    /// Whether every card is known, is in one pile, and that pile is known.
    fn is_sorted(&self, pick: &str) -> bool {
        let mut seen = Vec::new();
        pick.split(',').all(|put| {
            put.split_once('=').is_some_and(|(card, pile)| {
                let fresh = !seen.contains(&card);
                seen.push(card);
                let known = self.picks().iter().any(|pick| pick.id == card);
                fresh && known && PILES.iter().any(|known| known.id == pile)
            })
        })
    }

    /// The piles of a sorted answer, each with its cards; none without a card.
    pub fn piles(&self, pick: &str) -> Vec<(&'static Pick, Vec<&'static Pick>)> {
        let sorted = |pile: &'static Pick| {
            let here = |card: &&Pick| pile_of(pick, card.id) == Some(pile.id);
            (pile, self.picks().iter().filter(here).collect::<Vec<_>>())
        };
        PILES.iter().map(sorted).filter(|(_, cards)| !cards.is_empty()).collect()
    }

    /// A pick in words: "Good", "Art, Playtime", "I don't want to say"; what was sorted
    /// as its lists: "Good: Art, Lunch. Not good: The noise".
    pub fn pick_words(&self, pick: &str) -> String {
        self.picked(pick, Language::English)
    }

    /// The same in another language.
    pub fn picked(&self, pick: &str, language: Language) -> String {
        let say = |pick: &Pick| language.say(Word::declared(pick.words));
        if matches!(self.answer, Answer::Sort(_)) && pick.contains('=') {
            let list = |(pile, cards): (&Pick, Vec<&Pick>)| {
                format!("{}: {}", say(pile), cards.into_iter().map(say).collect::<Vec<_>>().join(language.comma()))
            };
            return self.piles(pick).into_iter().map(list).collect::<Vec<_>>().join(". ");
        }
        let named = |id: &str| NOT_NOW.iter().chain(self.picks()).find(|answer| answer.id == id).map_or("", say);
        pick.split(',').map(named).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(language.comma())
    }
}

/// The pile that a card was put in: `play=good,noise=not-good`.
pub fn pile_of<'a>(pick: &'a str, card: &str) -> Option<&'a str> {
    pick.split(',').filter_map(|put| put.split_once('=')).find(|(put, _)| *put == card).map(|(_, pile)| pile)
}

/// The path of a question's pick in `Values`.
pub fn pick_of(question: &str) -> String {
    format!("{question}/{PICK}")
}

/// The path of a question's words.
pub fn words_of(question: &str) -> String {
    format!("{question}/{WORDS}")
}

/// The path of who typed a question's words for the young person.
pub fn typed_by_of(question: &str) -> String {
    format!("{question}/{TYPED_BY}")
}

/// The path of the fingerprint of the words that they have checked.
pub fn checked_of(question: &str) -> String {
    format!("{question}/{CHECKED}")
}

/// The path of what they say to the reply that a question's answer got.
pub fn back_of(question: &str) -> String {
    format!("{question}/{BACK}")
}

/// The path of the words in which they say it, while they write them.
pub fn back_words_of(question: &str) -> String {
    format!("{question}/{BACK_WORDS}")
}

/// The path of the wish to share a question's answer.
pub fn wish_of(question: &str) -> String {
    format!("{question}/{WISH}")
}

/// The path of a question's drawing.
pub fn drawing_of(question: &str) -> String {
    format!("{question}/{DRAWING}")
}

/// The path of a question's recording.
pub fn recording_of(question: &str) -> String {
    format!("{question}/{RECORDING}")
}

/// The path of what a young person says about their drawing.
pub fn picture_words_of(question: &str) -> String {
    format!("{question}/{PICTURE_WORDS}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::SectionId;

    fn questions() -> impl Iterator<Item = (&'static str, &'static Question)> {
        SectionId::MyVoice.section().fields.iter().filter_map(|field| match field.kind {
            Kind::Question(question) => Some((field.id, question)),
            _ => None,
        })
    }

    #[test]
    fn each_look_asks_few_and_short_questions() {
        for (look, most, words) in [(Look::Pictures, 6, 8), (Look::Both, 10, 12), (Look::Words, 12, 18)] {
            let pages = questions().filter(|(id, _)| asked_with(id).is_none());
            let asked: Vec<_> = pages.filter_map(|(_, question)| question.prompt(look)).collect();
            assert!((3..=most).contains(&asked.len()), "{look:?} asks {}", asked.len());
            for prompt in questions().filter_map(|(_, question)| question.prompt(look)) {
                assert!(prompt.split_whitespace().count() <= words, "{look:?}: {prompt}");
            }
        }
    }

    #[test]
    fn not_wanting_to_say_is_an_answer_to_every_question() {
        for (id, question) in questions() {
            for answer in NOT_NOW {
                assert!(question.takes(answer.id), "{id}");
                assert!(!question.pick_words(answer.id).is_empty());
            }
            assert!(!question.takes("nonsense"), "{id}");
            assert!(!question.in_words().is_empty(), "{id} is asked by no look");
        }
    }

    #[test]
    fn what_was_sorted_is_told_as_lists() {
        let (_, sort) = questions().find(|(_, question)| matches!(question.answer, Answer::Sort(_))).unwrap();
        assert!(sort.takes("play=good,noise=not-good"));
        assert_eq!(sort.pick_words("noise=not-good,play=good,pe=good"), "Good: Playtime, PE. Not good: The noise");
        for wrong in ["play", "play=best", "castle=good", "play=good,play=not-good", "play=good,", "=good"] {
            assert!(!sort.takes(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_is_asked_with_another_question_is_asked_where_that_one_is() {
        for (id, with) in ASKED_WITH {
            let find = |id: &str| questions().find(|(other, _)| *other == id).unwrap().1;
            for look in Look::ALL {
                assert_eq!(find(id).prompt(look).is_some(), find(with).prompt(look).is_some(), "{id}, {look:?}");
            }
        }
    }

    #[test]
    fn every_look_asks_about_the_meeting_and_nobody_has_to_write() {
        for id in ["meeting", "there", "not-there"] {
            let question = questions().find(|(other, _)| *other == id).unwrap().1;
            assert!(question.picks().len() > 1, "{id}");
            assert!(Look::ALL.into_iter().all(|look| question.prompt(look).is_some()), "{id}");
        }
    }

    #[test]
    fn whoever_reads_words_alone_is_not_asked_about_playing() {
        let plays = |look: Look, question: &Question| {
            let mut offered = question.picks().iter().filter(|pick| look.offers(pick.id));
            offered.any(|pick| pick.words.to_lowercase().contains("play"))
        };
        let asked = |look: Look| questions().filter(move |(_, question)| question.prompt(look).is_some());
        assert!(asked(Look::Words).all(|(_, question)| !plays(Look::Words, question)));
        assert!(asked(Look::Both).any(|(_, question)| plays(Look::Both, question)));
    }

    #[test]
    fn faces_for_the_youngest_are_among_the_faces() {
        assert!(FACES_3.iter().all(|id| FACES.iter().any(|face| face.id == *id)));
    }
}
