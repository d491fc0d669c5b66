//! Moving a plan on. Everyone has to see it at once, so it needs a connection.

use crate::api::agreeing::{Asked, take_step};
use crate::api::{PlanPage, Problem};
use crate::device::Device;
use crate::domain::sections::SectionId;
use crate::domain::workflow::Step;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the buttons of one card share.
#[derive(Clone, Copy)]
pub struct Steps {
    pub page: Signal<PlanPage>,
    device: Device,
    busy: RwSignal<bool>,
    pub trouble: RwSignal<Option<String>>,
}

impl Steps {
    pub fn of(page: Signal<PlanPage>) -> Self {
        Self { page, device: Device::here(), busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    pub fn may(self, step: Step) -> bool {
        self.page.with(|page| page.agreeing.steps.contains(&step))
    }

    /// Asks the server; the page is fetched again when it is done.
    pub fn take(self, step: Step, reason: String, sections: Vec<SectionId>) {
        let (plan, seal) = self.page.with_untracked(|page| (page.plan.clone(), page.agreeing.seal.clone()));
        self.send(async move { take_step(plan, Asked { step, seal, reason, sections }).await });
    }

    /// Sends something that is the server's to decide, once at a time.
    pub fn send(self, asked: impl Future<Output = Result<(), Problem>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match asked.await {
                Ok(()) => self.device.news.update(|news| *news += 1),
                Err(Problem::Offline) => self.trouble.set(Some(
                    "This needs a connection, so that everyone sees it at once. Try again in a moment.".into(),
                )),
                Err(problem) => self.trouble.set(Some(format!("{}.", problem.sentence()))),
            }
            self.busy.set(false);
        });
    }

    /// A button that does something at once.
    pub fn button(self, words: &'static str, class: &'static str, press: impl Fn() + 'static) -> AnyView {
        view! {
            <button
                type="button"
                class=class
                aria-busy=move || self.busy.get().then_some("true")
                on:click=move |_| press()
            >
                {words}
            </button>
        }
        .into_any()
    }
}
