//! The document that the server sends, and the app in it; nothing else.

use crate::api::{self, Me};
use crate::pages::bundle::Bundle;
#[cfg(feature = "carer")]
use crate::pages::bundle::carer::page;
#[cfg(feature = "meeting")]
use crate::pages::bundle::meeting::page;
#[cfg(feature = "office")]
use crate::pages::bundle::office::page;
#[cfg(feature = "plan")]
use crate::pages::bundle::plan::page;
#[cfg(feature = "voice")]
use crate::pages::bundle::voice::page;
#[cfg(not(any(feature = "voice", feature = "carer", feature = "plan", feature = "office", feature = "meeting")))]
use crate::pages::bundle::whole::page;
use crate::pages::load::{Mine, load, speak_as_before};
use crate::pages::route::Place;
#[cfg(feature = "ssr")]
use crate::ui::frame::tab;
use crate::ui::names::You;
use crate::ui::words::Own;
use leptos::prelude::*;

/// What this build has pages for.
pub const BUNDLE: Bundle = match () {
    _ if cfg!(feature = "voice") => Bundle::Voice,
    _ if cfg!(feature = "carer") => Bundle::Carer,
    _ if cfg!(feature = "plan") => Bundle::Plan,
    _ if cfg!(feature = "office") => Bundle::Office,
    _ if cfg!(feature = "meeting") => Bundle::Meeting,
    _ => Bundle::Whole,
};

/// The addresses of this build's files, with their hashes in the names. The server
/// provides them.
#[derive(Clone, Debug)]
pub struct Assets {
    pub css: String,
    pub js: String,
    pub wasm: String,
}

/// What the shell without a page may start with, beside the plan.
#[derive(Clone, Debug)]
pub struct OtherAssets {
    pub voice: Assets,
    pub carer: Assets,
    pub meeting: Assets,
}

/// The bundles that this visitor's device keeps for when there is no network, by their
/// names; nothing where nobody is signed in.
#[derive(Clone, Debug, Default)]
pub struct Keeps(pub String);

/// Whose page this is, so that the browser opens their drawers: a person's id,
/// `sitting-` and a plan's, or nothing where nobody is signed in. None is the
/// shell that opens without a network, with no page in it.
#[derive(Clone, Debug)]
pub struct Holder(pub Option<String>);

/// Keeps what is typed before the app is alive. Its notes and the space before its lines
/// don't travel.
#[cfg(feature = "ssr")]
static EARLY: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
    let lines = include_str!("../public/early.js").lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect::<Vec<_>>().join("\n")
});

/// The document round the app. The wasm is not preloaded: the first paint doesn't
/// need it, and comes sooner without.
#[cfg(feature = "ssr")]
pub fn shell() -> impl IntoView {
    let Assets { css, js, wasm } = expect_context();
    let Holder(holder) = expect_context();
    let offline = holder.is_none();
    let own = use_context::<Own>().and_then(|Own(own)| own.get_untracked()).unwrap_or_default();
    let title = if offline { "Pep".into() } else { Place::here().route.get_untracked().title(own) };
    let app = if offline { ().into_any() } else { view! { <App/> }.into_any() };
    let nonce = leptos::nonce::use_nonce();
    let Keeps(keeps) = use_context().unwrap_or_default();
    let start = match use_context::<OtherAssets>() {
        None => online(&js, &wasm, &keeps),
        Some(others) => without_network(&Assets { css: css.clone(), js, wasm }, &others),
    };
    let is_carers = css.contains("/carer-");
    let manifest = if is_carers { "/carer.webmanifest" } else { "/manifest.webmanifest" };
    let install = is_carers.then(|| view! { <script src="/install.js"></script> });
    // Lists of sections wrap elsewhere in other letters. Families' pages choose their own.
    let letters = (!offline && !is_carers && !css.contains("/voice-")).then(|| {
        view! { <link rel="preload" href="/fonts/atkinson-next.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/> }
    });
    // The shell's script knows which style it needs.
    let css = (!offline).then_some(css);
    view! {
        <!DOCTYPE html>
        <html lang=own.tag() data-holder=holder data-keeps=(!keeps.is_empty()).then_some(keeps)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                {tab(&title)}
                <meta name="theme-color" content="#fbf8f2"/>
                <meta name="referrer" content="same-origin"/>
                <link rel="stylesheet" href=css/>
                {letters}
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="manifest" href=manifest/>
                <link rel="apple-touch-icon" href="/icon-192.png"/>
                {install}
                <script nonce=nonce.clone()>{EARLY.as_str()}</script>
                <script type="module" nonce=nonce>{start}</script>
            </head>
            <body data-offline=offline.then_some("")>{app}</body>
        </html>
    }
}

/// Starts the page's own bundle, and has the service worker keep what this visitor's
/// device needs without a network.
#[cfg(feature = "ssr")]
fn online(js: &str, wasm: &str, keeps: &str) -> String {
    format!(
        r#"import init from "{js}"; init({{ module_or_path: "{wasm}" }});
        const worker = navigator.serviceWorker;
        worker?.register("/sw.js");
        if ("{keeps}") worker?.ready.then(({{ active }}) => active.postMessage("{keeps}"));"#
    )
}

/// Starts the bundle that shows this address, of those that the device keeps.
#[cfg(feature = "ssr")]
fn without_network(plan: &Assets, others: &OtherAssets) -> String {
    let list = |of: &Assets| format!(r#"["{}", "{}", "{}"]"#, of.js, of.wasm, of.css);
    format!(
        r#"const [plan, voice, carer, meeting] = [{}, {}, {}, {}], path = location.pathname;
        const wanted = path === "{voices}" || path === "{cards}" ? [voice] : /^.plans.[^/]+.meeting(.screen)?$/.test(path) ? [meeting]
          : /^.(carer|plans.[^/]+.agreed)$/.test(path) ? [carer]
          : /^.(not-sent|plans.[^/]+.carers-view)?$/.test(path) ? [carer, plan] : [plan];
        (async () => {{
          // Where a slow network brought the shell before anything is kept, that network has it.
          let begun = wanted.at(-1);
          for (const set of [...wanted, plan, carer, voice]) {{
            if (await caches.match(set[1])) {{ begun = set; break; }}
          }}
          const [js, wasm, css] = begun;
          document.querySelector("link[rel=stylesheet]").href = css;
          (await import(js)).default({{ module_or_path: wasm }});
        }})();"#,
        list(plan),
        list(&others.voice),
        list(&others.carer),
        list(&others.meeting),
        voices = crate::pages::route::Route::Voice.path(),
        cards = crate::pages::route::Route::Card.path(),
    )
}

/// Pep. A `Place` and, in the browser, a `Device` are provided before it.
#[component]
pub fn App() -> impl IntoView {
    let place = Place::here();
    provide_context(place);
    let me = load("me", api::me);
    provide_context(Mine(me));
    // Known a moment after the first render, which has to be the server's.
    let you = RwSignal::new(None);
    provide_context(You(you));
    Effect::new(move |_| {
        if let Some(Ok(Me::Adult { id, .. })) = me.get() {
            you.set(Some(id.to_string()));
        }
    });
    // The server says it of a carer; a browser hears it of the first page.
    if crate::PHOTOS && Own::here().is_none() {
        provide_context(Own(RwSignal::new(None)));
    }
    if BUNDLE == Bundle::Carer || BUNDLE == Bundle::Whole && Bundle::Carer.has(&place.route.get_untracked()) {
        speak_as_before();
    }
    let route = Memo::new(move |_| place.route.get());
    Effect::new(move |_| document().set_title(&route.get().title(Own::followed())));
    Effect::new(move |first: Option<()>| {
        route.track();
        place.moved.set_value(first.is_some());
    });
    move || {
        let route = route.get();
        // One build with every page goes on from a carer's to others, which are in English.
        if BUNDLE == Bundle::Whole
            && !Bundle::Carer.has(&route)
            && let Some(Own(own)) = Own::here()
        {
            own.set(None);
        }
        page(route)
    }
}
