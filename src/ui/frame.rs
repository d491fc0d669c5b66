//! What stands round every page of the adults: the way to skip to the page, whose
//! plan it is, where the person's words are, and help, each in its place.

use super::boxes::inside;
use super::pictures::Picture;
use super::status::{Speaker, StatusLine};
use super::words::say;
use crate::domain::words::carer::SKIP;
use crate::domain::words::problem as words;
use leptos::prelude::*;

/// The way back: where to, and in which words. On a child's pages these are the
/// child's name, so that it is never in doubt whose plan is open.
pub type Back = Option<(String, String)>;

/// A page's name on its tab. As a child Leptos would end it with a mark, which a tab shows.
pub fn tab(name: &str) -> AnyView {
    view! { <title inner_html=inside(name, false)></title> }.into_any()
}

#[component]
pub fn Frame(back: Back, end: AnyView, children: Children) -> impl IntoView {
    let start = match back {
        Some((href, words)) => view! { <a class="back" href=href><Picture id="icon-back"/>{words}</a> }.into_any(),
        None => view! { <a class="brand" href="/">"Pep"</a> }.into_any(),
    };
    // On a carer's phone it stands round what stands in for a page.
    let speaker = if crate::FAMILY { Speaker::Carer } else { Speaker::Professional };
    view! {
        <a class="skip" href="#main">{say(SKIP)}</a>
        <header class="top">
            {start}
            <StatusLine speaker/>
            {end}
        </header>
        <main class="page" id="main">{children()}</main>
        <footer class="foot">
            <p>{say(words::STUCK)}" "<a href="/not-sent" data-leave="">{say(words::SEE_NOT_SENT)}</a></p>
        </footer>
    }
}
