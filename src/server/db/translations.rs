//! Shared answers in another language, as adults say them with whom they stand shared.

use super::shared::stands;
use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PersonId, PlanId};
use crate::domain::voice::Translation;
use crate::server::ids;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// The translations of what stands shared with a person in a plan, the latest first, each
/// by the id of who added it.
pub(super) async fn with(db: &Db, plan: &PlanId, person: &PersonId) -> Result<Vec<(AnswerId, Translation)>, DbError> {
    let rows = sqlx::query(concat!(
        "select translation.answer_id, translation.words, translation.by_whom, translation.at
         from translation join shared_answer as answer on answer.id = translation.answer_id
         join shared_with on shared_with.answer_id = answer.id
         where answer.plan_id = $1 and shared_with.person_id = $2 and ",
        stands!(),
        " order by translation.at desc, translation.id desc"
    ))
    .bind(plan.to_string())
    .bind(person.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(|row| Ok::<_, DbError>((read(row.try_get("answer_id")?)?, read_translation(row)?))).collect()
}

fn read_translation(row: &AnyRow) -> Result<Translation, DbError> {
    Ok(Translation { words: row.try_get("words")?, by: row.try_get("by_whom")?, at: Moment(row.try_get("at")?) })
}

/// Adds a translation of an answer that stands shared with whoever adds it. Answers
/// whether it does.
pub async fn add(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    answer: &AnswerId,
    words: &str,
    at: Moment,
) -> Result<bool, DbError> {
    let mut transaction = db.begin().await?;
    // Holds the answer: taking it back waits, and finds the translation to remove.
    sqlx::query("update shared_answer set withdrawn_at = withdrawn_at where id = $1")
        .bind(answer.to_string())
        .execute(&mut *transaction)
        .await?;
    let done = sqlx::query(concat!(
        "insert into translation (id, answer_id, words, by_whom, at)
         select $1, answer.id, $4, $5, $6
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where answer.id = $2 and answer.plan_id = $3 and shared_with.person_id = $5 and ",
        stands!()
    ))
    .bind(ids::fresh().to_string())
    .bind(answer.to_string())
    .bind(plan.to_string())
    .bind(words)
    .bind(permit.by())
    .bind(at.0)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() == 1)
}

/// What was taken back is kept in no other language either.
pub(super) async fn let_go(connection: &mut AnyConnection, plan: &PlanId) -> Result<(), DbError> {
    sqlx::query(
        "delete from translation where answer_id in (
           select id from shared_answer where plan_id = $1 and withdrawn_at is not null)",
    )
    .bind(plan.to_string())
    .execute(connection)
    .await?;
    Ok(())
}
