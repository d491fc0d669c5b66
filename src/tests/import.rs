//! Importing registers and marks through the server: what open screens see of it, that
//! it is all or nothing, and that nobody reaches another's child.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document, open, token};
use pep::domain::calendar::Moment;
use pep::domain::people::PlanId;
use pep::domain::sections::SectionId;
use pep::server::db::{Db, history};
use pep::sync::document::Edit;
use serde_json::{Value, json};

const RUTH: &str = "ruth.osei@hazelbank.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";

/// Amira by her UPN, Yonas by his name; both are Ruth's. Kayden is Gwen's.
const REGISTER: &str = "Hazelbank School;;;;;;\r\n\
    UPN;Forename;Surname;DOB;Possible;Present;Lates\r\n\
    X000000000017;Amira;Haddad;17/03/2014;124;119;3\r\n\
    ;Yonas;Tesfay;28/09/2011;124;100;0\r\n";

/// What would come of a file, as the page gets it.
fn look(browser: &Browser, what: &str, file: &str, columns: Option<&Value>) -> Value {
    let answer = browser.post("import-look", &json!({ "what": what, "given": { "pasted": file }, "columns": columns }));
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    let page: String = serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}"));
    serde_json::from_str(&page).unwrap_or_else(|_| panic!("{answer}"))
}

fn take(browser: &Browser, what: &str, file: &str, seen: &Value, left_out: &[usize]) -> String {
    let columns: Vec<_> = seen["columns"].as_array().unwrap().iter().map(chosen).collect();
    let import = json!({ "what": what, "given": { "pasted": file }, "columns": columns,
                         "left_out": left_out, "seen": seen["seen"] });
    browser.post("import-rows", &json!({ "import": import }))
}

fn chosen(column: &Value) -> Value {
    json!({ "column": column["id"], "at": column["at"] })
}

/// The plan of a carer's child.
fn plan_of(folder: &Folder, carer: &str) -> PlanId {
    document(&folder.0, carer, "targets", "write").plan
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_is_imported_and_open_screens_see_it() {
    let folder = Folder::with_demo();
    let amira = plan_of(&folder, JO);
    let pass = token(&folder.0, RUTH);
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let name = pep::domain::plan::DocumentName { plan: amira.clone(), section: SectionId::Attendance };
    let mut screen = open(server.port, &name, &pass, "x").await.writes();

    let seen = look(&ruth, "attendance", REGISTER, None);
    assert_eq!(seen["lack"], Value::Null, "{seen}");
    let rows = seen["rows"].as_array().unwrap();
    let names: Vec<_> =
        rows.iter().map(|row| (row["number"].as_u64().unwrap(), row["name"].as_str().unwrap())).collect();
    assert_eq!(names, [(3, "Amira"), (4, "Yonas")]);
    assert!(rows.iter().all(|row| row["problems"] == json!([])), "{seen}");
    assert_ne!(screen.document.values().fact("attended"), Some("119"), "looking sets nothing");

    let answer = take(&ruth, "attendance", REGISTER, &seen, &[]);
    assert!(is_done(&answer) && answer.contains("2 rows are imported. 2 plans have changed"), "{answer}");
    screen.until(|document| document.values().fact("attended") == Some("119")).await;
    assert_eq!(screen.document.values().fact("possible"), Some("124"));
    assert_eq!(screen.document.values().fact("late"), Some("3"));

    // What is written there afterwards builds on it.
    let by = screen.document.values().entries("attended")[0].by.clone();
    screen.by = by.clone();
    let update = screen.write(&Edit::Set { path: "attended".into(), value: "120".into() });
    screen.offer(update).await.unwrap();

    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let sections = [SectionId::Attendance];
    let touched = history::touched(&db, &amira, Moment(0), &sections, "nobody", 50).await.unwrap();
    let possible = touched.iter().find(|one| one.path == "possible").expect("history has it");
    assert_eq!(possible.by, by, "and says who");
    db.close().await;

    // The same again: what Ruth looked at is no longer so, and then there is little to do.
    assert!(take(&ruth, "attendance", REGISTER, &seen, &[]).contains("since you looked"));
    let seen = look(&ruth, "attendance", REGISTER, None);
    assert!(take(&ruth, "attendance", REGISTER, &seen, &[]).contains("1 plan has changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_imported_while_one_row_is_wrong() {
    let folder = Folder::with_demo();
    let name = pep::domain::plan::DocumentName { plan: plan_of(&folder, JO), section: SectionId::Attendance };
    let pass = token(&folder.0, RUTH);
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let before = open(server.port, &name, &pass, "x").await.writes().document.values();
    let file = REGISTER.replace(";100;0", ";130;0");
    let seen = look(&ruth, "attendance", &file, None);
    let answer = take(&ruth, "attendance", &file, &seen, &[]);
    assert!(
        answer.contains("Row 4: Attended (130) is more than Possible (124). Check the register"),
        "it says what to do: {answer}"
    );
    assert_eq!(open(server.port, &name, &pass, "x").await.writes().document.values(), before, "Amira's row waits too");

    let answer = take(&ruth, "attendance", &file, &seen, &[4]);
    assert!(answer.contains("1 row is imported"), "{answer}");
    let after = open(server.port, &name, &pass, "x").await.writes().document.values();
    assert_eq!(after.fact("attended"), Some("119"));
    assert!(take(&ruth, "attendance", &file, &seen, &[3, 4]).contains("No row is ticked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_imports_into_anothers_plan_or_learns_of_it() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let [ruth, gwen, helen, jo] = [RUTH, GWEN, HELEN, JO].map(|email| Browser::sign_in(server.port, email));
    let amira = "UPN,Possible\nX000000000017,124\n";
    let invented = "UPN,Possible\nX999999999999,124\n";
    let [seen, nobody] = [amira, invented].map(|file| look(&gwen, "attendance", file, None));
    assert_eq!(seen["rows"][0]["stranger"], true, "{seen}");
    assert_eq!(seen["rows"][0]["problems"], nobody["rows"][0]["problems"], "hers and nobody's are the same to Gwen");
    assert!(seen["rows"][0]["sets"].as_array().unwrap().is_empty());
    let answer = take(&gwen, "attendance", amira, &seen, &[]);
    assert!(answer.contains("none of the children whose plan you can write in"), "{answer}");

    // Those who read it and don't write it import nothing, and aren't told of rows.
    let ask = json!({ "what": "attendance", "given": { "pasted": amira }, "columns": null });
    let answer = jo.post("import-look", &ask);
    assert!(!is_done(&answer) && answer.contains("takes attendance from you"), "{answer}");
    assert!(is_done(&helen.post("import-look", &ask)), "the virtual school writes the register as well");
    // A plan that isn't open yet takes nothing.
    let rhys = "Name,DOB,Possible\n\"Llewellyn, Rhys\",6/2/2009,10\n";
    let seen = look(&ruth, "attendance", rhys, None);
    assert!(take(&ruth, "attendance", rhys, &seen, &[]).contains("isn't open for writing yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_are_imported_and_the_columns_are_remembered() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let file = "UPN,Subject,WAG,On track\nX000000000017,Basket weaving,'=1+1,Yes\n";
    let mut columns = look(&ruth, "progress", file, None)["columns"].clone();
    let now = columns.as_array_mut().unwrap().iter_mut().find(|column| column["id"] == "now").unwrap();
    assert_eq!(now["at"], Value::Null, "nobody knows what WAG is");
    now["at"] = json!(2);
    let columns: Value = columns.as_array().unwrap().iter().map(chosen).collect();
    let seen = look(&ruth, "progress", file, Some(&columns));
    assert_eq!(seen["rows"][0]["sets"][1], json!(["Now", "", "=1+1"]), "{seen}");
    assert!(is_done(&take(&ruth, "progress", file, &seen, &[])));

    let again = look(&ruth, "progress", file, None);
    assert_eq!(again["rows"][0]["sets"][0], json!(["Now", "=1+1", "=1+1"]), "WAG is known now: {again}");
    let other = look(&ruth, "attendance", "UPN,Possible\nX000000000017,1", None);
    assert_eq!(other["lack"], Value::Null, "and means nothing for another kind of file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_be_larger_than_other_requests() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let wide = format!("UPN,Possible,Words\r\nX000000000017,124,\"{}\"\r\n", "é".repeat(2_000_000));
    let seen = look(&ruth, "attendance", &wide, None);
    assert_eq!(seen["rows"][0]["name"], "Amira");
    let larger = "a,b\r\n".repeat(1_100_000);
    let answer =
        ruth.post("import-look", &json!({ "what": "attendance", "given": { "file": larger }, "columns": null }));
    assert!(answer.contains("larger than 5 MB"), "{}", &answer[..answer.len().min(900)]);
}
