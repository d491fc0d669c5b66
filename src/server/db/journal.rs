//! The journal: a commit of the rooms is one row in it, whatever it says about however
//! many documents. Within a second, and before anybody reads what is in it, it is folded:
//! its updates go into the tables, and its rows go, in one transaction.
//!
//! What its rows say, the server that wrote them has in memory as well, read and judged.
//! Where that isn't the same any more, since a server ended or another one folded, they
//! are read again (`reread`).

mod reread;

use super::documents::{self, Accepted, Commit};
use super::history::Recent;
use super::{Db, DbError, Engine, rows};
use crate::domain::media;
use crate::domain::plan::{DocumentName, State};
use crate::domain::sections::SectionId;
use crate::server::ids;
use crate::sync::packed;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::sleep;

/// How long a commit stands in the journal alone.
const FOLD_AFTER: Duration = Duration::from_secs(1);

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

impl Default for Journal {
    fn default() -> Self {
        let open = Open::default();
        Self { waits: open.waits.clone(), open: Arc::new(Mutex::new(open)), timed: Arc::default() }
    }
}

impl Journal {
    /// As long as this is held, nobody else writes into the journal or folds it from here.
    /// It is taken before a transaction begins, never within one.
    pub(super) async fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().await
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
        tokio::spawn(fold_soon(db.clone()));
    }
    Ok(true)
}

/// Whether nothing else is to be done in the transaction of a commit.
fn is_plain(commit: &Commit) -> bool {
    let section = commit.name.section;
    let says_more = |update: &Accepted| !update.wishes.is_empty() || !update.told.is_empty();
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
        match settle(&db).await {
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
/// one before it ended.
pub async fn settle(db: &Db) -> Result<(), DbError> {
    if !db.journal.waits.load(Ordering::Acquire) && !has_rows(db).await? {
        return Ok(());
    }
    let mut open = db.journal.open().await;
    let folded = folded(db, &open).await;
    match folded {
        Ok(()) => open.clear(),
        // Whatever it was, what the rows say themselves can be put in.
        Err(_) => open.forget(),
    }
    folded
}

async fn folded(db: &Db, open: &Open) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    open.fold(&mut transaction, &db.history).await?;
    transaction.commit().await?;
    Ok(())
}

async fn has_rows(db: &Db) -> Result<bool, DbError> {
    let row = sqlx::query("select gathering from journal limit 1").fetch_optional(db.reader()).await?;
    Ok(row.is_some())
}

/// Folds what came into the journal after `settle` and before a transaction that decides by
/// it. It is to hold its plan by now: then nothing comes after this either.
pub async fn settle_within(db: &Db, connection: &mut AnyConnection) -> Result<(), DbError> {
    let rows = taken_out(&mut *connection).await?;
    reread::put(connection, &db.history, &rows).await
}

/// Takes all rows out. What a transaction gets here, no other one does.
async fn taken_out(connection: &mut AnyConnection) -> Result<Vec<Kept>, DbError> {
    let rows = sqlx::query("delete from journal returning gathering, bytes").fetch_all(connection).await?;
    let kept = |row: &AnyRow| Ok(Kept { gathering: row.try_get("gathering")?, bytes: row.try_get("bytes")? });
    rows.iter().map(kept).collect()
}

impl Open {
    fn remember(&mut self, commits: &[Commit]) {
        self.rows += 1;
        for commit in commits {
            let words = |update: &Accepted| {
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

    /// Puts what the journal has into the tables.
    pub(super) async fn fold(&self, connection: &mut AnyConnection, recent: &Recent) -> Result<(), DbError> {
        let rows = taken_out(&mut *connection).await?;
        let is_remembered = rows.len() == self.rows && rows.iter().all(|row| row.gathering == self.gathering);
        if !is_remembered {
            return reread::put(connection, recent, &rows).await;
        }
        let commits: Vec<_> = self.documents.values().collect();
        documents::put(&mut *connection, recent, &commits).await?;
        for (name, (seq, bytes)) in &self.snapshots {
            documents::put_snapshot(&mut *connection, name, *seq, bytes).await?;
        }
        Ok(())
    }

    /// All of it is in the tables.
    pub(super) fn clear(&mut self) {
        self.forget();
        self.waits.store(false, Ordering::Release);
    }

    /// From now on the rows that are there are nobody's.
    fn forget(&mut self) {
        *self = Self { waits: self.waits.clone(), ..Self::default() };
    }
}
