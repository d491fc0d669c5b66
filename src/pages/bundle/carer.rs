//! The carer's pages, which travel by themselves.

use crate::pages::carer::CarersView;
use crate::pages::route::Route;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Section(plan, section) => view! { <CarersView plan section/> }.into_any(),
        _ => ().into_any(),
    }
}
