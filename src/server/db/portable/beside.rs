//! What is kept beside a plan's sections, read whole.

use crate::domain::calendar::Moment;
use crate::domain::money::FinancialYear;
use crate::domain::people::{AnswerId, PlanId};
use crate::server::db::grants::{number, read_asked};
use crate::server::db::shared::read_given;
use crate::server::db::{DbError, offered, read};
use crate::server::portable::file::{
    Actual, Addendum, GrantLine, Mark, Offered, Reply, Score, Shared, Signature, Signed, Step, Translation,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

pub(super) async fn steps(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Step>, DbError> {
    let rows = sqlx::query(
        "select id, step, was, became, by_whom, role, at, reason, sections from plan_step
         where plan_id = $1 order by at, id",
    )
    .bind(plan.to_string())
    .fetch_all(connection)
    .await?;
    let step = |row: &AnyRow| {
        let sections: String = row.try_get("sections")?;
        let sections = sections.split(',').filter(|id| !id.is_empty()).map(|id| read(id.to_string()));
        Ok(Step {
            id: read(row.try_get("id")?)?,
            step: read(row.try_get("step")?)?,
            was: read(row.try_get("was")?)?,
            became: read(row.try_get("became")?)?,
            by: row.try_get("by_whom")?,
            role: read(row.try_get("role")?)?,
            at: Moment(row.try_get("at")?),
            reason: row.try_get("reason")?,
            sections: sections.collect::<Result<_, _>>()?,
        })
    };
    rows.iter().map(step).collect()
}

pub(super) async fn signatures(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Signature>, DbError> {
    let rows =
        sqlx::query("select id, by_whom, role, at, statement, hash from signature where plan_id = $1 order by at, id")
            .bind(plan.to_string())
            .fetch_all(&mut *connection)
            .await?;
    let mut all = Vec::new();
    for row in rows {
        let id: String = row.try_get("id")?;
        all.push(Signature {
            sections: signed(&mut *connection, &id).await?,
            id: read(id)?,
            by: row.try_get("by_whom")?,
            role: read(row.try_get("role")?)?,
            at: Moment(row.try_get("at")?),
            statement: row.try_get("statement")?,
            hash: Some(row.try_get("hash")?),
        });
    }
    Ok(all)
}

async fn signed(connection: &mut AnyConnection, signature: &str) -> Result<Vec<Signed>, DbError> {
    let rows = sqlx::query("select section, hash, void_at from signed_section where signature_id = $1")
        .bind(signature)
        .fetch_all(connection)
        .await?;
    let signed = |row: &AnyRow| {
        Ok(Signed {
            section: read(row.try_get("section")?)?,
            hash: row.try_get("hash")?,
            void_at: row.try_get::<Option<i64>, _>("void_at")?.map(Moment),
        })
    };
    let mut all = rows.iter().map(signed).collect::<Result<Vec<Signed>, DbError>>()?;
    all.sort_by_key(|signed| signed.section);
    Ok(all)
}

pub(super) async fn quality(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Score>, DbError> {
    let rows = sqlx::query("select area, score, comment, by_whom, at from quality_score where plan_id = $1")
        .bind(plan.to_string())
        .fetch_all(connection)
        .await?;
    let score = |row: &AnyRow| {
        Ok(Score {
            area: row.try_get("area")?,
            level: row.try_get("score")?,
            comment: row.try_get("comment")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    // The two databases sort words differently.
    let mut all = rows.iter().map(score).collect::<Result<Vec<Score>, DbError>>()?;
    all.sort_by(|a, b| a.area.cmp(&b.area));
    Ok(all)
}

pub(super) async fn addenda(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Addendum>, DbError> {
    let rows = sqlx::query(
        "select id, section, words, by_whom, role, at, hash from addendum where plan_id = $1 order by at, id",
    )
    .bind(plan.to_string())
    .fetch_all(connection)
    .await?;
    let addendum = |row: &AnyRow| {
        Ok(Addendum {
            id: read(row.try_get("id")?)?,
            section: read(row.try_get("section")?)?,
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
            role: read(row.try_get("role")?)?,
            at: Moment(row.try_get("at")?),
            hash: row.try_get("hash")?,
        })
    };
    rows.iter().map(addendum).collect()
}

/// What is offered to the designated teacher, who hasn't let it go.
pub(super) async fn offered(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Offered>, DbError> {
    let put =
        |one: offered::Offered| Offered { id: one.id, section: one.section, words: one.words, by: one.by, at: one.at };
    Ok(offered::of_plan(connection, plan).await?.into_iter().map(put).collect())
}

/// What the young person shared and didn't take back, or ask for: what was taken back is
/// gone.
pub(super) async fn shared(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Shared>, DbError> {
    let rows = sqlx::query(
        "select id, question, pick, words, shared_at, helper, helper_name, typed_by, checked, language from shared_answer
         where plan_id = $1 and withdrawn_at is null and asked_back_at is null order by shared_at, id",
    )
    .bind(plan.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let mut all = Vec::new();
    for row in rows {
        let id: AnswerId = read(row.try_get("id")?)?;
        let with = sqlx::query(
            "select person_id from shared_with where answer_id = $1 and hidden_at is null order by person_id",
        )
        .bind(id.to_string())
        .fetch_all(&mut *connection)
        .await?;
        all.push(Shared {
            question: row.try_get("question")?,
            pick: row.try_get("pick")?,
            words: row.try_get("words")?,
            given: read_given(&row)?,
            at: Moment(row.try_get("shared_at")?),
            with: with.iter().map(|row| read(row.try_get("person_id")?)).collect::<Result<_, _>>()?,
            replies: replies(&mut *connection, &id).await?,
            translations: translations(&mut *connection, &id).await?,
            id,
        });
    }
    Ok(all)
}

async fn replies(connection: &mut AnyConnection, answer: &AnswerId) -> Result<Vec<Reply>, DbError> {
    let rows = sqlx::query("select id, verdict, why, by_whom, at, due from reply where answer_id = $1 order by at, id")
        .bind(answer.to_string())
        .fetch_all(connection)
        .await?;
    let reply = |row: &AnyRow| {
        Ok(Reply {
            id: read(row.try_get("id")?)?,
            verdict: read(row.try_get("verdict")?)?,
            why: row.try_get("why")?,
            due: row.try_get::<Option<String>, _>("due")?.map(read).transpose()?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(reply).collect()
}

async fn translations(connection: &mut AnyConnection, answer: &AnswerId) -> Result<Vec<Translation>, DbError> {
    let rows = sqlx::query("select id, words, by_whom, at from translation where answer_id = $1 order by at, id")
        .bind(answer.to_string())
        .fetch_all(connection)
        .await?;
    let translation = |row: &AnyRow| {
        Ok(Translation {
            id: read(row.try_get("id")?)?,
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(translation).collect()
}

pub(super) async fn grant(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<GrantLine>, DbError> {
    let rows = sqlx::query(
        "select id, target, item, units, unit_cost, provider, starts, ends, expected, idea, financial_year, state,
                reason, requested_by, requested_at, decided_by, decided_at, paid_by, paid_at, withdrawn_by, withdrawn_at,
                actual, actual_by, actual_at
         from grant_line where plan_id = $1 order by requested_at, id",
    )
    .bind(plan.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(line).collect()
}

fn line(row: &AnyRow) -> Result<GrantLine, DbError> {
    let said = mark(row, "actual_by", "actual_at")?;
    let actual = row.try_get::<Option<String>, _>("actual")?.zip(said);
    Ok(GrantLine {
        id: read(row.try_get("id")?)?,
        asked: read_asked(row)?,
        financial_year: FinancialYear(number(row, "financial_year")?),
        state: row.try_get("state")?,
        reason: row.try_get("reason")?,
        requested: Mark { by: row.try_get("requested_by")?, at: Moment(row.try_get("requested_at")?) },
        decided: mark(row, "decided_by", "decided_at")?,
        paid: mark(row, "paid_by", "paid_at")?,
        withdrawn: mark(row, "withdrawn_by", "withdrawn_at")?,
        actual: actual.map(|(words, Mark { by, at })| Actual { words, by, at }),
    })
}

fn mark(row: &AnyRow, by: &str, at: &str) -> Result<Option<Mark>, DbError> {
    let who: Option<String> = row.try_get(by)?;
    let when: Option<i64> = row.try_get(at)?;
    Ok(who.zip(when).map(|(by, at)| Mark { by, at: Moment(at) }))
}
