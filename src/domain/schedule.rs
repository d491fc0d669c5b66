//! What the law asks a personal education plan to say, and which sections say it:
//! Care Planning, Placement and Case Review (England) Regulations 2010, Schedule 1
//! paragraph 2. A plan that leaves Pep takes this table along.

use super::sections::SectionId;

/// Where the items stand.
pub const SOURCE: &str = "Care Planning, Placement and Case Review (England) Regulations 2010, Schedule 1, paragraph 2";

/// One item of the paragraph.
#[derive(Debug)]
pub struct Item {
    /// Its number in the paragraph, from 1.
    pub number: u32,
    /// What it asks for, in short.
    pub words: &'static str,
    /// The sections that answer it, in the order of the task list.
    pub sections: &'static [SectionId],
}

/// Every item, in order. Some sections answer none of them: private details and numbers
/// are kept for other reasons, and My voice is the young person's own.
pub const ITEMS: &[Item] = &[
    Item {
        number: 1,
        words: "Education and training history: places attended, attendance and conduct, achievements, and special educational needs",
        sections: &[
            SectionId::AboutMe,
            SectionId::Attendance,
            SectionId::Conduct,
            SectionId::Progress,
            SectionId::EarlyYears,
            SectionId::Needs,
            SectionId::Wellbeing,
        ],
    },
    Item {
        number: 2,
        words: "Existing arrangements for education and training, with what is provided for special and other needs",
        sections: &[
            SectionId::SchoolNow,
            SectionId::PostSixteen,
            SectionId::Needs,
            SectionId::Wellbeing,
            SectionId::Targets,
            SectionId::Actions,
        ],
    },
    Item {
        number: 3,
        words: "Planned changes to the arrangements, and what keeps disruption small",
        sections: &[SectionId::Targets, SectionId::NextSteps, SectionId::MeetingRecord, SectionId::Actions],
    },
    Item { number: 4, words: "Leisure interests", sections: &[SectionId::AboutMe] },
    Item {
        number: 5,
        words: "The role of the appropriate person, and of others who care for the child, in promoting achievements and leisure interests",
        sections: &[SectionId::CarersView, SectionId::Everyday],
    },
];

/// The numbers of the items that a section answers.
pub fn answered_by(section: SectionId) -> Vec<u32> {
    ITEMS.iter().filter(|item| item.sections.contains(&section)).map(|item| item.number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_has_sections_that_answer_it() {
        let numbers: Vec<_> = ITEMS.iter().map(|item| item.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        for item in ITEMS {
            assert!(!item.sections.is_empty(), "nothing answers item {}", item.number);
            assert!(item.sections.is_sorted(), "item {} is out of order", item.number);
        }
    }

    #[test]
    fn the_young_persons_own_section_answers_to_no_law() {
        assert!(answered_by(SectionId::MyVoice).is_empty());
        assert_eq!(answered_by(SectionId::AboutMe), [1, 4]);
    }
}
