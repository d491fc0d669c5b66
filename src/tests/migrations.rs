//! Databases of earlier versions: what was written in them is read the same afterwards, and
//! is written on.

use crate::harness::{Folder, databases};
use crate::journal::Writer;
use pep::domain::access::Action;
use pep::domain::sections::SectionId;
use pep::server::db::documents::{self, Commit};
use pep::server::db::{Db, history, journal};
use pep::sync::document::Document;
use sqlx::AnyPool;
use sqlx::migrate::Migrator;
use std::path::Path;

const FIELD: &str = "strengths";

/// One section as an earlier server left it, typed in three goes.
struct Before {
    writer: Writer,
    commits: Vec<Commit>,
    /// The whole of it, as it was after the second.
    snapshot: Option<Vec<u8>>,
}

impl Before {
    fn new(has_snapshot: bool) -> Self {
        let mut writer = Writer::unknown();
        let mut commits = vec![writer.types("Reads"), writer.types(" well")];
        let snapshot = has_snapshot.then(|| writer.document.state());
        commits.push(writer.types(", and sings"));
        Self { writer, commits, snapshot }
    }

    /// Puts it into the tables as they are at a version.
    async fn put(&self, old: &AnyPool, version: i64) {
        self.put_people(old).await;
        self.put_document(old, version).await;
        let (teacher, name) = (self.writer.teacher.to_string(), self.writer.name().to_string());
        sqlx::query("insert into document_client (document, client, by_whom) values ($1, 7, $2)")
            .bind(&name)
            .bind(&teacher)
            .execute(old)
            .await
            .unwrap();
        for commit in &self.commits {
            let update = &commit.updates[0];
            sqlx::query("insert into document_update (document, seq, by_whom, at, bytes) values ($1, $2, $3, $4, $5)")
                .bind(&name)
                .bind(update.seq)
                .bind(&teacher)
                .bind(update.at.0)
                .bind(update.bytes.clone())
                .execute(old)
                .await
                .unwrap();
            sqlx::query(
                "insert into history (id, document, plan_id, section, path, by_whom, at, was, became, last_at)
                 values ($1, $2, $3, 'progress', $4, $5, $6, $7, $8, $9)",
            )
            .bind(pep::server::ids::fresh().to_string())
            .bind(&name)
            .bind(self.writer.plan.to_string())
            .bind(FIELD)
            .bind(&teacher)
            .bind(update.at.0)
            .bind(&update.changed[0].was)
            .bind(&update.changed[0].became)
            .bind(update.at.0)
            .execute(old)
            .await
            .unwrap();
        }
    }

    async fn put_people(&self, old: &AnyPool) {
        let (teacher, child, plan) =
            (self.writer.teacher.to_string(), self.writer.child.to_string(), self.writer.plan.to_string());
        for (sql, ids) in [
            (
                "insert into person (id, name, email, password_hash, made_at) values ($1, 'Ada Penrose', $2, 'hash', 1)",
                [&teacher, &teacher],
            ),
            (
                "insert into child (id, name, full_name, born, year_group)
                 values ($1, $2, 'Lux Invented', '2014-05-01', 'Year 8')",
                [&child, &child],
            ),
            (
                "insert into relationship (id, person_id, child_id, role, since)
                 values ($1, $1, $2, 'designated-teacher', '2026-01-01')",
                [&teacher, &child],
            ),
            (
                "insert into plan (id, child_id, year, term, number, state, made_at)
                 values ($1, $2, 2026, 'autumn', 1, 'drafting', 1)",
                [&plan, &child],
            ),
        ] {
            sqlx::query(sql).bind(ids[0]).bind(ids[1]).execute(old).await.unwrap();
        }
    }

    async fn put_document(&self, old: &AnyPool, version: i64) {
        let (name, plan) = (self.writer.name().to_string(), self.writer.plan.to_string());
        let values = serde_json::to_string(&self.commits[2].values).unwrap();
        let with_snapshot = "insert into document (name, plan_id, section, seq, field_values, snapshot_seq)
                             values ($1, $2, 'progress', 3, $3, 0)";
        let beside_it =
            "insert into document (name, plan_id, section, seq, field_values) values ($1, $2, 'progress', 3, $3)";
        let document = if version < 16 { with_snapshot } else { beside_it };
        sqlx::query(document).bind(&name).bind(&plan).bind(values).execute(old).await.unwrap();
        let Some(snapshot) = &self.snapshot else { return };
        let snapshot_of = match version {
            ..16 => "update document set snapshot_seq = 2, snapshot = $2 where name = $1",
            _ => "insert into document_snapshot (document, seq, bytes) values ($1, 2, $2)",
        };
        sqlx::query(snapshot_of).bind(&name).bind(snapshot.clone()).execute(old).await.unwrap();
    }

    /// All of it is there, and is written on.
    async fn reads_back(mut self, db: &Db) {
        let (name, plan, section) = (self.writer.name(), self.writer.plan.clone(), SectionId::Progress);
        let updates = self.commits.iter().map(|commit| commit.updates[0].bytes.clone());
        let parts: Vec<_> = match &self.snapshot {
            Some(snapshot) => std::iter::once(snapshot.clone()).chain(updates.skip(2)).collect(),
            None => updates.collect(),
        };
        let stored = documents::load(db, &name).await.unwrap();
        assert_eq!((stored.seq, stored.snapshot_seq), (3, if self.snapshot.is_some() { 2 } else { 0 }));
        assert_eq!(stored.owners, [(7, self.writer.teacher.to_string())]);
        assert_eq!(stored.parts, parts);
        let values = documents::values_of_plan(db, &plan).await.unwrap();
        assert_eq!(values, [(section, self.commits[2].values.as_ref().clone())]);
        let permit = self.writer.permit(db, Action::Read(section)).await;
        let lines = history::before(db, &permit, &plan, section, None, 9).await.unwrap();
        let told: Vec<_> =
            lines.iter().rev().map(|(mark, line)| (mark.at, line.last, &line.was, &line.became)).collect();
        let typed = self.commits.iter().map(|commit| &commit.updates[0]);
        let typed: Vec<_> = typed.map(|one| (one.at, one.at, &one.changed[0].was, &one.changed[0].became)).collect();
        assert_eq!(told, typed);

        assert!(journal::append(db, &[self.writer.types("!")]).await.unwrap());
        let stored = documents::load(db, &name).await.unwrap();
        assert_eq!((stored.seq, stored.parts.len()), (4, parts.len() + 1));
        let again = Document::new(section.section(), 8);
        stored.parts.iter().for_each(|part| again.apply(part).unwrap());
        assert_eq!(again.values().text(FIELD), "Reads well, and sings!");
    }
}

/// Fills a database at a version, and brings it up to date.
async fn brought_up_to_date(url: &str, version: i64) {
    sqlx::any::install_default_drivers();
    let old = AnyPool::connect(url).await.unwrap();
    let migrations = Migrator::new(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))).await.unwrap();
    migrations.run_to(version, &old).await.unwrap();
    let all = [Before::new(true), Before::new(false)];
    for before in &all {
        before.put(&old, version).await;
    }
    old.close().await;
    let db = Db::connect(url).await.unwrap();
    for before in all {
        before.reads_back(&db).await;
    }
}

#[tokio::test]
async fn what_was_written_before_snapshots_stood_by_themselves_is_read_the_same() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        brought_up_to_date(&url, 15).await;
    }
}

#[tokio::test]
async fn what_was_written_before_there_was_a_journal_is_read_the_same() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        brought_up_to_date(&url, 18).await;
    }
}
