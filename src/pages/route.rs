//! The addresses of Pep as a type, and where the page is. Links are plain `<a>`:
//! on the server and before the page is alive they work as links do, and after
//! that the browser's part follows them without a load.

use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::domain::words::{Language, carer, not_sent};
use leptos::prelude::*;
use std::borrow::Cow;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    Home,
    SignIn,
    /// The young person's own pages, on a tablet that was handed over.
    Voice,
    /// What the code on a young person's card leads to. The card's secret comes after
    /// `#`, where no server sees it.
    Card,
    /// The cards of the plan's young person, for those who make them.
    Cards(PlanId),
    Plan(PlanId),
    Section(PlanId, SectionId),
    /// Check your answers in one section.
    Check(PlanId, SectionId),
    /// Who changed what in one section.
    History(PlanId, SectionId),
    Print(PlanId),
    /// The plan's Pupil Premium Plus.
    Money(PlanId),
    /// Signing and agreeing the plan.
    Agree(PlanId),
    /// The children of a carer.
    Carer,
    /// What was agreed, and what one does next.
    Agreed(PlanId),
    /// The meeting, on somebody's own device.
    Meeting(PlanId),
    /// The meeting, on the screen that everybody sees.
    Screen(PlanId),
    /// Registers and marks from a file.
    Import,
    /// The authority's own rules.
    Settings,
    /// What this device wrote and the server would not take.
    NotSent,
    Unknown,
}

impl Route {
    /// The route of an address; a query or a place in the page doesn't change it.
    pub fn read(path: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        match steps.as_slice() {
            [] => Route::Home,
            ["sign-in"] => Route::SignIn,
            ["voice"] => Route::Voice,
            ["v"] => Route::Card,
            ["not-sent"] => Route::NotSent,
            ["import"] => Route::Import,
            ["settings"] => Route::Settings,
            ["carer"] => Route::Carer,
            ["plans", plan, rest @ ..] => {
                plan.parse::<PlanId>().map_or(Route::Unknown, |plan| Self::in_plan(plan, rest))
            }
            _ => Route::Unknown,
        }
    }

    fn in_plan(plan: PlanId, rest: &[&str]) -> Self {
        match rest {
            [] => Route::Plan(plan),
            ["print"] => Route::Print(plan),
            ["money"] => Route::Money(plan),
            ["card"] => Route::Cards(plan),
            ["agree"] => Route::Agree(plan),
            ["agreed"] => Route::Agreed(plan),
            ["meeting"] => Route::Meeting(plan),
            ["meeting", "screen"] => Route::Screen(plan),
            [section] => section.parse::<SectionId>().map_or(Route::Unknown, |section| Route::Section(plan, section)),
            [section, "check"] => {
                section.parse::<SectionId>().map_or(Route::Unknown, |section| Route::Check(plan, section))
            }
            [section, "history"] => {
                section.parse::<SectionId>().map_or(Route::Unknown, |section| Route::History(plan, section))
            }
            _ => Route::Unknown,
        }
    }

    pub fn path(&self) -> String {
        match self {
            Route::Home => "/".into(),
            Route::SignIn => "/sign-in".into(),
            Route::Voice => "/voice".into(),
            Route::Card => "/v".into(),
            Route::NotSent => "/not-sent".into(),
            Route::Import => "/import".into(),
            Route::Settings => "/settings".into(),
            Route::Carer => "/carer".into(),
            Route::Unknown => "/unknown".into(),
            Route::Plan(plan) => format!("/plans/{plan}"),
            Route::Print(plan) => format!("/plans/{plan}/print"),
            Route::Money(plan) => format!("/plans/{plan}/money"),
            Route::Cards(plan) => format!("/plans/{plan}/card"),
            Route::Agree(plan) => format!("/plans/{plan}/agree"),
            Route::Agreed(plan) => format!("/plans/{plan}/agreed"),
            Route::Meeting(plan) => format!("/plans/{plan}/meeting"),
            Route::Screen(plan) => format!("/plans/{plan}/meeting/screen"),
            Route::Section(plan, section) => format!("/plans/{plan}/{}", section.id()),
            Route::Check(plan, section) => format!("/plans/{plan}/{}/check", section.id()),
            Route::History(plan, section) => format!("/plans/{plan}/{}/history", section.id()),
        }
    }

    /// The page's title in the browser, a carer's in their language. Never a child's name,
    /// and nothing that tells who looks over a shoulder what a child is asked.
    pub fn title(&self, language: Language) -> String {
        // The young person's tab names nothing, and their bundle has no other page.
        if crate::FAMILY && crate::VOICE {
            return "Pep".into();
        }
        let section = |section: &SectionId| section.section().titled("the young person");
        let name: Cow<'static, str> = match self {
            Route::Voice | Route::Card => return "Pep".into(),
            Route::Cards(_) => "A card for their own page".into(),
            Route::Home | Route::Carer => language.say(carer::CHILDREN).into(),
            Route::SignIn => "Sign in".into(),
            Route::NotSent => language.say(not_sent::TITLE).into(),
            Route::Import => "Import from a file".into(),
            Route::Settings => "Your authority’s rules".into(),
            Route::Unknown => "Nothing here".into(),
            Route::Plan(_) => "Plan".into(),
            Route::Print(_) => "Plan to print".into(),
            Route::Money(_) => "Pupil Premium Plus".into(),
            Route::Agree(_) => "Agreeing the plan".into(),
            Route::Agreed(_) => language.say(carer::AGREED).into(),
            Route::Meeting(_) => "Meeting".into(),
            Route::Screen(_) => "Meeting, big screen".into(),
            Route::Section(_, id) => language.of(&section(id)).to_string().into(),
            Route::Check(_, id) => ["Check your answers: ", &section(id)].concat().into(),
            Route::History(_, id) => ["History: ", &section(id)].concat().into(),
        };
        [&*name, " - Pep"].concat()
    }
}

/// Where the page is, and how it goes elsewhere.
#[derive(Clone, Copy)]
pub struct Place {
    pub route: RwSignal<Route>,
    /// Whether this page was reached from another one without a load.
    pub moved: StoredValue<bool>,
    go: fn(String),
}

impl Place {
    /// `go` follows an address within the app; the browser's part gives it.
    pub fn new(route: Route, go: fn(String)) -> Self {
        Self { route: RwSignal::new(route), moved: StoredValue::new(false), go }
    }

    /// Where this page is.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| Self::new(Route::Unknown, |_| ()))
    }

    pub fn go(self, route: &Route) {
        (self.go)(route.path());
    }

    /// Loads an address afresh, so that nothing of whoever was here stays in memory.
    pub fn leave(self, path: &str) {
        let _ = location().set_href(path);
    }

    /// The address of the sign-in page that comes back to here.
    pub fn sign_in(self) -> String {
        match self.route.get_untracked() {
            Route::Home | Route::SignIn | Route::Unknown => Route::SignIn.path(),
            here => format!("{}?next={}", Route::SignIn.path(), here.path()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> PlanId {
        PlanId::new(uuid::Uuid::from_u128(7))
    }

    #[test]
    fn every_address_leads_back_to_its_route() {
        let mut routes = vec![
            Route::Home,
            Route::SignIn,
            Route::Voice,
            Route::Card,
            Route::Import,
            Route::Settings,
            Route::Carer,
            Route::NotSent,
            Route::Unknown,
        ];
        routes.extend([Route::Plan(plan()), Route::Print(plan()), Route::Money(plan()), Route::Agree(plan())]);
        routes.extend([Route::Meeting(plan()), Route::Screen(plan()), Route::Agreed(plan())]);
        routes.push(Route::Cards(plan()));
        for section in SectionId::ALL {
            routes.extend([Route::Section(plan(), *section), Route::Check(plan(), *section)]);
            routes.push(Route::History(plan(), *section));
        }
        for route in routes {
            assert_eq!(Route::read(&route.path()), route);
            assert_eq!(Route::read(&format!("{}?next=/", route.path())), route);
        }
    }

    #[test]
    fn an_address_that_leads_nowhere_is_said() {
        for path in ["/plans", "/plans/7", "/plans/none/print", "/voice/more", "/sign-in/again"] {
            assert_eq!(Route::read(path), Route::Unknown, "{path}");
        }
        assert_eq!(Route::read(&format!("/plans/{}/no-such-part", plan())), Route::Unknown);
        assert_eq!(Route::read(&format!("/plans/{}/targets/check/more", plan())), Route::Unknown);
    }

    #[test]
    fn no_section_hides_behind_another_page() {
        assert!(SectionId::ALL.iter().all(|section| {
            !["print", "check", "money", "agree", "agreed", "history", "meeting", "card"].contains(&section.id())
        }));
    }

    #[test]
    fn a_title_names_no_child() {
        for section in SectionId::ALL {
            let title = Route::Section(plan(), *section).title(Language::English);
            assert!(!title.contains("{name}"), "{title}");
        }
    }
}
