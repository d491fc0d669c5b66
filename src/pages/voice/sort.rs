//! Sorting cards, for the youngest: tap a card, tap a pile. Nothing is dragged, and the
//! keyboard does it too. Every card may stay where it is.

use super::talk::{Asked, Talk};
use crate::domain::sections::Pick;
use crate::domain::voice::{PILES, pile_of};
use crate::domain::words::{Word, voice as words};
use crate::ui::pictures::Picture;
use crate::ui::speech::ReadAloud;
use crate::ui::words::say;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// What the sorting shares: the card in the hand, and what was said of it.
#[derive(Clone, Copy)]
struct Table {
    talk: Talk,
    asked: Asked,
    /// The card that was tapped.
    held: RwSignal<Option<&'static str>>,
    told: RwSignal<String>,
}

impl Table {
    /// Where a card lies, followed; none on the table.
    fn pile(self, card: &str) -> Option<String> {
        pile_of(&self.talk.pick(self.asked.id), card).map(str::to_string)
    }

    fn name(self, card: &str) -> &'static str {
        let card = self.asked.question.picks().iter().find(|pick| pick.id == card);
        card.map_or("", |card| self.talk.words.say(Word::declared(card.words)))
    }

    /// Takes a card up, or lets it go again.
    fn tap(self, card: &'static str) {
        let holds = self.held.get_untracked() == Some(card);
        self.held.set((!holds).then_some(card));
        self.told.set(match holds {
            true => self.talk.words.say(words::SORT_HOW).into(),
            false => self.talk.words.with(words::SORT_HELD, &[("card", self.name(card))]),
        });
    }

    /// Puts the card in the hand into a pile, or back among the cards.
    fn put(self, pile: Option<&'static Pick>) {
        let spoken = self.talk.words;
        let Some(card) = self.held.get_untracked() else {
            return self.told.set(spoken.say(words::SORT_HOW).into());
        };
        let was = untrack(|| self.talk.pick(self.asked.id));
        let place = |pick: &'static Pick| match (pick.id == card, pile) {
            (true, pile) => pile.map(|pile| format!("{card}={}", pile.id)),
            (false, _) => pile_of(&was, pick.id).map(|pile| format!("{}={pile}", pick.id)),
        };
        let sorted: Vec<_> = self.asked.question.picks().iter().filter_map(place).collect();
        self.talk.choose(self.asked.id, sorted.join(","));
        self.held.set(None);
        let name = self.name(card);
        self.told.set(match pile {
            Some(pile) => {
                let pile = spoken.say(Word::declared(pile.words));
                spoken.with(words::SORT_PUT, &[("card", name), ("pile", pile)])
            }
            None => spoken.with(words::SORT_BACK, &[("card", name)]),
        });
        // The card has gone from under the finger: the next one has the focus.
        request_animation_frame(|| focus_first(".sort-table .sort-card"));
    }
}

fn focus_first(selector: &str) {
    let found =
        document().query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    if let Some(found) = found {
        let _ = found.focus();
    }
}

#[component]
pub fn Sorting(talk: Talk, asked: Asked) -> impl IntoView {
    let told = RwSignal::new(talk.words.say(words::SORT_HOW).to_string());
    let table = Table { talk, asked, held: RwSignal::new(None), told };
    let left = move || {
        let left: Vec<_> = asked.question.picks().iter().filter(|card| table.pile(card.id).is_none()).collect();
        match left.is_empty() {
            true => view! { <p>{talk.words.say(words::SORT_DONE)}</p> }.into_any(),
            false => left.into_iter().map(|card| view! { <Card table card/> }).collect_view().into_any(),
        }
    };
    let in_a_pile = move || table.held.get().is_some_and(|card| table.pile(card).is_some());
    view! {
        <div class="asking">
            <p class="told" role="status">{told}</p>
            <ReadAloud text=told reads=".told, .pile-head > span, .sort-table > p"/>
        </div>
        <div class="piles">{PILES.iter().map(|pile| view! { <Pile table pile/> }).collect_view()}</div>
        <div class="sort-table" role="group" aria-label=say(words::SORT_CARDS)>
            {left}
            {move || in_a_pile().then(|| view! {
                <button type="button" class="button quiet" on:click=move |_| table.put(None)>
                    {table.talk.words.say(words::SORT_RETURN)}
                </button>
            })}
        </div>
    }
}

/// A card on the table or in a pile.
#[component]
fn Card(table: Table, card: &'static Pick) -> impl IntoView {
    let words = table.name(card.id);
    let held = move || table.held.get() == Some(card.id);
    view! {
        <button
            type="button"
            class="sort-card"
            aria-pressed=move || if held() { "true" } else { "false" }
            data-says=move || table.talk.speaks().then_some(words)
            on:click=move |_| table.tap(card.id)
        >
            <Picture id=format!("pic-{}", card.id) class="picture"/>
            <span>{words}</span>
        </button>
    }
}

/// A pile: its head takes the card in the hand, and its cards can be taken up again.
#[component]
fn Pile(table: Table, pile: &'static Pick) -> impl IntoView {
    let words = table.talk.words.say(Word::declared(pile.words));
    let inside = move || {
        let cards = table.asked.question.picks().iter();
        cards.filter(|card| table.pile(card.id).as_deref() == Some(pile.id)).collect::<Vec<_>>()
    };
    view! {
        <div class="pile" data-pile=pile.id class:waits=move || table.held.get().is_some()>
            <button
                type="button"
                class="pile-head"
                data-says=move || table.talk.speaks().then_some(words)
                on:click=move |_| table.put(Some(pile))
            >
                <Picture id=format!("face-{}", pile.id) class="picture"/>
                <span>{words}</span>
            </button>
            {move || match inside() {
                cards if cards.is_empty() => view! { <p class="soft small">{table.talk.words.say(words::SORT_EMPTY)}</p> }.into_any(),
                cards => view! {
                    <div class="pile-cards">{cards.into_iter().map(|card| view! { <Card table card/> }).collect_view()}</div>
                }
                .into_any(),
            }}
        </div>
    }
}
