//! What carers wrote, in another language: added and read by those who read it.

use super::team::Team;
use super::{Desk, OrTrouble, refused, said};
use crate::api::Problem;
use crate::domain::access::{Action, Permit, Refusal};
use crate::domain::people::PlanId;
use crate::domain::sections::{LONG, SectionId, too_long};
use crate::domain::translated::{Translated, is_place, is_wording, may_be_translated};
use crate::domain::voice::Translation;
use crate::server::db::plans::Plan;
use crate::server::db::translations;
use std::collections::BTreeMap;

impl Desk {
    /// What a section's words say in another language, by the names of those who added it.
    pub(super) async fn translated(
        &self,
        plan: &Plan,
        permit: &Permit,
        section: SectionId,
        team: &Team,
    ) -> Result<Vec<Translated>, Problem> {
        let found = translations::of_section(&self.state.db, permit, &plan.id, section).await;
        let mut all = found.or_trouble(&self.request)?;
        for one in &mut all {
            one.translation.by = team.name_of(&one.translation.by);
        }
        Ok(all)
    }

    /// The same of each of these sections that the asker reads and that has such words.
    pub(super) async fn all_translated(
        &self,
        plan: &Plan,
        sections: &[SectionId],
        team: &Team,
    ) -> Result<BTreeMap<SectionId, Vec<Translated>>, Problem> {
        let mut all = BTreeMap::new();
        for section in sections.iter().copied().filter(|section| may_be_translated(*section)) {
            let permit = self.decide(self.actor()?, Action::Read(section), plan).map_err(refused)?;
            all.insert(section, self.translated(plan, &permit, section, team).await?);
        }
        Ok(all)
    }

    /// Adds what a place of a section says in another language, with the mark of the
    /// wording that it is of.
    pub async fn translate_written(
        &self,
        plan: &PlanId,
        section: SectionId,
        path: &str,
        wording: &str,
        words: &str,
    ) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Read(section)).await?;
        if !may_be_translated(section) || !self.may(Action::Translate, &plan) {
            return Err(refused(Refusal::NotYours));
        }
        if !is_place(section, path) || !is_wording(wording) {
            return Err(said("Reload the page, and then add what it says"));
        }
        let added = Translated {
            path: path.into(),
            wording: wording.into(),
            translation: Translation { words: in_other_words(words)?.into(), by: permit.by().into(), at: self.now },
        };
        let done = translations::add_to(&self.state.db, &permit, &plan.id, section, &added).await;
        if !done.or_trouble(&self.request)? {
            return Err(Problem::NotFound);
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }
}

/// A translation as it can be kept: words, and not too many.
pub(super) fn in_other_words(words: &str) -> Result<&str, Problem> {
    let words = words.trim();
    if words.is_empty() {
        return Err(said("Write what it says"));
    }
    match too_long(words.encode_utf16().count(), LONG) {
        Some(sentence) => Err(said(sentence)),
        None => Ok(words),
    }
}
