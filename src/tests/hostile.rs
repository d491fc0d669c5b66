//! Hostile bytes, made from real ones (`src/tests/corpus`): frames, updates, state
//! vectors and words about who is here. They go to the readers themselves, and to the
//! server's own rooms, beside a neighbour in another room who must notice nothing.

use crate::oracle::{hex, unhex};
use crate::random::Random;
use crate::simulation::authority::Authority;
use crate::simulation::memory::Memory;
use axum::body::Bytes;
use futures_util::FutureExt;
use pep::domain::access::{Action, Permit};
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::server::rooms::{Ask, Keeper, Outgoing, Right, Room, SocketId, Visitor};
use pep::server::watch::watch;
use pep::sync::document::{Document, Edit};
use pep::sync::presence;
use pep::sync::protocol::{Frame, Message, Notice};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::{Notify, mpsc, oneshot};

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let file = file(name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().filter(|line| !line.is_empty()).map(unhex).collect()
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/corpus").join(format!("{name}.hex"))
}

fn setting(name: &str, unless: u64) -> u64 {
    std::env::var(name).ok().and_then(|set| set.parse().ok()).unwrap_or(unless)
}

/// One to four bytes flipped, set, put in, taken out or doubled, a number made huge,
/// all after one cut off, or the end of another one put on.
fn mutated(all: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = all[random.below(all.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 if !bytes.is_empty() => bytes[at] = random.below(256) as u8,
            2 => bytes.insert(at, random.below(256) as u8),
            3 if !bytes.is_empty() => drop(bytes.remove(at)),
            4 => bytes.truncate(at),
            5 => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, random.below(128) as u8])),
            6 => drop(bytes.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
            7 if !bytes.is_empty() => {
                let end = (at + random.below(12)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, copy));
            }
            _ => {
                let other = &all[random.below(all.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[random.below(other.len())..]);
            }
        }
    }
    bytes
}

/// The readers of bytes that have no state: any bytes are read, or refused.
#[test]
fn any_bytes_are_read_or_refused() {
    let (mut random, inputs) = (Random(setting("PEP_SEED", 1)), setting("PEP_INPUTS", 100_000));
    let (frames, here) = (corpus("frames"), corpus("awareness"));
    let (mut read, mut again) = (0, 0);
    for input in 0..inputs {
        let bytes = match input % 4 {
            0 => {
                let bytes = mutated(&here, &mut random);
                if let Some(lines) = presence::read(&bytes) {
                    assert_eq!(presence::read(&presence::written(&lines)), Some(lines), "it reads as it is written");
                }
                Frame::new("a/b", Message::Awareness(bytes)).written()
            }
            _ => mutated(&frames, &mut random),
        };
        let Some(frame) = Frame::read(&bytes) else { continue };
        read += 1;
        let _ = frame.document.parse::<DocumentName>();
        if let Message::Stateless(payload) = &frame.message {
            let _ = Notice::read(payload);
        }
        // What was read is written as it was meant.
        again += u64::from(Frame::read(&frame.written()).as_ref() == Some(&frame));
    }
    println!("{inputs} frames, {read} of them read");
    assert_eq!(read, again, "a frame reads as it is written");
}

/// The server's rooms with an attacker in one and a neighbour in another.
struct Attack {
    random: Random,
    memory: Memory,
    keeper: Keeper<Memory>,
    permit: Permit,
    visitor: Arc<Visitor>,
    attacked: DocumentName,
    neighbours: DocumentName,
    neighbour: Document,
    hears: mpsc::Receiver<Bytes>,
    attackers: mpsc::Receiver<Bytes>,
    accepted: u64,
}

const ATTACKER: SocketId = SocketId(1);
const NEIGHBOUR: SocketId = SocketId(2);
const FIELD: &str = "changes";

impl Attack {
    /// A fresh section that says what the corpus does, so that mutations have something
    /// to build on.
    fn begin(seed: u64, updates: &[Vec<u8>]) -> Self {
        let authority = Authority::new(1);
        let name = |section| DocumentName { plan: authority.plan.clone(), section };
        let (attacked, neighbours) = (name(SectionId::Targets), name(SectionId::Progress));
        let memory = Memory::default();
        for name in [&attacked, &neighbours] {
            memory.0.lock().unwrap().begin(name, 0);
        }
        let actor = authority.actor(0).expect("the designated teacher");
        let permit = authority.decide(&actor, Action::Write(attacked.section)).expect("may write");
        let (_, hears) = mpsc::channel(1);
        let (_, attackers) = mpsc::channel(1);
        let visitor = authority.visitor(0, &actor);
        let keeper = Keeper::new(memory.clone(), watch().0);
        let neighbour = Document::new(neighbours.section.section(), 77);
        let random = Random(seed);
        let mut attack = Self {
            random,
            memory,
            keeper,
            permit,
            visitor,
            attacked,
            neighbours,
            neighbour,
            hears,
            attackers,
            accepted: 0,
        };
        attack.attackers = attack.join(ATTACKER);
        attack.hears = attack.join(NEIGHBOUR);
        for update in updates {
            attack.offer(update.clone());
        }
        attack
    }

    fn answer(&mut self, asks: Vec<Ask>) {
        self.keeper.answer(asks.into_iter(), Moment(1_800_000_000_000)).now_or_never().expect("the rooms answer");
    }

    fn join(&mut self, socket: SocketId) -> mpsc::Receiver<Bytes> {
        let (frames, received) = mpsc::channel(64);
        let to = Outgoing::queue(frames, Arc::new(Notify::new()));
        let name = if socket == ATTACKER { self.attacked.clone() } else { self.neighbours.clone() };
        let (joined, mut answer) = oneshot::channel();
        self.answer(vec![Ask::Join { name, socket, to, visitor: Some(self.visitor.clone()), greeting: None, joined }]);
        assert_eq!(answer.try_recv(), Ok(true), "the section still opens");
        received
    }

    fn offer(&mut self, bytes: Vec<u8>) {
        let right = Right::Write(self.permit.clone());
        self.answer(vec![Ask::Update { name: self.attacked.clone(), socket: ATTACKER, right, bytes, apart: false }]);
        self.after_attack();
    }

    fn step1(&mut self, state_vector: Vec<u8>) {
        self.answer(vec![Ask::Step1 { name: self.attacked.clone(), socket: ATTACKER, state_vector }]);
        self.after_attack();
    }

    fn awaken(&mut self, bytes: Vec<u8>) {
        self.answer(vec![Ask::Awaken { name: self.attacked.clone(), socket: ATTACKER, bytes }]);
        self.after_attack();
    }

    /// The attacker's connection may be over; another one comes.
    fn after_attack(&mut self) {
        loop {
            match self.attackers.try_recv() {
                Ok(frame) => {
                    let taken = Frame::read(&frame).is_some_and(|frame| frame.message == Message::Status(true));
                    self.accepted += u64::from(taken);
                }
                Err(mpsc::error::TryRecvError::Empty) => return,
                Err(mpsc::error::TryRecvError::Disconnected) => {
                    self.attackers = self.join(ATTACKER);
                    return;
                }
            }
        }
    }

    /// The neighbour writes a word, and it is taken.
    fn neighbour_writes(&mut self) {
        let edit = Edit::Splice { path: "strengths".into(), at: 0, delete: 0, insert: "Still here. ".into() };
        let bytes = self.neighbour.edit(&edit, self.permit.by(), Moment(1)).expect("an edit");
        let right = Right::Write(self.permit.clone());
        self.answer(vec![Ask::Update { name: self.neighbours.clone(), socket: NEIGHBOUR, right, bytes, apart: false }]);
        let heard = std::iter::from_fn(|| self.hears.try_recv().ok()).filter_map(|frame| Frame::read(&frame));
        assert!(heard.map(|frame| frame.message).any(|message| message == Message::Status(true)), "it is answered");
    }

    /// What is kept opens again and says the same; so does a copy of the whole; and an
    /// ordinary edit on top of it is taken.
    fn hold_reload(&mut self) {
        let kept = self.memory.0.lock().unwrap();
        for name in [&self.attacked, &self.neighbours] {
            let document = &kept.documents[name];
            let truth = document.truth.read().expect("a section");
            let room = Room::load(name.clone(), document.stored()).expect("what is stored opens");
            assert_eq!(room.document().read().as_ref(), Ok(&truth));
            let mut copy = Document::new(name.section.section(), 99);
            copy.apply(&room.document().state()).expect("a whole document applies");
            assert_eq!(copy.read().as_ref(), Ok(&truth));
            assert!(copy.is_level_with(room.document()));
            let path = if name.section == SectionId::Targets { FIELD } else { "strengths" };
            let edit = Edit::Splice { path: path.into(), at: 0, delete: 0, insert: "And on. ".into() };
            copy.edit(&edit, "someone", Moment(2)).expect("an edit on top");
            assert_eq!(copy.read().expect("a section").text(path), format!("And on. {}", truth.text(path)));
        }
    }
}

/// Two million bytes fit into one message: each two of them open one more list. Read as
/// deep as they go they would take all of the stack, and the whole server with it.
#[test]
fn lists_in_lists_without_end_end_nobody_but_their_sender() {
    let mut attack = Attack::begin(1, &corpus("updates"));
    let mut update = vec![1, 1, 7, 0, 8, 1, 1, b'x', 1];
    update.extend([117, 1].repeat(1_000_000));
    update.extend([120, 0]);
    attack.offer(update);
    attack.neighbour_writes();
    attack.hold_reload();
}

#[test]
fn who_is_ended_is_no_longer_seen() {
    let mut attack = Attack::begin(1, &[]);
    std::mem::swap(&mut attack.attacked, &mut attack.neighbours);
    attack.hears = attack.join(NEIGHBOUR);
    std::mem::swap(&mut attack.attacked, &mut attack.neighbours);
    let line = presence::Line { client: 5, clock: 1, state: Some(presence::State::default()) };
    attack.awaken(presence::written(&[line]));
    attack.offer(vec![0xff; 9]);
    let heard = std::iter::from_fn(|| attack.hears.try_recv().ok()).filter_map(|frame| Frame::read(&frame));
    let lines = heard.filter_map(|frame| match frame.message {
        Message::Awareness(bytes) => presence::read(&bytes),
        _ => None,
    });
    let seen: Vec<_> = lines.flatten().map(|line| (line.client, line.state.is_some())).collect();
    assert_eq!(seen, [(5, true), (5, false)]);
}

/// How many inputs one section takes before another is begun.
const ROUND: u64 = 200;

#[test]
fn hostile_updates_harm_no_neighbour_and_what_is_kept_always_opens() {
    let (first, inputs) = (setting("PEP_SEED", 1), setting("PEP_INPUTS", 8_000));
    let began = Instant::now();
    let (updates, vectors, here) = (corpus("updates"), corpus("state-vectors"), corpus("awareness"));
    let (next, taken) = (AtomicU64::new(0), AtomicU64::new(0));
    let work = || {
        loop {
            let round = next.fetch_add(1, Ordering::Relaxed);
            if round * ROUND >= inputs {
                return;
            }
            let mut attack = Attack::begin(first + round, &updates);
            let before = attack.accepted;
            for input in 0..ROUND {
                let of = [&here, &vectors, &updates][(input % 8).min(2) as usize];
                let bytes = mutated(of, &mut attack.random);
                match input % 8 {
                    0 => attack.awaken(bytes),
                    1 => attack.step1(bytes),
                    _ => attack.offer(bytes),
                }
                if input % 50 == 0 {
                    attack.neighbour_writes();
                    attack.hold_reload();
                }
            }
            attack.neighbour_writes();
            attack.hold_reload();
            taken.fetch_add(attack.accepted - before, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        for thread in threads {
            assert!(thread.join().is_ok(), "a panic reached the rooms; again with PEP_SEED={first}");
        }
    });
    let (taken, took) = (taken.into_inner(), began.elapsed().as_secs_f64());
    println!("{inputs} hostile updates and state vectors, {taken} of them taken, {took:.1} s");
}

/// Writes the corpus anew: what three people send in a short meeting.
/// `cargo test --features ssr --test whole corpus_is_written -- --ignored`
#[test]
#[ignore = "it writes the corpus, which is kept"]
fn the_corpus_is_written() {
    let authority = Authority::new(1);
    let by = authority.people[0].id.to_string();
    let name = DocumentName { plan: authority.plan.clone(), section: SectionId::Targets };
    let mut random = Random(11);
    let mut people: Vec<Document> = (1..4).map(|client| Document::new(name.section.section(), client << 20)).collect();
    let (mut updates, mut vectors) = (Vec::new(), Vec::new());
    for step in 0..48 {
        let who = random.below(3);
        let edit = crate::oracle::some_edit(&mut random, &people[who].values());
        let Ok(update) = people[who].edit(&edit, &by, Moment(step * 1_700)) else { continue };
        people.iter().enumerate().filter(|(other, _)| *other != who).for_each(|(_, other)| {
            other.apply(&update).expect("in order");
        });
        updates.push(update);
        if step % 6 == 0 {
            vectors.push(people[who].state_vector());
        }
    }
    updates.push(people[0].state());
    updates.push(people[1].diff(&vectors[2]).expect("a difference"));
    // What others' programs say of who is here is kept as it was written by hand.
    let here = corpus("awareness");
    let messages = updates.iter().take(12).cloned().map(Message::Update);
    let messages = messages.chain([
        Message::Step1(vectors[1].clone()),
        Message::Step2(updates[3].clone()),
        Message::ReplyStep1(vectors[0].clone()),
        Message::ReplyStep2(updates[4].clone()),
        Message::Token("a-token-of-somebody".into()),
        Message::Denied("This plan isn't open to you".into()),
        Message::Allowed { writes: true },
        Message::Allowed { writes: false },
        Notice::why("It was not taken"),
        Notice::news(),
        Message::Status(true),
        Message::Status(false),
        Message::QueryAwareness,
        Message::Close,
        Message::Awareness(here[0].clone()),
    ]);
    let frames: Vec<Vec<u8>> = messages.map(|message| Frame::new(name.to_string(), message).written()).collect();
    for (kind, all) in [("frames", frames), ("updates", updates), ("state-vectors", vectors)] {
        let lines: String = all.iter().map(|bytes| hex(bytes) + "\n").collect();
        std::fs::write(file(kind), lines).expect("the corpus is written");
    }
}
