//! How the quality of a plan is said: in which levels, and of which areas.

use super::card::Card;
use super::read::{Reading, Typed};
use super::rows::Rows;
use crate::domain::quality::{Coverage, Quality, Scheme};
use crate::domain::settings::{Authority, Group, GroupId};
use crate::ui::field::{Asked, focus_on, told};
use crate::ui::form;
use leptos::prelude::*;

pub fn quality(rules: &Authority) -> AnyView {
    let card = Card::new(rules, GroupId::Quality);
    let rows = Rows::new("area", rules.quality.areas.clone());
    let scheme = Asked::new("scheme".into(), "In which levels".into(), String::new());
    let chosen = Scheme::ALL.iter().position(|scheme| *scheme == rules.quality.scheme);
    let coverage = Asked::new("coverage".into(), "Of which plans".into(), String::new());
    let covered = Coverage::ALL.iter().position(|coverage| *coverage == rules.quality.coverage);
    let areas = Asked::new("areas".into(), "The areas that are looked at".into(), String::new());
    let list = view! {
        {told(&areas, card.wrong("areas"))}
        <ol class="plain stack">
            <For each=move || rows.keys.get() key=|key| *key children=move |key| area(card, rows, key)/>
        </ol>
    };
    let add = move |_| {
        card.told.set(String::new());
        rows.add("");
    };
    let boxes = view! {
        {form::radios(&scheme, card.wrong("scheme"), &Scheme::ALL.map(Scheme::words), chosen)}
        {form::radios(&coverage, card.wrong("coverage"), &Coverage::ALL.map(Coverage::words), covered)}
        <h3 id="areas" tabindex="-1">"The areas that are looked at"</h3>
        <p class="hint">
            "What was said of an area that you remove or rename is kept, and shows again if the name comes back."
        </p>
        {list}
        <div>
            <button type="button" class="button quiet" on:click=add>"Add an area"</button>
        </div>
    };
    let lead = "How the virtual school says how good a plan is, area by area.";
    let read = move || read_quality(rows);
    card.view_reading("The quality of a plan", lead, boxes.into_any(), Box::new(read))
}

fn area(card: Card, rows: Rows, key: usize) -> AnyView {
    let id = rows.control(key);
    let (up, down) = (format!("{id}-up"), format!("{id}-down"));
    let wrong = card.wrong(&id);
    let asked = Asked::new(id.clone(), String::new(), String::new());
    let is_first = move || (rows.number(key) == 1).then_some("true");
    let is_last = move || (rows.number(key) == rows.keys.with(Vec::len)).then_some("true");
    let shift = move |up: bool, button: String| {
        rows.shift(key, up);
        card.told.set(format!("This is area {} now, once it is saved", untrack(|| rows.number(key))));
        focus_on(button);
    };
    let remove = move |_| {
        rows.remove(key);
        card.told.set("Removed, once it is saved".into());
        focus_on("areas".into());
    };
    let (to_up, to_down) = (up.clone(), down.clone());
    let named = move || view! { <span class="visually-hidden">{move || format!(": area {}", rows.number(key))}</span> };
    view! {
        <li>
            <div class="field">
                <label for=id>{move || format!("Area {}", rows.number(key))}</label>
                {told(&asked, wrong)}
                {form::input(&asked, wrong, "text", rows.first(key))}
            </div>
            <div class="row controls">
                <button
                    type="button"
                    class="button plain"
                    id=up
                    aria-disabled=is_first
                    on:click=move |_| shift(true, to_up.clone())
                >
                    "Move up"{named()}
                </button>
                <button
                    type="button"
                    class="button plain"
                    id=down
                    aria-disabled=is_last
                    on:click=move |_| shift(false, to_down.clone())
                >
                    "Move down"{named()}
                </button>
                <button type="button" class="button plain" on:click=remove>"Remove"{named()}</button>
            </div>
        </li>
    }
    .into_any()
}

fn read_quality(rows: Rows) -> Typed {
    let mut reading = Reading::default();
    let scheme = form::picked("scheme", Scheme::ALL.len()).and_then(|at| Scheme::ALL.get(at).copied());
    if scheme.is_none() {
        reading.wrong("scheme", "Choose the levels");
    }
    let coverage = form::picked("coverage", Coverage::ALL.len()).and_then(|at| Coverage::ALL.get(at).copied());
    if coverage.is_none() {
        reading.wrong("coverage", "Choose of which plans it is said");
    }
    let areas = rows.controls().iter().map(|id| reading.words(id)).collect();
    let quality = Quality { scheme: scheme.unwrap_or_default(), areas, coverage: coverage.unwrap_or_default() };
    reading.done(Group::Quality(quality), |of| rows.place(of))
}
