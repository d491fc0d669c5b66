//! The screen that everybody sees. All that is on it comes from the server in a type of
//! its own, which has no place for what isn't everybody's; the documents that this page
//! opens only tell it when to ask again, and where the meeting is.

use super::pointer::Pointer;
use super::{agenda, ask_again, follow_address, item, timer, told};
use crate::api::meeting::shared_screen;
use crate::device::{Device, Draft};
use crate::domain::meeting::agenda::Item;
use crate::domain::meeting::screen::{OnScreen, SharedScreen};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::pages::load::{Loaded, load, loaded};
use crate::pages::route::Route;
use crate::ui::status::{Speaker, StatusLine};
use leptos::prelude::*;

#[component]
pub fn ScreenView(plan: PlanId) -> impl IntoView {
    let own = plan.clone();
    let page: Loaded<SharedScreen> = load(format!("screen/{plan}"), move || shared_screen(plan.clone()));
    loaded(page, move |page| {
        let (name, parts) = page.with_untracked(|page| (page.name.clone(), page.parts().to_vec()));
        let open = |section: &SectionId| {
            let name = DocumentName { plan: own.clone(), section: *section };
            Device::here().open(name, Values::default())
        };
        let drafts: Vec<Draft> = parts.iter().map(open).collect();
        let record = drafts.iter().copied().find(|draft| draft.name().section == SectionId::MeetingRecord);
        ask_again(drafts, Signal::derive(|| true));
        let item = RwSignal::new(Item::Words);
        let pointer = Pointer::of(record, item, Signal::derive(|| false));
        pointer.follow();
        follow_address(item);
        let back = Route::Meeting(own).path();
        view! {
            <a class="skip" href="#main">"Skip to the page"</a>
            <main class="big-screen" id="main">
                <header class="big-head">
                    <h1 id="title" tabindex="-1">{format!("{name}’s meeting")}</h1>
                    {agenda(&name, item, pointer)}
                </header>
                <div class="big-item">{move || page.with(|page| one(page, item.get()))}</div>
            </main>
            <footer class="big-foot">
                <p class="soft">{timer::so_far(Signal::derive(move || page.with(|page| page.began)))}</p>
                <StatusLine speaker=Speaker::Professional/>
                <a href=back>"Leave the big screen"</a>
            </footer>
        }
        .into_any()
    })
}

/// One item, as everybody sees it.
fn one(page: &SharedScreen, item: Item) -> AnyView {
    let name = &page.name;
    let quotes: Vec<_> = page.sayings(item).into_iter().map(told::saying).collect();
    let told: Vec<_> = page.told(item).cloned().collect();
    let nothing = quotes.is_empty() && (told.is_empty() || item == Item::Words) && item != Item::WrapUp;
    // What others wrote stands under no heading that says the young person says it.
    let about =
        (item == Item::Words && !told.is_empty()).then(|| view! { <h3>{format!("About {name}, from the plan")}</h3> });
    let elsewhere = nothing.then(|| view! { <p class="words">{item.asks(name)}</p> });
    // The same words whether something is written or not.
    let kept = (is_partly_elsewhere(item) || nothing).then(
        || view! { <p class="soft">"What is written about this is on the devices of those who may read it."</p> },
    );
    view! {
        <article aria-labelledby="item-title">
            <h2 id="item-title" tabindex="-1">{item.title(name)}</h2>
            {(!quotes.is_empty()).then(|| view! { <div class="said-here">{quotes}</div> })}
            {elsewhere}
            {about}
            {told::told(&told)}
            {(item == Item::WrapUp).then(|| agreed(page))}
            {kept}
            {item::ways(item, name)}
        </article>
    }
    .into_any()
}

/// Whether the plan says more to an item than a screen may show.
fn is_partly_elsewhere(item: Item) -> bool {
    let shown = |section: SectionId| OnScreen::ALL.iter().any(|part| part.section() == section);
    item.parts().iter().all(|part| !shown(part.section))
}

/// What everybody leaves with.
fn agreed(page: &SharedScreen) -> AnyView {
    let targets: Vec<_> = page.told(Item::Targets).cloned().collect();
    let requests: Vec<_> = page.requests().map(told::request).collect();
    let requests = (!requests.is_empty()).then(|| {
        view! { <h3>{format!("What {} asked for", page.name)}</h3><ul class="lines requests">{requests}</ul> }
    });
    let came = page.came().join(" · ");
    let came = (!came.is_empty()).then(|| view! { <h3>"Who was here"</h3><p class="words">{came}</p> });
    view! { {told::told(&targets)} {requests} {came} }.into_any()
}
