//! Actions as they are promised: one line each, what, who and by when. They go into
//! the plan's actions as anything else does, with a network or without.

use super::{Open, Room};
use crate::device::{Device, Draft};
use crate::domain::calendar::Day;
use crate::domain::capital::capital;
use crate::domain::meeting::promise::{self, Promise};
use crate::domain::meeting::told::{Line, lines};
use crate::domain::meeting::when;
use crate::domain::sections::{SHORT, SectionId, too_long};
use crate::pages::half::Half;
use crate::pages::route::Route;
use crate::sync::document::Edit;
use crate::sync::order::between;
use crate::ui::field::focus_on;
use crate::ui::form::{fill, typed};
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;

const TABLE: &str = "actions";
const COLUMNS: [&str; 3] = ["what", "who", "by-when"];

const WHAT: &str = "action-what";
const WHO: &str = "action-who";
const WHEN: &str = "action-when";
const BOXES: [&str; 3] = [WHAT, WHO, WHEN];

pub fn card(room: Room) -> Option<AnyView> {
    let open = room.open(SectionId::Actions)?;
    let promised = Memo::new(move |_| promised(open.draft));
    let list = move || {
        let lines = promised.get();
        match lines.is_empty() {
            true => view! { <p class="soft">"None yet"</p> }.into_any(),
            false => list(&lines),
        }
    };
    let href = Route::Section(room.plan(), SectionId::Actions).path();
    Some(
        view! {
            <section class="card side actions">
                <h2>"Actions"</h2>
                {open.may_write.then(|| form(room, open))}
                {list}
                <p><a class="whole-part" href=href>"Open Actions"</a></p>
            </section>
        }
        .into_any(),
    )
}

/// What people promised, in the order of the plan.
pub fn promised(draft: Draft) -> Vec<Line> {
    let field = SectionId::Actions.section().field(TABLE);
    draft.values.with(|values| field.map(|field| lines(values, field, &COLUMNS)).unwrap_or_default())
}

/// "Ring admissions. Tom Nowak, by 3 March 2027".
pub fn list(promised: &[Line]) -> AnyView {
    let line = |line: &Line| {
        let of = |at: usize| {
            let label =
                SectionId::Actions.section().at(&format!("{TABLE}/{}/{}", uuid::Uuid::nil(), COLUMNS[at]))?.label;
            line.more.iter().find(|(of, _)| of == label).map(|(_, words)| words.clone())
        };
        let who = match (of(1), of(2)) {
            (Some(who), Some(day)) => format!("{who}, by {day}"),
            (Some(who), None) => who,
            (None, Some(day)) => format!("By {day}. Nobody’s name is on it yet"),
            (None, None) => "Nobody’s name is on it yet".into(),
        };
        view! { <li><span class="words">{line.head.clone()}</span><span class="more">{who}</span></li> }.into_any()
    };
    let lines: Vec<_> = promised.iter().map(line).collect();
    view! { <ul class="told-rows">{lines}</ul> }.into_any()
}

/// The three boxes as one promise, or what is wrong and in which of them. Where the others
/// are empty, the first may say all of it.
fn read(what: &str, who: &str, day: &str, people: &[String], today: Day) -> Result<Promise, (&'static str, String)> {
    let (what, who) = (what.trim(), who.trim());
    if what.is_empty() {
        return Err((WHAT, "Say what someone will do".into()));
    }
    let day = when::day(day, today).map_err(|sentence| (WHEN, sentence))?;
    let promise = match (who, day) {
        ("", None) => promise::said(what, people, today),
        _ => Promise { what: what.into(), who: who.into(), day },
    };
    for (id, words) in [(WHAT, &promise.what), (WHO, &promise.who)] {
        if let Some(sentence) = too_long(words.encode_utf16().count(), SHORT) {
            return Err((id, sentence));
        }
    }
    Ok(promise)
}

/// "Buy headphones. Jo Barlow, by Saturday 12 December 2026".
fn sentence(promise: &Promise) -> String {
    let day = promise.day.map(|day| format!("by {}", day.spoken()));
    let more: Vec<_> = [Some(promise.who.clone()).filter(|who| !who.is_empty()), day].into_iter().flatten().collect();
    if more.is_empty() { promise.what.clone() } else { format!("{}. {}", promise.what, capital(&more.join(", "))) }
}

/// The edits that put a promise at the end of the plan's actions.
fn add(draft: Draft, promised: &Promise) {
    let row = Device::here().fresh_row();
    let last = draft.values.with_untracked(|values| values.rows(TABLE).last().map(|row| row.order.clone()));
    let path = |column: &str| format!("{TABLE}/{row}/{column}");
    draft.edit(Edit::AddRow { field: TABLE.into(), row: row.clone(), order: between(last.as_deref(), None) });
    for (column, words) in [(COLUMNS[0], &promised.what), (COLUMNS[1], &promised.who)] {
        if !words.is_empty() {
            draft.edit(Edit::Splice { path: path(column), at: 0, delete: 0, insert: words.clone() });
        }
    }
    if let Some(day) = promised.day {
        draft.edit(Edit::Set { path: path(COLUMNS[2]), value: day.to_string() });
    }
}

fn form(room: Room, open: Open) -> AnyView {
    let device = Device::here();
    let team =
        move || room.page.with_untracked(|page| page.team.iter().map(|member| member.name.clone()).collect::<Vec<_>>());
    let half = Half::of_empty(&format!("action/{}", room.plan()), BOXES);
    let wrong = RwSignal::new(None::<(&'static str, String)>);
    let told = RwSignal::new(String::new());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let people = team();
        match read(&typed(WHAT), &typed(WHO), &typed(WHEN), &people, device.now().day()) {
            Err((id, sentence)) => {
                wrong.set(Some((id, sentence)));
                focus_on(id.into());
            }
            Ok(promised) => {
                wrong.set(None);
                add(open.draft, &promised);
                told.set(format!("Added: {}", sentence(&promised)));
                BOXES.iter().for_each(|id| fill(id, ""));
                half.keep();
                focus_on(WHAT.into());
            }
        }
    };
    let names = team().into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <form class="one-line" autocomplete="off" novalidate on:submit=send on:input=move |_| half.keep()>
            {line_box(WHAT, "What", wrong, None)}
            {line_box(WHO, "Who", wrong, Some("action-people"))}
            {line_box(WHEN, "By when", wrong, None)}
            <datalist id="action-people">{names}</datalist>
            <button type="submit" class="button" disabled=move || !open.draft.live.get()>"Add"</button>
            <p class="problem" id="action-problem" role="alert">
                {move || wrong.get().map(|(_, sentence)| sentence)}
            </p>
            <p class="hint" id="action-hint">"A day as you say it: 12 March, Friday, in 2 weeks. Or all in one: Tom to ring the school by Friday."</p>
            <p class="soft small" role="status">{move || told.get()}</p>
        </form>
    }
    .into_any()
}

fn line_box(
    id: &'static str,
    label: &'static str,
    wrong: RwSignal<Option<(&'static str, String)>>,
    list: Option<&'static str>,
) -> AnyView {
    let is_wrong = move || wrong.with(|wrong| wrong.as_ref().is_some_and(|(at, _)| *at == id));
    let described = if id == WHEN { "action-hint action-problem" } else { "action-problem" };
    view! {
        <div class=format!("field {id}")>
            <label for=id>{label}</label>
            <input
                class="box"
                type="text"
                id=id
                list=list
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || is_wrong().then_some("true")
            />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_read_from_one_line() {
        let (today, people): (Day, _) = ("2026-11-25".parse().expect("a day"), ["Jo Barlow".to_string()]);
        let read = |what: &str, who: &str, day: &str| super::read(what, who, day, &people, today);
        let told = |what: &str, who: &str, day: &str| read(what, who, day).map(|promise| sentence(&promise));
        let ring = "Ring admissions. Tom Nowak, by Friday 27 November 2026".to_string();
        assert_eq!(told(" Ring admissions ", "Tom Nowak", "Friday"), Ok(ring));
        let buy = "Buy headphones. Jo Barlow, by Saturday 12 December 2026".to_string();
        assert_eq!(told("Jo to buy headphones by 12 December", "", ""), Ok(buy));
        assert_eq!(told("Jo to buy headphones", "Tom", ""), Ok("Jo to buy headphones. Tom".into()), "who is said");
        assert_eq!(told("Ring", "", ""), Ok("Ring".into()), "who and when can be said later");
        let wrong = |what: &str, who: &str, day: &str| read(what, who, day).err().map(|(id, _)| id);
        assert_eq!(wrong("  ", "Tom", ""), Some(WHAT));
        assert_eq!(wrong("Ring", "", "soon"), Some(WHEN));
        assert_eq!(wrong("Ring", &"o".repeat(301), ""), Some(WHO));
    }
}
