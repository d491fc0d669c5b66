//! The database: SQLite in the data folder, or PostgreSQL. All SQL stands under
//! here, written once for both. What writes about a child's plan takes a
//! `Permit`, so code that did not ask `access::decide` does not compile.

pub mod agreeing;
pub mod cards;
pub mod documents;
pub mod done;
pub mod grants;
pub mod heard;
pub mod history;
pub mod imports;
pub mod journal;
pub mod late;
pub mod media;
pub mod occasions;
pub mod offered;
pub mod people;
pub mod pictures;
pub mod plans;
pub mod portable;
pub mod progress;
pub mod quality;
pub mod reminders;
mod rows;
pub mod sessions;
pub mod settings;
pub mod shared;
pub mod tokens;
pub mod translations;
pub mod watched;

use journal::Whose;
use sqlx::any::AnyPoolOptions;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Any, AnyPool, Executor, Transaction};
use std::{fmt, str::FromStr};
use tokio::runtime::Handle;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A commit is on the disk before anybody is told of it. What a statement of many rows
/// would need to take itself back stays in memory, and so do the pages that each commit
/// writes again; these are folded into the file once for many commits.
const WRITER: &str = "pragma busy_timeout = 10000; pragma journal_mode = wal; pragma synchronous = full;
    pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -8000;
    pragma wal_autocheckpoint = 4000;";

/// Readers never wait for the writer in WAL, and cannot write by mistake.
const READER: &str = "pragma busy_timeout = 10000; pragma foreign_keys = on; pragma query_only = on;";

/// The connections to the database.
#[derive(Clone)]
pub struct Db {
    pages: Pools,
    /// A PostgreSQL connection answers where it was opened: with one that the rooms opened a
    /// page would wait while a batch gathers.
    rooms: Pools,
    caller: Caller,
    engine: Engine,
    /// The lines of history that may go on.
    history: history::Recent,
    journal: journal::Journal,
}

#[derive(Clone)]
struct Pools {
    writer: AnyPool,
    reader: AnyPool,
}

/// Who asks.
#[derive(Clone, Copy)]
enum Caller {
    Pages,
    Rooms,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// What went wrong with the database. For the log; pages never show it.
#[derive(Debug)]
pub enum DbError {
    /// The database refused, or could not be reached.
    Database(sqlx::Error),
    /// The tables could not be brought up to date.
    Migration(MigrateError),
    /// A row holds something that this Pep cannot read.
    Unreadable(String),
    /// The plan takes no edits any more.
    Closed,
    /// What was committed to this document is in the journal alone, and can't be folded.
    Unfolded(String),
}

impl Db {
    /// Opens a database by its address, `sqlite:...` (made where it is missing)
    /// or `postgres:...`, and brings its tables up to date.
    pub async fn connect(url: &str) -> Result<Self, DbError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url);
        let (pages, rooms) = match engine {
            Engine::Sqlite => open_sqlite(url).await?,
            Engine::Postgres => open_postgres(url).await?,
        };
        let (history, journal) = (history::Recent::default(), journal::Journal::new(Handle::current()));
        let db = Self { pages, rooms, caller: Caller::Pages, engine, history, journal };
        MIGRATIONS.run(db.writer()).await?;
        db.settle_for(Whose::Waiting).await?;
        Ok(db)
    }

    /// The same, for who asks on the thread of the rooms.
    pub fn for_rooms(&self) -> Self {
        Self { caller: Caller::Rooms, ..self.clone() }
    }

    /// The same, for who asks anywhere else.
    fn for_pages(&self) -> Self {
        Self { caller: Caller::Pages, ..self.clone() }
    }

    fn pools(&self) -> &Pools {
        match self.caller {
            Caller::Pages => &self.pages,
            Caller::Rooms => &self.rooms,
        }
    }

    /// Puts into the tables what was committed and only the journal has. Whatever reads
    /// documents, their updates or their history of whichever plans begins with this, before
    /// it begins a transaction. A document that can't be folded is read as it was before.
    pub async fn settle(&self) -> Result<(), DbError> {
        self.settle_for(Whose::Any).await
    }

    /// The same for who reads certain documents: where one of those can't be folded, it is an
    /// error.
    pub async fn settle_for(&self, whose: Whose<'_>) -> Result<(), DbError> {
        journal::settle(self, whose).await
    }

    /// For everything that changes something, and for reading what was only just written.
    pub fn writer(&self) -> &AnyPool {
        &self.pools().writer
    }

    pub fn reader(&self) -> &AnyPool {
        &self.pools().reader
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Begins a transaction that writes. On SQLite it takes the lock at once: one
    /// that reads first could find, too late, that another process wrote.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, DbError> {
        Ok(match self.engine {
            Engine::Sqlite => self.writer().begin_with("begin immediate").await?,
            Engine::Postgres => self.writer().begin().await?,
        })
    }

    /// Begins a transaction that reads everything as it is at one moment.
    pub async fn snapshot(&self) -> Result<Transaction<'static, Any>, DbError> {
        let mut transaction = self.reader().begin().await?;
        if self.engine == Engine::Postgres {
            transaction.execute("set transaction isolation level repeatable read, read only").await?;
        }
        Ok(transaction)
    }

    /// Writes a copy of a SQLite database to a new file, while the server runs.
    pub async fn copy_to(&self, file: &str) -> Result<(), DbError> {
        self.settle().await?;
        sqlx::query("vacuum into $1").bind(file).execute(self.writer()).await?;
        Ok(())
    }

    /// Lets every connection finish; SQLite then folds its log into the file.
    pub async fn close(&self) {
        for Pools { writer, reader } in [&self.pages, &self.rooms] {
            reader.close().await;
            writer.close().await;
        }
    }
}

impl Engine {
    /// The engine that an address is for.
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") { Self::Postgres } else { Self::Sqlite }
    }
}

impl DbError {
    /// Whether it was refused because there is such a row already.
    pub fn is_taken(&self) -> bool {
        match self {
            DbError::Database(sqlx::Error::Database(error)) => error.is_unique_violation(),
            _ => false,
        }
    }

    /// Whether nothing was done for certain, and a part of what was asked may have been the
    /// reason: where the database can't be reached, neither is so.
    pub fn may_be_of_one(&self) -> bool {
        matches!(
            self,
            DbError::Closed
                | DbError::Unfolded(_)
                | DbError::Unreadable(_)
                | DbError::Database(sqlx::Error::Database(_))
        )
    }
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DbError::Database(error) => write!(f, "The database did not do it: {error}"),
            DbError::Migration(error) => write!(f, "The database's tables could not be brought up to date: {error}"),
            DbError::Unreadable(what) => write!(f, "The database holds something that this Pep cannot read: {what}"),
            DbError::Closed => write!(f, "A plan was closed meanwhile"),
            DbError::Unfolded(document) => write!(f, "What was committed to {document} waits in the journal"),
        }
    }
}

impl std::error::Error for DbError {}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        DbError::Database(error)
    }
}

impl From<MigrateError> for DbError {
    fn from(error: MigrateError) -> Self {
        DbError::Migration(error)
    }
}

/// SQLite has threads of its own, which answer everybody.
async fn open_sqlite(url: &str) -> Result<(Pools, Pools), DbError> {
    let url = made_if_missing(url);
    // SQLite writes one at a time in any case: one connection makes the
    // others wait here instead of failing there.
    let writer = sqlite_pool(1, WRITER).connect(&url).await?;
    let reader = sqlite_pool(4, READER).connect(&url).await?;
    let pools = Pools { writer, reader };
    Ok((pools.clone(), pools))
}

async fn open_postgres(url: &str) -> Result<(Pools, Pools), DbError> {
    let both = |pool: AnyPool| Pools { writer: pool.clone(), reader: pool };
    let pages = AnyPoolOptions::new().max_connections(16).connect(url).await?;
    // Opened by who asks, so on the thread of the rooms.
    let rooms = AnyPoolOptions::new().max_connections(8).connect_lazy(url)?;
    Ok((both(pages), both(rooms)))
}

fn sqlite_pool(most: u32, pragmas: &'static str) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(most).idle_timeout(None).max_lifetime(None);
    // No line leads to it that could be cut: to ask whether it is there costs as much as
    // a statement.
    options.test_before_acquire(false).after_connect(move |connection, _| {
        Box::pin(async move {
            connection.execute(pragmas).await?;
            Ok(())
        })
    })
}

fn made_if_missing(url: &str) -> String {
    match url.contains('?') {
        _ if url.contains("mode=") => url.to_string(),
        true => format!("{url}&mode=rwc"),
        false => format!("{url}?mode=rwc"),
    }
}

/// Reads an id, a role, a day as the text in which it is kept.
fn read<T: FromStr<Err = String>>(text: String) -> Result<T, DbError> {
    text.parse().map_err(|why| DbError::Unreadable(format!("{text}: {why}")))
}

/// The same, where there may be nothing.
fn read_some<T: FromStr<Err = String>>(text: Option<String>) -> Result<Option<T>, DbError> {
    text.map(read).transpose()
}
