//! Whether a file says what a plan can say. What is wrong is said with its place.

mod sections;

use super::file::{FORMAT, File, Signature};
use crate::domain::access::YOUNG_PERSON;
use crate::domain::grant::LineState;
use crate::domain::money::FinancialYear;
use crate::domain::plan::State;
use crate::domain::seal;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::Values;
use crate::server::ids;
use crate::sync::document::MOST_TEXT;
use std::collections::BTreeSet;
use std::fmt::Display;

/// The last millisecond of the year 9999: what is later is no moment.
const LATEST: i64 = 253_402_300_799_999;

/// Far more people than have a part in anybody's plan.
const MOST_PEOPLE: usize = 2_000;

const PRIVATE: &str = "My voice is the young person's own, and never in a file";

const LONG: &str = "this is longer than a text can be";

/// Checks everything that can be checked without a database.
pub(super) fn check(file: &File) -> Result<(), String> {
    if file.format != FORMAT {
        return wrong("format", format!("this isn't a {FORMAT:?} file"));
    }
    if !file.complete || file.seen_by.is_some() {
        return Err("This file is one person's view of a plan, and not all of it. \
                    Ask for one that was made with `pep export`"
            .into());
    }
    if file.child.name.trim().is_empty() {
        return wrong("child.name", "a child has a name");
    }
    if !(1900..=2200).contains(&file.plan.year) || !(1..=10_000).contains(&file.plan.number) {
        return wrong("plan", "the year or the number of the plan can't be right");
    }
    if file.plan.as_agreed.is_some() && file.plan.state != State::Agreed {
        return wrong("plan.as_agreed", "only an agreed plan says this");
    }
    people(file)?;
    ids(file)?;
    sections::check(file)?;
    records(file)?;
    shared(file)?;
    grant(file)
}

/// Each person once, and nobody named who isn't among them.
fn people(file: &File) -> Result<(), String> {
    if file.people.len() > MOST_PEOPLE {
        return wrong("people", "these are more people than a plan names");
    }
    let mut known = BTreeSet::from([YOUNG_PERSON.to_string()]);
    for (at, person) in file.people.iter().enumerate() {
        if !known.insert(person.id.to_string()) {
            return wrong(format!("people[{at}].id"), "this person is here twice");
        }
        if person.name.trim().is_empty() {
            return wrong(format!("people[{at}].name"), "a person has a name");
        }
    }
    for place in file.places() {
        if place.by.is_some_and(|by| !known.contains(&by)) {
            return wrong(place.path, "this is done by somebody whom `people` doesn't name");
        }
        if place.at.is_some_and(|at| !(0..=LATEST).contains(&at.0)) {
            return wrong(place.path, "this happened at no moment that a calendar has");
        }
    }
    Ok(())
}

/// No two records of one kind with one id.
fn ids(file: &File) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    let mut once = |list: &str, at: usize, kind: &'static str, id: String| match seen.insert((kind, id)) {
        true => Ok(()),
        false => wrong(format!("{list}[{at}].id"), "this id is here twice"),
    };
    for (at, part) in file.sections.iter().enumerate() {
        for (number, said) in part.translations.iter().enumerate() {
            once(&format!("sections[{at}].translations"), number, "words of a section", said.id.to_string())?;
        }
    }
    for (at, one) in file.history.iter().enumerate() {
        once("history", at, "change", one.id.to_string())?;
    }
    for (at, one) in file.steps.iter().enumerate() {
        once("steps", at, "step", one.id.to_string())?;
    }
    for (at, one) in file.signatures.iter().enumerate() {
        once("signatures", at, "signature", one.id.to_string())?;
    }
    for (at, one) in file.addenda.iter().enumerate() {
        once("addenda", at, "addendum", one.id.to_string())?;
    }
    for (at, one) in file.late_edits.iter().enumerate() {
        once("late_edits", at, "late edit", one.id.to_string())?;
    }
    for (at, one) in file.offered.iter().enumerate() {
        once("offered", at, "offered", one.id.to_string())?;
    }
    for (at, one) in file.grant.iter().enumerate() {
        once("grant", at, "line", one.id.to_string())?;
    }
    for (at, one) in file.shared.iter().enumerate() {
        once("shared", at, "answer", one.id.to_string())?;
        for (number, reply) in one.replies.iter().enumerate() {
            once(&format!("shared[{at}].replies"), number, "reply", reply.id.to_string())?;
        }
        for (number, said) in one.translations.iter().enumerate() {
            once(&format!("shared[{at}].translations"), number, "translation", said.id.to_string())?;
        }
    }
    Ok(())
}

/// What is kept beside the sections. The path of a change may be one of an earlier
/// catalogue: it is a record and nothing is made from it.
fn records(file: &File) -> Result<(), String> {
    for (list, changes) in [("history", &file.history), ("late_edits", &file.late_edits)] {
        if let Some(at) = changes.iter().position(|change| change.section == SectionId::MyVoice) {
            return wrong(format!("{list}[{at}]"), PRIVATE);
        }
    }
    let mut late = BTreeSet::new();
    for (at, change) in file.late_edits.iter().enumerate() {
        if !late.insert((change.section, &change.path, &change.by, &change.became)) {
            return wrong(format!("late_edits[{at}]"), "this is here twice");
        }
    }
    offered(file)?;
    for (at, signature) in file.signatures.iter().enumerate() {
        signed(file, &format!("signatures[{at}]"), signature)?;
    }
    let mut areas = BTreeSet::new();
    for (at, score) in file.quality.iter().enumerate() {
        if !areas.insert(&score.area) {
            return wrong(format!("quality[{at}].area"), "this area is here twice");
        }
    }
    for (at, addendum) in file.addenda.iter().enumerate() {
        let text = seal::correction(&file.plan.id, addendum.section, &addendum.by, addendum.at, &addendum.words);
        if ids::hashed(&text) != addendum.hash {
            return wrong(format!("addenda[{at}].hash"), "the words aren't those that were signed");
        }
    }
    Ok(())
}

fn offered(file: &File) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (at, one) in file.offered.iter().enumerate() {
        let path = format!("offered[{at}]");
        if one.section == SectionId::MyVoice {
            return wrong(path, PRIVATE);
        }
        an_adults(&path, &one.by)?;
        if one.words.len() > MOST_TEXT {
            return wrong(format!("{path}.words"), LONG);
        }
        if !seen.insert((one.section, &one.by, &one.words)) {
            return wrong(path, "this is here twice");
        }
    }
    Ok(())
}

/// What only adults do is done by somebody of `people`.
fn an_adults(path: &str, by: &str) -> Result<(), String> {
    if by == YOUNG_PERSON {
        return wrong(format!("{path}.by"), "only an adult does this");
    }
    Ok(())
}

/// A signature that stands is for exactly what the file says: else the file was changed.
fn signed(file: &File, path: &str, signature: &Signature) -> Result<(), String> {
    if signature.hash.is_none() {
        return wrong(format!("{path}.hash"), "a signature has the hash of what it is for");
    }
    let mut seen = BTreeSet::new();
    let empty = Values::default();
    for (number, signed) in signature.sections.iter().enumerate() {
        let path = format!("{path}.sections[{number}]");
        if !seal::is_signed(signed.section) {
            return wrong(path, "nobody signs this section");
        }
        if !seen.insert(signed.section) {
            return wrong(path, "this section is signed twice");
        }
        let part = file.sections.iter().find(|part| part.section == signed.section);
        let content = seal::canonical(signed.section, part.map_or(&empty, |part| &part.values));
        if signed.void_at.is_none() && ids::hashed(&content) != signed.hash {
            return wrong(format!("{path}.hash"), "the section doesn't say what was signed");
        }
    }
    Ok(())
}

fn shared(file: &File) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (at, answer) in file.shared.iter().enumerate() {
        let path = format!("shared[{at}]");
        let Some(Kind::Question(question)) =
            SectionId::MyVoice.section().field(&answer.question).map(|field| field.kind)
        else {
            return wrong(format!("{path}.question"), "My voice doesn't ask this");
        };
        if !seen.insert(&answer.question) {
            return wrong(format!("{path}.question"), "one answer to a question stands at a time");
        }
        if !answer.pick.is_empty() && !question.takes(&answer.pick) {
            return wrong(format!("{path}.pick"), "this isn't one of the answers");
        }
        if answer.words.len() > MOST_TEXT {
            return wrong(format!("{path}.words"), LONG);
        }
        if let Some(number) = answer.translations.iter().position(|said| said.words.len() > MOST_TEXT) {
            return wrong(format!("{path}.translations[{number}].words"), LONG);
        }
        if answer.with.iter().collect::<BTreeSet<_>>().len() != answer.with.len() {
            return wrong(format!("{path}.with"), "somebody is here twice");
        }
    }
    Ok(())
}

fn grant(file: &File) -> Result<(), String> {
    let mut ideas = BTreeSet::new();
    for (at, line) in file.grant.iter().enumerate() {
        let path = format!("grant[{at}]");
        if let Some((field, why)) = line.asked.problems().into_iter().next() {
            return wrong(format!("{path}.asked ({field})"), why);
        }
        let state = LineState::read(&line.state, line.reason.clone());
        let state = state.or_else(|why| wrong(format!("{path}.state"), why))?;
        if line.asked.idea.as_ref().is_some_and(|idea| state.stands() && !ideas.insert(idea)) {
            return wrong(format!("{path}.asked.idea"), "another line is for this idea already");
        }
        if line.financial_year != FinancialYear::of(line.asked.starts) {
            return wrong(format!("{path}.financial_year"), "it doesn't begin in this financial year");
        }
    }
    Ok(())
}

/// A sentence with the place that it is about.
pub(super) fn wrong<T>(place: impl Display, why: impl Display) -> Result<T, String> {
    Err(format!("{place}: {why}. Nothing was imported"))
}
