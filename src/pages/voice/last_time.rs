//! What they said last time: to look at where they want to, and never put into an answer.

use super::talk::{Asked, Talk};
use super::we_did::Quoted;
use crate::domain::words::influence::{LAST_TIME, LAST_TIME_HINT};
use crate::ui::speech::ReadAloud;
use crate::ui::words::say;
use leptos::prelude::*;

#[component]
pub fn LastTime(talk: Talk, asked: Asked) -> impl IntoView {
    let said = Memo::new(move |_| {
        let find =
            |heard: &crate::api::influence::Heard| heard.last.iter().find(|said| said.question == asked.id).cloned();
        talk.hearing.with(find).flatten()
    });
    let (title, hint) = (say(LAST_TIME), say(LAST_TIME_HINT));
    move || {
        said.get().map(|said| {
            view! {
                <details class="last-time">
                    <summary class="button quiet">{title}</summary>
                    <div class="card stack tight">
                        <Quoted said/>
                        <p class="soft">{hint}</p>
                        <ReadAloud text=title reads=".last-time p, .last-time blockquote"/>
                    </div>
                </details>
            }
        })
    }
}
