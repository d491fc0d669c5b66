//! Progress: academic achievements, asked for by the Care Planning, Placement and
//! Case Review (England) Regulations 2010, Schedule 1 paragraph 2(1). Before there
//! are subjects, Early years has them.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

/// Each row keeps to its own scale; one is never turned into another.
const SCALES: &[Pick] = &[
    pick("eyfs", "Early years: emerging or expected"),
    pick("phonics", "Phonics check, 0 to 40"),
    pick("teacher-view", "Teacher's view, key stages 1 to 3: below to greater depth"),
    pick("scaled-score", "Key stage 2 scaled score, 80 to 120"),
    pick("pre-key-stage", "Pre-key-stage standards"),
    pick("gcse", "GCSE, 9 to 1"),
    pick("vocational", "Vocational: pass, merit, distinction"),
    pick("functional-skills", "Functional skills"),
    pick("entry-level", "Entry level"),
    pick("post-sixteen", "A level, A* to E"),
    pick("esol", "English for speakers of other languages (ESOL)"),
    pick("other", "Another scale"),
];

const ON_TRACK: &[Pick] = &[
    pick("above", "Above where we hoped"),
    pick("on", "On track"),
    pick("below", "Below"),
    pick("well-below", "Well below"),
];

const SINCE: &[Pick] =
    &[pick("less", "Less than expected"), pick("as", "As expected"), pick("more", "More than expected")];

const EFFORT: &[Pick] = &[
    pick("excellent", "Excellent"),
    pick("good", "Good"),
    pick("varies", "Varies from day to day"),
    pick("hard-to-start", "Finds it hard to start"),
];

const SUBJECTS: &[Field] = &[
    Field::short("subject", "Subject").needed(),
    Field::choice("scale", "Scale", SCALES).needed(),
    Field::short("baseline", "Starting point"),
    Field::date("baseline-date", "Date of the starting point"),
    Field::short("now", "Now").needed(),
    Field::short("target", "Target for the end of the stage"),
    Field::scale("on-track", "On track?", ON_TRACK).needed(),
    Field::scale("since", "Progress since the last plan", SINCE),
    Field::scale("effort", "Effort", EFFORT),
    Field::long("comment", "What the teacher says"),
];

const EXAMS: &[Field] = &[
    Field::short("subject", "Subject and board").needed(),
    Field::date("date", "Date"),
    Field::short("access", "Access arrangements").hint("Such as: 25% more time, a reader."),
    Field::short("predicted", "Predicted"),
    Field::short("result", "Result"),
];

pub const SECTION: Section = Section {
    id: SectionId::Progress,
    title: "Progress in subjects",
    intro: "Where they started, where they are now, and what helps. The young person can read \
            this, and so can their carer.",
    writers: &[Role::DesignatedTeacher, Role::VirtualSchool],
    readers: &[Role::SocialWorker, Role::Carer, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::FROM_YEAR_ONE,
    fields: &[
        Field::rows("subjects", "Subject by subject", "subject", SUBJECTS)
            .hint("English, maths and science first, then what matters most to them.")
            .needed()
            .confirm(),
        Field::count("reading-years", "Reading age: years", "years", 3, 20),
        Field::count("reading-months", "Reading age: and months", "months", 0, 11),
        Field::short("reading-test", "Reading test").hint("Its name, such as NGRT or Salford."),
        Field::date("reading-date", "Date of the reading test"),
        Field::count("spelling-years", "Spelling age: years", "years", 3, 20),
        Field::count("spelling-months", "Spelling age: and months", "months", 0, 11),
        Field::count("phonics", "Phonics check", "out of 40", 0, 40).confirm(),
        Field::rows("exams", "Exams and tests", "exam", EXAMS).confirm(),
        Field::long("strengths", "Strengths").needed().review(),
        Field::long("gaps", "Gaps").hint("What was missed or hasn't stuck yet.").review(),
        Field::long("helps", "What helps in class").needed().review(),
    ],
};
