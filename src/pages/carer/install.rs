//! The offer to put Pep on the home screen, with its reason. `public/install.js` says
//! which part of it applies to this browser, if any.

use crate::domain::words::carer as words;
use crate::ui::words::say;
use leptos::prelude::*;

/// The offer; `earned` says that an answer is finished.
pub(super) fn offer(earned: impl Fn() -> bool + Send + 'static) -> AnyView {
    let step = |picture: &'static str, word| {
        view! { <li><img src=picture alt="" width="96" height="72" loading="lazy"/><span>{say(word)}</span></li> }
    };
    view! {
        <section class="card install stack" hidden=move || !earned() aria-labelledby="install-title">
            <h2 id="install-title">{say(words::INSTALL)}</h2>
            <p>{say(words::INSTALL_WHY)}</p>
            <ol class="plain install-steps">
                {step("/install-share.svg", words::INSTALL_SHARE)}
                {step("/install-add.svg", words::INSTALL_ADD)}
            </ol>
            <button type="button" class="button quiet wide install-now" data-installs="now">{say(words::INSTALL_NOW)}</button>
            <button type="button" class="button plain wide" data-installs="never">{say(words::INSTALL_NEVER)}</button>
        </section>
    }
    .into_any()
}
