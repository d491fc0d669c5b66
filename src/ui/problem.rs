//! When a page can't show what was asked for: what happened, whether the person's
//! words are safe, and what to do next.

use super::words::say;
use crate::domain::words::problem::FETCHING;
use leptos::prelude::*;

/// A problem as a page of its own, with one way on.
pub fn problem(heading: &'static str, sentence: String, href: String, way: &'static str) -> AnyView {
    view! {
        <div class="stack">
            <h1 id="title" tabindex="-1">{heading}</h1>
            <p class="lead">{sentence}"."</p>
            <p><a class="button" href=href>{way}</a></p>
        </div>
    }
    .into_any()
}

/// A problem beside the button that met it. It keeps no place while there is none.
pub fn notice(problem: RwSignal<Option<String>>) -> AnyView {
    view! { <p class="notice" role="alert">{move || problem.get()}</p> }.into_any()
}

/// The problems of a form that was sent, each leading to its control.
pub fn summary(problems: Vec<(String, String)>) -> AnyView {
    summary_at("problems".into(), problems)
}

/// The same, for a page with several forms: each has its own.
pub fn summary_at(place: String, problems: Vec<(String, String)>) -> AnyView {
    let list: Vec<_> =
        problems.into_iter().map(|(id, sentence)| view! { <li><a href=format!("#{id}")>{sentence}</a></li> }).collect();
    view! {
        <div class="summary" role="alert" tabindex="-1" id=place>
            <h2>"There is a problem"</h2>
            <ul>{list}</ul>
        </div>
    }
    .into_any()
}

/// While a page is on its way from the server.
pub fn waiting() -> AnyView {
    view! { <p class="waiting soft" role="status">{say(FETCHING)}</p> }.into_any()
}
