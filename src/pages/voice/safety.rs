//! The two ways out that are on every screen: hide this, and get help. Both work
//! with no network, and help says nothing to anyone unless the young person does.

use crate::domain::people::TeamMember;
use crate::ui::pictures::Picture;
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
    view! {
        <a class="button quiet hide-this" href=ELSEWHERE data-leave="" on:click=move |event| {
            event.prevent_default();
            hide();
        }>
            <Picture id="icon-hide"/>
            "Hide this"
        </a>
    }
}

/// Whether this press is the third in the time there is.
fn third(presses: StoredValue<Vec<f64>>, now: f64) -> bool {
    presses.update_value(|presses| {
        presses.retain(|press| now - press < WITHIN);
        presses.push(now);
    });
    presses.with_value(|presses| presses.len() >= 3)
}

/// Blank at once, since another page takes a moment; then that page instead of
/// this one, so that "back" doesn't lead straight here.
fn hide() {
    if let Some(root) = document().document_element() {
        let _ = root.class_list().add_1("hidden-now");
    }
    document().set_title("Times tables");
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
    let names: Vec<_> = team.into_iter().map(|member| member.name).collect();
    view! {
        <button type="button" class="button need-help" command="show-modal" commandfor="need-help" on:click=open>
            <Picture id="icon-help"/>
            "I need help"
        </button>
        <dialog id="need-help" class="help stack" node_ref=dialog aria-labelledby="need-help-title">
            <h2 id="need-help-title">"Who can help me now?"</h2>
            <p>"Talk to the grown-up who is with you, or someone you trust."</p>
            {(!names.is_empty()).then(|| view! { <p>{format!("You can ask to see {}.", either(&names))}</p> })}
            <p class="number">
                <a class="button wide" href="tel:08001111">"Childline: 0800 1111"</a>
                <span>"Free to call, any time. You don't have to say your name."</span>
            </p>
            <p class="number">
                <a class="button quiet wide" href="tel:999">"Call 999"</a>
                <span>"If you or someone else isn't safe right now."</span>
            </p>
            <p class="soft">"Pressing this doesn't tell anyone. Only you decide who to talk to."</p>
            <form method="dialog"><button type="submit" class="button quiet wide">"Close"</button></form>
        </dialog>
    }
}

/// "A, B or C".
fn either(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => names.concat(),
    }
}
