//! The language that the asker's own pages are in.

use super::{Desk, OrTrouble};
use crate::api::{Page, Problem};
use crate::domain::people::PersonId;
use crate::domain::words::{Language, Said};
use crate::server::db::people;
use crate::server::words;

impl Desk {
    /// Remembers the asker's language, and answers its words.
    pub async fn speak(&self, language: Language) -> Result<Page, Problem> {
        let (person, _) = self.adult()?;
        people::speak(&self.state.db, person, language).await.or_trouble(&self.request)?;
        Ok(Page::of(&words::said(language)))
    }

    /// The words of a person's own pages.
    pub(super) async fn said_to(&self, person: &PersonId) -> Result<Said, Problem> {
        let language = people::language(&self.state.db, person).await.or_trouble(&self.request)?;
        Ok(words::said(language.unwrap_or_default()))
    }
}
