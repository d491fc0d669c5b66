//! Connections over plain HTTP: the same promises as over a WebSocket.

use crate::browser::Browser;
use crate::harness::{Folder, Server, append, document, end_part, open, token};
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::sync::document::{Document, Edit};
use pep::sync::parcel;
use pep::sync::protocol::{Frame, Message, PING, PONG};
use std::time::Instant;

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";
const FIELD: &str = "strengths";
/// How many lines one person can have.
const LINES: usize = 24;

/// A line with one section open on it.
struct Line {
    browser: Browser,
    id: String,
    /// How many parcels went up, and how many messages came.
    sent: u64,
    heard: usize,
    /// Messages that came and are not looked at yet.
    come: Vec<Message>,
    name: DocumentName,
    document: Document,
}

fn line(browser: Browser) -> (Browser, String) {
    let answer = browser.carry("/sync/http", b"");
    assert!(answer.is_done(), "{}", answer.text());
    let id = String::from_utf8(answer.body).unwrap();
    assert_eq!(id.len(), 64);
    (browser, id)
}

fn packed(frames: &[Vec<u8>]) -> Vec<u8> {
    let mut all = Vec::new();
    frames.iter().for_each(|frame| parcel::put(&mut all, frame));
    all
}

fn unpacked(mut all: &[u8]) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    while let Some((frame, rest)) = parcel::first(all) {
        frames.push(frame.to_vec());
        all = rest;
    }
    assert!(all.is_empty(), "a frame was cut");
    frames
}

impl Line {
    /// Opens a line and a section, and takes what the server has.
    fn open(port: u16, email: &str, name: &DocumentName, writer: u64) -> Self {
        let (browser, id) = line(Browser::sign_in(port, email));
        let document = Document::new(name.section.section(), writer);
        let mut line = Self { browser, id, sent: 0, heard: 0, come: Vec::new(), name: name.clone(), document };
        line.send(&[Message::Token(String::new()), Message::Step1(line.document.state_vector())]);
        line.until(|message| matches!(message, Message::Step1(_)));
        line
    }

    fn frames(&self, messages: &[Message]) -> Vec<u8> {
        let written = |message: &Message| Frame::new(self.name.to_string(), message.clone()).written();
        packed(&messages.iter().map(written).collect::<Vec<_>>())
    }

    fn send(&mut self, messages: &[Message]) {
        self.sent += 1;
        let answer = self.bring(self.sent, &self.frames(messages));
        assert!(answer, "the line took no parcel {}", self.sent);
    }

    fn bring(&self, number: u64, parcel: &[u8]) -> bool {
        self.browser.carry(&format!("/sync/http/{}/send/{number}", self.id), parcel).is_done()
    }

    /// What a listener gets who has so many messages; nothing where the line ended.
    fn listen(&self, heard: usize) -> Option<Vec<Vec<u8>>> {
        let answer = self.browser.carry(&format!("/sync/http/{}/listen/{heard}", self.id), b"");
        answer.is_done().then(|| unpacked(&answer.body))
    }

    /// The next message, which is taken for had.
    fn hear(&mut self) -> Message {
        while self.come.is_empty() {
            let frames = self.listen(self.heard).expect("the line ended");
            self.heard += frames.len();
            self.come.extend(frames.iter().map(|frame| Frame::read(frame).expect("a frame").message));
        }
        self.come.remove(0)
    }

    /// Takes what comes until a message is the awaited one.
    fn until(&mut self, awaited: impl Fn(&Message) -> bool) -> Message {
        loop {
            let message = self.hear();
            if let Message::Update(update) | Message::Step2(update) = &message {
                self.document.apply(update).unwrap();
            }
            if awaited(&message) {
                return message;
            }
        }
    }

    fn write(&mut self, words: &str) -> Message {
        let edit = append(&self.document, FIELD, words);
        self.edit(&edit)
    }

    fn edit(&mut self, edit: &Edit) -> Message {
        Message::Update(self.document.edit(edit, "unused", Moment(1_800_000_000_000)).unwrap())
    }

    fn answered(&mut self) -> bool {
        self.until(|message| matches!(message, Message::Status(_))) == Message::Status(true)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_line_acknowledges_is_kept_over_a_kill_in_that_moment() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut server = Server::start(&folder);
    for round in 0..10 {
        let mut line = Line::open(server.port, RUTH, &name, 1_000 + round);
        let words = line.write(&format!(" [line {round}]"));
        line.send(&[words]);
        assert!(line.answered());
        server.kill();
        server = Server::start_at(&folder, server.port);
    }
    let client = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    let text = client.document.values().text(FIELD).to_string();
    assert!((0..10).all(|round| text.contains(&format!("[line {round}]"))), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_come_in_order_and_those_of_a_lost_answer_come_again() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut line = Line::open(server.port, RUTH, &name, 1_000);
    let mut ruth = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    for number in 0..20 {
        let update = ruth.write(&append(&ruth.document, FIELD, &format!(" {number};")));
        ruth.offer(update).await.unwrap();
    }
    let first = line.listen(line.heard).unwrap();
    let again = line.listen(line.heard).unwrap();
    assert!(!first.is_empty() && again.starts_with(&first), "what wasn't had comes again, in the same order");
    // Half of them arrived: the rest comes, and none of that half.
    let rest = line.listen(line.heard + 5).unwrap();
    assert_eq!(rest[..], again[5..]);
    line.heard += 5;
    line.come.extend(again[..5].iter().map(|frame| Frame::read(frame).expect("a frame").message));
    while !line.document.values().text(FIELD).ends_with(" 19;") {
        line.until(|message| matches!(message, Message::Update(_)));
    }
    assert_eq!(line.document.values().text(FIELD), ruth.document.values().text(FIELD));
    // What was never sent, or is let go of, can't be had.
    assert!(line.listen(line.heard + 100).is_none() && line.listen(0).is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_that_comes_twice_counts_once_and_one_too_early_not_at_all() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut line = Line::open(server.port, RUTH, &name, 1_000);
    let (one, two) = (line.write(" One."), line.write(" Two."));
    let parcel = line.frames(&[one, two]);
    for _ in 0..3 {
        assert!(line.bring(line.sent + 1, &parcel));
    }
    line.sent += 1;
    assert!(!line.bring(line.sent + 2, &parcel), "the one before it was lost");
    // Two updates, two answers: a third would be taken for the answer to something else.
    assert!(line.answered() && line.answered());
    line.send(&[Message::Step1(line.document.state_vector())]);
    let next = line.until(|message| matches!(message, Message::Status(_) | Message::Step1(_)));
    assert!(matches!(next, Message::Step1(_)), "{next:?}");
    let after = Line::open(server.port, RUTH, &name, 1_001);
    assert!(after.document.values().text(FIELD).ends_with(" One. Two."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_for_the_session_that_opened_it() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut line = Line::open(server.port, RUTH, &name, 1_000);
    let ruths_other_session = Browser::sign_in(server.port, RUTH);
    let strangers = [ruths_other_session, Browser::sign_in(server.port, TOM), Browser::nobodys(server.port)];
    let parcel = line.write(" Mine.");
    let parcel = line.frames(&[parcel]);
    for stranger in strangers {
        for path in
            [format!("/sync/http/{}/listen/0", line.id), format!("/sync/http/{}/send/{}", line.id, line.sent + 1)]
        {
            let answer = stranger.carry(&path, &parcel).text();
            assert!(answer.starts_with("HTTP/1.0 410") && answer.contains("has ended"), "{answer}");
        }
    }
    assert!(line.bring(line.sent + 1, &parcel), "nobody took its place");
    assert!(line.answered());
    let answer = Browser::nobodys(server.port).carry("/sync/http", b"").text();
    assert!(answer.starts_with("HTTP/1.0 401") && answer.contains("Sign in"), "{answer}");
    for path in ["/sync/http/x/send/1", "/sync/http/x/listen/none", &format!("/sync/http/{}/send/-1", line.id)] {
        let answer = line.browser.carry(path, b"").text();
        assert!(answer.starts_with("HTTP/1.0 410") && answer.contains("has ended"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_opens_what_is_yours_and_closes_it_when_your_part_has_ended() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, JO, "carers-view", "write");
    let private = DocumentName { section: "private-details".parse().unwrap(), ..name.clone() };
    let mut line = Line::open(server.port, JO, &name, 1_000);
    let refused = Frame::new(private.to_string(), Message::Token(String::new())).written();
    line.sent += 1;
    assert!(line.bring(line.sent, &packed(&[refused])));
    line.until(|message| matches!(message, Message::Denied(why) if why.len() > 10));

    let edit = append(&line.document, "going-well", " In time.");
    let update = line.edit(&edit);
    line.send(&[update]);
    assert!(line.answered());
    end_part(&folder, &name, JO);
    // An answer about rights may be two seconds old.
    let begun = Instant::now();
    loop {
        let update = line.edit(&append(&line.document, "going-well", " Late?"));
        line.send(&[update]);
        match line.until(|message| matches!(message, Message::Status(_) | Message::Denied(_))) {
            Message::Status(true) => assert!(begun.elapsed().as_secs() < 30, "still taken"),
            _ => break,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_has_so_many_lines_and_the_one_left_longest_makes_room() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let first = Line::open(server.port, RUTH, &name, 1_000);
    let tom = Line::open(server.port, TOM, &document(&folder.0, TOM, "targets", "write"), 1_001);
    let mut last = Browser { port: server.port, cookie: first.browser.cookie.clone() };
    for _ in 0..LINES {
        last = line(last).0;
    }
    assert!(first.listen(first.heard).is_none(), "the oldest made room");
    assert!(tom.bring(tom.sent + 1, &packed(&[PING.to_vec()])), "another person's line is there");
    assert_eq!(tom.listen(tom.heard).unwrap(), [PONG.to_vec()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_parcels_end_their_own_line_and_harm_nobody() {
    let folder = Folder::with_demo();
    let mut server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut neighbour = Line::open(server.port, TOM, &document(&folder.0, TOM, "targets", "write"), 1_000);
    let ruth = Browser::sign_in(server.port, RUTH);
    let cut = Frame::new(name.to_string(), Message::Update(vec![7; 40])).written();
    for broken in [vec![255; 12], vec![200], packed(&[vec![]]), packed(&[vec![3, 1, 2]]), packed(&[cut])[..30].to_vec()]
    {
        let (_, id) = line(Browser { port: ruth.port, cookie: ruth.cookie.clone() });
        assert!(ruth.carry(&format!("/sync/http/{id}/send/1"), &broken).is_done());
        let answer = ruth.carry(&format!("/sync/http/{id}/listen/0"), b"").text();
        assert!(answer.starts_with("HTTP/1.0 410"), "{broken:?}: {answer}");
    }
    assert!(server.is_alive());
    let update = neighbour.edit(&append(&neighbour.document, "changes", " still here"));
    neighbour.send(&[update]);
    assert!(neighbour.answered());
}
