//! One item of the agenda on somebody's own device: the young person's words to it,
//! what the plan says now, and where this person may write.

use super::later::{Behind, later};
use super::{Open, Room, is_closed, told, wrap_up};
use crate::device::Draft;
use crate::domain::meeting::agenda::{Item, Part};
use crate::domain::meeting::screen::{OnScreen, Saying};
use crate::domain::sections::{Field, Keeps};
use crate::pages::route::Route;
use crate::ui::field::FieldView;
use leptos::prelude::*;

pub fn view(room: Room, item: Item) -> AnyView {
    let name = room.name();
    let body = match item {
        Item::WrapUp => wrap_up::view(room),
        _ => parts(room, item),
    };
    let lead =
        move || (room.leads() && room.page.with(|page| !is_closed(page.state))).then(|| room.pointer.button(item));
    view! {
        <article class="card meeting-item" aria-labelledby="item-title">
            <div class="item-head">
                <h2 id="item-title" tabindex="-1">{item.title(&name)}</h2>
                {lead}
            </div>
            <p class="soft lead">{item.asks(&name)}</p>
            {sayings(room, item)}
            {body}
            {ways(item, &name)}
        </article>
    }
    .into_any()
}

/// The young person's own words that belong here.
fn sayings(room: Room, item: Item) -> AnyView {
    let shown = move || {
        room.page.with(|page| {
            let of = |question: &&str| page.shared.iter().find(|answer| answer.question == **question);
            let all: Vec<_> = item.questions().iter().filter_map(of).filter_map(Saying::of).collect();
            let quotes: Vec<_> = all.iter().map(told::saying).collect();
            match (item, quotes.is_empty()) {
                (_, false) => Some(view! { <div class="said-here">{quotes}</div> }.into_any()),
                (Item::Words, true) => {
                    let none = format!(
                        "{} hasn’t shared anything with you for this plan. Ask what they would like to say.",
                        page.name
                    );
                    Some(view! { <p class="said-here">{none}</p> }.into_any())
                }
                _ => None,
            }
        })
    };
    shown.into_any()
}

fn parts(room: Room, item: Item) -> AnyView {
    let parts: Vec<_> =
        item.parts().iter().filter_map(|part| Some(view_part(room, part, room.open(part.section)?))).collect();
    match parts.is_empty() && item != Item::Words {
        true => {
            view! { <p class="soft">"What the plan says to this isn’t yours to read. It is talked about here."</p> }
                .into_any()
        }
        false => parts.into_any(),
    }
}

fn view_part(room: Room, part: &'static Part, open: Open) -> AnyView {
    let (name, draft) = (room.name(), open.draft);
    let section = part.section.section();
    let title = section.titled(&name);
    let told = {
        let name = name.clone();
        Memo::new(move |_| draft.values.with(|values| part.told(values, &name)))
    };
    let says = Memo::new(move |_| draft.values.with(|values| part.section.says(values)));
    let unwritten = Memo::new(move |_| draft.values.with(|values| part.unwritten(values, &name)).join(", "));
    let on_screen = OnScreen::ALL.iter().any(|shown| shown.section() == part.section);
    let kept = (!on_screen).then(|| view! { <p class="soft small">"Not on the big screen."</p> });
    let says = move || says.get().into_iter().map(|line| view! { <p class="words">{line}</p> }).collect_view();
    let missing = move || {
        let labels = unwritten.get();
        (!labels.is_empty()).then(|| view! { <p class="soft">{format!("Not written yet: {labels}")}</p> })
    };
    view! {
        <section class="meeting-part">
            <h3>{title}</h3>
            {kept}
            {says}
            {move || told.with(|all| told::told(all))}
            {missing}
            {writing(room, part, open)}
        </section>
    }
    .into_any()
}

/// Where this person may write what is talked about; the rest is on its own page.
fn writing(room: Room, part: &'static Part, open: Open) -> AnyView {
    let section = part.section.section();
    let href = Route::Section(room.plan(), part.section).path();
    let whole = format!("Open {}", section.titled(&room.name()));
    let opened = RwSignal::new(false);
    let here = open.may_write.then(|| {
        let fields = part.fields.iter().filter_map(|(id, _)| section.field(id));
        let boxes = fields.map(|field| match field.kind.keeps() {
            Keeps::Rows => table(open.draft, field, opened),
            _ => control(open.draft, field),
        });
        view! {
            <details class="write" on:toggle=move |_| opened.set(true)>
                <summary>"Write here"</summary>
                {boxes_of(open, boxes.collect())}
            </details>
        }
    });
    view! { {here} <p><a class="whole-part" href=href>{whole}</a></p> }.into_any()
}

/// A table, from when somebody wants to write in it: it has a box for each cell.
fn table(draft: Draft, field: &'static Field, opened: RwSignal<bool>) -> AnyView {
    let shown = move || opened.get().then(|| later(Behind::Table(Box::new(draft), field)));
    view! { <div class="whole">{shown}</div> }.into_any()
}

fn control(draft: Draft, field: &'static Field) -> AnyView {
    view! { <div class="whole"><FieldView draft field=*field path=field.id/></div> }.into_any()
}

/// Some fields of a section as a form that is kept as it is typed.
pub fn form(open: Open, fields: Vec<&'static Field>) -> AnyView {
    boxes_of(open, fields.into_iter().map(|field| control(open.draft, field)).collect())
}

fn boxes_of(open: Open, boxes: Vec<AnyView>) -> AnyView {
    let draft = open.draft;
    view! {
        <div
            class="fields"
            data-document=draft.name().to_string()
            data-live=move || draft.live.get().then_some("")
        >
            {boxes}
        </div>
    }
    .into_any()
}

/// The ways to what was before and what comes next.
pub fn ways(item: Item, name: &str) -> AnyView {
    let way = |to: Option<Item>, word: &str, class: &'static str| {
        to.map(|to| {
            view! { <a class=class href=format!("#{}", to.id())>{format!("{word}: {}", to.title(name))}</a> }.into_any()
        })
    };
    view! {
        <div class="row ways">
            {way(item.after(), "Next", "button")}
            {way(item.before(), "Back", "button quiet")}
        </div>
    }
    .into_any()
}
