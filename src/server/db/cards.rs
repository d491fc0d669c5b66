//! Cards that open a young person's own page. Of the secret on a card only a hash is
//! kept, so a stolen database opens nothing.

use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::calendar::{Day, Moment};
use crate::domain::card::{self, Standing, TRIES};
use crate::domain::people::{CardId, ChildId, PersonId, PlanId};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::server::ids;
use sqlx::Row;

/// A card as adults see it.
#[derive(Clone, Debug)]
pub struct Made {
    pub id: CardId,
    pub by: String,
    pub made_at: Moment,
    pub ends: Day,
    pub standing: Standing,
    pub first_used_at: Option<Moment>,
    pub last_used_at: Option<Moment>,
    /// The picture code was chosen with it.
    pub chose_code_at: Option<Moment>,
}

/// A card that somebody shows.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: CardId,
    pub child: ChildId,
    pub made: Day,
    pub ends: Day,
    pub standing: Standing,
}

/// Keeps a new card of a child's.
pub async fn make(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    (token_hash, by): (&str, &PersonId),
    now: Moment,
    ends: Day,
) -> Result<CardId, DbError> {
    let id = CardId::new(ids::fresh());
    sqlx::query(
        "insert into card (id, child_id, plan_id, token_hash, made_by, made_at, ends_on, tries)
         values ($1, $2, $3, $4, $5, $6, $7, 0)",
    )
    .bind(id.to_string())
    .bind(permit.child().to_string())
    .bind(plan.to_string())
    .bind(token_hash)
    .bind(by.to_string())
    .bind(now.0)
    .bind(ends.to_string())
    .execute(db.writer())
    .await?;
    Ok(id)
}

/// A child's cards, the latest first.
pub async fn made(db: &Db, permit: &Permit, today: Day) -> Result<Vec<Made>, DbError> {
    let rows = sqlx::query(
        "select card.id, card.made_at, card.ends_on, card.stopped_at, card.first_used_at, card.last_used_at, card.chose_code_at,
                card.tries, person.name
         from card join person on person.id = card.made_by
         where card.child_id = $1 order by card.made_at desc, card.id desc",
    )
    .bind(permit.child().to_string())
    .fetch_all(db.reader())
    .await?;
    let mut made = Vec::new();
    for row in rows {
        let ends = read(row.try_get("ends_on")?)?;
        let stopped = row.try_get::<Option<i64>, _>("stopped_at")?.is_some();
        made.push(Made {
            id: read(row.try_get("id")?)?,
            by: row.try_get("name")?,
            made_at: Moment(row.try_get("made_at")?),
            ends,
            standing: card::standing(stopped, row.try_get("tries")?, ends, today),
            first_used_at: row.try_get::<Option<i64>, _>("first_used_at")?.map(Moment),
            last_used_at: row.try_get::<Option<i64>, _>("last_used_at")?.map(Moment),
            chose_code_at: row.try_get::<Option<i64>, _>("chose_code_at")?.map(Moment),
        });
    }
    Ok(made)
}

/// Stops a card of this child's at once, and ends the sittings that it opened.
pub async fn stop(db: &Db, permit: &Permit, card: &CardId, now: Moment) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    let stopped = sqlx::query("update card set stopped_at = $3 where id = $1 and child_id = $2 and stopped_at is null")
        .bind(card.to_string())
        .bind(permit.child().to_string())
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
    if stopped.rows_affected() > 0 {
        sqlx::query("delete from session where card_id = $1").bind(card.to_string()).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The card with this secret, if there is one.
pub async fn shown(db: &Db, token_hash: &str, today: Day) -> Result<Option<Shown>, DbError> {
    let row = sqlx::query("select id, child_id, made_at, ends_on, stopped_at, tries from card where token_hash = $1")
        .bind(token_hash)
        .fetch_optional(db.writer())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let stopped = row.try_get::<Option<i64>, _>("stopped_at")?.is_some();
    let ends = read(row.try_get("ends_on")?)?;
    Ok(Some(Shown {
        id: read(row.try_get("id")?)?,
        child: read(row.try_get("child_id")?)?,
        made: Moment(row.try_get("made_at")?).day(),
        ends,
        standing: card::standing(stopped, row.try_get("tries")?, ends, today),
    }))
}

/// Begins a sitting with a card, in place of the session that the browser had.
pub async fn begin(
    db: &Db,
    card: &Shown,
    plan: &PlanId,
    (from, to): (Option<&str>, &str),
    now: Moment,
    ends: Moment,
) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    if let Some(from) = from {
        sqlx::query("delete from session where token_hash = $1").bind(from).execute(&mut *transaction).await?;
    }
    sqlx::query("update card set first_used_at = coalesce(first_used_at, $2), last_used_at = $2 where id = $1")
        .bind(card.id.to_string())
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "insert into session (token_hash, child_id, plan_id, card_id, tries, made_at, seen_at, ends_at)
         values ($1, $2, $3, $4, 0, $5, $5, $6)",
    )
    .bind(to)
    .bind(card.child.to_string())
    .bind(plan.to_string())
    .bind(card.id.to_string())
    .bind(now.0)
    .bind(ends.0)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Uses up one try of the picture code on a card, before it is compared. Answers false
/// where all were used: then the card opens nothing any more.
pub async fn use_try(db: &Db, card: &CardId) -> Result<bool, DbError> {
    let used = sqlx::query("update card set tries = tries + 1 where id = $1 and tries < $2")
        .bind(card.to_string())
        .bind(TRIES)
        .execute(db.writer())
        .await?;
    Ok(used.rows_affected() > 0)
}

/// The code was right: the card's tries begin anew.
pub async fn forgive(db: &Db, card: &CardId) -> Result<(), DbError> {
    sqlx::query("update card set tries = 0 where id = $1").bind(card.to_string()).execute(db.writer()).await?;
    Ok(())
}

/// The child's latest plan.
pub async fn latest_plan(db: &Db, child: &ChildId) -> Result<Option<PlanId>, DbError> {
    let row = sqlx::query("select id from plan where child_id = $1 order by number desc limit 1")
        .bind(child.to_string())
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| read(row.try_get("id")?)).transpose()
}

/// Whether a child has a picture code.
pub async fn has_code(db: &Db, child: &ChildId) -> Result<bool, DbError> {
    let row = sqlx::query("select code_hash from child where id = $1")
        .bind(child.to_string())
        .fetch_optional(db.writer())
        .await?;
    Ok(row.map(|row| row.try_get::<Option<String>, _>("code_hash")).transpose()?.flatten().is_some())
}

/// What a child wrote in My voice, in each of their plans. It is for asking whether
/// there is anything, and for no page.
pub async fn voices(db: &Db, child: &ChildId) -> Result<Vec<Values>, DbError> {
    let rows = sqlx::query(
        "select document.field_values from document join plan on plan.id = document.plan_id
         where plan.child_id = $1 and document.section = $2",
    )
    .bind(child.to_string())
    .bind(SectionId::MyVoice.id())
    .fetch_all(db.writer())
    .await?;
    rows.iter()
        .map(|row| {
            let text: String = row.try_get("field_values")?;
            serde_json::from_str(&text).map_err(|error| DbError::Unreadable(error.to_string()))
        })
        .collect()
}
