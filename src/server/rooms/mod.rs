//! The live documents. One task owns them all and takes what sockets ask in the
//! order it came: it judges a batch of updates, commits them in one transaction,
//! and only then passes them on and acknowledges them. While a commit runs the
//! next batch gathers, so that many writers share one wait for the disk.

mod ask;
mod batch;
mod edit;
mod lost;
mod outgoing;
mod pointer;
mod presence;
mod room;
mod store;
mod thread;

use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::server::clock;
use crate::server::db::{Db, DbError};
use crate::server::watch::Watch;
use crate::sync::protocol::{Frame, Message, Notice};
pub use ask::{Ask, Right, Rooms};
use batch::{Answer, Batch};
use lost::Lost;
use outgoing::Unsent;
pub use outgoing::{Carrier, Outgoing, Put};
pub use presence::Visitor;
pub use room::Edits;
pub use room::Room;
use room::Verdict;
use std::collections::HashMap;
pub use store::Store;
use tokio::sync::mpsc;
use tokio::time::{Duration, Instant};

/// One WebSocket, as rooms know it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SocketId(pub u64);

/// How many asks one batch takes at the most.
const BATCH: usize = 512;

/// Two batches begin this long apart at the least: a frame of a screen, so that others see
/// no difference. Whoever writes after a pause isn't held up; where many write at once, more
/// of them share a commit. With 1,500 updates a second each costs a tenth less than with
/// 12 ms.
const GATHER: Duration = Duration::from_millis(16);

impl Rooms {
    /// `watch` is told of everything that is committed. An error where the machine gives
    /// no thread.
    pub fn start(db: Db, watch: Watch) -> std::io::Result<Self> {
        let (asks, received) = mpsc::channel(4 * BATCH);
        let keeper = Keeper::new(db.for_rooms(), watch);
        let unsent = keeper.unsent.clone();
        let thread = thread::start(keeper.run(received))?;
        Ok(Self { asks, unsent, thread })
    }
}

/// The task that owns the live documents.
pub struct Keeper<S> {
    store: S,
    watch: Watch,
    rooms: HashMap<DocumentName, Room>,
    lost: Lost,
    unsent: Unsent,
}

impl<S: Store> Keeper<S> {
    pub fn new(store: S, watch: Watch) -> Self {
        Self { store, watch, rooms: HashMap::new(), lost: Lost::default(), unsent: Unsent::default() }
    }

    async fn run(mut self, mut received: mpsc::Receiver<Ask>) {
        let mut asks = Vec::with_capacity(BATCH);
        let mut next = Instant::now();
        while received.recv_many(&mut asks, BATCH).await > 0 {
            if Instant::now() < next {
                thread::gather(next).await;
                while asks.len() < BATCH
                    && let Ok(ask) = received.try_recv()
                {
                    asks.push(ask);
                }
            }
            next = Instant::now() + GATHER;
            self.answer(asks.drain(..), clock::now()).await;
        }
    }

    /// Takes one batch of what is asked, to its end.
    pub async fn answer(&mut self, asks: impl Iterator<Item = Ask>, now: Moment) {
        let mut batch = Batch::default();
        for ask in asks {
            self.take(ask, now, &mut batch).await;
        }
        self.finish(batch, now).await;
        self.unsent.send_off();
    }

    async fn take(&mut self, ask: Ask, now: Moment, batch: &mut Batch) {
        match ask {
            Ask::Join { name, socket, to, visitor, greeting, joined } => {
                let visitor = visitor.map(|visitor| self.with_look(&name.plan, &visitor));
                let room = self.open(&name).await;
                let _ = joined.send(room.is_some());
                if let Some(room) = room {
                    greeting.into_iter().for_each(|greeting| to.send(greeting));
                    room.welcome(socket, to, visitor.clone());
                    visitor.iter().for_each(|visitor| self.lost.comes(&name.plan, visitor));
                    batch.moved.insert(name.plan);
                }
            }
            Ask::Awaken { name, socket, bytes } => {
                let Some(room) = self.rooms.get_mut(&name) else { return };
                if room.awaken(socket, &bytes) || room.end(socket) {
                    batch.moved.insert(name.plan);
                }
            }
            Ask::Who { name, socket } => {
                if let Some(room) = self.rooms.get(&name) {
                    room.tell_who(socket);
                }
            }
            Ask::Step1 { name, socket, state_vector } => {
                batch.answers.push((name, socket, Answer::Lacking(state_vector)));
            }
            Ask::Update { name, socket, right, bytes, apart } => {
                let Some(room) = self.rooms.get_mut(&name) else { return };
                match room.weigh(socket, right, bytes, now) {
                    Verdict::Accepted => {
                        batch.wrote(&name);
                        if apart {
                            batch.brought.extend(room.brought(socket));
                        }
                        if name.section == SectionId::MyVoice {
                            batch.news.insert(name.plan.clone());
                        }
                        batch.answers.push((name, socket, Answer::Says(Message::Status(true))));
                    }
                    Verdict::Known => batch.answers.push((name, socket, Answer::Says(Message::Status(true)))),
                    Verdict::Missing => batch.answers.push((name, socket, Answer::Asks)),
                    Verdict::Refused(sentence) => {
                        batch.answers.push((name.clone(), socket, Answer::Says(Notice::why(sentence))));
                        batch.answers.push((name, socket, Answer::Says(Message::Status(false))));
                    }
                    Verdict::Beside(permit, changes, sentence) => {
                        // Not kept is not told: its writer comes back and sends it again.
                        if let Err(error) = self.store.keep_late(&permit, &name, &changes, now).await {
                            tracing::error!(%error, document = %name, "a late change could not be kept");
                            if room.end(socket) {
                                batch.moved.insert(name.plan);
                            }
                            return;
                        }
                        batch.news.insert(name.plan.clone());
                        batch.answers.push((name.clone(), socket, Answer::Says(Notice::why(sentence))));
                        batch.answers.push((name, socket, Answer::Says(Message::Status(false))));
                    }
                    Verdict::Broken => {
                        if room.end(socket) {
                            batch.moved.insert(name.plan);
                        }
                    }
                }
            }
            Ask::Edit { all, done } => match self.edit(all, now, batch).await {
                Ok(()) => batch.edited.push(done),
                Err(sentence) => drop(done.send(Err(sentence))),
            },
            Ask::Leave { name, socket, lost } => {
                self.parts(&name, socket, lost.then_some(now));
                if self.leave(&name, socket) {
                    batch.moved.insert(name.plan);
                }
            }
            Ask::News { plan } => self.tell(&plan),
        }
    }

    async fn open(&mut self, name: &DocumentName) -> Option<&mut Room> {
        if !self.rooms.contains_key(name) {
            let stored = match self.store.load(name).await {
                Ok(stored) => stored,
                // That is in the log already, and whoever writes here comes back again and again.
                Err(DbError::Unfolded(_)) => return None,
                Err(error) => {
                    tracing::error!(%error, document = %name, "a document could not be loaded");
                    return None;
                }
            };
            self.rooms.insert(name.clone(), Room::load(name.clone(), stored)?);
        }
        self.rooms.get_mut(name)
    }

    fn leave(&mut self, name: &DocumentName, socket: SocketId) -> bool {
        let seen = self.rooms.get_mut(name).is_some_and(|room| room.part(socket));
        self.let_go(name);
        seen
    }

    /// Lets a room go that nobody is in. One with an update in this batch stays until
    /// that is committed.
    fn let_go(&mut self, name: &DocumentName) {
        if self.rooms.get(name).is_some_and(|room| room.members.is_empty() && !room.has_pending()) {
            self.rooms.remove(name);
        }
    }

    fn tell(&mut self, plan: &PlanId) {
        let rooms = self.rooms.values_mut().filter(|room| room.name.plan == *plan);
        for room in rooms {
            let frame = Frame::new(room.name.to_string(), Notice::news()).written();
            room.send_all(frame, None);
        }
    }
}
