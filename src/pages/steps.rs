//! Moving a plan on. Everyone has to see it at once, so it needs a connection.

use super::deciding::Deciding;
use crate::api::agreeing::{Asked, take_step};
use crate::api::{PlanPage, Problem};
use crate::domain::sections::SectionId;
use crate::domain::workflow::Step;
use leptos::prelude::*;

/// What the buttons of one card share.
#[derive(Clone, Copy)]
pub struct Steps {
    pub page: Signal<PlanPage>,
    pub deciding: Deciding,
    pub trouble: RwSignal<Option<String>>,
}

impl Steps {
    pub fn of(page: Signal<PlanPage>) -> Self {
        let deciding = Deciding::here(refusal);
        Self { page, deciding, trouble: deciding.trouble }
    }

    pub fn may(self, step: Step) -> bool {
        self.page.with(|page| page.agreeing.steps.contains(&step))
    }

    /// Asks the server; the page is fetched again when it is done.
    pub fn take(self, step: Step) {
        self.send(self.taken(step, String::new(), Vec::new()));
    }

    /// What asks the server for a step that has a reason, and parts of the plan that it is
    /// about.
    pub fn taken(
        self,
        step: Step,
        reason: String,
        sections: Vec<SectionId>,
    ) -> impl Future<Output = Result<(), Problem>> + 'static {
        let (plan, seal) = self.page.with_untracked(|page| (page.plan.clone(), page.agreeing.seal.clone()));
        take_step(plan, Asked { step, seal, reason, sections })
    }

    /// Sends something that is the server's to decide, once at a time.
    pub fn send(self, asked: impl Future<Output = Result<(), Problem>> + 'static) {
        self.deciding.send(asked, || {});
    }

    /// A button that does something at once.
    pub fn button(self, words: &'static str, class: &'static str, press: impl Fn() + 'static) -> AnyView {
        self.deciding.button(words, None, class, press)
    }
}

pub(super) fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "This needs a connection, so that everyone sees it at once. Try again in a moment.".into(),
        problem => format!("{}.", problem.sentence()),
    }
}
