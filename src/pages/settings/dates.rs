//! The groups that are dates: the last day for each term's plans, and bank holidays.

use super::card::Card;
use super::read::{Reading, Typed, as_named};
use super::rows::Rows;
use crate::domain::calendar::Day;
use crate::domain::plan::Term;
use crate::domain::settings::check::{school_year, term_box};
use crate::domain::settings::{Authority, CutOff, Group, GroupId};
use crate::domain::working_days::BankHolidays;
use crate::ui::field::{Asked, focus_on};
use crate::ui::form;
use leptos::prelude::*;

const EVERY: usize = 6;

pub fn terms(rules: &Authority, today: Day) -> AnyView {
    let card = Card::new(rules, GroupId::Terms);
    let year = school_year(today);
    let date = |(year, term): (i32, Term)| {
        let id = term_box(year, term);
        let first = rules.cut_off(year, term).map(|day| day.to_string()).unwrap_or_default();
        form::date_saying(&Asked::new(id.clone(), term_words(year, term), String::new()), card.wrong(&id), &first)
    };
    let boxes = view! { <div class="dates">{Vec::from(shown(year).map(date))}</div> };
    let lead = "The plans of a term are agreed by this day. Leave a term empty while its day isn’t set.";
    let read = move || read_terms(card, year);
    card.view_reading("The last day for each term’s plans", lead, boxes.into_any(), Box::new(read))
}

/// The terms of this school year and the next.
fn shown(year: i32) -> [(i32, Term); EVERY] {
    let [autumn, spring, summer] = Term::ALL;
    [(year, autumn), (year, spring), (year, summer), (year + 1, autumn), (year + 1, spring), (year + 1, summer)]
}

/// "Autumn term 2026", "Spring term 2027": by the calendar's year.
fn term_words(year: i32, term: Term) -> String {
    let calendar = if term == Term::Autumn { year } else { year + 1 };
    format!("{} {calendar}", term.words())
}

fn read_terms(card: Card, year: i32) -> Typed {
    let mut reading = Reading::default();
    // Days of other years aren't on this page, and stay as they are.
    let others = match card.seen() {
        Group::Terms(days) => days.into_iter().filter(|set| !shown(year).contains(&(set.year, set.term))).collect(),
        _ => Vec::new(),
    };
    let typed = shown(year).map(|(year, term)| {
        let day = reading.day(&term_box(year, term))?;
        Some(CutOff { year, term, day })
    });
    let days = others.into_iter().chain(typed.into_iter().flatten()).collect();
    reading.done(Group::Terms(days), as_named)
}

pub fn holidays(rules: &Authority, today: Day) -> AnyView {
    let card = Card::new(rules, GroupId::BankHolidays);
    let rows = Rows::new("bank-holiday", rules.bank_holidays.iter().map(Day::to_string).collect());
    let england = BankHolidays::england();
    let known = format!("Pep knows England’s bank holidays up to the end of {}.", england.known_until());
    let warning = england.runs_out_soon(today).then(|| {
        view! {
            <p class="note">
                "That is less than a year ahead, so deadlines after it may come too early. Ask whoever looks after \
                 the server for a newer Pep, or add the days here."
            </p>
        }
    });
    let add = move |_| {
        card.told.set(String::new());
        rows.add("-day");
    };
    let boxes = view! {
        <p>{known}</p>
        {warning}
        <ul class="plain stack" id="bank-holidays" tabindex="-1">
            <For each=move || rows.keys.get() key=|key| *key children=move |key| holiday(card, rows, key)/>
        </ul>
        <div>
            <button type="button" class="button quiet" on:click=add>"Add a bank holiday"</button>
        </div>
    };
    let lead = "Days that were proclaimed besides the usual ones. No working day is counted on them.";
    let read = move || read_holidays(rows);
    card.view_reading("Extra bank holidays", lead, boxes.into_any(), Box::new(read))
}

fn holiday(card: Card, rows: Rows, key: usize) -> AnyView {
    let id = rows.control(key);
    let label = format!("Bank holiday {}", key + 1);
    let asked = Asked::new(id.clone(), label.clone(), String::new());
    let remove = move |_| {
        rows.remove(key);
        card.told.set("Removed, once it is saved".into());
        focus_on("bank-holidays".into());
    };
    view! {
        <li>
            {form::date_saying(&asked, card.wrong(&id), &rows.first(key))}
            <button type="button" class="button plain" on:click=remove>
                "Remove"
                <span class="visually-hidden">{format!(": {label}")}</span>
            </button>
        </li>
    }
    .into_any()
}

fn read_holidays(rows: Rows) -> Typed {
    let mut reading = Reading::default();
    let mut days = Vec::new();
    for id in rows.controls() {
        match reading.day(&id) {
            Some(day) => days.push(day),
            None if reading.is_wrong(&id) => {}
            None => reading.wrong(&id, "Enter the date, or remove it"),
        }
    }
    // With one missing, the places of the others would lead to the wrong boxes.
    match days.len() == rows.controls().len() {
        true => reading.done(Group::BankHolidays(days), |of| rows.place(of)),
        false => reading.done(Group::BankHolidays(Vec::new()), as_named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_terms_are_shown_each_called_by_its_calendar_year() {
        let words = shown(2026).map(|(year, term)| term_words(year, term));
        assert_eq!(words[0], "Autumn term 2026");
        assert_eq!((words[1].as_str(), words[3].as_str()), ("Spring term 2027", "Autumn term 2027"));
        assert_eq!(words[5], "Summer term 2028");
    }
}
