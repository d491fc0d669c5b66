//! The rules in the groups in which they are set: each is shown, checked, saved and
//! logged by itself.

use super::{Authority, CutOff, FirstPlanDays, GrantYear, SigningDays, TargetCount};
use crate::domain::calendar::Day;
use crate::domain::quality::Quality;
use crate::domain::workflow::SignOrder;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The name of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupId {
    Terms,
    Days,
    SignOrder,
    Targets,
    Quality,
    Grant,
    BankHolidays,
    Reminders,
    Occasions,
}

/// One group, with what it says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// The last day for each term's plans.
    Terms(Vec<CutOff>),
    /// Working days for a first plan, and for each signature.
    Days(FirstPlanDays, SigningDays),
    SignOrder(SignOrder),
    /// How many targets, and the questionnaire's total from which school says what it does.
    Targets(TargetCount, u32),
    Quality(Quality),
    Grant(Vec<GrantYear>),
    BankHolidays(Vec<Day>),
    /// Days before a term's last day.
    Reminders(Vec<u32>),
    /// Working days within which a new school, a move or a suspension is looked at.
    Occasions(u32),
}

impl GroupId {
    pub const ALL: [GroupId; 9] = [
        GroupId::Terms,
        GroupId::Days,
        GroupId::SignOrder,
        GroupId::Targets,
        GroupId::Quality,
        GroupId::Grant,
        GroupId::BankHolidays,
        GroupId::Reminders,
        GroupId::Occasions,
    ];

    /// The name in the log.
    pub fn id(self) -> &'static str {
        match self {
            GroupId::Terms => "terms",
            GroupId::Days => "days",
            GroupId::SignOrder => "sign-order",
            GroupId::Targets => "targets",
            GroupId::Quality => "quality",
            GroupId::Grant => "grant",
            GroupId::BankHolidays => "bank-holidays",
            GroupId::Reminders => "reminders",
            GroupId::Occasions => "occasions",
        }
    }

    /// What somebody changed: "Helen Castell changed who signs first".
    pub fn words(self) -> &'static str {
        match self {
            GroupId::Terms => "the last day for each term’s plans",
            GroupId::Days => "how many working days there are",
            GroupId::SignOrder => "who signs first",
            GroupId::Targets => "how many targets a plan has",
            GroupId::Quality => "how the quality of a plan is said",
            GroupId::Grant => "Pupil Premium Plus",
            GroupId::BankHolidays => "the extra bank holidays",
            GroupId::Reminders => "when people are reminded",
            GroupId::Occasions => "how soon a plan is looked at when something happens",
        }
    }
}

impl FromStr for GroupId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        GroupId::ALL
            .into_iter()
            .find(|group| group.id() == text)
            .ok_or_else(|| format!("{text} is not a group of rules"))
    }
}

impl Group {
    pub fn id(&self) -> GroupId {
        match self {
            Group::Terms(_) => GroupId::Terms,
            Group::Days(..) => GroupId::Days,
            Group::SignOrder(_) => GroupId::SignOrder,
            Group::Targets(..) => GroupId::Targets,
            Group::Quality(_) => GroupId::Quality,
            Group::Grant(_) => GroupId::Grant,
            Group::BankHolidays(_) => GroupId::BankHolidays,
            Group::Reminders(_) => GroupId::Reminders,
            Group::Occasions(_) => GroupId::Occasions,
        }
    }

    /// As the log keeps it.
    pub fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Authority {
    /// What a group says now.
    pub fn group(&self, id: GroupId) -> Group {
        match id {
            GroupId::Terms => Group::Terms(self.cut_offs.clone()),
            GroupId::Days => Group::Days(self.first_plan, self.signing),
            GroupId::SignOrder => Group::SignOrder(self.sign_order),
            GroupId::Targets => Group::Targets(self.targets, self.strategies_from),
            GroupId::Quality => Group::Quality(self.quality.clone()),
            GroupId::Grant => Group::Grant(self.grant.clone()),
            GroupId::BankHolidays => Group::BankHolidays(self.bank_holidays.clone()),
            GroupId::Reminders => Group::Reminders(self.remind_before.clone()),
            GroupId::Occasions => Group::Occasions(self.occasion_days),
        }
    }

    /// Puts a group in the place of what was there. The others stay as they are.
    pub fn put(&mut self, group: Group) {
        match group {
            Group::Terms(days) => self.cut_offs = days,
            Group::Days(first_plan, signing) => (self.first_plan, self.signing) = (first_plan, signing),
            Group::SignOrder(order) => self.sign_order = order,
            Group::Targets(count, from) => (self.targets, self.strategies_from) = (count, from),
            Group::Quality(quality) => self.quality = quality,
            Group::Grant(years) => self.grant = years,
            Group::BankHolidays(days) => self.bank_holidays = days,
            Group::Reminders(days) => self.remind_before = days,
            Group::Occasions(days) => self.occasion_days = days,
        }
    }
}
