//! One plan: the young person's words first, then what there is to do, by whom,
//! and how far it is.

mod agreeing;
mod copies;
pub mod later;
mod meeting;
mod meeting_date;
mod occasions;
pub mod shared;
mod side;
mod tasks;

use super::here_now::{Together, here_now};
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::route::Route;
use crate::api::{self, PlanPage};
use crate::device::{Device, Draft};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::ui::pictures::Picture;
use leptos::prelude::*;

#[component]
pub fn Plan(plan: PlanId) -> impl IntoView {
    let print = Route::Print(plan.clone()).path();
    let page: Loaded<PlanPage> = load(format!("plan/{plan}"), move || api::plan(plan.clone()));
    loaded(page, move |page| {
        let (plan, child) = page.with_untracked(|page| (page.plan.clone(), page.name.clone()));
        hear_of_news(plan.clone()).shown(true);
        let body = view! {
            {here_now(plan, child, Together::on_page())}
            <div class="plan-head">
                <p class="soft">{move || page.with(when)}</p>
                <h1 id="title" tabindex="-1">{move || page.with(|page| whose(&page.name))}</h1>
                {move || page.with(meeting::on_now)}
            </div>
            <div class="plan">
                <div class="plan-main">
                    {shared::card(page)}
                    {move || page.with(agreeing::card)}
                    {move || page.with(side::to_do)}
                    {move || page.with(tasks::list)}
                </div>
                <div class="plan-side">
                    {meeting::card(page)}
                    {occasions::card(page)}
                    {move || page.with(side::said_done)}
                    {side::since(page)}
                    {move || page.with(side::team)}
                    {move || page.with(side::money)}
                    {move || page.with(side::cards)}
                    {move || page.with(copies::card)}
                    <p><a class="with-icon" href=print><Picture id="icon-print"/>"Print this plan"</a></p>
                    {move || page.with(side::file)}
                </div>
            </div>
        };
        inside(None, body.into_any())
    })
}

/// News of a plan come to whoever has a part of it open; everyone in the team may
/// read the targets.
pub fn hear_of_news(plan: PlanId) -> Draft {
    Device::here().open(DocumentName { plan, section: SectionId::Targets }, Values::default())
}

/// "Year 8, Spring term 2027 · Plan 5".
fn when(page: &PlanPage) -> String {
    format!("{}, {} {} · Plan {}", page.year_group, page.term.words(), page.year, page.number)
}

/// "Amira’s plan".
pub fn whose(name: &str) -> String {
    format!("{name}’s plan")
}
