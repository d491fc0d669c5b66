//! Documents: their updates, snapshots, plain values, history, and what a young
//! person shared out of theirs.

use super::{Db, DbError, agreeing, media};
use crate::domain::calendar::Moment;
use crate::domain::media::{named, taken_out};
use crate::domain::people::{MediaId, PlanId};
use crate::domain::plan::{DocumentName, State};
use crate::domain::seal;
use crate::domain::sections::SectionId;
use crate::domain::values::{Changed, Values};
use crate::domain::voice::Wish;
use crate::server::ids;
use sqlx::{Any, AnyConnection, Row, Transaction};

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
pub struct Commit {
    pub name: DocumentName,
    pub updates: Vec<Accepted>,
    pub values: Values,
    /// The whole document, when it is time for a snapshot.
    pub snapshot: Option<Vec<u8>>,
    /// The number of the last update in `updates`.
    pub seq: i64,
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
}

pub async fn load(db: &Db, name: &DocumentName) -> Result<Stored, DbError> {
    let mut stored = Stored::default();
    let head = sqlx::query("select seq, snapshot, snapshot_seq from document where name = $1")
        .bind(name.to_string())
        .fetch_optional(db.writer())
        .await?;
    let Some(head) = head else {
        return Ok(stored);
    };
    stored.seq = head.try_get("seq")?;
    stored.snapshot_seq = head.try_get("snapshot_seq")?;
    stored.parts.extend(head.try_get::<Option<Vec<u8>>, _>("snapshot")?);
    let tail = sqlx::query("select bytes from document_update where document = $1 and seq > $2 order by seq")
        .bind(name.to_string())
        .bind(stored.snapshot_seq)
        .fetch_all(db.writer())
        .await?;
    for row in tail {
        stored.parts.push(row.try_get("bytes")?);
    }
    let owners = sqlx::query("select client, by_whom from document_client where document = $1")
        .bind(name.to_string())
        .fetch_all(db.writer())
        .await?;
    for row in owners {
        stored.owners.push((row.try_get::<i64, _>("client")? as u64, row.try_get("by_whom")?));
    }
    Ok(stored)
}

/// Commits the updates of any number of documents at once: all or none. `Closed` says
/// that one of their plans takes no edits any more. Answers the plans whose signatures
/// it took back.
pub async fn commit(db: &Db, commits: &[Commit]) -> Result<Vec<PlanId>, DbError> {
    let mut transaction = db.begin().await?;
    let mut unsigned = Vec::new();
    for commit in commits {
        if hold_open(&mut transaction, commit).await? {
            unsigned.push(commit.name.plan.clone());
        }
        put_document(&mut transaction, commit).await?;
        for update in &commit.updates {
            put_update(&mut transaction, &commit.name, update).await?;
        }
        sweep(&mut transaction, commit).await?;
    }
    transaction.commit().await?;
    Ok(unsigned)
}

/// Holds a plan open while its document changes, and takes back the signatures on
/// what changes. A plan that was being signed is unsigned then, and says why. Answers
/// whether there was a signature to take back.
async fn hold_open(transaction: &mut Transaction<'static, Any>, commit: &Commit) -> Result<bool, DbError> {
    // Setting the state to itself keeps anyone from closing the plan meanwhile.
    let [agreed, cancelled, superseded, not_needed] = State::OVER;
    let open = sqlx::query("update plan set state = state where id = $1 and state not in ($2, $3, $4, $5)")
        .bind(commit.name.plan.to_string())
        .bind(agreed.id())
        .bind(cancelled.id())
        .bind(superseded.id())
        .bind(not_needed.id())
        .execute(&mut **transaction)
        .await?;
    if open.rows_affected() == 0 {
        return Err(DbError::Closed);
    }
    let Some(last) = commit.updates.last().filter(|_| seal::is_signed(commit.name.section)) else { return Ok(false) };
    let (plan, section) = (&commit.name.plan, commit.name.section);
    let void = agreeing::void(transaction, plan, section, Some(&commit.values), last.at).await?;
    if void {
        let [teacher, worker, both] = State::SIGNED;
        sqlx::query("update plan set state = $2 where id = $1 and state in ($3, $4, $5)")
            .bind(plan.to_string())
            .bind(State::Completing.id())
            .bind(teacher.id())
            .bind(worker.id())
            .bind(both.id())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(void)
}

async fn put_document(transaction: &mut Transaction<'static, Any>, commit: &Commit) -> Result<(), DbError> {
    let values = serde_json::to_string(&commit.values).unwrap_or_else(|_| "{}".into());
    sqlx::query(
        "insert into document (name, plan_id, section, seq, field_values, snapshot, snapshot_seq)
         values ($1, $2, $3, $4, $5, null, 0)
         on conflict (name) do update set seq = excluded.seq, field_values = excluded.field_values",
    )
    .bind(commit.name.to_string())
    .bind(commit.name.plan.to_string())
    .bind(commit.name.section.id())
    .bind(commit.seq)
    .bind(values)
    .execute(&mut **transaction)
    .await?;
    if let Some(snapshot) = &commit.snapshot {
        sqlx::query("update document set snapshot = $2, snapshot_seq = $3 where name = $1")
            .bind(commit.name.to_string())
            .bind(snapshot.clone())
            .bind(commit.seq)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

async fn put_update(
    transaction: &mut Transaction<'static, Any>,
    name: &DocumentName,
    update: &Accepted,
) -> Result<(), DbError> {
    sqlx::query("insert into document_update (document, seq, by_whom, at, bytes) values ($1, $2, $3, $4, $5)")
        .bind(name.to_string())
        .bind(update.seq)
        .bind(&update.by)
        .bind(update.at.0)
        .bind(update.bytes.clone())
        .execute(&mut **transaction)
        .await?;
    for client in &update.new_clients {
        sqlx::query("insert into document_client (document, client, by_whom) values ($1, $2, $3)")
            .bind(name.to_string())
            .bind(*client as i64)
            .bind(&update.by)
            .execute(&mut **transaction)
            .await?;
    }
    // The private document keeps no readable history: drafts of a child's words
    // are nobody's to read.
    if name.section != SectionId::MyVoice {
        for changed in &update.changed {
            put_history(transaction, name, update, changed).await?;
        }
    }
    for (question, wish) in &update.wishes {
        publish(transaction, &name.plan, question, wish, update.at).await?;
    }
    Ok(())
}

/// Lets go of the media that a commit takes out of a section, or out of what is shared.
async fn sweep(connection: &mut AnyConnection, commit: &Commit) -> Result<(), DbError> {
    let (section, values) = (commit.name.section, &commit.values);
    let changed = commit.updates.iter().flat_map(|update| &update.changed);
    let mut out = taken_out(section, changed, values);
    for (question, _) in commit.updates.iter().flat_map(|update| &update.wishes) {
        let before = sqlx::query(
            "select drawing, recording from shared_answer
             where plan_id = $1 and question = $2 and withdrawn_at is not null
               and (drawing is not null or recording is not null)",
        )
        .bind(commit.name.plan.to_string())
        .bind(question)
        .fetch_all(&mut *connection)
        .await?;
        for row in before {
            let ids = [row.try_get::<Option<String>, _>("drawing")?, row.try_get("recording")?];
            out.extend(ids.into_iter().flatten().filter_map(|id| id.parse::<MediaId>().ok()));
        }
    }
    let stays = named(section, values);
    for id in out.iter().filter(|id| !stays.contains(id)) {
        media::let_go(connection, &commit.name, id).await?;
    }
    Ok(())
}

/// How long one person's changes to one field count as one change, in milliseconds.
const ONE_CHANGE: i64 = 60_000;

async fn put_history(
    connection: &mut AnyConnection,
    name: &DocumentName,
    update: &Accepted,
    changed: &Changed,
) -> Result<(), DbError> {
    let last = sqlx::query(
        "select id, by_whom, at from history where document = $1 and path = $2 order by at desc, id desc limit 1",
    )
    .bind(name.to_string())
    .bind(&changed.path)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(last) = last {
        let recent = update.at.0 - last.try_get::<i64, _>("at")? < ONE_CHANGE;
        if recent && last.try_get::<String, _>("by_whom")? == update.by {
            sqlx::query("update history set became = $2, last_at = $3 where id = $1")
                .bind(last.try_get::<String, _>("id")?)
                .bind(&changed.became)
                .bind(update.at.0)
                .execute(&mut *connection)
                .await?;
            return Ok(());
        }
    }
    sqlx::query(
        "insert into history (id, document, plan_id, section, path, by_whom, at, was, became)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(ids::fresh().to_string())
    .bind(name.to_string())
    .bind(name.plan.to_string())
    .bind(name.section.id())
    .bind(&changed.path)
    .bind(&update.by)
    .bind(update.at.0)
    .bind(&changed.was)
    .bind(&changed.became)
    .execute(&mut *connection)
    .await?;
    Ok(())
}

/// Makes a young person's wish true: what was shared of this question is taken
/// back, and the answer as they saw it is given to those they chose, as far as
/// they belong to the child's team.
async fn publish(
    connection: &mut AnyConnection,
    plan: &PlanId,
    question: &str,
    wish: &Wish,
    at: Moment,
) -> Result<(), DbError> {
    sqlx::query(
        "update shared_answer set withdrawn_at = $3 where plan_id = $1 and question = $2 and withdrawn_at is null",
    )
    .bind(plan.to_string())
    .bind(question)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    if wish.with.is_empty() {
        return Ok(());
    }
    let answer = ids::fresh().to_string();
    sqlx::query(
        "insert into shared_answer
           (id, plan_id, question, pick, words, shared_at, withdrawn_at, drawing, recording, picture_words)
         values ($1, $2, $3, $4, $5, $6, null, $7, $8, $9)",
    )
    .bind(&answer)
    .bind(plan.to_string())
    .bind(question)
    .bind(&wish.pick)
    .bind(&wish.words)
    .bind(at.0)
    .bind(wish.drawing.as_ref().map(ToString::to_string))
    .bind(wish.recording.as_ref().map(ToString::to_string))
    .bind(&wish.picture_words)
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
    };
    let commits =
        [Commit { name: name.clone(), updates: vec![update], values: values.clone(), snapshot: None, seq: 1 }];
    commit(db, &commits).await.map(|_| ())
}

/// The plain values of a plan's documents, by section.
pub async fn values_of_plan(db: &Db, plan: &PlanId) -> Result<Vec<(SectionId, Values)>, DbError> {
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
