//! `/sync`: the connection over which sections are opened and edited, on whichever
//! `transport`. It asks `access` before anything reaches a room, at each update, and
//! now and then for those who only read.

mod line;
mod lines;
mod plain;
mod rights;
mod transport;

use crate::domain::access::{self, Action, Actor, Permit, Refusal};
use crate::domain::people::{ChildId, PersonId};
use crate::domain::phase::Phase;
use crate::domain::plan::{DocumentName, State as PlanState};
use crate::domain::sections::SectionId;
use crate::domain::words::problem::VOICE_CLOSED;
use crate::server::auth;
use crate::server::clock;
use crate::server::db::{DbError, people};
use crate::server::rooms::{Outgoing, Right, SocketId, Visitor};
use crate::server::state::AppState;
use crate::sync::presence::Who;
use crate::sync::protocol::{Frame, Message as Wire, Notice, PING, PONG, SIGN_IN};
use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::get;
pub use lines::{Ear, Lines};
pub use plain::LINES;
use rights::Age;
pub use rights::Rights;
use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, mpsc};
use transport::Transport;

/// The largest message: a long section offline for weeks fits, a flood doesn't.
pub const MOST_BYTES: usize = 2 << 20;
/// Sections that one connection may have open at once.
const MOST_DOCUMENTS: usize = 64;
/// Frames waiting for one socket before it is let go.
const QUEUE: usize = 1024;
/// Frames that go to one socket in one write.
const AT_ONCE: usize = 64;
/// How often a silent connection is asked for a sign of life, and its rights are
/// asked for again.
const PULSE: Duration = Duration::from_secs(15);

static SOCKETS: AtomicU64 = AtomicU64::new(1);

/// The two ways in: a WebSocket, and plain HTTP for networks that refuse those.
pub fn routes(router: Router<AppState>) -> Router<AppState> {
    plain::routes(router.route("/sync", get(transport::upgrade)))
}

/// A section that this connection has open.
struct Open {
    child: ChildId,
    plan_state: PlanState,
    phase: Phase,
    /// What the client showed to open it: nothing for a browser, whose cookie
    /// speaks for it; a token; or the pass that a picture code opened.
    token: String,
    actor: Actor,
    asked: Instant,
    /// How others see them here, where they are seen.
    visitor: Option<Arc<Visitor>>,
}

/// Why a section isn't opened, or an update isn't taken.
enum No {
    /// Nobody is signed in any more. What is unsent waits for that.
    SignIn,
    /// It couldn't be found out. The connection ends, and comes back to ask again.
    Unknown,
    /// Final, with the sentence that says so.
    Refused(String),
    /// Theirs to write, and the plan is closed.
    Closed(Permit, &'static str),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        No::Refused(refusal.sentence().into())
    }
}

impl From<DbError> for No {
    fn from(error: DbError) -> Self {
        tracing::error!(%error, "rights could not be read");
        No::Unknown
    }
}

struct Connection {
    id: SocketId,
    state: AppState,
    headers: HeaderMap,
    to: Outgoing,
    open: HashMap<DocumentName, Open>,
    /// What can't be opened now, with what was shown for it: it is tried again at each
    /// pulse. To end the connection would stop all else that comes over it.
    shut: HashMap<DocumentName, String>,
    /// Whose name was asked for last: one person's, on all but foreign connections.
    named: Option<(PersonId, String)>,
}

impl Connection {
    /// A connection for what these headers show, and what rooms say to it.
    fn new(state: AppState, headers: HeaderMap) -> (Self, mpsc::Receiver<Bytes>) {
        let (frames, queue) = mpsc::channel(QUEUE);
        let id = SocketId(SOCKETS.fetch_add(1, Ordering::Relaxed));
        let to = Outgoing { frames, end: Arc::new(Notify::new()) };
        (Self { id, state, headers, to, open: HashMap::new(), shut: HashMap::new(), named: None }, queue)
    }

    async fn run(mut self, mut socket: Transport, mut queue: mpsc::Receiver<Bytes>) {
        let mut pulse = tokio::time::interval(PULSE);
        pulse.tick().await;
        let end = self.to.end.clone();
        let mut ended = pin!(end.notified());
        let mut frames = Vec::with_capacity(AT_ONCE);
        loop {
            let going = tokio::select! {
                received = socket.receive() => match received {
                    Some(bytes) => self.take(&bytes, &mut socket).await,
                    None => false,
                },
                1.. = queue.recv_many(&mut frames, AT_ONCE) => socket.send_all(&mut frames).await,
                _ = pulse.tick() => self.pulse(&mut socket).await,
                () = &mut ended => false,
            };
            if !going {
                break;
            }
        }
        for name in self.open.keys() {
            self.state.rooms.leave(name, self.id).await;
        }
        socket.close().await;
    }

    /// Takes one message; false ends the connection.
    async fn take(&mut self, bytes: &[u8], socket: &mut Transport) -> bool {
        match bytes {
            PING => return socket.send(PONG).await,
            PONG => return true,
            _ => {}
        }
        // Bytes that are no message end this connection, and nobody else's.
        let Some(frame) = Frame::read(bytes) else { return false };
        let Ok(name) = frame.document.parse::<DocumentName>() else {
            let denied = Wire::Denied(Refusal::NotInTeam.sentence().into());
            return self.answer(&frame.document, denied, socket).await;
        };
        match frame.message {
            Wire::Token(token) => self.admit(name, token, socket).await,
            Wire::Step1(state_vector) | Wire::ReplyStep1(state_vector) => {
                if self.open.contains_key(&name) {
                    self.state.rooms.step1(&name, self.id, state_vector).await;
                }
                true
            }
            // What a client wrote a while ago comes when it is asked for what it has.
            Wire::Step2(update) | Wire::ReplyStep2(update) => self.write(name, (update, true), socket).await,
            Wire::Update(update) => self.write(name, (update, false), socket).await,
            Wire::Close => {
                self.open.remove(&name);
                self.shut.remove(&name);
                self.state.rooms.leave(&name, self.id).await;
                true
            }
            Wire::Awareness(bytes) => {
                if self.open.contains_key(&name) {
                    self.state.rooms.awaken(&name, self.id, bytes).await;
                }
                true
            }
            Wire::QueryAwareness => {
                if self.open.contains_key(&name) {
                    self.state.rooms.who(&name, self.id).await;
                }
                true
            }
            _ => true,
        }
    }

    async fn answer(&self, document: &str, message: Wire, socket: &mut Transport) -> bool {
        socket.send(Frame::new(document, message).written()).await
    }

    /// Opens a section for a client that may read it.
    async fn admit(&mut self, name: DocumentName, token: String, socket: &mut Transport) -> bool {
        let document = name.to_string();
        self.shut.remove(&name);
        if self.open.len() + self.shut.len() >= MOST_DOCUMENTS && !self.open.contains_key(&name) {
            let sentence = "Too many parts of plans are open at once. Close some and try again";
            return self.answer(&document, Wire::Denied(sentence.into()), socket).await;
        }
        let open = match self.who(&name, token.clone(), Age::New).await {
            Ok(open) => open,
            Err(no) => return self.turn_away(&name, no, socket).await,
        };
        if let Err(no) = judge(&open, &name, Action::Read(name.section)) {
            return self.turn_away(&name, no, socket).await;
        }
        let writes = open.plan_state.takes_edits() && judge(&open, &name, Action::Write(name.section)).is_ok();
        if !self.state.rooms.join(&name, self.id, self.to.clone(), open.visitor.clone()).await {
            // Whoever takes it for open comes back anew.
            let was_open = self.open.contains_key(&name);
            self.shut.insert(name, token);
            return !was_open;
        }
        self.open.insert(name.clone(), open);
        if !self.answer(&document, Wire::Allowed { writes }, socket).await {
            return false;
        }
        self.state.rooms.who(&name, self.id).await;
        true
    }

    /// Closes a section to this client and says why; false ends the connection.
    async fn turn_away(&mut self, name: &DocumentName, no: No, socket: &mut Transport) -> bool {
        let sentence = match no {
            No::Unknown => return false,
            No::SignIn => SIGN_IN.to_string(),
            No::Refused(sentence) => sentence,
            No::Closed(_, sentence) => sentence.to_string(),
        };
        self.open.remove(name);
        self.state.rooms.leave(name, self.id).await;
        self.answer(&name.to_string(), Wire::Denied(sentence), socket).await
    }

    /// Finds out who is asking and whose plan it is.
    async fn who(&mut self, name: &DocumentName, token: String, age: Age) -> Result<Open, No> {
        let rights = &self.state.rights;
        let actor = rights.actor(&self.state, &self.headers, &token, age).await?;
        let (actor_asked, actor) = actor.ok_or(No::SignIn)?;
        let (plan_asked, plan) = rights.plan(&self.state, &name.plan, age).await?.ok_or_else(not_here)?;
        let visitor = self.visitor(&actor, &plan.child, name).await?;
        let (phase, plan_state) = (plan.phase(), plan.state);
        Ok(Open { child: plan.child, plan_state, phase, token, actor, asked: actor_asked.min(plan_asked), visitor })
    }

    /// How others see somebody in a plan, and what of others they may be told.
    async fn visitor(
        &mut self,
        actor: &Actor,
        child: &ChildId,
        name: &DocumentName,
    ) -> Result<Option<Arc<Visitor>>, DbError> {
        let today = clock::today();
        let (Actor::Adult { person, .. }, Some(role)) = (actor, access::role(actor, child, today)) else {
            return Ok(None);
        };
        if self.named.as_ref().is_none_or(|(named, _)| named != person) {
            let found = people::name(&self.state.db, person).await?.unwrap_or_default();
            self.named = Some((person.clone(), found));
        }
        let Some((_, called)) = &self.named else { return Ok(None) };
        let who = Who { id: person.to_string(), name: called.clone(), role: role.words().into(), look: 0 };
        let may_read =
            |section: &SectionId| access::decide(actor, Action::Read(*section), child, &name.plan, today).is_ok();
        let reads = SectionId::ALL.iter().copied().filter(may_read).collect();
        Ok(Some(Arc::new(Visitor { who, reads })))
    }

    /// Offers an update, and whether it was written apart, to its room, with the right to
    /// write it or the lack of it.
    async fn write(&mut self, name: DocumentName, update: (Vec<u8>, bool), socket: &mut Transport) -> bool {
        if self.shut.contains_key(&name) {
            return true;
        }
        let right = match self.permit(&name).await {
            Ok(permit) => Right::Write(permit),
            // A child's own words are kept nowhere but in their own document.
            Err(No::Closed(permit, sentence)) if name.section != SectionId::MyVoice => {
                Right::Beside(permit, sentence.into())
            }
            Err(No::Closed(..)) => Right::None(VOICE_CLOSED.english().into()),
            Err(No::Refused(sentence)) => Right::None(sentence),
            Err(no) => return self.turn_away(&name, no, socket).await,
        };
        match (right, self.open.contains_key(&name)) {
            (right, true) => self.state.rooms.update(&name, self.id, right, update).await,
            (Right::Write(_) | Right::Beside(..), false) => {}
            (Right::None(sentence), false) => {
                let document = name.to_string();
                return self.answer(&document, Notice::why(sentence), socket).await
                    && self.answer(&document, Wire::Status(false), socket).await;
            }
        }
        true
    }

    async fn permit(&mut self, name: &DocumentName) -> Result<Permit, No> {
        let Some(open) = self.open.get(name) else {
            // Closed to them meanwhile, and this was on its way: they are told why again.
            let now = self.who(name, String::new(), Age::New).await?;
            judge(&now, name, Action::Write(name.section))?;
            return Err(not_here());
        };
        if !rights::holds(open.asked, Instant::now()) {
            let fresh = self.who(name, open.token.clone(), Age::Held).await?;
            // Writing is work: it keeps the session from ending.
            if let Err(error) = auth::session::seen(&self.state, &self.headers).await {
                tracing::warn!(%error, "a session could not be marked as used");
            }
            self.open.insert(name.clone(), fresh);
        }
        let open = self.open.get(name).ok_or_else(not_here)?;
        let permit = judge(open, name, Action::Write(name.section))?;
        match open.plan_state.closed_sentence() {
            None => Ok(permit),
            Some(sentence) if open.plan_state.is_over() => Err(No::Closed(permit, sentence)),
            Some(sentence) => Err(No::Refused(sentence.into())),
        }
    }

    /// A sign of life, and a look at whether those who read still may.
    async fn pulse(&mut self, socket: &mut Transport) -> bool {
        let names: Vec<_> = self.open.keys().cloned().collect();
        for name in names {
            let Some((token, told)) = self.open.get(&name).map(|open| (open.token.clone(), open.visitor.clone()))
            else {
                continue;
            };
            let allowed = match self.who(&name, token, Age::Held).await {
                Ok(open) => judge(&open, &name, Action::Read(name.section)).map(|_| open),
                Err(no) => Err(no),
            };
            match allowed {
                Ok(open) if open.visitor != told => {
                    self.state.rooms.join(&name, self.id, self.to.clone(), open.visitor.clone()).await;
                    self.open.insert(name, open);
                }
                Ok(_) => {}
                Err(no) => {
                    if !self.turn_away(&name, no, socket).await {
                        return false;
                    }
                }
            }
        }
        for (name, token) in std::mem::take(&mut self.shut) {
            if !self.admit(name, token, socket).await {
                return false;
            }
        }
        socket.send(PING).await
    }
}

fn not_here() -> No {
    Refusal::NotInTeam.into()
}

fn judge(open: &Open, name: &DocumentName, action: Action) -> Result<Permit, No> {
    Ok(access::decide_in(open.phase, &open.actor, action, (&open.child, &name.plan), clock::today())?)
}
