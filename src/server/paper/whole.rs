//! The whole plan on paper, as one person of the team may read it.

use super::press::Look;
use super::said::{Answer, Scribe, Translated, columns, goes_on_from, in_one};
use crate::domain::attendance::Sessions;
use crate::domain::sections::{Keeps, SectionId};
use crate::domain::translated;
use crate::domain::values::{Entry, Values};
use crate::domain::voice::SharedAnswer;
use serde::Serialize;

pub(super) const LOOK: Look = Look(include_str!("whole.typ"));

/// What stands on it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WholeCopy {
    pub cover: Cover,
    /// What the young person shared with the asker, in their own words.
    pub quotes: Vec<Quote>,
    pub team: Vec<Member>,
    pub sections: Vec<WholeSection>,
    pub signatures: Vec<Signature>,
    pub corrections: Vec<Correction>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Cover {
    pub name: String,
    /// "Autumn term 2026, plan 5".
    pub plan: String,
    /// "Year 8, Wren Hill Academy".
    pub school: String,
    pub meeting: Option<String>,
    /// Where the plan stands.
    pub state: String,
    pub is_agreed: bool,
    /// When this copy was made, and for whom.
    pub made: String,
    pub made_for: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Member {
    pub name: String,
    pub role: String,
}

/// One answer that was shared, with what was replied.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Quote {
    pub question: String,
    pub picked: String,
    pub words: String,
    pub translations: Vec<Translated<String>>,
    pub shared: String,
    pub reply: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WholeSection {
    pub title: String,
    /// What the section's numbers say together.
    pub says: Vec<String>,
    pub answers: Vec<Answer<String>>,
    /// What nobody has answered.
    pub empty: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Signature {
    pub by: String,
    pub role: String,
    pub at: String,
    /// The hash of what was signed.
    pub hash: String,
    /// What changed after it.
    pub changed: Vec<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Correction {
    pub section: String,
    pub words: String,
    pub by: String,
}

/// A section for paper, with the sessions of the last plan's term where they are known, and
/// with what its words say in another language; nothing where it never goes on paper,
/// whoever asks.
pub fn section(
    (id, last): (SectionId, Option<Sessions>),
    (values, translated): (&Values, &[translated::Translated]),
    child: &str,
    by: &dyn Fn(&Entry) -> Option<String>,
) -> Option<WholeSection> {
    if !id.on_paper() {
        return None;
    }
    let scribe = Scribe { values, child, put: &|words| words, by };
    let fields = id.section().fields.iter().filter(|field| field.kind.keeps() != Keeps::Parts);
    let (mut answers, mut empty) = (Vec::new(), Vec::new());
    for field in fields {
        match scribe.answer(field, &columns(field)) {
            Some(answer) => {
                answers.push(Answer { translations: Translated::beneath(translated, values, field.id), ..answer })
            }
            None if id.asks(field.id, values) => left_empty(&mut empty, &scribe.about(field.label)),
            None => {}
        }
    }
    let says = id.says(values).into_iter().chain(id.differs(values, last)).collect();
    let answers = in_one(answers.into_iter());
    Some(WholeSection { title: id.section().titled(child), says, answers, empty })
}

/// Puts a field into the list of those that nobody has answered.
fn left_empty(empty: &mut Vec<String>, label: &str) {
    match (goes_on_from(label), empty.last_mut()) {
        (Some(whole), Some(last)) if last.starts_with(whole) => *last = whole.into(),
        _ => empty.push(label.trim_end_matches('?').into()),
    }
}

impl Quote {
    /// An answer as those see it whom it was shared with.
    pub fn of(answer: &SharedAnswer) -> Self {
        let question = super::young::question(&answer.question);
        Self {
            question: question.map_or("", |question| question.in_words()).into(),
            picked: question.map(|question| question.pick_words(&answer.pick)).unwrap_or_default(),
            words: answer.words.trim().into(),
            translations: Translated::all(answer),
            shared: format!("Shared on {}", answer.at.day().spoken()),
            reply: answer.reply.as_ref().map(|reply| {
                format!("{}. {} ({}, {})", reply.verdict.words(), reply.why, reply.by, reply.at.day().spoken())
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::voice::{Translation, fingerprint};

    #[test]
    fn what_never_goes_on_paper_is_no_section_of_it() {
        for id in SectionId::ALL {
            let made = section((*id, None), (&Values::default(), &[]), "Amira", &|_| None);
            assert_eq!(made.is_some(), id.on_paper(), "{}", id.id());
        }
    }

    #[test]
    fn the_change_since_the_last_plan_is_on_it_where_that_is_known() {
        let entry = |value: &str| vec![Entry { by: "ruth".into(), at: Moment(0), value: value.into() }];
        let facts = [("possible", "200"), ("attended", "187")].map(|(path, value)| (path.to_string(), entry(value)));
        let values = Values { facts: facts.into_iter().collect(), ..Values::default() };
        let says = |last| section((SectionId::Attendance, last), (&values, &[]), "Amira", &|_| None).unwrap().says;
        assert_eq!(says(None).len(), 1);
        let change = "2.5 percentage points better than in the last plan: 91.0% then, 93.5% now.";
        assert_eq!(says(Sessions::new(200, 182))[1], change);
    }

    #[test]
    fn an_age_is_one_answer_and_what_does_not_follow_is_not_missed() {
        let mut values = Values::default();
        let entry = |value: &str| vec![Entry { by: "ruth".into(), at: Moment(0), value: value.into() }];
        values.facts.insert("reading-years".into(), entry("13"));
        values.facts.insert("reading-months".into(), entry("4"));
        let made = section((SectionId::Progress, None), (&values, &[]), "Amira", &|_| None).unwrap();
        let said = serde_json::to_string(&made.answers).unwrap();
        assert!(said.contains(r#"{"label":"Reading age","said":{"parts":["13 years","4 months"]}}"#), "{said}");
        assert!(made.empty.contains(&"Spelling age".into()), "{:?}", made.empty);

        let mut values = Values::default();
        values.facts.insert("part-time".into(), entry("no"));
        let made = section((SectionId::Attendance, None), (&values, &[]), "Amira", &|_| None).unwrap();
        assert!(!made.empty.iter().any(|label| label.starts_with("Part-time")), "{:?}", made.empty);
        let made = section((SectionId::CarersView, None), (&Values::default(), &[]), "Amira", &|_| None).unwrap();
        assert!(made.empty.contains(&"May Amira read this".into()), "{:?}", made.empty);
    }

    #[test]
    fn two_values_set_apart_are_both_there_with_their_writers() {
        let mut values = Values::default();
        let entry = |by: &str, value: &str| Entry { by: by.into(), at: Moment(0), value: value.into() };
        values.facts.insert("attended".into(), vec![entry("tom", "61"), entry("ruth", "62")]);
        let made =
            section((SectionId::Attendance, None), (&values, &[]), "Amira", &|entry| Some(entry.by.clone())).unwrap();
        let said = serde_json::to_string(&made.answers).unwrap();
        assert!(said.contains("tom: 61 sessions") && said.contains("ruth: 62 sessions"), "{said}");
    }

    #[test]
    fn what_a_carer_wrote_is_translated_below_it_and_an_earlier_wording_is_said_to_be_one() {
        let mut values = Values::default();
        values.texts.insert("worries".into(), "Він мало спить".into());
        let said = |path: &str, of: &str, words: &str| translated::Translated {
            path: path.into(),
            wording: fingerprint(of),
            translation: Translation { words: words.into(), by: "Ruth Osei".into(), at: Moment(0) },
        };
        let all = [
            said("worries", "Він мало спить", "He sleeps little"),
            said("worries", "Він не спить", "He doesn't sleep"),
            said("going-well", "Усе", "All of it"),
        ];
        let made = section((SectionId::CarersView, None), (&values, &all), "Amira", &|_| None).unwrap();
        let answer = made.answers.iter().find(|answer| answer.label.contains("worrying")).unwrap();
        let [now, earlier] = answer.translations.as_slice() else { panic!("{:?}", answer.translations) };
        assert_eq!((now.words.as_str(), earlier.words.as_str()), ("He sleeps little", "He doesn't sleep"));
        assert!(now.by.starts_with("Translated by Ruth Osei on ") && !now.by.contains(". "), "{}", now.by);
        assert_eq!(earlier.by, format!("{}. This is of an earlier wording. The carer has changed it since.", now.by));
        let whole = serde_json::to_string(&made).unwrap();
        assert!(!whole.contains("All of it"), "nothing stands there any more: {whole}");
    }
}
