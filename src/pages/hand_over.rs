//! Handing the tablet over to a child or young person: the adult's session ends
//! on this device, and it shows My voice and nothing else.

use super::inside::changes_are;
use super::route::{Place, Route};
use crate::api::{self, Problem};
use crate::device::Device;
use crate::domain::people::PlanId;
use crate::ui::dialog::Dialog;
use crate::ui::problem::notice;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn HandOver(plan: PlanId, name: String) -> impl IntoView {
    let (device, place) = (Device::here(), Place::here());
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None);
    let go = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let plan = plan.clone();
        spawn_local(async move {
            match give(device, plan).await {
                Ok(()) => place.leave(&Route::Voice.path()),
                Err(sentence) => {
                    trouble.set(Some(sentence));
                    busy.set(false);
                }
            }
        });
    };
    let title = format!("Hand this device to {name}?");
    view! {
        <button type="button" class="button quiet" on:click=move |_| asking.set(true)>
            {format!("Hand over to {name}")}
        </button>
        <Dialog open=asking title=title>
            <p>{format!("It then shows {name}’s own pages and nothing else. You are signed out on it.")}</p>
            <p>"You need a connection to hand over. After that it works without one."</p>
            <p>"When it comes back to you, sign in again to take it back."</p>
            {notice(trouble)}
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-busy=move || busy.get().then_some("true")
                    on:click=move |_| go()
                >
                    "Hand over"
                </button>
                <button type="button" class="button quiet" on:click=move |_| asking.set(false)>"Not now"</button>
            </div>
        </Dialog>
    }
}

/// Sends everything first: the adult's words go before the adult does.
async fn give(device: Device, plan: PlanId) -> Result<(), String> {
    let left = device.flush().await;
    if left > 0 {
        return Err(format!(
            "{} not sent yet. Wait until the device has a connection, then try again.",
            changes_are(left)
        ));
    }
    match api::hand_over(plan).await {
        Ok(()) => {
            device.forget().await;
            Ok(())
        }
        Err(Problem::Offline) => Err("Handing over needs a connection, and there is none just now.".into()),
        Err(problem) => Err(format!("{}.", problem.sentence())),
    }
}
