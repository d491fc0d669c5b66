//! A table of a section as cards, one for each row: add, move, remove and bring
//! back, all with buttons; a row can be dragged as well.

use super::answer::row_title;
use super::apart::capital;
use super::field::{Asked, FieldView, focus_on};
use super::names::Names;
use super::row::row_card;
use crate::device::{Device, Draft};
use crate::domain::people::RowId;
use crate::domain::sections::{Field, Kind};
use crate::domain::values::Row;
use crate::sync::document::Edit;
use crate::sync::order::{between, moved};
use leptos::prelude::*;
use leptos::web_sys::MouseEvent;

/// What the cards of one table share.
#[derive(Clone, Copy)]
pub struct Table {
    pub draft: Draft,
    pub field: &'static str,
    /// What a row is called: "target".
    pub one: &'static str,
    pub columns: &'static [Field],
    /// The rows that are there, in their order.
    pub rows: Memo<Vec<RowId>>,
    /// What just happened, for someone who doesn't see it.
    pub told: RwSignal<String>,
    /// The place over which a row is held.
    pub over: RwSignal<Option<usize>>,
}

/// The form part for a field, be it a table or not.
pub fn field_or_rows(draft: Draft, field: &'static Field) -> AnyView {
    let Kind::Rows { one, columns } = field.kind else {
        return view! { <FieldView draft field=*field path=field.id/> }.into_any();
    };
    let names = Names::here();
    let asked = Asked::new(field.id.into(), names.about(field.label), names.about(field.hint));
    view! { <div class="whole">{rows(draft, field.id, one, columns, asked)}</div> }.into_any()
}

/// The form part for a table.
fn rows(draft: Draft, field: &'static str, one: &'static str, columns: &'static [Field], asked: Asked) -> AnyView {
    let rows = Memo::new(move |_| {
        draft.values.at(field, |values| values.rows(field).map(|row| row.id.clone()).collect::<Vec<_>>())
    });
    let table =
        Table { draft, field, one, columns, rows, told: RwSignal::new(String::new()), over: RwSignal::new(None) };
    let hint = (!asked.hint.is_empty()).then(|| view! { <p class="hint">{asked.hint}</p> });
    view! {
        <section class="table" id=asked.id.clone() aria-labelledby=format!("{}-title", asked.id)>
            <h2 id=format!("{}-title", asked.id) tabindex="-1">{asked.label}</h2>
            {hint}
            <ol class="cards">
                <For each=move || table.rows.get() key=|row| row.clone() children=move |row| row_card(table, row)/>
            </ol>
            {gone(table)}
            <button
                type="button"
                class="button quiet"
                disabled=move || !draft.live.get()
                on:click=add(table)
            >
                {format!("Add {} {one}", article(one))}
            </button>
            <p class="visually-hidden" role="status">{move || table.told.get()}</p>
        </section>
    }
    .into_any()
}

fn add(table: Table) -> impl Fn(MouseEvent) + 'static {
    let device = Device::here();
    move |_| {
        let row = device.fresh_row();
        let last =
            table.draft.values.with_untracked(|values| values.rows(table.field).last().map(|row| row.order.clone()));
        let order = between(last.as_deref(), None);
        focus_on(card_title(table.field, &row));
        table.draft.edit(Edit::AddRow { field: table.field.into(), row, order });
    }
}

/// The rows that were removed: their words are kept, and a press brings them back.
fn gone(table: Table) -> AnyView {
    let names = Names::here();
    let gone = Memo::new(move |_| {
        table.draft.values.at(table.field, |values| {
            let rows = values.rows.get(table.field).into_iter().flatten();
            rows.filter(|row| !row.is_there()).cloned().collect::<Vec<_>>()
        })
    });
    let line = move |row: Row| {
        let by = names.of(row.removed_by.as_deref().unwrap_or_default());
        let title = table.draft.values.with_untracked(|values| row_title(values, table.field, &row.id, table.columns));
        let what =
            if title.is_empty() { format!("{} {}", article(table.one), table.one) } else { format!("“{title}”") };
        let bring_back = move |_| {
            table.draft.edit(Edit::BringBack { field: table.field.into(), row: row.id.clone() });
            focus_on(card_title(table.field, &row.id));
        };
        view! {
            <li>
                <span>{format!("{by} removed {what}.")}</span>
                <button type="button" class="button plain" on:click=bring_back>"Bring it back"</button>
            </li>
        }
        .into_any()
    };
    let list = move || {
        let rows = gone.get();
        (!rows.is_empty())
            .then(|| view! { <ul class="gone">{rows.into_iter().map(line).collect::<Vec<_>>()}</ul> }.into_any())
    };
    list.into_any()
}

impl Table {
    pub fn position(self, row: &RowId) -> Option<usize> {
        self.rows.with(|rows| rows.iter().position(|id| id == row))
    }

    /// Moves a row past its neighbour and keeps the person at the same button.
    pub fn shift(self, row: &RowId, up: bool, button: String) {
        let at = untrack(|| self.position(row));
        if let Some(to) = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) }) {
            self.put(row, to);
        }
        focus_on(button);
    }

    /// Moves a row to a place among those that are there.
    pub fn put(self, row: &RowId, to: usize) {
        let Some(from) = untrack(|| self.position(row)) else { return };
        let moves: Vec<_> = self.draft.values.with_untracked(|values| {
            let orders: Vec<_> = values.rows(self.field).map(|row| row.order.as_str()).collect();
            let ids: Vec<_> = values.rows(self.field).map(|row| row.id.clone()).collect();
            moved(&orders, from, to).into_iter().map(|(at, order)| (ids[at].clone(), order)).collect()
        });
        if moves.is_empty() {
            return;
        }
        for (row, order) in moves {
            self.draft.edit(Edit::MoveRow { field: self.field.into(), row, order });
        }
        let place = untrack(|| self.position(row)).map_or(0, |at| at + 1);
        self.told.set(format!("{} {} moved to place {place}", capital(self.one), from + 1));
    }

    pub fn remove(self, row: &RowId) {
        self.draft.edit(Edit::RemoveRow { field: self.field.into(), row: row.clone() });
        self.told.set(format!("{} removed. It can be brought back", capital(self.one)));
        focus_on(format!("{}-title", self.field));
    }
}

/// The id of a card's title, where the person lands in it.
pub fn card_title(field: &str, row: &RowId) -> String {
    format!("{field}-{row}")
}

/// "a target", "an exam".
pub fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
