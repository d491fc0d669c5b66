//! The authority's own rules: who sees and sets them, and that nobody writes over
//! what somebody else has just set.

use super::{Desk, OrTrouble, overtaken, refused, said};
use crate::api::Problem;
use crate::api::settings::{RuleChange, SettingsPage};
use crate::domain::access::{self, Mandate};
use crate::domain::settings::Group;
use crate::server::db::settings::{self, Changed};

/// How many changes the page shows.
const SHOWN: i64 = 10;

const CHANGED: &str = "Someone else has changed this meanwhile, so nothing of yours is saved. Note what you want, \
                       then reload the page to see what is set now";

impl Desk {
    /// The rules, with who changed them last.
    pub async fn settings(&self) -> Result<SettingsPage, Problem> {
        self.mandate()?;
        let changes = settings::changes(&self.state.db, SHOWN).await.or_trouble(&self.request)?;
        let change = |Changed { group, by, at }: Changed| RuleChange { group, by, at };
        Ok(SettingsPage {
            authority: self.authority().await?,
            today: self.today,
            changes: changes.into_iter().map(change).collect(),
        })
    }

    /// Puts a group of rules in the place of what the asker saw there.
    pub async fn save_settings(&self, was: &Group, becomes: &Group) -> Result<(), Problem> {
        let mandate = self.mandate()?;
        if let Some((_, sentence)) = becomes.check().into_iter().next() {
            return Err(said(sentence));
        }
        let saved = settings::save(&self.state.db, &mandate, was, becomes, self.now).await;
        match saved.or_trouble(&self.request)? {
            true => Ok(()),
            false => Err(overtaken(CHANGED)),
        }
    }

    fn mandate(&self) -> Result<Mandate, Problem> {
        self.adult()?;
        access::sets_rules(self.actor()?, self.today).map_err(refused)
    }
}
