//! What of the carer's pages comes behind the questions: those are open, and keep what is
//! written, without it.

use super::agreed::AgreedView;
use super::children::ChildrenView;
use crate::device::Draft;
use crate::domain::people::PlanId;
use crate::pages::not_sent::NotSentView;
use crate::ui::later;
use crate::ui::photos::Photos;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A page, or a part of one.
#[derive(Clone)]
pub enum Part {
    Agreed(PlanId),
    Children { starts: bool },
    Photos(Box<Draft>),
    NotSent,
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(part: Part) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    if !crate::PHOTOS {
        return Ok(().into_any());
    }
    Ok(match part {
        Part::Agreed(plan) => view! { <AgreedView plan/> }.into_any(),
        Part::Children { starts } => view! { <ChildrenView starts/> }.into_any(),
        Part::Photos(draft) => view! { <Photos draft=*draft/> }.into_any(),
        Part::NotSent => view! { <NotSentView/> }.into_any(),
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
