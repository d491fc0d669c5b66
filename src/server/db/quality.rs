//! How good the virtual school finds a plan.

use super::{Db, DbError, rows};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::State;
use crate::domain::quality::Score;
use sqlx::Row;

/// What was said of each area, in no order.
pub async fn of_plan(db: &Db, plan: &PlanId) -> Result<Vec<Score>, DbError> {
    let rows = sqlx::query("select area, score, comment from quality_score where plan_id = $1 order by area")
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    let score = |row: &sqlx::any::AnyRow| {
        Ok(Score { area: row.try_get("area")?, level: row.try_get("score")?, comment: row.try_get("comment")? })
    };
    rows.iter().map(score).collect()
}

/// Says how good one area is, in place of what was said of it before. Answers whether the
/// plan was still with the virtual school.
pub async fn put(db: &Db, permit: &Permit, plan: &PlanId, score: &Score, at: Moment) -> Result<bool, DbError> {
    let done = sqlx::query(
        "insert into quality_score (plan_id, area, score, comment, by_whom, at)
         select plan.id, $3, $4, $5, $6, $7 from plan
         where plan.id = $1 and plan.child_id = $2 and plan.state = $8
         on conflict (plan_id, area) do update set score = excluded.score, comment = excluded.comment,
           by_whom = excluded.by_whom, at = excluded.at",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(&score.area)
    .bind(&score.level)
    .bind(rows::text(&score.comment))
    .bind(permit.by())
    .bind(at.0)
    .bind(State::Quality.id())
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}
