//! A plan as a file, for the browser to keep.

use crate::api::{Me, Problem};
use crate::domain::people::PlanId;
use crate::pages::route::Route;
use crate::server::desk::Desk;
use crate::server::state::AppState;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// Answers with one person's view of a plan. Neither the address nor the name of the
/// file says whose plan it is.
pub async fn plan(State(state): State<AppState>, Path(plan): Path<String>, request: Request) -> Response {
    let parts = request.into_parts().0;
    let Ok(plan) = plan.parse::<PlanId>() else { return refused(StatusCode::NOT_FOUND, &Problem::NotFound) };
    let desk = match Desk::at(state, &parts).await {
        Ok(desk) => desk,
        Err(problem) => return refused(StatusCode::INTERNAL_SERVER_ERROR, &problem),
    };
    // A handed-over tablet shows nothing but My voice, whatever is typed.
    if desk.me() == Me::Sitting {
        return Redirect::to(&Route::Voice.path()).into_response();
    }
    let text = match desk.export(&plan).await {
        Ok(text) => text,
        Err(problem) => return no_file(plan, &problem),
    };
    let name = format!("attachment; filename=\"pep-plan-{plan}.json\"");
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_string()),
        (header::CONTENT_DISPOSITION, name),
        // On a shared computer nothing of it stays behind but what somebody kept.
        (header::CACHE_CONTROL, "no-store".to_string()),
    ];
    (headers, text).into_response()
}

/// Answers with a plan's meeting for a calendar: no child's name, and nothing of what
/// the meeting is about.
pub async fn meeting(State(state): State<AppState>, Path(plan): Path<String>, request: Request) -> Response {
    let parts = request.into_parts().0;
    let Ok(plan) = plan.parse::<PlanId>() else { return refused(StatusCode::NOT_FOUND, &Problem::NotFound) };
    let desk = match Desk::at(state, &parts).await {
        Ok(desk) => desk,
        Err(problem) => return refused(StatusCode::INTERNAL_SERVER_ERROR, &problem),
    };
    match desk.invitation(&plan).await {
        Ok(file) => ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH")], file).into_response(),
        Err(problem) => no_file(plan, &problem),
    }
}

/// Why there is no file, or the way to sign in for it.
fn no_file(plan: PlanId, problem: &Problem) -> Response {
    let status = match problem {
        Problem::SignIn => {
            return Redirect::to(&format!("/sign-in?next={}", Route::Plan(plan).path())).into_response();
        }
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::Said(_) => StatusCode::FORBIDDEN,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    refused(status, problem)
}

fn refused(status: StatusCode, problem: &Problem) -> Response {
    (status, problem.sentence()).into_response()
}
