//! One line. What goes up comes in numbered parcels, and one that comes twice counts
//! once. What goes down waits, in order, until the other side says that it has it; so
//! a lost answer is given again.

use super::{MOST_BYTES, QUEUE};
use crate::server::rooms::{Carrier, Put};
use crate::sync::parcel;
use axum::body::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout_at};

/// How long an answer is held back while there is nothing to say.
const LISTENS: Duration = Duration::from_secs(20);
/// After a listener who left without an answer a line lasts so long: a page that was
/// closed doesn't come back, and one that lost its answer asks again at once.
const LEFT: Duration = Duration::from_secs(10);
/// Parcels that have come and are not taken yet; the next one's sender waits.
const PARCELS: usize = 4;
/// The most bytes that wait for one listener, and that one answer brings.
const MOST_WAITING: usize = 4 * MOST_BYTES;
const MOST_IN_ANSWER: usize = MOST_BYTES / 2;

/// One line, as the requests for it see it.
pub struct Line {
    /// The session that opened it, and whose that is.
    pub session: String,
    pub holder: String,
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
    /// Whether that one left without an answer.
    left: bool,
    ended: bool,
}

/// Somebody listens, until they are answered or gone.
struct Listening<'a> {
    line: &'a Line,
    answered: bool,
}

impl Line {
    /// A line for somebody's session, and the parcels that come on it; `end` ends its
    /// connection.
    pub fn new(session: String, holder: String, end: Arc<Notify>) -> (Self, mpsc::Receiver<Bytes>) {
        let (up, parcels) = mpsc::channel(PARCELS);
        let state = State {
            taken: 0,
            heard: 0,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            listener: 0,
            listening: 0,
            listened: Instant::now(),
            left: false,
            ended: false,
        };
        (Self { session, holder, up, state: Mutex::new(state), told: Notify::new(), end }, parcels)
    }

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
        let mut listening = Listening { line: self, answered: false };
        // Who listened before has gone, and holds a request for nothing.
        self.told.notify_waiters();
        let until = Instant::now() + LISTENS;
        loop {
            let mut told = std::pin::pin!(self.told.notified());
            told.as_mut().enable();
            let mut answer = self.state().answer(mine);
            if answer.is_none() && timeout_at(until, told).await.is_err() {
                answer = Some(Some(Vec::new()));
            }
            if let Some(answer) = answer {
                listening.answered = true;
                return answer;
            }
        }
    }

    /// Puts a message where the listener finds it; false where too much waits there.
    pub fn tell(&self, message: Bytes) -> bool {
        let fits = self.state().put(message);
        self.told.notify_waiters();
        fits
    }

    /// When the line ends if nobody listens from now on, where it is given so long.
    pub fn lasts(&self, unheard: Duration) -> Instant {
        let state = self.state();
        match state.listening {
            0 if state.left => state.listened + unheard.min(LEFT),
            0 => state.listened + unheard,
            _ => Instant::now() + unheard,
        }
    }

    pub fn end(&self) {
        self.state().ended = true;
        self.told.notify_waiters();
        self.end.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carrier for Line {
    fn put(&self, frame: Bytes) -> Put {
        if self.tell(frame) { Put::Taken } else { Put::Full }
    }

    fn send_off(&self) -> bool {
        true
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

    fn put(&mut self, message: Bytes) -> bool {
        let fits = self.waiting.len() < QUEUE && self.waiting_bytes <= MOST_WAITING;
        if fits {
            self.waiting_bytes += message.len();
            self.waiting.push_back(message);
        }
        fits
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

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        let mut state = self.line.state();
        state.listening -= 1;
        state.listened = Instant::now();
        state.left = !self.answered;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> (Arc<Line>, mpsc::Receiver<Bytes>) {
        let (line, parcels) = Line::new("session".into(), "holder".into(), Arc::default());
        (Arc::new(line), parcels)
    }

    #[tokio::test]
    async fn who_listens_again_takes_the_place_of_who_listened() {
        let (line, _parcels) = line();
        let first = tokio::spawn({
            let line = line.clone();
            async move { line.listen(0).await }
        });
        while line.state().listening == 0 {
            tokio::task::yield_now().await;
        }
        let second = tokio::spawn({
            let line = line.clone();
            async move { line.listen(0).await }
        });
        assert_eq!(first.await.unwrap(), Some(vec![]));
        assert!(line.tell(Bytes::from_static(b"hello")));
        assert_eq!(second.await.unwrap(), Some(b"\x05hello".to_vec()));
    }

    #[tokio::test]
    async fn who_does_not_listen_may_not_fill_the_memory() {
        let (small, _parcels) = line();
        assert_eq!((0..QUEUE + 9).take_while(|_| small.tell(Bytes::from_static(b"!"))).count(), QUEUE);
        let (big, _parcels) = line();
        let message = Bytes::from(vec![0; MOST_BYTES]);
        assert_eq!((0..9).take_while(|_| big.tell(message.clone())).count(), 5);
    }
}
