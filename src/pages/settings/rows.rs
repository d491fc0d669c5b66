//! Boxes in a list that can be added to, taken from and put in another order. What is
//! typed in them is the browser's; here is only which there are.

use crate::ui::field::focus_on;
use leptos::prelude::*;

/// The boxes of one list.
#[derive(Clone, Copy)]
pub struct Rows {
    /// What a box is called in the group: `area` for `area-0`.
    name: &'static str,
    pub keys: RwSignal<Vec<usize>>,
    /// What the boxes that were there at first say.
    first: StoredValue<Vec<String>>,
    next: StoredValue<usize>,
}

impl Rows {
    pub fn new(name: &'static str, first: Vec<String>) -> Self {
        let many = first.len();
        Self {
            name,
            keys: RwSignal::new((0..many).collect()),
            first: StoredValue::new(first),
            next: StoredValue::new(many),
        }
    }

    /// The id of a row's box, wherever in the list it stands.
    pub fn control(self, key: usize) -> String {
        format!("{}-row-{key}", self.name)
    }

    pub fn first(self, key: usize) -> String {
        self.first.with_value(|first| first.get(key).cloned().unwrap_or_default())
    }

    /// The ids of the boxes, in their order.
    pub fn controls(self) -> Vec<String> {
        self.keys.with_untracked(|keys| keys.iter().map(|key| self.control(*key)).collect())
    }

    /// Where a row stands, from 1.
    pub fn number(self, key: usize) -> usize {
        self.keys.with(|keys| keys.iter().position(|other| *other == key).map_or(0, |at| at + 1))
    }

    /// The box of the page for the name that the group has for it.
    pub fn place(self, of: &str) -> String {
        let at = of.strip_prefix(self.name).and_then(|rest| rest.strip_prefix('-')?.parse::<usize>().ok());
        let key = at.and_then(|at| self.keys.with_untracked(|keys| keys.get(at).copied()));
        key.map_or_else(|| of.to_string(), |key| self.control(key))
    }

    /// Adds an empty row, and puts the person in it.
    pub fn add(self, part: &str) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        self.keys.update(|keys| keys.push(key));
        focus_on(format!("{}{part}", self.control(key)));
    }

    pub fn remove(self, key: usize) {
        self.keys.update(|keys| keys.retain(|other| *other != key));
    }

    /// Moves a row past its neighbour, where it has one.
    pub fn shift(self, key: usize, up: bool) {
        self.keys.update(|keys| shifted(keys, key, up));
    }
}

fn shifted(keys: &mut [usize], key: usize, up: bool) {
    let Some(at) = keys.iter().position(|other| *other == key) else { return };
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < keys.len()) };
    if let Some(to) = to {
        keys.swap(at, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_moves_past_its_neighbour_and_not_off_the_list() {
        let after = |key, up| {
            let mut keys = [7, 8, 9];
            shifted(&mut keys, key, up);
            keys
        };
        assert_eq!(after(8, true), [8, 7, 9]);
        assert_eq!(after(8, false), [7, 9, 8]);
        assert_eq!((after(7, true), after(9, false), after(4, true)), ([7, 8, 9], [7, 8, 9], [7, 8, 9]));
    }

    #[test]
    fn a_problem_finds_its_box_after_rows_have_moved() {
        let owner = Owner::new();
        owner.with(|| {
            let rows = Rows::new("area", vec!["One".into(), "Two".into()]);
            rows.shift(1, true);
            assert_eq!(rows.place("area-0"), "area-row-1");
            assert_eq!((rows.place("area-5"), rows.place("areas")), ("area-5".into(), "areas".into()));
            assert_eq!((rows.first(1), rows.first(9)), ("Two".into(), String::new()));
        });
    }
}
