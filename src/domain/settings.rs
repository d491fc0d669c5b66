//! What a local authority decides for itself, and no law decides for it. Each
//! setting has a default that works on the first day.

pub mod check;
pub mod group;
#[cfg(test)]
mod tests;

use super::calendar::Day;
use super::grant::Caps;
use super::money::{FinancialYear, Pence};
use super::plan::Term;
use super::quality::Quality;
use super::workflow::SignOrder;
use super::working_days::BankHolidays;
pub use group::{Group, GroupId};
use serde::{Deserialize, Serialize};

/// An authority's own rules.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Authority {
    /// A first plan is begun, and is there for the first review, within so many
    /// working days of coming into care.
    pub first_plan: FirstPlanDays,
    /// After the meeting: working days for the designated teacher to sign, for the
    /// social worker after that, and for the virtual school after both.
    pub signing: SigningDays,
    pub sign_order: SignOrder,
    /// The last day for each term's plans.
    pub cut_offs: Vec<CutOff>,
    /// Bank holidays beyond those that Pep knows, such as one proclaimed this year.
    pub bank_holidays: Vec<Day>,
    pub targets: TargetCount,
    /// From this total of a strengths and difficulties questionnaire on, the plan says
    /// what school does about it. 0 to 40.
    pub strategies_from: u32,
    pub quality: Quality,
    /// Pupil Premium Plus for a child in a financial year, and for one term's plan.
    pub grant: Vec<GrantYear>,
    /// Days before a term's cut-off on which those asked are reminded.
    pub remind_before: Vec<u32>,
    /// Working days within which a new school, a move or a suspension is looked at.
    pub occasion_days: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FirstPlanDays {
    pub begun: u32,
    pub there: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SigningDays {
    pub teacher: u32,
    pub worker: u32,
    pub virtual_school: u32,
}

/// The last day for the plans of one school term.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CutOff {
    /// The year in which the school year began.
    pub year: i32,
    pub term: Term,
    pub day: Day,
}

/// How many targets a plan has. Fewer stop it being signed; more are only remarked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TargetCount {
    pub least: u32,
    pub most: u32,
}

/// Pupil Premium Plus in one financial year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GrantYear {
    pub year: FinancialYear,
    /// In pence.
    pub cap: Pence,
    #[serde(default)]
    pub term_cap: Option<Pence>,
}

impl Default for Authority {
    fn default() -> Self {
        Self {
            first_plan: FirstPlanDays::default(),
            signing: SigningDays::default(),
            sign_order: SignOrder::default(),
            cut_offs: Vec::new(),
            bank_holidays: Vec::new(),
            targets: TargetCount::default(),
            strategies_from: 17,
            quality: Quality::default(),
            // The rates that the Department for Education published for these years.
            grant: vec![
                GrantYear { year: FinancialYear(2024), cap: Pence(257_000), term_cap: None },
                GrantYear { year: FinancialYear(2025), cap: Pence(263_000), term_cap: None },
            ],
            remind_before: vec![28, 14, 7],
            occasion_days: 10,
        }
    }
}

/// Source: Promoting the education of looked-after children and previously
/// looked-after children (DfE, 2018), and the Care Planning, Placement and Case
/// Review (England) Regulations 2010, regulations 4 and 33(1).
impl Default for FirstPlanDays {
    fn default() -> Self {
        Self { begun: 10, there: 20 }
    }
}

impl Default for SigningDays {
    fn default() -> Self {
        Self { teacher: 10, worker: 5, virtual_school: 10 }
    }
}

impl Default for TargetCount {
    fn default() -> Self {
        Self { least: 3, most: 4 }
    }
}

impl Authority {
    /// The settings in a text as `pep settings` prints it, or a sentence on what is
    /// wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let read = Self::kept(text)?;
        if too_many_days(&read) {
            return Err("A number of days is more than a year has".into());
        }
        match read.check().into_iter().next() {
            Some((of, sentence)) => Err(format!("{of}: {sentence}")),
            None => Ok(read),
        }
    }

    /// The settings as they are kept, without the checks: a rule that an older Pep took
    /// must not keep every plan from opening.
    pub fn kept(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("The settings can't be read: {error}"))
    }

    pub fn written(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The limits in a financial year. A year that nobody has set yet has those of the
    /// latest year before it, and if there is none, nothing to spend.
    pub fn caps(&self, year: FinancialYear) -> Caps {
        let known = self.grant.iter().filter(|set| set.year <= year).max_by_key(|set| set.year);
        known.map_or(Caps { year: Pence(0), term: None }, |set| Caps { year: set.cap, term: set.term_cap })
    }

    /// The days off that this authority counts with.
    pub fn holidays(&self) -> BankHolidays {
        BankHolidays::england().with(&self.bank_holidays)
    }

    /// The last day for a term's plans, where the authority has set one.
    pub fn cut_off(&self, year: i32, term: Term) -> Option<Day> {
        self.cut_offs.iter().find(|set| set.year == year && set.term == term).map(|set| set.day)
    }
}

/// Whether days are counted that no deadline has: a slip of the keyboard shouldn't
/// put one off for a lifetime.
fn too_many_days(read: &Authority) -> bool {
    let SigningDays { teacher, worker, virtual_school } = read.signing;
    let days = [read.first_plan.begun, read.first_plan.there, teacher, worker, virtual_school, read.occasion_days];
    days.iter().chain(&read.remind_before).any(|days| *days > 366)
}
