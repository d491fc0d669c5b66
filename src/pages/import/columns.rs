//! Which of the file's columns is which, to be corrected.

use super::Importing;
use crate::api::import::ColumnChoice;
use crate::domain::register::Chosen;
use crate::ui::form::typed;
use leptos::prelude::*;

pub fn columns(importing: Importing) -> AnyView {
    // Made anew for another file only: a choice keeps the focus while rows come and go.
    let shape = Memo::new(move |_| {
        importing.preview.with(|preview| {
            let preview = preview.as_ref()?;
            let ids: Vec<_> = preview.columns.iter().map(|column| column.id.clone()).collect();
            Some((preview.header.clone(), ids))
        })
    });
    let shown = move || {
        let (header, _) = shape.get()?;
        let (columns, is_open) = importing.preview.with_untracked(|preview| {
            let preview = preview.as_ref()?;
            Some((preview.columns.clone(), preview.lack.is_some()))
        })?;
        let found = columns.iter().filter(|column| column.at.is_some()).count();
        let title = format!("{found} columns are used. Check which is which");
        let choices: Vec<_> = columns.iter().map(|column| choice(importing, column, &header)).collect();
        let lack = move || importing.preview.with(|preview| preview.as_ref()?.lack.clone().map(|lack| lack + "."));
        Some(view! {
            <section class="card">
                <h2 tabindex="-1" id="import-seen">"The columns"</h2>
                <p class="notice" role="alert">{lack}</p>
                <details open=is_open>
                    <summary>{title}</summary>
                    <div class="fields">{choices}</div>
                </details>
            </section>
        })
    };
    shown.into_any()
}

fn choice(importing: Importing, column: &ColumnChoice, header: &[String]) -> AnyView {
    let id = id_of(&column.id);
    let options: Vec<_> = header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let name = if name.is_empty() { format!("Column {}", at + 1) } else { name.clone() };
            view! { <option value=at.to_string() selected=column.at == Some(at)>{name}</option> }.into_any()
        })
        .collect();
    view! {
        <div class="half field">
            <label for=id.clone()>{column.label.clone()}</label>
            <select class="box" id=id autocomplete="off" on:change=move |_| again(importing)>
                <option value="">"Not in the file"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Looks again, with the columns as they are chosen now.
fn again(importing: Importing) {
    let chosen = importing.preview.with_untracked(|preview| {
        let columns = &preview.as_ref()?.columns;
        let chosen =
            |column: &ColumnChoice| Chosen { column: column.id.clone(), at: typed(&id_of(&column.id)).parse().ok() };
        Some(columns.iter().map(chosen).collect())
    });
    importing.look(chosen);
}

fn id_of(column: &str) -> String {
    format!("column-{column}")
}
