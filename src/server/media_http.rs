//! `/v1/media`: drawings, recordings and photos, over plain HTTP. They come in pieces, so
//! that a connection which drops loses one of them; they go as a whole, and to nobody
//! but the writer's own side and those for whom they are.

use crate::api::Problem;
use crate::domain::access::{self, Action, Actor, Permit};
use crate::domain::media::{Arrived, Claim, Drawing, MediaKind, NotTaken};
use crate::domain::people::MediaId;
use crate::domain::plan::DocumentName;
use crate::server::auth;
use crate::server::clock;
use crate::server::db::media::{self, Coming, Known};
use crate::server::db::{DbError, plans};
use crate::server::state::AppState;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// What opened the private document, where a picture code is set.
const PASS: HeaderName = HeaderName::from_static("x-pep-pass");

pub fn routes(router: Router<AppState>) -> Router<AppState> {
    router
        .route("/v1/media/{id}", get(given))
        .route("/v1/media/{plan}/{section}/{id}", get(arrived))
        .route("/v1/media/{plan}/{section}/{id}/{offset}", axum::routing::put(piece))
}

/// Why there is no answer.
enum No {
    /// There is no such thing, or it isn't theirs to know of.
    Nothing,
    SignIn,
    Taken(NotTaken),
    Trouble(DbError),
}

impl From<DbError> for No {
    fn from(error: DbError) -> Self {
        No::Trouble(error)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        match self {
            No::Nothing => (StatusCode::NOT_FOUND, axum::Json(Problem::NotFound)).into_response(),
            No::SignIn => (StatusCode::UNAUTHORIZED, axum::Json(Problem::SignIn)).into_response(),
            No::Taken(no) => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(no)).into_response(),
            No::Trouble(error) => {
                tracing::error!(%error, "media could not be taken or given");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

async fn actor(state: &AppState, headers: &HeaderMap) -> Result<Actor, No> {
    let pass = headers.get(PASS).and_then(|pass| pass.to_str().ok()).unwrap_or_default();
    auth::actor_for_sync(state, headers, pass).await?.ok_or(No::SignIn)
}

/// The right to write the document that media is for. Whether its plan still takes
/// something, the transaction that takes it finds out.
async fn permit(state: &AppState, headers: &HeaderMap, name: &DocumentName) -> Result<Permit, No> {
    let actor = actor(state, headers).await?;
    let plan = plans::find(&state.db, &name.plan).await?.ok_or(No::Taken(NotTaken::NotYours))?;
    let write = Action::Write(name.section);
    access::decide_in(plan.phase(), &actor, write, (&plan.child, &name.plan), clock::today())
        .map_err(|_| No::Taken(NotTaken::NotYours))
}

fn named(plan: &str, section: &str, id: &str) -> Result<(DocumentName, MediaId), No> {
    let name = format!("{plan}/{section}").parse::<DocumentName>().map_err(|_| No::Nothing)?;
    Ok((name, id.parse().map_err(|_| No::Nothing)?))
}

/// How far a piece of media has arrived, for whoever writes it.
async fn arrived(
    State(state): State<AppState>,
    Path((plan, section, id)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<axum::Json<Arrived>, No> {
    let (name, id) = named(&plan, &section, &id)?;
    let permit = permit(&state, &headers, &name).await?;
    let known = media::find(&state.db, &id).await?;
    let theirs = |known: &Known| known.plan == name.plan && known.section == name.section && known.by == permit.by();
    Ok(axum::Json(match known.filter(theirs) {
        Some(known) => Arrived { held: known.held, whole: known.content_type.is_some() },
        None => Arrived::default(),
    }))
}

/// Takes a piece. It is committed before this answers.
async fn piece(
    State(state): State<AppState>,
    Path((plan, section, id, offset)): Path<(String, String, String, usize)>,
    Query(claim): Query<Claim>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<axum::Json<Arrived>, No> {
    let (name, id) = named(&plan, &section, &id)?;
    let permit = permit(&state, &headers, &name).await?;
    // Writing is work: it keeps the session from ending.
    auth::seen(&state, &headers).await?;
    let coming = Coming { name: &name, id: &id, claim: &claim, offset, bytes: &bytes };
    media::take(&state.db, &permit, coming, clock::now()).await?.map(axum::Json).map_err(No::Taken)
}

/// Gives the whole to those who may have it; to all others there is no such thing.
async fn given(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, No> {
    let actor = actor(&state, &headers).await?;
    let id: MediaId = id.parse().map_err(|_| No::Nothing)?;
    let known = media::find(&state.db, &id).await?.ok_or(No::Nothing)?;
    let content_type = known.content_type.clone().ok_or(No::Nothing)?;
    if !may_have(&state, &actor, &id, &known).await? {
        return Err(No::Nothing);
    }
    let bytes = media::bytes(&state.db, &id).await?;
    let own = matches!(actor, Actor::Sitting { .. });
    // Who draws gets the strokes; everybody else a picture that the server made of them.
    if known.claim.kind == MediaKind::Drawing && !own {
        let drawing = std::str::from_utf8(&bytes).ok().and_then(Drawing::read).ok_or(No::Nothing)?;
        return Ok(sent(&content_type, drawing.svg().into_bytes(), &headers));
    }
    let content_type = if known.claim.kind == MediaKind::Drawing { "text/plain" } else { &content_type };
    Ok(sent(content_type, bytes, &headers))
}

/// Whether somebody may have it: whoever reads its document, and of a young person's
/// those with whom an answer stands shared that it is part of.
async fn may_have(state: &AppState, actor: &Actor, id: &MediaId, known: &Known) -> Result<bool, DbError> {
    let Some(plan) = plans::find(&state.db, &known.plan).await? else { return Ok(false) };
    let may = |action: Action| access::decide(actor, action, &plan.child, &known.plan, clock::today()).is_ok();
    match actor {
        _ if may(Action::Read(known.section)) => Ok(true),
        Actor::Adult { person, .. } if may(Action::OpenPlan) => media::is_shared_with(&state.db, id, person).await,
        _ => Ok(false),
    }
}

/// An answer that nobody keeps on the way, and from which nothing runs. A player may ask
/// for a part: some browsers play nothing else.
fn sent(content_type: &str, bytes: Vec<u8>, headers: &HeaderMap) -> Response {
    let head = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    let asked = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    match asked.and_then(|range| part(range, bytes.len())) {
        Some((from, to)) => {
            let range = format!("bytes {from}-{}/{}", to - 1, bytes.len());
            let part = bytes.get(from..to).unwrap_or_default().to_vec();
            (StatusCode::PARTIAL_CONTENT, head, [(header::CONTENT_RANGE, range)], part).into_response()
        }
        None => (head, bytes).into_response(),
    }
}

/// The part that one range asks for: from its first byte to before its last.
fn part(range: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = match (from, to) {
        ("", last) => (length.checked_sub(last.parse().ok()?)?, length),
        (from, "") => (from.parse().ok()?, length),
        (from, to) => (from.parse().ok()?, to.parse::<usize>().ok()?.checked_add(1)?.min(length)),
    };
    (from < to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_player_gets_the_part_it_asks_for() {
        assert_eq!(part("bytes=0-1", 10), Some((0, 2)));
        assert_eq!(part("bytes=4-", 10), Some((4, 10)));
        assert_eq!(part("bytes=-3", 10), Some((7, 10)));
        assert_eq!(part("bytes=8-99", 10), Some((8, 10)));
        for wrong in ["bytes=10-", "bytes=5-4", "bytes=1-2,4-5", "items=0-1", "bytes=-11", "bytes=a-b"] {
            assert_eq!(part(wrong, 10), None, "{wrong}");
        }
    }
}
