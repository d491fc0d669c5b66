//! What a carer sees of the ledger: the same lines, of a type that has no prices, so
//! that no page and no answer can let one out.

use super::Line;
use crate::domain::calendar::Day;
use crate::domain::people::{LineId, RowId};
use serde::{Deserialize, Serialize};

/// A line without what it costs. Reasons stay out too: they speak of money.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Item {
    pub id: LineId,
    pub target: RowId,
    pub item: String,
    pub provider: String,
    pub starts: Day,
    pub ends: Day,
    pub expected: String,
    pub actual: Option<String>,
    /// "Agreed".
    pub state: String,
}

impl From<&Line> for Item {
    fn from(line: &Line) -> Self {
        let asked = &line.asked;
        Self {
            id: line.id.clone(),
            target: asked.target.clone(),
            item: asked.item.clone(),
            provider: asked.provider.clone(),
            starts: asked.starts,
            ends: asked.ends,
            expected: asked.expected.clone(),
            actual: line.actual.clone(),
            state: line.state.words().to_string(),
        }
    }
}
