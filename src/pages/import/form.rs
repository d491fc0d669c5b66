//! What is imported, and from where: a file, or rows that are pasted.

use super::Importing;
use crate::api::import::Given;
use crate::device::Picked;
use crate::domain::register::{MOST_BYTES, What};
use crate::ui::field::{Asked, told};
use crate::ui::form::{fill, typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

const FILE: &str = "import-file";
const TEXT: &str = "import-text";

pub fn form(importing: Importing, may: Vec<(What, String)>) -> AnyView {
    let file = Asked::new(FILE.into(), "A file".into(), "CSV, at most 5 MB and 5,000 rows.".into());
    let text = Asked::new(TEXT.into(), "Or rows that you paste".into(), "With the names of the columns.".into());
    let button = move || if importing.preview.with(Option::is_some) { "button quiet" } else { "button" };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        spawn_local(async move { look(importing).await });
    };
    view! {
        <form
            class="card"
            novalidate
            on:submit=send
            on:change=move |_| importing.anew()
            on:input=move |_| importing.anew()
        >
            <div class="fields">
                {(may.len() > 1).then(|| kinds(importing, may))}
                <div class="whole field">
                    <label for=FILE>{file.label.clone()}</label>
                    {told(&file, RwSignal::new(None))}
                    <input
                        class="box"
                        type="file"
                        id=FILE
                        accept=".csv,.tsv,.txt,text/csv"
                        autocomplete="off"
                        aria-describedby=file.described()
                    />
                </div>
                <div class="whole">{words(&text, RwSignal::new(None), "")}</div>
            </div>
            {move || importing.preview.with(Option::is_none).then(|| notice(importing.trouble))}
            <button type="submit" class=button aria-busy=move || importing.busy.get().then_some("true")>
                "Look at the rows"
            </button>
        </form>
    }
    .into_any()
}

fn kinds(importing: Importing, may: Vec<(What, String)>) -> AnyView {
    let answers: Vec<_> = may
        .into_iter()
        .map(|(what, words)| {
            let id = format!("import-{}", what.id());
            view! {
                <div class="answer">
                    <input
                        type="radio"
                        id=id.clone()
                        name="import-what"
                        autocomplete="off"
                        value=what.id()
                        on:change=move |_| importing.what.set(Some(what))
                    />
                    <label for=id>{words}</label>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="whole field">
            <legend>"What is in it?"</legend>
            <div class="answers inline">{answers}</div>
        </fieldset>
    }
    .into_any()
}

/// Takes what is chosen or pasted, and asks what would come of it.
async fn look(importing: Importing) {
    importing.anew();
    let pasted = typed(TEXT);
    let picked = importing.device.file(FILE, MOST_BYTES as f64).await;
    let given = match (picked, pasted.trim().is_empty()) {
        _ if importing.what.get_untracked().is_none() => Err("Choose what is in the file."),
        (Picked::TooLarge, _) => Err("This file is larger than 5 MB. Export less at once, such as one year group."),
        (Picked::Unreadable, _) => Err("The browser could not read this file. Choose it again."),
        (Picked::Bytes(_), false) => Err("A file is chosen and rows are pasted. Empty the box, or reload the page."),
        (Picked::None, true) => Err("Choose a file, or paste the rows."),
        (Picked::Bytes(bytes), true) => Ok(Given::File(bytes)),
        (Picked::None, false) => Ok(Given::Pasted(pasted)),
    };
    match given {
        Ok(given) => {
            importing.given.set_value(Some(given));
            importing.look(None);
        }
        Err(sentence) => importing.trouble.set(Some(sentence.into())),
    }
}

/// Leaves the form without a file, so that nothing is imported twice by mistake.
pub fn empty() {
    // A file can be taken from its control in no other way.
    fill(FILE, "");
    fill(TEXT, "");
}
