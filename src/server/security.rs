//! What stands before every request: its number, the headers that harden every
//! answer, the guard against other sites, and a limit on size.

use super::ids;
use super::settings::Settings;
use super::sync_http;
use crate::api::Problem;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Instant;
use tracing::Instrument;

/// The most bytes of one request: far more than any form or update has.
pub const MOST_BYTES: usize = 1024 * 1024;

/// The most bytes of a request that brings a file of 5 MB: in JSON a quote or a letter
/// with an accent takes two.
const MOST_BYTES_OF_A_FILE: usize = 12 * 1024 * 1024;
const WITH_A_FILE: [&str; 2] = ["/v1/import-look", "/v1/import-rows"];

/// The most bytes of a request that brings messages of a connection: the largest alone.
const MOST_BYTES_OF_A_PARCEL: usize = sync_http::MOST_BYTES + 16;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const SEC_FETCH_SITE: &str = "sec-fetch-site";
const ORIGIN: &str = "origin";
const HOST: &str = "host";

const OTHER_SITE: &str = "This came from another site, so it was not done. Open Pep and try again.";
const TOO_BIG: &str = "This is too big to send at once. Shorten it, or send it in parts.";

/// The number of a request, by which its trouble is found in the log.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The number of the request that these extensions belong to.
pub fn request_id(extensions: &Extensions) -> String {
    extensions.get::<RequestId>().map_or_else(ids::request, |id| id.0.clone())
}

/// Puts the guards before a router; the last layer is the first to see a request.
pub fn guarded(router: Router, settings: Arc<Settings>) -> Router {
    router
        .layer(from_fn(small_enough))
        .layer(from_fn_with_state(settings.clone(), from_here))
        .layer(from_fn_with_state(settings, numbered_and_hardened))
}

/// Whether a request that changes something comes from Pep's own pages, as far as
/// browsers say.
pub fn same_origin(headers: &HeaderMap, settings: &Settings) -> bool {
    judge_site(text(headers, SEC_FETCH_SITE), text(headers, ORIGIN), text(headers, HOST), &settings.origin)
}

/// The same for upgrades to a WebSocket, which programs that are no browser ask
/// for as well: they send neither header, and have no cookie to be misused.
pub fn same_origin_or_none(headers: &HeaderMap, settings: &Settings) -> bool {
    let is_a_page = headers.contains_key(SEC_FETCH_SITE) || headers.contains_key(ORIGIN);
    !is_a_page || same_origin(headers, settings)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Browsers say it in `Sec-Fetch-Site`, which no page can forge; older ones only
/// in `Origin`. Who says neither is no browser that we know, and gets nothing done.
fn judge_site(site: Option<&str>, origin: Option<&str>, host: Option<&str>, ours: &str) -> bool {
    match (site, origin) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let name = origin.split_once("://").map(|(_, name)| name);
            origin == ours || (name.is_some() && name == host)
        }
        (None, None) => false,
    }
}

async fn from_here(State(settings): State<Arc<Settings>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !same_origin(request.headers(), &settings) {
        tracing::warn!("refused a request from another site");
        return refused(StatusCode::FORBIDDEN, OTHER_SITE, request.headers());
    }
    next.run(request).await
}

fn most_bytes(path: &str) -> usize {
    match path {
        path if WITH_A_FILE.contains(&path) => MOST_BYTES_OF_A_FILE,
        path if path.starts_with(sync_http::LINES) => MOST_BYTES_OF_A_PARCEL,
        _ => MOST_BYTES,
    }
}

async fn small_enough(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let headers = request.headers().clone();
    let most = most_bytes(request.uri().path());
    let too_big = || refused(StatusCode::PAYLOAD_TOO_LARGE, TOO_BIG, &headers);
    let length = text(&headers, "content-length").and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return too_big();
    }
    // A length may be left out, or wrong: count.
    let (parts, body) = request.into_parts();
    match to_bytes(body, most).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(_) => too_big(),
    }
}

async fn numbered_and_hardened(State(settings): State<Arc<Settings>>, mut request: Request, next: Next) -> Response {
    let id = ids::request();
    request.extensions_mut().insert(RequestId(id.clone()));
    // The path has no names in it, only ids; the query is left out all the same.
    let span = tracing::info_span!("request", id = %id, method = %request.method(), path = %request.uri().path());
    let began = Instant::now();
    let mut response = async move {
        let response = next.run(request).await;
        tracing::debug!(status = response.status().as_u16(), ms = began.elapsed().as_millis() as u64, "answered");
        response
    }
    .instrument(span)
    .await;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    harden(headers, settings.is_https());
    response
}

fn harden(headers: &mut HeaderMap, https: bool) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "microphone=(self), camera=(), geolocation=()"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    // What doesn't say that it may be kept is about people: nobody on the way,
    // and no shared computer, keeps it.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// A refusal that says why: to a page as server functions say it, so that the
/// page shows it; to a plain form in words.
pub fn refused(status: StatusCode, sentence: &str, headers: &HeaderMap) -> Response {
    if text(headers, "accept").is_some_and(|kinds| kinds.contains("text/html")) {
        return (status, sentence.to_string()).into_response();
    }
    (status, axum::Json(Problem::Said(sentence.into()))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://pep.example.org";

    #[test]
    fn a_browser_that_says_where_it_comes_from_is_believed() {
        assert!(judge_site(Some("same-origin"), Some(OURS), None, OURS));
        assert!(judge_site(Some("none"), None, None, OURS));
        assert!(!judge_site(Some("cross-site"), Some(OURS), None, OURS));
        assert!(!judge_site(Some("same-site"), Some("https://other.example.org"), None, OURS));
    }

    #[test]
    fn an_older_browser_is_known_by_its_origin() {
        assert!(judge_site(None, Some(OURS), Some("inside:3000"), OURS));
        assert!(judge_site(None, Some("http://127.0.0.1:3000"), Some("127.0.0.1:3000"), "http://localhost:3000"));
        assert!(!judge_site(None, Some("https://evil.org"), Some("pep.example.org"), OURS));
        assert!(!judge_site(None, Some("null"), None, OURS));
        assert!(!judge_site(None, Some("https://pep.example.org.evil.org"), Some("pep.example.org"), OURS));
        assert!(!judge_site(None, None, Some("pep.example.org"), OURS));
    }

    #[test]
    fn a_socket_is_for_our_own_pages_and_for_programs() {
        let data = std::path::PathBuf::from("data");
        let addr = "127.0.0.1:3000".parse().unwrap();
        let settings = Settings::new(data, Some("sqlite:pep.db".into()), addr, Some(OURS.into())).unwrap();
        let from = |pairs: &[(&'static str, &'static str)]| {
            let headers: HeaderMap = pairs
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            same_origin_or_none(&headers, &settings)
        };
        assert!(from(&[]));
        assert!(from(&[("origin", OURS)]));
        assert!(!from(&[("origin", "https://evil.org"), ("host", "pep.example.org")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn a_request_is_as_big_as_what_it_may_bring() {
        assert_eq!(most_bytes("/v1/sign-in"), MOST_BYTES);
        assert!(most_bytes("/sync/http/abc/send/1") > sync_http::MOST_BYTES);
        assert!(most_bytes("/v1/import-look") > 2 * 5 * 1024 * 1024);
    }

    #[test]
    fn every_answer_is_hardened_and_kept_by_nobody() {
        let mut headers = HeaderMap::new();
        harden(&mut headers, false);
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("strict-transport-security"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=31536000, immutable"));
        harden(&mut headers, true);
        assert_eq!(headers["cache-control"], "max-age=31536000, immutable");
        assert!(headers.contains_key("strict-transport-security"));
    }
}
