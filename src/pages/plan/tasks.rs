//! The parts of a plan, who each is asked of, and how far it is.

use crate::api::{PlanPage, Progress, Task};
use crate::domain::capital::capital;
use crate::domain::people::PlanId;
use crate::domain::sections::Section;
use crate::pages::route::Route;
use leptos::prelude::*;

pub fn list(page: &PlanPage) -> AnyView {
    let tasks: Vec<_> = page.tasks.iter().map(|task| row(task, &page.plan, &page.name)).collect();
    view! {
        <section class="card tasks">
            <h2>{page.state.words()}</h2>
            <ul>{tasks}</ul>
        </section>
    }
    .into_any()
}

fn row(task: &Task, plan: &PlanId, name: &str) -> AnyView {
    let section = task.section.section();
    let href = Route::Section(plan.clone(), task.section).path();
    let status = format!("status-{}", task.section.id());
    let (words, class) = progress(task.progress);
    view! {
        <li class="task">
            <a href=href aria-describedby=status.clone()>{section.titled(name)}</a>
            <span class="who">{who(section, task.yours)}</span>
            <span class=class id=status>{words}</span>
        </li>
    }
    .into_any()
}

/// Completed is plain: only what is still to do catches the eye.
fn progress(progress: Progress) -> (&'static str, &'static str) {
    match progress {
        Progress::NotStarted => ("Not started", "tag"),
        Progress::InProgress => ("In progress", "tag sky"),
        Progress::Completed => ("Completed", "done"),
    }
}

/// "Designated teacher, you".
fn who(section: &Section, yours: bool) -> String {
    let asked = match section.writers.len() {
        // Where nearly all write, no one is asked alone.
        4.. => "Everyone, at the meeting".to_string(),
        _ => capital(section.asked.words()),
    };
    if yours { format!("{asked}, you") } else { asked }
}
