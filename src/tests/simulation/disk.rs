//! The same store as a real database: what is committed stands in its journal until
//! somebody opens a document, and is found there by the next server where this one ends.

use super::authority::Authority;
use super::memory::KeptDocument;
use crate::harness::Folder;
use pep::domain::plan::DocumentName;
use pep::domain::values::Values;
use pep::server::db::Db;
use pep::server::db::documents::{self, Commit, Stored};
use pep::server::rooms::{Room, Store};
use pep::sync::document::Document;
use std::collections::BTreeMap;
use tokio::runtime::{Builder, Runtime};

pub struct Disk {
    /// The server's connections, and what they and its timers run on.
    server: Option<(Db, Runtime)>,
    /// Goes after them.
    folder: Folder,
}

impl Disk {
    /// The plan of a meeting, with documents that have had so many changes already.
    pub fn new(authority: &Authority, documents: &BTreeMap<DocumentName, KeptDocument>) -> Self {
        let mut disk = Self { server: None, folder: Folder::new() };
        disk.ends();
        let (child, plan) = (authority.child.to_string(), authority.plan.to_string());
        let (db, runtime) = disk.server();
        runtime.block_on(async {
            sqlx::query(
                "insert into child (id, name, full_name, born, year_group)
                 values ($1, 'Lux', 'Lux Invented', '2014-05-01', 'Year 8')",
            )
            .bind(&child)
            .execute(db.writer())
            .await
            .unwrap();
            sqlx::query(
                "insert into plan (id, child_id, year, term, number, state, made_at)
                 values ($1, $2, 2026, 'autumn', 1, 'meeting', 1)",
            )
            .bind(&plan)
            .bind(&child)
            .execute(db.writer())
            .await
            .unwrap();
            for (name, document) in documents {
                let values = serde_json::to_string(&Document::new(name.section.section(), 0).values()).unwrap();
                sqlx::query(
                    "insert into document (name, plan_id, section, seq, field_values) values ($1, $2, $3, $4, $5)",
                )
                .bind(name.to_string())
                .bind(&plan)
                .bind(name.section.id())
                .bind(document.stored().seq)
                .bind(values)
                .execute(db.writer())
                .await
                .unwrap();
            }
        });
        disk
    }

    fn server(&self) -> &(Db, Runtime) {
        self.server.as_ref().expect("a server that runs")
    }

    /// The server ends without a goodbye, and the next one opens what there is.
    pub fn ends(&mut self) {
        drop(self.server.take());
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let url = format!("sqlite://{}/pep.db", self.folder.path());
        let db = runtime.block_on(Db::connect(&url)).unwrap();
        self.server = Some((db, runtime));
    }

    pub fn commit(&self, commits: &[Commit]) {
        let (db, runtime) = self.server();
        runtime.block_on(Store::commit(db, commits)).unwrap();
    }

    /// A document as the next room opens it.
    pub fn load(&self, name: &DocumentName, kept: &Stored) -> Stored {
        let (db, runtime) = self.server();
        let stored = runtime.block_on(documents::load(db, name)).unwrap();
        let owners = |stored: &Stored| stored.owners.iter().cloned().collect::<BTreeMap<_, _>>();
        assert_eq!((stored.seq, owners(&stored)), (kept.seq, owners(kept)), "{name}");
        stored
    }

    /// What the database has of a document is what was committed to it.
    pub fn hold(&self, name: &DocumentName, document: &KeptDocument) {
        let truth = document.truth.values();
        let opened = Room::load(name.clone(), self.load(name, &document.stored())).expect("what is stored opens");
        assert_eq!(opened.document().values(), truth, "{name} opens as what was committed");
        let (db, runtime) = self.server();
        runtime.block_on(async {
            let values = documents::values_in(db, &name.plan, &[name.section]).await.unwrap();
            assert_eq!(values, [(name.section, truth.clone())], "pages show {name} as it was committed");
            for changed in Values::default().changes_to(&truth) {
                let told = "select cast(coalesce(sum(case when became = $3 then 1 else 0 end), 0) as bigint),
                            cast(coalesce(sum(case when was = '' then 1 else 0 end), 0) as bigint)
                            from history where document = $1 and path = $2";
                let told: (i64, i64) = sqlx::query_as(told)
                    .bind(name.to_string())
                    .bind(&changed.path)
                    .bind(&changed.became)
                    .fetch_one(db.reader())
                    .await
                    .unwrap();
                assert!(told.0 > 0 && told.1 > 0, "the history of {name} leads from nothing to {changed:?}");
            }
        });
    }
}
