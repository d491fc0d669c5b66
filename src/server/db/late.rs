//! What comes after a plan is closed: words that arrived late, and what was put right
//! beside it. Neither changes the plan.

use super::{Db, DbError, read, rows};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, Role};
use crate::domain::plan::DocumentName;
use crate::domain::seal;
use crate::domain::sections::SectionId;
use crate::domain::values::Changed;
use crate::server::ids;
use sqlx::Row;

/// A change that arrived when the plan took none any more.
#[derive(Clone, Debug)]
pub struct LateEdit {
    pub section: SectionId,
    pub path: String,
    pub was: String,
    pub became: String,
    pub by: String,
    pub at: Moment,
}

/// A correction to a plan that is agreed, signed by who made it.
#[derive(Clone, Debug)]
pub struct Addendum {
    pub section: SectionId,
    pub words: String,
    pub by: String,
    pub role: Role,
    pub at: Moment,
}

/// Keeps a late change beside its plan. The same words, sent again, are kept once.
pub async fn keep(
    db: &Db,
    permit: &Permit,
    name: &DocumentName,
    changes: &[Changed],
    at: Moment,
) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    for changed in changes {
        sqlx::query(
            "insert into late_edit (id, plan_id, section, path, was, became, by_whom, at, became_hash)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
        )
        .bind(ids::fresh().to_string())
        .bind(name.plan.to_string())
        .bind(name.section.id())
        .bind(&changed.path)
        .bind(rows::text(&changed.was))
        .bind(rows::text(&changed.became))
        .bind(permit.by())
        .bind(at.0)
        .bind(ids::hashed(&changed.became))
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// What arrived late, in the order in which it came.
pub async fn of_plan(db: &Db, plan: &PlanId) -> Result<Vec<LateEdit>, DbError> {
    let rows =
        sqlx::query("select section, path, was, became, by_whom, at from late_edit where plan_id = $1 order by at, id")
            .bind(plan.to_string())
            .fetch_all(db.reader())
            .await?;
    let edit = |row: &sqlx::any::AnyRow| {
        Ok(LateEdit {
            section: read(row.try_get("section")?)?,
            path: row.try_get("path")?,
            was: row.try_get("was")?,
            became: row.try_get("became")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(edit).collect()
}

/// Adds a correction beside an agreed plan.
pub async fn correct(
    db: &Db,
    permit: &Permit,
    role: Role,
    plan: &PlanId,
    section: SectionId,
    words: &str,
    at: Moment,
) -> Result<(), DbError> {
    // The hash is of what is kept, as a file is checked that has both.
    let words = rows::text(words);
    let hash = ids::hashed(&seal::correction(plan, section, permit.by(), at, &words));
    sqlx::query(
        "insert into addendum (id, plan_id, section, words, by_whom, role, at, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(ids::fresh().to_string())
    .bind(plan.to_string())
    .bind(section.id())
    .bind(words)
    .bind(permit.by())
    .bind(role.id())
    .bind(at.0)
    .bind(hash)
    .execute(db.writer())
    .await?;
    Ok(())
}

/// The corrections of a plan, in the order in which they were made.
pub async fn corrections(db: &Db, plan: &PlanId) -> Result<Vec<Addendum>, DbError> {
    let rows = sqlx::query("select section, words, by_whom, role, at from addendum where plan_id = $1 order by at, id")
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    let addendum = |row: &sqlx::any::AnyRow| {
        Ok(Addendum {
            section: read(row.try_get("section")?)?,
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
            role: read(row.try_get("role")?)?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(addendum).collect()
}
