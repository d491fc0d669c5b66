//! Words spelt for comparing: without capitals, accents, signs and the many ways of
//! writing the same street, number or postcode.

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

/// The words of a text, in small letters without accents or signs.
pub fn tokens(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_nothing(*c)).flat_map(char::to_lowercase).collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| STREETS.iter().find(|(short, _)| *short == word).map_or(word, |(_, full)| full).into()).collect()
}

/// Accents that stand by themselves once letters are taken apart, and signs that
/// nobody sees.
fn is_nothing(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The numbers of a text, each without what is put between its digits, and without a
/// country's code before a British one.
pub fn digits(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_nothing(*c)).collect();
    let mut runs = vec![String::new()];
    for c in plain.chars() {
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

/// A text that is compared with many places.
pub struct Spelt {
    tokens: Vec<String>,
    joined: String,
}

impl Spelt {
    pub fn new(text: &str) -> Self {
        let tokens = tokens(text);
        let joined = tokens.concat();
        Self { tokens, joined }
    }

    /// Whether a place stands in the text: as words of its own, however they are
    /// parted; where it has `long` signs or a number in it, also inside of others.
    pub fn has(&self, place: &[String], long: usize) -> bool {
        let wanted = place.concat();
        let is_long = wanted.chars().count() >= long || wanted.chars().any(|c| c.is_ascii_digit()) && wanted.len() > 4;
        is_long && self.joined.contains(&wanted) || (0..self.tokens.len()).any(|from| self.is_at(from, &wanted))
    }

    fn is_at(&self, from: usize, wanted: &str) -> bool {
        let mut rest = wanted;
        for token in &self.tokens[from..] {
            match rest.strip_prefix(token.as_str()) {
                Some("") => return true,
                Some(after) => rest = after,
                None => return false,
            }
        }
        false
    }

    /// Whether anything is written like a British postcode.
    pub fn has_postcode(&self) -> bool {
        let ends = self.tokens.windows(2).any(|pair| is_outward(&pair[0]) && is_inward(&pair[1]));
        ends || self.tokens.iter().filter(|token| token.is_ascii() && token.len() > 4).any(|token| {
            let (outward, inward) = token.split_at(token.len() - 3);
            is_outward(outward) && is_inward(inward)
        })
    }
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
