//! Early years: achievements asked for by the Care Planning, Placement and Case
//! Review (England) Regulations 2010, Schedule 1 paragraph 2(1). The areas and goals
//! are those of the statutory framework for the early years foundation stage.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const AREAS: &[Pick] = &[
    pick("communication", "Communication and language"),
    pick("personal", "Personal, social and emotional development"),
    pick("physical", "Physical development"),
    pick("literacy", "Literacy"),
    pick("mathematics", "Mathematics"),
    pick("world", "Understanding the world"),
    pick("arts", "Expressive arts and design"),
];

const LEVELS: &[Pick] = &[
    pick("below", "Below what is typical for their age"),
    pick("on", "As is typical for their age"),
    pick("above", "Above what is typical for their age"),
];

const BY_AREA: &[Field] = &[
    Field::choice("area", "Area", AREAS).needed(),
    Field::scale("level", "Where they are now", LEVELS).needed(),
    Field::long("comment", "What you see").hint("One thing they did this month says more than a word."),
];

const GOALS: &[Pick] = &[
    pick("listening", "Listening, attention and understanding"),
    pick("speaking", "Speaking"),
    pick("self-regulation", "Self-regulation"),
    pick("managing-self", "Managing self"),
    pick("relationships", "Building relationships"),
    pick("gross-motor", "Gross motor skills"),
    pick("fine-motor", "Fine motor skills"),
    pick("comprehension", "Comprehension"),
    pick("word-reading", "Word reading"),
    pick("writing", "Writing"),
    pick("number", "Number"),
    pick("patterns", "Numerical patterns"),
    pick("past-present", "Past and present"),
    pick("communities", "People, culture and communities"),
    pick("natural-world", "The natural world"),
    pick("materials", "Creating with materials"),
    pick("imaginative", "Being imaginative and expressive"),
];

const REACHED: &[Pick] = &[pick("emerging", "Emerging"), pick("expected", "Expected")];

const BY_GOAL: &[Field] =
    &[Field::choice("goal", "Goal", GOALS).needed(), Field::scale("reached", "Reached", REACHED).needed()];

pub const SECTION: Section = Section {
    id: SectionId::EarlyYears,
    title: "Early years",
    intro: "How they play, explore and grow, and what helps. Their carer can read this.",
    writers: &[Role::DesignatedTeacher],
    readers: &[Role::SocialWorker, Role::VirtualSchool, Role::Carer],
    asked: Role::DesignatedTeacher,
    phases: Phase::ONLY_EARLY_YEARS,
    fields: &[
        Field::rows("areas", "Areas of learning", "area", BY_AREA).hint("One line for each of the seven.").needed(),
        Field::rows("goals", "Early learning goals", "goal", BY_GOAL)
            .hint("At the end of Reception, one line for each of the 17.")
            .confirm(),
        Field::date("two-year-check", "Date of the progress check at age two").confirm(),
        Field::long("two-year-check-said", "What that check said").confirm(),
        Field::long("characteristics", "How they learn")
            .hint("Playing and exploring, keeping at it, having ideas of their own.")
            .needed()
            .review(),
        Field::long("strengths", "Strengths").needed().review(),
        Field::long("helps", "What helps")
            .hint("At the door, at tidying up, at lunch, when they are sad.")
            .needed()
            .review(),
    ],
};
