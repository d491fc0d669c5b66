//! Photos that belong to a section: to look at, to add on a phone, to say what they show.

use super::field::focus_on;
use super::text::ShortText;
use super::words::{Words, say};
use crate::device::Draft;
use crate::device::media::Chosen;
use crate::domain::media::{CAPTION, PHOTO, PHOTOS};
use crate::domain::people::{MediaId, RowId};
use crate::domain::words::media as words;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card of a carer's own photos.
#[component]
pub fn Photos(draft: Draft) -> impl IntoView {
    let rows = Memo::new(move |_| {
        draft.values.at(PHOTOS, |values| values.rows(PHOTOS).map(|row| row.id.clone()).collect::<Vec<_>>())
    });
    let said = Words::here();
    let (busy, came) = (RwSignal::new(false), RwSignal::new(Chosen::default()));
    let add = move |control: &'static str| {
        busy.set(true);
        spawn_local(async move {
            came.try_set(draft.device().photos(draft.name(), control.into()).await);
            busy.try_set(false);
        });
    };
    let note = move || {
        let came = came.get();
        let one = |number: usize, word| (number > 0).then(|| said.with(word, &[("number", &number.to_string())]));
        let notes = [
            one(came.unread, words::PHOTOS_UNREAD),
            one(came.too_many, words::PHOTOS_TOO_MANY),
            one(came.full, words::PHOTOS_FULL),
        ];
        notes.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let working = say(words::PHOTO_BUSY);
    view! {
        <section class="card photos stack" aria-labelledby="photos">
            <h2 id="photos">{say(words::PHOTOS)}</h2>
            <p class="soft">{say(words::PHOTOS_HINT)}</p>
            <ol class="plain photo-list">
                <For each=move || rows.get() key=RowId::clone let:row>
                    <Photo draft row rows/>
                </For>
            </ol>
            {if crate::PHOTOS {
                view! {
                    <div class="row">
                        {choose("photo-take", say(words::PHOTO_TAKE), true, draft, add)}
                        {choose("photo-choose", say(words::PHOTO_CHOOSE), false, draft, add)}
                    </div>
                }
                .into_any()
            } else {
                // This page came along with the plan, and adding photos didn't.
                let here = format!("/plans/{}/{}", draft.name().plan, draft.name().section.id());
                view! { <a class="button quiet" href=here data-leave="">{say(words::PHOTO_GO)}</a> }.into_any()
            }}
            <p role="status">{move || if busy.get() { working.to_string() } else { note() }}</p>
        </section>
    }
}

fn choose(
    id: &'static str,
    words: &'static str,
    camera: bool,
    draft: Draft,
    add: impl Fn(&'static str) + 'static,
) -> AnyView {
    view! {
        <label class="button quiet file">
            <input
                type="file"
                class="visually-hidden"
                id=id
                accept="image/*"
                multiple=!camera
                capture=camera.then_some("environment")
                disabled=move || !draft.live.get()
                on:change=move |_| add(id)
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}

#[component]
fn Photo(draft: Draft, row: RowId, rows: Memo<Vec<RowId>>) -> impl IntoView {
    let path = |column: &str| format!("{PHOTOS}/{row}/{column}");
    let (photo, caption) = (path(PHOTO), path(CAPTION));
    let said = Words::here();
    let number = {
        let row = row.clone();
        move || (rows.with(|rows| rows.iter().position(|other| *other == row)).map_or(0, |at| at + 1)).to_string()
    };
    let called = {
        let number = number.clone();
        move |word| said.with(word, &[("number", &number())])
    };
    let alt = {
        let (caption, called) = (caption.clone(), called.clone());
        move || {
            Some(draft.text(&caption))
                .filter(|text| !text.trim().is_empty())
                .unwrap_or_else(|| called(words::PHOTO_NUMBER))
        }
    };
    let id = {
        let photo = photo.clone();
        Memo::new(move |_| draft.fact(&photo).and_then(|id| id.parse::<MediaId>().ok()))
    };
    let address = RwSignal::new(None::<String>);
    let device = draft.device();
    Effect::new(move |_| {
        let Some(id) = id.get() else { return };
        spawn_local(async move {
            let here = device.address(id.clone()).await;
            address.try_set(Some(here.unwrap_or_else(|| format!("/v1/media/{id}"))));
        });
    });
    let sent = {
        let photo = photo.clone();
        let [kept, gone] = [words::PHOTO_KEPT, words::PHOTO_IN_PLAN].map(say);
        move || match draft.refusal(&photo) {
            Some(why) => format!("{}.", said.language().of(&why)),
            None => if draft.is_unsent(&photo) { kept } else { gone }.to_string(),
        }
    };
    // It can't be had back, so it is asked first.
    let sure = RwSignal::new(false);
    let (photo, button) = (StoredValue::new(photo), StoredValue::new(format!("remove-{row}")));
    let remove = move |_| device.let_go((draft.name(), photo.get_value()));
    let keep = move |_| {
        sure.set(false);
        focus_on(button.get_value());
    };
    let [yes, no] = [words::CLEAR_YES, words::CLEAR_NO].map(say);
    view! {
        <li class="photo stack tight">
            {move || address.get().map(|address| view! { <img src=address alt=alt.clone()/> })}
            <p class="soft small">{sent}</p>
            <ShortText draft path=caption label=say(words::PHOTO_SHOWS)/>
            <button
                type="button"
                class="button plain"
                id=button.get_value()
                aria-expanded=move || if sure.get() { "true" } else { "false" }
                on:click=move |_| sure.update(|sure| *sure = !*sure)
            >
                {move || called(words::PHOTO_REMOVE)}
            </button>
            {move || sure.get().then(|| view! {
                <div class="row">
                    <button type="button" class="button" on:click=remove>{yes}</button>
                    <button type="button" class="button quiet" on:click=keep>{no}</button>
                </div>
            })}
        </li>
    }
}
