//! The line in which an action is promised, or put right: what, who and by when.

use super::Room;
use super::actions::{Actions, COLUMNS, TABLE};
use crate::device::{Device, Draft};
use crate::domain::calendar::Day;
use crate::domain::capital::capital;
use crate::domain::meeting::promise::{self, Promise};
use crate::domain::meeting::when;
use crate::domain::people::RowId;
use crate::domain::sections::{SHORT, too_long};
use crate::pages::half::Half;
use crate::sync::document::Edit;
use crate::sync::order::between;
use crate::sync::splice::splice_between;
use crate::ui::field::focus_on;
use crate::ui::form::{fill, typed};
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;

const WHAT: &str = "action-what";
const WHO: &str = "action-who";
const WHEN: &str = "action-when";
const BOXES: [&str; 3] = [WHAT, WHO, WHEN];
/// Which action is in the boxes, and what it said as it came into them: kept with what is
/// half typed, so that after a reload it is still that action which is changed.
const CHANGING: &str = "action-changing";

/// The three boxes as one promise, or what is wrong and in which of them. Where the others
/// are empty, the first may say all of it.
fn read(boxes: &[String; 3], people: &[String], today: Day) -> Result<Promise, (&'static str, String)> {
    let [what, who, day] = boxes.each_ref().map(|said| said.trim());
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

/// What nobody has said yet, or said so that it wasn't understood.
fn lacking(promise: &Promise) -> &'static str {
    match (promise.who.is_empty(), promise.day.is_some()) {
        (true, false) => ". It has no name and no day yet",
        (true, true) => ". It has no name yet",
        (false, false) => ". It has no day yet",
        (false, true) => "",
    }
}

/// "12 March 2027", which a narrow box has room for.
fn in_box(day: Option<Day>) -> String {
    day.map(|day| format!("{} {}", day.short(), day.year())).unwrap_or_default()
}

/// What the boxes say of an action that is in the plan.
fn said(draft: Draft, row: &RowId) -> [String; 3] {
    draft.values.with_untracked(|values| {
        let day = values.fact(&Actions::path(row, COLUMNS[2])).and_then(|day| day.parse::<Day>().ok());
        let text = |column| values.text(&Actions::path(row, column)).to_string();
        [text(COLUMNS[0]), text(COLUMNS[1]), in_box(day)]
    })
}

/// Makes an action say what was promised, also where it was removed meanwhile; says what
/// was done.
fn change(draft: Draft, row: RowId, was: &[String; 3], promise: &Promise) -> &'static str {
    let is_there = draft.values.with_untracked(|values| values.rows(TABLE).any(|there| there.id == row));
    if !is_there {
        draft.edit(Edit::BringBack { field: TABLE.into(), row: row.clone() });
    }
    put(draft, &row, was, promise);
    if is_there { "Changed" } else { "It was removed, and is back" }
}

/// Puts a promise at the end of the plan's actions.
fn add(draft: Draft, promise: &Promise) {
    let row = Device::here().fresh_row();
    let last = draft.values.with_untracked(|values| values.rows(TABLE).last().map(|row| row.order.clone()));
    draft.edit(Edit::AddRow { field: TABLE.into(), row: row.clone(), order: between(last.as_deref(), None) });
    put(draft, &row, &Default::default(), promise);
}

/// Makes what an action said into a promise. What others wrote in it meanwhile stays.
fn put(draft: Draft, row: &RowId, was: &[String; 3], promise: &Promise) {
    for (at, words) in [&promise.what, &promise.who].into_iter().enumerate() {
        let path = Actions::path(row, COLUMNS[at]);
        let now = draft.values.with_untracked(|values| values.text(&path).to_string());
        if let Some(mine) = splice_between(&was[at], words) {
            let mine = mine.after(splice_between(&was[at], &now).as_ref());
            draft.edit(Edit::Splice { path, at: mine.at, delete: mine.delete, insert: mine.insert });
        }
    }
    let path = Actions::path(row, COLUMNS[2]);
    match promise.day {
        day if in_box(day) == was[2] => {}
        Some(day) => draft.edit(Edit::Set { path, value: day.to_string() }),
        None => draft.edit(Edit::Clear { path }),
    }
}

impl Actions {
    /// Takes an action into the boxes, unless something else is half typed there.
    pub fn change(self, row: RowId) {
        let before = self.changing.get_untracked().map(|(_, was)| was).unwrap_or_default();
        if BOXES.map(typed) != before {
            self.tell("Add or save first what is in the boxes, or empty them".into());
            return focus_on(WHAT.into());
        }
        let was = said(self.open.draft, &row);
        BOXES.into_iter().zip(&was).for_each(|(id, said)| fill(id, said));
        let changing = (row, was);
        fill(CHANGING, &serde_json::to_string(&changing).unwrap_or_default());
        self.changing.set(Some(changing));
        focus_on(WHAT.into());
    }
}

pub fn form(room: Room, actions: Actions) -> AnyView {
    let device = Device::here();
    let draft = actions.open.draft;
    let team =
        move || room.page.with_untracked(|page| page.team.iter().map(|member| member.name.clone()).collect::<Vec<_>>());
    let half = Half::of_empty(&format!("action/{}", room.plan()), [WHAT, WHO, WHEN, CHANGING]);
    Effect::new(move |_| {
        if half.back.get() {
            actions.changing.set(serde_json::from_str(&typed(CHANGING)).ok());
        }
    });
    let wrong = RwSignal::new(None::<(&'static str, String)>);
    let empty = move || {
        wrong.set(None);
        actions.changing.set(None);
        BOXES.iter().chain(&[CHANGING]).for_each(|id| fill(id, ""));
        half.keep();
        focus_on(WHAT.into());
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        match read(&BOXES.map(typed), &team(), device.now().day()) {
            Err((id, sentence)) => {
                wrong.set(Some((id, sentence)));
                focus_on(id.into());
            }
            Ok(promise) => {
                let done = match actions.changing.get_untracked() {
                    Some((row, was)) => change(draft, row, &was, &promise),
                    None => {
                        add(draft, &promise);
                        "Added"
                    }
                };
                actions.tell(format!("{done}: {}{}", sentence(&promise), lacking(&promise)));
                empty();
            }
        }
    };
    let names = team().into_iter().map(|name| view! { <option value=name></option> }).collect_view();
    let changes = move || actions.changing.with(Option::is_some);
    view! {
        <form class="one-line" autocomplete="off" novalidate on:submit=send on:input=move |_| half.keep()>
            <input type="hidden" id=CHANGING autocomplete="off"/>
            {line_box(WHAT, "What", wrong, None)}
            {line_box(WHO, "Who", wrong, Some("action-people"))}
            {line_box(WHEN, "By when", wrong, None)}
            <datalist id="action-people">{names}</datalist>
            <button type="submit" class="button quiet" disabled=move || !draft.live.get()>
                {move || if changes() { "Save" } else { "Add" }}
            </button>
            <button type="button" class="button quiet" hidden=move || !changes() on:click=move |_| empty()>"Leave it as it was"</button>
            <p class="problem" id="action-problem" role="alert">
                {move || wrong.get().map(|(_, sentence)| sentence)}
            </p>
            <p class="hint" id="action-hint">"A day as you say it: 12 March, Friday, in 2 weeks. Or all in one: Tom to ring the school by Friday."</p>
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
        let read =
            |what: &str, who: &str, day: &str| super::read(&[what, who, day].map(str::to_string), &people, today);
        let told = |what: &str, who: &str, day: &str| read(what, who, day).map(|promise| sentence(&promise));
        let ring = "Ring admissions. Tom Nowak, by Friday 27 November 2026".to_string();
        assert_eq!(told(" Ring admissions ", "Tom Nowak", "Friday"), Ok(ring));
        let buy = "Buy headphones. Jo Barlow, by Saturday 12 December 2026".to_string();
        assert_eq!(told("Jo to buy headphones by 12 December", "", ""), Ok(buy));
        assert_eq!(told("Jo to buy headphones", "Tom", ""), Ok("Jo to buy headphones. Tom".into()), "who is said");
        assert_eq!(told("Ring", "", ""), Ok("Ring".into()), "who and when can be said later");
        let lacks = |what: &str| read(what, "", "").map(|promise| lacking(&promise));
        assert_eq!(lacks("Jo to buy headphones by 31 February"), Ok(". It has no day yet"), "there is none");
        assert_eq!(lacks("Everyone to read the plan"), Ok(". It has no name and no day yet"));
        assert_eq!(lacks("Jo to buy headphones by 12 December"), Ok(""));
        let day = |day: &str| read("Buy headphones", "Jo Barlow", day).map(|promise| in_box(promise.day));
        assert_eq!(day("Saturday 12 December"), Ok("12 December 2026".into()));
        assert_eq!(day("12 December 2026"), Ok("12 December 2026".into()), "as it stands in the box");
        let wrong = |what: &str, who: &str, day: &str| read(what, who, day).err().map(|(id, _)| id);
        assert_eq!(wrong("  ", "Tom", ""), Some(WHAT));
        assert_eq!(wrong("Ring", "", "soon"), Some(WHEN));
        assert_eq!(wrong("Ring", &"o".repeat(301), ""), Some(WHO));
    }
}
