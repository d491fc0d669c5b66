//! The authority's own rules, for the virtual school that sets them: in groups, each
//! saved by itself. The form shows what was set when the page was opened; what others
//! set meanwhile shows in the list of changes, and is never written over.

mod areas;
mod card;
mod dates;
mod money;
mod numbers;
mod read;
mod rows;

use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::route::Route;
use crate::api::settings::{RuleChange, SettingsPage, settings};
use leptos::prelude::*;

#[component]
pub fn SettingsView() -> impl IntoView {
    let page: Loaded<SettingsPage> = load("settings", settings);
    loaded(page, move |page| {
        let first = page.get_untracked();
        let (rules, today) = (&first.authority, first.today);
        let body = view! {
            <div class="stack roomy settings">
                <h1 id="title" tabindex="-1">"Your authority’s rules"</h1>
                <p class="lead">
                    "They hold for every child of your authority, from when you save them. Each part is saved by itself."
                </p>
                {dates::terms(rules, today)}
                {numbers::days(rules)}
                {numbers::sign_order(rules)}
                {numbers::targets(rules)}
                {areas::quality(rules)}
                {money::grant(rules, today)}
                {dates::holidays(rules, today)}
                {numbers::reminders(rules)}
                {numbers::occasions(rules)}
                {move || page.with(|page| changes(&page.changes))}
            </div>
        };
        inside(Some((Route::Home.path(), "Children".into())), body.into_any())
    })
}

fn changes(changes: &[RuleChange]) -> AnyView {
    let lines: Vec<_> = changes.iter().map(|change| view! { <li>{words(change)}</li> }.into_any()).collect();
    let list = match lines.is_empty() {
        true => view! { <p class="soft">"Nobody has changed anything yet."</p> }.into_any(),
        false => view! { <ul class="lines">{lines}</ul> }.into_any(),
    };
    view! { <section class="card"><h2>"What was changed last"</h2>{list}</section> }.into_any()
}

/// "Helen Castell changed who signs first, 25 November, 14:02".
fn words(change: &RuleChange) -> String {
    let by = change.by.as_deref().unwrap_or("Whoever looks after the server");
    format!("{by} changed {}, {}", change.group.words(), change.at.spoken())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::settings::GroupId;

    #[test]
    fn a_change_is_said_with_who_and_when() {
        let change = |by: Option<&str>| RuleChange {
            group: GroupId::SignOrder,
            by: by.map(String::from),
            at: Moment(1_795_615_320_000),
        };
        assert_eq!(words(&change(Some("Helen Castell"))), "Helen Castell changed who signs first, 25 November, 14:02");
        assert!(words(&change(None)).starts_with("Whoever looks after the server changed"));
    }
}
