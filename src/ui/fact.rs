//! Facts in a form: values that are written as a whole, when the person leaves
//! the control. A value that can't be kept stays in the control with a sentence;
//! it never stops anybody.

use super::field::{Asked, control, group, look_again, person_is_in, told};
use crate::device::Draft;
use crate::domain::calendar::Day;
use crate::domain::sections::Kind;
use crate::sync::document::Edit;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{FocusEvent, Node};

/// The tie between controls and the fact at one path of a draft.
#[derive(Clone, Copy)]
pub struct Fact {
    draft: Draft,
    path: StoredValue<String>,
    kind: Kind,
    /// The value, when exactly one stands.
    pub value: Memo<Option<String>>,
    pub problem: RwSignal<Option<String>>,
}

impl Fact {
    pub fn new(draft: Draft, path: &str, kind: Kind) -> Self {
        let path = StoredValue::new(path.to_string());
        let value = Memo::new(move |_| path.with_value(|path| draft.fact(path)));
        Self { draft, path, kind, value, problem: RwSignal::new(None) }
    }

    /// The value now, for a first render.
    pub fn now(self) -> Option<String> {
        self.value.get_untracked()
    }

    /// Writes what a control says, or says why it can't be kept. Before the
    /// document is open the page's early script keeps it.
    pub fn write(self, value: &str) {
        let checked = if value.is_empty() { Ok(()) } else { self.kind.check(value) };
        let fits = checked.is_ok();
        self.problem.set(checked.err());
        if !fits || !self.draft.live.get_untracked() {
            return;
        }
        let path = self.path.get_value();
        let standing = self.draft.values.with_untracked(|values| values.entries(&path).len());
        match (value, standing) {
            ("", 1) => self.draft.edit(Edit::Clear { path }),
            // An empty control beside two values chooses neither.
            ("", _) => {}
            _ if self.now().as_deref() == Some(value) => {}
            _ => self.draft.edit(Edit::Set { path, value: value.to_string() }),
        }
    }

    /// Keeps controls and value together from now on: `said` reads the controls,
    /// `show` fills them, `busy` tells that the person is in the middle of them.
    /// What the person has in them and isn't written yet is left alone.
    pub fn tie(
        self,
        said: impl Fn() -> Option<String> + 'static,
        show: impl Fn(&str) + 'static,
        busy: impl Fn() -> bool + 'static,
    ) {
        // What the controls were made with: only what differs from it is the person's.
        let made_with = self.now().unwrap_or_default();
        let frames = RwSignal::new(0);
        Effect::new(move |before: Option<(String, bool)>| {
            frames.get();
            let now = self.value.get().unwrap_or_default();
            let live = self.draft.live.get();
            let (was, was_live) = before.unwrap_or_else(|| (made_with.clone(), false));
            let Some(said) = said() else {
                look_again(frames);
                return (was, was_live);
            };
            if said == was {
                if now != was {
                    show(&now);
                }
            } else if live && !was_live && said != now && !busy() {
                // Answered before the document was open.
                self.write(&said);
            }
            (now, live)
        });
    }
}

/// What the person sees in a control, without spaces round it.
fn said(id: &str) -> Option<String> {
    control(id).map(|control| control.value().trim().to_string())
}

/// A number with its unit.
pub fn number(fact: Fact, asked: &Asked, unit: &'static str, decimals: usize) -> AnyView {
    let id = asked.id.clone();
    let (read, fill, stay, leave) = (id.clone(), id.clone(), id.clone(), id.clone());
    fact.tie(
        move || said(&read),
        move |value| {
            if let Some(control) = control(&fill) {
                control.set_value(value);
            }
        },
        move || person_is_in(&stay),
    );
    let unit_id = format!("{id}-unit");
    let keys = if decimals == 0 { "numeric" } else { "decimal" };
    view! {
        <div class="field">
            <label for=id.clone()>{asked.label.clone()}</label>
            {told(asked, fact.problem)}
            <div class="with-unit">
                <input
                    class="box number"
                    type="text"
                    id=id
                    data-path=asked.path.clone()
                    inputmode=keys
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby=format!("{unit_id} {}", asked.described())
                    aria-invalid=move || fact.problem.get().map(|_| "true")
                    on:change=move |_| fact.write(&said(&leave).unwrap_or_default())
                    value=fact.now()
                />
                <span class="unit" id=unit_id>{unit}</span>
            </div>
        </div>
    }
    .into_any()
}

pub(super) const PARTS: [(&str, &str); 3] = [("day", "Day"), ("month", "Month"), ("year", "Year")];

/// A date in three boxes, in the order in which it is said.
pub fn date(fact: Fact, asked: &Asked) -> AnyView {
    let id = StoredValue::new(asked.id.clone());
    let part = move |part: &str| id.with_value(|id| said(&format!("{id}-{part}")));
    let parts = move || Some([part("day")?, part("month")?, part("year")?]);
    let read = move || parts().map(|parts| date_of(&parts));
    fact.tie(
        // Half a date says nothing yet, and is nothing to write over.
        move || read().map(|date| date.unwrap_or_else(|_| "?".into())),
        move |value| fill(&id.get_value(), value),
        move || PARTS.iter().any(|(part, _)| id.with_value(|id| person_is_in(&format!("{id}-{part}")))),
    );
    let leave = move |event: FocusEvent| {
        if stays(&event, &id.get_value()) {
            return;
        }
        match read() {
            Some(Ok(value)) => fact.write(&value),
            Some(Err(sentence)) => fact.problem.set(Some(sentence)),
            None => {}
        }
    };
    let now = split(fact.now().as_deref().unwrap_or_default());
    let boxes: Vec<_> =
        PARTS.into_iter().zip(now).map(|((part, label), now)| part_of_date(asked, part, label, now)).collect();
    let boxes = view! { <div class="date" on:focusout=leave>{boxes}</div> }.into_any();
    group(asked, fact.problem, boxes)
}

pub(super) fn part_of_date(asked: &Asked, part: &'static str, label: &'static str, now: String) -> AnyView {
    let id = format!("{}-{part}", asked.id);
    view! {
        <div>
            <label for=id.clone()>{label}</label>
            <input
                class=format!("box {part}")
                type="text"
                id=id
                data-path=asked.path.clone()
                data-part=part
                inputmode="numeric"
                autocomplete="off"
                value=now
            />
        </div>
    }
    .into_any()
}

/// Whether the focus goes to another control of the same group.
fn stays(event: &FocusEvent, group: &str) -> bool {
    let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
    let group = document().get_element_by_id(group);
    group.zip(next).is_some_and(|(group, next)| group.contains(Some(&next)))
}

fn fill(id: &str, value: &str) {
    for ((part, _), text) in PARTS.iter().zip(split(value)) {
        if let Some(control) = control(&format!("{id}-{part}")) {
            control.set_value(&text);
        }
    }
}

/// A date's day, month and year; empty where there is none.
pub(super) fn split(value: &str) -> [String; 3] {
    match value.parse::<Day>() {
        Ok(day) => [day.date().to_string(), day.month().to_string(), day.year().to_string()],
        Err(_) => Default::default(),
    }
}

/// The date that three boxes say, nothing where all are empty, or what is missing.
pub(super) fn date_of([day, month, year]: &[String; 3]) -> Result<String, String> {
    let empty = [("day", day), ("month", month), ("year", year)].map(|(name, text)| text.is_empty().then_some(name));
    match empty.into_iter().flatten().collect::<Vec<_>>()[..] {
        [] => {}
        [_, _, _] => return Ok(String::new()),
        [one] => return Err(format!("Enter the {one} too")),
        ref missing => return Err(format!("Enter the {} too", missing.join(" and the "))),
    }
    if year.len() != 4 {
        return Err("Enter the year with 4 digits, like 2026".into());
    }
    format!("{year}-{month}-{day}").parse::<Day>().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(day: &str, month: &str, year: &str) -> Result<String, String> {
        date_of(&[day.into(), month.into(), year.into()])
    }

    #[test]
    fn a_date_is_read_from_its_three_boxes() {
        assert_eq!(read("9", "03", "2027"), Ok("2027-03-09".into()));
        assert_eq!(read("", "", ""), Ok("".into()));
        assert_eq!(read("9", "", "2027"), Err("Enter the month too".into()));
        assert_eq!(read("9", "", ""), Err("Enter the month and the year too".into()));
        assert!(read("9", "3", "27").unwrap_err().contains("4 digits"));
        assert!(read("31", "2", "2027").unwrap_err().contains("real date"));
        assert!(read("9th", "3", "2027").is_err());
    }

    #[test]
    fn a_date_goes_back_into_its_boxes() {
        assert_eq!(split("2027-03-09"), ["9", "3", "2027"].map(String::from));
        assert_eq!(split(""), ["", "", ""].map(String::from));
    }
}
