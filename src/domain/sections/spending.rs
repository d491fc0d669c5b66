//! What Pupil Premium Plus could pay for: ideas, a row for each, written down while
//! people talk and without a connection too. Nothing is asked for here, and nothing
//! agreed: that is the ledger's (`domain/grant`), where a row is asked for. It speaks of
//! prices, so it is read by those who read the ledger, and by nobody else, and it is on no
//! paper, as the ledger isn't.

use super::{Field, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

/// The table of ideas. A request is filled in from its columns.
pub const IDEAS: &str = "ideas";
/// What is wanted.
pub const WHAT: &str = "what";
/// For which target or need.
pub const NEED: &str = "need";
/// About how many pounds.
pub const ABOUT: &str = "about";
/// How we will know that it helped.
pub const EXPECTED: &str = "how-we-will-know";

const COLUMNS: &[Field] = &[
    Field::short(WHAT, "What is wanted").hint("Such as: one-to-one maths tuition, ten weeks."),
    Field::short(NEED, "For which target or need"),
    Field::number(ABOUT, "About how much", "pounds", 0, 50_000).hint("Leave it empty if nobody knows yet."),
    Field::long(EXPECTED, "How we will know that it helped")
        .hint("From what to what. Such as: from 31 to 40 in the maths assessment."),
];

pub const SECTION: Section = Section {
    id: SectionId::Spending,
    title: "What Pupil Premium Plus could pay for",
    intro: "Write ideas down here as you talk, with or without a connection. To ask for one, press Ask for this \
            on the page Pupil Premium Plus. For the social worker, the designated teacher and the virtual school: \
            close it before you share your screen.",
    writers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool],
    readers: &[],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[Field::rows(IDEAS, "Ideas", "idea", COLUMNS)
        .hint("One for each thing. An idea isn't asked for yet, and nothing is agreed by it.")
        .review()],
};
