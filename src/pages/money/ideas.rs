//! What the plan says that the money could pay for, and what became of each: a press
//! fills in the form with it.

use super::form::Form;
use super::line::class;
use crate::api::grant::{Idea, Ledger};
use crate::domain::grant::{Line, LineState};
use crate::domain::sections::SectionId;
use crate::pages::route::Route;
use leptos::prelude::*;

/// The ideas, with the form for whoever may ask.
pub fn ideas(ledger: Memo<Ledger>, form: Option<Form>) -> AnyView {
    let href = ledger.with_untracked(|ledger| Route::Section(ledger.plan.clone(), SectionId::Spending).path());
    let list = move || {
        ledger.with(|shown| {
            let row = |idea| row(idea, line_for(shown, idea), form.map(|form| (form, ledger)));
            let rows: Vec<_> = shown.ideas.iter().map(row).collect();
            match rows.is_empty() {
                true => view! { <p class="soft">"Nothing is written there yet."</p> }.into_any(),
                false => view! { <ul class="lines">{rows}</ul> }.into_any(),
            }
        })
    };
    view! {
        <section class="card grant ideas">
            <h2>{SectionId::Spending.section().title}</h2>
            {list}
            <p><a class="with-icon" href=href>"Write ideas into the plan"</a></p>
        </section>
    }
    .into_any()
}

fn row(idea: &Idea, line: Option<&Line>, form: Option<(Form, Memo<Ledger>)>) -> AnyView {
    let about = (!idea.about.is_empty()).then(|| format!("About £{}", idea.about));
    let said = [idea.need.clone(), about.unwrap_or_default()];
    let said = said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ");
    let said = (!said.is_empty()).then(|| view! { <p class="soft">{said}</p> });
    let became = line.map(|line| view! { <span class=class(&line.state)>{became(line)}</span> });
    let ask = form.filter(|_| !line.is_some_and(|line| line.state.stands())).map(|(form, ledger)| {
        let (of, idea) = (format!(": {}", called(idea)), idea.clone());
        view! {
            <button
                type="button"
                class="button quiet"
                disabled=move || !form.half.is_read.get()
                on:click=move |_| form.ask_for(&idea, ledger)
            >
                "Ask for this"
                <span class="visually-hidden">{of}</span>
            </button>
        }
    });
    view! {
        <li class="stack tight">
            <p class="grant-head"><b>{called(idea).to_string()}</b>{became}</p>
            {said}
            {ask}
        </li>
    }
    .into_any()
}

/// The line that asks for an idea: the last, where earlier ones came to nothing.
fn line_for<'a>(ledger: &'a Ledger, idea: &Idea) -> Option<&'a Line> {
    ledger.lines.iter().rev().map(|line| &line.line).find(|line| line.asked.idea.as_ref() == Some(&idea.id))
}

/// "Asked for, 12 November: agreed".
fn became(line: &Line) -> String {
    let state = match line.state {
        LineState::Requested => "not decided yet".to_string(),
        _ => line.state.words().to_lowercase(),
    };
    format!("Asked for, {}: {state}", line.requested_at.day().short())
}

/// What an idea is called on the page.
pub fn called(idea: &Idea) -> &str {
    if idea.what.is_empty() { "An idea without words yet" } else { &idea.what }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::grant::LedgerLine;
    use crate::domain::calendar::{Day, Moment};
    use crate::domain::grant::{Request, SchoolTerm};
    use crate::domain::money::Pence;
    use crate::domain::people::{ChildId, LineId, PlanId, RowId};
    use crate::domain::plan::Term;
    use uuid::Uuid;

    fn line(number: u128, idea: Option<u128>, state: LineState) -> LedgerLine {
        let day: Day = "2026-11-30".parse().unwrap();
        let asked = Request {
            target: RowId::new(Uuid::from_u128(1)),
            item: "Swimming lessons".into(),
            units: 1,
            unit_cost: Pence(5_000),
            provider: "The pool".into(),
            starts: day,
            ends: day,
            expected: "Swims 25 metres".into(),
            idea: idea.map(|idea| RowId::new(Uuid::from_u128(idea))),
        };
        let (plan, child) = (PlanId::new(Uuid::from_u128(2)), ChildId::new(Uuid::from_u128(3)));
        let term = SchoolTerm { year: 2026, term: Term::Autumn };
        let at = Moment(1_794_484_800_000);
        let line = Line::new(LineId::new(Uuid::from_u128(number)), plan, child, term, asked, "ruth", at);
        let line = Line { state, ..line };
        LedgerLine { line, total: Pence(5_000), by: "Ruth".into(), may_take_back: false, may_record: false }
    }

    #[test]
    fn an_idea_has_beside_it_the_last_line_that_asked_for_it() {
        let idea = |number| Idea {
            id: RowId::new(Uuid::from_u128(number)),
            what: String::new(),
            need: String::new(),
            about: String::new(),
            expected: String::new(),
        };
        let declined = line(1, Some(10), LineState::Declined("Ask for less".into()));
        let ledger = Ledger {
            plan: PlanId::new(Uuid::from_u128(2)),
            name: "Sky".into(),
            may_request: true,
            may_decide: false,
            years: Vec::new(),
            targets: Vec::new(),
            ideas: vec![idea(10), idea(11)],
            lines: vec![declined, line(2, Some(10), LineState::Approved), line(3, None, LineState::Requested)],
        };
        let said = |number| line_for(&ledger, &idea(number)).map(became);
        assert_eq!(said(10).as_deref(), Some("Asked for, 12 November: agreed"));
        assert_eq!(said(11), None);
        let waits = line(4, None, LineState::Requested).line;
        assert_eq!(became(&waits), "Asked for, 12 November: not decided yet");
        assert_eq!(called(&idea(10)), "An idea without words yet");
    }
}
