//! What programs other than the browser sign in with. Only hashes are kept.

use super::{Db, DbError, read};
use crate::domain::calendar::Moment;
use crate::domain::people::PersonId;
use sqlx::Row;

pub async fn add(db: &Db, hash: &str, person: &PersonId, made: Moment, ends: Moment) -> Result<(), DbError> {
    sqlx::query("insert into token (hash, person_id, made_at, ends_at) values ($1, $2, $3, $4)")
        .bind(hash)
        .bind(person.to_string())
        .bind(made.0)
        .bind(ends.0)
        .execute(db.writer())
        .await?;
    Ok(())
}

/// Whose token it is, with their name, while it is valid.
pub async fn holder(db: &Db, hash: &str, now: Moment) -> Result<Option<(PersonId, String)>, DbError> {
    let row = sqlx::query(
        "select person.id, person.name from token join person on person.id = token.person_id
         where token.hash = $1 and token.ends_at > $2",
    )
    .bind(hash)
    .bind(now.0)
    .fetch_optional(db.reader())
    .await?;
    row.map(|row| Ok((read(row.try_get("id")?)?, row.try_get("name")?))).transpose()
}
