//! Feelings and friendships: what the adults see of how school feels, and what
//! helps. It is part of the existing arrangements and of the needs that the plan has
//! to meet (Care Planning, Placement and Case Review (England) Regulations 2010,
//! Schedule 1 paragraph 2(1) and (2)). The child's own words are in My voice, and
//! scores of questionnaires in a section of their own.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const SUPPORT: &[Pick] = &[
    pick("none", "None, and none is needed now"),
    pick("asked", "Asked for"),
    pick("waiting", "On a waiting list"),
    pick("seen", "Being seen by CAMHS or another service"),
    pick("finished", "Finished"),
];

const PSYCHOLOGIST: &[Pick] = &[
    pick("no", "Not involved"),
    pick("asked", "Asked for"),
    pick("involved", "Involved now"),
    pick("before", "Was involved before"),
];

pub const SECTION: Section = Section {
    id: SectionId::Wellbeing,
    title: "Feelings and friendships",
    intro: "How school feels to them as you see it, and what helps. What they say themselves is in \
            My voice: don't repeat it here unless they shared it with you.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker],
    readers: &[Role::VirtualSchool, Role::Carer],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::long("settling", "Settling in").hint("At school and in class, since the last plan.").needed(),
        Field::long("friends", "Friends")
            .hint("Who they are with at break and lunch, and how they get on with others.")
            .needed()
            .review(),
        Field::short("safe-place", "Safe place at school")
            .hint("Where they may go without asking first.")
            .needed()
            .confirm(),
        Field::short("trusted-adult", "Trusted adult at school").hint("A name. Ask {name} who.").needed().confirm(),
        Field::long("hard", "What is hard, and what it looks like")
            .hint("Times, places and things that set worries off, and how you notice.")
            .review(),
        Field::long("calms", "What calms things").hint("What helps, and what makes it worse.").review(),
        Field::choice("support", "Mental health support", SUPPORT).needed().confirm(),
        Field::short("support-more", "Which service, and since when").confirm(),
        Field::choice("psychologist", "Educational psychologist", PSYCHOLOGIST).confirm(),
        Field::long("psychologist-more", "What the psychologist advised").review(),
        Field::long("strategies", "What school does")
            .hint("What every adult at school should know and do. Needed where a questionnaire's score is high.")
            .review(),
    ],
};
