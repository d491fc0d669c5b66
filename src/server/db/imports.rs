//! What an import needs to know of a person's children, and which column is which as
//! the person last said it.

use super::{Db, DbError, read};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{ChildId, PersonId, PlanId};
use crate::domain::register::What;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use sqlx::Row;
use std::collections::HashMap;

/// The full names of the children whose team a person is in on a day.
pub async fn full_names(db: &Db, person: &PersonId, day: Day) -> Result<HashMap<ChildId, String>, DbError> {
    let rows = sqlx::query(
        "select child.id, child.full_name from child where child.id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2))",
    )
    .bind(person.to_string())
    .bind(day.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(|row| Ok((read(row.try_get("id")?)?, row.try_get("full_name")?))).collect()
}

/// What one section says in every plan of the children whose team a person is in on a
/// day. From the writer: what was only just committed is in it.
pub async fn values(
    db: &Db,
    person: &PersonId,
    day: Day,
    section: SectionId,
) -> Result<HashMap<PlanId, Values>, DbError> {
    db.settle().await?;
    let rows = sqlx::query(
        "select document.plan_id, document.field_values
         from document join plan on plan.id = document.plan_id
         where document.section = $3 and plan.child_id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2))",
    )
    .bind(person.to_string())
    .bind(day.to_string())
    .bind(section.id())
    .fetch_all(db.writer())
    .await?;
    rows.iter()
        .map(|row| {
            let plan: PlanId = read(row.try_get("plan_id")?)?;
            let values = serde_json::from_str(&row.try_get::<String, _>("field_values")?)
                .map_err(|error| DbError::Unreadable(format!("{} of {plan}: {error}", section.id())))?;
            Ok((plan, values))
        })
        .collect()
}

/// The names of the columns that a person chose last, by the column that they are for;
/// an empty name where the file had none.
pub async fn mapping(db: &Db, person: &PersonId, what: What) -> Result<HashMap<String, String>, DbError> {
    let row = sqlx::query("select columns from import_mapping where person_id = $1 and kind = $2")
        .bind(person.to_string())
        .bind(what.id())
        .fetch_optional(db.reader())
        .await?;
    let Some(row) = row else { return Ok(HashMap::new()) };
    // One that can't be read any more is as good as none: it is guessed then.
    Ok(serde_json::from_str(&row.try_get::<String, _>("columns")?).unwrap_or_default())
}

/// Remembers which column is which, for a person's next file of this kind.
pub async fn remember(
    db: &Db,
    person: &PersonId,
    what: What,
    columns: &HashMap<String, String>,
    at: Moment,
) -> Result<(), DbError> {
    let columns = serde_json::to_string(columns).map_err(|error| DbError::Unreadable(error.to_string()))?;
    sqlx::query(
        "insert into import_mapping (person_id, kind, columns, at) values ($1, $2, $3, $4)
         on conflict (person_id, kind) do update set columns = excluded.columns, at = excluded.at",
    )
    .bind(person.to_string())
    .bind(what.id())
    .bind(columns)
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(())
}
