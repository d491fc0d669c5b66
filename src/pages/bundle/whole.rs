//! Every page of Pep.

use super::{Bundle, carer, meeting, office, plan, voice};
use crate::pages::route::Route;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        route if Bundle::Voice.has(&route) => voice::page(route),
        route if Bundle::Office.has(&route) => office::page(route),
        route if Bundle::Meeting.has(&route) => meeting::page(route),
        route if Bundle::is_carers_own(&route) => carer::page(route),
        route => plan::page(route),
    }
}
