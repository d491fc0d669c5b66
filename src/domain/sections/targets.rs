//! Targets and extra help: what everyone will do by when, what came of last
//! time's, and changes of school, which must be planned for (Care Planning,
//! Placement and Case Review (England) Regulations 2010, Schedule 1 paragraph 2(3)).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const AREAS: &[Pick] = &[
    pick("reading-writing", "Reading and writing"),
    pick("maths", "Maths"),
    pick("subject", "Another subject"),
    pick("speaking", "Speaking and listening"),
    pick("attendance", "Being at school"),
    pick("feelings", "Feelings and friendships"),
    pick("independence", "Doing more on their own"),
    pick("talent", "A talent or an interest"),
    pick("next-step", "The next school, course or job"),
];

const OUTCOMES: &[Pick] = &[
    pick("met", "Met"),
    pick("partly", "Partly met"),
    pick("not-yet", "Not met yet"),
    pick("dropped", "Dropped, because things changed"),
];

const MONEY: &[Pick] = &[
    pick("strong", "It made a strong difference"),
    pick("some", "It made some difference"),
    pick("none", "It made no difference"),
    pick("not-used", "No money was used"),
];

const TARGETS: &[Field] = &[
    Field::choice("area", "Area", AREAS).needed(),
    Field::long("what", "What will change")
        .hint("One thing that can be seen or counted, such as: read 20 minutes, 4 days a week.")
        .needed(),
    Field::long("how-we-will-know", "How we will know")
        .hint("From what to what. Such as: reading age from 9 years 2 months to 9 years 8 months.")
        .needed(),
    Field::date("by-when", "By when").needed(),
    Field::short("who", "Who").hint("A name, not a team.").needed(),
    Field::long("why", "Why this, for this child").hint("Their own words are the best reason."),
    Field::long("strategy", "What we will do").hint("What happens, where, and with whom.").needed(),
    Field::short("how-often", "How often").hint("Such as: Tuesdays and Thursdays, 30 minutes."),
];

const REVIEW: &[Field] = &[
    Field::long("what", "Target").needed(),
    Field::scale("outcome", "What came of it", OUTCOMES).needed(),
    Field::long("evidence", "How we know"),
    Field::scale("money", "What its money did", MONEY),
    Field::long("why", "Why it came out like this").hint("What helped, and what got in the way."),
    Field::yes_no("carry-over", "Keep it for this term?"),
];

const CATCH_UP: &[Field] = &[
    Field::short("gap", "The gap").needed(),
    Field::short("programme", "Programme or person").needed(),
    Field::number("hours", "Hours a week", "hours", 0, 35),
    Field::date("start", "Start").needed(),
];

pub const SECTION: Section = Section {
    id: SectionId::Targets,
    title: "Targets and extra help",
    intro: "Three or four targets that everyone can remember. Everyone in the team can write \
            here, and the young person can read it.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::Carer, Role::VirtualSchool],
    readers: &[Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::rows("review", "Last time's targets", "earlier target", REVIEW)
            .hint("Look back first. Not met yet is a fact, not a fault."),
        Field::rows("targets", "Targets for this term", "target", TARGETS)
            .hint("Two about learning and one about life at school is a good mix.")
            .needed()
            .review(),
        Field::rows("catch-up", "Catching up", "programme", CATCH_UP)
            .hint("Extra teaching where they are behind.")
            .review(),
        Field::long("catch-up-reason", "Why no catch-up is planned")
            .hint("Only where they are behind and no programme is listed.")
            .review(),
        Field::long("changes", "Changes of school or course ahead")
            .hint("What is planned, when, and how to make it easy: visits, a named adult, records.")
            .review(),
    ],
};
