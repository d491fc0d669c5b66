//! One target at a time: what is said of it, and of a row of the section.

use super::*;
use crate::domain::calendar::Moment;
use crate::domain::values::{Entry, Row};

fn said(target: Written) -> Vec<String> {
    advice(&target).missing.into_iter().map(|help| help.words).collect()
}

fn parts(target: Written) -> Vec<Part> {
    advice(&target).missing.into_iter().map(|help| help.part).collect()
}

fn hints(target: Written) -> Vec<Part> {
    advice(&target).hints.into_iter().map(|help| help.part).collect()
}

fn whole() -> Written<'static> {
    Written {
        what: "Improve reading",
        how_we_will_know: "Reading age from 9 years 2 months to 9 years 8 months",
        by_when: true,
        who: "Mrs Patel",
        strategy: "Reads with her, four days a week",
        area: Some("reading-writing"),
        in_parts: true,
        ..Written::default()
    }
}

#[test]
fn what_is_missing_is_said_in_the_words_that_were_written() {
    assert_eq!(
        said(Written { what: "Read more.", ..Written::default() }),
        [
            "“Read more” can mean many things. Say what will be read or written, with whom and how often: such as \
             “read with Mrs Patel for 20 minutes, 4 days a week”.",
            "“more” doesn’t say how much. Say from what to what, or how often: such as “reading age from 9 years \
             2 months to 9 years 8 months”.",
            "Name a day before the next review, or a time such as “by half term”.",
        ]
    );
    let target = Written { how_we_will_know: "Teacher feedback", ..whole() };
    assert!(said(target)[1].starts_with("“Teacher feedback” can’t be counted yet. Say from what to what"));
}

#[test]
fn the_parts_of_a_target_are_read_together() {
    assert_eq!(parts(whole()), []);
    assert_eq!(parts(Written { how_we_will_know: "", ..whole() }), [Part::Specific, Part::Measurable]);
    assert_eq!(parts(Written { by_when: false, ..whole() }), [Part::TimeBound]);
    assert_eq!(hints(whole()), []);
}

#[test]
fn a_sentence_that_says_all_five_passes_in_the_form_and_empty_boxes_are_hinted_at() {
    let alone = Written { what: "Improve reading age by 6 months by July", in_parts: true, ..Written::default() };
    assert_eq!((parts(alone), hints(alone)), (vec![], vec![Part::Achievable]));
    let helped = Written { who: "Mrs Patel", ..alone };
    assert_eq!((parts(helped), hints(helped)), (vec![], vec![]));
    assert_eq!(hints(Written { in_parts: false, ..alone }), [], "a sentence by itself has no boxes");

    let nobody = Written { who: "Everyone", strategy: " ", ..whole() };
    assert_eq!((parts(nobody), hints(nobody)), (vec![], vec![Part::Achievable]));
    let dogs = Written { what: "Stroke two dogs each week", area: None, ..whole() };
    assert_eq!((parts(dogs), hints(dogs)), (vec![], vec![Part::Relevant]));
    assert_eq!(hints(Written { why: "So that she isn’t afraid of them", ..dogs }), []);

    let more = Written { what: "Read more", ..alone };
    assert_eq!(parts(more), [Part::Specific, Part::Measurable, Part::TimeBound], "what fails a sentence fails here");
    let leap = Written { what: "Always hand in homework by Easter", ..alone };
    assert_eq!((parts(leap), hints(leap)), (vec![Part::Achievable], vec![]), "one thing is said of it, not two");
}

#[test]
fn a_reason_may_say_always_and_a_target_may_not() {
    let reason = "Visit two vets by Easter, because she has always wanted to be one";
    assert_eq!(parts(Written { what: reason, ..Written::default() }), []);
    let target = Written { what: "Always hand in homework by Easter", ..Written::default() };
    assert_eq!(said(target), ["“always” leaves no room for one bad day. Say a next step: such as “4 times out of 5”."]);
}

#[test]
fn every_time_may_be_the_dream_where_the_count_is_a_step() {
    let how_we_will_know = "From 7 in 10 to 9 in 10";
    let target = Written { what: "Ask for a break with the card, every time", ..whole() };
    assert_eq!(parts(Written { how_we_will_know, ..target }), []);
    assert_eq!(parts(Written { how_we_will_know: "It always happens", ..target }), [Part::Achievable]);
}

#[test]
fn last_times_words_are_known_again() {
    let last_time = ["improve READING.", ""];
    assert_eq!(parts(Written { last_time: &last_time, ..whole() }), [Part::Achievable]);
    assert_eq!(parts(Written { what: "Improve spelling", last_time: &last_time, ..whole() }), []);
    assert!(!parts(Written { what: "", last_time: &last_time, ..whole() }).contains(&Part::Achievable));
}

#[test]
fn whatever_is_written_is_answered() {
    for what in
        ["", " ", "|", "%", "100%", "by", "by by by", "from to", "1 to", "é ’s -", "so", "grade from 99999999999"]
    {
        for in_parts in [false, true] {
            let target = Written { what, how_we_will_know: what, who: what, in_parts, ..Written::default() };
            let Advice { missing, hints } = advice(&target);
            assert!(missing.len() + hints.len() <= 5);
            assert!(hints.iter().all(|hint| missing.iter().all(|help| help.part != hint.part)));
        }
    }
}

#[test]
fn a_row_of_the_section_is_read() {
    let row = |number| RowId::new(uuid::Uuid::from_u128(number));
    let there = |number| Row { id: row(number), order: "a".into(), removed_by: None, kept_by_edit: false };
    let mut values = Values::default();
    assert_eq!(help_row(&values, &row(1), None), None);
    values.texts.insert(format!("targets/{}/what", row(1)), "Read to a grown-up three times a week".into());
    let missing = |values: &Values, last: Option<&Values>| {
        help_row(values, &row(1), last).unwrap().missing.iter().map(|help| help.part).collect::<Vec<_>>()
    };
    assert_eq!(missing(&values, None), [Part::TimeBound]);
    assert_eq!(help_row(&values, &row(1), None).unwrap().hints[0].part, Part::Achievable);
    values.texts.insert(format!("targets/{}/who", row(1)), "Jo".into());
    let day = Entry { by: "ruth".into(), at: Moment(0), value: "2026-12-18".into() };
    values.facts.insert(format!("targets/{}/by-when", row(1)), vec![day.clone()]);
    assert_eq!(missing(&values, None), []);

    let mut last_term = values.clone();
    last_term.rows.insert("targets".into(), vec![there(1)]);
    assert_eq!(missing(&values, Some(&last_term)), [Part::Achievable]);
    values.rows.insert("review".into(), vec![there(2)]);
    values.texts.insert(format!("review/{}/what", row(2)), "Read to a grown-up, three times a week.".into());
    assert_eq!(missing(&values, None), [Part::Achievable]);
    values.facts.insert(format!("review/{}/carry-over", row(2)), vec![Entry { value: "yes".into(), ..day }]);
    assert_eq!(missing(&values, None), []);
}
