//! Choosing the language of a page: each by the name that those who speak it use.

use super::words::{Words, language, say};
use crate::domain::words::{Language, choosing, problem};
use leptos::prelude::*;

/// The languages to choose from.
#[component]
pub fn Languages(
    choose: Callback<Language>,
    /// What to say about a language that is on its way, or couldn't come.
    told: RwSignal<Option<&'static str>>,
) -> impl IntoView {
    let now = Words::here().language();
    let one = move |language: Language| {
        view! {
            <label class="language" lang=language.tag() dir=language.direction()>
                <input
                    type="radio"
                    name="language"
                    value=language.tag()
                    checked=language == now
                    on:change=move |_| choose.run(language)
                />
                <span>{language.own_name()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="languages">
            <legend>{say(choosing::LANGUAGE)}</legend>
            <div class="language-list">{Language::ALL.map(one).collect_view()}</div>
            <p class="soft" role="status">{told}</p>
        </fieldset>
    }
}

/// That nobody who knows the page's language has checked it, where that is so; and in
/// that language, what the page's early script says where the app stops.
#[component]
pub fn NotChecked() -> impl IntoView {
    let language = language();
    (!language.is_english()).then(|| {
        let (stopped, again) = (say(problem::STOPPED), say(problem::OPEN_AGAIN));
        view! {
            <p class="not-checked" hidden=language.is_checked() data-stopped=stopped data-again=again>
                {say(choosing::NOT_CHECKED)}
            </p>
        }
    })
}
