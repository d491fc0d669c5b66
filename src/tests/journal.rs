//! The journal: what is committed is read by everybody, once, whoever folds it and
//! whatever ends meanwhile.

use crate::harness::{Folder, databases, new_child};
use axum::body::Bytes;
use futures_util::FutureExt;
use pep::domain::access::{Action, Actor, Permit, decide};
use pep::domain::calendar::Moment;
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::server::db::documents::{self, Accepted, Commit};
use pep::server::db::journal::Whose;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, history, journal, people, plans};
use pep::server::rooms::{Ask, Keeper, Outgoing, Right, SocketId};
use pep::server::watch::watch;
use pep::sync::document::{Document, Edit};
use pep::sync::protocol::{Frame, Message};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};

const NOW: Moment = Moment(1_795_000_000_000);
const FIELD: &str = "strengths";
const SOCKET: SocketId = SocketId(1);

/// A teacher who writes in one section of one plan.
pub struct Writer {
    pub teacher: PersonId,
    pub child: ChildId,
    pub plan: PlanId,
    pub document: Document,
    seq: i64,
}

impl Writer {
    /// As they come into an older database: nobody knows them yet.
    pub fn unknown() -> Self {
        let id = pep::server::ids::fresh;
        let document = Document::new(SectionId::Progress.section(), 7);
        let (teacher, child, plan) = (PersonId::new(id()), ChildId::new(id()), PlanId::new(id()));
        Self { teacher, child, plan, document, seq: 0 }
    }

    pub async fn arrive(db: &Db) -> Self {
        let address = format!("{}@journal.example", pep::server::ids::fresh());
        let teacher = people::add(db, "Ada Penrose", &address, "hash", NOW).await.unwrap();
        let child = people::add_child(db, &new_child("Lux")).await.unwrap();
        let since = NOW.day().plus(-30);
        let part = Relationship { child: child.clone(), role: Role::DesignatedTeacher, since, until: None };
        people::join(db, &teacher, &part).await.unwrap();
        let plan = NewPlan {
            child: child.clone(),
            year: 2026,
            term: Term::Autumn,
            number: None,
            state: State::Drafting,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        Self { teacher, child, plan, document: Document::new(SectionId::Progress.section(), 7), seq: 0 }
    }

    pub fn name(&self) -> DocumentName {
        DocumentName { plan: self.plan.clone(), section: SectionId::Progress }
    }

    pub async fn permit(&self, db: &Db, action: Action) -> Permit {
        let relationships = people::relationships(db, &self.teacher).await.unwrap();
        let actor = Actor::Adult { person: self.teacher.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    fn edits(&mut self, words: &str) -> Vec<u8> {
        let at = self.document.values().text(FIELD).encode_utf16().count() as u32;
        let edit = Edit::Splice { path: FIELD.into(), at, delete: 0, insert: words.into() };
        self.document.edit(&edit, &self.teacher.to_string(), NOW).unwrap()
    }

    /// What a room commits of some words more.
    pub fn types(&mut self, words: &str) -> Commit {
        let was = self.document.values();
        let bytes = self.edits(words);
        let values = self.document.values();
        self.seq += 1;
        let update = Accepted {
            seq: self.seq,
            by: self.teacher.to_string(),
            at: Moment(NOW.0 + self.seq),
            bytes,
            new_clients: if self.seq == 1 { vec![7] } else { Vec::new() },
            changed: was.changes_to(&values),
            wishes: Vec::new(),
            told: Vec::new(),
        };
        Commit::of(self.name(), update, values)
    }

    /// The text that each reader finds, and how many updates there are.
    pub async fn is_read(&self, db: &Db, words: &str, updates: i64) {
        let values = documents::values_of_plan(db, &self.plan).await.unwrap();
        assert_eq!(values.len(), 1);
        assert_eq!(values[0].1.text(FIELD), words);
        let stored = documents::load(db, &self.name()).await.unwrap();
        assert_eq!((stored.seq, stored.parts.len() as i64), (updates, updates));
        let again = Document::new(SectionId::Progress.section(), 8);
        stored.parts.iter().for_each(|part| again.apply(part).unwrap());
        assert_eq!(again.values().text(FIELD), words);
        let permit = self.permit(db, Action::Read(SectionId::Progress)).await;
        let lines = history::before(db, &permit, &self.plan, SectionId::Progress, None, 9).await.unwrap();
        assert_eq!((lines.last().unwrap().1.was.as_str(), lines[0].1.became.as_str()), ("", words));
    }

    async fn rows_of_updates(&self, db: &Db) -> i64 {
        let (count,): (i64,) = sqlx::query_as("select count(*) from document_update where document = $1")
            .bind(self.name().to_string())
            .fetch_one(db.reader())
            .await
            .unwrap();
        count
    }
}

pub async fn in_the_journal(db: &Db) -> i64 {
    let (count,): (i64,) = sqlx::query_as("select count(*) from journal").fetch_one(db.reader()).await.unwrap();
    count
}

async fn open(folder: &Folder) -> Db {
    Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap()
}

#[tokio::test]
async fn the_journal_on_sqlite() {
    let folder = Folder::new();
    what_waits_is_read(&open(&folder).await).await;
}

/// Also told in the story on PostgreSQL.
pub async fn what_waits_is_read(db: &Db) {
    let mut writer = Writer::arrive(db).await;
    for words in ["Reads", " every", " evening"] {
        assert!(journal::append(db, &[writer.types(words)]).await.unwrap());
    }
    writer.is_read(db, "Reads every evening", 3).await;
    assert_eq!(in_the_journal(db).await, 0);
    assert!(writer.rows_of_updates(db).await <= 3);

    // A transaction that comes to nothing leaves what it folded where it was.
    assert!(journal::append(db, &[writer.types(" now")]).await.unwrap());
    let mut transaction = db.begin().await.unwrap();
    journal::settle_within(db, &mut transaction, Whose::Plan(&writer.plan)).await.unwrap();
    transaction.rollback().await.unwrap();
    writer.is_read(db, "Reads every evening now", 4).await;

    // One that is committed is as good as any: what was remembered isn't put in again.
    assert!(journal::append(db, &[writer.types(" and")]).await.unwrap());
    let mut transaction = db.begin().await.unwrap();
    journal::settle_within(db, &mut transaction, Whose::Plan(&writer.plan)).await.unwrap();
    transaction.commit().await.unwrap();
    assert!(journal::append(db, &[writer.types(" then")]).await.unwrap());
    writer.is_read(db, "Reads every evening now and then", 6).await;

    // What is more than an update goes to the tables at once, after what waits.
    assert!(journal::append(db, &[writer.types(".")]).await.unwrap());
    documents::commit(db, &[writer.types("!")]).await.unwrap();
    assert_eq!(in_the_journal(db).await, 0);
    writer.is_read(db, "Reads every evening now and then.!", 8).await;

    // A letter that PostgreSQL has not stops nobody from reading.
    assert!(journal::append(db, &[writer.types("\0")]).await.unwrap());
    let values = documents::values_of_plan(db, &writer.plan).await.unwrap();
    assert!(values[0].1.text(FIELD).ends_with("!\0"));
    assert_eq!(in_the_journal(db).await, 0);
}

#[tokio::test]
async fn what_was_folded_together_is_one_row() {
    let folder = Folder::new();
    let db = open(&folder).await;
    let mut writer = Writer::arrive(&db).await;
    let mut all = writer.types("One");
    for words in [" two", " three"] {
        let more = writer.types(words);
        all.updates.extend(more.updates);
        (all.values, all.seq) = (more.values, more.seq);
    }
    assert!(journal::append(&db, &[all]).await.unwrap());
    writer.is_read(&db, "One two three", 3).await;
    assert_eq!(writer.rows_of_updates(&db).await, 1);
}

#[tokio::test]
async fn a_server_that_ends_leaves_all_that_it_committed() {
    let folder = Folder::new();
    let ended = open(&folder).await;
    let mut writer = Writer::arrive(&ended).await;
    let mut another = Writer::arrive(&ended).await;
    assert!(journal::append(&ended, &[writer.types("Reads"), another.types("Sings")]).await.unwrap());
    assert!(journal::append(&ended, &[writer.types(" well")]).await.unwrap());
    let next = open(&folder).await;
    writer.is_read(&next, "Reads well", 2).await;
    another.is_read(&next, "Sings", 1).await;
    // The other is there still, and was slow: it puts nothing in again, and loses nothing.
    ended.settle().await.unwrap();
    assert!(journal::append(&ended, &[another.types(" too")]).await.unwrap());
    another.is_read(&next, "Sings too", 2).await;
    another.is_read(&ended, "Sings too", 2).await;
    writer.is_read(&ended, "Reads well", 2).await;
}

async fn close(db: &Db, writer: &Writer) {
    let closed = sqlx::query("update plan set state = 'agreed' where id = $1").bind(writer.plan.to_string());
    closed.execute(db.writer()).await.unwrap();
}

#[tokio::test]
async fn a_closed_plan_takes_nothing_into_the_journal() {
    let folder = Folder::new();
    let db = open(&folder).await;
    let mut writer = Writer::arrive(&db).await;
    let mut another = Writer::arrive(&db).await;
    assert!(journal::append(&db, &[writer.types("Reads")]).await.unwrap());
    close(&db, &writer).await;
    assert!(!journal::append(&db, &[another.types("Sings"), writer.types(" on")]).await.unwrap());
    writer.is_read(&db, "Reads", 1).await;
    assert!(documents::load(&db, &another.name()).await.unwrap().parts.is_empty(), "all or nothing");
}

/// A writer whose acknowledgement was lost sends an update again, after its room closed.
#[tokio::test]
async fn what_is_sent_again_is_known_although_only_the_journal_has_it() {
    let folder = Folder::new();
    let db = open(&folder).await;
    let mut writer = Writer::arrive(&db).await;
    let name = writer.name();
    let bytes = writer.edits("Once");
    let mut keeper = Keeper::new(db.clone(), watch().0);
    for _ in 0..2 {
        let (frames, _queue) = mpsc::channel(99);
        let to = Outgoing::queue(frames, Arc::new(Notify::new()));
        let (joined, is_there) = oneshot::channel();
        let right = Right::Write(writer.permit(&db, Action::Write(SectionId::Progress)).await);
        let asks = vec![
            Ask::Join { name: name.clone(), socket: SOCKET, to, visitor: None, greeting: None, joined },
            Ask::Update { name: name.clone(), socket: SOCKET, right, bytes: bytes.clone(), apart: false },
            Ask::Leave { name: name.clone(), socket: SOCKET, lost: false },
        ];
        keeper.answer(asks.into_iter(), NOW).await;
        assert!(is_there.await.unwrap());
    }
    writer.is_read(&db, "Once", 1).await;
}

/// Two meetings write in the same moment, and the plan of one was closed meanwhile.
#[tokio::test]
async fn what_one_document_may_not_have_stops_no_other_of_its_batch() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = Db::connect(&url).await.unwrap();
        let mut writers = [Writer::arrive(&db).await, Writer::arrive(&db).await];
        let mut keeper = Keeper::new(db.clone(), watch().0);
        let (mut asks, mut ends, mut queues) = (Vec::new(), Vec::new(), Vec::new());
        for (socket, writer) in (1..).map(SocketId).zip(&mut writers) {
            let (frames, queue) = mpsc::channel(99);
            let end = Arc::new(Notify::new());
            let (to, name) = (Outgoing::queue(frames, end.clone()), writer.name());
            let (joined, bytes) = (oneshot::channel().0, writer.edits("Once"));
            let right = Right::Write(writer.permit(&db, Action::Write(SectionId::Progress)).await);
            asks.push(Ask::Join { name: name.clone(), socket, to, visitor: None, greeting: None, joined });
            asks.push(Ask::Update { name, socket, right, bytes, apart: false });
            ends.push(end);
            queues.push(queue);
        }
        close(&db, &writers[0]).await;
        keeper.answer(asks.into_iter(), NOW).await;
        let acknowledged = |queue: &mut mpsc::Receiver<Bytes>| {
            let heard = std::iter::from_fn(|| queue.try_recv().ok());
            heard.filter_map(|bytes| Frame::read(&bytes)).any(|frame| frame.message == Message::Status(true))
        };
        let told: Vec<_> = queues.iter_mut().map(acknowledged).collect();
        assert_eq!(told, [false, true]);
        assert!(ends[0].notified().now_or_never().is_some(), "its writer comes back, and is told why");
        assert!(ends[1].notified().now_or_never().is_none());
        writers[1].is_read(&db, "Once", 1).await;
        assert!(documents::load(&db, &writers[0].name()).await.unwrap().parts.is_empty());
    }
}
