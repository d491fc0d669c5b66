//! What is offered to the designated teacher by somebody whose part in a plan has ended:
//! it stands beside the plan until it is let go.

use super::{Db, DbError, read, rows};
use crate::domain::access::{Action, Permit};
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, RecordId};
use crate::domain::sections::SectionId;
use crate::server::ids;
use sqlx::Row;
use sqlx::any::{AnyExecutor, AnyRow};

/// So much is kept of one person beside one plan.
const MOST: i64 = 50;

/// Words that are offered.
#[derive(Clone, Debug)]
pub struct Offered {
    pub id: RecordId,
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub at: Moment,
}

/// Keeps what somebody offers; the same words once. Answers whether it is kept: nothing is
/// with a permit for another section, or where too much is kept of theirs already.
pub async fn offer(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    section: SectionId,
    words: &str,
    at: Moment,
) -> Result<bool, DbError> {
    if permit.action() != Action::Offer(section) {
        return Ok(false);
    }
    let (words, hash) = (rows::text(words), ids::hashed(words));
    let mut transaction = db.begin().await?;
    sqlx::query(
        "insert into offered_words (id, plan_id, section, words, by_whom, at, words_hash)
         select $1, plan.id, $4, $5, $6, $7, $8 from plan
         where plan.id = $2 and plan.child_id = $3
           and (select count(*) from offered_words where plan_id = $2 and by_whom = $6) < $9
         on conflict do nothing",
    )
    .bind(ids::fresh().to_string())
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(section.id())
    .bind(words)
    .bind(permit.by())
    .bind(at.0)
    .bind(&hash)
    .bind(MOST)
    .execute(&mut *transaction)
    .await?;
    let kept = sqlx::query(
        "select id from offered_words where plan_id = $1 and section = $2 and by_whom = $3 and words_hash = $4",
    )
    .bind(plan.to_string())
    .bind(section.id())
    .bind(permit.by())
    .bind(&hash)
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(kept.is_some())
}

/// What is offered beside a plan and wasn't let go, in the order in which it came.
pub async fn of_plan(db: impl AnyExecutor<'_>, plan: &PlanId) -> Result<Vec<Offered>, DbError> {
    let rows = sqlx::query(
        "select id, section, words, by_whom, at from offered_words
         where plan_id = $1 and let_go_at is null order by at, id",
    )
    .bind(plan.to_string())
    .fetch_all(db)
    .await?;
    let offered = |row: &AnyRow| {
        Ok(Offered {
            id: read(row.try_get("id")?)?,
            section: read(row.try_get("section")?)?,
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(offered).collect()
}

/// Lets go of what is offered: it is shown no more. Answers whether it stood there.
pub async fn let_go(db: &Db, permit: &Permit, plan: &PlanId, id: &RecordId, at: Moment) -> Result<bool, DbError> {
    if permit.action() != Action::LetGoOffered {
        return Ok(false);
    }
    let done = sqlx::query(
        "update offered_words set let_go_by = $1, let_go_at = $2
         where id = $3 and let_go_at is null
           and plan_id in (select id from plan where id = $4 and child_id = $5)",
    )
    .bind(permit.by())
    .bind(at.0)
    .bind(id.to_string())
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}
