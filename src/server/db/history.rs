//! Who changed what, from what to what. Written with each document's updates;
//! read here.

use super::{Db, DbError, read};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

/// One change to one field, as it was kept.
#[derive(Clone, Debug)]
pub struct Entry {
    pub section: SectionId,
    pub path: String,
    /// A person's id, or `young-person`.
    pub by: String,
    pub at: Moment,
    pub was: String,
    pub became: String,
}

/// What others than `not_by` changed in these sections of a plan after a moment,
/// newest first. The sections are those that the asker may read: the rest never
/// leaves the database.
pub async fn since(
    db: &Db,
    plan: &PlanId,
    after: Moment,
    sections: &[SectionId],
    not_by: &str,
    most: i64,
) -> Result<Vec<Entry>, DbError> {
    if sections.is_empty() {
        return Ok(Vec::new());
    }
    // Only the numbers of the parameters are put together here.
    let places: Vec<_> = (5..5 + sections.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select section, path, by_whom, at, was, became from history
         where plan_id = $1 and at > $2 and by_whom <> $3 and section in ({})
         order by at desc, id desc limit $4",
        places.join(", ")
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(plan.to_string()).bind(after.0).bind(not_by).bind(most);
    for section in sections {
        query = query.bind(section.id());
    }
    query.fetch_all(db.reader()).await?.iter().map(read_entry).collect()
}

/// The latest changes to one section, by anybody, newest first.
pub async fn latest(db: &Db, plan: &PlanId, section: SectionId, most: i64) -> Result<Vec<Entry>, DbError> {
    let rows = sqlx::query(
        "select section, path, by_whom, at, was, became from history
         where plan_id = $1 and section = $2 order by at desc, id desc limit $3",
    )
    .bind(plan.to_string())
    .bind(section.id())
    .bind(most)
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_entry).collect()
}

fn read_entry(row: &AnyRow) -> Result<Entry, DbError> {
    Ok(Entry {
        section: read(row.try_get("section")?)?,
        path: row.try_get("path")?,
        by: row.try_get("by_whom")?,
        at: Moment(row.try_get("at")?),
        was: row.try_get("was")?,
        became: row.try_get("became")?,
    })
}
