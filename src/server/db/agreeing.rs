//! Steps that move a plan on, and the signatures that stand: each step in one
//! transaction, with everything that it does.

use super::journal::{self, Whose};
use super::{Db, DbError, read, rows, shared};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::{PlanId, Role};
use crate::domain::plan::{State, Term};
use crate::domain::seal;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::workflow::Step;
use crate::server::ids;
use sqlx::{AnyConnection, Row};

/// A step as someone takes it.
pub struct Taken {
    pub step: Step,
    pub from: State,
    pub to: State,
    pub role: Role,
    pub reason: String,
    /// What a returned plan was returned for; empty: all of it.
    pub sections: Vec<SectionId>,
    pub at: Moment,
    /// What a signature is for.
    pub signs: Option<Signing>,
    /// The plan that opens when this one is agreed: the term after it.
    pub next: Option<(i32, Term, i64)>,
}

/// What is signed: the hash of what the signer saw, for the sections they may read.
pub struct Signing {
    pub seen: String,
    pub sections: Vec<SectionId>,
    pub statement: String,
}

/// What became of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    Done,
    /// The plan is no longer where it was when the step was taken.
    Late,
    /// What is signed is not what the signer saw.
    Changed,
}

/// A signature, with the sections that changed since.
#[derive(Clone, Debug)]
pub struct Signature {
    pub by: String,
    pub role: Role,
    pub at: Moment,
    pub hash: String,
    pub void: Vec<SectionId>,
}

/// A step that was taken.
#[derive(Clone, Debug)]
pub struct Logged {
    pub by: String,
    pub at: Moment,
    pub reason: String,
    pub sections: Vec<SectionId>,
}

/// Takes a step.
pub async fn take(db: &Db, permit: &Permit, plan: &PlanId, taken: &Taken) -> Result<Moved, DbError> {
    db.settle_for(Whose::Plan(plan)).await?;
    let mut transaction = db.begin().await?;
    let moved = sqlx::query("update plan set state = $4 where id = $1 and child_id = $2 and state = $3")
        .bind(plan.to_string())
        .bind(permit.child().to_string())
        .bind(taken.from.id())
        .bind(taken.to.id())
        .execute(&mut *transaction)
        .await?;
    if moved.rows_affected() == 0 {
        return Ok(Moved::Late);
    }
    // The plan is held now: what is signed and frozen is all that was committed.
    journal::settle_within(db, &mut transaction, Whose::Plan(plan)).await?;
    log(&mut transaction, permit, plan, taken).await?;
    if let Some(signing) = &taken.signs
        && !sign(&mut transaction, permit, plan, taken, signing).await?
    {
        return Ok(Moved::Changed);
    }
    if taken.step == Step::Return {
        for section in SectionId::ALL.iter().filter(|id| taken.sections.is_empty() || taken.sections.contains(id)) {
            void(&mut transaction, plan, *section, None, taken.at).await?;
        }
    }
    if taken.step == Step::NotYet {
        shared::not_yet(&mut transaction, plan, taken.at).await?;
    }
    if taken.to == State::Agreed {
        freeze(&mut transaction, plan).await?;
    }
    if let Some((year, term, number)) = taken.next {
        open_next(&mut transaction, permit, taken.at, (year, term, number)).await?;
    }
    transaction.commit().await?;
    Ok(Moved::Done)
}

async fn log(connection: &mut AnyConnection, permit: &Permit, plan: &PlanId, taken: &Taken) -> Result<(), DbError> {
    sqlx::query(
        "insert into plan_step (id, plan_id, step, was, became, by_whom, role, at, reason, sections)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(ids::fresh().to_string())
    .bind(plan.to_string())
    .bind(taken.step.id())
    .bind(taken.from.id())
    .bind(taken.to.id())
    .bind(permit.by())
    .bind(taken.role.id())
    .bind(taken.at.0)
    .bind(rows::text(&taken.reason))
    .bind(listed(&taken.sections))
    .execute(connection)
    .await?;
    Ok(())
}

/// Signs what stands now, where it is what the signer saw.
async fn sign(
    connection: &mut AnyConnection,
    permit: &Permit,
    plan: &PlanId,
    taken: &Taken,
    signing: &Signing,
) -> Result<bool, DbError> {
    let hashes = hashes(&mut *connection, plan, &signing.sections).await?;
    let whole = whole(&hashes);
    if whole != signing.seen {
        return Ok(false);
    }
    let id = ids::fresh().to_string();
    sqlx::query(
        "insert into signature (id, plan_id, by_whom, role, at, statement, hash) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&id)
    .bind(plan.to_string())
    .bind(permit.by())
    .bind(taken.role.id())
    .bind(taken.at.0)
    .bind(&signing.statement)
    .bind(whole)
    .execute(&mut *connection)
    .await?;
    for (section, hash) in hashes {
        sqlx::query(
            "insert into signed_section (signature_id, plan_id, section, hash, void_at) values ($1, $2, $3, $4, null)",
        )
        .bind(&id)
        .bind(plan.to_string())
        .bind(section.id())
        .bind(hash)
        .execute(&mut *connection)
        .await?;
    }
    Ok(true)
}

/// Takes back the signatures on a section, but for those on exactly this content.
pub(super) async fn void(
    connection: &mut AnyConnection,
    plan: &PlanId,
    section: SectionId,
    content: Option<&Values>,
    at: Moment,
) -> Result<bool, DbError> {
    let hash = content.map(|values| ids::hashed(&seal::canonical(section, values))).unwrap_or_default();
    let done = sqlx::query(
        "update signed_section set void_at = $4 where plan_id = $1 and section = $2 and hash <> $3 and void_at is null",
    )
    .bind(plan.to_string())
    .bind(section.id())
    .bind(hash)
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Keeps what the plan says of the child's year and school as it is now.
async fn freeze(connection: &mut AnyConnection, plan: &PlanId) -> Result<(), DbError> {
    sqlx::query(
        "update plan set
           year_group = (select year_group from child where child.id = plan.child_id),
           school_name = (select school.name from child join school on school.id = child.school_id
                          where child.id = plan.child_id)
         where id = $1",
    )
    .bind(plan.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

async fn open_next(
    connection: &mut AnyConnection,
    permit: &Permit,
    at: Moment,
    (year, term, number): (i32, Term, i64),
) -> Result<(), DbError> {
    sqlx::query(
        "insert into plan (id, child_id, year, term, number, state, meeting_at, meeting_place, made_at)
         values ($1, $2, $3, $4, $5, $6, null, null, $7) on conflict do nothing",
    )
    .bind(ids::fresh().to_string())
    .bind(permit.child().to_string())
    .bind(i64::from(year))
    .bind(term.id())
    .bind(number)
    .bind(State::Drafting.id())
    .bind(at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The hash of what stands in each of these sections.
async fn hashes(
    connection: &mut AnyConnection,
    plan: &PlanId,
    sections: &[SectionId],
) -> Result<Vec<(SectionId, String)>, DbError> {
    let rows = sqlx::query("select section, field_values from document where plan_id = $1")
        .bind(plan.to_string())
        .fetch_all(connection)
        .await?;
    let mut kept = Vec::new();
    for row in rows {
        let section: SectionId = read(row.try_get("section")?)?;
        let text: String = row.try_get("field_values")?;
        let values: Values = serde_json::from_str(&text).map_err(|error| DbError::Unreadable(error.to_string()))?;
        kept.push((section, values));
    }
    let empty = Values::default();
    let values = |id: SectionId| kept.iter().find(|(section, _)| *section == id).map_or(&empty, |(_, values)| values);
    let signed = sections.iter().filter(|id| seal::is_signed(**id));
    Ok(signed.map(|id| (*id, ids::hashed(&seal::canonical(*id, values(*id))))).collect())
}

/// One hash for all.
fn whole(hashes: &[(SectionId, String)]) -> String {
    let lines: Vec<_> = hashes.iter().map(|(section, hash)| format!("{} {hash}", section.id())).collect();
    ids::hashed(&lines.join("\n"))
}

/// The hash that a signature on these sections would have now.
pub async fn seal(db: &Db, plan: &PlanId, sections: &[SectionId]) -> Result<String, DbError> {
    db.settle_for(Whose::Sections(plan, sections)).await?;
    let mut connection = db.reader().acquire().await?;
    Ok(whole(&hashes(&mut connection, plan, sections).await?))
}

/// The latest signature of each role, the earlier first.
pub async fn signatures(db: &Db, plan: &PlanId) -> Result<Vec<Signature>, DbError> {
    let rows =
        sqlx::query("select id, by_whom, role, at, hash from signature where plan_id = $1 order by at desc, id desc")
            .bind(plan.to_string())
            .fetch_all(db.reader())
            .await?;
    let mut latest: Vec<Signature> = Vec::new();
    for row in rows {
        let role: Role = read(row.try_get("role")?)?;
        if latest.iter().any(|signature| signature.role == role) {
            continue;
        }
        latest.push(Signature {
            by: row.try_get("by_whom")?,
            role,
            at: Moment(row.try_get("at")?),
            hash: row.try_get("hash")?,
            void: voided(db, &row.try_get::<String, _>("id")?).await?,
        });
    }
    latest.reverse();
    Ok(latest)
}

async fn voided(db: &Db, signature: &str) -> Result<Vec<SectionId>, DbError> {
    let rows = sqlx::query("select section from signed_section where signature_id = $1 and void_at is not null")
        .bind(signature)
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(|row| read(row.try_get("section")?)).collect()
}

/// The last time that this step was taken.
pub async fn last(db: &Db, plan: &PlanId, step: Step) -> Result<Option<Logged>, DbError> {
    let row = sqlx::query(
        "select by_whom, at, reason, sections from plan_step where plan_id = $1 and step = $2
         order by at desc, id desc limit 1",
    )
    .bind(plan.to_string())
    .bind(step.id())
    .fetch_optional(db.reader())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let sections: String = row.try_get("sections")?;
    let sections = sections.split(',').filter(|id| !id.is_empty()).map(|id| read(id.to_string()));
    Ok(Some(Logged {
        by: row.try_get("by_whom")?,
        at: Moment(row.try_get("at")?),
        reason: row.try_get("reason")?,
        sections: sections.collect::<Result<_, _>>()?,
    }))
}

fn listed(sections: &[SectionId]) -> String {
    sections.iter().map(|section| section.id()).collect::<Vec<_>>().join(",")
}
