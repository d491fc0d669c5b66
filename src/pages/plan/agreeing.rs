//! How far the plan is on its way to being agreed, and the way to the page for it.

use crate::api::PlanPage;
use crate::domain::plan::State;
use crate::domain::workflow::Step;
use crate::pages::route::Route;
use leptos::prelude::*;

pub fn card(page: &PlanPage) -> Option<AnyView> {
    let early = matches!(page.state, State::Scheduled | State::Drafting | State::Meeting);
    let offered = !page.agreeing.offered.is_empty();
    if early && !asks(page) && !offered {
        return None;
    }
    let heading = match early {
        true if asks(page) => format!("What {} asked for", page.name),
        true => "From people who have left".to_string(),
        false => page.state.words().to_string(),
    };
    let lines: Vec<_> = lines(page).into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect();
    let href = Route::Agree(page.plan.clone()).path();
    let class = if has_to_act(page) { "button" } else { "button quiet" };
    Some(
        view! {
            <section class="card agreeing stack">
                <h2>{heading}</h2>
                <ul class="lines">{lines}</ul>
                <p><a class=class href=href>{way(page)}</a></p>
            </section>
        }
        .into_any(),
    )
}

/// Whether something the young person asked for waits for a reply of this person.
fn asks(page: &PlanPage) -> bool {
    page.shared.iter().any(|answer| answer.asks())
}

fn has_to_act(page: &PlanPage) -> bool {
    let waits = page.shared.iter().any(|answer| answer.asks() && answer.reply.is_none());
    waits && !page.state.is_over() || page.agreeing.steps.iter().any(|step| matches!(step, Step::Sign | Step::Agree))
}

fn way(page: &PlanPage) -> &'static str {
    match page.agreeing.steps.iter().find(|step| matches!(step, Step::Sign | Step::Agree)) {
        Some(Step::Sign) if page.agreeing.lacks.is_empty() => "Sign the plan",
        Some(Step::Sign) => "See what is missing",
        Some(_) => "Look at the plan and agree it",
        None if asks(page) && !page.state.is_over() => "Reply",
        None if !page.agreeing.offered.is_empty() => "Read what is offered",
        None => "See how it was agreed",
    }
}

/// What there is to know, a line for each.
fn lines(page: &PlanPage) -> Vec<String> {
    let agreeing = &page.agreeing;
    let mut lines: Vec<_> = agreeing
        .signatures
        .iter()
        .map(|given| match given.changed.is_empty() {
            true => format!("{} has signed", given.by),
            false => format!("{} signed, and has to sign again: something changed", given.by),
        })
        .collect();
    let many = |some: usize, one: &str, many: &str| match some {
        0 => None,
        1 => Some(one.to_string()),
        some => Some(format!("{some} {many}")),
    };
    let unanswered = page.shared.iter().filter(|answer| answer.asks() && answer.reply.is_none()).count();
    let name = &page.name;
    lines.extend(match page.state.is_over() {
        true => None,
        false => many(
            unanswered,
            &format!("1 thing that {name} asked for has no reply yet"),
            &format!("things that {name} asked for have no reply yet"),
        ),
    });
    lines.extend(many(
        agreeing.lacks.len(),
        "1 thing is missing before you can sign",
        "things are missing before you can sign",
    ));
    lines.extend(agreeing.reason.as_ref().map(|reason| format!("{}: {}", reason.by, reason.words)));
    lines.extend(many(
        agreeing.late.len(),
        "1 change came in late and is kept beside the plan",
        "changes came in late and are kept beside the plan",
    ));
    lines.extend(many(
        agreeing.offered.len(),
        "1 text is offered by somebody whose part has ended",
        "texts are offered by people whose part has ended",
    ));
    lines.extend(many(
        agreeing.corrections.len(),
        "1 thing was put right afterwards",
        "things were put right afterwards",
    ));
    lines
}
