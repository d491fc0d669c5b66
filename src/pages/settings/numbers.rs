//! The groups that are a few numbers or one choice: working days, who signs first,
//! targets, reminders, and how soon something that happens is looked at.

use super::card::Card;
use super::read::{Reading, Typed, as_named};
use crate::domain::settings::{Authority, FirstPlanDays, Group, GroupId, SigningDays, TargetCount};
use crate::domain::workflow::SignOrder;
use crate::ui::field::Asked;
use crate::ui::form;
use leptos::prelude::*;

pub fn days(rules: &Authority) -> AnyView {
    const UNIT: &str = "working days";
    let card = Card::new(rules, GroupId::Days);
    let (first, signing) = (rules.first_plan, rules.signing);
    let number = |id: &str, label: &str, hint: &str, days: u32| card.number(id, label, hint, UNIT, days);
    let boxes = view! {
        <h3>"A child’s first plan, from the day of coming into care"</h3>
        {number("first-plan-begun", "The first plan is started within", "The statutory guidance says 10.", first.begun)}
        {number("first-plan-there", "The first plan is ready within", "The care planning regulations say 20.", first.there)}
        <h3>"After the meeting"</h3>
        {number("signing-teacher", "The designated teacher signs within", "", signing.teacher)}
        {number("signing-worker", "Then the social worker signs within", "", signing.worker)}
        {number("signing-virtual-school", "Then the virtual school agrees it within", "", signing.virtual_school)}
    };
    let lead = "Weekends and bank holidays don’t count; school holidays do.";
    card.view("How many days there are", lead, boxes.into_any(), read_days)
}

fn read_days(_: Card) -> Typed {
    let mut reading = Reading::default();
    let first_plan =
        FirstPlanDays { begun: reading.number("first-plan-begun"), there: reading.number("first-plan-there") };
    let signing = SigningDays {
        teacher: reading.number("signing-teacher"),
        worker: reading.number("signing-worker"),
        virtual_school: reading.number("signing-virtual-school"),
    };
    reading.done(Group::Days(first_plan, signing), as_named)
}

pub fn sign_order(rules: &Authority) -> AnyView {
    let card = Card::new(rules, GroupId::SignOrder);
    let asked = Asked::new("sign-order".into(), "Who signs a plan, in which order".into(), String::new());
    let chosen = SignOrder::ALL.iter().position(|order| *order == rules.sign_order);
    let boxes = form::radios(&asked, card.wrong("sign-order"), &SignOrder::ALL.map(SignOrder::words), chosen);
    let lead = "The virtual school agrees the plan after them. A plan that is being signed now follows the new order \
                from its next signature.";
    card.view("Who signs first", lead, boxes, read_sign_order)
}

fn read_sign_order(_: Card) -> Typed {
    let mut reading = Reading::default();
    let chosen = form::picked("sign-order", SignOrder::ALL.len()).and_then(|at| SignOrder::ALL.get(at).copied());
    if chosen.is_none() {
        reading.wrong("sign-order", "Choose who signs first");
    }
    reading.done(Group::SignOrder(chosen.unwrap_or_default()), as_named)
}

pub fn targets(rules: &Authority) -> AnyView {
    let card = Card::new(rules, GroupId::Targets);
    let (least, most) = (rules.targets.least, rules.targets.most);
    let from = "From this total of the strengths and difficulties questionnaire on, the plan says what school does \
                about it";
    let boxes = view! {
        {card.number("targets-least", "At least", "With fewer a plan can’t be signed.", "targets", least)}
        {card.number("targets-most", "At most", "A plan with more can be signed; it says that there are many.", "targets", most)}
        {card.number("strategies-from", from, "", "of 40", rules.strategies_from)}
    };
    card.view("Targets and wellbeing", "What a plan needs before it can be signed.", boxes.into_any(), read_targets)
}

fn read_targets(_: Card) -> Typed {
    let mut reading = Reading::default();
    let count = TargetCount { least: reading.number("targets-least"), most: reading.number("targets-most") };
    let from = reading.number("strategies-from");
    reading.done(Group::Targets(count, from), as_named)
}

pub fn reminders(rules: &Authority) -> AnyView {
    let card = Card::new(rules, GroupId::Reminders);
    let asked = Asked::new(
        "remind-before".into(),
        "How many days before".into(),
        "Numbers with commas between them, like 28, 14, 7. Empty means no reminders.".into(),
    );
    let now = rules.remind_before.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let boxes = form::line_saying(&asked, card.wrong("remind-before"), "text", now);
    let lead = "Before a term’s last day, whoever still has something to do is reminded.";
    card.view("Reminders", lead, boxes, read_reminders)
}

fn read_reminders(_: Card) -> Typed {
    let mut reading = Reading::default();
    let days = reading.numbers("remind-before");
    reading.done(Group::Reminders(days), as_named)
}

pub fn occasions(rules: &Authority) -> AnyView {
    let card = Card::new(rules, GroupId::Occasions);
    let hint = "Weekends and bank holidays don’t count. Those that are open already keep their day.";
    let boxes = card.number("occasion-days", "It is looked at within", hint, "working days", rules.occasion_days);
    let lead = "A new school, a move of home, a suspension, a serious concern or the end of a key stage: the plan is \
                looked at before the term’s meeting.";
    card.view("When something happens", lead, boxes, read_occasions)
}

fn read_occasions(_: Card) -> Typed {
    let mut reading = Reading::default();
    let days = reading.number("occasion-days");
    reading.done(Group::Occasions(days), as_named)
}
