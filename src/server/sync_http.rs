//! `/sync`: the connection over which sections are opened and edited, on whichever
//! `transport`. It asks `access` before anything reaches a room, at each update, and
//! now and then for those who only read.

mod line;
mod lines;
mod opened;
mod plain;
mod rights;
mod socket;
mod transport;

use crate::domain::access::{Action, Actor, Refusal};
use crate::domain::people::PersonId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::words::problem::VOICE_CLOSED;
use crate::server::rooms::{Outgoing, Right, SocketId};
use crate::server::state::AppState;
use crate::sync::protocol::{Frame, Message as Wire, Notice, PING, PONG, SIGN_IN};
use axum::Router;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::routing::get;
pub use lines::{Ear, Lines};
use opened::{No, Open};
pub use plain::LINES;
use rights::Age;
pub use rights::Rights;
use serde::Deserialize;
use std::collections::HashMap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;
use transport::Transport;

/// The largest message: a long section offline for weeks fits, a flood doesn't.
pub const MOST_BYTES: usize = 2 << 20;
/// Sections that one connection may have open at once.
const MOST_DOCUMENTS: usize = 64;
/// Frames waiting for one socket before it is let go.
const QUEUE: usize = 1024;
/// How often a silent connection is asked for a sign of life, and its rights are
/// asked for again.
const PULSE: Duration = Duration::from_secs(15);
/// Who has said nothing for so long, asked or not, isn't there any more: a laptop that lost
/// its network would be shown as here until the system gives up on it.
const SILENT: Duration = Duration::from_secs(60);

static SOCKETS: AtomicU64 = AtomicU64::new(1);

/// The two ways in: a WebSocket, and plain HTTP for networks that refuse those.
pub fn routes(router: Router<AppState>) -> Router<AppState> {
    plain::routes(router.route("/sync", get(transport::upgrade)))
}

/// What a page says of itself as it connects: for whom it is. Another program says nothing.
#[derive(Default, Deserialize)]
struct Page {
    #[serde(rename = "for")]
    holder: Option<String>,
}

impl Page {
    /// Whether it is for the one whose session it shows: somebody else may have signed in in
    /// another tab since.
    fn is_of(&self, actor: &Actor) -> bool {
        self.holder.as_ref().is_none_or(|holder| *holder == actor.holder())
    }
}

struct Connection {
    id: SocketId,
    state: AppState,
    page: Page,
    /// What of its request says whose it is.
    headers: HeaderMap,
    to: Outgoing,
    open: HashMap<DocumentName, Open>,
    /// What can't be opened now, with what was shown for it: it is tried again at each
    /// pulse. To end the connection would stop all else that comes over it.
    shut: HashMap<DocumentName, String>,
    /// Whose name was asked for last: one person's, on all but foreign connections.
    named: Option<(PersonId, String)>,
    /// When something came from it last.
    heard: Instant,
}

impl Connection {
    /// Serves a connection for what its `cookies` show, until either side or `end` ends it.
    async fn serve(state: AppState, page: Page, headers: HeaderMap, socket: Transport, end: Arc<Notify>) {
        let id = SocketId(SOCKETS.fetch_add(1, Ordering::Relaxed));
        let to = state.rooms.outgoing(socket.carrier(), end.clone());
        let (open, shut) = (HashMap::new(), HashMap::new());
        let connection = Self { id, state, page, headers, to, open, shut, named: None, heard: Instant::now() };
        connection.run(socket, &end).await;
    }

    async fn run(mut self, mut socket: Transport, end: &Notify) {
        let mut pulse = tokio::time::interval(PULSE);
        pulse.tick().await;
        let mut ended = pin!(end.notified());
        loop {
            // In this order: whoever sends very much can hold up neither the end nor the look
            // at whether they still may.
            let going = tokio::select! {
                biased;
                () = &mut ended => false,
                _ = pulse.tick() => Box::pin(self.pulse(&mut socket)).await,
                received = socket.receive() => match received {
                    Some(bytes) => {
                        self.heard = Instant::now();
                        // Ten thousand connections that wait hold no room for what they don't do.
                        Box::pin(self.take(&bytes, &mut socket)).await
                    }
                    None => false,
                },
            };
            if !going {
                break;
            }
        }
        let lost = !socket.said_goodbye();
        for name in self.open.keys() {
            self.state.rooms.leave(name, self.id, lost).await;
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
            Wire::Step1(state_vector) | Wire::ReplyStep1(state_vector) => self.read(name, state_vector, socket).await,
            // What a client wrote a while ago comes when it is asked for what it has.
            Wire::Step2(update) | Wire::ReplyStep2(update) => self.write(name, (update, true), socket).await,
            Wire::Update(update) => self.write(name, (update, false), socket).await,
            Wire::Close => {
                self.open.remove(&name);
                self.shut.remove(&name);
                self.state.rooms.leave(&name, self.id, false).await;
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
        if let Err(no) = open.judge(&name, Action::Read(name.section)) {
            return self.turn_away(&name, no, socket).await;
        }
        let writes = open.takes_edits() && open.judge(&name, Action::Write(name.section)).is_ok();
        let greeting = Frame::new(document, Wire::Allowed { writes }).written().into();
        if !self.state.rooms.join(&name, self.id, self.to.clone(), Some(greeting), open.visitor.clone()).await {
            // Whoever takes it for open comes back anew.
            let was_open = self.open.contains_key(&name);
            self.shut.insert(name, token);
            return !was_open;
        }
        self.open.insert(name.clone(), open);
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
        self.state.rooms.leave(name, self.id, false).await;
        self.answer(&name.to_string(), Wire::Denied(sentence), socket).await
    }

    /// Sends a client what its copy of a section lacks, where it may still read it.
    async fn read(&mut self, name: DocumentName, state_vector: Vec<u8>, socket: &mut Transport) -> bool {
        if !self.open.contains_key(&name) {
            return true;
        }
        if let Err(no) = self.may_read(&name).await {
            return self.turn_away(&name, no, socket).await;
        }
        self.state.rooms.step1(&name, self.id, state_vector).await;
        true
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

    /// A sign of life, and a look at whether those who read still may.
    async fn pulse(&mut self, socket: &mut Transport) -> bool {
        if socket.answers() && self.heard.elapsed() >= SILENT {
            return false;
        }
        let names: Vec<_> = self.open.keys().cloned().collect();
        for name in names {
            if let Err(no) = self.may_read(&name).await
                && !self.turn_away(&name, no, socket).await
            {
                return false;
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

/// The cookies of a request, copied: as they came they hold on to all that was read with
/// them, 8 kB for as long as the connection lasts.
fn cookies(headers: &HeaderMap) -> HeaderMap {
    let copied = |cookie: &HeaderValue| HeaderValue::from_bytes(cookie.as_bytes()).ok();
    headers.get_all(COOKIE).iter().filter_map(copied).map(|cookie| (COOKIE, cookie)).collect()
}
