//! Pupil Premium Plus: what there is this year, and for each target what is asked
//! for, agreed and paid. A carer sees the same without prices.

mod form;
mod ideas;
mod line;
mod typed;

use super::plan::{hear_of_news, whose};
use crate::api::Problem;
use crate::api::grant::{self, GrantPage, Items, Ledger, Target};
use crate::domain::grant::Item;
use crate::domain::people::{PlanId, RowId};
use crate::pages::inside::inside;
use crate::pages::load::{Loaded, load, loaded};
use crate::pages::route::Route;
use leptos::prelude::*;

#[component]
pub fn Money(plan: PlanId) -> impl IntoView {
    let back = Route::Plan(plan.clone()).path();
    let asked = plan.clone();
    let page: Loaded<GrantPage> = load(format!("grant/{plan}"), move || grant::grant(asked.clone()));
    loaded(page, move |page| {
        hear_of_news(plan);
        let (name, shown) = match page.get_untracked() {
            GrantPage::Ledger(first) => (first.name.clone(), ledger(page, first)),
            GrantPage::Items(first) => (first.name.clone(), items(page, first)),
        };
        let body = view! {
            <div class="stack roomy money">
                <h1 id="title" tabindex="-1">"Pupil Premium Plus"</h1>
                {shown}
            </div>
        };
        inside(Some((back, whose(&name))), body.into_any())
    })
}

/// The ledger, for those who ask for money or decide about it.
fn ledger(page: Signal<GrantPage>, first: Ledger) -> AnyView {
    let form = first.may_request.then(|| form::Form::new(first.plan.clone()));
    let ledger = Memo::new(move |_| {
        page.with(|page| match page {
            GrantPage::Ledger(ledger) => ledger.clone(),
            GrantPage::Items(_) => first.clone(),
        })
    });
    let groups = move || {
        ledger.with(|ledger| {
            let has_lines = |target: &&Target| ledger.lines.iter().any(|line| line.line.asked.target == target.id);
            ledger.targets.iter().filter(has_lines).map(|target| target.id.clone()).collect::<Vec<_>>()
        })
    };
    let none = move || {
        ledger
            .with(|ledger| ledger.lines.is_empty())
            .then(|| view! { <p class="soft">"Nothing has been asked for in this plan yet."</p> })
    };
    view! {
        {move || ledger.with(totals)}
        {none}
        <For each=groups key=|target| target.clone() children=move |target| group(ledger, target)/>
        {ideas::ideas(ledger, form)}
        {form.map(|form| form::form(ledger, form))}
    }
    .into_any()
}

/// A line for each financial year, and under it what each term's plan took.
fn totals(ledger: &Ledger) -> AnyView {
    let years: Vec<_> = ledger
        .years
        .iter()
        .map(|year| {
            let terms: Vec<_> = year
                .terms
                .iter()
                .map(|(term, sums)| {
                    let words = format!(
                        "{}: {} asked for, {} agreed, {} of it paid",
                        term.words(),
                        sums.requested,
                        sums.committed(),
                        sums.paid
                    );
                    view! { <li class="soft">{words}</li> }.into_any()
                })
                .collect();
            view! {
                <p class="lead">{year.words()}</p>
                <ul class="plain">{terms}</ul>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="card totals">
            <h2>{format!("For {}", ledger.name)}</h2>
            {years}
        </section>
    }
    .into_any()
}

/// The lines of one target.
fn group(ledger: Memo<Ledger>, target: RowId) -> AnyView {
    let id = target.clone();
    let lines = move || {
        ledger.with(|ledger| {
            let lines = ledger.lines.iter().filter(|line| line.line.asked.target == target);
            lines.map(|line| line.line.id.clone()).collect::<Vec<_>>()
        })
    };
    view! {
        <section class="card grant">
            <h2>{move || ledger.with(|ledger| called(&ledger.targets, &id))}</h2>
            <ul class="lines">
                <For each=lines key=|line| line.clone() children=move |id| line::line(ledger, id)/>
            </ul>
        </section>
    }
    .into_any()
}

/// What a carer sees: the items, and what they are for.
fn items(page: Signal<GrantPage>, first: Items) -> AnyView {
    let shown = move || {
        page.with(|page| match page {
            GrantPage::Items(items) => item_groups(items),
            GrantPage::Ledger(_) => item_groups(&first),
        })
    };
    shown.into_any()
}

fn item_groups(items: &Items) -> AnyView {
    if items.items.is_empty() {
        return view! { <p class="lead">"Nothing has been asked for in this plan yet."</p> }.into_any();
    }
    let group = |target: &Target| {
        let lines: Vec<_> = items.items.iter().filter(|item| item.target == target.id).map(item_line).collect();
        (!lines.is_empty()).then(|| {
            let title = called(&items.targets, &target.id);
            view! { <section class="card grant"><h2>{title}</h2><ul class="lines">{lines}</ul></section> }.into_any()
        })
    };
    let groups: Vec<_> = items.targets.iter().filter_map(group).collect();
    view! {
        <p class="lead">{format!("Extra help for {}, and what each is for.", items.name)}</p>
        {groups}
    }
    .into_any()
}

fn item_line(item: &Item) -> AnyView {
    let when = format!("{}, {} to {}", item.provider, item.starts.short(), item.ends.spoken());
    let actual = item.actual.clone().filter(|words| !words.is_empty());
    view! {
        <li>
            <p class="grant-head"><b>{item.item.clone()}</b><span class="tag">{item.state.clone()}</span></p>
            <p class="soft">{when}</p>
            <p class="words">{item.expected.clone()}</p>
            {actual.map(|actual| view! { <p class="words"><b>"What it changed: "</b>{actual}</p> })}
        </li>
    }
    .into_any()
}

/// What a target is called: its first line, and whether it is in the plan still.
fn called(targets: &[Target], id: &RowId) -> String {
    const MOST: usize = 90;
    let target = targets.iter().find(|target| target.id == *id);
    let line = target.and_then(|target| target.what.lines().next()).unwrap_or_default().trim();
    let words = match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.is_empty() => "A target without words yet".to_string(),
        None => line.to_string(),
    };
    match target.is_some_and(|target| target.is_there) {
        true => words,
        false => format!("{words} (no longer a target)"),
    }
}

/// What a person hears when the server didn't do it.
fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "Money needs a connection, so that nothing is agreed twice. What you typed is still here; \
                             try again when there is one."
            .into(),
        other => format!("{}.", other.sentence()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(number: u128, what: &str, is_there: bool) -> Target {
        Target { id: RowId::new(uuid::Uuid::from_u128(number)), what: what.into(), is_there }
    }

    #[test]
    fn a_target_is_called_by_its_first_line() {
        let targets = [
            target(1, "Read 20 minutes\n4 days a week", true),
            target(2, "", true),
            target(3, "Swim", false),
            target(4, &"é".repeat(200), true),
        ];
        let name = |number: usize| called(&targets, &targets[number].id);
        assert_eq!(name(0), "Read 20 minutes");
        assert_eq!(name(1), "A target without words yet");
        assert_eq!(name(2), "Swim (no longer a target)");
        assert!(name(3).ends_with('…'));
    }

    #[test]
    fn without_a_connection_the_words_are_said_to_be_kept() {
        assert!(refusal(&Problem::Offline).contains("needs a connection"));
        assert!(refusal(&Problem::Offline).contains("still here"));
    }
}
