//! `pep settings`: the authority's own rules.

use super::in_words;
use crate::domain::settings::Authority;
use crate::server::clock;
use crate::server::db::{Db, settings};
use clap::Args;
use std::path::PathBuf;

/// Prints the authority's own rules, or sets them from a file.
#[derive(Args)]
pub(super) struct Settings {
    /// Set the rules to what this file says; lines left out go back to their defaults
    #[arg(long, value_name = "FILE")]
    set: Option<PathBuf>,
}

impl Settings {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        if let Some(file) = self.set {
            let text =
                std::fs::read_to_string(&file).map_err(|error| format!("{} can't be read: {error}", file.display()))?;
            settings::set(db, &Authority::read(&text)?, clock::now()).await.map_err(in_words)?;
        }
        println!("{}", settings::authority(db).await.map_err(in_words)?.written());
        Ok(())
    }
}
