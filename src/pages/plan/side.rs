//! Beside the plan: what this person has to do, what others changed, and who is
//! in the team.

use crate::api::{self, PlanPage, Progress};
use crate::domain::capital::capital;
use crate::domain::history::Sum;
use crate::domain::people::{PlanId, TeamMember};
use crate::domain::plan::State;
use crate::pages::home::ask;
use crate::pages::route::Route;
use crate::ui::change::{sum, take_in};
use crate::ui::others::initials;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn to_do(page: &PlanPage) -> AnyView {
    let open = page.tasks.iter().filter(|task| task.yours && task.progress != Progress::Completed);
    let items: Vec<_> = open
        .map(|task| {
            let words = match task.progress {
                Progress::InProgress => format!("Finish {}", task.section.section().titled(&page.name)),
                _ => ask(task.section, &page.name),
            };
            let href = Route::Section(page.plan.clone(), task.section).path();
            view! { <li><a href=href>{words}</a></li> }.into_any()
        })
        .collect();
    let items = match (page.state, items.is_empty()) {
        (State::Scheduled, _) => {
            view! { <p class="soft">"Nothing yet. This plan isn’t open for writing"</p> }.into_any()
        }
        (_, true) => view! { <p class="soft">"Your part is done"</p> }.into_any(),
        (_, false) => view! { <ul class="lines">{items}</ul> }.into_any(),
    };
    view! { <section class="card side"><h2>"For you to do"</h2>{items}</section> }.into_any()
}

/// Who else wrote where since this person last looked. It stays for as long as the page
/// is open, while the server is told that it was seen.
pub fn since(page: Signal<PlanPage>) -> AnyView {
    let shown = RwSignal::new(page.with_untracked(|page| page.sums.clone()));
    Effect::new(move |_| {
        let (plan, new, first) = page.with(|page| (page.plan.clone(), page.sums.clone(), page.looked.is_none()));
        let is_news = !new.is_empty();
        shown.update(|shown| take_in(shown, new));
        if first || is_news {
            spawn_local(async move {
                // Not vital: what isn't known to be seen is shown again.
                let _ = api::looked(plan, None).await;
            });
        }
    });
    let list = move || {
        let (plan, name) = page.with(|page| (page.plan.clone(), page.name.clone()));
        let parts = shown.with(|shown| by_section(shown, &plan, &name));
        match parts.is_empty() {
            true => view! { <p class="soft">"Nothing has changed"</p> }.into_any(),
            false => view! { <ul class="lines">{parts}</ul> }.into_any(),
        }
    };
    view! { <section class="card side since"><h2>"Since you last looked"</h2>{list}</section> }.into_any()
}

/// What people say they have done of what was agreed last.
pub fn said_done(page: &PlanPage) -> Option<AnyView> {
    let lines: Vec<_> = page.said_done.iter().map(|line| view! { <li>{line.clone()}</li> }.into_any()).collect();
    (!lines.is_empty()).then(|| {
        view! { <section class="card side"><h2>"Done since"</h2><ul class="lines">{lines}</ul></section> }.into_any()
    })
}

/// Each part in which somebody wrote, with the way to what they wrote.
fn by_section(sums: &[Sum], plan: &PlanId, child: &str) -> Vec<AnyView> {
    let first = |at: usize| !sums[..at].iter().any(|sum| sum.section == sums[at].section);
    let parts = (0..sums.len()).filter(|at| first(*at)).map(|at| sums[at].section);
    parts
        .map(|section| {
            let href = Route::History(plan.clone(), section).path();
            let of_it = sums.iter().filter(|sum| sum.section == section);
            let lines: Vec<_> = of_it.map(|one| view! { <p>{sum(one)}</p> }.into_any()).collect();
            view! { <li><a href=href>{section.section().titled(child)}</a>{lines}</li> }.into_any()
        })
        .collect()
}

/// The way to the ledger, for those who may see it.
pub fn money(page: &PlanPage) -> Option<AnyView> {
    let href = Route::Money(page.plan.clone()).path();
    page.may_see_money.then(|| view! { <p><a class="with-icon" href=href>"Pupil Premium Plus"</a></p> }.into_any())
}

/// The way to the cards that open the young person's own page, for who may make one, and
/// when the latest was first opened: whoever did chose the pictures.
pub fn cards(page: &PlanPage) -> Option<AnyView> {
    let href = Route::Cards(page.plan.clone()).path();
    let told = page.card_told.clone();
    page.may_make_card.then(|| {
        view! { <p><a class="with-icon" href=href>{format!("A card for {}", page.name)}</a>" "<span class="soft small">{told}</span></p> }
            .into_any()
    })
}

/// The plan as a file, for those who may take it out. It is no page: the browser asks
/// for it as it does for any file.
pub fn file(page: &PlanPage) -> Option<AnyView> {
    let href = format!("{}/export.json", Route::Plan(page.plan.clone()).path());
    page.may_export.then(|| view! { <p><a href=href download="">"Download as a file (JSON)"</a>" Photos, drawings and recordings aren’t in it."</p> }.into_any())
}

pub fn team(page: &PlanPage) -> AnyView {
    let members: Vec<_> = page.team.iter().map(member).collect();
    view! {
        <section class="card side">
            <h2>{format!("{}’s team", page.name)}</h2>
            <ul class="team">{members}</ul>
        </section>
    }
    .into_any()
}

fn member(member: &TeamMember) -> AnyView {
    view! {
        <li>
            <span class="initials" aria-hidden="true">{initials(&member.name)}</span>
            <span>{member.name.clone()}<span class="soft small">{capital(member.role.words())}</span></span>
        </li>
    }
    .into_any()
}
