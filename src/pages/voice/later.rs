//! What of My voice comes behind its first words: the page welcomes, asks, and keeps
//! what is picked or written without it.

use super::audience::Audience;
use super::card::CardView;
use super::code::{ChooseCode, Choosing};
use super::earlier::Earlier;
use super::finish::{Finish, SoFar};
use super::heard::{self, Since};
use super::helped::{AskedWith, TypedFor};
use super::last_time::LastTime;
use super::looks::LooksScreen;
use super::question::OtherWays;
use super::seen_plan::SeenPlan;
use super::sort::Sorting;
use super::stop::Stopped;
use super::talk::{Asked, Detour, Talk};
use super::we_did::WeDid;
use crate::device::Later;
use crate::ui::later;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// A part of a screen, or a screen.
#[derive(Clone, Copy)]
pub enum Part {
    /// Drawing it, saying it, and that somebody else typed it.
    Ways(Asked),
    /// Who can see it, and what is asked with it.
    Below(Asked),
    LastTime(Asked),
    Sorting(Asked),
    /// On the first screen: the ways to what was said and heard.
    Since,
    Looks,
    Finish,
    Off(Detour),
    /// What pictures from before keep shut on this device.
    Earlier,
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch))]
fn shown(talk: Talk, part: Part) -> Result<AnyView, SplitLoaderError> {
    // What no page of a build leads to isn't in it.
    if !crate::VOICE {
        return Ok(().into_any());
    }
    Ok(match part {
        Part::Ways(asked) => view! { <OtherWays talk asked/><TypedFor talk asked/> }.into_any(),
        Part::Below(asked) => view! { <Audience talk asked/><AskedWith talk asked/> }.into_any(),
        Part::LastTime(asked) => view! { <LastTime talk asked/> }.into_any(),
        Part::Sorting(asked) => view! { <Sorting talk asked/> }.into_any(),
        Part::Since => view! { <Since talk/> }.into_any(),
        Part::Looks => view! { <LooksScreen talk/> }.into_any(),
        Part::Finish => view! { <Finish talk/> }.into_any(),
        Part::Off(Detour::Code) => view! { <ChooseCode talk/> }.into_any(),
        Part::Off(Detour::SoFar) => view! { <SoFar talk/> }.into_any(),
        Part::Off(Detour::WeDid) => view! { <WeDid talk/> }.into_any(),
        Part::Off(Detour::SeenPlan) => view! { <SeenPlan talk/> }.into_any(),
        Part::Off(Detour::Stopped) => view! { <Stopped talk/> }.into_any(),
        Part::Earlier => view! { <Earlier/> }.into_any(),
    })
}

/// A part, once its code is there.
pub fn later(talk: Talk, part: Part) -> AnyView {
    later::later(fetch, move || shown(talk, part))
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_code))]
fn chosen_code(done: RwSignal<bool>) -> Result<AnyView, SplitLoaderError> {
    Ok(if crate::VOICE { view! { <Choosing done/> }.into_any() } else { ().into_any() })
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_card))]
fn opened_card() -> Result<AnyView, SplitLoaderError> {
    Ok(if crate::VOICE { view! { <CardView/> }.into_any() } else { ().into_any() })
}

/// The page that a card's code leads to.
pub fn card() -> AnyView {
    later::later(fetch_card, opened_card)
}

/// Brings the code. Answers whether it came.
pub async fn ready() -> bool {
    fetch_card().await.is_ok()
}

/// Choosing a picture code before anything else.
pub fn later_code(done: RwSignal<bool>) -> AnyView {
    later::afterwards(move || later::later(fetch_code, move || chosen_code(done)))
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn heard_now(talk: Talk) -> Result<Later<()>, SplitLoaderError> {
    Ok(if crate::VOICE { Box::pin(heard::hear(talk)) } else { Box::pin(async {}) })
}

/// Asks what came of what they said.
pub fn hear(talk: Talk) {
    spawn_local(async move {
        // Without its code it is asked again on the next screen.
        if let Ok(heard) = heard_now(talk).await {
            heard.await;
        }
    });
}
