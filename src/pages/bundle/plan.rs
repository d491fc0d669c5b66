//! The plan, its parts and the ways to them.

use super::Bundle;
use crate::api::Problem;
use crate::pages::home::Home;
use crate::pages::inside::outside;
use crate::pages::plan::Plan;
use crate::pages::plan::later::{Part, later};
use crate::pages::route::Route;
use crate::pages::section::SectionView;
use crate::ui::problem::problem;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Home/> }.into_any(),
        Route::SignIn => later(Part::SignIn),
        Route::Plan(plan) => view! { <Plan plan/> }.into_any(),
        Route::Section(plan, section) => view! { <SectionView plan section/> }.into_any(),
        Route::Check(plan, section) => later(Part::Check(plan, section)),
        Route::Print(plan) => later(Part::Print(plan)),
        Route::NotSent => later(Part::NotSent),
        // Opened from the device alone: what the server decides isn't here.
        route if Bundle::Office.has(&route) || Bundle::is_carers_own(&route) => {
            let sentence = Problem::Offline.sentence();
            outside(problem("This needs a connection", sentence, Route::Home.path(), "Go to the children"))
        }
        _ => {
            let sentence = "This address leads nowhere in Pep. Check it, or begin at the children".to_string();
            outside(problem("Nothing here", sentence, Route::Home.path(), "Go to the children"))
        }
    }
}
