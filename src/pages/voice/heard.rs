//! What a young person hears of what they said: fetched once their pictures are given,
//! and kept, sealed, for when there is no network.

use super::later::{Part, later};
use super::talk::{Detour, Screen, Talk};
use crate::api::influence::{Heard, Taken, heard};
use crate::api::{Page, Problem};
use crate::device::Device;
use crate::domain::voice;
use crate::domain::words::influence::{SEE_MY_PLAN, SEE_WE_DID, WHAT_YOU_SAID};
use crate::ui::pictures::Picture;
use crate::ui::words::say;
use leptos::prelude::*;

/// Where this device keeps it.
const KEPT: &str = "heard";

#[derive(Clone, Copy)]
pub struct Hearing {
    heard: RwSignal<Option<Heard>>,
    /// Something was sent, and what came of that isn't known yet.
    asking: RwSignal<bool>,
    device: Device,
}

impl Hearing {
    pub fn new() -> Self {
        Self { heard: RwSignal::new(None), asking: RwSignal::new(false), device: Device::here() }
    }

    /// What is heard, followed by whoever calls this in a reactive place.
    pub fn with<T>(self, read: impl FnOnce(&Heard) -> T) -> Option<T> {
        self.heard.with(|heard| heard.as_ref().map(read))
    }

    pub fn is_asking(self) -> bool {
        self.asking.get()
    }

    /// Whether the meeting has begun, as far as this device knows.
    pub fn opened(self) -> bool {
        self.with(|heard| heard.opened).unwrap_or(false)
    }

    /// What became of asking to take an answer back.
    pub fn taken(self, question: &str) -> Option<Taken> {
        self.with(|heard| heard.taken.iter().find(|taken| taken.question == question).cloned()).flatten()
    }

    /// Whether something that they asked for has a reply that they haven't answered.
    fn has_news(self) -> bool {
        self.with(|heard| heard.came.iter().any(|came| came.reply.back.is_none())).unwrap_or(false)
    }
}

/// Fetches it now, again on each screen, and when something that the server passes on has
/// arrived there. Its news are followed where nothing is being written: each of a young
/// person's own letters is news as well.
pub fn listen(talk: Talk) {
    let unsent = Memo::new(move |_| {
        let passed_on = super::talk::questions()
            .any(|(id, _)| talk.draft.is_unsent(&voice::wish_of(id)) || talk.draft.is_unsent(&voice::back_of(id)));
        passed_on || talk.draft.is_unsent(voice::SEEN_PLAN)
    });
    let device = talk.hearing.device;
    let calm = Memo::new(move |_| !matches!(talk.screen(), Screen::Ask(_)));
    Effect::new(move |was: Option<bool>| {
        if calm.get() {
            device.news.track();
        }
        talk.at.track();
        let now = unsent.get();
        if was == Some(true) && !now {
            talk.hearing.asking.set(true);
        }
        if was.is_none() || !now {
            super::later::hear(talk);
        }
        now
    });
}

/// Asks for it, or for what this device kept of it.
pub async fn hear(talk: Talk) {
    let device = talk.hearing.device;
    let pass = device.pass().await;
    let text = match heard(pass).await {
        Ok(Page(text)) => {
            device.keep(KEPT, &text);
            Some(text)
        }
        Err(Problem::Offline) => device.kept(KEPT).await,
        Err(_) => None,
    };
    let now = text.and_then(|text| Page(text).read::<Heard>());
    if talk.hearing.heard.is_disposed() {
        return;
    }
    talk.hearing.asking.set(false);
    let first = talk.hearing.heard.with_untracked(Option::is_none);
    if let Some(now) = now {
        talk.hearing.heard.set(Some(now));
        // What came of it is shown first, unless they have gone on already.
        if first && !talk.has_moved() && talk.at.get_untracked() == 0 && untrack(|| talk.hearing.has_news()) {
            talk.detour.set(Some(Detour::WeDid));
        }
    }
}

/// The ways to what was said and heard, where there is any of it.
pub fn since(talk: Talk) -> AnyView {
    let is_heard = move || talk.hearing.with(|heard| heard.plan.is_some() || !heard.came.is_empty());
    let there = Memo::new(move |_| talk.has_answered() || is_heard() == Some(true));
    (move || there.get().then(|| later(talk, Part::Since))).into_any()
}

#[component]
pub fn Since(talk: Talk) -> impl IntoView {
    let came = move || talk.hearing.with(|heard| !heard.came.is_empty()).unwrap_or(false);
    let plan = move || talk.hearing.with(|heard| heard.plan.is_some()).unwrap_or(false);
    let way = move |detour: Detour, icon: &'static str, words: &'static str| {
        view! {
            <button type="button" class="way" on:click=move |_| talk.turn_off(detour)>
                <span class="way-icon"><Picture id=icon/></span>
                <span>{words}</span>
            </button>
        }
    };
    let [said, we_did, my_plan] = [WHAT_YOU_SAID, SEE_WE_DID, SEE_MY_PLAN].map(say);
    view! {
        <div class="ways-since">
            {move || talk.has_answered().then(|| way(Detour::SoFar, "icon-pencil", said))}
            {move || came().then(|| way(Detour::WeDid, "icon-people", we_did))}
            {move || plan().then(|| way(Detour::SeenPlan, "icon-tick", my_plan))}
        </div>
    }
}
