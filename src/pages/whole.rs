//! Every page of Pep.

use super::check::Check;
use super::home::Home;
use super::import::Import;
use super::inside::outside;
use super::not_sent::NotSentView;
use super::plan::{Money, Plan};
use super::print::Print;
use super::route::Route;
use super::section::SectionView;
use super::sign_in::SignIn;
use super::voice::Voice;
use crate::ui::problem::problem;
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <Home/> }.into_any(),
        Route::SignIn => view! { <SignIn/> }.into_any(),
        Route::Voice => view! { <Voice/> }.into_any(),
        Route::Plan(plan) => view! { <Plan plan/> }.into_any(),
        Route::Section(plan, section) => view! { <SectionView plan section/> }.into_any(),
        Route::Check(plan, section) => view! { <Check plan section/> }.into_any(),
        Route::Print(plan) => view! { <Print plan/> }.into_any(),
        Route::Money(plan) => view! { <Money plan/> }.into_any(),
        Route::Import => view! { <Import/> }.into_any(),
        Route::NotSent => view! { <NotSentView/> }.into_any(),
        Route::Unknown => {
            let sentence = "This address leads nowhere in Pep. Check it, or begin at the children".to_string();
            outside(problem("Nothing here", sentence, Route::Home.path(), "Go to the children"))
        }
    }
}
