//! Actions: who does what by when, so that what was planned comes about (Care
//! Planning, Placement and Case Review (England) Regulations 2010, Schedule 1
//! paragraph 2(2) and (3)).

use super::{Field, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const ACTIONS: &[Field] = &[
    Field::short("what", "What").hint("Begin with a verb, such as: ring admissions about Year 7.").needed(),
    Field::short("who", "Who").hint("A name, not a team.").needed(),
    Field::date("by-when", "By when").needed(),
    Field::yes_no("done", "Is it done?"),
    Field::date("done-on", "Date it was done"),
    Field::long("in-the-way", "What stands in the way").hint("Say it early: someone else may be able to help."),
];

pub const SECTION: Section = Section {
    id: SectionId::Actions,
    title: "Actions",
    intro: "What someone has promised to do. Everyone in the team can write here, and the young person \
            can read it.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::Carer, Role::VirtualSchool],
    readers: &[Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[Field::rows("actions", "Who does what", "action", ACTIONS)
        .hint("One line for each thing. Targets are for the child, actions are for the adults.")
        .review()],
};
