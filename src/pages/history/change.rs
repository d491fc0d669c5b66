//! One change in the words of the page. What came and what went is marked with signs
//! as well as lines, and said to whoever hears the page: never by colour alone.

use super::again::Again;
use crate::api::history::{Change, Said, What};
use crate::domain::history::compare::{Piece, beside, wordings};
use crate::ui::field::id_of;
use leptos::prelude::*;

pub fn view(change: &Change, again: Option<Again>, left: &str) -> AnyView {
    let said = match &change.what {
        What::Words(pieces) => words(change, pieces, again, left),
        What::Answer { was, became } => answer(change, was, became, again),
        What::Row(deed) => return row(change, deed, again),
    };
    view! {
        <li data-at=id_of(&change.path) tabindex="-1">
            <h3>{change.label.clone()}</h3>
            {said}
        </li>
    }
    .into_any()
}

/// Words that came.
pub fn came(text: &str) -> AnyView {
    view! {
        <ins>
            <span class="visually-hidden">"added: "</span>
            {sign("+\u{2060}")}
            {text.to_string()}
            {sign("\u{2060}+")}
            <span class="visually-hidden">", end of added. "</span>
        </ins>
    }
    .into_any()
}

/// Words that went.
pub fn went(text: &str) -> AnyView {
    view! {
        <del>
            <span class="visually-hidden">"removed: "</span>
            {sign("−\u{2060}")}
            {text.to_string()}
            {sign("\u{2060}−")}
            <span class="visually-hidden">", end of removed. "</span>
        </del>
    }
    .into_any()
}

/// A sign that stays on the line of its words: a joiner stands between.
fn sign(sign: &'static str) -> AnyView {
    view! { <span class="sign" aria-hidden="true">{sign}</span> }.into_any()
}

fn words(change: &Change, pieces: &[Piece], again: Option<Again>, left: &str) -> AnyView {
    let last = pieces.len().saturating_sub(1);
    let shown: Vec<_> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| match piece {
            Piece::Same(text) => match beside(text, at > 0, at < last) {
                Some((first, end)) => {
                    view! { {first.to_string()}<span class="soft">" … "</span>{end.to_string()} }.into_any()
                }
                None => text.clone().into_any(),
            },
            Piece::Came(text) => came(text),
            Piece::Went(text) => went(text),
        })
        .collect();
    let (old, new) = wordings(pieces);
    let version =
        |name: &'static str, text: String| (!text.trim().is_empty()).then(|| version(change, name, text, again, left));
    view! {
        <p class="words">{shown}</p>
        <details>
            <summary>"Read it in plain words"</summary>
            {version("After this change", new)}
            {version("Before it", old)}
        </details>
    }
    .into_any()
}

/// A wording as it stood, and the way to use it again.
fn version(change: &Change, name: &'static str, text: String, again: Option<Again>, left: &str) -> AnyView {
    let about = format!(": {}, {} {left}", change.label, name.to_lowercase());
    let path = change.path.clone();
    let button = again.map(|again| again.words(path, text.clone(), about));
    view! {
        <h4>{name}</h4>
        <p class="kept-words">{text}</p>
        {button}
    }
    .into_any()
}

/// "91 % → 93.5 %".
fn answer(change: &Change, was: &[Said], became: &[Said], again: Option<Again>) -> AnyView {
    let told = |said: &[Said]| match said {
        [] => "no answer".to_string(),
        [one] => one.words.clone(),
        many => {
            format!("{}, written apart", many.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join(" and "))
        }
    };
    let button = |said: &Said| {
        let (again, value) = again.zip(said.value.clone())?;
        Some(again.answer(change.path.clone(), value, said.words.clone(), change.label.clone()))
    };
    // What it became is there now, or is what a later change began with.
    let buttons: Vec<_> = was.iter().filter_map(button).collect();
    view! {
        <p class="words">
            <span class="visually-hidden">"From "</span>
            {told(was)}
            <span aria-hidden="true">" → "</span>
            <span class="visually-hidden">"to "</span>
            <strong>{told(became)}</strong>
        </p>
        <div class="row ways">{buttons}</div>
    }
    .into_any()
}

/// "Target 2 (“Maths”): removed".
fn row(change: &Change, deed: &str, again: Option<Again>) -> AnyView {
    let button = again.filter(|_| deed == "removed").map(|again| again.row(&change.path, change.label.clone()));
    view! {
        <li>
            <h3>{format!("{}: {deed}", change.label)}</h3>
            {button}
        </li>
    }
    .into_any()
}
