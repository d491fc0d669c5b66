//! Pep: Personal Education Plans of children in care, written together.
//!
//! One crate, two builds: `ssr` is the server, `hydrate` the browser's wasm.
//! `src/ARCHITECTURE.md` is the map.

#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod device;
pub mod domain;
pub mod pages;
pub mod sync;
pub mod ui;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
pub mod server;

/// Whether this build has only the pages of the young person and the carer.
const FAMILY: bool = cfg!(any(feature = "voice", feature = "carer"));

/// Whether this build has the young person's page alone.
const TABLET: bool = FAMILY && VOICE;

/// Whether what a young person says to be passed on is judged here. Their own page spells
/// it, and the server alone judges it.
const JUDGES: bool = cfg!(feature = "ssr");

/// Whether this build has the young person's page, on which one draws and records.
const VOICE: bool = !cfg!(any(feature = "carer", feature = "plan", feature = "office", feature = "meeting"));

/// Whether this build has the carer's own page, to which one adds photos.
const PHOTOS: bool = !cfg!(any(feature = "voice", feature = "plan", feature = "office", feature = "meeting"));

/// The browser's start.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    browser::start();
}
