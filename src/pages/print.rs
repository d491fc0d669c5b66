//! The whole plan on paper, with all that this person may read but private details,
//! scores and what money could pay for.

use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::{shared, whose};
use super::route::Route;
use crate::api::{self, PrintPage};
use crate::domain::attendance::Sessions;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::ui::answer::answers;
use crate::ui::names::Names;
use crate::ui::pictures::Picture;
use leptos::prelude::*;

#[component]
pub fn Print(plan: PlanId) -> impl IntoView {
    let back = Route::Plan(plan.clone()).path();
    let page: Loaded<PrintPage> = load(format!("print/{plan}"), move || api::print(plan.clone()));
    loaded(page, move |page| {
        let first = page.with_untracked(|print| print.page.clone());
        provide_context(Names::new(first.name.clone(), first.team.clone()));
        let body = view! {
            <div class="paper">
                <p class="screen-only">
                    <button type="button" class="button" on:click=|_| drop(window().print())>
                        <Picture id="icon-print"/>
                        "Print"
                    </button>
                </p>
                {move || page.with(cover)}
                {move || page.with(|print| shared::words(&print.page, usize::MAX, None))}
                {move || page.with(team)}
                {move || page.with(sections)}
            </div>
        };
        inside(Some((back, whose(&first.name))), body.into_any())
    })
}

fn cover(print: &PrintPage) -> AnyView {
    let page = &print.page;
    let when = format!("{} {}, plan {}", page.term.words(), page.year, page.number);
    let school = format!("{}, {}", page.year_group, page.school);
    let meeting = page.meeting.as_ref().map(|meeting| {
        let words = format!("Meeting: {}, {}, {}", meeting.at.day().spoken(), meeting.at.clock(), meeting.place);
        view! { <p>{words}</p> }
    });
    view! {
        <h1 id="title" tabindex="-1">{whose(&page.name)}</h1>
        <p>{when}</p>
        <p>{school}</p>
        {meeting}
        <p class="soft small">{format!("Printed on {}. Keep it where only the team can read it.", print.today.spoken())}</p>
    }
    .into_any()
}

fn team(print: &PrintPage) -> AnyView {
    let members = print.page.team.iter();
    let team: Vec<_> = members
        .map(|member| view! { <li>{format!("{}, {}", member.name, member.role.words())}</li> }.into_any())
        .collect();
    view! { <section class="on-paper"><h2>"The team"</h2><ul>{team}</ul></section> }.into_any()
}

fn sections(print: &PrintPage) -> Vec<AnyView> {
    let last = print.last_sessions;
    print.sections.iter().filter_map(|(id, values)| section((*id, last), values, &print.page.name)).collect()
}

/// A section on paper, where it ever is.
fn section((id, last): (SectionId, Option<Sessions>), values: &Values, name: &str) -> Option<AnyView> {
    if !id.on_paper() {
        return None;
    }
    let said = id.says(values).into_iter().chain(id.differs(values, last));
    let said = said.map(|line| view! { <p>{line}</p> }).collect_view();
    let body = view! {
        <section class="on-paper">
            <h2>{id.section().titled(name)}</h2>
            {said}
            {answers(values, id.section(), |_| None)}
        </section>
    };
    Some(body.into_any())
}
