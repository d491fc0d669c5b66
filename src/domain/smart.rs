//! Help while a target is written: which of the five letters of SMART aren't there
//! yet, and how one could say them. It reads words, so it can be wrong: it suggests,
//! and nothing waits for it.

mod areas;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
mod text;

use super::people::RowId;
use super::values::Values;
use areas::Area;
use text::{BREAK, is_absolute, is_among, is_measured, number, times, vague, weight, words};

/// The five things that a target says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Specific,
    Measurable,
    Achievable,
    Relevant,
    TimeBound,
}

/// One of the five that isn't there yet, or that could be said more fully.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Help {
    pub part: Part,
    /// What is missing, and how to say it.
    pub words: String,
}

/// What is said of a target: what it misses, and what boxes that are still empty could
/// add to it. A sentence that says all five misses nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    pub missing: Vec<Help>,
    pub hints: Vec<Help>,
}

/// What is written of one target.
#[derive(Clone, Copy, Default)]
pub struct Written<'a> {
    pub what: &'a str,
    pub how_we_will_know: &'a str,
    /// Whether a day is set.
    pub by_when: bool,
    pub who: &'a str,
    pub strategy: &'a str,
    pub why: &'a str,
    /// The id of the area that was chosen.
    pub area: Option<&'a str>,
    /// What the targets of last time said.
    pub last_time: &'a [&'a str],
    /// Who helps and why are asked for apart: left empty, they are hinted at.
    pub in_parts: bool,
}

impl Part {
    /// In words that need no acronym.
    pub fn name(self) -> &'static str {
        match self {
            Part::Specific => "What exactly",
            Part::Measurable => "How we will know",
            Part::Achievable => "Within reach",
            Part::Relevant => "Why",
            Part::TimeBound => "By when",
        }
    }
}

/// What isn't there yet, in the order of the letters, and what could still be added.
pub fn advice(target: &Written) -> Advice {
    let (what, how) = (target.what.to_ascii_lowercase(), target.how_we_will_know.to_ascii_lowercase());
    let (what, how): (Vec<_>, Vec<_>) = (words(&what).collect(), words(&how).collect());
    let goal = &what[..reason(&what).unwrap_or(what.len())];
    let area = Area::of(target.area, &what);
    let both = [goal, &[BREAK], &how].concat();
    let both_times = times(&both);
    let is_counted = is_measured(&both, &both_times);
    let (all, close) = weight(goal, &both_times);
    let is_specific = match (is_counted, vague(goal)) {
        (true, _) => weight(&both, &both_times).0 > 0,
        (_, Some(_)) => close >= 3,
        (_, None) => close >= 1 && all >= 2,
    };
    let is_seen = is_counted || vague(&how).is_none() && weight(&how, &times(&how)).1 >= 3;
    let is_reasoned = goal.len() < what.len() || !target.why.trim().is_empty() || area.is_known();
    let is_timed = target.by_when || both_times.contains(&true) || times(&what).contains(&true);

    let (mut missing, mut hints) = (Vec::new(), Vec::new());
    let mut say = |part, words| missing.push(Help { part, words });
    if !is_specific {
        let lead = quoted(target.what).map(|what| format!("{what} can mean many things. ")).unwrap_or_default();
        say(Part::Specific, format!("{lead}Say {}: such as “{}”.", area.ask, area.such_as));
    }
    if !is_seen {
        let lead = match (quoted(target.how_we_will_know), vague(goal)) {
            (Some(how), _) => format!("{how} can’t be counted yet. "),
            (_, Some(word)) => format!("“{word}” doesn’t say how much. "),
            _ => String::new(),
        };
        say(Part::Measurable, format!("{lead}Say from what to what, or how often: such as “{}”.", area.measured));
    }
    match out_of_reach(target, &both, area) {
        Some(words) => say(Part::Achievable, words),
        None if target.in_parts && !is_helped(target, &both) => {
            let words = "Say who helps and what they do: such as “Mr Shah, Tuesdays at lunch”.".into();
            hints.push(Help { part: Part::Achievable, words });
        }
        None => {}
    }
    let why = "Choose an area, or say why this matters. The child’s own words are the best reason.";
    match is_specific {
        _ if is_reasoned => {}
        false => say(Part::Relevant, why.into()),
        true if target.in_parts => hints.push(Help { part: Part::Relevant, words: why.into() }),
        true => {}
    }
    if !is_timed {
        say(Part::TimeBound, "Name a day before the next review, or a time such as “by half term”.".into());
    }
    Advice { missing, hints }
}

/// Where a sentence begins to say why.
fn reason(words: &[&str]) -> Option<usize> {
    (0..words.len()).find(|at| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        words[*at] == "because" || words[*at] == "so" && is_among(next, "that he she they i we")
    })
}

/// Somebody's words in quotation marks, where they are short.
fn quoted(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    (!text.is_empty() && text.len() <= MOST).then(|| format!("“{text}”"))
}

/// The longest words that are quoted back, in bytes.
const MOST: usize = 60;

/// Whether somebody is named who helps, or what they do is said.
fn is_helped(target: &Written, goal: &[&str]) -> bool {
    let who = target.who.to_ascii_lowercase();
    let is_named =
        words(&who).any(|word| !is_among(word, "the all school everyone staff team teachers adults tbc tba n/a"));
    let is_with = goal.windows(2).any(|pair| pair[0] == "with" && is_among(pair[1], "mr mrs ms miss his her their"));
    is_named || is_with || !target.strategy.trim().is_empty()
}

/// What is plainly too much; nothing where it may well do.
fn out_of_reach(target: &Written, goal: &[&str], area: &Area) -> Option<String> {
    let said: Vec<_> = target.last_time.iter().map(|text| text.to_ascii_lowercase()).collect();
    let now = target.what.to_ascii_lowercase();
    if said.iter().any(|before| words(before).eq(words(&now)) && words(&now).next().is_some()) {
        return Some(
            "Last time’s target said the same. Say what will be different this time, or a smaller step.".into(),
        );
    }
    // "Every time", and then from 7 in 10 to 9 in 10: what is counted is the step.
    let is_a_step =
        goal.split(|word| *word == BREAK).nth(1).is_some_and(|how| how.iter().any(|word| number(word).is_some()));
    let before = |at: usize| at.checked_sub(1).map_or("", |at| goal[at]);
    let absolute = (0..goal.len()).find(|at| is_absolute(goal[*at], before(*at)));
    if let Some(at) = absolute.filter(|_| !is_a_step) {
        let word = if goal[at].starts_with("time") { "every time" } else { goal[at] };
        return Some(format!("“{word}” leaves no room for one bad day. Say a next step: such as “4 times out of 5”."));
    }
    if is_a_leap(goal, area) {
        return Some(
            "That is a long way for one term. Say a step that this term can reach, and the next one later.".into(),
        );
    }
    let soon = goal.iter().find(|word| is_among(word, "tomorrow tonight overnight immediately"))?;
    Some(format!("“{soon}” is too soon to see a change. Give it some weeks: such as “by half term”."))
}

/// A rise that one term doesn't see.
fn is_a_leap(goal: &[&str], area: &Area) -> bool {
    let near = |at: usize| goal.get(at).copied().unwrap_or_default();
    let is_percent = |at: usize| near(at).ends_with('%') || is_among(near(at + 1), "% percent per");
    let percents: Vec<_> = (0..goal.len()).filter(|at| is_percent(*at)).filter_map(|at| number(goal[at])).collect();
    let percents_leap = match percents[..] {
        [100] => area.is_attendance(),
        [from, 100] => from < if area.is_attendance() { 95 } else { 70 },
        [from, to] => to >= from + 40,
        _ => false,
    };
    let after = |word: &str| {
        let at = goal.iter().position(|there| *there == word)?;
        (at + 1..at + 3).find_map(|at| number(near(at)))
    };
    let grades_leap = goal.contains(&"grade")
        && matches!((after("from"), after("to")), (Some(from), Some(to)) if to <= 9 && to >= from + 4);
    let years_leap =
        (0..goal.len()).any(|at| goal[at] == "by" && near(at + 2) == "years" && number(near(at + 1)) > Some(2));
    percents_leap || grades_leap || years_leap
}

/// What is said of one row of the `targets` section; nothing where nobody has written what will change. Last time's targets are looked back at in the same
/// section; those of another plan may come along.
pub fn help_row(values: &Values, row: &RowId, last_term: Option<&Values>) -> Option<Advice> {
    let text = |column: &str| values.text(&format!("targets/{row}/{column}"));
    let looked_back = values
        .rows("review")
        .filter(|row| values.fact(&format!("review/{}/carry-over", row.id)) != Some("yes"))
        .map(|row| values.text(&format!("review/{}/what", row.id)));
    let last_term = last_term
        .into_iter()
        .flat_map(|before| before.rows("targets").map(|row| before.text(&format!("targets/{}/what", row.id))));
    let last_time: Vec<_> = looked_back.chain(last_term).collect();
    let target = Written {
        what: text("what"),
        how_we_will_know: text("how-we-will-know"),
        by_when: !values.entries(&format!("targets/{row}/by-when")).is_empty(),
        who: text("who"),
        strategy: text("strategy"),
        why: text("why"),
        area: values.fact(&format!("targets/{row}/area")),
        last_time: &last_time,
        in_parts: true,
    };
    (!target.what.trim().is_empty()).then(|| advice(&target))
}
