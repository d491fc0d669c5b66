//! The pages of the young person and the carer, which travel by themselves. Every
//! other address is loaded with the whole of Pep.

use super::carer::CarersView;
use super::route::Route;
use super::voice::Voice;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Section(plan, section) => view! { <CarersView plan section/> }.into_any(),
        _ => view! { <Voice/> }.into_any(),
    }
}
