//! Saying that an action of one's own is done, with a network or without. The plan may
//! be closed, so it is told beside it; until then this phone keeps it, sealed.

use super::agreed::keep_now;
use crate::api::agreed::action_done;
use crate::api::{Page, Problem};
use crate::device::{Device, UNTOLD};
use crate::domain::people::{PlanId, RowId};
use crate::domain::words::Language;
use crate::sync::outbox::Status;
use crate::ui::status::shown_status;
use crate::ui::words::language;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// An action of a plan, and whether it is done.
type Said = (PlanId, RowId, bool);

/// What was said on this phone of one plan's actions.
#[derive(Clone, Copy)]
pub(super) struct Sayings {
    plan: StoredValue<PlanId>,
    /// The plan whose page this is: what was agreed may be in one before it.
    shown: StoredValue<PlanId>,
    /// Not told yet, in the order in which it was said: also of other plans, whose own page
    /// may not be opened again.
    waiting: RwSignal<Vec<Said>>,
    told: RwSignal<Vec<Said>>,
    /// Why the last one could not be taken.
    pub trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    device: Device,
    language: Language,
}

/// Where somebody's word about an action is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// On this phone alone.
    Here(bool),
    Told(bool),
}

impl Sayings {
    /// Those of a plan, with what an earlier load of the page left to be told. They are
    /// told whenever there is a connection.
    pub fn of(plan: PlanId, shown: PlanId) -> Self {
        let sayings = Self {
            plan: StoredValue::new(plan),
            shown: StoredValue::new(shown),
            waiting: RwSignal::new(Vec::new()),
            told: RwSignal::new(Vec::new()),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            device: Device::here(),
            language: language(),
        };
        let status = shown_status();
        Effect::new(move |_| sayings.take_up());
        Effect::new(move |_| {
            if !matches!(status.get(), Status::Waiting(_)) {
                sayings.tell();
            }
        });
        sayings
    }

    fn take_up(self) {
        let kept = self.device.kept_under(UNTOLD);
        spawn_local(async move {
            let left: Vec<Said> =
                kept.await.into_iter().filter_map(|text| Page(text).read::<Vec<Said>>()).flatten().collect();
            let known = |waiting: &[Said], row: &RowId| waiting.iter().any(|(_, said, _)| said == row);
            let taken = self.waiting.try_update(|waiting| {
                let left: Vec<_> = left.into_iter().filter(|(_, row, _)| !known(waiting, row)).collect();
                waiting.extend(left);
            });
            // Nothing, where its page has gone meanwhile: the next one tells.
            if taken.is_some() {
                self.tell();
            }
        });
    }

    /// Somebody says it now.
    pub fn say(self, row: RowId, done: bool) {
        self.trouble.set(None);
        self.waiting.update(|waiting| {
            waiting.retain(|(_, said, _)| *said != row);
            waiting.push((self.plan.get_value(), row.clone(), done));
        });
        self.keep(&(self.plan.get_value(), row, done), true);
        self.tell();
    }

    /// The last word about an action from this phone, followed by whoever asks.
    pub fn about(self, row: &RowId) -> Option<Word> {
        let last = |all: &Vec<Said>| all.iter().rev().find(|(_, said, _)| said == row).map(|(_, _, done)| *done);
        self.waiting.with(last).map(Word::Here).or_else(|| self.told.with(last).map(Word::Told))
    }

    /// Keeps what was said, as a list of one, until it is told: each by itself, so that no
    /// other page of theirs writes over it.
    fn keep(self, said: &Said, waits: bool) {
        let text = Page::of(&waits.then_some(said).into_iter().collect::<Vec<_>>());
        self.device.keep(&format!("{UNTOLD}/{}/{}", said.0, said.1), &text.0);
    }

    /// Tells all that waits, one after the other.
    fn tell(self) {
        let next = move || self.waiting.try_with_untracked(|waiting| waiting.first().cloned()).flatten();
        if self.busy.get_untracked() || next().is_none() {
            return;
        }
        self.busy.set(true);
        let shown = self.shown.get_value();
        spawn_local(async move {
            while let Some(said) = next() {
                match action_done(said.0.clone(), said.1.clone(), said.2).await {
                    Ok(()) => drop(self.told.try_update(|told| told.push(said.clone()))),
                    Err(problem @ (Problem::Said(_) | Problem::NotFound)) => {
                        self.trouble.try_set(Some(problem.said(self.language)));
                    }
                    // It is told when there is a connection, or somebody signed in.
                    Err(_) => break,
                }
                if self.waiting.try_update(|waiting| waiting.retain(|other| *other != said)).is_none() {
                    return;
                }
                // Something else may have been said of it meanwhile.
                let of_it = |other: &&Said| (&other.0, &other.1) == (&said.0, &said.1);
                let newer = self.waiting.with_untracked(|waiting| waiting.iter().find(of_it).cloned());
                self.keep(newer.as_ref().unwrap_or(&said), newer.is_some());
            }
            self.busy.try_set(false);
            // What this phone keeps of the page says it too, then.
            keep_now(self.device, shown).await;
        });
    }
}
