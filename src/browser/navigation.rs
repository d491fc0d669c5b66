//! Going from page to page without loading anew: links, back and forward.

use crate::app::BUNDLE;
use crate::pages::route::{Place, Route};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlAnchorElement, HtmlElement, MouseEvent};

/// The address that the page was opened at.
pub fn here() -> String {
    window().location().pathname().unwrap_or_else(|_| "/".into())
}

/// Shows another page of the app, or loads it where it didn't come along.
pub fn go(path: String) {
    if !BUNDLE.has(&Route::read(&path)) {
        let _ = window().location().set_href(&path);
        return;
    }
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    arrive();
}

thread_local! {
    static PLACE: std::cell::Cell<Option<Place>> = const { std::cell::Cell::new(None) };
}

pub fn start(place: Place) {
    PLACE.set(Some(place));
    let clicked = Closure::<dyn FnMut(MouseEvent)>::new(follow);
    let _ = document().add_event_listener_with_callback("click", clicked.as_ref().unchecked_ref());
    clicked.forget();
    let moved = Closure::<dyn FnMut(Event)>::new(move |_| {
        // A link to a place on this page also counts as moving; the browser goes there.
        if place.route.get_untracked() != Route::read(&here()) {
            arrive();
        }
    });
    let _ = window().add_event_listener_with_callback("popstate", moved.as_ref().unchecked_ref());
    moved.forget();
}

/// Follows a link to one of our own pages; leaves all others to the browser.
fn follow(event: MouseEvent) {
    if event.default_prevented() || event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    let own = window().location().origin().is_ok_and(|origin| origin == link.origin());
    let loads = link.has_attribute("download") || link.has_attribute("data-leave") || !link.target().is_empty();
    let jump = !link.hash().is_empty() && link.pathname() == here();
    let route = Route::read(&link.pathname());
    if !own || loads || jump || route == Route::Unknown || !BUNDLE.has(&route) {
        return;
    }
    event.prevent_default();
    go(format!("{}{}{}", link.pathname(), link.search(), link.hash()));
}

/// Shows the page of the address, from its top, and tells where one is: focus goes
/// to its heading.
fn arrive() {
    let Some(place) = PLACE.get() else { return };
    let route = Route::read(&here());
    if !BUNDLE.has(&route) {
        let _ = window().location().reload();
        return;
    }
    place.route.set(route);
    window().scroll_to_with_x_and_y(0.0, 0.0);
    to_heading(here(), FRAMES);
}

/// So many frames at the most a page's heading is waited for.
const FRAMES: u32 = 600;

/// Puts the person at the heading of the page with this address. A page that is still
/// fetched has none yet: then as soon as it shows, unless they went somewhere meanwhile.
fn to_heading(path: String, frames: u32) {
    request_animation_frame(move || {
        let heading = document().query_selector("main h1").ok().flatten();
        match heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            Some(heading) if frames == FRAMES || is_nowhere() => drop(heading.focus()),
            None if frames > 0 && here() == path => to_heading(path, frames - 1),
            _ => {}
        }
    });
}

/// Whether the focus is nowhere, since what had it is gone.
fn is_nowhere() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}
