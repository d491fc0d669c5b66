//! What must not be on a family copy, wherever it was written: words that somebody
//! typed into an ordinary field can name the street all the same. A text with any of
//! it is left out whole; to cut out the place alone would show where it stood.

use super::names::Names;
use super::spelling::{Spelt, digits, tokens};
use crate::domain::people::{Role, TeamMember};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use serde::Serialize;

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
    /// The last digits of phone numbers.
    phones: Vec<String>,
    names: Names,
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
        kept.school(school);
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
                SectionId::SchoolNow => kept.school(values.text("name")),
                // Where they were tells those who knew them there where to ask.
                SectionId::AboutMe => {
                    let school = |path: &str| path.starts_with("schools/") && path.ends_with("/name");
                    values.texts.iter().filter(|(path, _)| school(path)).for_each(|(_, name)| kept.school(name));
                }
                _ => {}
            }
            let named = |path: &str| NAMED.iter().any(|(id, end)| *id == section && path.ends_with(end));
            values.texts.iter().filter(|(path, _)| named(path)).for_each(|(_, name)| names.other(name));
        }
        kept.names = names.without(&own);
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
        values.text("address").split(['\n', '\r', ',', ';']).for_each(|line| self.place(line));
        self.phones.extend(digits(values.text("carer-phone")).into_iter().filter_map(|run| end(&run)));
        // Those who were taken from the list too: that they may know now isn't said.
        let listed = |path: &str| path.starts_with("kept-away/") && path.ends_with("/name");
        for (_, name) in values.texts.iter().filter(|(path, _)| listed(path)) {
            let parts = tokens(name);
            let tells = |part: &&String| part.chars().count() > 2 && !own.contains(part);
            self.places.extend(parts.iter().filter(tells).map(|part| vec![part.clone()]));
        }
    }

    /// A school, by its whole name and by what people call it for short.
    fn school(&mut self, name: &str) {
        self.place(name);
        let short: Vec<_> = tokens(name).into_iter().filter(|token| !KINDS.contains(&token.as_str())).collect();
        self.place(&short.join(" "));
    }

    /// A place, as it is written and without the number before it.
    fn place(&mut self, line: &str) {
        let whole = tokens(line);
        let street: Vec<_> = whole.iter().skip_while(|token| token.starts_with(char::is_numeric)).cloned().collect();
        for spelt in [whole, street] {
            if spelt.iter().map(|token| token.chars().count()).sum::<usize>() > 2 {
                self.places.push(spelt);
            }
        }
    }

    /// Words for the copy: without names, or what stands in the place of all of them.
    pub fn put(&self, words: String) -> Cleared {
        Cleared(if self.tells(&words) { KEPT_PRIVATE.into() } else { self.names.left_out(&words) })
    }

    fn tells(&self, words: &str) -> bool {
        let spelt = Spelt::new(words);
        self.places.iter().any(|place| spelt.has(place, LONG))
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
mod tests {
    use super::*;

    fn kept() -> Kept {
        let mut private = Values::default();
        private.texts.insert("address".into(), "14 Example Terrace\nBath\nZZ9 9ZZ".into());
        private.texts.insert("carer-phone".into(), "07700 900123".into());
        private.texts.insert("kept-away/x/name".into(), "Samir Haddad".into());
        let mut about = Values::default();
        about.texts.insert("schools/x/name".into(), "St Brannoc's Infant School".into());
        about.texts.insert("legal-name".into(), "Amira Haddad".into());
        let plan = [(SectionId::PrivateDetails, &private), (SectionId::AboutMe, &about)];
        Kept::of(plan.into_iter(), "Wren Hill Academy", &[])
    }

    #[test]
    fn a_text_that_tells_where_the_child_is_is_left_out_however_it_is_spelt() {
        for telling in [
            "She lives at 14 Example Terrace.",
            "meet at EXAMPLE TERRACE, by the gate",
            "on Éxample   Terr. since March",
            "ex-ample terrace",
            "#ExampleTerrace14",
            "walks home to Bath",
            "she runs a bath for the dog",
            "zz99zz",
            "Z Z 9  9 Z Z",
            "ＺＺ９ 9ZZ",
            "ring 07700900123",
            "ring +44 (0)7700 900 123",
            "ring 0044 7700-900123",
            "900123, after six",
            "or 01632 960 001",
            "another at M1 1AE",
            "write to jo@home.example",
            "samir waited outside",
            "Wren Hill  academy's fair",
            "Star of the week at Wren Hill",
            "played for wrenhill",
            "was at St Brannoc's before",
            "Exam\u{200b}ple Terrace",
        ] {
            assert_eq!(kept().put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
        }
    }

    #[test]
    fn other_words_stay_as_they_were_written() {
        for plain in [
            "Read 20 minutes, 4 days a week",
            "The dog sleeps in the bathroom",
            "For example, a terrace of houses in art",
            "Mrs Haddad came to the fair",
            "From 31 to 40 by 12/12/2026, in 2026-27",
            "KS2 3pm club, Y8 2 x 30 min",
            "Year 8, term 2: 95.5% of 138 sessions",
            "Wren is her favourite bird, by the hill",
            "ቋንቋ ትግርኛ",
        ] {
            assert_eq!(kept().put(plain.into()).words(), plain);
        }
    }

    #[test]
    fn without_private_details_nothing_but_numbers_and_addresses_is_left_out() {
        let kept = Kept::of([].into_iter(), "", &[]);
        assert!(!kept.knows_home);
        assert_eq!(kept.put("A visit to the library".into()).words(), "A visit to the library");
        assert_eq!(kept.put("Ring 01632 960001".into()).words(), KEPT_PRIVATE);
    }
}
