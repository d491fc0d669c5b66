//! Reading the boxes of one group, and everything that is wrong in them at once.

use crate::domain::calendar::Day;
use crate::domain::money::Pence;
use crate::domain::settings::Group;
use crate::domain::settings::check::Wrong;
use crate::domain::sorted::sorted;
use crate::ui::form;

/// What the boxes of a group say, or what is wrong, by the id of the box.
pub type Typed = Result<Group, Vec<Wrong>>;

/// Reads box after box. One that can't be read has a stand-in until `done` says so.
#[derive(Default)]
pub struct Reading {
    boxes: Vec<String>,
    wrong: Vec<Wrong>,
}

impl Reading {
    pub fn words(&mut self, id: &str) -> String {
        self.boxes.push(id.to_string());
        form::typed(id).trim().to_string()
    }

    pub fn number(&mut self, id: &str) -> u32 {
        let words = self.words(id);
        let read = words.parse().map_err(|_| "Enter a whole number".to_string());
        self.take(id, read).unwrap_or_default()
    }

    /// Numbers with commas or spaces between them.
    pub fn numbers(&mut self, id: &str) -> Vec<u32> {
        let words = self.words(id);
        self.take(id, numbers_in(&words)).unwrap_or_default()
    }

    /// An amount; none where the box is empty.
    pub fn amount(&mut self, id: &str) -> Option<Pence> {
        let words = self.words(id);
        if words.is_empty() {
            return None;
        }
        self.take(id, words.parse())
    }

    /// A day; none where its boxes are empty.
    pub fn day(&mut self, id: &str) -> Option<Day> {
        self.boxes.push(id.to_string());
        let day = form::day(id).and_then(|day| if day.is_empty() { Ok(None) } else { day.parse().map(Some) });
        self.take(id, day).flatten()
    }

    /// Says that a box can't stay as it is.
    pub fn wrong(&mut self, id: &str, sentence: &str) {
        self.wrong.push((id.to_string(), sentence.to_string()));
    }

    pub fn is_wrong(&self, id: &str) -> bool {
        self.wrong.iter().any(|(of, _)| of == id)
    }

    /// The group, where all of it is good. `place` says which box of the page is the
    /// one of that name in the group.
    pub fn done(self, group: Group, place: impl Fn(&str) -> String) -> Typed {
        let Self { boxes, mut wrong } = self;
        for (of, sentence) in group.check() {
            let of = place(&of);
            if wrong.iter().all(|(known, _)| *known != of) {
                wrong.push((of, sentence));
            }
        }
        if wrong.is_empty() {
            return Ok(group);
        }
        let at = |(of, _): &Wrong| boxes.iter().position(|id| id == of);
        Err(sorted(wrong, |a, b| at(a) > at(b)))
    }

    fn take<T>(&mut self, id: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|sentence| self.wrong(id, &sentence)).ok()
    }
}

/// For a group whose boxes have their own names.
pub fn as_named(id: &str) -> String {
    id.to_string()
}

fn numbers_in(words: &str) -> Result<Vec<u32>, String> {
    let parts = words.split([',', ' ']).filter(|part| !part.is_empty());
    let read = parts.map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>();
    read.ok_or_else(|| "Enter numbers with commas between them, like 28, 14, 7".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::settings::{FirstPlanDays, SigningDays};

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(numbers_in("28, 14,7"), Ok(vec![28, 14, 7]));
        assert_eq!(numbers_in(" 28 14 "), Ok(vec![28, 14]));
        assert_eq!(numbers_in(""), Ok(vec![]));
        assert!(numbers_in("two weeks").is_err() && numbers_in("-7").is_err());
    }

    #[test]
    fn what_is_wrong_is_said_once_for_each_box_in_the_order_of_the_page() {
        let boxes = ["first-plan-begun", "first-plan-there", "signing-teacher"].map(String::from).to_vec();
        let mut reading = Reading { boxes, wrong: Vec::new() };
        reading.wrong("signing-teacher", "Enter a whole number");
        let group =
            Group::Days(FirstPlanDays { begun: 0, there: 20 }, SigningDays { teacher: 0, ..SigningDays::default() });
        let wrong = reading.done(group, as_named).unwrap_err();
        assert_eq!(
            wrong.iter().map(|(of, _)| of.as_str()).collect::<Vec<_>>(),
            ["first-plan-begun", "signing-teacher"]
        );
        assert_eq!(wrong[1].1, "Enter a whole number");
    }
}
