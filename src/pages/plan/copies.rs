//! Copies of the plan that people can hold, for those who may have them.

use crate::api::PlanPage;
use leptos::prelude::*;

pub fn card(page: &PlanPage) -> Option<AnyView> {
    let name = &page.name;
    let copies: Vec<_> = page
        .copies
        .iter()
        .map(|kind| {
            // A PDF opens beside the plan, so that nobody closes what they were writing.
            view! {
                <li>
                    <a href=kind.path(&page.plan) target="_blank">{format!("{} (PDF)", kind.words(name))}</a>
                    <span class="soft small">{kind.about(name)}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let card = || view! { <section class="card side"><h2>"Copies"</h2><ul class="lines">{copies}</ul></section> };
    (!page.copies.is_empty()).then(|| card().into_any())
}
