//! What sockets and pages ask of the live documents, and the way to ask it.

use super::edit::Done;
use super::outgoing::Unsent;
use super::{Carrier, Edits, Outgoing, SocketId, Visitor};
use crate::domain::access::Permit;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use axum::body::Bytes;
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc, oneshot};

/// The way to the live documents.
#[derive(Clone)]
pub struct Rooms {
    pub(super) asks: mpsc::Sender<Ask>,
    pub(super) unsent: Unsent,
    pub(super) thread: Handle,
}

/// What a socket may do with an update to a document.
pub enum Right {
    Write(Permit),
    /// The plan is closed: what is new is kept beside it, and the sentence says so.
    Beside(Permit, String),
    /// Only what is here already is acknowledged; the sentence says why.
    None(String),
}

/// What sockets and pages ask of the live documents.
pub enum Ask {
    Join {
        name: DocumentName,
        socket: SocketId,
        to: Outgoing,
        visitor: Option<Arc<Visitor>>,
        /// What the socket is told before anything of the room.
        greeting: Option<Bytes>,
        joined: oneshot::Sender<bool>,
    },
    Step1 {
        name: DocumentName,
        socket: SocketId,
        state_vector: Vec<u8>,
    },
    Update {
        name: DocumentName,
        socket: SocketId,
        right: Right,
        bytes: Vec<u8>,
        /// It was written while its writer had no connection.
        apart: bool,
    },
    Edit {
        all: Vec<Edits>,
        done: Done,
    },
    Leave {
        name: DocumentName,
        socket: SocketId,
        /// Its connection went without a word: they may be back.
        lost: bool,
    },
    News {
        plan: PlanId,
    },
    Awaken {
        name: DocumentName,
        socket: SocketId,
        bytes: Vec<u8>,
    },
    Who {
        name: DocumentName,
        socket: SocketId,
    },
}

impl Rooms {
    /// A way for rooms to tell a connection, which `end` ends.
    pub fn outgoing(&self, carrier: Arc<dyn Carrier>, end: Arc<Notify>) -> Outgoing {
        Outgoing::new(carrier, end, self.unsent.clone())
    }

    /// Joins a document's room with a greeting that comes before all else of it, or says
    /// what a socket that is there may now be told of others. Answers whether the room
    /// could be opened.
    pub async fn join(
        &self,
        name: &DocumentName,
        socket: SocketId,
        to: Outgoing,
        greeting: Option<Bytes>,
        visitor: Option<Arc<Visitor>>,
    ) -> bool {
        let (joined, answer) = oneshot::channel();
        self.ask(Ask::Join { name: name.clone(), socket, to, visitor, greeting, joined }).await;
        answer.await.unwrap_or(false)
    }

    pub async fn step1(&self, name: &DocumentName, socket: SocketId, state_vector: Vec<u8>) {
        self.ask(Ask::Step1 { name: name.clone(), socket, state_vector }).await;
    }

    /// Offers an update, with what its writer may do, and whether it was written apart.
    pub async fn update(&self, name: &DocumentName, socket: SocketId, right: Right, (bytes, apart): (Vec<u8>, bool)) {
        self.ask(Ask::Update { name: name.clone(), socket, right, bytes, apart }).await;
    }

    pub async fn leave(&self, name: &DocumentName, socket: SocketId, lost: bool) {
        self.ask(Ask::Leave { name: name.clone(), socket, lost }).await;
    }

    /// Tells everyone in a plan that something beside its documents changed.
    pub async fn news(&self, plan: &PlanId) {
        self.ask(Ask::News { plan: plan.clone() }).await;
    }

    pub(super) async fn ask(&self, ask: Ask) {
        // The keeper ends only with the server.
        let _ = self.asks.send(ask).await;
    }
}
