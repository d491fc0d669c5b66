//! Two values of one fact, written apart: both are kept until a person chooses one, or
//! says that both stay.

use super::field::{focus_on, id_of};
use super::names::Names;
use crate::device::Draft;
use crate::domain::sections::Kind;
use crate::domain::values::{Entry, Values};
use crate::domain::words::answering as words;
use crate::sync::document::Edit;
use leptos::prelude::*;

/// Every value that stands, with its writer and its time; nothing where one or
/// none does.
#[component]
pub fn Apart(draft: Draft, path: String, kind: Kind) -> AnyView {
    let names = Names::here();
    let spoken = names.said;
    let path = StoredValue::new(path);
    let there = |values: &Values, path: &str| (values.entries(path).to_vec(), values.kept.get(path).cloned());
    // What was pressed goes: whoever goes on by keys is in the field.
    let choose = move |value: String| {
        focus_on(id_of(&path.get_value()));
        draft.edit(Edit::Set { path: path.get_value(), value });
    };
    let keep = move |together: Option<String>| match together {
        Some(value) => choose(value),
        None => {
            focus_on(id_of(&path.get_value()));
            draft.edit(Edit::Keep { path: path.get_value() });
        }
    };
    let panel = move || {
        let (entries, kept) = path.with_value(|path| draft.values.at(path, |values| there(values, path)));
        (entries.len() > 1).then(|| {
            let said = names.all(entries.iter().map(|entry| entry.by.as_str()));
            let two = entries.len() == 2;
            let sentence = match &kept {
                None => spoken.with(if two { words::BOTH_CHANGED } else { words::ALL_CHANGED }, &[("names", &said)]),
                Some(by) => {
                    let stay = if two { words::BOTH_STAY } else { words::ALL_STAY };
                    spoken.with(stay, &[("names", &said), ("who", &names.of(by))])
                }
            };
            let together = together(kind, &entries);
            let button = kept.is_none().then(|| {
                view! {
                    <button type="button" class="button quiet" on:click=move |_| keep(together.clone())>
                        {spoken.say(if two { words::KEEP_BOTH } else { words::KEEP_ALL })}
                    </button>
                }
            });
            let values: Vec<_> = entries.into_iter().map(|entry| value(entry, kind, names, choose)).collect();
            view! {
                <div class="apart" role="group" aria-label=spoken.say(words::TWO_ANSWERS)>
                    <p>{sentence}</p>
                    <ul>{values}</ul>
                    {button}
                </div>
            }
            .into_any()
        })
    };
    panel.into_any()
}

/// What several answers are together, where the question takes any number of them. Of
/// one answer each stays beside the other, with its writer's name.
fn together(kind: Kind, entries: &[Entry]) -> Option<String> {
    let Kind::Picks(picks) = kind else { return None };
    let is_in = |id: &str| entries.iter().any(|entry| entry.value.split(',').any(|value| value == id));
    Some(picks.iter().map(|pick| pick.id).filter(|id| is_in(id)).collect::<Vec<_>>().join(","))
}

fn value(entry: Entry, kind: Kind, names: Names, choose: impl Fn(String) + 'static) -> AnyView {
    let spoken = names.said;
    let value = kind.said(&entry.value, spoken.language());
    let use_value = format!(": {value}");
    let by = [names.of(&entry.by), spoken.moment(entry.at)].join(spoken.language().comma());
    view! {
        <li>
            <span class="value">{value}</span>
            <span class="by">{by}</span>
            <button type="button" class="button quiet" on:click=move |_| choose(entry.value.clone())>
                {spoken.say(words::USE_THIS)}
                <span class="visually-hidden">{use_value}</span>
            </button>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::sections::Pick;

    const PICKS: &[Pick] = &[Pick { id: "a", words: "A" }, Pick { id: "b", words: "B" }, Pick { id: "c", words: "C" }];

    #[test]
    fn of_any_number_of_answers_both_are_one() {
        let entry = |value: &str| Entry { by: "tom".into(), at: Moment(0), value: value.into() };
        let entries = [entry("c,a"), entry("a")];
        assert_eq!(together(Kind::Picks(PICKS), &entries), Some("a,c".into()));
        assert_eq!(together(Kind::Choice(PICKS), &entries), None);
    }
}
