//! The way from the rooms to those who are in them. A batch puts what it has to say
//! where each finds it, and sends all of it off at its end: nobody's connection is
//! woken for that, and what goes to one of them goes in one write.

use axum::body::Bytes;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, mpsc};

/// What takes frames to one socket. Neither step waits: a socket that doesn't keep up may
/// not hold up the others.
pub trait Carrier: Send + Sync {
    fn put(&self, frame: Bytes) -> Put;
    /// Sends what was put as far as the network takes it; false where it takes no more.
    fn send_off(&self) -> bool;
}

/// What became of a frame.
pub enum Put {
    /// It is the first that waits to be sent off.
    Waits,
    /// It needs nothing more than what was put before it, or nothing at all.
    Taken,
    /// Too much waits already.
    Full,
}

/// The way to one socket, as its rooms know it.
#[derive(Clone)]
pub struct Outgoing {
    carrier: Arc<dyn Carrier>,
    /// Ends the connection.
    pub end: Arc<Notify>,
    unsent: Unsent,
}

/// The sockets with something to be sent off.
#[derive(Clone, Default)]
pub struct Unsent(Arc<Mutex<Vec<Outgoing>>>);

impl Outgoing {
    /// `end` ends the connection.
    pub(super) fn new(carrier: Arc<dyn Carrier>, end: Arc<Notify>, unsent: Unsent) -> Self {
        Self { carrier, end, unsent }
    }

    /// A way on which each frame is taken from a queue.
    pub fn queue(frames: mpsc::Sender<Bytes>, end: Arc<Notify>) -> Self {
        Self::new(Arc::new(frames), end, Unsent::default())
    }

    /// Sends a frame with the batch. A socket that doesn't keep up is let go, and comes
    /// back asking for what it missed.
    pub fn send(&self, frame: impl Into<Bytes>) {
        match self.carrier.put(frame.into()) {
            Put::Waits => self.unsent.all().push(self.clone()),
            Put::Taken => {}
            Put::Full => self.end.notify_one(),
        }
    }
}

impl Unsent {
    pub fn send_off(&self) {
        let all = std::mem::take(&mut *self.all());
        all.iter().filter(|to| !to.carrier.send_off()).for_each(|to| to.end.notify_one());
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Outgoing>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carrier for mpsc::Sender<Bytes> {
    fn put(&self, frame: Bytes) -> Put {
        if self.try_send(frame).is_ok() { Put::Taken } else { Put::Full }
    }

    fn send_off(&self) -> bool {
        true
    }
}
