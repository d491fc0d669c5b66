//! One meeting: people with devices, the server, and the network between them, all
//! moved by one seed.

use super::authority::Authority;
use super::device::{Device, Tab, Told};
use super::memory::Memory;
use super::plain::Plain;
use super::promises::Ledger;
use super::server::{PULSE, Server};
use crate::random::Random;
use pep::domain::access::Action;
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::sync::outbox::Link;
use pep::sync::presence::{self, Line, Sign, Spot, State};
use pep::sync::protocol::{Frame, Message, Notice};
use std::collections::{BTreeMap, VecDeque};

/// The sections of this meeting: with one writer, with many, and one that not
/// everybody may read.
pub const SECTIONS: [SectionId; 4] =
    [SectionId::Targets, SectionId::CarersView, SectionId::Progress, SectionId::PrivateDetails];

type Rooms = BTreeMap<DocumentName, VecDeque<Vec<u8>>>;

/// One connection, from its device to the server. Frames of one room keep their
/// order; those of two rooms don't. Over plain HTTP all have one order.
pub struct Wire {
    pub device: usize,
    pub place: usize,
    load: u64,
    /// Whether the tab still listens, and the server.
    pub heard: bool,
    pub served: bool,
    pub up: Rooms,
    pub down: Rooms,
    pub plain: Option<Plain>,
}

/// A promise broken on purpose, to see that it is noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Broken {
    /// The server acknowledges, now and then, what it hasn't committed.
    AcknowledgesTooSoon,
    /// The disk says that it has what it hasn't.
    DiskLies,
    /// A keystroke isn't in the journal.
    NoJournal,
    /// The server forgets to pass an update on.
    UpdateDropped,
    /// Whoever may not read any more goes on reading.
    RightsOutlive,
    /// What is about one room arrives in another order.
    OrderLost,
    /// Each load of a page writes under the same number.
    NumberReused,
    /// Over plain HTTP, what is repeated counts as something else.
    ParcelRenumbered,
}

pub struct Meeting {
    pub random: Random,
    pub broken: Option<Broken>,
    pub now: i64,
    pub authority: Authority,
    pub memory: Memory,
    pub server: Server,
    pub devices: Vec<Device>,
    pub lines: BTreeMap<u64, Wire>,
    pub ledger: Ledger,
    pub next: u64,
    /// Everything that happened, folded into a number.
    pub trace: u64,
    /// How many messages went up over plain HTTP.
    pub by_http: usize,
    /// Whether what happens is printed as well.
    tells: bool,
}

impl Meeting {
    pub fn new(seed: u64, broken: Option<Broken>) -> Self {
        let mut random = Random(seed);
        let people = 2 + random.below(3);
        let authority = Authority::new(people);
        let memory = Memory::default();
        for section in SECTIONS {
            let name = DocumentName { plan: authority.plan.clone(), section };
            memory.0.lock().unwrap().begin(&name, random.below(520) as i64);
        }
        // Somebody may have two devices.
        let count = people + random.below(2);
        let day = 24 * 3_600_000;
        let skew = |random: &mut Random| (random.below(6 * day) as i64) - 3 * day as i64;
        // Half of the networks refuse WebSockets.
        let by_http = random.below(2);
        let device = |number: usize| Device::new(number % people, skew(&mut random), number % 2 == by_http);
        let devices = (0..count).map(device).collect();
        let server = Server::new(memory.clone());
        let (lines, ledger) = (BTreeMap::new(), Ledger::default());
        let now = 1_800_000_000_000;
        let tells = std::env::var_os("PEP_TELL").is_some();
        let (next, trace, by_http) = (1, seed, 0);
        Self { random, broken, now, authority, memory, server, devices, lines, ledger, next, trace, by_http, tells }
    }

    /// For whoever reads a seed that failed.
    pub fn say(&self, what: impl FnOnce() -> String) {
        if self.tells {
            println!("{:>8} {}", self.now - 1_800_000_000_000, what());
        }
    }

    pub fn fresh_number(&mut self) -> u64 {
        (self.random.next() & ((1 << 53) - 1)) | 1
    }

    pub fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// What a person's page shows: what they may read as long as they are in the team,
    /// and now and then something that they may not.
    pub fn shows(&mut self, device: usize) -> Vec<DocumentName> {
        let role = self.authority.people[self.devices[device].person].role;
        let mut shown = Vec::new();
        for id in SECTIONS {
            let section = id.section();
            let may = section.readers.contains(&role) || section.writers.contains(&role);
            if may || self.random.percent(20) {
                shown.push(DocumentName { plan: self.authority.plan.clone(), section: id });
            }
        }
        shown
    }

    pub fn open_tab(&mut self, device: usize, place: usize) {
        let random = self.fresh_number();
        let load = if self.broken == Some(Broken::NumberReused) { 1_000 + device as u64 } else { random };
        let shows = self.shows(device);
        self.devices[device].open_tab(place, load, &shows);
        self.looked(device, place);
    }

    pub fn tab(&mut self, device: usize, place: usize) -> Option<&mut Tab> {
        self.devices.get_mut(device)?.tabs[place].as_mut()
    }

    /// A tab connects, and asks for what it shows.
    pub fn connect(&mut self, device: usize, place: usize) {
        let id = self.fresh();
        let person = self.devices[device].person;
        // Now and then it is another network.
        let by_http = self.devices[device].by_http != self.random.percent(10);
        let Some(tab) = self.devices[device].tabs[place].as_mut().filter(|tab| tab.line.is_none()) else { return };
        // A line is opened for somebody who is signed in, and for nobody else.
        if by_http && self.authority.people[person].signed_out.is_some() {
            tab.replica.linked(Link::SignedOut);
            tab.replica.closed();
            return self.looked(device, place);
        }
        tab.line = Some(id);
        tab.replica.linked(Link::Open);
        let load = tab.load;
        let end = self.server.connect(id, person, self.now);
        let plain = by_http.then(|| Plain::open(&self.server.lines, id, end));
        let (up, down) = (Rooms::new(), Rooms::new());
        self.lines.insert(id, Wire { device, place, load, heard: true, served: true, up, down, plain });
        self.reopen(device, place);
    }

    /// Asks the server once more for every section that a tab shows.
    pub fn reopen(&mut self, device: usize, place: usize) {
        let names: Vec<_> =
            self.tab(device, place).map(|tab| tab.replica.documents.keys().cloned().collect()).unwrap_or_default();
        for name in names {
            self.send(device, place, &name, Message::Token(String::new()));
        }
        self.looked(device, place);
    }

    /// As `browser/connection.rs` does: on the wire, and then on its way.
    pub fn send(&mut self, device: usize, place: usize, name: &DocumentName, message: Message) {
        let now = self.devices[device].now(self.now);
        let Some(tab) = self.devices[device].tabs[place].as_mut() else { return };
        let Some(line) = tab.line.and_then(|id| self.lines.get_mut(&id)) else { return };
        let frame = Frame::new(name.to_string(), message.clone()).written();
        match &mut line.plain {
            Some(plain) => plain.say(frame),
            None => line.up.entry(name.clone()).or_default().push_back(frame),
        }
        tab.replica.left(name, &message, now);
    }

    /// A tab takes a frame of its connection.
    pub fn hear(&mut self, id: u64, name: &DocumentName) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let Some(bytes) = line.down.get_mut(name).and_then(VecDeque::pop_front) else { return };
        self.hears(id, &bytes);
    }

    /// The tab of a connection hears a frame of it.
    pub fn hears(&mut self, id: u64, bytes: &[u8]) {
        let Some(line) = self.lines.get(&id) else { return };
        let (device, place, load, heard) = (line.device, line.place, line.load, line.heard);
        let now = self.devices[device].now(self.now);
        let Some(tab) = self.devices[device].tabs[place].as_mut().filter(|tab| heard && tab.load == load) else {
            return;
        };
        let frame = Frame::read(bytes).expect("the server writes frames");
        let name: DocumentName = frame.document.parse().expect("a document");
        self.trace = self.trace.rotate_left(5) ^ bytes.len() as u64;
        let kind = frame.message.clone();
        let heard = tab.replica.hear(&name, frame.message, now);
        tab.store_due |= heard.stores;
        self.say(|| format!("{device}/{place} heard {kind:?} about {}", name.section.id()));
        if let Some(message) = heard.send {
            self.send(device, place, &name, message);
        }
        self.looked(device, place);
    }

    /// The server takes a frame of a connection.
    pub fn take(&mut self, id: u64, name: &DocumentName) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let Some(bytes) = line.up.get_mut(name).and_then(VecDeque::pop_front) else { return };
        if line.served && !self.server.take(id, &bytes, &self.authority, self.now) {
            self.server_lets_go(id);
        }
    }

    /// The server's rooms take what gathered, and its sockets carry the answers.
    pub fn step(&mut self) {
        if !self.server.step(self.now) {
            self.crash();
        }
        self.carry();
    }

    pub fn crash(&mut self) {
        self.say(|| "the server ended".into());
        self.server.crash();
        self.lines.values_mut().for_each(Wire::lets_go);
    }

    fn carry(&mut self) {
        let ids: Vec<u64> = self.lines.iter().filter(|(_, line)| line.served).map(|(id, _)| *id).collect();
        for id in ids {
            let (device, mut fits) = (self.lines[&id].device, true);
            for frame in self.server.carry(id) {
                let read = Frame::read(&frame).expect("a frame");
                let name: DocumentName = read.document.parse().expect("a document");
                self.hold_rights(device, &name, &read.message);
                if let Some(line) = self.lines.get_mut(&id) {
                    match &mut line.plain {
                        Some(plain) => fits &= plain.tell(frame),
                        None => line.down.entry(name).or_default().push_back(frame),
                    }
                }
            }
            if !fits || self.server.is_ended(id) {
                self.server_lets_go(id);
            }
        }
    }

    pub fn server_lets_go(&mut self, id: u64) {
        self.server.disconnect(id);
        if let Some(line) = self.lines.get_mut(&id) {
            line.lets_go();
        }
    }

    /// Promise 3: what isn't theirs to read goes to nobody. Whose part or session ended
    /// is found out at the next pulse at the latest.
    fn hold_rights(&self, device: usize, name: &DocumentName, message: &Message) {
        if let Message::Stateless(payload) = message {
            return self.hold_presence(device, payload);
        }
        let (Message::Step1(_) | Message::Step2(_) | Message::Update(_) | Message::Awareness(_)) = message else {
            return;
        };
        let place = self.devices[device].person;
        let person = &self.authority.people[place];
        let section = name.section.section();
        let theirs = section.readers.contains(&person.role) || section.writers.contains(&person.role);
        assert!(theirs, "promise 3: {name} went to a {:?}", person.role);
        let ended = person.ended.or(person.signed_out);
        let long = ended.is_some_and(|ended| self.now - ended > PULSE + 3_000);
        assert!(
            !long || self.authority.may(place, Action::Read(name.section)),
            "promise 3: {name} went on after it ended"
        );
    }

    /// Who is here tells nobody of a section that isn't theirs to read.
    fn hold_presence(&self, device: usize, payload: &str) {
        let role = self.authority.people[self.devices[device].person].role;
        for section in Notice::read(payload).here.into_iter().flatten().filter_map(|present| present.section) {
            let section = section.section();
            let theirs = section.readers.contains(&role) || section.writers.contains(&role);
            assert!(theirs, "promise 3: a {role:?} was told of {}", section.id.id());
        }
    }

    /// A page says where its person is.
    pub fn says_where(&mut self, device: usize, place: usize) {
        let clock = self.fresh();
        let Some(tab) = &self.devices[device].tabs[place] else { return };
        let names: Vec<DocumentName> = tab.replica.documents.keys().cloned().collect();
        let spot = Spot { path: "strengths".into(), from: 1, to: 1, typing: true };
        let sign = Sign { spot: Some(spot), ..Sign::default() };
        let line = Line { client: tab.load, clock, state: Some(State { user: None, sign: Some(sign) }) };
        let Some(name) = self.random.pick(&names).cloned() else { return };
        self.send(device, place, &name, Message::Awareness(presence::written(&[line])));
    }

    /// Time passes. The server goes on meanwhile: it looks at rights when it is time.
    pub fn pass(&mut self, time: i64) {
        let mut left = time;
        while left > 0 {
            if time > 100 {
                self.step();
            }
            let part = left.min(1_000);
            (self.now, left) = (self.now + part, left - part);
            if self.broken != Some(Broken::RightsOutlive) {
                self.server.pulse(&self.authority, self.now);
            }
            self.carry();
        }
    }

    /// The tab's connection is gone, as far as it can tell.
    pub fn cut(&mut self, device: usize, place: usize) {
        let Some(tab) = self.tab(device, place) else { return };
        let Some(id) = tab.line.take() else { return };
        tab.replica.closed();
        if let Some(line) = self.lines.get_mut(&id) {
            line.heard = false;
            line.plain.iter_mut().for_each(Plain::hang_up);
        }
        self.looked(device, place);
    }

    /// The server finds out that a connection is gone.
    pub fn forget_line(&mut self, id: u64) {
        self.server.disconnect(id);
        self.lines.remove(&id);
    }

    /// Somebody looks at the status line.
    pub fn looked(&mut self, device: usize, place: usize) {
        let owner = &self.devices[device];
        let Some(tab) = &owner.tabs[place] else { return };
        let now: Moment = owner.now(self.now);
        let kept = self.memory.0.lock().unwrap();
        self.ledger.hold_status(tab, owner, now, &kept);
    }

    pub fn store(&mut self, device: usize, place: usize) {
        self.devices[device].store(place);
    }

    pub fn disk_answers(&mut self, device: usize, place: usize, works: bool) {
        let lies = self.broken == Some(Broken::DiskLies) && self.random.percent(10);
        self.devices[device].disk_answers(place, works, lies);
        self.looked(device, place);
    }

    /// A tab hears of what another tab of its device wrote.
    pub fn told(&mut self, device: usize, place: usize) {
        let fresh = self.fresh_number();
        let Some(tab) = self.tab(device, place) else { return };
        match tab.told.pop_front() {
            Some((name, Told::Wrote(update))) => drop(tab.replica.receive(&name, &update)),
            Some((name, Told::LetGo(entries))) if tab.replica.let_go_elsewhere(&name, &entries, fresh) => {
                self.send(device, place, &name, Message::Token(String::new()));
            }
            _ => {}
        }
    }

    pub fn kill_tab(&mut self, device: usize, place: usize) {
        self.say(|| format!("{device}/{place} is killed"));
        self.cut(device, place);
        let done = self.random.percent(50);
        self.devices[device].kill_tab(place, done);
    }

    pub fn kill_browser(&mut self, device: usize) {
        self.say(|| format!("{device} is killed"));
        (0..2).for_each(|place| self.cut(device, place));
        let done = self.random.percent(50);
        self.devices[device].kill_browser(done);
        let kept = self.memory.0.lock().unwrap();
        self.ledger.after_kill(device, &self.devices[device], &kept);
    }
}
