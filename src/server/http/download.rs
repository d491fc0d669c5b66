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
    let text = match exported(state, &plan, request).await {
        // A handed-over tablet shows nothing but My voice, whatever is typed.
        Ok(None) => return Redirect::to(&Route::Voice.path()).into_response(),
        Ok(Some(text)) => text,
        Err(problem) => return no_file(&plan, &problem),
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

async fn exported(state: AppState, plan: &str, request: Request) -> Result<Option<String>, Problem> {
    let plan: PlanId = plan.parse().map_err(|_| Problem::NotFound)?;
    let desk = Desk::at(state, &request.into_parts().0).await?;
    match desk.me() {
        Me::Sitting => Ok(None),
        _ => desk.export(&plan).await.map(Some),
    }
}

/// Answers with a plan's meeting for a calendar: no child's name, and nothing of what
/// the meeting is about.
pub async fn meeting(State(state): State<AppState>, Path(plan): Path<String>, request: Request) -> Response {
    match invited(state, &plan, request).await {
        Ok(file) => ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH")], file).into_response(),
        Err(problem) => no_file(&plan, &problem),
    }
}

async fn invited(state: AppState, plan: &str, request: Request) -> Result<String, Problem> {
    let plan: PlanId = plan.parse().map_err(|_| Problem::NotFound)?;
    Desk::at(state, &request.into_parts().0).await?.invitation(&plan).await
}

/// Why there is no file, or the way to sign in for it. `plan` is as it was asked for.
pub(super) fn no_file(plan: &str, problem: &Problem) -> Response {
    // The plan's page asks for the file again: nobody comes back to a file from a form.
    if *problem == Problem::SignIn {
        let plan = plan.parse().map_or(Route::Home, Route::Plan);
        return Redirect::to(&format!("{}?next={}", Route::SignIn.path(), plan.path())).into_response();
    }
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, format!("{}.", problem.sentence())).into_response()
}
