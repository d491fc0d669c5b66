//! How good a plan is, as the virtual school sees it: area by area, with words.

use serde::{Deserialize, Serialize};

/// How an authority says it. Its own to set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quality {
    pub scheme: Scheme,
    /// What is looked at, each with a score and a comment of its own.
    pub areas: Vec<String>,
    pub coverage: Coverage,
}

/// Which plans the virtual school says it of before it agrees them. Every plan, where an
/// authority has set nothing: a plan that nobody has judged can't be good enough to
/// release its money. Some authorities look at a sample.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    #[default]
    EveryPlan,
    Sample,
}

impl Coverage {
    pub const ALL: [Coverage; 2] = [Coverage::EveryPlan, Coverage::Sample];

    /// The words on the page where an authority chooses.
    pub fn words(self) -> &'static str {
        match self {
            Coverage::EveryPlan => "Every plan, before it is agreed",
            Coverage::Sample => "A sample: a plan can be agreed without",
        }
    }
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
        Self { scheme: Scheme::default(), areas: areas.map(String::from).to_vec(), coverage: Coverage::default() }
    }
}

impl Quality {
    /// The level of the whole plan, once every area has one: that of the second worst
    /// area. Seven golds and a green are gold; two ambers are amber. None while
    /// something isn't looked at.
    pub fn overall(&self, scores: &[Score]) -> Option<&'static str> {
        let levels = self.scheme.levels();
        let mut places = self.areas.iter().map(|area| self.place(area, scores)).collect::<Option<Vec<_>>>()?;
        places.sort_unstable();
        let counted = places.len().checked_sub(2).and_then(|at| places.get(at)).or(places.first())?;
        levels.get(*counted).copied()
    }

    /// What keeps a plan with these scores from being agreed, in a sentence; nothing where
    /// all is said that the authority asks for.
    pub fn keeps_from_agreeing(&self, scores: &[Score]) -> Option<String> {
        if self.coverage == Coverage::Sample {
            return None;
        }
        let left = self.areas.iter().filter(|area| self.place(area, scores).is_none()).count();
        let left = match (left, self.areas.len()) {
            (0, _) => return None,
            (left, all) if left == all => "nothing of it is said yet".to_string(),
            (1, all) => format!("1 of {all} areas is left"),
            (left, all) => format!("{left} of {all} areas are left"),
        };
        Some(format!("Say how good this plan is before it is agreed: {left}"))
    }

    /// Where among the levels an area's score is; none where it has no score of this scheme.
    fn place(&self, area: &str, scores: &[Score]) -> Option<usize> {
        let score = scores.iter().find(|score| score.area == area)?;
        self.scheme.levels().iter().position(|level| *level == score.level)
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
        Quality { scheme, areas, ..Quality::default() }.overall(&scores)
    }

    #[test]
    fn a_plan_is_scored_before_it_is_agreed_unless_a_sample_is() {
        let areas = ["Voice", "Targets", "Progress"].map(String::from).to_vec();
        let every = Quality { areas, ..Quality::default() };
        let score = |area: &str, level: &str| Score { area: area.into(), level: level.into(), comment: String::new() };
        let said = |scores: &[Score]| every.keeps_from_agreeing(scores);
        let start = "Say how good this plan is before it is agreed:";
        assert_eq!(said(&[]).unwrap(), format!("{start} nothing of it is said yet"));
        let one = score("Voice", "green");
        assert_eq!(said(std::slice::from_ref(&one)).unwrap(), format!("{start} 2 of 3 areas are left"));
        let mut all = vec![one, score("Targets", "red"), score("Progress", "gold")];
        assert_eq!(said(&all).unwrap(), format!("{start} 1 of 3 areas is left"), "three levels know no gold");
        all.push(score("An area of last year", "green"));
        all[2].level = "amber".into();
        assert_eq!(said(&all), None, "a red plan can be agreed: that is a person's to weigh");
        let sample = Quality { coverage: Coverage::Sample, ..every };
        assert_eq!(sample.keeps_from_agreeing(&[]), None);
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
