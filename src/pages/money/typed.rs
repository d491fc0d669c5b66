//! What the boxes of a request say, and what is wrong in them.

use crate::domain::calendar::Day;
use crate::domain::grant::{Request, wrong_words};
use crate::domain::money::Pence;
use crate::domain::people::RowId;
use crate::domain::sorted::sorted;
use crate::ui::form::{self, typed};

/// The boxes, in their order: id, label, hint.
pub const BOXES: [(&str, &str, &str); 8] = [
    ("target", "Which target is it for?", "Money is for what the plan sets out to change."),
    ("item", "What is to be paid for?", "Such as: one-to-one maths tuition."),
    ("units", "How many?", "Sessions, weeks or copies."),
    ("cost", "What does each cost, in pounds?", "Such as: 35 or 37.50."),
    ("provider", "Who provides it?", ""),
    ("starts", "When does it start?", ""),
    ("ends", "When does it end?", ""),
    ("expected", "What should it change?", "Something that can be seen or counted at the next review."),
];

/// What is wrong, by the id of its box.
pub type Problems = Vec<(&'static str, String)>;

/// What the boxes say. A date is as it is kept, empty, or what is missing in it.
pub struct Typed {
    target: String,
    item: String,
    units: String,
    cost: String,
    provider: String,
    starts: Result<String, String>,
    ends: Result<String, String>,
    expected: String,
}

/// The id of a box's control in the page.
pub fn control_id(id: &str) -> String {
    format!("grant-{id}")
}

/// Every control, in its order: a date has three.
pub fn controls() -> Vec<String> {
    let of_box = |id: &str| match id {
        "starts" | "ends" => form::parts_of_date(&control_id(id)).to_vec(),
        _ => vec![control_id(id)],
    };
    BOXES.iter().flat_map(|(id, ..)| of_box(id)).collect()
}

/// The problems, each with the control that it leads to.
pub fn links(problems: &[(&str, String)]) -> Vec<(String, String)> {
    let first = |id: &str| match id {
        "starts" | "ends" => format!("{}-day", control_id(id)),
        _ => control_id(id),
    };
    problems.iter().map(|(id, sentence)| (first(id), sentence.clone())).collect()
}

impl Typed {
    /// What the page's boxes say now.
    pub fn now() -> Self {
        let said = |id: &str| typed(&control_id(id)).trim().to_string();
        Self {
            target: said("target"),
            item: said("item"),
            units: said("units"),
            cost: said("cost"),
            provider: said("provider"),
            starts: form::day(&control_id("starts")),
            ends: form::day(&control_id("ends")),
            expected: said("expected"),
        }
    }

    /// The request, or everything that is wrong, in the order of the boxes.
    pub fn read(self) -> Result<Request, Problems> {
        let mut wrong = Problems::new();
        let target = self.target.parse::<RowId>().map_err(|_| "Choose the target that this is for".to_string());
        let target = take(&mut wrong, "target", target);
        let units = self.units.parse::<u32>().map_err(|_| "Enter how many, as a whole number".to_string());
        let units = take(&mut wrong, "units", units);
        let unit_cost = take(&mut wrong, "cost", self.cost.parse::<Pence>());
        let starts = take(&mut wrong, "starts", day_of(self.starts, "Enter when it starts"));
        let ends = take(&mut wrong, "ends", day_of(self.ends, "Enter when it ends"));
        let (item, provider, expected) = (self.item, self.provider, self.expected);
        let whole = target.zip(units).zip(unit_cost).zip(starts.zip(ends));
        let Some((((target, units), unit_cost), (starts, ends))) = whole else {
            wrong.extend(wrong_words(&item, &provider, &expected));
            return Err(in_order(wrong));
        };
        let request = Request { target, item, units, unit_cost, provider, starts, ends, expected, idea: None };
        match request.problems() {
            wrong if wrong.is_empty() => Ok(request),
            wrong => Err(in_order(wrong)),
        }
    }
}

fn take<T>(wrong: &mut Problems, id: &'static str, read: Result<T, String>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(sentence) => {
            wrong.push((id, sentence));
            None
        }
    }
}

fn day_of(said: Result<String, String>, empty: &str) -> Result<Day, String> {
    match said?.as_str() {
        "" => Err(empty.to_string()),
        day => day.parse(),
    }
}

fn in_order(wrong: Problems) -> Problems {
    let place = |id: &str| BOXES.iter().position(|(of, ..)| *of == id);
    sorted(wrong, |a, b| place(a.0) > place(b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed_well() -> Typed {
        Typed {
            target: RowId::new(uuid::Uuid::from_u128(1)).to_string(),
            item: "Maths tuition".into(),
            units: "10".into(),
            cost: "£35.50".into(),
            provider: "A tutor".into(),
            starts: Ok("2027-02-01".into()),
            ends: Ok("2027-03-26".into()),
            expected: "From 31 to 40".into(),
        }
    }

    #[test]
    fn what_is_typed_becomes_a_request() {
        let request = typed_well().read().unwrap();
        assert_eq!((request.units, request.total()), (10, Some(Pence(35_500))));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_boxes() {
        let ids = |typed: Typed| typed.read().unwrap_err().into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        let nothing = Typed {
            target: String::new(),
            item: String::new(),
            units: String::new(),
            cost: String::new(),
            provider: String::new(),
            starts: Ok(String::new()),
            ends: Err("Enter the year too".into()),
            expected: String::new(),
        };
        assert_eq!(ids(nothing), BOXES.map(|(id, ..)| id));
        assert_eq!(ids(Typed { ends: Ok("2027-01-01".into()), units: "0".into(), ..typed_well() }), ["units", "ends"]);
        assert_eq!(ids(Typed { cost: "a lot".into(), item: " ".into(), ..typed_well() }), ["item", "cost"]);
    }

    #[test]
    fn each_problem_leads_to_a_control_of_the_form() {
        let problems = BOXES.map(|(id, ..)| (id, "Wrong".to_string())).to_vec();
        assert!(links(&problems).iter().all(|(id, _)| controls().contains(id)));
    }
}
