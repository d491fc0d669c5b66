//! What one line of an address names, part by part: who writes "14 Larkspur Close Bath"
//! without a comma names a street and a town, and each tells the home without the other.

use super::numbers::in_figures;
use super::ordinary::{Telling, is_country, telling};
use super::spelling::{take_postcode, tokens};

/// What the name of a street ends with.
const STREETS: &str = "
    street road avenue close lane terrace drive court crescent gardens garden grove square place park way walk row
    mews rise hill view green end side wharf quay gate bank croft vale heights mount common heath field fields
    meadow meadows parade bypass circus loop ridge path track corner cross wood woods estate boulevard";

/// What the name of a house ends with. Streets are called after houses too: "Mill Lane".
const HOUSES: &str = "
    house houses cottage cottages lodge farm barn mill hall manor villa villas building buildings bungalow";

/// What stands before the number of a home, or its letter.
const UNITS: &str = "flat apartment apartments unit room floor basement block annexe annex studio caravan";

/// The places that a line of an address names, spelt for comparing: its postcode, each
/// street and house by its name and kind, with the number before it, and what comes after
/// the last of them. A kind is no place without a name.
pub fn within(line: &str) -> Vec<Vec<String>> {
    let mut words = tokens(line);
    let mut places: Vec<_> = take_postcode(&mut words).into_iter().collect();
    let words = in_figures(without_country(&words));
    // Where the name begins that is being read, and where the last place ended.
    let (mut from, mut end) = (0, 0);
    let mut has_street = false;
    for (at, word) in words.iter().enumerate() {
        let is_letter = at == from && word.chars().count() == 1;
        if is_number(word) || is_letter || is_in(UNITS, word) {
            from = at + 1;
            continue;
        }
        let (is_street, is_house) = (is_in(STREETS, word), is_in(HOUSES, word));
        let name = &words[from..at];
        let is_kind = is_street || is_house;
        // "Green Lane": what nothing stands before is the name itself.
        if !is_kind || name.is_empty() {
            continue;
        }
        // "Church Hill Road" goes on after the hill. "St" may be a saint's, in the next name.
        let goes_on = words.get(at + 1).is_some_and(|next| next != "street" && is_in(STREETS, next));
        let is_told = tells(name);
        // "High Street" is one of every town, and after another street not even that.
        if is_told || is_street && !goes_on && !has_street {
            let before = from.saturating_sub(1);
            let begins = if is_number(&words[before]) { before } else { from };
            places.push(words[begins..=at].to_vec());
            // Who lives there may stand before it: "Jo Barlow Orchard Green".
            if name.len() > 1 && tells(&words[at - 1..at]) {
                places.push(words[at - 1..=at].to_vec());
            }
            has_street |= is_street;
            end = at + 1;
        }
        if !goes_on || is_house && is_told {
            from = at + 1;
        }
    }
    let rest = &words[end..];
    if tells(rest) {
        places.push(rest.to_vec());
    }
    places
}

/// The words before the country that they end with.
fn without_country(words: &[String]) -> &[String] {
    let ends = |count: &usize| words.len() >= *count && is_country(&words[words.len() - count..].join(" "));
    let count = [2, 1].into_iter().find(ends).unwrap_or(0);
    &words[..words.len() - count]
}

/// Whether any of these words is more than a kind of place, or what stands between names.
fn tells(words: &[String]) -> bool {
    words.iter().any(|word| telling(word) != Telling::Nothing)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_after_each_street_and_house_that_it_names() {
        for (line, places) in [
            ("14 Orchard Green Bath ZZ9 9ZZ", &["zz9 9zz", "14 orchard green", "bath"][..]),
            ("zz99zz, fourteen Larkspur Cl.", &["zz99zz", "14 larkspur close"]),
            ("Flat 2b Rose Cottage Mill Lane Wells", &["2b rose cottage", "mill lane", "wells"]),
            ("Flat A Larkspur Rd England", &["larkspur road"]),
            ("Jo Barlow Orchard Green", &["jo barlow orchard green", "orchard green"]),
            ("5 The Green Bath", &["5 the green", "bath"]),
            ("9 High Street", &["9 high street"]),
            ("2 Church Hill Road", &["2 church hill road"]),
            ("Green Way Place", &["green way place"]),
            ("flat 14, the green", &["14 the green"]),
            ("2 Green Lane St Austell", &["2 green lane", "street austell"]),
            ("14 Larkspur Close by the park", &["14 larkspur close"]),
        ] {
            let cut: Vec<_> = within(line).iter().map(|place| place.join(" ")).collect();
            assert_eq!(cut, places, "{line}");
        }
    }

    #[test]
    fn a_line_that_names_no_street_is_one_place_without_its_postcode_and_country() {
        for (line, places) in [
            ("3 Bramble Bell Bath ZZ9 9ZZ", &["zz9 9zz", "3 bramble bell bath"][..]),
            ("Bath, United Kingdom", &["bath"]),
            ("flat 14", &[]),
            ("Green", &[]),
            ("England", &[]),
            ("", &[]),
        ] {
            let cut: Vec<_> = within(line).iter().map(|place| place.join(" ")).collect();
            assert_eq!(cut, places, "{line}");
        }
    }
}
