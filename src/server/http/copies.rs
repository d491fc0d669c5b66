//! The addresses of copies: a PDF, or why there is none.

use super::download::no_file;
use crate::api::Problem;
use crate::domain::copies::CopyKind;
use crate::domain::people::PlanId;
use crate::server::desk::Desk;
use crate::server::state::AppState;
use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// A route for each kind of copy.
pub fn routes(router: Router<AppState>) -> Router<AppState> {
    CopyKind::ALL.into_iter().fold(router, |router, kind| {
        let answer = move |State(state): State<AppState>, Path(plan): Path<String>, request: Request| async move {
            match made(state, &plan, kind, request).await {
                Ok(pdf) => sent(kind, pdf),
                Err(problem) => no_file(&plan, &problem),
            }
        };
        router.route(&format!("/plans/{{plan}}/{}", kind.file()), get(answer))
    })
}

async fn made(state: AppState, plan: &str, kind: CopyKind, request: Request) -> Result<Vec<u8>, Problem> {
    let plan: PlanId = plan.parse().map_err(|_| Problem::NotFound)?;
    let (parts, _) = request.into_parts();
    Desk::at(state, &parts).await?.copy(&plan, kind).await
}

/// It opens in the browser and lies in nobody's downloads until they put it there. Its
/// name is that of its kind, never a child's.
fn sent(kind: CopyKind, pdf: Vec<u8>) -> Response {
    let named = format!("inline; filename=\"{}\"", kind.file());
    let head = [
        (header::CONTENT_TYPE, "application/pdf".to_string()),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, "no-store".to_string()),
    ];
    (head, pdf).into_response()
}
