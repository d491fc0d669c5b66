//! Who changed what, from what to what: written in the transaction that commits the
//! updates (`put`), and read.

mod put;

use super::journal::Whose;
use super::{Db, DbError, read, rows};
use crate::domain::access::{Action, Permit};
use crate::domain::calendar::Moment;
use crate::domain::history::Kept;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::words::Language;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

pub(super) use put::{Recent, put};

/// A place where somebody wrote.
#[derive(Clone, Debug)]
pub struct Touched {
    pub section: SectionId,
    pub path: String,
    /// A person's id, or `young-person`.
    pub by: String,
    /// When they wrote there last.
    pub at: Moment,
}

/// Where others than `not_by` wrote in these sections of a plan after a moment, the
/// latest first. The sections are those that the asker may read: the rest never
/// leaves the database.
pub async fn touched(
    db: &Db,
    plan: &PlanId,
    after: Moment,
    sections: &[SectionId],
    not_by: &str,
    most: i64,
) -> Result<Vec<Touched>, DbError> {
    if sections.is_empty() {
        return Ok(Vec::new());
    }
    db.settle_for(Whose::Sections(plan, sections)).await?;
    // Only the numbers of the parameters are put together here.
    let sql = format!(
        "select section, path, by_whom, max(coalesce(last_at, at)) as latest from history
         where document in ({}) and coalesce(last_at, at) > $1 and by_whom <> $2
         group by section, path, by_whom order by latest desc, section, path limit $3",
        rows::numbers(4, sections.len())
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(after.0).bind(not_by).bind(most);
    for section in sections {
        query = query.bind(DocumentName { plan: plan.clone(), section: *section }.to_string());
    }
    let rows = query.fetch_all(db.reader()).await?;
    let touched = |row: &AnyRow| {
        Ok(Touched {
            section: read(row.try_get("section")?)?,
            path: row.try_get("path")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("latest")?),
        })
    };
    rows.iter().map(touched).collect()
}

/// The language of the pages of whoever wrote in a section last: what is written there is
/// most likely in it.
pub async fn written_in(db: &Db, name: &DocumentName) -> Result<Language, DbError> {
    db.settle_for(Whose::Document(name)).await?;
    let row = sqlx::query(
        "select person.language from history join person on person.id = history.by_whom
         where history.document = $1 order by coalesce(history.last_at, history.at) desc, history.id desc limit 1",
    )
    .bind(name.to_string())
    .fetch_optional(db.reader())
    .await?;
    let tag = row.map(|row| row.try_get::<Option<String>, _>("language")).transpose()?.flatten();
    Ok(tag.and_then(|tag| Language::from_tag(&tag)).unwrap_or_default())
}

/// The place of a change among all of a section's, from which to go further back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub at: Moment,
    pub id: String,
}

/// The changes to the section that the permit is for, before a mark: the latest first,
/// each with its mark. My voice has none that anybody reads.
pub async fn before(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    section: SectionId,
    mark: Option<&Mark>,
    most: i64,
) -> Result<Vec<(Mark, Kept)>, DbError> {
    if permit.action() != Action::Read(section) || section == SectionId::MyVoice {
        return Ok(Vec::new());
    }
    let name = DocumentName { plan: plan.clone(), section };
    db.settle_for(Whose::Document(&name)).await?;
    let rows = sqlx::query(
        "select history.id, path, by_whom, at, coalesce(last_at, at) as latest, was, became,
                cast(case when exists (
                  select 1 from history as earlier where earlier.document = history.document
                  and earlier.path = history.path and earlier.at < history.at
                ) then 1 else 0 end as bigint) as again
         from history join plan on plan.id = history.plan_id
         where document = $1 and plan.child_id = $2 and ($3 = 0 or at < $3 or (at = $3 and history.id < $4))
         order by at desc, history.id desc limit $5",
    )
    .bind(name.to_string())
    .bind(permit.child().to_string())
    .bind(mark.map_or(0, |mark| mark.at.0))
    .bind(mark.map_or("", |mark| mark.id.as_str()))
    .bind(most)
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_kept).collect()
}

fn read_kept(row: &AnyRow) -> Result<(Mark, Kept), DbError> {
    let at = Moment(row.try_get("at")?);
    let kept = Kept {
        path: row.try_get("path")?,
        by: row.try_get("by_whom")?,
        at,
        last: Moment(row.try_get("latest")?),
        was: row.try_get("was")?,
        became: row.try_get("became")?,
        again: row.try_get::<i64, _>("again")? > 0,
    };
    Ok((Mark { at, id: row.try_get("id")? }, kept))
}
