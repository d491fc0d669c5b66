use super::*;
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::RowId;
use crate::domain::sections::Keeps;
use crate::domain::values::{Entry, Row, Values};
use proptest::prelude::*;
use std::collections::HashSet;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn child(name: &str, full_name: &str, born: &str, upn: &str) -> Child {
    let values = Values::default();
    Child { name: name.into(), full_name: full_name.into(), born: day(born), upn: upn.into(), values, closed: None }
}

fn children() -> Vec<Child> {
    vec![
        child("Amira", "Amira Noor Haddad", "2014-03-17", "X000000000017"),
        child("Yonas", "Yonas Tesfay", "2011-09-28", ""),
        child("Siân", "Siân O'Dowd", "2010-01-02", ""),
    ]
}

fn facts(numbers: &[(&str, &str)]) -> Values {
    let entry = |value: &&str| Entry { by: "ruth".into(), at: Moment(0), value: value.to_string() };
    Values {
        facts: numbers.iter().map(|(path, value)| (path.to_string(), vec![entry(value)])).collect(),
        ..Values::default()
    }
}

/// A file as rows of cells: lines, and in them cells set apart by a bar.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.trim().split('|').map(str::to_string).collect()).collect()
}

fn judge(what: What, text: &str, children: &[Child]) -> Vec<Judged> {
    let table = Table::find(rows(text), what).unwrap();
    let chosen = guessed(what, &table.header);
    assert_eq!(lack(what, &chosen), None, "{chosen:?}");
    judged(what, &table, &chosen, children)
}

/// The problems of the one row under a header.
fn problems(what: What, header: &str, row: &str) -> Vec<String> {
    judge(what, &format!("{header}\n{row}"), &children()).remove(0).problems
}

fn set(judged: &Judged) -> Vec<(&'static str, &str, &str)> {
    judged.sets.iter().map(|set| (set.field.id, set.was.as_str(), set.becomes.as_str())).collect()
}

fn at(chosen: &[Chosen], column: &str) -> Option<usize> {
    chosen.iter().find(|chosen| chosen.column == column).unwrap().at
}

#[test]
fn every_column_is_named_once_and_fills_what_the_section_declares() {
    for what in What::ALL {
        let (mut ids, mut names) = (HashSet::new(), HashSet::new());
        for column in what.columns() {
            assert!(ids.insert(column.id), "{} twice", column.id);
            let header = [column.label.to_string()];
            assert!(names.insert(column.label), "{} twice", column.label);
            let known = guessed(what, &header).iter().filter(|chosen| chosen.at.is_some()).count();
            assert!(known <= 1, "{} is the name of two columns", column.label);
        }
        assert!(what.filling().count() >= 7);
        for (_, field) in what.filling() {
            assert!(field.kind.keeps() != Keeps::Rows);
        }
        assert_eq!(what.id().parse::<What>(), Ok(what));
    }
}

#[test]
fn the_columns_of_the_usual_systems_are_guessed() {
    let header = |names: &str| names.split('|').map(str::to_string).collect::<Vec<_>>();
    let sims = header(
        "Legal Surname|Legal Forename|UPN|Possible Marks|Present Marks|Authorised Absences|Unauthorised Absences|Lates|% Attendance",
    );
    let chosen = guessed(What::Attendance, &sims);
    let places = ["surname", "forename", "upn", "possible", "attended", "authorised", "unauthorised", "late", "share"];
    assert_eq!(places.map(|id| at(&chosen, id)), std::array::from_fn(Some));
    let arbor = header("Student|Date of Birth|Possible sessions|Present|Auth. absence|Unauth. absence|Attendance %");
    let chosen = guessed(What::Attendance, &arbor);
    let places = ["name", "born", "possible", "attended", "authorised", "unauthorised", "share"];
    assert_eq!(places.map(|id| at(&chosen, id)), std::array::from_fn(Some));
    let marks = header("UPN|Subject|Baseline|Current|Target|On track?|Effort");
    let chosen = guessed(What::Progress, &marks);
    let places = ["upn", "subject", "baseline", "now", "target", "on-track", "effort"];
    assert_eq!(places.map(|id| at(&chosen, id)), std::array::from_fn(Some));
    // A share of absences is no number of them.
    assert_eq!(at(&guessed(What::Attendance, &header("UPN|% Authorised")), "authorised"), None);
}

#[test]
fn the_names_of_columns_may_stand_under_a_title() {
    let file = "Hazelbank School|\n|\nPrinted on 3 March|\nUPN|Possible|Present\n|\nX000000000017|120|110";
    let table = Table::find(rows(file), What::Attendance).unwrap();
    assert_eq!(table.header, ["UPN", "Possible", "Present"]);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].0, 6, "as a spreadsheet counts");
    let strange = Table::find(rows("|\nA|B\n1|2"), What::Progress).unwrap();
    assert_eq!((strange.header, strange.rows.len()), (vec!["A".to_string(), "B".into()], 1));
    assert_eq!(Table::find(rows("|\n|"), What::Attendance), None);
    let late = format!("{}UPN|Possible", "x|y\n".repeat(10));
    assert_eq!(Table::find(rows(&late), What::Attendance).unwrap().header, ["x", "y"]);
}

#[test]
fn what_a_person_chose_goes_before_a_guess_and_what_is_missing_is_said() {
    let header = ["Number".to_string(), "A".into(), "B".into()];
    let said = [("upn", Some(0)), ("possible", Some(2)), ("attended", Some(9)), ("nothing", Some(1))]
        .map(|(column, at)| Chosen { column: column.into(), at });
    let chosen = chosen(What::Attendance, &header, &said);
    assert_eq!(chosen.len(), What::Attendance.columns().count());
    assert_eq!((at(&chosen, "upn"), at(&chosen, "possible"), at(&chosen, "attended")), (Some(0), Some(2), None));
    assert_eq!(lack(What::Attendance, &chosen), None);
    let lacking = |what: What, said: &[(&str, usize)]| {
        let said: Vec<_> = said.iter().map(|(id, at)| Chosen { column: id.to_string(), at: Some(*at) }).collect();
        lack(what, &super::chosen(what, &header, &said)).unwrap()
    };
    assert!(lacking(What::Attendance, &[("possible", 0)]).contains("UPN"));
    assert!(lacking(What::Attendance, &[("name", 0), ("possible", 1)]).contains("date of birth"));
    assert!(lacking(What::Attendance, &[("upn", 0), ("share", 1)]).contains("numbers of sessions"));
    assert!(lacking(What::Progress, &[("upn", 0), ("now", 1)]).contains("the subject"));
    assert!(lacking(What::Progress, &[("upn", 0), ("subject", 1)]).contains("how the subject goes"));
    assert_eq!(
        lacking(What::Attendance, &[("upn", 0), ("possible", 1), ("attended", 1)]),
        "One column is chosen for both Possible and Attended. Choose another for one of them"
    );
}

#[test]
fn a_child_is_found_by_upn_or_by_full_name_and_date_of_birth() {
    let header = "UPN|Forename|Surname|DOB|Possible";
    for (row, name) in [
        ("x0000 0000 0017||||1", "Amira"),
        ("|Amira|Haddad|17/03/2014|1", "Amira"),
        ("|Amira Noor|Haddad|2014-03-17|1", "Amira"),
        ("A000000000099|Yonas Michael|TESFAY|28-Sep-11|1", "Yonas"),
        ("|SIÂN|ODowd|2/1/2010|1", "Siân"),
    ] {
        let judged = judge(What::Attendance, &format!("{header}\n{row}"), &children()).remove(0);
        assert_eq!((judged.name.as_str(), judged.problems), (name, vec![]), "{row}");
    }
    let comma = judge(What::Attendance, "Name|DOB|Possible\nHaddad, Amira|17/3/14|5", &children());
    assert_eq!(comma[0].child, Some(0));
}

#[test]
fn a_row_about_nobody_known_says_nothing_more() {
    let header = "UPN|Forename|Surname|DOB|Possible";
    for row in [
        "Z999999999999||||1",
        "|Amira|Haddad|18/03/2014|1",
        "|Amira|Haddad||1",
        "|Amira||17/03/2014|1",
        "|Noor|Haddad|17/03/2014|1",
        "||||1",
    ] {
        let judged = judge(What::Attendance, &format!("{header}\n{row}"), &children()).remove(0);
        assert!(judged.stranger && judged.child.is_none() && judged.sets.is_empty(), "{row}");
        assert_eq!(
            judged.problems,
            [
                "Row 2: This is none of the children whose plan you can write in. Check the UPN, or the name and date of \
              birth"
            ]
        );
    }
}

#[test]
fn what_contradicts_itself_is_no_match() {
    let header = "UPN|Forename|Surname|DOB|Possible";
    let said = |row| problems(What::Attendance, header, row).remove(0);
    assert!(said("X000000000017|||1/1/2001|1").contains("The UPN is Amira's, but the date of birth isn't"));
    assert!(said("X000000000018|Amira|Haddad|17/3/2014|1").contains("are Amira's, but the UPN isn't"));
    assert!(said("X000000000017|||31/2/2014|1").contains("(31/2/2014) isn't a date"));
    let twice = [children().remove(0), children().remove(0)];
    let row = judge(What::Attendance, &format!("{header}\nX000000000017||||1"), &twice).remove(0);
    assert!(row.problems[0].contains("More than one of your children"));
}

#[test]
fn a_row_says_what_stands_and_what_it_sets() {
    let mut children = children();
    children[0].values = facts(&[("possible", "118"), ("late", "4")]);
    let rows = judge(What::Attendance, "UPN|Possible|Present|Lates\nX000000000017|0124|110.0|", &children);
    assert_eq!(set(&rows[0]), [("possible", "118", "124"), ("attended", "", "110")], "what is empty stays");
    assert_eq!(rows[0].place, Place::Section);
    children[0].values = facts(&[("possible", "124")]);
    let rows = judge(What::Attendance, "UPN|Possible\nX000000000017|124", &children);
    assert!(!rows[0].sets[0].changes());
}

#[test]
fn numbers_that_cannot_be_right_are_said_with_the_row() {
    let header = "UPN|Possible|Present|Authorised|Unauthorised|Lates|% Attendance|Year possible|Year present";
    for (cells, sentence) in [
        ("120|130||||||", "Attended (130) is more than Possible (120). Check the register"),
        (
            "124|110|9|4||||",
            "Attended (110), Authorised absence (9), Unauthorised absence (4) make 123, and Possible (124) is the \
             whole. Check the register",
        ),
        (
            "10||9|4||||",
            "Authorised absence (9), Unauthorised absence (4) make 13, and Possible (10) is the whole. Check the \
             register",
        ),
        ("120||||121|||", "Late (121) is more than Possible (120). Check the register"),
        ("||||||10|12", "Attended this year (12) is more than Possible this year (10). Check the register"),
        ("120|60||||95.1||", "Attendance in per cent (95.1) isn't what 60 of 120 make. Check the register"),
        ("120|60||||a lot||", "Attendance in per cent (a lot) can't be taken. Enter a number from 0 to 100"),
        ("120|60||||NaN||", "Attendance in per cent (NaN) can't be taken. Enter a number from 0 to 100"),
        ("many|||||||", "Possible (many) can't be taken. Enter a number, using digits"),
        ("12.5|||||||", "Possible (12.5) can't be taken. Enter a whole number"),
        ("401|||||||", "Possible (401) can't be taken. Enter a number from 0 to 400"),
        ("=1+1|||||||", "Possible (=1+1) can't be taken. Enter a number, using digits"),
        ("|||||||", "The row sets nothing. Fill it in, or untick it"),
    ] {
        let said = problems(What::Attendance, header, &format!("X000000000017|{cells}"));
        assert_eq!(said, [format!("Row 2: {sentence}")], "{cells}");
    }
    for fine in ["120|60||||50%||", "120|60||||50.4||", "124|110|9|5||88.7||", "0|0||||||"] {
        assert_eq!(problems(What::Attendance, header, &format!("X000000000017|{fine}")), [""; 0], "{fine}");
    }
}

#[test]
fn what_a_row_leaves_out_is_checked_as_the_plan_has_it() {
    let mut children = children();
    children[0].values = facts(&[("possible", "100")]);
    let rows = judge(What::Attendance, "UPN|Present\nX000000000017|101", &children);
    assert_eq!(
        rows[0].problems,
        ["Row 2: Attended (101) is more than Possible (100, in the plan). Check the register"]
    );
    children[0].values = facts(&[("possible", "112"), ("attended", "110"), ("authorised", "2"), ("unauthorised", "0")]);
    let rows = judge(What::Attendance, "UPN|Possible|Present\nX000000000017|124|100", &children);
    assert_eq!(rows[0].problems, [""; 0], "older absences don't stop newer numbers");
    let rows = judge(What::Attendance, "UPN|Possible\nX000000000017|90", &children);
    assert_eq!(rows[0].problems, ["Row 2: Attended (110, in the plan) is more than Possible (90). Check the register"]);
    children[0].values = facts(&[("possible", "100"), ("attended", "101")]);
    let rows = judge(What::Attendance, "UPN|Lates\nX000000000017|1", &children);
    assert_eq!(rows[0].problems, [""; 0], "what was wrong before is not this row's");
}

#[test]
fn one_child_is_set_once() {
    let file = "UPN|Possible\nX000000000017|1\nZ9|1\nx000000000017|2";
    let rows = judge(What::Attendance, file, &children());
    assert!(rows[0].problems.is_empty());
    assert!(rows[2].problems[0].starts_with("Row 4: Row 2 sets the same for Amira."), "{:?}", rows[2].problems);
    let file = "UPN|Subject|Now\nX000000000017|Maths|5\nX000000000017|English|5\nX000000000017| MATHS |6";
    let rows = judge(What::Progress, file, &children());
    assert_eq!(rows.iter().map(|row| row.problems.len()).collect::<Vec<_>>(), [0, 0, 1]);
}

#[test]
fn a_plan_that_takes_nothing_says_so() {
    let mut children = children();
    children[0].closed = Some("it is agreed");
    let rows = judge(What::Attendance, "UPN|Possible\nX000000000017|1", &children);
    assert_eq!(rows[0].problems, ["Row 2: Amira's plan can't be written in: it is agreed"]);
    assert!(rows[0].sets.is_empty());
}

fn with_subject(numbers: &[(u128, &str, &str)]) -> Values {
    let id = |number: u128| RowId::new(uuid::Uuid::from_u128(number));
    let row = |number| Row { id: id(number), order: "V".into(), removed_by: None, kept_by_edit: false };
    let mut values = Values::default();
    values.rows.insert(SUBJECTS.into(), numbers.iter().map(|(number, ..)| row(*number)).collect());
    for (number, subject, now) in numbers {
        values.texts.insert(format!("{SUBJECTS}/{}/subject", id(*number)), subject.to_string());
        values.texts.insert(format!("{SUBJECTS}/{}/now", id(*number)), now.to_string());
    }
    values
}

#[test]
fn marks_go_to_the_subject_that_is_there_or_to_a_new_one() {
    let mut children = children();
    children[0].values = with_subject(&[(1, "Maths", "3"), (2, "Art", "5"), (3, "art", "6")]);
    let file = "UPN|Subject|Current|Target|On track|Scale|Effort\n\
                X000000000017|maths|4|'-1+5|Yes|Another scale|Good\n\
                X000000000017|History|5|7|Below||\n\
                X000000000017|Art|5||||\n\
                X000000000017||5||||\n\
                X000000000017|Music|5||perhaps||";
    let rows = judge(What::Progress, file, &children);
    assert_eq!(rows[0].place, Place::Row(RowId::new(uuid::Uuid::from_u128(1))));
    assert_eq!(
        set(&rows[0]),
        [
            ("scale", "", "other"),
            ("now", "3", "4"),
            ("target", "", "-1+5"),
            ("on-track", "", "on"),
            ("effort", "", "good")
        ]
    );
    assert_eq!(rows[1].place, Place::NewRow);
    assert_eq!(set(&rows[1])[0], ("subject", "", "History"));
    assert!(rows[2].problems[0].contains("has Art more than once"), "{:?}", rows[2].problems);
    assert!(rows[3].problems[0].contains("The subject is missing"));
    assert_eq!(
        rows[4].problems,
        [
            "Row 6: On track (perhaps) isn't one of its answers. Use one of: Above where we hoped; On track; Below; Well \
          below"
        ]
    );
}

#[test]
fn a_grade_is_checked_against_its_scale_be_it_the_rows_or_the_plans() {
    let header = "UPN|Subject|Scale|Baseline|Current|Target";
    let of = |row: &str, children: &[Child]| judge(What::Progress, &format!("{header}\n{row}"), children).remove(0);
    let nobody = children();
    assert_eq!(of("X000000000017|Maths|gcse|3|4+|6", &nobody).problems, [""; 0]);
    assert_eq!(
        of("X000000000017|Maths|gcse|3|EXS|6", &nobody).problems,
        [
            "Row 2: Now (EXS) isn't on the scale (GCSE, 9 to 1), which has 9 to 1 and U. Mend the grade or the scale, or \
          untick the row"
        ]
    );
    assert_eq!(of("X000000000017|Maths|gcse|A|B|C", &nobody).problems.len(), 3);
    assert_eq!(of("X000000000017|Maths||3|EXS|6", &nobody).problems, [""; 0], "of no scale that is known");

    let mut with = children();
    with[0].values = with_subject(&[(1, "Maths", "EXS")]);
    let scale = vec![Entry { by: "ruth".into(), at: Moment(0), value: "teacher-view".into() }];
    let row = RowId::new(uuid::Uuid::from_u128(1));
    with[0].values.facts.insert(format!("{SUBJECTS}/{row}/scale"), scale);
    assert_eq!(of("X000000000017|Maths|||GDS|", &with).problems, [""; 0]);
    let problem = of("X000000000017|Maths|||4|", &with).problems.remove(0);
    assert!(problem.contains("Now (4) isn't on the scale (Teacher's view"), "{problem}");
    assert!(problem.contains("greater depth, in the plan), which has below"), "{problem}");
    // A new scale leaves no grade of the old one standing beside it.
    let problem = of("X000000000017|Maths|gcse|||7", &with).problems.remove(0);
    assert!(problem.contains("Now (EXS, in the plan) isn't on the scale (GCSE, 9 to 1), which"), "{problem}");
    assert_eq!(of("X000000000017|Maths|gcse||4|7", &with).problems, [""; 0]);
}

proptest! {
    /// Whatever a file says, each row is answered, and one that is judged right sets
    /// only what the section takes.
    #[test]
    fn whatever_a_row_says_is_answered(
        cells in prop::collection::vec("[0-9]{0,4}|[=+@\\-' ]{0,3}|X000000000017|17/3/2014|.{0,9}", 0..9),
        progress in any::<bool>(),
    ) {
        let what = if progress { What::Progress } else { What::Attendance };
        let header = match what {
            What::Attendance => "UPN|DOB|Possible|Present|Authorised|Unauthorised|Lates|% Attendance",
            What::Progress => "UPN|DOB|Subject|Current|Target|On track|Scale|Effort",
        };
        let mut file = rows(header);
        file.push(cells);
        let table = Table::find(file, what).unwrap();
        let chosen = guessed(what, &table.header);
        for row in judged(what, &table, &chosen, &children()) {
            let named = format!("Row {}: ", row.number);
            prop_assert!(row.problems.iter().all(|problem| problem.starts_with(&named)));
            if row.problems.is_empty() {
                prop_assert!(row.child.is_some() && !row.sets.is_empty());
                for set in row.sets {
                    prop_assert_eq!(set.field.kind.check(&set.becomes), Ok(()));
                }
            }
        }
    }
}
