//! By when a plan has to be there.

use super::calendar::Day;
use super::working_days::{BankHolidays, Deadline};
use serde::{Deserialize, Serialize};

/// A child's first plan is begun within this many working days of coming into care.
/// Source: Promoting the education of looked-after children and previously
/// looked-after children (DfE, 2018), with regulation 4 of the Care Planning,
/// Placement and Case Review (England) Regulations 2010.
const BEGUN: u32 = 10;

/// It is there for the first review of the care plan, within this many.
/// Source: Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33(1).
const THERE: u32 = 20;

/// The two days that count for a child's first plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FirstPlan {
    pub begun_by: Deadline,
    pub there_by: Deadline,
}

impl FirstPlan {
    /// For a child who came into care on a day.
    pub fn of(into_care: Day, holidays: &BankHolidays) -> Self {
        Self { begun_by: holidays.after(into_care, BEGUN), there_by: holidays.after(into_care, THERE) }
    }

    /// In one or two sentences, as things stand on a day.
    pub fn words(&self, today: Day) -> String {
        let there = self.there_by.day;
        let first = match today {
            today if today > there => format!("This first plan was due for the first review by {}.", there.spoken()),
            today if today > self.begun_by.day => {
                format!("This first plan has to be ready for the first review, by {}.", there.spoken())
            }
            _ => format!(
                "This first plan has to be begun by {} and ready for the first review by {}.",
                self.begun_by.day.spoken(),
                there.spoken()
            ),
        };
        match self.there_by.certain {
            true => first,
            false => format!("{first} Check it: the bank holidays of that year aren't in Pep yet."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_first_plan_is_begun_in_ten_working_days_and_there_in_twenty() {
        let first = FirstPlan::of(day("2026-12-14"), &BankHolidays::england());
        assert_eq!(first.begun_by.day, day("2026-12-30"));
        assert_eq!(first.there_by.day, day("2027-01-14"));
    }

    #[test]
    fn it_is_said_as_things_stand() {
        let first = FirstPlan::of(day("2026-12-14"), &BankHolidays::england());
        let said = |today| first.words(day(today));
        assert_eq!(
            said("2026-12-30"),
            "This first plan has to be begun by Wednesday 30 December 2026 and ready for the first review by \
             Thursday 14 January 2027."
        );
        assert_eq!(
            said("2026-12-31"),
            "This first plan has to be ready for the first review, by Thursday 14 January 2027."
        );
        assert_eq!(said("2027-01-15"), "This first plan was due for the first review by Thursday 14 January 2027.");
        let far = FirstPlan::of(day("2028-12-20"), &BankHolidays::england());
        assert!(far.words(day("2028-12-20")).ends_with("Check it: the bank holidays of that year aren't in Pep yet."));
    }
}
