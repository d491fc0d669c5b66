//! A sitting: the tablet is in the young person's hands, and shows My voice.

use super::plan::takes_edits;
use super::{Desk, OrTrouble, forbidden, home, overtaken, said, too_often};
use crate::api::{Problem, SittingPage};
use crate::domain::access::Action;
use crate::domain::looks::{self, Looks};
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::domain::words::Language;
use crate::domain::words::{code, fill};
use crate::server::auth::password;
use crate::server::db::plans::Plan;
use crate::server::db::sessions::{self, Holder, Sitting};
use crate::server::db::{cards, documents, plans};
use crate::server::ids;
use crate::server::words;

/// A picture code is at least so many pictures, and at most so many.
const FEWEST: usize = 3;
const MOST: usize = 12;

impl Desk {
    /// What the tablet knows: enough to say hello, and nobody's words.
    pub async fn sitting(&self) -> Result<SittingPage, Problem> {
        let (_, sitting) = self.in_sitting().await?;
        let (plan, _) = self.open(&sitting.plan, Action::OpenPlan).await?;
        let team = self.team(&plan).await?;
        let looks = self.looks(&plan).await?;
        let language = looks.get(looks::LANGUAGE).and_then(Language::from_tag).unwrap_or_default();
        // Who found a card learns nobody's name by it.
        let is_told = sitting.card.is_none() || sitting.is_open();
        let standing = self.pictures(&sitting.child).await?;
        let said = (language != Language::English).then(|| words::said(language));
        Ok(SittingPage {
            plan: plan.id.clone(),
            name: if is_told { plan.name.clone() } else { String::new() },
            age: self.today.years_since(plan.born),
            team: if is_told { team.on(&plan, self.today) } else { Vec::new() },
            meeting: home::meeting(&plan).filter(|_| is_told),
            has_code: sitting.code_hash.is_some(),
            tries: sitting.tries_left(),
            looks,
            said,
            by_card: sitting.card.is_some(),
            fresh: match sitting.card {
                Some(_) => self.wrote_nothing(&sitting.child).await?,
                None => sitting.must_choose && !sitting.unlocked,
            },
            reset: self.reset_told(&standing, language).filter(|_| is_told),
        })
    }

    /// How the child wants My voice to look: as chosen in this plan, else in the last.
    /// None of it is a word of theirs.
    async fn looks(&self, plan: &Plan) -> Result<Looks, Problem> {
        let chosen = self.looks_in(&plan.id).await?;
        let before = match chosen.0.is_empty() {
            true => plans::numbered(&self.state.db, &plan.child, plan.number - 1).await.or_trouble(&self.request)?,
            false => None,
        };
        match before {
            Some(before) => self.looks_in(&before).await,
            None => Ok(chosen),
        }
    }

    async fn looks_in(&self, plan: &PlanId) -> Result<Looks, Problem> {
        let voice =
            documents::values_in(&self.state.db, plan, &[SectionId::MyVoice]).await.or_trouble(&self.request)?;
        Ok(voice
            .into_iter()
            .next()
            .map(|(_, values)| Looks::of(|fact| values.fact(fact).map(str::to_string)))
            .unwrap_or_default())
    }

    /// Ends the adult's session on this device and begins the young person's: from
    /// now on the adult has to sign in to see anything here.
    pub async fn hand_over(&self, plan: &PlanId) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::HandOver).await?;
        takes_edits(&plan)?;
        // Whoever has the tablet first chooses the new pictures.
        if !self.may(Action::MakeCard, &plan) && self.pictures(&plan.child).await?.open {
            return Err(overtaken(code::NEW_FIRST.english()));
        }
        let session = self.asker.session.as_ref().ok_or(Problem::SignIn)?;
        let secret = ids::secret();
        let lasts = self.state.settings.limits.sitting;
        let (to, ends) = (ids::hashed(&secret), self.in_future(lasts));
        sessions::hand_over(&self.state.db, &permit, &plan.id, session, &to, self.now, ends)
            .await
            .or_trouble(&self.request)?;
        self.give_cookie(&secret, lasts)
    }

    /// Compares a picture code, and answers the pass that opens the private document.
    pub async fn unlock(&self, code: &str) -> Result<String, Problem> {
        let (session, sitting) = self.in_sitting().await?;
        let Some(kept) = sitting.code_hash else {
            if sitting.must_choose {
                return Err(overtaken(code::NEW_FIRST.english()));
            }
            return Err(overtaken("You have no picture code, so nothing is locked"));
        };
        let db = &self.state.db;
        // An adult could hand over again and again to guess; so the guesses at one
        // child's code count together.
        let guess = format!("code {}", sitting.child);
        if !self.state.attempts.take(&guess, self.now) {
            return Err(too_often(code::TOO_OFTEN.english()));
        }
        if let Some(card) = &sitting.card
            && !cards::use_try(db, card).await.or_trouble(&self.request)?
        {
            return Err(overtaken(code::CARD_IS_STOPPED.english()));
        }
        let Some(left) = sessions::use_try(db, &session).await.or_trouble(&self.request)? else {
            return Err(overtaken(code::HAND_OVER_AGAIN.english()));
        };
        if !password::verify(Some(kept), spelled(code)).await.or_trouble(&self.request)? {
            return Err(forbidden(wrong_pictures(left)));
        }
        self.state.attempts.forgive(&guess);
        if let Some(card) = &sitting.card {
            cards::forgive(db, card).await.or_trouble(&self.request)?;
        }
        let pass = ids::secret();
        sessions::unlock(db, &session, &ids::hashed(&pass)).await.or_trouble(&self.request)?;
        Ok(pass)
    }

    /// Keeps the young person's picture code, and answers the pass it opens. One that is
    /// there can't be replaced here: whoever holds the tablet after it was opened could
    /// lock the young person out, or let themselves in.
    pub async fn choose_code(&self, code: &str) -> Result<String, Problem> {
        let (session, sitting) = self.in_sitting().await?;
        // With a card, only before there is anything to read: who finds one may not
        // choose the code that opens a child's words.
        let action = match &sitting.card {
            None if sitting.must_choose => Action::OpenPlan,
            None => Action::Write(SectionId::MyVoice),
            Some(_) if self.wrote_nothing(&sitting.child).await? => Action::OpenPlan,
            Some(_) => return Err(forbidden(code::CODE_BY_HAND.english())),
        };
        let (_, permit) = self.open(&sitting.plan, action).await?;
        let code = spelled(code);
        check_code(&code).map_err(said)?;
        let kept = password::hash(code).await.or_trouble(&self.request)?;
        let pass = ids::secret();
        let chosen =
            sessions::choose_code(&self.state.db, &permit, &session, (&kept, &ids::hashed(&pass)), self.now).await;
        match chosen.or_trouble(&self.request)? {
            true => Ok(pass),
            false => Err(overtaken("You have chosen your pictures before. They still open what you wrote")),
        }
    }

    /// The sitting that is asking, and what its session is known by.
    pub(super) async fn in_sitting(&self) -> Result<(String, Sitting), Problem> {
        let session = self.asker.session.clone().ok_or(Problem::SignIn)?;
        let found = sessions::find(&self.state.db, &session).await.or_trouble(&self.request)?;
        match found.map(|found| found.holder) {
            Some(Holder::Sitting(sitting)) => Ok((session, sitting)),
            _ => Err(Problem::SignIn),
        }
    }
}

fn wrong_pictures(left: i64) -> String {
    match left {
        ..=0 => code::HAND_OVER_AGAIN.english().into(),
        1 => code::ONE_MORE.english().into(),
        _ => fill(code::MORE.english(), &[("count", &left.to_string())]),
    }
}

/// A picture code as it is kept: the pictures' ids joined by `-`, whatever joined
/// them on the page.
fn spelled(code: &str) -> String {
    code.trim().replace([',', ' '], "-")
}

/// Whether this is a picture code: the ids of some pictures, joined by `-`.
fn check_code(code: &str) -> Result<(), String> {
    let pictures: Vec<_> = code.split('-').collect();
    let named = |id: &&str| {
        !id.is_empty() && id.len() <= 30 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if !pictures.iter().all(named) {
        return Err("Choose from the pictures on the page".into());
    }
    match pictures.len() {
        ..FEWEST => Err("Choose three pictures or more".into()),
        FEWEST..=MOST => Ok(()),
        _ => Err("Choose twelve pictures or fewer".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_code_is_three_pictures_or_more() {
        assert_eq!(check_code("fox-kite-moon"), Ok(()));
        assert_eq!(check_code("fox-fox-fox-moon"), Ok(()));
        for wrong in ["", "fox", "fox-kite", "fox--moon", "Fox-kite-moon", "fox-kite-mo on", "-fox-kite-moon"] {
            assert!(check_code(wrong).is_err(), "{wrong}");
        }
        assert_eq!(spelled("fox,kite,moon"), "fox-kite-moon");
    }

    #[test]
    fn the_last_wrong_try_says_what_to_do() {
        assert!(wrong_pictures(4).contains("4 more times"));
        assert!(wrong_pictures(1).contains("one more time"));
        assert!(wrong_pictures(0).contains("hand over the tablet again"));
    }
}
