use super::*;
use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::values::{Entry, Row};
use std::collections::BTreeMap;

#[derive(Default)]
struct Plan {
    said: BTreeMap<SectionId, Values>,
    earlier_targets: usize,
}

impl Plan {
    fn values(&mut self, section: SectionId) -> &mut Values {
        self.said.entry(section).or_default()
    }

    fn text(&mut self, section: SectionId, path: &str, words: &str) {
        self.values(section).texts.insert(path.into(), words.into());
    }

    fn fact(&mut self, section: SectionId, path: &str, value: &str) {
        let entry = Entry { by: "tom".into(), at: Moment(0), value: value.into() };
        let path = path.to_string();
        let mut kept = self.values(section).facts.get(&path).cloned().unwrap_or_default();
        kept.push(entry);
        self.values(section).facts.insert(path, kept);
    }

    fn row(&mut self, section: SectionId, field: &str, number: u128) -> String {
        let id = RowId::new(uuid::Uuid::from_u128(number));
        let row = Row { id: id.clone(), order: number.to_string(), removed_by: None, kept_by_edit: false };
        let mut rows = self.values(section).rows.get(field).cloned().unwrap_or_default();
        rows.push(row);
        self.values(section).rows.insert(field.into(), rows);
        format!("{field}/{id}")
    }

    /// The words of what is missing from one field.
    fn lacks(&self, field: &str) -> Vec<String> {
        let whole = Whole {
            values: &|section| self.said.get(&section),
            phase: Phase::School,
            earlier_targets: self.earlier_targets,
        };
        let all = lacks(Role::DesignatedTeacher, &whole, &Authority::default());
        all.into_iter().filter(|lack| lack.field == field).map(|lack| lack.words).collect()
    }
}

#[test]
fn where_progress_is_behind_there_is_help_or_a_reason() {
    let mut plan = Plan::default();
    let row = plan.row(SectionId::Progress, "subjects", 1);
    plan.text(SectionId::Progress, &format!("{row}/subject"), "Maths");
    plan.fact(SectionId::Progress, &format!("{row}/on-track"), "on");
    assert!(plan.lacks("catch-up").is_empty());

    let row = plan.row(SectionId::Progress, "subjects", 2);
    plan.text(SectionId::Progress, &format!("{row}/subject"), "English");
    plan.fact(SectionId::Progress, &format!("{row}/on-track"), "well-below");
    assert!(plan.lacks("catch-up")[0].starts_with("English is behind"));

    plan.text(SectionId::Targets, "catch-up-reason", "  ");
    assert_eq!(plan.lacks("catch-up").len(), 1, "spaces are no reason");
    plan.text(SectionId::Targets, "catch-up-reason", "Moving school next week; the new one starts in May");
    assert!(plan.lacks("catch-up").is_empty());

    plan.text(SectionId::Targets, "catch-up-reason", "");
    plan.row(SectionId::Targets, "catch-up", 3);
    assert!(plan.lacks("catch-up").iter().all(|words| !words.contains("behind")));
}

#[test]
fn a_plan_has_the_targets_that_the_authority_asks_for_and_looks_back_on_the_last_ones() {
    let mut plan = Plan { earlier_targets: 2, ..Plan::default() };
    plan.row(SectionId::Targets, "targets", 1);
    assert!(plan.lacks("targets").contains(&"A plan has at least 3 targets; this one has 1".to_string()));
    assert_eq!(plan.lacks("review"), ["2 of last time's targets have not been looked back on"]);
    let row = plan.row(SectionId::Targets, "review", 2);
    assert!(plan.lacks("review").contains(&"2 of last time's targets have not been looked back on".to_string()));
    plan.fact(SectionId::Targets, &format!("{row}/outcome"), "met");
    assert!(plan.lacks("review").contains(&"1 of last time's targets has not been looked back on".to_string()));
}

#[test]
fn a_row_that_was_begun_says_what_it_lacks_by_its_number() {
    let mut plan = Plan::default();
    plan.row(SectionId::Targets, "targets", 1);
    let words = plan.lacks("targets").into_iter().find(|words| words.starts_with("Target 1 has no")).unwrap();
    assert!(words.contains("“By when”") && words.contains("“Who”"), "{words}");
}

#[test]
fn two_answers_of_one_question_wait_for_a_choice() {
    let mut plan = Plan::default();
    plan.fact(SectionId::Attendance, "possible", "120");
    assert!(plan.lacks("possible").is_empty());
    plan.fact(SectionId::Attendance, "possible", "118");
    assert_eq!(plan.lacks("possible"), ["Possible this term has two answers: choose one, or keep both"]);
    let kept = &mut plan.values(SectionId::Attendance).kept;
    kept.insert("possible".into(), "ruth".into());
    assert!(plan.lacks("possible").is_empty(), "somebody said that both stay");
}

#[test]
fn a_part_time_timetable_has_an_end_in_sight() {
    let mut plan = Plan::default();
    plan.fact(SectionId::Attendance, "part-time", "yes");
    assert_eq!(plan.lacks("part-time-review").len(), 1);
    plan.fact(SectionId::Attendance, "part-time-review", "2027-02-01");
    assert!(plan.lacks("part-time-review").is_empty());
}

#[test]
fn a_high_total_comes_with_what_school_does_and_the_total_is_not_said() {
    let mut plan = Plan::default();
    plan.fact(SectionId::Scores, "total", "16");
    assert!(plan.lacks("strategies").is_empty());
    let mut plan = Plan::default();
    plan.fact(SectionId::Scores, "total", "17");
    assert!(!plan.lacks("strategies")[0].contains("17"));
    plan.text(SectionId::Wellbeing, "strategies", "A card to leave the room, and Mrs Patel at break");
    assert!(plan.lacks("strategies").is_empty());
}
