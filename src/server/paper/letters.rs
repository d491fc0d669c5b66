//! The letters that paper can have. Pep brings fonts for Latin, Greek, Cyrillic,
//! Arabic, Hebrew, Ethiopic, Devanagari, Bengali, Gurmukhi and Tamil letters, and for
//! emoji in one colour. For what none of them has, a mark stands, and the copy says
//! so: an empty box would be read as nothing, and a PDF may not have one.

use serde_json::Value as Json;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The fonts, in the order in which they are asked for a letter.
pub const FAMILIES: &[&str] = &[
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Ethiopic",
    "Noto Sans Bengali",
    "Noto Sans Devanagari",
    "Noto Sans Gurmukhi",
    "Noto Sans Hebrew",
    "Noto Sans Tamil",
    "Noto Emoji",
];

/// What stands for letters that no font has.
pub const UNKNOWN: &str = "[?]";

macro_rules! fonts {
    ($($file:literal)*) => { &[$(include_bytes!(concat!("../../../fonts/", $file))),*] };
}

const FILES: &[&[u8]] = fonts![
    "atkinson-next-regular.ttf" "atkinson-next-bold.ttf" "noto-sans.ttf" "noto-sans-arabic.ttf"
    "noto-sans-ethiopic.ttf" "noto-sans-bengali.ttf" "noto-sans-devanagari.ttf" "noto-sans-gurmukhi.ttf"
    "noto-sans-hebrew.ttf" "noto-sans-tamil.ttf" "noto-emoji.ttf"
];

/// The fonts as the press takes them.
pub struct Case {
    pub fonts: Vec<Font>,
    pub book: LazyHash<FontBook>,
}

pub static CASE: LazyLock<Case> = LazyLock::new(|| {
    let fonts: Vec<_> = FILES.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Case { fonts, book }
});

/// Puts a mark for what no font has, in everything that a copy says. Answers whether
/// there was any.
pub fn settle(said: &mut Json) -> bool {
    match said {
        Json::String(text) => settle_text(text),
        Json::Array(all) => all.iter_mut().fold(false, |any, said| settle(said) | any),
        Json::Object(all) => all.values_mut().fold(false, |any, said| settle(said) | any),
        _ => false,
    }
}

fn settle_text(text: &mut String) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return false;
    }
    let mut settled = String::with_capacity(text.len());
    let mut unknown = false;
    let mut after_unknown = false;
    for c in text.chars() {
        let known = has(c);
        match c {
            '\n' | ' ' => settled.push(c),
            '\t' => settled.push(' '),
            c if c.is_control() || is_hidden(c) => {}
            c if known => settled.push(c),
            // One mark for a whole word.
            _ if after_unknown => {}
            _ => settled.push_str(UNKNOWN),
        }
        after_unknown = !known && !c.is_whitespace() && !c.is_control() && !is_hidden(c);
        unknown |= after_unknown;
    }
    *text = settled;
    unknown
}

fn has(c: char) -> bool {
    let book = &CASE.book;
    (0..CASE.fonts.len()).any(|at| book.info(at).is_some_and(|info| info.coverage.contains(c.into())))
}

/// Signs that say how others look or run, and have no look themselves. Without them
/// the letters stand as they are.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(text: &str) -> (String, bool) {
        let mut text = text.to_string();
        let unknown = settle_text(&mut text);
        (text, unknown)
    }

    #[test]
    fn every_family_is_there() {
        assert!(FAMILIES.iter().all(|family| CASE.book.contains_family(&family.to_lowercase())));
        assert_eq!(CASE.fonts.len(), FILES.len());
    }

    #[test]
    fn names_in_the_scripts_of_the_fonts_stay_as_they_are() {
        for name in [
            "Zoë Łukasz Nguyễn",
            "Ελένη",
            "Дарʼя",
            "أميرة",
            "پروین",
            "ዮናስ",
            "আমিনা",
            "अमीरा",
            "ਗੁਰਪ੍ਰੀਤ",
            "שרה",
            "அமுதா",
            "🎨",
        ] {
            assert_eq!(settled(name), (name.to_string(), false));
        }
    }

    #[test]
    fn a_mark_stands_for_what_no_font_has_and_nothing_for_what_has_no_look() {
        assert_eq!(settled("李小龍 and Bo"), ("[?] and Bo".into(), true));
        assert_eq!(settled("a\u{7}b\tc\u{200b}d"), ("ab cd".into(), false));
        assert_eq!(settled("🌶\u{fe0f}"), ("🌶".into(), false));
    }
}
