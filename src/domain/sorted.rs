//! Putting a few things in order.

/// The items, in the order that `after` gives: whether the first belongs after the
/// second. Equals stay as they came. The library's sort is made anew for each type
/// that it sorts, 4 kB of what a phone loads; lists of a plan are short.
pub fn sorted<T>(items: impl IntoIterator<Item = T>, after: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut placed: Vec<T> = Vec::new();
    for item in items {
        let at = placed.partition_point(|other| !after(other, &item));
        placed.insert(at, item);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_the_librarys(items in prop::collection::vec((0..20u8, any::<u8>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            prop_assert_eq!(sorted(items, |a, b| a.0 > b.0), expected);
        }
    }
}
