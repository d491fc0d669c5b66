//! The promises, where things go wrong.

use crate::harness::{
    Client, Folder, Opened, Server, append, document, end_part, open, open_narrowly, open_over, socket, socket_at,
    token,
};
use futures_util::{SinkExt, StreamExt};
use pep::server::db::{Db, people};
use pep::sync::document::Edit;
use pep::sync::protocol::{Frame, Message, SIGN_IN};
use std::time::{Duration, Instant};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Socket;

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const FIELD: &str = "strengths";

/// A hundred times: an edit is acknowledged, and in the same moment the server is
/// killed. Nothing that was acknowledged is missing afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_over_100_kills() {
    let folder = Folder::with_demo();
    let name = document(&folder.0, RUTH, "progress", "write");
    let token = token(&folder.0, RUTH);
    let mut server = Server::start(&folder);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..100 {
        let mut client = open(server.port, &name, &token, "unused").await.writes();
        for words in &acknowledged {
            assert!(client.document.values().text(FIELD).contains(words), "{words} was acknowledged and is gone");
        }
        let words = format!(" [edit {round}]");
        let update = client.write(&append(&client.document, FIELD, &words));
        client.offer(update).await.unwrap();
        server.kill();
        acknowledged.push(words);
        server = Server::start_at(&folder, server.port);
    }
    let client = open(server.port, &name, &token, "unused").await.writes();
    let kept = acknowledged.iter().filter(|words| client.document.values().text(FIELD).contains(*words)).count();
    println!("kept {kept} of {} acknowledged edits over 100 kills", acknowledged.len());
    assert_eq!(kept, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_update_twice_is_once_and_both_are_acknowledged() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut client = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    let before = client.document.values().text(FIELD).to_string();
    let update = client.write(&append(&client.document, FIELD, " Once."));
    client.offer(update.clone()).await.unwrap();
    client.offer(update).await.unwrap();
    let again = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    assert_eq!(again.document.values().text(FIELD), format!("{before} Once."));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_wrote_apart_both_keep_theirs() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, TOM, "targets", "write");
    let mut tom = open(server.port, &name, &token(&folder.0, TOM), "tom").await.writes();
    let mut ruth = open(server.port, &name, &token(&folder.0, RUTH), "ruth").await.writes();
    let row = tom.document.values().rows("targets").next().expect("a target").id.clone();
    let what = format!("targets/{row}/what");
    let toms = tom.write(&append(&tom.document, &what, " Tom was here."));
    let ruths = ruth.write(&append(&ruth.document, &what, " So was Ruth."));
    tom.offer(toms).await.unwrap();
    ruth.offer(ruths).await.unwrap();
    let both = |text: &str| text.contains("Tom was here.") && text.contains("So was Ruth.");
    tom.until(|document| both(document.values().text(&what))).await;
    ruth.until(|document| both(document.values().text(&what))).await;
    assert_eq!(tom.document.values(), ruth.document.values());
}

/// What the network doesn't take at once is sent on as it does, in order.
#[tokio::test(flavor = "multi_thread")]
async fn who_reads_nothing_for_a_while_misses_nothing_and_keeps_their_connection() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut slow = open_narrowly(server.port, &name, &token(&folder.0, RUTH), "slow").await.writes();
    let mut quick = open(server.port, &name, &token(&folder.0, RUTH), "quick").await.writes();
    for round in 0..400_u32 {
        let length = quick.document.values().text(FIELD).encode_utf16().count() as u32;
        let insert = format!("{round} {}", "word ".repeat(1_500));
        let edit = Edit::Splice { path: FIELD.into(), at: 0, delete: length, insert };
        let update = quick.write(&edit);
        quick.offer(update).await.unwrap();
    }
    // The next sign of life would bring it too.
    let all = slow.until(|document| document.values().text(FIELD).starts_with("399 "));
    timeout(Duration::from_secs(5), all).await.expect("it comes by itself");
    assert_eq!(slow.document.values(), quick.document.values());
    let update = slow.write(&append(&slow.document, FIELD, "Still here."));
    slow.offer(update).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_misses_another_is_asked_for_again() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut client = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    let _lost = client.write(&append(&client.document, FIELD, " First."));
    let second = client.write(&append(&client.document, FIELD, " Second."));
    client.send(Message::Update(second)).await;
    let asked = loop {
        if let Message::Step1(state_vector) = client.hear().await {
            break state_vector;
        }
    };
    client.send(Message::Step2(client.document.diff(&asked).unwrap())).await;
    loop {
        match client.hear().await {
            Message::Status(taken) => break assert!(taken),
            _ => continue,
        }
    }
    let again = open(server.port, &name, &token(&folder.0, RUTH), "unused").await.writes();
    assert!(again.document.values().text(FIELD).ends_with(" First. Second."));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_writes_in_anothers_name_or_outside_the_declaration() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let mut client = open(server.port, &name, &token(&folder.0, RUTH), "somebody-else").await.writes();
    let forged = client.write(&Edit::Set { path: "reading-years".into(), value: "9".into() });
    let why = client.offer(forged).await.unwrap_err();
    assert!(why.contains("your own name"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_reader_writes_is_refused_in_a_sentence() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, TOM, "progress", "read");
    let Opened::Reads(mut tom) = open(server.port, &name, &token(&folder.0, TOM), "tom").await else {
        panic!("Tom may only read");
    };
    // His answer to the server's first step holds nothing new, and is acknowledged.
    tom.offer(tom.document.state()).await.unwrap();
    let update = tom.write(&append(&tom.document, FIELD, " Not mine to say."));
    let why = tom.offer(update).await.unwrap_err();
    assert!(why.contains("isn't yours to change"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_yours_does_not_open() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let private = document(&folder.0, TOM, "private-details", "write");
    let voice = private.to_string().replace("private-details", "my-voice").parse().unwrap();
    let jo = token(&folder.0, "jo.barlow@carers.example");
    for (name, token) in [(&private, jo.as_str()), (&voice, token(&folder.0, TOM).as_str()), (&private, "wrong")] {
        match open(server.port, name, token, "x").await {
            Opened::Denied(why) => assert!(why.len() > 10, "{why}"),
            _ => panic!("{name} opened"),
        }
    }
}

/// Ten thousand broken frames: the server lives, and another room notices nothing.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_broken_frames_harm_nobody() {
    let folder = Folder::with_demo();
    let mut server = Server::start(&folder);
    let name = document(&folder.0, RUTH, "progress", "write");
    let other = document(&folder.0, TOM, "targets", "write");
    let (ruth, tom) = (token(&folder.0, RUTH), token(&folder.0, TOM));
    let mut neighbour = open(server.port, &other, &tom, "tom").await.writes();

    let mut attacker = open(server.port, &name, &ruth, "unused").await.writes();
    let update = attacker.write(&append(&attacker.document, FIELD, " attack"));
    let seeds: Vec<Vec<u8>> = [
        Message::Update(update.clone()),
        Message::Step2(attacker.document.state()),
        Message::Step1(attacker.document.state_vector()),
        Message::Awareness(vec![1, 2, 3, 4]),
        Message::Token(ruth.clone()),
    ]
    .into_iter()
    .map(|message| Frame::new(name.to_string(), message).written())
    .collect();
    let mut random = Random(7);
    let (mut sent, mut ended) = (0, 0);
    while sent < 10_000 {
        let mut attack = socket(server.port).await;
        let hello = Frame::new(name.to_string(), Message::Token(ruth.clone())).written();
        attack.send(Socket::Binary(hello.into())).await.unwrap();
        // A broken frame ends its connection; the next one goes on.
        while sent < 10_000 {
            let frame = mutate(&seeds[sent % seeds.len()], &mut random);
            sent += 1;
            if attack.send(Socket::Binary(frame.into())).await.is_err() {
                break;
            }
            if sent % 1_000 == 0 {
                let update = neighbour.write(&append(&neighbour.document, "changes", &format!(" {sent}")));
                neighbour.offer(update).await.unwrap();
            }
            if sent % 20 == 0 && has_ended(&mut attack).await {
                break;
            }
        }
        ended += 1;
    }
    println!("{sent} broken frames over {ended} connections");
    assert!(server.is_alive());
    let update = neighbour.write(&append(&neighbour.document, "changes", " still here"));
    neighbour.offer(update).await.unwrap();
    // The attacked section still opens, and reads as its declaration says.
    let again = open(server.port, &name, &ruth, "unused").await.writes();
    again.document.read().unwrap();
}

/// Whether the server ended a connection, as far as one can tell without waiting.
async fn has_ended(socket: &mut (impl futures_util::Stream<Item = Result<Socket, impl Sized>> + Unpin)) -> bool {
    loop {
        match tokio::time::timeout(std::time::Duration::from_millis(1), socket.next()).await {
            Err(_) => return false,
            Ok(None | Some(Err(_) | Ok(Socket::Close(_)))) => return true,
            Ok(_) => {}
        }
    }
}

/// Marsaglia's xorshift: the same story each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// One to three bytes flipped, set, put in, taken out, or all after one cut off.
fn mutate(seed: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 if !bytes.is_empty() => bytes[at] = random.below(256) as u8,
            2 => bytes.insert(at, random.below(256) as u8),
            3 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Somebody else signed in in another tab: what a page has of the one before them neither
/// goes out under the new name, nor does anything of theirs come in.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_for_somebody_else_is_asked_to_sign_in() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let (name, token) = (document(&folder.0, RUTH, "progress", "write"), token(&folder.0, RUTH));
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let ruth = people::by_email(&db, RUTH).await.unwrap().unwrap().id.to_string();
    for (whose, opens) in [(ruth.as_str(), true), ("sitting-1", false), ("", false)] {
        let over = socket_at(server.port, &format!("?for={whose}")).await;
        match open_over(over, &name, &token, "unused").await {
            Opened::Denied(why) => assert_eq!((opens, why.as_str()), (false, SIGN_IN)),
            _ => assert!(opens, "{whose}"),
        }
    }
}

/// Whoever asks for what a section says is judged as they ask, also over a connection that
/// has it open.
#[tokio::test(flavor = "multi_thread")]
async fn whose_part_has_ended_is_given_nothing_more() {
    let folder = Folder::with_demo();
    let server = Server::start(&folder);
    let name = document(&folder.0, TOM, "targets", "write");
    let (ruths, toms) = (token(&folder.0, RUTH), token(&folder.0, TOM));
    let mut ruth = open(server.port, &name, &ruths, "ruth").await.writes();
    let mut tom = open(server.port, &name, &toms, "tom").await.writes();
    end_part(&folder, &name, TOM);
    // An answer about rights may be two seconds old; by itself a connection looks each 15.
    let begun = Instant::now();
    while tom.is_answered().await {
        assert!(begun.elapsed().as_secs() < 10, "it is still answered");
    }
    let update = ruth.write(&append(&ruth.document, "changes", " Numbats."));
    ruth.offer(update).await.unwrap();
    tom.send(Message::Step1(tom.document.state_vector())).await;
    tom.send(Message::Token(toms)).await;
    assert!(matches!(tom.hear().await, Message::Denied(_)), "something came that isn't theirs any more");
}

impl Client {
    /// Asks for what the section says. False where that isn't theirs to read.
    async fn is_answered(&mut self) -> bool {
        self.send(Message::Step1(self.document.state_vector())).await;
        loop {
            match self.hear().await {
                Message::Step1(_) => return true,
                Message::Denied(_) => return false,
                _ => {}
            }
        }
    }
}
