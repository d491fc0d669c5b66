//! What commits leave in the tables: documents with their plain values, updates, whose
//! client numbers are whose, and history.

use super::{Accepted, Commit, Written};
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::server::db::history::{self, Recent};
use crate::server::db::{DbError, rows};
use crate::sync::packed::{Packed, pack};
use sqlx::{AnyConnection, AssertSqlSafe};
use std::sync::Arc;

/// Puts commits into the tables, each of another document.
pub async fn put(connection: &mut AnyConnection, recent: &Recent, commits: &[&Commit]) -> Result<(), DbError> {
    documents(connection, commits).await?;
    for commit in commits {
        if let Some(bytes) = &commit.snapshot {
            snapshot(connection, &commit.name, commit.seq, bytes).await?;
        }
    }
    updates(connection, commits).await?;
    clients(connection, commits).await?;
    // The private document keeps no readable history: drafts of a child's words
    // are nobody's to read.
    let readable = commits.iter().filter(|commit| commit.name.section != SectionId::MyVoice);
    let written: Vec<_> = readable
        .flat_map(|commit| commit.updates.iter().map(move |update| Written { name: &commit.name, update }))
        .collect();
    history::put(connection, recent, written.iter()).await
}

async fn documents(connection: &mut AnyConnection, commits: &[&Commit]) -> Result<(), DbError> {
    for some in rows::parts(commits) {
        let sql = format!(
            "insert into document (name, plan_id, section, seq, field_values) values {}
             on conflict (name) do update set seq = excluded.seq, field_values = excluded.field_values",
            rows::values(some.len(), 5)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for commit in some {
            let values = serde_json::to_string(&commit.values).unwrap_or_else(|_| "{}".into());
            let name = &commit.name;
            query = query.bind(name.to_string()).bind(name.plan.to_string()).bind(name.section.id());
            query = query.bind(commit.seq).bind(values);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Keeps the whole of a document, as it was after the update with this number.
pub async fn snapshot(
    connection: &mut AnyConnection,
    name: &DocumentName,
    seq: i64,
    bytes: &[u8],
) -> Result<(), DbError> {
    sqlx::query(
        "insert into document_snapshot (document, seq, bytes) values ($1, $2, $3)
         on conflict (document) do update set seq = excluded.seq, bytes = excluded.bytes",
    )
    .bind(name.to_string())
    .bind(seq)
    .bind(bytes.to_vec())
    .execute(connection)
    .await?;
    Ok(())
}

/// The updates of each document as one row.
async fn updates(connection: &mut AnyConnection, commits: &[&Commit]) -> Result<(), DbError> {
    let all: Vec<_> = commits.iter().filter_map(|commit| Some((*commit, commit.updates.last()?))).collect();
    for some in rows::parts(&all) {
        let sql = format!(
            "insert into document_update (document, seq, by_whom, at, bytes, many) values {}",
            rows::values(some.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (commit, last) in some {
            let bytes = match commit.updates.as_slice() {
                [one] => one.bytes.clone(),
                several => packed(several),
            };
            query = query.bind(commit.name.to_string()).bind(last.seq).bind(&last.by).bind(last.at.0);
            query = query.bind(bytes).bind(commit.updates.len() as i64);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Updates of one document in one run of bytes.
pub fn packed(updates: &[Arc<Accepted>]) -> Vec<u8> {
    pack(updates.iter().map(|update| Packed {
        seq: update.seq,
        by: &update.by,
        at: update.at,
        clients: update.new_clients.clone(),
        bytes: &update.bytes,
    }))
}

async fn clients(connection: &mut AnyConnection, commits: &[&Commit]) -> Result<(), DbError> {
    let mut new = Vec::new();
    for commit in commits {
        for update in &commit.updates {
            new.extend(update.new_clients.iter().map(move |client| (&commit.name, *client as i64, &update.by)));
        }
    }
    for some in rows::parts(&new) {
        let sql = format!(
            "insert into document_client (document, client, by_whom) values {}
             on conflict (document, client) do nothing",
            rows::values(some.len(), 3)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (name, client, by) in some {
            query = query.bind(name.to_string()).bind(*client).bind(*by);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
