//! Who can see an answer: said under every question, and changed by one press.
//! "Saved" and "shared" are two facts; this is the second.

use super::helped::named_by;
use super::named::listed;
use super::sharing::ChooseWho;
use super::talk::{Asked, Talk};
use crate::api::influence::Taken;
use crate::domain::voice::{Wish, asked_with, drawing_of, recording_of, wish_of};
use crate::domain::words::influence::{
    ASK_BACK, ASKED_ONCE_SENT, CHANGE_WHO, CHANGED_SINCE, CHOOSE_WHO, HIDDEN_BY, JUST_AS_SAID, OLD_STILL_SEEN,
    ONLY_YOU, SEEN_ONCE_SENT, SHARE_NEW, SHARED_WITH, STILL_SEEN, TAKE_BACK, TAKEN_BACK, WHO_CAN_SEE, YOU_ASKED_BACK,
    YOU_CHOOSE,
};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::Words;
use leptos::html;
use leptos::prelude::*;

/// Where an answer stands with others.
#[derive(Clone, PartialEq)]
struct Standing {
    /// The wish to share, as last written; none where it was never shared.
    wish: Option<Wish>,
    /// The server has it: those named can see it, and those no longer named can't.
    arrived: bool,
    /// The meeting has begun: they are asked before something is taken back.
    opened: bool,
    /// What became of asking for it.
    taken: Option<Taken>,
}

impl Standing {
    fn shared(&self) -> Option<&Wish> {
        self.wish.as_ref().filter(|wish| !wish.with.is_empty())
    }

    /// It was taken back, which stands in the wish as shared with nobody.
    fn is_back(&self) -> bool {
        self.wish.as_ref().is_some_and(|wish| wish.with.is_empty())
    }

    /// Those who were asked to give it back and still see it.
    fn asked(&self) -> Option<&Taken> {
        self.taken.as_ref().filter(|taken| taken.hidden.is_none() && !taken.with.is_empty())
    }
}

/// Follows the wish to share an answer, and what became of it.
fn standing(talk: Talk, asked: Asked) -> Memo<Standing> {
    let path = wish_of(asked.id);
    Memo::new(move |_| {
        let wish = talk.draft.fact(&path).and_then(|text| Wish::read(&text));
        // Before the device has looked, nothing is taken as sent.
        let sent = |path: &str| !talk.draft.is_unsent(path);
        let whole = sent(&path) && sent(&drawing_of(asked.id)) && sent(&recording_of(asked.id));
        let arrived = talk.draft.live.get() && whole && !talk.hearing.is_asking();
        Standing { wish, arrived, opened: talk.hearing.opened(), taken: talk.hearing.taken(asked.id) }
    })
}

/// In one line: for the list at the end.
#[component]
pub fn Seen(talk: Talk, asked: Asked) -> impl IntoView {
    let spoken = Words::here();
    let standing = standing(talk, asked);
    let changed = changed(talk, asked, standing);
    move || {
        let (icon, words) = standing.with(|standing| said(talk, spoken, standing));
        view! {
            <p class="seen">
                <Picture id=icon/>
                <span>{words}{changed.get().then(|| view! { " "<br/>{spoken.say(CHANGED_SINCE)} })}</span>
            </p>
        }
    }
}

/// Whether what was shared says something else by now.
fn changed(talk: Talk, asked: Asked, standing: Memo<Standing>) -> Memo<bool> {
    Memo::new(move |_| {
        standing.with(|standing| {
            standing.shared().is_some_and(|wish| {
                let (was, now) = (&wish.given, talk.given(asked.id));
                (&wish.pick, &wish.words) != (&talk.pick(asked.id), &talk.words(asked.id))
                    || wish.made != talk.made(asked.id)
                    || (&was.typed_by, was.checked) != (&now.typed_by, now.checked)
                    || (&was.helper, &was.name) != (&now.helper, &now.name)
            })
        })
    })
}

/// The icon and the words of a standing, which never claim more than is so.
fn said(talk: Talk, words: Words, standing: &Standing) -> (&'static str, String) {
    if let Some(wish) = standing.shared() {
        let said = if standing.arrived { SHARED_WITH } else { SEEN_ONCE_SENT };
        return ("icon-people", words.with(said, &[("names", &talk.names(&wish.with))]));
    }
    let waits = standing.is_back() && !standing.arrived && standing.opened;
    match standing.asked() {
        Some(_) => ("icon-people", words.say(YOU_ASKED_BACK).into()),
        None if waits => ("icon-people", words.say(YOU_ASKED_BACK).into()),
        None => ("icon-lock", words.say(ONLY_YOU).into()),
    }
}

/// What stands under it.
fn more(words: Words, standing: &Standing, changed: bool) -> String {
    if standing.shared().is_some() {
        return match standing.asked() {
            _ if changed => words.say(CHANGED_SINCE).into(),
            Some(taken) => words.with(OLD_STILL_SEEN, &[("names", &listed(words, &taken.with))]),
            None => words.say(JUST_AS_SAID).into(),
        };
    }
    if standing.is_back() && !standing.arrived {
        return words.say(if standing.opened { ASKED_ONCE_SENT } else { TAKEN_BACK }).into();
    }
    match &standing.taken {
        Some(Taken { hidden: Some((who, day)), .. }) => {
            words.with(HIDDEN_BY, &[("who", who), ("day", &words.day(*day))])
        }
        Some(taken) if !taken.with.is_empty() => words.with(STILL_SEEN, &[("names", &listed(words, &taken.with))]),
        _ => words.say(YOU_CHOOSE).into(),
    }
}

/// The card under a question.
#[component]
pub fn Audience(talk: Talk, asked: Asked) -> impl IntoView {
    let words = Words::here();
    let standing = standing(talk, asked);
    let choosing = RwSignal::new(false);
    let title = NodeRef::<html::H2>::new();
    let shared = Memo::new(move |_| standing.with(|standing| standing.shared().is_some()));
    let opened = Memo::new(move |_| standing.with(|standing| standing.opened));
    let changed = changed(talk, asked, standing);
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
    let choose = move || {
        words.say(match (changed.get(), shared.get()) {
            (true, _) => SHARE_NEW,
            (false, true) => CHANGE_WHO,
            (false, false) => CHOOSE_WHO,
        })
    };
    // Several are on a page where questions are asked together.
    let id = if asked_with(asked.id).is_some() { format!("audience-{}", asked.id) } else { "audience".into() };
    let labelled = named_by(asked, &id);
    view! {
        <section class="card audience" aria-labelledby=labelled class:is-shared=move || shared.get()>
            <span class="audience-icon">
                {move || view! { <Picture id=standing.with(|standing| said(talk, words, standing).0)/> }}
            </span>
            <div>
                <h2 id=id node_ref=title tabindex="-1">{move || standing.with(|standing| said(talk, words, standing).1)}</h2>
                <p class="soft">{move || standing.with(|standing| more(words, standing, changed.get()))}</p>
            </div>
            <div class="audience-ways">
                <ReadAloud text=words.say(WHO_CAN_SEE) reads="h2, p, .button"/>
                <button
                    type="button"
                    class="button quiet"
                    aria-expanded=move || if choosing.get() { "true" } else { "false" }
                    on:click=move |_| choosing.update(|choosing| *choosing = !*choosing)
                >
                    {choose}
                </button>
                {move || shared.get().then(|| view! {
                    <button type="button" class="button quiet" on:click=take_back>
                        {words.say(if opened.get() { ASK_BACK } else { TAKE_BACK })}
                    </button>
                })}
            </div>
        </section>
        {move || choosing.get().then(|| view! { <ChooseWho talk asked changed done/> })}
    }
}
