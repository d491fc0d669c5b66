//! Who is without a connection: they were in a plan, and their network or their device
//! went. They may be writing on, so the others are told.

use super::presence::Visitor;
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::server::clock::HOUR;
use crate::sync::presence::Who;
use std::collections::HashMap;

/// How long somebody counts as away from a meeting, and not as gone.
const TOLD_FOR: i64 = HOUR;

/// Those who lost their connection to a plan, and when.
#[derive(Default)]
pub struct Lost(HashMap<PlanId, Vec<(Who, Moment)>>);

impl Lost {
    /// Somebody lost their connection.
    pub fn goes(&mut self, plan: &PlanId, visitor: &Visitor, now: Moment) {
        self.0.retain(|_, all| {
            all.retain(|(_, since)| is_told(*since, now));
            !all.is_empty()
        });
        let all = self.0.entry(plan.clone()).or_default();
        if all.iter().all(|(who, _)| who.id != visitor.who.id) {
            all.push((visitor.who.clone(), now));
        }
    }

    /// Somebody is there, or left.
    pub fn comes(&mut self, plan: &PlanId, visitor: &Visitor) {
        if let Some(all) = self.0.get_mut(plan) {
            all.retain(|(who, _)| who.id != visitor.who.id);
        }
    }

    pub fn of(&self, plan: &PlanId, now: Moment) -> Vec<&(Who, Moment)> {
        let all = self.0.get(plan).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|(_, since)| is_told(*since, now)).collect()
    }
}

fn is_told(since: Moment, now: Moment) -> bool {
    now.0 - since.0 < TOLD_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lost_their_connection_is_told_of_for_an_hour_until_they_are_back() {
        let plan = PlanId::new(uuid::Uuid::from_u128(1));
        let visitor = |name: &str| {
            let who = Who { id: name.to_lowercase(), name: name.into(), role: "carer".into(), look: 0 };
            Visitor { who, reads: Vec::new() }
        };
        let (jo, sam) = (visitor("Jo"), visitor("Sam"));
        let mut lost = Lost::default();
        // Each section that she had open is left by itself.
        [1, 2].into_iter().for_each(|now| lost.goes(&plan, &jo, Moment(now)));
        lost.goes(&plan, &sam, Moment(HOUR));
        let names =
            |lost: &Lost, now| lost.of(&plan, Moment(now)).iter().map(|one| one.0.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&lost, HOUR), ["Jo", "Sam"]);
        assert_eq!(names(&lost, HOUR + 1), ["Sam"]);
        lost.comes(&plan, &sam);
        assert_eq!(names(&lost, HOUR), ["Jo"]);
        let elsewhere = PlanId::new(uuid::Uuid::from_u128(2));
        lost.goes(&elsewhere, &sam, Moment(2 * HOUR));
        assert!(!lost.0.contains_key(&plan), "nothing is kept of what isn't told any more");
    }
}
