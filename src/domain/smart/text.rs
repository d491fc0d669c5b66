//! What can be read off the words of a target without understanding them: times,
//! numbers, and how much is left when empty words are taken away.

/// Whether a word is in a list; a star stands for any ending.
pub fn is_among(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace()
        .any(|entry| entry.strip_suffix('*').map_or(word == entry, |start| word.starts_with(start)))
}

/// The words of a text, in the small letters that it must already be in.
pub fn words(small: &str) -> impl Iterator<Item = &str> {
    small
        .split(|c: char| {
            c.is_ascii() && !c.is_ascii_alphanumeric() && !".:/%'-".contains(c) || "\u{a0}“”‘–—…".contains(c)
        })
        .flat_map(|word| {
            let apart = if word.starts_with(|c: char| c.is_ascii_digit()) { ' ' } else { '-' };
            word.split(apart)
        })
        .map(|word| word.trim_matches(['.', ':', '/', '\'', '’', '-']))
        .map(|word| word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word))
        .filter(|word| !word.is_empty())
}

/// A word between two texts that belong together but aren't one sentence.
pub const BREAK: &str = "|";

const ONES: &str = "zero one two three four five six seven eight nine ten eleven twelve";
const MORE: &str = "fifteen twenty thirty forty fifty hundred once twice thrice";

/// The whole number that a word says.
pub fn number(word: &str) -> Option<u32> {
    let digits = word.find(|c: char| !c.is_ascii_digit()).map_or(word, |end| &word[..end]);
    match digits {
        "" => ONES.split(' ').zip(0..).find(|(one, _)| *one == word).map(|(_, number)| number),
        digits => digits.parse().ok(),
    }
}

fn is_number(word: &str) -> bool {
    number(word).is_some() || is_among(word, MORE)
}

const HEADS: &str = "by before until till within in over during for at end this next after between";
/// Of those, the ones that a length of time can follow: "by 6 months" is no date.
const LENGTHS: &str = "within in over during for next after";
const LENGTH: &str = "week weeks fortnight month months term terms";
const TIMES: &str = "january february march april may june july august september october november december jan feb sept \
                     oct nov dec monday tuesday wednesday thursday friday term easter christmas summer autumn spring \
                     review pep meeting birthday exam exams gcses mocks sats holidays tomorrow today tonight week month";
const FURTHEST: usize = 6;

/// Which words say by when: "by the end of term", "before 12 March", "in 12 weeks".
pub fn times(words: &[&str]) -> Vec<bool> {
    let mut times = vec![false; words.len()];
    for head in (0..words.len()).filter(|head| is_among(words[*head], HEADS)) {
        if let Some(end) = time_after(words, head) {
            times[head..=end].fill(true);
        }
    }
    times
}

/// Where the time that a word begins ends.
fn time_after(words: &[&str], head: usize) -> Option<usize> {
    for at in (head + 1..words.len()).take(FURTHEST) {
        let (word, before) = (words[at], words[at - 1]);
        if word == BREAK || is_among(word, HEADS) {
            return None;
        }
        if is_number(before) && is_among(word, LENGTH) {
            return is_among(words[head], LENGTHS).then_some(at);
        }
        let is_year = number(word).is_some() && before == "year" && is_among(words[head], "by before until end");
        let is_date = word.matches('/').count() == 2 || word.len() == 4 && word.starts_with("20");
        let is_named = is_among(word, TIMES) && !is_among(before, "a per each every")
            || word == "year" && is_among(words[head], "this next");
        let is_moment = word == "time" && before == "the" && is_among(words[head], "by before");
        if is_year || is_date || is_named || is_moment {
            return Some(at);
        }
    }
    None
}

const OFTEN: &str = "daily nightly weekly fortnightly mondays tuesdays wednesdays thursdays fridays";
const EACH: &str = "day night week fortnight month morning afternoon evening weekend weekday lesson session school \
                    monday tuesday wednesday thursday friday time";
const LABELS: &str = "year key stage phase level";
/// Done or not done: nothing to count, and still plain to see.
const DONE: &str = "join pass apply submit complete finish visit enrol perform recite";
const SEEN: &str = "without unaided independently heart expected merit distinction";

/// The first word that says more or better without saying how much.
pub fn vague<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().copied().find(|word| is_among(word, VAGUE))
}

/// Whether there is something to count or to see.
pub fn is_measured(words: &[&str], times: &[bool]) -> bool {
    let is_vague = vague(words).is_some();
    (0..words.len()).filter(|at| !times[*at]).any(|at| {
        let near = |by: usize| words.get(at + by).copied().unwrap_or_default();
        let back = |by: usize| at.checked_sub(by).map_or("", |at| words[at]);
        let word = words[at];
        is_counted(word, back(1), near(1), near(2), back(2))
            || is_among(word, OFTEN)
            || is_among(word, SEEN)
            || is_among(word, "each every") && (is_among(near(1), EACH) || is_among(near(2), EACH))
            || word == "no" && !is_among(near(1), "longer more one")
            || word == "own" && back(2) == "on"
            || is_absolute(word, back(1))
            || !is_vague && is_among(word, DONE) && near(1) != "in"
    })
}

/// A number of something: not "Year 9", "one another" or "one to one".
fn is_counted(word: &str, before: &str, next: &str, second: &str, back: &str) -> bool {
    let is_pair = next == "to" && second == word || before == "to" && back == word;
    let is_ratio = matches!(word, "1:1" | "2:1" | "1-1" | "1to1");
    let is_pronoun = word == "one" && is_among(next, "another of day");
    is_number(word) && !is_among(before, LABELS) && !is_pair && !is_ratio && !is_pronoun
        || word == "half" && next != "term"
}

/// "always", "never", "every time", "all the time".
pub fn is_absolute(word: &str, before: &str) -> bool {
    is_among(word, "always never perfect perfectly faultless")
        || word == "time" && is_among(before, "every")
        || word == "times" && before == "all"
}

const VAGUE: &str = "improv* try tries trying better best harder hard behav* work* confiden* keep* continu* develop* \
                     increas* rais* support* help* encourag* engag* focus* more less progress* understand* learn* aware* \
                     build* good well positiv* catch maintain* attitude* effort* enjoy* settl* manag* cop* reduc* some \
                     regularly often skill* social* think* carry* resilien* esteem";
const EMPTY: &str = "an the to of in on at by for with and or be is are was will can able his her hers him their them its \
                     my our he she they it who that this these from as up do does make have has get go all each every own \
                     about so not but into out than when while if we you your any other others self through child pupil \
                     teacher teachers staff observ* feedback report* evidence discuss* monitor* again always never";
/// What targets are often about: it says the subject, and nothing more.
const BROAD: &str = "read* writ* math* english science school class* lesson* subject* literacy numeracy attend* friend* \
                     peer* homework speak* talk* listen*";

/// How many words say something, and how many of them more than the subject.
pub fn weight(words: &[&str], times: &[bool]) -> (usize, usize) {
    let said = words.iter().zip(times).filter(|(word, is_time)| {
        !**is_time && word.len() > 1 && !is_number(word) && !is_among(word, EMPTY) && !is_among(word, VAGUE)
    });
    said.fold((0, 0), |(all, close), (word, _)| (all + 1, close + usize::from(!is_among(word, BROAD))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).collect()
    }

    fn is_timed(text: &str) -> bool {
        times(&split(text)).contains(&true)
    }

    fn is_counted(text: &str) -> bool {
        let words = split(text);
        is_measured(&words, &times(&words))
    }

    #[test]
    fn a_text_comes_apart_into_words() {
        assert_eq!(split("by half-term, at 8.45: 97.5%."), ["by", "half", "term", "at", "8.45", "97.5%"]);
        assert_eq!(split("“the child’s — own” words…"), ["the", "child", "own", "words"]);
        assert_eq!(split("élan 1-1 ..."), ["élan", "1-1"]);
    }

    #[test]
    fn times_are_known_however_they_are_said() {
        for time in [
            "by july",
            "by the end of term",
            "by half term",
            "before easter",
            "by 12 march",
            "by 12/03/2027",
            "in 12 weeks",
            "over the next six weeks",
            "this half term",
            "by the end of year 9",
            "before her next review",
            "between now and christmas",
            "by the time he starts year 7",
        ] {
            assert!(is_timed(time), "{time}");
        }
        for none in ["by 6 months", "3 times a week", "for 20 minutes", "in 3 lessons a week", "in year 9", "by bus"] {
            assert!(!is_timed(none), "{none}");
        }
    }

    #[test]
    fn numbers_count_in_figures_and_in_words() {
        for counted in
            ["three times a week", "twice", "every day", "half of them", "from 3 to 4", "every single lesson"]
        {
            assert!(is_counted(counted), "{counted}");
        }
        for not in ["by 12 march", "in year 9", "key stage 2", "one to one help", "1:1", "read more", "join in more"] {
            assert!(!is_counted(not), "{not}");
        }
    }
}
