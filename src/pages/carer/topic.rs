//! One topic of the carer's page: a card that opens and closes, and says where
//! its answer is.

use super::Visit;
use super::topics::{Answer, Kept, Topic};
use crate::domain::words::Word;
use crate::ui::field::FieldView;
use crate::ui::names::Names;
use crate::ui::pictures::Picture;
use crate::ui::status::shown_status;
use crate::ui::words::{Words, say};
use leptos::prelude::*;

#[component]
pub(super) fn TopicCard(visit: Visit, number: usize, topic: Topic) -> impl IntoView {
    let spoken = Words::here();
    let is_open = move || visit.open.get() == Some(number);
    let status = shown_status();
    let draft = visit.draft;
    let answer = Memo::new(move |was: Option<&Answer>| {
        let said = draft.values.with(|values| topic.said(values));
        let unsent = draft.is_unsent(topic.lead.id) || topic.more.is_some_and(|more| draft.is_unsent(more.id));
        status.with(|status| Answer::now(was, said, unsent, status))
    });
    let kept = move || answer.with(|answer| answer.kept);
    let body = format!("topic-{number}-body");
    let press = move |_| {
        visit.open.update(|open| *open = if *open == Some(number) { None } else { Some(number) });
    };
    let mark = move || match kept() {
        Kept::Sent(_) => view! { <Picture id="icon-tick"/> }.into_any(),
        Kept::OnPhone | Kept::Saving | Kept::Sending => view! { <Picture id="icon-device"/> }.into_any(),
        Kept::NotSent | Kept::Late | Kept::NotStored => view! { <Picture id="icon-alert"/> }.into_any(),
        Kept::NotStarted => view! { <span>{number + 1}</span> }.into_any(),
    };
    view! {
        <li class="card topic" data-open=move || is_open().to_string()>
            <h2>
                <button
                    type="button"
                    id=head_of(number)
                    class="topic-head"
                    aria-expanded=move || is_open().to_string()
                    aria-controls=body.clone()
                    on:click=press
                >
                    <span class="topic-mark" data-kept=move || kept().id() aria-hidden="true">{mark}</span>
                    <span class="topic-title">
                        {Names::here().about(say(Word::declared(topic.lead.label)))}
                        <span class="topic-kept">{move || kept().words(spoken)}</span>
                    </span>
                </button>
            </h2>
            <div class="topic-body" id=body hidden=move || !is_open()>
                // The card's heading is its question: to the eye the label is there already.
                <div class="led">
                    <FieldView draft field=*topic.lead path=topic.lead.id/>
                </div>
                {topic.more.map(|more| view! { <FieldView draft field=*more path=more.id/> })}
            </div>
        </li>
    }
}

/// The id of the button that opens a topic.
pub(super) fn head_of(number: usize) -> String {
    format!("topic-{number}")
}
