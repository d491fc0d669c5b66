//! What somebody wrote, in another language: shared answers as adults say them with whom
//! they stand shared, and carers' words as those do who read them.

use super::shared::stands;
use super::{Db, DbError, read, rows};
use crate::domain::access::{Action, Permit};
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PersonId, PlanId};
use crate::domain::sections::SectionId;
use crate::domain::translated::{Translated, may_be_translated};
use crate::domain::voice::{InTheirs, Translation};
use crate::domain::words::Language;
use crate::server::ids;
use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

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
    let mut transaction = holding(db, answer).await?;
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
    .bind(rows::text(words))
    .bind(permit.by())
    .bind(at.0)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() == 1)
}

/// What a section's words say in another language, for whoever may read it: the latest
/// first, each by the id of who added it.
pub async fn of_section(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    section: SectionId,
) -> Result<Vec<Translated>, DbError> {
    if !reads(permit, section) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "select said.path, said.wording, said.words, said.by_whom, said.at
         from section_translation as said join plan on plan.id = said.plan_id
         where said.plan_id = $1 and plan.child_id = $2 and said.section = $3
         order by said.at desc, said.id desc",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(section.id())
    .fetch_all(db.reader())
    .await?;
    let said = |row: &AnyRow| {
        Ok(Translated {
            path: row.try_get("path")?,
            wording: row.try_get("wording")?,
            translation: read_translation(row)?,
        })
    };
    rows.iter().map(said).collect()
}

/// Adds what a place of a section says, in the name of who may read it. Answers whether
/// it did.
pub async fn add_to(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    section: SectionId,
    said: &Translated,
) -> Result<bool, DbError> {
    if !reads(permit, section) {
        return Ok(false);
    }
    let done = sqlx::query(
        "insert into section_translation (id, plan_id, section, path, wording, words, by_whom, at)
         select $1, plan.id, $4, $5, $6, $7, $8, $9 from plan where plan.id = $2 and plan.child_id = $3",
    )
    .bind(ids::fresh().to_string())
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(section.id())
    .bind(&said.path)
    .bind(&said.wording)
    .bind(rows::text(&said.translation.words))
    .bind(permit.by())
    .bind(said.translation.at.0)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Begins a transaction that holds an answer: taking it back waits, and finds what is added
/// here to remove.
async fn holding(db: &Db, answer: &AnswerId) -> Result<Transaction<'static, Any>, DbError> {
    let mut transaction = db.begin().await?;
    sqlx::query("update shared_answer set withdrawn_at = withdrawn_at where id = $1")
        .bind(answer.to_string())
        .execute(&mut *transaction)
        .await?;
    Ok(transaction)
}

/// Whether a permit is to read a section that may be translated.
fn reads(permit: &Permit, section: SectionId) -> bool {
    permit.action() == Action::Read(section) && may_be_translated(section)
}

/// What a reply that was given then says in the language of the answer, by the id of who
/// said it so last.
pub(super) async fn of_reply(db: &Db, answer: &AnswerId, reply_at: Moment) -> Result<Option<InTheirs>, DbError> {
    let row = sqlx::query(
        "select language, words, by_whom from reply_translation where answer_id = $1 and reply_at = $2
         order by at desc, id desc limit 1",
    )
    .bind(answer.to_string())
    .bind(reply_at.0)
    .fetch_optional(db.reader())
    .await?;
    let theirs = |row: AnyRow| {
        Ok(InTheirs {
            language: Language::from_tag(&row.try_get::<String, _>("language")?).unwrap_or_default(),
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
        })
    };
    row.map(theirs).transpose()
}

/// Says a reply in the language of the answer, where that stands shared with whoever says
/// it and has had no other reply since. Answers whether it does.
pub async fn add_to_reply(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    answer: &AnswerId,
    (reply_at, words): (Moment, &str),
    at: Moment,
) -> Result<bool, DbError> {
    let mut transaction = holding(db, answer).await?;
    let done = sqlx::query(concat!(
        "insert into reply_translation (id, answer_id, reply_at, language, words, by_whom, at)
         select $1, answer.id, $4, coalesce(answer.language, ''), $5, $6, $7
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where answer.id = $2 and answer.plan_id = $3 and shared_with.person_id = $6
           and exists (select 1 from reply where reply.answer_id = answer.id and reply.at = $4)
           and not exists (select 1 from reply where reply.answer_id = answer.id and reply.at > $4) and ",
        stands!()
    ))
    .bind(ids::fresh().to_string())
    .bind(answer.to_string())
    .bind(plan.to_string())
    .bind(reply_at.0)
    .bind(rows::text(words))
    .bind(permit.by())
    .bind(at.0)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(done.rows_affected() == 1)
}

/// What was taken back is kept in no other language either, nor what was replied to it.
pub(super) async fn let_go(connection: &mut AnyConnection, plan: &PlanId) -> Result<(), DbError> {
    let all = [
        "delete from translation where answer_id in (
           select id from shared_answer where plan_id = $1 and withdrawn_at is not null)",
        "delete from reply_translation where answer_id in (
           select id from shared_answer where plan_id = $1 and withdrawn_at is not null)",
    ];
    for sql in all {
        sqlx::query(sql).bind(plan.to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}
