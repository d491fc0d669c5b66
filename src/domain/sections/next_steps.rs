//! Hopes and next steps: what is planned after this school or course, and how the
//! change is made easy, asked for by the Care Planning, Placement and Case Review
//! (England) Regulations 2010, Schedule 1 paragraph 2(3).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const GUIDANCE: &[Field] = &[
    Field::date("date", "Date").needed(),
    Field::short("what", "What it was")
        .hint("Such as: talk with the careers adviser, or a day at the fire station.")
        .needed(),
    Field::long("came-of-it", "What came of it"),
];

const OFFERS: &[Pick] = &[
    pick("waiting", "No answer yet"),
    pick("interview", "Interview or audition"),
    pick("conditional", "An offer with conditions"),
    pick("offer", "An offer without conditions"),
    pick("accepted", "Offer accepted"),
    pick("no", "No offer"),
];

const APPLICATIONS: &[Field] = &[
    Field::short("where", "School, college, university or employer").needed(),
    Field::short("course", "Course or job").needed(),
    Field::date("applied", "Date they applied"),
    Field::choice("offer", "What came of it", OFFERS),
];

const MOVES: &[Field] = &[
    Field::short("from", "From").needed(),
    Field::short("to", "To").needed(),
    Field::date("date", "Date").needed(),
    Field::long("visits", "Visits").hint("When and with whom. The first with the buildings empty, if that helps."),
    Field::short("adult", "Named adult there").hint("Someone they have met before the first day."),
    Field::date("records-sent", "Date the records were sent"),
    Field::long("summer", "Plan for the summer").hint("What happens in the holidays, so that nothing is lost."),
];

pub const SECTION: Section = Section {
    id: SectionId::NextSteps,
    title: "Hopes and next steps",
    intro: "What they hope for and how to get there. It is fine to change one's mind. The young \
            person can read this, and so can their carer.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool],
    readers: &[Role::Carer, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::FROM_YEAR_ONE,
    fields: &[
        Field::long("hopes", "Hopes, as the adults know them")
            .hint("What {name} has said or shown you, and is glad for others to know. Their own answer is in My voice.")
            .needed()
            .review(),
        Field::rows("guidance", "Careers guidance", "piece of guidance", GUIDANCE)
            .hint("Talks, visits from employers, work experience.")
            .confirm(),
        Field::long("visits", "Visits").hint("Open days, tasters, universities: been to, and planned.").review(),
        Field::long("options", "Year 9: subjects chosen, and why").confirm(),
        Field::long("plan-a", "Year 11: plan A").hint("The school, course or job they want most.").review(),
        Field::long("plan-b", "Year 11: plan B").hint("Good as well, if plan A doesn't work.").review(),
        Field::long("plan-c", "Year 11: plan C").hint("Always open: a place that is sure.").review(),
        Field::rows("applications", "Applications", "application", APPLICATIONS).confirm(),
        Field::rows("moves", "Moving on", "move", MOVES)
            .hint("Each change of school, college or course ahead. Invite the new place to the meeting.")
            .review(),
    ],
};
