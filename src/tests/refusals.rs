//! A refusal says with its status that it is one: only a fault of the server's own is a
//! fault. The sentence is the same.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Opened, Server, document, open, token};
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::server::auth::attempts::MOST;
use pep::server::db::{Db, people, plans};
use serde_json::json;
use uuid::Uuid;

const RUTH: &str = "ruth.osei@hazelbank.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";

/// The status of an answer, and the problem in it as a page reads it.
fn read(answer: &str) -> (u16, String) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_has_the_status_of_a_refusal_and_its_sentence() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let stranger = Uuid::from_u128(404);
    let server = Server::start(&folder);
    let [ruth, helen, jo] = [RUTH, HELEN, JO].map(|email| Browser::sign_in(server.port, email));
    let meeting = |plan: &str, time: &str, day: &str| json!({ "plan": plan, "wanted": { "seen": null, "day": day, "time": time, "place": "" } });
    let own = plan.to_string();
    let concern = format!("plan={plan}&id={}&kind=concern&words=", Uuid::from_u128(80));
    for (answer, status, says) in [
        (Browser::nobodys(server.port).get("/v1/home"), 401, "SignIn"),
        (ruth.get(&format!("/v1/plan?plan={stranger}")), 404, "NotFound"),
        (jo.get("/v1/settings"), 404, "NotFound"),
        (jo.post("set-meeting", &meeting(&own, "13:30", "2099-12-01")), 403, "yours to change"),
        (ruth.post("set-meeting", &meeting(&own, "half past", "2099-12-01")), 422, "Enter a time of day"),
        (ruth.post("set-meeting", &meeting(&own, "13:30", "2099-12-01")), 409, "meanwhile"),
        (ruth.send_form("open-occasion", &concern), 422, "Say in a sentence"),
        (ruth.post("set-meeting", &json!({ "plan": plan })), 422, "out of date"),
        (ruth.get("/v1/plan?plan=no"), 422, "out of date"),
        (
            helen.post("save-settings", &json!({ "was": { "occasions": 3 }, "becomes": { "occasions": 4 } })),
            409,
            "Someone else has changed this",
        ),
        (ruth.get("/v1/home"), 200, "children"),
    ] {
        let (seen, body) = read(&answer);
        assert_eq!(seen, status, "{answer}");
        assert!(body.contains(says), "{answer}");
    }
    let sign_in = |email: &str| {
        read(&Browser::nobodys(server.port).send_form("sign-in", &format!("email={email}&password=wrong")))
    };
    let wrong: (u16, String) =
        (403, r#"{"Said":"That e-mail address and password don't belong together. Check both and try again"}"#.into());
    assert_eq!(sign_in("ruth"), wrong);
    // So long is nobody's address: it is answered like any other, and counted nowhere.
    for _ in 0..=MOST {
        assert_eq!(sign_in(&"r".repeat(321)), wrong);
    }
    let address = "r".repeat(320);
    for number in 0..=MOST {
        assert_eq!(sign_in(&address).0, if number < MOST { 403 } else { 429 }, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_is_sent_back_to_its_page() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let answer = Browser::nobodys(server.port).send_plain_form("sign-in", "email=ruth&password=wrong");
    assert_eq!(read(&answer).0, 302, "{answer}");
    assert!(answer.to_lowercase().contains("\r\nlocation: "), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_another_age_is_nowhere_unless_something_is_written_in_it() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let section = |id: &str| ruth.get(&format!("/v1/section?plan={}&section={id}", plan));
    assert!(is_done(&section("progress")));
    assert_eq!(read(&section("early-years")).0, 404, "she is in Year 8");
    let form = |id: &str| format!("plan={}&section={id}&completed=true", plan);
    let refused = ruth.send_form("complete", &form("early-years"));
    assert!(read(&refused).0 == 403 && refused.contains("isn't in the plan at the child's age"), "{refused}");

    // The child's year was written wrongly: what was written stays readable, and no more.
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let child = plans::find(&db, &plan).await.unwrap().unwrap().child;
    people::change_child(&db, &child, None, Some("Reception")).await.unwrap();
    db.close().await;
    let seen = section("progress");
    assert!(is_done(&seen) && seen.contains(r#"\"may_write\":false"#), "{seen}");
    assert!(is_done(&section("early-years")));
    assert_eq!(read(&ruth.send_form("complete", &form("progress"))).0, 403);
    let name = DocumentName { plan, section: SectionId::Progress };
    let opened = open(server.port, &name, &token(&folder.0, RUTH), "").await;
    assert!(matches!(opened, Opened::Reads(_)), "nor over the wire");
}
