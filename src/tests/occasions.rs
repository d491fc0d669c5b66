//! What is written makes a plan worth looking at: seen by those who may read it, and
//! opened by hand by the professionals.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document, open, run, token};
use crate::post::until;
use pep::domain::access::{Action, Actor, decide};
use pep::domain::occasions::Kind;
use pep::domain::people::{Relationship, Role, RowId};
use pep::domain::plan::{DocumentName, State, Term};
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, occasions, people, plans};
use pep::server::{clock, watch};
use pep::sync::document::Edit;
use serde_json::json;
use uuid::Uuid;

const RUTH: &str = "ruth.osei@hazelbank.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_suspension_that_is_written_opens_an_occasion_for_those_who_read_it() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, RUTH, "conduct", "write");
    let server = Server::start(&folder);
    let mut ruth = open(server.port, &name, &token(&folder.0, RUTH), "").await.writes();
    ruth.by = {
        let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
        let person = people::by_email(&db, RUTH).await.unwrap().unwrap().id.to_string();
        db.close().await;
        person
    };
    let row = RowId::new(Uuid::from_u128(77));
    let update = ruth.write(&Edit::AddRow { field: "suspensions".into(), row: row.clone(), order: "zz".into() });
    ruth.offer(update).await.unwrap();
    let day = clock::today().to_string();
    let update = ruth.write(&Edit::Set { path: format!("suspensions/{row}/from"), value: day });
    ruth.offer(update).await.unwrap();

    let teacher = Browser::sign_in(server.port, RUTH);
    let page = || teacher.get(&format!("/v1/plan?plan={}", name.plan));
    until(|| page().contains(r#"\"kind\":\"suspension\""#)).await;
    let seen = page();
    assert!(seen.contains("A suspension or exclusion is written down."), "{seen}");
    let before = seen.split(r#"\",\"kind\":\"suspension\""#).next().unwrap();
    let id = before[before.len() - 36..].to_string();

    let concern =
        json!({ "plan": name.plan, "id": Uuid::from_u128(78).to_string(), "kind": "concern", "words": "Not sleeping" });
    let form = |json: &serde_json::Value| {
        let pairs = json
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap().replace(' ', "+")));
        pairs.collect::<Vec<_>>().join("&")
    };
    let carers = list_of_carers(&folder, &name);
    let opened = teacher.send_form("open-occasion", &form(&concern));
    assert!(is_done(&opened), "{opened}");
    assert!(!carers.is_empty(), "the plan has a carer");
    for email in carers {
        let carer = Browser::sign_in(server.port, &email);
        let seen = carer.get(&format!("/v1/plan?plan={}", name.plan));
        assert!(!seen.contains("Not sleeping"), "a concern in free words is for the professionals: {seen}");
        let refused = carer.send_form("open-occasion", &form(&concern));
        assert!(refused.contains("yours to change"), "{refused}");
    }
    let done = json!({ "plan": name.plan, "id": id });
    assert!(is_done(&teacher.send_form("finish-occasion", &form(&done))));
    assert!(page().contains(r#"\"done\":[\""#), "{}", page());
}

/// In the story: a child in Year 6 has the end of key stage 2 on the plan, once, from the
/// summer term on; looked at, it doesn't come again with the next plan.
pub async fn the_end_of_a_key_stage(db: &Db) {
    let at = |day: &str| clock::in_england(day.parse().unwrap(), 9, 0);
    let child = NewChild {
        name: "Ash".into(),
        full_name: "Ashton Invented".into(),
        born: "2016-02-11".parse().unwrap(),
        school: None,
        year_group: "Year 6".into(),
        code_hash: None,
    };
    let child = people::add_child(db, &child).await.unwrap();
    let person = people::add(db, "Dee Invented", "dee@example.org", "hash", at("2027-01-05")).await.unwrap();
    let since = "2027-01-05".parse().unwrap();
    let relationship = Relationship { child: child.clone(), role: Role::DesignatedTeacher, since, until: None };
    people::join(db, &person, &relationship).await.unwrap();
    let begun =
        |term| NewPlan { child: child.clone(), year: 2026, term, number: None, state: State::Drafting, meeting: None };
    let spring = plans::begin(db, &begun(Term::Spring), at("2027-01-05")).await.unwrap();
    let opened = async |day: &str| watch::key_stages(db, at(day)).await.unwrap().contains(&spring);
    assert!(!opened("2027-03-31").await, "it is the spring term still");
    assert!(opened("2027-04-01").await);
    assert!(!opened("2027-04-01").await && !opened("2027-06-15").await, "it was said");

    let all = occasions::of_plan(db, &spring).await.unwrap();
    let [ending] = &all[..] else { panic!("{all:?}") };
    assert_eq!((ending.kind, ending.due.to_string()), (Kind::KeyStage, "2027-04-15".into()));
    assert!(ending.words.starts_with("Key stage 2 ends this summer."), "{}", ending.words);

    let actor = Actor::Adult { person, relationships: vec![relationship] };
    let permit = decide(&actor, Action::OpenOccasion, &child, &spring, "2027-04-20".parse().unwrap()).unwrap();
    assert!(occasions::finish(db, &permit, &spring, &ending.id, at("2027-04-20")).await.unwrap());
    let summer = plans::begin(db, &begun(Term::Summer), at("2027-05-04")).await.unwrap();
    assert!(
        !watch::key_stages(db, at("2027-05-05")).await.unwrap().contains(&summer),
        "it was looked at in this summer term"
    );
}

/// Carers of the demo who may open a plan.
fn list_of_carers(folder: &Folder, name: &DocumentName) -> Vec<String> {
    let all = run(&["demo", "--sign-ins", "--data", folder.path()]);
    let emails =
        all.lines().filter(|line| line.contains(": carer of")).filter_map(|line| line.split_whitespace().next());
    let of_plan = |email: &&str| {
        let list = run(&["documents", "--user", email, "--data", folder.path()]);
        list.contains(&name.plan.to_string())
    };
    emails.filter(of_plan).map(String::from).collect()
}
