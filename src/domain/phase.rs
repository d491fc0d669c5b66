//! The three times of an education, which ask for different parts of a plan.

/// Where in their education a child is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    EarlyYears,
    School,
    PostSixteen,
}

impl Phase {
    pub const ALL: &[Phase] = &[Phase::EarlyYears, Phase::School, Phase::PostSixteen];
    /// Once there are subjects.
    pub const FROM_YEAR_ONE: &[Phase] = &[Phase::School, Phase::PostSixteen];
    pub const ONLY_EARLY_YEARS: &[Phase] = &[Phase::EarlyYears];
    pub const ONLY_POST_SIXTEEN: &[Phase] = &[Phase::PostSixteen];

    pub fn id(self) -> &'static str {
        match self {
            Phase::EarlyYears => "early-years",
            Phase::School => "school",
            Phase::PostSixteen => "post-sixteen",
        }
    }

    /// The words on the page.
    pub fn words(self) -> &'static str {
        match self {
            Phase::EarlyYears => "Early years",
            Phase::School => "School",
            Phase::PostSixteen => "After Year 11",
        }
    }

    /// The phase of a year group as a school writes it. One that isn't known is
    /// taken for a school's, where most children are.
    pub fn of_year_group(group: &str) -> Self {
        match Year::read(group) {
            Some(Year::BeforeSchool | Year::Reception) => Phase::EarlyYears,
            Some(Year::Numbered(12..) | Year::College) => Phase::PostSixteen,
            _ => Phase::School,
        }
    }
}

/// The key stage of a year group in words; none where it isn't known, or has none.
pub fn key_stage(group: &str) -> Option<&'static str> {
    match Year::read(group)? {
        Year::BeforeSchool | Year::Reception => Some("Early years foundation stage"),
        Year::Numbered(1..=2) => Some("Key stage 1"),
        Year::Numbered(3..=6) => Some("Key stage 2"),
        Year::Numbered(7..=9) => Some("Key stage 3"),
        Year::Numbered(10..=11) => Some("Key stage 4"),
        Year::Numbered(_) => Some("Key stage 5"),
        Year::College => None,
    }
}

/// What comes after a year group, in words, where a key stage ends with it. Year 14 is
/// a year more for some, so that stage ends for them with Year 13 all the same.
pub fn after_key_stage(group: &str) -> Option<&'static str> {
    match Year::read(group)? {
        Year::Reception => Some("Year 1"),
        Year::Numbered(2) => Some("Year 3"),
        Year::Numbered(6) => Some("Year 7"),
        Year::Numbered(9) => Some("Year 10"),
        Year::Numbered(11) => Some("what comes after Year 11"),
        Year::Numbered(13) => Some("what comes after Year 13"),
        _ => None,
    }
}

/// A year group, read.
enum Year {
    BeforeSchool,
    Reception,
    /// From 1 to 14: some stay at school for a year more.
    Numbered(u32),
    /// Past school, in a place that doesn't count years.
    College,
}

impl Year {
    fn read(group: &str) -> Option<Self> {
        let group = group.trim().to_ascii_lowercase();
        match group.as_str() {
            "nursery" | "pre-school" | "preschool" | "n1" | "n2" => return Some(Year::BeforeSchool),
            "reception" | "r" => return Some(Year::Reception),
            "college" | "sixth form" | "apprenticeship" | "training" | "post-16" => return Some(Year::College),
            _ => {}
        }
        let digits = group.strip_prefix("year").or_else(|| group.strip_prefix('y')).unwrap_or(&group).trim();
        let number: u32 = digits.parse().ok()?;
        (1..=14).contains(&number).then_some(Year::Numbered(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_group_has_a_phase() {
        for group in ["Nursery", "N1", "N2", "Reception", " reception ", "R"] {
            assert_eq!(Phase::of_year_group(group), Phase::EarlyYears, "{group}");
        }
        for group in ["Year 1", "Year 6", "Year 7", "Year 11", "8", "Y9", "year 10"] {
            assert_eq!(Phase::of_year_group(group), Phase::School, "{group}");
        }
        for group in ["Year 12", "Year 13", "Year 14", "13", "College", "Sixth form"] {
            assert_eq!(Phase::of_year_group(group), Phase::PostSixteen, "{group}");
        }
    }

    #[test]
    fn what_is_not_known_is_taken_for_school() {
        for group in ["", "Year", "Year 0", "Year 99", "Year 2026", "Hedgehogs", "Year seven", "-1"] {
            assert_eq!(Phase::of_year_group(group), Phase::School, "{group}");
            assert_eq!(key_stage(group), None, "{group}");
        }
    }

    #[test]
    fn a_key_stage_is_said_in_words() {
        let said = |number: u32| key_stage(&format!("Year {number}")).unwrap();
        for (numbers, words) in [
            (1..=2, "Key stage 1"),
            (3..=6, "Key stage 2"),
            (7..=9, "Key stage 3"),
            (10..=11, "Key stage 4"),
            (12..=14, "Key stage 5"),
        ] {
            for number in numbers {
                assert_eq!(said(number), words, "Year {number}");
            }
        }
        assert_eq!(key_stage("Reception"), Some("Early years foundation stage"));
        assert_eq!(key_stage("College"), None);
    }

    #[test]
    fn a_key_stage_ends_with_its_last_year_alone() {
        let ends: Vec<_> = (0..=14).filter(|year| after_key_stage(&format!("Year {year}")).is_some()).collect();
        assert_eq!(ends, [2, 6, 9, 11, 13]);
        assert_eq!(after_key_stage("Reception"), Some("Year 1"));
        assert_eq!(after_key_stage(" y6"), Some("Year 7"));
        for group in ["Nursery", "N2", "College", "", "Hedgehogs"] {
            assert_eq!(after_key_stage(group), None, "{group}");
        }
    }

    #[test]
    fn phases_are_named_once() {
        for (at, phase) in Phase::ALL.iter().enumerate() {
            assert!(!phase.words().is_empty());
            assert!(Phase::ALL[at + 1..].iter().all(|other| other.id() != phase.id()));
        }
    }
}
