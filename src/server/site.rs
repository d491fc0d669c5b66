//! The site that this binary carries: wasm, style, pictures, fonts. Names with a
//! hash never change; everything else is asked for again each time.

use crate::app::Assets;
use crate::pages::bundle::Bundle;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::sync::OnceLock;

/// What a binary carries. The binary says it once, as it starts: the server's half is
/// compiled without waiting for the browser's.
static CARRIED: OnceLock<Carried> = OnceLock::new();

struct Carried {
    build: &'static str,
    get: fn(&str) -> Option<EmbeddedFile>,
    names: fn() -> Vec<Cow<'static, str>>,
}

/// Says what this binary carries, and the build's id, which names its files. Where nobody
/// says it, as in a test of the server alone, there is no site.
pub fn carry<Files: RustEmbed>(build: &'static str) {
    // Said a second time, the first stays.
    let _ = CARRIED.set(Carried { build, get: Files::get, names: || Files::iter().collect() });
}

fn get(path: &str) -> Option<EmbeddedFile> {
    CARRIED.get().and_then(|carried| (carried.get)(path))
}

fn build() -> &'static str {
    CARRIED.get().map_or("none", |carried| carried.build)
}

/// The files that a page of a bundle loads.
pub fn assets(bundle: Bundle) -> Assets {
    let part = |extension| format!("/pkg/{}-{}.{extension}", bundle.name(), build());
    Assets { css: part("css"), js: part("js"), wasm: part("wasm") }
}

/// Answers with a file of the site, if there is one at this path.
pub fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let path = path.trim_start_matches('/');
    if path == "sw.js" || path == "build" || path.ends_with(".br") {
        return None;
    }
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accepted| accepted.split(',').any(|name| name.trim().starts_with("br")));
    let packed = takes_brotli.then(|| get(&format!("{path}.br"))).flatten();
    let is_packed = packed.is_some();
    let found = packed.or_else(|| get(path))?;
    let cache = if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let etag = format!("\"{}\"", hex(&found.metadata.sha256_hash()[..12]));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let mut response = Response::new(Body::from(found.data.into_owned()));
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, kind(path).parse().ok()?);
    out.insert(header::CACHE_CONTROL, cache.parse().ok()?);
    out.insert(header::ETAG, etag.parse().ok()?);
    out.insert(header::VARY, "Accept-Encoding".parse().ok()?);
    if is_packed {
        out.insert(header::CONTENT_ENCODING, "br".parse().ok()?);
    }
    Some(response)
}

/// The service worker, told which build it belongs to and what to keep.
pub fn service_worker() -> Response {
    let Some(file) = get("sw.js") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let names = CARRIED.get().map(|carried| (carried.names)());
    let keep: Vec<String> = names
        .into_iter()
        .flatten()
        .filter(|path| {
            // What needs a connection isn't kept for when there is none.
            let office = path.strip_prefix("pkg/").is_some_and(|name| name.starts_with(Bundle::Office.name()));
            let bare =
                path.starts_with("schema/") || matches!(path.as_ref(), "sw.js" | "build" | "CREDITS.md" | "early.js");
            // A language's font is kept once a page used it.
            let font = path.starts_with("fonts/") && path != "fonts/atkinson-next.woff2";
            !path.ends_with(".br") && !bare && !office && !font
        })
        .map(|path| format!("/{path}"))
        .collect();
    let script = String::from_utf8_lossy(&file.data)
        .replace("__BUILD__", build())
        .replace("[\"__FILES__\"]", &serde_json::to_string(&keep).unwrap_or_else(|_| "[]".into()));
    ([(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, "no-cache")], script).into_response()
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript",
        "css" => "text/css",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
