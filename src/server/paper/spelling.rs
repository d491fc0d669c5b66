//! Words spelt for comparing: without capitals, accents, signs and the many ways of
//! writing the same street, number or postcode.

use super::numbers::{dictated, in_figures};
use unicode_normalization::UnicodeNormalization;

/// What streets are called, shortly and in full.
const STREETS: &[(&str, &str)] = &[
    ("st", "street"),
    ("str", "street"),
    ("rd", "road"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("cl", "close"),
    ("ln", "lane"),
    ("terr", "terrace"),
    ("ter", "terrace"),
    ("dr", "drive"),
    ("ct", "court"),
    ("crt", "court"),
    ("cres", "crescent"),
    ("gdns", "gardens"),
    ("gdn", "garden"),
    ("gr", "grove"),
    ("sq", "square"),
    ("pl", "place"),
    ("pk", "park"),
    ("apt", "flat"),
];

/// What stands before the number of a house.
const NUMBERED: &[&str] = &["number", "no", "house", "door"];
/// What says that somebody is at home there.
const WHERE: &[&str] = &["at", "lives", "live", "living", "home", "stays", "staying", "outside", "opposite", "from"];
/// The longest number of a house: "1204b".
const LONGEST: usize = 5;

/// The words of a text, in small letters without accents or signs.
pub fn tokens(text: &str) -> Vec<String> {
    words(text).into_iter().map(|(word, _)| word).collect()
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Written {
    Small,
    /// With a capital, as any word has that begins a sentence.
    Begins,
    /// With a capital that nothing else explains, as names have.
    Named,
}

/// The words of a text as they are compared, and how each is written.
fn words(text: &str) -> Vec<(String, Written)> {
    let plain: String = text.nfkd().filter(|c| !is_nothing(*c)).collect();
    let mut words = Vec::new();
    let mut begins = true;
    let mut rest = plain.as_str();
    while let Some(c) = rest.chars().next() {
        let is_word = c.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        if is_word {
            let written = match c.is_uppercase() {
                true if begins => Written::Begins,
                true => Written::Named,
                false => Written::Small,
            };
            words.push((in_full(part.to_lowercase()), written));
        }
        begins = !is_word && (begins || part.contains(['.', '!', '?', ':', '\n']));
    }
    words
}

fn in_full(word: String) -> String {
    STREETS.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| (*full).into())
}

/// Accents that stand by themselves once letters are taken apart, and signs that
/// nobody sees.
fn is_nothing(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The numbers of a text, in figures or dictated, each without what is put between its digits, and without a
/// country's code before a British one.
pub fn digits(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_nothing(*c)).collect();
    let mut runs = vec![String::new()];
    for c in dictated(&plain).chars() {
        match c {
            '0'..='9' => runs.last_mut().into_iter().for_each(|run| run.push(c)),
            ' ' | '-' | '.' | '(' | ')' | '+' | '\u{2010}'..='\u{2015}' => {}
            _ => runs.push(String::new()),
        }
    }
    let national = |run: String| match run.strip_prefix("0044").or_else(|| run.strip_prefix("44")) {
        Some(rest) if rest.len() >= 9 => format!("0{}", rest.trim_start_matches('0')),
        _ => run,
    };
    runs.into_iter().filter(|run| !run.is_empty()).map(national).collect()
}

/// The number of a house or flat that a line of an address begins with or has in it.
pub fn house_numbers(line: &str) -> Vec<String> {
    let mut numbers = in_figures(&tokens(line));
    numbers
        .retain(|token| token.starts_with(|c: char| c.is_ascii_digit()) && token.len() <= LONGEST && !is_inward(token));
    numbers
}

/// A text that is compared with many places.
pub struct Spelt {
    tokens: Vec<String>,
    joined: String,
    /// The same with its numbers in figures.
    figures: Vec<String>,
    /// The words with a capital.
    capitals: Vec<(String, Written)>,
}

impl Spelt {
    pub fn new(text: &str) -> Self {
        let words = words(text);
        let capitals = words.iter().filter(|(_, written)| *written > Written::Small).cloned().collect();
        let tokens: Vec<String> = words.into_iter().map(|(word, _)| word).collect();
        Self { joined: tokens.concat(), figures: in_figures(&tokens), tokens, capitals }
    }

    /// Whether a place stands in the text: as words of its own, however they are
    /// parted; where it has `long` signs or a number in it, also inside of others.
    pub fn has(&self, place: &[String], long: usize) -> bool {
        let wanted = place.concat();
        let is_long = wanted.chars().count() >= long || wanted.chars().any(|c| c.is_ascii_digit()) && wanted.len() > 4;
        is_long && self.joined.contains(&wanted)
            || is_among(&self.tokens, &wanted)
            || place.len() > 1 && is_among(&self.figures, &in_figures(place).concat())
    }

    /// Whether a word is written as a name is.
    pub fn names(&self, word: &str) -> bool {
        self.capitals.iter().any(|(named, written)| named == word && *written == Written::Named)
    }

    /// Whether a word is written with a capital, if only at the beginning of a sentence.
    pub fn may_name(&self, word: &str) -> bool {
        self.capitals.iter().any(|(named, _)| named == word)
    }

    /// Whether the text tells of a house by its number: "lives at number fourteen".
    pub fn has_house(&self, number: &str) -> bool {
        self.places_of(number).any(|at| {
            let before = |back: usize| at.checked_sub(back).map_or("", |at| self.figures[at].as_str());
            let lives = (2..=3).any(|back| WHERE.contains(&before(back)));
            before(1) == "flat" || NUMBERED.contains(&before(1)) && lives
        })
    }

    /// Whether this number stands close to one of these words.
    pub fn has_near(&self, number: &str, words: &[&str], reach: usize) -> bool {
        self.places_of(number).any(|at| {
            let to = (at + reach + 1).min(self.figures.len());
            self.figures[at.saturating_sub(reach)..to].iter().any(|word| words.contains(&word.as_str()))
        })
    }

    /// Whether this number stands after a word, with one between them at most.
    pub fn has_after(&self, word: &str, number: &str) -> bool {
        self.places_of(number).any(|at| self.figures[at.saturating_sub(2)..at].iter().any(|before| before == word))
    }

    fn places_of(&self, number: &str) -> impl Iterator<Item = usize> {
        (0..self.figures.len()).filter(move |at| self.figures[*at] == number)
    }

    /// Whether anything is written like a British postcode.
    pub fn has_postcode(&self) -> bool {
        let ends = self.tokens.windows(2).any(|pair| is_outward(&pair[0]) && is_inward(&pair[1]));
        ends || self.tokens.iter().any(|token| is_postcode(token))
    }
}

/// Takes the postcode out of the words of an address, where it has one.
pub fn take_postcode(words: &mut Vec<String>) -> Option<Vec<String>> {
    let in_two = words.windows(2).position(|pair| is_outward(&pair[0]) && is_inward(&pair[1])).map(|at| at..at + 2);
    let in_one = || words.iter().position(|word| is_postcode(word)).map(|at| at..at + 1);
    let found = in_two.or_else(in_one)?;
    Some(words.drain(found).collect())
}

/// Whether these words together are words of a text, however they are parted.
fn is_among(tokens: &[String], wanted: &str) -> bool {
    (0..tokens.len()).any(|from| {
        let mut rest = wanted;
        for token in &tokens[from..] {
            match rest.strip_prefix(token.as_str()) {
                Some("") => return true,
                Some(after) => rest = after,
                None => return false,
            }
        }
        false
    })
}

/// "SW1A1AA".
fn is_postcode(token: &str) -> bool {
    let parts = token.len().checked_sub(3).and_then(|at| token.split_at_checked(at));
    parts.is_some_and(|(outward, inward)| is_outward(outward) && is_inward(inward))
}

/// "SW1A", "M1".
fn is_outward(token: &str) -> bool {
    let letters = token.chars().take_while(char::is_ascii_alphabetic).count();
    let rest: Vec<char> = token.chars().skip(letters).collect();
    (1..=2).contains(&letters)
        && matches!(rest.as_slice(), [first, more @ ..]
            if first.is_ascii_digit() && matches!(more, [] | [_]) && more.iter().all(char::is_ascii_alphanumeric))
}

/// "1AA". Six letters are never used here, so that "3pm" is no postcode.
fn is_inward(token: &str) -> bool {
    let used = |c: &char| c.is_ascii_alphabetic() && !"cikmov".contains(*c);
    let signs: Vec<char> = token.chars().collect();
    matches!(signs.as_slice(), [number, letters @ ..]
        if number.is_ascii_digit() && letters.len() == 2 && letters.iter().all(used))
}
