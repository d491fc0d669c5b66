//! The columns that an import knows, and which of a file's columns each one is.

use super::{SUBJECTS, What};
use crate::domain::sections::Field;
use serde::{Deserialize, Serialize};

/// One thing that a file can say.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub id: &'static str,
    /// What the page and the sentences call it.
    pub label: &'static str,
    /// The names that schools' systems give it, as `plain` spells them.
    names: &'static [&'static str],
}

/// Which of a file's columns says one thing; none where the file doesn't say it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Chosen {
    /// The id of a `Column`.
    pub column: String,
    pub at: Option<usize>,
}

const fn column(id: &'static str, label: &'static str, names: &'static [&'static str]) -> Column {
    Column { id, label, names }
}

/// Who a row is about. The ids that aren't a field of the section.
const WHO: [Column; 5] = [
    column("upn", "UPN", &["upn", "unique pupil number", "pupil upn", "student upn", "current upn"]),
    column(
        "forename",
        "Forename",
        &["forename", "legal forename", "first name", "legal first name", "given name", "forenames"],
    ),
    column("surname", "Surname", &["surname", "legal surname", "last name", "legal last name", "family name"]),
    column(
        "name",
        "Full name",
        &["full name", "name", "legal name", "student name", "pupil name", "student", "pupil", "legal full name"],
    ),
    column("born", "Date of birth", &["date of birth", "dob", "d o b", "birth date", "birthdate", "birthday"]),
];

/// A share in per cent isn't kept: it is compared with the sessions.
pub const SHARE: &str = "share";

const ATTENDANCE: [Column; 8] = [
    column(
        "possible",
        "Possible",
        &[
            "possible",
            "possible sessions",
            "sessions possible",
            "possible marks",
            "total possible",
            "possible attendances",
            "poss",
            "total sessions",
        ],
    ),
    column(
        "attended",
        "Attended",
        &[
            "attended",
            "present",
            "attendances",
            "sessions attended",
            "present sessions",
            "sessions present",
            "present marks",
            "total present",
            "total attendances",
            "actual attendances",
            "attends",
        ],
    ),
    column(
        "authorised",
        "Authorised absence",
        &[
            "authorised",
            "authorised absence",
            "authorised absences",
            "authorised sessions",
            "auth absence",
            "auth absences",
            "auth",
            "total authorised absences",
        ],
    ),
    column(
        "unauthorised",
        "Unauthorised absence",
        &[
            "unauthorised",
            "unauthorised absence",
            "unauthorised absences",
            "unauthorised sessions",
            "unauth absence",
            "unauth absences",
            "unauth",
            "total unauthorised absences",
        ],
    ),
    column("late", "Late", &["late", "lates", "late marks", "sessions late", "total lates", "times late"]),
    column("year-possible", "Possible this year", &["year possible", "possible this year", "possible ytd"]),
    column(
        "year-attended",
        "Attended this year",
        &["year attended", "attended this year", "year present", "present this year", "present ytd"],
    ),
    column(
        SHARE,
        "Attendance in per cent",
        &[
            "percent attendance",
            "attendance percent",
            "percentage attendance",
            "attendance percentage",
            "percent present",
            "present percent",
            "attendance",
        ],
    ),
];

const PROGRESS: [Column; 9] = [
    column("subject", "Subject", &["subject", "subject name", "course", "course name"]),
    column("scale", "Scale", &["scale", "grade type", "grade scale", "assessment type"]),
    column(
        "baseline",
        "Starting point",
        &["baseline", "starting point", "baseline grade", "start", "prior attainment", "entry"],
    ),
    column(
        "now",
        "Now",
        &[
            "current",
            "now",
            "current grade",
            "working at",
            "working at grade",
            "current attainment",
            "attainment",
            "latest grade",
            "latest",
        ],
    ),
    column(
        "target",
        "Target",
        &["target", "target grade", "end of stage target", "end of year target", "minimum target grade"],
    ),
    column("on-track", "On track", &["on track", "on target", "track", "progress status"]),
    column("since", "Progress since the last plan", &["progress", "progress since last plan"]),
    column("effort", "Effort", &["effort", "attitude to learning", "atl"]),
    column("comment", "What the teacher says", &["comment", "comments", "teacher comment", "teacher comments"]),
];

impl What {
    /// Everything that a file of this kind can say, in order.
    pub fn columns(self) -> impl Iterator<Item = &'static Column> {
        let own: &'static [Column] = match self {
            What::Attendance => &ATTENDANCE,
            What::Progress => &PROGRESS,
        };
        WHO.iter().chain(own)
    }

    /// What a column fills in the section: a field, or a cell of its table.
    pub fn field(self, column: &str) -> Option<Field> {
        match self {
            What::Attendance => self.section().section().field(column).copied(),
            What::Progress => {
                let nil = uuid::Uuid::nil();
                self.section().section().at(&format!("{SUBJECTS}/{nil}/{column}"))
            }
        }
    }

    /// The columns that fill something in the section.
    pub fn filling(self) -> impl Iterator<Item = (&'static Column, Field)> {
        self.columns().filter_map(move |column| Some((column, self.field(column.id)?)))
    }
}

/// A name as names are compared: small letters, one space, no signs but per cent.
pub fn plain(name: &str) -> String {
    let name = name.replace('%', " percent ").to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Which of a file's columns is which, by their names. What an earlier name of a list
/// finds goes before what a later one does.
pub fn guessed(what: What, header: &[String]) -> Vec<Chosen> {
    let header: Vec<_> = header.iter().map(|name| plain(name)).collect();
    let place = |name: &&str| header.iter().position(|other| other == name);
    what.columns().map(|column| Chosen { column: column.id.into(), at: column.names.iter().find_map(place) }).collect()
}

/// How many columns a row would name, if it were the header.
pub fn known(what: What, row: &[String]) -> usize {
    guessed(what, row).iter().filter(|chosen| chosen.at.is_some()).count()
}

/// What a person chose, made whole: every column once, none beyond the header. What
/// they said nothing about is not in the file.
pub fn chosen(what: What, header: &[String], said: &[Chosen]) -> Vec<Chosen> {
    let at = |column: &Column| {
        let said = said.iter().find(|chosen| chosen.column == column.id)?;
        said.at.filter(|at| *at < header.len())
    };
    what.columns().map(|column| Chosen { column: column.id.into(), at: at(column) }).collect()
}

/// What a file doesn't say and an import needs, in a sentence; nothing where all is said.
pub fn lack(what: What, chosen: &[Chosen]) -> Option<String> {
    let has = |id: &str| chosen.iter().any(|chosen| chosen.column == id && chosen.at.is_some());
    let named = has("name") || has("forename") && has("surname");
    let is_somebody = has("upn") || named && has("born");
    if !is_somebody {
        return Some("Choose which column is the UPN, or which are the name and the date of birth".into());
    }
    let fills = what.filling().filter(|(column, _)| column.id != "subject").any(|(column, _)| has(column.id));
    match what {
        What::Attendance if !fills => Some("Choose at least one column with numbers of sessions".into()),
        What::Progress if !has("subject") => Some("Choose which column is the subject".into()),
        What::Progress if !fills => Some("Choose at least one column that says how the subject goes".into()),
        _ => taken_twice(what, chosen),
    }
}

fn taken_twice(what: What, chosen: &[Chosen]) -> Option<String> {
    let label = |id: &str| what.columns().find(|column| column.id == id).map_or("", |column| column.label);
    let pairs = chosen.iter().enumerate().flat_map(|(place, one)| {
        let same = move |other: &&Chosen| one.at.is_some() && other.at == one.at;
        chosen[place + 1..].iter().filter(same).map(move |other| (one, other))
    });
    let (one, other) = pairs.into_iter().next()?;
    let (one, other) = (label(&one.column), label(&other.column));
    Some(format!("One column is chosen for both {one} and {other}. Choose another for one of them"))
}
