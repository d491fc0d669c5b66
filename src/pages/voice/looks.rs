//! "How it looks": everything about it in one place, over whatever was open. Each
//! choice applies at once, shows what it does, and is remembered for the child.

use super::frame::Heading;
use super::talk::Talk;
use crate::domain::looks;
use crate::domain::sections::Pick;
use crate::domain::voice::Look;
use crate::domain::words::{Language, Word, looks as words};
use crate::ui::languages::Languages;
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::say;
use leptos::prelude::*;

/// What each look is called, and the drawings that show it.
const LOOKS: [(Look, Word, &[&str]); 3] = [
    (Look::Pictures, words::LOOK_PICTURES, &["face-good", "pic-play"]),
    (Look::Both, words::LOOK_BOTH, &["face-good", "icon-pencil"]),
    (Look::Words, words::LOOK_WORDS, &["icon-pencil"]),
];

/// The way here, at the top of every screen, and back.
#[component]
pub fn HowItLooks(talk: Talk) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet how-it-looks"
            aria-pressed=move || if talk.is_looking() { "true" } else { "false" }
            on:click=move |_| talk.look_or_back()
        >
            <Picture id="icon-looks"/>
            {say(words::HOW_IT_LOOKS)}
        </button>
    }
}

#[component]
pub fn LooksScreen(talk: Talk) -> impl IntoView {
    view! {
        <div class="looks-screen">
            <Heading talk words=say(words::HOW_IT_LOOKS) reads="main h1, .looks-screen > .lead"/>
            <p class="lead">{say(words::CHANGE_ANY_TIME)}</p>
            <Looks talk/>
            <Languages choose=Callback::new(move |language: Language| talk.choose_fact(looks::LANGUAGE, language.tag())) told=talk.coming/>
            <Choice talk fact=looks::PALETTE title=words::COLOURS picks=looks::PALETTES first=""/>
            <Choice talk fact=looks::SIZE title=words::SIZE picks=looks::SIZES first="big"/>
            <Choice talk fact=looks::SPACING title=words::SPACING picks=looks::SPACINGS first="some"/>
            <Choice talk fact=looks::FONT title=words::FONT picks=looks::FONTS first="clear"/>
            <fieldset class="answering" aria-labelledby="more-choices" disabled=move || !talk.draft.live.get()>
                <Title words=words::MORE id="more-choices"/>
                <div class="picks switches">
                    <Switch talk fact=looks::STILL icon="sym-still" title=words::STILL means=words::STILL_MEANS/>
                    <Switch talk fact=looks::SYMBOLS icon="sym-symbols" title=words::SYMBOLS means=words::SYMBOLS_MEANS/>
                    <Switch talk fact=looks::TOUCH icon="icon-speaker" title=words::TOUCH means=words::TOUCH_MEANS/>
                </div>
            </fieldset>
            <button type="button" class="button" on:click=move |_| talk.back()>{say(words::DONE)}</button>
        </div>
    }
}

/// The title of a group of choices, with its voice.
#[component]
fn Title(words: Word, id: &'static str) -> impl IntoView {
    view! {
        <div class="titled">
            <h2 id=id>{say(words)}</h2>
            <ReadAloud text=say(words) reads="h2, .pick-body > span:last-child, p"/>
        </div>
    }
}

/// By need, not by birthday: the young person may always change it.
#[component]
pub fn Looks(talk: Talk) -> impl IntoView {
    let one = move |(look, words, drawings): (Look, Word, &'static [&'static str])| {
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
                    <span>{say(words)}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="answering" aria-labelledby="questions" disabled=move || !talk.draft.live.get()>
            <Title words=words::QUESTIONS id="questions"/>
            <div class="picks looks">{LOOKS.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// One thing to choose, each answer drawn as it would look.
#[component]
fn Choice(
    talk: Talk,
    fact: &'static str,
    title: Word,
    picks: &'static [Pick],
    /// What holds where nothing was chosen; empty where the device decides.
    first: &'static str,
) -> impl IntoView {
    let one = move |pick: &'static Pick| {
        let chosen = move || talk.looks.with(|looks| looks.get(fact).unwrap_or(first) == pick.id);
        let shown = |attribute| (attribute == fact).then_some(pick.id);
        view! {
            <label class="pick">
                <input
                    type="radio"
                    name=fact
                    value=pick.id
                    prop:checked=chosen
                    on:change=move |_| talk.choose_fact(fact, pick.id)
                />
                <span
                    class="pick-body sample"
                    data-palette=shown(looks::PALETTE)
                    data-size=shown(looks::SIZE)
                    data-spacing=shown(looks::SPACING)
                    data-font=shown(looks::FONT)
                >
                    <span>{say(Word::declared(pick.words))}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="answering" aria-labelledby=fact disabled=move || !talk.draft.live.get()>
            <Title words=title id=fact/>
            <div class="picks samples" data-of=fact>{picks.iter().map(one).collect_view()}</div>
            {(fact == looks::FONT).then(|| view! { <p class="soft">{say(words::FONT_COMES)}</p> })}
        </fieldset>
    }
}

/// Something that is on or off.
#[component]
fn Switch(talk: Talk, fact: &'static str, icon: &'static str, title: Word, means: Word) -> impl IntoView {
    let on = move || match fact {
        looks::SYMBOLS => talk.symbols(),
        _ => talk.looks.with(|looks| looks.get(fact) == Some("yes")),
    };
    view! {
        <label class="pick">
            <input
                type="checkbox"
                name=fact
                prop:checked=on
                on:change=move |event| talk.choose_fact(fact, if event_target_checked(&event) { "yes" } else { "no" })
            />
            <span class="pick-body">
                <Picture id=icon class="picture"/>
                <span><b>{say(title)}</b>" "<span class="soft">{say(means)}</span></span>
            </span>
        </label>
    }
}
