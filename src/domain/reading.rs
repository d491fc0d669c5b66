//! How hard words are to read, so that adults can write to a child in words that the
//! child reads easily.

/// A text of fewer words says little about how hard it is.
const FEW: usize = 5;

/// Words that are as easy as this are read to a child, and no child is too young for them.
const EASY: f64 = 3.0;

/// The US school grade that a text needs, by Flesch and Kincaid's formula, for
/// English alone. A grade is one less than the year group of a school in England.
pub fn grade(text: &str) -> f64 {
    let sentences = text.split(['.', '?', '!', ':']).filter(|sentence| !sentence.trim().is_empty()).count();
    let words: Vec<_> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    if words.is_empty() {
        return 0.0;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / sentences as f64 + 11.8 * syllables as f64 / words.len() as f64 - 15.59
}

/// Whether a child in this year group ("Year 5") would find a text hard to read. Of a
/// child whose year group isn't a number it is asked as of the youngest.
pub fn is_hard_in(year_group: &str, text: &str) -> bool {
    let year = year_group.rsplit(' ').next().and_then(|year| year.parse::<u32>().ok());
    let reads = year.map_or(EASY, |year| (f64::from(year) - 1.0).max(EASY));
    text.split_whitespace().count() >= FEW && grade(text) > reads
}

/// The syllables of a word, near enough: groups of vowels, without a silent e.
fn syllables(word: &str) -> usize {
    let letters: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let silent = letters.len() > 3 && letters.ends_with('e') && !letters.ends_with("le");
    let letters = if silent { &letters[..letters.len() - 1] } else { &letters[..] };
    let mut groups = 0;
    let mut was = false;
    for letter in letters.chars() {
        let vowel = "aeiouy".contains(letter);
        groups += usize::from(vowel && !was);
        was = vowel;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_offices_are_hard_and_those_of_every_day_are_not() {
        let office = "Unfortunately the provision requested is currently unavailable owing to insufficient resources.";
        let plain = "We asked the club. It is full this term. We will ask again in May.";
        for year_group in ["Reception", "Year 1", "Year 5", "Year 11"] {
            assert!(is_hard_in(year_group, office), "{year_group}");
            assert!(!is_hard_in(year_group, plain), "{year_group}");
        }
        assert!(!is_hard_in("Year 1", "Unavailable."));
        assert!(!is_hard_in("Year 1", ""));
    }
}
