//! What was typed before this code was here: a script in the page kept it, and
//! the document takes it over when it opens.

use crate::device::Draft;
use crate::domain::sections::Keeps;
use crate::sync::document::Edit;
use crate::sync::splice::splice_between;
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// One field's text: what the page showed, and what it was changed to.
struct Typed {
    path: String,
    was: String,
    now: String,
}

/// Makes the edits that the page's script kept for this document.
pub fn take_over(draft: Draft) {
    let name = draft.name();
    for typed in take(&name.to_string()) {
        let Some(field) = name.section.section().at(&typed.path) else { continue };
        match field.kind.keeps() {
            Keeps::Text if field.kind.check(&typed.now).is_ok() => {
                let here = draft.values.with_untracked(|values| values.text(&typed.path).to_string());
                // Others may have written meanwhile: this goes after what they did.
                if let Some(mine) = splice_between(&typed.was, &typed.now) {
                    let mine = mine.after(splice_between(&typed.was, &here).as_ref());
                    draft.edit(Edit::Splice {
                        path: typed.path,
                        at: mine.at,
                        delete: mine.delete,
                        insert: mine.insert,
                    });
                }
            }
            Keeps::Fact if field.kind.check(&typed.now).is_ok() => {
                draft.edit(Edit::Set { path: typed.path, value: typed.now });
            }
            _ => {}
        }
    }
}

/// Asks the page's script for what it kept of a document; it then forgets it.
fn take(document: &str) -> Vec<Typed> {
    let kept: Array = ask("take", document).and_then(|kept| kept.dyn_into().ok()).unwrap_or_default();
    let typed = kept.iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some(Typed { path: entry.get(0).as_string()?, was: entry.get(1).as_string()?, now: entry.get(2).as_string()? })
    });
    typed.collect()
}

/// How many fields have something that no document took over yet.
pub fn waiting() -> usize {
    ask("count", "").and_then(|many| many.as_f64()).unwrap_or_default() as usize
}

/// Forgets what no document took over.
pub fn forget() {
    ask("forget", "");
}

/// Asks something of the page's script.
fn ask(what: &str, of: &str) -> Option<JsValue> {
    let early = Reflect::get(&window(), &"pepEarly".into()).ok()?;
    let ask: Function = Reflect::get(&early, &what.into()).ok()?.dyn_into().ok()?;
    ask.call1(&early, &of.into()).ok()
}
