//! Pupil Premium Plus: what there is for a child in each financial year.

use super::card::Card;
use super::read::{Reading, Typed, as_named};
use crate::domain::calendar::Day;
use crate::domain::money::{FinancialYear, MOST, Pence};
use crate::domain::settings::{Authority, GrantYear, Group, GroupId};
use crate::domain::sorted::sorted;
use crate::ui::field::{Asked, focus_on};
use crate::ui::form;
use leptos::prelude::*;

pub fn grant(rules: &Authority, today: Day) -> AnyView {
    let card = Card::new(rules, GroupId::Grant);
    let years = RwSignal::new(sorted(rules.grant.iter().map(|set| set.year.0), |a, b| a > b));
    let first = StoredValue::new(rules.grant.clone());
    let next = move |years: &Vec<i32>| years.last().map_or(FinancialYear::of(today).0, |last| last.saturating_add(1));
    let add = move |_| {
        let year = years.with_untracked(next);
        card.told.set(String::new());
        years.update(|years| years.push(year));
        focus_on(format!("grant-{year}"));
    };
    let boxes = view! {
        <For
            each=move || years.get()
            key=|year| *year
            children=move |year| {
                let set = first.with_value(|first| first.iter().find(|set| set.year.0 == year).copied());
                of_year(card, FinancialYear(year), set)
            }
        />
        <div>
            <button type="button" class="button quiet" on:click=add>
                {move || format!("Add {}", years.with(|years| FinancialYear(next(years)).words()))}
            </button>
        </div>
    };
    let lead =
        "The most that may be agreed for one child. A year that isn’t here has the amount of the last one before it.";
    let read = move || read_grant(card, years.get_untracked());
    card.view_reading("Pupil Premium Plus", lead, boxes.into_any(), Box::new(read))
}

fn of_year(card: Card, year: FinancialYear, set: Option<GrantYear>) -> AnyView {
    let amount = |id: String, label: &str, hint: &str, first: Option<Pence>| {
        let asked = Asked::new(id.clone(), label.into(), hint.into());
        form::line_saying(&asked, card.wrong(&id), "decimal", first.map(in_pounds).unwrap_or_default())
    };
    let id = format!("grant-{}", year.0);
    let whole = amount(id.clone(), &format!("{}, in pounds", year.words()), "For a child.", set.map(|set| set.cap));
    let term = amount(
        format!("{id}-term"),
        &format!("{}, for one term’s plan", year.words()),
        "Empty where there is no such limit.",
        set.and_then(|set| set.term_cap),
    );
    view! { <div class="fields"><div class="half">{whole}</div><div class="half">{term}</div></div> }.into_any()
}

/// "2,630.00": the box's label says that it is pounds.
fn in_pounds(amount: Pence) -> String {
    amount.to_string().replace('£', "")
}

fn read_grant(card: Card, years: Vec<i32>) -> Typed {
    let mut reading = Reading::default();
    let seen = match card.seen() {
        Group::Grant(years) => years,
        _ => Vec::new(),
    };
    let mut set = Vec::new();
    for year in years {
        let id = format!("grant-{year}");
        let (cap, term_cap) = (reading.amount(&id), reading.amount(&format!("{id}-term")));
        let was_there = seen.iter().any(|set| set.year.0 == year);
        match (cap, term_cap) {
            // Added and left empty: nothing is set for it.
            (None, None) if !was_there && !reading.is_wrong(&id) => continue,
            (None, _) if !reading.is_wrong(&id) => reading.wrong(&id, "Enter an amount, also if it is 0"),
            _ => {}
        }
        set.push(GrantYear { year: FinancialYear(year), cap: cap.unwrap_or(MOST), term_cap });
    }
    reading.done(Group::Grant(set), as_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_in_its_box_reads_back_as_it_was() {
        assert_eq!(in_pounds(Pence(263_000)), "2,630.00");
        assert_eq!(in_pounds(Pence(263_000)).parse(), Ok(Pence(263_000)));
    }
}
