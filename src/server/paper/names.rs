//! Names that a family copy doesn't tell: with the name of a carer or a teacher, where
//! the child is would be a question of a minute. A name alone is taken out, and the
//! words round it stay.

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

/// The names of those round one child.
#[derive(Default)]
pub struct Names {
    /// Left out however they are written.
    anyhow: BTreeSet<String>,
    /// Left out where they are written as names are: they may be words as well.
    capital: BTreeSet<String>,
}

impl Names {
    /// Someone whom the child lives with or lived with.
    pub fn carer(&mut self, name: &str) {
        self.anyhow.extend(parts(name));
    }

    /// Someone at school, or named in the plan.
    pub fn other(&mut self, name: &str) {
        self.capital.extend(parts(name));
    }

    /// Names that the child has too are the child's.
    pub fn without(mut self, own: &[String]) -> Self {
        for names in [&mut self.anyhow, &mut self.capital] {
            names.retain(|name| !own.contains(name));
        }
        self
    }

    /// The words with a mark for each name.
    pub fn left_out(&self, words: &str) -> String {
        let mut kept = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(from) = rest.find(char::is_alphanumeric) {
            let (before, after) = rest.split_at(from);
            let end = after.find(|c: char| !c.is_alphanumeric() && !is_mark(c)).unwrap_or(after.len());
            let (word, more) = after.split_at(end);
            kept.push_str(before);
            kept.push_str(if self.is_name(word) { NAME } else { word });
            rest = more;
        }
        kept.push_str(rest);
        kept
    }

    fn is_name(&self, word: &str) -> bool {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        tokens(word).iter().any(|token| self.anyhow.contains(token) || capital && self.capital.contains(token))
    }
}

/// The parts of a name that are written as names are.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
    let named = words.filter(|word| !word.chars().next().is_none_or(char::is_lowercase) && word.chars().count() > 1);
    named.flat_map(tokens).filter(|token| !NOT_NAMES.contains(&token.as_str()))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_out_and_the_words_round_them_stay() {
        let mut names = Names::default();
        names.carer("Jo Barlow");
        names.other("Mr Abara");
        names.other("Will Grace (key worker), or whoever is on shift");
        names.other("Amira");
        let names = names.without(&["amira".into()]);
        for (said, left) in [
            ("Also: Jo's dog (Biscuit)", "Also: [name]'s dog (Biscuit)"),
            ("ask jo, or JO", "ask [name], or [name]"),
            ("1:1 with Mr Abara.", "1:1 with Mr [name]."),
            ("she will ask Will with grace", "she will ask [name] with grace"),
            ("Amira joined the job club", "Amira joined the job club"),
            ("The key worker is on shift\n–", "The key worker is on shift\n–"),
        ] {
            assert_eq!(names.left_out(said), left);
        }
    }
}
