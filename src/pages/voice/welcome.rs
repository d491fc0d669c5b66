//! The first screen: whose place this is, what happens to what is said here, and
//! how it should look.

use super::frame::{Heading, Point};
use super::talk::{Detour, Talk};
use crate::domain::voice::Look;
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use leptos::prelude::*;

/// Said before the first question and again by Share. Whoever asks a child to
/// speak must not promise a secret that they can't keep.
pub const PROMISE: &str = "We share what you choose. If you tell us someone is hurting you or you're not safe, \
     we have to tell someone who can help. We'll try to talk to you first.";

/// What each look is called, and the drawings that show it.
const LOOKS: [(Look, &str, &[&str]); 3] = [
    (Look::Pictures, "Pictures", &["face-good", "pic-play"]),
    (Look::Both, "Pictures and words", &["face-good", "icon-pencil"]),
    (Look::Words, "Words", &["icon-pencil"]),
];

const HOW: [(&str, &str); 4] = [
    ("icon-tick", "Answer what you want. You can skip anything."),
    ("icon-lock", "Only you see an answer, until you choose who else can."),
    ("icon-device", "Your words are kept as you go. Stop when you like."),
    (
        "icon-hide",
        "“Hide this” shows another page, fast. So does Shift three times. The browser still knows you were here.",
    ),
];

#[component]
pub fn Welcome(talk: Talk) -> impl IntoView {
    let name = talk.page(|page| page.name.clone());
    let how = HOW.map(|(_, words)| words).join(" ");
    let aloud = format!("Hello {name}. This is your space. Say how school is for you. {how}");
    let may_code = talk.page(|page| !page.has_code);
    view! {
        <div class="welcome">
            <Heading talk words=format!("Hello {name}") aloud/>
            <p class="lead">"This is your space. Say how school is for you."</p>
            <ul class="plain points">
                {HOW.into_iter().map(|(icon, words)| view! { <Point icon words/> }).collect_view()}
            </ul>
            <section class="card promise" aria-labelledby="promise">
                <div>
                    <h2 id="promise">"Our promise"</h2>
                    <p>{PROMISE}</p>
                </div>
                <ReadAloud text=PROMISE.to_string() label="Read our promise aloud"/>
            </section>
            <Looks talk/>
            {may_code.then(|| view! {
                <section class="card code-offer">
                    <Picture id="icon-lock"/>
                    <div>
                        <h2>"Want a picture code?"</h2>
                        <p class="soft">"Three pictures that only you know. With them, only you can open your words again. Without them, a grown-up who has a tablet like this could look."</p>
                    </div>
                    <button type="button" class="button quiet" on:click=move |_| talk.turn_off(Detour::Code)>
                        "Choose a picture code"
                    </button>
                </section>
            })}
        </div>
    }
}

/// By need, not by birthday: the young person may always change it.
#[component]
fn Looks(talk: Talk) -> impl IntoView {
    let one = move |(look, words, drawings): (Look, &'static str, &'static [&'static str])| {
        view! {
            <label class="pick">
                <input
                    type="radio"
                    name="look"
                    value=look.id()
                    prop:checked=move || talk.look.get() == look
                    on:change=move |_| talk.choose_look(look)
                />
                <span class="pick-body">
                    <span class="drawings">
                        {drawings.iter().map(|id| view! { <Picture id=*id class="picture"/> }).collect_view()}
                    </span>
                    <span>{words}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="answering" disabled=move || !talk.draft.live.get()>
            <legend>"How would you like the questions?"</legend>
            <div class="picks looks">{LOOKS.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}
