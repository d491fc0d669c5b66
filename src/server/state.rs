//! What every request shares.

use super::auth::Attempts;
use super::db::Db;
use super::rooms::Rooms;
use super::settings::Settings;
use super::sync_http::{Lines, Rights};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use std::sync::Arc;
use tokio::sync::Notify;

/// The server's parts. Copies are cheap and lead to the same parts.
#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    pub settings: Arc<Settings>,
    /// The live documents.
    pub rooms: Rooms,
    /// Connections over plain HTTP.
    pub lines: Lines,
    /// What connections found out about rights.
    pub rights: Rights,
    /// Guesses at passwords and picture codes.
    pub attempts: Arc<Attempts>,
    /// Wakes what sends e-mail.
    pub to_send: Arc<Notify>,
    pub leptos_options: LeptosOptions,
}

impl AppState {
    pub fn new(db: Db, settings: Settings, rooms: Rooms, leptos_options: LeptosOptions) -> Self {
        Self {
            db,
            settings: Arc::new(settings),
            rooms,
            lines: Lines::default(),
            rights: Rights::default(),
            attempts: Arc::default(),
            to_send: Arc::default(),
            leptos_options,
        }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos_options.clone()
    }
}
