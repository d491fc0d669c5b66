//! The catalogue: every section of a plan, declared once as data. The form, its
//! checks, the rights, the document's layout and the print-out follow from it.

mod about_me;
mod actions;
mod attendance;
mod care_details;
mod carers_view;
mod conduct;
mod early_years;
mod everyday;
mod field;
mod follows;
mod meeting_record;
mod my_voice;
mod needs;
mod next_steps;
mod post_sixteen;
mod private_details;
mod progress;
mod school_now;
mod scores;
pub mod spending;
mod targets;
mod wellbeing;

pub use field::{Carry, Field, Keeps, Kind, LONG, Pick, SHORT, far_too_long, too_long, too_long_in};

use super::attendance::Sessions;
use super::people::{Role, RowId};
use super::phase::Phase;
use super::values::Values;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// One section of the plan, and one right: everyone who may write any of it may
/// write all of it, and the same for reading. A field with narrower readers
/// belongs in a section of its own.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    pub id: SectionId,
    /// `{name}` stands for what the child likes to be called.
    pub title: &'static str,
    pub intro: &'static str,
    pub writers: &'static [Role],
    /// Those who write also read.
    pub readers: &'static [Role],
    /// Who is asked to complete it.
    pub asked: Role,
    /// When in an education it is part of the plan.
    pub phases: &'static [Phase],
    pub fields: &'static [Field],
}

/// Declares the sections' ids and where each is declared.
macro_rules! catalogue {
    ($($variant:ident $id:literal $section:path;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum SectionId { $($variant),* }

        impl SectionId {
            /// In the order of the task list.
            pub const ALL: &[SectionId] = &[$(SectionId::$variant),*];

            /// The name in addresses, documents and the database.
            pub fn id(self) -> &'static str {
                match self { $(SectionId::$variant => $id),* }
            }

            /// The section, or its cover where this build doesn't carry it.
            pub fn section(self) -> &'static Section {
                match self {
                    $(SectionId::$variant => {
                        static CARRIED: Section =
                            if crate::FAMILY && !SectionId::$variant.is_familys() { $section.cover() } else { $section };
                        &CARRIED
                    }),*
                }
            }
        }
    };
}

catalogue! {
    MyVoice "my-voice" my_voice::SECTION;
    AboutMe "about-me" about_me::SECTION;
    CarersView "carers-view" carers_view::SECTION;
    SchoolNow "school-now" school_now::SECTION;
    Attendance "attendance" attendance::SECTION;
    Conduct "conduct" conduct::SECTION;
    Progress "progress" progress::SECTION;
    EarlyYears "early-years" early_years::SECTION;
    PostSixteen "post-sixteen" post_sixteen::SECTION;
    Needs "needs" needs::SECTION;
    Wellbeing "wellbeing" wellbeing::SECTION;
    Targets "targets" targets::SECTION;
    NextSteps "next-steps" next_steps::SECTION;
    MeetingRecord "meeting-record" meeting_record::SECTION;
    Actions "actions" actions::SECTION;
    Spending "spending" spending::SECTION;
    Everyday "everyday" everyday::SECTION;
    CareDetails "care-details" care_details::SECTION;
    Scores "scores" scores::SECTION;
    PrivateDetails "private-details" private_details::SECTION;
}

impl SectionId {
    /// Whether the pages of the young person and the carer show it.
    const fn is_familys(self) -> bool {
        matches!(self, SectionId::MyVoice | SectionId::CarersView)
    }

    /// What a section's own numbers say together, a sentence for each.
    pub fn says(self, values: &Values) -> Vec<String> {
        match self {
            SectionId::Attendance => super::attendance::said(values),
            _ => Vec::new(),
        }
    }

    /// How its numbers differ from those of the last plan, where it has any.
    pub fn differs(self, values: &Values, last: Option<Sessions>) -> Option<String> {
        match self {
            SectionId::Attendance => super::attendance::change(values, last),
            _ => None,
        }
    }

    /// Whether it is ever printed, for whoever it is: paper lies about.
    pub fn on_paper(self) -> bool {
        !matches!(self, SectionId::PrivateDetails | SectionId::Scores | SectionId::Spending)
    }
}

impl Section {
    /// A section without its questions: enough to name it and to send what is unsent
    /// of it, for a build that has no page for it.
    const fn cover(self) -> Section {
        Section { intro: "", fields: &[], ..self }
    }

    /// The title with the child's name in it.
    pub fn titled(&self, name: &str) -> String {
        self.title.replace("{name}", name)
    }

    pub fn field(&self, id: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The field, part or column that a path of `Values` stands for; nothing
    /// where this section declares no such place.
    pub fn at(&self, path: &str) -> Option<Field> {
        let mut steps = path.split('/');
        let field = self.field(steps.next()?)?;
        let found = match (field.kind, steps.next()) {
            (Kind::Rows { columns, .. }, Some(row)) => {
                row.parse::<RowId>().ok()?;
                let column = steps.next()?;
                columns.iter().copied().find(|field| field.id == column)?
            }
            (Kind::Question(question), Some(part)) => question.part(part)?,
            (_, None) => *field,
            _ => return None,
        };
        steps.next().is_none().then_some(found)
    }
}

impl FromStr for SectionId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        SectionId::ALL
            .iter()
            .copied()
            .find(|id| id.id() == text)
            .ok_or_else(|| "There is no such part of a plan".to_string())
    }
}

impl TryFrom<String> for SectionId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<SectionId> for String {
    fn from(id: SectionId) -> String {
        id.id().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_field_is_named_once_and_answerable() {
        for id in SectionId::ALL {
            let section = id.section();
            assert_eq!(section.id, *id, "a section declared under another's name");
            assert!(!section.phases.is_empty(), "{} is in nobody's plan", id.id());
            assert!(section.writers.contains(&section.asked), "{} asks someone who can't write", id.id());
            let mut seen = HashSet::new();
            for field in section.fields {
                assert!(seen.insert(field.id), "{} declares {} twice", id.id(), field.id);
                assert!(field.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", field.id);
                assert!(!field.label.is_empty(), "{} has no label", field.id);
                if let Kind::Rows { columns, .. } = field.kind {
                    assert!(!columns.is_empty());
                    let mut seen = HashSet::new();
                    for column in columns {
                        assert!(seen.insert(column.id), "{} declares {} twice in {}", id.id(), column.id, field.id);
                        assert!(!matches!(column.kind, Kind::Rows { .. } | Kind::Question(_)));
                    }
                }
                if let Kind::Choice(picks) | Kind::Scale(picks) | Kind::Picks(picks) = field.kind {
                    let ids: HashSet<_> = picks.iter().map(|pick| pick.id).collect();
                    assert_eq!(ids.len(), picks.len(), "{} offers the same answer twice", field.id);
                }
            }
        }
    }

    #[test]
    fn a_family_never_gets_scores_prices_or_private_details() {
        for id in [SectionId::Scores, SectionId::Spending, SectionId::PrivateDetails] {
            let section = id.section();
            assert!(!id.on_paper(), "{}", id.id());
            for role in [Role::YoungPerson, Role::Carer] {
                assert!(!section.readers.contains(&role) && !section.writers.contains(&role), "{}", id.id());
            }
        }
        let never = |id: SectionId| id.section().fields.iter().all(|field| field.carry == Carry::Never);
        assert!(never(SectionId::Scores) && never(SectionId::MeetingRecord), "a score and a meeting are of their day");
    }

    #[test]
    fn nothing_of_an_idea_is_needed_before_a_plan_is_signed() {
        let [ideas] = SectionId::Spending.section().fields else { panic!("ideas are all that it has") };
        let Kind::Rows { columns, .. } = ideas.kind else { panic!("ideas are rows") };
        assert_eq!(ideas.id, spending::IDEAS);
        let declared: Vec<_> = columns.iter().map(|column| column.id).collect();
        assert_eq!(declared, [spending::WHAT, spending::NEED, spending::ABOUT, spending::EXPECTED]);
        assert!(!ideas.needed && columns.iter().all(|column| !column.needed));
    }

    #[test]
    fn each_phase_has_a_section_about_learning_of_its_own() {
        let has = |id: SectionId, phase: &Phase| id.section().phases.contains(phase);
        for phase in Phase::ALL {
            assert!(has(SectionId::Targets, phase) && has(SectionId::MyVoice, phase), "{}", phase.id());
            assert_ne!(has(SectionId::EarlyYears, phase), has(SectionId::Progress, phase), "{}", phase.id());
        }
        assert!(has(SectionId::PostSixteen, &Phase::PostSixteen) && !has(SectionId::PostSixteen, &Phase::School));
    }

    #[test]
    fn a_path_leads_to_what_is_declared_and_nowhere_else() {
        let targets = SectionId::Targets.section();
        let row = RowId::new(uuid::Uuid::nil());
        assert!(targets.at("targets").is_some_and(|f| matches!(f.kind, Kind::Rows { .. })));
        assert!(targets.at(&format!("targets/{row}/what")).is_some());
        for wrong in ["", "nothing", "targets/what", &format!("targets/{row}"), &format!("targets/{row}/what/more")] {
            assert!(targets.at(wrong).is_none(), "{wrong}");
        }
    }
}
