//! A meeting that is set from the plan's page: who may, who is invited, and what comes
//! into a calendar.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use crate::post::{letters, until, with_clock};
use pep::domain::calendar::Day;
use pep::domain::people::PlanId;
use pep::server::clock;
use serde_json::json;
use uuid::Uuid;

const RUTH: &str = "ruth.osei@hazelbank.example";
const JO: &str = "jo.barlow@carers.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_is_set_reaches_the_team_and_their_calendars() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let (server, _, mail) = with_clock(&folder, &format!("{}T09:00", clock::today()));
    let [ruth, jo] = [RUTH, JO].map(|email| Browser::sign_in(server.port, email));
    let page = ruth.get(&format!("/v1/plan?plan={plan}"));
    assert!(page.contains(r#"\"may_set_meeting\":true"#), "{page}");
    let seen: i64 = page.split(r#"\"meeting\":{\"at\":"#).nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    let ahead = clock::today().plus(20);
    let place = "Room 4; upstairs, the one with the blue door at the end of the very long corridor";
    let wanted = |seen: i64, time: &str| json!({ "plan": plan, "wanted": { "seen": seen, "day": ahead, "time": time, "place": place } });
    assert!(jo.post("set-meeting", &wanted(seen, "13:30")).contains("yours to change"), "a carer doesn't set it");
    assert!(ruth.post("set-meeting", &wanted(1, "13:30")).contains("meanwhile"), "not over what she never saw");
    let past = json!({ "plan": plan, "wanted": { "seen": seen, "day": "2020-01-01", "time": "9:00", "place": "" } });
    assert!(ruth.post("set-meeting", &past).contains("still to come"));
    let answer = ruth.post("set-meeting", &wanted(seen, "13:30"));
    assert!(answer.split_once(' ').is_some_and(|(_, rest)| rest.starts_with("200")), "{answer}");
    let invited = |count: usize| {
        let mail = mail.clone();
        move || letters(&mail).iter().filter(|text| text.contains("a meeting is set")).count() >= count
    };
    until(invited(2)).await;
    let hers = mail.clone();
    until(move || letters(&hers).iter().any(|text| text.contains("text/calendar") && text.contains(RUTH))).await;

    let answer = jo.get(&format!("/plans/{plan}/meeting.ics"));
    let (head, file) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("text/calendar"), "{head}");
    let lines = unfolded(file);
    let value = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("{file}"));
    assert_eq!(value("SUMMARY:"), "Education plan meeting");
    assert_eq!(value("UID:"), format!("{plan}@pep"));
    assert_eq!(value("SEQUENCE:"), "1");
    let start = clock::in_england(ahead, 13, 30).in_utc();
    let stamp = format!("{}T{:02}{:02}00Z", ahead.to_string().replace('-', ""), start.1, start.2);
    assert_eq!(value("DTSTART:"), stamp);
    assert_eq!(value("LOCATION:"), place.replace(';', "\\;").replace(',', "\\,"));
    assert!(file.split("\r\n").all(|line| line.len() <= 75));

    let now = clock::in_england(ahead, 13, 30).0;
    assert!(is_done(&ruth.post("set-meeting", &wanted(now, "15:00"))));
    assert!(jo.get(&format!("/plans/{plan}/meeting.ics")).contains("SEQUENCE:2"), "it grows when it is moved");
    let stranger = PlanId::new(Uuid::from_u128(404));
    assert!(jo.get(&format!("/plans/{stranger}/meeting.ics")).starts_with("HTTP/1.0 404"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_on_a_day_off_is_asked_about_and_set_where_it_is_meant() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let server = Server::start(&folder);
    let ruth = Browser::sign_in(server.port, RUTH);
    let meeting = || {
        let page = ruth.get(&format!("/v1/plan?plan={plan}"));
        page.split(r#"\"meeting\":{\"at\":"#).nth(1).unwrap().split(',').next().unwrap().parse::<i64>().unwrap()
    };
    let christmas = Day::new(clock::today().year() + 1, 12, 25).unwrap();
    let was = meeting();
    let wanted = |day: Day, meant: bool| {
        let wanted = json!({ "seen": meeting(), "day": day, "time": "13:30", "place": "Room 4", "meant": meant });
        json!({ "plan": plan, "wanted": wanted })
    };
    let asked = ruth.post("set-meeting", &wanted(christmas, false));
    let sentence =
        format!("{} is Christmas Day. Choose a school day, or say that this day is meant", christmas.spoken());
    assert!(is_done(&asked) && asked.contains(&sentence), "{asked}");
    assert_eq!(meeting(), was, "nothing is set while it is asked");
    assert!(ruth.post("set-meeting", &wanted(christmas, true)).ends_with("null"));
    assert_eq!(meeting(), clock::in_england(christmas, 13, 30).0, "nobody is kept from it");

    let days = (1..).map(|days| christmas.plus(-days));
    let school_day = days.skip(3).find(|day| !day.is_weekend()).unwrap();
    assert!(ruth.post("set-meeting", &wanted(school_day, false)).ends_with("null"), "a school day asks nothing");
    let saturday = (1..).map(|days| school_day.plus(-days)).find(|day| day.is_weekend()).unwrap();
    assert!(ruth.post("set-meeting", &wanted(saturday, false)).contains("is not a school day"));
}

/// The lines of a calendar as they were before they were folded.
fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split("\r\n").map(String::from).collect()
}

/// The demo's child who came into care last month, and whose plan is the first.
const TOBI: &str = "tobi.adeyemi@wrenshire.example";
const CAROL: &str = "carol.prentice@carers.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_carer_is_not_told_when_a_first_plan_is_due_nor_reminded_of_it() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, CAROL, "targets", "write").plan;
    let server = Server::start(&folder);
    let [tobi, carol] = [TOBI, CAROL].map(|email| Browser::sign_in(server.port, email));
    for page in [format!("/v1/plan?plan={plan}"), "/v1/home".to_string()] {
        assert!(tobi.get(&page).contains("This first plan"), "the social worker knows: {page}");
        let seen = carol.get(&page);
        assert!(is_done(&seen) && !seen.contains("first plan"), "a carer learns it from {page}");
    }
}
