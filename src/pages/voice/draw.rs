//! Drawing an answer: strokes on a sheet, and words about the picture for whoever can't
//! see it or would rather not draw.

use super::helped::named_by;
use super::record::refusal;
use super::talk::{Asked, Talk};
use crate::device::media::At;
use crate::domain::media::{Drawing, HEIGHT, Stroke, WIDTH};
use crate::domain::people::MediaId;
use crate::domain::voice::{drawing_of, picture_words_of};
use crate::domain::words::{Word, media as words};
use crate::ui::field::focus_on;
use crate::ui::speech::ReadAloud;
use crate::ui::text::LongText;
use crate::ui::words::say;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, PointerEvent};
use std::time::Duration;

const NAMES: [Word; 8] =
    [words::INK, words::BLUE, words::TEAL, words::GREEN, words::YELLOW, words::ORANGE, words::PINK, words::BROWN];
const LINES: [Word; 3] = [words::THIN, words::MIDDLE, words::THICK];

/// The id of what stands under the sheet.
fn ways(asked: Asked) -> String {
    format!("picture-ways-{}", asked.id)
}

/// How far a finger has to move for another point.
const STEP: i32 = 3;

/// After which what was drawn before is asked for again.
const AGAIN: Duration = Duration::from_secs(3);

/// Where what was drawn before is. Until it is on the sheet nothing is drawn there: that
/// would take its place.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Here,
    Coming,
    /// It didn't come, and is asked for again; who would rather start again can.
    Away,
}

/// What the parts of the sheet share.
#[derive(Clone, Copy)]
struct Pad {
    talk: Talk,
    asked: Asked,
    at: StoredValue<At>,
    drawing: RwSignal<Drawing>,
    before: RwSignal<Before>,
    /// The stroke under way, and the pointer that makes it.
    stroke: RwSignal<Option<(i32, Stroke)>>,
    colour: RwSignal<usize>,
    width: RwSignal<usize>,
    /// Whether there is a pen: then a hand that rests on the sheet doesn't draw.
    pen: StoredValue<bool>,
}

/// The id of its heading: several are on a page where questions are asked together.
pub fn picture_title(asked: Asked) -> String {
    format!("picture-{}", asked.id)
}

/// The sheet, with what belongs to it.
#[component]
pub fn Draw(talk: Talk, asked: Asked) -> impl IntoView {
    let at = (talk.draft.name(), drawing_of(asked.id));
    let pad = Pad {
        talk,
        asked,
        at: StoredValue::new(at.clone()),
        drawing: RwSignal::default(),
        before: RwSignal::new(Before::Here),
        stroke: RwSignal::new(None),
        colour: RwSignal::new(0),
        width: RwSignal::new(1),
        pen: StoredValue::new(false),
    };
    pad.fetch();
    on_cleanup(move || talk.draft.device().drawn(at));
    let about = picture_words_of(asked.id);
    view! {
        <section class="card pad stack" aria-labelledby=named_by(asked, &picture_title(asked))>
            <h2 id=picture_title(asked) tabindex="-1">{say(words::YOUR_PICTURE)}</h2>
            <div class="pad-ways">
                {choices("colour", asked, words::COLOUR, pad.colour, &NAMES)}
                {choices("line", asked, words::LINE, pad.width, &LINES)}
            </div>
            <Sheet pad/>
            <Below pad/>
            {refusal(talk, drawing_of(asked.id))}
            <LongText draft=talk.draft path=about label=say(words::ABOUT_PICTURE) hint=say(words::ABOUT_PICTURE_HINT)/>
        </section>
    }
}

/// One of the colours, or of the lines: real radio buttons.
fn choices(kind: &'static str, asked: Asked, legend: Word, chosen: RwSignal<usize>, names: &'static [Word]) -> AnyView {
    let all: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, word)| {
            view! {
                <label class="swatch" data-kind=kind data-number=number.to_string()>
                    <input
                        type="radio"
                        name=format!("{kind}-{}", asked.id)
                        prop:checked=move || chosen.get() == number
                        on:change=move |_| chosen.set(number)
                    />
                    <span class="swatch-body" aria-hidden="true"></span>
                    <span class="visually-hidden">{say(*word)}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="swatches">
            <legend class="visually-hidden">{say(legend)}</legend>
            {all}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Sheet(pad: Pad) -> impl IntoView {
    let drawn = move || pad.drawing.with(|drawing| drawing.strokes.iter().map(line).collect::<Vec<_>>());
    let otherwise = format!("otherwise-{}", pad.asked.id);
    let away = say(words::PICTURE_AWAY);
    let under_way = move || pad.stroke.with(|stroke| stroke.as_ref().map(|(_, stroke)| line(stroke)));
    view! {
        <svg
            class="sheet"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-label=say(words::SHEET)
            aria-describedby=otherwise.clone()
            on:pointerdown=move |event| pad.begin(&event)
            on:pointermove=move |event| pad.draw(&event)
            on:pointerup=move |event| pad.end(&event)
            on:pointercancel=move |event| pad.end(&event)
        >
            {drawn}
            {under_way}
        </svg>
        <p role="status" class="away-note">{move || (pad.before.get() == Before::Away).then_some(away)}</p>
        <div class="asking">
            <p class="soft" id=otherwise>{say(words::SHEET_OTHERWISE)}</p>
            <ReadAloud text=say(words::SHEET_OTHERWISE) reads="h2, p, .button, .field > label"/>
        </div>
    }
}

/// A stroke as it shows.
fn line(stroke: &Stroke) -> AnyView {
    view! { <path d=stroke.path() stroke=stroke.colour() stroke-width=stroke.breadth().to_string()/> }.into_any()
}

/// Undo, and starting again once one is sure.
#[component]
fn Below(pad: Pad) -> impl IntoView {
    let sure = RwSignal::new(false);
    let none = move || pad.drawing.with(|drawing| drawing.strokes.is_empty());
    let no_picture = move || none() && pad.before.get() != Before::Away;
    // What was pressed goes, or can't be pressed any more: whoever goes on by keys stays.
    let turn = move |asks: bool| {
        sure.set(asks);
        focus_on(ways(pad.asked));
    };
    let undo = move |_| {
        pad.drawing.update(|drawing| drop(drawing.strokes.pop()));
        pad.keep();
        if pad.drawing.with_untracked(|drawing| drawing.strokes.is_empty()) {
            focus_on(ways(pad.asked));
        }
    };
    let clear = move |_| {
        pad.drawing.set(Drawing::default());
        pad.keep();
        turn(false);
    };
    let ask = [words::CLEAR_SURE, words::CLEAR_YES, words::CLEAR_NO].map(say);
    let [undo_words, clear_words] = [words::UNDO, words::CLEAR].map(say);
    move || {
        if sure.get() {
            view! {
                <div class="row" role="group" id=ways(pad.asked) tabindex="-1" aria-label=ask[0]>
                    <p>{ask[0]}</p>
                    <button type="button" class="button" on:click=clear>{ask[1]}</button>
                    <button type="button" class="button quiet" on:click=move |_| turn(false)>{ask[2]}</button>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="row" id=ways(pad.asked) tabindex="-1">
                    <button type="button" class="button quiet" disabled=none on:click=undo>{undo_words}</button>
                    <button type="button" class="button quiet" disabled=no_picture on:click=move |_| turn(true)>
                        {clear_words}
                    </button>
                </div>
            }
            .into_any()
        }
    }
}

impl Pad {
    /// Fetches what was drawn before.
    fn fetch(self) {
        let path = self.at.with_value(|(_, path)| path.clone());
        let fact = Memo::new(move |_| self.talk.draft.fact(&path).and_then(|id| id.parse::<MediaId>().ok()));
        Effect::new(move |_| {
            let is_empty = self.drawing.with_untracked(|drawing| drawing.strokes.is_empty());
            match fact.get().filter(|_| is_empty) {
                Some(id) => {
                    self.before.set(Before::Coming);
                    self.bring(fact, id);
                }
                None => self.before.set(Before::Here),
            }
        });
    }

    /// Brings a drawing onto the sheet, as long as it is the one that stands there.
    fn bring(self, fact: Memo<Option<MediaId>>, id: MediaId) {
        spawn_local(async move {
            let drawn = self.talk.draft.device().strokes(id.clone()).await.and_then(|text| Drawing::read(&text));
            if fact.try_get_untracked().flatten().as_ref() != Some(&id) {
                return;
            }
            if let Some(before) = drawn {
                // A stroke may have been under way when the picture became known: it goes on top.
                let is_under = self.drawing.with_untracked(|drawing| !drawing.strokes.is_empty());
                self.drawing.update(|drawing| drop(drawing.strokes.splice(0..0, before.strokes)));
                self.before.set(Before::Here);
                if is_under {
                    self.keep();
                }
                return;
            }
            self.before.set(Before::Away);
            set_timeout(move || self.bring(fact, id), AGAIN);
        });
    }

    fn keep(self) {
        self.talk.draft.device().draw(self.at.get_value(), self.drawing.with_untracked(Drawing::written));
    }

    fn begin(self, event: &PointerEvent) {
        let is_pen = event.pointer_type() == "pen";
        if is_pen {
            self.pen.set_value(true);
        }
        let resting = self.pen.get_value() && event.pointer_type() == "touch";
        let busy = self.stroke.with_untracked(Option::is_some);
        let is_shut = !self.talk.draft.live.get_untracked() || self.before.get_untracked() != Before::Here;
        if resting || busy || event.button() != 0 || is_shut {
            return;
        }
        event.prevent_default();
        if let Some(sheet) = sheet(event) {
            let _ = sheet.set_pointer_capture(event.pointer_id());
        }
        let Some(point) = point(event) else { return };
        let (colour, width) = (self.colour.get_untracked(), self.width.get_untracked());
        self.stroke.set(Some((event.pointer_id(), Stroke { colour, width, points: vec![point] })));
    }

    fn draw(self, event: &PointerEvent) {
        let of = self.stroke.with_untracked(|stroke| stroke.as_ref().map(|(pointer, _)| *pointer));
        if of != Some(event.pointer_id()) {
            return;
        }
        let Some((x, y)) = point(event) else { return };
        self.stroke.update(|stroke| {
            if let Some((_, stroke)) = stroke
                && let Some((last_x, last_y)) = stroke.points.last()
                && (x - last_x).abs() + (y - last_y).abs() >= STEP
            {
                stroke.points.push((x, y));
            }
        });
    }

    /// A stroke is kept when its finger lifts, or when the tablet takes the finger for
    /// something else: what was drawn by then is theirs, and can be undone.
    fn end(self, event: &PointerEvent) {
        let ended = self.stroke.with_untracked(|stroke| {
            stroke.as_ref().filter(|(pointer, _)| *pointer == event.pointer_id()).map(|(_, stroke)| stroke.clone())
        });
        let Some(ended) = ended else { return };
        self.stroke.set(None);
        self.drawing.update(|drawing| drawing.strokes.push(ended));
        if self.before.get_untracked() == Before::Here {
            self.keep();
        }
    }
}

fn sheet(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// Where on the sheet a pointer is.
fn point(event: &PointerEvent) -> Option<(i32, i32)> {
    let sheet = sheet(event)?;
    let along = |at: i32, length: i32, most: i32| (at * most / length.max(1)).clamp(0, most);
    Some((along(event.offset_x(), sheet.client_width(), WIDTH), along(event.offset_y(), sheet.client_height(), HEIGHT)))
}

/// A drawing as it is, to look at: on a recap, or before it is shared.
#[component]
pub fn Drawn(talk: Talk, asked: Asked) -> impl IntoView {
    let path = drawing_of(asked.id);
    let id = Memo::new(move |_| talk.draft.fact(&path).and_then(|id| id.parse::<MediaId>().ok()));
    let drawing = RwSignal::new(None::<Drawing>);
    Effect::new(move |_| {
        drawing.set(None);
        let Some(id) = id.get() else { return };
        spawn_local(async move {
            drawing.try_set(talk.draft.device().strokes(id).await.and_then(|text| Drawing::read(&text)));
        });
    });
    let (label, away) = (say(words::YOUR_PICTURE), say(words::PICTURE_AWAY));
    let about = picture_words_of(asked.id);
    let words = move || talk.draft.text(&about);
    view! {
        {move || id.get().map(|_| match drawing.get() {
            Some(drawing) => {
                let strokes: Vec<_> = drawing.strokes.iter().map(line).collect();
                view! { <svg class="sheet seen-only" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>{strokes}</svg> }
                    .into_any()
            }
            None => view! { <p class="soft">{away}</p> }.into_any(),
        })}
        {move || (!words().trim().is_empty()).then(|| view! { <blockquote class="their-words" dir="auto">{words()}</blockquote> })}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::media::{COLOURS, WIDTHS};

    #[test]
    fn every_colour_and_line_has_a_name() {
        assert_eq!((NAMES.len(), LINES.len()), (COLOURS.len(), WIDTHS.len()));
    }
}
