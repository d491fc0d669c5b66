use super::check::term_box;
use super::*;
use crate::domain::quality::{Coverage, Scheme};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[test]
fn settings_read_back_as_written_and_lines_left_out_have_their_defaults() {
    let own = Authority { sign_order: SignOrder::TeacherAlone, strategies_from: 14, ..Authority::default() };
    assert_eq!(Authority::read(&own.written()), Ok(own));
    assert_eq!(Authority::read("{}"), Ok(Authority::default()));
    let some = Authority::read(r#"{"targets":{"least":2},"sign-order":"either"}"#).unwrap();
    assert_eq!((some.targets.least, some.targets.most, some.sign_order), (2, 4, SignOrder::Either));
}

#[test]
fn what_is_wrong_is_said() {
    for (text, says) in [
        (r#"{"tragets":{}}"#, "tragets"),
        (r#"{"targets":{"least":5}}"#, "least number of targets"),
        (r#"{"cut-offs":[{"year":2026,"term":"autumn","day":"2026-02-30"}]}"#, "real date"),
        ("no", "can't be read"),
    ] {
        let sentence = Authority::read(text).unwrap_err();
        assert!(sentence.contains(says), "{sentence}");
    }
}

#[test]
fn a_year_not_set_yet_has_the_latest_known_amount() {
    let authority = Authority::default();
    assert_eq!(authority.caps(FinancialYear(2030)).year, Pence(263_000));
    assert_eq!(authority.caps(FinancialYear(2020)).year, Pence(0));
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn cut_off(year: i32, term: Term, on: &str) -> CutOff {
    CutOff { year, term, day: day(on) }
}

/// The boxes in which something is wrong.
fn boxes(group: Group) -> Vec<String> {
    group.check().into_iter().map(|(of, _)| of).collect()
}

#[test]
fn the_rules_of_the_first_day_are_good() {
    assert_eq!(Authority::default().check(), []);
}

#[test]
fn a_terms_last_day_is_in_its_months_and_after_the_term_before() {
    let good = [
        cut_off(2026, Term::Summer, "2027-07-16"),
        cut_off(2026, Term::Autumn, "2026-12-11"),
        cut_off(2026, Term::Spring, "2027-03-19"),
    ];
    assert_eq!(boxes(Group::Terms(good.to_vec())), [""; 0], "in whatever order they are kept");
    let early = cut_off(2026, Term::Spring, "2026-12-18");
    assert_eq!(boxes(Group::Terms(vec![early])), [term_box(2026, Term::Spring)]);
    // Easter may fall late: both terms know April.
    let crossed = vec![cut_off(2026, Term::Spring, "2027-04-20"), cut_off(2026, Term::Summer, "2027-04-12")];
    assert_eq!(boxes(Group::Terms(crossed)), [term_box(2026, Term::Summer)]);
    let twice = vec![good[1], cut_off(2026, Term::Autumn, "2026-12-18")];
    assert_eq!(boxes(Group::Terms(twice)), [term_box(2026, Term::Autumn)]);
}

#[test]
fn working_days_and_targets_have_their_bounds() {
    let signing = SigningDays { teacher: 0, worker: 61, virtual_school: 10 };
    assert_eq!(boxes(Group::Days(FirstPlanDays::default(), signing)), ["signing-teacher", "signing-worker"]);
    let crossed = FirstPlanDays { begun: 21, there: 20 };
    assert_eq!(boxes(Group::Days(crossed, SigningDays::default())), ["first-plan-there"]);
    assert_eq!(boxes(Group::Targets(TargetCount { least: 3, most: 2 }, 41)), ["targets-most", "strategies-from"]);
    assert_eq!(boxes(Group::Targets(TargetCount { least: 0, most: 0 }, 40)), ["targets-most"]);
    assert_eq!(
        (boxes(Group::Occasions(0)), boxes(Group::Occasions(61))),
        (vec!["occasion-days".to_string()], vec!["occasion-days".to_string()])
    );
    assert_eq!(boxes(Group::Occasions(20)), [""; 0]);
}

#[test]
fn areas_have_names_of_their_own_and_there_is_at_least_one() {
    let of = |areas: &[&str]| {
        boxes(Group::Quality(Quality {
            scheme: Scheme::default(),
            areas: areas.iter().map(|a| a.to_string()).collect(),
            ..Quality::default()
        }))
    };
    assert_eq!(of(&[]), ["areas"]);
    assert_eq!(of(&["Voice", " ", "voice "]), ["area-1", "area-2"]);
    assert_eq!(of(&[&"é".repeat(121)]), ["area-0"]);
    let many: Vec<_> = (0..21).map(|number| format!("Area {number}")).collect();
    assert_eq!(of(&many.iter().map(String::as_str).collect::<Vec<_>>()), ["areas"]);
}

#[test]
fn a_term_has_no_more_money_than_its_year() {
    let year = |cap, term_cap| GrantYear { year: FinancialYear(2026), cap: Pence(cap), term_cap };
    assert_eq!(boxes(Group::Grant(vec![year(100, Some(Pence(100)))])), [""; 0]);
    assert_eq!(boxes(Group::Grant(vec![year(100, Some(Pence(101)))])), ["grant-2026-term"]);
    assert_eq!(boxes(Group::Grant(vec![year(-1, None), year(1, None)])), ["grant-2026", "grant-2026"]);
}

#[test]
fn holidays_and_reminders_are_said_once() {
    assert_eq!(boxes(Group::BankHolidays(vec![day("2027-05-10"), day("2027-05-10")])), ["bank-holiday-1"]);
    for wrong in [vec![14, 14], vec![0], vec![91], (1..=7).collect()] {
        assert_eq!(boxes(Group::Reminders(wrong)), ["remind-before"]);
    }
    assert_eq!(boxes(Group::Reminders(vec![])), [""; 0]);
}

#[test]
fn what_an_older_pep_kept_still_opens() {
    let odd = r#"{"quality":{"areas":[]}}"#;
    assert!(Authority::read(odd).is_err(), "it can't be set any more");
    assert!(Authority::kept(odd).is_ok());
}

#[test]
fn every_group_has_a_name_that_reads_back() {
    for id in GroupId::ALL {
        assert_eq!(id.id().parse::<GroupId>(), Ok(id));
        assert_eq!(Authority::default().group(id).id(), id);
        assert!(!id.words().is_empty());
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    (0i64..1600).prop_map(|days| day("2025-09-01").plus(days))
}

fn any_cut_offs() -> impl Strategy<Value = Vec<CutOff>> {
    let one = (2025..2028i32, select(Term::ALL.to_vec()), any_day());
    let wild = vec(one.prop_map(|(year, term, day)| CutOff { year, term, day }), 0..3);
    let tame = (2025..2028i32).prop_map(|year| vec![cut_off(year, Term::Autumn, &format!("{year}-12-11"))]);
    prop_oneof![wild, tame]
}

fn any_grant() -> impl Strategy<Value = Vec<GrantYear>> {
    let one = (2020..2030i32, -5i64..400_000, proptest::option::of(0i64..300_000));
    vec(
        one.prop_map(|(year, cap, term)| GrantYear {
            year: FinancialYear(year),
            cap: Pence(cap),
            term_cap: term.map(Pence),
        }),
        0..3,
    )
}

/// Rules of every kind, near what is allowed on both sides.
fn any_authority() -> impl Strategy<Value = Authority> {
    let numbers = (1..62u32, 1..62u32, 1..62u32, 0..6u32, 1..6u32, 0..42u32, 0..62u32);
    let lists =
        (any_cut_offs(), vec(any_day(), 0..3), any_grant(), vec(1..92u32, 0..4), vec("[a-z \"\\\\é]{0,9}", 0..5));
    let picks = (select(SignOrder::ALL.to_vec()), select(Scheme::ALL.to_vec()), select(Coverage::ALL.to_vec()));
    (numbers, lists, picks).prop_map(|(numbers, lists, (sign_order, scheme, coverage))| {
        let (begun, there, signs, least, most, strategies_from, occasion_days) = numbers;
        let (cut_offs, bank_holidays, grant, remind_before, areas) = lists;
        Authority {
            first_plan: FirstPlanDays { begun, there },
            signing: SigningDays { teacher: signs, ..SigningDays::default() },
            sign_order,
            cut_offs,
            bank_holidays,
            targets: TargetCount { least, most },
            strategies_from,
            quality: Quality { scheme, areas, coverage },
            grant,
            remind_before,
            occasion_days,
        }
    })
}

proptest! {
    #[test]
    fn rules_that_are_taken_read_back_as_they_were_and_others_are_refused(authority in any_authority()) {
        let text = authority.written();
        prop_assert_eq!(Authority::kept(&text), Ok(authority.clone()));
        match authority.check().first() {
            None => prop_assert_eq!(Authority::read(&text), Ok(authority)),
            Some((_, sentence)) => prop_assert!(Authority::read(&text).unwrap_err().contains(sentence.as_str())),
        }
    }

    /// A page saves one group: whatever it puts there, the other groups stay.
    #[test]
    fn a_group_changes_itself_alone(
        from in any_authority(),
        to in any_authority(),
        id in select(GroupId::ALL.to_vec()),
    ) {
        let mut changed = from.clone();
        changed.put(to.group(id));
        for other in GroupId::ALL {
            let expected = if other == id { to.group(other) } else { from.group(other) };
            prop_assert_eq!(changed.group(other), expected);
        }
    }

    /// From good rules, good groups lead to good rules: each save is checked by itself.
    #[test]
    fn good_groups_make_good_rules(to in any_authority()) {
        let mut authority = Authority::default();
        for group in GroupId::ALL.map(|id| to.group(id)) {
            if group.check().is_empty() {
                authority.put(group);
            }
        }
        prop_assert_eq!(Authority::read(&authority.written()), Ok(authority));
    }
}
