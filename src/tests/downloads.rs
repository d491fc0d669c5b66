//! A plan as a file for one person: what they may read of it, and no more.

use crate::browser::Browser;
use crate::harness::{Folder, Server, document};
use crate::portable::{JO, RUTH, as_value, fits_the_schema};
use crate::random_values::writer;
use crate::whole_plan::whole;
use pep::domain::people::PlanId;
use pep::domain::sections::SectionId;
use pep::server::portable;
use serde_json::{Value, json};

#[test]
fn one_persons_view_holds_nothing_of_what_they_may_not_read() {
    let view = portable::View { person: writer(3), sections: vec![SectionId::Targets], quality: false, money: false };
    let seen = whole(7).seen_by(&view);
    let value = as_value(&seen);
    fits_the_schema(&value);
    let sections: Vec<_> = seen.sections.iter().map(|part| part.section).collect();
    assert_eq!(sections, [SectionId::Targets]);
    assert_eq!(seen.signatures[0].hash, None, "a hash of something unread could be guessed at");
    assert_eq!(seen.signatures[0].sections.len(), 1);
    assert!(seen.shared.is_empty() && seen.grant.is_empty() && seen.quality.is_empty() && seen.steps.is_empty());
    assert!(!value.to_string().contains("quiet place"), "what was shared with others");
    let text = value.to_string();
    assert!(!text.contains("sleeps little") && !text.contains("Ring before"), "nor what stands beside those: {text}");
    let more = vec![SectionId::CarersView, SectionId::PrivateDetails];
    let reads = whole(7).seen_by(&portable::View { person: writer(3), sections: more, quality: false, money: false });
    fits_the_schema(&as_value(&reads));
    assert_eq!((reads.sections[0].translations.len(), reads.offered.len()), (2, 1));
    assert!(reads.people.iter().any(|person| person.id == writer(2)), "and who offers it");
    let shared = whole(7).seen_by(&portable::View { person: writer(1), ..view }).shared;
    assert_eq!(shared[0].with, [writer(1)], "with whom else isn't theirs to know");
    assert!(portable::read(seen.written().unwrap().as_bytes()).unwrap_err().contains("one person's view"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_teacher_downloads_their_view_and_a_carer_gets_no_file() {
    let folder = Folder::with_demo();
    let plan: PlanId = document(&folder.0, JO, "targets", "write").plan;
    let server = Server::start(&folder);
    let [ruth, jo] = [RUTH, JO].map(|email| Browser::sign_in(server.port, email));
    let path = format!("/plans/{plan}/export.json");

    let answer = ruth.send("GET", &path, "", "");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("http/1.0 200"), "{head}");
    for line in ["application/json", "cache-control: no-store", &format!("filename=\"pep-plan-{plan}.json\"")] {
        assert!(head.contains(line), "{line} isn't in {head}");
    }
    let start = body.find('{').unwrap();
    let file: Value = serde_json::from_str(&body[start..=body.rfind('}').unwrap()]).unwrap();
    fits_the_schema(&file);
    assert_eq!(file["complete"], json!(false));
    let seen = serde_json::to_string(&file).unwrap();
    assert!(!seen.contains("my-voice"), "{seen}");
    assert!(ruth.send("GET", &format!("/v1/plan?plan={plan}"), "", "").contains(r#"\"may_export\":true"#));

    let refused = jo.send("GET", &path, "", "");
    assert!(refused.starts_with("HTTP/1.0 403") && refused.contains("isn't yours"), "{refused}");
    assert!(!refused.contains("pep plan 1"), "{refused}");
    assert!(jo.send("GET", &format!("/v1/plan?plan={plan}"), "", "").contains(r#"\"may_export\":false"#));
    let nobody = Browser { port: server.port, cookie: String::new() }.send("GET", &path, "", "");
    assert!(nobody.starts_with("HTTP/1.0 303") && nobody.contains("/sign-in"), "{nobody}");
    let unknown = ruth.send("GET", "/plans/00000000-0000-0000-0000-000000000001/export.json", "", "");
    assert!(unknown.starts_with("HTTP/1.0 404"), "{unknown}");
}
