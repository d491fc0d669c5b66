//! The history of a section as a page gets it: who may read it, in which words, and how
//! far it reaches back at once.

use crate::browser::{Browser, is_done};
use crate::harness::{Client, Folder, Server, append, document, open, token};
use pep::domain::people::RowId;
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::sync::document::Edit;
use serde_json::Value;

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";

fn ask(browser: &Browser, name: &DocumentName, mark: &str) -> String {
    browser.get(&format!("/v1/history?plan={}&section={}&mark={mark}", name.plan, name.section.id()))
}

/// A page of the history.
fn history(browser: &Browser, name: &DocumentName, mark: &str) -> Value {
    let answer = ask(browser, name, mark);
    assert!(is_done(&answer), "{answer}");
    let page: String = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    serde_json::from_str(&page).unwrap()
}

/// Everything that it tells, a line for each: "Tom Nowak | label | what".
fn told(page: &Value) -> Vec<String> {
    let of_one = |one: &Value| {
        let by = one["by"].as_str().unwrap().to_string();
        let line = move |change: &Value| format!("{by} | {} | {}", change["label"].as_str().unwrap(), change["what"]);
        one["changes"].as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    page["stretches"].as_array().unwrap().iter().flat_map(of_one).collect()
}

/// Somebody who writes over the wire, in their own name.
async fn writer(server: &Server, folder: &Folder, name: &DocumentName, email: &str) -> Client {
    let mut client = open(server.port, name, &token(&folder.0, email), "").await.writes();
    let me = Browser::sign_in(server.port, email).get("/v1/me");
    let page: String = serde_json::from_str(me.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let me: Value = serde_json::from_str(&page).unwrap();
    client.by = me["Adult"]["id"].as_str().unwrap().to_string();
    client
}

async fn write(client: &mut Client, edit: Edit) {
    let update = client.write(&edit);
    client.offer(update).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sections_history_is_told_in_words() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, JO, "targets", "write");
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    assert!(told(&history(&ruth, &name, "")).is_empty(), "nothing has been changed yet");

    let mut tom = writer(&server, &folder, &name, TOM).await;
    let before = tom.document.values();
    let row = before.rows("targets").next().unwrap().id.clone();
    for words in [" One", " two."] {
        let edit = append(&tom.document, "changes", words);
        write(&mut tom, edit).await;
    }
    write(&mut tom, Edit::Set { path: format!("targets/{row}/by-when"), value: "2027-03-05".into() }).await;
    write(&mut tom, Edit::RemoveRow { field: "targets".into(), row: row.clone() }).await;
    // Another person brings it back, so that it isn't one stretch that came to nothing.
    let mut second = writer(&server, &folder, &name, RUTH).await;
    write(&mut second, Edit::BringBack { field: "targets".into(), row: row.clone() }).await;
    let fresh = RowId::new("0199aaaa-0000-7000-8000-000000000001".parse().unwrap());
    write(&mut second, Edit::AddRow { field: "targets".into(), row: fresh, order: "z".into() }).await;

    let page = history(&ruth, &name, "");
    let told = told(&page);
    let has = |parts: &[&str]| told.iter().any(|line| parts.iter().all(|part| line.contains(part)));
    assert!(has(&["Tom Nowak | ", "{\"Words\"", " One two.\""]), "two edits of one minute are one: {told:#?}");
    assert!(has(&["Tom Nowak | Target 1 (", "{\"Row\":\"removed\"}"]), "{told:#?}");
    assert!(has(&["Tom Nowak | Target 1 (", "), By when", "5 March 2027"]), "{told:#?}");
    assert!(has(&["Ruth Osei | Target 1 (", "{\"Row\":\"brought back\"}"]), "{told:#?}");
    assert!(has(&["Ruth Osei | Target 4", "{\"Row\":\"added\"}"]), "{told:#?}");
    assert_eq!(page["fixed"], Value::Null, "Ruth may put things back");
    assert_eq!(page["earlier"], Value::Null);

    // Since somebody looked, only what came after is new to them.
    assert!(is_done(&ruth.send_form("looked", &format!("plan={}&section=targets", name.plan))));
    let edit = append(&tom.document, "changes", " Three.");
    write(&mut tom, edit).await;
    let page = history(&ruth, &name, "");
    let new = page["stretches"].as_array().unwrap().iter().filter(|one| one["new"] == true);
    assert_eq!(new.map(|one| one["by"].as_str().unwrap()).collect::<Vec<_>>(), ["Tom Nowak"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_read_a_section_reads_no_history_of_it() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, TOM, "private-details", "write");
    let server = Server::start(&folder);
    let mut tom = writer(&server, &folder, &name, TOM).await;
    let field =
        name.section.section().fields.iter().find(|field| matches!(field.kind, pep::domain::sections::Kind::LongText));
    let edit = append(&tom.document, field.unwrap().id, "Okapi sentence for few");
    write(&mut tom, edit).await;

    let asked = |email: &str| ask(&Browser::sign_in(server.port, email), &name, "");
    assert!(asked(TOM).contains("Okapi"));
    for email in [JO, GWEN] {
        let answer = asked(email);
        assert!(!is_done(&answer) && !answer.contains("Okapi"), "{email}: {answer}");
        let page = Browser::sign_in(server.port, email).get(&format!("/plans/{}/private-details/history", name.plan));
        assert!(!page.contains("Okapi"), "{email}");
    }
    assert!(!is_done(&ask(&Browser::nobodys(server.port), &name, "")));
    // My voice has no history that anybody reads.
    let voice = DocumentName { plan: name.plan.clone(), section: SectionId::MyVoice };
    assert!(!is_done(&ask(&Browser::sign_in(server.port, TOM), &voice, "")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_comes_in_pages() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, JO, "targets", "write");
    let clock = folder.0.join("clock");
    std::fs::write(&clock, "2026-12-01T09:00").unwrap();
    let server = Server::start_with(&folder, &[("PEP_TEST_CLOCK_FILE", clock.to_str().unwrap())]);
    let mut tom = writer(&server, &folder, &name, TOM).await;
    let most = 260;
    for number in 0..most {
        let (hour, minute) = (9 + number / 30, (number % 30) * 2);
        let (day, hour) = (1 + hour / 20, hour % 20);
        std::fs::write(&clock, format!("2026-12-{day:02}T{hour:02}:{minute:02}")).unwrap();
        let edit = append(&tom.document, "changes", &format!(" n{number}."));
        write(&mut tom, edit).await;
    }
    let ruth = Browser::sign_in(server.port, RUTH);
    let (mut mark, mut words, mut pages) = (String::new(), String::new(), 0);
    loop {
        let page = history(&ruth, &name, &mark);
        words += &told(&page).join("\n");
        pages += 1;
        match page["earlier"].as_str() {
            Some(earlier) => mark = earlier.to_string(),
            None => break,
        }
    }
    assert_eq!(pages, 2);
    assert!((0..most).all(|number| words.contains(&format!("n{number}."))), "every word is told");
    assert!(!is_done(&ask(&ruth, &name, "yesterday")));
}
