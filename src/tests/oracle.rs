//! A live oracle: each story of edits and meetings is told once with our documents
//! (yrs) and once with npm's yjs (`end2end/oracle.mjs`), under the same client numbers
//! and in the same order. Every replica of both must say the same; and each side must
//! read the other's updates as its own.

use crate::random::Random;
use pep::domain::calendar::Moment;
use pep::domain::people::RowId;
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::sync::document::{Document, Edit, Unfit};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use uuid::Uuid;

const FIELD: &str = "targets";

fn document(client: u64) -> Document {
    Document::new(SectionId::Targets.section(), client)
}

/// One story, as our documents lived it.
struct Story {
    random: Random,
    clients: Vec<u64>,
    replicas: Vec<Document>,
    steps: Vec<Value>,
    updates: Vec<Vec<u8>>,
    /// Of each update, whose it is.
    authors: Vec<usize>,
}

impl Story {
    fn new(seed: u64) -> Self {
        let mut random = Random(seed);
        let count = 2 + random.below(3);
        // In an order of their own: yjs settles ties by these numbers.
        let client = |random: &mut Random, place| 1 + place as u64 + 16 * random.below(1 << 20) as u64;
        let clients: Vec<u64> = (0..count).map(|place| client(&mut random, place)).collect();
        let replicas = clients.iter().map(|client| document(*client)).collect();
        Self { random, clients, replicas, steps: Vec::new(), updates: Vec::new(), authors: Vec::new() }
    }

    fn tell(mut self) -> Self {
        let count = self.replicas.len();
        for step in 0..10 + self.random.below(60) {
            let (who, other) = (self.random.below(count), self.random.below(count));
            match self.random.below(10) {
                0..6 => self.edit(who, step as i64 * 1_700),
                6..8 if !self.updates.is_empty() => {
                    let update = self.random.below(self.updates.len());
                    self.relay(update, who);
                }
                _ if who != other => self.meet(who, other),
                _ => {}
            }
        }
        // Everybody meets everybody.
        for _ in 0..2 {
            for (from, to) in (0..count).flat_map(|from| (0..count).map(move |to| (from, to))) {
                if from != to {
                    self.meet(from, to);
                }
            }
        }
        self
    }

    fn edit(&mut self, who: usize, now: i64) {
        let values = self.replicas[who].values();
        let edit = some_edit(&mut self.random, &values);
        let by = format!("person-{who}");
        let Ok(update) = self.replicas[who].edit(&edit, &by, Moment(now)) else { return };
        let mut step = spoken(&edit);
        step["who"] = json!(who);
        step["by"] = json!(by);
        step["now"] = json!(now);
        self.steps.push(step);
        self.updates.push(update);
        self.authors.push(who);
    }

    /// One update arrives alone, early, late or twice. Where it misses something, its
    /// receiver gets all that its author has.
    fn relay(&mut self, update: usize, to: usize) {
        match self.replicas[to].apply(&self.updates[update]) {
            Ok(()) => self.steps.push(json!({ "update": update, "to": to })),
            Err(Unfit::Missing) => self.meet(self.authors[update], to),
            Err(Unfit::Broken) => panic!("an update of ours is broken"),
        }
    }

    fn meet(&mut self, from: usize, to: usize) {
        let lacking = self.replicas[from].diff(&self.replicas[to].state_vector()).expect("a state vector");
        self.replicas[to].apply(&lacking).expect("what it lacked");
        self.steps.push(json!({ "from": from, "to": to }));
    }

    fn line(&self) -> String {
        let updates: Vec<String> = self.updates.iter().map(|update| hex(update)).collect();
        json!({ "clients": self.clients, "steps": self.steps, "updates": updates }).to_string()
    }
}

fn row(number: usize) -> RowId {
    RowId::new(Uuid::from_u128(number as u128))
}

pub fn some_edit(random: &mut Random, values: &Values) -> Edit {
    let (number, field) = (random.below(3), FIELD.to_string());
    let what = format!("{FIELD}/{}/what", row(number));
    let by_when = format!("{FIELD}/{}/by-when", row(number));
    match random.below(10) {
        0..5 => {
            let letters: Vec<char> = values.text(&what).chars().collect();
            let (at, gone) = (random.below(letters.len() + 1), random.below(4));
            let units = |letters: &[char]| letters.iter().map(|letter| letter.len_utf16() as u32).sum::<u32>();
            let delete = if random.percent(40) { units(&letters[at..(at + gone).min(letters.len())]) } else { 0 };
            let all = ["a", "bc", "é", "e\u{301}", "😀", "👩‍👧", "ا", "שלום", " ", "\n"];
            let insert: String = (0..random.below(4)).map(|_| all[random.below(all.len())]).collect();
            Edit::Splice { path: what, at: units(&letters[..at]), delete, insert }
        }
        5..7 => Edit::Set { path: by_when, value: format!("2026-11-{:02}", 1 + random.below(28)) },
        7 if random.percent(50) => Edit::Clear { path: by_when },
        7 => Edit::MoveRow { field, row: row(number), order: format!("k{}", random.below(9)) },
        8 => Edit::AddRow { field, row: row(number), order: format!("a{}", random.below(9)) },
        _ if random.percent(50) => Edit::RemoveRow { field, row: row(number) },
        _ => Edit::BringBack { field, row: row(number) },
    }
}

/// An edit as the oracle hears it.
fn spoken(edit: &Edit) -> Value {
    match edit {
        Edit::Splice { path, at, delete, insert } => {
            json!({ "edit": "splice", "path": path, "at": at, "delete": delete, "insert": insert })
        }
        Edit::Set { path, value } => json!({ "edit": "set", "path": path, "value": value }),
        Edit::Clear { path } => json!({ "edit": "clear", "path": path }),
        Edit::AddRow { field, row, order } | Edit::MoveRow { field, row, order } => {
            json!({ "edit": "place", "field": field, "row": row.to_string(), "order": order })
        }
        Edit::RemoveRow { field, row } => json!({ "edit": "remove", "field": field, "row": row.to_string() }),
        Edit::BringBack { field, row } => json!({ "edit": "back", "field": field, "row": row.to_string() }),
        // No story does: it is a mark beside the values, and these are about merging.
        Edit::Keep { .. } => Value::Null,
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hex")).collect()
}

fn said(values: &Value) -> Values {
    serde_json::from_value(values.clone()).expect("values")
}

/// Holds what the oracle answers against what our documents say.
fn hold(seed: u64, story: &Story, answer: &str) {
    let answer: Value = serde_json::from_str(answer).expect("an answer of the oracle");
    assert_eq!(answer["stuck"], json!(false), "seed {seed}: yjs waits for something");
    let ours = story.replicas[0].read().expect("a section");
    for (place, replica) in story.replicas.iter().enumerate() {
        assert_eq!(replica.read().expect("a section"), ours, "seed {seed}: our replica {place}");
        assert_eq!(said(&answer["said"][place]), ours, "seed {seed}: replica {place} of yjs");
    }
    assert_eq!(said(&answer["of_rust"]), ours, "seed {seed}: yjs reads our updates");
    let reader = document(1);
    for update in answer["updates"].as_array().expect("updates") {
        reader.apply(&unhex(update.as_str().expect("hex"))).expect("an update of yjs");
    }
    assert_eq!(reader.read().expect("a section"), ours, "seed {seed}: we read the updates of yjs");
}

#[test]
fn yjs_says_the_same_of_every_story() {
    let end2end = Path::new(env!("CARGO_MANIFEST_DIR")).join("end2end");
    assert!(end2end.join("node_modules/yjs").exists(), "yjs is not there. Run:  (cd end2end && npm ci)");
    let setting = |name: &str, unless| std::env::var(name).ok().and_then(|set| set.parse().ok()).unwrap_or(unless);
    let (first, runs): (u64, u64) = (setting("PEP_SEED", 1), setting("PEP_RUNS", 800));
    let began = Instant::now();
    let mut oracle = Command::new("node");
    oracle.arg(end2end.join("oracle.mjs"));
    let mut node = oracle.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("node");
    let mut asked = node.stdin.take().expect("its input");
    let mut answered = BufReader::new(node.stdout.take().expect("its output")).lines();
    let mut edits = 0;
    // While the oracle tells one story, the next is told here.
    let mut before: Option<(u64, Story)> = None;
    for seed in first..=first + runs {
        let story = (seed < first + runs).then(|| {
            let story = Story::new(seed).tell();
            writeln!(asked, "{}", story.line()).expect("the oracle listens");
            story
        });
        if let Some((seed, story)) = before.take() {
            edits += story.updates.len();
            hold(seed, &story, &answered.next().expect("an answer").expect("an answer"));
        }
        before = story.map(|story| (seed, story));
    }
    drop(asked);
    assert!(node.wait().expect("node").success());
    println!("{runs} stories from seed {first}, {edits} edits, {:.1} s: yjs agrees", began.elapsed().as_secs_f64());
}
