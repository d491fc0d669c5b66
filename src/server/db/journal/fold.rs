//! Folding: all that the journal has in one go. Where something in it can't be put into
//! the tables, each document by itself; what can't be put in then waits aside.

use super::{Kept, Open, Whose, aside, reread};
use crate::server::db::history::Recent;
use crate::server::db::{Db, DbError, documents};
use crate::sync::packed;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Connection, Row};
use std::collections::BTreeMap;

/// What a transaction finds in the journal.
struct Found {
    rows: Vec<Kept>,
    /// The documents of which something waits aside.
    waiting: Vec<String>,
}

impl Found {
    /// Takes all rows out. What a transaction gets here, no other one does.
    async fn take_out(connection: &mut AnyConnection) -> Result<Self, DbError> {
        let rows = sqlx::query("delete from journal returning gathering, bytes").fetch_all(&mut *connection).await?;
        let kept = |row: &AnyRow| Ok(Kept { gathering: row.try_get("gathering")?, bytes: row.try_get("bytes")? });
        let rows = rows.iter().map(kept).collect::<Result<_, DbError>>()?;
        Ok(Self { rows, waiting: aside::waiting(connection).await? })
    }

    /// Whether some of the rows go on from what waits, and have to wait for it.
    fn follows(&self) -> bool {
        let waits =
            |part: &packed::Part<'_>| self.waiting.iter().any(|document| document == aside::name(part.document));
        !self.waiting.is_empty() && self.rows.iter().any(|row| packed::parts(&row.bytes).iter().any(waits))
    }
}

/// Folds in a transaction of its own, and answers which documents wait. Where anything
/// can't be put in, nothing is.
pub async fn together(db: &Db, open: &Open, whose: Whose<'_>) -> Result<Vec<String>, DbError> {
    let mut transaction = db.begin().await?;
    let Found { rows, waiting } = match Found::take_out(&mut transaction).await? {
        found if found.follows() => found,
        found => {
            put(&mut transaction, &db.history, Some(open), &found.rows).await?;
            Found { rows: Vec::new(), ..found }
        }
    };
    let waiting = one_by_one(&mut transaction, db, &rows, waiting, whose).await?;
    transaction.commit().await?;
    Ok(waiting)
}

/// The same, with each document by itself: what can't be put in waits.
pub async fn apart(db: &Db, whose: Whose<'_>) -> Result<Vec<String>, DbError> {
    let mut transaction = db.begin().await?;
    let Found { rows, waiting } = Found::take_out(&mut transaction).await?;
    let waiting = one_by_one(&mut transaction, db, &rows, waiting, whose).await?;
    transaction.commit().await?;
    Ok(waiting)
}

/// Folds within a transaction that goes on from what there is, and stops it where what it
/// asks for waits.
pub async fn within(
    connection: &mut AnyConnection,
    db: &Db,
    open: Option<&Open>,
    whose: Whose<'_>,
) -> Result<(), DbError> {
    let Found { rows, waiting } = match Found::take_out(&mut *connection).await? {
        found if found.rows.is_empty() || found.follows() => found,
        found => {
            // What fails here mustn't end the transaction.
            let mut attempt = connection.begin().await?;
            let rows = match put(&mut attempt, &db.history, open, &found.rows).await {
                Ok(()) => {
                    attempt.commit().await?;
                    Vec::new()
                }
                Err(_) => {
                    attempt.rollback().await?;
                    found.rows
                }
            };
            Found { rows, waiting: found.waiting }
        }
    };
    let waiting = one_by_one(connection, db, &rows, waiting, whose).await?;
    whose.may_read(&waiting)
}

/// Puts rows into the tables: as they are remembered, where they are.
async fn put(
    connection: &mut AnyConnection,
    recent: &Recent,
    open: Option<&Open>,
    rows: &[Kept],
) -> Result<(), DbError> {
    let Some(open) = open.filter(|open| open.remembers(rows)) else {
        let rows: Vec<_> = rows.iter().map(|row| row.bytes.as_slice()).collect();
        return reread::put(connection, recent, &rows).await;
    };
    let commits: Vec<_> = open.documents.values().collect();
    documents::put(&mut *connection, recent, &commits).await?;
    for (name, (seq, bytes)) in &open.snapshots {
        documents::put_snapshot(&mut *connection, name, *seq, bytes).await?;
    }
    Ok(())
}

/// Puts each document of some rows into the tables by itself, after what waits of it, and
/// tries once more what is asked for. Answers which documents wait.
async fn one_by_one(
    connection: &mut AnyConnection,
    db: &Db,
    rows: &[Kept],
    waiting: Vec<String>,
    whose: Whose<'_>,
) -> Result<Vec<String>, DbError> {
    let again: Vec<_> = waiting.iter().filter(|document| whose.asks_for(document)).map(String::as_str).collect();
    if rows.is_empty() && again.is_empty() {
        return Ok(waiting);
    }
    let unknown = match again.contains(&aside::UNKNOWN) {
        true => aside::taken_out(&mut *connection, aside::UNKNOWN).await?,
        false => Vec::new(),
    };
    let mut parts: BTreeMap<&str, Vec<&[u8]>> = again.into_iter().map(|document| (document, Vec::new())).collect();
    for row in rows.iter().map(|row| &row.bytes).chain(&unknown) {
        for part in packed::parts(row) {
            parts.entry(aside::name(part.document)).or_default().push(part.row);
        }
    }
    let mut wait: Vec<_> = waiting.iter().filter(|document| !parts.contains_key(document.as_str())).cloned().collect();
    for (document, new) in parts {
        let mut attempt = connection.begin().await?;
        match put_one(&mut attempt, &db.history, document, &new).await {
            Ok(()) => {
                attempt.commit().await?;
                db.journal.goes_on(document);
            }
            Err(error) => {
                attempt.rollback().await?;
                aside::put(&mut *connection, document, &new).await?;
                db.journal.waits_for(document, &error);
                wait.push(document.to_string());
            }
        }
    }
    Ok(wait)
}

/// Puts into the tables what waits of one document, and what is new.
async fn put_one(
    connection: &mut AnyConnection,
    recent: &Recent,
    document: &str,
    new: &[&[u8]],
) -> Result<(), DbError> {
    if document == aside::UNKNOWN {
        let unreadable = || DbError::Unreadable("a row of the journal".into());
        return if new.is_empty() { Ok(()) } else { Err(unreadable()) };
    }
    let earlier = aside::taken_out(&mut *connection, document).await?;
    let rows: Vec<_> = earlier.iter().map(Vec::as_slice).chain(new.iter().copied()).collect();
    reread::put(connection, recent, &rows).await
}
