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

        /// Another's spelling may be anything: an answer comes, and never a panic.
        #[test]
        fn any_spelling_is_answered(before in ".{0,6}", after in ".{0,6}") {
            let made = between(Some(&before), Some(&after));
            prop_assert!(!made.is_empty());
        }
    }
}
