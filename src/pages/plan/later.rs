//! What of the plan's pages comes behind them: what one opens to look something over, and
//! forms behind a press.

use super::{meeting_date, occasions, shared};
use crate::api::PlanPage;
use crate::app::BUNDLE;
use crate::device::Draft;
use crate::domain::people::{AnswerId, PlanId};
use crate::domain::sections::SectionId;
use crate::pages::bundle::Bundle;
use crate::pages::check::Check;
use crate::pages::not_sent::NotSentView;
use crate::pages::print::Print;
use crate::pages::sign_in::SignIn;
use crate::pages::steps::Steps;
use crate::pages::translating;
use crate::ui::form::Wrong;
use crate::ui::later;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A page, or a form.
#[derive(Clone)]
pub enum Part {
    Check(PlanId, SectionId),
    Print(PlanId),
    NotSent,
    SignIn,
    MeetingDate(Signal<PlanPage>, Steps, RwSignal<bool>, [Wrong; 3]),
    Occasion(Signal<PlanPage>, Steps),
    /// Of an answer, with what was typed before.
    Translation(PlanId, AnswerId, Steps, String),
    /// Of a carer's words.
    Written(Box<Draft>),
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(part: Part) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    if !matches!(BUNDLE, Bundle::Plan | Bundle::Whole) {
        return Ok(().into_any());
    }
    Ok(match part {
        Part::Check(plan, section) => view! { <Check plan section/> }.into_any(),
        Part::Print(plan) => view! { <Print plan/> }.into_any(),
        Part::NotSent => view! { <NotSentView/> }.into_any(),
        Part::SignIn => view! { <SignIn/> }.into_any(),
        Part::MeetingDate(page, steps, open, wrong) => meeting_date::boxes(page, steps, open, wrong),
        Part::Occasion(page, steps) => occasions::boxes(page, steps),
        Part::Translation(plan, answer, steps, before) => shared::translation(plan, answer, steps, &before),
        Part::Written(draft) => translating::of_section(*draft),
    })
}

/// A part, once its code is there.
pub fn later(part: Part) -> AnyView {
    later::later(fetch, move || shown(part.clone()))
}

/// Brings the code. Answers whether it came.
pub async fn ready() -> bool {
    fetch().await.is_ok()
}
