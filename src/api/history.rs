//! The history of one section.

use super::{Answer, Page, Problem};
use crate::domain::calendar::Moment;
use crate::domain::history::compare::Piece;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

/// A page of it, the latest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HistoryPage {
    pub plan: PlanId,
    pub section: SectionId,
    /// What the child likes to be called.
    pub name: String,
    /// Why nothing can be put back; none where this person may.
    pub fixed: Option<String>,
    pub stretches: Vec<Stretch>,
    /// Where the page of what was before this begins; none at the beginning.
    pub earlier: Option<String>,
}

/// What one person wrote, with no long pause.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// A name.
    pub by: String,
    pub from: Moment,
    pub until: Moment,
    /// Written since whoever asks last looked at the section.
    pub new: bool,
    pub changes: Vec<Change>,
}

/// What became of one place.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Change {
    pub path: String,
    pub label: String,
    pub what: What,
}

#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum What {
    Words(Vec<Piece>),
    /// From which values to which; several are kept apart.
    Answer {
        was: Vec<Said>,
        became: Vec<Said>,
    },
    /// A row was "added", "removed" or "brought back".
    Row(String),
}

/// One value of an answer, in words, and as it is given again where it can be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Said {
    pub words: String,
    pub value: Option<String>,
}

impl Stretch {
    /// About how many bytes it takes to tell.
    pub fn size(&self) -> usize {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) | Piece::Went(text) | Piece::Came(text) => text.len(),
        };
        let change = |change: &Change| match &change.what {
            What::Words(pieces) => pieces.iter().map(piece).sum(),
            _ => 100,
        };
        self.changes.iter().map(change).sum()
    }
}

/// What was changed in a section: the latest, or with a mark what was before it.
#[server(prefix = "/v1", endpoint = "history", input = GetUrl, output = Answer)]
pub async fn history(plan: PlanId, section: SectionId, mark: String) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.history(&plan, section, &mark).await?))
}
