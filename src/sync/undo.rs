//! Undoing in a text that several people write at once: what a person did themselves,
//! and nothing of what others did meanwhile.

use super::splice::{Splice, splice_between, units};

/// What one person did to one text, to be undone and done again.
#[derive(Default, Debug)]
pub struct Undo {
    /// The text as it stands: the last step of each list is in its places, and each
    /// step before it in the places that are there when the ones after it were made.
    text: String,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// What is put in and what is taken out at once, in the order of the places before it.
/// Each part does one or the other; what is put in stands before what is taken out at
/// the same place.
pub(super) type Step = Vec<Splice>;

/// Steps that are kept for one box.
const MOST: usize = 200;

impl Undo {
    /// Others made the text this.
    pub fn follow(&mut self, text: &str) {
        let Some(theirs) = splice_between(&self.text, text) else { return };
        for steps in [&mut self.done, &mut self.undone] {
            let mut theirs = parts(theirs.clone());
            for step in steps.iter_mut().rev() {
                let moved = past(step, &theirs, true);
                theirs = past(&theirs, step, false);
                *step = moved;
            }
        }
        self.text = text.to_string();
    }

    /// The person did this to the text.
    pub fn did(&mut self, splice: &Splice) {
        let back = self.apply(&parts(splice.clone()));
        self.undone.clear();
        if let (Some(last), [back]) = (self.done.last_mut(), back.as_slice())
            && let [last] = last.as_mut_slice()
            && grows(last, back, &self.text)
        {
            last.at = last.at.min(back.at);
            last.delete += back.delete;
            last.insert.insert_str(0, &back.insert);
            return;
        }
        if self.done.len() == MOST {
            self.done.remove(0);
        }
        self.done.push(back);
    }

    /// Undoes the last step, or does again what was undone last. Answers the
    /// replacements to make, one after the other.
    pub fn step(&mut self, again: bool) -> Vec<Splice> {
        let from = if again { &mut self.undone } else { &mut self.done };
        let Some(step) = from.pop() else { return Vec::new() };
        let back = self.apply(&step);
        let to = if again { &mut self.done } else { &mut self.undone };
        to.push(back);
        // From the last, so that none moves another.
        step.into_iter().rev().collect()
    }

    /// Makes a step; answers the step that takes it back.
    fn apply(&mut self, step: &Step) -> Step {
        let mut back = Vec::with_capacity(step.len());
        let mut moved: i64 = 0;
        for part in step {
            let here = Splice { at: (i64::from(part.at) + moved).max(0) as u32, ..part.clone() };
            let was = here.cut_from(&self.text).to_string();
            self.text = here.applied_to(&self.text);
            moved += i64::from(units(&part.insert)) - i64::from(part.delete);
            back.push(Splice { at: here.at, delete: units(&part.insert), insert: was });
        }
        back
    }
}

/// A replacement as a step.
pub(super) fn parts(splice: Splice) -> Step {
    let Splice { at, delete, insert } = splice;
    let put = (!insert.is_empty()).then_some(Splice { at, delete: 0, insert });
    let taken = (delete > 0).then_some(Splice { at, delete, insert: String::new() });
    put.into_iter().chain(taken).collect()
}

/// Whether a step goes on with the one before: within a word and the space after it, typed;
/// within a word and the space before it, taken away.
fn grows(last: &Splice, back: &Splice, text: &str) -> bool {
    let word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    let space = |text: &str| !text.is_empty() && text.chars().all(char::is_whitespace);
    if last.insert.is_empty() && back.insert.is_empty() {
        let (before, typed) = (last.cut_from(text), back.cut_from(text));
        let joins = space(typed) || word(typed) && !before.ends_with(char::is_whitespace);
        return last.at + last.delete == back.at && joins;
    }
    let (after, taken) = (&last.insert, &back.insert);
    let joins = space(taken) || word(taken) && !after.starts_with(char::is_whitespace);
    last.delete == 0 && back.delete == 0 && back.at + units(taken) == last.at && joins
}

/// A step, as it is to be made after another that was made on the same text. It takes
/// out no word that the other put in. Of what both put in at one place, its own stands
/// before the other's where it is `first`.
pub(super) fn past(own: &Step, other: &Step, first: bool) -> Step {
    let mut after = Step::new();
    for part in own {
        let (from, to) = (part.at, part.at + part.delete);
        if part.delete == 0 {
            let at = moved(from, other, |place| place < from || place == from && !first);
            after.push(Splice { at, ..part.clone() });
            continue;
        }
        let puts = other.iter().filter(|other| other.delete == 0).map(|other| other.at);
        let ends = puts.filter(|place| from < *place && *place < to).chain([to]);
        let mut start = from;
        for end in ends {
            let at = moved(start, other, |place| place <= start);
            let delete = moved(end, other, |place| place < end).saturating_sub(at);
            if delete > 0 {
                after.push(Splice { at, delete, insert: String::new() });
            }
            start = end;
        }
    }
    after
}

/// Where a place of a text is after a step; `before` says which of what is put in
/// stands before it.
fn moved(place: u32, step: &Step, before: impl Fn(u32) -> bool) -> u32 {
    let put = step.iter().filter(|part| before(part.at)).map(|part| units(&part.insert)).sum::<u32>();
    let taken = step.iter().map(|part| place.saturating_sub(part.at).min(part.delete)).sum::<u32>();
    place + put - taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A box and the text that others change too.
    #[derive(Default)]
    struct Text {
        text: String,
        undo: Undo,
    }

    impl Text {
        fn mine(&mut self, now: &str) {
            if let Some(splice) = splice_between(&self.text, now) {
                self.undo.did(&splice);
            }
            self.text = now.into();
        }

        fn theirs(&mut self, now: &str) {
            self.undo.follow(now);
            self.text = now.into();
        }

        fn step(&mut self, again: bool) -> &str {
            for splice in self.undo.step(again) {
                self.text = splice.applied_to(&self.text);
            }
            assert_eq!(self.text, self.undo.text);
            &self.text
        }
    }

    #[test]
    fn a_word_is_undone_at_once_and_done_again() {
        let mut text = Text::default();
        for now in ["r", "re", "rea", "read", "read ", "read m", "read mo"] {
            text.mine(now);
        }
        assert_eq!(text.step(false), "read ");
        assert_eq!(text.step(false), "");
        assert_eq!(text.step(false), "");
        assert_eq!(text.step(true), "read ");
        text.mine("read a");
        assert_eq!(text.step(true), "read a");
    }

    #[test]
    fn letters_taken_away_come_back_together() {
        let mut text = Text::default();
        text.theirs("more help");
        for now in ["more hel", "more he", "more h", "more "] {
            text.mine(now);
        }
        assert_eq!(text.step(false), "more help");
        for now in ["more hel", "more he", "more h", "more ", "more", "mor"] {
            text.mine(now);
        }
        assert_eq!(text.step(false), "more");
        assert_eq!(text.step(false), "more help");
    }

    #[test]
    fn what_others_wrote_stays() {
        let mut text = Text::default();
        text.mine("ours");
        text.theirs("Before. ours");
        text.theirs("Before. ours After.");
        assert_eq!(text.step(false), "Before.  After.");
        text.step(true);
        assert_eq!(text.text, "Before. ours After.");
        text.theirs("Before. ouXrs After.");
        assert_eq!(text.step(false), "Before. X After.");
    }

    #[test]
    fn what_others_took_away_does_not_come_back_twice() {
        let mut text = Text::default();
        text.mine("one two");
        text.theirs("one");
        assert_eq!(text.step(false), "");
    }

    proptest! {
        #[test]
        fn only_ones_own_edits_are_undone(
            steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 0..4usize, "[a-c🙂 ]{0,4}"), 1..30)
        ) {
            // Others write in capitals, so that it shows whose a letter is.
            let mut text = Text::default();
            for (mine, at, delete, insert) in steps {
                let letters: Vec<char> = text.text.chars().collect();
                let at = at.index(letters.len() + 1);
                // Each takes away letters of their own only, and no others with them.
                let own = |letter: &char| letter.is_lowercase() || *letter == '🙂';
                let end = at + letters[at..].iter().take(delete).take_while(|letter| own(letter) == mine).count();
                let insert = if mine { insert.replace(' ', "") } else { insert.replace(['🙂', ' '], "").to_uppercase() };
                let now: String =
                    letters[..at].iter().collect::<String>() + &insert + &letters[end..].iter().collect::<String>();
                if mine { text.mine(&now) } else { text.theirs(&now) }
            }
            let capitals = |text: &str| text.chars().filter(|letter| letter.is_uppercase()).collect::<String>();
            let theirs = capitals(&text.text);
            loop {
                let before = text.text.clone();
                text.step(false);
                prop_assert_eq!(capitals(&text.text), theirs.clone());
                if text.text == before && text.undo.done.is_empty() {
                    break;
                }
            }
        }

        #[test]
        fn with_nobody_else_all_comes_back(edits in prop::collection::vec("[a-c🙂 ]{0,6}", 1..20)) {
            let mut text = Text::default();
            for now in &edits {
                text.mine(now);
            }
            while !text.undo.done.is_empty() {
                text.step(false);
            }
            prop_assert_eq!(text.step(false), "");
            while !text.undo.undone.is_empty() {
                text.step(true);
            }
            prop_assert_eq!(text.step(true), edits.last().unwrap());
        }
    }
}
