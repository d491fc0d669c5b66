//! What of Pep travels to a browser. A handed-over tablet and a carer's phone load
//! only their own pages, because their connection is the worst; what can't be done
//! without a connection doesn't travel with what can.

pub mod carer;
pub mod meeting;
pub mod office;
pub mod plan;
pub mod voice;
pub mod whole;

use super::route::Route;
use crate::app::BUNDLE;
use crate::domain::people::Role;
use crate::domain::sections::SectionId;
use std::future::Future;
use std::pin::Pin;

/// Brings what has to be there before the page of a route is taken over from the server,
/// and answers whether it is: the page may be a part that comes later. Not an `async fn`,
/// whose states would keep the code of every build in each.
pub fn ready(route: &Route) -> Pin<Box<dyn Future<Output = bool>>> {
    let is_plans = matches!(route, Route::Check(..) | Route::Print(_) | Route::NotSent | Route::SignIn);
    match BUNDLE {
        Bundle::Voice | Bundle::Whole if *route == Route::Card => Box::pin(super::voice::later::ready()),
        Bundle::Carer if !Bundle::is_carers_page(route) => Box::pin(super::carer::later::ready()),
        Bundle::Whole if Bundle::is_carers_own(route) => Box::pin(super::carer::later::ready()),
        Bundle::Plan | Bundle::Whole if is_plans => Box::pin(super::plan::later::ready()),
        _ => Box::pin(async { true }),
    }
}

/// A build of the browser's half.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bundle {
    /// My voice.
    Voice,
    /// The carer's pages.
    Carer,
    /// The plan and its parts: what professionals write in, with a network or without.
    Plan,
    /// What needs the server: money, signing, agreeing, the authority's own rules, what
    /// was written before.
    Office,
    /// The meeting, on each device and on the screen that everybody sees.
    Meeting,
    /// Every page: what the server renders, and `make dev` builds.
    Whole,
}

impl Bundle {
    /// What its files are named after.
    pub fn name(self) -> &'static str {
        match self {
            Bundle::Voice => "voice",
            Bundle::Carer => "carer",
            Bundle::Plan | Bundle::Whole => "plan",
            Bundle::Office => "office",
            Bundle::Meeting => "meeting",
        }
    }

    /// The smallest one that shows a route to a visitor with this role.
    pub fn of(route: &Route, role: Option<Role>) -> Self {
        match route {
            Route::Voice | Route::Card => Bundle::Voice,
            Route::NotSent if role == Some(Role::Carer) => Bundle::Carer,
            _ if Self::is_carers_own(route) => Bundle::Carer,
            _ if Self::is_carers_page(route) && role == Some(Role::Carer) => Bundle::Carer,
            _ if Self::is_office(route) => Bundle::Office,
            _ if Self::is_meeting(route) => Bundle::Meeting,
            _ => Bundle::Plan,
        }
    }

    /// Whether a route is shown without loading anew.
    pub fn has(self, route: &Route) -> bool {
        match self {
            Bundle::Voice => Self::is_voice(route),
            Bundle::Carer => Self::is_carers_own(route) || Self::is_carers_page(route) || *route == Route::NotSent,
            Bundle::Plan => {
                let elsewhere = Self::is_office(route) || Self::is_meeting(route) || Self::is_carers_own(route);
                !Self::is_voice(route) && !elsewhere
            }
            Bundle::Office => Self::is_office(route),
            Bundle::Meeting => Self::is_meeting(route),
            Bundle::Whole => true,
        }
    }

    /// Whether a route is one that a carer sees in their own way.
    pub fn is_carers_page(route: &Route) -> bool {
        matches!(route, Route::Section(_, SectionId::CarersView))
    }

    /// Whether a route is only in the carer's bundle, whoever opens it.
    pub fn is_carers_own(route: &Route) -> bool {
        matches!(route, Route::Carer | Route::Agreed(_))
    }

    fn is_voice(route: &Route) -> bool {
        matches!(route, Route::Voice | Route::Card)
    }

    fn is_meeting(route: &Route) -> bool {
        matches!(route, Route::Meeting(_) | Route::Screen(_))
    }

    fn is_office(route: &Route) -> bool {
        matches!(
            route,
            Route::Money(_) | Route::Cards(_) | Route::Agree(_) | Route::Import | Route::Settings | Route::History(..)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_sent_is_in_a_carers_own_bundle_and_in_the_plans() {
        assert_eq!(Bundle::of(&Route::NotSent, Some(Role::Carer)), Bundle::Carer);
        assert_eq!(Bundle::of(&Route::NotSent, None), Bundle::Plan);
        assert!(Bundle::Carer.has(&Route::NotSent) && Bundle::Plan.has(&Route::NotSent));
        assert!(!Bundle::Voice.has(&Route::NotSent));
    }
}
