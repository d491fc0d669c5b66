use super::*;
use crate::domain::settings::{CutOff, SigningDays};
use proptest::prelude::*;
use proptest::sample::select;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn first_plan(into_care: &str) -> Facts {
    Facts {
        number: 1,
        year: 2026,
        term: Term::Autumn,
        state: State::Drafting,
        begun: false,
        into_care: Some(day(into_care)),
        meeting: None,
        held: None,
        since: None,
    }
}

fn later_plan(state: State) -> Facts {
    Facts { number: 4, begun: true, state, ..first_plan("2024-05-01") }
}

fn with_cut_off() -> Authority {
    let cut_off = CutOff { year: 2026, term: Term::Autumn, day: day("2026-11-27") };
    Authority { cut_offs: vec![cut_off], ..Authority::default() }
}

fn said(facts: &Facts, authority: &Authority, today: &str) -> String {
    due(facts, authority, day(today)).unwrap().words()
}

#[test]
fn a_first_plan_is_begun_in_ten_working_days_and_there_in_twenty() {
    let authority = Authority::default();
    for (into_care, begun, there) in [
        ("2026-12-14", "2026-12-30", "2027-01-14"),
        ("2026-07-20", "2026-08-03", "2026-08-17"),
        ("2027-03-15", "2027-03-31", "2027-04-14"),
        ("2026-12-26", "2027-01-12", "2027-01-26"),
    ] {
        let facts = first_plan(into_care);
        let begin = due(&facts, &authority, day(into_care)).unwrap();
        assert_eq!((begin.by.day, begin.who), (day(begun), Role::SocialWorker), "{into_care}");
        let ready = due(&Facts { begun: true, ..facts }, &authority, day(into_care)).unwrap();
        assert_eq!((ready.by.day, ready.who), (day(there), Role::DesignatedTeacher), "{into_care}");
    }
}

#[test]
fn an_authoritys_own_days_and_holidays_count() {
    let mut authority = Authority::default();
    authority.first_plan.begun = 5;
    authority.bank_holidays = vec![day("2026-12-18")];
    let begin = due(&first_plan("2026-12-14"), &authority, day("2026-12-14")).unwrap();
    assert_eq!(begin.by.day, day("2026-12-22"));
}

#[test]
fn a_first_plan_is_said_as_things_stand() {
    let (authority, fresh) = (Authority::default(), first_plan("2026-12-14"));
    let begun = Facts { begun: true, ..fresh.clone() };
    assert_eq!(
        said(&fresh, &authority, "2026-12-29"),
        "This first plan has to be begun by Wednesday 30 December 2026 and ready for the first review by Thursday 14 \
         January 2027."
    );
    assert_eq!(
        said(&fresh, &authority, "2026-12-30"),
        "This first plan has to be begun today, and ready for the first review by Thursday 14 January 2027."
    );
    assert!(said(&fresh, &authority, "2026-12-31").starts_with("This first plan was to be begun by Wednesday 30"));
    assert_eq!(
        said(&begun, &authority, "2026-12-31"),
        "This first plan has to be ready for the first review, by Thursday 14 January 2027."
    );
    assert_eq!(
        said(&begun, &authority, "2027-01-15"),
        "This first plan was due for the first review by Thursday 14 January 2027."
    );
    let far = said(&first_plan("2028-12-20"), &authority, "2028-12-20");
    assert!(far.ends_with("Check it: the bank holidays of that year aren’t in Pep yet."), "{far}");
}

#[test]
fn only_readers_of_the_care_details_learn_when_a_child_came_into_care() {
    let authority = with_cut_off();
    let first = due(&first_plan("2026-12-14"), &authority, day("2026-12-14")).unwrap();
    assert_eq!(first.tells(), Some(SectionId::CareDetails));
    let later = due(&later_plan(State::Drafting), &authority, day("2026-11-02")).unwrap();
    assert_eq!(later.tells(), None);
}

#[test]
fn each_term_has_its_meeting_by_the_cut_off() {
    let (authority, plan) = (with_cut_off(), later_plan(State::Drafting));
    assert_eq!(said(&plan, &authority, "2026-11-02"), "This term’s meeting has to be held by Friday 27 November 2026.");
    let standing = |today| due(&plan, &authority, day(today)).unwrap().standing;
    assert_eq!(standing("2026-11-19"), Standing::Upcoming);
    assert_eq!(standing("2026-11-20"), Standing::Soon);
    assert_eq!(standing("2026-11-27"), Standing::Today);
    assert_eq!(standing("2026-11-28"), Standing::Overdue);

    let set = |meeting: &str, today: &str| {
        due(&Facts { meeting: Some(day(meeting)), ..plan.clone() }, &authority, day(today)).is_some()
    };
    assert!(!set("2026-11-20", "2026-11-02"), "it is set in time");
    assert!(set("2026-11-20", "2026-11-21"), "the day has passed and nobody opened the meeting");
    assert!(set("2026-12-01", "2026-11-02"), "it is set too late");
    assert_eq!(due(&later_plan(State::Drafting), &Authority::default(), day("2026-11-02")), None, "no cut-off is set");
}

#[test]
fn after_the_meeting_each_signs_in_turn() {
    let authority = Authority::default();
    let held =
        Facts { meeting: Some(day("2026-11-19")), held: Some(day("2026-11-20")), ..later_plan(State::Completing) };
    let next = |facts: &Facts, authority: &Authority| {
        let due = due(facts, authority, day("2026-11-23")).unwrap();
        (due.who, due.by.day)
    };
    assert_eq!(next(&held, &authority), (Role::DesignatedTeacher, day("2026-12-04")));
    let never_closed = Facts { held: None, ..held.clone() };
    assert_eq!(next(&never_closed, &authority).1, day("2026-12-03"), "from the day it was set for");
    for (state, who, by) in [
        (State::TeacherSigned, Role::SocialWorker, "2026-12-04"),
        (State::WorkerSigned, Role::DesignatedTeacher, "2026-12-11"),
        (State::Quality, Role::VirtualSchool, "2026-12-11"),
        (State::Returned, Role::DesignatedTeacher, "2026-12-11"),
    ] {
        let facts = Facts { state, since: Some(day("2026-11-27")), ..held.clone() };
        assert_eq!(next(&facts, &authority), (who, day(by)), "{state:?}");
    }
    let other_order = Authority {
        sign_order: SignOrder::WorkerThenTeacher,
        signing: SigningDays { worker: 3, ..SigningDays::default() },
        ..Authority::default()
    };
    assert_eq!(next(&held, &other_order), (Role::SocialWorker, day("2026-11-25")));
}

proptest! {
    /// A plan that is over asks for nothing, and what is nearest is said first.
    #[test]
    fn what_is_due_is_in_order_and_ends_with_the_plan(
        state in select(State::ALL.to_vec()),
        number in 1i64..3,
        begun in any::<bool>(),
        days in 0i64..400,
    ) {
        let today = day("2026-06-01").plus(days);
        let past = Some(day("2026-09-07"));
        let facts =
            Facts { number, state, begun, meeting: past, held: past, since: past, ..first_plan("2026-09-01") };
        let all = all_due(&facts, &with_cut_off(), today);
        prop_assert!(!state.is_over() || all.is_empty());
        prop_assert!(all.is_sorted_by_key(|due| due.by.day));
        for due in all {
            prop_assert_eq!(due.standing, Standing::of(due.by.day, today));
            prop_assert!(due.words().ends_with('.'));
        }
    }
}
