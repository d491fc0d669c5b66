//! Everyday life: home, who may say yes to what, who speaks with school, health.
//! The carer's part in learning and leisure is asked for by the Care Planning,
//! Placement and Case Review (England) Regulations 2010, Schedule 1 paragraph 2(5).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const HOMES: &[Pick] = &[
    pick("foster", "With foster carers"),
    pick("family", "With family or friends who are their foster carers"),
    pick("parents", "With their parents"),
    pick("childrens-home", "In a children's home"),
    pick("supported", "In supported lodgings or accommodation"),
    pick("adoptive", "With the family who will adopt them"),
    pick("school", "At a residential school"),
    pick("secure", "In a secure home"),
    pick("other", "Somewhere else"),
];

const ITEMS: &[Pick] = &[
    pick("trips", "Day trips"),
    pick("residential", "Trips with a night away"),
    pick("abroad", "Trips abroad"),
    pick("clubs", "Clubs and sport"),
    pick("photos", "Photos and films at school"),
    pick("online", "Online accounts for school"),
    pick("first-aid", "First aid and everyday medicine"),
    pick("medical", "Medical treatment and vaccinations"),
    pick("assessments", "Assessments, such as with an educational psychologist"),
    pick("options", "Choosing subjects and courses"),
    pick("other", "Something else"),
];

const DECIDERS: &[Pick] = &[
    pick("carer", "The carer"),
    pick("social-worker", "The social worker"),
    pick("parent", "A parent"),
    pick("young-person", "The young person"),
];

const CONSENTS: &[Field] = &[
    Field::choice("item", "What", ITEMS).needed(),
    Field::choice("decides", "Who says yes and signs", DECIDERS).needed(),
    Field::short("notice", "Notice needed").hint("Such as: none, or 10 working days."),
    Field::short("note", "Anything to know"),
];

const JOBS: &[Pick] = &[
    pick("day-to-day", "Everyday messages"),
    pick("emergency", "First call in an emergency"),
    pick("parents-evening", "Comes to parents' evenings"),
    pick("reports", "Gets reports and letters"),
    pick("collects", "May collect from school"),
];

const PEOPLE: &[Field] = &[
    Field::choice("job", "For", JOBS).needed(),
    Field::short("name", "Who").needed(),
    Field::short("how", "How").hint("Such as: the school app, or in the home book."),
];

pub const SECTION: Section = Section {
    id: SectionId::Everyday,
    title: "Everyday life and consents",
    intro: "So that nobody misses a trip because of a form. Addresses and phone numbers belong in \
            Private details, not here.",
    writers: &[Role::SocialWorker],
    readers: &[Role::DesignatedTeacher, Role::VirtualSchool, Role::Carer],
    asked: Role::SocialWorker,
    phases: Phase::ALL,
    fields: &[
        Field::choice("home", "Home", HOMES).needed().confirm(),
        Field::date("home-since", "Date moved there").needed().confirm(),
        Field::count("moves", "Moves of home since coming into care", "moves", 0, 99).confirm(),
        Field::rows("consents", "Who says yes to what", "consent", CONSENTS)
            .hint("One line for each thing. Leave as much as possible to the carer.")
            .needed()
            .confirm(),
        Field::rows("people", "Who school talks to", "person", PEOPLE)
            .hint("One line for each reason to be in touch.")
            .needed()
            .confirm(),
        Field::long("health", "Health that affects learning")
            .hint("Sight, hearing, sleep, worries, and what school can do about it.")
            .confirm(),
        Field::long("medicine", "Medicine at school").hint("What, when, and who gives it.").confirm(),
        Field::short("allergies", "Allergies").hint("Write None if there are none.").confirm(),
        Field::long("agencies", "Others who help, and what it changes")
            .hint("Such as speech therapy on Tuesdays, so maths is missed that morning.")
            .review(),
    ],
};
