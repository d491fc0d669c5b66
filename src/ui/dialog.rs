//! A question that has to be answered before anything else. The browser's own
//! dialog keeps the focus in it, closes on Escape and gives the focus back.

use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog node_ref=node aria-label=move || title.get() on:close=move |_| open.set(false)>
            <div class="stack">
                <h2>{move || title.get()}</h2>
                {children()}
            </div>
        </dialog>
    }
}
