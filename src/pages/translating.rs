//! What somebody wrote, said in another language by a person: the boxes for it, and what
//! was added.

use super::deciding::Deciding;
use super::half::Half;
use super::steps::refusal;
use crate::api::{Problem, translate_written};
use crate::device::{Device, Draft};
use crate::domain::sections::{Field, Keeps};
use crate::domain::translated::{EARLIER, Translated, wording};
use crate::domain::values::Values;
use crate::domain::voice::Translation;
use crate::ui::field::Asked;
use crate::ui::form;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// What it says in another language: a person says so, and no machine.
pub fn translated(translation: &Translation) -> AnyView {
    let by = format!("Translated by {}, a person, {}", translation.by, translation.at.day().short());
    view! { <p class="words">{translation.words.clone()}</p><p class="soft small">{by}</p> }.into_any()
}

/// What a field of a section says in another language, to stand beneath its own words.
pub fn beneath(all: &[Translated], values: &Values, field: &Field) -> Option<AnyView> {
    let now = wording(values, field.id)?;
    let one = |one: &Translated| {
        let earlier = (one.wording != now).then(|| view! { <p class="note">{EARLIER}</p> });
        view! { {translated(&one.translation)}{earlier} }.into_any()
    };
    let said: Vec<_> = all.iter().filter(|one| one.path == field.id).map(one).collect();
    (!said.is_empty()).then(|| said.into_any())
}

/// A box for it, with what was typed into it before. At each key `typed` is told what is
/// in it; `add` sends it.
pub fn adding<Sent>(
    deciding: Deciding,
    asked: Asked,
    before: &str,
    typed: impl Fn(&str) + 'static,
    add: impl Fn(String) -> Sent + 'static,
) -> AnyView
where
    Sent: Future<Output = Result<(), Problem>> + 'static,
{
    let id = asked.id.clone();
    // Also what stands there before somebody typed it on this page.
    let half = Half::of_empty(&id, [&id]);
    let written = id.clone();
    let keep = move |_| {
        typed(&form::typed(&written));
        half.keep();
    };
    let send = move || {
        let id = id.clone();
        let sent = add(form::typed(&id));
        let added = async move {
            sent.await?;
            form::fill(&id, "");
            Ok(())
        };
        deciding.send(half.until(added), || ());
    };
    view! {
        <div on:input=keep>{form::words(&asked, RwSignal::new(None), before)}</div>
        {deciding.button("Add it", None, "button quiet", send)}
    }
    .into_any()
}

/// A box for each text of a section.
pub fn of_section(draft: Draft) -> AnyView {
    let deciding = Deciding::here(refusal);
    let texts = draft.name().section.section().fields.iter().filter(|field| field.kind.keeps() == Keeps::Text);
    let boxes: Vec<_> = texts.map(|field| of_field(draft, field, deciding)).collect();
    view! { <div class="stack">{boxes}{notice(deciding.trouble)}</div> }.into_any()
}

fn of_field(draft: Draft, field: &'static Field, deciding: Deciding) -> AnyView {
    let (name, device) = (draft.name(), Device::here());
    let label = format!("What it says, in another language: {}", field.label);
    let hint = "Your name stands beside it, for those who read this part.";
    let asked = Asked::new(format!("translation-{}-{}", name.plan, field.id), label, hint.into());
    // It is of the words that stood there when it was begun, whatever is written meanwhile.
    let (of, is_read) = (StoredValue::new(String::new()), StoredValue::new(false));
    let kept = format!("wording-{}", asked.id);
    let begun = kept.clone();
    Effect::new(move |_| {
        let begun = device.kept(&begun);
        spawn_local(async move {
            if let Some(begun) = begun.await.filter(|begun| !begun.is_empty()) {
                drop(of.try_set_value(begun));
            }
            let _ = is_read.try_set_value(true);
        });
    });
    let now = move || draft.values.with_untracked(|values| wording(values, field.id)).unwrap_or_default();
    let mark = kept.clone();
    let typed = move |words: &str| {
        if words.is_empty() {
            of.set_value(String::new());
        } else if of.with_value(String::is_empty) {
            of.set_value(now());
        }
        // Nothing over the mark of what was begun before.
        if is_read.get_value() {
            device.keep(&mark, &of.get_value());
        }
    };
    let add = move |words| {
        let (plan, section, kept) = (name.plan.clone(), name.section, kept.clone());
        let begun = Some(of.get_value()).filter(|begun| !begun.is_empty()).unwrap_or_else(now);
        async move {
            let done = translate_written(plan, section, field.id.into(), begun, words).await;
            if done.is_ok() {
                drop(of.try_set_value(String::new()));
                device.keep(&kept, "");
            }
            done
        }
    };
    let nothing = move || draft.text(field.id).trim().is_empty();
    view! { <div class="stack tight" hidden=nothing>{adding(deciding, asked, "", typed, add)}</div> }.into_any()
}
