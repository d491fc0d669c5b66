//! The browser's start: what the server rendered is taken over.

use super::here::{self, Here};
use super::{ASKS, READY, afterwards, fresh_number, navigation, open_drawers};
use crate::app::App;
use crate::device::Device;
use crate::pages::bundle::ready;
use crate::pages::route::{Place, Route};
use crate::sync::presence::Company;
use crate::sync::replica::Replica;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;
use litemap::LiteMap;
use std::time::Duration;

/// After which a part that didn't come is asked for again.
const AGAIN: Duration = Duration::from_secs(2);

/// Takes the page over: hydrates what the server rendered, or, where the service
/// worker gave an empty shell, mounts the same app.
pub fn start() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    let mut resolve = None;
    let ready = Promise::new(&mut |resolved, _| resolve = Some(resolved));
    READY.set(resolve.map(|resolve| (ready, resolve)));
    if document().body().is_some_and(|body| body.has_attribute("data-offline")) {
        leptos::mount::mount_to_body(app);
        live();
    } else {
        hydrate(Route::read(&navigation::here()));
    }
}

/// Hydrates a page once all of its code is there.
fn hydrate(route: Route) {
    wasm_bindgen_futures::spawn_local(async move {
        if ready(&route).await {
            leptos::mount::hydrate_body(app);
            live();
        } else {
            set_timeout(move || hydrate(route), AGAIN);
        }
    });
}

fn app() -> impl IntoView {
    let device = Device::new(ASKS);
    provide_context(device);
    here::start(Here {
        device,
        holder: String::new(),
        vault: None,
        replica: Replica::new(fresh_number()),
        drafts: LiteMap::new(),
        others: Company::new(),
        waiting: Vec::new(),
        pass: String::new(),
    });
    let place = Place::new(Route::read(&navigation::here()), navigation::go);
    provide_context(place);
    navigation::start(place);
    App()
}

/// The page lives: what comes behind it is fetched, and what was kept is opened.
fn live() {
    afterwards::fetch();
    spawn_local(open_drawers());
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-live", "");
    }
}
