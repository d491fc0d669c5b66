//! Cards: making and stopping them, and what one opens.

use super::plan::takes_edits;
use super::{Desk, OrTrouble, said};
use crate::api::{Card, CardsPage, NewCard, Opened, Problem};
use crate::domain::access::Action;
use crate::domain::calendar::{Day, Moment};
use crate::domain::card::{self, Standing};
use crate::domain::looks;
use crate::domain::people::{CardId, ChildId, PlanId};
use crate::pages::route::Route;
use crate::server::db::cards;
use crate::server::db::plans::{self, Plan};
use crate::server::ids;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

impl Desk {
    pub async fn cards(&self, plan: &PlanId) -> Result<CardsPage, Problem> {
        let (plan, permit) = self.open(plan, Action::MakeCard).await?;
        let db = &self.state.db;
        let made = cards::made(db, &permit, self.today).await.or_trouble(&self.request)?;
        let has_code = cards::has_code(db, &plan.child).await.or_trouble(&self.request)?;
        Ok(CardsPage {
            plan: plan.id.clone(),
            name: plan.name.clone(),
            has_code,
            fresh: self.wrote_nothing(&plan.child).await?,
            forgotten: self.forgotten(&plan).await?,
            ends: card::ends(plan.year, plan.term, self.today),
            cards: made.into_iter().map(|made| card_of(made, has_code)).collect(),
        })
    }

    /// What those who make cards are told: that somebody has to agree to new pictures, else
    /// of the latest card that still opens something.
    pub(super) async fn card_told(&self, plan: &Plan) -> Result<Option<String>, Problem> {
        let Ok(permit) = self.decide(self.actor()?, Action::MakeCard, plan) else { return Ok(None) };
        let db = &self.state.db;
        let forgotten = self.forgotten(plan).await?;
        if let Some(asked) = forgotten.asked {
            return Ok(Some(format!("{asked}. A second person has to agree")));
        }
        let made = cards::made(db, &permit, self.today).await.or_trouble(&self.request)?;
        let Some(latest) = made.into_iter().find(|card| card.standing == Standing::Open) else { return Ok(None) };
        let has_code = cards::has_code(db, &plan.child).await.or_trouble(&self.request)?;
        Ok(Some(told_of(&latest, has_code)))
    }

    /// Makes a card. Its secret is answered this once, and kept nowhere.
    pub async fn make_card(&self, plan: &PlanId, ends: Day) -> Result<NewCard, Problem> {
        let (plan, permit) = self.open(plan, Action::MakeCard).await?;
        takes_edits(&plan)?;
        card::check_end(ends, self.today).map_err(said)?;
        let (by, _) = self.adult()?;
        let secret = ids::secret();
        let hash = ids::hashed(&secret);
        let id = cards::make(&self.state.db, &permit, &plan.id, (&hash, by), self.now, ends)
            .await
            .or_trouble(&self.request)?;
        // After `#`: a browser sends that to nobody, so it is in no log and no referrer.
        let link = format!("{}{}#{secret}", self.state.settings.origin, Route::Card.path());
        let code = QrCode::with_error_correction_level(&link, EcLevel::M).or_trouble(&self.request)?;
        let has_code = cards::has_code(&self.state.db, &plan.child).await.or_trouble(&self.request)?;
        let choose_by = (!has_code).then(|| card::choose_by(self.today, ends));
        Ok(NewCard { id, link, ends, choose_by, size: code.width(), squares: squares(&code) })
    }

    pub async fn stop_card(&self, plan: &PlanId, card: &CardId) -> Result<(), Problem> {
        let (_, permit) = self.open(plan, Action::MakeCard).await?;
        cards::stop(&self.state.db, &permit, card, self.now).await.or_trouble(&self.request)
    }

    /// Begins a sitting with a card, on whichever device shows it: of the child's
    /// current plan, and locked until the picture code is given.
    pub async fn open_card(&self, secret: &str) -> Result<Opened, Problem> {
        if self.asker.person.is_some() {
            return Ok(Opened::GrownUp);
        }
        let hash = ids::hashed(secret);
        let db = &self.state.db;
        // The card comes first: what others guessed refuses nobody who has a real one.
        let Some(card) = cards::shown(db, &hash, self.today).await.or_trouble(&self.request)? else {
            // Guesses count by the first letters of their hash: there are only so many.
            let guess = format!("card {}", &hash[..2]);
            let few = self.state.attempts.take(&guess, self.now);
            return Ok(if few { Opened::Unknown } else { Opened::TooOften });
        };
        match card.standing {
            Standing::Stopped => return Ok(Opened::Stopped),
            Standing::Ended => return Ok(Opened::Ended),
            Standing::Open => (),
        }
        // Whoever opens it now would choose the code: that is for its first days.
        if card::choose_by(card.made, card.ends) < self.today
            && !cards::has_code(db, &card.child).await.or_trouble(&self.request)?
            && self.wrote_nothing(&card.child).await?
        {
            return Ok(Opened::Ended);
        }
        let latest = cards::latest_plan(db, &card.child).await.or_trouble(&self.request)?;
        let plan = match latest {
            Some(plan) => plans::find(db, &plan).await.or_trouble(&self.request)?,
            None => None,
        };
        // A plan that takes no more words is over for the young person as well.
        let Some(plan) = plan.filter(|plan| takes_edits(plan).is_ok()) else { return Ok(Opened::Ended) };
        let secret = ids::secret();
        let lasts = self.state.settings.limits.sitting;
        let sessions = (self.asker.session.as_deref(), ids::hashed(&secret));
        cards::begin(db, &card, &plan.id, (sessions.0, &sessions.1), self.now, self.in_future(lasts))
            .await
            .or_trouble(&self.request)?;
        self.give_cookie(&secret, lasts)?;
        Ok(Opened::Open)
    }

    /// Whether a child wrote nothing in My voice yet, in any plan.
    pub(super) async fn wrote_nothing(&self, child: &ChildId) -> Result<bool, Problem> {
        let voices = cards::voices(&self.state.db, child).await.or_trouble(&self.request)?;
        Ok(voices.iter().all(looks::only_looks))
    }
}

/// What adults are told of a card. Until when a code has to be chosen with it counts
/// where there is none.
fn told_of(made: &cards::Made, has_code: bool) -> String {
    let day = |at: Option<Moment>| at.map(Moment::day);
    let choose_by = (!has_code).then(|| card::choose_by(made.made_at.day(), made.ends));
    card::told(day(made.first_used_at), day(made.chose_code_at), choose_by)
}

fn card_of(made: cards::Made, has_code: bool) -> Card {
    Card {
        told: told_of(&made, has_code),
        id: made.id,
        by: made.by,
        made_at: made.made_at,
        ends: made.ends,
        is_open: made.standing == Standing::Open,
        is_stopped: made.standing == Standing::Stopped,
        last_used_at: made.last_used_at,
    }
}

/// The dark squares of a code as the path of a drawing, a square to a unit.
fn squares(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", at % width, at / width);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_square_by_square() {
        let code = QrCode::with_error_correction_level("http://localhost/v#abc", EcLevel::M).unwrap();
        let path = squares(&code);
        assert!(path.starts_with("M0 0h1v1h-1zM1 0"), "the corner is dark");
        assert_eq!(path.matches('M').count(), code.to_colors().into_iter().filter(|c| *c == Color::Dark).count());
    }
}
