//! What can't be a rule, said beside the box where it stands. Each group is checked
//! by itself, so a fault in one never stops another from being saved.

use super::{Authority, CutOff, FirstPlanDays, GrantYear, Group, GroupId, SigningDays, TargetCount};
use crate::domain::calendar::Day;
use crate::domain::money::{MOST, Pence};
use crate::domain::plan::Term;
use crate::domain::quality::Quality;
use crate::domain::sorted::sorted;
use std::ops::RangeInclusive;

/// What is wrong: the name of the box, and a sentence.
pub type Wrong = (String, String);

/// More areas than this and nobody says something of each.
pub const MOST_AREAS: usize = 20;
const LONGEST_AREA: usize = 120;
const MOST_HOLIDAYS: usize = 50;
const MOST_REMINDERS: usize = 6;
const WORKING_DAYS: RangeInclusive<u32> = 1..=60;

impl Authority {
    /// Everything that is wrong, in the order of the page.
    pub fn check(&self) -> Vec<Wrong> {
        GroupId::ALL.into_iter().flat_map(|id| self.group(id).check()).collect()
    }
}

impl Group {
    /// Everything that is wrong in this group, in the order of its boxes.
    pub fn check(&self) -> Vec<Wrong> {
        match self {
            Group::Terms(days) => terms(days),
            Group::Days(first, signing) => working_days(first, signing),
            Group::SignOrder(_) => Vec::new(),
            Group::Targets(count, from) => targets(count, *from),
            Group::Quality(quality) => areas(quality),
            Group::Grant(years) => grant(years),
            Group::BankHolidays(days) => holidays(days),
            Group::Reminders(days) => reminders(days),
            Group::Occasions(days) => {
                outside("occasion-days", *days, WORKING_DAYS, "working days").into_iter().collect()
            }
        }
    }
}

/// The school year that a day is in, by the year in which it began.
pub fn school_year(day: Day) -> i32 {
    if day.month() >= 9 { day.year() } else { day.year() - 1 }
}

/// The name of the box of a term's last day.
pub fn term_box(year: i32, term: Term) -> String {
    format!("cut-off-{year}-{}", term.id())
}

fn terms(days: &[CutOff]) -> Vec<Wrong> {
    let days = sorted(days, |a, b| (a.year, a.term) > (b.year, b.term));
    let mut before: Option<&CutOff> = None;
    let mut wrong = Vec::new();
    for set in days {
        let (first, last, year, months) = months_of(set);
        let sentence = match before {
            _ if set.day.year() != year || !(first..=last).contains(&set.day.month()) => {
                Some(format!("Enter a day from {months} {year} for the {}", set.term.words()))
            }
            Some(before) if (before.year, before.term) == (set.year, set.term) => {
                Some(format!("Enter one day for the {}", set.term.words()))
            }
            Some(before) if before.day >= set.day => Some(format!(
                "Enter a day after the last day of the term before, {} {}",
                before.day.short(),
                before.day.year()
            )),
            _ => None,
        };
        wrong.extend(sentence.map(|sentence| (term_box(set.year, set.term), sentence)));
        before = Some(set);
    }
    wrong
}

/// The months of a term: the first, the last, their year, and both in words.
fn months_of(set: &CutOff) -> (u8, u8, i32, &'static str) {
    let next = set.year.saturating_add(1);
    match set.term {
        Term::Autumn => (9, 12, set.year, "September to December"),
        Term::Spring => (1, 4, next, "January to April"),
        Term::Summer => (4, 7, next, "April to July"),
    }
}

fn working_days(first: &FirstPlanDays, signing: &SigningDays) -> Vec<Wrong> {
    let boxes = [
        ("first-plan-begun", first.begun),
        ("first-plan-there", first.there),
        ("signing-teacher", signing.teacher),
        ("signing-worker", signing.worker),
        ("signing-virtual-school", signing.virtual_school),
    ];
    let mut wrong: Vec<Wrong> =
        boxes.into_iter().filter_map(|(of, days)| outside(of, days, WORKING_DAYS, "working days")).collect();
    if wrong.is_empty() && first.begun > first.there {
        let sentence = format!("A first plan can't be there before it is begun: enter {} or more", first.begun);
        wrong.push(("first-plan-there".into(), sentence));
    }
    wrong
}

fn targets(count: &TargetCount, from: u32) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    wrong.extend(outside("targets-least", count.least, 0..=20, "targets"));
    wrong.extend(outside("targets-most", count.most, 1..=20, "targets"));
    if wrong.is_empty() && count.least > count.most {
        wrong.push(("targets-most".into(), "The least number of targets is above the most".into()));
    }
    if from > 40 {
        wrong.push(("strategies-from".into(), "A questionnaire's total goes from 0 to 40".into()));
    }
    wrong
}

fn areas(quality: &Quality) -> Vec<Wrong> {
    let areas = &quality.areas;
    if areas.is_empty() {
        return vec![("areas".into(), "Add at least one area".into())];
    }
    let mut wrong = Vec::new();
    if areas.len() > MOST_AREAS {
        wrong.push((
            "areas".into(),
            format!("There are at most {MOST_AREAS} areas. Remove {}", areas.len() - MOST_AREAS),
        ));
    }
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    for (at, area) in areas.iter().enumerate() {
        let sentence = match area.trim() {
            "" => "Give this area a name, or remove it".to_string(),
            name if name.chars().count() > LONGEST_AREA => format!("Use at most {LONGEST_AREA} characters"),
            name if areas.iter().take(at).any(|other| same(other, name)) => {
                "There is an area with this name already".to_string()
            }
            _ => continue,
        };
        wrong.push((format!("area-{at}"), sentence));
    }
    wrong
}

fn grant(years: &[GrantYear]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (at, set) in years.iter().enumerate() {
        let (year, term) = (format!("grant-{}", set.year.0), format!("grant-{}-term", set.year.0));
        if !(2011..=2100).contains(&set.year.0) {
            wrong.push((year.clone(), "Enter a financial year from 2011 to 2100".into()));
        }
        if years.iter().take(at).any(|other| other.year == set.year) {
            wrong.push((year.clone(), format!("Enter one amount for {}", set.year.words())));
        }
        if !is_amount(set.cap) {
            wrong.push((year, format!("Enter an amount from £0 to {MOST}")));
        }
        match set.term_cap {
            Some(cap) if !is_amount(cap) => wrong.push((term, format!("Enter an amount from £0 to {MOST}"))),
            Some(cap) if cap > set.cap => {
                wrong.push((term, format!("The limit for a term is above the amount for the year, {}", set.cap)));
            }
            _ => {}
        }
    }
    wrong
}

fn is_amount(pence: Pence) -> bool {
    Pence(0) <= pence && pence <= MOST
}

fn holidays(days: &[Day]) -> Vec<Wrong> {
    if days.len() > MOST_HOLIDAYS {
        return vec![("bank-holidays".into(), format!("There are at most {MOST_HOLIDAYS} extra bank holidays"))];
    }
    let twice = |(at, day): (usize, &Day)| {
        let sentence = "This day is in the list already".to_string();
        days.iter().take(at).any(|other| other == day).then(|| (format!("bank-holiday-{at}"), sentence))
    };
    days.iter().enumerate().filter_map(twice).collect()
}

fn reminders(days: &[u32]) -> Vec<Wrong> {
    let sentence = match () {
        _ if days.len() > MOST_REMINDERS => format!("Enter at most {MOST_REMINDERS} numbers"),
        _ if days.iter().any(|days| !(1..=90).contains(days)) => "Enter numbers of days from 1 to 90".to_string(),
        _ if days.iter().enumerate().any(|(at, day)| days.iter().take(at).any(|other| other == day)) => {
            "Enter each number once".to_string()
        }
        _ => return Vec::new(),
    };
    vec![("remind-before".into(), sentence)]
}

fn outside(of: &str, number: u32, range: RangeInclusive<u32>, what: &str) -> Option<Wrong> {
    let sentence = || format!("Enter a number of {what} from {} to {}", range.start(), range.end());
    (!range.contains(&number)).then(|| (of.to_string(), sentence()))
}
