//! The authority's own rules: on each database, and through the server as each person
//! sees them.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document, run};
use pep::domain::access::{Actor, Mandate, sets_rules};
use pep::domain::calendar::Moment;
use pep::domain::people::{Relationship, Role};
use pep::domain::settings::{Authority, Group, GroupId, TargetCount};
use pep::domain::workflow::SignOrder;
use pep::domain::working_days::BankHolidays;
use pep::server::clock;
use pep::server::db::people::NewChild;
use pep::server::db::settings::{authority, changes, save, set};
use pep::server::db::{Db, people};
use serde_json::json;
use uuid::Uuid;

const NOW: Moment = Moment(1_795_000_000_000);

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    the_rules(&db).await;
}

/// The whole of it, also told at the end of the story on PostgreSQL.
pub async fn the_rules(db: &Db) {
    let helen = mandate(db).await;
    what_nobody_saw_is_not_written_over(db, &helen).await;
    two_at_once_lose_nothing(db, &helen).await;
    the_command_line_is_logged_too(db).await;
}

async fn mandate(db: &Db) -> Mandate {
    let fresh = Uuid::from_u128(u128::from(std::process::id()));
    let helen = people::add(db, "Helen Castell", &format!("h-{fresh}@rules.example"), "hash", NOW).await.unwrap();
    let child = NewChild {
        name: "Lou".into(),
        full_name: "Louis Invented".into(),
        born: "2014-05-01".parse().unwrap(),
        school: None,
        year_group: "Year 8".into(),
        code_hash: None,
    };
    let child = people::add_child(db, &child).await.unwrap();
    let part = Relationship { child, role: Role::VirtualSchool, since: NOW.day(), until: None };
    people::join(db, &helen, &part).await.unwrap();
    let relationships = people::relationships(db, &helen).await.unwrap();
    sets_rules(&Actor::Adult { person: helen, relationships }, NOW.day()).unwrap()
}

fn order(order: SignOrder) -> Group {
    Group::SignOrder(order)
}

async fn what_nobody_saw_is_not_written_over(db: &Db, helen: &Mandate) {
    let (first, either, alone) =
        (order(SignOrder::TeacherThenWorker), order(SignOrder::Either), order(SignOrder::TeacherAlone));
    assert_eq!(authority(db).await.unwrap(), Authority::default());
    assert!(save(db, helen, &first, &either, NOW).await.unwrap());
    assert!(!save(db, helen, &first, &alone, NOW).await.unwrap(), "over an order never seen");
    assert!(save(db, helen, &first, &either, NOW).await.unwrap(), "asked again after a lost answer");
    assert!(!save(db, helen, &alone, &first, NOW).await.unwrap());
    let other = Group::Reminders(vec![10]);
    assert!(!save(db, helen, &either, &other, NOW).await.unwrap(), "seen in another group");
    let now = authority(db).await.unwrap();
    assert_eq!(now, Authority { sign_order: SignOrder::Either, ..Authority::default() });
    let log = changes(db, 10).await.unwrap();
    assert_eq!(log.len(), 1, "what was refused, or said twice, is no change: {log:?}");
    assert_eq!((log[0].group, log[0].by.as_deref(), log[0].at), (GroupId::SignOrder, Some("Helen Castell"), NOW));
}

async fn two_at_once_lose_nothing(db: &Db, helen: &Mandate) {
    let targets = |least| Group::Targets(TargetCount { least, most: 9 }, 17);
    let seen = authority(db).await.unwrap().group(GroupId::Targets);
    let both = |least| {
        let (db, helen, seen, becomes) = (db.clone(), helen.clone(), seen.clone(), targets(least));
        tokio::spawn(async move { save(&db, &helen, &seen, &becomes, NOW).await.unwrap() })
    };
    let another = {
        let (db, helen) = (db.clone(), helen.clone());
        let (was, becomes) = (Group::Reminders(vec![28, 14, 7]), Group::Reminders(vec![5]));
        tokio::spawn(async move { save(&db, &helen, &was, &becomes, NOW).await.unwrap() })
    };
    let (one, other) = (both(1), both(2));
    let (one, other) = (one.await.unwrap(), other.await.unwrap());
    assert!(one != other, "one of them is refused");
    assert!(another.await.unwrap(), "another group is no one's rival");
    let now = authority(db).await.unwrap();
    assert_eq!(now.group(GroupId::Targets), targets(if one { 1 } else { 2 }));
    assert_eq!((now.remind_before, now.sign_order), (vec![5], SignOrder::Either));
    assert_eq!(changes(db, 10).await.unwrap().len(), 3);
}

async fn the_command_line_is_logged_too(db: &Db) {
    set(db, &Authority::default(), Moment(NOW.0 + 1)).await.unwrap();
    assert_eq!(authority(db).await.unwrap(), Authority::default());
    let log = changes(db, 10).await.unwrap();
    assert_eq!(log.len(), 6, "the three groups that were another's");
    assert!(log[..3].iter().all(|change| change.by.is_none()));
    assert_eq!(changes(db, 2).await.unwrap(), log[..2]);
}

const RUTH: &str = "ruth.osei@hazelbank.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";

fn pep_settings(folder: &Folder) -> Authority {
    Authority::read(&run(&["settings", "--data", folder.path()])).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_virtual_school_sets_the_rules_and_nobody_else_knows_of_the_page() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let helen = Browser::sign_in(server.port, HELEN);
    let save = json!({ "was": order(SignOrder::TeacherThenWorker), "becomes": order(SignOrder::WorkerThenTeacher) });
    for email in [JO, RUTH, TOM] {
        let other = Browser::sign_in(server.port, email);
        assert!(other.get("/v1/settings").contains("NotFound"), "{email} reads the rules");
        assert!(other.post("save-settings", &save).contains("NotFound"), "{email} sets the rules");
        assert!(other.get("/v1/home").contains(r#"\"sets_rules\":false"#), "{email} is led there");
        let page = other.send("GET", "/settings", "text/html", "");
        assert!(page.contains("Nothing here") && !page.contains("Who signs first"), "{page}");
    }
    assert_eq!(pep_settings(&folder), Authority::default());

    assert!(helen.get("/v1/home").contains(r#"\"sets_rules\":true"#));
    let answer = helen.post("save-settings", &save);
    assert!(is_done(&answer), "{answer}");
    assert_eq!(pep_settings(&folder).sign_order, SignOrder::WorkerThenTeacher);
    let page = helen.send("GET", "/settings", "text/html", "");
    assert!(page.contains("Helen Castell changed who signs first, "), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_or_impossible_save_is_refused_with_a_sentence_and_changes_nothing() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let helen = Browser::sign_in(server.port, HELEN);
    let days = |days: &[u32]| Group::Reminders(days.to_vec());
    let save = |was: Group, becomes: Group| helen.post("save-settings", &json!({ "was": was, "becomes": becomes }));
    assert!(is_done(&save(days(&[28, 14, 7]), days(&[20]))));
    let stale = save(days(&[28, 14, 7]), days(&[3]));
    assert!(!is_done(&stale) && stale.contains("Someone else has changed this"), "{stale}");
    let wrong = save(days(&[20]), days(&[400]));
    assert!(!is_done(&wrong) && wrong.contains("from 1 to 90"), "{wrong}");
    let strange = helen.post("save-settings", &json!({ "was": { "targets": 1 }, "becomes": { "nothing": [] } }));
    assert!(!is_done(&strange), "{strange}");
    assert_eq!(pep_settings(&folder).remind_before, [20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_of_an_occasion_are_set_on_the_page_and_hold_for_the_next_one() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, RUTH, "conduct", "write").plan;
    let server = Server::start(&folder);
    let [helen, ruth] = [HELEN, RUTH].map(|email| Browser::sign_in(server.port, email));
    let page = helen.send("GET", "/settings", "text/html", "");
    assert!(page.contains("When something happens") && page.contains(r#"id="occasion-days""#), "{page}");
    let save = json!({ "was": Group::Occasions(10), "becomes": Group::Occasions(3) });
    assert!(is_done(&helen.post("save-settings", &save)));
    let refused = helen.post("save-settings", &json!({ "was": Group::Occasions(3), "becomes": Group::Occasions(0) }));
    assert!(refused.contains("Enter a number of working days from 1 to 60"), "{refused}");

    let form = format!("plan={plan}&id={}&kind=concern&words=Not+sleeping", Uuid::from_u128(79));
    assert!(is_done(&ruth.send_form("open-occasion", &form)));
    let due = BankHolidays::england().after(clock::today(), 3).day;
    let seen = ruth.get(&format!("/v1/plan?plan={plan}"));
    assert!(seen.contains(&format!(r#"\"due\":\"{due}\""#)), "{seen}");
}

#[test]
fn what_the_command_line_refuses_is_said_with_its_place() {
    let folder = Folder::new();
    let file = folder.0.join("rules.json");
    let rules = Authority { sign_order: SignOrder::Either, ..Authority::default() };
    std::fs::write(&file, rules.written()).unwrap();
    let set = |file: &std::path::Path| run(&["settings", "--set", file.to_str().unwrap(), "--data", folder.path()]);
    assert_eq!(Authority::read(&set(&file)), Ok(rules));
    let wrong = Authority { remind_before: vec![0], ..Authority::default() };
    assert!(Authority::read(&wrong.written()).unwrap_err().starts_with("remind-before: "));
}
