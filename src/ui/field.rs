//! One field of a section in a form, whatever its kind: its label, its hint, its
//! control, and where two people's values stand side by side, both.

use super::apart::Apart;
use super::choose::{checks, radios, select};
use super::fact::{Fact, date, number};
use super::held;
use super::names::Names;
use super::others::{is_alone, is_taken, taken};
use super::text::{LongText, ShortText};
use super::words::say;
use crate::device::Draft;
use crate::domain::sections::{Field, Kind, Pick};
use crate::domain::words::Word;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlElement, HtmlInputElement};

/// What a control asks, and where its answer goes.
#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub id: String,
    pub label: String,
    pub hint: String,
}

impl Asked {
    pub fn new(path: String, label: String, hint: String) -> Self {
        Self { id: id_of(&path), path, label, hint }
    }

    /// The ids of what is to be read out with the control.
    pub fn described(&self) -> String {
        let id = &self.id;
        if self.hint.is_empty() { format!("{id}-problem") } else { format!("{id}-hint {id}-problem") }
    }
}

/// The id of the control at a path, to point at it from elsewhere.
pub fn id_of(path: &str) -> String {
    path.replace('/', "-")
}

/// The lines under a label: what is meant, and what has to be mended.
pub fn told(asked: &Asked, problem: RwSignal<Option<String>>) -> AnyView {
    let (id, hint) = (asked.id.clone(), asked.hint.clone());
    let hint = (!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> });
    view! {
        {hint}
        <p class="problem" id=format!("{id}-problem") aria-live="polite">{move || problem.get()}</p>
    }
    .into_any()
}

/// A question with several controls under it.
pub fn group(asked: &Asked, problem: RwSignal<Option<String>>, controls: AnyView) -> AnyView {
    view! {
        <fieldset class="field" id=asked.id.clone() aria-describedby=asked.described()>
            <legend>{asked.label.clone()}</legend>
            {told(asked, problem)}
            {controls}
        </fieldset>
    }
    .into_any()
}

/// The control with an id, when the page shows it. A textarea and a select answer
/// to the same names as an input.
pub fn control(id: &str) -> Option<HtmlInputElement> {
    Some(document().get_element_by_id(id)?.unchecked_into())
}

/// Counts frames while a control is not in the page yet: a page that the browser
/// makes is put together first. What reads `frames` runs again in the next one.
pub fn look_again(frames: RwSignal<u32>) {
    const ENOUGH: u32 = 600;
    if frames.get_untracked() < ENOUGH {
        request_animation_frame(move || {
            let _ = frames.try_update(|frames| *frames += 1);
        });
    }
}

/// Whether the person is in the control with this id.
pub fn person_is_in(id: &str) -> bool {
    document().active_element().is_some_and(|active| active.id() == id)
}

/// Puts the person at a control, once the page shows it. Where a question has several, that
/// is the answer which is chosen, or else the first.
pub fn focus_on(id: String) {
    request_animation_frame(move || {
        let Some(element) = document().get_element_by_id(&id) else { return };
        let answer = |which| element.query_selector(which).ok().flatten();
        let is_group = element.tag_name() == "FIELDSET";
        let inside = is_group.then(|| answer("input:checked").or_else(|| answer("input"))).flatten();
        let _ = inside.unwrap_or(element).unchecked_into::<HtmlElement>().focus();
    });
}

/// Goes to a part of the page, once it shows: to the eye, at the top, and with the focus.
pub fn go_to(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            element.scroll_into_view();
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// Goes to what the page shows of a path: to its control, in a card that is closed as well,
/// to its table, where the row is gone, or to what it says, where it is only read.
pub fn go_into(path: &str) {
    let field = path.split('/').next().unwrap_or_default();
    let page = document();
    let part = page.get_element_by_id(&id_of(path)).or_else(|| page.get_element_by_id(field));
    let part = part.or_else(|| page.query_selector(&format!("[data-at=\"{field}\"]")).ok().flatten());
    let Some(part) = part else { return };
    if let Ok(Some(card)) = part.closest("details") {
        let _ = card.set_attribute("open", "");
    }
    part.scroll_into_view();
    let control = part.query_selector("input, select, textarea, summary").ok().flatten().unwrap_or(part);
    let _ = control.unchecked_into::<HtmlElement>().focus();
}

const YES_NO: &[Pick] = &[Pick { id: "yes", words: "Yes" }, Pick { id: "no", words: "No" }];

/// More answers than this are a list to open, fewer are all in sight.
const IN_SIGHT: usize = 9;

/// The form part for a field at a path.
#[component]
pub fn FieldView(draft: Draft, field: Field, #[prop(into)] path: String) -> AnyView {
    let names = Names::here();
    let said = |text| names.about(say(Word::declared(text)));
    let (label, hint) = (said(field.label), said(field.hint));
    let part = match field.kind {
        Kind::ShortText if travels(&field.kind) => view! { <ShortText draft path=path.clone() label hint/> }.into_any(),
        Kind::LongText => view! { <LongText draft path=path.clone() label hint/> }.into_any(),
        // A table is more than a control, and My voice asks in its own way.
        Kind::ShortText
        | Kind::Rows { .. }
        | Kind::Question(_)
        | Kind::Answer(_)
        | Kind::Wish
        | Kind::Told(_)
        | Kind::Media(_) => ().into_any(),
        kind => fact_view(draft, kind, Asked::new(path.clone(), label, hint)),
    };
    if is_alone() {
        return view! { <div class=width(&field.kind)>{part}</div> }.into_any();
    }
    let there = is_taken(draft, path.clone());
    // A form for each: browsers look through the whole form of a box at each key in it, to
    // fill it in, and a section has hundreds of boxes. None is ever sent (`early.js`).
    view! {
        <form
            class=width(&field.kind)
            class:taken=move || there.with(|there| !there.is_empty())
            autocomplete="off"
            novalidate
            on:focusout=move |_| held::leave(draft, &path)
        >
            {part}
            {taken(there)}
        </form>
    }
    .into_any()
}

fn fact_view(draft: Draft, kind: Kind, asked: Asked) -> AnyView {
    let fact = Fact::new(draft, &asked.path, kind);
    let path = asked.path.clone();
    let part = match kind {
        _ if !travels(&kind) => ().into_any(),
        Kind::Number { unit, decimals, .. } => number(fact, &asked, unit, decimals),
        Kind::Date => date(fact, &asked),
        Kind::YesNo => radios(fact, &asked, YES_NO, true),
        Kind::Scale(picks) => radios(fact, &asked, picks, true),
        Kind::Choice(picks) if picks.len() <= IN_SIGHT => radios(fact, &asked, picks, false),
        Kind::Choice(picks) => select(fact, &asked, picks),
        Kind::Picks(picks) => checks(fact, &asked, picks),
        _ => ().into_any(),
    };
    view! {
        {part}
        <Apart draft path kind/>
    }
    .into_any()
}

/// Whether this build has the control for a kind. What a carer is asked needs few of
/// them, and their phone loads no others.
const fn travels(kind: &Kind) -> bool {
    !crate::FAMILY || matches!(kind, Kind::LongText | Kind::Scale(_) | Kind::YesNo)
}

/// How much of a line a field takes where there is room: numbers that belong
/// together stand side by side.
fn width(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number { .. } => "third",
        Kind::Date => "half",
        _ => "whole",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::media::PHOTOS;
    use crate::domain::sections::SectionId;

    #[test]
    fn what_a_carer_is_asked_has_its_controls_on_a_phone() {
        // Photos have a card of their own.
        for field in SectionId::CarersView.section().fields.iter().filter(|field| field.id != PHOTOS) {
            assert!(matches!(field.kind, Kind::LongText | Kind::Scale(_) | Kind::YesNo), "{}", field.id);
        }
    }
}
