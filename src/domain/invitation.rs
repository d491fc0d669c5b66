//! A plan's meeting for somebody's calendar, as iCalendar has it (RFC 5545). It names
//! no child: calendars are seen over shoulders.

use super::calendar::{Day, Moment};
use super::people::PlanId;
use super::words::carer::{IN_CALENDAR, PLAN_AT};
use super::words::{Language, fill};

/// A meeting as a calendar takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    pub plan: PlanId,
    pub at: Moment,
    /// Where it is; left out where it would name the child.
    pub place: String,
    /// Grows each time the meeting is moved, so that a calendar takes the latest.
    pub sequence: i64,
    /// When this was written.
    pub stamp: Moment,
    /// The address of the plan.
    pub link: String,
}

/// What every such meeting is called.
pub const SUMMARY: &str = IN_CALENDAR.english();

/// How long a meeting is taken to be, in milliseconds.
const LASTS: i64 = 60 * 60 * 1000;

/// The most bytes of one line.
const LINE: usize = 75;

impl Invitation {
    /// The file.
    pub fn written(&self) -> String {
        self.written_in(Language::English)
    }

    /// The same for whoever reads another language.
    pub fn written_in(&self, language: Language) -> String {
        let mut lines = vec![
            format!("UID:{}@pep", self.plan),
            format!("DTSTAMP:{}", in_utc(self.stamp)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTART:{}", in_utc(self.at)),
            format!("DTEND:{}", in_utc(Moment(self.at.0 + LASTS))),
        ];
        if !self.place.trim().is_empty() {
            lines.push(format!("LOCATION:{}", escaped(self.place.trim())));
        }
        file(lines, &self.link, language)
    }
}

/// A day on which the next meeting is to be, before its time is known.
pub fn of_day(plan: &PlanId, day: Day, stamp: Moment, link: &str, language: Language) -> String {
    let dated = |day: Day| format!("{:04}{:02}{:02}", day.year(), day.month(), day.date());
    let lines = vec![
        format!("UID:{plan}-next@pep"),
        format!("DTSTAMP:{}", in_utc(stamp)),
        format!("DTSTART;VALUE=DATE:{}", dated(day)),
        format!("DTEND;VALUE=DATE:{}", dated(day.plus(1))),
        "TRANSP:TRANSPARENT".into(),
    ];
    file(lines, link, language)
}

fn file(own: Vec<String>, link: &str, language: Language) -> String {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pep//Personal Education Plans//EN", "METHOD:PUBLISH"];
    let mut lines: Vec<String> = head.into_iter().chain(["BEGIN:VEVENT"]).map(String::from).collect();
    lines.extend(own);
    lines.push(format!("SUMMARY:{}", escaped(language.say(IN_CALENDAR))));
    lines.push(format!("DESCRIPTION:{}", escaped(&fill(language.say(PLAN_AT), &[("link", link)]))));
    lines.push(format!("URL:{link}"));
    lines.extend(["END:VEVENT".into(), "END:VCALENDAR".into()]);
    lines.iter().map(|line| folded(line)).collect()
}

/// A file as an address that holds all of it, so that a page can give it without a
/// network.
pub fn as_address(file: &str) -> String {
    let mut address = String::from("data:text/calendar;charset=utf-8,");
    for byte in file.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(byte.into()),
            byte => {
                let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
                address.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    address
}

/// A place as it may leave Pep: nothing where it has one of the child's names in it.
pub fn place_without(place: &str, names: &[&str]) -> String {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let named: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    let tells = words(place).iter().any(|word| named.contains(word));
    if tells { String::new() } else { place.to_string() }
}

/// `20261130T133000Z`. World time needs no table of summers beside it.
fn in_utc(moment: Moment) -> String {
    let (day, hour, minute) = moment.in_utc();
    let second = moment.0.div_euclid(1000).rem_euclid(60);
    format!("{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", day.year(), day.month(), day.date())
}

/// A text as a value: signs that mean something else are marked, others that no line
/// may have are left out.
fn escaped(text: &str) -> String {
    let mut kept = String::new();
    for sign in text.replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ';' | ',' => kept.extend(['\\', sign]),
            '\n' => kept.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => kept.push(sign),
        }
    }
    kept
}

/// A line with its end, in pieces of at most 75 bytes that part no sign.
fn folded(line: &str) -> String {
    let mut kept = String::new();
    let mut room = LINE;
    for sign in line.chars() {
        if sign.len_utf8() > room {
            kept.push_str("\r\n ");
            room = LINE - 1;
        }
        kept.push(sign);
        room -= sign.len_utf8();
    }
    kept.push_str("\r\n");
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn invitation(place: &str) -> Invitation {
        Invitation {
            plan: PlanId::new(uuid::Uuid::from_u128(7)),
            // 2026-06-30 13:30 UTC: half past two in an English summer.
            at: Moment(1_782_826_200_000),
            place: place.into(),
            sequence: 2,
            stamp: Moment(1_782_000_000_000),
            link: "https://pep.example.org/plans/00000000-0000-0000-0000-000000000007".into(),
        }
    }

    /// The lines as they were before they were folded.
    fn unfolded(file: &str) -> Vec<String> {
        assert!(file.ends_with("\r\n"));
        file.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()).map(String::from).collect()
    }

    /// A value as it was before it was escaped.
    fn unescaped(value: &str) -> String {
        let mut signs = value.chars();
        let mut read = String::new();
        while let Some(sign) = signs.next() {
            match (sign, signs.clone().next()) {
                ('\\', Some('n')) => read.push('\n'),
                ('\\', Some(next)) => read.push(next),
                _ => {
                    read.push(sign);
                    continue;
                }
            }
            signs.next();
        }
        read
    }

    #[test]
    fn a_calendar_gets_a_meeting_with_no_childs_name() {
        let lines = unfolded(&invitation("Room 4, upstairs; ask at the desk").written());
        for line in [
            "METHOD:PUBLISH",
            "UID:00000000-0000-0000-0000-000000000007@pep",
            "SEQUENCE:2",
            "DTSTART:20260630T133000Z",
            "DTEND:20260630T143000Z",
            "SUMMARY:Education plan meeting",
            "LOCATION:Room 4\\, upstairs\\; ask at the desk",
            "URL:https://pep.example.org/plans/00000000-0000-0000-0000-000000000007",
        ] {
            assert!(lines.iter().any(|kept| kept == line), "{line} is missing in {lines:?}");
        }
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
        assert!(!invitation(" ").written().contains("LOCATION"));
    }

    #[test]
    fn a_day_without_a_time_is_all_of_it_and_takes_nobodys_time() {
        let plan = PlanId::new(uuid::Uuid::from_u128(7));
        let day = "2026-12-31".parse().unwrap();
        let (stamp, link) = (Moment(1_782_000_000_000), "https://pep.example.org/plans/7");
        let lines = unfolded(&of_day(&plan, day, stamp, link, Language::English));
        for line in ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "SUMMARY:Education plan meeting"] {
            assert!(lines.iter().any(|kept| kept == line), "{line} is missing in {lines:?}");
        }
    }

    #[test]
    fn a_file_is_whole_in_its_address() {
        assert_eq!(as_address("A b\r\né"), "data:text/calendar;charset=utf-8,A%20b%0D%0A%C3%A9");
    }

    #[test]
    fn a_place_that_names_the_child_stays_in_pep() {
        assert_eq!(place_without("The library", &["Amira", "Amira Haddad"]), "The library");
        for place in ["Amira's home", "AMIRA", "with Mrs Haddad"] {
            assert_eq!(place_without(place, &["Amira", "Amira Haddad"]), "", "{place}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_place_is_called_it_reads_back_and_no_line_is_too_long(place in "\\PC{0,200}") {
            let file = invitation(&place).written();
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LINE && !line.contains('\n'));
            }
            let lines = unfolded(&file);
            let kept = lines.iter().find_map(|line| line.strip_prefix("LOCATION:")).map(unescaped);
            prop_assert_eq!(kept.unwrap_or_default(), place.trim());
        }
    }
}
