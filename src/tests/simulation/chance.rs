//! What may happen in a meeting, and how often.

use super::device::Tab;
use super::meeting::{Broken, Meeting};
use super::memory::Fate;
use super::promises::{What, Written, has};
use pep::domain::access::Action;
use pep::domain::people::RowId;
use pep::domain::plan::{DocumentName, State};
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::sync::document::Edit;
use pep::sync::protocol::Message;
use std::collections::VecDeque;
use std::iter::repeat_n;
use uuid::Uuid;

const TABLE: &str = "targets";

impl Meeting {
    /// One thing happens. `trouble` is how many of a thousand are misfortunes.
    pub fn happens(&mut self, trouble: usize) {
        let time = self.random.below(40) as i64;
        self.pass(time);
        let device = self.random.below(self.devices.len());
        let place = usize::from(self.random.percent(20));
        match self.broken {
            Some(Broken::AcknowledgesTooSoon) if self.random.percent(2) => {
                self.memory.0.lock().unwrap().fate = Fate::Lies;
            }
            Some(Broken::UpdateDropped) if self.random.percent(5) => self.spoils(false),
            Some(Broken::OrderLost) if self.random.percent(10) => self.spoils(true),
            _ => {}
        }
        if self.random.below(1_000) < trouble {
            return self.misfortune(device, place);
        }
        match self.random.below(100) {
            0..24 => self.writes(device, place),
            24..45 => self.some_lines(true),
            45..68 => self.some_lines(false),
            68..78 => self.step(),
            78..84 => self.store(device, place),
            84..90 => self.disk_answers(device, place, true),
            90..94 => self.told(device, place),
            94 => self.says_where(device, place),
            95 => {
                let device = &mut self.devices[device];
                device.journal_on_disk = device.journal.clone();
            }
            _ => self.goes_on(device, place),
        }
    }

    /// Frames of one room change places on their way up, or an update is dropped on its
    /// way down.
    fn spoils(&mut self, up: bool) {
        let is_update = |bytes: &Vec<u8>| {
            let frame = pep::sync::protocol::Frame::read(bytes);
            frame.is_some_and(|frame| matches!(frame.message, Message::Update(_)))
        };
        for line in self.lines.values_mut() {
            if up {
                line.up.values_mut().filter(|frames| frames.len() > 1).for_each(|frames| frames.swap(0, 1));
            } else {
                line.down.values_mut().for_each(|frames| frames.retain(|bytes| !is_update(bytes)));
            }
        }
    }

    /// What was interrupted goes on: a page opens, a connection is made or missed.
    fn goes_on(&mut self, device: usize, place: usize) {
        let Some(tab) = &self.devices[device].tabs[place] else { return self.open_tab(device, place) };
        match tab.line {
            None => self.connect(device, place),
            Some(id) if self.lines.get(&id).is_none_or(|line| !line.served) => self.cut(device, place),
            Some(_) => {
                let gone = self.lines.iter().find(|(_, line)| !line.heard).map(|(id, _)| *id);
                gone.into_iter().for_each(|id| self.forget_line(id));
            }
        }
    }

    fn misfortune(&mut self, device: usize, place: usize) {
        match self.random.below(100) {
            0..25 => self.cut(device, place),
            25..35 => self.kill_tab(device, place),
            35..43 => self.kill_browser(device),
            43..53 => self.disk_answers(device, place, false),
            53..58 => self.crash(),
            58..68 => {
                let fates = [Fate::Refuses, Fate::EndsBefore, Fate::EndsAfter];
                let fate = fates[self.random.below(fates.len())];
                self.memory.0.lock().unwrap().fate = fate;
            }
            68..78 => self.right_changes(device),
            78..84 => self.session_changes(device),
            84..92 => {
                let time = self.random.below(20_000) as i64;
                self.pass(time);
            }
            92..97 => self.lets_go(device, place),
            97 => {
                self.authority.state = State::Agreed;
                self.memory.0.lock().unwrap().closed = true;
            }
            _ => self.server_half_opens(),
        }
    }

    /// A connection that looks open to its tab leads nowhere.
    fn server_half_opens(&mut self) {
        let ids: Vec<u64> = self.lines.keys().copied().collect();
        if let Some(id) = self.random.pick(&ids).copied() {
            self.server_lets_go(id);
        }
    }

    fn right_changes(&mut self, device: usize) {
        let (now, person) = (self.now, self.devices[device].person);
        let person = &mut self.authority.people[person];
        person.ended = if person.ended.is_some() { None } else { Some(now) };
    }

    fn session_changes(&mut self, device: usize) {
        let (now, who) = (self.now, self.devices[device].person);
        let person = &mut self.authority.people[who];
        if person.signed_out.is_none() {
            person.signed_out = Some(now);
            return;
        }
        person.signed_out = None;
        let theirs: Vec<usize> = (0..self.devices.len()).filter(|device| self.devices[*device].person == who).collect();
        theirs.into_iter().for_each(|device| (0..2).for_each(|place| self.reopen(device, place)));
    }

    fn lets_go(&mut self, device: usize, place: usize) {
        let Some(tab) = self.tab(device, place) else { return };
        let refused = tab.replica.outbox.refused_places();
        let Some(name) = refused.keys().next().map(|(name, _)| name.clone()) else { return };
        let fresh = self.fresh_number();
        let gone = self.devices[device].discard(place, &name, fresh);
        self.say(|| format!("{device}/{place} lets go of {gone:?}"));
        self.ledger.let_go(&gone, device);
        self.send(device, place, &name, Message::Token(String::new()));
        self.looked(device, place);
    }

    fn some_lines(&mut self, up: bool) {
        (0..1 + self.random.below(4)).for_each(|_| self.some_line(up));
    }

    /// One frame arrives, of any room of any connection; or what carries frames moves.
    fn some_line(&mut self, up: bool) {
        let full = |frames: &&VecDeque<Vec<u8>>| !frames.is_empty();
        let mut waiting: Vec<(u64, Option<DocumentName>)> = Vec::new();
        for (id, line) in &self.lines {
            if let Some(plain) = &line.plain {
                waiting.extend(repeat_n((*id, None), plain.weight(up)));
                continue;
            }
            if up && line.served && !self.server.listens(*id) {
                continue;
            }
            let rooms = if up { &line.up } else { &line.down };
            let rooms = rooms.iter().filter(|(_, frames)| full(frames));
            waiting.extend(rooms.map(|(name, _)| (*id, Some(name.clone()))));
        }
        let Some((id, name)) = self.random.pick(&waiting).cloned() else { return };
        let Some(name) = name else { return self.moves(id, up) };
        match up {
            true => self.take(id, &name),
            false => {
                if self.random.percent(4) {
                    self.repeat(id, &name);
                }
                self.hear(id, &name);
            }
        }
    }

    /// The next frame comes twice, where it is an update.
    fn repeat(&mut self, id: u64, name: &DocumentName) {
        let frames = self.lines.get_mut(&id).and_then(|line| line.down.get_mut(name));
        let Some(frames) = frames else { return };
        if let Some(first) = frames.front().cloned()
            && let Some(Message::Update(_)) = pep::sync::protocol::Frame::read(&first).map(|frame| frame.message)
        {
            frames.push_front(first);
        }
    }

    /// Somebody writes, where their page lets them.
    fn writes(&mut self, device: usize, place: usize) {
        let role = self.authority.people[self.devices[device].person].role;
        let Some(tab) = &self.devices[device].tabs[place] else { return };
        let open = |name: &DocumentName| {
            let held = tab.replica.documents.get(name);
            name.section.section().writers.contains(&role) && held.is_some_and(|held| held.complete)
        };
        let names: Vec<DocumentName> = tab.replica.documents.keys().filter(|name| open(name)).cloned().collect();
        let Some(name) = self.random.pick(&names).cloned() else { return };
        let values = self.values(device, place, &name);
        let (edit, what) = self.some_edit(&name, &values);
        self.write(device, place, &name, &edit, what);
    }

    fn values(&self, device: usize, place: usize, name: &DocumentName) -> Values {
        let held = |tab: &Tab| tab.replica.documents.get(name).map(|held| held.document.values());
        self.devices[device].tabs[place].as_ref().and_then(held).unwrap_or_default()
    }

    fn write(&mut self, device: usize, place: usize, name: &DocumentName, edit: &Edit, what: What) {
        let writer = self.devices[device].writer(&self.authority);
        let now = self.devices[device].now(self.now);
        let Some(tab) = self.tab(device, place) else { return };
        let before = has(tab, name);
        let Some(made) = tab.replica.edit(name, edit, &writer, now) else { return };
        let load = tab.replica.documents.get(name).map_or(0, |held| held.client);
        let seen = has(tab, name);
        let clock = seen.get(&load).copied().unwrap_or_default();
        let moved = clock > before.get(&load).copied().unwrap_or_default();
        let sends = tab.replica.sends(name);
        let (told_safe, excused) = (false, false);
        let (path, clock) = (edit.path().to_string(), if moved { clock } else { 0 });
        self.say(|| format!("{device}/{place} writes {what:?} at {load}:{clock} in {path}, sends {sends}"));
        let mut written =
            Written { name: name.clone(), path, what, device, writer, load, clock, seen, told_safe, excused };
        written.excused = self.ledger.builds_on_let_go(&written);
        self.ledger.all.insert(made.entry.clone(), written);
        self.devices[device].keep(place, &made);
        if self.broken == Some(Broken::NoJournal) {
            self.devices[device].journal.remove(&made.entry);
        }
        self.looked(device, place);
        if sends {
            self.send(device, place, name, Message::Update(made.update));
        }
        self.looked(device, place);
    }

    fn some_edit(&mut self, name: &DocumentName, values: &Values) -> (Edit, What) {
        let rows: Vec<RowId> = values.rows(TABLE).map(|row| row.id.clone()).collect();
        let gone: Vec<RowId> = values.rows.get(TABLE).into_iter().flatten().map(|row| row.id.clone()).collect();
        let field = TABLE.to_string();
        let row = match self.random.pick(&rows).cloned() {
            Some(row) if name.section == SectionId::Targets => row,
            _ => return self.some_text(name, values, None),
        };
        match self.random.below(100) {
            0..40 => self.some_text(name, values, Some(&row)),
            40..75 => self.some_fact(values, &row),
            75..80 => {
                let over = values.entries(&by_when(&row)).iter().map(|entry| entry.value.clone()).collect();
                (Edit::Clear { path: by_when(&row) }, What::Clear { over })
            }
            80..86 => (Edit::RemoveRow { field, row }, What::Row),
            86..92 => {
                let row = self.random.pick(&gone).cloned().unwrap_or(row);
                (Edit::BringBack { field, row }, What::Row)
            }
            92..96 => (Edit::MoveRow { field, row, order: format!("k{}", self.random.below(99)) }, What::Row),
            _ => self.new_row(),
        }
    }

    fn new_row(&mut self) -> (Edit, What) {
        let row = RowId::new(Uuid::from_u128(u128::from(self.random.next())));
        (Edit::AddRow { field: TABLE.into(), row, order: format!("m{}", self.random.below(99)) }, What::Row)
    }

    /// A date that nobody else sets.
    fn some_fact(&mut self, values: &Values, row: &RowId) -> (Edit, What) {
        let path = by_when(row);
        let first: pep::domain::calendar::Day = "2030-01-01".parse().expect("a day");
        let value = first.plus(self.fresh() as i64).to_string();
        let over = values.entries(&path).iter().map(|entry| entry.value.clone()).collect();
        (Edit::Set { path, value: value.clone() }, What::Set { value, over })
    }

    /// A word that nobody else writes, between two others; or one is taken out.
    fn some_text(&mut self, name: &DocumentName, values: &Values, row: Option<&RowId>) -> (Edit, What) {
        let path = match (name.section, row) {
            (SectionId::Targets, Some(row)) => format!("{TABLE}/{row}/what"),
            (SectionId::Targets, None) if self.random.percent(60) => return self.new_row(),
            (SectionId::Targets, None) => "changes".to_string(),
            (SectionId::CarersView, _) => "worries".to_string(),
            (SectionId::PrivateDetails, _) => "transport".to_string(),
            _ => "strengths".to_string(),
        };
        let words: Vec<&str> = values.text(&path).split_inclusive(' ').collect();
        let at = self.random.below(words.len() + 1);
        let place = |end: usize| words[..end].iter().map(|word| word.encode_utf16().count() as u32).sum();
        if at < words.len() && self.random.percent(15) {
            let (word, delete) = (words[at].to_string(), words[at].encode_utf16().count() as u32);
            let edit = Edit::Splice { path, at: place(at), delete, insert: String::new() };
            let (load, clock) = self.ledger.of_word(&word);
            return (edit, What::Cut { word, load, clock });
        }
        let dress = ["", "é", "😀", "اب", "e\u{301}"];
        let dress = dress[self.random.below(dress.len())];
        let word = format!("w{}{dress} ", self.fresh());
        (Edit::Splice { path, at: place(at), delete: 0, insert: word.clone() }, What::Word(word))
    }

    pub fn may_write(&self, device: usize, section: SectionId) -> bool {
        self.authority.may(self.devices[device].person, Action::Write(section)) && self.authority.state.takes_edits()
    }
}

fn by_when(row: &RowId) -> String {
    format!("{TABLE}/{row}/by-when")
}
