//! Beneath a target: what it doesn't say yet, and how one could say it. It changes as
//! the person writes, so it isn't read aloud by itself, and it stops nobody.

use super::later;
use super::rows::Table;
use crate::app::BUNDLE;
use crate::device::Draft;
use crate::domain::people::RowId;
use crate::domain::sections::SectionId;
use crate::domain::smart::{Advice, Help, help_row};
use crate::pages::bundle::Bundle;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The panel for a row of this term's targets; nothing for rows of other tables.
pub fn smart(table: Table, row: RowId) -> Option<AnyView> {
    let is_targets = table.draft.name().section == SectionId::Targets && table.field == "targets";
    is_targets.then(|| {
        let panel = later::afterwards(move || {
            let row = row.clone();
            later::later(fetch, move || shown(table.draft, table.field, row.clone()))
        });
        view! { <div class="smart">{panel}</div> }.into_any()
    })
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(draft: Draft, field: &'static str, row: RowId) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    if !matches!(BUNDLE, Bundle::Plan | Bundle::Meeting | Bundle::Whole) {
        return Ok(().into_any());
    }
    let place = format!("{field}/{row}");
    let advice = Memo::new(move |_| {
        // It compares with what the look back says of last term's.
        draft.values.at("review", |_| ());
        draft.values.at(&place, |values| help_row(values, &row, None))
    });
    Ok((move || advice.get().map(panel)).into_any())
}

fn panel(Advice { missing, hints }: Advice) -> AnyView {
    let (verdict, added) = match missing.is_empty() {
        true => ("This target says what, how much and by when.", "You could add"),
        false => ("What would make this target clearer", "And you could add"),
    };
    let added = (!hints.is_empty()).then(|| view! { <p class="soft small">{added}</p> });
    view! {
        <p>{verdict}</p>
        {lines(missing)}
        {added}
        {lines(hints)}
    }
    .into_any()
}

fn lines(all: Vec<Help>) -> Option<AnyView> {
    let line = |help: Help| {
        view! { <li><span class="part-name">{help.part.name()}</span><span>{help.words}</span></li> }.into_any()
    };
    (!all.is_empty()).then(|| view! { <ul>{all.into_iter().map(line).collect::<Vec<_>>()}</ul> }.into_any())
}
