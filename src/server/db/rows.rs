//! Many rows in one statement. Each statement is a way to the database's thread and
//! back, and the edits of many people at once made five for every one of them.

/// The most rows that one statement takes.
const MOST: usize = 64;

/// A list in parts, each as long as a power of two: statements of few lengths are
/// prepared once each.
pub fn parts<T>(mut rest: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let many = rest.len().min(MOST).checked_ilog2()?;
        let (part, after) = rest.split_at(1 << many);
        rest = after;
        Some(part)
    })
}

/// The same for a list in which something may stand twice: the last is repeated.
pub fn filled<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    list.chunks(MOST).map(|part| {
        let last = part.iter().next_back().cloned();
        let more = part.len().next_power_of_two() - part.len();
        part.iter().cloned().chain(last.into_iter().cycle().take(more)).collect()
    })
}

/// "$3, $4", from a number on.
pub fn numbers(first: usize, many: usize) -> String {
    (first..first + many).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// "($1, $2), ($3, $4)".
pub fn values(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", numbers(row * columns + 1, columns))).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_in_parts_of_few_lengths() {
        for many in 0..200 {
            let list: Vec<_> = (0..many).collect();
            let all: Vec<_> = parts(&list).collect();
            assert!(all.iter().all(|part| part.len().is_power_of_two() && part.len() <= MOST));
            assert_eq!(all.concat(), list);
            let all: Vec<_> = filled(&list).collect();
            assert!(all.iter().all(|part| part.len().is_power_of_two() && part.len() <= MOST));
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
