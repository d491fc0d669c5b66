//! A WebSocket that its connection reads and that rooms write to without waking it.

use super::{MOST_BYTES, QUEUE};
use crate::server::rooms::{Carrier, Put};
use axum::body::Bytes;
use futures_util::{SinkExt, StreamExt};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

/// How long a network may take nothing at all before its connection is given up. Who
/// doesn't read would otherwise keep it, and be sent what waits whenever they do.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes waiting for one socket before it is let go: every section of a plan, and of long
/// ones, asked for at once.
const MOST_WAITING: usize = 16 * MOST_BYTES;

/// Held for a write or a read that is ready, never for one that waits.
pub struct Socket(Mutex<Ends>);

/// Both ends of one socket.
struct Ends {
    socket: WebSocketStream<TcpStream>,
    /// Frames that aren't sent off yet, in order.
    waiting: VecDeque<Bytes>,
    /// How much that is.
    bytes: usize,
    /// The network takes no more for now: the reader sends the rest once it does.
    held: bool,
    /// The other side said that it ends.
    goodbye: bool,
    /// Wakes the connection: whoever sends for it leaves the rest to it.
    connection: Waker,
}

impl Socket {
    pub fn new(socket: WebSocketStream<TcpStream>) -> Self {
        Self(Mutex::new(Ends {
            socket,
            waiting: VecDeque::new(),
            bytes: 0,
            held: false,
            goodbye: false,
            connection: Waker::noop().clone(),
        }))
    }

    /// The next message, while what was held is sent on; nothing once the other side is
    /// gone. Giving this up halfway loses nothing.
    pub async fn receive(&self) -> Option<Bytes> {
        poll_fn(|context| {
            let mut ends = self.ends();
            ends.connection.clone_from(context.waker());
            if ends.held
                && let Poll::Ready(sent) = ends.poll_send(context)
            {
                match sent {
                    Ok(()) => ends.held = false,
                    Err(_) => return Poll::Ready(None),
                }
            }
            ends.poll_receive(context)
        })
        .await
    }

    pub fn said_goodbye(&self) -> bool {
        self.ends().goodbye
    }

    /// Sends a message after all that waits; false where it can't be, or nobody takes it.
    pub async fn send(&self, message: Bytes) -> bool {
        self.ends().push(message);
        let sent = poll_fn(|context| self.ends().poll_send(context));
        matches!(timeout(PATIENCE, sent).await, Ok(Ok(())))
    }

    /// Ends it with a message, without what still waits: whoever is there asks for it again.
    pub async fn close(&self, message: Message) {
        let mut last = Some(message);
        let closed = poll_fn(|context| {
            let Ends { socket, waiting, bytes, .. } = &mut *self.ends();
            waiting.clear();
            *bytes = 0;
            ready!(socket.poll_ready_unpin(context))?;
            if let Some(message) = last.take() {
                socket.start_send_unpin(message)?;
            }
            socket.poll_flush_unpin(context)
        });
        let _ = timeout(PATIENCE, closed).await;
    }

    fn ends(&self) -> MutexGuard<'_, Ends> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ends {
    fn push(&mut self, frame: Bytes) {
        self.bytes += frame.len();
        self.waiting.push_back(frame);
    }

    fn poll_receive(&mut self, context: &mut Context) -> Poll<Option<Bytes>> {
        loop {
            match ready!(self.socket.poll_next_unpin(context)) {
                Some(Ok(Message::Binary(bytes))) => return Poll::Ready(Some(bytes)),
                Some(Ok(Message::Close(_))) => {
                    self.goodbye = true;
                    return Poll::Ready(None);
                }
                Some(Err(_)) | None => return Poll::Ready(None),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Sends what waits, in one write where the network takes it.
    fn poll_send(&mut self, context: &mut Context) -> Poll<Result<(), Error>> {
        while !self.waiting.is_empty() {
            ready!(self.socket.poll_ready_unpin(context))?;
            if let Some(frame) = self.waiting.pop_front() {
                self.bytes -= frame.len();
                self.socket.start_send_unpin(Message::Binary(frame))?;
            }
        }
        self.socket.poll_flush_unpin(context)
    }
}

impl Carrier for Socket {
    fn put(&self, frame: Bytes) -> Put {
        let mut ends = self.ends();
        if ends.waiting.len() >= QUEUE || ends.bytes > MOST_WAITING {
            return Put::Full;
        }
        ends.push(frame);
        if ends.waiting.len() == 1 && !ends.held { Put::Waits } else { Put::Taken }
    }

    fn send_off(&self) -> bool {
        let mut ends = self.ends();
        let connection = ends.connection.clone();
        match ends.poll_send(&mut Context::from_waker(&connection)) {
            Poll::Ready(sent) => sent.is_ok(),
            Poll::Pending => {
                ends.held = true;
                true
            }
        }
    }
}
