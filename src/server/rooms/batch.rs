//! A batch, once it is judged: what it wrote is committed, then passed on, then
//! acknowledged.

use super::edit::{Done, why};
use super::room::Room;
use super::{Keeper, SocketId, Store};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::server::db::DbError;
use crate::server::db::documents::Commit;
use crate::sync::presence::Present;
use crate::sync::protocol::Message;
use std::collections::HashSet;
use std::slice::from_ref;

/// What a batch leaves to be done once it is committed.
#[derive(Default)]
pub(super) struct Batch {
    /// Rooms with accepted updates, in the order they were first written to.
    pub written: Vec<DocumentName>,
    /// What sockets are told, each in its turn: by that they know what it is about.
    pub answers: Vec<(DocumentName, SocketId, Answer)>,
    /// Those who wait for edits that the server made for them.
    pub edited: Vec<Done>,
    /// Plans whose shared answers changed.
    pub news: HashSet<PlanId>,
    /// Plans in which somebody came, went or is elsewhere.
    pub moved: HashSet<PlanId>,
    /// What was written apart and came now: by whom, and where.
    pub brought: Vec<(PlanId, Present)>,
}

/// What a socket is told once the batch is committed.
pub(super) enum Answer {
    Says(Message),
    /// What a copy with this state vector lacks.
    Lacking(Vec<u8>),
    /// It is asked for what the document lacks.
    Asks,
}

impl Batch {
    pub fn wrote(&mut self, name: &DocumentName) {
        if !self.written.contains(name) {
            self.written.push(name.clone());
        }
    }
}

impl<S: Store> Keeper<S> {
    /// Commits what the batch wrote, then passes it on, then acknowledges it.
    pub(super) async fn finish(&mut self, mut batch: Batch, now: Moment) {
        for commit in self.commit(&mut batch).await {
            if let Some(room) = self.rooms.get_mut(&commit.name) {
                self.watch.tell(&commit.name);
                room.committed(commit);
            }
        }
        batch.edited.into_iter().for_each(|done| drop(done.send(Ok(()))));
        batch.written.iter().for_each(|name| self.let_go(name));
        for (name, socket, answer) in batch.answers {
            let Some(room) = self.rooms.get_mut(&name) else { continue };
            match answer {
                Answer::Says(message) => room.send(socket, message),
                Answer::Lacking(state_vector) => {
                    if !room.send_lacking(socket, &state_vector) {
                        batch.moved.insert(name.plan);
                    }
                }
                Answer::Asks => {
                    let own = room.document().state_vector();
                    room.send(socket, Message::Step1(own));
                }
            }
        }
        for plan in batch.news {
            self.tell(&plan);
        }
        for plan in batch.moved {
            self.tell_who_is_here(&plan, now);
        }
        for (plan, brought) in batch.brought {
            self.tell_what_came(&plan, &brought);
        }
    }

    /// Commits all in one. Where that is refused, one document may be to blame, such as that
    /// of a plan which was closed meanwhile: then each is tried by itself, so that it stops
    /// nobody else. Answers what is committed.
    async fn commit(&mut self, batch: &mut Batch) -> Vec<Commit> {
        let commits: Vec<_> = batch.written.iter().filter_map(|name| self.rooms.get_mut(name)?.take_commit()).collect();
        if commits.is_empty() {
            return commits;
        }
        let refused = match self.store.commit(&commits).await {
            Ok(unsigned) => {
                batch.news.extend(unsigned);
                return commits;
            }
            Err(error) => error,
        };
        // Edits that the server makes for somebody are made in all of their documents or none.
        if commits.len() == 1 || !batch.edited.is_empty() || !refused.may_be_of_one() {
            self.give_up(&commits, &refused, batch);
            return Vec::new();
        }
        let mut committed = Vec::with_capacity(commits.len());
        for commit in commits {
            match self.store.commit(from_ref(&commit)).await {
                Ok(unsigned) => {
                    batch.news.extend(unsigned);
                    committed.push(commit);
                }
                Err(error) => self.give_up(from_ref(&commit), &error, batch),
            }
        }
        committed
    }

    /// Lets go what could not be committed: it is loaded again from what is committed when
    /// its writers come back, and they send again what they wrote.
    fn give_up(&mut self, commits: &[Commit], error: &DbError, batch: &mut Batch) {
        tracing::error!(%error, "updates could not be committed; their writers will send them again");
        for Commit { name, .. } in commits {
            self.rooms.remove(name).iter_mut().for_each(Room::end_all);
            batch.moved.insert(name.plan.clone());
            batch.brought.retain(|(plan, brought)| (plan, brought.section) != (&name.plan, Some(name.section)));
        }
        batch.edited.drain(..).for_each(|done| drop(done.send(Err(why(error).into()))));
    }
}
