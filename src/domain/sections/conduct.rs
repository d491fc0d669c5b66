//! Behaviour and suspensions: the record of conduct asked for by the Care Planning,
//! Placement and Case Review (England) Regulations 2010, Schedule 1 paragraph 2(1).

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

/// The reasons that schools report in the census.
const REASONS: &[Pick] = &[
    pick("assault-pupil", "Physical assault against a pupil"),
    pick("assault-adult", "Physical assault against an adult"),
    pick("threat-pupil", "Verbal abuse or threats against a pupil"),
    pick("threat-adult", "Verbal abuse or threats against an adult"),
    pick("weapon", "An offensive weapon or a prohibited item"),
    pick("bullying", "Bullying"),
    pick("racist-abuse", "Racist abuse"),
    pick("identity-abuse", "Abuse about sexual orientation or gender identity"),
    pick("disability-abuse", "Abuse relating to disability"),
    pick("sexual-misconduct", "Sexual misconduct"),
    pick("drugs-alcohol", "Drugs and alcohol"),
    pick("damage", "Damage"),
    pick("theft", "Theft"),
    pick("disruption", "Persistent or general disruptive behaviour"),
    pick("online", "Inappropriate use of social media or online technology"),
    pick("public-health", "Breaking public health measures on purpose, repeatedly"),
];

const SUSPENSIONS: &[Field] = &[
    Field::date("from", "First day").needed(),
    Field::count("sessions", "Sessions", "sessions", 1, 90)
        .hint("Half days. The law allows 90 in a school year.")
        .needed(),
    Field::choice("reason", "Reason", REASONS).needed(),
    Field::long("before", "What happened before it, and what they say about it"),
    Field::long("provision", "What was provided, from the first day").needed(),
    Field::date("told", "Date the virtual school was told").needed(),
];

pub const SECTION: Section = Section {
    id: SectionId::Conduct,
    title: "Behaviour and suspensions",
    intro: "Start with what went right. Say what you saw and what came before it, not what the \
            child is like.",
    writers: &[Role::DesignatedTeacher],
    readers: &[Role::SocialWorker, Role::VirtualSchool, Role::Carer],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::long("positives", "What has gone well")
            .hint("Praise, points, kindness, a hard day that they turned round.")
            .needed(),
        Field::long("concerns", "What has been hard, and what helps")
            .hint("When and where it happens, what it might be telling us, what calms things.")
            .review(),
        Field::long("bullying", "Bullying, by others or towards others")
            .hint("What happened, what was done, and whether it has stopped.")
            .review(),
        Field::rows("suspensions", "Suspensions this school year", "suspension", SUSPENSIONS)
            .hint("None is good news: leave the list empty.")
            .confirm(),
        Field::long("avoid", "How we will avoid the next one")
            .hint("Who steps in, early signs, and where they can go.")
            .review(),
    ],
};
