//! What this device still has of the time before other pictures were chosen: that it is
//! there is told, and who remembers the old pictures opens it with them.

use super::code::{LONG, Pad, left, written};
use crate::device::Device;
use crate::domain::words::code as words;
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::{Words, say};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn Earlier() -> impl IntoView {
    let device = Device::here();
    let spoken = Words::here();
    // How many tries there are for what is shut, if anything is.
    let shut = RwSignal::new(None::<u32>);
    let (trying, back) = (RwSignal::new(false), RwSignal::new(false));
    let said = RwSignal::new(spoken.say(words::TAP_THREE).to_string());
    let chosen = RwSignal::new(Vec::<&'static str>::new());
    let ask = move |code: Option<String>| {
        spawn_local(async move {
            let tried = code.is_some();
            let now = device.earlier(code).await;
            if shut.is_disposed() {
                return;
            }
            match now {
                Some(tries) if tried => {
                    said.set(format!("{} {}", spoken.say(words::NOT_THOSE), left(spoken, i64::from(tries))));
                }
                Some(_) => {}
                None => back.set(tried),
            }
            shut.set(now);
            chosen.set(Vec::new());
        });
    };
    Effect::new(move |_| ask(None));
    Effect::new(move |_| {
        if chosen.with(Vec::len) == LONG {
            ask(Some(chosen.with_untracked(|chosen| written(chosen))));
        }
    });
    let opens = Memo::new(move |_| shut.get().map(|tries| tries > 0));
    let [here, stays, remember, again, open] =
        [words::EARLIER_HERE, words::EARLIER_SHUT, words::OLD_PICTURES, words::EARLIER_BACK, words::OPEN].map(say);
    move || match opens.get() {
        Some(opens) => {
            let told = if opens { here } else { stays };
            view! {
                <section class="card code-offer">
                    <Picture id="icon-lock"/>
                    <div><p>{told}</p></div>
                    <ReadAloud text=told reads="p"/>
                    {opens.then(|| view! {
                        <button
                            type="button"
                            class="button quiet"
                            aria-expanded=move || trying.get().to_string()
                            on:click=move |_| trying.update(|trying| *trying = !*trying)
                        >
                            {remember}
                        </button>
                    })}
                </section>
                {move || (opens && trying.get()).then(|| view! { <p class="told" role="status">{said}</p><Pad chosen/> })}
            }
            .into_any()
        }
        None if back.get() => view! {
            <section class="card stack">
                <p role="status">{again}</p>
                <a class="button" href="/voice" data-leave="">{open}</a>
            </section>
        }
        .into_any(),
        None => ().into_any(),
    }
}
