//! What a meeting talks about, in its order: the young person's own words first, then
//! school, then what comes of it. Each item knows which of the young person's answers
//! belong to it and what of the plan it looks at.

use crate::domain::sections::{Field, Kind, SectionId};
use serde::{Deserialize, Serialize};

/// One thing to talk about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    Words,
    Progress,
    Attendance,
    Wellbeing,
    Needs,
    Hopes,
    Targets,
    WrapUp,
}

/// A field of a section, with the columns of it where it is a table.
pub type Listed = (&'static str, &'static [&'static str]);

/// What an item looks at in one section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    pub section: SectionId,
    pub fields: &'static [Listed],
}

const fn part(section: SectionId, fields: &'static [Listed]) -> Part {
    Part { section, fields }
}

/// Whether a column of a table is written in the meeting. What something costs and what its
/// money did isn't: somebody may look over.
pub fn is_written(column: &Field) -> bool {
    !matches!(column.kind, Kind::Number { unit: "pounds", .. }) && column.id != "money"
}

impl Item {
    pub const ALL: [Item; 8] = [
        Item::Words,
        Item::Progress,
        Item::Attendance,
        Item::Wellbeing,
        Item::Needs,
        Item::Hopes,
        Item::Targets,
        Item::WrapUp,
    ];

    /// The name in addresses and in what devices tell each other.
    pub fn id(self) -> &'static str {
        match self {
            Item::Words => "words",
            Item::Progress => "progress",
            Item::Attendance => "attendance",
            Item::Wellbeing => "wellbeing",
            Item::Needs => "needs",
            Item::Hopes => "hopes",
            Item::Targets => "targets",
            Item::WrapUp => "wrap-up",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Item::ALL.into_iter().find(|item| item.id() == id)
    }

    /// The section that stands for it where devices tell each other where the meeting is.
    pub fn sign(self) -> SectionId {
        match self {
            Item::Words => SectionId::MyVoice,
            Item::Progress => SectionId::Progress,
            Item::Attendance => SectionId::Attendance,
            Item::Wellbeing => SectionId::Wellbeing,
            Item::Needs => SectionId::Needs,
            Item::Hopes => SectionId::NextSteps,
            Item::Targets => SectionId::Targets,
            Item::WrapUp => SectionId::MeetingRecord,
        }
    }

    pub fn of_sign(section: SectionId) -> Option<Self> {
        Item::ALL.into_iter().find(|item| item.sign() == section)
    }

    /// What it is called, with the child's name.
    pub fn title(self, name: &str) -> String {
        match self {
            Item::Words => format!("What {name} says"),
            Item::Progress => "Learning and progress".into(),
            Item::Attendance => "Attendance and punctuality".into(),
            Item::Wellbeing => "Feelings and friendships".into(),
            Item::Needs => "Special educational needs".into(),
            Item::Hopes => "Hopes, and how to get there".into(),
            Item::Targets => "Targets and actions".into(),
            Item::WrapUp => "What we agreed".into(),
        }
    }

    /// What to talk about, in a sentence.
    pub fn asks(self, name: &str) -> String {
        match self {
            Item::Words => format!("Begin with {name}’s own words. Everything after this is an answer to them."),
            Item::Progress => "English, maths and science first. What has moved, and what helps?".into(),
            Item::Attendance => "What gets in the way of being there, and of being there on time?".into(),
            Item::Wellbeing => "Settling in, friends, and whether anybody is unkind.".into(),
            Item::Needs => "What makes learning harder, and does the help that is given help?".into(),
            Item::Hopes => format!("What would {name} like to do one day, and what is the next step there?"),
            Item::Targets => "Few enough to remember, and clear enough to see.".into(),
            Item::WrapUp => "Read it out, so that everyone leaves with the same plan.".into(),
        }
    }

    pub fn after(self) -> Option<Self> {
        Item::ALL.into_iter().find(|item| *item > self)
    }

    pub fn before(self) -> Option<Self> {
        Item::ALL.into_iter().rev().find(|item| *item < self)
    }

    /// The questions of My voice that belong to it. All of them belong to the first.
    pub fn questions(self) -> &'static [&'static str] {
        match self {
            Item::Words => {
                &["school", "best", "friends", "proud", "hard", "helps", "safe", "change", "dreams", "know", "meeting"]
            }
            Item::Progress => &["best", "proud"],
            Item::Attendance => &["hard"],
            Item::Wellbeing => &["friends", "safe"],
            Item::Needs => &["helps"],
            Item::Hopes => &["dreams"],
            Item::Targets => &["change", "know"],
            Item::WrapUp => &[],
        }
    }

    /// What of the plan it looks at. Each person sees of it what is theirs to read.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Item::Words => const { &[part(SectionId::AboutMe, &[("strengths", &[]), ("interests", &[])])] },
            Item::Progress => {
                const {
                    &[
                        part(
                            SectionId::Progress,
                            &[
                                ("subjects", &["subject", "now", "on-track", "effort"]),
                                ("strengths", &[]),
                                ("gaps", &[]),
                                ("helps", &[]),
                            ],
                        ),
                        part(
                            SectionId::EarlyYears,
                            &[
                                ("areas", &["area", "level"]),
                                ("characteristics", &[]),
                                ("strengths", &[]),
                                ("helps", &[]),
                            ],
                        ),
                        part(SectionId::PostSixteen, &[("status", &[]), ("course", &[]), ("level", &[])]),
                    ]
                }
            }
            Item::Attendance => {
                const {
                    &[part(
                        SectionId::Attendance,
                        &[("late", &[]), ("pattern", &[]), ("plan", &[]), ("part-time", &[])],
                    )]
                }
            }
            Item::Wellbeing => {
                const {
                    &[
                        part(
                            SectionId::Wellbeing,
                            &[
                                ("settling", &[]),
                                ("friends", &[]),
                                ("trusted-adult", &[]),
                                ("safe-place", &[]),
                                ("calms", &[]),
                                ("strategies", &[]),
                            ],
                        ),
                        part(SectionId::Conduct, &[("positives", &[]), ("concerns", &[]), ("bullying", &[])]),
                        part(SectionId::CarersView, &[("going-well", &[]), ("worries", &[]), ("support-more", &[])]),
                    ]
                }
            }
            Item::Needs => {
                const {
                    &[part(
                        SectionId::Needs,
                        &[
                            ("sen", &[]),
                            ("primary-need", &[]),
                            ("sen-help", &[]),
                            ("outcomes", &[]),
                            ("annual-review", &[]),
                            ("provision", &["what", "who", "minutes", "effect"]),
                        ],
                    )]
                }
            }
            Item::Hopes => {
                const {
                    &[part(
                        SectionId::NextSteps,
                        &[("hopes", &[]), ("plan-a", &[]), ("plan-b", &[]), ("options", &[]), ("visits", &[])],
                    )]
                }
            }
            Item::Targets => {
                const {
                    &[
                        part(
                            SectionId::Targets,
                            &[
                                ("review", &["what", "outcome", "evidence"]),
                                ("targets", &["what", "how-we-will-know", "who", "by-when"]),
                                ("catch-up", &["gap", "programme", "start"]),
                                ("changes", &[]),
                            ],
                        ),
                        // What it could cost is not among the columns: somebody may look over.
                        part(SectionId::Spending, &[("ideas", &["what", "need"])]),
                    ]
                }
            }
            Item::WrapUp => const { &[part(SectionId::MeetingRecord, &[("agreed", &[]), ("next-plan", &[])])] },
        }
    }

    /// Where a place of the plan is talked about; of a section without a place, where it is
    /// first.
    pub fn about(section: SectionId, path: Option<&str>) -> Option<Self> {
        let field = path.and_then(|path| path.split('/').next());
        let holds = |part: &Part| {
            part.section == section && field.is_none_or(|field| part.fields.iter().any(|(id, _)| *id == field))
        };
        Item::ALL.into_iter().find(|item| item.parts().iter().any(holds))
    }

    /// Every section that a meeting needs, for whoever may read it.
    pub fn sections() -> Vec<SectionId> {
        let mut all = vec![SectionId::MeetingRecord, SectionId::Actions];
        for part in Item::ALL.iter().flat_map(|item| item.parts()) {
            if !all.contains(&part.section) {
                all.push(part.section);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::Kind;

    #[test]
    fn every_item_is_found_again_and_leads_to_the_next() {
        let mut item = Item::Words;
        let mut met = vec![item];
        while let Some(next) = item.after() {
            assert_eq!(next.before(), Some(item));
            item = next;
            met.push(item);
        }
        assert_eq!(met, Item::ALL);
        assert!(Item::ALL.iter().all(|item| Item::from_id(item.id()) == Some(*item)));
        assert!(Item::ALL.iter().all(|item| Item::of_sign(item.sign()) == Some(*item)));
        assert_eq!(Item::from_id("money"), None);
    }

    #[test]
    fn a_place_is_found_where_it_is_talked_about() {
        assert_eq!(Item::about(SectionId::MeetingRecord, Some("agreed")), Some(Item::WrapUp));
        assert_eq!(Item::about(SectionId::Targets, Some("targets/0190/what")), Some(Item::Targets));
        assert_eq!(Item::about(SectionId::Attendance, None), Some(Item::Attendance));
        assert_eq!(Item::about(SectionId::Targets, Some("nowhere")), None);
        assert_eq!(Item::about(SectionId::PrivateDetails, None), None);
    }

    #[test]
    fn what_an_item_looks_at_is_declared() {
        for part in Item::ALL.iter().flat_map(|item| item.parts()) {
            let section = part.section.section();
            for (id, columns) in part.fields {
                let field = section.field(id).unwrap_or_else(|| panic!("{} has no {id}", section.id.id()));
                match field.kind {
                    Kind::Rows { columns: declared, .. } => {
                        assert!(!columns.is_empty(), "{id} shows no columns");
                        let there = |column: &&str| declared.iter().any(|field| field.id == *column);
                        assert!(columns.iter().all(there), "{}: {id} {columns:?}", section.id.id());
                    }
                    _ => assert!(columns.is_empty(), "{id} has no columns"),
                }
            }
        }
        for question in Item::ALL.iter().flat_map(|item| item.questions()) {
            assert!(SectionId::MyVoice.section().field(question).is_some(), "{question}");
        }
    }

    #[test]
    fn no_item_looks_at_what_is_kept_from_a_screen() {
        let kept = [SectionId::PrivateDetails, SectionId::Scores, SectionId::CareDetails, SectionId::MyVoice];
        assert!(Item::sections().iter().all(|section| !kept.contains(section)));
    }

    #[test]
    fn a_meeting_writes_in_the_plans_tables_but_no_price() {
        let columns = |section: SectionId, field: &str| match section.section().field(field).unwrap().kind {
            Kind::Rows { columns, .. } => columns.iter().filter(|column| is_written(column)).map(|column| column.id),
            _ => panic!("{field} is no table"),
        };
        let written = |section, field| columns(section, field).collect::<Vec<_>>();
        assert_eq!(written(SectionId::Spending, "ideas"), ["what", "need", "how-we-will-know"]);
        assert!(!written(SectionId::Needs, "provision").contains(&"cost"));
        assert!(!written(SectionId::Targets, "review").contains(&"money"));
        // Whatever a target needs can be said of it.
        let Kind::Rows { columns: all, .. } = SectionId::Targets.section().field("targets").unwrap().kind else {
            panic!()
        };
        assert_eq!(written(SectionId::Targets, "targets").len(), all.len());
    }
}
