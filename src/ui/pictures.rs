//! Pictures, faces and icons from one drawn sheet, `public/pictures.svg`, and the
//! symbols of the young person's pages from another, `public/symbols.svg`.

use leptos::prelude::*;

/// One drawing. It never stands alone: the words beside it say the same, so a
/// screen reader passes it over.
#[component]
pub fn Picture(
    /// The name of the drawing on the sheet, such as `face-good`.
    #[prop(into)]
    id: String,
    #[prop(optional, into)] class: String,
) -> impl IntoView {
    let sheet = if id.starts_with("sym-") { "symbols" } else { "pictures" };
    let class = if class.is_empty() { "icon".to_string() } else { class };
    view! {
        <svg class=class aria-hidden="true" focusable="false">
            <use_ href=format!("/{sheet}.svg#{id}")/>
        </svg>
    }
}

/// A drawing beside words, for who wants symbols: the style sheet shows it to them.
#[component]
pub fn Symbol(#[prop(into)] id: String) -> impl IntoView {
    view! { <Picture id class="symbol"/> }
}
