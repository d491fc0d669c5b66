//! What is still missing, who has signed, and what the one who looks can do next.

use crate::api::PlanPage;
use crate::api::agreeing::{Agreeing, Done, Reason, Signature};
use crate::domain::capital::capital;
use crate::domain::people::PlanId;
use crate::domain::plan::State;
use crate::domain::ready::Lack;
use crate::domain::sections::SectionId;
use crate::domain::workflow::Step;
use crate::pages::half::Half;
use crate::pages::route::Route;
use crate::pages::steps::Steps;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Asked, id_of};
use crate::ui::form::{typed, words};
use crate::ui::problem::notice;
use leptos::prelude::*;

pub fn card(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    let early = move || {
        let begun = page.with(|page| has_begun(page.state));
        (!begun).then_some("A plan is signed and agreed after its meeting. What is missing then stands here.")
    };
    view! {
        <section class="card agreeing stack">
            <h2>{move || page.with(|page| page.state.words())}</h2>
            <p class="soft" hidden=move || early().is_none()>{early}</p>
            {move || page.with(|page| page.due.clone().filter(|_| has_begun(page.state))).map(|due| view! { <p>{due}</p> })}
            {move || page.with(|page| page.agreeing.reason.as_ref().map(|reason| why(page.state, reason, &page.name)))}
            {move || page.with(|page| signatures(&page.agreeing, &page.name))}
            {move || page.with(|page| page.agreeing.agreed.as_ref().map(agreed))}
            {move || page.with(|page| missing(&page.agreeing, &page.plan, &page.name, page.state))}
            {move || sign(steps)}
            {notice(steps.trouble)}
            {send_back(page, steps)}
            {move || page.with(|page| around(&page.agreeing))}
        </section>
    }
    .into_any()
}

/// Closing a plan that will not be agreed stands apart from the everyday ways on.
pub fn close(page: Signal<PlanPage>) -> AnyView {
    let steps = Steps::of(page);
    let may = move || steps.may(Step::NotNeeded);
    let half = page.with_untracked(|page| Half::of_empty(&format!("closed/{}", page.plan), ["why-closed"]));
    let asked = Asked::new("why-closed".into(), "Why".into(), "Such as: they left care on 3 March.".into());
    let button = |words, step| {
        let press = move || steps.send(half.until(steps.taken(step, typed("why-closed"), Vec::new())));
        steps.button(words, "button quiet", press)
    };
    view! {
        <details class="card" hidden=move || !may()>
            <summary>"This plan is not needed any more"</summary>
            <div class="stack" on:input=move |_| half.keep()>
                {words(&asked, RwSignal::new(None), "")}
                <div class="row">
                    {button("No longer in care, or grown up", Step::NotNeeded)}
                    {button("Another plan takes its place", Step::Supersede)}
                    {button("Opened by mistake", Step::Cancel)}
                </div>
                {notice(steps.trouble)}
            </div>
        </details>
    }
    .into_any()
}

fn has_begun(state: State) -> bool {
    !matches!(state, State::Scheduled | State::Drafting | State::Meeting)
}

fn why(state: State, reason: &Reason, name: &str) -> AnyView {
    let sections: Vec<_> = reason.sections.iter().map(|section| section.section().titled(name)).collect();
    let about = (!sections.is_empty()).then(|| view! { <p>{format!("About: {}.", sections.join(", "))}</p> });
    let said = match state {
        State::Returned => format!("{} sent it back on {}:", reason.by, reason.at.day().spoken()),
        _ => format!("{} closed it on {}:", reason.by, reason.at.day().spoken()),
    };
    view! {
        <div class="note">
            <p>{said}</p>
            <p class="words">{reason.words.clone()}</p>
            {about}
        </div>
    }
    .into_any()
}

fn signatures(agreeing: &Agreeing, name: &str) -> Option<AnyView> {
    let lines: Vec<_> = agreeing.signatures.iter().map(|given| signature(given, name)).collect();
    (!lines.is_empty()).then(|| view! { <ul class="lines">{lines}</ul> }.into_any())
}

fn agreed(done: &Done) -> AnyView {
    let when = format!("agreed it on {}, {}", done.at.day().spoken(), done.at.clock());
    view! { <p><b>{done.by.clone()}</b>" "<span class="soft">{when}</span></p> }.into_any()
}

fn signature(given: &Signature, name: &str) -> AnyView {
    let who = format!("{}, {}", given.by, given.role.words());
    let when = format!("signed on {}, {}", given.at.day().spoken(), given.at.clock());
    let changed: Vec<_> = given.changed.iter().map(|section| section.section().titled(name)).collect();
    let void = (!changed.is_empty()).then(|| {
        let words = format!("Changed since, so it has to be signed again: {}.", changed.join(", "));
        view! { <p class="changed">{words}</p> }
    });
    view! { <li><b>{who}</b>" "<span class="soft">{when}</span>{void}</li> }.into_any()
}

/// What is missing before this person can sign, each leading to its place.
fn missing(agreeing: &Agreeing, plan: &PlanId, name: &str, state: State) -> Option<AnyView> {
    if agreeing.lacks.is_empty() || state.is_over() {
        return None;
    }
    let heading = match agreeing.lacks.len() {
        1 => "Still missing before you can sign: 1 thing".to_string(),
        many => format!("Still missing before you can sign: {many} things"),
    };
    let of = |section: SectionId| {
        let lacks = agreeing.lacks.iter().filter(|lack| lack.section == section);
        let line = |lack: &Lack| view! { <li><a href=place(plan, lack)>{lack.words.clone()}</a></li> }.into_any();
        let lines: Vec<_> = lacks.map(line).collect();
        let title = section.section().titled(name);
        (!lines.is_empty()).then(|| view! { <h4>{title}</h4><ul class="dashes">{lines}</ul> }.into_any())
    };
    let parts: Vec<_> = SectionId::ALL.iter().copied().filter_map(of).collect();
    Some(view! { <div class="lacks"><h3>{heading}</h3>{parts}</div> }.into_any())
}

/// Where something missing is put right.
fn place(plan: &PlanId, lack: &Lack) -> String {
    match lack.section {
        // The young person's own words stand on this page, and are replied to there.
        SectionId::MyVoice => format!("#reply-{}", lack.field),
        section => format!("{}#{}", Route::Section(plan.clone(), section).path(), id_of(&lack.field)),
    }
}

/// The one button that moves the plan on.
fn sign(steps: Steps) -> Option<AnyView> {
    let ready = steps.page.with(|page| page.agreeing.lacks.is_empty());
    if steps.may(Step::Sign) && ready {
        let press = move || steps.take(Step::Sign);
        return Some(
            view! {
                <p>"I have read this plan, and what it says is right as far as I know."</p>
                <div>{steps.button("Sign the plan", "button", press)}</div>
            }
            .into_any(),
        );
    }
    if !steps.may(Step::Agree) {
        return None;
    }
    let unsaid = steps.page.with(|page| {
        let scores = page.agreeing.scores.as_ref()?;
        scores.quality.keeps_from_agreeing(&scores.given)
    });
    Some(unsaid.map(|sentence| view! { <p class="note">{sentence}"."</p> }.into_any()).unwrap_or_else(|| {
        let press = move || steps.take(Step::Agree);
        view! {
            <p>"Once it is agreed nobody can change it. The next term’s plan opens at once, with what this one brings to it."</p>
            <div>{steps.button("Agree the plan", "button", press)}</div>
        }
        .into_any()
    }))
}

/// Sending a plan back, with the reason and what it is about.
fn send_back(page: Signal<PlanPage>, steps: Steps) -> AnyView {
    let open = RwSignal::new(false);
    let half = page.with_untracked(|page| Half::of_empty(&format!("back/{}", page.plan), ["why-back"]));
    let asked = Asked::new(
        "why-back".into(),
        "What has to be put right".into(),
        "The team reads this. Say what would be good enough.".into(),
    );
    let (tasks, name) = page.with_untracked(|page| (page.tasks.clone(), page.name.clone()));
    let chosen = RwSignal::new(Vec::<SectionId>::new());
    let ticks: Vec<_> = tasks.into_iter().map(|task| tick(task.section, &name, chosen)).collect();
    let send = move || {
        steps.send(half.until(steps.taken(Step::Return, typed("why-back"), chosen.get_untracked())));
        open.set(false);
    };
    view! {
        <div hidden=move || !steps.may(Step::Return)>
            <button type="button" class="button quiet" on:click=move |_| open.set(true)>"Send it back"</button>
        </div>
        <Dialog open title="Send the plan back">
            <div on:input=move |_| half.keep()>{words(&asked, RwSignal::new(None), "")}</div>
            <fieldset class="field">
                <legend>"Which parts"</legend>
                <p class="hint">"Choose none to mean the whole plan."</p>
                <div class="answers columns">{ticks}</div>
            </fieldset>
            <div class="row">
                {steps.button("Send it back", "button", send)}
                <button type="button" class="button quiet" on:click=move |_| open.set(false)>"Not now"</button>
            </div>
        </Dialog>
    }
    .into_any()
}

fn tick(section: SectionId, name: &str, chosen: RwSignal<Vec<SectionId>>) -> AnyView {
    let id = format!("back-{}", section.id());
    let press = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|other| *other == section) {
            Some(at) => drop(chosen.remove(at)),
            None => chosen.push(section),
        });
    };
    view! {
        <div class="answer">
            <input type="checkbox" id=id.clone() autocomplete="off" on:change=press/>
            <label for=id>{capital(&section.section().titled(name))}</label>
        </div>
    }
    .into_any()
}

/// The ways to the plans before and after.
fn around(agreeing: &Agreeing) -> Option<AnyView> {
    let link = |plan: &Option<PlanId>, words: &'static str| {
        plan.clone().map(|plan| view! { <a href=Route::Plan(plan).path()>{words}</a> }.into_any())
    };
    let links: Vec<_> = [link(&agreeing.before, "The plan before this one"), link(&agreeing.after, "The next plan")]
        .into_iter()
        .flatten()
        .collect();
    (!links.is_empty()).then(|| view! { <p class="row">{links}</p> }.into_any())
}
