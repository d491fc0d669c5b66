//! What could put a child in danger if it were seen: kept in a document of its
//! own, never printed and never on a shared screen.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const RELATIONS: &[Pick] = &[
    pick("mother", "Mother"),
    pick("father", "Father"),
    pick("step-parent", "Step-parent"),
    pick("guardian", "Guardian"),
    pick("relative", "Another relative"),
    pick("authority", "The local authority"),
    pick("other", "Someone else"),
];

const TOLD: &[Pick] = &[
    pick("reports", "School reports"),
    pick("meetings", "Dates of meetings"),
    pick("plan", "A copy of this plan without private details"),
    pick("emergencies", "Emergencies"),
    pick("photos", "Photos and news of achievements"),
];

const PARENTS: &[Field] = &[
    Field::short("name", "Name").needed(),
    Field::choice("relation", "Who they are to the child", RELATIONS),
    Field::yes_no("responsibility", "Do they have parental responsibility?").needed(),
    Field::picks("told", "What they may be told", TOLD).hint("Nothing ticked means nothing."),
    Field::yes_no("invited", "Are they invited to the meeting?"),
    Field::long("how", "How, and by whom"),
];

const LIMITS: &[Pick] = &[
    pick("contact", "No contact"),
    pick("collect", "Must not collect"),
    pick("information", "Must not be told where the child is"),
];

const KEPT_AWAY: &[Field] = &[
    Field::short("name", "Name").needed(),
    Field::picks("limits", "What is not allowed", LIMITS).needed(),
    Field::long("act", "What school does if they come or call").needed(),
    Field::date("until", "Until").hint("Leave empty if there is no end."),
];

pub const SECTION: Section = Section {
    id: SectionId::PrivateDetails,
    title: "Private details",
    intro: "Never printed, and never on a shared screen. Only the social worker, the designated \
            teacher and the virtual school can open this.",
    writers: &[Role::SocialWorker],
    readers: &[Role::VirtualSchool, Role::DesignatedTeacher],
    asked: Role::SocialWorker,
    phases: Phase::ALL,
    fields: &[
        Field::long("address", "Home address").needed().confirm(),
        Field::short("carer-phone", "Carer's phone").needed().confirm(),
        Field::long("transport", "Way to school and back")
            .hint("Who brings them, the route, and where they are met.")
            .confirm(),
        Field::rows("parents", "Parental responsibility", "person", PARENTS)
            .hint("Who has it, and what each of them may be told.")
            .needed()
            .confirm(),
        Field::rows("kept-away", "Who must not have contact or collect", "person", KEPT_AWAY)
            .hint("Tell school by phone as well. Don't rely on this page being read in time.")
            .confirm(),
        Field::count("times-missing", "Times missing since the last plan", "times", 0, 200),
        Field::long("missing-more", "What school can do to keep them safe").review(),
    ],
};
