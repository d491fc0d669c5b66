//! A network on which WebSockets are refused: the requests of a line, each of which, or
//! its answer, may be lost, come twice, or arrive long after it was given up. Both ends
//! are the real ones; here is what the network does between them.

use super::meeting::{Broken, Meeting, Wire};
use axum::body::Bytes;
use futures_util::FutureExt;
use pep::server::sync_http::{Ear, Lines};
use pep::sync::line::{Down, Next, TRIES, Up, next};
use pep::sync::parcel;
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Notify;

const SESSION: &str = "session";
/// The two requests that a page may have under way.
const POSTS: usize = 0;
const LISTENS: usize = 1;

type Held = Pin<Box<dyn Future<Output = Option<Vec<u8>>>>>;

#[derive(Clone)]
enum Body {
    /// Brings a parcel under its number.
    Parcel(u32, Vec<u8>),
    /// Listens, and has heard so many messages.
    Listens(u32),
}

#[derive(Clone)]
struct Request {
    number: u64,
    body: Body,
}

/// A request whose answer its page waits for.
struct Asked {
    request: Request,
    tries: u32,
}

/// One connection over plain HTTP.
pub struct Plain {
    id: String,
    up: Up,
    down: Down,
    asked: [Option<Asked>; 2],
    count: u64,
    /// What is on its way to the server, and back from it: none where the line ended.
    requests: Vec<Request>,
    answers: Vec<(u64, Option<Vec<u8>>)>,
    /// The server's end, as long as it is served, and who listens there.
    ear: Option<Ear>,
    held: Vec<(u64, Held)>,
    /// How many parcels the server took, and how many messages of them it has to hear.
    taken: u32,
    came: usize,
    /// What was said by one side and not heard by the other.
    said: VecDeque<Vec<u8>>,
    told: VecDeque<Vec<u8>>,
}

impl Plain {
    pub fn open(lines: &Lines, number: u64, end: Arc<Notify>) -> Self {
        let ear = lines.open(SESSION.into(), number.to_string(), end);
        let mut plain = Self {
            id: ear.id().to_string(),
            up: Up::default(),
            down: Down::default(),
            asked: [None, None],
            count: 0,
            requests: Vec::new(),
            answers: Vec::new(),
            ear: Some(ear),
            held: Vec::new(),
            taken: 0,
            came: 0,
            said: VecDeque::new(),
            told: VecDeque::new(),
        };
        plain.listens();
        plain
    }

    /// The page says something, as `browser/wire.rs` does.
    pub fn say(&mut self, frame: Vec<u8>) {
        if self.up.put(&frame) {
            self.posts();
        }
        self.said.push_back(frame);
    }

    fn posts(&mut self) {
        if let Some((number, parcel)) = self.up.next_parcel() {
            self.ask(POSTS, Body::Parcel(number, parcel), 1);
        }
    }

    fn listens(&mut self) {
        self.ask(LISTENS, Body::Listens(self.down.heard()), 1);
    }

    fn ask(&mut self, place: usize, body: Body, tries: u32) {
        self.count += 1;
        let request = Request { number: self.count, body };
        self.requests.push(request.clone());
        self.asked[place] = Some(Asked { request, tries });
    }

    /// The page is gone, or has given the line up: it waits for no answer.
    pub fn hang_up(&mut self) {
        self.asked = [None, None];
    }

    /// The server tells the page something; false where too much waits already.
    pub fn tell(&mut self, frame: Vec<u8>) -> bool {
        let Some(ear) = &self.ear else { return false };
        let fits = ear.send(frame.clone().into());
        if fits {
            self.told.push_back(frame);
        }
        self.look();
        fits
    }

    /// The server's end is gone.
    pub fn lets_go(&mut self) {
        (self.ear, self.came) = (None, 0);
        self.look();
    }

    /// How much there is that could move.
    pub fn weight(&self, up: bool) -> usize {
        if up { self.requests.len().min(2) + self.came.min(4) } else { self.answers.len().min(2) }
    }

    /// A request arrives at the server.
    fn arrives(&mut self, request: Request, lines: &Lines) {
        let number = request.number;
        let Some(line) = lines.find(&self.id, SESSION) else { return self.answers.push((number, None)) };
        match &request.body {
            Body::Parcel(of, parcel) => {
                let taken = line.take(u64::from(*of), Bytes::copy_from_slice(parcel)).now_or_never();
                // Too many wait there already: this one does so at the door.
                let Some(taken) = taken else { return self.requests.push(request) };
                if taken && *of > self.taken {
                    self.taken = *of;
                    self.came += count(parcel);
                }
                self.answers.push((number, taken.then(Vec::new)));
            }
            Body::Listens(heard) => {
                let heard = u64::from(*heard);
                let held: Held = Box::pin(async move { line.listen(heard).await });
                self.held.push((number, held));
                self.look();
            }
        }
    }

    /// Those who listen are answered where there is something to say. Twice: who was
    /// there before is sent away by who came.
    fn look(&mut self) {
        let answers = &mut self.answers;
        for _ in 0..2 {
            self.held.retain_mut(|(number, held)| {
                let answer = held.as_mut().now_or_never();
                let waits = answer.is_none();
                answers.extend(answer.map(|answer| (*number, answer)));
                waits
            });
        }
    }

    /// The next message that came up, for the server's connection.
    fn hear(&mut self) -> Option<Bytes> {
        let message = self.ear.as_mut()?.receive().now_or_never().flatten()?;
        assert_eq!(self.said.pop_front().as_deref(), Some(&message[..]), "what goes up arrives once and in its order");
        self.came -= 1;
        Some(message)
    }

    /// A request ends for its page. Answers the messages that came with that; nothing
    /// where the page gives the line up.
    fn ends(&mut self, number: u64, status: Option<u16>, body: &[u8], renumbers: bool) -> Option<Vec<Vec<u8>>> {
        let waits = |asked: &Option<Asked>| asked.as_ref().is_some_and(|asked| asked.request.number == number);
        let Some(place) = self.asked.iter().position(waits) else { return Some(Vec::new()) };
        let asked = self.asked[place].take()?;
        let mut messages: Vec<Vec<u8>> = Vec::new();
        match (next(status), asked.request.body) {
            (Next::Goes, Body::Parcel(..)) => self.posts(),
            (Next::Goes, Body::Listens(_)) => {
                self.down.came(body, |message| {
                    messages.push(message.to_vec());
                    true
                });
                for message in &messages {
                    assert_eq!(self.told.pop_front().as_ref(), Some(message), "what comes down comes once, in order");
                }
                self.listens();
            }
            (Next::Again, Body::Parcel(of, parcel)) if asked.tries < TRIES => {
                let of = if renumbers { of + 1 } else { of };
                self.ask(place, Body::Parcel(of, parcel), asked.tries + 1);
            }
            (Next::Again, body) if asked.tries < TRIES => self.ask(place, body, asked.tries + 1),
            _ => return None,
        }
        Some(messages)
    }
}

impl Wire {
    /// The server is gone from it.
    pub fn lets_go(&mut self) {
        self.served = false;
        if let Some(plain) = &mut self.plain {
            plain.lets_go();
        }
    }
}

/// How many messages are in a parcel.
fn count(mut left: &[u8]) -> usize {
    let mut messages = 0;
    while let Some((_, rest)) = parcel::first(left) {
        (messages, left) = (messages + 1, rest);
    }
    messages
}

fn plain(lines: &mut BTreeMap<u64, Wire>, id: u64) -> Option<&mut Plain> {
    lines.get_mut(&id)?.plain.as_mut()
}

impl Meeting {
    /// Something moves on a line, up to the server or down to its page.
    pub fn moves(&mut self, id: u64, up: bool) {
        if self.random.percent(3) {
            return self.listener_is_cut_off(id);
        }
        let came = plain(&mut self.lines, id).is_some_and(|plain| plain.came > 0);
        match up {
            true if came && self.server.listens(id) && self.random.percent(60) => self.server_hears(id),
            true => self.request_moves(id),
            false => self.answer_moves(id),
        }
    }

    /// A request arrives; or it is lost, or given up and arrives later all the same, or
    /// it comes twice.
    fn request_moves(&mut self, id: u64) {
        let Some(plain) = plain(&mut self.lines, id).filter(|plain| !plain.requests.is_empty()) else { return };
        let at = self.random.below(plain.requests.len());
        let number = plain.requests[at].number;
        match self.random.below(100) {
            0..4 => {
                drop(plain.requests.remove(at));
                self.request_ends(id, number, None, &[]);
            }
            4..8 => self.request_ends(id, number, None, &[]),
            8..12 => {
                let twice = plain.requests[at].clone();
                plain.requests.push(twice);
            }
            _ => {
                let request = plain.requests.remove(at);
                plain.arrives(request, &self.server.lines);
            }
        }
    }

    /// An answer arrives, or is lost.
    fn answer_moves(&mut self, id: u64) {
        let Some(plain) = plain(&mut self.lines, id).filter(|plain| !plain.answers.is_empty()) else { return };
        let at = self.random.below(plain.answers.len());
        let (number, answer) = plain.answers.remove(at);
        match self.random.percent(5) {
            true => self.request_ends(id, number, None, &[]),
            false => self.is_answered(id, number, answer),
        }
    }

    /// Somebody listens and is cut off, which the server sees at once or never.
    fn listener_is_cut_off(&mut self, id: u64) {
        let Some(plain) = plain(&mut self.lines, id) else { return };
        let Some(number) = plain.held.first().map(|(number, _)| *number) else { return };
        if self.random.percent(50) {
            drop(plain.held.remove(0));
        }
        self.request_ends(id, number, None, &[]);
    }

    fn is_answered(&mut self, id: u64, number: u64, answer: Option<Vec<u8>>) {
        let status = if answer.is_some() { 200 } else { 410 };
        self.request_ends(id, number, Some(status), &answer.unwrap_or_default());
    }

    fn request_ends(&mut self, id: u64, number: u64, status: Option<u16>, body: &[u8]) {
        let renumbers = self.broken == Some(Broken::ParcelRenumbered);
        let Some(plain) = plain(&mut self.lines, id) else { return };
        match plain.ends(number, status, body, renumbers) {
            Some(messages) => messages.iter().for_each(|message| self.hears(id, message)),
            None => self.page_gives_up(id),
        }
    }

    fn page_gives_up(&mut self, id: u64) {
        let Some((device, place)) = self.lines.get(&id).map(|line| (line.device, line.place)) else { return };
        if self.tab(device, place).is_some_and(|tab| tab.line == Some(id)) {
            self.cut(device, place);
        }
    }

    /// The server's connection takes the next message that came up.
    fn server_hears(&mut self, id: u64) {
        let Some(message) = plain(&mut self.lines, id).map(Plain::hear) else { return };
        self.by_http += 1;
        let take = |message: Bytes| self.server.take(id, &message, &self.authority, self.now);
        if !message.is_some_and(take) {
            self.server_lets_go(id);
        }
    }

    /// All that is on its way on a line arrives. Answers whether something was.
    pub fn all_moves(&mut self, id: u64) -> bool {
        let Some(line) = plain(&mut self.lines, id) else { return false };
        let requests = std::mem::take(&mut line.requests);
        let mut moved = !requests.is_empty();
        requests.into_iter().for_each(|request| line.arrives(request, &self.server.lines));
        while self.server.listens(id) && plain(&mut self.lines, id).is_some_and(|line| line.came > 0) {
            self.server_hears(id);
            moved = true;
        }
        let Some(line) = plain(&mut self.lines, id) else { return moved };
        let answers = std::mem::take(&mut line.answers);
        moved |= line.came > 0 || !answers.is_empty();
        answers.into_iter().for_each(|(number, answer)| self.is_answered(id, number, answer));
        moved
    }
}
