//! The young person's pages, which travel by themselves.

use crate::pages::route::Route;
use crate::pages::voice::Voice;
use leptos::prelude::*;

/// The page for a route: there is one.
pub fn page(_: Route) -> AnyView {
    view! { <Voice/> }.into_any()
}
