//! Using again what stood somewhere before. It is an edit like any other, in the name of
//! whoever presses, so it merges, is in the history, and can itself be undone by using
//! what stood before it.

use crate::device::{Device, Draft};
use crate::domain::people::RowId;
use crate::sync::document::Edit;
use crate::sync::splice::{Splice, splice_between};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the buttons of one page share.
#[derive(Clone, Copy)]
pub struct Again {
    draft: Draft,
    device: Device,
    told: RwSignal<Option<String>>,
}

impl Again {
    pub fn new(draft: Draft) -> Self {
        Self { draft, device: Device::here(), told: RwSignal::new(None) }
    }

    /// What just happened.
    pub fn told(self) -> AnyView {
        view! { <p class="note told" role="status">{move || self.told.get()}</p> }.into_any()
    }

    /// The button for an earlier wording of a text.
    pub fn words(self, path: String, text: String, about: String) -> AnyView {
        let (there, wanted) = (path.clone(), text.clone());
        let stands = Memo::new(move |_| self.draft.values.at(&there, |values| values.text(&there) == wanted));
        let press = move || {
            let now = self.draft.values.with_untracked(|values| values.text(&path).to_string());
            let edit = splice_between(&now, &text).map(|Splice { at, delete, insert }| Edit::Splice {
                path: path.clone(),
                at,
                delete,
                insert,
            });
            self.make(&path, edit, "The earlier wording is back, as your own change.".into());
        };
        self.button("Use this wording again".into(), "This is how it stands now", about, stands, press)
    }

    /// The button for an earlier answer.
    pub fn answer(self, path: String, value: String, words: String, label: String) -> AnyView {
        let (there, wanted) = (path.clone(), value.clone());
        let stands = Memo::new(move |_| self.draft.fact(&there).as_ref() == Some(&wanted));
        let said = format!("{label} is {words} again, as your own change.");
        let press = move || {
            let edit = Edit::Set { path: path.clone(), value: value.clone() };
            self.make(&path, Some(edit), said.clone());
        };
        let (use_it, is_it) = (format!("Use {words} again"), "This is the answer now");
        self.button(use_it, is_it, format!(": {label}, {words}"), stands, press)
    }

    /// The button for a row that was removed.
    pub fn row(self, path: &str, label: String) -> Option<AnyView> {
        let (field, row) = row_of(path)?;
        let (table, id) = (field.clone(), row.clone());
        let stands =
            Memo::new(move |_| self.draft.values.with(|values| values.rows(&table).any(|there| there.id == id)));
        let said = format!("{label} is back, as your own change.");
        let press = move || {
            let edit = Edit::BringBack { field: field.clone(), row: row.clone() };
            self.make("", Some(edit), said.clone());
        };
        Some(self.button("Bring it back".into(), "It is there now", format!(": {label}"), stands, press))
    }

    /// Makes the edit; where it is in a row that was removed, the row comes back first.
    fn make(self, path: &str, edit: Option<Edit>, said: String) {
        let Some(edit) = edit else { return };
        if let Some((field, row)) = row_of(path) {
            let is_gone = self.draft.values.with_untracked(|values| !values.rows(&field).any(|there| there.id == row));
            if is_gone {
                self.draft.edit(Edit::BringBack { field, row });
            }
        }
        self.draft.edit(edit);
        self.told.set(Some(said));
        spawn_local(async move {
            // The page tells of it too, once the plan has it.
            if self.device.flush().await.unsent == 0 {
                self.device.news.update(|news| *news += 1);
            }
        });
    }

    fn button(
        self,
        use_it: String,
        is_it: &'static str,
        about: String,
        stands: Memo<bool>,
        press: impl Fn() + 'static,
    ) -> AnyView {
        let live = self.draft.live;
        let is_off = move || !live.get() || stands.get();
        let words = move || if live.get() && stands.get() { is_it.to_string() } else { use_it.clone() };
        let pressed = move |_| {
            if !untrack(is_off) {
                press();
            }
        };
        view! {
            <button
                type="button"
                class="button quiet"
                aria-disabled=move || is_off().then_some("true")
                on:click=pressed
            >
                {words}
                <span class="visually-hidden">{about}</span>
            </button>
        }
        .into_any()
    }
}

/// The row that a path lies in, or is.
fn row_of(path: &str) -> Option<(String, RowId)> {
    let mut steps = path.split('/');
    Some((steps.next()?.to_string(), steps.next()?.parse().ok()?))
}
