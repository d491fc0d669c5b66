//! What young people shared, read by those they shared it with and nobody else; sharing
//! it, and taking it back.

use super::{Db, DbError, heard, media, read, read_some, rows, translations};
use crate::domain::access::Permit;
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{AnswerId, PersonId, PlanId};
use crate::domain::plan::State;
use crate::domain::voice::{Given, Made, Reply, SharedAnswer, Verdict, Wish, may_take_back};
use crate::domain::words::Language;
use crate::server::ids;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use std::collections::BTreeSet;

/// Ends every condition on an answer that stands shared with somebody.
macro_rules! stands {
    () => {
        "answer.withdrawn_at is null and shared_with.hidden_at is null"
    };
}
pub(super) use stands;

/// What stands shared with a person in a plan: of each question the latest answer
/// that was not taken back.
pub async fn with(db: &Db, plan: &PlanId, person: &PersonId) -> Result<Vec<SharedAnswer>, DbError> {
    let rows = sqlx::query(concat!(
        "select answer.id, answer.question, answer.pick, answer.words, answer.shared_at, answer.asked_back_at,
                answer.helper, answer.helper_name, answer.typed_by, answer.checked, answer.language, answer.picture_words,
                drawing.id as drawing, recording.id as recording
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         left join media as drawing on drawing.id = answer.drawing and drawing.plan_id = answer.plan_id
           and drawing.kind = 'drawing' and drawing.complete_at is not null
         left join media as recording on recording.id = answer.recording and recording.plan_id = answer.plan_id
           and recording.kind = 'recording' and recording.complete_at is not null
         where answer.plan_id = $1 and shared_with.person_id = $2 and ",
        stands!(),
        " order by answer.shared_at, answer.id"
    ))
    .bind(plan.to_string())
    .bind(person.to_string())
    .fetch_all(db.reader())
    .await?;
    let mut answers: Vec<SharedAnswer> = Vec::new();
    for row in &rows {
        let answer = SharedAnswer { made: read_made(row)?, ..read_answer(row)? };
        answers.retain(|earlier| earlier.question != answer.question);
        answers.push(answer);
    }
    for answer in answers.iter_mut().filter(|answer| answer.asks()) {
        answer.reply = reply_to(db, &answer.id).await?;
    }
    for (of, translation) in translations::with(db, plan, person).await? {
        if let Some(answer) = answers.iter_mut().find(|answer| answer.id == of) {
            answer.translations.push(translation);
        }
    }
    Ok(answers)
}

/// An answer without what was said to it.
pub(super) fn read_answer(row: &AnyRow) -> Result<SharedAnswer, DbError> {
    Ok(SharedAnswer {
        id: read(row.try_get("id")?)?,
        question: row.try_get("question")?,
        pick: row.try_get("pick")?,
        words: row.try_get("words")?,
        at: Moment(row.try_get("shared_at")?),
        given: read_given(row)?,
        asked_back: row.try_get::<Option<i64>, _>("asked_back_at")?.map(Moment),
        made: Made::default(),
        reply: None,
        translations: Vec::new(),
    })
}

/// What was drawn and said for an answer: nothing until all of it is here.
pub(super) fn read_made(row: &AnyRow) -> Result<Made, DbError> {
    Ok(Made {
        drawing: read_some(row.try_get("drawing")?)?,
        recording: read_some(row.try_get("recording")?)?,
        picture_words: row.try_get::<Option<String>, _>("picture_words")?.unwrap_or_default(),
    })
}

/// How an answer was given.
pub(in crate::server::db) fn read_given(row: &AnyRow) -> Result<Given, DbError> {
    let said = |column: &str| Ok::<_, DbError>(row.try_get::<Option<String>, _>(column)?.unwrap_or_default());
    Ok(Given {
        helper: said("helper")?,
        name: said("helper_name")?,
        typed_by: said("typed_by")?,
        checked: row.try_get::<Option<i64>, _>("checked")?.is_some_and(|checked| checked != 0),
        language: Language::from_tag(&said("language")?).unwrap_or_default(),
    })
}

/// The plans in which something stands shared with a person.
pub async fn plans(db: &Db, person: &PersonId) -> Result<BTreeSet<PlanId>, DbError> {
    let rows = sqlx::query(concat!(
        "select distinct answer.plan_id
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where shared_with.person_id = $1 and ",
        stands!()
    ))
    .bind(person.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(|row| read(row.try_get("plan_id")?)).collect()
}

/// The latest reply to an answer, by the id of who gave it, with what was said to it.
pub(super) async fn reply_to(db: &Db, answer: &AnswerId) -> Result<Option<Reply>, DbError> {
    let row = sqlx::query(
        "select verdict, why, by_whom, at, due from reply where answer_id = $1 order by at desc, id desc limit 1",
    )
    .bind(answer.to_string())
    .fetch_optional(db.reader())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let at = Moment(row.try_get("at")?);
    Ok(Some(Reply {
        verdict: read(row.try_get("verdict")?)?,
        why: row.try_get("why")?,
        by: row.try_get("by_whom")?,
        at,
        due: row.try_get::<Option<String>, _>("due")?.map(read).transpose()?,
        back: heard::back_to(db, answer, at).await?,
        theirs: translations::of_reply(db, answer, at).await?,
    }))
}

/// A reply as somebody gives it.
pub struct Replying<'a> {
    pub verdict: Verdict,
    pub why: &'a str,
    pub due: Option<Day>,
}

/// Replies to an answer, where it stands shared with whoever replies. Answers whether
/// it did.
pub async fn reply(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    answer: &AnswerId,
    reply: Replying<'_>,
    at: Moment,
) -> Result<bool, DbError> {
    let done = sqlx::query(concat!(
        "insert into reply (id, answer_id, verdict, why, by_whom, at, due)
         select $1, answer.id, $4, $5, $6, $7, $8
         from shared_answer as answer join shared_with on shared_with.answer_id = answer.id
         where answer.id = $2 and answer.plan_id = $3 and shared_with.person_id = $6 and ",
        stands!()
    ))
    .bind(ids::fresh().to_string())
    .bind(answer.to_string())
    .bind(plan.to_string())
    .bind(reply.verdict.id())
    .bind(rows::text(reply.why))
    .bind(permit.by())
    .bind(at.0)
    .bind(reply.due.map(|day| day.to_string()))
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Closes an answer that the young person asked to take back: for everyone, or for the
/// one who closes it. Answers whether it stood, and was asked back.
pub async fn hide(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    answer: &AnswerId,
    for_everyone: bool,
    at: Moment,
) -> Result<bool, DbError> {
    let mut transaction = db.begin().await?;
    // Held first, as by whoever writes in it: what goes with the answer isn't drawn into it
    // again meanwhile.
    sqlx::query("update plan set state = state where id = $1")
        .bind(plan.to_string())
        .execute(&mut *transaction)
        .await?;
    let hidden = sqlx::query(
        "update shared_with set hidden_at = $4 where answer_id = $1 and person_id = $3 and hidden_at is null and exists (
           select 1 from shared_answer as answer where answer.id = $1 and answer.plan_id = $2
             and answer.asked_back_at is not null and answer.withdrawn_at is null)",
    )
    .bind(answer.to_string())
    .bind(plan.to_string())
    .bind(permit.by())
    .bind(at.0)
    .execute(&mut *transaction)
    .await?;
    if hidden.rows_affected() == 0 {
        return Ok(false);
    }
    // It is closed altogether as well when nobody is left who sees it.
    sqlx::query(
        "update shared_answer set withdrawn_at = $2, hidden_by = $3 where id = $1 and ($4 = 1 or not exists (
           select 1 from shared_with where answer_id = $1 and hidden_at is null))",
    )
    .bind(answer.to_string())
    .bind(at.0)
    .bind(permit.by())
    .bind(i64::from(for_everyone))
    .execute(&mut *transaction)
    .await?;
    translations::let_go(&mut transaction, plan).await?;
    media::let_go_withdrawn(&mut transaction, plan).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Makes a young person's wish true, as things stand when it is committed: what was
/// shared of this question is taken back, and the answer as they saw it is given to
/// those they chose, as far as they belong to the child's team.
pub(super) async fn publish(
    connection: &mut AnyConnection,
    plan: &PlanId,
    question: &str,
    wish: &Wish,
    at: Moment,
) -> Result<(), DbError> {
    let state: String = sqlx::query("select state from plan where id = $1")
        .bind(plan.to_string())
        .fetch_one(&mut *connection)
        .await?
        .try_get("state")?;
    if may_take_back(read::<State>(state)?) {
        take_back(&mut *connection, plan, question, at).await?;
    } else {
        ask_back(&mut *connection, plan, question, &wish.with, at).await?;
    }
    translations::let_go(&mut *connection, plan).await?;
    if wish.with.is_empty() {
        return Ok(());
    }
    let answer = ids::fresh().to_string();
    sqlx::query(
        "insert into shared_answer (id, plan_id, question, pick, words, shared_at, withdrawn_at, helper, helper_name,
           typed_by, checked, drawing, recording, picture_words, language)
         values ($1, $2, $3, $4, $5, $6, null, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(&answer)
    .bind(plan.to_string())
    .bind(question)
    .bind(rows::text(&wish.pick))
    .bind(rows::text(&wish.words))
    .bind(at.0)
    .bind(rows::text(&wish.given.helper))
    .bind(rows::text(&wish.given.name))
    .bind(rows::text(&wish.given.typed_by))
    .bind(i64::from(wish.given.checked))
    .bind(wish.made.drawing.as_ref().map(ToString::to_string))
    .bind(wish.made.recording.as_ref().map(ToString::to_string))
    .bind(rows::text(&wish.made.picture_words))
    .bind(wish.given.language.tag())
    .execute(&mut *connection)
    .await?;
    for person in &wish.with {
        sqlx::query(
            "insert into shared_with (answer_id, person_id)
             select $1, person.id from person where person.id = $2 and exists (
               select 1 from relationship join plan on plan.child_id = relationship.child_id
               where relationship.person_id = person.id and plan.id = $3
                 and since <= $4 and (until is null or until >= $4))
             on conflict do nothing",
        )
        .bind(&answer)
        .bind(person.to_string())
        .bind(plan.to_string())
        .bind(at.day().to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Before the meeting: it is gone for everyone at once.
async fn take_back(connection: &mut AnyConnection, plan: &PlanId, question: &str, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "update shared_answer set withdrawn_at = $3 where plan_id = $1 and question = $2 and withdrawn_at is null",
    )
    .bind(plan.to_string())
    .bind(question)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Once the meeting has begun: those who get new words have them instead of the old, and
/// all others are asked to give the old ones back.
async fn ask_back(
    connection: &mut AnyConnection,
    plan: &PlanId,
    question: &str,
    but: &[PersonId],
    at: Moment,
) -> Result<(), DbError> {
    for person in but {
        sqlx::query(
            "update shared_with set hidden_at = $4 where person_id = $3 and hidden_at is null and answer_id in (
               select id from shared_answer where plan_id = $1 and question = $2 and withdrawn_at is null)",
        )
        .bind(plan.to_string())
        .bind(question)
        .bind(person.to_string())
        .bind(at.0)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "update shared_answer set withdrawn_at = $3 where plan_id = $1 and question = $2 and withdrawn_at is null
           and not exists (select 1 from shared_with where answer_id = shared_answer.id and hidden_at is null)",
    )
    .bind(plan.to_string())
    .bind(question)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "update shared_answer set asked_back_at = $3 where plan_id = $1 and question = $2 and withdrawn_at is null
           and asked_back_at is null",
    )
    .bind(plan.to_string())
    .bind(question)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The meeting was opened too early: what was asked back meanwhile is taken back.
pub(super) async fn not_yet(connection: &mut AnyConnection, plan: &PlanId, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "update shared_answer set withdrawn_at = $2
         where plan_id = $1 and withdrawn_at is null and asked_back_at is not null",
    )
    .bind(plan.to_string())
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    translations::let_go(&mut *connection, plan).await?;
    media::let_go_withdrawn(connection, plan).await
}
