//! The bytes of drawings, recordings and photos: how they come, in pieces, to whom they
//! may be given, and when they are let go.

use super::documents::Commit;
use super::journal::{self, Whose};
use super::{Db, DbError, read};
use crate::domain::access::{Action, Permit};
use crate::domain::calendar::Moment;
use crate::domain::media::{self, Arrived, Claim, MOST_OF_PLAN, MOST_PHOTOS, MediaKind, NotTaken, PIECE};
use crate::domain::people::{MediaId, PersonId, PlanId};
use crate::domain::plan::{DocumentName, State};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::server::clock::DAY;
use crate::server::ids;
use sqlx::{AnyConnection, Row};

/// A piece of media, as it is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Known {
    pub plan: PlanId,
    pub section: SectionId,
    pub by: String,
    pub claim: Claim,
    pub held: usize,
    /// What it is, once all of it is here.
    pub content_type: Option<String>,
}

/// How long what no document names is kept: its edit may be on its way.
const UNNAMED: i64 = 2 * DAY;

/// A piece of media, if there is one with this id.
pub async fn find(db: &Db, id: &MediaId) -> Result<Option<Known>, DbError> {
    let mut connection = db.writer().acquire().await?;
    known(&mut connection, id).await
}

async fn known(connection: &mut AnyConnection, id: &MediaId) -> Result<Option<Known>, DbError> {
    let row = sqlx::query(
        "select plan_id, section, kind, by_whom, length, hash, held, content_type from media where id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    let known = |row: sqlx::any::AnyRow| {
        Ok(Known {
            plan: read(row.try_get("plan_id")?)?,
            section: read(row.try_get("section")?)?,
            by: row.try_get("by_whom")?,
            claim: Claim {
                kind: read(row.try_get("kind")?)?,
                length: row.try_get::<i64, _>("length")? as usize,
                hash: row.try_get("hash")?,
            },
            held: row.try_get::<i64, _>("held")? as usize,
            content_type: row.try_get("content_type")?,
        })
    };
    row.map(known).transpose()
}

/// The bytes that are here.
pub async fn bytes(db: &Db, id: &MediaId) -> Result<Vec<u8>, DbError> {
    let mut connection = db.reader().acquire().await?;
    joined(&mut connection, id).await
}

async fn joined(connection: &mut AnyConnection, id: &MediaId) -> Result<Vec<u8>, DbError> {
    let pieces = sqlx::query("select bytes from media_piece where media_id = $1 order by at")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    let mut all = Vec::new();
    for piece in pieces {
        all.extend(piece.try_get::<Vec<u8>, _>("bytes")?);
    }
    Ok(all)
}

/// One piece as it comes: whose document it is for, under which id, what all of it is
/// said to be, and from which byte on these are.
pub struct Coming<'a> {
    pub name: &'a DocumentName,
    pub id: &'a MediaId,
    pub claim: &'a Claim,
    pub offset: usize,
    pub bytes: &'a [u8],
}

/// Takes a piece, and says how far all of it has arrived. One that comes twice, or before
/// its turn, changes nothing. The last one brings the whole to be looked at.
pub async fn take(
    db: &Db,
    permit: &Permit,
    coming: Coming<'_>,
    at: Moment,
) -> Result<Result<Arrived, NotTaken>, DbError> {
    let Coming { name, id, claim, offset, bytes } = coming;
    if permit.action() != Action::Write(name.section) {
        return Ok(Err(NotTaken::NotYours));
    }
    if let Err(no) = claim.check(name.section) {
        return Ok(Err(no));
    }
    db.settle_for(Whose::Document(name)).await?;
    let mut transaction = db.begin().await?;
    sqlx::query("update plan set state = state where id = $1")
        .bind(name.plan.to_string())
        .execute(&mut *transaction)
        .await?;
    journal::settle_within(db, &mut transaction, Whose::Document(name)).await?;
    let held = match expected(&mut transaction, permit, &coming, at).await? {
        Ok(Arrived { held, whole: false }) => held,
        no_more => return Ok(no_more),
    };
    let after = held + bytes.len();
    if offset != held || bytes.is_empty() || bytes.len() > PIECE || after > claim.length {
        transaction.commit().await?;
        return Ok(Ok(Arrived { held, whole: false }));
    }
    sqlx::query("insert into media_piece (media_id, at, bytes) values ($1, $2, $3)")
        .bind(id.to_string())
        .bind(offset as i64)
        .bind(bytes.to_vec())
        .execute(&mut *transaction)
        .await?;
    sqlx::query("update media set held = $2 where id = $1")
        .bind(id.to_string())
        .bind(after as i64)
        .execute(&mut *transaction)
        .await?;
    let whole = after == claim.length;
    let right = !whole || is_right(&mut transaction, id, claim, at).await?;
    if !right {
        remove(&mut transaction, id).await?;
    }
    transaction.commit().await?;
    Ok(if right { Ok(Arrived { held: after, whole }) } else { Err(NotTaken::NotThat) })
}

/// How far it has arrived by now. The plan is held by then, so that what comes at once is
/// counted one after the other.
async fn expected(
    connection: &mut AnyConnection,
    permit: &Permit,
    coming: &Coming<'_>,
    at: Moment,
) -> Result<Result<Arrived, NotTaken>, DbError> {
    let Coming { name, id, claim, .. } = coming;
    match known(connection, id).await? {
        Some(known) if known.plan != name.plan || known.section != name.section || known.by != permit.by() => {
            return Ok(Err(NotTaken::Another));
        }
        Some(known) if known.content_type.is_some() => {
            let same = known.claim == **claim;
            return Ok(if same { Ok(Arrived { held: known.held, whole: true }) } else { Err(NotTaken::Another) });
        }
        Some(known) if known.claim == **claim => return Ok(Ok(Arrived { held: known.held, whole: false })),
        // It isn't what was begun: a device that was killed may have been wrong about it.
        Some(_) => remove(connection, id).await?,
        None => {}
    }
    let said = said(connection, name).await?;
    if !takes_more(connection, &name.plan).await? && !said.contains(id) {
        return Ok(Err(NotTaken::Closed));
    }
    make_room(connection, name, &said, at).await?;
    if !has_room(connection, name, claim).await? {
        return Ok(Err(NotTaken::PlanIsFull));
    }
    sqlx::query(
        "insert into media (id, plan_id, section, kind, by_whom, length, hash, held, begun_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
    )
    .bind(id.to_string())
    .bind(name.plan.to_string())
    .bind(name.section.id())
    .bind(claim.kind.id())
    .bind(permit.by())
    .bind(claim.length as i64)
    .bind(&claim.hash)
    .bind(at.0)
    .execute(&mut *connection)
    .await?;
    Ok(Ok(Arrived::default()))
}

/// The media that a document names, as it is committed.
async fn said(connection: &mut AnyConnection, name: &DocumentName) -> Result<Vec<MediaId>, DbError> {
    let row = sqlx::query("select field_values from document where name = $1")
        .bind(name.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let values: Values = serde_json::from_str(&row.try_get::<String, _>("field_values")?).unwrap_or_default();
    Ok(media::named(name.section, &values))
}

async fn takes_more(connection: &mut AnyConnection, plan: &PlanId) -> Result<bool, DbError> {
    let row =
        sqlx::query("select state from plan where id = $1").bind(plan.to_string()).fetch_optional(connection).await?;
    match row {
        Some(row) => Ok(read::<State>(row.try_get("state")?)?.takes_edits()),
        None => Ok(false),
    }
}

async fn has_room(connection: &mut AnyConnection, name: &DocumentName, claim: &Claim) -> Result<bool, DbError> {
    let row = sqlx::query(
        "select cast(coalesce(sum(length), 0) as bigint) as bytes,
                cast(coalesce(sum(case when kind = $2 then 1 else 0 end), 0) as bigint) as photos
         from media where plan_id = $1",
    )
    .bind(name.plan.to_string())
    .bind(MediaKind::Photo.id())
    .fetch_one(connection)
    .await?;
    let (bytes, photos): (i64, i64) = (row.try_get("bytes")?, row.try_get("photos")?);
    let room = bytes as usize + claim.length <= MOST_OF_PLAN;
    Ok(room && (claim.kind != MediaKind::Photo || (photos as usize) < MOST_PHOTOS))
}

/// Lets go of what came long ago and its document doesn't name.
async fn make_room(
    connection: &mut AnyConnection,
    name: &DocumentName,
    said: &[MediaId],
    at: Moment,
) -> Result<(), DbError> {
    let old = sqlx::query("select id from media where plan_id = $1 and section = $2 and begun_at < $3")
        .bind(name.plan.to_string())
        .bind(name.section.id())
        .bind(at.0 - UNNAMED)
        .fetch_all(&mut *connection)
        .await?;
    for row in old {
        let id = read::<MediaId>(row.try_get("id")?)?;
        if !said.contains(&id) {
            let_go(connection, name, &id).await?;
        }
    }
    Ok(())
}

/// Whether all of it is what was said at the start, and plainly of its kind.
async fn is_right(connection: &mut AnyConnection, id: &MediaId, claim: &Claim, at: Moment) -> Result<bool, DbError> {
    let all = joined(connection, id).await?;
    let kind = media::content_type(claim.kind, &all);
    let Some(kind) = kind.filter(|_| all.len() == claim.length && ids::hash(&all) == claim.hash) else {
        return Ok(false);
    };
    sqlx::query("update media set complete_at = $2, content_type = $3 where id = $1")
        .bind(id.to_string())
        .bind(at.0)
        .bind(kind)
        .execute(connection)
        .await?;
    Ok(true)
}

async fn remove(connection: &mut AnyConnection, id: &MediaId) -> Result<(), DbError> {
    for from in ["delete from media_piece where media_id = $1", "delete from media where id = $1"] {
        sqlx::query(from).bind(id.to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Removes what a document doesn't name any more, unless it stands shared.
async fn let_go(connection: &mut AnyConnection, name: &DocumentName, id: &MediaId) -> Result<(), DbError> {
    let gone = sqlx::query(
        "select media.id from media where media.id = $1 and media.plan_id = $2 and media.section = $3 and not exists (
           select 1 from shared_answer as answer where answer.plan_id = media.plan_id and answer.withdrawn_at is null
             and (answer.drawing = media.id or answer.recording = media.id))",
    )
    .bind(id.to_string())
    .bind(name.plan.to_string())
    .bind(name.section.id())
    .fetch_optional(&mut *connection)
    .await?;
    if gone.is_some() { remove(connection, id).await } else { Ok(()) }
}

/// Lets go of the media that a commit takes out of a section, or out of what is shared.
pub(super) async fn sweep(connection: &mut AnyConnection, commit: &Commit) -> Result<(), DbError> {
    let (section, values) = (commit.name.section, &commit.values);
    let changed = commit.updates.iter().flat_map(|update| &update.changed);
    let mut out = media::taken_out(section, changed, values);
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
    if out.is_empty() {
        return Ok(());
    }
    let stays = media::named(section, values);
    for id in out.iter().filter(|id| !stays.contains(id)) {
        let_go(connection, &commit.name, id).await?;
    }
    Ok(())
}

/// Lets go of what answers of a plan that were taken back had in them, and the young person
/// doesn't have any more themselves. Their document is never in the journal alone, and
/// whoever calls holds the plan: nobody puts it back into the document meanwhile.
pub(super) async fn let_go_withdrawn(connection: &mut AnyConnection, plan: &PlanId) -> Result<(), DbError> {
    let before = sqlx::query(
        "select distinct media.id from media join shared_answer as answer on answer.plan_id = media.plan_id
         where media.plan_id = $1 and answer.withdrawn_at is not null
           and (answer.drawing = media.id or answer.recording = media.id)",
    )
    .bind(plan.to_string())
    .fetch_all(&mut *connection)
    .await?;
    if before.is_empty() {
        return Ok(());
    }
    let name = DocumentName { plan: plan.clone(), section: SectionId::MyVoice };
    let stays = said(connection, &name).await?;
    for row in before {
        let id = read::<MediaId>(row.try_get("id")?)?;
        if !stays.contains(&id) {
            let_go(connection, &name, &id).await?;
        }
    }
    Ok(())
}

/// Whether it stands shared with a person: by an answer of its own plan that was not
/// taken back.
pub async fn is_shared_with(db: &Db, id: &MediaId, person: &PersonId) -> Result<bool, DbError> {
    let shared = sqlx::query(
        "select answer.id from shared_answer as answer
         join shared_with on shared_with.answer_id = answer.id and shared_with.person_id = $2
         join media on media.id = $1 and media.plan_id = answer.plan_id and media.section = $3
         where answer.withdrawn_at is null and shared_with.hidden_at is null and (answer.drawing = media.id or answer.recording = media.id)",
    )
    .bind(id.to_string())
    .bind(person.to_string())
    .bind(SectionId::MyVoice.id())
    .fetch_optional(db.writer())
    .await?;
    Ok(shared.is_some())
}
