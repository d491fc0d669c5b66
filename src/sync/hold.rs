//! A text that one person sees as it was, while others change it: what they do there goes
//! where it belongs in the text as it stands.

use super::splice::{Splice, splice_between};
use super::undo::{Step, parts, past};

/// A text that is held still for one person.
#[derive(Debug)]
pub struct Held {
    /// What they see: the text as it was, with what they did since.
    seen: String,
    /// The text as it stands.
    text: String,
    /// What others did, one after the other: it leads from the one to the other.
    theirs: Vec<Step>,
}

impl Held {
    pub fn new(seen: &str) -> Self {
        Self { seen: seen.into(), text: seen.into(), theirs: Vec::new() }
    }

    /// Whether this is what somebody sees.
    pub fn is_of(&self, seen: &str) -> bool {
        self.seen == seen
    }

    /// Others made the text this.
    pub fn follow(&mut self, text: &str) {
        if let Some(theirs) = splice_between(&self.text, text) {
            self.theirs.push(parts(theirs));
            self.text = text.into();
        }
    }

    /// The person did this to what they see. Answers the replacements to make in the text
    /// as it stands, one after the other.
    pub fn make(&mut self, mine: &Splice) -> Vec<Splice> {
        self.seen = mine.applied_to(&self.seen);
        let mut mine = parts(mine.clone());
        for theirs in &mut self.theirs {
            let after = past(&mine, theirs, true);
            *theirs = past(theirs, &mine, false);
            mine = after;
        }
        // From the last, so that none moves another.
        mine.reverse();
        for splice in &mine {
            self.text = splice.applied_to(&self.text);
        }
        mine
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_go_where_they_were_written_whatever_others_wrote_around_them() {
        let mut held = Held::new("She likes art.");
        held.follow("Today she likes art.");
        held.follow("Today she likes art. So do I.");
        let mine = splice_between("She likes art.", "She likes clay and art.").unwrap();
        let made = held.make(&mine);
        let text = made.iter().fold("Today she likes art. So do I.".to_string(), |text, one| one.applied_to(&text));
        assert_eq!(text, "Today she likes clay and art. So do I.");
        assert!(held.is_of("She likes clay and art."));
    }

    /// A text with something taken out and something put in at a place.
    fn edited(text: &str, at: prop::sample::Index, delete: usize, insert: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let at = at.index(letters.len() + 1);
        let end = letters.len().min(at + delete);
        letters[..at].iter().collect::<String>() + insert + &letters[end..].iter().collect::<String>()
    }

    proptest! {
        /// What one person sees and what others did is always the text as it stands.
        #[test]
        fn nothing_of_anybodys_is_lost_or_moved(
            before in "[ab 🙂]{0,12}",
            steps in prop::collection::vec(
                (any::<bool>(), any::<prop::sample::Index>(), 0..6usize, "[xy🙂]{0,3}"), 1..12)
        ) {
            let (mut held, mut text) = (Held::new(&before), before);
            for (mine, at, delete, insert) in steps {
                if mine {
                    let now = edited(&held.seen, at, delete, &insert);
                    if let Some(splice) = splice_between(&held.seen, &now) {
                        for one in held.make(&splice) {
                            text = one.applied_to(&text);
                        }
                    }
                    prop_assert_eq!(&held.seen, &now);
                } else {
                    text = edited(&text, at, delete, &insert.to_uppercase());
                    held.follow(&text);
                }
                prop_assert_eq!(&held.text, &text);
                let mut seen = held.seen.clone();
                for step in &held.theirs {
                    for one in step.iter().rev() {
                        seen = one.applied_to(&seen);
                    }
                }
                prop_assert_eq!(&seen, &text);
            }
        }
    }
}
