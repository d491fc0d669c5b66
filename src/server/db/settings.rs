//! The authority's own rules.

use super::{Db, DbError};
use crate::domain::calendar::Moment;
use crate::domain::settings::Authority;
use sqlx::Row;

/// The one authority that this Pep is for.
const OWN: &str = "own";

/// The rules as they are set; the defaults where nobody has set any.
pub async fn authority(db: &Db) -> Result<Authority, DbError> {
    let row = sqlx::query("select content from authority where id = $1").bind(OWN).fetch_optional(db.reader()).await?;
    match row {
        None => Ok(Authority::default()),
        Some(row) => Authority::read(&row.try_get::<String, _>("content")?).map_err(DbError::Unreadable),
    }
}

/// Sets the rules, from the command line.
pub async fn set(db: &Db, authority: &Authority, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into authority (id, content, set_at) values ($1, $2, $3)
         on conflict (id) do update set content = excluded.content, set_at = excluded.set_at",
    )
    .bind(OWN)
    .bind(authority.written())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(())
}
