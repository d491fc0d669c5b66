//! Boxes for words, tied to a text that several people may write at once. What
//! stands in the box is never lost: others' words are put in around it, and what
//! is too long stays in the box until it is short enough to keep.

use super::boxes::{boxed, caret, inside, length, put};
use super::carets::carets;
use super::field::{Asked, control, look_again, told};
use super::held;
use super::others::is_alone;
use crate::device::Draft;
use crate::domain::sections::{LONG, SHORT, far_too_long, too_long_in};
use crate::domain::words::Language;
use crate::sync::document::Edit;
use crate::sync::splice::{Splice, splice_between, splice_ending_at, units};
use crate::sync::undo::Undo;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlInputElement, InputEvent, KeyboardEvent};

/// A box of several lines.
#[component]
pub fn LongText(
    draft: Draft,
    path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = LONG)] limit: usize,
) -> impl IntoView {
    let asked = Asked::new(path, label, hint);
    let words = Words::new(draft, &asked, limit, false);
    let scrolled = RwSignal::new(0);
    let carets = (!is_alone()).then(|| carets(draft, asked.path.clone(), scrolled));
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(&asked, words.problem)}
            <div class="sheet">
            {carets}
            <textarea
                class="box"
                id=asked.id.clone()
                data-path=asked.path.clone()
                dir="auto"
                rows="3"
                autocomplete="off"
                spellcheck="true"
                aria-describedby=asked.described()
                aria-invalid=move || words.problem.get().map(|_| "true")
                on:beforeinput=move |event| words.about_to(&event)
                on:keydown=move |event| words.key(&event)
                on:input=move |_| words.typed()
                on:compositionstart=move |_| words.composing.set_value(true)
                on:compositionend=move |_| words.composed()
                on:scroll=move |event| scrolled.set(event_target::<Element>(&event).scroll_top())
                inner_html=inside(&words.written(), is_server())
            ></textarea>
            </div>
        </div>
    }
}

/// A box of one line.
#[component]
pub fn ShortText(
    draft: Draft,
    path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = SHORT)] limit: usize,
) -> impl IntoView {
    let asked = Asked::new(path, label, hint);
    let words = Words::new(draft, &asked, limit, true);
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}</label>
            {told(&asked, words.problem)}
            <input
                class="box"
                type="text"
                dir="auto"
                id=asked.id.clone()
                data-path=asked.path.clone()
                autocomplete="off"
                spellcheck="true"
                aria-describedby=asked.described()
                aria-invalid=move || words.problem.get().map(|_| "true")
                on:beforeinput=move |event| words.about_to(&event)
                on:keydown=move |event| words.key(&event)
                on:input=move |_| words.typed()
                on:compositionstart=move |_| words.composing.set_value(true)
                on:compositionend=move |_| words.composed()
                value=words.written()
            />
        </div>
    }
}

/// The tie between a box and the text at one path of a draft.
#[derive(Clone, Copy)]
struct Words {
    draft: Draft,
    path: StoredValue<String>,
    id: StoredValue<String>,
    limit: usize,
    one_line: bool,
    /// What the box said when it last agreed with the document: what the person
    /// did since is the difference to it, and so is what others did.
    seen: StoredValue<String>,
    /// The caret, while it stands where the person's last edit left it: others may
    /// write the same letters right there, and it stays behind the person's own.
    behind: StoredValue<Option<u32>>,
    /// An input method is at work; the box can't be touched without breaking it.
    composing: StoredValue<bool>,
    problem: RwSignal<Option<String>>,
    language: Language,
    /// What this person did here, to be undone: the browser's own memory of it ends
    /// whenever others' words are put in.
    undo: StoredValue<Undo>,
}

impl Words {
    fn new(draft: Draft, asked: &Asked, limit: usize, one_line: bool) -> Self {
        let words = Self {
            draft,
            path: StoredValue::new(asked.path.clone()),
            id: StoredValue::new(asked.id.clone()),
            limit,
            one_line,
            seen: StoredValue::new(String::new()),
            behind: StoredValue::new(None),
            composing: StoredValue::new(false),
            problem: RwSignal::new(None),
            language: super::words::language(),
            undo: StoredValue::new(Undo::default()),
        };
        words.seen.set_value(words.written());
        words.stay_together();
        words
    }

    /// What the document says, as the box shows it.
    fn written(self) -> String {
        boxed(&self.document(), self.one_line)
    }

    fn document(self) -> String {
        self.path.with_value(|path| self.draft.values.with_untracked(|values| values.text(path).to_string()))
    }

    fn control(self) -> Option<HtmlInputElement> {
        self.id.with_value(|id| control(id))
    }

    fn is_live(self) -> bool {
        self.draft.live.get_untracked()
    }

    /// Follows the document from now on.
    fn stay_together(self) {
        let frames = RwSignal::new(0);
        Effect::new(move |was_live: Option<bool>| {
            frames.get();
            self.path.with_value(|path| self.draft.values.at(path, |_| ()));
            let live = self.draft.live.get();
            if self.control().is_none() {
                look_again(frames);
                return was_live == Some(true);
            }
            if live && was_live != Some(true) {
                self.take_up();
            }
            self.follow();
            live
        });
    }

    /// A book that is pasted or dropped stays out of the box; undoing by a menu or a
    /// gesture is ours.
    fn about_to(self, event: &InputEvent) {
        let kind = event.input_type();
        if kind.starts_with("history") && !crate::FAMILY {
            event.prevent_default();
            return self.take_back(kind == "historyRedo");
        }
        let length = event.data().map_or(0, |text| text.encode_utf16().count());
        if let Some(sentence) = far_too_long(self.language, length, self.limit) {
            event.prevent_default();
            self.problem.set(Some(sentence));
        }
    }

    /// The person typed, pasted or deleted. Before the document is open the page's
    /// early script keeps it.
    fn typed(self) {
        let Some(control) = self.control() else { return };
        if self.fits(&control) && self.is_live() {
            self.send(control.value(), caret(&control));
        }
    }

    /// Ctrl+Z and its like, where the browser has nothing of its own to undo.
    fn key(self, event: &KeyboardEvent) {
        if crate::FAMILY || !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        let again = match event.key().as_str() {
            "z" | "Z" => event.shift_key(),
            "y" => true,
            _ => return,
        };
        event.prevent_default();
        self.take_back(again);
    }

    /// Undoes this person's last step, or does it again.
    fn take_back(self, again: bool) {
        if self.composing.get_value() || !self.is_live() {
            return;
        }
        self.typed();
        let document = self.document();
        let steps = self.undo.try_update_value(|undo| {
            undo.follow(&document);
            undo.step(again)
        });
        let mut caret = None;
        for splice in steps.unwrap_or_default() {
            caret = Some(splice.at + units(&splice.insert));
            self.edit(splice);
        }
        held::release();
        self.bring();
        self.behind.set_value(None);
        if let (Some(control), Some(caret)) = (self.control(), caret) {
            let _ = control.set_selection_range(caret, caret);
        }
    }

    fn edit(self, Splice { at, delete, insert }: Splice) {
        self.draft.edit(Edit::Splice { path: self.path.get_value(), at, delete, insert });
    }

    fn composed(self) {
        self.composing.set_value(false);
        self.typed();
        self.follow();
    }

    /// Whether what stands in the box can be kept; says it if not.
    fn fits(self, control: &HtmlInputElement) -> bool {
        let sentence = too_long_in(self.language, length(control), self.limit);
        let fits = sentence.is_none();
        if self.problem.with_untracked(|said| *said != sentence) {
            self.problem.set(sentence);
        }
        fits
    }

    /// Makes the edit that the person made in the box, up to the caret, wherever its
    /// place is by now.
    fn send(self, now: String, caret: Option<u32>) {
        let (seen, document) = (self.seen.get_value(), self.document());
        let Some(mine) = splice_ending_at(&seen, &now, caret.unwrap_or(u32::MAX)) else { return };
        if !crate::FAMILY && self.send_held(&seen, &mine, &document) {
            self.seen.set_value(now);
            return self.behind.set_value(caret);
        }
        let written = boxed(&document, self.one_line);
        let goes_on = mine.delete == 0 && self.behind.get_value() == Some(mine.at);
        let mut mine = mine.after(splice_between(&seen, &written).as_ref());
        if let Some(behind) = self.after_typed(&written, &document).filter(|_| goes_on) {
            mine.at = behind;
        }
        let splice = match written == document {
            true => (mine.delete > 0 || !mine.insert.is_empty()).then_some(mine),
            false => splice_between(&document, &mine.applied_to(&written)),
        };
        if let Some(splice) = splice {
            if !crate::FAMILY {
                self.undo.update_value(|undo| {
                    undo.follow(&document);
                    undo.did(&splice);
                });
            }
            self.edit(splice);
        }
        self.seen.set_value(now);
        self.behind.set_value(caret);
    }

    /// Makes an edit that the person made in a box that is held still. Answers whether it is.
    fn send_held(self, seen: &str, mine: &Splice, document: &str) -> bool {
        let Some(made) = self.id.with_value(|id| held::make(id, seen, mine, document)) else { return false };
        self.undo.update_value(|undo| undo.follow(document));
        for splice in made {
            self.undo.update_value(|undo| undo.did(&splice));
            self.edit(splice);
        }
        true
    }

    /// The place in the box behind what the person put into it last.
    fn after_typed(self, written: &str, document: &str) -> Option<u32> {
        self.path.with_value(|path| self.draft.after_typed(path)).filter(|_| written == document)
    }

    /// Others wrote, or the person goes from the box: unless it is held still, it follows.
    fn follow(self) {
        if self.control().is_none() {
            return;
        }
        if !crate::FAMILY {
            let document = self.document();
            self.undo.update_value(|undo| undo.follow(&document));
            let may_hold = held::is_wished() && self.is_live();
            if may_hold && self.id.with_value(|id| held::holds(id, &self.seen.get_value(), &document)) {
                return;
            }
        }
        self.bring();
    }

    /// Brings the box to what the document says, around what isn't sent yet.
    fn bring(self) {
        let Some(control) = self.control() else { return };
        let (written, now, seen) = (self.written(), control.value(), self.seen.get_value());
        if now != written {
            let mine = splice_between(&seen, &now);
            if self.composing.get_value() || (mine.is_some() && !self.is_live()) {
                return;
            }
            let theirs = splice_between(&seen, &written);
            let merged = mine.map_or(written.clone(), |mine| mine.after(theirs.as_ref()).applied_to(&written));
            let own = self.behind.get_value().filter(|behind| caret(&control) == Some(*behind));
            let own = own.filter(|_| merged == written).and_then(|_| self.after_typed(&written, &self.document()));
            put(&control, &now, &merged, own);
            self.behind.set_value(own);
        }
        self.seen.set_value(written);
    }

    /// The document opened. What was typed before that is in it already, if the
    /// early script kept it; otherwise it goes in now.
    fn take_up(self) {
        let Some(control) = self.control() else { return };
        if !self.fits(&control) {
            return;
        }
        let (seen, written, now) = (self.seen.get_value(), self.written(), control.value());
        let Some(mine) = splice_between(&seen, &now) else { return };
        let theirs = splice_between(&seen, &written);
        // To delete again what is gone does nothing, so only words can be there twice.
        let is_in = !mine.insert.is_empty() && theirs.is_some_and(|theirs| theirs.insert.contains(&mine.insert));
        if is_in { self.seen.set_value(now) } else { self.send(now, None) }
    }
}
