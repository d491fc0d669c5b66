//! About the child, readable by everyone round the plan. Schools attended and
//! leisure interests are asked for by the Care Planning, Placement and Case
//! Review (England) Regulations 2010, Schedule 1 paragraph 2(1) and (4).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

/// The groups of the 2021 census, so that a return can be made from them.
const ETHNICITIES: &[Pick] = &[
    pick("white-british", "White: British"),
    pick("white-irish", "White: Irish"),
    pick("traveller", "White: Gypsy or Irish Traveller"),
    pick("roma", "White: Roma"),
    pick("white-other", "White: another background"),
    pick("white-black-caribbean", "Mixed: White and Black Caribbean"),
    pick("white-black-african", "Mixed: White and Black African"),
    pick("white-asian", "Mixed: White and Asian"),
    pick("mixed-other", "Mixed: another background"),
    pick("indian", "Asian: Indian"),
    pick("pakistani", "Asian: Pakistani"),
    pick("bangladeshi", "Asian: Bangladeshi"),
    pick("chinese", "Asian: Chinese"),
    pick("asian-other", "Asian: another background"),
    pick("black-african", "Black: African"),
    pick("black-caribbean", "Black: Caribbean"),
    pick("black-other", "Black: another background"),
    pick("arab", "Arab"),
    pick("other", "Another ethnic group"),
    pick("not-said", "Chose not to say"),
];

const SCHOOLS: &[Field] = &[
    Field::short("name", "School, college or nursery"),
    Field::date("from", "From"),
    Field::date("to", "To").hint("Leave empty for where they are now."),
    Field::short("why", "Why it changed").hint("Kind and short: the young person reads this too."),
];

pub const SECTION: Section = Section {
    id: SectionId::AboutMe,
    title: "About {name}",
    intro: "Who this plan is for. Everyone in the team can read it, and so can the young person, \
            so write it the way you would say it to them.",
    writers: &[Role::SocialWorker],
    readers: &[Role::DesignatedTeacher, Role::VirtualSchool, Role::Carer, Role::YoungPerson],
    asked: Role::SocialWorker,
    phases: Phase::ALL,
    fields: &[
        Field::short("legal-name", "Full legal name").needed().confirm(),
        Field::short("known-as", "Name I like to be called").hint("Ask each time. It can change.").needed().confirm(),
        Field::short("pronouns", "Pronouns").hint("Such as she and her, or they and them.").confirm(),
        Field::date("born", "Date of birth").needed().confirm(),
        Field::short("gender", "Sex or gender").hint("In the words they use themselves.").confirm(),
        Field::choice("ethnicity", "Ethnicity", ETHNICITIES).confirm(),
        Field::short("religion", "Religion or belief")
            .hint("And what it means at school: food, prayer, festivals.")
            .confirm(),
        Field::short("first-language", "First language").needed().confirm(),
        Field::yes_no("interpreter", "Is an interpreter needed?").needed().confirm(),
        Field::short("interpreter-for", "Interpreter: language, dialect and anything else")
            .hint("Such as: Tigrinya, by phone, the same woman each time if possible.")
            .confirm(),
        Field::long("interests", "What I enjoy, in school and out of it").needed().review(),
        Field::long("strengths", "What I'm good at").needed().review(),
        Field::long("clubs", "Clubs and activities")
            .hint("What, where and when, and what would make it possible to go.")
            .confirm(),
        Field::long("awards", "Awards and proud moments").hint("Small ones count."),
        Field::rows("schools", "Schools so far", "school", SCHOOLS)
            .hint("Every school, college and nursery, the newest first.")
            .confirm(),
    ],
};
