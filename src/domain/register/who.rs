//! Which child a row is about. Only the children whose plan the person may write are
//! looked at, so an answer tells nothing about anybody else.

use super::day;
use crate::domain::calendar::Day;
use crate::domain::values::Values;

/// A child whose plan the person may write.
#[derive(Clone, PartialEq, Debug)]
pub struct Child {
    /// What the child likes to be called.
    pub name: String,
    pub full_name: String,
    pub born: Day,
    /// The UPN in the latest plan; empty where nobody wrote it.
    pub upn: String,
    /// What the section says now.
    pub values: Values,
    /// Why nothing can be imported into the child's plan now, if nothing can.
    pub closed: Option<&'static str>,
}

/// What a row says of who it is about; empty where it doesn't.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    pub upn: String,
    pub name: String,
    pub born: String,
}

/// Why a row has no child.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Miss {
    /// None of the person's children. Whether such a child exists, nobody says.
    Stranger,
    Said(String),
}

impl Said {
    /// What the page calls whoever a row is about, where no child is found.
    pub fn words(&self) -> String {
        if self.name.is_empty() { self.upn.clone() } else { self.name.clone() }
    }
}

/// Finds the child that a row is about: by UPN, or by full name and date of birth.
pub fn find(said: &Said, children: &[Child]) -> Result<usize, Miss> {
    let born = match (said.born.is_empty(), day::read(&said.born)) {
        (true, _) => None,
        (false, Some(day)) => Some(day),
        (false, None) => {
            let cell = super::checks::short(&said.born);
            return Err(Miss::Said(format!("The date of birth ({cell}) isn't a date. Write it like 1/5/2014")));
        }
    };
    let upn = spelled(&said.upn);
    let by_upn = || matching(children, |child| !upn.is_empty() && spelled(&child.upn) == upn);
    let by_name = || matching(children, |child| Some(child.born) == born && is_named(&said.name, &child.full_name));
    let several = || Miss::Said("More than one of your children fits this row. Check the UPN".into());
    let found = match (by_upn().as_slice(), by_name().as_slice()) {
        ([one], _) | ([], [one]) => *one,
        ([], []) => return Err(Miss::Stranger),
        _ => return Err(several()),
    };
    let child = &children[found];
    if born.is_some_and(|born| born != child.born) {
        let sentence = format!("The UPN is {}'s, but the date of birth isn't. Check which is right", child.name);
        return Err(Miss::Said(sentence));
    }
    if !upn.is_empty() && !child.upn.trim().is_empty() && spelled(&child.upn) != upn {
        let sentence =
            format!("The name and date of birth are {}'s, but the UPN isn't. Check which is right", child.name);
        return Err(Miss::Said(sentence));
    }
    Ok(found)
}

fn matching(children: &[Child], is_it: impl Fn(&Child) -> bool) -> Vec<usize> {
    children.iter().enumerate().filter(|(_, child)| is_it(child)).map(|(place, _)| place).collect()
}

fn spelled(upn: &str) -> String {
    upn.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}

/// Whether two full names are one person's. Middle names may be left out, first and
/// last may not; "Haddad, Amira" has its words in the other order.
fn is_named(said: &str, full_name: &str) -> bool {
    let said = match said.split_once(',') {
        Some((last, first)) => words(&format!("{first} {last}")),
        None => words(said),
    };
    let kept = words(full_name);
    let ends_fit = said.len() > 1 && said.first() == kept.first() && said.last() == kept.last();
    ends_fit && (is_within(&said, &kept) || is_within(&kept, &said))
}

/// Whether all of some words stand in others, in their order.
fn is_within(few: &[String], many: &[String]) -> bool {
    let mut many = many.iter();
    few.iter().all(|word| many.any(|other| other == word))
}

fn words(name: &str) -> Vec<String> {
    let name = name.replace(['\'', '’', '.'], "").to_lowercase();
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_string).collect()
}
