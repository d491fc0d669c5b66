//! A picture code that was forgotten. What is written stays under it: two adults together
//! let the child choose another, and until then nothing opens.

use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::card::ASKS_FOR;
use crate::domain::people::{ChildId, PersonId, Role};
use crate::server::clock::DAY;
use sqlx::Row;

/// Whose it is to ask, as `Action::MakeCard` has it: who asked is looked at once more when
/// somebody agrees, and has no permit then.
const WHO_ASK: [Role; 3] = [Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool];

/// How a child's forgotten code stands.
#[derive(Clone, Default, Debug)]
pub struct Standing {
    /// Who asked that the child may choose another, and when; nobody has agreed yet.
    pub asked: Option<(PersonId, String, Moment)>,
    /// The two who let the child choose the last time, and when.
    pub reset: Option<Reset>,
    /// The child has not chosen yet.
    pub open: bool,
}

/// Two adults let a child choose new pictures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reset {
    pub by: String,
    pub with: String,
    pub at: Moment,
}

pub async fn standing(db: &Db, child: &ChildId) -> Result<Standing, DbError> {
    let row = sqlx::query(
        "select child.code_hash, child.code_asked_by, child.code_asked_at, child.code_reset_at,
                a.name as asked_name, b.name as by_name, c.name as with_name
         from child
         left join person a on a.id = child.code_asked_by
         left join person b on b.id = child.code_reset_by
         left join person c on c.id = child.code_reset_with
         where child.id = $1",
    )
    .bind(child.to_string())
    .fetch_optional(db.writer())
    .await?;
    let Some(row) = row else { return Ok(Standing::default()) };
    let asked = match row.try_get::<Option<String>, _>("code_asked_by")? {
        Some(by) => Some((read(by)?, row.try_get("asked_name")?, Moment(row.try_get("code_asked_at")?))),
        None => None,
    };
    let reset = match row.try_get::<Option<i64>, _>("code_reset_at")? {
        Some(at) => Some(Reset { by: row.try_get("by_name")?, with: row.try_get("with_name")?, at: Moment(at) }),
        None => None,
    };
    let has_code = row.try_get::<Option<String>, _>("code_hash")?.is_some();
    Ok(Standing { asked, open: reset.is_some() && !has_code, reset })
}

/// An adult asks that the child may choose another code. Answers false where there is
/// none, or somebody asked before.
pub async fn ask(db: &Db, permit: &Permit, by: &PersonId, now: Moment) -> Result<bool, DbError> {
    let asked = sqlx::query(
        "update child set code_asked_by = $2, code_asked_at = $3
         where id = $1 and code_hash is not null and (code_asked_by is null or code_asked_at <= $4)",
    )
    .bind(permit.child().to_string())
    .bind(by.to_string())
    .bind(now.0)
    .bind(now.0 - ASKS_FOR * DAY)
    .execute(db.writer())
    .await?;
    Ok(asked.rows_affected() > 0)
}

/// Nobody asks any more: the pictures stay.
pub async fn leave(db: &Db, permit: &Permit) -> Result<(), DbError> {
    sqlx::query("update child set code_asked_by = null, code_asked_at = null where id = $1")
        .bind(permit.child().to_string())
        .execute(db.writer())
        .await?;
    Ok(())
}

/// A second adult agrees: the code is gone, and the child chooses another before anything
/// opens. Who asked is still one of those who may ask. A tablet that is in somebody's hands
/// by now, and shut, has to be handed over anew: who has it is not known. Answers false where
/// nobody asked, or only they themselves.
pub async fn agree(db: &Db, permit: &Permit, with: &PersonId, now: Moment) -> Result<bool, DbError> {
    let [teacher, worker, school] = WHO_ASK.map(Role::id);
    let mut transaction = db.begin().await?;
    let agreed = sqlx::query(
        "update child set code_hash = null, code_reset_by = code_asked_by, code_reset_with = $2, code_reset_at = $3,
                code_asked_by = null, code_asked_at = null
         where id = $1 and code_hash is not null and code_asked_by is not null and code_asked_by <> $2
           and code_asked_at > $4 and exists (select 1 from relationship
             where person_id = code_asked_by and child_id = child.id and role in ($6, $7, $8)
               and since <= $5 and (until is null or until >= $5))",
    )
    .bind(permit.child().to_string())
    .bind(with.to_string())
    .bind(now.0)
    .bind(now.0 - ASKS_FOR * DAY)
    .bind(now.day().to_string())
    .bind(teacher)
    .bind(worker)
    .bind(school)
    .execute(&mut *transaction)
    .await?;
    if agreed.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("delete from session where child_id = $1 and pass_hash is null")
        .bind(permit.child().to_string())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}
