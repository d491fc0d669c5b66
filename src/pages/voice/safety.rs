//! The two ways out that are on every screen: hide this, and get help. Both work
//! with no network, and help says nothing to anyone unless the young person does.

use super::named::alternatives;
use crate::domain::people::{Role, TeamMember};
use crate::domain::words::safety as words;
use crate::ui::pictures::Picture;
use crate::ui::speech::{ReadAloud, quiet};
use crate::ui::words::{Words, say};
use leptos::html;
use leptos::prelude::*;

/// A neutral page that the device keeps. See `public/hide.html`.
const ELSEWHERE: &str = "/hide.html";
/// Shift three times within this many milliseconds hides the page.
const WITHIN: f64 = 5_000.0;

/// Shows a page that says nothing about anyone. What was written is already kept.
#[component]
pub fn HideThis() -> impl IntoView {
    Effect::new(move |_| {
        let presses = StoredValue::new(Vec::<f64>::new());
        let listening = window_event_listener(leptos::ev::keydown, move |key| {
            if key.key() != "Shift" {
                presses.update_value(Vec::clear);
            } else if !key.repeat() && third(presses, key.time_stamp()) {
                hide();
            }
        });
        on_cleanup(move || listening.remove());
    });
    hide_link()
}

fn hide_link() -> AnyView {
    view! {
        <a class="button quiet hide-this" href=ELSEWHERE data-leave="" on:click=move |event| {
            event.prevent_default();
            hide();
        }>
            <Picture id="icon-hide"/>
            {say(words::HIDE)}
        </a>
    }
    .into_any()
}

/// Whether this press is the third in the time there is.
fn third(presses: StoredValue<Vec<f64>>, now: f64) -> bool {
    presses.update_value(|presses| {
        presses.retain(|press| now - press < WITHIN);
        presses.push(now);
    });
    presses.with_value(|presses| presses.len() >= 3)
}

/// Blank and silent at once, since another page takes a moment; then that page instead of
/// this one, so that "back" doesn't lead straight here.
fn hide() {
    if let Some(root) = document().document_element() {
        let _ = root.class_list().add_1("hidden-now");
    }
    document().set_title("Times tables");
    quiet();
    let _ = window().location().replace(ELSEWHERE);
}

/// Who to call, in a dialog that needs no network. It claims nothing: no message
/// is sent from here.
#[component]
pub fn NeedHelp(#[prop(optional)] team: Vec<TeamMember>) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        // A browser that knows `command` has opened it already.
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
            let _ = dialog.show_modal();
        }
    };
    let spoken = Words::here();
    // The one at home may be why they need help.
    let others = team.into_iter().filter(|member| member.role != Role::Carer);
    let names: Vec<_> = others.map(|member| member.name).collect();
    view! {
        <button type="button" class="button need-help" command="show-modal" commandfor="need-help" on:click=open>
            <Picture id="icon-help"/>
            {say(words::NEED_HELP)}
        </button>
        <dialog id="need-help" class="help stack" node_ref=dialog aria-labelledby="need-help-title">
            <div class="asking">
                <h2 id="need-help-title">{say(words::WHO_CAN_HELP)}</h2>
                <ReadAloud text=say(words::WHO_CAN_HELP) reads="h2, .button, p > span, dialog > p:not(.number)"/>
            </div>
            <p>{say(words::TALK_TO)}</p>
            {(!names.is_empty()).then(|| view! { <p>{spoken.with(words::ASK_TO_SEE, &[("people", &alternatives(spoken, &names))])}</p> })}
            <p class="number">
                <a class="button wide" href="tel:08001111">{say(words::CHILDLINE)}</a>
                <span>{say(words::FREE_TO_CALL)}</span>
            </p>
            <p class="number">
                <a class="button quiet wide" href="tel:999">{say(words::CALL_999)}</a>
                <span>{say(words::NOT_SAFE_NOW)}</span>
            </p>
            <p class="soft">{say(words::TELLS_NOBODY)}</p>
            // While this is open, the one at the top can't be pressed.
            <div>{hide_link()}</div>
            <form method="dialog"><button type="submit" class="button quiet wide">{say(words::CLOSE)}</button></form>
        </dialog>
    }
}
