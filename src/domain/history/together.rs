//! What several people wrote in one text at the same time, key by key, as what each of
//! them wrote in one go. Their changes still lead from the first words to the last; only
//! the order in which they came is another, where that makes no difference to the words.

use crate::domain::calendar::Moment;
use std::borrow::Cow;

/// How long one person's changes to one place count as one change, in milliseconds.
pub const ONE_CHANGE: i64 = 60_000;

/// One change to a text, as it came.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub by: &'a str,
    pub at: Moment,
    pub was: &'a str,
    pub became: &'a str,
}

/// What one person changed in one go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Own<'a> {
    pub by: &'a str,
    pub from: Moment,
    pub until: Moment,
    pub was: Cow<'a, str>,
    pub became: Cow<'a, str>,
}

/// A part of a text that was replaced: so many bytes of it, at this one.
#[derive(Clone, Copy, Debug)]
struct Cut<'a> {
    at: usize,
    gone: usize,
    put: &'a str,
}

/// The cuts of one person, one after the other.
struct Turn<'a> {
    by: &'a str,
    from: Moment,
    until: Moment,
    cuts: Vec<Cut<'a>>,
}

/// Steps that follow each other, as each person's own. Who changes what another has just
/// written does that after them.
pub fn together<'a>(steps: &[Step<'a>]) -> Vec<Own<'a>> {
    if steps.iter().all(|step| step.by == steps[0].by) {
        return in_turn(steps);
    }
    let follows = steps.windows(2).all(|pair| pair[0].became == pair[1].was);
    let sorted = if follows { sorted(steps) } else { None };
    sorted.unwrap_or_else(|| in_turn(steps))
}

/// The same in the order in which they came: what one person wrote before anybody else
/// did is one.
pub fn in_turn<'a>(steps: &[Step<'a>]) -> Vec<Own<'a>> {
    let mut all: Vec<Own> = Vec::new();
    for step in steps {
        let goes_on = |last: &&mut Own| last.by == step.by && last.became == step.was && step.is_soon(last.from);
        match all.last_mut().filter(goes_on) {
            Some(last) => (last.until, last.became) = (step.at, step.became.into()),
            None => all.push(Own {
                by: step.by,
                from: step.at,
                until: step.at,
                was: step.was.into(),
                became: step.became.into(),
            }),
        }
    }
    all
}

fn sorted<'a>(steps: &[Step<'a>]) -> Option<Vec<Own<'a>>> {
    let mut turns: Vec<Turn> = Vec::new();
    for step in steps {
        let cut = Cut::between(step.was, step.became);
        let own = turns.iter().rposition(|turn| turn.by == step.by);
        let own = own.filter(|own| step.is_soon(turns[*own].from));
        match own.and_then(|own| Some((own, before(&mut turns[own + 1..], cut)?))) {
            Some((own, cut)) => {
                turns[own].until = step.at;
                turns[own].cuts.push(cut);
            }
            None => turns.push(Turn { by: step.by, from: step.at, until: step.at, cuts: vec![cut] }),
        }
    }
    let mut text = String::from(steps.first()?.was);
    let mut all = Vec::with_capacity(turns.len());
    for Turn { by, from, until, cuts } in turns {
        let was = text.clone();
        for cut in cuts {
            text.get(cut.at..cut.at + cut.gone)?;
            text.replace_range(cut.at..cut.at + cut.gone, cut.put);
        }
        all.push(Own { by, from, until, was: was.into(), became: text.clone().into() });
    }
    (text == steps.last()?.became).then_some(all)
}

/// The cut that, made before these turns, comes to the same as made after them, which
/// then follow it; nothing, and all as it was, where it touches what they wrote.
fn before<'a>(turns: &mut [Turn<'a>], cut: Cut<'a>) -> Option<Cut<'a>> {
    let mut moved = cut;
    let mut after = Vec::new();
    for earlier in turns.iter().rev().flat_map(|turn| turn.cuts.iter().rev()) {
        let (first, second) = moved.swapped(*earlier)?;
        moved = first;
        after.push(second.at);
    }
    let cuts = turns.iter_mut().rev().flat_map(|turn| turn.cuts.iter_mut().rev());
    cuts.zip(after).for_each(|(earlier, at)| earlier.at = at);
    Some(moved)
}

impl Step<'_> {
    fn is_soon(&self, began: Moment) -> bool {
        self.at.0 - began.0 < ONE_CHANGE
    }
}

impl<'a> Cut<'a> {
    /// The least cut that turns one text into another.
    fn between(was: &'a str, became: &'a str) -> Self {
        let mut start = alike(was.bytes(), became.bytes());
        while !was.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = alike(was[start..].bytes().rev(), became[start..].bytes().rev());
        while !was.is_char_boundary(was.len() - end) {
            end -= 1;
        }
        Self { at: start, gone: was.len() - start - end, put: &became[start..became.len() - end] }
    }

    /// This cut as it is before an earlier one, and that one as it is after it.
    fn swapped(self, earlier: Cut<'a>) -> Option<(Cut<'a>, Cut<'a>)> {
        if self.at + self.gone <= earlier.at {
            return Some((self, Cut { at: earlier.at - self.gone + self.put.len(), ..earlier }));
        }
        if self.at >= earlier.at + earlier.put.len() {
            return Some((Cut { at: self.at - earlier.put.len() + earlier.gone, ..self }, earlier));
        }
        None
    }
}

/// How many bytes two texts have alike, from where they are read.
fn alike(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn steps<'a>(texts: &[(&'a str, &'a str)]) -> Vec<Step<'a>> {
        let pairs = texts.windows(2).zip(0..);
        pairs.map(|(pair, at)| Step { by: pair[1].0, at: Moment(at), was: pair[0].1, became: pair[1].1 }).collect()
    }

    fn told(texts: &[(&str, &str)]) -> Vec<String> {
        together(&steps(texts)).iter().map(|own| format!("{}: {}>{}", own.by, own.was, own.became)).collect()
    }

    #[test]
    fn who_writes_in_two_places_at_once_writes_each_their_own() {
        let texts = [("", "."), ("tom", "T."), ("ruth", "T.R"), ("tom", "To.R"), ("ruth", "To.Ru")];
        assert_eq!(told(&texts), ["tom: .>To.", "ruth: To.>To.Ru"]);
    }

    #[test]
    fn who_changes_what_another_just_wrote_comes_after_them() {
        let texts = [("", ""), ("tom", "cat"), ("ruth", "cart"), ("tom", "cat")];
        assert_eq!(told(&texts), ["tom: >cat", "ruth: cat>cart", "tom: cart>cat"]);
    }

    #[test]
    fn what_comes_a_minute_later_is_another_change() {
        let later = |step: Step<'static>| Step { at: Moment(step.at.0 * ONE_CHANGE), ..step };
        let one: Vec<_> = steps(&[("", ""), ("tom", "a"), ("tom", "ab")]).into_iter().map(later).collect();
        assert_eq!(together(&one).len(), 2);
        let two: Vec<_> =
            steps(&[("", "."), ("tom", "a."), ("ruth", "a.b"), ("tom", "aa.b")]).into_iter().map(later).collect();
        assert_eq!(together(&two).len(), 3);
    }

    #[test]
    fn letters_of_several_bytes_stay_whole() {
        let texts = [("", "é-"), ("tom", "éà-"), ("ruth", "éà-ö"), ("tom", "éàé-ö"), ("ruth", "éàé-öü")];
        assert_eq!(told(&texts), ["tom: é->éàé-", "ruth: éàé->éàé-öü"]);
    }

    proptest! {
        /// Whoever replaces what: it leads from the first words to the last, and nobody's
        /// change is told as another's where all write in turn.
        #[test]
        fn it_leads_from_the_first_words_to_the_last(
            first in "[abé]{0,8}",
            edits in prop::collection::vec((0..3_usize, 0..9_usize, 0..3_usize, "[abé]{0,3}"), 1..20)
        ) {
            let people = ["tom", "ruth", "jo"];
            let mut texts = vec![("", first)];
            for (who, at, gone, put) in edits {
                let letters: Vec<char> = texts.last().map(|(_, text)| text.chars().collect()).unwrap_or_default();
                let at = at.min(letters.len());
                let end = (at + gone).min(letters.len());
                let text = letters[..at].iter().copied().chain(put.chars()).chain(letters[end..].iter().copied());
                let text: String = text.collect();
                texts.push((people[who], text));
            }
            let texts: Vec<_> = texts.iter().map(|(by, text)| (*by, text.as_str())).collect();
            let steps = steps(&texts);
            let all = together(&steps);
            prop_assert_eq!(&*all[0].was, texts[0].1);
            prop_assert_eq!(&*all[all.len() - 1].became, texts[texts.len() - 1].1);
            prop_assert!(all.windows(2).all(|pair| pair[0].became == pair[1].was));
            prop_assert!(all.windows(2).all(|pair| pair[0].by != pair[1].by && pair[0].from <= pair[1].from));
            prop_assert!(all.len() <= steps.len());
        }
    }
}
