//! E-mail as it leaves: by SMTP, from the server as a process to a mail server that
//! listens; and what becomes of it where that one doesn't take it.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use crate::mail_server::{Arrived, MailServer, Manner};
use crate::post::until;
use crate::reminders::{Newcomer, day};
use pep::server::clock;
use pep::server::db::Db;
use serde_json::json;

const FROM: &str = "Pep <pep@authority.example>";

/// Everything that says who the child is.
const NAMES: [&str; 4] = ["Skye", "Skylar", "Featherstone", "Hazelbank"];

/// A folder with a child who came into care on 14 December 2026: on 17 December their
/// social worker is reminded.
async fn with_newcomer() -> (Folder, Newcomer) {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let skye = Newcomer::arrive(&db, day("2026-12-14")).await;
    db.close().await;
    (folder, skye)
}

/// A server that sends by SMTP, at a time that a file sets.
fn server(folder: &Folder, url: &str, moment: &str) -> Server {
    let clock = set_clock(folder, moment);
    let set = [("PEP_TEST_CLOCK_FILE", clock.as_str()), ("PEP_SMTP_URL", url), ("PEP_MAIL_FROM", FROM)];
    Server::start_with(folder, &set)
}

fn set_clock(folder: &Folder, moment: &str) -> String {
    let clock = folder.0.join("clock");
    std::fs::write(&clock, moment).unwrap();
    clock.to_str().unwrap().to_string()
}

/// A line of a message's head, with what was folded put together again.
fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let mut lines = head.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let found = lines.next().unwrap_or_else(|| panic!("{name} is missing in {head}"));
    assert!(lines.next().is_none(), "{name} is there twice in {head}");
    found
}

fn parted(message: &Arrived) -> (String, String) {
    let (head, body) = message.text.split_once("\r\n\r\n").expect("a message has a head");
    (head.replace("\r\n ", " ").replace("\r\n\t", " "), body.replace("=\r\n", "").replace("=3D", "="))
}

fn log(folder: &Folder) -> String {
    std::fs::read_to_string(folder.log()).unwrap()
}

/// What was said of an e-mail that didn't go: why, and neither to whom nor about whom.
fn said_of_trouble(folder: &Folder, skye: &Newcomer, why: &str) {
    let log = log(folder);
    assert!(log.contains("an e-mail did not go") && log.contains(why), "{log}");
    for name in NAMES.iter().chain(&["Whitlock", "reminders.example", &skye.own]) {
        assert!(!log.contains(name), "{name} is in the log: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_arrives_at_a_mail_server_and_names_no_child() {
    let (folder, skye) = with_newcomer().await;
    let post = MailServer::start(Manner::Takes).await;
    let server = server(&folder, &post.url(), "2026-12-17T09:00");
    until(|| !post.arrived().is_empty()).await;
    let [message] = &post.arrived()[..] else { panic!("{:?}", post.arrived()) };
    let address = format!("social-worker-{}@reminders.example", skye.own);
    assert_eq!((message.from.as_str(), &message.to), ("pep@authority.example", &vec![address.clone()]));
    let (head, body) = parted(message);
    assert_eq!(header(&head, "From"), "Pep <pep@authority.example>");
    assert_eq!(header(&head, "To"), address);
    assert_eq!(header(&head, "Subject"), "Pep: there is something for you to do");
    assert!(header(&head, "Date").starts_with("Thu, 17 Dec 2026 09:0"), "{head}");
    assert!(header(&head, "Message-ID").ends_with("@authority.example>"), "{head}");
    assert_eq!(header(&head, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&head, "MIME-Version"), "1.0");
    assert!(header(&head, "Content-Type").starts_with("text/plain; charset=utf-8"), "{head}");
    assert!(body.contains(&format!("http://localhost:{}/plans/{}", server.port, skye.plan)), "{body}");
    for name in NAMES {
        assert!(!message.text.contains(name), "{name} is in {}", message.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_arrives_with_the_meeting_as_a_file() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, "jo.barlow@carers.example", "targets", "write").plan;
    let post = MailServer::start(Manner::Takes).await;
    let server = server(&folder, &post.url(), &format!("{}T06:00", clock::today()));
    let ruth = Browser::sign_in(server.port, "ruth.osei@hazelbank.example");
    let page = ruth.get(&format!("/v1/plan?plan={plan}"));
    let seen: i64 = page.split(r#"\"meeting\":{\"at\":"#).nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    let wanted =
        json!({ "seen": seen, "day": clock::today().plus(20), "time": "13:30", "place": "Amira's room, .hidden" });
    assert!(is_done(&ruth.post("set-meeting", &json!({ "plan": plan, "wanted": wanted }))));
    let invitations =
        || post.arrived().into_iter().filter(|message| message.text.contains("a meeting is set")).collect::<Vec<_>>();
    until(|| invitations().len() >= 5).await;
    for message in invitations() {
        let (head, body) = parted(&message);
        let kind = header(&head, "Content-Type");
        let boundary = kind.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert!(kind.starts_with("multipart/mixed"), "{head}");
        let parts: Vec<_> = body.split(&format!("--{}", boundary.unwrap())).collect();
        let [_, words, file, end] = parts[..] else { panic!("two parts: {body}") };
        assert!(words.contains("text/plain") && words.contains(&plan.to_string()), "{words}");
        for part in ["text/calendar", "method=PUBLISH", "Content-Disposition: attachment; filename=\"meeting.ics\""] {
            assert!(file.contains(part), "{part} is missing in {file}");
        }
        for line in ["BEGIN:VCALENDAR", "SUMMARY:Education plan meeting", "END:VCALENDAR"] {
            assert!(file.contains(line), "{line} is missing in {file}");
        }
        assert_eq!(end.trim(), "--");
        assert!(!message.text.contains("Amira") && !message.text.contains("Haddad"), "{}", message.text);
        assert_eq!(message.to.len(), 1, "nobody sees who else is invited");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_waits_for_a_mail_server_that_is_down() {
    let (folder, skye) = with_newcomer().await;
    // A port where nobody listens yet.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let _server = server(&folder, &format!("smtp://127.0.0.1:{port}"), "2026-12-17T09:00");
    until(|| log(&folder).contains("an e-mail did not go")).await;
    let post = MailServer::start_at(port, Manner::Takes).await;
    until(|| !post.arrived().is_empty()).await;
    said_of_trouble(&folder, &skye, "could not be reached");
    until(|| log(&folder).contains("sent=1")).await;
    assert_eq!(post.arrived().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_that_is_put_off_or_lost_on_the_way_is_tried_again() {
    let (folder, skye) = with_newcomer().await;
    let post = MailServer::start(Manner::Puts).await;
    let _server = server(&folder, &post.url(), "2026-12-17T09:00");
    until(|| post.turned_away() >= 2).await;
    post.now(Manner::HangsUp);
    let before = post.turned_away();
    until(|| post.turned_away() > before + 1).await;
    assert!(post.arrived().is_empty());
    post.now(Manner::Takes);
    until(|| !post.arrived().is_empty()).await;
    said_of_trouble(&folder, &skye, "asked to try again later (451)");
    let text = &post.arrived()[0].text;
    assert!(NAMES.iter().all(|name| !text.contains(name)), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_is_asked_about_once_a_day_and_not_given_up() {
    let (folder, skye) = with_newcomer().await;
    let post = MailServer::start(Manner::Refuses).await;
    let _server = server(&folder, &post.url(), "2026-12-17T09:00");
    until(|| post.turned_away() >= 1).await;
    // Long enough for several looks: the refusal of that day stands.
    set_clock(&folder, "2026-12-17T16:00");
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    assert_eq!(post.turned_away(), 1);
    said_of_trouble(&folder, &skye, "the mail server refused it (550)");
    post.now(Manner::Takes);
    set_clock(&folder, "2026-12-18T09:00");
    until(|| !post.arrived().is_empty()).await;
    assert_eq!(post.arrived().len(), 1);
}
