//! What is kept beside a plan's sections, written whole.

use crate::domain::grant::{LineState, SchoolTerm};
use crate::domain::sections::SectionId;
use crate::server::db::DbError;
use crate::server::db::grants::{bind_asked, term_period, year_period};
use crate::server::ids;
use crate::server::portable::file::{
    Addendum, File, GrantLine, Mark, Offered, Score, Shared, Signature, Step, Translated,
};
use sqlx::AnyConnection;

/// Writes all of it.
pub(super) async fn beside(connection: &mut AnyConnection, file: &File) -> Result<(), DbError> {
    for part in &file.sections {
        for said in &part.translations {
            put_translated(connection, file, part.section, said).await?;
        }
    }
    for offered in &file.offered {
        put_offered(connection, file, offered).await?;
    }
    for step in &file.steps {
        put_step(connection, file, step).await?;
    }
    for signature in &file.signatures {
        put_signature(connection, file, signature).await?;
    }
    for score in &file.quality {
        put_score(connection, file, score).await?;
    }
    for addendum in &file.addenda {
        put_addendum(connection, file, addendum).await?;
    }
    for answer in &file.shared {
        put_shared(connection, file, answer).await?;
    }
    for line in &file.grant {
        put_line(connection, file, line).await?;
        commit(connection, file, line).await?;
    }
    Ok(())
}

async fn put_translated(
    connection: &mut AnyConnection,
    file: &File,
    section: SectionId,
    said: &Translated,
) -> Result<(), DbError> {
    sqlx::query(
        "insert into section_translation (id, plan_id, section, path, wording, words, by_whom, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(said.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(section.id())
    .bind(&said.path)
    .bind(&said.wording)
    .bind(&said.words)
    .bind(&said.by)
    .bind(said.at.0)
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_offered(connection: &mut AnyConnection, file: &File, offered: &Offered) -> Result<(), DbError> {
    sqlx::query(
        "insert into offered_words (id, plan_id, section, words, by_whom, at, words_hash)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(offered.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(offered.section.id())
    .bind(&offered.words)
    .bind(&offered.by)
    .bind(offered.at.0)
    .bind(ids::hashed(&offered.words))
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_step(connection: &mut AnyConnection, file: &File, step: &Step) -> Result<(), DbError> {
    let sections: Vec<_> = step.sections.iter().map(|section| section.id()).collect();
    sqlx::query(
        "insert into plan_step (id, plan_id, step, was, became, by_whom, role, at, reason, sections)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(step.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(step.step.id())
    .bind(step.was.id())
    .bind(step.became.id())
    .bind(&step.by)
    .bind(step.role.id())
    .bind(step.at.0)
    .bind(&step.reason)
    .bind(sections.join(","))
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_signature(connection: &mut AnyConnection, file: &File, signature: &Signature) -> Result<(), DbError> {
    sqlx::query(
        "insert into signature (id, plan_id, by_whom, role, at, statement, hash) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(signature.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(&signature.by)
    .bind(signature.role.id())
    .bind(signature.at.0)
    .bind(&signature.statement)
    .bind(signature.hash.as_deref().unwrap_or_default())
    .execute(&mut *connection)
    .await?;
    for signed in &signature.sections {
        sqlx::query(
            "insert into signed_section (signature_id, plan_id, section, hash, void_at) values ($1, $2, $3, $4, $5)",
        )
        .bind(signature.id.to_string())
        .bind(file.plan.id.to_string())
        .bind(signed.section.id())
        .bind(&signed.hash)
        .bind(signed.void_at.map(|at| at.0))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn put_score(connection: &mut AnyConnection, file: &File, score: &Score) -> Result<(), DbError> {
    sqlx::query(
        "insert into quality_score (plan_id, area, score, comment, by_whom, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(file.plan.id.to_string())
    .bind(&score.area)
    .bind(&score.level)
    .bind(&score.comment)
    .bind(&score.by)
    .bind(score.at.0)
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_addendum(connection: &mut AnyConnection, file: &File, addendum: &Addendum) -> Result<(), DbError> {
    sqlx::query(
        "insert into addendum (id, plan_id, section, words, by_whom, role, at, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(addendum.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(addendum.section.id())
    .bind(&addendum.words)
    .bind(&addendum.by)
    .bind(addendum.role.id())
    .bind(addendum.at.0)
    .bind(&addendum.hash)
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_shared(connection: &mut AnyConnection, file: &File, answer: &Shared) -> Result<(), DbError> {
    let id = answer.id.to_string();
    sqlx::query(
        "insert into shared_answer (id, plan_id, question, pick, words, shared_at, withdrawn_at, helper, helper_name,
           typed_by, checked, language)
         values ($1, $2, $3, $4, $5, $6, null, $7, $8, $9, $10, $11)",
    )
    .bind(&id)
    .bind(file.plan.id.to_string())
    .bind(&answer.question)
    .bind(&answer.pick)
    .bind(&answer.words)
    .bind(answer.at.0)
    .bind(&answer.given.helper)
    .bind(&answer.given.name)
    .bind(&answer.given.typed_by)
    .bind(i64::from(answer.given.checked))
    .bind(answer.given.language.tag())
    .execute(&mut *connection)
    .await?;
    for person in &answer.with {
        sqlx::query("insert into shared_with (answer_id, person_id) values ($1, $2)")
            .bind(&id)
            .bind(person.to_string())
            .execute(&mut *connection)
            .await?;
    }
    for reply in &answer.replies {
        sqlx::query(
            "insert into reply (id, answer_id, verdict, why, by_whom, at, due) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(reply.id.to_string())
        .bind(&id)
        .bind(reply.verdict.id())
        .bind(&reply.why)
        .bind(&reply.by)
        .bind(reply.at.0)
        .bind(reply.due.map(|day| day.to_string()))
        .execute(&mut *connection)
        .await?;
    }
    for said in &answer.translations {
        sqlx::query("insert into translation (id, answer_id, words, by_whom, at) values ($1, $2, $3, $4, $5)")
            .bind(said.id.to_string())
            .bind(&id)
            .bind(&said.words)
            .bind(&said.by)
            .bind(said.at.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn put_line(connection: &mut AnyConnection, file: &File, line: &GrantLine) -> Result<(), DbError> {
    let GrantLine { decided, paid, withdrawn, actual, .. } = line;
    let by = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark.by.clone());
    let at = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark.at.0);
    let query = sqlx::query(
        "insert into grant_line (id, plan_id, child_id, target, item, units, unit_cost, provider, starts, ends,
                                 expected, financial_year, term_year, term, state, reason, requested_by, requested_at,
                                 decided_by, decided_at, paid_by, paid_at, withdrawn_by, withdrawn_at,
                                 actual, actual_by, actual_at, idea)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                 $23, $24, $25, $26, $27, $28)",
    )
    .bind(line.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(file.child.id.to_string());
    bind_asked(query, &line.asked, line.financial_year, term_of(file))
        .bind(&line.state)
        .bind(&line.reason)
        .bind(&line.requested.by)
        .bind(line.requested.at.0)
        .bind(by(decided))
        .bind(at(decided))
        .bind(by(paid))
        .bind(at(paid))
        .bind(by(withdrawn))
        .bind(at(withdrawn))
        .bind(actual.as_ref().map(|actual| actual.words.clone()))
        .bind(actual.as_ref().map(|actual| actual.by.clone()))
        .bind(actual.as_ref().map(|actual| actual.at.0))
        .bind(line.asked.idea.as_ref().map(ToString::to_string))
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds a line that was agreed to what is agreed for the child: the limit holds for it
/// as for any other. It isn't compared with the limit, since it was agreed elsewhere.
async fn commit(connection: &mut AnyConnection, file: &File, line: &GrantLine) -> Result<(), DbError> {
    let state = LineState::read(&line.state, String::new()).map_err(DbError::Unreadable)?;
    let Some(total) = line.asked.total().filter(|_| state.is_committed()) else { return Ok(()) };
    for period in [year_period(line.financial_year), term_period(term_of(file))] {
        sqlx::query(
            "insert into grant_committed (child_id, period, committed) values ($1, $2, $3)
             on conflict (child_id, period) do update set committed = grant_committed.committed + excluded.committed",
        )
        .bind(file.child.id.to_string())
        .bind(period)
        .bind(total.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

fn term_of(file: &File) -> SchoolTerm {
    SchoolTerm { year: file.plan.year, term: file.plan.term }
}
