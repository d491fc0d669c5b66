//! Who said that a section is complete, and who has seen what changed.

use super::plans::takes_edits;
use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{PersonId, PlanId};
use crate::domain::sections::SectionId;
use sqlx::Row;
use std::collections::BTreeSet;

/// The sections of a plan that are complete.
pub async fn completed(db: &Db, plan: &PlanId) -> Result<BTreeSet<SectionId>, DbError> {
    let rows = sqlx::query("select section from section_state where plan_id = $1 and completed_at is not null")
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| read(row.try_get("section")?)).collect()
}

/// The complete sections of every plan of the children whose team a person is in
/// on a day: one query for a list of any length.
pub async fn completed_for(db: &Db, person: &PersonId, day: Day) -> Result<BTreeSet<(PlanId, SectionId)>, DbError> {
    let rows = sqlx::query(
        "select section_state.plan_id, section_state.section
         from section_state join plan on plan.id = section_state.plan_id
         where section_state.completed_at is not null and plan.child_id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2))",
    )
    .bind(person.to_string())
    .bind(day.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(|row| Ok((read(row.try_get("plan_id")?)?, read(row.try_get("section")?)?))).collect()
}

/// Says that a section is complete (with the moment), or not yet (none). Answers whether the
/// plan still took that.
pub async fn complete(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    section: SectionId,
    at: Option<Moment>,
) -> Result<bool, DbError> {
    let done = sqlx::query(concat!(
        "insert into section_state (plan_id, section, completed_by, completed_at)
         select plan.id, $3, $4, $5 from plan where plan.id = $1 and plan.child_id = $2 and ",
        takes_edits!(),
        " on conflict (plan_id, section) do update
         set completed_by = excluded.completed_by, completed_at = excluded.completed_at"
    ))
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(section.id())
    .bind(at.map(|_| permit.by().to_string()))
    .bind(at.map(|at| at.0))
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// When a person last looked at a plan's changes.
pub async fn looked(db: &Db, plan: &PlanId, person: &PersonId) -> Result<Option<Moment>, DbError> {
    let row = sqlx::query("select at from looked where plan_id = $1 and person_id = $2")
        .bind(plan.to_string())
        .bind(person.to_string())
        .fetch_optional(db.reader())
        .await?;
    Ok(row.map(|row| row.try_get("at")).transpose()?.map(Moment))
}

/// Remembers that the person of the permit has seen a plan's changes up to now.
pub async fn look(db: &Db, permit: &Permit, plan: &PlanId, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into looked (person_id, plan_id, at)
         select $3, plan.id, $4 from plan where plan.id = $1 and plan.child_id = $2
         on conflict (person_id, plan_id) do update set at = excluded.at",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(permit.by())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(())
}

/// When a person last looked at a section.
pub async fn looked_at(
    db: &Db,
    plan: &PlanId,
    section: SectionId,
    person: &PersonId,
) -> Result<Option<Moment>, DbError> {
    let row = sqlx::query("select at from looked_at_section where plan_id = $1 and section = $2 and person_id = $3")
        .bind(plan.to_string())
        .bind(section.id())
        .bind(person.to_string())
        .fetch_optional(db.reader())
        .await?;
    Ok(row.map(|row| row.try_get("at")).transpose()?.map(Moment))
}

/// Remembers that the person of the permit has seen a section as it is now.
pub async fn look_at(db: &Db, permit: &Permit, plan: &PlanId, section: SectionId, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into looked_at_section (person_id, plan_id, section, at)
         select $3, plan.id, $4, $5 from plan where plan.id = $1 and plan.child_id = $2
         on conflict (person_id, plan_id, section) do update set at = excluded.at",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(permit.by())
    .bind(section.id())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(())
}
