//! What came and what went between two wordings of a text: in words where a sentence
//! was changed, in whole sentences where it was written anew.

use serde::{Deserialize, Serialize};

/// A piece of a text that was changed. What stayed and what went, put together, is
/// the old wording; what stayed and what came is the new one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Piece {
    Same(String),
    Went(String),
    Came(String),
}

/// The old wording and the new one, out of their pieces.
pub fn wordings(pieces: &[Piece]) -> (String, String) {
    let (mut old, mut new) = (String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Same(text) => {
                old += text;
                new += text;
            }
            Piece::Went(text) => old += text,
            Piece::Came(text) => new += text,
        }
    }
    (old, new)
}

/// What of a text that stayed is shown where the whole of it is long: its first
/// sentence after a change, its last one before a change.
pub fn beside<'a>(same: &'a str, after: bool, before: bool) -> Option<(&'a str, &'a str)> {
    const LONG: usize = 160;
    let parts = sentences(same);
    if same.len() <= LONG || parts.len() < 3 {
        return None;
    }
    let shown = |part: Option<&&'a str>, is_shown: bool| part.filter(|_| is_shown).copied().unwrap_or_default();
    Some((shown(parts.first(), after), shown(parts.last(), before)))
}

/// What changed from one wording to the other.
pub fn compare(old: &str, new: &str) -> Vec<Piece> {
    let mut told = Telling::default();
    for step in steps(&sentences(old), &sentences(new)) {
        match step {
            Step::Same(sentence) => told.same(sentence),
            Step::Other(went, came) => by_words(&mut told, &went.concat(), &came.concat()),
        }
    }
    without_islands(told.done())
}

/// Tells sentences word by word, as long as enough of them stayed.
fn by_words(told: &mut Telling, old: &str, new: &str) {
    let steps = steps(&words(old), &words(new));
    let stayed: usize = steps.iter().map(Step::weight_of_same).sum();
    let least = weight(old).min(weight(new));
    if stayed * 3 < least {
        told.went(old);
        return told.came(new);
    }
    for step in steps {
        match step {
            Step::Same(word) => told.same(word),
            Step::Other(went, came) => {
                told.went(&went.concat());
                told.came(&came.concat());
            }
        }
    }
}

/// A space or a comma that stayed between two changed words says nothing: it is told
/// with them.
fn without_islands(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut told = Telling::default();
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Same(text) if at > 0 && at < last && weight(&text) == 0 && !text.contains('\n') => {
                told.went(&text);
                told.came(&text);
            }
            Piece::Same(text) => told.same(&text),
            Piece::Went(text) => told.went(&text),
            Piece::Came(text) => told.came(&text),
        }
    }
    told.done()
}

/// Pieces as they are put together: what went before what came.
#[derive(Default)]
struct Telling {
    pieces: Vec<Piece>,
    went: String,
    came: String,
}

impl Telling {
    fn same(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.close();
        self.stayed(text);
    }

    fn stayed(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Same(before)) => *before += text,
            _ => self.pieces.push(Piece::Same(text.to_string())),
        }
    }

    fn went(&mut self, text: &str) {
        self.went += text;
    }

    fn came(&mut self, text: &str) {
        self.came += text;
    }

    fn close(&mut self) {
        let (went, came) = (std::mem::take(&mut self.went), std::mem::take(&mut self.came));
        if went == came && !went.is_empty() {
            return self.stayed(&went);
        }
        if !went.is_empty() {
            self.pieces.push(Piece::Went(went));
        }
        if !came.is_empty() {
            self.pieces.push(Piece::Came(came));
        }
    }

    fn done(mut self) -> Vec<Piece> {
        self.close();
        self.pieces
    }
}

/// A text in its sentences, each with the space after it.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut start, mut ended, mut spaced) = (0, false, false);
    for (at, letter) in text.char_indices() {
        if spaced && !letter.is_whitespace() {
            all.push(&text[start..at]);
            (start, ended, spaced) = (at, false, false);
        }
        if letter == '\n' || ended && letter.is_whitespace() {
            spaced = true;
        } else if !letter.is_whitespace() {
            // A sentence may end in a quotation mark or a bracket.
            ended = matches!(letter, '.' | '!' | '?' | '…') || ended && matches!(letter, '"' | '”' | '’' | '\'' | ')');
        }
    }
    if start < text.len() {
        all.push(&text[start..]);
    }
    all
}

/// A text in its words, its spaces and its stops. Whatever is neither a space nor a
/// plain stop is of a word, so that no character is taken apart.
fn words(text: &str) -> Vec<&str> {
    let kind = |letter: char| match letter {
        letter if letter.is_whitespace() => 0,
        '\'' | '-' => 2,
        letter if letter.is_ascii_punctuation() => 1,
        _ => 2,
    };
    let mut all = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, letter) in text.char_indices() {
        let now = kind(letter);
        if before.is_some_and(|before| before != now || now == 1) {
            all.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        all.push(&text[start..]);
    }
    all
}

/// How much a word says: nothing where it is only spaces and stops.
fn weight(text: &str) -> usize {
    text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_ascii_punctuation()).count()
}

/// One step from a list to another.
enum Step<'a> {
    Same(&'a str),
    /// What stands in the one alone, and in the other.
    Other(Vec<&'a str>, Vec<&'a str>),
}

impl Step<'_> {
    fn weight_of_same(&self) -> usize {
        match self {
            Step::Same(text) => weight(text),
            Step::Other(..) => 0,
        }
    }
}

/// The steps that keep the most of the old.
fn steps<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (here, there) in kept(old, new).into_iter().chain([(old.len(), new.len())]) {
        if here > from || there > to {
            steps.push(Step::Other(old[from..here].to_vec(), new[to..there].to_vec()));
        }
        steps.extend(old.get(here).map(|text| Step::Same(text)));
        (from, to) = (here + 1, there + 1);
    }
    steps
}

/// So much is compared with so much at the most. Where more was changed than that, all
/// of it is told as new.
const MOST: usize = 400_000;

/// The places of what stayed, in both.
fn kept(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (inner_old, inner_new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut kept: Vec<_> = (0..start).map(|at| (at, at)).collect();
    if inner_old.len().saturating_mul(inner_new.len()) <= MOST {
        kept.extend(heaviest(inner_old, inner_new).into_iter().map(|(a, b)| (start + a, start + b)));
    }
    kept.extend((0..end).rev().map(|back| (old.len() - 1 - back, new.len() - 1 - back)));
    kept
}

/// The common parts of two lists that weigh the most together, in their order.
fn heaviest(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let wide = new.len() + 1;
    // What can be kept of what follows each place.
    let mut best = vec![0u32; (old.len() + 1) * wide];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let with = if old[a] == new[b] { best[(a + 1) * wide + b + 1] + 1 + weight(old[a]) as u32 } else { 0 };
            best[a * wide + b] = with.max(best[(a + 1) * wide + b]).max(best[a * wide + b + 1]);
        }
    }
    let (mut a, mut b, mut kept) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        let here = best[a * wide + b];
        if here == best[(a + 1) * wide + b] {
            a += 1;
        } else if here == best[a * wide + b + 1] {
            b += 1;
        } else {
            kept.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(old: &str, new: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Went(text) => format!("[-{text}-]"),
            Piece::Came(text) => format!("[+{text}+]"),
        };
        compare(old, new).iter().map(piece).collect()
    }

    #[test]
    fn a_change_is_told_in_words() {
        assert_eq!(said("Reads well.", "Reads very well."), "Reads [+very +]well.");
        assert_eq!(said("He likes maths", "He likes art and maths"), "He likes [+art and +]maths");
        assert_eq!(said("One. Two.", "One. Two. Three."), "One. Two.[+ Three.+]");
        assert_eq!(said("Same", "Same"), "Same");
        assert_eq!(said("", "New words"), "[+New words+]");
        assert_eq!(said("Old words", ""), "[-Old words-]");
        // A letter is never told apart from its word.
        assert_eq!(said("Amira's work", "Amira's works"), "Amira's [-work-][+works+]");
        assert_eq!(said("a 👩‍🏫 b", "a 👨‍🏫 b"), "a [-👩‍🏫-][+👨‍🏫+] b");
    }

    #[test]
    fn a_sentence_written_anew_is_told_whole() {
        let (old, new) =
            ("He has to go to bed early. He eats well.", "Bedtime works better with a story. He eats well.");
        assert_eq!(
            said(old, new),
            "[-He has to go to bed early. -][+Bedtime works better with a story. +]He eats well."
        );
    }

    #[test]
    fn what_stands_between_two_changed_words_goes_with_them() {
        assert_eq!(said("a red car here", "a blue bike here"), "a [-red car-][+blue bike+] here");
    }

    #[test]
    fn a_text_is_split_into_its_sentences() {
        assert_eq!(
            sentences("One. “Two!” (Three?) 1.5 four\n\nfive"),
            ["One. ", "“Two!” ", "(Three?) ", "1.5 four\n\n", "five"]
        );
        assert!(sentences("").is_empty());
    }

    #[test]
    fn only_the_nearest_of_a_long_text_is_shown() {
        let long = "First sentence here. ".to_string() + &"Middle. ".repeat(30) + "The last one. ";
        assert_eq!(beside(&long, true, true), Some(("First sentence here. ", "The last one. ")));
        assert_eq!(beside(&long, false, true), Some(("", "The last one. ")));
        assert_eq!(beside("Short. Text.", true, true), None);
    }

    #[test]
    fn a_book_is_compared_in_good_time() {
        let old = "a. b c ".repeat(3_000);
        let new = "d. c a ".repeat(3_000);
        assert_eq!(wordings(&compare(&old, &new)), (old, new));
    }

    proptest! {
        /// What it says, done to the old wording, gives the new one.
        #[test]
        fn the_pieces_are_the_two_wordings(old in "[abé😀 .,\n\u{301}]{0,40}", new in "[abé😀 .,\n\u{301}]{0,40}") {
            prop_assert_eq!(wordings(&compare(&old, &new)), (old, new));
        }

        #[test]
        fn pieces_alternate(old in "[ab .]{0,30}", new in "[ab .]{0,30}") {
            let pieces = compare(&old, &new);
            let same = |piece: &Piece| matches!(piece, Piece::Same(_));
            prop_assert!(pieces.windows(2).all(|pair| !(same(&pair[0]) && same(&pair[1]))));
        }

        #[test]
        fn a_text_is_its_sentences_and_its_words(text in "[abé😀 .!\n'-]{0,40}") {
            prop_assert_eq!(sentences(&text).concat(), text.clone());
            prop_assert_eq!(words(&text).concat(), text);
        }
    }
}
