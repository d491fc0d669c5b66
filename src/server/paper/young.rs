//! The young person's own copy: what they said, what comes of it, and who helps. It is
//! of a type of its own, made of what they may read and the asker may read too.

use super::press::Look as Page;
use super::said::Translated;
use crate::domain::calendar::Day;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::Values;
use crate::domain::voice::{Look, Question, SharedAnswer};
use crate::pages::voice::drawing_of;
use serde::Serialize;

pub(super) const LOOK: Page = Page(include_str!("young.typ"));

/// What stands on it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct YoungPersonsCopy {
    pub name: String,
    pub look: Look,
    /// "Autumn term 2026".
    pub term: String,
    /// Whom the answers were shared with: only those are here.
    pub asker: String,
    pub sayings: Vec<Saying>,
    pub working_on: Vec<Working>,
    pub helpers: Vec<Helper>,
    pub meeting: Option<Happening>,
    /// The day of the next plan's meeting, where it is known.
    pub next: Option<String>,
    /// What was agreed in the meeting.
    pub agreed: String,
    pub promises: Vec<Promise>,
    pub made: String,
}

/// One answer that they shared with the asker.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Saying {
    pub question: String,
    pub picks: Vec<Picked>,
    /// Their own words, just as they were given.
    pub words: String,
    /// What adults say that it says, in another language.
    pub translations: Vec<Translated<String>>,
    /// Whether it asks for something.
    pub asks: bool,
    pub reply: Option<Replied>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Picked {
    pub words: String,
    /// The name of a drawing.
    pub picture: Option<String>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Replied {
    pub verdict: String,
    /// The same in their language, which they read first; empty where nobody added it.
    pub theirs: String,
    pub theirs_by: String,
    pub why: String,
    pub by: String,
}

/// One target.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Working {
    /// What it is about, which is what the drawing shows.
    pub area: String,
    pub picture: Option<String>,
    pub what: String,
    pub doing: String,
    pub who: String,
    pub when: String,
    /// The same day, to be said in another language.
    #[serde(skip)]
    pub day: Option<Day>,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Helper {
    pub name: String,
    /// "your social worker".
    pub is: String,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Happening {
    pub day: String,
    pub time: String,
    pub place: String,
}

/// What somebody promised to do.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Promise {
    pub what: String,
    pub who: String,
    pub when: String,
    #[serde(skip)]
    pub day: Option<Day>,
    pub done: bool,
}

/// A question of My voice.
pub(super) fn question(id: &str) -> Option<&'static Question> {
    match SectionId::MyVoice.section().field(id)?.kind {
        Kind::Question(question) => Some(question),
        _ => None,
    }
}

impl Saying {
    /// An answer that was shared, with its question as this look asks it.
    pub fn of(answer: &SharedAnswer, look: Look) -> Option<Self> {
        let question = question(&answer.question)?;
        let pick = |id: &str| Picked { words: question.pick_words(id), picture: drawing_of(question, id) };
        let beside = Picked { words: answer.made.named().into(), picture: None };
        let picks = answer.pick.split(',').map(pick).chain([beside]).filter(|picked| !picked.words.is_empty());
        Some(Self {
            question: question.prompt(look).unwrap_or(question.in_words()).into(),
            picks: picks.collect(),
            words: answer.all_words(),
            translations: Translated::all(answer),
            asks: answer.asks(),
            reply: answer.reply.as_ref().map(|reply| Replied {
                verdict: reply.verdict.words().into(),
                theirs: reply.theirs.as_ref().map_or("", |theirs| theirs.words.trim()).into(),
                theirs_by: reply.theirs.as_ref().map_or("", |theirs| theirs.by.as_str()).into(),
                why: reply.why.trim().into(),
                by: reply.by.clone(),
            }),
        })
    }
}

impl Working {
    /// The targets of a plan that say what will change.
    pub fn all(targets: &Values) -> Vec<Self> {
        rows(SectionId::Targets, "targets", targets, |cell, fact| Self {
            area: cell("area"),
            picture: fact("area").and_then(of_area).map(str::to_string),
            what: cell("what"),
            doing: cell("strategy"),
            who: cell("who"),
            when: cell("by-when"),
            day: fact("by-when").and_then(|day| day.parse().ok()),
        })
        .into_iter()
        .filter(|target| !target.what.is_empty())
        .collect()
    }
}

impl Promise {
    /// The actions of a plan.
    pub fn all(actions: &Values) -> Vec<Self> {
        rows(SectionId::Actions, "actions", actions, |cell, fact| Self {
            what: cell("what"),
            who: cell("who"),
            when: cell("by-when"),
            day: fact("by-when").and_then(|day| day.parse().ok()),
            done: cell("done") == "Yes",
        })
        .into_iter()
        .filter(|promise| !promise.what.is_empty())
        .collect()
    }
}

impl Helper {
    /// The people at school, as the section about it names them.
    pub fn at_school(school: &Values) -> Vec<Self> {
        rows(SectionId::SchoolNow, "people", school, |cell, _| Self {
            name: cell("name"),
            is: match cell("job").split([',', ':', '(']).next().unwrap_or_default().trim() {
                "" => "at school".into(),
                job => format!("{}, at school", job.to_lowercase()),
            },
        })
        .into_iter()
        .filter(|helper| !helper.name.is_empty())
        .collect()
    }
}

/// Each row of a table, made from its cells in words; the second argument gives a fact
/// as it is kept.
fn rows<'a, T>(
    section: SectionId,
    table: &str,
    values: &'a Values,
    make: impl Fn(&dyn Fn(&str) -> String, &dyn Fn(&str) -> Option<&'a str>) -> T,
) -> Vec<T> {
    let row = |row: &crate::domain::values::Row| {
        let path = |column: &str| format!("{table}/{}/{column}", row.id);
        let cell = |column: &str| {
            let path = path(column);
            let kept = values.entries(&path).iter().map(|entry| entry.value.as_str());
            let kind = section.section().at(&path).map(|field| field.kind);
            match kind {
                Some(kind) if values.text(&path).is_empty() => {
                    kept.map(|value| kind.words(value)).collect::<Vec<_>>().join(" / ")
                }
                _ => values.text(&path).trim().to_string(),
            }
        };
        make(&cell, &|column| values.fact(&path(column)))
    };
    values.rows(table).map(row).collect()
}

/// The drawing for an area of targets.
fn of_area(area: &str) -> Option<&'static str> {
    Some(match area {
        "reading-writing" => "pic-reading",
        "maths" => "pic-maths",
        "subject" => "pic-writing",
        "speaking" => "pic-someone-to-listen",
        "attendance" => "pic-getting-there",
        "feelings" => "pic-friends",
        "independence" => "pic-more-time",
        "talent" => "pic-art",
        "next-step" => "pic-outside",
        _ => return None,
    })
}
