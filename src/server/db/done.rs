//! Whose actions are done, by their own word.

use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::agreed::Tick;
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, RowId};
use sqlx::Row;
use sqlx::any::AnyRow;

/// What was said of a plan's actions, in the order in which it was said.
pub async fn of_plan(db: &Db, plan: &PlanId) -> Result<Vec<Tick>, DbError> {
    let rows = sqlx::query("select action, by_whom, at from action_done where plan_id = $1 order by at, action")
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    let tick = |row: &AnyRow| {
        let at = Moment(row.try_get("at")?);
        Ok(Tick { action: read(row.try_get("action")?)?, by: row.try_get("by_whom")?, at })
    };
    rows.iter().map(tick).collect()
}

/// Says that an action is done; said twice, the first time counts.
pub async fn say(db: &Db, permit: &Permit, plan: &PlanId, action: &RowId, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into action_done (plan_id, action, by_whom, at)
         select plan.id, $3, $4, $5 from plan where plan.id = $1 and plan.child_id = $2
         on conflict (plan_id, action, by_whom) do nothing",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(action.to_string())
    .bind(permit.by())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(())
}

/// Takes that back.
pub async fn take_back(db: &Db, permit: &Permit, plan: &PlanId, action: &RowId) -> Result<(), DbError> {
    sqlx::query(
        "delete from action_done where action = $3 and by_whom = $4
         and plan_id in (select id from plan where id = $1 and child_id = $2)",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(action.to_string())
    .bind(permit.by())
    .execute(db.writer())
    .await?;
    Ok(())
}
