//! What is written makes a plan worth looking at: seen by those who may read it, and
//! opened by hand by the professionals.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document, open, run, token};
use crate::post::until;
use pep::domain::people::RowId;
use pep::domain::plan::DocumentName;
use pep::server::clock;
use pep::server::db::{Db, people};
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
    let id = seen.split(r#"\"occasions\":[{\"id\":\""#).nth(1).unwrap()[..36].to_string();

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
