//! Who is in the team, whose part ended, who is signed in, and the plan's state.

use pep::domain::access::{self, Action, Actor, Permit, Refusal};
use pep::domain::calendar::Day;
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::State;
use pep::domain::sections::SectionId;
use pep::server::rooms::Visitor;
use pep::sync::presence::Who;
use std::sync::Arc;
use uuid::Uuid;

pub struct Person {
    pub id: PersonId,
    pub role: Role,
    /// When their part in it ended, on the server's own clock.
    pub ended: Option<i64>,
    /// When their session ended.
    pub signed_out: Option<i64>,
}

pub struct Authority {
    pub child: ChildId,
    pub plan: PlanId,
    pub state: State,
    pub people: Vec<Person>,
    today: Day,
}

pub const ROLES: [Role; 4] = [Role::DesignatedTeacher, Role::Carer, Role::SocialWorker, Role::VirtualSchool];

impl Authority {
    pub fn new(people: usize) -> Self {
        let person = |number: usize| Person {
            id: PersonId::new(Uuid::from_u128(100 + number as u128)),
            role: ROLES[number % ROLES.len()],
            ended: None,
            signed_out: None,
        };
        Self {
            child: ChildId::new(Uuid::from_u128(1)),
            plan: PlanId::new(Uuid::from_u128(2)),
            state: State::Meeting,
            people: (0..people).map(person).collect(),
            today: "2026-11-23".parse().expect("a day"),
        }
    }

    /// Who is asking; nobody where the session ended.
    pub fn actor(&self, person: usize) -> Option<Actor> {
        let person = self.people.get(person).filter(|person| person.signed_out.is_none())?;
        let until = person.ended.map(|_| self.today.plus(-1));
        let relationship =
            Relationship { child: self.child.clone(), role: person.role, since: self.today.plus(-300), until };
        Some(Actor::Adult { person: person.id.clone(), relationships: vec![relationship] })
    }

    pub fn decide(&self, actor: &Actor, action: Action) -> Result<Permit, Refusal> {
        access::decide(actor, action, &self.child, &self.plan, self.today)
    }

    /// How others see someone, and what they may be told of others.
    pub fn visitor(&self, person: usize, actor: &Actor) -> Arc<Visitor> {
        let id = self.people[person].id.to_string();
        let who = Who { name: format!("Person {person}"), id, role: "teacher".into(), look: 0 };
        let reads = |section: &SectionId| self.decide(actor, Action::Read(*section)).is_ok();
        Arc::new(Visitor { who, reads: SectionId::ALL.iter().copied().filter(reads).collect() })
    }

    /// Whether someone may do this at this moment.
    pub fn may(&self, person: usize, action: Action) -> bool {
        self.actor(person).is_some_and(|actor| self.decide(&actor, action).is_ok())
    }
}
