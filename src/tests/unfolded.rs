//! What can't be folded: it stops its own readers and nobody else, nothing of it is lost,
//! and it is read as soon as it can be.

use crate::harness::{Folder, Server, and_ends, append, databases, document, open, token};
use crate::journal::{Writer, in_the_journal};
use pep::domain::access::Action;
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::server::db::documents::{self, Commit};
use pep::server::db::journal::{self, Whose};
use pep::server::db::watched::{self, Which};
use pep::server::db::{Db, DbError, agreeing, history};
use pep::server::portable;
use pep::sync::packed::{self, Packed};
use pep::sync::protocol::Message;

/// A row of the journal with what these commits say.
fn row(commits: &[Commit]) -> Vec<u8> {
    let mut row = Vec::new();
    for commit in commits {
        let updates = commit.updates.iter().map(|update| Packed {
            seq: update.seq,
            by: &update.by,
            at: update.at,
            clients: update.new_clients.clone(),
            bytes: &update.bytes,
        });
        packed::put(&mut row, &commit.name, &packed::pack(updates));
    }
    row
}

/// Leaves a row as a server does that ended: nobody remembers it.
async fn leave(db: &Db, row: &[u8]) {
    sqlx::query("insert into journal (gathering, bytes) values ('ended', $1)")
        .bind(row.to_vec())
        .execute(db.writer())
        .await
        .unwrap();
}

async fn aside(db: &Db) -> i64 {
    let (count,): (i64,) = sqlx::query_as("select count(*) from journal_aside").fetch_one(db.reader()).await.unwrap();
    count
}

/// What stands aside is damaged no longer.
async fn mend(db: &Db, damaged: &[u8], whole: &[u8]) {
    let done = sqlx::query("update journal_aside set bytes = $1 where bytes = $2")
        .bind(whole.to_vec())
        .bind(damaged.to_vec())
        .execute(db.writer())
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 1);
}

/// Whoever reads this document is told that it can't be, whichever way they come.
async fn is_stopped(db: &Db, writer: &Writer) {
    let (plan, section, name) = (&writer.plan, SectionId::Progress, writer.name());
    let stopped = |error: DbError| matches!(error, DbError::Unfolded(document) if document == name.to_string());
    assert!(documents::values_of_plan(db, plan).await.is_err_and(stopped));
    assert!(documents::values_in(db, plan, &[section]).await.is_err_and(stopped));
    assert!(documents::load(db, &name).await.is_err_and(stopped));
    assert!(agreeing::seal(db, plan, &[section]).await.is_err_and(stopped));
    assert!(portable::export(db, plan).await.is_err_and(stopped));
    let permit = writer.permit(db, Action::Read(section)).await;
    assert!(history::before(db, &permit, plan, section, None, 9).await.is_err_and(stopped));
    assert!(history::written_in(db, &name).await.is_err_and(stopped));
    let mut transaction = db.begin().await.unwrap();
    assert!(journal::settle_within(db, &mut transaction, Whose::Plan(plan)).await.is_err_and(stopped));
    transaction.rollback().await.unwrap();
    // What else is in the plan is read, and by when it is to be done.
    assert_eq!(watched::find(db, Which::One(plan)).await.unwrap().len(), 1);
    assert!(documents::values_in(db, plan, &[SectionId::MyVoice, SectionId::Targets]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_damaged_row_stops_the_readers_of_its_document_alone() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = &Db::connect(&url).await.unwrap();
        let (mut writer, mut another) = (Writer::arrive(db).await, Writer::arrive(db).await);
        let whole = row(&[writer.types("Reads")]);
        let mut damaged = Vec::new();
        packed::put(&mut damaged, &writer.name(), &[9]);
        leave(db, &[&damaged[..], &row(&[another.types("Sings")])].concat()).await;
        another.is_read(db, "Sings", 1).await;
        is_stopped(db, &writer).await;
        assert_eq!((in_the_journal(db).await, aside(db).await), (0, 1));

        // What follows waits for it, and all else goes on.
        assert!(journal::append(db, &[writer.types(" well"), another.types(" too")]).await.unwrap());
        another.is_read(db, "Sings too", 2).await;
        is_stopped(db, &writer).await;
        let more = writer.types(" now");
        let refused = documents::commit(db, &[another.types("?"), more.clone()]).await;
        assert!(matches!(refused, Err(DbError::Unfolded(_))), "all or nothing");
        another.is_read(db, "Sings too", 2).await;
        assert!(journal::append(db, &[more]).await.unwrap());
        let mut third = Writer::arrive(db).await;
        documents::commit(db, &[third.types("Swims")]).await.unwrap();
        third.is_read(db, "Swims", 1).await;
        is_stopped(db, &writer).await;
        let next = &Db::connect(&url).await.unwrap();
        third.is_read(next, "Swims", 1).await;
        is_stopped(next, &writer).await;
        assert_eq!((in_the_journal(db).await, aside(db).await), (0, 3));

        mend(db, &damaged, &whole).await;
        writer.is_read(next, "Reads well now", 3).await;
        writer.is_read(db, "Reads well now", 3).await;
        assert_eq!(aside(db).await, 0);
    }
}

#[tokio::test]
async fn what_a_table_refuses_waits_until_it_is_taken() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = &Db::connect(&url).await.unwrap();
        let (mut writer, mut another) = (Writer::arrive(db).await, Writer::arrive(db).await);
        assert!(journal::append(db, &[writer.types("Reads")]).await.unwrap());
        writer.is_read(db, "Reads", 1).await;
        let name = writer.name().to_string();
        sqlx::query("insert into document_update (document, seq, by_whom, at, bytes) values ($1, 2, 'nobody', 1, $2)")
            .bind(&name)
            .bind(vec![9_u8])
            .execute(db.writer())
            .await
            .unwrap();
        assert!(journal::append(db, &[another.types("Sings"), writer.types(" well")]).await.unwrap());
        // In a transaction that goes on from it, too.
        let mut third = Writer::arrive(db).await;
        documents::commit(db, &[third.types("Swims")]).await.unwrap();
        another.is_read(db, "Sings", 1).await;
        is_stopped(db, &writer).await;
        third.is_read(db, "Swims", 1).await;

        sqlx::query("delete from document_update where document = $1 and by_whom = 'nobody'")
            .bind(&name)
            .execute(db.writer())
            .await
            .unwrap();
        writer.is_read(db, "Reads well", 2).await;
        assert_eq!((in_the_journal(db).await, aside(db).await), (0, 0));
    }
}

#[tokio::test]
async fn a_row_that_nobody_can_read_stops_nobody_and_is_kept() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = &Db::connect(&url).await.unwrap();
        let (mut writer, mut another) = (Writer::arrive(db).await, Writer::arrive(db).await);
        let (nothing, newer) = (vec![255_u8; 3], format!("{}/dreams", another.plan));
        leave(db, &nothing).await;
        // A section of a newer Pep: what it says, this one can't know.
        leave(db, &[&[newer.len() as u8][..], newer.as_bytes(), &[1, 0]].concat()).await;
        assert!(journal::append(db, &[writer.types("Reads"), another.types("Sings")]).await.unwrap());
        writer.is_read(db, "Reads", 1).await;
        let stopped = documents::values_of_plan(db, &another.plan).await;
        assert!(matches!(stopped, Err(DbError::Unfolded(document)) if document == newer));
        let beside = documents::values_in(db, &another.plan, &[SectionId::Progress]).await.unwrap();
        assert_eq!(beside[0].1.text("strengths"), "Sings");
        assert_eq!((in_the_journal(db).await, aside(db).await), (0, 2));

        let mut third = Writer::arrive(db).await;
        mend(db, &nothing, &row(&[third.types("Swims")])).await;
        third.is_read(&Db::connect(&url).await.unwrap(), "Swims", 1).await;
        assert_eq!(aside(db).await, 1);
    }
}

#[tokio::test]
async fn what_a_server_committed_before_it_ended_is_all_there_for_the_next() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let (mut writer, mut another, third) = and_ends(async || {
            let db = &Db::connect(&url).await.unwrap();
            let (mut writer, mut another) = (Writer::arrive(db).await, Writer::arrive(db).await);
            let mut third = Writer::arrive(db).await;
            assert!(journal::append(db, &[writer.types("Reads"), third.types("Swims")]).await.unwrap());
            db.settle().await.unwrap();
            assert!(journal::append(db, &[writer.types(" well"), another.types("Sings")]).await.unwrap());
            assert!(journal::append(db, &[another.types(" too")]).await.unwrap());
            (writer, another, third)
        });
        and_ends(async || {
            let db = &Db::connect(&url).await.unwrap();
            another.is_read(db, "Sings too", 2).await;
            assert!(journal::append(db, &[writer.types(" now"), another.types("!")]).await.unwrap());
        });
        let db = &Db::connect(&url).await.unwrap();
        writer.is_read(db, "Reads well now", 3).await;
        another.is_read(db, "Sings too!", 3).await;
        third.is_read(db, "Swims", 1).await;
        assert_eq!((in_the_journal(db).await, aside(db).await), (0, 0));
    }
}

/// All that a device has goes over one connection: what can't be opened must not end that.
#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_what_waits_writes_in_all_else_over_the_same_connection() {
    const RUTH: &str = "ruth.osei@hazelbank.example";
    let folder = Folder::with_demo();
    let beside = document(&folder.0, RUTH, "progress", "write");
    let waits = DocumentName { section: SectionId::Targets, ..beside.clone() };
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let mut damaged = Vec::new();
    packed::put(&mut damaged, &waits, &[9]);
    leave(&db, &damaged).await;
    db.settle().await.unwrap();
    assert_eq!(aside(&db).await, 1);
    db.close().await;

    let server = Server::start(&folder);
    let token = token(&folder.0, RUTH);
    let mut ruth = open(server.port, &beside, &token, "ruth").await.writes();
    ruth.name = waits;
    ruth.send(Message::Token(token)).await;
    ruth.name = beside;
    let update = ruth.write(&append(&ruth.document, "strengths", " Still here."));
    ruth.offer(update).await.unwrap();
}
