//! Who is in a child's team, as the pages name them.

use super::{Desk, OrTrouble};
use crate::api::Problem;
use crate::domain::access::{self, Action, Actor, YOUNG_PERSON};
use crate::domain::calendar::Day;
use crate::domain::people::TeamMember;
use crate::server::db::people::{self, Member};
use crate::server::db::plans::Plan;

/// Everybody who is or was in a child's team.
pub(super) struct Team {
    members: Vec<Member>,
}

impl Desk {
    pub(super) async fn team(&self, plan: &Plan) -> Result<Team, Problem> {
        let members = people::members(&self.state.db, &plan.child).await.or_trouble(&self.request)?;
        Ok(Team { members })
    }
}

impl Team {
    /// Those who are in the team on a day, by role and name. Who may not open the
    /// plan (an administrator keeps accounts, nothing more) isn't part of it.
    pub(super) fn on(&self, plan: &Plan, day: Day) -> Vec<TeamMember> {
        let mut team: Vec<_> = self.members.iter().filter(|member| may_open(member, plan, day)).map(named).collect();
        team.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        team.dedup();
        team
    }

    /// Those, and after them those who left: what they wrote still has their name.
    pub(super) fn ever(&self, plan: &Plan, day: Day) -> Vec<TeamMember> {
        let mut team = self.on(plan, day);
        for member in &self.members {
            if member.relationship.since <= day && team.iter().all(|other| other.id != member.person) {
                team.push(named(member));
            }
        }
        team
    }

    /// The name of a writer in documents and history.
    pub(super) fn name_of(&self, writer: &str) -> String {
        if writer == YOUNG_PERSON {
            return "the young person".into();
        }
        let member = self.members.iter().find(|member| member.person.to_string() == writer);
        member.map_or_else(|| "someone who has left".into(), |member| member.name.clone())
    }
}

fn may_open(member: &Member, plan: &Plan, day: Day) -> bool {
    let actor = Actor::Adult { person: member.person.clone(), relationships: vec![member.relationship.clone()] };
    access::decide(&actor, Action::OpenPlan, &plan.child, &plan.id, day).is_ok()
}

fn named(member: &Member) -> TeamMember {
    TeamMember { id: member.person.clone(), name: member.name.clone(), role: member.relationship.role }
}
