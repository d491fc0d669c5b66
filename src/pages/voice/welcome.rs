//! The first screen: whose place this is, what happens to what is said here, and
//! how it should look.

use super::frame::{Heading, Point};
use super::later::{Part, later};
use super::looks::Looks;
use super::talk::{Detour, Talk};
use crate::domain::voice::Look;
use crate::domain::words::{Word, code, voice as words};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::say;
use leptos::prelude::*;

static HOW: [(&str, Word); 4] = [
    ("icon-tick", words::HOW_ANSWER),
    ("icon-lock", words::HOW_PRIVATE),
    ("icon-device", words::HOW_KEPT),
    ("icon-hide", words::HOW_HIDE),
];

/// Those who like pictures best are told the two things that matter most.
fn how(look: Look) -> &'static [(&'static str, Word)] {
    if look == Look::Pictures { &HOW[..2] } else { &HOW }
}

#[component]
pub fn Welcome(talk: Talk) -> impl IntoView {
    let name = talk.page(|page| page.name.clone());
    let hello = talk.words.with(words::HELLO, &[("name", &name)]);
    let spoken = talk.words;
    let may_code = talk.page(|page| !page.has_code);
    view! {
        <div class="welcome">
            <Heading talk words=hello reads="main h1, .welcome > p, .points span:last-child, .way > span:last-child"/>
            <p class="lead">{say(words::YOUR_SPACE)}</p>
            {talk.page(|page| page.reset.clone()).map(|told| view! { <p class="card">{told}</p> })}
            {(!may_code).then(|| later(talk, Part::Earlier))}
            <ul class="plain points">
                {move || how(talk.look.get()).iter().map(|(icon, words)| view! { <Point icon words=spoken.say(*words)/> }).collect_view()}
            </ul>
            <section class="card promise" aria-labelledby="promise">
                <div>
                    <h2 id="promise">{say(words::OUR_PROMISE)}</h2>
                    <p>{say(words::PROMISE)}</p>
                </div>
                <ReadAloud text=say(words::PROMISE) label=say(words::READ_PROMISE) reads="h2, p"/>
            </section>
            <Looks talk/>
            {may_code.then(|| view! {
                <section class="card code-offer">
                    <Picture id="icon-lock"/>
                    <div>
                        <h2>{say(code::WANT_CODE)}</h2>
                        <p class="soft">{say(code::WHY_CODE)}</p>
                    </div>
                    <ReadAloud text=say(code::WHY_CODE) reads="h2, p"/>
                    <button type="button" class="button quiet" on:click=move |_| talk.turn_off(Detour::Code)>
                        {say(code::CHOOSE_CODE)}
                    </button>
                </section>
            })}
        </div>
    }
}
