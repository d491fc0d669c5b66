//! Files that are no plan: broken, strange and hostile ones.

use crate::harness::Folder;
use crate::portable::{NOW, as_value, open};
use crate::random_values::writer;
use crate::whole_plan::whole;
use pep::server::db::people;
use pep::server::portable;
use serde_json::{Value, json};
use std::process::Command;

/// A file with one place changed.
fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut file = as_value(&whole(7));
    *file.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    serde_json::to_vec(&file).unwrap()
}

/// A file with one thing more in it.
fn with_more(pointer: &str, key: &str, value: Value) -> Vec<u8> {
    let mut file = as_value(&whole(7));
    file.pointer_mut(pointer).unwrap()[key] = value;
    serde_json::to_vec(&file).unwrap()
}

#[tokio::test]
async fn what_is_no_plan_is_answered_with_a_sentence_and_stays_outside() {
    let folder = Folder::new();
    let db = open(&folder).await;
    let whole_text = whole(7).written().unwrap();
    let targets = whole(7).sections[1].clone();
    let row = targets.values.rows.values().next().unwrap()[0].id.to_string();
    let stranger = "00000000-0000-0000-0000-000000000404";
    let entry = json!([{ "by": writer(1), "at": 1, "value": "soon" }]);
    let twice = json!([{ "by": writer(1), "at": 1, "value": "yes" }, { "by": writer(1), "at": 2, "value": "no" }]);
    let mut for_one_idea = vec![whole_value()["grant"][0].clone(); 2];
    for_one_idea[1]["id"] = json!(stranger);
    let mut of_a_professional = whole_value()["sections"][0]["translations"].clone();
    let same = of_a_professional.clone();
    for (number, one) in of_a_professional.as_array_mut().unwrap().iter_mut().enumerate() {
        one["id"] = json!(format!("00000000-0000-0000-0000-00000000050{number}"));
    }
    let mut offered_twice = vec![whole_value()["offered"][0].clone(); 2];
    let same_offer = json!(offered_twice);
    offered_twice[1]["id"] = json!(stranger);
    let bad: Vec<(Vec<u8>, &[&str])> = vec![
        (whole_text.as_bytes()[..whole_text.len() / 2].to_vec(), &["ends in the middle", "line"]),
        (Vec::new(), &["ends in the middle"]),
        (b"<html>".to_vec(), &["isn't JSON"]),
        (vec![b'['; 100_000], &["isn't JSON"]),
        (vec![0xff, 0xfe, 0], &["isn't JSON"]),
        (vec![b' '; portable::MOST_BYTES + 1], &["larger than 20 MB"]),
        (b"{}".to_vec(), &["format"]),
        (with("/format", json!("pep plan 2")), &["format"]),
        (with("/sections/1/section", json!("secrets")), &["sections[1].section", "no such part"]),
        (with("/sections/1/section", json!("my-voice")), &["sections[1]", "young person's own"]),
        (with("/history/0/section", json!("my-voice")), &["history[0]", "young person's own"]),
        (with_more("/sections/1/values/texts", "nonsense", json!("x")), &["sections[1].values.texts.nonsense"]),
        (with_more("/sections/1/values/texts", "targets/7/what", json!("x")), &["texts.targets/7/what"]),
        (with_more("/sections/1/values/facts", "changes", entry.clone()), &["facts.changes", "no such place"]),
        (with_more("/sections/1/values/facts", &format!("targets/{row}/by-when"), entry), &["by-when[0]", "real date"]),
        (with("/sections/1/values/texts/changes", json!(17)), &["sections[1].values.texts"]),
        (with("/sections/1/values/texts/changes", json!("nul\u{0}")), &["texts.changes", "null character"]),
        (with_more("/sections/1/values/rows", "what", json!([])), &["rows.what", "no such place"]),
        (with("/sections/2/values", json!({ "facts": { "total": twice } })), &["facts.total[0]"]),
        (with("/sections/2/values", json!({ "pictures": { "a": 1 } })), &["sections[2].values.pictures", "lost"]),
        (with("/sections/2/section", json!("targets")), &["sections[2]"]),
        (with("/people/0/id", json!(stranger)), &["people", "doesn't name"]),
        (with("/people/0/id", json!("ruth")), &["people[0].id"]),
        (with("/history/0/by", json!("root")), &["history[0]", "doesn't name"]),
        (with("/history/0/at", json!(i64::MAX)), &["history[0]", "no moment"]),
        (with("/history/1/id", whole_value()["history"][0]["id"].clone()), &["history[1].id", "twice"]),
        (with("/plan/number", json!(-1)), &["plan"]),
        (with("/plan/state", json!("perfect")), &["plan.state"]),
        (with("/child/born", json!("2014-02-30")), &["child.born", "real date"]),
        (with_more("/child", "e-mail", json!("sky@example.org")), &["child.e-mail", "lost"]),
        (with("/sections/1/values/texts/changes", json!("Forged")), &["signatures[0].sections[0].hash"]),
        (with("/addenda/0/words", json!("Forged")), &["addenda[0].hash"]),
        (with("/shared/0/question", json!("password")), &["shared[0].question"]),
        (with("/shared/0/pick", json!("nonsense")), &["shared[0].pick"]),
        (with("/grant/0/asked/unit_cost", json!(i64::MAX)), &["grant[0].asked"]),
        (with("/grant/0/state", json!("stolen")), &["grant[0].state"]),
        (with("/grant", json!(for_one_idea)), &["grant[1].asked.idea", "already"]),
        (with("/sections/0/translations/0/path", json!("sleep")), &["sections[0].translations[0].path"]),
        (with("/sections/0/translations/0/wording", json!("any")), &["sections[0].translations[0].wording"]),
        (with("/sections/0/translations/0/by", json!("root")), &["sections[0].translations[0]", "doesn't name"]),
        (with("/sections/0/translations/1/by", json!("young-person")), &["sections[0].translations[1].by", "adult"]),
        (with("/sections/0/translations/0/at", json!(-1)), &["sections[0].translations[0]", "no moment"]),
        (with_more("/sections/0/translations/0", "by_machine", json!(true)), &["translations[0].by_machine", "lost"]),
        (with_more("/sections/1", "translations", same), &["sections[1].translations[0].id", "twice"]),
        (
            with_more("/sections/1", "translations", of_a_professional),
            &["sections[1].translations[0].path", "translated"],
        ),
        (with("/offered/0/section", json!("my-voice")), &["offered[0]", "young person's own"]),
        (with("/offered/0/by", json!(stranger)), &["offered[0]", "doesn't name"]),
        (with("/offered/0/by", json!("young-person")), &["offered[0].by", "adult"]),
        (with("/offered/0/words", json!("nul\u{0}")), &["offered[0].words", "null character"]),
        (with("/offered", same_offer), &["offered[1].id", "twice"]),
        (with("/offered", json!(offered_twice)), &["offered[1]", "twice"]),
        (with("/complete", json!(false)), &["one person's view"]),
    ];
    for (bytes, says) in bad {
        let sentence = match portable::read(&bytes) {
            Ok(file) => portable::import(&db, &file, NOW).await.unwrap_err(),
            Err(sentence) => sentence,
        };
        for words in says {
            assert!(sentence.contains(words), "{words:?} isn't in: {sentence}");
        }
        assert!(people::is_empty(&db).await.unwrap(), "something was left behind: {sentence}");
    }
    assert!(portable::read(whole_text.as_bytes()).is_ok(), "and the file itself is good");
    db.close().await;

    let path = folder.0.join("bad.json");
    std::fs::write(&path, with("/sections/1/section", json!("secrets"))).unwrap();
    let pep = Command::new(env!("CARGO_BIN_EXE_pep"))
        .args(["import", path.to_str().unwrap(), "--data", folder.path()])
        .output()
        .unwrap();
    assert!(!pep.status.success());
    assert!(String::from_utf8_lossy(&pep.stderr).contains("sections[1].section"));
}

fn whole_value() -> Value {
    as_value(&whole(7))
}
