//! Scores of questionnaires about feelings and behaviour, such as the Strengths and
//! Difficulties Questionnaire (SDQ). SCORES ONLY: the questionnaires are licensed, and
//! the SDQ may not be made electronic or given out without its owners' permission.
//! Not one of their items is in Pep, and none may be added here, in a label, a hint or
//! a test. Never on paper and never carried over: a score is of its day.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const INFORMANTS: &[Pick] = &[
    pick("carer", "A parent or carer"),
    pick("teacher", "A teacher"),
    pick("young-person", "The young person, aged 11 or over"),
];

const OTHERS: &[Field] = &[
    Field::short("name", "Questionnaire").hint("Its name, such as Boxall, Leuven or Thrive.").needed(),
    Field::choice("informant", "Who answered it", INFORMANTS),
    Field::short("score", "Score").needed(),
    Field::date("date", "Date").needed(),
];

pub const SECTION: Section = Section {
    id: SectionId::Scores,
    title: "Questionnaire scores",
    intro: "Close it before you share your screen. For the social worker, the designated teacher and \
            the virtual school: never printed, and never in the family's copy. What school does \
            about a score belongs in Feelings and friendships.",
    writers: &[Role::SocialWorker, Role::DesignatedTeacher],
    readers: &[Role::VirtualSchool],
    asked: Role::SocialWorker,
    phases: Phase::ALL,
    fields: &[
        Field::choice("informant", "SDQ: who answered it", INFORMANTS),
        Field::date("date", "SDQ: date"),
        Field::count("total", "SDQ: total difficulties", "out of 40", 0, 40)
            .hint("Copy the scores. From 17 up, write what school does in Feelings and friendships."),
        Field::count("emotional", "SDQ: emotional", "out of 10", 0, 10),
        Field::count("conduct", "SDQ: conduct", "out of 10", 0, 10),
        Field::count("hyperactivity", "SDQ: hyperactivity", "out of 10", 0, 10),
        Field::count("peer", "SDQ: peer", "out of 10", 0, 10),
        Field::count("prosocial", "SDQ: prosocial", "out of 10", 0, 10).hint("Not part of the total."),
        Field::rows("others", "Other scores", "score", OTHERS)
            .hint("Other questionnaires, and a second SDQ with someone else's answers."),
    ],
};
