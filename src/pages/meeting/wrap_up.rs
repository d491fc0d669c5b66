//! The end of a meeting: what was agreed, in plain words, and what is still missing.

use super::actions::{list, promised};
use super::item::form;
use super::{Room, told};
use crate::domain::meeting::agenda::Item;
use crate::domain::meeting::screen::{Saying, came};
use crate::domain::meeting::told::Told;
use crate::domain::people::PlanId;
use crate::domain::plan::State;
use crate::domain::ready::Lack;
use crate::domain::sections::SectionId;
use crate::pages::route::Route;
use crate::ui::field::id_of;
use leptos::prelude::*;

pub fn view(room: Room) -> AnyView {
    view! {
        {agreed(room)}
        {targets(room)}
        {actions(room)}
        {replies(room)}
        {present(room)}
        {missing(room)}
        {close(room)}
    }
    .into_any()
}

/// What the record says was agreed, with the box to write it for those who may.
fn agreed(room: Room) -> Option<AnyView> {
    let record = room.open(SectionId::MeetingRecord)?;
    let fields: Vec<_> =
        ["agreed", "next-plan"].iter().filter_map(|id| SectionId::MeetingRecord.section().field(id)).collect();
    let part = Item::WrapUp.parts().first()?;
    let name = room.name();
    let says = Memo::new(move |_| record.draft.values.with(|values| part.told(values, &name)));
    let shown = move || match says.with(Vec::is_empty) {
        true => view! { <p class="soft">"Nothing is written yet"</p> }.into_any(),
        false => says.with(|all| told::told(all)),
    };
    Some(match record.may_write {
        // The boxes say what each is for.
        true => view! { <section class="meeting-part">{form(record, fields)}</section> }.into_any(),
        false => view! { <section class="meeting-part"><h3>"What was agreed"</h3>{shown}</section> }.into_any(),
    })
}

fn targets(room: Room) -> Option<AnyView> {
    let open = room.open(SectionId::Targets)?;
    let part = Item::Targets.parts().first()?;
    let name = room.name();
    let this_term = Memo::new(move |_| {
        let all = open.draft.values.with(|values| part.told(values, &name));
        let label = SectionId::Targets.section().field("targets").map_or("", |field| field.label);
        all.into_iter().find(|told: &Told| told.label == label).map(|told| told.lines).unwrap_or_default()
    });
    let shown = move || match this_term.with(Vec::is_empty) {
        true => view! { <p class="soft">"No targets yet"</p> }.into_any(),
        false => this_term.with(|lines| told::lines(lines)),
    };
    Some(view! { <section class="meeting-part"><h3>"Targets for this term"</h3>{shown}</section> }.into_any())
}

fn actions(room: Room) -> Option<AnyView> {
    let open = room.open(SectionId::Actions)?;
    let all = Memo::new(move |_| open.draft.values.with(promised));
    let shown = move || match all.with(Vec::is_empty) {
        true => view! { <p class="soft">"Nobody has promised anything yet"</p> }.into_any(),
        false => all.with(|all| list(all)),
    };
    Some(view! { <section class="meeting-part"><h3>"Who does what, by when"</h3>{shown}</section> }.into_any())
}

/// What becomes of what the young person asked for.
fn replies(room: Room) -> AnyView {
    let shown = move || {
        room.page.with(|page| {
            let asked = page.shared.iter().filter(|answer| answer.asks()).filter_map(Saying::of);
            let lines: Vec<_> = asked.map(|saying| told::request(&saying)).collect();
            let href = Route::Agree(page.plan.clone()).path();
            let heading = format!("What {} asked for", page.name);
            (!lines.is_empty()).then(|| {
                view! {
                    <section class="meeting-part">
                        <h3>{heading}</h3>
                        <ul class="lines requests">{lines}</ul>
                        <p><a class="whole-part" href=href>"Reply"</a></p>
                    </section>
                }
                .into_any()
            })
        })
    };
    shown.into_any()
}

fn present(room: Room) -> Option<AnyView> {
    let record = room.open(SectionId::MeetingRecord)?;
    let names = Memo::new(move |_| record.draft.values.with(came).join(" · "));
    let shown = move || match names.get() {
        names if names.is_empty() => "Nobody is marked yet".to_string(),
        names => names,
    };
    Some(
        view! { <section class="meeting-part"><h3>"Who was here"</h3><p class="words">{shown}</p></section> }
            .into_any(),
    )
}

/// What is still missing in the plan, by the part that it belongs to.
fn missing(room: Room) -> AnyView {
    let lacks = Memo::new(move |_| room.page.with(|page| page.lacks.clone()));
    let summary = move || match lacks.with(Vec::len) {
        0 => "Nothing, as far as you can read the plan".to_string(),
        1 => "1 thing, to be written after the meeting".to_string(),
        many => format!("{many} things, to be written after the meeting"),
    };
    let (plan, name) = (room.plan(), room.name());
    let parts = move || {
        let of = |section: SectionId| lacks.with(|all| part_of(all, section, &plan, &name));
        SectionId::ALL.iter().copied().filter_map(of).collect::<Vec<_>>()
    };
    view! {
        <section class="meeting-part lacks">
            <h3>"Still missing"</h3>
            <details class="write"><summary>{summary}</summary>{parts}</details>
        </section>
    }
    .into_any()
}

fn part_of(all: &[Lack], section: SectionId, plan: &PlanId, name: &str) -> Option<AnyView> {
    let line = |lack: &Lack| view! { <li><a href=place(plan, lack)>{lack.words.clone()}</a></li> }.into_any();
    let lines: Vec<_> = all.iter().filter(|lack| lack.section == section).map(line).collect();
    let title = match section {
        SectionId::MyVoice => format!("What {name} asked for"),
        _ => format!("{}, {}", section.section().titled(name), section.section().asked.words()),
    };
    (!lines.is_empty()).then(|| view! { <h4>{title}</h4><ul class="dashes">{lines}</ul> }.into_any())
}

/// Where something missing is put right.
fn place(plan: &PlanId, lack: &Lack) -> String {
    match lack.section {
        SectionId::MyVoice => format!("{}#reply-{}", Route::Agree(plan.clone()).path(), lack.field),
        section => format!("{}#{}", Route::Section(plan.clone(), section).path(), id_of(&lack.field)),
    }
}

/// Closing the meeting is on the plan's page, with everything else that moves it on.
fn close(room: Room) -> AnyView {
    let href = Route::Plan(room.plan()).path();
    let shown = move || {
        let is_open = room.page.with(|page| page.state == State::Meeting);
        (is_open && room.leads())
            .then(|| view! { <p><a class="button" href=href.clone()>"Go to the plan to close the meeting"</a></p> })
    };
    shown.into_any()
}
