//! The command line: what the person who looks after the server can do.

mod accounts;
mod authority;
mod password;
mod portable;
mod serving;

use super::clock;
use super::db::Db;
use super::settings;
use clap::{Args, Parser, Subcommand};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// Personal Education Plans for children in care.
///
/// Pep is one program: it keeps everything in one folder and answers browsers.
/// To look at it, fill a folder with an invented authority and start the server:
///
///   pep demo --data demo
///   pep serve --data demo
///
/// To begin for real, add people, children and plans with `pep user`, `pep child`
/// and `pep plan`; every command explains itself with --help.
#[derive(Parser)]
#[command(name = "pep", version, verbatim_doc_comment, arg_required_else_help = true)]
struct Pep {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

/// Where everything is kept.
#[derive(Args, Clone)]
struct Place {
    /// The folder in which Pep keeps its database; it is made where it is missing
    #[arg(long, global = true, env = "PEP_DATA", default_value = "data", value_name = "FOLDER")]
    data: PathBuf,
    /// A PostgreSQL database to use instead of the one in the folder, such as
    /// postgres://pep:secret@localhost/pep
    #[arg(long, global = true, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server; Ctrl-C stops it
    Serve(serving::Serve),
    /// Fill an empty database with an invented authority, and show how to sign in
    Demo(serving::Demo),
    /// Add people who sign in, give them another password, and say what they are to which child
    #[command(subcommand)]
    User(accounts::User),
    /// Add children, and say where they go to school now
    #[command(subcommand)]
    Child(accounts::Child),
    /// Add plans
    #[command(subcommand)]
    Plan(accounts::Plan),
    /// Show the authority's own rules: deadlines, who signs, money, quality; or set them
    Settings(authority::Settings),
    /// Print a token with which a program can sign in as a person, for 90 days
    Token {
        /// The person's e-mail address
        #[arg(long = "user", value_name = "EMAIL")]
        email: String,
    },
    /// List the parts of plans that a person may read or write
    Documents {
        /// The person's e-mail address
        #[arg(long = "user", value_name = "EMAIL")]
        email: String,
    },
    /// Write one plan with everything beside it to a file, for another Pep or program
    Export(portable::Export),
    /// Bring in a plan that another Pep exported
    Import(portable::Import),
    /// Send now what is to be sent by e-mail today and wasn't: the server does it by itself
    Remind(serving::Remind),
    /// Copy the database to a new file, also while the server runs
    Backup {
        /// The file to write
        file: PathBuf,
    },
}

/// Runs the command that was typed. What goes wrong is said in one sentence.
pub fn run() -> ExitCode {
    let pep = Pep::parse();
    begin_log(matches!(pep.command, Command::Serve(_)));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("Pep could not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(pep.command.run(pep.place)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

impl Command {
    async fn run(self, place: Place) -> Result<(), String> {
        if let Command::Serve(serve) = self {
            return serving::serve(serve, place).await;
        }
        // A command works on this machine, as a server that nobody else can reach.
        clock::begin_test((Ipv4Addr::LOCALHOST, 0).into())?;
        let db = place.clone().open().await?;
        let done = match self {
            Command::Serve(_) => Ok(()),
            Command::Demo(demo) => serving::demo(demo, &db).await,
            Command::User(user) => user.run(&db).await,
            Command::Child(child) => child.run(&db).await,
            Command::Plan(plan) => plan.run(&db).await,
            Command::Settings(settings) => settings.run(&db).await,
            Command::Token { email } => accounts::token(&db, &email).await,
            Command::Documents { email } => accounts::documents(&db, &email).await,
            Command::Export(export) => export.run(&db).await,
            Command::Import(import) => import.run(&db).await,
            Command::Remind(remind) => serving::remind(remind, place, &db).await,
            Command::Backup { file } => serving::backup(&db, &file).await,
        };
        db.close().await;
        done
    }
}

impl Place {
    async fn open(self) -> Result<Db, String> {
        let url = settings::database_url_of(&self.data, self.database_url)?;
        Db::connect(&url).await.map_err(in_words)
    }
}

/// A fault in the words of whoever looks after the server.
fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Begins the log, on standard error: standard output is for what a command
/// answers. `RUST_LOG` asks for more or less.
fn begin_log(serves: bool) {
    let usual = if serves { "info,sqlx=warn" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_put_together_rightly() {
        Pep::command().debug_assert();
    }

    #[test]
    fn the_folder_may_stand_after_the_command() {
        let pep = Pep::try_parse_from(["pep", "backup", "whole.db", "--data", "elsewhere"]).ok().unwrap();
        assert_eq!(pep.place.data, PathBuf::from("elsewhere"));
    }
}
