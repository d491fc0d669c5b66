//! By when something has to be there, and who has to do it. Everything that an
//! authority may set is its own: days, order of signatures, cut-offs, bank holidays.

use super::calendar::Day;
use super::people::Role;
use super::plan::{State, Term};
use super::sections::SectionId;
use super::settings::Authority;
use super::workflow::SignOrder;
use super::working_days::Deadline;
use serde::{Deserialize, Serialize};

/// From so many days before it, something is due soon.
const SOON: i64 = 7;

/// What has to be known of a plan. Days are those on which it happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The child's first plan is 1.
    pub number: i64,
    /// The year in which the school year began.
    pub year: i32,
    pub term: Term,
    pub state: State,
    /// Someone has written something in it that is about education.
    pub begun: bool,
    pub into_care: Option<Day>,
    /// When the meeting is to be.
    pub meeting: Option<Day>,
    /// When the meeting was closed.
    pub held: Option<Day>,
    /// When the plan came to where it is.
    pub since: Option<Day>,
}

/// What has to be done next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// The first plan is begun; by the second day it has to be there.
    BeginFirst(Deadline),
    /// The first plan is there for the first review of the care plan.
    FirstThere,
    /// The term's plan has its meeting.
    Meet,
    /// The plan is signed, or agreed.
    Sign,
}

/// How near it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Upcoming,
    Soon,
    Today,
    Overdue,
}

/// Something that has to be done by a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    pub what: What,
    pub by: Deadline,
    /// Who does it.
    pub who: Role,
    pub standing: Standing,
}

impl Standing {
    /// How near a day is.
    pub fn of(by: Day, today: Day) -> Self {
        match today {
            today if today > by => Standing::Overdue,
            today if today == by => Standing::Today,
            today if today.plus(SOON) >= by => Standing::Soon,
            _ => Standing::Upcoming,
        }
    }
}

impl Due {
    /// The section whose readers may know of it: a first plan's days tell when the
    /// child came into care. None: everyone who may open the plan.
    pub fn tells(&self) -> Option<SectionId> {
        matches!(self.what, What::BeginFirst(_) | What::FirstThere).then_some(SectionId::CareDetails)
    }

    /// In a sentence, as things stand.
    pub fn words(&self) -> String {
        let by = self.by.day.spoken();
        let said = match (self.what, self.standing) {
            (What::BeginFirst(there), standing) => {
                let there = there.day.spoken();
                match standing {
                    Standing::Overdue => format!(
                        "This first plan was to be begun by {by}. It has to be ready for the first review by {there}."
                    ),
                    Standing::Today => {
                        format!("This first plan has to be begun today, and ready for the first review by {there}.")
                    }
                    _ => format!("This first plan has to be begun by {by} and ready for the first review by {there}."),
                }
            }
            (What::FirstThere, Standing::Overdue) => format!("This first plan was due for the first review by {by}."),
            (What::FirstThere, Standing::Today) => "This first plan has to be ready for the first review today.".into(),
            (What::FirstThere, _) => format!("This first plan has to be ready for the first review, by {by}."),
            (What::Meet, Standing::Overdue) => format!("This term’s meeting was to be held by {by}."),
            (What::Meet, Standing::Today) => "Today is the last day for this term’s meeting.".into(),
            (What::Meet, _) => format!("This term’s meeting has to be held by {by}."),
            (What::Sign, standing) => {
                let (who, does) = match self.who {
                    Role::VirtualSchool => ("The virtual school", "agree the plan or send it back"),
                    Role::SocialWorker => ("The social worker", "sign the plan"),
                    _ => ("The designated teacher", "sign the plan"),
                };
                match standing {
                    Standing::Overdue => format!("{who} was to {does} by {by}."),
                    Standing::Today => format!("{who} has to {does} today."),
                    _ => format!("{who} has to {does} by {by}."),
                }
            }
        };
        match self.by.certain {
            true => said,
            false => format!("{said} Check it: the bank holidays of that year aren’t in Pep yet."),
        }
    }
}

/// Everything that has to be done about a plan, the nearest first.
pub fn all_due(facts: &Facts, authority: &Authority, today: Day) -> Vec<Due> {
    let due = |(what, by, who): (What, Deadline, Role)| Due { what, by, who, standing: Standing::of(by.day, today) };
    let mut all: Vec<_> = [first(facts, authority), meet(facts, authority, today), sign(facts, authority)]
        .into_iter()
        .flatten()
        .collect();
    all.sort_by_key(|(_, by, _)| by.day);
    all.into_iter().map(due).collect()
}

/// What has to be done next.
pub fn due(facts: &Facts, authority: &Authority, today: Day) -> Option<Due> {
    all_due(facts, authority, today).into_iter().next()
}

/// A first plan, until somebody has signed it.
fn first(facts: &Facts, authority: &Authority) -> Option<(What, Deadline, Role)> {
    let into_care = facts.into_care.filter(|_| facts.number == 1)?;
    let open = matches!(
        facts.state,
        State::Scheduled | State::Drafting | State::Meeting | State::Completing | State::Returned
    );
    let holidays = authority.holidays();
    let there = holidays.after(into_care, authority.first_plan.there);
    match (open, facts.begun) {
        (false, _) => None,
        (true, true) => Some((What::FirstThere, there, Role::DesignatedTeacher)),
        (true, false) => {
            let begun = holidays.after(into_care, authority.first_plan.begun);
            Some((What::BeginFirst(there), begun, Role::SocialWorker))
        }
    }
}

/// The term's meeting, while there is none that is set in time. A first plan has its
/// own days, which don't wait for a cut-off.
fn meet(facts: &Facts, authority: &Authority, today: Day) -> Option<(What, Deadline, Role)> {
    let open = matches!(facts.state, State::Scheduled | State::Drafting | State::Meeting);
    let is_first = facts.number == 1 && facts.into_care.is_some();
    let by = authority.cut_off(facts.year, facts.term).filter(|_| open && !is_first)?;
    let set_in_time = facts.meeting.is_some_and(|day| day >= today && day <= by);
    (!set_in_time).then(|| (What::Meet, authority.holidays().on(by), Role::DesignatedTeacher))
}

/// The next signature after the meeting, in the authority's order.
fn sign(facts: &Facts, authority: &Authority) -> Option<(What, Deadline, Role)> {
    let signing = &authority.signing;
    let teacher = (Role::DesignatedTeacher, signing.teacher);
    let worker = (Role::SocialWorker, signing.worker);
    let worker_first = authority.sign_order == SignOrder::WorkerThenTeacher;
    let ((who, days), from) = match facts.state {
        State::Completing => (if worker_first { worker } else { teacher }, facts.held.or(facts.meeting)?),
        State::Returned => (if worker_first { worker } else { teacher }, facts.since?),
        State::TeacherSigned => (worker, facts.since?),
        State::WorkerSigned => (teacher, facts.since?),
        State::Quality => ((Role::VirtualSchool, signing.virtual_school), facts.since?),
        _ => return None,
    };
    Some((What::Sign, authority.holidays().after(from, days), who))
}

#[cfg(test)]
mod tests;
