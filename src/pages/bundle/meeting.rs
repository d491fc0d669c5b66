//! The pages of a meeting, which everybody in it has open for all of it.

use crate::pages::meeting::{MeetingView, ScreenView};
use crate::pages::route::Route;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Meeting(plan) => view! { <MeetingView plan/> }.into_any(),
        Route::Screen(plan) => view! { <ScreenView plan/> }.into_any(),
        _ => ().into_any(),
    }
}
