//! The young person's pages, which travel by themselves.

use crate::pages::route::Route;
use crate::pages::voice::{Voice, later};
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Card => later::card(),
        _ => view! { <Voice/> }.into_any(),
    }
}
