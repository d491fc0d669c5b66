//! The journal: a commit of the rooms is one row in it, whatever it says about however
//! many documents. Within four seconds, and before anybody reads what is in it, it is folded:
//! its updates go into the tables, and its rows go, in one transaction.
//!
//! What its rows say, the server that wrote them has in memory as well, read and judged.
//! Where that isn't the same any more, since a server ended or another one folded, they
//! are read again (`reread`).
//!
//! What can't be folded, since a row is damaged or a table refuses it, stays here (`aside`):
//! all that was committed to that document from then on, until it can be. It stops those
//! who read that document. Everything else is folded and read (`fold`).

mod aside;
mod fold;
mod reread;

use super::documents::{self, Accepted, Commit};
use super::{Db, DbError, Engine, rows};
use crate::domain::media;
use crate::domain::plan::{DocumentName, State};
use crate::domain::sections::SectionId;
use crate::server::ids;
use crate::sync::packed;
pub use aside::Whose;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::sleep;

/// How long a commit stands in the journal alone. Whatever is typed in a section in that time,
/// its values are written once.
const FOLD_AFTER: Duration = Duration::from_secs(4);

/// So many bytes are remembered; with more, the next commit folds at once.
const MOST_BYTES: usize = 8 << 20;

/// The journal, as a server that writes in it knows it.
#[derive(Clone)]
pub struct Journal {
    open: Arc<Mutex<Open>>,
    /// It has rows of this server's.
    waits: Arc<AtomicBool>,
    /// A fold is on its way.
    timed: Arc<AtomicBool>,
    /// The documents of which it is said in the log that they wait.
    told: Arc<std::sync::Mutex<BTreeSet<String>>>,
    /// Where it is folded: not on the thread of the rooms, which write into it.
    runtime: Handle,
}

/// What this server wrote into the journal since it was folded.
#[derive(Default)]
pub struct Open {
    /// What its rows are called there, and how many they are.
    gathering: String,
    rows: usize,
    documents: BTreeMap<DocumentName, Commit>,
    /// The last snapshot of a document, with the number of the update before it. The
    /// journal doesn't have it, and without it opening takes longer.
    snapshots: BTreeMap<DocumentName, (i64, Vec<u8>)>,
    bytes: usize,
    waits: Arc<AtomicBool>,
}

/// One row of the journal.
struct Kept {
    gathering: String,
    bytes: Vec<u8>,
}

impl Journal {
    /// A journal that this runtime folds.
    pub(super) fn new(runtime: Handle) -> Self {
        let open = Open::default();
        let waits = open.waits.clone();
        Self { waits, open: Arc::new(Mutex::new(open)), timed: Arc::default(), told: Arc::default(), runtime }
    }

    /// As long as this is held, nobody else writes into the journal or folds it from here.
    /// It is taken before a transaction begins, never within one.
    pub(super) async fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().await
    }

    /// A document can't be folded. That is said once.
    fn waits_for(&self, document: &str, error: &DbError) {
        if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(document.to_string()) {
            tracing::error!(%error, %document, "what was committed to this document waits: it can't be folded, and can't be read until it is");
        }
    }

    /// Nothing of a document waits any more.
    fn goes_on(&self, document: &str) {
        if self.told.lock().unwrap_or_else(PoisonError::into_inner).remove(document) {
            tracing::info!(%document, "what waited is folded");
        }
    }
}

/// Commits into the journal what leaves nothing but updates, their values and their
/// history, in plans that are open and unsigned. Answers false where it is more than that,
/// and nothing was written.
pub async fn append(db: &Db, commits: &[Commit]) -> Result<bool, DbError> {
    if !commits.iter().all(is_plain) {
        return Ok(false);
    }
    let mut open = db.journal.open().await;
    if open.bytes > MOST_BYTES {
        return Ok(false);
    }
    if open.rows == 0 {
        open.gathering = ids::fresh().to_string();
    }
    if !write(db, &open.gathering, commits).await? {
        return Ok(false);
    }
    open.remember(commits);
    if !db.journal.timed.swap(true, Ordering::AcqRel) {
        db.journal.runtime.spawn(fold_soon(db.for_pages()));
    }
    Ok(true)
}

/// Whether nothing else is to be done in the transaction of a commit.
fn is_plain(commit: &Commit) -> bool {
    let section = commit.name.section;
    let says_more = |update: &Arc<Accepted>| !update.wishes.is_empty() || !update.told.is_empty();
    let changed = commit.updates.iter().flat_map(|update| &update.changed);
    section != SectionId::MyVoice
        && !commit.updates.iter().any(says_more)
        && media::taken_out(section, changed, &commit.values).is_empty()
}

/// Writes one row, where all of its plans are open and nothing in them is signed.
async fn write(db: &Db, gathering: &str, commits: &[Commit]) -> Result<bool, DbError> {
    let mut plans: Vec<_> = commits.iter().map(|commit| commit.name.plan.to_string()).collect();
    plans.sort_unstable();
    plans.dedup();
    let many = plans.len() as i64;
    let plans = rows::padded(&plans);
    let mut row = Vec::new();
    for commit in commits {
        packed::put(&mut row, &commit.name, &documents::packed_updates(&commit.updates));
    }
    let sql = format!(
        "insert into journal (gathering, bytes) select $1, $2
         where $3 = (select count(*) from plan where id in ({plans}) and state not in ({over}))
           and not exists (select 1 from signed_section where plan_id in ({plans}) and void_at is null)",
        plans = rows::numbers(4, plans.len()),
        over = State::OVER.map(|state| format!("'{}'", state.id())).join(", "),
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(gathering).bind(row).bind(many);
    for plan in &plans {
        query = query.bind(plan);
    }
    let done = match db.engine() {
        // One statement is a transaction, and SQLite has one writer at a time.
        Engine::Sqlite => query.execute(db.writer()).await?,
        Engine::Postgres => {
            let mut transaction = db.begin().await?;
            documents::hold(&mut transaction, &plans).await?;
            let done = query.execute(&mut *transaction).await?;
            transaction.commit().await?;
            done
        }
    };
    Ok(done.rows_affected() == 1)
}

async fn fold_soon(db: Db) {
    loop {
        sleep(FOLD_AFTER).await;
        db.journal.timed.store(false, Ordering::Release);
        match settle(&db, Whose::Waiting).await {
            Ok(()) => return,
            Err(error) => tracing::error!(%error, "the journal could not be folded; it is tried again"),
        }
        // Whoever wrote meanwhile began another that tries.
        if db.journal.timed.swap(true, Ordering::AcqRel) {
            return;
        }
    }
}

/// Folds the journal, if there is anything in it: also what another server wrote, or this
/// one before it ended. It is an error where what is asked for can't be folded.
pub async fn settle(db: &Db, whose: Whose<'_>) -> Result<(), DbError> {
    if !db.journal.waits.load(Ordering::Acquire) && !has_rows(db, whose).await? {
        return Ok(());
    }
    let mut open = db.journal.open().await;
    let waiting = match fold::together(db, &open, whose).await {
        Ok(waiting) => waiting,
        Err(error) => {
            // Whatever it was, what the rows say themselves can be put in.
            open.forget();
            if is_gone(&error) {
                return Err(error);
            }
            fold::apart(db, whose).await?
        }
    };
    open.clear();
    whose.may_read(&waiting)
}

/// Whether it is the database that isn't there: no row is to blame.
fn is_gone(error: &DbError) -> bool {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut};
    matches!(error, DbError::Database(Io(_) | PoolClosed | PoolTimedOut))
}

/// Whether there is anything to fold, or to try once more.
async fn has_rows(db: &Db, whose: Whose<'_>) -> Result<bool, DbError> {
    let rows = sqlx::query(
        "select cast('' as text) as document from (select gathering from journal limit 1) as one
         union select document from journal_aside",
    )
    .fetch_all(db.reader())
    .await?;
    for row in rows {
        let document: String = row.try_get("document")?;
        if document.is_empty() || whose.asks_for(&document) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Folds what came into the journal after `settle` and before a transaction that decides by
/// it. It is to hold its plan by now: then nothing comes after this either.
pub async fn settle_within(db: &Db, connection: &mut AnyConnection, whose: Whose<'_>) -> Result<(), DbError> {
    fold::within(connection, db, None, whose).await
}

impl Open {
    fn remember(&mut self, commits: &[Commit]) {
        self.rows += 1;
        for commit in commits {
            let words = |update: &Arc<Accepted>| {
                let changed = update.changed.iter().map(|changed| changed.was.len() + changed.became.len());
                update.bytes.len() + changed.sum::<usize>()
            };
            self.bytes += commit.updates.iter().map(words).sum::<usize>();
            let mut commit = commit.clone();
            if let Some(snapshot) = commit.snapshot.take() {
                self.snapshots.insert(commit.name.clone(), (commit.seq, snapshot));
            }
            match self.documents.get_mut(&commit.name) {
                Some(known) => {
                    known.updates.append(&mut commit.updates);
                    (known.values, known.seq) = (commit.values, commit.seq);
                }
                None => drop(self.documents.insert(commit.name.clone(), commit)),
            }
        }
        self.waits.store(true, Ordering::Release);
    }

    /// Whether these rows are what is remembered.
    fn remembers(&self, rows: &[Kept]) -> bool {
        rows.len() == self.rows && rows.iter().all(|row| row.gathering == self.gathering)
    }

    /// Puts what the journal has into the tables, for commits that go on from it.
    pub(super) async fn fold(
        &self,
        connection: &mut AnyConnection,
        db: &Db,
        commits: &[Commit],
    ) -> Result<(), DbError> {
        fold::within(connection, db, Some(self), Whose::Commits(commits)).await
    }

    /// All of it is in the tables, or waits aside.
    pub(super) fn clear(&mut self) {
        self.forget();
        self.waits.store(false, Ordering::Release);
    }

    /// From now on the rows that are there are nobody's.
    fn forget(&mut self) {
        *self = Self { waits: self.waits.clone(), ..Self::default() };
    }
}
