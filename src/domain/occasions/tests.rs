use super::*;
use crate::domain::calendar::Moment;
use crate::domain::people::{Role, RowId};
use crate::domain::sections::{Kind as FieldKind, Section};
use crate::domain::values::{Entry, Row};

/// A section as someone wrote it.
#[derive(Clone, Default)]
struct Written(Values);

impl Written {
    fn text(mut self, path: &str, text: &str) -> Self {
        self.0.texts.insert(path.into(), text.into());
        self
    }

    fn fact(mut self, path: &str, value: &str) -> Self {
        self.0.facts.insert(path.into(), vec![Entry { by: "dan".into(), at: Moment(0), value: value.into() }]);
        self
    }

    fn row(mut self, table: &str, number: u128) -> Self {
        let mut rows = self.0.rows.get(table).cloned().unwrap_or_default();
        rows.push(Row { id: id(number), order: "a".into(), removed_by: None, kept_by_edit: false });
        self.0.rows.insert(table.into(), rows);
        self
    }

    fn cell(self, table: &str, number: u128, cell: &str, value: &str) -> Self {
        self.fact(&format!("{table}/{}/{cell}", id(number)), value)
    }

    fn word(self, table: &str, number: u128, cell: &str, value: &str) -> Self {
        self.text(&format!("{table}/{}/{cell}", id(number)), value)
    }
}

fn id(number: u128) -> RowId {
    RowId::new(uuid::Uuid::from_u128(number))
}

fn nothing() -> Written {
    Written::default()
}

fn found(section: SectionId, before: &Written, after: &Written) -> Vec<String> {
    occasions(section, &before.0, &after.0)
        .into_iter()
        .map(|found| format!("{} {}", found.kind.id(), found.fact))
        .collect()
}

#[test]
fn a_suspension_is_one_once_it_says_something() {
    let slip = nothing().row("suspensions", 1);
    let written = slip.clone().cell("suspensions", 1, "from", "2026-11-20");
    assert!(found(SectionId::Conduct, &nothing(), &slip).is_empty(), "an empty row may be a slip");
    let one = [format!("suspension {}", id(1))];
    assert_eq!(found(SectionId::Conduct, &slip, &written), one);
    let more = written.clone().cell("suspensions", 1, "sessions", "4");
    assert!(found(SectionId::Conduct, &written, &more).is_empty());
    let two = more.clone().row("suspensions", 2).cell("suspensions", 2, "reason", "theft");
    assert_eq!(found(SectionId::Conduct, &more, &two), [format!("suspension {}", id(2))]);
}

#[test]
fn attendance_is_one_where_it_falls_to_a_line_and_not_again_below_it() {
    let attended = |sessions: &str| nothing().fact("possible", "100").fact("attended", sessions);
    let fell = |from: &str, to: &str| found(SectionId::Attendance, &attended(from), &attended(to));
    assert!(fell("96", "91").is_empty());
    assert_eq!(fell("96", "90"), ["attendance persistent"]);
    assert!(fell("90", "80").is_empty());
    assert_eq!(fell("80", "50"), ["attendance severe"]);
    assert_eq!(fell("96", "40"), ["attendance severe"]);
    assert!(fell("40", "96").is_empty());
    assert_eq!(found(SectionId::Attendance, &nothing(), &attended("88")), ["attendance persistent"]);
    assert!(found(SectionId::Attendance, &nothing(), &nothing().fact("attended", "3")).is_empty(), "of how many?");
}

#[test]
fn a_school_is_new_where_another_was_before() {
    let school = |name: &str| nothing().text("name", name);
    let moved = |from: &str, to: &str| found(SectionId::SchoolNow, &school(from), &school(to));
    assert_eq!(moved("Hazelbank", "Larkfield School"), ["new-school larkfieldschool"]);
    assert!(moved("", "Larkfield School").is_empty(), "the first time it is written");
    assert!(moved("Hazelbank", "Hazelbank School").is_empty(), "the same name, finished");
    assert!(moved("Hazelbank School", "HAZELBANK  school!").is_empty());

    let started = |day: &str| school("Hazelbank").fact("start", day);
    assert_eq!(
        found(SectionId::SchoolNow, &started("2024-09-03"), &started("2026-11-02")),
        ["new-school from 2026-11-02"]
    );

    let listed = nothing().row("schools", 1).word("schools", 1, "name", "Hazelbank School");
    let added = listed.clone().row("schools", 2).word("schools", 2, "name", "Larkfield School");
    assert_eq!(found(SectionId::AboutMe, &listed, &added), [format!("new-school {}", id(2))]);
    assert!(found(SectionId::AboutMe, &nothing(), &added).is_empty(), "a history that is written down");
    let past = added.cell("schools", 2, "to", "2020-07-20");
    assert!(found(SectionId::AboutMe, &listed, &past).is_empty(), "a school of the past that was missing");
}

#[test]
fn a_name_that_is_written_over_in_two_steps_is_still_another_school() {
    let (was, emptied, is) = (nothing().text("name", "Hazelbank"), nothing(), nothing().text("name", "Larkfield"));
    let kept = Written(remembered(&was.0, &emptied.0));
    assert_eq!(found(SectionId::SchoolNow, &kept, &is), ["new-school larkfield"]);
    let moved = |day: &str| nothing().fact("home-since", day);
    let kept = Written(remembered(&moved("2025-01-10").0, &nothing().0));
    assert_eq!(found(SectionId::Everyday, &kept, &moved("2026-11-20")), ["move 2026-11-20"]);
}

#[test]
fn a_move_of_home_is_a_later_day_than_before() {
    let home = |day: &str| nothing().fact("home-since", day);
    assert_eq!(found(SectionId::Everyday, &home("2025-01-10"), &home("2026-11-20")), ["move 2026-11-20"]);
    assert!(found(SectionId::Everyday, &nothing(), &home("2026-11-20")).is_empty());
    assert!(found(SectionId::Everyday, &home("2026-11-20"), &home("2025-01-10")).is_empty(), "put right");
}

#[test]
fn a_subject_is_one_where_it_is_well_below() {
    let maths = |track: &str| nothing().row("subjects", 1).cell("subjects", 1, "on-track", track);
    assert_eq!(found(SectionId::Progress, &maths("below"), &maths("well-below")), [format!("progress {}", id(1))]);
    assert!(found(SectionId::Progress, &maths("well-below"), &maths("well-below")).is_empty());
    assert!(found(SectionId::Progress, &maths("well-below"), &maths("below")).is_empty());
}

#[test]
fn what_is_watched_is_where_the_catalogue_has_it() {
    let has = |section: &Section, table: &str, column: &str| {
        let field = section.field(table).unwrap();
        let FieldKind::Rows { columns, .. } = field.kind else { panic!("{table} is no table") };
        columns.iter().any(|field| field.id == column)
    };
    assert!(has(SectionId::Conduct.section(), "suspensions", "from"));
    assert!(has(SectionId::Conduct.section(), "suspensions", "reason"));
    assert!(has(SectionId::AboutMe.section(), "schools", "to") && has(SectionId::AboutMe.section(), "schools", "name"));
    assert!(has(SectionId::Progress.section(), "subjects", "on-track"));
    let row = format!("subjects/{}/on-track", id(1));
    let Some(FieldKind::Scale(picks)) = SectionId::Progress.section().at(&row).map(|field| field.kind) else {
        panic!("on-track is a scale")
    };
    assert!(picks.iter().any(|pick| pick.id == "well-below"));
    for (section, fields) in [
        (SectionId::SchoolNow, &[SCHOOL, STARTED][..]),
        (SectionId::Everyday, &[MOVED]),
        (SectionId::Attendance, &["possible", "attended", "year-possible", "year-attended"]),
    ] {
        assert!(fields.iter().all(|field| section.section().field(field).is_some()), "{}", section.id());
    }
}

#[test]
fn a_concern_in_free_words_is_for_the_professionals_alone() {
    let section = Kind::Concern.section().section();
    for role in [Role::Carer, Role::YoungPerson] {
        assert!(!section.readers.contains(&role) && !section.writers.contains(&role));
    }
    for kind in Kind::ALL {
        assert_eq!(kind.id().parse(), Ok(kind));
    }
}
