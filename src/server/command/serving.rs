//! The server itself, the demo and the backup.

use super::{Place, in_words};
use crate::server::db::{Db, Engine};
use crate::server::mail::Post;
use crate::server::settings::Settings;
use crate::server::{clock, demo, http, letters};
use clap::Args;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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
    #[command(flatten)]
    mail: Mail,
}

/// How e-mail leaves. Without any of it, reminders are on the pages alone.
#[derive(Args)]
struct Mail {
    /// The mail server, such as smtps://user:password@mail.example
    #[arg(long, env = "PEP_SMTP_URL", hide_env_values = true, value_name = "URL")]
    smtp_url: Option<String>,
    /// Whom e-mail comes from, such as "Pep <pep@authority.example>"
    #[arg(long, env = "PEP_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
    /// For development: write each e-mail into this folder instead of sending it
    #[arg(long, env = "PEP_MAIL_FOLDER", value_name = "FOLDER")]
    mail_folder: Option<PathBuf>,
}

impl Mail {
    fn post(self) -> Result<Post, String> {
        Post::new(self.smtp_url, self.mail_from, self.mail_folder)
    }
}

pub(super) async fn serve(serve: Serve, place: Place) -> Result<(), String> {
    let origin = serve.origin.filter(|origin| !origin.trim().is_empty());
    let settings = Settings::new(place.data, place.database_url, serve.addr, origin)?;
    http::serve(Settings { post: serve.mail.post()?, ..settings }).await
}

#[derive(Args)]
pub(super) struct Remind {
    /// The address that people type, for the links
    #[arg(long, env = "PEP_ORIGIN", value_name = "ADDRESS", default_value = "http://localhost:3000")]
    origin: String,
    #[command(flatten)]
    mail: Mail,
}

/// Sends what is to be sent today and wasn't.
pub(super) async fn remind(remind: Remind, place: Place, db: &Db) -> Result<(), String> {
    let post = remind.mail.post()?;
    if !post.is_there() {
        return Err(
            "Say with --smtp-url and --mail-from how e-mail leaves, or with --mail-folder where to write it".into()
        );
    }
    let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let settings = Settings::new(place.data, place.database_url, nowhere, Some(remind.origin))?;
    let outcome = letters::send_all(db, &Settings { post, ..settings }, clock::now(), true).await.map_err(in_words)?;
    println!("{} sent", outcome.sent);
    match outcome.failed {
        0 => Ok(()),
        failed => Err(format!("{failed} did not go. The server tries them again, and so does this command")),
    }
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
