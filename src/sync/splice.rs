//! What changed between two states of a text, as one replacement; and how a
//! replacement made apart from another is to be made after it.

/// Replaces `delete` UTF-16 units of a text at `at` with `insert`. It begins and
/// ends between characters, so a surrogate pair is never split.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    pub at: u32,
    pub delete: u32,
    pub insert: String,
}

/// The least replacement that turns `old` into `new`; none where nothing changed.
pub fn splice_between(old: &str, new: &str) -> Option<Splice> {
    if old == new {
        return None;
    }
    // Two texts that agree on some bytes stand at a character's border together.
    let mut start = alike(old.bytes(), new.bytes());
    while !old.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = alike(old[start..].bytes().rev(), new[start..].bytes().rev());
    while !old.is_char_boundary(old.len() - end) {
        end -= 1;
    }
    Some(Splice {
        at: units(&old[..start]),
        delete: units(&old[start..old.len() - end]),
        insert: new[start..new.len() - end].to_string(),
    })
}

/// The same, where it is known at which place of `new` the change ended: of letters
/// that repeat, any could be the new one.
pub fn splice_ending_at(old: &str, new: &str, end: u32) -> Option<Splice> {
    let (head, rest) = split_at(new, end);
    match old.strip_suffix(rest) {
        Some(before) => splice_between(before, head),
        None => splice_between(old, new),
    }
}

/// How many bytes two texts have alike, from where they are read.
fn alike(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// How many UTF-16 units a text has.
pub fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// The byte at which a UTF-16 offset stands; the text's end where it is beyond it.
fn byte_at(text: &str, offset: u32) -> usize {
    let mut passed = 0;
    for (byte, character) in text.char_indices() {
        if passed >= offset {
            return byte;
        }
        passed += character.len_utf16() as u32;
    }
    text.len()
}

/// A text before and from a UTF-16 offset.
pub fn split_at(text: &str, offset: u32) -> (&str, &str) {
    text.split_at(byte_at(text, offset))
}

impl Splice {
    pub fn applied_to(&self, text: &str) -> String {
        let start = byte_at(text, self.at);
        let end = start + byte_at(&text[start..], self.delete);
        [&text[..start], self.insert.as_str(), &text[end..]].concat()
    }

    /// What this splice takes out of a text.
    pub fn cut_from<'a>(&self, text: &'a str) -> &'a str {
        let (_, rest) = split_at(text, self.at);
        split_at(rest, self.delete).0
    }

    /// This splice, made on the same text as `theirs`, as it is to be made after
    /// it. What either of them inserted stays; where both deleted around the same
    /// place, something deleted may stay too, which is the lesser harm.
    pub fn after(mut self, theirs: Option<&Splice>) -> Splice {
        let Some(theirs) = theirs else {
            return self;
        };
        let inserted = units(&theirs.insert);
        let (end, their_end) = (self.at + self.delete, theirs.at + theirs.delete);
        if end <= theirs.at {
            return self;
        }
        if self.at >= their_end {
            self.at = self.at + inserted - theirs.delete;
        } else if self.at < theirs.at {
            self.delete = theirs.at - self.at;
        } else {
            self.at = theirs.at + inserted;
            self.delete = end.saturating_sub(their_end);
        }
        self
    }

    /// Where a caret that stood at `caret` stands after this splice.
    pub fn moved(&self, caret: u32) -> u32 {
        if caret <= self.at {
            caret
        } else if caret >= self.at + self.delete {
            caret + units(&self.insert) - self.delete
        } else {
            self.at
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn splice(at: u32, delete: u32, insert: &str) -> Option<Splice> {
        Some(Splice { at, delete, insert: insert.into() })
    }

    #[test]
    fn the_least_that_changed() {
        assert_eq!(splice_between("same", "same"), None);
        assert_eq!(splice_between("", "a"), splice(0, 0, "a"));
        assert_eq!(splice_between("abc", "abXc"), splice(2, 0, "X"));
        assert_eq!(splice_between("abc", "ac"), splice(1, 1, ""));
        assert_eq!(splice_between("aaa", "aaaa"), splice(3, 0, "a"));
        assert_eq!(splice_between("one two", "one"), splice(3, 4, ""));
    }

    #[test]
    fn a_character_is_never_split() {
        // Two faces share their first half, two letters their first byte.
        assert_eq!(splice_between("a😀b", "a😁b"), splice(1, 2, "😁"));
        assert_eq!(splice_between("é", "è"), splice(0, 1, "è"));
        assert_eq!(splice_between("😀", "😀😀"), splice(2, 0, "😀"));
        // These end in the same byte, and begin in different ones.
        assert_eq!(splice_between("x¡", "xġ"), splice(1, 1, "ġ"));
        assert_eq!(splice_between("👩‍🏫 Mr Lee", "👨‍🏫 Mr Lee"), splice(0, 2, "👨"));
    }

    #[test]
    fn of_letters_that_repeat_the_one_by_the_caret_is_new() {
        assert_eq!(splice_ending_at("aaa", "aaaa", 2), splice(1, 0, "a"));
        assert_eq!(splice_ending_at("aaaa", "aaa", 1), splice(1, 1, ""));
        assert_eq!(splice_ending_at("one two", "one x two", 6), splice(4, 0, "x "));
        // A caret that is somewhere else says nothing.
        assert_eq!(splice_ending_at("abc", "abXc", 1), splice(2, 0, "X"));
        assert_eq!(splice_ending_at("same", "same", 2), None);
    }

    #[test]
    fn a_splice_made_apart_moves_with_the_others() {
        let after = |mine: Option<Splice>, theirs: Option<Splice>| mine.map(|mine| mine.after(theirs.as_ref()));
        assert_eq!(after(splice(1, 0, "m"), splice(4, 2, "t")), splice(1, 0, "m"));
        assert_eq!(after(splice(6, 1, "m"), splice(1, 2, "ttt")), splice(7, 1, "m"));
        // In the middle of what they deleted: my words stay.
        assert_eq!(after(splice(3, 0, "m"), splice(1, 4, "")), splice(1, 0, "m"));
        // The same deletion twice is one deletion.
        assert_eq!(after(splice(1, 3, ""), splice(1, 3, "")), splice(1, 0, ""));
    }

    #[test]
    fn a_caret_stays_by_its_character() {
        let change = Splice { at: 2, delete: 3, insert: "😀".into() };
        assert_eq!([0, 2, 3, 5, 9].map(|caret| change.moved(caret)), [0, 2, 2, 4, 8]);
    }

    proptest! {
        #[test]
        fn a_splice_leads_from_one_text_to_the_other(old in "[aé😀\n]{0,12}", new in "[aé😀\n]{0,12}") {
            let made = splice_between(&old, &new).map_or(old.clone(), |splice| splice.applied_to(&old));
            prop_assert_eq!(made, new);
        }

        #[test]
        fn wherever_the_caret_is_the_splice_leads_there(old in "[aé😀\n]{0,12}", new in "[aé😀\n]{0,12}", end in 0..20u32) {
            let made = splice_ending_at(&old, &new, end).map_or(old.clone(), |splice| splice.applied_to(&old));
            prop_assert_eq!(made, new);
        }

        #[test]
        fn what_both_inserted_apart_stays(base in "[aé😀]{0,9}", mine in "[aé😀M]{0,9}", theirs in "[aé😀T]{0,9}") {
            let theirs = splice_between(&base, &theirs);
            let shown = theirs.as_ref().map_or(base.clone(), |theirs| theirs.applied_to(&base));
            let mine = splice_between(&base, &mine);
            let merged = mine.clone().map_or(shown.clone(), |mine| mine.after(theirs.as_ref()).applied_to(&shown));
            let count = |text: &str, letter| text.matches(letter).count();
            prop_assert_eq!(count(&merged, 'T'), count(&shown, 'T'));
            prop_assert_eq!(count(&merged, 'M'), mine.map_or(0, |mine| count(&mine.insert, 'M')));
        }
    }
}
