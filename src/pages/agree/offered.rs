//! What people offer who wrote it before their part in the plan ended: to be read, copied
//! into the plan by whoever may write there, and let go.

use crate::api::PlanPage;
use crate::api::offered::{Offered, let_go};
use crate::device::Device;
use crate::pages::steps::Steps;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let (steps, device) = (Steps::of(page), Device::here());
    let list = move || {
        page.with(|page| page.agreeing.offered.iter().map(|one| line(one, page, steps, device)).collect::<Vec<_>>())
    };
    view! {
        <section class="card stack offered" hidden=move || page.with(|page| page.agreeing.offered.is_empty())>
            <h2>"Offered by people who have left"</h2>
            <p class="soft">"They wrote it before their part in the plan ended, and it wasn’t sent by then. It is kept here, and it isn’t in the plan."</p>
            <ul class="stack roomy plain">{list}</ul>
            {notice(steps.trouble)}
        </section>
    }
    .into_any()
}

fn line(one: &Offered, page: &PlanPage, steps: Steps, device: Device) -> AnyView {
    let told = RwSignal::new("");
    let (title, words) = (one.section.section().titled(&page.name), one.words.clone());
    let by = format!("{}, {}", one.by, one.at.spoken());
    let copy = move |_| {
        let words = words.clone();
        spawn_local(async move {
            told.set(if device.copy(words).await {
                "Copied"
            } else {
                "This browser didn’t copy it. Select the words"
            });
        });
    };
    let (plan, id) = (page.plan.clone(), one.id.clone());
    let done = move || {
        let (plan, id) = (plan.clone(), id.clone());
        steps.send(async move { let_go(plan, id).await });
    };
    view! {
        <li class="stack">
            <h3>{title}</h3>
            <p class="soft small">{by}</p>
            <p class="kept-words" dir="auto">{one.words.clone()}</p>
            <div class="row">
                <button type="button" class="button" on:click=copy>"Copy"</button>
                {one.may_let_go.then(|| steps.button("Let it go", "button quiet", done))}
                <span role="status">{move || told.get()}</span>
            </div>
        </li>
    }
    .into_any()
}
