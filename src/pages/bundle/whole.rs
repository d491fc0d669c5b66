//! Every page of Pep.

use super::{Bundle, family, meeting, office, plan};
use crate::pages::route::Route;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Voice => family::page(route),
        route if Bundle::Office.has(&route) => office::page(route),
        route if Bundle::Meeting.has(&route) => meeting::page(route),
        route => plan::page(route),
    }
}
