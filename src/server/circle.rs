//! Who is round a plan on a day, for what goes to each of them.

use super::db::plans::Plan;
use super::db::{Db, DbError, people};
use crate::domain::access::{self, Action, Actor};
use crate::domain::calendar::Day;
use crate::domain::people::{PersonId, Role};
use crate::domain::reminders::{Member, Reminder};

/// Everyone who may open a plan on a day.
pub struct Circle {
    members: Vec<(PersonId, Member, Actor)>,
    day: Day,
}

impl Circle {
    pub async fn of(db: &Db, plan: &Plan, day: Day) -> Result<Self, DbError> {
        let mut members: Vec<(PersonId, Member, Actor)> = Vec::new();
        for found in people::members(db, &plan.child).await? {
            let relationship = found.relationship;
            let actor = Actor::Adult { person: found.person.clone(), relationships: vec![relationship.clone()] };
            if access::decide(&actor, Action::OpenPlan, &plan.child, &plan.id, day).is_err() {
                continue;
            }
            match members.iter_mut().find(|(person, ..)| *person == found.person) {
                Some((_, member, Actor::Adult { relationships, .. })) => {
                    member.roles.push(relationship.role);
                    relationships.push(relationship);
                }
                _ => {
                    let person = found.person.clone();
                    let member = Member { person, name: found.name, roles: vec![relationship.role] };
                    members.push((found.person, member, actor));
                }
            }
        }
        Ok(Self { members, day })
    }

    /// The adults, who have e-mail.
    pub fn adults(&self) -> impl Iterator<Item = &PersonId> {
        let has = |member: &Member| member.roles.iter().any(|role| *role != Role::YoungPerson);
        self.members.iter().filter(move |(_, member, _)| has(member)).map(|(person, ..)| person)
    }

    /// What one of them is to be reminded of, as far as they may know.
    pub fn reminders_for<'a>(
        &'a self,
        person: &'a PersonId,
        plan: &'a Plan,
        all: &'a [Reminder],
    ) -> impl Iterator<Item = &'a Reminder> {
        let team: Vec<_> = self.members.iter().map(|(_, member, _)| member.clone()).collect();
        let found = self.members.iter().find(|(id, ..)| id == person);
        all.iter().filter(move |reminder| {
            let Some((_, member, actor)) = found else { return false };
            let may = |section| access::decide(actor, Action::Read(section), &plan.child, &plan.id, self.day).is_ok();
            reminder.is_for(member, &team) && reminder.tells.is_none_or(may)
        })
    }
}
