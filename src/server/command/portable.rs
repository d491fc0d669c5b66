//! `pep export` and `pep import`: one plan in the open format.

use super::in_words;
use crate::domain::people::PlanId;
use crate::server::db::Db;
use crate::server::{clock, portable};
use clap::Args;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Writes one plan whole.
#[derive(Args)]
pub(super) struct Export {
    /// The plan's id, as `pep plan add` and the plan's address say it
    #[arg(long, value_name = "ID")]
    plan: PlanId,
    /// The file to write; standard output if left out
    file: Option<PathBuf>,
}

/// Brings in a plan that another Pep wrote.
#[derive(Args)]
pub(super) struct Import {
    /// The file to read
    file: PathBuf,
}

impl Export {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        let found = portable::export(db, &self.plan).await.map_err(in_words)?;
        let plan = found.ok_or_else(|| format!("There is no plan with the id {}", self.plan))?;
        let text = plan.written()?;
        let Some(file) = self.file else {
            return std::io::stdout().write_all(text.as_bytes()).map_err(in_words);
        };
        keep(&file, &text).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{} is there already. Choose a new file, so that nothing is lost", file.display())
            }
            _ => format!("{} can't be written: {error}", file.display()),
        })?;
        eprintln!("The plan is in {}. It holds a child's life: keep it as safe as the database", file.display());
        Ok(())
    }
}

/// Writes a new file that nobody else on the machine may read.
fn keep(file: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

impl Import {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        let file = portable::read(&self.bytes()?)?;
        portable::import(db, &file, clock::now()).await?;
        println!("{}", file.plan.id);
        eprintln!(
            "The plan is here, and nobody can open it yet: say with `pep user join` who is in the team of the child \
             {}. Those whom the file names are here by name alone. They can't sign in: add those who should with \
             `pep user add`. What the young person didn't share stayed where it was",
            file.child.id
        );
        Ok(())
    }

    /// The file, or as much of it as shows that it is too large.
    fn bytes(&self) -> Result<Vec<u8>, String> {
        let unreadable = |error: std::io::Error| format!("{} can't be read: {error}", self.file.display());
        let mut bytes = Vec::new();
        let file = std::fs::File::open(&self.file).map_err(unreadable)?;
        file.take(portable::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok(bytes)
    }
}
