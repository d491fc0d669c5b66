//! The server itself, the demo and the backup.

use super::{Place, in_words};
use crate::server::db::{Db, Engine};
use crate::server::settings::Settings;
use crate::server::{demo, http};
use clap::Args;
use std::net::SocketAddr;
use std::path::Path;

#[derive(Args)]
pub(super) struct Serve {
    /// Where to listen. Use 0.0.0.0 to be reached from other machines, behind a
    /// proxy that does https
    #[arg(long, env = "PEP_ADDR", default_value = "127.0.0.1:3000", value_name = "HOST:PORT")]
    addr: SocketAddr,
    /// The address that people type, such as https://pep.example.org. Without it
    /// Pep answers this machine alone, at http://localhost
    #[arg(long, env = "PEP_ORIGIN", value_name = "ADDRESS")]
    origin: Option<String>,
}

pub(super) async fn serve(serve: Serve, place: Place) -> Result<(), String> {
    let origin = serve.origin.filter(|origin| !origin.trim().is_empty());
    let settings = Settings::new(place.data, place.database_url, serve.addr, origin)?;
    http::serve(settings).await
}

#[derive(Args)]
pub(super) struct Demo {
    /// Only show how to sign in to a demo that is there already
    #[arg(long)]
    sign_ins: bool,
}

/// Fills an empty database with the demo authority and prints who can sign in.
pub(super) async fn demo(demo: Demo, db: &Db) -> Result<(), String> {
    if !demo.sign_ins {
        demo::fill(db).await?;
    }
    println!("The demo is ready. Nobody in it exists. Start it with `pep serve` and sign in as any of these:\n");
    for sign_in in demo::sign_ins()? {
        println!("  {:<40} {}: {}", sign_in.email, sign_in.name, sign_in.role);
    }
    println!("\nEverybody's password: {}", demo::PASSWORD);
    Ok(())
}

pub(super) async fn backup(db: &Db, file: &Path) -> Result<(), String> {
    if db.engine() == Engine::Postgres {
        return Err("This Pep keeps its data in PostgreSQL: back it up with pg_dump".into());
    }
    if file.exists() {
        return Err(format!("{} is there already. Choose a new file, so that no backup is lost", file.display()));
    }
    let path = file.to_str().ok_or("The file's name has signs that Pep cannot read. Choose another")?;
    db.copy_to(path).await.map_err(in_words)?;
    eprintln!("The backup is in {}. It holds everything: keep it as safe as the database", file.display());
    Ok(())
}
