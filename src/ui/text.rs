//! Boxes for words, tied to a text that several people may write at once. What
//! stands in the box is never lost: others' words are put in around it, and what
//! is too long stays in the box until it is short enough to keep.

use super::carets::carets;
use super::field::{Asked, control, look_again, person_is_in, told};
use super::others::is_alone;
use crate::device::Draft;
use crate::domain::sections::{LONG, SHORT, far_too_long, too_long_in};
use crate::domain::words::Language;
use crate::sync::document::Edit;
use crate::sync::splice::{Splice, splice_between, splice_ending_at, units};
use crate::sync::undo::Undo;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};

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
        self.follow();
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

    /// The place in the box behind what the person put into it last.
    fn after_typed(self, written: &str, document: &str) -> Option<u32> {
        self.path.with_value(|path| self.draft.after_typed(path)).filter(|_| written == document)
    }

    /// Brings the box to what the document says, around what isn't sent yet.
    fn follow(self) {
        let Some(control) = self.control() else { return };
        if !crate::FAMILY {
            let document = self.document();
            self.undo.update_value(|undo| undo.follow(&document));
        }
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

/// Counted by the browser where it can: a pasted book isn't copied to be measured.
fn length(control: &HtmlInputElement) -> usize {
    match control.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.text_length() as usize,
        None => control.value().encode_utf16().count(),
    }
}

/// Where the caret stands, where nothing is selected.
fn caret(control: &HtmlInputElement) -> Option<u32> {
    let (start, end) = (control.selection_start().ok()??, control.selection_end().ok()??);
    (start == end).then_some(start)
}

/// Puts a text into a box and leaves the caret by the character it was by, or where
/// that is known to be.
fn put(control: &HtmlInputElement, now: &str, text: &str, known: Option<u32>) {
    // Elsewhere a caret would take the focus, in some browsers.
    if !person_is_in(&control.id()) {
        return control.set_value(text);
    }
    let Some(change) = splice_between(now, text) else { return };
    let place = |place: Option<u32>| known.or_else(|| place.map(|place| change.moved(place)));
    let start = place(control.selection_start().ok().flatten());
    let end = place(control.selection_end().ok().flatten());
    control.set_value(text);
    if let (Some(start), Some(end)) = (start, end) {
        let _ = control.set_selection_range(start, end);
    }
}

/// A text as a box gives it back: in its own line ends, or in one line.
fn boxed(text: &str, one_line: bool) -> String {
    match one_line {
        true => text.replace(['\r', '\n'], ""),
        false if text.contains('\r') => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text.to_string(),
    }
}

/// A text as the inside of a textarea or a title, whose children Leptos does not escape.
pub(super) fn inside(text: &str, parsed: bool) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // The parser of a page leaves out a newline that comes first.
    if parsed && text.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_leave_their_box() {
        let hostile = "</textarea><script>alert(1)</script> &lt;b&gt;";
        let written = inside(hostile, true);
        assert!(!written.contains(['<', '>']), "{written}");
        assert_eq!(written.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), hostile);
    }

    #[test]
    fn a_newline_that_comes_first_is_kept() {
        assert_eq!(inside("\nWhat helps", true), "\n\nWhat helps");
        assert_eq!(inside("\nWhat helps", false), "\nWhat helps");
    }

    #[test]
    fn a_box_has_its_own_line_ends() {
        assert_eq!(boxed("one\r\ntwo\rthree", false), "one\ntwo\nthree");
        assert_eq!(boxed("one\r\ntwo", true), "onetwo");
    }
}
