//! What young people shared, read by those they shared it with and nobody else.

use super::{Db, DbError, read};
use crate::domain::calendar::Moment;
use crate::domain::people::{PersonId, PlanId};
use crate::domain::voice::SharedAnswer;
use sqlx::Row;
use std::collections::BTreeSet;

/// What stands shared with a person in a plan: of each question the latest answer
/// that was not taken back.
pub async fn with(db: &Db, plan: &PlanId, person: &PersonId) -> Result<Vec<SharedAnswer>, DbError> {
    let rows = sqlx::query(
        "select answer.question, answer.pick, answer.words, answer.shared_at
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where answer.plan_id = $1 and shared_with.person_id = $2 and answer.withdrawn_at is null
         order by answer.shared_at, answer.id",
    )
    .bind(plan.to_string())
    .bind(person.to_string())
    .fetch_all(db.reader())
    .await?;
    let mut answers: Vec<SharedAnswer> = Vec::new();
    for row in rows {
        let answer = SharedAnswer {
            question: row.try_get("question")?,
            pick: row.try_get("pick")?,
            words: row.try_get("words")?,
            at: Moment(row.try_get("shared_at")?),
        };
        answers.retain(|earlier| earlier.question != answer.question);
        answers.push(answer);
    }
    Ok(answers)
}

/// The plans in which something stands shared with a person.
pub async fn plans(db: &Db, person: &PersonId) -> Result<BTreeSet<PlanId>, DbError> {
    let rows = sqlx::query(
        "select distinct answer.plan_id
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where shared_with.person_id = $1 and answer.withdrawn_at is null",
    )
    .bind(person.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(|row| read(row.try_get("plan_id")?)).collect()
}
