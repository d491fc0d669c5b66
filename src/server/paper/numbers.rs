//! Numbers written in words: a house, a score or a phone can be told in letters.

pub(super) const ONES: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
pub(super) const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words of a text with each number in figures: "at", "number", "14". They are
/// spelt for comparing.
pub fn in_figures(words: &[String]) -> Vec<String> {
    let mut figures = Vec::with_capacity(words.len());
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        // "No one" is nobody.
        let is_nobody = word == "one" && figures.last().is_some_and(|before| before == "no");
        match number(rest).filter(|_| !is_nobody) {
            Some((number, more)) => {
                figures.push(number.to_string());
                rest = more;
            }
            None => {
                figures.push(word.clone());
                rest = after;
            }
        }
    }
    figures
}

/// A number at the beginning, below a thousand, and what comes after it.
fn number(words: &[String]) -> Option<(usize, &[String])> {
    if let [count, hundred, rest @ ..] = words
        && hundred == "hundred"
        && let Some(count) = if count == "a" { Some(1) } else { one(count).filter(|count| *count < 10) }
    {
        let more = rest.split_first().filter(|(and, _)| *and == "and").and_then(|(_, rest)| below(rest));
        let (more, rest) = more.or_else(|| below(rest)).unwrap_or((0, rest));
        return Some((count * 100 + more, rest));
    }
    below(words)
}

/// A number below a hundred.
fn below(words: &[String]) -> Option<(usize, &[String])> {
    let (word, rest) = words.split_first()?;
    let Some(tens) = TENS.iter().position(|ten| ten == word) else { return Some((one(word)?, rest)) };
    let tens = (tens + 2) * 10;
    match rest.split_first().and_then(|(word, rest)| Some((one(word).filter(|one| (1..10).contains(one))?, rest))) {
        Some((ones, rest)) => Some((tens + ones, rest)),
        None => Some((tens, rest)),
    }
}

fn one(word: &str) -> Option<usize> {
    ONES.iter().position(|one| *one == word)
}

/// A text with the digits that are said in words as figures, as people dictate a
/// phone: "oh double seven".
pub fn dictated(text: &str) -> String {
    let mut figures = String::with_capacity(text.len());
    let mut times = 1;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()).max(c.len_utf8());
        let (word, after) = rest.split_at(end);
        rest = after;
        let said = word.to_lowercase();
        let digit = match said.as_str() {
            "o" | "oh" | "nought" => Some(0),
            said => one(said).or_else(|| said.parse().ok()).filter(|one| *one < 10),
        };
        match (digit, said.as_str()) {
            (Some(digit), _) => (0..times).for_each(|_| figures.push_str(&digit.to_string())),
            (None, "double") => {
                times = 2;
                continue;
            }
            (None, "treble" | "triple") => {
                times = 3;
                continue;
            }
            (None, said) if times > 1 && said.trim().is_empty() => continue,
            (None, _) => figures.push_str(word),
        }
        times = 1;
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::super::spelling::{digits, tokens};
    use super::*;

    #[test]
    fn a_number_in_words_is_the_number_in_figures() {
        for (said, figures) in [
            ("she scored eighteen, not twenty-one", "she scored 18 not 21"),
            ("one hundred and twelve Larkspur Close", "112 larkspur close"),
            ("a hundred", "100"),
            ("three hundred forty", "340"),
            ("two hundred and some", "200 and some"),
            ("twenty ten", "20 10"),
            ("at home no one", "at home no one"),
            ("someone often tends to", "someone often tends to"),
        ] {
            assert_eq!(in_figures(&tokens(said)).join(" "), figures);
        }
    }

    #[test]
    fn a_phone_that_is_dictated_is_a_phone() {
        assert_eq!(digits("ring oh seven seven double oh nine double zero one two three"), ["07700900123"]);
        assert_eq!(digits("double  0, then Treble nine."), ["00", "999"]);
        assert_eq!(dictated("No one doubled it, at ZZ9"), "No 1 doubled it, at ZZ9");
    }
}
