//! Five questions for the carer, answered one by one on a phone. The carer's
//! part in learning is asked for by the Care Planning, Placement and Case Review
//! (England) Regulations 2010, Schedule 1 paragraph 2(5).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::media::{CAPTION, MediaKind, PHOTO, PHOTOS};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const HOMEWORK: &[Pick] = &[pick("easy", "Easy"), pick("with-help", "With help"), pick("struggle", "A struggle")];

const SLEEP: &[Pick] = &[pick("settled", "Settled"), pick("up-and-down", "Up and down"), pick("hard", "Hard")];

const IN_TOUCH: &[Pick] =
    &[pick("well", "Works well"), pick("could-be-better", "Could be better"), pick("not-well", "Not working")];

const PHOTO_COLUMNS: &[Field] =
    &[Field::media(MediaKind::Photo, PHOTO, "Photo"), Field::short(CAPTION, "What it shows")];

/// A topic is a long text, or a scale followed by a long text whose id adds `-more`.
pub const SECTION: Section = Section {
    id: SectionId::CarersView,
    title: "How things are at home",
    intro: "Five short questions. You see what school doesn't. Answer one now and the rest \
            another day: each is kept by itself.",
    writers: &[Role::Carer],
    readers: &[Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool],
    asked: Role::Carer,
    phases: Phase::ALL,
    fields: &[
        Field::long("going-well", "What's going well?")
            .hint("Anything that made you smile counts, at home or at school.")
            .needed()
            .review(),
        Field::scale("homework", "How are homework and reading at home?", HOMEWORK).needed(),
        Field::long("homework-more", "Tell us more about homework and reading")
            .hint("Where and when it works, what they read, and what you do that helps.")
            .review(),
        Field::scale("sleep", "How are sleep and school mornings?", SLEEP).needed(),
        Field::long("sleep-more", "Tell us more about sleep and mornings")
            .hint("What a school morning is like, and anything school could do about it.")
            .review(),
        Field::long("worries", "Is anything worrying you?")
            .hint("If someone isn't safe now, phone the social worker, or 999.")
            .review(),
        Field::scale("support", "How is keeping in touch with school?", IN_TOUCH),
        Field::long("support-more", "What help would you like?")
            .hint("For you or for them, from school or from the authority.")
            .needed()
            .review(),
        Field::rows(PHOTOS, "Photos", "photo", PHOTO_COLUMNS)
            .hint("A certificate, homework, something made. Nothing with other children in it."),
        Field::yes_no("share-with-child", "May {name} read this?")
            .hint("If you choose no, only the adults in the team read it."),
    ],
};
