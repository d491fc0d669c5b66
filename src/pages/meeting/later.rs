//! What of the meeting comes behind its page: the tables, which show after a press.

use crate::app::BUNDLE;
use crate::device::Draft;
use crate::domain::sections::Field;
use crate::pages::bundle::Bundle;
use crate::ui::later;
use crate::ui::rows::{Under, table};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A part of the page.
#[derive(Clone)]
pub enum Behind {
    /// A table of a section, to be written in.
    Table(Box<Draft>, &'static Field),
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(part: Behind) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    if !matches!(BUNDLE, Bundle::Meeting | Bundle::Whole) {
        return Ok(().into_any());
    }
    let Behind::Table(draft, field) = part;
    Ok(table(*draft, field, Under::Part))
}

/// A part, once its code is there. What the server leaves out.
pub fn later(part: Behind) -> AnyView {
    later::afterwards(move || {
        let part = part.clone();
        later::later(fetch, move || shown(part.clone()))
    })
}
