//! What each row would set, or what is wrong with it, and the button that imports.

use super::Importing;
use crate::api::import::Row;
use crate::ui::problem::notice;
use leptos::prelude::*;

/// Rows about none of the person's children are all alike: so many are shown.
const STRANGERS: usize = 20;

pub fn rows(importing: Importing) -> AnyView {
    let rows = Memo::new(move |_| {
        importing.preview.with(|preview| preview.as_ref().map(|preview| preview.rows.clone()).unwrap_or_default())
    });
    let shown = move || rows.with(|rows| (!rows.is_empty()).then(|| table(importing, rows)));
    let counts = Memo::new(move |_| rows.with(|rows| importing.left_out.with(|out| Counts::of(rows, out))));
    let none = move || {
        let none = importing.preview.with(|preview| preview.as_ref().is_some_and(|seen| seen.lack.is_none()));
        (none && rows.with(Vec::is_empty)).then(|| view! { <p>"The file has no rows under its columns."</p> })
    };
    let foot = move || (!rows.with(Vec::is_empty)).then(|| foot(importing, rows, counts));
    view! {
        {none}
        {shown}
        {foot}
    }
    .into_any()
}

/// How many rows are ticked, and how many of these have a problem.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Counts {
    ticked: usize,
    wrong: usize,
}

impl Counts {
    /// How many rows the button imports.
    fn good(self) -> usize {
        self.ticked - self.wrong
    }

    fn of(rows: &[Row], left_out: &[usize]) -> Self {
        let ticked = |row: &&Row| left_out.binary_search(&row.number).is_err();
        let wrong = |row: &&Row| !row.problems.is_empty();
        Self { ticked: rows.iter().filter(ticked).count(), wrong: rows.iter().filter(ticked).filter(wrong).count() }
    }
}

fn foot(importing: Importing, rows: Memo<Vec<Row>>, counts: Memo<Counts>) -> AnyView {
    let wrong = move || counts.get().wrong;
    let untick = move |_| {
        rows.with_untracked(|rows| {
            importing.left_out.update(|out| {
                let wrong = rows.iter().filter(|row| !row.problems.is_empty()).map(|row| row.number);
                out.extend(wrong);
                out.sort_unstable();
                out.dedup();
            });
        });
    };
    let take = move |_| match counts.get_untracked() {
        Counts { ticked: 0, .. } => importing.trouble.set(Some("No row is ticked.".into())),
        Counts { wrong: 0, .. } => importing.take(),
        counts => importing.trouble.set(Some(format!(
            "{} a problem. Mend the file and choose it again, or untick {}.",
            of_rows(counts.wrong, "row has", "rows have"),
            if counts.wrong == 1 { "it" } else { "them" },
        ))),
    };
    let quick = move || {
        (wrong() > 0).then(|| {
            let words = format!("Untick {} with a problem", of_rows(wrong(), "row", "rows"));
            view! { <button type="button" class="button quiet" on:click=untick>{words}</button> }
        })
    };
    view! {
        <div class="stack tight">
            {notice(importing.trouble)}
            <div class="row">
                <button
                    type="button"
                    class="button"
                    aria-busy=move || importing.busy.get().then_some("true")
                    on:click=take
                >
                    {move || format!("Import {}", of_rows(counts.get().good(), "row", "rows"))}
                </button>
                {quick}
            </div>
        </div>
    }
    .into_any()
}

fn of_rows(some: usize, one: &str, many: &str) -> String {
    if some == 1 { format!("1 {one}") } else { format!("{some} {many}") }
}

fn table(importing: Importing, rows: &[Row]) -> AnyView {
    let (strangers, known): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.stranger);
    let more = strangers.len().saturating_sub(STRANGERS);
    let lines: Vec<_> =
        known.into_iter().chain(strangers.into_iter().take(STRANGERS)).map(|row| line(importing, row)).collect();
    let more = (more > 0).then(|| {
        let words = format!("And {} about none of your children.", of_rows(more, "more row", "more rows"));
        view! { <p class="soft">{words}</p> }
    });
    view! {
        <section class="card">
            <h2>"What will be set"</h2>
            <table class="import-rows">
                <thead>
                    <tr>
                        <th scope="col">"Row"</th>
                        <th scope="col">"Child, and what it sets"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            {more}
        </section>
    }
    .into_any()
}

fn line(importing: Importing, row: &Row) -> AnyView {
    let number = row.number;
    let id = format!("row-{number}");
    let ticked = move || importing.left_out.with(|out| out.binary_search(&number).is_err());
    let turn = move |_| {
        importing.trouble.set(None);
        importing.left_out.update(|out| match out.binary_search(&number) {
            Ok(at) => drop(out.remove(at)),
            Err(at) => out.insert(at, number),
        });
    };
    let sets: Vec<_> = row.sets.iter().map(set).collect();
    let problems: Vec<_> =
        row.problems.iter().map(|problem| view! { <p class="problem">{problem.clone()}"."</p> }.into_any()).collect();
    view! {
        <tr>
            <td>
                <label class="tick" for=id.clone()>
                    <input type="checkbox" id=id.clone() autocomplete="off" prop:checked=ticked on:change=turn/>
                    {number}
                    <span class="visually-hidden">{format!(", {}", row.name)}</span>
                </label>
            </td>
            <td>
                <b>{row.name.clone()}</b>
                <ul class="plain">{sets}</ul>
                {problems}
            </td>
        </tr>
    }
    .into_any()
}

/// "Possible this term: 118 sessions → 124 sessions".
fn set((what, was, becomes): &(String, String, String)) -> AnyView {
    let class = if was == becomes { "soft" } else { "" };
    let was = (!was.is_empty() && was != becomes).then(|| {
        view! {
            <s>{was.clone()}</s>
            <span aria-hidden="true">" → "</span>
            <span class="visually-hidden">" becomes "</span>
        }
    });
    view! { <li class=class>{format!("{what}: ")}{was}{becomes.clone()}</li> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ticked_rows_count() {
        let row = |number, problem: &str| Row {
            number,
            name: "Amira".into(),
            stranger: false,
            sets: Vec::new(),
            problems: if problem.is_empty() { Vec::new() } else { vec![problem.to_string()] },
        };
        let rows = [row(2, ""), row(3, "Wrong"), row(5, "Wrong")];
        assert_eq!(Counts::of(&rows, &[]), Counts { ticked: 3, wrong: 2 });
        assert_eq!(Counts::of(&rows, &[3]), Counts { ticked: 2, wrong: 1 });
        assert_eq!(Counts::of(&rows, &[2, 3, 5]), Counts { ticked: 0, wrong: 0 });
        assert_eq!(Counts::of(&rows, &[]).good(), 1, "what has a problem isn't imported");
        assert_eq!(of_rows(1, "row", "rows"), "1 row");
        assert_eq!(of_rows(0, "row", "rows"), "0 rows");
    }
}
