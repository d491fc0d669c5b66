//! Money in whole pence, and the financial years that it belongs to.

use super::calendar::Day;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An amount in pence; below zero where more was spent than there was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pence(pub i64);

/// Ten million pounds: what is more than this was typed wrongly. It also keeps
/// every sum far from the end of the numbers.
pub const MOST: Pence = Pence(1_000_000_000);

const NOT_MONEY: &str = "Enter an amount in pounds, like 12 or 1,234.50";

impl Pence {
    /// Both together; nothing where that is more than can be counted.
    pub fn plus(self, other: Pence) -> Option<Pence> {
        self.0.checked_add(other.0).map(Pence)
    }

    pub fn minus(self, other: Pence) -> Option<Pence> {
        self.0.checked_sub(other.0).map(Pence)
    }

    /// So many at this price.
    pub fn times(self, units: u32) -> Option<Pence> {
        self.0.checked_mul(i64::from(units)).map(Pence)
    }

    pub fn sum(amounts: impl IntoIterator<Item = Pence>) -> Option<Pence> {
        amounts.into_iter().try_fold(Pence(0), Pence::plus)
    }

    /// What this is without its sign: "£70.00 over".
    pub fn size(self) -> Pence {
        Pence(self.0.saturating_abs())
    }
}

/// "£1,234.50"; "-£5.00" where it is below zero.
impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pence = self.0.unsigned_abs();
        let pounds = (pence / 100).to_string();
        let mut grouped = String::new();
        for (at, digit) in pounds.chars().enumerate() {
            if at > 0 && (pounds.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let minus = if self.0 < 0 { "-" } else { "" };
        write!(f, "{minus}£{grouped}.{:02}", pence % 100)
    }
}

/// Reads what a person types: `£1,234.50`, `12`, `12.5`. Counted in digits, without
/// floating point, so no penny is ever rounded away.
impl FromStr for Pence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let amount = text.trim();
        let amount = amount.strip_prefix('£').unwrap_or(amount).trim_start();
        if amount.starts_with('-') {
            return Err("Enter an amount that isn't below zero".into());
        }
        let (pounds, after) = amount.split_once('.').unwrap_or((amount, "0"));
        let pounds = whole(pounds).ok_or(NOT_MONEY)?;
        let pence = match after.len() {
            _ if !all_digits(after) => return Err(NOT_MONEY.into()),
            // "12.5" is twelve pounds fifty.
            1 => after.parse::<i64>().map(|tens| tens * 10),
            2 => after.parse::<i64>(),
            _ => return Err("Enter pounds and pence, with two digits for the pence, like 12.50".into()),
        };
        let pence = pence.map_err(|_| NOT_MONEY)?;
        let amount = pounds.checked_mul(100).and_then(|pounds| pounds.checked_add(pence)).map(Pence);
        amount.filter(|amount| *amount <= MOST).ok_or_else(|| format!("Enter an amount up to {MOST}"))
    }
}

/// Whole pounds. A comma may stand before every third digit from the end, and
/// nowhere else: `1,50` could mean two things. What has too many digits is larger
/// than any limit.
fn whole(pounds: &str) -> Option<i64> {
    let groups: Vec<&str> = pounds.split(',').collect();
    let (first, rest) = groups.split_first()?;
    let fits = all_digits(first) && rest.iter().all(|group| group.len() == 3 && all_digits(group));
    if !fits || (!rest.is_empty() && first.len() > 3) {
        return None;
    }
    Some(groups.concat().parse().unwrap_or(i64::MAX))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A financial year, from 1 April to 31 March, by the year in which it began. A
/// school year is another stretch: a Spring term can reach over both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FinancialYear(pub i32);

impl FinancialYear {
    /// The one that a day is in.
    pub fn of(day: Day) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year().saturating_sub(1) })
    }

    /// "2026 to 2027".
    pub fn words(self) -> String {
        format!("{} to {}", self.0, self.0.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<i64> {
        text.parse::<Pence>().ok().map(|pence| pence.0)
    }

    #[test]
    fn an_amount_is_read_as_people_type_it() {
        for (text, pence) in [
            ("£1,234.50", 123_450),
            (" £ 12 ", 1_200),
            ("12", 1_200),
            ("12.5", 1_250),
            ("0.05", 5),
            ("1234", 123_400),
            ("1,234,567.89", 123_456_789),
            ("10,000,000", 1_000_000_000),
        ] {
            assert_eq!(read(text), Some(pence), "{text}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_asked_again() {
        for wrong in [
            "",
            "£",
            "twelve",
            "12.",
            ".5",
            "12.505",
            "12.5.0",
            "1,50",
            "12,34.00",
            "1234,567",
            ",123",
            "1e3",
            "+5",
            "-5",
            "12 pounds",
            "10,000,000.01",
            "99999999999999999999",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert!("-5".parse::<Pence>().unwrap_err().contains("below zero"));
        assert!("12.505".parse::<Pence>().unwrap_err().contains("two digits"));
    }

    #[test]
    fn an_amount_is_written_as_on_a_bill() {
        assert_eq!(Pence(123_450).to_string(), "£1,234.50");
        assert_eq!(Pence(5).to_string(), "£0.05");
        assert_eq!(Pence(-500).to_string(), "-£5.00");
        assert_eq!(MOST.to_string(), "£10,000,000.00");
    }

    #[test]
    fn a_sum_beyond_counting_is_no_sum() {
        assert_eq!(Pence::sum([Pence(1), Pence(2)]), Some(Pence(3)));
        assert_eq!(Pence::sum([Pence(i64::MAX), Pence(1)]), None);
        assert_eq!(Pence(i64::MAX).times(2), None);
    }

    #[test]
    fn a_financial_year_begins_on_the_first_of_april() {
        let of = |text: &str| FinancialYear::of(text.parse().unwrap());
        assert_eq!(of("2027-03-31"), FinancialYear(2026));
        assert_eq!(of("2027-04-01"), FinancialYear(2027));
        assert_eq!(FinancialYear(2026).words(), "2026 to 2027");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_it_was(pence in 0..=MOST.0) {
            prop_assert_eq!(Pence(pence).to_string().parse::<Pence>(), Ok(Pence(pence)));
            prop_assert_eq!(format!("{}.{:02}", pence / 100, pence % 100).parse::<Pence>(), Ok(Pence(pence)));
        }

        #[test]
        fn whatever_is_typed_is_an_amount_or_a_sentence(text in ".{0,24}") {
            match text.parse::<Pence>() {
                Ok(amount) => prop_assert!(Pence(0) <= amount && amount <= MOST),
                Err(sentence) => prop_assert!(sentence.starts_with("Enter")),
            }
        }
    }
}
