//! How good a plan is, as the virtual school sees it: area by area, with words.

use serde::{Deserialize, Serialize};

/// How an authority says it. Its own to set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quality {
    pub scheme: Scheme,
    /// What is looked at, each with a score and a comment of its own.
    pub areas: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    #[default]
    ThreeLevels,
    FourLevels,
}

/// What was said of one area.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Score {
    pub area: String,
    pub level: String,
    pub comment: String,
}

impl Scheme {
    pub const ALL: [Scheme; 2] = [Scheme::ThreeLevels, Scheme::FourLevels];

    /// The words on the page where an authority chooses.
    pub fn words(self) -> &'static str {
        match self {
            Scheme::ThreeLevels => "Three levels: green, amber, red",
            Scheme::FourLevels => "Four levels: gold, green, amber, red",
        }
    }

    /// The levels, the best first. In words, so that nothing hangs on a colour.
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Scheme::ThreeLevels => &["green", "amber", "red"],
            Scheme::FourLevels => &["gold", "green", "amber", "red"],
        }
    }
}

impl Default for Quality {
    fn default() -> Self {
        let areas = [
            "The child's voice, and what it changed",
            "Last time's targets looked back on",
            "Progress and needs",
            "Targets that can be measured",
            "What is done, by whom and how often",
            "Pupil Premium Plus, costed and tied to targets",
            "The carer's part",
            "Attendance, moves and what comes next",
        ];
        Self { scheme: Scheme::default(), areas: areas.map(String::from).to_vec() }
    }
}

impl Quality {
    /// The level of the whole plan, once every area has one: that of the second worst
    /// area. Seven golds and a green are gold; two ambers are amber. None while
    /// something isn't looked at.
    pub fn overall(&self, scores: &[Score]) -> Option<&'static str> {
        let levels = self.scheme.levels();
        let place = |area: &String| {
            let score = scores.iter().find(|score| score.area == *area)?;
            levels.iter().position(|level| *level == score.level)
        };
        let mut places = self.areas.iter().map(place).collect::<Option<Vec<_>>>()?;
        places.sort_unstable();
        let counted = places.len().checked_sub(2).and_then(|at| places.get(at)).or(places.first())?;
        levels.get(*counted).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overall(scheme: Scheme, levels: &[&str]) -> Option<&'static str> {
        let areas: Vec<_> = (0..levels.len()).map(|number| format!("Area {number}")).collect();
        let score = |(area, level): (&String, &&str)| Score {
            area: area.clone(),
            level: level.to_string(),
            comment: String::new(),
        };
        let scores: Vec<_> = areas.iter().zip(levels).map(score).collect();
        Quality { scheme, areas }.overall(&scores)
    }

    #[test]
    fn one_area_that_falls_short_does_not_decide_and_two_do() {
        let four = Scheme::FourLevels;
        assert_eq!(overall(four, &["gold", "gold", "gold", "gold", "gold", "gold", "gold", "green"]), Some("gold"));
        assert_eq!(overall(four, &["gold", "gold", "gold", "gold", "gold", "gold", "amber", "amber"]), Some("amber"));
        assert_eq!(overall(Scheme::ThreeLevels, &["green", "red"]), Some("green"));
        assert_eq!(overall(Scheme::ThreeLevels, &["red"]), Some("red"));
    }

    #[test]
    fn nothing_is_said_of_a_plan_that_was_not_looked_at_whole() {
        assert_eq!(overall(Scheme::ThreeLevels, &["green", ""]), None);
        assert_eq!(overall(Scheme::ThreeLevels, &[]), None);
    }
}
