//! What stands round every page of the adults: the way to skip to the page, whose
//! plan it is, where the person's words are, and help, each in its place.

use super::pictures::Picture;
use super::status::{Speaker, StatusLine};
use leptos::prelude::*;

/// The way back: where to, and in which words. On a child's pages these are the
/// child's name, so that it is never in doubt whose plan is open.
pub type Back = Option<(String, String)>;

#[component]
pub fn Frame(back: Back, end: AnyView, children: Children) -> impl IntoView {
    let start = match back {
        Some((href, words)) => view! { <a class="back" href=href><Picture id="icon-back"/>{words}</a> }.into_any(),
        None => view! { <a class="brand" href="/">"Pep"</a> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <header class="top">
            {start}
            <StatusLine speaker=Speaker::Professional/>
            {end}
        </header>
        <main class="page" id="main">{children()}</main>
        <footer class="foot">
            <p>
                "Stuck? Ask the virtual school of your local authority. What you write is kept on this \
                 device until it is in the plan. "
                <a href="/not-sent">"See what was not sent"</a>
            </p>
        </footer>
    }
}
