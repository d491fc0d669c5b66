//! What a screen may show that everybody in the room sees, the young person and guests
//! too. It is of a type of its own: it has no place for a confidential section, a
//! score, an address, a price, or an answer that wasn't shared with the whole team.
//! What it has of the plan is listed here, and all of that is the young person's and
//! the carer's to read as well; a section that the catalogue gets later is not on it.

use super::agenda::{Item, Listed, Part};
use super::told::{Line, Told};
use crate::domain::calendar::{Day, Moment};
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::Values;
use crate::domain::voice::SharedAnswer;
use crate::domain::words::{Language, Word};
use serde::{Deserialize, Serialize};

/// A part of the plan that may be on a screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnScreen {
    About,
    Progress,
    Attendance,
    Hopes,
    Targets,
    Actions,
    Record,
}

impl OnScreen {
    pub const ALL: [OnScreen; 7] = [
        OnScreen::About,
        OnScreen::Progress,
        OnScreen::Attendance,
        OnScreen::Hopes,
        OnScreen::Targets,
        OnScreen::Actions,
        OnScreen::Record,
    ];

    pub fn section(self) -> SectionId {
        match self {
            OnScreen::About => SectionId::AboutMe,
            OnScreen::Progress => SectionId::Progress,
            OnScreen::Attendance => SectionId::Attendance,
            OnScreen::Hopes => SectionId::NextSteps,
            OnScreen::Targets => SectionId::Targets,
            OnScreen::Actions => SectionId::Actions,
            OnScreen::Record => SectionId::MeetingRecord,
        }
    }

    /// When it is talked about.
    fn item(self) -> Item {
        match self {
            OnScreen::About => Item::Words,
            OnScreen::Progress => Item::Progress,
            OnScreen::Attendance => Item::Attendance,
            OnScreen::Hopes => Item::Hopes,
            OnScreen::Targets | OnScreen::Actions => Item::Targets,
            OnScreen::Record => Item::WrapUp,
        }
    }

    /// What of its section is shown.
    pub fn fields(self) -> &'static [Listed] {
        match self {
            OnScreen::About => &[("strengths", &[]), ("interests", &[])],
            OnScreen::Progress => &[
                ("subjects", &["subject", "now", "on-track", "effort"]),
                ("strengths", &[]),
                ("gaps", &[]),
                ("helps", &[]),
            ],
            // Why they were away isn't for a guest to read: the plan for it is.
            OnScreen::Attendance => &[("plan", &[])],
            OnScreen::Hopes => &[("hopes", &[]), ("plan-a", &[]), ("plan-b", &[])],
            // What money did is not among the columns.
            OnScreen::Targets => &[
                ("review", &["what", "outcome", "evidence"]),
                ("targets", &["what", "how-we-will-know", "who", "by-when"]),
                ("catch-up", &["gap", "programme", "start"]),
            ],
            OnScreen::Actions => &[("actions", &["what", "who", "by-when"])],
            OnScreen::Record => &[("agreed", &[]), ("next-plan", &[])],
        }
    }
}

/// Looks words through for what no screen may show: it answers them, or what stands in
/// their place.
pub type Clear<'a> = &'a (dyn Fn(String) -> String + Sync);

/// What stands on the screen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SharedScreen {
    pub name: String,
    /// When the meeting was opened.
    pub began: Option<Moment>,
    /// What the young person shared with everybody.
    words: Vec<Saying>,
    shown: Vec<Shown>,
    /// Who came, by name and by what they are to the child.
    came: Vec<String>,
    /// The sections whose changes change it.
    parts: Vec<SectionId>,
}

/// One answer of the young person, just as it was given.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Saying {
    question: String,
    pub asked: String,
    pub picked: String,
    pub words: String,
    pub shared: Day,
    /// What becomes of it, where it asked for something.
    pub reply: Option<Replied>,
    pub asks: bool,
    /// Whether they asked to take it back.
    #[serde(default)]
    pub asked_back: bool,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Replied {
    pub verdict: String,
    pub why: String,
}

/// What the plan says to one item.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Shown {
    item: Item,
    told: Vec<Told>,
}

impl SharedScreen {
    /// The screen of a plan that has the sections in `there` and says this. `answers` are those shared with everybody in
    /// the team; `clear` looks through what adults wrote, and whether an answer can stand.
    pub fn of<'a>(
        (name, began): (&str, Option<Moment>),
        there: &[SectionId],
        says: &dyn Fn(OnScreen) -> Option<&'a Values>,
        answers: &[SharedAnswer],
        clear: Clear,
    ) -> Self {
        let shown = |part: OnScreen| {
            let values = says(part)?;
            let looked_at = Part { section: part.section(), fields: part.fields() };
            let mut told = looked_at.told(values, name);
            told.iter_mut().flat_map(|told| &mut told.lines).for_each(|line| cleared(line, clear));
            if part == OnScreen::Attendance {
                let lines: Vec<_> = part.section().says(values).into_iter().map(plain).collect();
                if !lines.is_empty() {
                    told.insert(0, Told { label: "So far".into(), lines });
                }
            }
            (!told.is_empty()).then(|| Shown { item: part.item(), told })
        };
        // A young person's words are never changed: what can't stand as it is isn't there.
        let can_stand = |saying: &Saying| clear(saying.words.clone()) == saying.words;
        // What was replied is an adult's.
        let replied = |mut saying: Saying| {
            if let Some(reply) = &mut saying.reply {
                reply.why = clear(std::mem::take(&mut reply.why));
            }
            saying
        };
        Self {
            name: name.into(),
            began,
            words: answers.iter().filter_map(Saying::of).filter(can_stand).map(replied).collect(),
            shown: OnScreen::ALL.into_iter().filter_map(shown).collect(),
            parts: OnScreen::ALL.into_iter().map(OnScreen::section).filter(|id| there.contains(id)).collect(),
            came: says(OnScreen::Record).map(came).unwrap_or_default().into_iter().map(clear).collect(),
        }
    }

    /// The young person's answers that belong to an item, in the order of the questions.
    pub fn sayings(&self, item: Item) -> Vec<&Saying> {
        let of = |question: &&str| self.words.iter().find(|saying| saying.question == **question);
        item.questions().iter().filter_map(of).collect()
    }

    /// What the young person asked for.
    pub fn requests(&self) -> impl Iterator<Item = &Saying> {
        self.words.iter().filter(|saying| saying.asks)
    }

    /// What the plan says to an item, for everybody.
    pub fn told(&self, item: Item) -> impl Iterator<Item = &Told> {
        self.shown.iter().filter(move |shown| shown.item == item).flat_map(|shown| &shown.told)
    }

    pub fn parts(&self) -> &[SectionId] {
        &self.parts
    }

    pub fn came(&self) -> &[String] {
        &self.came
    }
}

fn plain(head: String) -> Line {
    Line { head, more: Vec::new() }
}

fn cleared(line: &mut Line, clear: Clear) {
    line.head = clear(std::mem::take(&mut line.head));
    line.more.iter_mut().for_each(|(_, words)| *words = clear(std::mem::take(words)));
}

/// Who came, as the record of the meeting has it: "Tom Nowak, social worker". Two who mark
/// the same person at once make two rows, which is one person still.
pub fn came(record: &Values) -> Vec<String> {
    let mut came = Vec::new();
    for row in record.rows("people") {
        let cell = |column: &str| format!("people/{}/{column}", row.id);
        let said = [record.text(&cell("name")).trim(), record.text(&cell("role")).trim()];
        let said = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", ");
        if record.fact(&cell("came")) == Some("attended") && !said.is_empty() && !came.contains(&said) {
            came.push(said);
        }
    }
    came
}

impl Saying {
    /// An answer with its question; nothing where there is nothing in it to show.
    pub fn of(answer: &SharedAnswer) -> Option<Self> {
        Self::said(answer, Language::English)
    }

    /// The same in another language, but for what they wrote.
    pub fn said(answer: &SharedAnswer, language: Language) -> Option<Self> {
        let say = |words| language.say(Word::declared(words));
        let Kind::Question(question) = SectionId::MyVoice.section().field(&answer.question)?.kind else { return None };
        let picked = [question.picked(&answer.pick, language), say(answer.made.named()).into()];
        let picked = picked.into_iter().filter(|picked| !picked.is_empty()).collect::<Vec<_>>().join(language.comma());
        let words = answer.all_words();
        let replied = |reply: &crate::domain::voice::Reply| Replied {
            verdict: say(reply.verdict.words()).into(),
            why: reply.why.trim().into(),
        };
        (!picked.is_empty() || !words.is_empty()).then(|| Self {
            question: answer.question.clone(),
            asked: say(question.in_words()).into(),
            picked,
            words,
            shared: answer.at.day(),
            reply: answer.reply.as_ref().map(replied),
            asks: answer.asks(),
            asked_back: answer.asked_back.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Role;
    use crate::domain::sections::{Field, Kind};
    use crate::domain::voice::{Reply, Verdict};

    const IN_THE_ROOM: [Role; 5] =
        [Role::YoungPerson, Role::Carer, Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool];

    #[test]
    fn everything_on_the_screen_is_for_everybody_in_the_room_to_read() {
        for part in OnScreen::ALL {
            let section = part.section().section();
            for role in IN_THE_ROOM {
                let reads = section.readers.contains(&role) || section.writers.contains(&role);
                assert!(reads, "{} isn't for the {}", section.id.id(), role.words());
            }
        }
    }

    #[test]
    fn nothing_on_the_screen_is_an_amount_of_money() {
        let is_money = |field: &Field| matches!(field.kind, Kind::Number { unit: "pounds", .. }) || field.id == "money";
        for part in OnScreen::ALL {
            for (id, columns) in part.fields() {
                let field = part.section().section().field(id).unwrap_or_else(|| panic!("there is no {id}"));
                assert!(!is_money(field), "{id}");
                if let Kind::Rows { columns: declared, .. } = field.kind {
                    let listed = columns.iter().map(|id| declared.iter().find(|field| field.id == *id));
                    assert!(
                        listed.clone().all(|field| field.is_some_and(|field| !is_money(field))),
                        "{id} {columns:?}"
                    );
                    assert!(!columns.is_empty());
                }
            }
        }
    }

    fn answer(question: &str, words: &str) -> SharedAnswer {
        SharedAnswer {
            id: crate::domain::people::AnswerId::new(uuid::Uuid::nil()),
            question: question.into(),
            pick: String::new(),
            words: words.into(),
            made: Default::default(),
            at: Moment(0),
            given: crate::domain::voice::Given::default(),
            asked_back: None,
            reply: None,
            translations: Vec::new(),
        }
    }

    fn clear(words: String) -> String {
        if words.contains("Example Street") { "[kept private]".into() } else { words }
    }

    #[test]
    fn an_answer_that_names_the_home_is_not_there_and_other_words_stand_as_given() {
        let answers =
            [answer("best", "art  \n and lunch"), answer("hard", "the bus from Example Street"), answer("know", "")];
        let screen = SharedScreen::of(("Amira", None), &[], &|_| None, &answers, &clear);
        let said: Vec<_> = screen.sayings(Item::Words).into_iter().map(|saying| saying.words.as_str()).collect();
        assert_eq!(said, ["art  \n and lunch"]);
    }

    #[test]
    fn a_reply_that_names_the_home_does_not_say_so_to_everyone() {
        let replied = |why: &str| SharedAnswer {
            reply: Some(Reply {
                verdict: Verdict::Yes,
                why: why.into(),
                by: String::new(),
                at: Moment(0),
                due: None,
                back: None,
                theirs: None,
            }),
            ..answer("change", "A later bus")
        };
        for (why, said) in [("We asked for it", "We asked for it"), ("It goes by Example Street", "[kept private]")] {
            let screen = SharedScreen::of(("Amira", None), &[], &|_| None, &[replied(why)], &clear);
            let shown: Vec<_> = screen.requests().filter_map(|saying| saying.reply.as_ref()).collect();
            assert_eq!(shown.iter().map(|reply| reply.why.as_str()).collect::<Vec<_>>(), [said]);
        }
    }
}
