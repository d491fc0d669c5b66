//! Beneath a target: what it doesn't say yet, and how one could say it. It changes as
//! the person writes, so it isn't read aloud by itself, and it stops nobody.

use super::rows::Table;
use crate::domain::people::RowId;
use crate::domain::sections::SectionId;
use crate::domain::smart::{Advice, Help, help_row};
use leptos::prelude::*;

/// The panel for a row of this term's targets; nothing for rows of other tables.
pub fn smart(table: Table, row: RowId) -> Option<AnyView> {
    let draft = table.draft;
    if draft.name().section != SectionId::Targets || table.field != "targets" {
        return None;
    }
    let place = format!("{}/{row}", table.field);
    let advice = Memo::new(move |_| {
        // It compares with what the look back says of last term's.
        draft.values.at("review", |_| ());
        draft.values.at(&place, |values| help_row(values, &row, None))
    });
    let shown = move || advice.get().map(panel);
    Some(view! { <div class="smart">{shown}</div> }.into_any())
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
