//! Lines: connections over plain HTTP. What goes up comes in numbered parcels, and
//! one that comes twice counts once. What goes down waits, in order, until the other
//! side says that it has it; so a lost answer is given again.

use super::{MOST_BYTES, QUEUE};
use crate::server::ids;
use crate::sync::parcel;
use axum::body::Bytes;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until, timeout_at};

/// How long an answer is held back while there is nothing to say.
const LISTENS: Duration = Duration::from_secs(20);
/// A line that nobody has listened on for so long ends, and leaves its rooms.
const UNHEARD: Duration = Duration::from_secs(45);
/// Lines of one person; each tab of theirs has one.
const MOST_LINES: usize = 24;
/// Parcels that have come and are not taken yet; the next one's sender waits.
const PARCELS: usize = 4;
/// The most bytes that wait for one listener, and that one answer brings.
const MOST_WAITING: usize = 4 * MOST_BYTES;
const MOST_IN_ANSWER: usize = MOST_BYTES / 2;

/// Every line that is open, by its id.
#[derive(Clone, Default)]
pub struct Lines {
    open: Arc<Mutex<HashMap<String, Arc<Line>>>>,
}

/// One line, as the requests for it see it.
pub struct Line {
    /// The session that opened it, and whose that is.
    session: String,
    holder: String,
    up: mpsc::Sender<Bytes>,
    state: Mutex<State>,
    /// Something is there for the one who listens.
    told: Notify,
    /// Ends the connection.
    end: Arc<Notify>,
}

struct State {
    /// How many parcels were taken.
    taken: u64,
    /// How many messages the other side has.
    heard: u64,
    /// Those after them, in order.
    waiting: VecDeque<Bytes>,
    waiting_bytes: usize,
    /// The number of the latest who listens: those before have gone.
    listener: u64,
    /// How many requests are listening, and when one last did.
    listening: usize,
    listened: Instant,
    ended: bool,
}

/// Somebody listens, until they are answered or gone.
struct Listening<'a>(&'a Line);

/// A line, as its connection sees it. When it goes, the line ends.
pub struct Ear {
    lines: Lines,
    id: String,
    line: Arc<Line>,
    parcels: mpsc::Receiver<Bytes>,
    /// What is left of the parcel that came last.
    parcel: Bytes,
    unheard: Duration,
}

impl Lines {
    /// Opens a line for somebody's session; `end` ends its connection. Somebody with
    /// very many loses the one that was longest not listened on.
    pub fn open(&self, session: String, holder: String, end: Arc<Notify>) -> Ear {
        let id = ids::secret();
        let (up, parcels) = mpsc::channel(PARCELS);
        let state = State {
            taken: 0,
            heard: 0,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            listener: 0,
            listening: 0,
            listened: Instant::now(),
            ended: false,
        };
        let line = Line { session, holder, up, state: Mutex::new(state), told: Notify::new(), end };
        let line = Arc::new(line);
        let mut open = self.all();
        let theirs = open.iter().filter(|(_, other)| other.holder == line.holder);
        if theirs.clone().count() >= MOST_LINES
            && let Some(quiet) = theirs.min_by_key(|(_, other)| other.state().heard_at()).map(|(id, _)| id.clone())
            && let Some(quiet) = open.remove(&quiet)
        {
            quiet.end();
        }
        open.insert(id.clone(), line.clone());
        Ear { lines: self.clone(), id, line, parcels, parcel: Bytes::new(), unheard: UNHEARD }
    }

    /// A line, for the session that opened it and nobody else.
    pub fn find(&self, id: &str, session: &str) -> Option<Arc<Line>> {
        self.all().get(id).filter(|line| line.session == session).cloned()
    }

    /// Ends all lines: the server stops, and waits for no listener.
    pub fn end(&self) {
        self.all().drain().for_each(|(_, line)| line.end());
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Line>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line {
    /// Takes a parcel by its number; false where it can't be: then the line has ended,
    /// or something before it was lost.
    pub async fn take(&self, number: u64, parcel: Bytes) -> bool {
        let Ok(room) = self.up.reserve().await else { return false };
        let mut state = self.state();
        match number.checked_sub(state.taken) {
            // It came before, and only the answer was lost.
            Some(0) => true,
            Some(1) if !state.ended => {
                state.taken = number;
                room.send(parcel);
                true
            }
            _ => false,
        }
    }

    /// What comes after the messages that the other side has, as soon as there is
    /// something; empty after a while without. Nothing where the line has ended.
    pub async fn listen(&self, heard: u64) -> Option<Vec<u8>> {
        let mine = self.state().begin(heard)?;
        let _listening = Listening(self);
        // Who listened before has gone, and holds a request for nothing.
        self.told.notify_waiters();
        let until = Instant::now() + LISTENS;
        loop {
            let mut told = std::pin::pin!(self.told.notified());
            told.as_mut().enable();
            if let Some(answer) = self.state().answer(mine) {
                return answer;
            }
            if timeout_at(until, told).await.is_err() {
                return Some(Vec::new());
            }
        }
    }

    fn end(&self) {
        self.state().ended = true;
        self.told.notify_waiters();
        self.end.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Begins to listen: lets go of what the other side has. Answers the listener's
    /// number; nothing to who says to have what was never sent, or no longer has what
    /// it said to have.
    fn begin(&mut self, heard: u64) -> Option<u64> {
        let got = heard.checked_sub(self.heard).filter(|got| *got <= self.waiting.len() as u64)?;
        let gone: usize = self.waiting.drain(..got as usize).map(|message| message.len()).sum();
        self.waiting_bytes -= gone;
        self.heard = heard;
        self.listening += 1;
        self.listener += 1;
        Some(self.listener)
    }

    /// When somebody last listened.
    fn heard_at(&self) -> Instant {
        if self.listening > 0 { Instant::now() } else { self.listened }
    }

    /// What a listener is answered by now, if anything.
    fn answer(&self, listener: u64) -> Option<Option<Vec<u8>>> {
        if self.listener != listener {
            return Some(Some(Vec::new()));
        }
        if self.waiting.is_empty() {
            return self.ended.then_some(None);
        }
        let mut answer = Vec::new();
        for message in &self.waiting {
            if !answer.is_empty() && answer.len() + message.len() > MOST_IN_ANSWER {
                break;
            }
            parcel::put(&mut answer, message);
        }
        Some(Some(answer))
    }
}

impl Ear {
    /// The line's id, which only the one who opened it gets to know.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The next message; nothing where nobody listens any more, or what came is no
    /// parcel.
    pub async fn receive(&mut self) -> Option<Bytes> {
        while self.parcel.is_empty() {
            let until = self.line.state().heard_at() + self.unheard;
            if until <= Instant::now() {
                return None;
            }
            tokio::select! {
                parcel = self.parcels.recv() => self.parcel = parcel?,
                _ = sleep_until(until) => {}
            }
        }
        let (frame, rest) = parcel::first(&self.parcel)?;
        let frame = Bytes::copy_from_slice(frame);
        self.parcel = self.parcel.slice(self.parcel.len() - rest.len()..);
        Some(frame)
    }

    /// Puts a message where the listener finds it; false where too much waits there.
    pub fn send(&self, message: Bytes) -> bool {
        let mut state = self.line.state();
        let full = state.waiting.len() >= QUEUE || state.waiting_bytes > MOST_WAITING;
        if !full {
            state.waiting_bytes += message.len();
            state.waiting.push_back(message);
            drop(state);
            self.line.told.notify_waiters();
        }
        !full
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.listening -= 1;
        state.listened = Instant::now();
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.lines.all().remove(&self.id);
        self.line.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    const MOMENT: Duration = Duration::from_millis(50);

    fn ear(lines: &Lines) -> Ear {
        let mut ear = lines.open("session".into(), "holder".into(), Arc::default());
        ear.unheard = MOMENT;
        ear
    }

    #[tokio::test]
    async fn a_line_lasts_while_somebody_listens_and_ends_when_nobody_does() {
        let lines = Lines::default();
        let mut ear = ear(&lines);
        let line = lines.find(ear.id(), "session").unwrap();
        let listener = tokio::spawn(async move { line.listen(0).await });
        while ear.line.state().listening == 0 {
            tokio::task::yield_now().await;
        }
        assert!(timeout(4 * MOMENT, ear.receive()).await.is_err(), "it lasts");
        listener.abort();
        assert_eq!(ear.receive().await, None);
        let line = ear.line.clone();
        let id = ear.id().to_string();
        drop(ear);
        assert!(lines.find(&id, "session").is_none());
        assert_eq!(line.listen(0).await, None);
    }

    #[tokio::test]
    async fn who_listens_again_takes_the_place_of_who_listened() {
        let lines = Lines::default();
        let ear = ear(&lines);
        let line = ear.line.clone();
        let first = tokio::spawn(async move { line.listen(0).await });
        while ear.line.state().listening == 0 {
            tokio::task::yield_now().await;
        }
        let line = ear.line.clone();
        let second = tokio::spawn(async move { line.listen(0).await });
        assert_eq!(first.await.unwrap(), Some(vec![]));
        assert!(ear.send(Bytes::from_static(b"hello")));
        assert_eq!(second.await.unwrap(), Some(b"\x05hello".to_vec()));
    }

    #[tokio::test]
    async fn who_does_not_listen_may_not_fill_the_memory() {
        let lines = Lines::default();
        let ear = ear(&lines);
        let sent = (0..QUEUE + 9).take_while(|_| ear.send(Bytes::from_static(b"!"))).count();
        assert_eq!(sent, QUEUE);
        let big = Bytes::from(vec![0; MOST_BYTES]);
        let ear = self::ear(&lines);
        assert_eq!((0..9).take_while(|_| ear.send(big.clone())).count(), 5);
    }
}
