//! What the server does by itself: it looks every quarter of an hour whether there is
//! something to send, and at once when a meeting was set.

use super::state::AppState;
use super::{clock, letters};
use std::time::Duration;

const QUARTER: Duration = Duration::from_secs(15 * 60);

/// Begins, and goes on for as long as the server does.
pub fn start(state: AppState) {
    if !state.settings.post.is_there() {
        tracing::info!("no e-mail is set up, so reminders are on the pages alone");
        return;
    }
    tokio::spawn(async move {
        loop {
            look(&state).await;
            tokio::select! {
                () = tokio::time::sleep(clock::pause(QUARTER)) => {}
                () = state.to_send.notified() => {}
            }
        }
    });
}

async fn look(state: &AppState) {
    match letters::send_all(&state.db, &state.settings, clock::now(), false).await {
        Ok(outcome) if outcome == letters::Outcome::default() => {}
        Ok(outcome) => tracing::info!(sent = outcome.sent, failed = outcome.failed, "e-mail"),
        Err(error) => tracing::error!(%error, "what is to be sent could not be looked up"),
    }
}
