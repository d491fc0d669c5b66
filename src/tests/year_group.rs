//! A child moves up a year before their plan is agreed: what was written at the age before
//! stays in it, wherever the plan is read.

use crate::browser::{Browser, is_done};
use crate::copies::{bare, words};
use crate::harness::{Folder, Server, append, document, open, token};
use pep::domain::copies::CopyKind;
use pep::domain::people::PlanId;
use pep::server::db::{Db, people, plans};
use serde_json::{Value, json};

const GWEN: &str = "gwen.pritchard@thistlelane.example";
const TOBI: &str = "tobi.adeyemi@wrenshire.example";

/// What stands in the section that the plan doesn't have any more.
const WRITTEN: &str = "Counts the wheels of every lorry before lunch";

/// Moves the child of a plan to another year group, as `pep child change` does.
async fn moves_to(folder: &Folder, plan: &PlanId, year_group: &str) {
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let child = plans::find(&db, plan).await.unwrap().unwrap().child;
    people::change_child(&db, &child, None, Some(year_group)).await.unwrap();
    db.close().await;
}

/// The page that a server function answers with, which is JSON in a string of JSON.
fn page(browser: &Browser, path: &str) -> Value {
    let answer = browser.fetch(path);
    assert!(answer.is_done(), "{}", answer.text());
    serde_json::from_str(&serde_json::from_slice::<String>(&answer.body).unwrap()).unwrap()
}

/// The sections that a person's plan page lists, in order.
fn listed(plan: &Value) -> Vec<&str> {
    plan["tasks"].as_array().unwrap().iter().map(|task| task["section"].as_str().unwrap()).collect()
}

/// The section of the age before, as that page lists it.
fn task(plan: &Value) -> &Value {
    plan["tasks"].as_array().unwrap().iter().find(|task| task["section"] == "early-years").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_at_the_age_before_stays_in_the_plan() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, GWEN, "early-years", "write");
    let plan = name.plan.clone();
    let server = Server::start(&folder);
    let token = token(&folder.0, GWEN);
    let mut writer = open(server.port, &name, &token, GWEN).await.writes();
    let edit = append(&writer.document, "strengths", &format!(" {WRITTEN}"));
    let update = writer.write(&edit);
    writer.offer(update).await.unwrap();
    let [gwen, tobi] = [GWEN, TOBI].map(|email| Browser::sign_in(server.port, email));

    moves_to(&folder, &plan, "Year 1").await;
    for browser in [&gwen, &tobi] {
        let seen = page(browser, &format!("/v1/plan?plan={plan}"));
        let sections = listed(&seen);
        let at = |id: &str| sections.iter().position(|section| *section == id);
        assert!(at("progress").is_some() && at("progress") < at("early-years"), "{sections:?}");
        assert!(at("early-years") < at("needs"), "in its place: {sections:?}");
        assert_eq!(at("post-sixteen"), None, "nothing is written there");
        let part = task(&seen);
        assert_eq!([&part["may_write"], &part["yours"]], [&json!(false); 2], "nobody is asked for it: {part}");
        let meeting = page(browser, &format!("/v1/meeting?plan={plan}"));
        let lacks = meeting["lacks"].as_array().unwrap();
        assert!(!lacks.is_empty() && lacks.iter().all(|lack| lack["section"] != "early-years"), "{lacks:?}");

        let print = page(browser, &format!("/v1/print?plan={plan}"));
        assert!(print["sections"].to_string().contains(WRITTEN), "{print}");
        let others = page(browser, &format!("/v1/section?plan={plan}&section=needs"));
        assert!(others["others"].to_string().contains("early-years"), "{others}");
        let file = browser.get(&format!("/plans/{plan}/export.json"));
        assert!(is_done(&file) && file.contains(WRITTEN), "{file}");
        let copy = browser.fetch(&CopyKind::Whole.path(&plan));
        assert!(copy.is_done() && words(&copy.body).contains(&bare(WRITTEN)), "{}", copy.head);
    }
    let copy = tobi.fetch(&CopyKind::Familys.path(&plan));
    assert!(copy.is_done() && words(&copy.body).contains(&bare(WRITTEN)), "{}", copy.text());

    // It was a mistake: the part is written again, and what is empty has gone.
    moves_to(&folder, &plan, "Reception").await;
    let back = page(&gwen, &format!("/v1/plan?plan={plan}"));
    assert_eq!(task(&back)["may_write"], json!(true));
    assert!(!listed(&back).contains(&"progress"), "{back}");
}
