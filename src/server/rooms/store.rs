//! Where the live documents are kept: the database, or a simulation's own memory,
//! which can be made to refuse and to end at any moment.

use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::values::Changed;
use crate::server::db::documents::{self, Commit, Stored};
use crate::server::db::{Db, DbError, journal, late};

/// What the rooms ask of it.
pub trait Store: Send + 'static {
    fn load(&self, name: &DocumentName) -> impl Future<Output = Result<Stored, DbError>> + Send;

    /// Commits all or nothing. Answers the plans whose signatures it took back.
    fn commit(&self, commits: &[Commit]) -> impl Future<Output = Result<Vec<PlanId>, DbError>> + Send;

    /// Keeps what came after a plan was closed beside it.
    fn keep_late(
        &self,
        permit: &Permit,
        name: &DocumentName,
        changes: &[Changed],
        at: Moment,
    ) -> impl Future<Output = Result<(), DbError>> + Send;
}

impl Store for Db {
    async fn load(&self, name: &DocumentName) -> Result<Stored, DbError> {
        documents::load(self, name).await
    }

    async fn commit(&self, commits: &[Commit]) -> Result<Vec<PlanId>, DbError> {
        if journal::append(self, commits).await? {
            return Ok(Vec::new());
        }
        documents::commit(self, commits).await
    }

    async fn keep_late(
        &self,
        permit: &Permit,
        name: &DocumentName,
        changes: &[Changed],
        at: Moment,
    ) -> Result<(), DbError> {
        late::keep(self, permit, name, changes, at).await
    }
}
