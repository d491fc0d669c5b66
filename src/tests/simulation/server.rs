//! The server: the real rooms, and before them connections that ask for rights as
//! `server/sync_http.rs` does, at the same moments and with the same answers.

use super::authority::Authority;
use super::memory::Memory;
use axum::body::Bytes;
use futures_util::FutureExt;
use pep::domain::access::{Action, Actor, Permit, Refusal};
use pep::domain::calendar::Moment;
use pep::domain::plan::{DocumentName, State};
use pep::server::rooms::{Ask, Keeper, Outgoing, Right, SocketId};
use pep::server::sync_http::Lines;
use pep::server::watch::watch;
use pep::sync::protocol::{Frame, Message, Notice, SIGN_IN};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};

pub const PULSE: i64 = 15_000;
const RIGHTS_HOLD: i64 = 2_000;
const QUEUE: usize = 1024;

pub struct Server {
    store: Memory,
    keeper: Keeper<Memory>,
    asks: Vec<Ask>,
    pub connections: BTreeMap<u64, Connection>,
    /// Those over plain HTTP.
    pub lines: Lines,
}

pub struct Connection {
    person: usize,
    to: Outgoing,
    queue: mpsc::Receiver<Bytes>,
    open: BTreeMap<DocumentName, Open>,
    /// What is being opened: nothing else is taken meanwhile.
    opening: Option<Opening>,
    pulse: i64,
    /// Frames that wait for the wire.
    out: Vec<Vec<u8>>,
}

struct Opening {
    name: DocumentName,
    open: Open,
    writes: bool,
    joined: oneshot::Receiver<bool>,
}

struct Open {
    actor: Actor,
    state: State,
    asked: i64,
}

enum No {
    SignIn,
    Refused(String),
    Closed(Permit, &'static str),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        No::Refused(refusal.sentence().into())
    }
}

impl Server {
    pub fn new(store: Memory) -> Self {
        let (keeper, asks) = (Keeper::new(store.clone(), watch().0), Vec::new());
        Self { keeper, store, asks, connections: BTreeMap::new(), lines: Lines::default() }
    }

    /// Ends without a goodbye, and starts again with what is committed.
    pub fn crash(&mut self) {
        self.store.ends();
        *self = Self::new(self.store.clone());
    }

    /// Serves a connection. Answers what ends it.
    pub fn connect(&mut self, id: u64, person: usize, now: i64) -> Arc<Notify> {
        let (frames, queue) = mpsc::channel(QUEUE);
        let end = Arc::new(Notify::new());
        let to = Outgoing::queue(frames, end.clone());
        let open = BTreeMap::new();
        let connection = Connection { person, to, queue, open, opening: None, pulse: now + PULSE, out: Vec::new() };
        self.connections.insert(id, connection);
        end
    }

    pub fn disconnect(&mut self, id: u64) {
        let Some(connection) = self.connections.remove(&id) else { return };
        let names = connection.open.into_keys().chain(connection.opening.map(|opening| opening.name));
        self.asks.extend(names.map(|name| Ask::Leave { name, socket: SocketId(id), lost: true }));
    }

    pub fn is_busy(&self) -> bool {
        !self.asks.is_empty()
    }

    pub fn listens(&self, id: u64) -> bool {
        self.connections.get(&id).is_some_and(|connection| connection.opening.is_none())
    }

    /// The rooms take what gathered. False where the server ended over it.
    pub fn step(&mut self, now: i64) -> bool {
        if self.keeper.answer(self.asks.drain(..), Moment(now)).now_or_never().is_none() {
            return false;
        }
        for connection in self.connections.values_mut() {
            connection.opened();
        }
        true
    }

    /// What a connection's socket carries away now.
    pub fn carry(&mut self, id: u64) -> Vec<Vec<u8>> {
        let Some(connection) = self.connections.get_mut(&id) else { return Vec::new() };
        let mut frames = std::mem::take(&mut connection.out);
        while let Ok(frame) = connection.queue.try_recv() {
            frames.push(frame.to_vec());
        }
        frames
    }

    /// Whether the rooms gave this connection up.
    pub fn is_ended(&self, id: u64) -> bool {
        self.connections.get(&id).is_none_or(|connection| connection.to.end.notified().now_or_never().is_some())
    }

    /// Asks again for the rights of those who only read, when it is time.
    pub fn pulse(&mut self, authority: &Authority, now: i64) {
        for (id, connection) in &mut self.connections {
            if now < connection.pulse || connection.opening.is_some() {
                continue;
            }
            connection.pulse = now + PULSE;
            let names: Vec<_> = connection.open.keys().cloned().collect();
            for name in names {
                let allowed = who(authority, connection.person, now)
                    .and_then(|open| Ok(authority.decide(&open.actor, Action::Read(name.section))?));
                if let Err(no) = allowed {
                    connection.turn_away(*id, &name, no, &mut self.asks);
                }
            }
        }
    }

    /// Takes one message; false ends the connection.
    pub fn take(&mut self, id: u64, bytes: &[u8], authority: &Authority, now: i64) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else { return false };
        let Some(frame) = Frame::read(bytes) else { return false };
        let Ok(name) = frame.document.parse::<DocumentName>() else { return false };
        let socket = SocketId(id);
        match frame.message {
            Message::Token(_) => connection.admit(id, name, authority, now, &mut self.asks),
            Message::Step1(state_vector) | Message::ReplyStep1(state_vector) if connection.open.contains_key(&name) => {
                self.asks.push(Ask::Step1 { name, socket, state_vector });
            }
            Message::Step2(update) | Message::ReplyStep2(update) => {
                connection.write(id, name, (update, true), authority, now, &mut self.asks);
            }
            Message::Update(update) => connection.write(id, name, (update, false), authority, now, &mut self.asks),
            Message::Awareness(bytes) if connection.open.contains_key(&name) => {
                self.asks.push(Ask::Awaken { name, socket, bytes });
            }
            _ => {}
        }
        true
    }
}

impl Connection {
    fn answer(&mut self, name: &DocumentName, message: Message) {
        self.out.push(Frame::new(name.to_string(), message).written());
    }

    fn admit(&mut self, id: u64, name: DocumentName, authority: &Authority, now: i64, asks: &mut Vec<Ask>) {
        let open = match who(authority, self.person, now) {
            Ok(open) => open,
            Err(no) => return self.turn_away(id, &name, no, asks),
        };
        if let Err(refusal) = authority.decide(&open.actor, Action::Read(name.section)) {
            return self.turn_away(id, &name, refusal.into(), asks);
        }
        let writes = open.state.takes_edits() && authority.decide(&open.actor, Action::Write(name.section)).is_ok();
        let (answer, joined) = oneshot::channel();
        let (to, visitor) = (self.to.clone(), Some(authority.visitor(self.person, &open.actor)));
        asks.push(Ask::Join { name: name.clone(), socket: SocketId(id), to, visitor, greeting: None, joined: answer });
        self.opening = Some(Opening { name, open, writes, joined });
    }

    fn opened(&mut self) {
        let Some(mut opening) = self.opening.take() else { return };
        match opening.joined.try_recv() {
            Ok(true) => {
                self.answer(&opening.name.clone(), Message::Allowed { writes: opening.writes });
                self.open.insert(opening.name, opening.open);
            }
            Ok(false) => self.to.end.notify_one(),
            Err(_) => self.opening = Some(opening),
        }
    }

    fn turn_away(&mut self, id: u64, name: &DocumentName, no: No, asks: &mut Vec<Ask>) {
        let sentence = match no {
            No::SignIn => SIGN_IN.to_string(),
            No::Refused(sentence) => sentence,
            No::Closed(_, sentence) => sentence.to_string(),
        };
        self.open.remove(name);
        asks.push(Ask::Leave { name: name.clone(), socket: SocketId(id), lost: false });
        self.answer(name, Message::Denied(sentence));
    }

    fn write(
        &mut self,
        id: u64,
        name: DocumentName,
        (bytes, apart): (Vec<u8>, bool),
        authority: &Authority,
        now: i64,
        asks: &mut Vec<Ask>,
    ) {
        let right = match self.permit(&name, authority, now) {
            Ok(permit) => Right::Write(permit),
            Err(No::Closed(permit, sentence)) => Right::Beside(permit, sentence.into()),
            Err(No::Refused(sentence)) => Right::None(sentence),
            Err(no) => return self.turn_away(id, &name, no, asks),
        };
        match (right, self.open.contains_key(&name)) {
            (right, true) => asks.push(Ask::Update { name, socket: SocketId(id), right, bytes, apart }),
            (Right::Write(_) | Right::Beside(..), false) => {}
            (Right::None(sentence), false) => {
                self.answer(&name, Notice::why(sentence));
                self.answer(&name, Message::Status(false));
            }
        }
    }

    fn permit(&mut self, name: &DocumentName, authority: &Authority, now: i64) -> Result<Permit, No> {
        let write = Action::Write(name.section);
        let Some(open) = self.open.get_mut(name) else {
            authority.decide(&who(authority, self.person, now)?.actor, write)?;
            return Err(Refusal::NotInTeam.into());
        };
        if now - open.asked > RIGHTS_HOLD {
            *open = who(authority, self.person, now)?;
        }
        let permit = authority.decide(&open.actor, write)?;
        match open.state.closed_sentence() {
            None => Ok(permit),
            Some(sentence) if open.state.is_over() => Err(No::Closed(permit, sentence)),
            Some(sentence) => Err(No::Refused(sentence.into())),
        }
    }
}

fn who(authority: &Authority, person: usize, now: i64) -> Result<Open, No> {
    let actor = authority.actor(person).ok_or(No::SignIn)?;
    Ok(Open { actor, state: authority.state, asked: now })
}
