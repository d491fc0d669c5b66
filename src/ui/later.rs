//! A part of a page whose code comes behind the page: nobody waits for it before their
//! first word. Which part it is says `wasm_split`, at the function that draws it.

use crate::domain::words::{choosing, voice};
use crate::ui::words::say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::SplitLoaderError;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// After so long what didn't come is asked for again.
const AGAIN: Duration = Duration::from_secs(5);

/// Whether the code is there.
#[derive(Clone, Copy, PartialEq)]
enum Code {
    /// Not known until one tries to draw.
    Unknown,
    Coming,
    There,
    NotCome,
}

/// Draws a part, at once where its code is there. `fetch` brings the code, and `show` is
/// a function that `wasm_split` made.
pub fn later<Fetched, Shown>(fetch: fn() -> Fetched, show: impl Fn() -> Shown + Send + 'static) -> AnyView
where
    Fetched: Future<Output = Result<(), SplitLoaderError>> + 'static,
    Shown: Future<Output = Result<AnyView, SplitLoaderError>>,
{
    drawn(brings(fetch), Box::new(move || now(show())))
}

/// What brings the code, and answers whether it came.
type Brings = Box<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>> + Send + Sync>;
/// What draws, where the code is there.
type Draws = Box<dyn Fn() -> Option<AnyView> + Send>;

fn brings<Fetched>(fetch: fn() -> Fetched) -> Brings
where
    Fetched: Future<Output = Result<(), SplitLoaderError>> + 'static,
{
    Box::new(move || Box::pin(async move { fetch().await.is_ok() }))
}

fn drawn(fetch: Brings, show: Draws) -> AnyView {
    let code = RwSignal::new(Code::Unknown);
    let fetch = StoredValue::new(fetch);
    let ask = move || {
        code.set(Code::Coming);
        let Some(coming) = fetch.try_with_value(|fetch| fetch()) else { return };
        spawn_local(async move {
            let came = if coming.await { Code::There } else { Code::NotCome };
            code.try_set(came);
        });
    };
    (move || match code.get() {
        Code::Unknown | Code::There => match show() {
            Some(view) => view,
            None => {
                request_animation_frame(ask);
                ().into_any()
            }
        },
        Code::Coming => view! { <p aria-busy="true"></p> }.into_any(),
        Code::NotCome => view! {
            <div class="stack" role="status">
                <p>{say(choosing::PART_NOT_COME)}</p>
                <button type="button" class="button quiet" on:click=move |_| ask()>{say(voice::TRY_AGAIN)}</button>
            </div>
        }
        .into_any(),
    })
    .into_any()
}

/// What the server leaves out, since a page that opens has no code yet to take it over.
pub fn afterwards(show: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    opened(Box::new(show))
}

fn opened(show: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(true));
    (move || open.get().then(&show)).into_any()
}

/// A part whose place is taken meanwhile, and where its code doesn't come, by something
/// as high, so that nothing jumps.
pub fn instead<Fetched, Shown>(
    meanwhile: fn() -> AnyView,
    fetch: fn() -> Fetched,
    show: impl Fn() -> Shown + Send + 'static,
) -> AnyView
where
    Fetched: Future<Output = Result<(), SplitLoaderError>> + 'static,
    Shown: Future<Output = Result<AnyView, SplitLoaderError>>,
{
    placed(meanwhile, brings(fetch), Box::new(move || now(show())))
}

fn placed(meanwhile: fn() -> AnyView, fetch: Brings, show: Draws) -> AnyView {
    let (there, fetch) = (RwSignal::new(false), StoredValue::new(fetch));
    Effect::new(move |_| bring(fetch, there));
    (move || there.get().then(&show).flatten().unwrap_or_else(meanwhile)).into_any()
}

/// Brings the code, and where it doesn't come tries again as long as the page is there.
fn bring(fetch: StoredValue<Brings>, there: RwSignal<bool>) {
    let Some(coming) = fetch.try_with_value(|fetch| fetch()) else { return };
    spawn_local(async move {
        if coming.await {
            there.try_set(true);
        } else {
            set_timeout(move || bring(fetch, there), AGAIN);
        }
    });
}

/// What is drawn without waiting, if it can be.
fn now(view: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> Option<AnyView> {
    match pin!(view).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => Some(view),
        _ => None,
    }
}
