//! A box for words as the browser has it: its text, its caret, and what may stand in it.

use super::field::person_is_in;
use crate::sync::splice::splice_between;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Counted by the browser where it can: a pasted book isn't copied to be measured.
pub(super) fn length(control: &HtmlInputElement) -> usize {
    match control.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.text_length() as usize,
        None => control.value().encode_utf16().count(),
    }
}

/// Where the caret stands, where nothing is selected.
pub(super) fn caret(control: &HtmlInputElement) -> Option<u32> {
    let (start, end) = (control.selection_start().ok()??, control.selection_end().ok()??);
    (start == end).then_some(start)
}

/// Puts a text into a box and leaves the caret by the character it was by, or where
/// that is known to be.
pub(super) fn put(control: &HtmlInputElement, now: &str, text: &str, known: Option<u32>) {
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
pub(super) fn boxed(text: &str, one_line: bool) -> String {
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
