//! Two values of one fact, written apart: both are kept until a person chooses.

use super::names::Names;
use crate::device::Draft;
use crate::domain::sections::Kind;
use crate::domain::values::Entry;
use crate::sync::document::Edit;
use leptos::prelude::*;

/// Every value that stands, with its writer and its time; nothing where one or
/// none does.
#[component]
pub fn Apart(draft: Draft, path: String, kind: Kind) -> AnyView {
    let names = Names::here();
    let path = StoredValue::new(path);
    let entries = Memo::new(move |_| path.with_value(|path| draft.values.with(|values| values.entries(path).to_vec())));
    let choose = move |value: String| draft.edit(Edit::Set { path: path.get_value(), value });
    let panel = move || {
        let entries = entries.get();
        (entries.len() > 1).then(|| {
            let said = names.all(entries.iter().map(|entry| entry.by.as_str()));
            let how_many = if entries.len() == 2 { "both" } else { "all" };
            let values: Vec<_> = entries.into_iter().map(|entry| value(entry, kind, names, choose)).collect();
            view! {
                <div class="apart" role="group" aria-label="Two answers">
                    <p>{format!("{said} {how_many} changed this while apart. {} are kept.", capital(how_many))}</p>
                    <ul>{values}</ul>
                </div>
            }
            .into_any()
        })
    };
    panel.into_any()
}

fn value(entry: Entry, kind: Kind, names: Names, choose: impl Fn(String) + 'static) -> AnyView {
    let words = kind.words(&entry.value);
    let use_words = format!(": {words}");
    let by = format!("{}, {}", names.of(&entry.by), entry.at.spoken());
    view! {
        <li>
            <span class="value">{words}</span>
            <span class="by">{by}</span>
            <button type="button" class="button quiet" on:click=move |_| choose(entry.value.clone())>
                "Use this"
                <span class="visually-hidden">{use_words}</span>
            </button>
        </li>
    }
    .into_any()
}

/// A sentence's first word.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
