//! Forgotten pictures: two adults of the team together let the child choose others.

use super::{Desk, OrTrouble, overtaken};
use crate::api::{Forgotten, NewPictures, Problem};
use crate::domain::access::Action;
use crate::domain::card::{ASKS_FOR, TELLS_FOR};
use crate::domain::people::{ChildId, PlanId};
use crate::domain::words::{Language, code, fill};
use crate::server::clock::DAY;
use crate::server::db::pictures::{self, Reset, Standing};
use crate::server::db::plans::Plan;

impl Desk {
    /// Asks that the child may choose new pictures, agrees to it, or leaves them.
    pub async fn new_pictures(&self, plan: &PlanId, step: NewPictures) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::MakeCard).await?;
        let (by, _) = self.adult()?;
        let db = &self.state.db;
        let taken = match step {
            NewPictures::Ask => pictures::ask(db, &permit, by, self.now).await,
            NewPictures::Agree => pictures::agree(db, &permit, by, self.now).await,
            NewPictures::Leave => pictures::leave(db, &permit).await.map(|()| true),
        };
        if !taken.or_trouble(&self.request)? {
            return Err(overtaken("This stands otherwise by now. Reload the page to see how"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// How it stands, for the adults who may ask or agree.
    pub(super) async fn forgotten(&self, plan: &Plan) -> Result<Forgotten, Problem> {
        let (asker, _) = self.adult()?;
        let mut standing = self.pictures(&plan.child).await?;
        standing.asked.take_if(|(_, _, at)| at.0 <= self.now.0 - ASKS_FOR * DAY);
        let told = |reset: &Reset| {
            let Reset { by, with, at } = reset;
            format!("{by} and {with} let {} choose new pictures on {}", plan.name, at.day().spoken())
        };
        Ok(Forgotten {
            told: standing.reset.as_ref().map(told),
            open: standing.open,
            yours: standing.asked.as_ref().is_some_and(|(by, ..)| by == asker),
            asked: standing.asked.map(|(_, by, at)| {
                format!("{by} asked on {} that {} may choose new pictures", at.day().spoken(), plan.name)
            }),
        })
    }

    pub(super) async fn pictures(&self, child: &ChildId) -> Result<Standing, Problem> {
        pictures::standing(&self.state.db, child).await.or_trouble(&self.request)
    }

    /// Who let the child choose new pictures, in the child's language, for about a term.
    pub(super) fn reset_told(&self, standing: &Standing, language: Language) -> Option<String> {
        let Reset { by, with, at } = standing.reset.as_ref()?;
        let day = at.day();
        let said = language.say(code::RESET_TOLD);
        (self.today <= day.plus(TELLS_FOR))
            .then(|| fill(said, &[("first", by), ("second", with), ("day", &language.day(day))]))
    }
}
