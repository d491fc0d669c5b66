//! Who is in a room and where. A client says where it is; who it is, the server
//! knows and writes. What a reader is told of a plan names only the sections that
//! they may read themselves.

use super::pointer::NOBODY;
use super::room::Room;
use super::{Ask, Keeper, Outgoing, Rooms, SocketId, Store};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::sorted::sorted;
use crate::sync::presence::{self, Line, Present, State, Who};
use crate::sync::protocol::{Frame, Message, Notice};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Somebody whose presence is told, and what they may be told of others'. A young
/// person in their own words is none: that they are writing is theirs to say.
#[derive(Clone, PartialEq, Debug)]
pub struct Visitor {
    pub who: Who,
    /// The sections of this plan that they may read.
    pub reads: Vec<SectionId>,
}

/// One socket in a room.
pub struct Member {
    pub to: Outgoing,
    visitor: Option<Arc<Visitor>>,
    awake: Option<Line>,
    /// Who was said to be here, so that it is said again only when it changes.
    told: Option<Vec<Present>>,
}

impl Member {
    pub fn new(to: Outgoing, visitor: Option<Arc<Visitor>>) -> Self {
        Self { to, visitor, awake: None, told: None }
    }
}

impl Rooms {
    /// Passes on where a client says it is.
    pub async fn awaken(&self, name: &DocumentName, socket: SocketId, bytes: Vec<u8>) {
        self.ask(Ask::Awaken { name: name.clone(), socket, bytes }).await;
    }

    /// Tells a socket who is in a room.
    pub async fn who(&self, name: &DocumentName, socket: SocketId) {
        self.ask(Ask::Who { name: name.clone(), socket }).await;
    }
}

impl Room {
    /// Takes in a socket, or what it may now be told of, where it is here already.
    pub fn welcome(&mut self, socket: SocketId, to: Outgoing, visitor: Option<Arc<Visitor>>) {
        match self.members.get_mut(&socket) {
            Some(member) => member.visitor = visitor,
            None => drop(self.members.insert(socket, Member::new(to, visitor))),
        }
    }

    /// Writes down where a client is and passes it on. Answers whether that could be
    /// read; a client number that is another's is left alone.
    pub fn awaken(&mut self, socket: SocketId, bytes: &[u8]) -> bool {
        let Some(lines) = presence::read(bytes) else { return false };
        let Some(mut own) = self.own(socket, lines) else { return true };
        self.left.bound(&mut own, self.members.values().filter_map(|member| member.awake.as_ref()));
        let Some(member) = self.members.get_mut(&socket) else { return true };
        let Some(visitor) = &member.visitor else { return true };
        let signed = |state: State| State { user: Some(visitor.who.clone()), sign: state.sign };
        let line = Line { state: own.state.map(signed), ..own };
        let before = std::mem::replace(&mut member.awake, line.state.is_some().then(|| line.clone()));
        let left = self.left.follow(before.as_ref(), &line);
        if let (Some(left), Some(member)) = (&left, self.members.get(&socket)) {
            member.to.send(self.awareness(std::slice::from_ref(left)));
        }
        // In one message: between two the meeting would be nowhere.
        self.tell_lines(&[Some(line), left].into_iter().flatten().collect::<Vec<_>>(), Some(socket));
        true
    }

    /// The line of this socket's own client in a message.
    fn own(&self, socket: SocketId, lines: Vec<Line>) -> Option<Line> {
        let number = |socket| self.members.get(socket)?.awake.as_ref().map(|line| line.client);
        let known = number(&socket);
        let others: Vec<_> = self.members.keys().filter(|other| **other != socket).filter_map(number).collect();
        let fits = |line: &Line| {
            line.client != NOBODY && known.map_or(!others.contains(&line.client), |own| own == line.client)
        };
        lines.into_iter().find(fits)
    }

    /// Tells a socket who is in this room.
    pub fn tell_who(&self, socket: SocketId) {
        let others = self.members.iter().filter(|(other, _)| **other != socket);
        let awake = others.filter_map(|(_, member)| member.awake.as_ref());
        let lines: Vec<_> = awake.chain(self.left.line()).cloned().collect();
        if let (Some(member), false) = (self.members.get(&socket), lines.is_empty()) {
            member.to.send(self.awareness(&lines));
        }
    }

    /// Who wrote what was accepted last, and where: to be told to the others. Nothing of
    /// somebody whose presence isn't told.
    pub(super) fn brought(&self, socket: SocketId) -> Option<(PlanId, Present)> {
        let who = self.members.get(&socket)?.visitor.as_ref()?.who.clone();
        let path = Some(self.last_place()?.to_string());
        Some((self.name.plan.clone(), Present { section: Some(self.name.section), path, ..Present::of(who) }))
    }

    /// A socket left: nobody sees it here any more. Answers whether it was seen.
    pub fn part(&mut self, socket: SocketId) -> bool {
        let Some(member) = self.members.remove(&socket) else { return false };
        if let Some(line) = member.awake {
            let gone = Line { client: line.client, clock: line.clock + 1, state: None };
            let left = self.left.follow(Some(&line), &gone);
            self.tell_lines(&[Some(gone), left].into_iter().flatten().collect::<Vec<_>>(), None);
        }
        member.visitor.is_some()
    }

    fn tell_lines(&self, lines: &[Line], but: Option<SocketId>) {
        self.send_all(self.awareness(lines), but);
    }

    fn awareness(&self, lines: &[Line]) -> Vec<u8> {
        Frame::new(self.name.to_string(), Message::Awareness(presence::written(lines))).written()
    }
}

/// Where a member is, as their own page says it.
struct Seen<'a> {
    who: &'a Who,
    section: Option<SectionId>,
    path: Option<&'a String>,
}

impl<S: Store> Keeper<S> {
    /// A visitor with a look of their own: that of their other tabs, or the first that
    /// nobody in the plan has.
    pub(super) fn with_look(&self, plan: &PlanId, visitor: &Arc<Visitor>) -> Arc<Visitor> {
        let members = self.rooms_of(plan).flat_map(|room| room.members.values());
        let here: Vec<_> = members.filter_map(|member| member.visitor.as_ref().map(|there| &there.who)).collect();
        let own = here.iter().find(|there| there.id == visitor.who.id).map(|there| there.look);
        let free = || (0..u8::MAX).find(|look| here.iter().all(|there| there.look != *look)).unwrap_or_default();
        let who = Who { look: own.unwrap_or_else(free), ..visitor.who.clone() };
        Arc::new(Visitor { who, reads: visitor.reads.clone() })
    }

    /// Somebody leaves a section, by losing their connection at a moment or of their own
    /// will. Whoever has another one in the plan is still there.
    pub(super) fn parts(&mut self, name: &DocumentName, socket: SocketId, lost: Option<Moment>) {
        let Some(member) = self.rooms.get(name).and_then(|room| room.members.get(&socket)) else { return };
        let Some(visitor) = member.visitor.clone() else { return };
        let was_seen = member.awake.is_some();
        let is_theirs = |member: &Member| member.visitor.as_ref().is_some_and(|there| there.who.id == visitor.who.id);
        let is_there = |room: &Room| room.members.iter().any(|(other, member)| *other != socket && is_theirs(member));
        if self.rooms_of(&name.plan).any(is_there) {
            return;
        }
        match lost {
            Some(now) if was_seen => self.lost.goes(&name.plan, &visitor, now),
            Some(_) => {}
            None => self.lost.comes(&name.plan, &visitor),
        }
    }

    /// Tells everybody in a plan who else is there, or was and has no connection now, where
    /// that is new to them.
    pub(super) fn tell_who_is_here(&mut self, plan: &PlanId, now: Moment) {
        let (seen, lost) = (self.seen(plan), self.lost.of(plan, now));
        let mut news = HashMap::new();
        for room in self.rooms_of(plan) {
            for (socket, member) in &room.members {
                if let Some(visitor) = &member.visitor {
                    news.entry(*socket).or_insert_with(|| told_to(visitor, &seen, &lost));
                }
            }
        }
        let names: Vec<_> = self.rooms_of(plan).map(|room| room.name.clone()).collect();
        for name in names {
            let Some(room) = self.rooms.get_mut(&name) else { continue };
            for (socket, member) in &mut room.members {
                // Once for each socket, over the first of its documents.
                let Some(now) = news.remove(socket) else { continue };
                if member.told.as_ref() != Some(&now) {
                    member.to.send(Frame::new(name.to_string(), Notice::here(now.clone())).written());
                    member.told = Some(now);
                }
            }
        }
    }

    /// Tells everybody else in a plan, each once, who brought what they wrote without a
    /// connection, where that is theirs to read.
    pub(super) fn tell_what_came(&self, plan: &PlanId, brought: &Present) {
        let mut told = HashSet::new();
        for room in self.rooms_of(plan) {
            for (socket, member) in &room.members {
                let hears = member.visitor.as_ref().is_some_and(|visitor| may_hear(visitor, brought));
                if hears && told.insert(*socket) {
                    let notice = Notice::brought(vec![brought.clone()]);
                    member.to.send(Frame::new(room.name.to_string(), notice).written());
                }
            }
        }
    }

    fn seen(&self, plan: &PlanId) -> Vec<Seen<'_>> {
        let members = self.rooms_of(plan).flat_map(|room| room.members.values().map(move |member| (room, member)));
        let seen = members.filter_map(|(room, member)| {
            let sign = member.awake.as_ref()?.state.as_ref()?.sign.as_ref()?;
            let section = (!sign.overview).then_some(room.name.section);
            let path = sign.spot.as_ref().map(|spot| &spot.path);
            Some(Seen { who: &member.visitor.as_ref()?.who, section, path })
        });
        sorted(seen, |one, other| (&one.who.name, &one.who.id) > (&other.who.name, &other.who.id))
    }

    fn rooms_of(&self, plan: &PlanId) -> impl Iterator<Item = &Room> {
        let name = |section: &SectionId| DocumentName { plan: plan.clone(), section: *section };
        SectionId::ALL.iter().filter_map(move |section| self.rooms.get(&name(section)))
    }
}

/// Whether a visitor is told what somebody brought: nobody of their own, or of a section
/// that isn't theirs to read.
fn may_hear(visitor: &Visitor, brought: &Present) -> bool {
    visitor.who.id != brought.who.id && brought.section.is_some_and(|section| visitor.reads.contains(&section))
}

/// Everybody else who is here, each once, and where, as far as this visitor may know.
fn told_to(visitor: &Visitor, seen: &[Seen], lost: &[&(Who, Moment)]) -> Vec<Present> {
    let mut told: Vec<Present> = Vec::new();
    for one in seen.iter().filter(|one| one.who.id != visitor.who.id) {
        let section = one.section.filter(|section| visitor.reads.contains(section));
        let path = section.and(one.path).cloned();
        match told.iter_mut().find(|present| present.who.id == one.who.id) {
            // In several places at once, as with two tabs: in the one that says most.
            Some(present) if present.section.is_none() || (present.path.is_none() && path.is_some()) => {
                present.section = section;
                present.path = path;
            }
            Some(_) => {}
            None => told.push(Present { section, path, ..Present::of(one.who.clone()) }),
        }
    }
    for (who, since) in lost {
        // Who is here on another device has not gone.
        if who.id != visitor.who.id && told.iter().all(|present| present.who.id != who.id) {
            told.push(Present { lost: Some(*since), ..Present::of(who.clone()) });
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str) -> Who {
        Who { id: name.to_lowercase(), name: name.into(), role: "carer".into(), look: 0 }
    }

    #[test]
    fn where_somebody_is_names_no_section_that_the_reader_may_not_read() {
        let (ruth, jo) = (who("Ruth"), who("Jo"));
        let path = String::from("address");
        let seen = [
            Seen { who: &ruth, section: Some(SectionId::PrivateDetails), path: Some(&path) },
            Seen { who: &jo, section: Some(SectionId::Targets), path: None },
        ];
        let reader = Visitor { who: who("Sam"), reads: vec![SectionId::Targets] };
        let told = told_to(&reader, &seen, &[]);
        assert_eq!(
            told,
            [Present::of(ruth.clone()), Present { section: Some(SectionId::Targets), ..Present::of(jo.clone()) },]
        );
    }

    #[test]
    fn what_somebody_brought_is_told_to_others_who_may_read_it() {
        let targets = || vec![SectionId::Targets];
        let visitor = |name: &str, reads: Vec<SectionId>| Visitor { who: who(name), reads };
        let brought = |section| Present { section: Some(section), ..Present::of(who("Ruth")) };
        assert!(may_hear(&visitor("Sam", targets()), &brought(SectionId::Targets)));
        assert!(!may_hear(&visitor("Sam", targets()), &brought(SectionId::PrivateDetails)));
        assert!(!may_hear(&visitor("Ruth", targets()), &brought(SectionId::Targets)), "she knows");
    }

    #[test]
    fn somebody_with_two_tabs_is_told_once() {
        let ruth = who("Ruth");
        let seen = [
            Seen { who: &ruth, section: None, path: None },
            Seen { who: &ruth, section: Some(SectionId::Targets), path: None },
        ];
        let reader = Visitor { who: who("Sam"), reads: SectionId::ALL.to_vec() };
        // Whose other tab lost its connection is still here.
        let gone = (ruth.clone(), Moment(1));
        assert_eq!(
            told_to(&reader, &seen, &[&gone]),
            [Present { section: Some(SectionId::Targets), ..Present::of(ruth.clone()) }]
        );
        assert_eq!(told_to(&reader, &[], &[&gone]), [Present { lost: Some(Moment(1)), ..Present::of(ruth.clone()) }]);
        let herself = Visitor { who: ruth.clone(), ..reader };
        assert_eq!(told_to(&herself, &seen, &[&gone]), []);
    }
}
