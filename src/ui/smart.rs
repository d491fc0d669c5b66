//! Beneath a target: what it doesn't say yet, and how one could say it. It changes as
//! the person writes, so it isn't read aloud by itself, and it stops nobody.

use super::rows::Table;
use crate::domain::people::RowId;
use crate::domain::sections::SectionId;
use crate::domain::smart::{Help, help_row};
use leptos::prelude::*;

/// The panel for a row of this term's targets; nothing for rows of other tables.
pub fn smart(table: Table, row: RowId) -> Option<AnyView> {
    let draft = table.draft;
    if draft.name().section != SectionId::Targets || table.field != "targets" {
        return None;
    }
    let missing = Memo::new(move |_| draft.values.with(|values| help_row(values, &row, None)));
    let shown = move || missing.get().map(panel);
    Some(view! { <div class="smart">{shown}</div> }.into_any())
}

fn panel(missing: Vec<Help>) -> AnyView {
    if missing.is_empty() {
        return view! { <p>"This target says what, how much and by when."</p> }.into_any();
    }
    let lines: Vec<_> = missing
        .into_iter()
        .map(|help| {
            view! { <li><span class="part-name">{help.part.name()}</span><span>{help.words}</span></li> }.into_any()
        })
        .collect();
    view! {
        <p>"What would make this target clearer"</p>
        <ul>{lines}</ul>
    }
    .into_any()
}
