//! Bringing in a register or marks from a file: choosing it, seeing which column is
//! which and what each row would set, and importing all of that or nothing.

mod columns;
mod form;
mod rows;

use crate::api::Problem;
use crate::api::import::{Given, Import as Decided, ImportPage, Preview, import_page, look_at_import, take_import};
use crate::device::Device;
use crate::domain::register::{Chosen, What};
use crate::pages::inside::inside;
use crate::pages::load::{Loaded, load, loaded};
use crate::pages::route::Route;
use crate::ui::field::focus_on;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the page's parts share.
#[derive(Clone, Copy)]
struct Importing {
    what: RwSignal<Option<What>>,
    /// What was looked at: the same is imported.
    given: StoredValue<Option<Given>>,
    preview: RwSignal<Option<Preview>>,
    /// The numbers of the rows that were unticked, in order.
    left_out: RwSignal<Vec<usize>>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// What came of it.
    told: RwSignal<Option<String>>,
    device: Device,
}

#[component]
pub fn Import() -> impl IntoView {
    let page: Loaded<ImportPage> = load("import", import_page);
    loaded(page, |page| {
        let ImportPage { may } = page.get_untracked();
        let body = if may.is_empty() { nothing() } else { importing(may) };
        let body = view! {
            <div class="stack roomy import">
                <h1 id="title" tabindex="-1">"Import from a file"</h1>
                {body}
            </div>
        };
        inside(Some((Route::Home.path(), "Children".into())), body.into_any())
    })
}

fn nothing() -> AnyView {
    view! {
        <p class="lead">
            "None of your children’s plans takes attendance or progress from you. Their designated teacher imports it."
        </p>
    }
    .into_any()
}

fn importing(may: Vec<(What, String)>) -> AnyView {
    let importing = Importing {
        what: RwSignal::new(if let [(only, _)] = may.as_slice() { Some(*only) } else { None }),
        given: StoredValue::new(None),
        preview: RwSignal::new(None),
        left_out: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        trouble: RwSignal::new(None),
        told: RwSignal::new(None),
        device: Device::here(),
    };
    let told = move || importing.told.get().map(|told| view! { <b>{told}"."</b> });
    view! {
        <p class="lead">
            "Take what your school’s system exports as CSV. Rows about other children are left out, and the file is \
             not kept."
        </p>
        <p class="done" role="status" tabindex="-1" id="import-told">{told}</p>
        {form::form(importing, may)}
        {columns::columns(importing)}
        {rows::rows(importing)}
    }
    .into_any()
}

impl Importing {
    /// What is chosen or pasted is another file now: what was seen of the last goes.
    fn anew(self) {
        self.given.set_value(None);
        self.preview.set(None);
        self.trouble.set(None);
        self.told.set(None);
    }

    /// Asks what would come of the file. Without columns the server finds them.
    fn look(self, columns: Option<Vec<Chosen>>) {
        let (Some(what), Some(given)) = (self.what.get_untracked(), self.given.get_value()) else { return };
        let again = columns.is_some();
        self.ask(async move {
            let page = look_at_import(what, given.clone(), columns).await?;
            let preview = page.read::<Preview>().ok_or(Problem::NotFound)?;
            // Another file was chosen meanwhile: this is about the last.
            if self.given.with_value(|now| now.as_ref() != Some(&given)) {
                return Ok(());
            }
            self.left_out.set(Vec::new());
            self.preview.set(Some(preview));
            if !again {
                focus_on("import-seen".into());
            }
            Ok(())
        });
    }

    /// Imports the rows that are ticked.
    fn take(self) {
        let (Some(what), Some(given)) = (self.what.get_untracked(), self.given.get_value()) else { return };
        let Some((columns, seen)) = self.preview.with_untracked(|preview| {
            let preview = preview.as_ref()?;
            let chosen = preview.columns.iter().map(|column| Chosen { column: column.id.clone(), at: column.at });
            Some((chosen.collect(), preview.seen.clone()))
        }) else {
            return;
        };
        let left_out = self.left_out.get_untracked();
        self.ask(async move {
            let told = take_import(Decided { what, given, columns, left_out, seen }).await?;
            self.anew();
            form::empty();
            self.told.set(Some(told));
            focus_on("import-told".into());
            Ok(())
        });
    }

    fn ask(self, asked: impl Future<Output = Result<(), Problem>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            if let Err(problem) = asked.await {
                self.trouble.set(Some(refusal(&problem)));
            }
            self.busy.set(false);
        });
    }
}

/// What a person hears when the server didn't do it.
fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Offline => {
            "Importing needs a connection. Nothing is lost: your file is still chosen here. Try again when there is one."
                .into()
        }
        other => format!("{}.", other.sentence()),
    }
}
