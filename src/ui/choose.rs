//! Answers to choose from: one in sight of the others, one from a long list, or
//! any number. Always the browser's own controls, and none chosen beforehand.

use super::fact::Fact;
use super::field::{Asked, control, focus_on, group, told};
use super::words::say;
use crate::domain::sections::Pick;
use crate::domain::words::Word;
use crate::domain::words::answering::CLEAR;
use leptos::prelude::*;

/// One of a few answers. `inline` sets short ones side by side.
pub fn radios(fact: Fact, asked: &Asked, picks: &'static [Pick], inline: bool) -> AnyView {
    let id = StoredValue::new(asked.id.clone());
    let said = move || ticked(&id.get_value(), picks).map(|ticked| ticked.join(","));
    fact.tie(said, move |value| tick(&id.get_value(), picks, &[value]), || false);
    let now = fact.now().unwrap_or_default();
    let answers: Vec<_> = picks
        .iter()
        .enumerate()
        .map(|(place, pick)| {
            let write = move || fact.write(pick.id);
            answer(asked, "radio", place, pick, now == pick.id, write)
        })
        .collect();
    let first = format!("{}-0", asked.id);
    let clear = move |_| {
        fact.write("");
        // Its button goes: whoever goes on by keys is at the first answer.
        focus_on(first.clone());
    };
    let controls = view! {
        <div class="answers" class:inline=inline class:columns=!inline && in_columns(picks)>
            {answers}
            <button
                type="button"
                class="button plain"
                class:unseen=move || fact.value.get().is_none()
                on:click=clear
            >
                {say(CLEAR)}
                <span class="visually-hidden">{format!(": {}", asked.label)}</span>
            </button>
        </div>
    };
    group(asked, fact.problem, controls.into_any())
}

/// Any number of answers.
pub fn checks(fact: Fact, asked: &Asked, picks: &'static [Pick]) -> AnyView {
    let id = StoredValue::new(asked.id.clone());
    let said = move || ticked(&id.get_value(), picks).map(|ticked| ticked.join(","));
    let show = move |value: &str| tick(&id.get_value(), picks, &value.split(',').collect::<Vec<_>>());
    fact.tie(said, show, || false);
    let now = fact.now().unwrap_or_default();
    let answers: Vec<_> = picks
        .iter()
        .enumerate()
        .map(|(place, pick)| {
            let on = now.split(',').any(|now| now == pick.id);
            answer(asked, "checkbox", place, pick, on, move || fact.write(&said().unwrap_or_default()))
        })
        .collect();
    group(
        asked,
        fact.problem,
        view! { <div class="answers" class:columns=in_columns(picks)>{answers}</div> }.into_any(),
    )
}

/// One of many answers.
pub fn select(fact: Fact, asked: &Asked, picks: &'static [Pick]) -> AnyView {
    let (read, fill) = (asked.id.clone(), asked.id.clone());
    fact.tie(
        move || control(&read).map(|control| control.value()),
        move |value| {
            if let Some(control) = control(&fill) {
                control.set_value(value);
            }
        },
        || false,
    );
    let now = fact.now().unwrap_or_default();
    let options: Vec<_> = picks
        .iter()
        .map(|pick| {
            let chosen = now == pick.id;
            view! { <option value=pick.id selected=chosen>{pick.words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(asked, fact.problem)}
            <select
                class="box"
                id=asked.id.clone()
                data-path=asked.path.clone()
                autocomplete="off"
                aria-describedby=asked.described()
                on:change=move |event| fact.write(&event_target_value(&event))
            >
                <option value="">"Choose an answer"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Many short answers stand in columns; few, or long ones, under each other.
fn in_columns(picks: &[Pick]) -> bool {
    picks.len() > 4 && picks.iter().all(|pick| pick.words.len() <= 32)
}

fn answer(
    asked: &Asked,
    kind: &'static str,
    place: usize,
    pick: &'static Pick,
    on: bool,
    write: impl Fn() + 'static,
) -> AnyView {
    let id = format!("{}-{place}", asked.id);
    view! {
        <div class="answer">
            <input
                type=kind
                id=id.clone()
                name=asked.path.clone()
                data-path=asked.path.clone()
                autocomplete="off"
                value=pick.id
                checked=on
                on:change=move |_| write()
            />
            <label for=id>{say(Word::declared(pick.words))}</label>
        </div>
    }
    .into_any()
}

/// The answers that are ticked, in the order of the declaration; nothing while
/// the page doesn't show them.
fn ticked(id: &str, picks: &'static [Pick]) -> Option<Vec<&'static str>> {
    control(&format!("{id}-0"))?;
    let on = |place: usize| control(&format!("{id}-{place}")).is_some_and(|control| control.checked());
    Some(picks.iter().enumerate().filter(|(place, _)| on(*place)).map(|(_, pick)| pick.id).collect())
}

fn tick(id: &str, picks: &'static [Pick], values: &[&str]) {
    for (place, pick) in picks.iter().enumerate() {
        if let Some(control) = control(&format!("{id}-{place}")) {
            control.set_checked(values.contains(&pick.id));
        }
    }
}
