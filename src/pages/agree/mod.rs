//! Agreeing a plan: replies to the young person, what is missing, signatures, the
//! virtual school's view, and what is put right afterwards. All of it is decided by
//! the server, so none of it works without a connection.

mod after;
mod card;
mod offered;
mod quality;
mod reply;

use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::{hear_of_news, shared, whose};
use super::route::Route;
use crate::api::{self, PlanPage};
use crate::domain::people::PlanId;
use leptos::prelude::*;

#[component]
pub fn Agree(plan: PlanId) -> impl IntoView {
    let back = Route::Plan(plan.clone()).path();
    let page: Loaded<PlanPage> = load(format!("plan/{plan}"), move || api::plan(plan.clone()));
    loaded(page, move |page| {
        let (plan, name) = page.with_untracked(|page| (page.plan.clone(), page.name.clone()));
        hear_of_news(plan);
        let body = view! {
            <div class="stack roomy agree">
                <h1 id="title" tabindex="-1">"Agreeing the plan"</h1>
                {reply::card(page)}
                {move || page.with(shared::seen)}
                {move || page.with(shared::said_back)}
                {card::card(page)}
                {quality::card(page)}
                {offered::card(page)}
                {move || page.with(after::late)}
                {after::corrections(page)}
                {card::close(page)}
            </div>
        };
        inside(Some((back, whose(&name))), body.into_any())
    })
}
