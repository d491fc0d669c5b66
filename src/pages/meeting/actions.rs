//! Actions as they are promised: one line each, what, who and by when. They go into
//! the plan's actions as anything else does, with a network or without.

use super::action_form::form;
use super::{Open, Room};
use crate::domain::meeting::told::{Line, line};
use crate::domain::people::RowId;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::pages::route::Route;
use crate::sync::document::Edit;
use crate::ui::field::focus_on;
use leptos::prelude::*;

pub const TABLE: &str = "actions";
pub const COLUMNS: [&str; 3] = ["what", "who", "by-when"];

/// The button that brings back what was removed last.
const BRING_BACK: &str = "action-bring-back";

/// The actions of the meeting, with what was done to them last.
#[derive(Clone, Copy)]
pub struct Actions {
    pub open: Open,
    /// The one that is in the boxes to be changed, and what it said as it came into them.
    pub changing: RwSignal<Option<(RowId, [String; 3])>>,
    /// The one that was removed last, from here.
    gone: RwSignal<Option<RowId>>,
    /// What was done last, in a sentence.
    told: RwSignal<String>,
}

impl Actions {
    fn of(open: Open) -> Self {
        Self { open, changing: RwSignal::new(None), gone: RwSignal::new(None), told: RwSignal::new(String::new()) }
    }

    /// Says what was done.
    pub fn tell(self, done: String) {
        self.told.set(done);
        self.gone.set(None);
    }

    /// The path of a cell.
    pub fn path(row: &RowId, column: &str) -> String {
        format!("{TABLE}/{row}/{column}")
    }

    fn remove(self, row: RowId, what: &str) {
        self.open.draft.edit(Edit::RemoveRow { field: TABLE.into(), row: row.clone() });
        self.tell(format!("Removed: {what}"));
        self.gone.set(Some(row));
        focus_on(BRING_BACK.into());
    }

    fn bring_back(self) {
        let Some(row) = self.gone.get_untracked() else { return };
        let way = id_of("change", &row);
        self.open.draft.edit(Edit::BringBack { field: TABLE.into(), row });
        self.tell("It is back".into());
        focus_on(way);
    }
}

pub fn card(room: Room) -> Option<AnyView> {
    let actions = Actions::of(room.open(SectionId::Actions)?);
    let open = actions.open;
    let all = Memo::new(move |_| open.draft.values.with(promised));
    let none = move || all.with(Vec::is_empty).then(|| view! { <p class="soft">"None yet"</p> });
    let rows = move || all.with(|all| all.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>());
    let one = move |row: RowId| {
        let line = {
            let row = row.clone();
            Signal::derive(move || all.with(|all| all.iter().find(|(of, _)| *of == row).map(|(_, line)| line.clone())))
        };
        entry(line, open.may_write.then(|| ways(actions, row, line)))
    };
    let href = Route::Section(room.plan(), SectionId::Actions).path();
    Some(
        view! {
            <section class="card side actions">
                <h2>"Actions"</h2>
                {open.may_write.then(|| form(room, actions))}
                {open.may_write.then(|| done(actions))}
                {none}
                <ul class="told-rows"><For each=rows key=|row| row.clone() children=one/></ul>
                <p><a class="whole-part" href=href>"Open Actions"</a></p>
            </section>
        }
        .into_any(),
    )
}

/// What was done last; what was removed can be brought back.
fn done(actions: Actions) -> AnyView {
    let back = move || {
        actions.gone.with(Option::is_some).then(|| {
            view! {
                <button type="button" class="button plain" id=BRING_BACK on:click=move |_| actions.bring_back()>
                    "Bring it back"
                </button>
            }
        })
    };
    view! {
        <div class="action-done">
            <p class="soft small" role="status">{move || actions.told.get()}</p>
            {back}
        </div>
    }
    .into_any()
}

/// What people promised, in the order of the plan.
pub fn promised(values: &Values) -> Vec<(RowId, Line)> {
    let Some(field) = SectionId::Actions.section().field(TABLE) else { return Vec::new() };
    values.rows(TABLE).filter_map(|row| Some((row.id.clone(), line(values, field, row, &COLUMNS)?))).collect()
}

/// The same, to be read only.
pub fn list(promised: &[(RowId, Line)]) -> AnyView {
    let lines: Vec<_> = promised.iter().map(|(_, line)| entry(Signal::stored(Some(line.clone())), None)).collect();
    view! { <ul class="told-rows">{lines}</ul> }.into_any()
}

/// "Ring admissions. Tom Nowak, by 3 March 2027". It stays on the page, with the focus in
/// it, while others write in it.
fn entry(line: Signal<Option<Line>>, ways: Option<AnyView>) -> AnyView {
    let more = move || line.with(|line| line.as_ref().map(by_whom));
    view! { <li><span class="words">{move || head(line)}</span><span class="more">{more}</span>{ways}</li> }.into_any()
}

fn head(line: Signal<Option<Line>>) -> String {
    line.with(|line| line.as_ref().map(|line| line.head.clone()).unwrap_or_default())
}

fn by_whom(line: &Line) -> String {
    let of = |column: &str| {
        let label = SectionId::Actions.section().at(&Actions::path(&RowId::new(uuid::Uuid::nil()), column))?.label;
        line.more.iter().find(|(of, _)| of == label).map(|(_, words)| words.clone())
    };
    match (of(COLUMNS[1]), of(COLUMNS[2])) {
        (Some(who), Some(day)) => format!("{who}, by {day}"),
        (Some(who), None) => who,
        (None, Some(day)) => format!("By {day}. Nobody’s name is on it yet"),
        (None, None) => "Nobody’s name is on it yet".into(),
    }
}

/// Changing it, and removing it.
fn ways(actions: Actions, row: RowId, line: Signal<Option<Line>>) -> AnyView {
    let waits = move || !actions.open.draft.live.get();
    let about = move || view! { <span class="visually-hidden">{move || format!(": {}", head(line))}</span> };
    let id = id_of("change", &row);
    let change = {
        let row = row.clone();
        move |_| actions.change(row.clone())
    };
    view! {
        <span class="ways">
            <button type="button" class="button plain" id=id disabled=waits on:click=change>"Change"{about()}</button>
            <button type="button" class="button plain" disabled=waits on:click=move |_| actions.remove(row.clone(), &untrack(|| head(line)))>
                "Remove"{about()}
            </button>
        </span>
    }
    .into_any()
}

fn id_of(way: &str, row: &RowId) -> String {
    format!("action-{way}-{row}")
}
