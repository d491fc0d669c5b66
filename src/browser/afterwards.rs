//! What of the browser comes behind the page: nobody waits for it before their first
//! word.

use super::media::{self, SENDS};
use super::{earlier, hearing, speech};
use crate::app::BUNDLE;
use crate::device::Later;
use crate::pages::bundle::Bundle;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// What is read aloud and said is the young person's and the carer's.
const SPEAKS: bool = matches!(BUNDLE, Bundle::Voice | Bundle::Carer | Bundle::Whole);

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn speak() -> Result<(), SplitLoaderError> {
    if SPEAKS {
        speech::start();
        hearing::start();
    }
    Ok(())
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn send_media() -> Result<Later<()>, SplitLoaderError> {
    Ok(if SENDS { super::later(media::run()) } else { Box::pin(async {}) })
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn open_earlier(code: Option<String>) -> Result<Later<Option<u32>>, SplitLoaderError> {
    Ok(if crate::VOICE { super::later(earlier::open(code)) } else { Box::pin(async { None }) })
}

/// Brings all that comes later, and begins to read aloud and to hear.
pub fn fetch() {
    if SPEAKS {
        // What doesn't come now is asked for again where it is needed.
        spawn_local(async { drop(speak().await) });
    }
}

/// What earlier pictures keep shut, and opening it with them.
pub async fn earlier(code: Option<String>) -> Option<u32> {
    open_earlier(code).await.ok()?.await
}

/// Sends media until there is none, or until they can't be sent now. Answers whether
/// the code for it is there.
pub async fn sent_media() -> bool {
    match send_media().await {
        Ok(sending) => {
            sending.await;
            true
        }
        Err(_) => false,
    }
}
