//! What can't be folded waits aside, each document's by itself, and stops those who read
//! that document, and nobody else.

use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::server::db::DbError;
use crate::server::db::documents::Commit;
use sqlx::{AnyConnection, Row};

/// Stands for the name of a document where that can't be read.
pub const UNKNOWN: &str = "?";

/// The documents that somebody is about to read, or goes on from.
#[derive(Clone, Copy)]
pub enum Whose<'a> {
    /// Whichever there are. What of them waits is read as it was before, and stops nobody.
    Any,
    /// The same, and what waits is tried once more.
    Waiting,
    Document(&'a DocumentName),
    Sections(&'a PlanId, &'a [SectionId]),
    Plan(&'a PlanId),
    Commits(&'a [Commit]),
}

impl Whose<'_> {
    /// Whether what waits of a document is to be tried once more.
    pub fn asks_for(self, document: &str) -> bool {
        let in_plan = |plan: &PlanId| document.split_once('/').filter(|(of, _)| *of == plan.to_string());
        match self {
            Whose::Any => false,
            Whose::Waiting => true,
            Whose::Document(name) => name.to_string() == document,
            Whose::Sections(plan, sections) => {
                in_plan(plan).is_some_and(|(_, section)| sections.iter().any(|id| id.id() == section))
            }
            Whose::Plan(plan) => in_plan(plan).is_some(),
            Whose::Commits(commits) => commits.iter().any(|commit| commit.name.to_string() == document),
        }
    }

    /// Stops whoever asks for a document that still waits.
    pub fn may_read(self, waiting: &[String]) -> Result<(), DbError> {
        let stops = |document: &&String| !matches!(self, Whose::Waiting) && self.asks_for(document);
        match waiting.iter().find(stops) {
            Some(document) => Err(DbError::Unfolded(document.clone())),
            None => Ok(()),
        }
    }
}

/// The name under which a part waits, as every database takes it.
pub fn name(document: &str) -> &str {
    let is_name = document.contains('/') && document.bytes().all(|byte| byte.is_ascii_graphic());
    if is_name { document } else { UNKNOWN }
}

/// Of which documents something waits.
pub async fn waiting(connection: &mut AnyConnection) -> Result<Vec<String>, DbError> {
    let rows = sqlx::query("select distinct document from journal_aside").fetch_all(connection).await?;
    rows.iter().map(|row| Ok(row.try_get("document")?)).collect()
}

/// Takes out what waits of one document.
pub async fn taken_out(connection: &mut AnyConnection, document: &str) -> Result<Vec<Vec<u8>>, DbError> {
    let rows = sqlx::query("delete from journal_aside where document = $1 returning bytes")
        .bind(document)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(row.try_get("bytes")?)).collect()
}

/// Keeps parts of one document.
pub async fn put(connection: &mut AnyConnection, document: &str, parts: &[&[u8]]) -> Result<(), DbError> {
    for part in parts {
        sqlx::query("insert into journal_aside (document, bytes) values ($1, $2)")
            .bind(document)
            .bind(part.to_vec())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_a_document_is_who_reads_it() {
        let plan = PlanId::new(uuid::Uuid::from_u128(1));
        let other = PlanId::new(uuid::Uuid::from_u128(2));
        let name = DocumentName { plan: plan.clone(), section: SectionId::Progress };
        let waiting = [name.to_string(), UNKNOWN.to_string()];
        for stopped in [Whose::Document(&name), Whose::Plan(&plan), Whose::Sections(&plan, SectionId::ALL)] {
            assert!(matches!(stopped.may_read(&waiting), Err(DbError::Unfolded(document)) if document == waiting[0]));
        }
        let beside = DocumentName { plan: plan.clone(), section: SectionId::Targets };
        for goes_on in [
            Whose::Any,
            Whose::Waiting,
            Whose::Document(&beside),
            Whose::Plan(&other),
            Whose::Sections(&plan, &[SectionId::Targets]),
            Whose::Sections(&other, SectionId::ALL),
            Whose::Commits(&[]),
        ] {
            assert!(goes_on.may_read(&waiting).is_ok());
        }
        assert!(Whose::Waiting.asks_for(UNKNOWN) && !Whose::Any.asks_for(UNKNOWN));
    }

    #[test]
    fn what_is_no_name_waits_as_unknown() {
        for (said, name_of) in [("a/progress", "a/progress"), ("", UNKNOWN), ("a", UNKNOWN), ("a/\0", UNKNOWN)] {
            assert_eq!(name(said), name_of);
        }
    }
}
