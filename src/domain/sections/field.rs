//! What a field can be, and which values it takes.

use crate::domain::calendar::Day;
use crate::domain::media::MediaKind;
use crate::domain::people::MediaId;
use crate::domain::voice::{Question, Wish};
use crate::domain::words::{Language, answering as words, fill};

/// One field: a line in a section's declaration.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub id: &'static str,
    /// `{name}` stands for what the child likes to be called.
    pub label: &'static str,
    pub hint: &'static str,
    pub kind: Kind,
    /// Whether the plan can be signed without it. It never stops a draft.
    pub needed: bool,
    pub carry: Carry,
}

/// What happens to a field when the next term's plan begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carry {
    /// Brought over, to be confirmed.
    Confirm,
    /// Brought over beside an empty field, as what was said last time.
    Review,
    /// Starts empty.
    Never,
}

#[derive(Clone, Copy, Debug)]
pub enum Kind {
    ShortText,
    LongText,
    Number {
        unit: &'static str,
        min: u32,
        max: u32,
        decimals: usize,
    },
    Date,
    Choice(&'static [Pick]),
    /// A choice whose answers have an order. Never averaged, never charted.
    Scale(&'static [Pick]),
    /// Any number of the answers.
    Picks(&'static [Pick]),
    YesNo,
    /// A table; `one` is what a row is called: "target".
    Rows {
        one: &'static str,
        columns: &'static [Field],
    },
    /// A question of My voice: a pick, words, and with whom they are shared.
    Question(&'static Question),
    /// The pick of a question.
    Answer(&'static Question),
    /// A young person's wish to share an answer.
    Wish,
    /// What else a young person says to be passed on, as this reads it.
    Told(fn(&str) -> bool),
    /// The id of a drawing, a recording or a photo.
    Media(MediaKind),
}

/// One answer that can be picked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pick {
    pub id: &'static str,
    pub words: &'static str,
}

/// How a value merges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keeps {
    /// Character by character.
    Text,
    /// As a whole: two values set apart are both kept.
    Fact,
    /// Row by row.
    Rows,
    /// Part by part.
    Parts,
}

pub const fn pick(id: &'static str, words: &'static str) -> Pick {
    Pick { id, words }
}

const fn field(id: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { id, label, hint: "", kind, needed: false, carry: Carry::Never }
}

impl Field {
    pub const fn short(id: &'static str, label: &'static str) -> Self {
        field(id, label, Kind::ShortText)
    }

    pub const fn long(id: &'static str, label: &'static str) -> Self {
        field(id, label, Kind::LongText)
    }

    /// A whole number.
    pub const fn count(id: &'static str, label: &'static str, unit: &'static str, min: u32, max: u32) -> Self {
        field(id, label, Kind::Number { unit, min, max, decimals: 0 })
    }

    pub const fn number(id: &'static str, label: &'static str, unit: &'static str, min: u32, max: u32) -> Self {
        field(id, label, Kind::Number { unit, min, max, decimals: 2 })
    }

    pub const fn date(id: &'static str, label: &'static str) -> Self {
        field(id, label, Kind::Date)
    }

    pub const fn choice(id: &'static str, label: &'static str, picks: &'static [Pick]) -> Self {
        field(id, label, Kind::Choice(picks))
    }

    pub const fn scale(id: &'static str, label: &'static str, picks: &'static [Pick]) -> Self {
        field(id, label, Kind::Scale(picks))
    }

    pub const fn picks(id: &'static str, label: &'static str, picks: &'static [Pick]) -> Self {
        field(id, label, Kind::Picks(picks))
    }

    pub const fn yes_no(id: &'static str, label: &'static str) -> Self {
        field(id, label, Kind::YesNo)
    }

    pub const fn rows(id: &'static str, label: &'static str, one: &'static str, columns: &'static [Field]) -> Self {
        field(id, label, Kind::Rows { one, columns })
    }

    pub const fn question(id: &'static str, label: &'static str, question: &'static Question) -> Self {
        field(id, label, Kind::Question(question))
    }

    pub const fn wish(id: &'static str) -> Self {
        field(id, "Who can see this", Kind::Wish)
    }

    /// Something that the young person says to be passed on; `reads` knows its spelling.
    pub const fn told(id: &'static str, label: &'static str, reads: fn(&str) -> bool) -> Self {
        field(id, label, Kind::Told(if crate::JUDGES { reads } else { |_| true }))
    }

    pub const fn media(kind: MediaKind, id: &'static str, label: &'static str) -> Self {
        field(id, label, Kind::Media(kind))
    }

    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// The plan can't be signed without it.
    pub const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    pub const fn confirm(mut self) -> Self {
        self.carry = Carry::Confirm;
        self
    }

    pub const fn review(mut self) -> Self {
        self.carry = Carry::Review;
        self
    }
}

/// The longest text that a field keeps, in UTF-16 units (as browsers count).
pub const LONG: usize = 60_000;
pub const SHORT: usize = 300;

impl Kind {
    pub fn keeps(&self) -> Keeps {
        match self {
            Kind::ShortText | Kind::LongText => Keeps::Text,
            Kind::Rows { .. } => Keeps::Rows,
            Kind::Question(_) => Keeps::Parts,
            _ => Keeps::Fact,
        }
    }

    /// Whether a value may be kept here; if not, a sentence that says what to do.
    pub fn check(&self, value: &str) -> Result<(), String> {
        let one_of = |picks: &[Pick], value: &str| {
            picks
                .iter()
                .any(|pick| pick.id == value)
                .then_some(())
                .ok_or_else(|| "Choose one of the answers".to_string())
        };
        match self {
            Kind::ShortText => check_length(value, SHORT),
            Kind::LongText => check_length(value, LONG),
            Kind::Number { min, max, decimals, .. } => check_number(value, *min, *max, *decimals),
            Kind::Date => value.parse::<Day>().map(|_| ()),
            Kind::Choice(picks) | Kind::Scale(picks) => one_of(picks, value),
            Kind::Picks(picks) => value.split(',').try_for_each(|value| one_of(picks, value)),
            Kind::YesNo => matches!(value, "yes" | "no").then_some(()).ok_or_else(|| "Choose yes or no".to_string()),
            Kind::Answer(question) => {
                question.takes(value).then_some(()).ok_or_else(|| "Choose one of the answers".to_string())
            }
            Kind::Wish if !crate::JUDGES => Ok(()),
            Kind::Wish => Wish::read(value).map(|_| ()).ok_or_else(|| "Choose who can see this".to_string()),
            Kind::Told(reads) => {
                reads(value).then_some(()).ok_or_else(|| "Say this on My voice's own page".to_string())
            }
            Kind::Media(_) => value.parse::<MediaId>().map(|_| ()),
            Kind::Rows { .. } | Kind::Question(_) => Err("This part is answered in pieces".to_string()),
        }
    }

    /// A value in the words of the page: "Yes", "12.5 hours", "3 March 2026".
    pub fn words(&self, value: &str) -> String {
        self.said(value, Language::English)
    }

    /// The same in another language, as far as it has the words.
    pub fn said(&self, value: &str, language: Language) -> String {
        let named = |picks: &[Pick], value: &str| {
            picks.iter().find(|pick| pick.id == value).map_or(value, |pick| language.of(pick.words)).to_string()
        };
        match self {
            Kind::Number { unit: "", .. } => value.to_string(),
            // "1 session", and not "1 sessions".
            Kind::Number { unit, .. } if value == "1" => format!("1 {}", unit.strip_suffix('s').unwrap_or(unit)),
            Kind::Number { unit, .. } => format!("{value} {unit}"),
            Kind::Date => {
                value.parse::<Day>().map_or(value.to_string(), |day| format!("{} {}", day.short(), day.year()))
            }
            Kind::Choice(picks) | Kind::Scale(picks) => named(picks, value),
            Kind::Picks(picks) => {
                value.split(',').map(|value| named(picks, value)).collect::<Vec<_>>().join(language.comma())
            }
            Kind::YesNo => language.of(if value == "yes" { "Yes" } else { "No" }).to_string(),
            Kind::Answer(question) => question.picked(value, language),
            Kind::Media(kind) => language.of(kind.words()).to_string(),
            _ => value.to_string(),
        }
    }
}

fn check_length(value: &str, most: usize) -> Result<(), String> {
    too_long(value.encode_utf16().count(), most).map_or(Ok(()), Err)
}

/// The sentence for a text of so many UTF-16 units, where it is too long. It takes
/// the length alone, so that a pasted book needn't be read to be refused.
pub fn too_long(length: usize, most: usize) -> Option<String> {
    too_long_in(Language::English, length, most)
}

/// The same in the language of a page.
pub fn too_long_in(language: Language, length: usize, most: usize) -> Option<String> {
    let over = length.checked_sub(most).filter(|over| *over > 0)?;
    Some(fill(language.say(words::TOO_LONG), &[("count", &over.to_string())]))
}

/// The sentence for a text that is far too long to be put in a box to be shortened:
/// a browser would stand still over it.
pub fn far_too_long(language: Language, length: usize, most: usize) -> Option<String> {
    let far = length > 10 * most.max(SHORT);
    far.then(|| {
        let [count, most] = [length, most].map(|some| some.to_string());
        fill(language.say(words::FAR_TOO_LONG), &[("count", &count), ("most", &most)])
    })
}

/// Digits are compared as digits: parsing and printing floating-point numbers would
/// add 20 kB to what a phone loads.
fn check_number(value: &str, min: u32, max: u32, decimals: usize) -> Result<(), String> {
    let size = value.strip_prefix('-').unwrap_or(value);
    let (whole, after) = size.split_once('.').unwrap_or((size, ""));
    let plain = whole.bytes().chain(after.bytes()).all(|digit| digit.is_ascii_digit());
    if !plain || whole.is_empty() && after.is_empty() {
        return Err("Enter a number, using digits".to_string());
    }
    let beyond = after.bytes().any(|digit| digit != b'0');
    let number = match whole {
        "" => 0,
        // What doesn't fit is larger than any limit.
        digits => digits.parse().unwrap_or(u32::MAX),
    };
    let below_zero = size.len() < value.len() && (number > 0 || beyond);
    if below_zero || number < min || number > max || number == max && beyond {
        return Err(format!("Enter a number from {min} to {max}"));
    }
    match (after.len() > decimals, decimals) {
        (false, _) => Ok(()),
        (true, 0) => Err("Enter a whole number".to_string()),
        (true, _) => Err(format!("Use at most {decimals} digits after the point")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_values_are_answered_in_a_sentence() {
        let hours = Kind::Number { unit: "hours", min: 0, max: 35, decimals: 1 };
        for good in ["0", "-0", "007", ".5", "12.5", "12.", "35", "35.0"] {
            assert_eq!(hours.check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "many",
            "1e3",
            "-1",
            "-0.5",
            "36",
            "35.1",
            "1.25",
            ".",
            "-",
            "1.2.3",
            "NaN",
            "∞",
            "１２",
            "99999999999",
        ] {
            assert!(hours.check(bad).is_err(), "{bad}");
        }
        assert_eq!(hours.check("36").unwrap_err(), "Enter a number from 0 to 35");
        assert!(Kind::Date.check("2026-02-30").is_err());
        assert!(Kind::YesNo.check("maybe").is_err());
        const PICKS: &[Pick] = &[pick("a", "A"), pick("b", "B")];
        assert_eq!(Kind::Picks(PICKS).check("a,b"), Ok(()));
        assert!(Kind::Choice(PICKS).check("a,b").is_err());
    }

    #[test]
    fn the_limit_of_a_text_counts_as_browsers_do() {
        assert_eq!(Kind::ShortText.check(&"😀".repeat(150)), Ok(()));
        assert!(Kind::ShortText.check(&"😀".repeat(151)).unwrap_err().starts_with("This is 2 characters too long"));
    }
}
