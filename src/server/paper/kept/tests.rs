use super::super::numbers::{ONES, TENS};
use super::*;
use crate::domain::calendar::Moment;
use crate::domain::values::Entry;
use proptest::prelude::*;
use proptest::sample::select;

fn kept() -> Kept {
    let mut private = Values::default();
    private.texts.insert("address".into(), "14 Example Terrace\nBath\nZZ9 9ZZ".into());
    private.texts.insert("carer-phone".into(), "07700 900123".into());
    private.texts.insert("kept-away/x/name".into(), "Samir Haddad".into());
    let mut about = Values::default();
    about.texts.insert("schools/x/name".into(), "St Brannoc's Infant School".into());
    about.texts.insert("legal-name".into(), "Amira Haddad".into());
    let plan = [(SectionId::PrivateDetails, &private), (SectionId::AboutMe, &about)];
    Kept::of(plan.into_iter(), "Wren Hill Academy", &[])
}

#[test]
fn a_text_that_tells_where_the_child_is_is_left_out_however_it_is_spelt() {
    for telling in [
        "She lives at 14 Example Terrace.",
        "meet at EXAMPLE TERRACE, by the gate",
        "on Éxample   Terr. since March",
        "ex-ample terrace",
        "#ExampleTerrace14",
        "walks home to Bath",
        "she runs a bath for the dog",
        "zz99zz",
        "Z Z 9  9 Z Z",
        "ＺＺ９ 9ZZ",
        "ring 07700900123",
        "ring +44 (0)7700 900 123",
        "ring 0044 7700-900123",
        "900123, after six",
        "or 01632 960 001",
        "another at M1 1AE",
        "write to jo@home.example",
        "samir waited outside",
        "Wren Hill  academy's fair",
        "Star of the week at Wren Hill",
        "played for wrenhill",
        "was at St Brannoc's before",
        "Exam\u{200b}ple Terrace",
    ] {
        assert_eq!(kept().put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
}

#[test]
fn other_words_stay_as_they_were_written() {
    for plain in [
        "Read 20 minutes, 4 days a week",
        "The dog sleeps in the bathroom",
        "For example, a terrace of houses in art",
        "Mrs Haddad came to the fair",
        "From 31 to 40 by 12/12/2026, in 2026-27",
        "KS2 3pm club, Y8 2 x 30 min",
        "Year 8, term 2: 95.5% of 138 sessions",
        "Wren is her favourite bird, by the hill",
        "ቋንቋ ትግርኛ",
    ] {
        assert_eq!(kept().put(plain.into()).words(), plain);
    }
}

#[test]
fn without_private_details_nothing_but_numbers_and_addresses_is_left_out() {
    let kept = Kept::of([].into_iter(), "", &[]);
    assert!(!kept.knows_home);
    assert_eq!(kept.put("A visit to the library".into()).words(), "A visit to the library");
    assert_eq!(kept.put("Ring 01632 960001".into()).words(), KEPT_PRIVATE);
}

fn at(address: &str) -> Kept {
    let mut private = Values::default();
    private.texts.insert("address".into(), address.into());
    private.texts.insert("kept-away/x/name".into(), "Vera Quillfeather".into());
    let mut scores = Values::default();
    let total = Entry { by: "tom".into(), at: Moment(0), value: "18".into() };
    scores.facts.insert("peer".into(), vec![Entry { value: "4".into(), ..total.clone() }]);
    scores.facts.insert("total".into(), vec![total]);
    scores.texts.insert("others/x/score".into(), "31 of 50".into());
    let plan = [(SectionId::PrivateDetails, &private), (SectionId::Scores, &scores)];
    Kept::of(plan.into_iter(), "Hope Academy", &[])
}

#[test]
fn one_word_of_a_street_tells_it_and_a_kind_of_street_does_not() {
    let kept = at("14 Larkspur Close\nOrchard Green\nEngland");
    for telling in [
        "Walks home to Larkspur by herself",
        "on larkspur, by the shop",
        "#larkspurkids",
        "the Larkspurs' fair",
        "to the shop on Orchard after school",
        "lives at number fourteen",
        "home is no. 14",
        "ring at Door 14: she lives at house fourteen",
        "afraid of Quillfeather",
        "The Quillfeathers waited outside",
        "loves it at Hope, she says",
    ] {
        assert_eq!(kept.put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
    for plain in [
        "A close friend down the road. The green one!",
        "Close to her reading target, on the road to it",
        "Orchard fruit is her project; an orchard in Devon",
        "I hope to be a vet. Hope helps",
        "Number 14 on the list, and 14 of 20",
        "Plays football for England",
        "fourteen books, no one else",
    ] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
}

#[test]
fn an_address_on_one_line_is_told_by_each_of_its_parts() {
    let kept = at("14 Orchard Green Bath ZZ9 9ZZ");
    for telling in [
        "Orchard Green is where her friend lives",
        "walks to orchard green",
        "the Orchard-Green kids, #14OrchardGreen",
        "at fourteen orchard green",
        "Bath is where they are",
        "zz9 9zz",
        "Z Z 9  9 Z Z",
        "lives at number fourteen",
    ] {
        assert_eq!(kept.put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
    for plain in [
        "The green one, by the way. Green is her colour",
        "A nice place on the hill, close to the road",
        "An orchard in Devon, and a green field",
        "Number 14 on the list",
    ] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
}

#[test]
fn a_line_without_any_kind_of_street_is_one_place_also_without_its_postcode() {
    let kept = at("3 Bramble Bell Mint ZZ9 9ZZ");
    for telling in ["to bramble bell mint", "3 Bramble-Bell-Mint", "on Bramble after school", "z z9 9zz"] {
        assert_eq!(kept.put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
    for plain in ["picks mint by the bramble", "rings a bramble bell at 3", "The way to a nice place"] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
    let kept = at("Flat 2, Green Way ZZ9 9ZZ");
    assert_eq!(kept.put("on the Green Way".into()).words(), KEPT_PRIVATE);
    for plain in ["a flat stone", "the green flat", "by the way, a green light", "Green"] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
}

#[test]
fn who_must_not_know_is_not_named_and_the_words_of_their_name_stay() {
    let mut private = Values::default();
    private.texts.insert("kept-away/x/name".into(), "Will Marsh".into());
    let kept = Kept::of([(SectionId::PrivateDetails, &private)].into_iter(), "", &[]);
    for telling in ["Will waited outside", "afraid of Will", "the Marshes came", "WILL"] {
        assert_eq!(kept.put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
    for plain in ["She will read to the end", "A walk on the marsh"] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
}

#[test]
fn a_score_is_kept_back_in_figures_and_in_words() {
    let kept = at("14 Larkspur Close");
    for telling in [
        "A total difficulties of eighteen, down from last year",
        "scored 18",
        "Eighteen on the questionnaire",
        "Boxall thirty-one",
        "her SDQ went down",
        "peer problems four",
    ] {
        assert_eq!(kept.put(telling.into()).words(), KEPT_PRIVATE, "{telling}");
    }
    for plain in [
        "Read eighteen books",
        "18 of 20 in the spelling quiz",
        "From 9 out of 20 to 15",
        "scored 4 goals",
        "1:1 four times a week, peer reading",
    ] {
        assert_eq!(kept.put(plain.into()).words(), plain);
    }
}

/// A number below two hundred in words.
fn in_words(number: usize) -> String {
    match number {
        0..20 => ONES[number].into(),
        20..100 if number.is_multiple_of(10) => TENS[number / 10 - 2].into(),
        20..100 => format!("{} {}", TENS[number / 10 - 2], ONES[number % 10]),
        100 => "a hundred".into(),
        _ => format!("one hundred and {}", in_words(number - 100)),
    }
}

/// A street that is in no town: "Vobrinspur Close".
fn street() -> impl Strategy<Value = (String, &'static str)> {
    let kind = select(vec!["Close", "Road", "Street", "Avenue", "Lane", "Terrace", "Green", "Hill", "Crescent", "Way"]);
    ("[BDFGKLMPRTVZ][aeiou][bdfgklmnprtvz]{1,2}[aeiou](nspur|gwick|zcombe|kthorpe|vley|lstead)", kind)
}

/// What is said round a place, which stands at "{}".
const ROUND: &[&str] = &[
    "{}",
    "She walks home to {} by herself.",
    "the bus from {}, then the library",
    "(near {}!)",
    "Anna's mum, {}: ask her",
    "Trip to\n{}\non Friday",
];

proptest! {
    #[test]
    fn a_street_is_never_told_however_little_of_it_is_said(
        (name, kind) in street(),
        number in 1..200usize,
        round in select(ROUND),
        spelt in 0..7usize,
        case in 0..3usize,
    ) {
        let kept = at(&format!("{number} {name} {kind}\nSomewhere"));
        let said = match spelt {
            0 => format!("{number} {name} {kind}"),
            1 => format!("{name} {kind}"),
            2 => name.clone(),
            3 => format!("the {name}s'"),
            4 => format!("{name}'s end"),
            5 => format!("{} {name}-{kind}", in_words(number)),
            _ => format!("{name}{kind}"),
        };
        let said = match case { 0 => said.to_uppercase(), 1 => said.to_lowercase(), _ => said };
        let said = round.replace("{}", &said);
        let put = kept.put(said.clone());
        prop_assert_eq!(put.words(), KEPT_PRIVATE, "{}", said);
    }

    #[test]
    fn a_house_is_never_told_by_its_number(number in 1..200usize, (name, kind) in street(), way in 0..4usize) {
        let kept = at(&format!("{number} {name} {kind}"));
        let said = match way {
            0 => format!("She lives at number {number} now"),
            1 => format!("She lives at number {} now", in_words(number)),
            2 => format!("home is No. {number}"),
            _ => format!("Opposite the house {}", in_words(number).to_uppercase()),
        };
        let put = kept.put(said.clone());
        prop_assert_eq!(put.words(), KEPT_PRIVATE, "{}", said);
    }

    #[test]
    fn words_of_every_day_stay_wherever_a_child_lives(
        (name, kind) in street(),
        number in 1..200usize,
        words in proptest::collection::vec(select(vec![
            "close", "road", "street", "green", "hill", "the", "way", "of", "reads", "twenty", "minutes", "friends",
            "class", "lane", "garden", "eighteen", "books", "school", "park", "likes", "a", "five", "home",
        ]), 1..12),
    ) {
        let kept = at(&format!("{number} {name} {kind}"));
        let said = words.join(" ");
        let put = kept.put(said.clone());
        prop_assert_eq!(put.words(), said.as_str());
    }
}
