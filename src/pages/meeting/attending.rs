//! Who came, and who sent apologies: a press for each. The team needn't be written
//! down first; whoever is marked gets a row in the record of the meeting.

use super::item::form;
use super::{Open, Room};
use crate::device::{Device, Draft};
use crate::domain::capital::capital;
use crate::domain::people::{RowId, TeamMember};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::sync::document::Edit;
use crate::sync::order::between;
use crate::ui::field::focus_on;
use crate::ui::form::{fill, typed};
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;

const TABLE: &str = "people";
const CAME: &str = "attended";
const APOLOGIES: &str = "apologies";

const NAME: &str = "someone-name";
const ROLE: &str = "someone-role";

/// Somebody who is expected, or came.
#[derive(Clone, PartialEq, Debug)]
struct Person {
    /// Their row in the record, once there is one.
    row: Option<RowId>,
    name: String,
    role: String,
    came: Option<String>,
}

impl Person {
    fn key(&self) -> String {
        self.name.to_lowercase()
    }
}

/// The team, and after it whoever else is in the record: in an order that marking somebody
/// doesn't change. Of two with one name the first counts.
fn people(record: &Values, team: &[TeamMember]) -> Vec<Person> {
    let cell = |row: &RowId, column: &str| format!("{TABLE}/{row}/{column}");
    let of_team = |member: &TeamMember| {
        let (name, role) = (member.name.clone(), capital(member.role.words()));
        Person { row: None, name, role, came: None }
    };
    let mut all: Vec<Person> = Vec::new();
    for expected in team.iter().map(of_team) {
        if all.iter().all(|other| other.key() != expected.key()) {
            all.push(expected);
        }
    }
    for row in record.rows(TABLE) {
        let name = record.text(&cell(&row.id, "name")).trim().to_string();
        if name.is_empty() {
            continue;
        }
        let role = record.text(&cell(&row.id, "role")).trim().to_string();
        let came = record.fact(&cell(&row.id, "came")).map(str::to_string);
        let entered = Person { row: Some(row.id.clone()), name, role, came };
        match all.iter_mut().find(|other| other.key() == entered.key()) {
            Some(Person { row: Some(_), .. }) => {}
            Some(expected) => *expected = entered,
            None => all.push(entered),
        }
    }
    all
}

/// Marks somebody; nothing takes the mark back.
fn mark(draft: Draft, person: &Person, came: Option<&str>) {
    let row = person.row.clone().unwrap_or_else(|| enter(draft, &person.name, &person.role));
    let path = format!("{TABLE}/{row}/came");
    draft.edit(match came {
        Some(came) => Edit::Set { path, value: came.into() },
        None => Edit::Clear { path },
    });
}

/// Gives somebody a row in the record.
fn enter(draft: Draft, name: &str, role: &str) -> RowId {
    let row = Device::here().fresh_row();
    let last = draft.values.with_untracked(|values| values.rows(TABLE).last().map(|row| row.order.clone()));
    draft.edit(Edit::AddRow { field: TABLE.into(), row: row.clone(), order: between(last.as_deref(), None) });
    for (column, words) in [("name", name), ("role", role)] {
        if !words.is_empty() {
            let path = format!("{TABLE}/{row}/{column}");
            draft.edit(Edit::Splice { path, at: 0, delete: 0, insert: words.into() });
        }
    }
    row
}

pub fn card(room: Room) -> Option<AnyView> {
    let record = room.open(SectionId::MeetingRecord)?;
    let all = Memo::new(move |_| {
        let team = room.page.with(|page| page.team.clone());
        record.draft.values.with(|values| people(values, &team))
    });
    let keys = move || all.with(|all| all.iter().map(Person::key).collect::<Vec<_>>());
    let sum = Memo::new(move |_| all.with(|all| sum(all)));
    let childs = SectionId::MeetingRecord.section().field("took-part").filter(|_| record.may_write);
    Some(
        view! {
            <section class="card side attending">
                <h2>"Who is here"</h2>
                <p class="soft" role="status">{move || sum.get()}</p>
                <ul class="lines">
                    <For each=keys key=|key| key.clone() children=move |key| line(record, all, key)/>
                </ul>
                {record.may_write.then(|| someone_else(record))}
                {childs.map(|field| view! {
                    <details class="write">
                        <summary>{format!("How {} takes part", room.name())}</summary>
                        {form(record, vec![field])}
                    </details>
                })}
            </section>
        }
        .into_any(),
    )
}

/// "3 came, 1 sent apologies".
fn sum(all: &[Person]) -> String {
    let count = |what: &str| all.iter().filter(|person| person.came.as_deref() == Some(what)).count();
    match (count(CAME), count(APOLOGIES)) {
        (0, 0) => "Nobody is marked yet".into(),
        (came, 0) => format!("{came} came"),
        (came, sorry) => format!("{came} came, {sorry} sent apologies"),
    }
}

fn line(record: Open, all: Memo<Vec<Person>>, key: String) -> AnyView {
    let person = Memo::new(move |_| all.with(|all| all.iter().find(|person| person.key() == key).cloned()));
    let first = person.get_untracked();
    let name = first.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let role = move || person.get().map(|person| person.role);
    let is =
        move |what: &str| person.with(|person| person.as_ref().and_then(|person| person.came.as_deref()) == Some(what));
    let marks = match record.may_write {
        true => {
            let button = |what: &'static str, words: &'static str| {
                let about = format!(": {name}");
                let press = move |_| {
                    if let Some(person) = person.get_untracked() {
                        let was = person.came.as_deref() == Some(what);
                        mark(record.draft, &person, (!was).then_some(what));
                    }
                };
                view! {
                    <button
                        type="button"
                        class="button quiet tick"
                        aria-pressed=move || if is(what) { "true" } else { "false" }
                        disabled=move || !record.draft.live.get()
                        on:click=press
                    >
                        {words}
                        <span class="visually-hidden">{about}</span>
                    </button>
                }
                .into_any()
            };
            view! { <span class="marks">{button(CAME, "Came")} {button(APOLOGIES, "Apologies")}</span> }.into_any()
        }
        false => {
            let words = move || match () {
                () if is(CAME) => "Came",
                () if is(APOLOGIES) => "Sent apologies",
                () => "",
            };
            view! { <span class="marks">{words}</span> }.into_any()
        }
    };
    view! { <li><span class="who"><b>{name.clone()}</b><span class="soft small">{role}</span></span>{marks}</li> }
        .into_any()
}

/// Somebody who isn't in the team, such as a tutor: they are here, so they came.
fn someone_else(record: Open) -> AnyView {
    let wrong = RwSignal::new(None::<String>);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, role) = (typed(NAME).trim().to_string(), typed(ROLE).trim().to_string());
        if name.is_empty() {
            wrong.set(Some("Enter their name".into()));
            return focus_on(NAME.into());
        }
        wrong.set(None);
        mark(record.draft, &Person { row: None, name, role, came: None }, Some(CAME));
        [NAME, ROLE].iter().for_each(|id| fill(id, ""));
        focus_on(NAME.into());
    };
    let input = |id: &'static str, label: &'static str| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input class="box" type="text" id=id maxlength="300" autocomplete="off" aria-describedby="someone-problem"/>
            </div>
        }
        .into_any()
    };
    view! {
        <details class="write">
            <summary>"Someone else"</summary>
            <form class="stack tight" autocomplete="off" novalidate on:submit=send>
                {input(NAME, "Name")}
                {input(ROLE, "Who they are to the child")}
                <p class="problem" id="someone-problem" role="alert">{move || wrong.get()}</p>
                <button type="submit" class="button quiet" disabled=move || !record.draft.live.get()>"They are here"</button>
            </form>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::people::{PersonId, Role};
    use crate::domain::values::{Entry, Row};

    #[test]
    fn nobody_is_there_twice_and_a_mark_moves_nobody() {
        let id = RowId::new(uuid::Uuid::from_u128(3));
        let mut record = Values::default();
        let row = Row { id: id.clone(), order: "V".into(), removed_by: None, kept_by_edit: false };
        record.rows.insert(TABLE.into(), vec![row]);
        record.texts.insert(format!("{TABLE}/{id}/name"), "tom nowak ".into());
        let came = Entry { by: "a".into(), at: Moment(0), value: CAME.into() };
        record.facts.insert(format!("{TABLE}/{id}/came"), vec![came]);
        let member = |name: &str, role| TeamMember { id: PersonId::new(uuid::Uuid::nil()), name: name.into(), role };
        let team = [("Jo Barlow", Role::Carer), ("Tom Nowak", Role::SocialWorker), ("Jo Barlow", Role::SocialWorker)]
            .map(|(name, role)| member(name, role));
        let all = people(&record, &team);
        let names: Vec<_> = all.iter().map(|person| (person.name.as_str(), person.row.is_some())).collect();
        assert_eq!(names, [("Jo Barlow", false), ("tom nowak", true)]);
        assert_eq!(sum(&all), "1 came");
        assert_eq!(sum(&people(&Values::default(), &team)), "Nobody is marked yet");
    }
}
