//! Sessions: the browsers that adults signed in on, and the tablets that were
//! handed over to young people. Only hashes of cookies and passes are kept.

use super::{Db, DbError, read};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::people::{CardId, ChildId, PersonId, PlanId};
use crate::server::ids;
use sqlx::Row;
use sqlx::any::AnyRow;

/// How often a picture code may be tried in one sitting.
pub const TRIES: i64 = 5;

#[derive(Clone, Debug)]
pub struct Session {
    pub holder: Holder,
    pub seen_at: Moment,
    pub ends_at: Moment,
}

/// Who has the browser in their hands.
#[derive(Clone, Debug)]
pub enum Holder {
    Adult { person: PersonId, name: String },
    Sitting(Sitting),
}

#[derive(Clone, Debug)]
pub struct Sitting {
    pub child: ChildId,
    pub plan: PlanId,
    /// What the child likes to be called.
    pub name: String,
    /// The child's picture code, where they chose one.
    pub code_hash: Option<String>,
    /// Whether a pass was given out in this sitting.
    pub unlocked: bool,
    /// The tries of the picture code that are used up.
    pub tries: i64,
    /// The card that opened it; none where an adult handed the tablet over.
    pub card: Option<CardId>,
    /// The code was forgotten, and nothing opens before another is chosen.
    pub must_choose: bool,
}

impl Sitting {
    /// Whether the young person may write: the code was given, or there never was one and
    /// an adult knows who has the tablet. Whoever has a card may have found it.
    pub fn is_open(&self) -> bool {
        match self.code_hash.is_some() || self.must_choose {
            true => self.unlocked,
            false => self.card.is_none(),
        }
    }

    pub fn tries_left(&self) -> i64 {
        (TRIES - self.tries).max(0)
    }
}

pub async fn find(db: &Db, hash: &str) -> Result<Option<Session>, DbError> {
    let row = sqlx::query(
        "select session.person_id, session.child_id, session.plan_id, session.pass_hash, session.tries,
                session.seen_at, session.ends_at, session.card_id,
                person.name as person_name, child.name as child_name, child.code_hash, child.code_reset_at
         from session
         left join person on person.id = session.person_id
         left join child on child.id = session.child_id
         where session.token_hash = $1",
    )
    .bind(hash)
    .fetch_optional(db.reader())
    .await?;
    row.as_ref().map(read_session).transpose()
}

/// Begins an adult's session.
pub async fn begin(db: &Db, hash: &str, person: &PersonId, now: Moment, ends: Moment) -> Result<(), DbError> {
    sqlx::query(
        "insert into session (token_hash, person_id, tries, made_at, seen_at, ends_at) values ($1, $2, 0, $3, $3, $4)",
    )
    .bind(hash)
    .bind(person.to_string())
    .bind(now.0)
    .bind(ends.0)
    .execute(db.writer())
    .await?;
    Ok(())
}

/// Ends the adult's session on a device and begins the young person's sitting,
/// both or neither.
pub async fn hand_over(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    from: &str,
    to: &str,
    now: Moment,
    ends: Moment,
) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    sqlx::query("delete from session where token_hash = $1").bind(from).execute(&mut *transaction).await?;
    sqlx::query(
        "insert into session (token_hash, child_id, plan_id, tries, made_at, seen_at, ends_at)
         values ($1, $2, $3, 0, $4, $4, $5)",
    )
    .bind(to)
    .bind(permit.child().to_string())
    .bind(plan.to_string())
    .bind(now.0)
    .bind(ends.0)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Remembers that something was asked in a session.
pub async fn seen(db: &Db, hash: &str, now: Moment) -> Result<(), DbError> {
    sqlx::query("update session set seen_at = $2 where token_hash = $1")
        .bind(hash)
        .bind(now.0)
        .execute(db.writer())
        .await?;
    Ok(())
}

pub async fn end(db: &Db, hash: &str) -> Result<(), DbError> {
    sqlx::query("delete from session where token_hash = $1").bind(hash).execute(db.writer()).await?;
    Ok(())
}

/// Forgets the sessions that are over.
pub async fn sweep(db: &Db, now: Moment) -> Result<(), DbError> {
    sqlx::query("delete from session where ends_at <= $1").bind(now.0).execute(db.writer()).await?;
    Ok(())
}

/// Uses up one try of the picture code, before it is compared: tries made at the
/// same time are counted as well. Answers how many are left, none where all were
/// used before.
pub async fn use_try(db: &Db, hash: &str) -> Result<Option<i64>, DbError> {
    let row = sqlx::query("update session set tries = tries + 1 where token_hash = $1 and tries < $2 returning tries")
        .bind(hash)
        .bind(TRIES)
        .fetch_optional(db.writer())
        .await?;
    row.map(|row| Ok(TRIES - row.try_get::<i64, _>("tries")?)).transpose()
}

/// The code was right: gives the try back, keeps what the pass is known by, and nobody
/// has to let the child choose another.
pub async fn unlock(db: &Db, hash: &str, pass_hash: &str) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    sqlx::query("update session set pass_hash = $2, tries = tries - 1 where token_hash = $1")
        .bind(hash)
        .bind(pass_hash)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(
        "update child set code_asked_by = null, code_asked_at = null
         where id = (select child_id from session where token_hash = $1) and code_asked_by is not null",
    )
    .bind(hash)
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Keeps a child's picture code, what its pass is known by in this sitting, and when it
/// was chosen with a card. Answers false where there is a code already.
pub async fn choose_code(
    db: &Db,
    permit: &Permit,
    hash: &str,
    (code_hash, pass_hash): (&str, &str),
    now: Moment,
) -> Result<bool, DbError> {
    let mut transaction = db.begin().await?;
    let chosen = sqlx::query("update child set code_hash = $2 where id = $1 and code_hash is null")
        .bind(permit.child().to_string())
        .bind(code_hash)
        .execute(&mut *transaction)
        .await?;
    if chosen.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("update session set pass_hash = $2 where token_hash = $1")
        .bind(hash)
        .bind(pass_hash)
        .execute(&mut *transaction)
        .await?;
    // What the pictures before opened elsewhere opens with these alone.
    sqlx::query("update session set pass_hash = null where child_id = $1 and token_hash <> $2")
        .bind(permit.child().to_string())
        .bind(hash)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("update card set chose_code_at = $2 where id = (select card_id from session where token_hash = $1)")
        .bind(hash)
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Whether the private document opens in a sitting: the device has the pass that the
/// picture code gave, or there never was one and an adult handed the tablet over. The cookie
/// alone is not enough, since it outlives the moment in which the code was given.
pub async fn pass_opens(db: &Db, hash: &str, pass: Option<&str>) -> Result<bool, DbError> {
    let row = sqlx::query(
        "select session.pass_hash, session.card_id, child.code_hash, child.code_reset_at
         from session join child on child.id = session.child_id where session.token_hash = $1",
    )
    .bind(hash)
    .fetch_optional(db.writer())
    .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let was_reset = row.try_get::<Option<i64>, _>("code_reset_at")?.is_some();
    if row.try_get::<Option<String>, _>("code_hash")?.is_none() && !was_reset {
        return Ok(row.try_get::<Option<String>, _>("card_id")?.is_none());
    }
    let kept: Option<String> = row.try_get("pass_hash")?;
    Ok(kept.is_some() && kept == pass.map(ids::hashed))
}

fn read_session(row: &AnyRow) -> Result<Session, DbError> {
    let seen_at = Moment(row.try_get("seen_at")?);
    let ends_at = Moment(row.try_get("ends_at")?);
    let person: Option<String> = row.try_get("person_id")?;
    let code_hash: Option<String> = row.try_get("code_hash")?;
    let was_reset = row.try_get::<Option<i64>, _>("code_reset_at")?.is_some();
    let holder = match person {
        Some(person) => Holder::Adult { person: read(person)?, name: row.try_get("person_name")? },
        None => Holder::Sitting(Sitting {
            child: read(row.try_get("child_id")?)?,
            plan: read(row.try_get("plan_id")?)?,
            name: row.try_get("child_name")?,
            must_choose: was_reset && code_hash.is_none(),
            code_hash,
            unlocked: row.try_get::<Option<String>, _>("pass_hash")?.is_some(),
            tries: row.try_get("tries")?,
            card: row.try_get::<Option<String>, _>("card_id")?.map(read).transpose()?,
        }),
    };
    Ok(Session { holder, seen_at, ends_at })
}
