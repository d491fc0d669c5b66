//! The order of rows: each row carries a string, and rows show in the order of
//! these. A row put between two others gets a string between theirs, so that
//! moving one row never touches another.

/// In the order in which strings compare.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A string after `before` and before `after`; none means the end. Where two
/// people's rows share one string there is nothing between: then it is the place
/// before both.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.unwrap_or("").as_bytes();
    match after.map(str::as_bytes) {
        Some(after) if before >= after => middle(b"", Some(after)),
        after => middle(before, after),
    }
}

/// The strings that bring one of these, which stand in their order, to another place:
/// each with the place at which it stands now. Mostly it is one. Where people added rows
/// apart and theirs share a string, there is nothing between: then those that follow
/// move along.
pub fn moved(orders: &[&str], from: usize, to: usize) -> Vec<(usize, String)> {
    let mut wanted: Vec<usize> = (0..orders.len()).collect();
    if from >= orders.len() || to >= orders.len() || from == to {
        return Vec::new();
    }
    let row = wanted.remove(from);
    wanted.insert(to, row);
    let mut before = to.checked_sub(1).map(|at| orders[wanted[at]].to_string());
    let mut made = Vec::new();
    for (at, row) in wanted.iter().enumerate().skip(to) {
        let stands = at > to && before.as_deref().is_none_or(|before| before < orders[*row]);
        if stands {
            break;
        }
        // The next one that can stay where it is.
        let after =
            wanted[at + 1..].iter().map(|row| orders[*row]).find(|next| before.as_deref().is_none_or(|b| b < *next));
        let order = between(before.as_deref(), after);
        before = Some(order.clone());
        made.push((*row, order));
    }
    made
}

/// A string between two, where a string that ends is followed by noughts.
fn middle(before: &[u8], after: Option<&[u8]>) -> String {
    let mut made = String::new();
    let (mut before, mut after) = (before, after);
    loop {
        let low = before.first().map_or(0, |digit| place(*digit));
        let high = match after {
            Some([digit, ..]) => place(*digit),
            // Nothing is less than an ended string: only a spelling of ours can't lead here.
            Some([]) | None => DIGITS.len(),
        };
        if high > low + 1 {
            made.push(digit((low + high) / 2));
            return made;
        }
        made.push(digit(low));
        let equal = high == low;
        before = before.get(1..).unwrap_or_default();
        // Once this string is less than `after`, whatever follows is.
        after = after.filter(|_| equal).and_then(|after| after.get(1..));
    }
}

fn place(digit: u8) -> usize {
    // A character of someone else's spelling counts as the digit before it.
    DIGITS.iter().rposition(|known| *known <= digit).unwrap_or(0)
}

fn digit(place: usize) -> char {
    DIGITS[place.min(DIGITS.len() - 1)].into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_row_goes_between_two_others() {
        let first = between(None, None);
        let last = between(Some(&first), None);
        let middle = between(Some(&first), Some(&last));
        assert!(first < middle && middle < last, "{first} {middle} {last}");
        assert!(between(None, Some(&first)) < first);
    }

    #[test]
    fn rows_that_share_a_place_are_gone_before() {
        assert!(between(Some("V"), Some("V")).as_str() < "V");
    }

    /// The order after a move; rows that share a string stand in the order of their ids.
    fn after(orders: &[&str], from: usize, to: usize) -> Vec<usize> {
        let mut rows: Vec<_> = orders.iter().map(|order| order.to_string()).enumerate().collect();
        for (row, order) in moved(orders, from, to) {
            rows[row].1 = order;
        }
        rows.sort_by(|(id, order), (other, others)| (order, id).cmp(&(others, other)));
        rows.into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn a_row_moves_past_rows_that_share_a_place() {
        assert_eq!(after(&["V", "V", "V"], 0, 1), [1, 0, 2]);
        assert_eq!(after(&["V", "V", "V"], 2, 1), [0, 2, 1]);
        assert_eq!(after(&["V", "V", "V"], 0, 2), [1, 2, 0]);
        assert_eq!(after(&["V", "V", "V"], 2, 0), [2, 0, 1]);
        assert_eq!(moved(&["B", "D", "F"], 2, 1).len(), 1, "where there is room, one row moves");
        assert_eq!(moved(&["B"], 0, 3), []);
    }

    #[test]
    fn adding_at_the_end_stays_short() {
        let last = (0..100).fold(between(None, None), |last, _| between(Some(&last), None));
        assert!(last.len() < 24, "{last}");
    }

    proptest! {
        /// However rows are put between rows, they show where they were put.
        #[test]
        fn rows_stay_where_they_were_put(places in prop::collection::vec(0..100usize, 1..80)) {
            let mut rows: Vec<String> = Vec::new();
            for place in places {
                let at = place % (rows.len() + 1);
                let before = at.checked_sub(1).map(|before| rows[before].as_str());
                let made = between(before, rows.get(at).map(String::as_str));
                rows.insert(at, made);
            }
            prop_assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "{rows:?}");
        }

        /// Whatever people put in one place apart, a row goes to where it was moved.
        #[test]
        fn a_row_is_where_it_was_moved(
            places in prop::collection::vec((0..100usize, 1..4usize), 1..12), from in 0..36usize, to in 0..36usize
        ) {
            let mut rows: Vec<String> = Vec::new();
            for (place, times) in places {
                let at = place % (rows.len() + 1);
                let before = at.checked_sub(1).map(|before| rows[before].as_str());
                let made = between(before, rows.get(at).map(String::as_str));
                (0..times).for_each(|_| rows.insert(at, made.clone()));
                rows.sort();
            }
            let (from, to) = (from % rows.len(), to % rows.len());
            let orders: Vec<_> = rows.iter().map(String::as_str).collect();
            let mut wanted: Vec<_> = (0..rows.len()).collect();
            let row = wanted.remove(from);
            wanted.insert(to, row);
            prop_assert_eq!(after(&orders, from, to), wanted);
        }

        /// Another's spelling may be anything: an answer comes, and never a panic.
        #[test]
        fn any_spelling_is_answered(before in ".{0,6}", after in ".{0,6}") {
            let made = between(Some(&before), Some(&after));
            prop_assert!(!made.is_empty());
        }
    }
}
