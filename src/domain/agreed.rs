//! What was agreed, for those who act on it: who does what next, and what for. It is of a
//! type of its own, with no place for a price, a score or an address; what it has of a
//! plan is listed here, and whoever makes it gives only what the reader may read.

use super::calendar::{Day, Moment};
use super::grant::Item;
use super::meeting::screen::Saying;
use super::people::{PersonId, RowId, TeamMember};
use super::plan::{State, Term};
use super::sections::SectionId;
use super::values::{Row, Values};
use super::voice::SharedAnswer;
use super::words::Language;
use serde::{Deserialize, Serialize};

/// What a plan agreed, for one reader.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Agreed {
    pub term: Term,
    pub year: i32,
    /// Whether everybody has signed: it can no longer change.
    pub is_closed: bool,
    /// In the words of the meeting.
    pub agreed: String,
    pub actions: Vec<Promise>,
    /// What the young person shared with the reader.
    pub said: Vec<Saying>,
    pub targets: Vec<Target>,
    pub help: Vec<Help>,
}

/// What somebody promised to do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Promise {
    pub row: RowId,
    pub what: String,
    pub who: String,
    pub by: Option<Day>,
    /// Whether it is the reader's own.
    pub mine: bool,
    pub done: Done,
}

/// Whether it is done, as far as anybody said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Done {
    No,
    /// The plan says so.
    InPlan,
    /// The reader said so.
    Mine,
    /// Somebody else whose it is said so, by name.
    Others(String),
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Target {
    pub what: String,
    pub how: String,
    pub who: String,
    pub by: Option<Day>,
}

/// Help that was agreed: teaching, or what money pays for, without what it costs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Help {
    pub what: String,
    pub from: String,
}

/// When one meets again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Next {
    /// The meeting is set.
    At(Moment, String),
    /// A day that was agreed on.
    On(Day),
}

/// Somebody's word that an action of theirs is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    pub action: RowId,
    /// Their id.
    pub by: String,
    pub at: Moment,
}

/// Whether there is something agreed in a plan: from the end of its meeting on.
pub fn is_settled(state: State) -> bool {
    matches!(state, State::Completing | State::Returned | State::Agreed) || State::SIGNED.contains(&state)
}

/// What stands in a plan, and who reads it.
pub struct Source<'a> {
    pub term: Term,
    pub year: i32,
    pub state: State,
    /// What a section says; nothing where the reader may not read it.
    pub says: &'a dyn Fn(SectionId) -> Option<&'a Values>,
    /// What was shared with the reader.
    pub shared: &'a [SharedAnswer],
    pub items: &'a [Item],
    pub ticks: &'a [Tick],
    pub reader: &'a TeamMember,
    pub team: &'a [TeamMember],
    pub name_of: &'a dyn Fn(&str) -> String,
    /// What the reader's pages are in.
    pub language: Language,
}

impl Agreed {
    pub fn of(source: &Source) -> Self {
        let says = |section| (source.says)(section);
        Self {
            term: source.term,
            year: source.year,
            is_closed: source.state == State::Agreed,
            agreed: says(SectionId::MeetingRecord)
                .map(|record| record.text("agreed").trim().into())
                .unwrap_or_default(),
            actions: says(SectionId::Actions).map(|actions| source.promises(actions)).unwrap_or_default(),
            // What they asked to have back is no part of what is acted on.
            said: source
                .shared
                .iter()
                .filter(|answer| answer.asked_back.is_none())
                .filter_map(|answer| Saying::said(answer, source.language))
                .collect(),
            targets: says(SectionId::Targets).map(targets).unwrap_or_default(),
            help: help(says(SectionId::Targets), source.items),
        }
    }
}

/// The day of the next plan's meeting, where the record names one that is to come.
pub fn next_day(record: &Values, today: Day) -> Option<Next> {
    let day = record.fact("next-plan")?.parse::<Day>().ok()?;
    (day >= today).then_some(Next::On(day))
}

/// The catching up that is planned, and what money was asked for.
fn help(targets: Option<&Values>, items: &[Item]) -> Vec<Help> {
    let item = |item: &Item| Help { what: item.item.clone(), from: item.provider.clone() };
    targets.map(catching_up).unwrap_or_default().into_iter().chain(items.iter().map(item)).collect()
}

/// A row of a table.
struct Cells<'a> {
    values: &'a Values,
    table: &'static str,
    row: &'a Row,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> String {
        self.values.text(&self.path(column)).trim().to_string()
    }

    fn fact(&self, column: &str) -> Option<&str> {
        self.values.fact(&self.path(column))
    }

    fn day(&self, column: &str) -> Option<Day> {
        self.fact(column)?.parse().ok()
    }

    fn path(&self, column: &str) -> String {
        format!("{}/{}/{column}", self.table, self.row.id)
    }
}

fn rows<'a>(values: &'a Values, table: &'static str) -> impl Iterator<Item = Cells<'a>> {
    values.rows(table).map(move |row| Cells { values, table, row })
}

fn targets(values: &Values) -> Vec<Target> {
    let target = |cells: Cells| Target {
        what: cells.text("what"),
        how: cells.text("strategy"),
        who: cells.text("who"),
        by: cells.day("by-when"),
    };
    rows(values, "targets").map(target).filter(|target| !target.what.is_empty()).collect()
}

fn catching_up(values: &Values) -> Vec<Help> {
    let help = |cells: Cells| Help { what: cells.text("gap"), from: cells.text("programme") };
    rows(values, "catch-up").map(help).filter(|help| !help.what.is_empty() || !help.from.is_empty()).collect()
}

impl Source<'_> {
    fn promises(&self, actions: &Values) -> Vec<Promise> {
        let promise = |cells: Cells| {
            let who = cells.text("who");
            Promise {
                row: cells.row.id.clone(),
                what: cells.text("what"),
                by: cells.day("by-when"),
                mine: names(&who, self.reader, self.team),
                done: self.done(&cells),
                who,
            }
        };
        rows(actions, "actions").map(promise).filter(|promise| !promise.what.is_empty()).collect()
    }

    fn done(&self, cells: &Cells) -> Done {
        let mut ticks = self.ticks.iter().filter(|tick| tick.action == cells.row.id);
        match ticks.clone().find(|tick| is_by(tick, &self.reader.id)) {
            Some(_) => Done::Mine,
            None if cells.fact("done") == Some("yes") => Done::InPlan,
            None => ticks.next().map_or(Done::No, |tick| Done::Others((self.name_of)(&tick.by))),
        }
    }
}

fn is_by(tick: &Tick, person: &PersonId) -> bool {
    tick.by == person.to_string()
}

/// Whether an action belongs to somebody, by what stands under "who": their name, their
/// first or last name where nobody else in the team has it, or what they are to the
/// child where they alone are that. An action may belong to several.
pub fn names(who: &str, person: &TeamMember, team: &[TeamMember]) -> bool {
    let others: Vec<_> = team.iter().filter(|other| other.id != person.id).collect();
    who.split([',', ';', '/', '&', '+', '(', ')'])
        .flat_map(|part| part.split(" and "))
        .any(|part| is_named(&words(part), person, &others))
}

fn is_named(part: &[String], person: &TeamMember, others: &[&TeamMember]) -> bool {
    let name = words(&person.name);
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return false };
    let part: Vec<_> = part.iter().filter(|word| !TITLES.contains(&word.as_str())).collect();
    if part.len() >= name.len() && part.windows(name.len()).any(|some| some.iter().copied().eq(&name)) {
        return true;
    }
    let alone = |word: &String| others.iter().all(|other| !words(&other.name).contains(word));
    let role = words(person.role.words());
    match part.as_slice() {
        [] => false,
        [one] if *one == first || *one == last => alone(one),
        part => {
            part.len() >= role.len()
                && part[part.len() - role.len()..].iter().copied().eq(&role)
                && others.iter().all(|other| other.role != person.role)
        }
    }
}

const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "the"];

fn words(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '\'' && sign != '-');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Role;

    fn member(number: u128, name: &str, role: Role) -> TeamMember {
        TeamMember { id: PersonId::new(uuid::Uuid::from_u128(number)), name: name.into(), role }
    }

    fn team() -> Vec<TeamMember> {
        vec![
            member(1, "Jo Barlow", Role::Carer),
            member(2, "Ruth Osei", Role::DesignatedTeacher),
            member(3, "Tom Nowak", Role::SocialWorker),
        ]
    }

    #[test]
    fn an_action_belongs_to_whom_it_names() {
        let team = team();
        for who in [
            "Jo Barlow",
            "jo barlow",
            "Jo",
            "Mrs Barlow",
            "Jo and Ruth",
            "Tom, Jo",
            "The carer",
            "Jo Barlow (carer)",
            "Foster carer",
        ] {
            assert!(names(who, &team[0], &team), "{who}");
        }
        for who in ["", "Tom Nowak", "Joanna", "Everyone", "the social worker", "School", "Jo Smith"] {
            assert!(!names(who, &team[0], &team), "{who}");
        }
    }

    #[test]
    fn where_two_have_the_name_or_the_part_an_action_has_to_say_which() {
        let mut team = team();
        team.push(member(4, "Jo Hill", Role::Carer));
        assert!(!names("Jo", &team[0], &team));
        assert!(!names("the carer", &team[0], &team));
        assert!(names("Jo Barlow", &team[0], &team) && names("Barlow", &team[0], &team));
        assert!(!names("Jo Barlow", &team[3], &team));
    }

    #[test]
    fn what_is_agreed_begins_when_the_meeting_is_over() {
        let settled: Vec<_> = State::ALL.into_iter().filter(|state| is_settled(*state)).collect();
        assert_eq!(settled.len(), 6);
        assert!(!is_settled(State::Meeting) && !is_settled(State::Cancelled) && is_settled(State::Agreed));
    }
}
