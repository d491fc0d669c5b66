//! One group of rules: a form of its own, with its own button, and its own sentence on
//! what came of it. What is typed stays in its boxes whatever comes of it.

use super::read::Typed;
use crate::api::Problem;
use crate::api::settings::save_settings;
use crate::device::Device;
use crate::domain::settings::check::Wrong;
use crate::domain::settings::{Authority, Group, GroupId};
use crate::ui::field::{Asked, control, focus_on};
use crate::ui::form;
use crate::ui::problem::{notice, summary_at};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

/// What the parts of one card share.
#[derive(Clone, Copy)]
pub struct Card {
    id: GroupId,
    /// What this person saw in the group: only that is written over.
    seen: StoredValue<Group>,
    wrong: RwSignal<Vec<Wrong>>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    /// What just happened, also for someone who doesn't see it.
    pub told: RwSignal<String>,
    device: Device,
}

impl Card {
    pub fn new(rules: &Authority, id: GroupId) -> Self {
        Self {
            id,
            seen: StoredValue::new(rules.group(id)),
            wrong: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            device: Device::here(),
        }
    }

    pub fn seen(self) -> Group {
        self.seen.get_value()
    }

    /// What is wrong with one box.
    pub fn wrong(self, id: &str) -> form::Wrong {
        let (wrong, id) = (RwSignal::new(None), id.to_string());
        Effect::new(move |_| {
            let found =
                self.wrong.with(|all| all.iter().find(|(of, _)| *of == id).map(|(_, sentence)| sentence.clone()));
            wrong.set(found);
        });
        wrong
    }

    pub fn number(self, id: &str, label: &str, hint: &str, unit: &'static str, first: u32) -> AnyView {
        form::number(&Asked::new(id.into(), label.into(), hint.into()), self.wrong(id), unit, first)
    }

    /// The card. `read` reads its boxes when they are to be saved.
    pub fn view(self, heading: &'static str, lead: &'static str, boxes: AnyView, read: fn(Self) -> Typed) -> AnyView {
        self.view_reading(heading, lead, boxes, Box::new(move || read(self)))
    }

    /// The same, for boxes that come and go.
    pub fn view_reading(
        self,
        heading: &'static str,
        lead: &'static str,
        boxes: AnyView,
        read: Box<dyn Fn() -> Typed>,
    ) -> AnyView {
        let list = move || {
            self.wrong.with(|wrong| {
                let links = || wrong.iter().map(|(id, sentence)| (first_control(id), sentence.clone())).collect();
                (!wrong.is_empty()).then(|| summary_at(self.summary_id(), links()))
            })
        };
        let save = move |event: SubmitEvent| {
            event.prevent_default();
            self.save(read());
        };
        view! {
            <section class="card stack">
                <h2>{heading}</h2>
                <p class="soft">{lead}</p>
                {list}
                <form class="stack" novalidate on:submit=save on:input=move |_| self.told.set(String::new())>
                    {boxes}
                    {notice(self.trouble)}
                    <div class="row">
                        <button type="submit" class="button" aria-busy=move || self.busy.get().then_some("true")>
                            "Save"
                            <span class="visually-hidden">{format!(": {heading}")}</span>
                        </button>
                        <p role="status">{move || self.told.get()}</p>
                    </div>
                </form>
            </section>
        }
        .into_any()
    }

    fn summary_id(self) -> String {
        format!("problems-{}", self.id.id())
    }

    fn save(self, typed: Typed) {
        if self.busy.get_untracked() {
            return;
        }
        self.told.set(String::new());
        self.trouble.set(None);
        match typed {
            Err(wrong) => {
                self.wrong.set(wrong);
                focus_on(self.summary_id());
            }
            Ok(becomes) => {
                self.wrong.set(Vec::new());
                self.send(becomes);
            }
        }
    }

    fn send(self, becomes: Group) {
        self.busy.set(true);
        let was = self.seen();
        spawn_local(async move {
            match save_settings(was, becomes.clone()).await {
                Ok(()) => {
                    self.seen.set_value(becomes);
                    self.told.set("Saved".into());
                    self.device.news.update(|news| *news += 1);
                }
                Err(problem) => self.trouble.set(Some(refusal(&problem))),
            }
            self.busy.set(false);
        });
    }
}

/// A date has three boxes; a problem with it leads to the first.
fn first_control(id: &str) -> String {
    let day = format!("{id}-day");
    if control(&day).is_some() { day } else { id.to_string() }
}

/// What a person hears when the server didn't do it.
fn refusal(problem: &Problem) -> String {
    match problem {
        Problem::Offline => "This needs a connection, so that two people never set different rules. What you typed is \
                             still here; try again when there is one."
            .into(),
        other => format!("{}.", other.sentence()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_connection_what_is_typed_is_said_to_be_there() {
        assert!(refusal(&Problem::Offline).contains("still here"));
    }
}
