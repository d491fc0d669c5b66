//! The HTTP server: pages, server functions, `/sync`, and the site's files.

mod copies;
mod download;

use super::auth::actor_from_cookie;
use super::db::people;
use super::db::plans::{self, Plan};
use super::db::{Db, DbError};
use super::rooms::Rooms;
use super::settings::Settings;
use super::state::AppState;
use super::sync_http::Lines;
use super::{clock, jobs, media_http, security, site, sync_http, watch, words};
use crate::api::Problem;
use crate::app::{Holder, Keeps, OtherAssets, shell};
use crate::domain::access::{self, Actor};
use crate::domain::people::{PersonId, Role};
use crate::domain::sections::SectionId;
use crate::domain::words::Language;
use crate::pages::bundle::Bundle;
use crate::pages::route::{Place, Route};
use crate::ui::words::Own;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// How hard to pack a page: a carer's travels as 4 kB instead of 17.
const PACKING: i32 = 5;

/// Serves until it is told to stop; what was asked by then is answered.
pub async fn serve(settings: Settings) -> Result<(), String> {
    let listener = tokio::net::TcpListener::bind(settings.addr).await.map_err(|error| {
        format!("Pep can't listen on {}: {error}. Is another program there? Choose another with --addr", settings.addr)
    })?;
    clock::begin_test(settings.addr)?;
    let origin = settings.origin.clone();
    let addr = settings.addr;
    let (router, lines) = router(settings).await?;
    println!("Pep is ready at {origin} (listening on {addr})");
    let stop = async move {
        stopped().await;
        lines.end();
    };
    // Else what is written to somebody waits until they have confirmed what came before:
    // 40 ms, for nothing.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::warn!(%error, "a connection will be slow");
        }
    });
    axum::serve(listener, router).with_graceful_shutdown(stop).await.map_err(|error| error.to_string())
}

async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut ended) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        let _ = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = ended.recv() => {}
    }
}

/// Everything that Pep answers, over its database; and the lines on which an answer
/// may be held back.
pub async fn router(settings: Settings) -> Result<(Router, Lines), String> {
    // Pages are rendered on this runtime; a second call is as good as the first.
    let _ = any_spawner::Executor::init_tokio();
    let db = Db::connect(&settings.database_url).await.map_err(|error| error.to_string())?;
    let (watch, heard) = watch::watch();
    let rooms = Rooms::start(db.clone(), watch)
        .map_err(|error| format!("Pep can't start the thread of its live documents: {error}"))?;
    heard.start(db.clone(), rooms.clone());
    let leptos = LeptosOptions::builder().output_name("pep").build();
    let state = AppState::new(db, settings, rooms, leptos);
    jobs::start(state.clone());
    let (settings, lines) = (state.settings.clone(), state.lines.clone());
    let router = media_http::routes(sync_http::routes(copies::routes(Router::new())))
        .route("/sw.js", get(|| async { site::service_worker() }))
        .route("/offline", get(offline))
        .route("/plans/{plan}/meeting.ics", get(download::meeting))
        .route("/v1/{*name}", get(function).post(function))
        .route("/plans/{plan}/export.json", get(download::plan))
        .fallback(get(page))
        // `security` counts every request's bytes, by what each may bring.
        .layer(DefaultBodyLimit::disable())
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(PACKING)))
        .with_state(state);
    Ok((security::guarded(router, settings), lines))
}

async fn function(State(state): State<AppState>, request: Request) -> Response {
    leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await.into_response()
}

/// Gives the server function that is being answered the status of its refusal. A plain
/// form, from a page that isn't alive yet, is sent back to its page instead.
pub fn say_status(problem: &Problem) {
    let is_form = use_context::<Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(header::ACCEPT)
            .is_some_and(|kinds| kinds.as_bytes().windows(9).any(|kind| kind == b"text/html"))
    });
    let status = StatusCode::from_u16(problem.status()).ok().filter(|_| !is_form);
    if let (Some(response), Some(status)) = (use_context::<ResponseOptions>(), status) {
        response.set_status(status);
    }
}

/// A file of the site, or a page.
async fn page(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path().to_string();
    if let Some(file) = site::file(&path, request.headers()) {
        return file;
    }
    let route = Route::read(&path);
    let asker = match actor_from_cookie(&state, request.headers()).await {
        Ok(asker) => asker,
        Err(error) => return trouble(&request, &error),
    };
    let holder = match (&asker.actor, &route) {
        (None, Route::SignIn | Route::Card) => String::new(),
        (None, _) => return Redirect::to(&format!("/sign-in?next={path}")).into_response(),
        (Some(sitting @ Actor::Sitting { .. }), Route::Voice | Route::Card | Route::SignIn) => sitting.holder(),
        // A handed-over tablet shows nothing but My voice, whatever is typed.
        (Some(Actor::Sitting { .. }), _) => return Redirect::to(&Route::Voice.path()).into_response(),
        (Some(Actor::Adult { .. }), Route::Voice) => return Redirect::to(&Route::Home.path()).into_response(),
        (Some(adult @ Actor::Adult { .. }), _) => adult.holder(),
    };
    let today = clock::now().day();
    let is_carer = asker.actor.as_ref().is_some_and(|actor| match route {
        Route::NotSent => access::was_only_carer(actor),
        _ => access::is_only_carer(actor, today),
    });
    if let (Route::Home, true, Some(person)) = (&route, is_carer, &asker.person) {
        return match plans::latest_for(&state.db, person, today).await {
            Ok(plans) => Redirect::to(&begin(&plans).path()).into_response(),
            Err(error) => trouble(&request, &error),
        };
    }
    if route == Route::Carer && asker.person.is_some() && !is_carer {
        return Redirect::to(&Route::Home.path()).into_response();
    }
    let role = match (&route, &asker.actor) {
        (Route::NotSent, _) => is_carer.then_some(Role::Carer),
        (Route::Section(plan, _), Some(actor)) if Bundle::is_carers_page(&route) => {
            match plans::find(&state.db, plan).await {
                Ok(plan) => plan.and_then(|plan| access::role(actor, &plan.child, today)),
                Err(error) => return trouble(&request, &error),
            }
        }
        _ => None,
    };
    let bundle = Bundle::of(&route, role);
    let keeps = match asker.actor {
        None => String::new(),
        Some(Actor::Sitting { .. }) => Bundle::Voice.name().into(),
        // A carer's phone keeps the carer's own; what else they open, once they do.
        Some(_) if is_carer && bundle == Bundle::Carer => bundle.name().into(),
        Some(_) if is_carer => format!("{} {}", Bundle::Carer.name(), bundle.name()),
        Some(_) => [Bundle::Plan, Bundle::Meeting, Bundle::Voice].map(Bundle::name).join(" "),
    };
    let own = match own_language(&state, asker.person.as_ref().filter(|_| bundle == Bundle::Carer)).await {
        Ok(own) => own,
        Err(error) => return trouble(&request, &error),
    };
    render(state, Some(Visitor { holder, keeps, own }), bundle, path, request).await
}

/// The language that a carer's own pages are in, ready to be said; none for others.
async fn own_language(state: &AppState, carer: Option<&PersonId>) -> Result<Option<Language>, DbError> {
    let Some(person) = carer else { return Ok(None) };
    let language = people::language(&state.db, person).await?.unwrap_or_default();
    Ok(Some(words::said(language).language))
}

/// Who a page is rendered for.
#[derive(Clone)]
struct Visitor {
    holder: String,
    keeps: String,
    own: Option<Language>,
}

/// Where a carer begins: with one child at the questions, or at what was agreed once
/// nothing more can be written; with several at the list of them.
fn begin(plans: &[Plan]) -> Route {
    match plans {
        [plan] if plan.state.takes_edits() => Route::Section(plan.id.clone(), SectionId::CarersView),
        [plan] => Route::Agreed(plan.id.clone()),
        _ => Route::Carer,
    }
}

/// The server's own fault, in words, with the number that finds it in the log.
fn trouble(request: &Request, error: &DbError) -> Response {
    let id = security::request_id(request.extensions());
    tracing::error!(request = %id, %error, "a page could not be answered");
    let sentence = format!("Something went wrong on our side. Try again in a minute. ({id})");
    (StatusCode::INTERNAL_SERVER_ERROR, sentence).into_response()
}

/// The shell that opens without a network: no page in it and nobody's name.
async fn offline(State(state): State<AppState>, request: Request) -> Response {
    render(state, None, Bundle::Plan, "/offline".into(), request).await
}

async fn render(state: AppState, visitor: Option<Visitor>, bundle: Bundle, path: String, request: Request) -> Response {
    let unknown = visitor.is_some() && matches!(Route::read(&path), Route::Unknown);
    let contexts = move || {
        provide_context(state.clone());
        let offline = visitor.is_none();
        let (holder, keeps, own) = match visitor.clone() {
            Some(Visitor { holder, keeps, own }) => (Some(holder), keeps, own),
            None => (None, String::new(), None),
        };
        provide_context(Holder(holder));
        provide_context(Keeps(keeps));
        provide_context(Own(RwSignal::new(own)));
        provide_context(Place::new(Route::read(&path), |_| ()));
        provide_context(site::assets(bundle));
        if offline {
            let [voice, carer, meeting] = [Bundle::Voice, Bundle::Carer, Bundle::Meeting].map(site::assets);
            provide_context(OtherAssets { voice, carer, meeting });
        }
    };
    let app = || {
        guard_content();
        shell()
    };
    let answer = leptos_axum::render_app_async_with_context(contexts, app);
    let mut response: Response<Body> = answer(request).await;
    if unknown {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Only our own scripts, by a number that changes with each answer, and nothing
/// from anywhere else.
fn guard_content() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
