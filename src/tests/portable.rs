//! A plan leaves Pep as a file and comes back, and what is no plan stays outside.

use crate::harness::{self, Folder, Server, append, document, run, token};
use crate::random_values::{values, writer};
use crate::whole_plan::{bare, whole};
use pep::domain::access::YOUNG_PERSON;
use pep::domain::calendar::Moment;
use pep::domain::money::Pence;
use pep::domain::people::{PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State};
use pep::domain::sections::SectionId;
use pep::domain::values::{Changed, Values};
use pep::domain::voice::Wish;
use pep::server::db::documents::{Accepted, Commit};
use pep::server::db::{Db, documents, people, plans};
use pep::server::portable::{self, File};
use pep::sync::document::Document;
use proptest::prelude::*;
use serde_json::Value;

pub const NOW: Moment = Moment(1_795_000_000_000);
pub const RUTH: &str = "ruth.osei@hazelbank.example";
pub const JO: &str = "jo.barlow@carers.example";

pub async fn open(folder: &Folder) -> Db {
    Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap()
}

fn schema() -> jsonschema::Validator {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/schema/plan-1.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

pub fn fits_the_schema(file: &Value) {
    let wrong: Vec<_> = schema().iter_errors(file).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

pub fn as_value(file: &File) -> Value {
    serde_json::to_value(file).unwrap()
}

/// Brings a file in and takes it out again.
async fn there_and_back(db: &Db, file: &File) -> File {
    let read = portable::read(file.written().unwrap().as_bytes()).unwrap();
    assert_eq!(as_value(&read), as_value(file));
    portable::import(db, &read, NOW).await.unwrap();
    for part in &file.sections {
        let name = DocumentName { plan: file.plan.id.clone(), section: part.section };
        let stored = documents::load(db, &name).await.unwrap();
        let document = Document::new(part.section.section(), 1);
        stored.parts.iter().for_each(|part| document.apply(part).unwrap());
        assert_eq!(document.read().unwrap(), part.values, "{name}");
    }
    portable::export(db, &file.plan.id).await.unwrap().unwrap()
}

/// A young person writes, shares one answer and takes another back.
async fn voice(db: &Db, plan: &PlanId) {
    let name = DocumentName { plan: plan.clone(), section: SectionId::MyVoice };
    let seq = documents::load(db, &name).await.unwrap().seq;
    let wish = |words: &str, with: &[PersonId]| Wish {
        with: with.to_vec(),
        pick: "good".into(),
        words: words.into(),
        ..Wish::default()
    };
    let ruth = people::by_email(db, RUTH).await.unwrap().unwrap().id;
    let wishes =
        [wish("Words that were taken back", std::slice::from_ref(&ruth)), wish("Words that were shared", &[ruth])];
    for (after, wish) in (1..).zip(wishes) {
        let changed =
            Changed { path: "school/words".into(), was: String::new(), became: "Words of nobody else".into() };
        let update = Accepted {
            seq: seq + after,
            by: YOUNG_PERSON.into(),
            at: Moment(NOW.0 + after),
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: vec![changed],
            wishes: vec![("school".into(), wish)],
            told: Vec::new(),
        };
        let values = Values {
            texts: [("school/words".to_string(), "Words of nobody else".to_string())].into_iter().collect(),
            ..Values::default()
        };
        documents::commit(db, &[Commit::of(name.clone(), update, values)]).await.unwrap();
    }
}

/// Also told at the end of the story on PostgreSQL.
pub async fn everything_travels(db: &Db) {
    let file = whole(u128::from(std::process::id()));
    fits_the_schema(&as_value(&file));
    let back = there_and_back(db, &file).await;
    assert_eq!(as_value(&back), as_value(&file));
    let again = portable::import(db, &file, NOW).await.unwrap_err();
    assert!(again.contains("here already"), "{again}");

    an_agreed_plan_stays_as_it_was(db, &file).await;
    let offered = pep::server::db::offered::of_plan(db.reader(), &file.plan.id).await.unwrap();
    assert_eq!(offered.iter().map(|one| &one.id).collect::<Vec<_>>(), [&file.offered[0].id], "to read and to let go");

    let lines = pep::server::db::grants::of_plan(db, &file.plan.id).await.unwrap();
    let agreed = pep::server::db::grants::committed(db, &file.child.id, &lines[0]).await.unwrap();
    assert_eq!((agreed.year, agreed.term), (Pence(25_000), Pence(25_000)), "it counts under the limit");
    let ruth = people::relationships(db, &writer(1)).await.unwrap();
    let own: Vec<_> = ruth.iter().filter(|part| part.child == file.child.id).collect();
    assert!(own.len() == 1 && !own[0].holds_on(NOW.day()), "a file gives nobody a right");
    let kept = people::by_email(db, &format!("{}@imported.invalid", writer(1))).await.unwrap().unwrap();
    assert!(kept.password_hash.starts_with("$argon2id$"), "to try to sign in is answered like any wrong password");

    // Another plan of the same child, with the id of a record that is here already.
    let mut other = whole(u128::from(std::process::id()) + (1 << 70));
    other.child = file.child.clone();
    let term = portable::import(db, &other, NOW).await.unwrap_err();
    assert!(term.contains("another plan for that term"), "{term}");
    other.plan.year = 2024;
    other.plan.number = 4;
    other.history[0].id = file.history[0].id.clone();
    let taken = portable::import(db, &other, NOW).await.unwrap_err();
    assert!(taken.contains("under another plan"), "{taken}");
    assert!(plans::find(db, &other.plan.id).await.unwrap().is_none(), "nothing is half imported");
}

/// An agreed plan that came in says the year and school that it was agreed with.
async fn an_agreed_plan_stays_as_it_was(db: &Db, file: &File) {
    let said = plans::find(db, &file.plan.id).await.unwrap().unwrap();
    assert_eq!((said.year_group.as_str(), said.school.as_str()), ("Year 5", "Quarry Road Primary"));

    // A file from before that was in files.
    let mut older = whole(u128::from(std::process::id()) + (1 << 71));
    older.plan.as_agreed = None;
    portable::import(db, &older, NOW).await.unwrap();
    people::change_child(db, &older.child.id, Some("Elsewhere College"), Some("12")).await.unwrap();
    let said = plans::find(db, &older.plan.id).await.unwrap().unwrap();
    assert_eq!((said.year_group.as_str(), said.school.as_str()), ("Year 8", "Hazelbank School"));

    let mut open = older;
    open.plan.state = State::Drafting;
    open.plan.as_agreed = file.plan.as_agreed.clone();
    let refused = portable::read(open.written().unwrap().as_bytes()).unwrap_err();
    assert!(refused.contains("plan.as_agreed"), "{refused}");
}

#[test]
fn a_file_from_before_translations_and_offers_were_in_files_is_read() {
    let mut older = as_value(&whole(7));
    older.as_object_mut().unwrap().remove("offered").unwrap();
    older["sections"][0].as_object_mut().unwrap().remove("translations").unwrap();
    fits_the_schema(&older);
    let read = portable::read(older.to_string().as_bytes()).unwrap();
    assert!(read.offered.is_empty() && read.sections.iter().all(|part| part.translations.is_empty()));
    assert_eq!(as_value(&read), older);
}

#[tokio::test]
async fn a_plan_travels_with_everything_beside_it() {
    let folder = Folder::new();
    everything_travels(&open(&folder).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_of_the_demo_comes_back_equal_and_without_what_is_private() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let db = open(&folder).await;
    let said = documents::values_of_plan(&db, &plan).await.unwrap();
    voice(&db, &plan).await;
    db.close().await;

    let path = folder.0.join("plan.json");
    let arguments = ["export", "--plan", &plan.to_string(), path.to_str().unwrap(), "--data", folder.path()];
    run(&arguments);
    let text = std::fs::read_to_string(&path).unwrap();
    let left: Value = serde_json::from_str(&text).unwrap();
    fits_the_schema(&left);
    assert!(text.contains("Hazel"), "there is something in it");

    let shared: Vec<_> = left["shared"].as_array().unwrap().iter().map(|answer| answer["words"].as_str()).collect();
    let (_, voice) = said.iter().find(|(section, _)| *section == SectionId::MyVoice).unwrap();
    let private: Vec<_> = voice.texts.values().filter(|words| !shared.contains(&Some(words.as_str()))).collect();
    assert!(!private.is_empty(), "the demo has words that nobody was shown");
    for words in private {
        assert!(!text.contains(words.as_str()), "{words} is in the file");
    }
    assert!(text.contains("Words that were shared"));
    assert!(!text.contains("Words that were taken back") && !text.contains("Words of nobody else"));
    assert!(!text.contains("my-voice") && !text.contains('@'), "neither the private section nor an address");

    let empty = Folder::new();
    let printed = run(&["import", path.to_str().unwrap(), "--data", empty.path()]);
    assert_eq!(printed.trim(), plan.to_string());
    let back: Value =
        serde_json::from_str(&run(&["export", "--plan", &plan.to_string(), "--data", empty.path()])).unwrap();
    assert_eq!(back, left);
    is_written_on(&empty, &plan).await;
}

/// Somebody who joins the child's team here goes on where the others stopped.
async fn is_written_on(folder: &Folder, plan: &PlanId) {
    let db = open(folder).await;
    let email = "new@example.org";
    let new = people::add(&db, "New Teacher", email, "hash", NOW).await.unwrap();
    let child = plans::find(&db, plan).await.unwrap().unwrap().child;
    let since = "2020-01-01".parse().unwrap();
    let part = Relationship { child, role: Role::DesignatedTeacher, since, until: None };
    people::join(&db, &new, &part).await.unwrap();
    let server = Server::start(folder);
    let name = DocumentName { plan: plan.clone(), section: SectionId::Targets };
    let token = token(&folder.0, email);
    let mut client = harness::open(server.port, &name, &token, &new.to_string()).await.writes();
    let edit = append(&client.document, "changes", " And on.");
    let update = client.write(&edit);
    client.offer(update).await.unwrap();
    let kept = portable::export(&db, plan).await.unwrap().unwrap();
    let targets = kept.sections.into_iter().find(|part| part.section == SectionId::Targets).unwrap();
    assert!(targets.values.text("changes").ends_with(" And on."));
    assert_eq!(kept.history.last().unwrap().by, new.to_string());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Whatever is written in whichever sections: it comes back as it left.
    #[test]
    fn whatever_a_plan_says_comes_back(
        sections in proptest::sample::subsequence(adults().to_vec(), 1..=4)
            .prop_flat_map(|ids| ids.into_iter().map(|id| (Just(id), values(id))).collect::<Vec<_>>()),
        seed in 1..u128::from(u64::MAX),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = Folder::new();
            let db = open(&folder).await;
            let file = bare(seed, sections);
            let back = there_and_back(&db, &file).await;
            assert_eq!(as_value(&back), as_value(&file));
            db.close().await;
        });
    }
}

/// Every section but the young person's own.
fn adults() -> &'static [SectionId] {
    assert_eq!(SectionId::ALL[0], SectionId::MyVoice);
    &SectionId::ALL[1..]
}
