//! Occasions of a plan, and what watched sections said when they were last looked at.

use super::journal::Whose;
use super::{Db, DbError, read, rows};
use crate::domain::access::Permit;
use crate::domain::calendar::{Day, Moment};
use crate::domain::occasions::{Found, Kind, is_watched};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::server::ids;
use sqlx::{Any, Row, Transaction};

/// Who opened what was recognised from what is written.
pub const RECOGNISED: &str = "pep";

/// An occasion, as it is kept.
#[derive(Clone, Debug)]
pub struct Occasion {
    pub id: String,
    pub kind: Kind,
    pub section: SectionId,
    pub words: String,
    pub due: Day,
    /// A person's id, or `RECOGNISED`.
    pub by: String,
    pub at: Moment,
    pub done: Option<(String, Moment)>,
}

/// A section that may tell of an occasion, as it is now and as it was last looked at.
pub struct Changed {
    pub seq: i64,
    pub now: Values,
    /// None: it was never looked at.
    pub seen: Option<Values>,
}

/// The occasions of a plan, the open ones first, each in the order they came.
pub async fn of_plan(db: &Db, plan: &PlanId) -> Result<Vec<Occasion>, DbError> {
    let rows = sqlx::query(
        "select id, kind, section, words, due, by_whom, at, done_by, done_at from occasion where plan_id = $1
         order by case when done_at is null then 0 else 1 end, at, id",
    )
    .bind(plan.to_string())
    .fetch_all(db.reader())
    .await?;
    let occasion = |row: &sqlx::any::AnyRow| {
        let done: Option<i64> = row.try_get("done_at")?;
        let by: Option<String> = row.try_get("done_by")?;
        Ok(Occasion {
            id: row.try_get("id")?,
            kind: read(row.try_get("kind")?)?,
            section: read(row.try_get("section")?)?,
            words: row.try_get("words")?,
            due: read(row.try_get("due")?)?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
            done: done.map(|at| (by.unwrap_or_default(), Moment(at))),
        })
    };
    rows.iter().map(occasion).collect()
}

/// Opens an occasion by hand. `id` comes from the page, so that asking twice opens one.
pub async fn open(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    (id, kind, words): (&str, Kind, &str),
    due: Day,
    at: Moment,
) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    put(&mut transaction, plan, (kind, id, words), (permit.by(), due, at)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Says that an occasion was looked at; `false` where somebody has said so already.
pub async fn finish(db: &Db, permit: &Permit, plan: &PlanId, id: &str, at: Moment) -> Result<bool, DbError> {
    let done = sqlx::query(
        "update occasion set done_at = $4, done_by = $3 where id = $2 and plan_id = $1 and done_at is null",
    )
    .bind(plan.to_string())
    .bind(id)
    .bind(permit.by())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() > 0)
}

async fn put(
    transaction: &mut Transaction<'static, Any>,
    plan: &PlanId,
    (kind, fact, words): (Kind, &str, &str),
    (by, due, at): (&str, Day, Moment),
) -> Result<bool, DbError> {
    let done = sqlx::query(
        "insert into occasion (id, plan_id, kind, words, due, by_whom, at, done_at, section, fact, done_by)
         values ($1, $2, $3, $4, $5, $6, $7, null, $8, $9, null) on conflict do nothing",
    )
    .bind(ids::fresh().to_string())
    .bind(plan.to_string())
    .bind(kind.id())
    .bind(rows::text(words))
    .bind(due.to_string())
    .bind(by)
    .bind(at.0)
    .bind(kind.section().id())
    .bind(fact)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The watched sections of open plans that have changed since they were looked at.
pub async fn changed(db: &Db) -> Result<Vec<(PlanId, SectionId)>, DbError> {
    db.settle().await?;
    let rows = sqlx::query(
        "select document.plan_id, document.section from document
         join plan on plan.id = document.plan_id
         left join occasion_seen on occasion_seen.plan_id = document.plan_id
           and occasion_seen.section = document.section
         where plan.state not in ('agreed', 'cancelled', 'superseded', 'not-needed')
           and document.seq > coalesce(occasion_seen.seq, 0)",
    )
    .fetch_all(db.reader())
    .await?;
    let mut all = Vec::new();
    for row in rows {
        let section: SectionId = read(row.try_get("section")?)?;
        if is_watched(section) {
            all.push((read(row.try_get("plan_id")?)?, section));
        }
    }
    Ok(all)
}

/// A watched section, now and when it was last looked at.
pub async fn look(db: &Db, plan: &PlanId, section: SectionId) -> Result<Option<Changed>, DbError> {
    db.settle_for(Whose::Document(&DocumentName { plan: plan.clone(), section })).await?;
    let row = sqlx::query(
        "select document.seq, document.field_values, occasion_seen.field_values as seen from document
         left join occasion_seen on occasion_seen.plan_id = document.plan_id
           and occasion_seen.section = document.section
         where document.plan_id = $1 and document.section = $2",
    )
    .bind(plan.to_string())
    .bind(section.id())
    .fetch_optional(db.writer())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let said = |text: String| serde_json::from_str(&text).map_err(|error| DbError::Unreadable(error.to_string()));
    Ok(Some(Changed {
        seq: row.try_get("seq")?,
        now: said(row.try_get("field_values")?)?,
        seen: row.try_get::<Option<String>, _>("seen")?.map(said).transpose()?,
    }))
}

/// Keeps what was looked at and opens what was found in it, all or none. Answers how
/// many were opened: what was opened before isn't opened again.
pub async fn looked(
    db: &Db,
    (plan, section): (&PlanId, SectionId),
    (seq, seen): (i64, &Values),
    found: &[Found],
    (due, at): (Day, Moment),
) -> Result<usize, DbError> {
    let mut transaction = db.begin().await?;
    sqlx::query(
        "insert into occasion_seen (plan_id, section, seq, field_values) values ($1, $2, $3, $4)
         on conflict (plan_id, section) do update set seq = excluded.seq, field_values = excluded.field_values",
    )
    .bind(plan.to_string())
    .bind(section.id())
    .bind(seq)
    .bind(serde_json::to_string(seen).unwrap_or_else(|_| "{}".into()))
    .execute(&mut *transaction)
    .await?;
    let mut opened = 0;
    for found in found {
        if found.kind.is_one_at_a_time() && is_open(&mut transaction, plan, found.kind).await? {
            continue;
        }
        let new = (found.kind, found.fact.as_str(), found.words.as_str());
        opened += usize::from(put(&mut transaction, plan, new, (RECOGNISED, due, at)).await?);
    }
    transaction.commit().await?;
    Ok(opened)
}

/// Opens an occasion that no document tells of; `false` where it is there already.
pub async fn open_found(db: &Db, plan: &PlanId, found: &Found, (due, at): (Day, Moment)) -> Result<bool, DbError> {
    let mut transaction = db.begin().await?;
    let new = (found.kind, found.fact.as_str(), found.words.as_str());
    let opened = put(&mut transaction, plan, new, (RECOGNISED, due, at)).await?;
    transaction.commit().await?;
    Ok(opened)
}

/// Takes what every document says now as looked at: for the demo authority.
pub async fn take_as_seen(db: &Db) -> Result<(), DbError> {
    db.settle().await?;
    sqlx::query(
        "insert into occasion_seen (plan_id, section, seq, field_values)
         select plan_id, section, seq, field_values from document where true on conflict do nothing",
    )
    .execute(db.writer())
    .await?;
    Ok(())
}

async fn is_open(transaction: &mut Transaction<'static, Any>, plan: &PlanId, kind: Kind) -> Result<bool, DbError> {
    let row = sqlx::query("select id from occasion where plan_id = $1 and kind = $2 and done_at is null limit 1")
        .bind(plan.to_string())
        .bind(kind.id())
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(row.is_some())
}
