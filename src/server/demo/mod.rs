//! Fills an empty database with the demo authority, for looking at Pep, for tests
//! and for the speed trials.

pub mod authority;
mod earlier;
mod writing;

use super::auth::password;
use super::db::people::{self, NewChild};
use super::db::plans::{self, NewPlan};
use super::db::{Db, occasions, progress};
use super::{clock, db::documents};
use crate::domain::access::{self, Action, Actor};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{ChildId, PersonId, PlanId, Relationship};
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use authority::{Authority, Child, Plan, Written};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Everybody's password in the demo.
pub const PASSWORD: &str = "open the demo door";

/// Somebody who can sign in to the demo.
pub struct SignIn {
    pub email: String,
    pub name: String,
    /// "carer of Sam, social worker of Kit and Amira".
    pub role: String,
}

/// The demo as it is being filled: the keys of its file stand for these ids.
struct Filling<'a> {
    db: &'a Db,
    people: BTreeMap<String, PersonId>,
    schools: BTreeMap<String, String>,
    now: Moment,
    today: Day,
}

/// Fills an empty database. One that has anything in it is left as it is.
pub async fn fill(db: &Db) -> Result<(), String> {
    if !people::is_empty(db).await.map_err(in_words)? {
        return Err("There is something in this database already, so the demo was not added to it. \
                    Choose an empty folder with --data"
            .into());
    }
    let authority = authority::authority().map_err(in_words)?;
    let now = clock::now();
    let schools = authority.schools.iter().map(|school| (school.key.clone(), school.name.clone())).collect();
    let mut filling = Filling { db, people: BTreeMap::new(), schools, now, today: now.day() };
    filling.add_people(&authority).await?;
    for child in &authority.children {
        filling.add_child(child).await.map_err(|error| format!("{}: {error}", child.key))?;
    }
    // What the demo begins with is no news.
    occasions::take_as_seen(db).await.map_err(in_words)
}

impl Filling<'_> {
    async fn add_people(&mut self, authority: &Authority) -> Result<(), String> {
        let hash = password::hash(PASSWORD.into()).await.map_err(in_words)?;
        for person in &authority.people {
            let id = people::add(self.db, &person.name, &person.email, &hash, self.now).await.map_err(in_words)?;
            self.people.insert(person.key.clone(), id);
        }
        Ok(())
    }

    async fn add_child(&self, child: &Child) -> Result<(), String> {
        let code_hash = match &child.picture_code {
            Some(pictures) => Some(password::hash(pictures.join("-")).await.map_err(in_words)?),
            None => None,
        };
        let new = NewChild {
            name: child.name.clone(),
            full_name: child.full_name.clone(),
            born: child.born,
            school: Some(self.schools.get(&child.school).cloned().ok_or("There is no such school")?),
            year_group: child.year_group.clone(),
            code_hash,
        };
        let id = people::add_child(self.db, &new).await.map_err(in_words)?;
        for member in &child.team {
            let relationship = Relationship {
                child: id.clone(),
                role: member.role,
                since: self.today.plus(member.since),
                until: member.until.map(|days| self.today.plus(days)),
            };
            people::join(self.db, self.person(&member.person)?, &relationship).await.map_err(in_words)?;
        }
        if let Some(earlier) = &child.earlier {
            self.add_earlier(&id, earlier).await?;
        }
        self.add_plan(id, &child.plan).await
    }

    async fn add_plan(&self, child: ChildId, plan: &Plan) -> Result<(), String> {
        let (year, term) = clock::school_term(self.today);
        let meeting = match &plan.meeting {
            Some(meeting) => {
                let (hour, minute) = clock::time_of_day(&meeting.at)?;
                let at = clock::in_england(on_a_weekday(self.today, meeting.in_days), hour, minute);
                Some((at, meeting.place.clone()))
            }
            None => None,
        };
        let number = Some(i64::from(plan.number));
        let new = NewPlan { child: child.clone(), year, term, number, state: plan.state, meeting };
        let id = plans::begin(self.db, &new, self.now).await.map_err(in_words)?;
        for (section, written) in &plan.sections {
            self.add_section(&child, &id, *section, written).await?;
        }
        let commit = writing::voice(&id, &plan.voice, &self.people, self.now)?;
        match commit.updates.is_empty() {
            true => Ok(()),
            false => documents::commit(self.db, &[commit]).await.map(drop).map_err(in_words),
        }
    }

    async fn add_section(
        &self,
        child: &ChildId,
        plan: &PlanId,
        section: SectionId,
        written: &Written,
    ) -> Result<(), String> {
        let by = self.person(&written.by)?;
        let document = writing::section(section, written, by, self.now)?;
        let name = DocumentName { plan: plan.clone(), section };
        documents::seed(self.db, &name, document.state(), &document.values()).await.map_err(in_words)?;
        if written.completed {
            // Judged like anybody's: the demo shows what could have happened.
            let relationships = people::relationships(self.db, by).await.map_err(in_words)?;
            let actor = Actor::Adult { person: by.clone(), relationships };
            let permit = access::decide(&actor, Action::Complete(section), child, plan, self.today)
                .map_err(|refusal| refusal.sentence())?;
            progress::complete(self.db, &permit, plan, section, Some(self.now)).await.map_err(in_words)?;
        }
        Ok(())
    }

    fn person(&self, key: &str) -> Result<&PersonId, String> {
        self.people.get(key).ok_or_else(|| format!("There is nobody called {key}"))
    }
}

/// Who can sign in, with what they are to whom today.
pub fn sign_ins() -> Result<Vec<SignIn>, String> {
    let authority = authority::authority().map_err(in_words)?;
    let sign_in = |person: &authority::Person| {
        let mut roles: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for child in &authority.children {
            let now = child.team.iter().filter(|member| member.until.is_none_or(|last| last >= 0));
            for member in now.filter(|member| member.person == person.key) {
                roles.entry(member.role).or_default().push(&child.name);
            }
        }
        let mut parts: Vec<_> =
            roles.iter().map(|(role, children)| format!("{} of {}", role.words(), children.join(", "))).collect();
        if parts.is_empty() {
            parts.push(if person.administrator { "administrator" } else { "in nobody's team today" }.into());
        }
        SignIn { email: person.email.clone(), name: person.name.clone(), role: parts.join("; ") }
    };
    Ok(authority.people.iter().map(sign_in).collect())
}

fn in_words(error: impl Display) -> String {
    error.to_string()
}

/// So many days from today, or the Monday after where that is a weekend: nobody meets
/// then.
fn on_a_weekday(today: Day, days: i64) -> Day {
    let day = today.plus(days);
    if days > 0 && day.is_weekend() { on_a_weekday(today, days + 1) } else { day }
}
