//! The meeting: who came, how the child took part, what was agreed, and when the
//! next one is. The plan is reviewed each school term (Promoting the education of
//! looked-after children and previously looked-after children, DfE, 2018), and the
//! planned changes of Schedule 1 paragraph 2(3) of the Care Planning, Placement and
//! Case Review (England) Regulations 2010 are agreed here. Never carried over: each
//! meeting is its own.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const KINDS: &[Pick] = &[
    pick("initial", "The first plan"),
    pick("termly", "This term's plan"),
    pick("moving-school", "Moving school"),
    pick("interim", "In between, such as in the holidays or without a school"),
    pick("emergency", "At once, because something serious happened"),
];

const WAYS: &[Pick] = &[
    pick("together", "All in one room"),
    pick("video", "By video"),
    pick("phone", "By phone"),
    pick("mixed", "Some in the room, some from afar"),
];

const CHAIRS: &[Pick] = &[
    pick("designated-teacher", "The designated teacher"),
    pick("social-worker", "The social worker"),
    pick("virtual-school", "The virtual school"),
    pick("young-person", "The young person"),
];

const CAME: &[Pick] =
    &[pick("invited", "Invited"), pick("attended", "Came"), pick("apologies", "Couldn't come, and said so")];

const PEOPLE: &[Field] = &[
    Field::short("name", "Name").needed(),
    Field::short("role", "Who they are to the child").hint("Such as: SENCO, key worker, interpreter.").needed(),
    Field::short("organisation", "Where they are from"),
    Field::choice("came", "Were they there?", CAME).needed(),
    Field::yes_no("copy", "Do they get a copy?").needed(),
];

const TOOK_PART: &[Pick] = &[
    pick("all", "They were there for all of it"),
    pick("part", "They were there for part of it"),
    pick("sent", "They sent their views"),
    pick("declined", "They were asked, and chose not to"),
    pick("not-asked", "They weren't asked"),
];

pub const SECTION: Section = Section {
    id: SectionId::MeetingRecord,
    title: "The meeting",
    intro: "Who was there and what was agreed. Everyone in the team can read it, and so can the young \
            person: leave out addresses and phone numbers.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool],
    readers: &[Role::Carer, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::choice("kind", "What this meeting is for", KINDS).needed(),
        Field::choice("held", "How it was held", WAYS).needed(),
        Field::choice("chair", "Who led it", CHAIRS).needed(),
        Field::yes_no("asked-about-copies", "Was {name} asked who should get a copy?")
            .hint("Ask before the meeting, and not in front of everyone.")
            .needed(),
        Field::rows("people", "Who was invited", "person", PEOPLE)
            .hint("{name} too. Who comes and who gets a copy is for the social worker to decide, with {name}.")
            .needed(),
        Field::choice("took-part", "How {name} took part", TOOK_PART).needed(),
        Field::long("took-part-why", "If they weren't asked, why")
            .hint("And how they will be told what was said and agreed, and by whom."),
        Field::long("agreed", "What was agreed")
            .hint("In a few plain sentences. What someone has to do goes into Actions.")
            .needed(),
        Field::date("next-plan", "Date of the next plan's meeting").needed(),
        Field::date("next-review", "Date of the next review of the care plan"),
    ],
};
