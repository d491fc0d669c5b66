//! The authority's own rules, and who changed them.

use super::{Db, DbError, read};
use crate::domain::access::Mandate;
use crate::domain::calendar::Moment;
use crate::domain::settings::{Authority, Group, GroupId};
use crate::server::ids;
use sqlx::{Any, Row, Transaction};

/// The one authority that this Pep is for.
const OWN: &str = "own";

/// Who changed something with `pep settings`.
const COMMAND_LINE: &str = "command-line";

/// One change to one group of rules.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    pub group: GroupId,
    /// A person's name; none where it was done on the command line.
    pub by: Option<String>,
    pub at: Moment,
}

/// The rules as they are set; the defaults where nobody has set any.
pub async fn authority(db: &Db) -> Result<Authority, DbError> {
    let row = sqlx::query("select content from authority where id = $1").bind(OWN).fetch_optional(db.reader()).await?;
    match row {
        None => Ok(Authority::default()),
        Some(row) => kept(row.try_get("content")?),
    }
}

/// Sets all of the rules, from the command line.
pub async fn set(db: &Db, authority: &Authority, at: Moment) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    let before = hold(&mut transaction, at).await?;
    for id in GroupId::ALL {
        let (was, became) = (before.group(id), authority.group(id));
        if was != became {
            log(&mut transaction, &was, &became, COMMAND_LINE, at).await?;
        }
    }
    put(&mut transaction, authority).await?;
    transaction.commit().await?;
    Ok(())
}

/// Puts one group in the place of what the asker saw there. Answers false, and changes
/// nothing, where somebody else has changed that group meanwhile. What stands there
/// already is done: a browser that heard no answer asks again.
pub async fn save(db: &Db, mandate: &Mandate, was: &Group, becomes: &Group, at: Moment) -> Result<bool, DbError> {
    let mut transaction = db.begin().await?;
    let mut authority = hold(&mut transaction, at).await?;
    let now = authority.group(becomes.id());
    if now == *becomes || now != *was {
        transaction.rollback().await?;
        return Ok(now == *becomes);
    }
    authority.put(becomes.clone());
    log(&mut transaction, was, becomes, &mandate.by().to_string(), at).await?;
    put(&mut transaction, &authority).await?;
    transaction.commit().await?;
    Ok(true)
}

/// The last changes, the newest first.
pub async fn changes(db: &Db, most: i64) -> Result<Vec<Changed>, DbError> {
    let rows = sqlx::query(
        "select authority_change.group_name, authority_change.at, person.name
         from authority_change left join person on person.id = authority_change.by_whom
         order by authority_change.at desc, authority_change.id desc limit $1",
    )
    .bind(most)
    .fetch_all(db.reader())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Changed {
                group: read(row.try_get("group_name")?)?,
                by: row.try_get("name")?,
                at: Moment(row.try_get("at")?),
            })
        })
        .collect()
}

/// The rules, held until the transaction ends. To write is what holds a row on both
/// databases: whoever comes second waits here, and reads what the first one wrote.
async fn hold(transaction: &mut Transaction<'static, Any>, at: Moment) -> Result<Authority, DbError> {
    let row = sqlx::query(
        "insert into authority (id, content, set_at) values ($1, $2, $3)
         on conflict (id) do update set set_at = excluded.set_at
         returning content",
    )
    .bind(OWN)
    .bind(Authority::default().written())
    .bind(at.0)
    .fetch_one(&mut **transaction)
    .await?;
    kept(row.try_get("content")?)
}

async fn put(transaction: &mut Transaction<'static, Any>, authority: &Authority) -> Result<(), DbError> {
    sqlx::query("update authority set content = $2 where id = $1")
        .bind(OWN)
        .bind(authority.written())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn log(
    transaction: &mut Transaction<'static, Any>,
    was: &Group,
    became: &Group,
    by: &str,
    at: Moment,
) -> Result<(), DbError> {
    sqlx::query(
        "insert into authority_change (id, group_name, was, became, by_whom, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ids::fresh().to_string())
    .bind(became.id().id())
    .bind(was.written())
    .bind(became.written())
    .bind(by)
    .bind(at.0)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

fn kept(text: String) -> Result<Authority, DbError> {
    Authority::kept(&text).map_err(DbError::Unreadable)
}
