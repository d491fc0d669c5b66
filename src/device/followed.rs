//! What a section says and who is in it, followed place by place: whoever shows one
//! field runs again when that field changes, and not at every key in the section.

use super::Other;
use crate::domain::values::Values;
use leptos::prelude::*;
use litemap::LiteMap;
use std::sync::Arc;
use std::time::Duration;

/// How long whoever reads more than a text waits to hear that it changed.
const AROUND: Duration = Duration::from_millis(600);

/// Who follows which place. A place is a path of `Values`, or the start of several: a
/// row (`targets/{row id}`), a table, or nothing at all for the section.
#[derive(Clone, Copy)]
struct Places(StoredValue<LiteMap<String, ArcTrigger>>);

impl Places {
    fn new() -> Self {
        Self(StoredValue::new(LiteMap::new()))
    }

    fn follow(self, place: &str) {
        // The server renders once, and nothing changes meanwhile.
        if is_server() {
            return;
        }
        let known = self.0.with_value(|places| places.get(place).cloned());
        let trigger = known.unwrap_or_else(|| {
            let trigger = ArcTrigger::new();
            self.0.update_value(|places| drop(places.insert(place.to_string(), trigger.clone())));
            trigger
        });
        trigger.track();
    }

    fn tell(self, changed: &[String], meets: fn(&str, &str) -> bool) {
        if changed.is_empty() {
            return;
        }
        let met = |place: &str| changed.iter().any(|changed| meets(changed, place));
        let told = self.0.try_with_value(|places| {
            places.iter().filter(|(place, _)| met(place)).map(|(_, trigger)| trigger.clone()).collect::<Vec<_>>()
        });
        told.iter().flatten().for_each(ArcTrigger::notify);
    }

    /// Tells those who follow these places themselves.
    fn tell_at(self, changed: &[String]) {
        let told = self.0.try_with_value(|places| {
            changed.iter().filter_map(|place| places.get(place.as_str()).cloned()).collect::<Vec<_>>()
        });
        told.iter().flatten().for_each(ArcTrigger::notify);
    }
}

/// The values of one open section. They are lent as a whole: what reads them is then
/// the reading alone, of which a page has many.
#[derive(Clone, Copy)]
pub struct Followed {
    values: StoredValue<Arc<Values>>,
    places: Places,
    /// Texts that changed, of which those around don't know yet.
    around: StoredValue<Vec<String>>,
}

impl Followed {
    pub fn new(values: Values) -> Self {
        let values = StoredValue::new(Arc::new(values));
        Self { values, places: Places::new(), around: StoredValue::new(Vec::new()) }
    }

    /// Reads what stands at a place. Whoever calls this in a reactive place runs again
    /// when something at it, in it or around it changes.
    pub fn at<T>(self, place: &str, read: impl FnOnce(&Values) -> T) -> T {
        self.places.follow(place);
        self.with_untracked(read)
    }

    /// Reads the section, followed as a whole.
    pub fn with<T>(self, read: impl FnOnce(&Values) -> T) -> T {
        self.at("", read)
    }

    /// Reads the section once.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Values) -> T) -> T {
        read(&self.values.get_value())
    }

    pub fn is_disposed(self) -> bool {
        self.values.is_disposed()
    }

    /// What the section says now, all of it.
    pub fn set(self, values: Values) {
        if self.with_untracked(|shown| *shown != values) {
            self.values.set_value(Arc::new(values));
            self.places.tell(&[String::new()], meet);
        }
    }

    /// Whoever follows this place looks at it again.
    pub fn tell(self, place: &str) {
        self.places.tell_at(&[place.to_string()]);
    }

    /// What the section says now at these paths; elsewhere it says what it did. Whoever
    /// reads more than a text, to name its row or to advise on it, hears of several keys
    /// together.
    pub fn put(self, part: &Values, paths: &[String]) {
        let changed = self.values.try_update_value(|values| Arc::make_mut(values).put(part, paths)).unwrap_or_default();
        let is_text = |path: &String| !crate::FAMILY && part.texts.contains_key(path);
        let (texts, others): (Vec<_>, Vec<_>) = changed.into_iter().partition(is_text);
        self.places.tell(&others, meet);
        self.places.tell_at(&texts);
        self.tell_around(texts);
    }

    fn tell_around(self, mut texts: Vec<String>) {
        let first = self.around.try_update_value(|around| {
            let first = around.is_empty();
            texts.retain(|text| !around.contains(text));
            around.append(&mut texts);
            first && !around.is_empty()
        });
        if first == Some(true) {
            let tell = move || {
                let texts = self.around.try_update_value(std::mem::take).unwrap_or_default();
                self.places.tell(&texts, is_around);
            };
            set_timeout(tell, AROUND);
        }
    }
}

/// Who else has one open section, and where they are in it.
#[derive(Clone, Copy)]
pub struct Others {
    all: StoredValue<Arc<Vec<Other>>>,
    places: Places,
}

impl Others {
    pub fn new() -> Self {
        Self { all: StoredValue::new(Arc::new(Vec::new())), places: Places::new() }
    }

    /// Reads who is there; whoever calls this in a reactive place runs again when
    /// somebody comes to that place, goes or moves in it.
    pub fn at<T>(self, place: &str, read: impl FnOnce(&[Other]) -> T) -> T {
        self.places.follow(place);
        read(&self.all.get_value())
    }

    pub fn set(self, others: Vec<Other>) {
        if self.all.is_disposed() {
            return;
        }
        let before = self.all.get_value();
        let gone = before.iter().filter(|other| !others.contains(other));
        let come = others.iter().filter(|other| !before.contains(other));
        // Whoever is in no field is of interest to those who follow all of them.
        let place = |other: &Other| other.sign.spot.as_ref().map_or("-".into(), |spot| spot.path.clone());
        let moved: Vec<String> = gone.chain(come).map(place).collect();
        self.all.set_value(Arc::new(others));
        self.places.tell(&moved, meet);
    }
}

/// Whether one of two places is the other, or in it.
fn meet(one: &str, other: &str) -> bool {
    let (outer, inner) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let rest = inner.strip_prefix(outer);
    outer.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a changed place is in another.
fn is_around(changed: &str, place: &str) -> bool {
    place.len() < changed.len() && meet(changed, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_told_to_its_place_and_to_all_around_it() {
        for place in ["", "targets", "targets/1", "targets/1/what"] {
            assert!(meet("targets/1/what", place), "{place}");
            assert_eq!(is_around("targets/1/what", place), !place.ends_with("what"), "{place}");
        }
        for place in ["targets/1/by", "targets/10", "targets/10/what", "target", "changes"] {
            assert!(!meet("targets/1/what", place), "{place}");
        }
        // A row that moved or went is told to its cells too.
        assert!(meet("targets", "targets/1/what"));
        assert!(meet("", "changes"));
    }
}
