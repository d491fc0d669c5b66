//! The two ways on which a connection's messages travel. Which it is makes no
//! difference to what may be read and written.

use super::lines::Ear;
use super::{Connection, MOST_BYTES};
use crate::server::security;
use crate::server::state::AppState;
use crate::sync::protocol::PING;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;

/// Each message takes its buffer with it, so a new one is made for the next: it fits a
/// keystroke's, and what the allocator gives at once.
const READ_BUFFER: usize = 1024;
const WRITE_BUFFER: usize = 4096;

/// Takes up a WebSocket, where it comes from our own pages or from no page at all.
pub async fn upgrade(State(state): State<AppState>, headers: HeaderMap, socket: WebSocketUpgrade) -> Response {
    if !security::same_origin_or_none(&headers, &state.settings) {
        return (StatusCode::FORBIDDEN, "This came from another site, so it was not opened.").into_response();
    }
    let socket = socket
        .max_message_size(MOST_BYTES)
        .max_frame_size(MOST_BYTES)
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER);
    socket.on_upgrade(move |socket| async move {
        let (connection, queue) = Connection::new(state, headers);
        connection.run(Transport::Socket(Box::new(socket)), queue).await;
    })
}

/// What carries one connection's messages.
pub enum Transport {
    Socket(Box<WebSocket>),
    /// Plain HTTP, for networks that refuse WebSockets.
    Line(Ear),
}

impl Transport {
    /// The next message; nothing once the other side is gone. What was not received
    /// yet is there the next time, also where this is given up halfway.
    pub async fn receive(&mut self) -> Option<Bytes> {
        match self {
            Transport::Socket(socket) => loop {
                match socket.recv().await? {
                    Ok(Message::Binary(bytes)) => return Some(bytes),
                    Ok(Message::Close(_)) | Err(_) => return None,
                    Ok(_) => {}
                }
            },
            Transport::Line(ear) => ear.receive().await,
        }
    }

    /// Sends a message; false where it can't be.
    pub async fn send(&mut self, message: impl Into<Bytes>) -> bool {
        let message = message.into();
        match self {
            Transport::Socket(socket) => socket.send(Message::Binary(message)).await.is_ok(),
            // Who listens on a line says by that alone that they are there.
            Transport::Line(_) if message == PING => true,
            Transport::Line(ear) => ear.send(message),
        }
    }

    /// Sends what gathered for somebody in one write.
    pub async fn send_all(&mut self, messages: &mut Vec<Bytes>) -> bool {
        let Transport::Socket(socket) = self else {
            for message in messages.drain(..) {
                if !self.send(message).await {
                    return false;
                }
            }
            return true;
        };
        for message in messages.drain(..) {
            if socket.feed(Message::Binary(message)).await.is_err() {
                return false;
            }
        }
        socket.flush().await.is_ok()
    }

    /// Says goodbye: whoever is there comes back by themselves.
    pub async fn close(self) {
        if let Transport::Socket(mut socket) = self {
            let close = CloseFrame { code: 1013, reason: "Connect again".into() };
            let _ = socket.send(Message::Close(Some(close))).await;
        }
    }
}
