//! Lines: connections over plain HTTP, for networks that refuse WebSockets.

use super::line::Line;
use crate::server::ids;
use crate::sync::parcel;
use axum::body::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};

/// A line that nobody has listened on for so long ends, and leaves its rooms.
const UNHEARD: Duration = Duration::from_secs(45);
/// Lines of one person; each tab of theirs has one.
const MOST_LINES: usize = 24;

/// Every line that is open, by its id.
#[derive(Clone, Default)]
pub struct Lines {
    open: Arc<Mutex<HashMap<String, Arc<Line>>>>,
}

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
        let (line, parcels) = Line::new(session, holder, end);
        let line = Arc::new(line);
        let mut open = self.all();
        let theirs = open.iter().filter(|(_, other)| other.holder == line.holder);
        if theirs.clone().count() >= MOST_LINES
            && let Some(quiet) = theirs.min_by_key(|(_, other)| other.lasts(UNHEARD)).map(|(id, _)| id.clone())
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

impl Ear {
    /// The line's id, which only the one who opened it gets to know.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn line(&self) -> Arc<Line> {
        self.line.clone()
    }

    /// The next message; nothing where nobody listens any more, or what came is no
    /// parcel.
    pub async fn receive(&mut self) -> Option<Bytes> {
        while self.parcel.is_empty() {
            let until = self.line.lasts(self.unheard);
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

    /// Sends a message; false where too much waits already.
    pub fn send(&self, message: Bytes) -> bool {
        self.line.tell(message)
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

    #[tokio::test]
    async fn a_line_lasts_while_somebody_listens_and_ends_when_nobody_does() {
        let lines = Lines::default();
        let mut ear = lines.open("session".into(), "holder".into(), Arc::default());
        ear.unheard = MOMENT;
        let line = lines.find(ear.id(), "session").unwrap();
        assert!(lines.find(ear.id(), "another").is_none());
        let listener = tokio::spawn({
            let line = line.clone();
            async move { line.listen(0).await }
        });
        assert!(timeout(4 * MOMENT, ear.receive()).await.is_err(), "it lasts");
        listener.abort();
        assert_eq!(ear.receive().await, None);
        let id = ear.id().to_string();
        drop(ear);
        assert!(lines.find(&id, "session").is_none());
        assert_eq!(line.listen(0).await, None);
    }
}
