//! Registers and marks as schools' own systems give them out, on their way into plans:
//! which column says what, which child a row is about, what it would set, and what is
//! wrong with it. Rows come as plain cells; reading a file is the server's part.

mod cell;
mod checks;
mod columns;
mod day;
mod grades;
mod judged;
mod table;
mod who;

pub use cell::{exported, taken};
pub use columns::{Chosen, Column, chosen, guessed, lack, plain};
pub use judged::{Judged, Place, Set, judged, path};
pub use table::Table;
pub use who::Child;

use super::sections::SectionId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a file is imported as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// One row for each child.
    Attendance,
    /// One row for each subject of a child.
    Progress,
}

/// The most rows of one file.
pub const MOST_ROWS: usize = 5_000;
/// The most bytes of one file.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The table of progress that rows of a file go to.
pub const SUBJECTS: &str = "subjects";

impl What {
    pub const ALL: [What; 2] = [What::Attendance, What::Progress];

    /// The name in the database and on the page.
    pub fn id(self) -> &'static str {
        match self {
            What::Attendance => "attendance",
            What::Progress => "progress",
        }
    }

    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            What::Attendance => "Attendance",
            What::Progress => "Progress in subjects",
        }
    }

    /// The section that it goes to.
    pub fn section(self) -> SectionId {
        match self {
            What::Attendance => SectionId::Attendance,
            What::Progress => SectionId::Progress,
        }
    }
}

impl FromStr for What {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        What::ALL.into_iter().find(|what| what.id() == text).ok_or_else(|| "Choose what the file is about".to_string())
    }
}

#[cfg(test)]
mod tests;
