//! The carer's pages, which travel by themselves.

use super::Bundle;
use crate::domain::words::carer as words;
use crate::pages::carer::CarersView;
use crate::pages::carer::later::{Part, later};
use crate::pages::inside::outside;
use crate::pages::route::Route;
use crate::ui::problem::problem;
use crate::ui::words::{Own, say};
use leptos::prelude::*;

/// The page for a route.
pub fn page(route: Route) -> AnyView {
    match route {
        Route::Section(plan, section) if Bundle::is_carers_page(&Route::Section(plan.clone(), section)) => {
            view! { <CarersView plan section/> }.into_any()
        }
        Route::Agreed(plan) => later(Part::Agreed(plan)),
        Route::Carer => later(Part::Children { starts: false }),
        // Opened from the device alone, at Pep's own address.
        Route::Home => later(Part::Children { starts: true }),
        Route::NotSent => later(Part::NotSent),
        _ => not_kept(),
    }
}

/// What a carer's phone doesn't keep.
fn not_kept() -> AnyView {
    let draw = || {
        Own::follow();
        let (heading, way) = (say(words::NEEDS_CONNECTION), say(words::CHILDREN));
        outside(problem(heading, say(words::NOT_ON_PHONE).to_string(), Route::Carer.path(), way))
    };
    draw.into_any()
}
