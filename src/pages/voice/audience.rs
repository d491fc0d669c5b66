//! Who can see an answer: said under every question, and changed by one press.
//! "Saved" and "shared" are two facts; this is the second.

use super::sharing::ChooseWho;
use super::talk::{Asked, Talk};
use crate::domain::voice::{Wish, drawing_of, recording_of, wish_of};
use crate::ui::pictures::Picture;
use leptos::html;
use leptos::prelude::*;

/// Where an answer stands with others.
#[derive(Clone, PartialEq)]
struct Standing {
    /// The wish to share, as last written; none where it was never shared.
    wish: Option<Wish>,
    /// The server has it: those named can see it, and those no longer named can't.
    arrived: bool,
}

impl Standing {
    fn shared(&self) -> Option<&Wish> {
        self.wish.as_ref().filter(|wish| !wish.with.is_empty())
    }
}

/// Follows the wish to share an answer, and whether it has arrived.
fn standing(talk: Talk, asked: Asked) -> Memo<Standing> {
    let path = wish_of(asked.id);
    Memo::new(move |_| {
        let wish = talk.draft.fact(&path).and_then(|text| Wish::read(&text));
        // Before the device has looked, nothing is taken as sent.
        let sent = |path: &str| !talk.draft.is_unsent(path);
        let whole = sent(&path) && sent(&drawing_of(asked.id)) && sent(&recording_of(asked.id));
        let arrived = talk.draft.live.get() && whole;
        Standing { wish, arrived }
    })
}

/// In one line: for the list at the end.
#[component]
pub fn Seen(talk: Talk, asked: Asked) -> impl IntoView {
    let standing = standing(talk, asked);
    move || {
        let (icon, words) = standing.with(|standing| said(talk, standing));
        view! {
            <p class="seen">
                <Picture id=icon/>
                <span>{words}</span>
            </p>
        }
    }
}

/// The icon and the words of a standing, which never claim more than is so.
fn said(talk: Talk, standing: &Standing) -> (&'static str, String) {
    match (standing.shared(), standing.arrived) {
        (Some(wish), true) => ("icon-people", format!("Shared with {}", talk.names(&wish.with))),
        (Some(wish), false) => ("icon-people", format!("{} can see this once it's sent", talk.names(&wish.with))),
        (None, _) => ("icon-lock", "Only you can see this".into()),
    }
}

/// The card under a question.
#[component]
pub fn Audience(talk: Talk, asked: Asked) -> impl IntoView {
    let standing = standing(talk, asked);
    let choosing = RwSignal::new(false);
    let title = NodeRef::<html::H2>::new();
    let shared = Memo::new(move |_| standing.with(|standing| standing.shared().is_some()));
    let changed = Memo::new(move |_| {
        standing.with(|standing| {
            standing.shared().is_some_and(|wish| Wish { with: wish.with.clone(), ..talk.answer(asked.id) } != *wish)
        })
    });
    let below = move || {
        standing.with(|standing| match (standing.shared(), standing.arrived) {
            (Some(_), _) if changed.get() => "You changed this after sharing. Share the new words?",
            (Some(_), _) => "They see your words just as you said them.",
            (None, false) if standing.wish.is_some() => "You took it back. It closes for the others once that is sent.",
            (None, _) => "You choose if anyone else does, now or later.",
        })
    };
    let done = Callback::new(move |()| {
        choosing.set(false);
        if let Some(title) = title.get_untracked() {
            let _ = title.focus();
        }
    });
    let take_back = move |_| {
        talk.share(asked.id, Vec::new());
        done.run(());
    };
    let choose = move || match (changed.get(), shared.get()) {
        (true, _) => "Share the new words",
        (false, true) => "Change who",
        (false, false) => "Choose who",
    };
    view! {
        <section class="card audience" aria-labelledby="audience" class:is-shared=move || shared.get()>
            <span class="audience-icon">
                {move || view! { <Picture id=standing.with(|standing| said(talk, standing).0)/> }}
            </span>
            <div>
                <h2 id="audience" node_ref=title tabindex="-1">{move || standing.with(|standing| said(talk, standing).1)}</h2>
                <p class="soft">{below}</p>
            </div>
            <div class="audience-ways">
                <button
                    type="button"
                    class="button quiet"
                    aria-expanded=move || if choosing.get() { "true" } else { "false" }
                    on:click=move |_| choosing.update(|choosing| *choosing = !*choosing)
                >
                    {choose}
                </button>
                {move || shared.get().then(|| view! {
                    <button type="button" class="button quiet" on:click=take_back>"Take it back"</button>
                })}
            </div>
        </section>
        {move || choosing.get().then(|| view! { <ChooseWho talk asked done/> })}
    }
}
