//! What the last plan said, beside what this one says.

use crate::browser::Browser;
use crate::harness::{Folder, Server, run};
use std::collections::BTreeSet;

const RUTH: &str = "ruth.osei@hazelbank.example";

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_print_say_how_attendance_has_changed_since_the_last_plan() {
    let folder = Folder::with_demo();
    let list = run(&["documents", "--user", RUTH, "--data", folder.path()]);
    let plans: BTreeSet<_> = list.lines().filter_map(|line| line.split('/').next()).collect();
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let is_his_second = |plan: &&&str| {
        let page = ruth.get(&format!("/v1/plan?plan={plan}"));
        page.contains(r#"\"name\":\"Yonas\""#) && page.contains(r#"\"number\":2"#)
    };
    let plan = plans.iter().find(is_his_second).expect("the demo has a second plan for Yonas");
    let says = "7.9 percentage points better than in the last plan: 90.3% then, 98.2% now.";
    for path in [format!("/plans/{plan}/attendance"), format!("/plans/{plan}/print")] {
        let page = ruth.send("GET", &path, "text/html", "");
        assert!(page.contains(says), "{path}: {page}");
    }
    let about_me = ruth.send("GET", &format!("/plans/{plan}/about-me"), "text/html", "");
    assert!(!about_me.contains("percentage points"), "another part knows nothing of it");
}
