//! Attendance and punctuality: a record asked for by the Care Planning, Placement
//! and Case Review (England) Regulations 2010, Schedule 1 paragraph 2(1). The codes
//! are those of the School Attendance (Pupil Registration) (England) Regulations 2024.

use super::field::pick;
use super::{Field, Pick, Section, SectionId};
use crate::domain::people::Role;
use crate::domain::phase::Phase;

/// The register's codes that count for or against a session, in its own spelling.
const CODES: &[Pick] = &[
    pick("/", "/ Present in the morning"),
    pick("\\", "\\ Present in the afternoon"),
    pick("L", "L Late, before the register closed"),
    pick("K", "K Taught elsewhere, arranged by the authority"),
    pick("V", "V Educational visit or trip"),
    pick("P", "P Sporting activity"),
    pick("W", "W Work experience"),
    pick("B", "B Another approved activity"),
    pick("D", "D At another school where they are registered"),
    pick("C", "C Leave in exceptional circumstances"),
    pick("C1", "C1 Leave for a performance or for work abroad"),
    pick("C2", "C2 Part-time timetable"),
    pick("E", "E Suspended or excluded"),
    pick("I", "I Ill"),
    pick("J1", "J1 Interview for work or another school"),
    pick("M", "M Medical or dental appointment"),
    pick("R", "R Religious observance"),
    pick("S", "S Study leave"),
    pick("T", "T Travelling with a parent for the parent's work"),
    pick("G", "G Holiday that was not agreed"),
    pick("N", "N Reason not known yet"),
    pick("O", "O Absent, other or unknown reason"),
    pick("U", "U Came after the register closed"),
    pick("Q", "Q No transport or access arranged"),
    pick("X", "X Not of school age, not expected"),
    pick("Y1", "Y1 The usual transport didn't run"),
    pick("Y2", "Y2 Travel widely disrupted"),
    pick("Y3", "Y3 Part of the school closed"),
    pick("Y4", "Y4 School closed unexpectedly"),
    pick("Y5", "Y5 In custody"),
    pick("Y6", "Y6 Kept away by public health rules"),
    pick("Y7", "Y7 Another cause nobody could help"),
];

const BY_CODE: &[Field] =
    &[Field::choice("code", "Code", CODES).needed(), Field::count("sessions", "Sessions", "sessions", 0, 400).needed()];

const ELSEWHERE: &[Field] = &[
    Field::short("name", "Where").needed(),
    Field::short("days", "Days and times"),
    Field::yes_no("registered", "Is it a registered school?"),
    Field::date("checked", "Date someone visited and checked it is safe"),
];

pub const SECTION: Section = Section {
    id: SectionId::Attendance,
    title: "Attendance and punctuality",
    intro: "A session is half a school day. Copy the numbers from the register.",
    writers: &[Role::DesignatedTeacher, Role::VirtualSchool],
    readers: &[Role::SocialWorker, Role::Carer, Role::YoungPerson],
    asked: Role::DesignatedTeacher,
    phases: Phase::ALL,
    fields: &[
        Field::count("possible", "Possible this term", "sessions", 0, 400).needed(),
        Field::count("attended", "Attended this term", "sessions", 0, 400).needed(),
        Field::count("authorised", "Authorised absence", "sessions", 0, 400).needed(),
        Field::count("unauthorised", "Unauthorised absence", "sessions", 0, 400).needed(),
        Field::count("late", "Late this term", "sessions", 0, 400).hint("Codes L and U together."),
        Field::count("year-possible", "Possible this school year", "sessions", 0, 400),
        Field::count("year-attended", "Attended this school year", "sessions", 0, 400),
        Field::rows("codes", "Sessions by code", "code", BY_CODE)
            .hint("The codes that explain what happened. You can leave out Present."),
        Field::long("pattern", "Pattern and reasons")
            .hint("Which days and lessons are missed, what gets in the way, and what they say.")
            .review(),
        Field::long("plan", "What we will do, and who").review(),
        Field::yes_no("part-time", "Are they on a part-time timetable?").needed(),
        Field::number("part-time-hours", "Part-time: hours a week", "hours", 0, 35),
        Field::date("part-time-review", "Part-time: date of the next review"),
        Field::long("part-time-return", "Part-time: why, and the way back to full time").review(),
        Field::rows("elsewhere", "Other places where they learn", "place", ELSEWHERE)
            .hint("Alternative provision, such as a farm, a tutor or a college on some days.")
            .confirm(),
    ],
};
