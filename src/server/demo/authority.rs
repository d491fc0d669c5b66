//! The demo authority: an invented county with two schools and eight children,
//! read from `authority.json`. Nobody in it exists.

use crate::domain::calendar::Day;
use crate::domain::people::Role;
use crate::domain::plan::State;
use crate::domain::sections::SectionId;
use crate::domain::voice::Verdict;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everyone and everything in the demo. A `key` is a name inside the file alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    pub schools: Vec<School>,
    pub people: Vec<Person>,
    pub children: Vec<Child>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    pub key: String,
    pub name: String,
}

/// An adult who can sign in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    /// Keeps the accounts, and belongs to no child's team.
    #[serde(default)]
    pub administrator: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    pub key: String,
    /// What they like to be called.
    pub name: String,
    pub full_name: String,
    pub born: Day,
    /// The key of their school.
    pub school: String,
    pub year_group: String,
    /// The pictures that open My voice; none where the child chose no code.
    pub picture_code: Option<[String; 3]>,
    pub team: Vec<Member>,
    pub plan: Plan,
    /// Last term's plan, which was agreed.
    pub earlier: Option<Plan>,
}

/// What one person is to one child. Days count from today.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    pub person: String,
    pub role: Role,
    pub since: i64,
    /// The last day on which it held; none while it lasts.
    pub until: Option<i64>,
}

/// This term's plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub number: u32,
    pub state: State,
    pub meeting: Option<Meeting>,
    /// What adults have written so far. My voice is in `voice`.
    pub sections: BTreeMap<SectionId, Written>,
    pub voice: Voice,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// How many days from today.
    pub in_days: i64,
    /// The time of day in England: `13:30`.
    pub at: String,
    pub place: String,
}

/// What one person has written in a section. Values go by the id of their field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The key of the person who wrote it.
    pub by: String,
    #[serde(default)]
    pub completed: bool,
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// May be days counted from today: see `on_day`.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
    /// The rows of each table, in their order.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<Cells>>,
}

/// One row, by the ids of its columns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cells {
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
}

/// What the child has written, and what they shared of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// By the id of the question.
    pub answers: BTreeMap<String, Answer>,
    /// My voice's fields that aren't questions.
    #[serde(default)]
    pub facts: BTreeMap<String, String>,
    pub shared: Vec<Shared>,
    /// What was replied to what they asked for.
    #[serde(default)]
    pub replies: Vec<Reply>,
}

/// One answer; what is empty was left out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    #[serde(default)]
    pub pick: String,
    #[serde(default)]
    pub words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    pub question: String,
    /// The keys of those who may see the answer.
    pub with: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub question: String,
    /// The key of who replied.
    pub by: String,
    pub verdict: Verdict,
    pub why: String,
    /// The day by which it is to happen, as facts say days.
    #[serde(default)]
    pub due: String,
}

/// Reads the demo authority.
pub fn authority() -> Result<Authority, serde_json::Error> {
    serde_json::from_str(include_str!("authority.json"))
}

/// A fact as it is on one day: `{+30}` becomes the day 30 days later, `{-12}` the
/// day 12 days earlier, and anything else stays as it is.
pub fn on_day(fact: &str, today: Day) -> String {
    let days = fact.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match days.and_then(|days| days.parse().ok()) {
        Some(days) => today.plus(days).to_string(),
        None => fact.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::RowId;
    use crate::domain::phase::Phase;
    use crate::domain::sections::{Keeps, Kind};
    use crate::domain::voice::{pick_of, words_of};
    use std::collections::HashSet;

    fn today() -> Day {
        Day::new(2026, 11, 23).unwrap()
    }

    /// Everything written in a section: its path, its value, whether it is a fact.
    fn written(section: &Written) -> Vec<(String, String, bool)> {
        let row = RowId::new(uuid::Uuid::nil());
        let mut found = values(&section.texts, &section.facts, "");
        for (table, rows) in &section.rows {
            let before = format!("{table}/{row}/");
            found.extend(rows.iter().flat_map(|row| values(&row.texts, &row.facts, &before)));
        }
        found
    }

    fn values(
        texts: &BTreeMap<String, String>,
        facts: &BTreeMap<String, String>,
        before: &str,
    ) -> Vec<(String, String, bool)> {
        let texts = texts.iter().map(|(id, text)| (id, text.clone(), false));
        let facts = facts.iter().map(|(id, fact)| (id, on_day(fact, today()), true));
        texts.chain(facts).map(|(id, value, fact)| (format!("{before}{id}"), value, fact)).collect()
    }

    fn assert_takes(id: SectionId, path: &str, value: &str, fact: bool) {
        let field = id.section().at(path);
        let kind = field.unwrap_or_else(|| panic!("{} has no {path}", id.id())).kind;
        let keeps = if fact { Keeps::Fact } else { Keeps::Text };
        assert_eq!(kind.keeps(), keeps, "{}: {path}", id.id());
        assert_eq!(kind.check(value), Ok(()), "{}: {path}: {value}", id.id());
    }

    #[test]
    fn every_value_has_its_place_in_the_catalogue() {
        for child in authority().unwrap().children {
            for (id, section) in &child.plan.sections {
                for (path, value, fact) in written(section) {
                    assert_takes(*id, &path, &value, fact);
                }
                for table in section.rows.keys() {
                    let field = id.section().field(table);
                    assert!(field.is_some_and(|f| matches!(f.kind, Kind::Rows { .. })), "{table}");
                }
            }
            for (question, answer) in &child.plan.voice.answers {
                assert_takes(SectionId::MyVoice, &words_of(question), &answer.words, false);
                if !answer.pick.is_empty() {
                    assert_takes(SectionId::MyVoice, &pick_of(question), &answer.pick, true);
                }
            }
            for (path, fact) in &child.plan.voice.facts {
                assert_takes(SectionId::MyVoice, path, fact, true);
            }
        }
    }

    #[test]
    fn every_key_names_someone_and_only_one() {
        let authority = authority().unwrap();
        let schools: HashSet<_> = authority.schools.iter().map(|school| &school.key).collect();
        let people: HashSet<_> = authority.people.iter().map(|person| &person.key).collect();
        let emails: HashSet<_> = authority.people.iter().map(|person| &person.email).collect();
        let children: HashSet<_> = authority.children.iter().map(|child| &child.key).collect();
        assert_eq!(schools.len(), authority.schools.len());
        assert_eq!(people.len(), authority.people.len());
        assert_eq!(emails.len(), authority.people.len());
        assert_eq!(children.len(), authority.children.len());
        for child in &authority.children {
            assert!(schools.contains(&child.school), "{}", child.key);
            assert!(child.team.iter().all(|member| people.contains(&member.person)), "{}", child.key);
        }
    }

    #[test]
    fn only_those_who_may_have_written_and_been_trusted() {
        for Child { key, team, plan, .. } in authority().unwrap().children {
            let now: Vec<_> = team.iter().filter(|member| member.until.is_none()).collect();
            for (id, section) in &plan.sections {
                assert_ne!(*id, SectionId::MyVoice, "{key}: a child's words belong in voice");
                let writers = id.section().writers;
                let may = now.iter().any(|m| m.person == section.by && writers.contains(&m.role));
                assert!(may, "{key}: {} can't write {}", section.by, id.id());
            }
            for shared in &plan.voice.shared {
                assert!(plan.voice.answers.contains_key(&shared.question), "{key}");
                for person in &shared.with {
                    assert!(now.iter().any(|member| member.person == *person), "{key}: {person}");
                }
            }
            let empty = plan.sections.is_empty() && plan.voice.answers.is_empty();
            assert!(plan.state.takes_edits() || empty, "{key}: written in a plan that isn't open");
        }
    }

    #[test]
    fn what_is_written_belongs_to_the_childs_phase() {
        for Child { key, year_group, plan, .. } in authority().unwrap().children {
            let phase = Phase::of_year_group(&year_group);
            for id in plan.sections.keys() {
                assert!(id.section().phases.contains(&phase), "{key}, {year_group}: {}", id.id());
            }
        }
    }

    #[test]
    fn days_are_counted_from_today() {
        assert_eq!(on_day("{+30}", today()), "2026-12-23");
        assert_eq!(on_day("{-12}", today()), "2026-11-11");
        assert_eq!(on_day("yes", today()), "yes");
    }
}
