//! The server functions that pages call: who is asking, what for, and what went
//! wrong in words. Each names its own versioned path, so an old tab can still
//! reach a new server. No SQL and no rules here.

pub mod agreed;
pub mod agreeing;
mod cards;
pub mod grant;
pub mod history;
pub mod import;
pub mod influence;
pub mod meeting;
pub mod occasions;
pub mod offered;
mod problem;
pub mod settings;
mod shown;
mod text;
pub mod words;

use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
pub use cards::*;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
pub use problem::{Problem, Sentence, Why};
pub use shown::*;
pub use text::Answer;

#[cfg(feature = "ssr")]
use crate::server::desk::Desk;

#[server(name = WhoAmI, prefix = "/v1", endpoint = "me", input = GetUrl, output = Answer)]
pub async fn me() -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.me()))
}

#[server(prefix = "/v1", endpoint = "home", input = GetUrl, output = Answer)]
pub async fn home() -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.home().await?))
}

#[server(prefix = "/v1", endpoint = "plan", input = GetUrl, output = Answer)]
pub async fn plan(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.plan(&plan).await?))
}

#[server(prefix = "/v1", endpoint = "section", input = GetUrl, output = Answer)]
pub async fn section(plan: PlanId, section: SectionId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.section(&plan, section).await?))
}

/// Adds what a place of a section says in another language, with the name of who adds it
/// and the mark of the wording that it is of.
#[server(prefix = "/v1", endpoint = "translate-written", output = Answer)]
pub async fn translate_written(
    plan: PlanId,
    section: SectionId,
    path: String,
    wording: String,
    words: String,
) -> Result<(), Problem> {
    Desk::asked().await?.translate_written(&plan, section, &path, &wording, &words).await
}

#[server(prefix = "/v1", endpoint = "print", input = GetUrl, output = Answer)]
pub async fn print(plan: PlanId) -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.print(&plan).await?))
}

#[server(prefix = "/v1", endpoint = "sitting", input = GetUrl, output = Answer)]
pub async fn sitting() -> Result<Page, Problem> {
    Ok(Page::of(&Desk::asked().await?.sitting().await?))
}

/// Remembers that this person has seen the plan's changes up to now, or those of one
/// of its sections.
#[server(prefix = "/v1", endpoint = "looked", output = Answer)]
pub async fn looked(plan: PlanId, section: Option<SectionId>) -> Result<(), Problem> {
    Desk::asked().await?.looked(&plan, section).await
}

/// Says that a section is complete, or not yet.
#[server(prefix = "/v1", endpoint = "complete", output = Answer)]
pub async fn complete(plan: PlanId, section: SectionId, completed: bool) -> Result<(), Problem> {
    Desk::asked().await?.complete(&plan, section, completed).await
}

/// Signs in and answers where to go next. The same sentence for an unknown
/// address and a wrong password.
#[server(prefix = "/v1", endpoint = "sign-in", output = Answer)]
pub async fn sign_in(email: String, password: String) -> Result<Me, Problem> {
    Desk::asked().await?.sign_in(&email, &password).await
}

#[server(prefix = "/v1", endpoint = "sign-out", output = Answer)]
pub async fn sign_out() -> Result<(), Problem> {
    Desk::asked().await?.sign_out().await
}

/// Ends the adult's session on this device and begins the young person's sitting.
#[server(prefix = "/v1", endpoint = "hand-over", output = Answer)]
pub async fn hand_over(plan: PlanId) -> Result<(), Problem> {
    Desk::asked().await?.hand_over(&plan).await
}

/// Asks the server about a picture code. Answers the pass that opens the private
/// document; a wrong code uses up one of five tries.
#[server(prefix = "/v1", endpoint = "unlock", output = Answer)]
pub async fn unlock(code: String) -> Result<String, Problem> {
    Desk::asked().await?.unlock(&code).await
}

/// Sets the young person's picture code, and answers the pass it opens.
#[server(prefix = "/v1", endpoint = "choose-code", output = Answer)]
pub async fn choose_code(code: String) -> Result<String, Problem> {
    Desk::asked().await?.choose_code(&code).await
}
