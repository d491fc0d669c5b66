//! What goes out by e-mail: reminders on working days, and invitations when a meeting
//! is set. No e-mail has a child's name in it, nor what it is about: it says that there
//! is something, by when, and where to look.

use super::circle::Circle;
use super::db::plans::Plan;
use super::db::reminders::{self as claims, Went};
use super::db::watched::{self, Which};
use super::db::{Db, DbError, people, settings};
use super::mail::Letter;
use super::settings::Settings;
use crate::domain::calendar::{Day, Moment};
use crate::domain::deadlines::Standing;
use crate::domain::invitation::{Invitation, SUMMARY, place_without};
use crate::domain::people::{PersonId, PlanId};
use crate::domain::plan::State;
use crate::domain::reminders::reminders;
use std::collections::BTreeMap;

/// Before this hour in England nobody is reminded.
const MORNING: u8 = 7;

/// How many e-mails went, and how many didn't.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Outcome {
    pub sent: usize,
    pub failed: usize,
}

/// One thing in a letter: what it is claimed by, the plan, and its day.
struct Line {
    key: String,
    plan: PlanId,
    by: Day,
    late: bool,
}

/// Sends what is to be said now and was not said yet. By hand it goes at any hour.
pub async fn send_all(db: &Db, own: &Settings, now: Moment, by_hand: bool) -> Result<Outcome, DbError> {
    if !own.post.is_there() {
        return Ok(Outcome::default());
    }
    let mut outcome = Outcome::default();
    let authority = settings::authority(db).await?;
    let (today, hour, _) = now.in_england();
    let speaks = authority.holidays().is_working(today) && (by_hand || hour >= MORNING);
    let mut lines: BTreeMap<PersonId, Vec<Line>> = BTreeMap::new();
    for found in watched::find(db, Which::Every).await? {
        let plan = &found.plan;
        let watched = found.as_watched();
        let all = if speaks { reminders(&watched, &authority, today) } else { Vec::new() };
        let invites = is_invited(plan, now);
        if all.is_empty() && !invites {
            continue;
        }
        let circle = Circle::of(db, plan, today).await?;
        for person in circle.adults() {
            if invites {
                outcome.add(invite(db, own, plan, person, now).await?);
            }
            let mine = circle.reminders_for(person, plan, &all).map(|reminder| Line {
                key: format!("{}/{}", plan.id, reminder.key),
                plan: plan.id.clone(),
                by: reminder.by,
                late: reminder.standing == Standing::Overdue,
            });
            lines.entry(person.clone()).or_default().extend(mine);
        }
    }
    for (person, lines) in lines {
        outcome.add(remind(db, own, &person, lines, now).await?);
    }
    Ok(outcome)
}

impl Outcome {
    /// Counts one e-mail that went or didn't; nothing where there was none to send.
    fn add(&mut self, went: Option<bool>) {
        self.sent += usize::from(went == Some(true));
        self.failed += usize::from(went == Some(false));
    }
}

/// Whether a meeting that is still to come was set from the plan's page.
fn is_invited(plan: &Plan, now: Moment) -> bool {
    let is_ahead = matches!(plan.state, State::Scheduled | State::Drafting | State::Meeting);
    is_ahead && plan.invited.0 > 0 && plan.meeting.as_ref().is_some_and(|(at, _)| *at > now)
}

async fn remind(
    db: &Db,
    own: &Settings,
    person: &PersonId,
    lines: Vec<Line>,
    now: Moment,
) -> Result<Option<bool>, DbError> {
    let mut mine = Vec::new();
    for line in lines {
        if claims::claim(db, person, &line.key, now).await? {
            mine.push(line);
        }
    }
    if mine.is_empty() {
        return Ok(None);
    }
    mine.sort_by_key(|line| (!line.late, line.by));
    let letter = Letter {
        to: people::address(db, person).await?.unwrap_or_default(),
        subject: "Pep: there is something for you to do",
        body: reminder_body(&mine, &own.origin),
        invitation: None,
    };
    let keys: Vec<_> = mine.into_iter().map(|line| line.key).collect();
    send(db, own, person, &keys, letter, now).await.map(Some)
}

fn reminder_body(lines: &[Line], origin: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    for line in lines {
        let when = if line.late { "This was due by" } else { "To do by" };
        let words = format!("{when} {}:\n{origin}/plans/{}\n", line.by.spoken(), line.plan);
        if !said.contains(&words) {
            said.push(words);
        }
    }
    format!("There is something for you to do in Pep.\n\n{}\n{}", said.join("\n"), foot())
}

fn foot() -> &'static str {
    "Sign in to see what it is about. An e-mail from Pep names no child.\n"
}

async fn invite(db: &Db, own: &Settings, plan: &Plan, person: &PersonId, now: Moment) -> Result<Option<bool>, DbError> {
    let Some((at, _)) = &plan.meeting else { return Ok(None) };
    let key = format!("{}/invited/{}", plan.id, plan.invited.0);
    if !claims::claim(db, person, &key, now).await? {
        return Ok(None);
    }
    let moved = if plan.invited.0 > 1 { "This replaces what was set before.\n" } else { "" };
    let body = format!(
        "{SUMMARY}: {} at {}.\n{moved}\nThe file beside this puts it into your calendar. The plan:\n{}/plans/{}\n\n{}",
        at.day().spoken(),
        at.clock(),
        own.origin,
        plan.id,
        foot()
    );
    let letter = Letter {
        to: people::address(db, person).await?.unwrap_or_default(),
        subject: "Pep: a meeting is set",
        body,
        invitation: invitation(db, own, plan).await?.map(|invitation| invitation.written()),
    };
    send(db, own, person, &[key], letter, now).await.map(Some)
}

/// A plan's meeting for a calendar; none while none is set.
pub async fn invitation(db: &Db, own: &Settings, plan: &Plan) -> Result<Option<Invitation>, DbError> {
    let Some((at, place)) = &plan.meeting else { return Ok(None) };
    let names = people::names_of_child(db, &plan.child).await?;
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    Ok(Some(Invitation {
        plan: plan.id.clone(),
        at: *at,
        place: place_without(place, &names),
        sequence: plan.invited.0,
        stamp: plan.invited.1,
        link: format!("{}/plans/{}", own.origin, plan.id),
    }))
}

/// Sends a letter that is claimed. What doesn't go is tried again at the next look; what
/// is refused, on another day.
async fn send(
    db: &Db,
    own: &Settings,
    person: &PersonId,
    keys: &[String],
    letter: Letter,
    now: Moment,
) -> Result<bool, DbError> {
    let went = match own.post.send(letter, now).await {
        Ok(()) => Went::Sent,
        Err(trouble) => {
            let again = if trouble.is_refusal { "tomorrow" } else { "soon" };
            tracing::warn!(trouble = trouble.words, person = %person, "an e-mail did not go; it is tried again {again}");
            if trouble.is_refusal { Went::Refused } else { Went::NotYet }
        }
    };
    for key in keys {
        claims::settle(db, person, key, went, now).await?;
    }
    Ok(went == Went::Sent)
}
