//! What the last plan said, beside a field that is still empty: one press says that it
//! is still right, or takes it up again. Nothing is written until somebody does.

use super::answer::said;
use crate::device::{Device, Draft};
use crate::domain::carry::{column, is_confirmed_as_it_is};
use crate::domain::ready::is_answered;
use crate::domain::sections::{Carry, Field, Keeps, Kind, SectionId};
use crate::domain::values::Values;
use crate::sync::document::Edit;
use crate::sync::order::between;
use leptos::prelude::*;

/// What the last plan said in this section.
pub type Last = StoredValue<Values>;

/// One press for all that stays as it was.
pub fn keep_all(draft: Draft, fields: &'static [Field], last: Last) -> AnyView {
    let device = Device::here();
    let open = Memo::new(move |_| {
        let stays =
            |field: &&Field| last.with_value(|last| is_answered(last, field) && is_confirmed_as_it_is(field, last));
        draft.values.with(|now| fields.iter().filter(stays).filter(|field| !is_answered(now, field)).count())
    });
    let press = move |_| {
        let stays =
            |field: &&Field| last.with_value(|last| is_answered(last, field) && is_confirmed_as_it_is(field, last));
        let empty = |field: &&Field| draft.values.with_untracked(|now| !is_answered(now, field));
        fields.iter().filter(stays).filter(empty).for_each(|field| take_over(draft, device, field, last));
    };
    view! {
        <div class="carried whole" hidden=move || open.get() < 2>
            <p>{move || format!("{} answers from the last plan wait to be confirmed.", open.get())}</p>
            <button type="button" class="button quiet" disabled=move || !draft.live.get() on:click=press>
                "All of them are still right"
            </button>
        </div>
    }
    .into_any()
}

/// What the last plan said in one field, as long as this plan says nothing there.
pub fn carried(draft: Draft, field: &'static Field, last: Last) -> Option<AnyView> {
    if draft.name().section == SectionId::Targets && field.id == "review" {
        return look_back(draft, last);
    }
    if !last.with_value(|last| is_answered(last, field)) || field.kind.keeps() == Keeps::Parts {
        return None;
    }
    let device = Device::here();
    let empty = Memo::new(move |_| draft.values.at(field.id, |now| !is_answered(now, field)));
    let words = if field.carry == Carry::Confirm { "Still right" } else { "Start from this" };
    let what = last.with_value(|last| said(last, field, field.id));
    let one = last.with_value(|last| last.entries(field.id).len() < 2);
    Some(
        view! {
            <div class="carried whole" hidden=move || !empty.get()>
                <p class="soft small">{format!("Last time, {}", lower(field.label))}</p>
                {what}
                <button
                    type="button"
                    class="button quiet"
                    hidden=!one
                    disabled=move || !draft.live.get()
                    on:click=move |_| take_over(draft, device, field, last)
                >
                    {words}
                    <span class="visually-hidden">{format!(": {}", field.label)}</span>
                </button>
            </div>
        }
        .into_any(),
    )
}

/// Last time's targets, to be looked back on.
fn look_back(draft: Draft, last: Last) -> Option<AnyView> {
    let earlier: Vec<_> = last.with_value(|last| {
        last.rows("targets").map(|row| last.text(&format!("targets/{}/what", row.id)).to_string()).collect()
    });
    if earlier.is_empty() {
        return None;
    }
    let device = Device::here();
    let empty = Memo::new(move |_| draft.values.at("review", |now| now.rows("review").next().is_none()));
    let list: Vec<_> = earlier.iter().map(|what| view! { <li>{what.clone()}</li> }.into_any()).collect();
    let press = move |_| {
        for what in &earlier {
            let row = add_row(draft, device, "review");
            write(draft, format!("review/{row}/what"), what);
        }
    };
    Some(
        view! {
            <div class="carried whole" hidden=move || !empty.get()>
                <p class="soft small">"Last time’s targets"</p>
                <ul class="dashes">{list}</ul>
                <button type="button" class="button quiet" disabled=move || !draft.live.get() on:click=press>
                    "Look back on these"
                </button>
            </div>
        }
        .into_any(),
    )
}

/// Writes what the last plan said into this one, as the words of whoever pressed.
fn take_over(draft: Draft, device: Device, field: &'static Field, last: Last) {
    last.with_value(|last| match field.kind {
        Kind::Rows { columns, .. } => {
            for row in last.rows(field.id) {
                let new = add_row(draft, device, field.id);
                for from in columns {
                    let Some(to) = column(draft.name().section, field.id, from.id) else { continue };
                    copy(
                        draft,
                        last,
                        from,
                        &format!("{}/{}/{}", field.id, row.id, from.id),
                        format!("{}/{new}/{to}", field.id),
                    );
                }
            }
        }
        _ => copy(draft, last, field, field.id, field.id.to_string()),
    });
}

fn copy(draft: Draft, last: &Values, field: &Field, from: &str, to: String) {
    match field.kind.keeps() {
        Keeps::Text => write(draft, to, last.text(from)),
        Keeps::Fact => {
            if let Some(value) = last.fact(from) {
                draft.edit(Edit::Set { path: to, value: value.to_string() });
            }
        }
        Keeps::Rows | Keeps::Parts => {}
    }
}

fn write(draft: Draft, path: String, words: &str) {
    if !words.is_empty() {
        draft.edit(Edit::Splice { path, at: 0, delete: 0, insert: words.to_string() });
    }
}

fn add_row(draft: Draft, device: Device, table: &str) -> crate::domain::people::RowId {
    let row = device.fresh_row();
    let end = draft.values.with_untracked(|values| values.rows(table).last().map(|row| row.order.clone()));
    let order = between(end.as_deref(), None);
    draft.edit(Edit::AddRow { field: table.into(), row: row.clone(), order });
    row
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
