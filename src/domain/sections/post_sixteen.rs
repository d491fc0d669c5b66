//! After Year 11: the arrangements for education and training of a young person of
//! 16 or 17, asked for by the Care Planning, Placement and Case Review (England)
//! Regulations 2010, Schedule 1 paragraph 2(2), and how they fit the pathway plan.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const STATUSES: &[Pick] = &[
    pick("education", "In education"),
    pick("training", "Employed, with training"),
    pick("employed", "Employed"),
    pick("neither", "Not in education, employment or training (NEET) at the moment"),
    pick("unknown", "Not known"),
];

const LEVELS: &[Pick] = &[
    pick("entry", "Entry level"),
    pick("one", "Level 1"),
    pick("two", "Level 2, such as GCSEs"),
    pick("three", "Level 3, such as A levels or a T level"),
    pick("four", "Level 4 or higher"),
    pick("other", "Another level, or none"),
];

const BURSARY: &[Pick] = &[
    pick("not-asked", "Not applied for yet"),
    pick("applied", "Applied for"),
    pick("paid", "Being paid"),
    pick("not-entitled", "Not entitled now"),
];

const UCAS: &[Pick] = &[
    pick("not-planned", "Not planned"),
    pick("later", "Perhaps later"),
    pick("preparing", "Getting ready to apply"),
    pick("applied", "Applied"),
    pick("offers", "Has offers"),
];

pub const SECTION: Section = Section {
    id: SectionId::PostSixteen,
    title: "After Year 11",
    intro: "What they do now, what pays for it, and how it fits the pathway plan. The young person \
            can read this.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker],
    readers: &[Role::VirtualSchool, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ONLY_POST_SIXTEEN,
    fields: &[
        Field::choice("status", "What they do now", STATUSES).needed().confirm(),
        Field::short("course", "Course, apprenticeship or job").confirm(),
        Field::choice("level", "Level", LEVELS).confirm(),
        Field::number("hours", "Hours a week", "hours", 0, 60).confirm(),
        Field::choice("bursary", "16 to 19 bursary for young people in care", BURSARY)
            .hint("Young people in care can ask for it while they study. Ask at the college.")
            .needed()
            .confirm(),
        Field::short("adviser", "Personal adviser")
            .hint("A name. Write None yet if there is nobody.")
            .needed()
            .confirm(),
        Field::long("pathway", "How this fits the pathway plan")
            .hint("Where they will live, money, health, and what has to be in place first.")
            .needed()
            .confirm(),
        Field::choice("ucas", "University (UCAS)", UCAS).confirm(),
        Field::long("ucas-more", "University: what has to be done, and by when")
            .hint("Tick the box for young people who were in care: it can open extra help.")
            .confirm(),
    ],
};
