//! A table of a section as cards, one for each row: add, move, remove and bring
//! back, all with buttons; a row can be dragged as well.

use super::answer::row_title;
use super::field::{Asked, FieldView, focus_on};
use super::names::Names;
use super::row::row_card;
use crate::device::{Device, Draft};
use crate::domain::capital::capital;
use crate::domain::meeting::agenda::is_written;
use crate::domain::people::RowId;
use crate::domain::sections::{Field, Kind};
use crate::domain::values::Row;
use crate::sync::document::Edit;
use crate::sync::order::{between, moved};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, MouseEvent};

/// What the cards of one table share.
#[derive(Clone, Copy)]
pub struct Table {
    pub draft: Draft,
    pub field: &'static str,
    /// What a row is called: "target".
    pub one: &'static str,
    pub columns: &'static [Field],
    pub under: Under,
    /// The rows that are there, in their order.
    pub rows: Memo<Vec<RowId>>,
    /// What just happened, for someone who doesn't see it.
    pub told: RwSignal<String>,
    /// The place over which a row is held.
    pub over: RwSignal<Option<usize>>,
    /// The row that this person is in. It stays for them when somebody removes it, so that
    /// what they are typing has a place; a word more, and it is kept for everyone.
    pub inside: RwSignal<Option<String>>,
    /// The rows keep their places: this person is in one of them. A row that is moved on the
    /// page loses the caret that is in it.
    still: RwSignal<bool>,
}

/// Where a table stands.
#[derive(Clone, Copy)]
pub enum Under {
    /// On its section's own page.
    Page,
    /// In a part of a meeting's item.
    Part,
}

impl Under {
    /// Whether the first card is open: in a meeting what is there is read above the table.
    pub fn opens_first(self) -> bool {
        matches!(self, Under::Page)
    }

    /// Whether a column is written there.
    pub fn shows(self, column: &Field) -> bool {
        match self {
            Under::Page => true,
            Under::Part => is_written(column),
        }
    }
}

/// The form part for a field, be it a table or not.
pub fn field_or_rows(draft: Draft, field: &'static Field) -> AnyView {
    match field.kind {
        Kind::Rows { .. } => view! { <div class="whole">{table(draft, field, Under::Page)}</div> }.into_any(),
        _ => view! { <FieldView draft field=*field path=field.id/> }.into_any(),
    }
}

/// The form part for a table.
pub fn table(draft: Draft, table: &'static Field, under: Under) -> AnyView {
    let Kind::Rows { one, columns } = table.kind else { return ().into_any() };
    let (names, field) = (Names::here(), table.id);
    let asked = Asked::new(field.into(), names.about(table.label), names.about(table.hint));
    let (inside, still) = (RwSignal::new(None), RwSignal::new(false));
    let rows = Memo::new(move |shown: Option<&Vec<RowId>>| {
        let inside = inside.get();
        let is_shown = |row: &&Row| row.is_there() || inside.as_ref() == Some(&row.id.to_string());
        let now: Vec<_> = draft.values.at(field, |values| {
            let all = values.rows.get(field).into_iter().flatten();
            all.filter(is_shown).map(|row| row.id.clone()).collect()
        });
        match shown {
            Some(shown) if still.get() => in_their_places(shown, now),
            _ => now,
        }
    });
    let (told, over) = (RwSignal::new(String::new()), RwSignal::new(None));
    let table = Table { draft, field, one, columns, under, rows, told, over, inside, still };
    table.follow_focus();
    let hint = (!asked.hint.is_empty()).then(|| view! { <p class="hint">{asked.hint}</p> });
    let title = format!("{}-title", asked.id);
    let heading = match under {
        Under::Page => view! { <h2 id=title.clone() tabindex="-1">{asked.label}</h2> }.into_any(),
        Under::Part => view! { <h4 id=title.clone() tabindex="-1">{asked.label}</h4> }.into_any(),
    };
    view! {
        <section class="table" id=asked.id aria-labelledby=title>
            {heading}
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

/// Rows as they stand on the page, without those that are gone; one that is new comes after
/// the row that it follows.
fn in_their_places(shown: &[RowId], now: Vec<RowId>) -> Vec<RowId> {
    let mut all: Vec<_> = shown.iter().filter(|row| now.contains(row)).cloned().collect();
    for (at, row) in now.iter().enumerate().filter(|(_, row)| !shown.contains(row)) {
        let before = at.checked_sub(1).and_then(|before| all.iter().position(|other| *other == now[before]));
        all.insert(before.map_or(0, |before| before + 1), row.clone());
    }
    all
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
        let inside = table.inside.get();
        table.draft.values.at(table.field, |values| {
            let rows = values.rows.get(table.field).into_iter().flatten();
            let is_gone = |row: &&Row| !row.is_there() && inside.as_ref() != Some(&row.id.to_string());
            rows.filter(is_gone).cloned().collect::<Vec<_>>()
        })
    });
    let line = move |row: Row| {
        let by = names.of(row.removed_by.as_deref().unwrap_or_default());
        let title = table.draft.values.with_untracked(|values| row_title(values, table.field, &row.id, table.columns));
        let what =
            if title.is_empty() { format!("{} {}", article(table.one), table.one) } else { format!("“{title}”") };
        let id = way_back(table.field, &row.id);
        view! {
            <li>
                <span>{format!("{by} removed {what}.")}</span>
                <button type="button" class="button plain" id=id on:click=move |_| table.bring_back(&row.id)>"Bring it back"</button>
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
    /// Knows in which row this person is. A window that they look away from is no other place.
    fn follow_focus(self) {
        Effect::new(move |_| {
            let enters = window_event_listener(ev::focusin, move |event| {
                let place = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let card = place.and_then(|place| place.closest(&format!("#{} [data-row]", self.field)).ok().flatten());
                let row = card.and_then(|card| card.get_attribute("data-row"));
                self.stand(row.is_some());
                if self.inside.with_untracked(|inside| *inside != row) {
                    self.inside.set(row);
                }
            });
            // To nowhere: a press beside all boxes, and not a look at another window.
            let leaves = window_event_listener(ev::focusout, move |event| {
                let active = document().active_element();
                let is_in_row =
                    active.is_some_and(|active| active.closest("[data-row]").is_ok_and(|row| row.is_some()));
                if event.related_target().is_none() && !is_in_row {
                    self.stand(false);
                }
            });
            on_cleanup(move || {
                enters.remove();
                leaves.remove();
            });
        });
    }

    /// The rows keep their places from now on, or take those that they have by now.
    pub fn stand(self, still: bool) {
        if self.still.get_untracked() != still {
            self.still.set(still);
        }
    }

    pub fn position(self, row: &RowId) -> Option<usize> {
        self.rows.with(|rows| rows.iter().position(|id| id == row))
    }

    /// Moves a row past its neighbour and keeps the person at the same button.
    pub fn shift(self, row: &RowId, up: bool, button: String) {
        self.stand(false);
        let at = untrack(|| self.position(row));
        if let Some(to) = at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) }) {
            self.put(row, to);
        }
        self.stand(true);
        focus_on(button);
    }

    /// Moves a row to a place among those that are there.
    pub fn put(self, row: &RowId, to: usize) {
        self.stand(false);
        let (from, moves) = self.draft.values.with_untracked(|values| {
            let orders: Vec<_> = values.rows(self.field).map(|row| row.order.as_str()).collect();
            let ids: Vec<_> = values.rows(self.field).map(|row| row.id.clone()).collect();
            // One that is gone has no place, also while it is shown to whoever is in it.
            let Some(from) = ids.iter().position(|id| id == row) else { return (0, Vec::new()) };
            let moves = moved(&orders, from, to).into_iter().map(|(at, order)| (ids[at].clone(), order));
            (from, moves.collect::<Vec<_>>())
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

    /// Removes a row and leads to the way back, which may be far below.
    pub fn remove(self, row: &RowId) {
        self.inside.set(None);
        self.draft.edit(Edit::RemoveRow { field: self.field.into(), row: row.clone() });
        self.told.set(format!("{} removed. It can be brought back", capital(self.one)));
        focus_on(way_back(self.field, row));
    }

    /// Brings a row back, or keeps it, and leads to it.
    pub fn bring_back(self, row: &RowId) {
        focus_on(card_title(self.field, row));
        self.draft.edit(Edit::BringBack { field: self.field.into(), row: row.clone() });
    }
}

/// The id of a card's title, where the person lands in it.
pub fn card_title(field: &str, row: &RowId) -> String {
    format!("{field}-{row}")
}

/// The id of what brings a removed row back.
fn way_back(field: &str, row: &RowId) -> String {
    format!("{}-back", card_title(field, row))
}

/// "a target", "an exam".
pub fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn whoever_is_in_a_row_sees_none_move_but_sees_them_come_and_go() {
        let rows = |ids: &[u128]| ids.iter().map(|id| RowId::new(Uuid::from_u128(*id))).collect::<Vec<_>>();
        let held = |now: &[u128]| in_their_places(&rows(&[1, 2, 3]), rows(now));
        assert_eq!(held(&[3, 1, 2]), rows(&[1, 2, 3]));
        assert_eq!(held(&[3, 1]), rows(&[1, 3]));
        assert_eq!(held(&[4, 3, 2, 5, 6, 1]), rows(&[4, 1, 2, 5, 6, 3]));
        assert_eq!(held(&[]), rows(&[]));
    }
}
