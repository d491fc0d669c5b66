//! The pages of what the server decides.

use crate::pages::agree::Agree;
use crate::pages::cards::Cards;
use crate::pages::history::History;
use crate::pages::import::Import;
use crate::pages::money::Money;
use crate::pages::route::Route;
use crate::pages::settings::SettingsView;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Cards(plan) => view! { <Cards plan/> }.into_any(),
        Route::Money(plan) => view! { <Money plan/> }.into_any(),
        Route::Import => view! { <Import/> }.into_any(),
        Route::Agree(plan) => view! { <Agree plan/> }.into_any(),
        Route::History(plan, section) => view! { <History plan section/> }.into_any(),
        Route::Settings => view! { <SettingsView/> }.into_any(),
        _ => ().into_any(),
    }
}
