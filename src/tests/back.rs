//! Who comes back with what they wrote without a connection: the others in the plan are
//! told so, once each, and nobody of what came as it was written.

use crate::simulation::authority::Authority;
use crate::simulation::memory::Memory;
use axum::body::Bytes;
use futures_util::FutureExt;
use pep::domain::access::Action;
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::server::rooms::{Ask, Keeper, Outgoing, Right, SocketId};
use pep::server::watch::watch;
use pep::sync::document::{Document, Edit};
use pep::sync::protocol::{Frame, Message, Notice};
use pep::sync::replica::Replica;
use std::sync::Arc;
use tokio::sync::{Notify, mpsc, oneshot};

/// By their places in `simulation::authority::ROLES`.
const TEACHER: usize = 0;
const WORKER: usize = 2;
const SCHOOL: usize = 3;

/// A plan with some of its documents open.
struct Meeting {
    keeper: Keeper<Memory>,
    authority: Authority,
}

impl Meeting {
    fn begin(sections: &[SectionId]) -> Self {
        let (memory, authority) = (Memory::default(), Authority::new(4));
        for section in sections {
            let name = DocumentName { plan: authority.plan.clone(), section: *section };
            memory.0.lock().unwrap().begin(&name, 0);
        }
        Self { keeper: Keeper::new(memory, watch().0), authority }
    }

    fn name(&self, section: SectionId) -> DocumentName {
        DocumentName { plan: self.authority.plan.clone(), section }
    }

    fn ask(&mut self, ask: Ask) {
        self.keeper.answer(std::iter::once(ask), Moment(1_800_000_000_000)).now_or_never().expect("the rooms answer");
    }

    /// Somebody opens a section, by a connection with their own number.
    fn opens(&mut self, person: usize, section: SectionId) -> mpsc::Receiver<Bytes> {
        let (frames, hears) = mpsc::channel(64);
        let actor = self.authority.actor(person).expect("somebody who is signed in");
        let (joined, mut is_there) = oneshot::channel();
        self.ask(Ask::Join {
            name: self.name(section),
            socket: SocketId(person as u64),
            to: Outgoing::queue(frames, Arc::new(Notify::new())),
            visitor: Some(self.authority.visitor(person, &actor)),
            greeting: None,
            joined,
        });
        assert_eq!(is_there.try_recv(), Ok(true));
        hears
    }

    fn teacher_writes(&mut self, document: &mut Document, apart: bool) {
        let actor = self.authority.actor(TEACHER).expect("the designated teacher");
        let permit = self.authority.decide(&actor, Action::Write(SectionId::Targets)).expect("may write");
        let edit = Edit::Splice { path: "changes".into(), at: 0, delete: 0, insert: "Reads at home. ".into() };
        let bytes = document.edit(&edit, permit.by(), Moment(1)).expect("an edit");
        let (name, socket) = (self.name(SectionId::Targets), SocketId(TEACHER as u64));
        self.ask(Ask::Update { name, socket, right: Right::Write(permit), bytes, apart });
    }
}

/// What somebody was told of what came back: whose it is, of which part, and where.
fn told(hears: &mut mpsc::Receiver<Bytes>) -> Vec<(String, Option<SectionId>, Option<String>)> {
    let frames = std::iter::from_fn(|| hears.try_recv().ok()).filter_map(|frame| Frame::read(&frame));
    let brought = frames.filter_map(|frame| match frame.message {
        Message::Stateless(payload) => Notice::read(&payload).brought,
        _ => None,
    });
    brought.flatten().map(|one| (one.who.id, one.section, one.path)).collect()
}

#[test]
fn what_somebody_brings_back_is_told_to_everybody_else_in_the_plan_and_what_is_typed_now_to_nobody() {
    let mut meeting = Meeting::begin(&[SectionId::Targets, SectionId::Progress]);
    let mut own = meeting.opens(TEACHER, SectionId::Targets);
    let mut beside = meeting.opens(SCHOOL, SectionId::Targets);
    let mut elsewhere = meeting.opens(WORKER, SectionId::Progress);
    let mut laptop = Document::new(SectionId::Targets.section(), 7);

    meeting.teacher_writes(&mut laptop, false);
    for hears in [&mut own, &mut beside, &mut elsewhere] {
        assert!(told(hears).is_empty());
    }

    meeting.teacher_writes(&mut laptop, true);
    let teacher = meeting.authority.people[TEACHER].id.to_string();
    let came = (teacher, Some(SectionId::Targets), Some("changes".to_string()));
    assert_eq!(told(&mut beside), std::slice::from_ref(&came));
    assert_eq!(told(&mut elsewhere), [came]);
    assert!(told(&mut own).is_empty(), "who brought it knows");
}

#[test]
fn whoever_typed_before_the_connection_was_up_is_not_said_to_be_back() {
    let meeting = Meeting::begin(&[SectionId::Targets]);
    let name = meeting.name(SectionId::Targets);
    let asks = || Message::Step1(Document::new(SectionId::Targets.section(), 1).state_vector());
    let answered_after = |seconds: i64| {
        let mut laptop = Replica::new(7);
        laptop.hold(&name, None, &[]);
        for (at, insert) in [(0, "Reads "), (seconds * 1_000, "at home. ")] {
            let edit = Edit::Splice { path: "changes".into(), at: 0, delete: 0, insert: insert.into() };
            laptop.edit(&name, &edit, "ruth", Moment(at)).expect("an edit");
        }
        laptop.hear(&name, asks(), Moment(seconds * 1_000)).send
    };
    assert!(matches!(answered_after(2), Some(Message::Update(_))));
    assert!(matches!(answered_after(40), Some(Message::Step2(_))), "by the oldest of it");
}
