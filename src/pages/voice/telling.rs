//! Saying something to be passed on: one of a few answers, words if they like, and to
//! whom it goes, before it goes. Where it is afterwards is said as it is.

use super::named::listed;
use super::talk::Talk;
use crate::domain::voice::Look;
use crate::domain::words::Word;
use crate::domain::words::influence::{GOES_ONCE_SENT, GOES_TO, HAS_GONE, SAY_IT_AGAIN, SEND, YOU_ANSWERED};
use crate::domain::words::voice::{PROMISE, SOMEONE_WRITES};
use crate::sync::document::Edit;
use crate::ui::field::focus_on;
use crate::ui::pictures::Picture;
use crate::ui::speech::{ReadAloud, SayAndWrite};
use crate::ui::text::LongText;
use crate::ui::words::{Words, say};
use leptos::prelude::*;

/// An answer that can be given: its id, its words and its drawing.
pub type Way = (&'static str, Word, &'static str);

/// What there is to say.
#[derive(Clone)]
pub struct Asking {
    /// The name of its answers, of which only one can be picked; and the id of its place.
    pub name: String,
    pub question: Word,
    pub ways: &'static [Way],
    pub say_more: Word,
    /// Where the fact is kept that is passed on, and where the words are written.
    pub path: String,
    pub words: String,
    /// Whom it goes to, by name.
    pub hears: Vec<String>,
}

#[component]
pub fn Tell(
    talk: Talk,
    asking: Asking,
    /// What was said last: the answer's id, and words.
    #[prop(into)]
    said: Signal<Option<(String, String)>>,
    /// Says it.
    tell: Callback<(&'static str, String)>,
) -> impl IntoView {
    let again = RwSignal::new(false);
    let is_said = Memo::new(move |_| said.with(Option::is_some) && !again.get());
    let asking = StoredValue::new(asking);
    move || {
        let asking = asking.get_value();
        if is_said.get() {
            view! { <Told talk asking said again/> }.into_any()
        } else {
            view! { <Saying talk asking tell again/> }.into_any()
        }
    }
}

#[component]
fn Saying(talk: Talk, asking: Asking, tell: Callback<(&'static str, String)>, again: RwSignal<bool>) -> impl IntoView {
    let chosen = RwSignal::new(None::<&'static str>);
    let name = asking.name.clone();
    let card = move |(id, words, picture): Way| {
        view! {
            <label class="pick">
                <input
                    type="radio"
                    name=name.clone()
                    value=id
                    prop:checked=move || chosen.get() == Some(id)
                    on:change=move |_| chosen.set(Some(id))
                />
                <span class="pick-body">
                    <Picture id=picture class="picture"/>
                    <span>{say(words)}</span>
                </span>
            </label>
        }
    };
    let cards = asking.ways.iter().copied().map(card).collect_view();
    let goes_to = talk.words.with(GOES_TO, &[("names", &listed(talk.words, &asking.hears))]);
    let (path, more, send) = (asking.words.clone(), say(asking.say_more), say(SEND));
    let promise = say(PROMISE);
    let hint = if talk.look.get_untracked() == Look::Pictures { say(SOMEONE_WRITES) } else { "" };
    let written = asking.words;
    let (id, place) = (asking.name.clone(), asking.name);
    let press = Callback::new(move |()| {
        let Some(id) = chosen.get_untracked() else { return };
        let words = untrack(|| talk.draft.text(&written));
        let delete = words.encode_utf16().count() as u32;
        tell.run((id, words));
        if delete > 0 {
            talk.draft.edit(Edit::Splice { path: written.clone(), at: 0, delete, insert: String::new() });
        }
        again.set(false);
        // What was pressed goes: whoever goes on by keys stays.
        focus_on(place.clone());
    });
    let is_chosen = Memo::new(move |_| chosen.get().is_some());
    view! {
        <fieldset class="answering telling" id=id tabindex="-1" disabled=move || !talk.draft.live.get()>
            <legend>{say(asking.question)}</legend>
            <ReadAloud text=say(asking.question) reads="legend, .pick-body > span"/>
            <div class="picks tell">{cards}</div>
        </fieldset>
        {move || is_chosen.get().then(|| view! {
            <div class="writing stack">
                <LongText draft=talk.draft path=path.clone() label=more hint/>
                <ReadAloud text=more reads=".writing label, .writing p, .writing .button"/>
                <SayAndWrite/>
                <p class="soft">{goes_to.clone()}</p>
                <p class="soft">{promise}</p>
                <button type="button" class="button" on:click=move |_| press.run(())>{send}</button>
            </div>
        })}
    }
}

#[component]
fn Told(talk: Talk, asking: Asking, said: Signal<Option<(String, String)>>, again: RwSignal<bool>) -> impl IntoView {
    let words = Words::here();
    let ways = asking.ways;
    let (id, own) = said.get_untracked().unwrap_or_default();
    let way = ways.iter().find(|(other, ..)| *other == id);
    let what = way.map_or("", |(_, what, _)| words.say(*what));
    let picture = way.map(|(.., picture)| *picture);
    let path = asking.path;
    let (at, place) = (asking.name.clone(), asking.name);
    let anew = move |_| {
        again.set(true);
        focus_on(place.clone());
    };
    let names = listed(words, &asking.hears);
    let (gone, goes) = (words.with(HAS_GONE, &[("names", &names)]), words.with(GOES_ONCE_SENT, &[("names", &names)]));
    // Nothing is said to have gone before the server has it.
    let there = Memo::new(move |_| talk.draft.live.get() && !talk.draft.is_unsent(&path));
    view! {
        <div class="told-back" id=at tabindex="-1" role="status">
            <p class="picked">
                {picture.map(|id| view! { <Picture id class="picture"/> })}
                <span>{words.with(YOU_ANSWERED, &[("what", what)])}</span>
            </p>
            {(!own.trim().is_empty()).then(|| view! { <blockquote class="their-words" dir="auto">{own}</blockquote> })}
            <p class="soft">{move || if there.get() { gone.clone() } else { goes.clone() }}</p>
        </div>
        <div class="row">
            <button type="button" class="button quiet" on:click=anew>{say(SAY_IT_AGAIN)}</button>
            <ReadAloud text=what reads=".told-back p, .told-back blockquote, .row .button"/>
        </div>
    }
}
