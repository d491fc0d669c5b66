//! `/sync/http`: the same messages for networks that refuse WebSockets. A request
//! opens a line, others bring messages up, and one waits for those that come down.

use super::line::Line;
use super::transport::Transport;
use super::{Connection, Page, SIGN_IN, cookies};
use crate::server::auth;
use crate::server::security::refused;
use crate::server::state::AppState;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use std::sync::Arc;
use tokio::sync::Notify;

/// Where the requests of lines go, and what may be bigger than a page's form.
pub const LINES: &str = "/sync/http";

const ENDED: &str = "This connection has ended. Pep makes another by itself.";
const NOT_NOW: &str = "Something went wrong on our side. Pep tries again by itself.";

pub fn routes(router: Router<AppState>) -> Router<AppState> {
    router
        .route(LINES, post(open))
        .route("/sync/http/{line}/send/{number}", post(send))
        .route("/sync/http/{line}/listen/{heard}", post(listen))
}

/// Opens a line for somebody who is signed in, and answers its id.
async fn open(State(state): State<AppState>, Query(page): Query<Page>, headers: HeaderMap) -> Response {
    // A line alone is nobody's work, so it doesn't keep a session from ending.
    let actor = match auth::actor_for_sync(&state, &headers, "").await {
        Ok(actor) => actor,
        Err(error) => {
            tracing::error!(%error, "a line could not be opened");
            return refused(StatusCode::SERVICE_UNAVAILABLE, NOT_NOW, &headers);
        }
    };
    let theirs = actor.filter(|actor| page.is_of(actor));
    let (Some(actor), Some(session)) = (theirs, auth::session_shown(&state, &headers)) else {
        return refused(StatusCode::UNAUTHORIZED, SIGN_IN, &headers);
    };
    let end = Arc::<Notify>::default();
    let ear = state.lines.open(session, actor.holder(), end.clone());
    let id = ear.id().to_string();
    tokio::spawn(Connection::serve(state, page, cookies(&headers), Transport::Line(ear), end));
    id.into_response()
}

/// Takes a parcel of messages.
async fn send(
    State(state): State<AppState>,
    Path((line, number)): Path<(String, String)>,
    headers: HeaderMap,
    parcel: Bytes,
) -> Response {
    let taken = match (line_of(&state, &headers, &line), number.parse()) {
        (Some(line), Ok(number)) => line.take(number, parcel).await,
        _ => false,
    };
    if taken { StatusCode::NO_CONTENT.into_response() } else { refused(StatusCode::GONE, ENDED, &headers) }
}

/// Answers the messages after those that the other side has.
async fn listen(
    State(state): State<AppState>,
    Path((line, heard)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let messages = match (line_of(&state, &headers, &line), heard.parse()) {
        (Some(line), Ok(heard)) => line.listen(heard).await,
        _ => None,
    };
    match messages {
        Some(parcel) => ([(header::CONTENT_TYPE, "application/octet-stream")], parcel).into_response(),
        None => refused(StatusCode::GONE, ENDED, &headers),
    }
}

fn line_of(state: &AppState, headers: &HeaderMap, id: &str) -> Option<Arc<Line>> {
    state.lines.find(id, &auth::session_shown(state, headers)?)
}
