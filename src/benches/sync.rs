//! What an edit costs, in CPU and not in waiting: a key on the device, and the
//! server's work on it. `make bench` prints microseconds, the median of rounds.

use pep::domain::calendar::Moment;
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::sync::document::{Document, Edit};
use pep::sync::judgement::judge;
use pep::sync::protocol::{Frame, Message};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 9;
const KEYS: usize = 2_000;
const FIELD: &str = "strengths";

fn key(at: usize) -> Edit {
    Edit::Splice { path: FIELD.into(), at: at as u32, delete: 0, insert: "a".into() }
}

fn document(client: u64) -> Document {
    Document::new(SectionId::Progress.section(), client)
}

/// Types a text; answers each key's update.
fn typed(client: u64) -> Vec<Vec<u8>> {
    let mut document = document(client);
    (0..KEYS).filter_map(|at| document.edit(&key(at), "ruth", Moment(at as i64)).ok()).collect()
}

/// Runs a piece of work that handles `KEYS` keys, and prints the median per key.
fn measure(name: &str, mut work: impl FnMut()) {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed().as_secs_f64() * 1e6 / KEYS as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!("{name:<52} {:>8.2} µs a key   ({:.2} to {:.2})", rounds[ROUNDS / 2], rounds[0], rounds[ROUNDS - 1]);
}

fn main() {
    let updates = typed(2);
    measure("a key on the device: edit and its update", || drop(black_box(typed(1))));
    measure("the server: apply an update", || {
        let live = document(0);
        updates.iter().for_each(|update| {
            let _ = black_box(live.apply(update));
        });
    });
    measure("the server: try an update, read and judge it", || {
        let shadow = document(0);
        let mut before = Values::default();
        for update in &updates {
            let _ = shadow.offer(update).and_then(|offer| shadow.accept(offer));
            let after = shadow.values();
            let _ = black_box(judge(shadow.section(), &before, &after, "ruth"));
            black_box(before.changes_to(&after));
            before = after;
        }
    });
    measure("a frame: written and read", || {
        for update in &updates {
            let frame = Frame::new("01a20a93-b4b8-767c-b7b6-4bb31d5ccbf6/progress", Message::Update(update.clone()));
            black_box(Frame::read(&frame.written()));
        }
    });
}
