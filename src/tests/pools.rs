//! Whose connections to the database are whose.

use crate::harness::{Folder, databases};
use pep::server::db::{Db, people};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Asks three times at once: each time over a connection of its own.
async fn ask(db: &Db) {
    let asked = || people::by_email(db, "nobody@example.org");
    let (one, other, third) = tokio::join!(asked(), asked(), asked());
    assert!([one, other, third].into_iter().all(|found| found.unwrap().is_none()));
}

/// The thread of the rooms rests while a batch gathers, and what it asked with rests as well.
#[tokio::test]
async fn pages_are_answered_while_the_thread_of_the_rooms_rests() {
    let folder = Folder::new();
    for url in databases(&folder).await {
        let db = Db::connect(&url).await.unwrap();
        let rooms = db.for_rooms();
        let (rests, is_resting) = oneshot::channel();
        let (wake, woken) = mpsc::channel();
        let thread = thread::spawn(move || {
            Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
                ask(&rooms).await;
                rests.send(()).unwrap();
                // As its gathering does, and for longer.
                woken.recv().unwrap();
                ask(&rooms).await;
            });
        });
        is_resting.await.unwrap();
        let answered = timeout(Duration::from_secs(10), async {
            ask(&db).await;
            ask(&db).await;
        });
        let answered = answered.await;
        wake.send(()).unwrap();
        thread.join().unwrap();
        assert!(answered.is_ok(), "a page waited for the rooms on {url}");
    }
}
