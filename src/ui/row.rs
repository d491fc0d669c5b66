//! One row of a table: a card that opens to its columns.

use super::answer::row_title;
use super::field::FieldView;
use super::names::Names;
use super::others::in_it;
use super::rows::{Table, card_title};
use super::smart::smart;
use crate::domain::people::RowId;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, PointerEvent};

/// A card. The first of a table is open on its own page, and so is one that was just added
/// anywhere; the others show what they are called.
pub fn row_card(table: Table, row: RowId) -> AnyView {
    let draft = table.draft;
    let title = card_title(table.field, &row);
    let leads = table.under.opens_first() && untrack(|| table.position(&row)) == Some(0);
    let starts_open = leads || is_blank(table, &row);
    let cells: Vec<_> = table
        .columns
        .iter()
        .filter(|column| table.under.shows(column))
        .map(|column| {
            let path = format!("{}/{row}/{}", table.field, column.id);
            view! { <FieldView draft field=*column path/> }
        })
        .collect();
    let called = {
        let (row, place) = (row.clone(), format!("{}/{row}", table.field));
        Memo::new(move |_| draft.values.at(&place, |values| row_title(values, table.field, &row, table.columns)))
    };
    let number = {
        let row = row.clone();
        move || table.position(&row).map_or(0, |at| at + 1)
    };
    let over = {
        let row = row.clone();
        move || table.over.get().is_some_and(|over| table.position(&row) == Some(over))
    };
    let of = row.to_string();
    view! {
        <li class="card" class:over=over data-row=of>
            {grip(table, row.clone())}
            <details open=starts_open>
                <summary id=title.clone()>
                    <span class="place">{number}</span>
                    <span class="called">
                        {move || if called.with(String::is_empty) { format!("New {}", table.one) } else { called.get() }}
                    </span>
                    {in_it(draft, format!("{}/{row}", table.field))}
                </summary>
                {kept(table, row.clone())}
                <div class="fields">{cells}</div>
                {smart(table, row.clone())}
                {controls(table, row, title)}
            </details>
        </li>
    }
    .into_any()
}

/// Nothing is written in the row yet.
fn is_blank(table: Table, row: &RowId) -> bool {
    let start = format!("{}/{row}/", table.field);
    table
        .draft
        .values
        .with_untracked(|values| !values.texts.keys().chain(values.facts.keys()).any(|path| path.starts_with(&start)))
}

/// One person removed the row while another changed it: it is kept, and said. While this
/// person is in it that is still to come.
fn kept(table: Table, row: RowId) -> AnyView {
    let names = Names::here();
    let removed = {
        let (row, place) = (row.clone(), format!("{}/{row}", table.field));
        Memo::new(move |_| {
            table.draft.values.at(&place, |values| {
                let row = values.rows.get(table.field)?.iter().find(|other| other.id == row)?;
                let what = match row.kept_by_edit {
                    true => "removed this while it was being changed. It is kept.",
                    false => "has just removed this. Write on, and it is kept.",
                };
                Some(format!("{} {what}", names.of(row.removed_by.as_deref()?)))
            })
        })
    };
    let note = move || {
        let row = row.clone();
        removed.get().map(|sentence| {
            view! {
                <div class="apart">
                    <p>{sentence}</p>
                    <button type="button" class="button quiet" on:click=move |_| table.bring_back(&row)>"Keep it"</button>
                </div>
            }
            .into_any()
        })
    };
    view! { <div role="status">{note}</div> }.into_any()
}

/// What a row is dragged by, with a finger or a mouse. Whoever uses neither has the
/// buttons, so it is hidden from everyone else.
fn grip(table: Table, row: RowId) -> AnyView {
    let held = row.clone();
    let hold = move |event: PointerEvent| {
        if let Some(grip) = event.target().and_then(|grip| grip.dyn_into::<Element>().ok()) {
            let _ = grip.set_pointer_capture(event.pointer_id());
            // By where the rows are, and not by where they stood while this person was in one.
            table.stand(false);
            table.over.set(untrack(|| table.position(&held)));
        }
    };
    let drag = move |event: PointerEvent| {
        if table.over.get_untracked().is_some() {
            table.over.set(place_under(table, &event).or(table.over.get_untracked()));
        }
    };
    let drop_here = move |_| {
        if let Some(to) = table.over.get_untracked() {
            table.over.set(None);
            table.put(&row, to);
        }
    };
    view! {
        <span
            class="grip"
            aria-hidden="true"
            on:pointerdown=hold
            on:pointermove=drag
            on:pointerup=drop_here
            on:pointercancel=move |_| table.over.set(None)
        ></span>
    }
    .into_any()
}

/// The place of the row that a pointer is over.
fn place_under(table: Table, event: &PointerEvent) -> Option<usize> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let mut card = document().element_from_point(x, y)?.closest(&format!("#{} > .cards > li", table.field)).ok()??;
    let mut place = 0;
    while let Some(before) = card.previous_element_sibling() {
        (card, place) = (before, place + 1);
    }
    Some(place)
}

fn controls(table: Table, row: RowId, title: String) -> AnyView {
    let (up, down) = (format!("{title}-up"), format!("{title}-down"));
    let at = {
        let row = row.clone();
        Memo::new(move |_| table.position(&row).unwrap_or(0))
    };
    let is_first = move || (at.get() == 0).then_some("true");
    let is_last = move || (at.get() + 1 >= table.rows.with(Vec::len)).then_some("true");
    // What is done to a row before its document is there would show only then.
    let is_shut = move || !table.draft.live.get();
    let (row_up, row_down, up_id, down_id) = (row.clone(), row.clone(), up.clone(), down.clone());
    view! {
        <div class="row controls">
            <button
                type="button"
                class="button plain"
                id=up
                aria-disabled=is_first
                disabled=is_shut
                on:click=move |_| table.shift(&row_up, true, up_id.clone())
            >
                "Move up"
            </button>
            <button
                type="button"
                class="button plain"
                id=down
                aria-disabled=is_last
                disabled=is_shut
                on:click=move |_| table.shift(&row_down, false, down_id.clone())
            >
                "Move down"
            </button>
            <button type="button" class="button plain" disabled=is_shut on:click=move |_| table.remove(&row)>
                {format!("Remove this {}", table.one)}
            </button>
        </div>
    }
    .into_any()
}
