//! What of Pep travels to a browser. A handed-over tablet and a carer's phone load
//! only their own pages, because their connection is the worst.

use super::route::Route;
use crate::domain::people::Role;
use crate::domain::sections::SectionId;

/// A build of the browser's half.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bundle {
    /// My voice and the carer's page.
    Family,
    /// Every page; also what opens without a network.
    Whole,
}

impl Bundle {
    /// What its files are named after.
    pub fn name(self) -> &'static str {
        match self {
            Bundle::Family => "family",
            Bundle::Whole => "pep",
        }
    }

    /// The smallest one that shows a route to a visitor with this role.
    pub fn of(route: &Route, role: Option<Role>) -> Self {
        match route {
            Route::Voice => Bundle::Family,
            _ if Self::is_carers_page(route) && role == Some(Role::Carer) => Bundle::Family,
            _ => Bundle::Whole,
        }
    }

    /// Whether a route is shown without loading anew.
    pub fn has(self, route: &Route) -> bool {
        self == Bundle::Whole || *route == Route::Voice || Self::is_carers_page(route)
    }

    /// Whether a route is one that a carer sees in their own way.
    pub fn is_carers_page(route: &Route) -> bool {
        matches!(route, Route::Section(_, SectionId::CarersView))
    }
}
