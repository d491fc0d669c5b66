//! What a young person hears of what they said, and what they say to that. What is for
//! them alone is read with the permit of their sitting, and of their own plans only.

use super::shared::{read_answer, read_made, reply_to};
use super::{Db, DbError, read, rows};
use crate::domain::access::{Action, Permit, YOUNG_PERSON};
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, PersonId, PlanId};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::voice::{AnsweredBack, Back, Seen, SeenPlan, SharedAnswer, Told};
use crate::server::ids;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// Passes on what a private document says, as far as it is about the same child's plans.
pub(super) async fn hear(
    connection: &mut AnyConnection,
    plan: &PlanId,
    told: &Told,
    at: Moment,
) -> Result<(), DbError> {
    match told {
        Told::Back(back) => answer_back(connection, plan, back, at).await,
        Told::Seen(seen) => see(connection, plan, seen, at).await,
    }
}

/// How it is kept that they aren't sure about a reply: 1 is OK, and 0 is not.
const NOT_SURE: i64 = 2;

/// An answer to a reply that was given: to none, there is nothing to say.
async fn answer_back(connection: &mut AnyConnection, plan: &PlanId, back: &Back, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into answered_back (id, answer_id, reply_at, ok, words, at)
         select $1, answer.id, $4, $5, $6, $7
         from shared_answer as answer join plan on plan.id = answer.plan_id
         where answer.id = $2 and answer.withdrawn_at is null
           and plan.child_id = (select child_id from plan where id = $3)
           and exists (select 1 from reply where reply.answer_id = answer.id and reply.at = $4)",
    )
    .bind(ids::fresh().to_string())
    .bind(back.answer.to_string())
    .bind(plan.to_string())
    .bind(back.to.0)
    .bind(back.ok.map_or(NOT_SURE, i64::from))
    .bind(rows::text(back.words.trim()))
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A plan is there to be seen once its meeting has been.
async fn see(connection: &mut AnyConnection, plan: &PlanId, seen: &SeenPlan, at: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into seen_plan (id, plan_id, says, words, at)
         select $1, plan.id, $4, $5, $6 from plan
         where plan.id = $2 and plan.child_id = (select child_id from plan where id = $3)
           and plan.state not in ('scheduled', 'drafting', 'meeting')",
    )
    .bind(ids::fresh().to_string())
    .bind(seen.plan.to_string())
    .bind(plan.to_string())
    .bind(seen.says.id())
    .bind(rows::text(seen.words.trim()))
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// What the young person last said to a reply that was given then.
pub(super) async fn back_to(db: &Db, answer: &AnswerId, reply_at: Moment) -> Result<Option<AnsweredBack>, DbError> {
    let row = sqlx::query(
        "select ok, words, at from answered_back where answer_id = $1 and reply_at = $2
         order by at desc, id desc limit 1",
    )
    .bind(answer.to_string())
    .bind(reply_at.0)
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(read_back).transpose()
}

fn read_back(row: &AnyRow) -> Result<AnsweredBack, DbError> {
    let ok: i64 = row.try_get("ok")?;
    Ok(AnsweredBack {
        ok: (ok != NOT_SURE).then_some(ok != 0),
        words: row.try_get("words")?,
        at: Moment(row.try_get("at")?),
    })
}

/// What was said in a plan to replies that still stand, with the id of the answer and of
/// who replied. Whom that is for, the desk says.
pub async fn backs(db: &Db, plan: &PlanId) -> Result<Vec<(AnswerId, String, AnsweredBack)>, DbError> {
    let rows = sqlx::query(
        "select back.answer_id, back.ok, back.words, back.at, reply.by_whom
         from answered_back as back join shared_answer as answer on answer.id = back.answer_id
         join reply on reply.answer_id = back.answer_id and reply.at = back.reply_at
         where answer.plan_id = $1 and answer.withdrawn_at is null
           and not exists (select 1 from reply as newer where newer.answer_id = back.answer_id and newer.at > reply.at)
         order by back.at, back.id",
    )
    .bind(plan.to_string())
    .fetch_all(db.reader())
    .await?;
    let mut latest: Vec<(AnswerId, String, AnsweredBack)> = Vec::new();
    for row in &rows {
        let answer: AnswerId = read(row.try_get("answer_id")?)?;
        latest.retain(|(other, ..)| *other != answer);
        latest.push((answer, row.try_get("by_whom")?, read_back(row)?));
    }
    Ok(latest)
}

/// What the young person last said to a plan.
pub async fn seen(db: &Db, plan: &PlanId) -> Result<Option<Seen>, DbError> {
    let row = sqlx::query("select says, words, at from seen_plan where plan_id = $1 order by at desc, id desc limit 1")
        .bind(plan.to_string())
        .fetch_optional(db.reader())
        .await?;
    let seen = |row: AnyRow| {
        Ok(Seen { says: read(row.try_get("says")?)?, words: row.try_get("words")?, at: Moment(row.try_get("at")?) })
    };
    row.map(seen).transpose()
}

/// Whether a permit is a young person's, for what they wrote.
fn is_theirs(permit: &Permit) -> bool {
    permit.by() == YOUNG_PERSON && permit.action() == Action::Read(SectionId::MyVoice)
}

/// What stands shared in a plan of theirs, with replies and with whom it is shared: of
/// each question the latest.
pub async fn shared(db: &Db, permit: &Permit, plan: &PlanId) -> Result<Vec<(SharedAnswer, Vec<PersonId>)>, DbError> {
    if !is_theirs(permit) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "select answer.id, answer.question, answer.pick, answer.words, answer.shared_at, answer.asked_back_at,
                answer.helper, answer.helper_name, answer.typed_by, answer.checked, answer.language, answer.picture_words,
                drawing.id as drawing, recording.id as recording
         from shared_answer as answer join plan on plan.id = answer.plan_id
         left join media as drawing on drawing.id = answer.drawing and drawing.plan_id = answer.plan_id
           and drawing.kind = 'drawing' and drawing.complete_at is not null
         left join media as recording on recording.id = answer.recording and recording.plan_id = answer.plan_id
           and recording.kind = 'recording' and recording.complete_at is not null
         where answer.plan_id = $1 and plan.child_id = $2 and answer.withdrawn_at is null
         order by answer.shared_at, answer.id",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .fetch_all(db.reader())
    .await?;
    let mut answers: Vec<(SharedAnswer, Vec<PersonId>)> = Vec::new();
    for row in &rows {
        let mut answer = SharedAnswer { made: read_made(row)?, ..read_answer(row)? };
        answer.reply = reply_to(db, &answer.id).await?;
        let with = shared_with(db, &answer.id).await?;
        answers.retain(|(earlier, _)| earlier.question != answer.question);
        answers.push((answer, with));
    }
    Ok(answers)
}

/// Those who see an answer.
async fn shared_with(db: &Db, answer: &AnswerId) -> Result<Vec<PersonId>, DbError> {
    let rows =
        sqlx::query("select person_id from shared_with where answer_id = $1 and hidden_at is null order by person_id")
            .bind(answer.to_string())
            .fetch_all(db.reader())
            .await?;
    rows.iter().map(|row| read(row.try_get("person_id")?)).collect()
}

/// What they asked to take back once the meeting had begun.
#[derive(Clone, Debug)]
pub struct AskedBack {
    pub question: String,
    /// Those who still see it.
    pub with: Vec<PersonId>,
    /// Who closed it for everyone, and when.
    pub hidden: Option<(String, Moment)>,
}

/// What they asked to take back in a plan of theirs: of each question the latest.
pub async fn asked_back(db: &Db, permit: &Permit, plan: &PlanId) -> Result<Vec<AskedBack>, DbError> {
    if !is_theirs(permit) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "select answer.id, answer.question, answer.hidden_by, answer.withdrawn_at
         from shared_answer as answer join plan on plan.id = answer.plan_id
         where answer.plan_id = $1 and plan.child_id = $2 and answer.asked_back_at is not null
           and (answer.withdrawn_at is null or answer.hidden_by is not null)
         order by answer.shared_at, answer.id",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .fetch_all(db.reader())
    .await?;
    let mut all: Vec<AskedBack> = Vec::new();
    for row in &rows {
        let at = row.try_get::<Option<i64>, _>("withdrawn_at")?.map(Moment);
        let hidden = row.try_get::<Option<String>, _>("hidden_by")?.zip(at);
        let with = match hidden {
            Some(_) => Vec::new(),
            None => shared_with(db, &read(row.try_get("id")?)?).await?,
        };
        let question: String = row.try_get("question")?;
        all.retain(|earlier| earlier.question != question);
        all.push(AskedBack { question, with, hidden });
    }
    Ok(all)
}

/// What they wrote in an earlier plan of theirs, for them alone.
pub async fn written(db: &Db, permit: &Permit, plan: &PlanId) -> Result<Values, DbError> {
    if !is_theirs(permit) {
        return Ok(Values::default());
    }
    let row = sqlx::query(
        "select document.field_values from document join plan on plan.id = document.plan_id
         where plan.id = $1 and plan.child_id = $2 and document.section = $3",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(SectionId::MyVoice.id())
    .fetch_optional(db.reader())
    .await?;
    let values = row.map(|row| row.try_get::<String, _>("field_values")).transpose()?;
    Ok(values.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
