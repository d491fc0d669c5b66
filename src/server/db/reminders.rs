//! What was said to whom by e-mail: claimed first, so that each goes once.

use super::{Db, DbError};
use crate::domain::calendar::Moment;
use crate::domain::people::PersonId;

/// A claim that is older than this, in milliseconds, and was never sent has lost its
/// server on the way.
const ABANDONED: i64 = 10 * 60 * 1000;

/// How often an e-mail that doesn't go is tried on one day. The next day it is tried
/// anew: a mail server that is down over a weekend costs nobody their reminder.
const TRIES: i64 = 20;

/// What became of an e-mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Went {
    Sent,
    NotYet,
    /// Not today: to ask again would change nothing.
    Refused,
}

/// Claims what is to be sent to a person. Answers whether it is the asker's to send.
pub async fn claim(db: &Db, person: &PersonId, key: &str, at: Moment) -> Result<bool, DbError> {
    let new = sqlx::query(
        "insert into reminder_sent (person_id, key, day, claimed_at, tries, sent_at)
         values ($1, $2, $3, $4, 1, null) on conflict do nothing",
    )
    .bind(person.to_string())
    .bind(key)
    .bind(at.day().to_string())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    if new.rows_affected() > 0 {
        return Ok(true);
    }
    let again = sqlx::query(
        "update reminder_sent
         set claimed_at = $3, tries = case when day = $6 then tries + 1 else 1 end, day = $6
         where person_id = $1 and key = $2 and sent_at is null and claimed_at <= $4 and (tries < $5 or day <> $6)",
    )
    .bind(person.to_string())
    .bind(key)
    .bind(at.0)
    .bind(at.0 - ABANDONED)
    .bind(TRIES)
    .bind(at.day().to_string())
    .execute(db.writer())
    .await?;
    Ok(again.rows_affected() > 0)
}

/// Says what became of a claim.
pub async fn settle(db: &Db, person: &PersonId, key: &str, went: Went, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "update reminder_sent set sent_at = $3, claimed_at = $4, tries = case when $5 = 1 then $6 else tries end
         where person_id = $1 and key = $2",
    )
    .bind(person.to_string())
    .bind(key)
    .bind((went == Went::Sent).then_some(at.0))
    .bind(if went == Went::Sent { at.0 } else { 0 })
    .bind(i64::from(went == Went::Refused))
    .bind(TRIES)
    .execute(db.writer())
    .await?;
    Ok(())
}
