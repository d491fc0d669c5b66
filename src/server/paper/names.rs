//! Names that a family copy doesn't tell: with the name of a carer or a teacher, where
//! the child is would be a question of a minute. A name alone is taken out, and the
//! words round it stay.

use super::ordinary::{Telling, forms, telling};
use super::spelling::tokens;
use std::collections::BTreeSet;

/// What stands for a name.
const NAME: &str = "[name]";

/// Words that stand among names without being one.
const NOT_NAMES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "prof", "mum", "dad", "mummy", "daddy", "nan", "nanny",
    "gran", "grandma", "granny", "grandad", "grandpa", "aunt", "auntie", "uncle", "sister", "brother", "the", "and",
    "then", "or", "of", "for", "key", "worker", "social", "teacher", "head", "class", "tutor", "school", "whoever",
    "team", "everyone", "all", "any", "adult", "carer", "carers", "none", "not", "yet", "senco", "ta",
];

/// What stands before a name whoever it is of.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "MR", "MRS", "MISS"];

/// What an apostrophe cuts off after a word.
const CUT_OFF: &[&str] = &["s", "ll", "re", "ve", "d", "m"];

/// The names of those round one child.
#[derive(Default)]
pub struct Names {
    /// Left out however they are written.
    anyhow: BTreeSet<String>,
    /// Left out where they are written as names are: they may be words as well.
    capital: BTreeSet<String>,
    /// The child's own.
    own: Vec<String>,
}

impl Names {
    /// Someone whom the child lives with or lived with.
    pub fn carer(&mut self, name: &str) {
        self.anyhow.extend(parts(name));
        // Where the parts are written as one: "ODowd", "jobarlow".
        self.anyhow.extend(name.split_whitespace().map(|part| tokens(part).concat()).filter(|part| is_called(part)));
        self.anyhow.insert(tokens(name).concat());
    }

    /// Someone at school, or named in the plan.
    pub fn other(&mut self, name: &str) {
        self.capital.extend(parts(name));
    }

    /// Names that the child has too are the child's.
    pub fn without(mut self, own: &[String]) -> Self {
        for names in [&mut self.anyhow, &mut self.capital] {
            names.retain(|name| !own.contains(name) && !name.is_empty());
        }
        Self { own: own.to_vec(), ..self }
    }

    /// The words with a mark for each name.
    pub fn left_out(&self, words: &str) -> String {
        let mut kept = String::with_capacity(words.len());
        let mut rest = words;
        let mut is_titled = false;
        while let Some(from) = rest.find(char::is_alphanumeric) {
            let (before, after) = rest.split_at(from);
            let (word, more) = after.split_at(end_of_name(after));
            is_titled &= matches!(before.trim(), "" | ".");
            kept.push_str(before);
            kept.push_str(if self.is_name(word, more) || is_titled && self.is_somebody(word) { NAME } else { word });
            // "Some adults miss. Will works": Miss is not cut short.
            is_titled = TITLES.contains(&word) && (word != "Miss" || !more.starts_with('.'));
            rest = more;
        }
        kept.push_str(rest);
        kept
    }

    fn is_name(&self, word: &str, after: &str) -> bool {
        // In "don't" there is no Don.
        if word.to_lowercase().replace(APOSTROPHES[1], "'").ends_with("n't") {
            return false;
        }
        let capital = is_capital(word);
        let is_theirs = capital || after.starts_with(APOSTROPHES);
        // "Marks" in small letters are more than people called Mark.
        let sure = |name: &String| is_theirs || telling(name) == Telling::Anyhow;
        tokens(word).iter().any(|token| {
            let called = |names: &BTreeSet<String>| {
                names.contains(token) || names.iter().any(|name| forms(name).contains(token) && sure(name))
            };
            called(&self.anyhow) || capital && called(&self.capital)
        })
    }

    /// Whether a word after "Mr" or "Miss" is somebody's name, and not the child's.
    fn is_somebody(&self, word: &str) -> bool {
        is_capital(word) && !tokens(word).iter().any(|token| self.own.contains(token))
    }
}

const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Where the word that a text begins with ends: "O'Dowd" is one, "Jo's" is Jo and what
/// is hers.
fn end_of_name(text: &str) -> usize {
    let length = |text: &str| text.find(|c: char| !c.is_alphanumeric() && !is_mark(c)).unwrap_or(text.len());
    let mut end = length(text);
    while let Some(more) = text[end..].strip_prefix(APOSTROPHES) {
        let next = &more[..length(more)];
        if next.is_empty() || CUT_OFF.contains(&next.to_lowercase().as_str()) {
            break;
        }
        end = text.len() - more.len() + next.len();
    }
    end
}

/// The parts of a name that are written as names are.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let named = words.filter(|word| !word.chars().next().is_none_or(char::is_lowercase) && word.chars().count() > 1);
    named.flat_map(tokens).filter(|token| is_called(token))
}

fn is_called(token: &str) -> bool {
    token.chars().count() > 1 && !NOT_NAMES.contains(&token)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        names.carer("Jo Barlow");
        names.carer("Siân O'Dowd");
        names.carer("Mark Bramble");
        names.carer("Don Harris-Averey");
        names.other("Mr Abara");
        names.other("Will Grace (key worker), or whoever is on shift");
        names.other("Amira");
        names.without(&["amira".into(), "haddad".into()])
    }

    #[test]
    fn names_are_taken_out_and_the_words_round_them_stay() {
        for (said, left) in [
            ("Also: Jo's dog (Biscuit)", "Also: [name]'s dog (Biscuit)"),
            ("ask jo, or JO", "ask [name], or [name]"),
            ("1:1 with Mr Abara.", "1:1 with Mr [name]."),
            ("she will ask Will with grace", "she will ask [name] with grace"),
            ("Amira joined the job club", "Amira joined the job club"),
            ("The key worker is on shift\n–", "The key worker is on shift\n–"),
        ] {
            assert_eq!(names().left_out(said), left);
        }
    }

    #[test]
    fn a_family_is_named_by_all_who_bear_the_name_too() {
        for (said, left) in [
            ("at the Brambles' house", "at the [name]' house"),
            ("at the brambles’ and the Brambles", "at the [name]’ and the [name]"),
            ("the barlows, the BARLOWS’S dog", "the [name], the [name]’S dog"),
            ("the O'Dowds' and the odowds and O’Dowd’s", "the [name]' and the [name] and [name]’s"),
            ("the Harrises, the Averey's", "the [name], the [name]'s"),
            ("jobarlow on the app", "[name] on the app"),
            ("good marks, don't pick brambles, Mark won’t", "good marks, don't pick brambles, [name] won’t"),
            ("Mr. Patel and Miss Honey met Mrs Haddad", "Mr. [name] and Miss [name] met Mrs Haddad"),
            ("Some adults miss. Drawing helps. A near Miss. Off", "Some adults miss. Drawing helps. A near Miss. Off"),
            ("Mr L: the miss was near. Dr, Pepper", "Mr [name]: the miss was near. Dr, Pepper"),
        ] {
            assert_eq!(names().left_out(said), left);
        }
    }
}
