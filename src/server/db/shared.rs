//! What young people shared, read by those they shared it with and nobody else.

use super::{Db, DbError, read, read_some};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PersonId, PlanId};
use crate::domain::voice::{Reply, SharedAnswer, Verdict};
use crate::server::ids;
use sqlx::Row;
use std::collections::BTreeSet;

/// What stands shared with a person in a plan: of each question the latest answer
/// that was not taken back.
pub async fn with(db: &Db, plan: &PlanId, person: &PersonId) -> Result<Vec<SharedAnswer>, DbError> {
    let rows = sqlx::query(
        "select answer.id, answer.question, answer.pick, answer.words, answer.shared_at, answer.picture_words,
                drawing.id as drawing, recording.id as recording
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         left join media as drawing on drawing.id = answer.drawing and drawing.plan_id = answer.plan_id
           and drawing.kind = 'drawing' and drawing.complete_at is not null
         left join media as recording on recording.id = answer.recording and recording.plan_id = answer.plan_id
           and recording.kind = 'recording' and recording.complete_at is not null
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
            id: read(row.try_get("id")?)?,
            question: row.try_get("question")?,
            pick: row.try_get("pick")?,
            words: row.try_get("words")?,
            // Until all of it is here there is nothing to show.
            drawing: read_some(row.try_get("drawing")?)?,
            recording: read_some(row.try_get("recording")?)?,
            picture_words: row.try_get::<Option<String>, _>("picture_words")?.unwrap_or_default(),
            at: Moment(row.try_get("shared_at")?),
            reply: None,
        };
        answers.retain(|earlier| earlier.question != answer.question);
        answers.push(answer);
    }
    for answer in answers.iter_mut().filter(|answer| answer.asks()) {
        answer.reply = reply_to(db, &answer.id).await?;
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

/// The latest reply to an answer, by the id of who gave it.
async fn reply_to(db: &Db, answer: &AnswerId) -> Result<Option<Reply>, DbError> {
    let row = sqlx::query(
        "select verdict, why, by_whom, at from reply where answer_id = $1 order by at desc, id desc limit 1",
    )
    .bind(answer.to_string())
    .fetch_optional(db.reader())
    .await?;
    let reply = |row: sqlx::any::AnyRow| {
        Ok(Reply {
            verdict: read(row.try_get("verdict")?)?,
            why: row.try_get("why")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    row.map(reply).transpose()
}

/// Replies to an answer, where it stands shared with whoever replies. Answers whether
/// it did.
pub async fn reply(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    answer: &AnswerId,
    (verdict, why): (Verdict, &str),
    at: Moment,
) -> Result<bool, DbError> {
    let done = sqlx::query(
        "insert into reply (id, answer_id, verdict, why, by_whom, at)
         select $1, answer.id, $4, $5, $6, $7
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where answer.id = $2 and answer.plan_id = $3 and shared_with.person_id = $6 and answer.withdrawn_at is null",
    )
    .bind(ids::fresh().to_string())
    .bind(answer.to_string())
    .bind(plan.to_string())
    .bind(verdict.id())
    .bind(why)
    .bind(permit.by())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}
