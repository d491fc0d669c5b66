//! Special educational needs and the provision made for them, asked for by the Care
//! Planning, Placement and Case Review (England) Regulations 2010, Schedule 1
//! paragraph 2(1) and (2). The stages and kinds of need are those that schools
//! report in the census.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

const STAGES: &[Pick] = &[
    pick("none", "No special educational needs"),
    pick("being-assessed", "Being assessed"),
    pick("support", "SEN support"),
    pick("plan", "An education, health and care plan (EHCP)"),
];

const NEEDS: &[Pick] = &[
    pick("spld", "A specific difficulty in learning, such as dyslexia (SpLD)"),
    pick("mld", "Moderate difficulties in learning (MLD)"),
    pick("sld", "Severe difficulties in learning (SLD)"),
    pick("pmld", "Profound and multiple difficulties in learning (PMLD)"),
    pick("semh", "Social, emotional and mental health (SEMH)"),
    pick("slcn", "Speech, language and communication (SLCN)"),
    pick("hi", "Hearing (HI)"),
    pick("vi", "Sight (VI)"),
    pick("msi", "Both sight and hearing (MSI)"),
    pick("pd", "A physical disability (PD)"),
    pick("asd", "Autism (ASD)"),
    pick("oth", "Another need (OTH)"),
    pick("nsa", "Support without a specialist assessment so far (NSA)"),
];

const EFFECTS: &[Pick] =
    &[pick("very", "Helps a lot"), pick("partly", "Helps partly"), pick("not-yet", "Doesn't help yet")];

const PROVISION: &[Field] = &[
    Field::short("what", "What is done").hint("Such as: speech therapy in a group of 3.").needed(),
    Field::short("who", "By whom").needed(),
    Field::count("minutes", "Minutes a week", "minutes", 0, 2_000).needed(),
    Field::date("start", "Start").needed(),
    Field::date("end", "End"),
    Field::number("cost", "Cost a term", "pounds", 0, 50_000).hint("Leave empty if it costs nothing extra."),
    Field::scale("effect", "Does it help?", EFFECTS),
];

pub const SECTION: Section = Section {
    id: SectionId::Needs,
    title: "Special educational needs",
    intro: "What makes learning harder for them than for others, and what is done about it. Write \
            about the help and not about what they lack.",
    writers: &[Role::DesignatedTeacher],
    readers: &[Role::SocialWorker, Role::VirtualSchool, Role::Carer],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::choice("sen", "Special educational needs", STAGES).needed().confirm(),
        Field::choice("primary-need", "Main need", NEEDS).hint("Only where there is one.").confirm(),
        Field::choice("secondary-need", "Second need", NEEDS).confirm(),
        Field::long("sen-help", "The need, and what is in place for it")
            .hint("In plain words, so that a new teacher knows what to do on Monday.")
            .review(),
        Field::date("plan-issued", "EHCP: date it was issued").confirm(),
        Field::date("annual-review", "EHCP: date of the next annual review")
            .hint("It can be joined to this plan's meeting, so that nobody sits through both.")
            .confirm(),
        Field::short("plan-authority", "EHCP: authority that maintains it")
            .hint("It can be another one than the authority that looks after them.")
            .confirm(),
        Field::long("outcomes", "EHCP: its outcomes, and how this plan's targets serve them").review(),
        Field::rows("provision", "Help they get", "kind of help", PROVISION)
            .hint("The provision map: one line for each thing, and whether it helps.")
            .review(),
    ],
};
