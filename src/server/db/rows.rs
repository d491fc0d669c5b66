//! Many rows in one statement. Each statement is a way to the database's thread and
//! back, and the edits of many people at once made five for every one of them.

use std::fmt::Write;

/// The most rows that one statement takes.
const MOST: usize = 64;

/// So many rows are taken as they are; longer lists are a power of two. Statements of
/// few lengths are prepared once each.
const FEW: usize = 16;

/// A list in parts, each of a length for which there is a statement.
pub fn parts<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let many = if rest.len() <= FEW { rest.len() } else { 1 << rest.len().min(MOST).ilog2() };
        let (part, after) = rest.split_at(many);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

/// The same for a list in which something may stand twice: the last is repeated.
pub fn filled<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    list.chunks(MOST).map(padded)
}

/// The same list as long as there is a statement for, however long it is.
pub fn padded<T: Clone>(list: &[T]) -> Vec<T> {
    let last = list.last().cloned();
    let more = if list.len() <= FEW { 0 } else { list.len().next_power_of_two() - list.len() };
    list.iter().cloned().chain(last.into_iter().cycle().take(more)).collect()
}

/// What somebody wrote, as every database takes it: PostgreSQL has no letter zero.
pub fn text(written: &str) -> String {
    written.replace('\0', "\u{FFFD}")
}

/// "$3, $4", from a number on.
pub fn numbers(first: usize, many: usize) -> String {
    let mut text = String::new();
    put_numbers(&mut text, first, many);
    text
}

/// "($1, $2), ($3, $4)".
pub fn values(rows: usize, columns: usize) -> String {
    let mut text = String::new();
    for row in 0..rows {
        text += if row == 0 { "(" } else { ", (" };
        put_numbers(&mut text, row * columns + 1, columns);
        text += ")";
    }
    text
}

fn put_numbers(text: &mut String, first: usize, many: usize) {
    for number in first..first + many {
        *text += if number == first { "$" } else { ", $" };
        // Writing to a string can't fail.
        let _ = write!(text, "{number}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_a_statement(rows: usize) -> bool {
        (1..=FEW).contains(&rows) || rows.is_power_of_two() && rows <= MOST
    }

    #[test]
    fn a_list_comes_in_parts_of_few_lengths() {
        for many in 0..200 {
            let list: Vec<_> = (0..many).collect();
            let all: Vec<_> = parts(&list).collect();
            assert!(all.iter().all(|part| has_a_statement(part.len())));
            assert_eq!(all.concat(), list);
            let all: Vec<_> = filled(&list).collect();
            assert!(all.iter().all(|part| has_a_statement(part.len())));
            let mut found = all.concat();
            found.dedup();
            assert_eq!(found, list);
        }
    }

    #[test]
    fn each_value_has_its_number() {
        assert_eq!(numbers(3, 2), "$3, $4");
        assert_eq!(values(2, 2), "($1, $2), ($3, $4)");
    }
}
