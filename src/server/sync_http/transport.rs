//! The two ways on which a connection's messages travel. Which it is makes no
//! difference to what may be read and written.

use super::lines::Ear;
use super::socket::Socket;
use super::{Connection, MOST_BYTES, Page, cookies};
use crate::server::rooms::Carrier;
use crate::server::security;
use crate::server::state::AppState;
use crate::sync::protocol::PING;
use axum::body::{Body, Bytes};
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use hyper_util::server::conn::auto::upgrade::{Parts, downcast};
use std::io;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::create_response_with_body;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};

/// Each message takes its buffer with it, so a new one is made for the next: it fits a
/// keystroke's, and what the allocator gives at once.
const READ_BUFFER: usize = 1024;
const WRITE_BUFFER: usize = 4096;

/// Takes up a WebSocket, where it comes from our own pages or from no page at all.
pub async fn upgrade(State(state): State<AppState>, Query(page): Query<Page>, mut request: Request) -> Response {
    if !security::same_origin_or_none(request.headers(), &state.settings) {
        return (StatusCode::FORBIDDEN, "This came from another site, so it was not opened.").into_response();
    }
    let (Ok(answer), Some(upgrade)) =
        (create_response_with_body(&request, Body::empty), request.extensions_mut().remove::<OnUpgrade>())
    else {
        return (StatusCode::BAD_REQUEST, "This address is for WebSockets.").into_response();
    };
    let headers = cookies(request.headers());
    let rooms = state.rooms.clone();
    let state = AppState { db: state.db.for_rooms(), ..state };
    rooms.serve(async move {
        // Nothing where whoever asked has gone.
        let Ok(upgraded) = upgrade.await else { return };
        match opened(upgraded).await {
            Ok(socket) => {
                let socket = Transport::Socket(Arc::new(Socket::new(socket)));
                Connection::serve(state, page, headers, socket, Arc::default()).await;
            }
            Err(error) => tracing::warn!(%error, "a connection could not be taken over"),
        }
    });
    answer
}

/// The WebSocket of an upgraded connection, read and written from this thread alone.
async fn opened(upgraded: Upgraded) -> io::Result<WebSocketStream<TcpStream>> {
    let foreign = |_| io::Error::other("it is none of TCP");
    let Parts { io, read_buf, .. } = downcast::<TokioIo<TcpStream>>(upgraded).map_err(foreign)?;
    let stream = TcpStream::from_std(io.into_inner().into_std()?)?;
    let limits = WebSocketConfig::default()
        .max_message_size(Some(MOST_BYTES))
        .max_frame_size(Some(MOST_BYTES))
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER);
    // Copied: what was read with the request would be kept as long as the connection.
    let read = read_buf.to_vec();
    Ok(WebSocketStream::from_partially_read(stream, read, Role::Server, Some(limits)).await)
}

/// What carries one connection's messages.
pub enum Transport {
    Socket(Arc<Socket>),
    /// Plain HTTP, for networks that refuse WebSockets.
    Line(Ear),
}

impl Transport {
    /// What takes what rooms have to say.
    pub fn carrier(&self) -> Arc<dyn Carrier> {
        match self {
            Transport::Socket(socket) => socket.clone(),
            Transport::Line(ear) => ear.line(),
        }
    }

    /// The next message; nothing once the other side is gone. What was not received
    /// yet is there the next time, also where this is given up halfway.
    pub async fn receive(&mut self) -> Option<Bytes> {
        match self {
            Transport::Socket(socket) => socket.receive().await,
            Transport::Line(ear) => ear.receive().await,
        }
    }

    /// Sends a message; false where it can't be.
    pub async fn send(&mut self, message: impl Into<Bytes>) -> bool {
        let message = message.into();
        match self {
            Transport::Socket(socket) => socket.send(message).await,
            // Who listens on a line says by that alone that they are there.
            Transport::Line(_) if message == PING => true,
            Transport::Line(ear) => ear.send(message),
        }
    }

    /// Whether the other side answers a sign of life with one of its own.
    pub fn answers(&self) -> bool {
        matches!(self, Transport::Socket(_))
    }

    /// Whether the other side ended it. A line ends by itself: of its end nothing follows.
    pub fn said_goodbye(&self) -> bool {
        match self {
            Transport::Socket(socket) => socket.said_goodbye(),
            Transport::Line(_) => true,
        }
    }

    /// Says goodbye: whoever is there comes back by themselves.
    pub async fn close(self) {
        if let Transport::Socket(socket) = self {
            let close = CloseFrame { code: CloseCode::Again, reason: "Connect again".into() };
            socket.close(Message::Close(Some(close))).await;
        }
    }
}
