//! Edits in a person's name that no socket brings: those of an import. They go the way
//! of everybody's updates, in the batch that they came in.

use super::{Ask, Batch, Edits, Keeper, Rooms, Store};
use crate::domain::calendar::Moment;
use crate::server::db::DbError;
use tokio::sync::oneshot;

/// Where to say that edits are committed, or why nothing came of them.
pub type Done = oneshot::Sender<Result<(), String>>;

const CLOSED: &str = "A plan was closed meanwhile, so nothing was changed. Look at the rows again";
const NOT_SAVED: &str = "It could not be saved just now, so nothing was changed. Try again in a minute";

/// Why nothing came of edits whose batch could not be committed.
pub fn why(error: &DbError) -> &'static str {
    if matches!(error, DbError::Closed) { CLOSED } else { NOT_SAVED }
}

impl Rooms {
    /// Makes edits in a person's name, to each document once: all of them, or none.
    /// Answers when they are committed, or with a sentence.
    pub async fn edit(&self, all: Vec<Edits>) -> Result<(), String> {
        let (done, answer) = oneshot::channel();
        self.ask(Ask::Edit { all, done }).await;
        answer.await.unwrap_or_else(|_| Err(NOT_SAVED.into()))
    }
}

impl<S: Store> Keeper<S> {
    /// Makes all edits of one person ready first, and only then takes any.
    pub(super) async fn edit(&mut self, all: Vec<Edits>, now: Moment, batch: &mut Batch) -> Result<(), String> {
        let mut prepared = Vec::with_capacity(all.len());
        let mut wrong = Ok(());
        for edits in &all {
            let ready = match self.open(&edits.name).await {
                Some(room) => room.prepare(edits, now),
                None => Err(NOT_SAVED.into()),
            };
            match ready {
                Ok(ready) => prepared.push(ready),
                Err(sentence) => {
                    wrong = Err(sentence);
                    break;
                }
            }
        }
        if wrong.is_ok() {
            for (edits, ready) in all.iter().zip(prepared) {
                if let Some(room) = self.rooms.get_mut(&edits.name) {
                    room.take(ready);
                    batch.wrote(&edits.name);
                }
            }
        }
        all.iter().for_each(|edits| self.let_go(&edits.name));
        wrong
    }
}
