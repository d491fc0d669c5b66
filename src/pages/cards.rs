//! Cards that open a young person's own page on any tablet: made, printed and stopped
//! by an adult of the team.

use super::deciding::Deciding;
use super::inside::inside;
use super::load::{Loaded, load, loaded};
use super::plan::whose;
use super::route::Route;
use crate::api::{self, Card, CardsPage, NewCard, NewPictures};
use crate::device::Device;
use crate::domain::calendar::Day;
use crate::domain::card::CHOOSE_WITHIN;
use crate::domain::people::PlanId;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Cards(plan: PlanId) -> impl IntoView {
    let back = Route::Plan(plan.clone()).path();
    let page: Loaded<CardsPage> = load(format!("cards/{plan}"), move || api::cards(plan.clone()));
    loaded(page, move |page| {
        let name = page.with_untracked(|page| page.name.clone());
        // Printed now or never: its secret is kept nowhere.
        let made = RwSignal::new(None::<NewCard>);
        let asked = Deciding::here(|problem| format!("{}.", problem.sentence()));
        let body = view! {
            <div class="stack roomy cards-page">
                <h1 id="title" tabindex="-1">{format!("A card for {name}")}</h1>
                <p class="lead screen-only">
                    {format!("A printed code that opens {name}’s own page on any tablet or phone, without you. Nobody else’s page opens with it.")}
                </p>
                {move || page.with(code_first)}
                {move || match made.get() {
                    Some(card) => printed(card, made),
                    None => page.with(|page| making(page, made)),
                }}
                {move || page.with(list)}
                {move || page.with(|page| forgotten(page, asked))}
            </div>
        };
        inside(Some((back.clone(), whose(&name))), body.into_any())
    })
}

/// What a card opens while there is no picture code.
fn code_first(page: &CardsPage) -> AnyView {
    let name = page.name.clone();
    let words = match (page.has_code, page.fresh) {
        (true, _) => {
            format!("{name} has a picture code. The card asks for it, so whoever finds the card sees nothing.")
        }
        (false, true) => {
            format!(
                "{name} has no picture code yet. Whoever first opens the card chooses it, so give the card to {name} yourself. \
                 That has to be within {CHOOSE_WITHIN} days. You will see here, and beside the plan, on which day it was opened. \
                 If that wasn’t {name}, stop the card."
            )
        }
        (false, false) => format!(
            "{name} has written something and has no picture code. Until {name} chooses one on a tablet that you hand over, \
             a card opens none of it: whoever finds a card must not read it."
        ),
    };
    view! { <p class="screen-only">{words}</p> }.into_any()
}

/// Choosing when it ends.
fn making(page: &CardsPage, made: RwSignal<Option<NewCard>>) -> AnyView {
    let device = Device::here();
    let plan = page.plan.clone();
    let chosen = RwSignal::new(page.ends.first().copied());
    let trouble = RwSignal::new(None);
    let make = move |_| {
        let (plan, Some(ends)) = (plan.clone(), chosen.get_untracked()) else { return };
        spawn_local(async move {
            match api::make_card(plan, ends).await {
                Ok(card) => {
                    made.set(Some(card));
                    trouble.set(None);
                    device.news.update(|news| *news = news.wrapping_add(1));
                }
                Err(problem) => trouble.set(Some(format!("{}.", problem.sentence()))),
            }
        });
    };
    let usual = page.ends.first().copied();
    let day = move |day: Day| {
        let words = match usual == Some(day) {
            true => format!("{} (about the end of the term)", day.spoken()),
            false => day.spoken(),
        };
        let id = format!("ends-{day}");
        let chosen_now = move || chosen.get() == Some(day);
        view! {
            <div class="answer">
                <input
                    type="radio"
                    id=id.clone()
                    name="ends"
                    autocomplete="off"
                    prop:checked=chosen_now
                    on:change=move |_| chosen.set(Some(day))
                />
                <label for=id>{words}</label>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card stack screen-only">
            <fieldset class="field">
                <legend><h2>"Until when does it work?"</h2></legend>
                <div class="answers">{page.ends.iter().copied().map(day).collect::<Vec<_>>()}</div>
            </fieldset>
            {notice(trouble)}
            <button type="button" class="button" on:click=make>"Make a card"</button>
        </section>
    }
    .into_any()
}

/// The card itself, to print on A6 paper or to cut out.
fn printed(card: NewCard, made: RwSignal<Option<NewCard>>) -> AnyView {
    let ends = card.ends.spoken();
    let edge = card.size + 8;
    let first = card.choose_by.map(|day| format!("Open it for the first time by {}. ", day.spoken()));
    view! {
        <section class="stack">
            <div class="qr-card">
                <p class="qr-name">"For: "<span></span></p>
                <svg
                    class="qr"
                    viewBox=format!("-4 -4 {edge} {edge}")
                    role="img"
                    aria-label="The code on the card"
                    shape-rendering="crispEdges"
                >
                    <rect x="-4" y="-4" width=edge height=edge fill="#fff"></rect>
                    <path d=card.squares fill="#000"></path>
                </svg>
                <p><b>"This opens your own page."</b>" Point a tablet’s camera at it. Then tap your three pictures."</p>
                <p class="small">{first}{format!("It works until {ends}. Lost it? Tell a grown-up, and they stop it.")}</p>
            </div>
            <p class="screen-only">"Write the name by hand after printing. This code is shown only now: to print it again, make a new card."</p>
            <div class="row screen-only">
                <button type="button" class="button" on:click=move |_| drop(window().print())>"Print"</button>
                <button type="button" class="button quiet" on:click=move |_| made.set(None)>"Done"</button>
            </div>
        </section>
    }
    .into_any()
}

/// Pictures that were forgotten. Alone nobody lets others be chosen: whoever then has the
/// tablet in their hands chooses them.
fn forgotten(page: &CardsPage, asked: Deciding) -> AnyView {
    let (name, now) = (page.name.clone(), page.forgotten.clone());
    let button = |words, class, step| {
        let plan = page.plan.clone();
        let press = move || asked.send(api::new_pictures(plan.clone(), step), || {});
        asked.button(words, None, class, press)
    };
    let leave = || button("Leave the pictures as they are", "button quiet", NewPictures::Leave);
    let body = match (now.asked, page.has_code) {
        (Some(by), _) => {
            let agree = (!now.yours).then(|| button("Agree to new pictures", "button", NewPictures::Agree));
            let why = match now.yours {
                true => "Another professional of the team has to agree, on this page.".to_string(),
                false => format!("Agree only if you know that {name} wants this."),
            };
            view! { <p><b>{format!("{by}.")}</b>" "{why}</p><div class="row">{agree}{leave()}</div> }.into_any()
        }
        (None, true) => {
            let why = format!(
                "{name} can choose new ones. Two professionals of the team have to want it, so that nobody alone comes \
                 to what {name} wrote. {name} sees both names."
            );
            let ask = button("Ask for new pictures", "button quiet", NewPictures::Ask);
            view! { <p>{why}</p>{ask} }.into_any()
        }
        (None, false) => ().into_any(),
    };
    let then =
        format!("Nothing opens until {name} has chosen. Hand the tablet to {name} yourself: choosing comes first.");
    let then = now.open.then(|| view! { <p>{then}</p> });
    let told = now.told.map(|told| view! { <p class="soft">{format!("{told}.")}</p> });
    let title = format!("If {name} forgets the pictures");
    let shows = page.has_code || told.is_some();
    shows
        .then(|| view! { <section class="card stack screen-only"><h2>{title}</h2>{body}{told}{then}{notice(asked.trouble)}</section> })
        .into_any()
}

/// The cards there are: who made each, and when it was last used.
fn list(page: &CardsPage) -> Option<AnyView> {
    let plan = page.plan.clone();
    let rows: Vec<_> = page.cards.iter().map(|card| row(&plan, card)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="stack screen-only">
                <h2>"Cards made before"</h2>
                <ul class="plain stack tight">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn row(plan: &PlanId, card: &Card) -> AnyView {
    let device = Device::here();
    let trouble = RwSignal::new(None);
    let (plan, id) = (plan.clone(), card.id.clone());
    let stop = move |_| {
        let (plan, id) = (plan.clone(), id.clone());
        spawn_local(async move {
            match api::stop_card(plan, id).await {
                Ok(()) => device.news.update(|news| *news = news.wrapping_add(1)),
                Err(problem) => trouble.set(Some(format!("{}.", problem.sentence()))),
            }
        });
    };
    let used = card.last_used_at.map(|at| format!(" Last used {}.", at.spoken()));
    let told = card.told.clone();
    let state = match (card.is_open, card.is_stopped) {
        (true, _) => format!("Works until {}", card.ends.spoken()),
        (false, true) => "Stopped".into(),
        (false, false) => format!("Ended on {}", card.ends.spoken()),
    };
    view! {
        <li class="card stack tight">
            <p><b>{state}</b></p>
            <p class="soft">{format!("Made by {}, {}. {told}.", card.by, card.made_at.spoken())}{used}</p>
            {card.is_open.then(|| view! { <button type="button" class="button quiet" on:click=stop>"Stop this card"</button> })}
            {notice(trouble)}
        </li>
    }
    .into_any()
}
