//! Numbers and legal facts for the professionals who need them. Not for the
//! screen in the meeting, and not for the carer's or the child's copy.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const LEGAL_STATUSES: &[Pick] = &[
    pick("section-twenty", "Accommodated by agreement (Children Act 1989, section 20)"),
    pick("interim-care-order", "Interim care order (section 38)"),
    pick("care-order", "Care order (section 31)"),
    pick("placement-order", "Placement order (Adoption and Children Act 2002, section 21)"),
    pick("emergency", "Emergency or police protection (sections 44 and 46)"),
    pick("remand", "On remand"),
    pick("other", "Another status"),
];

const AIMS: &[Pick] = &[
    pick("home", "Going home to their family"),
    pick("relatives", "Living with relatives or friends for good"),
    pick("long-term", "Staying with the same carers until grown up"),
    pick("adoption", "Adoption"),
    pick("guardianship", "Special guardianship"),
    pick("independence", "Getting ready to live on their own"),
    pick("not-decided", "Not decided yet"),
];

pub const SECTION: Section = Section {
    id: SectionId::CareDetails,
    title: "Care details",
    intro: "For the social worker, the designated teacher and the virtual school. Close it before \
            you share your screen.",
    writers: &[Role::SocialWorker, Role::DesignatedTeacher],
    readers: &[Role::VirtualSchool],
    asked: Role::SocialWorker,
    phases: Phase::ALL,
    fields: &[
        Field::short("upn", "Unique pupil number (UPN)").hint("A letter and 12 digits. School has it.").confirm(),
        Field::short("uln", "Unique learner number (ULN)").hint("10 digits, from age 14.").confirm(),
        Field::short("authority-number", "Number in the authority's own records").confirm(),
        Field::date("into-care", "Date they came into care").needed().confirm(),
        Field::choice("legal-status", "Legal status", LEGAL_STATUSES).needed().confirm(),
        Field::yes_no("unaccompanied", "Did they come to the UK alone, to seek safety?").confirm(),
        Field::choice("aim", "What the care plan is working towards", AIMS).needed().confirm(),
        Field::long("aim-more", "What that means for school this year")
            .hint("Such as a date in court, or a move that would fall in exam weeks.")
            .review(),
    ],
};
