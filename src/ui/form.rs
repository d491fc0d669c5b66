//! Boxes of a form that is sent as a whole, such as a request for money. What is in
//! them is the browser's until the form is sent.

use super::boxes::inside;
use super::fact::{PARTS, date_of, part_of_date, split};
use super::field::{Asked, control, group, told};
use leptos::prelude::*;

/// What is wrong with one box, in a sentence.
pub type Wrong = RwSignal<Option<String>>;

/// A box of one line. `keys` says what a phone offers to type with: `text`, or
/// `numeric` and `decimal` for numbers.
pub fn line(asked: &Asked, wrong: Wrong, keys: &'static str) -> AnyView {
    line_saying(asked, wrong, keys, String::new())
}

/// The same, with what it says at first.
pub fn line_saying(asked: &Asked, wrong: Wrong, keys: &'static str, first: String) -> AnyView {
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(asked, wrong)}
            {input(asked, wrong, keys, first)}
        </div>
    }
    .into_any()
}

/// The box of a line alone, for a label that changes.
pub fn input(asked: &Asked, wrong: Wrong, keys: &'static str, first: String) -> AnyView {
    let class = if keys == "text" { "box" } else { "box number" };
    view! {
        <input
            class=class
            type="text"
            id=asked.id.clone()
            inputmode=keys
            autocomplete="off"
            aria-describedby=asked.described()
            aria-invalid=move || wrong.get().map(|_| "true")
            value=first
        />
    }
    .into_any()
}

/// A whole number with its unit, and what it says at first.
pub fn number(asked: &Asked, wrong: Wrong, unit: &'static str, first: u32) -> AnyView {
    view! {
        <div class="field">
            <label for=asked.id.clone()>
                {asked.label.clone()}
                <span class="visually-hidden">{format!(" ({unit})")}</span>
            </label>
            {told(asked, wrong)}
            <div class="with-unit">
                {input(asked, wrong, "numeric", first.to_string())}
                <span class="unit" aria-hidden="true">{unit}</span>
            </div>
        </div>
    }
    .into_any()
}

/// A box of several lines, with what it says at first.
pub fn words(asked: &Asked, wrong: Wrong, first: &str) -> AnyView {
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(asked, wrong)}
            <textarea
                class="box"
                id=asked.id.clone()
                rows="3"
                autocomplete="off"
                spellcheck="true"
                aria-describedby=asked.described()
                aria-invalid=move || wrong.get().map(|_| "true")
                inner_html=inside(first, is_server())
            ></textarea>
        </div>
    }
    .into_any()
}

/// A date in three boxes; `day` reads it.
pub fn date(asked: &Asked, wrong: Wrong) -> AnyView {
    date_saying(asked, wrong, "")
}

/// The same, with the date that it says at first, as it is kept.
pub fn date_saying(asked: &Asked, wrong: Wrong, first: &str) -> AnyView {
    let parts = PARTS.into_iter().zip(split(first));
    let boxes: Vec<_> = parts.map(|((part, label), now)| part_of_date(asked, part, label, now)).collect();
    group(asked, wrong, view! { <div class="date">{boxes}</div> }.into_any())
}

/// One of some answers, each with its value and its words. An answer that comes or
/// changes leaves what is chosen alone.
pub fn choice(
    asked: &Asked,
    wrong: Wrong,
    first: &'static str,
    answers: impl Fn() -> Vec<(String, String)> + Send + Sync + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(asked, wrong)}
            <select
                class="box"
                id=asked.id.clone()
                autocomplete="off"
                aria-describedby=asked.described()
                aria-invalid=move || wrong.get().map(|_| "true")
            >
                <option value="">{first}</option>
                <For
                    each=answers
                    key=|answer| answer.clone()
                    children=|(value, words)| view! { <option value=value>{words}</option> }
                />
            </select>
        </div>
    }
    .into_any()
}

/// One of a few answers, all in sight, with the place of the one that is chosen.
pub fn radios(asked: &Asked, wrong: Wrong, answers: &[&'static str], chosen: Option<usize>) -> AnyView {
    let answer = |(at, words): (usize, &&'static str)| {
        let id = format!("{}-{at}", asked.id);
        view! {
            <div class="answer">
                <input type="radio" id=id.clone() name=asked.id.clone() autocomplete="off" checked=chosen == Some(at)/>
                <label for=id>{*words}</label>
            </div>
        }
        .into_any()
    };
    let answers: Vec<_> = answers.iter().enumerate().map(answer).collect();
    group(asked, wrong, view! { <div class="answers">{answers}</div> }.into_any())
}

/// The place of the answer that is chosen among so many.
pub fn picked(id: &str, many: usize) -> Option<usize> {
    (0..many).find(|at| control(&format!("{id}-{at}")).is_some_and(|control| control.checked()))
}

/// What the control with this id says.
pub fn typed(id: &str) -> String {
    control(id).map(|control| control.value()).unwrap_or_default()
}

pub fn fill(id: &str, value: &str) {
    if let Some(control) = control(id) {
        control.set_value(value);
    }
}

/// The date that three boxes say as it is kept, nothing where they are empty, or what
/// is missing.
pub fn day(id: &str) -> Result<String, String> {
    date_of(&PARTS.map(|(part, _)| typed(&format!("{id}-{part}")).trim().to_string()))
}

/// The ids of the boxes of a date.
pub fn parts_of_date(id: &str) -> [String; 3] {
    PARTS.map(|(part, _)| format!("{id}-{part}"))
}
