//! The thread on which the rooms are, and the WebSockets to them. While a batch gathers it
//! doesn't look at the network: what came meanwhile is read in one go. To be woken by each
//! key of everybody was an eighth of what an update cost.

use super::Rooms;
use std::io;
use std::thread::{Builder, sleep};
use std::time::Duration;
use tokio::runtime;
use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};

/// The end of each gathering, in which the thread reads what came and waits for what its
/// connections ask the database before they pass it on.
const READS: Duration = Duration::from_millis(1);

/// Runs the rooms on a thread of their own, which ends with them.
pub fn start(rooms: impl Future<Output = ()> + Send + 'static) -> io::Result<Handle> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    Builder::new().name("rooms".into()).spawn(move || runtime.block_on(rooms))?;
    Ok(handle)
}

/// Waits with the whole thread while a batch gathers.
pub async fn gather(until: Instant) {
    // What the last batch left to be done is done first: the database waits to have its
    // connection back.
    yield_now().await;
    sleep(until.saturating_duration_since(Instant::now()).saturating_sub(READS));
    sleep_until(until).await;
}

impl Rooms {
    /// Serves a connection on the thread of the rooms, where sending to it wakes nobody.
    /// What takes long, or waits for anything but the network and the database, may not be
    /// there: everybody would wait for it.
    pub fn serve(&self, connection: impl Future<Output = ()> + Send + 'static) {
        self.thread.spawn(connection);
    }
}
