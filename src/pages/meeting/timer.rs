//! How long the meeting has gone. It informs: nothing blinks, counts down or turns red.

use crate::device::Device;
use crate::domain::calendar::Moment;
use crate::domain::meeting;
use leptos::prelude::*;
use std::time::Duration;

/// "24 minutes so far, 40 planned". Nothing in the first render, which has no clock.
pub fn so_far(began: Signal<Option<Moment>>) -> AnyView {
    const OFTEN: Duration = Duration::from_secs(10);
    let device = Device::here();
    let now = RwSignal::new(None);
    Effect::new(move |_| {
        now.set(Some(device.now()));
        if let Ok(handle) = set_interval_with_handle(move || now.set(Some(device.now())), OFTEN) {
            on_cleanup(move || handle.clear());
        }
    });
    let words = Memo::new(move |_| meeting::so_far(began.get(), now.get()?));
    view! { <span class="so-far">{move || words.get()}</span> }.into_any()
}
