//! Whether a grade can be one of its scale, as schools write them. It is generous with
//! spellings, and strict about what is of another scale: grades of two scales are never
//! compared, so one in the wrong place would be taken for a fall or a leap.

use super::columns::plain;
use std::ops::RangeInclusive;

/// The columns of a subject that hold a grade.
pub const GRADES: [&str; 3] = ["baseline", "now", "target"];

/// What grades a scale has, in words; none for a scale that may have any.
pub fn grades_of(scale: &str) -> Option<&'static str> {
    Some(match scale {
        "eyfs" => "emerging and expected",
        "phonics" => "0 to 40",
        "teacher-view" => "below, working towards, expected and greater depth",
        "scaled-score" => "80 to 120",
        "pre-key-stage" => "standards 1 to 6",
        "gcse" => "9 to 1 and U",
        "vocational" => "pass, merit and distinction",
        "functional-skills" | "esol" => "entry 1 to 3 and levels 1 and 2",
        "entry-level" => "entry 1 to 3",
        "post-sixteen" => "A* to E and U",
        _ => return None,
    })
}

/// Whether a grade can be of a scale.
pub fn is_of(scale: &str, grade: &str) -> bool {
    let words = plain(grade);
    let is_one = |all: &str| all.split(", ").any(|one| one == words);
    let number = grade.trim().trim_end_matches(".0").parse::<u32>();
    let is_number = |range: RangeInclusive<u32>| number.as_ref().is_ok_and(|number| range.contains(number));
    match scale {
        "eyfs" => is_one("emerging, expected, em, emg, ex, exp, 1, 2"),
        "phonics" => is_number(0..=40),
        "teacher-view" => is_one(TEACHER),
        "scaled-score" => is_number(80..=120),
        "pre-key-stage" => {
            number_after(&words, &["standard", "pre key stage standard", "pre key stage", "pks", "pk", "s"])
                .is_some_and(|number| (1..=6).contains(&number))
        }
        "gcse" => is_gcse(grade),
        "vocational" => is_vocational(grade),
        "functional-skills" | "esol" => is_entry(&words) || is_level(&words),
        "entry-level" => is_entry(&words) || is_number(1..=3),
        "post-sixteen" => is_letter(grade),
        _ => true,
    }
}

/// With a plus or a minus after it, `plain` leaves the words.
const TEACHER: &str = "below, blw, working below, pks, working towards, towards, wt, wts, expected, at expected, exp, exs, \
                       greater depth, gd, gds, secure, working at, at";

/// The number behind one of some words, or alone.
fn number_after(words: &str, starts: &[&str]) -> Option<u32> {
    let rest = starts.iter().find_map(|start| words.strip_prefix(start)).unwrap_or(words);
    rest.trim().parse().ok()
}

/// "7", "U", finer ones as "6+", "5.4" and "4b", and the two of combined science: "5-4".
fn is_gcse(grade: &str) -> bool {
    let grade = grade.trim().to_lowercase();
    let signs: Vec<char> = grade.chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_grade = |sign: char| ('1'..='9').contains(&sign);
    match signs[..] {
        ['u'] | ['u', 'u' | '1'] => true,
        [one] => is_grade(one),
        [one, '+' | '-' | '=' | 'a'..='c'] => is_grade(one),
        [one, '.', tenth] => is_grade(one) && tenth.is_ascii_digit(),
        [one, other] | [one, '-' | '/', other] => {
            is_grade(one) && is_grade(other) && u32::from(one).abs_diff(u32::from(other)) <= 1
        }
        _ => false,
    }
}

/// "Merit", "Level 2 distinction*", "L1P", "D*D".
fn is_vocational(grade: &str) -> bool {
    let words = grade.to_lowercase().replace("level", "l").replace(' ', "");
    let words = match words.strip_prefix('l') {
        Some(rest) => rest.trim_start_matches(|sign: char| sign.is_ascii_digit()),
        None => &words,
    };
    let letters = words.replace("distinction", "d").replace("merit", "m").replace("pass", "p").replace("near", "n");
    let letters = letters.replace('*', "").replace("unclassified", "u");
    let grades = letters.chars().count();
    (1..=3).contains(&grades) && letters.chars().all(|sign| "pmdnu".contains(sign))
}

/// "Entry 3", "Entry level 2", "E1", "pre-entry".
fn is_entry(words: &str) -> bool {
    let number = number_after(words, &["entry level", "entry", "el", "e"]).filter(|_| words.starts_with('e'));
    words == "pre entry" || number.is_some_and(|number| (1..=3).contains(&number))
}

/// "Level 1", "L2", also with a pass behind it.
fn is_level(words: &str) -> bool {
    let words = words.strip_suffix("pass").unwrap_or(words).trim();
    words.starts_with('l') && number_after(words, &["level", "l"]).is_some_and(|number| (1..=2).contains(&number))
}

/// "A*", "B", "C+", and U.
fn is_letter(grade: &str) -> bool {
    let signs: Vec<char> = grade.trim().to_lowercase().chars().collect();
    matches!(signs[..], ['a', '*'] | ['a'..='e' | 'u'] | ['a'..='e', '+' | '-'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::What;
    use crate::domain::sections::Kind;

    #[test]
    fn every_scale_but_the_free_one_has_grades() {
        let Some(Kind::Choice(scales)) = What::Progress.field("scale").map(|field| field.kind) else {
            panic!("a subject has a scale")
        };
        for scale in scales {
            assert_eq!(grades_of(scale.id).is_some(), scale.id != "other", "{}", scale.id);
        }
        assert!(GRADES.iter().all(|column| What::Progress.field(column).is_some()));
    }

    #[test]
    fn grades_are_taken_as_schools_write_them() {
        for (scale, grades) in [
            ("eyfs", "Emerging|expected|1|2"),
            ("phonics", "0|32|40"),
            ("teacher-view", "WTS|EXS|GDS|Expected|Working towards|Greater Depth|EXS+|wt-|Below"),
            ("scaled-score", "80|100|120|104.0"),
            ("pre-key-stage", "1|6|Standard 5|PKS3"),
            ("gcse", "9|1|U|u|4+|6-|5=|5.4|4b|5-4|55|5 4|UU"),
            ("vocational", "Pass|merit|Distinction*|P|M|D*|L2M|Level 1 Pass|D*D|DDM|Near Pass|U"),
            ("functional-skills", "Entry 3|E1|Entry Level 2|Level 1|L2|Level 2 pass"),
            ("entry-level", "Entry 1|E3|2"),
            ("post-sixteen", "A*|A|e|C+|B-|U"),
            ("esol", "Pre-entry|Entry 2|Level 2"),
            ("other", "Silver|42%|=1+1"),
        ] {
            for grade in grades.split('|') {
                assert!(is_of(scale, grade), "{scale}: {grade}");
            }
        }
    }

    #[test]
    fn grades_of_another_scale_are_not_taken() {
        for (scale, grades) in [
            ("eyfs", "GDS|40|A"),
            ("phonics", "41|-1|Met"),
            ("teacher-view", "5|104|B|Pass"),
            ("scaled-score", "79|121|EXS|4"),
            ("pre-key-stage", "0|7|WTS"),
            ("gcse", "EXS|0|10|104|A|B+|Pass|9-1|4.55"),
            ("vocational", "4|A|Level 2|Great"),
            ("functional-skills", "Entry 4|Level 3|5|Merit"),
            ("entry-level", "4|Level 1|0"),
            ("post-sixteen", "F|7|A**|AB|Distinction"),
            ("esol", "B2|Entry"),
        ] {
            for grade in grades.split('|') {
                assert!(!is_of(scale, grade), "{scale}: {grade}");
            }
        }
    }
}
