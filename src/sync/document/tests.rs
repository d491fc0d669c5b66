use super::*;
use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::sections::SectionId;
use proptest::prelude::*;

fn targets(client: u64) -> Document {
    Document::new(SectionId::Targets.section(), client)
}

fn row(number: u128) -> RowId {
    RowId::new(uuid::Uuid::from_u128(number))
}

fn what(row_number: u128) -> String {
    format!("targets/{}/what", row(row_number))
}

fn owner(row_number: u128) -> String {
    format!("targets/{}/by-when", row(row_number))
}

fn splice(path: String, at: u32, delete: u32, insert: &str) -> Edit {
    Edit::Splice { path, at, delete, insert: insert.into() }
}

fn sync(a: &Document, b: &Document) {
    let to_b = a.diff(&b.state_vector()).unwrap();
    let to_a = b.diff(&a.state_vector()).unwrap();
    b.apply(&to_b).unwrap();
    a.apply(&to_a).unwrap();
}

#[test]
fn a_fact_changed_apart_keeps_both_until_one_chooses() {
    let (mut tom, mut ruth) = (targets(1), targets(2));
    let set = |value: &str| Edit::Set { path: owner(1), value: value.into() };
    tom.edit(&Edit::AddRow { field: "targets".into(), row: row(1), order: "a".into() }, "tom", Moment(0)).unwrap();
    sync(&tom, &ruth);
    tom.edit(&set("2026-12-01"), "tom", Moment(10)).unwrap();
    ruth.edit(&set("2027-01-05"), "ruth", Moment(20)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(tom.values(), ruth.values());
    assert_eq!(tom.values().entries(&owner(1)).len(), 2);
    assert_eq!(tom.values().fact(&owner(1)), None);

    tom.edit(&set("2027-01-05"), "tom", Moment(30)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(ruth.values().fact(&owner(1)), Some("2027-01-05"));
}

#[test]
fn what_was_written_is_found_where_only_the_sections_cover_is() {
    let mut written = targets(1);
    written.edit(&splice("changes".into(), 0, 0, "Moves in May"), "craig", Moment(0)).unwrap();
    written
        .edit(&Edit::AddRow { field: "targets".into(), row: row(1), order: "a".into() }, "craig", Moment(1))
        .unwrap();
    written.edit(&Edit::Set { path: owner(1), value: "2026-12-01".into() }, "craig", Moment(2)).unwrap();
    let cover = Section { intro: "", fields: &[], ..*SectionId::Targets.section() };
    let here = Document::new(Box::leak(Box::new(cover)), 2);
    here.apply(&written.state()).unwrap();
    assert!(here.values().is_empty());
    let found = ["changes".to_string(), owner(1), what(1)].map(|path| here.words_at(&path));
    assert_eq!(found, ["Moves in May", "2026-12-01", ""]);
}

#[test]
fn two_answers_stay_both_until_somebody_writes_anew() {
    let (mut tom, mut ruth) = (targets(1), targets(2));
    let set = |value: &str| Edit::Set { path: owner(1), value: value.into() };
    let keep = Edit::Keep { path: owner(1) };
    tom.edit(&set("2026-12-01"), "tom", Moment(10)).unwrap();
    ruth.edit(&set("2027-01-05"), "ruth", Moment(20)).unwrap();
    sync(&tom, &ruth);
    // A third person writes apart while Ruth keeps both: that one was not among them.
    let mut jo = targets(3);
    jo.edit(&set("2027-02-01"), "jo", Moment(25)).unwrap();
    ruth.edit(&keep, "ruth", Moment(30)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(tom.values().kept.get(&owner(1)).map(String::as_str), Some("ruth"));
    assert_eq!(tom.values().entries(&owner(1)).len(), 2);
    sync(&tom, &jo);
    assert_eq!(tom.values().kept.get(&owner(1)), None);
    assert_eq!(tom.values().entries(&owner(1)).len(), 3);
    tom.edit(&set("2027-03-01"), "tom", Moment(40)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(ruth.values().fact(&owner(1)), Some("2027-03-01"));
    assert!(ruth.values().kept.is_empty());
}

#[test]
fn rows_added_apart_stand_in_one_order_and_each_can_be_moved() {
    let (mut tom, mut ruth) = (targets(1), targets(2));
    let add =
        |number: u128, order: &str| Edit::AddRow { field: "targets".into(), row: row(number), order: order.into() };
    tom.edit(&add(1, "V"), "tom", Moment(0)).unwrap();
    ruth.edit(&add(2, "V"), "ruth", Moment(0)).unwrap();
    sync(&tom, &ruth);
    let order =
        |document: &Document| -> Vec<RowId> { document.values().rows("targets").map(|row| row.id.clone()).collect() };
    assert_eq!(order(&tom), [row(1), row(2)]);
    assert_eq!(order(&ruth), order(&tom));
    for (at, order) in crate::sync::order::moved(&["V", "V"], 0, 1) {
        let row = row(at as u128 + 1);
        tom.edit(&Edit::MoveRow { field: "targets".into(), row, order }, "tom", Moment(0)).unwrap();
    }
    sync(&tom, &ruth);
    assert_eq!(order(&ruth), [row(2), row(1)]);
}

#[test]
fn a_row_removed_while_another_changed_it_stays_and_says_so() {
    let (mut tom, mut ruth) = (targets(1), targets(2));
    let add = Edit::AddRow { field: "targets".into(), row: row(1), order: "a".into() };
    let remove = Edit::RemoveRow { field: "targets".into(), row: row(1) };
    tom.edit(&add, "tom", Moment(0)).unwrap();
    sync(&tom, &ruth);

    ruth.edit(&remove, "ruth", Moment(60_000)).unwrap();
    tom.edit(&splice(what(1), 0, 0, "Read for ten minutes"), "tom", Moment(60_000)).unwrap();
    sync(&tom, &ruth);
    let values = ruth.values();
    let kept: Vec<_> = values.rows("targets").collect();
    assert_eq!(kept.len(), 1);
    assert!(kept[0].kept_by_edit);
    assert_eq!(kept[0].removed_by.as_deref(), Some("ruth"));

    // Removed by someone who has seen the change: gone, and it can come back.
    ruth.edit(&remove, "ruth", Moment(120_000)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(tom.values().rows("targets").count(), 0);
    assert_eq!(tom.values().text(&what(1)), "Read for ten minutes");
    tom.edit(&Edit::BringBack { field: "targets".into(), row: row(1) }, "tom", Moment(180_000)).unwrap();
    sync(&tom, &ruth);
    assert_eq!(ruth.values().rows("targets").count(), 1);
}

#[test]
fn an_update_that_misses_something_is_refused_and_leaves_no_poison() {
    let mut tom = targets(1);
    let ruth = targets(2);
    let first = tom.edit(&splice(what(1), 0, 0, "a"), "tom", Moment(0)).unwrap();
    let second = tom.edit(&splice(what(1), 1, 0, "b"), "tom", Moment(0)).unwrap();
    assert_eq!(ruth.apply(&second), Err(Unfit::Missing));
    let _ = ruth.state();
    assert_eq!(ruth.apply(&first), Ok(()));
    assert_eq!(ruth.apply(&second), Ok(()));
    assert_eq!(ruth.apply(&second), Ok(()), "twice is once");
    assert_eq!(ruth.values().text(&what(1)), "ab");
}

#[test]
fn an_update_with_a_gap_that_nothing_hangs_on_is_refused_too() {
    let mut tom = targets(1);
    let ruth = targets(2);
    let first = tom.edit(&Edit::Set { path: owner(1), value: "2026-12-01".into() }, "tom", Moment(0)).unwrap();
    let second = tom.edit(&Edit::Set { path: owner(2), value: "2026-12-02".into() }, "tom", Moment(0)).unwrap();
    assert_eq!(ruth.apply(&second), Err(Unfit::Missing));
    assert_eq!(ruth.values(), Values::default(), "nothing of it is there");
    assert_eq!(ruth.apply(&first), Ok(()));
    assert_eq!(ruth.apply(&second), Ok(()));
    assert!(tom.is_level_with(&ruth));
}

#[test]
fn two_documents_are_level_whatever_order_their_writers_have() {
    let people: Vec<Document> = (1..9).map(|client| targets(client << 20)).collect();
    let mut people: Vec<_> = people.into_iter().collect();
    let (one, other) = (targets(1), targets(2));
    for (place, person) in people.iter_mut().enumerate() {
        person.edit(&splice(what(place as u128), 0, 0, "a"), "tom", Moment(0)).unwrap();
    }
    people.iter().for_each(|person| one.apply(&person.state()).unwrap());
    people.iter().rev().for_each(|person| other.apply(&person.state()).unwrap());
    assert!(one.is_level_with(&other));
    other.apply(&targets(3).edit(&splice(what(1), 0, 0, "b"), "ruth", Moment(0)).unwrap()).unwrap();
    assert!(!one.is_level_with(&other));
}

#[test]
fn the_place_behind_what_was_typed_goes_where_the_letters_go() {
    let (mut tom, mut ruth) = (targets(7), targets(3));
    assert_eq!(tom.after_typed(&what(1)), None);
    // Both write the same letters at the same place.
    tom.edit(&splice(what(1), 0, 0, "oo🙂"), "tom", Moment(0)).unwrap();
    ruth.edit(&splice(what(1), 0, 0, "oo"), "ruth", Moment(0)).unwrap();
    sync(&tom, &ruth);
    let text = tom.values().text(&what(1)).to_string();
    for (person, word) in [(&tom, "oo🙂"), (&ruth, "oo")] {
        let place = person.after_typed(&what(1)).unwrap();
        let (before, _) = crate::sync::splice::split_at(&text, place);
        assert!(before.ends_with(word), "{before} in {text}");
    }
    assert_eq!(tom.after_typed(&what(2)), None);
}

#[test]
fn words_typed_at_one_place_stay_whole() {
    let mut people = [targets(9), targets(5), targets(7)];
    let words = ["book-book", "oooo", "b-oo-k"];
    let mut carets = [0; 3];
    for letter in 0..9 {
        for (person, word) in words.iter().enumerate() {
            if let Some(letter) = word.get(letter..letter + 1) {
                let at = carets[person];
                people[person].edit(&splice(what(1), at, 0, letter), "tom", Moment(0)).unwrap();
                carets[person] = at + 1;
            }
        }
        for (one, other) in [(0, 1), (1, 2), (0, 1)] {
            sync(&people[one], &people[other]);
        }
        for (caret, person) in carets.iter_mut().zip(&people) {
            *caret = person.after_typed(&what(1)).unwrap();
        }
    }
    let values = people[0].values();
    for word in words {
        assert!(values.text(&what(1)).contains(word), "{}", values.text(&what(1)));
    }
}

#[test]
fn what_is_not_declared_is_found_where_it_was_touched() {
    let server = targets(1);
    let _ = server.take_touched();
    let mut foreign = Document::new(SectionId::AboutMe.section(), 3);
    let update = foreign.edit(&splice("pronouns".into(), 0, 0, "Mo"), "tom", Moment(0)).unwrap();
    server.apply(&update).unwrap();
    assert!(server.touches("pronouns") && !server.touches("changes"));
    let touched = server.take_touched();
    assert!(!server.touches("pronouns"));
    assert_eq!(touched.paths(), ["pronouns"]);
    assert!(server.read_again(&touched).is_err());
}

#[test]
fn what_the_section_does_not_declare_is_not_taken() {
    let mut tom = targets(1);
    for edit in [
        splice("nonsense".into(), 0, 0, "x"),
        Edit::Set { path: what(1), value: "x".into() },
        Edit::Set { path: owner(1), value: "soon".into() },
        Edit::AddRow { field: "what".into(), row: row(1), order: "a".into() },
    ] {
        assert!(tom.edit(&edit, "tom", Moment(0)).is_err(), "{edit:?}");
    }
    let foreign = Document::new(SectionId::AboutMe.section(), 3);
    let mut other = foreign;
    let update = other.edit(&splice("pronouns".into(), 0, 0, "she/her"), "tom", Moment(0));
    if let Ok(update) = update {
        tom.apply(&update).unwrap();
        assert!(tom.read().is_err());
    }
}

fn edits() -> impl Strategy<Value = Edit> {
    let text = "[a-zé😀\u{301}ا ]{0,6}";
    prop_oneof![
        4 => (0..3u128, 0..20u32, 0..4u32, text).prop_map(|(row, at, delete, insert)| splice(what(row), at, delete, &insert)),
        2 => (0..3u128, 1..28u8).prop_map(|(row, day)| Edit::Set { path: owner(row), value: format!("2026-11-{day:02}") }),
        1 => (0..3u128).prop_map(|row| Edit::Clear { path: owner(row) }),
        1 => (0..3u128).prop_map(|row| Edit::Keep { path: owner(row) }),
        1 => (0..3u128, "[a-z]{1,3}").prop_map(|(number, order)| Edit::AddRow { field: "targets".into(), row: row(number), order }),
        1 => (0..3u128).prop_map(|number| Edit::RemoveRow { field: "targets".into(), row: row(number) }),
        1 => (0..3u128).prop_map(|number| Edit::BringBack { field: "targets".into(), row: row(number) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Three people edit, and meet at a server now and then: all end up with the same.
    #[test]
    fn all_who_meet_agree(story in prop::collection::vec((0..3usize, edits(), any::<bool>()), 1..40)) {
        let mut people = [targets(11), targets(12), targets(13)];
        let server = targets(1);
        for (moment, (who, edit, meets)) in story.into_iter().enumerate() {
            people[who].edit(&edit, &format!("person-{who}"), Moment(moment as i64 * 1_000)).unwrap();
            if meets {
                sync(&people[who], &server);
            }
        }
        for _ in 0..2 {
            for person in &people {
                sync(person, &server);
            }
        }
        let agreed = server.read().unwrap();
        for person in &people {
            prop_assert_eq!(person.read().unwrap(), agreed.clone());
        }
    }

    /// What is read again where an update touched is what a whole reading says.
    #[test]
    fn what_is_read_again_is_the_whole(story in prop::collection::vec((0..3usize, edits(), any::<bool>()), 1..40)) {
        let mut people = [targets(11), targets(12), targets(13)];
        let server = targets(1);
        let mut shown = Values::default();
        let mut look = |document: &Document| {
            let touched = document.take_touched();
            let part = document.read_again(&touched).unwrap();
            match &touched {
                Touched::All => shown = part,
                these => drop(shown.put(&part, &these.paths())),
            }
            shown.clone()
        };
        for (moment, (who, edit, meets)) in story.into_iter().enumerate() {
            people[who].edit(&edit, &format!("person-{who}"), Moment(moment as i64 * 3_000)).unwrap();
            if meets {
                sync(&people[who], &server);
                prop_assert_eq!(look(&server), server.read().unwrap());
            }
        }
        // A person's own edits are told of too.
        let _ = people[0].take_touched();
        people[0].edit(&splice(what(1), 0, 0, "x"), "person-0", Moment(500_000)).unwrap();
        prop_assert!(people[0].take_touched().paths().contains(&what(1)));
    }

    /// What one person types, in any order of splices, reads back exactly.
    #[test]
    fn typed_text_reads_back(words in prop::collection::vec("[a-z😀é]{1,4}", 1..20)) {
        let mut tom = targets(1);
        let mut typed = String::new();
        for word in &words {
            let at = typed.encode_utf16().count() as u32;
            tom.edit(&splice(what(1), at, 0, word), "tom", Moment(0)).unwrap();
            typed.push_str(word);
        }
        let values = tom.values();
        prop_assert_eq!(values.text(&what(1)), typed.as_str());
    }
}

proptest! {
    /// What is sent in one arrives as what was written one by one.
    #[test]
    fn updates_in_one_say_what_they_said_apart(edits in prop::collection::vec((0..40u32, 0..4u32, "[a-zé😀 ]{0,4}"), 1..30)) {
        let mut jo = Document::new(SectionId::CarersView.section(), 1);
        let server = Document::new(SectionId::CarersView.section(), 2);
        let mut all = Vec::new();
        for (at, delete, insert) in edits {
            let there = jo.values().text("worries").encode_utf16().count() as u32;
            let at = at.min(there);
            let edit = splice("worries".into(), at, delete.min(there - at), &insert);
            all.extend(jo.edit(&edit, "jo", Moment(0)).ok());
        }
        for some in all.chunks(7) {
            server.apply(&merged(some).unwrap()).unwrap();
        }
        prop_assert_eq!(jo.values(), server.values());
        prop_assert!(jo.is_level_with(&server));
    }
}

#[test]
fn what_is_no_update_is_not_put_together() {
    assert_eq!(merged(&[vec![0, 0], vec![255, 255, 255]]), None);
}
