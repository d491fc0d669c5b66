//! What must not be on a family copy, wherever it was written: words that somebody
//! typed into an ordinary field can name the street all the same. A text with any of
//! it is left out whole; to cut out the place alone would show where it stood.

use super::names::Names;
use super::ordinary::{Telling, forms, is_country, telling};
use super::spelling::{Spelt, digits, house_numbers, tokens};
use super::streets;
use crate::domain::people::{Role, TeamMember};
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::Values;
use serde::Serialize;
use std::collections::BTreeSet;

/// Words that were looked through. Only `Kept::put` makes them, and a family copy is
/// of a type that takes nothing else.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Cleared(String);

impl Cleared {
    pub fn words(&self) -> &str {
        &self.0
    }
}

/// What stands in the place of words that can't be on the copy.
pub const KEPT_PRIVATE: &str = "[kept private]";

/// A place written with fewer signs than this is only looked for as words of their own.
const LONG: usize = 8;
/// The end of a phone number by which people in one town know it.
const LOCAL: usize = 6;

/// What people leave out of the name of a school.
const KINDS: &[&str] = &[
    "school",
    "primary",
    "secondary",
    "academy",
    "college",
    "nursery",
    "infant",
    "infants",
    "junior",
    "juniors",
    "high",
    "community",
    "special",
    "preschool",
    "kindergarten",
    "church",
    "of",
    "england",
    "ce",
    "c",
    "e",
    "rc",
    "catholic",
    "the",
    "and",
    "sixth",
    "form",
    "centre",
    "unit",
];

/// What stands close to the score of a questionnaire.
const SCORING: &[&str] = &["score", "scores", "scored", "scoring", "questionnaire", "difficulties", "boxall"];
/// How many words a score is from them at most.
const CLOSE: usize = 4;

/// Where a plan names people.
const NAMED: &[(SectionId, &str)] = &[
    (SectionId::SchoolNow, "/name"),
    (SectionId::Everyday, "/name"),
    (SectionId::Targets, "/who"),
    (SectionId::Actions, "/who"),
    (SectionId::Wellbeing, "trusted-adult"),
];

/// What one child's copies must not say.
#[derive(Default)]
pub struct Kept {
    /// Addresses, schools and names, spelt for comparing.
    places: Vec<Vec<String>>,
    /// Words of them that tell only where they are written as names are.
    named: BTreeSet<String>,
    /// Names of those who must not know, where they are words of every day as well.
    away: BTreeSet<String>,
    houses: BTreeSet<String>,
    scores: BTreeSet<String>,
    /// What a part of a questionnaire is called, with its score.
    parts: BTreeSet<(&'static str, String)>,
    /// The last digits of phone numbers.
    phones: Vec<String>,
    names: Option<Names>,
    /// Whether it is known where the child lives.
    pub knows_home: bool,
}

impl Kept {
    /// Everything in these sections' private details and beside them that tells where
    /// the child is, or names who must not know. `school` is where they go, and `team`
    /// everybody who is or was in their team.
    pub fn of<'a>(
        plans: impl Iterator<Item = (SectionId, &'a Values)> + Clone,
        school: &str,
        team: &[TeamMember],
    ) -> Self {
        let mut kept = Self::default();
        let own: Vec<String> = plans.clone().flat_map(|(id, values)| own_names(id, values)).collect();
        kept.school(school, &own);
        let mut names = Names::default();
        // The social worker and the virtual school are those whom the family can ask.
        for member in team {
            if member.role == Role::Carer {
                names.carer(&member.name);
            } else if member.role == Role::DesignatedTeacher {
                names.other(&member.name);
            }
        }
        for (section, values) in plans {
            match section {
                SectionId::PrivateDetails => kept.private(values, &own),
                SectionId::Scores => kept.scores(values),
                SectionId::SchoolNow => kept.school(values.text("name"), &own),
                // Where they were tells those who knew them there where to ask.
                SectionId::AboutMe => {
                    let school = |path: &str| path.starts_with("schools/") && path.ends_with("/name");
                    values.texts.iter().filter(|(path, _)| school(path)).for_each(|(_, name)| kept.school(name, &own));
                }
                _ => {}
            }
            let named = |path: &str| NAMED.iter().any(|(id, end)| *id == section && path.ends_with(end));
            values.texts.iter().filter(|(path, _)| named(path)).for_each(|(_, name)| names.other(name));
        }
        kept.names = Some(names.without(&own));
        kept.places.sort();
        kept.places.dedup();
        kept
    }

    /// What a screen that everybody in the meeting sees must not say: where the home is,
    /// and who must not know. Schools and the names of the team are known in the room.
    pub fn home_of<'a>(plans: impl Iterator<Item = (SectionId, &'a Values)> + Clone) -> Self {
        let mut kept = Self::default();
        let own: Vec<String> = plans.clone().flat_map(|(id, values)| own_names(id, values)).collect();
        plans.filter(|(id, _)| *id == SectionId::PrivateDetails).for_each(|(_, values)| kept.private(values, &own));
        kept
    }

    fn private(&mut self, values: &Values, own: &[String]) {
        self.knows_home |= !values.text("address").trim().is_empty();
        for line in values.text("address").split(['\n', '\r', ',', ';']) {
            self.place(tokens(line));
            // All of it may stand on one line, and each part tells the home by itself.
            streets::within(line).into_iter().for_each(|place| self.place(place));
            self.alone(&tokens(line), own);
            self.houses.extend(house_numbers(line));
        }
        self.phones.extend(digits(values.text("carer-phone")).into_iter().filter_map(|run| end(&run)));
        // Those who were taken from the list too: that they may know now isn't said.
        let listed = |path: &str| path.starts_with("kept-away/") && path.ends_with("/name");
        for (_, name) in values.texts.iter().filter(|(path, _)| listed(path)) {
            let parts = tokens(name);
            for part in parts.iter().filter(|part| part.chars().count() > 2 && !own.contains(part)) {
                match telling(part) {
                    Telling::Anyhow => self.places.extend(forms(part).into_iter().map(|form| vec![form])),
                    _ => self.away.extend(forms(part)),
                }
            }
        }
    }

    /// A school, by its whole name and by what people call it for short.
    fn school(&mut self, name: &str, own: &[String]) {
        // What follows the name says when they went, or how it was.
        let called = name.split([',', ';', '(', ':']).next().unwrap_or_default();
        self.place(tokens(called));
        let short: Vec<_> = tokens(called).into_iter().filter(|token| !KINDS.contains(&token.as_str())).collect();
        self.alone(&short, own);
        if short.len() > 1 {
            self.place(short);
        }
    }

    /// A place, as it is written and without the number before it.
    fn place(&mut self, whole: Vec<String>) {
        if is_country(&whole.join(" ")) {
            return;
        }
        let street: Vec<_> = whole.iter().skip_while(|token| token.starts_with(char::is_numeric)).cloned().collect();
        for spelt in [whole, street] {
            if spelt.iter().map(|token| token.chars().count()).sum::<usize>() > 2 {
                self.places.push(spelt);
            }
        }
    }

    /// The words of a place that tell it when they stand alone; not what the child is
    /// called too.
    fn alone(&mut self, words: &[String], own: &[String]) {
        for word in words.iter().filter(|word| !own.contains(word)) {
            match telling(word) {
                Telling::Nothing => {}
                Telling::AsAName => drop(self.named.insert(word.clone())),
                Telling::Anyhow => self.places.extend(forms(word).into_iter().map(|form| vec![form])),
            }
        }
    }

    /// The scores of questionnaires: they are never on paper. Those of the parts are
    /// small numbers, which stand beside much else.
    fn scores(&mut self, values: &Values) {
        for field in SectionId::Scores.section().fields {
            for entry in values.entries(field.id) {
                match field.kind {
                    Kind::Number { .. } if field.id == "total" => drop(self.scores.insert(entry.value.clone())),
                    Kind::Number { .. } => drop(self.parts.insert((field.id, entry.value.clone()))),
                    _ => {}
                }
            }
        }
        let others = values.texts.iter().filter(|(path, _)| path.starts_with("others/") && path.ends_with("/score"));
        self.scores.extend(others.flat_map(|(_, score)| digits(score)));
    }

    /// Words for the copy: without names, or what stands in the place of all of them.
    pub fn put(&self, words: String) -> Cleared {
        Cleared(match &self.names {
            _ if self.tells(&words) => KEPT_PRIVATE.into(),
            Some(names) => names.left_out(&words),
            None => words,
        })
    }

    fn tells(&self, words: &str) -> bool {
        let spelt = Spelt::new(words);
        self.places.iter().any(|place| spelt.has(place, LONG))
            || self.named.iter().any(|name| spelt.names(name))
            || self.away.iter().any(|name| spelt.may_name(name))
            || self.houses.iter().any(|number| spelt.has_house(number))
            || self.scores.iter().any(|score| spelt.has_near(score, SCORING, CLOSE))
            || self.parts.iter().any(|(part, score)| spelt.has_after(part, score))
            || spelt.has(&["sdq".into()], LONG)
            || digits(words).iter().any(|run| is_phone(run) || self.phones.iter().any(|end| run.contains(end.as_str())))
            || spelt.has_postcode()
            || words.contains('@')
    }
}

/// Names that the child has too tell nothing of who must not have contact.
fn own_names(section: SectionId, values: &Values) -> Vec<String> {
    match section {
        SectionId::AboutMe => tokens(&format!("{} {}", values.text("legal-name"), values.text("known-as"))),
        _ => Vec::new(),
    }
}

fn end(run: &str) -> Option<String> {
    run.len().checked_sub(LOCAL).map(|from| run[from..].to_string())
}

/// Any phone number, whoever it belongs to: 10 digits or more that begin as numbers do.
fn is_phone(run: &str) -> bool {
    run.len() >= 10 && (run.starts_with('0') || run.starts_with("44"))
}

#[cfg(test)]
mod tests;
