//! The school they go to now, or what they have while there is none: the existing
//! arrangements for education, asked for by the Care Planning, Placement and Case
//! Review (England) Regulations 2010, Schedule 1 paragraph 2(2).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const TYPES: &[Pick] = &[
    pick("mainstream", "Mainstream school"),
    pick("special", "Special school"),
    pick("alternative", "Pupil referral unit or other alternative provision"),
    pick("otherwise", "Taught outside school, arranged by the authority (EOTAS)"),
    pick("none", "No school yet: not on any roll"),
    pick("early-years", "Nursery, childminder or pre-school"),
    pick("college", "Further education college"),
    pick("training", "Training or an apprenticeship"),
];

const KEY_STAGES: &[Pick] = &[
    pick("early-years", "Early years foundation stage"),
    pick("one", "Key stage 1: Years 1 and 2"),
    pick("two", "Key stage 2: Years 3 to 6"),
    pick("three", "Key stage 3: Years 7 to 9"),
    pick("four", "Key stage 4: Years 10 and 11"),
    pick("five", "After Year 11"),
];

const JOBS: &[Pick] = &[
    pick("designated-teacher", "Designated teacher"),
    pick("key-adult", "Key adult, day by day"),
    pick("senco", "Special educational needs co-ordinator (SENCO)"),
    pick("tutor", "Tutor or class teacher"),
    pick("trusted", "Trusted adult, chosen by the young person"),
];

const PEOPLE: &[Field] = &[
    Field::choice("job", "Who they are", JOBS).needed(),
    Field::short("name", "Name").needed(),
    Field::short("how", "How to reach them at school").hint("Such as: the school office, or before 8.45 at the gate."),
];

const RECORDS: &[Pick] = &[
    pick("all", "Yes, all of them"),
    pick("some", "Some of them"),
    pick("none", "Not yet"),
    pick("first", "There was no school before"),
];

const ONLINE: &[Pick] = &[
    pick("both", "A computer and the internet"),
    pick("shared", "A computer that they share"),
    pick("phone", "Only a phone"),
    pick("nothing", "Neither"),
];

pub const SECTION: Section = Section {
    id: SectionId::SchoolNow,
    title: "School now",
    intro: "Where they learn, and who is there for them. If there is no school at the moment, say \
            what there is instead and who is looking.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool],
    readers: &[Role::Carer, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::choice("type", "What kind of place it is", TYPES).needed().confirm(),
        Field::short("name", "School, college or nursery").confirm(),
        Field::count("urn", "Unique reference number of the school (URN)", "", 100_000, 999_999)
            .hint("6 digits. It is on Get information about schools.")
            .confirm(),
        Field::date("start", "Date they started there").confirm(),
        Field::choice("key-stage", "Key stage", KEY_STAGES).confirm(),
        Field::short("authority", "Local authority that the school is in").confirm(),
        Field::rows("people", "People at school", "person", PEOPLE)
            .hint("Ask {name} who their trusted adult is. It may be someone nobody thought of.")
            .needed()
            .confirm(),
        Field::choice("records", "Have the last school's records come?", RECORDS).confirm(),
        Field::long("offered", "No school: what they have now")
            .hint("Only where there is no school. Lessons, a tutor, a place to go: what, where and with whom.")
            .review(),
        Field::number("offered-hours", "No school: hours a week", "hours", 0, 35),
        Field::short("looking", "No school: who is looking for one").hint("A name, not a team."),
        Field::date("looking-by", "No school: by when there will be one"),
        Field::choice("online", "Computer and internet at home", ONLINE).confirm(),
        Field::short("homework-place", "Where homework is done")
            .hint("Such as: at the kitchen table, or at homework club on Tuesdays.")
            .confirm(),
    ],
};
