//! Documents: their updates, snapshots, plain values, history, and what a young
//! person shared out of theirs.

mod put;

use super::journal::Whose;
use super::{Db, DbError, Engine, agreeing, heard, media, read, rows, shared};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::{DocumentName, State};
use crate::domain::seal;
use crate::domain::sections::SectionId;
use crate::domain::values::{Changed, Values};
use crate::domain::voice::{Told, Wish};
use crate::sync::packed;
pub(super) use put::{packed as packed_updates, put, snapshot as put_snapshot};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row, Transaction};
use std::collections::HashSet;
use std::sync::Arc;

/// A document as stored: apply all of `parts` in order.
#[derive(Default)]
pub struct Stored {
    pub seq: i64,
    pub snapshot_seq: i64,
    pub parts: Vec<Vec<u8>>,
    /// Which writer each client number belongs to.
    pub owners: Vec<(u64, String)>,
}

/// Everything that one commit does to one document.
#[derive(Clone)]
pub struct Commit {
    pub name: DocumentName,
    pub updates: Vec<Arc<Accepted>>,
    pub values: Arc<Values>,
    /// The whole document, when it is time for a snapshot.
    pub snapshot: Option<Vec<u8>>,
    /// The number of the last update in `updates`.
    pub seq: i64,
}

impl Commit {
    /// One update, and what the document says with it.
    pub fn of(name: DocumentName, update: Accepted, values: Values) -> Self {
        Self { name, seq: update.seq, updates: vec![update.into()], values: values.into(), snapshot: None }
    }
}

/// One update that passed judgement.
pub struct Accepted {
    pub seq: i64,
    pub by: String,
    pub at: Moment,
    pub bytes: Vec<u8>,
    pub new_clients: Vec<u64>,
    pub changed: Vec<Changed>,
    /// The wishes to share (by question) that this update made.
    pub wishes: Vec<(String, Wish)>,
    /// What else the young person says in it, to be passed on.
    pub told: Vec<Told>,
}

/// An update and its document.
pub struct Written<'a> {
    pub name: &'a DocumentName,
    pub update: &'a Accepted,
}

/// A document as it is committed.
pub async fn load(db: &Db, name: &DocumentName) -> Result<Stored, DbError> {
    db.settle_for(Whose::Document(name)).await?;
    let mut connection = db.writer().acquire().await?;
    stored(&mut connection, name).await
}

/// A document as its tables have it.
pub(super) async fn stored(connection: &mut AnyConnection, name: &DocumentName) -> Result<Stored, DbError> {
    let mut stored = Stored::default();
    let head = sqlx::query(
        "select document.seq, document_snapshot.seq as snapshot_seq, document_snapshot.bytes
         from document left join document_snapshot on document_snapshot.document = document.name
         where document.name = $1",
    )
    .bind(name.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(head) = head else {
        return Ok(stored);
    };
    stored.seq = head.try_get("seq")?;
    stored.snapshot_seq = head.try_get::<Option<i64>, _>("snapshot_seq")?.unwrap_or_default();
    stored.parts.extend(head.try_get::<Option<Vec<u8>>, _>("bytes")?);
    let tail = sqlx::query("select bytes, many from document_update where document = $1 and seq > $2 order by seq")
        .bind(name.to_string())
        .bind(stored.snapshot_seq)
        .fetch_all(&mut *connection)
        .await?;
    for row in tail {
        let bytes: Vec<u8> = row.try_get("bytes")?;
        if row.try_get::<i64, _>("many")? == 1 {
            stored.parts.push(bytes);
            continue;
        }
        let updates =
            packed::unpack(&bytes).ok_or_else(|| DbError::Unreadable(format!("updates of the document {name}")))?;
        stored.parts.extend(updates.iter().map(|update| update.bytes.to_vec()));
    }
    let owners = sqlx::query("select client, by_whom from document_client where document = $1")
        .bind(name.to_string())
        .fetch_all(connection)
        .await?;
    for row in owners {
        stored.owners.push((row.try_get::<i64, _>("client")? as u64, row.try_get("by_whom")?));
    }
    Ok(stored)
}

/// Commits the updates of any number of documents at once: all or none, with all that
/// comes of them. `Closed` says that one of their plans takes no edits any more. Answers
/// the plans whose signatures it took back.
pub async fn commit(db: &Db, commits: &[Commit]) -> Result<Vec<PlanId>, DbError> {
    let mut journal = db.journal.open().await;
    let mut transaction = db.begin().await?;
    let mut plans: Vec<_> = commits.iter().map(|commit| commit.name.plan.to_string()).collect();
    plans.sort();
    plans.dedup();
    let signed = hold_open(&mut transaction, db.engine(), &plans).await?;
    // These follow what the journal has.
    journal.fold(&mut transaction, db, commits).await?;
    let unsigned = take_back(&mut transaction, commits, &signed).await?;
    let all: Vec<_> = commits.iter().collect();
    put(&mut transaction, &db.history, &all).await?;
    for commit in commits {
        let plan = &commit.name.plan;
        for update in &commit.updates {
            for (question, wish) in &update.wishes {
                shared::publish(&mut transaction, plan, question, wish, update.at).await?;
            }
            for told in &update.told {
                heard::hear(&mut transaction, plan, told, update.at).await?;
            }
        }
    }
    for commit in commits {
        media::sweep(&mut transaction, commit).await?;
    }
    transaction.commit().await?;
    journal.clear();
    Ok(unsigned)
}

/// Sections with a signature that stands, each with its plan.
type Signed = HashSet<(String, String)>;

/// Holds plans open while their documents change: nobody closes one of them, or signs it,
/// meanwhile. Answers what is signed in them.
async fn hold_open(
    transaction: &mut Transaction<'static, Any>,
    engine: Engine,
    plans: &[String],
) -> Result<Signed, DbError> {
    let (mut open, mut signed) = (HashSet::new(), Signed::new());
    for some in rows::filled(plans) {
        // SQLite has one writer at a time, and this is it. Where one has to wait for
        // another, what was signed is asked for afterwards.
        if engine == Engine::Postgres {
            hold(transaction, &some).await?;
        }
        let sql = format!(
            "select plan.id, plan.state, signed_section.section from plan
             left join signed_section on signed_section.plan_id = plan.id and signed_section.void_at is null
             where plan.id in ({})",
            rows::numbers(1, some.len())
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for plan in some {
            query = query.bind(plan);
        }
        for row in query.fetch_all(&mut **transaction).await? {
            let plan: String = row.try_get("id")?;
            if let Some(section) = row.try_get::<Option<String>, _>("section")? {
                signed.insert((plan.clone(), section));
            }
            if !read::<State>(row.try_get("state")?)?.is_over() {
                open.insert(plan);
            }
        }
    }
    if open.len() == plans.len() { Ok(signed) } else { Err(DbError::Closed) }
}

/// Keeps plans as they are until the transaction ends.
pub(super) async fn hold(transaction: &mut Transaction<'static, Any>, plans: &[String]) -> Result<(), DbError> {
    let sql = format!("select id from plan where id in ({}) for no key update", rows::numbers(1, plans.len()));
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for plan in plans {
        query = query.bind(plan.clone());
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// Takes back the signatures on what changes. A plan that was being signed is unsigned
/// then, and says why. Answers the plans in which there was one to take back.
async fn take_back(
    transaction: &mut Transaction<'static, Any>,
    commits: &[Commit],
    signed: &Signed,
) -> Result<Vec<PlanId>, DbError> {
    let mut unsigned = Vec::new();
    for commit in commits {
        let (plan, section) = (&commit.name.plan, commit.name.section);
        let is_signed = signed.contains(&(plan.to_string(), section.id().to_string()));
        let Some(last) = commit.updates.last().filter(|_| is_signed && seal::is_signed(section)) else { continue };
        if agreeing::void(transaction, plan, section, Some(&commit.values), last.at).await? {
            unsign(transaction, plan).await?;
            unsigned.push(plan.clone());
        }
    }
    Ok(unsigned)
}

async fn unsign(transaction: &mut Transaction<'static, Any>, plan: &PlanId) -> Result<(), DbError> {
    let [teacher, worker, both] = State::SIGNED;
    sqlx::query("update plan set state = $2 where id = $1 and state in ($3, $4, $5)")
        .bind(plan.to_string())
        .bind(State::Completing.id())
        .bind(teacher.id())
        .bind(worker.id())
        .bind(both.id())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Stores a new document whole: for the demo authority and, later, imports.
pub async fn seed(db: &Db, name: &DocumentName, state: Vec<u8>, values: &Values) -> Result<(), DbError> {
    let update = Accepted {
        seq: 1,
        by: "seed".into(),
        at: crate::server::clock::now(),
        bytes: state,
        new_clients: Vec::new(),
        changed: Vec::new(),
        wishes: Vec::new(),
        told: Vec::new(),
    };
    commit(db, &[Commit::of(name.clone(), update, values.clone())]).await.map(|_| ())
}

/// The plain values of a plan's documents, by section.
pub async fn values_of_plan(db: &Db, plan: &PlanId) -> Result<Vec<(SectionId, Values)>, DbError> {
    values(db, plan, Whose::Plan(plan)).await
}

/// The same of these sections alone: it doesn't matter to them what becomes of the others.
pub async fn values_in(db: &Db, plan: &PlanId, sections: &[SectionId]) -> Result<Vec<(SectionId, Values)>, DbError> {
    let all = values(db, plan, Whose::Sections(plan, sections)).await?;
    Ok(all.into_iter().filter(|(section, _)| sections.contains(section)).collect())
}

async fn values(db: &Db, plan: &PlanId, whose: Whose<'_>) -> Result<Vec<(SectionId, Values)>, DbError> {
    db.settle_for(whose).await?;
    let rows = sqlx::query("select section, field_values from document where plan_id = $1")
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    let mut all = Vec::new();
    for row in rows {
        let section = row.try_get::<String, _>("section")?.parse::<SectionId>();
        let values = serde_json::from_str(&row.try_get::<String, _>("field_values")?);
        if let (Ok(section), Ok(values)) = (section, values) {
            all.push((section, values));
        }
    }
    Ok(all)
}
