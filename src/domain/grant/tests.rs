//! What holds of the ledger, whatever is done to it.

use super::*;
use crate::domain::access::Action;
use crate::domain::calendar::{Day, Moment};
use crate::domain::money::{FinancialYear, MOST, Pence};
use crate::domain::people::{ChildId, LineId, PlanId, RowId};
use proptest::prelude::*;
use uuid::Uuid;

const RUTH: &str = "ruth";
const SPRING: SchoolTerm = SchoolTerm { year: 2026, term: Term::Spring };
const SPRING_YEAR: FinancialYear = FinancialYear(2026);
const CAPS: Caps = Caps { year: Pence(263_000), term: Some(Pence(100_000)) };

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn tuition(units: u32, unit_cost: i64) -> Request {
    Request {
        target: RowId::new(Uuid::from_u128(1)),
        item: "Maths tuition".into(),
        units,
        unit_cost: Pence(unit_cost),
        provider: "A tutor".into(),
        starts: day("2027-02-01"),
        ends: day("2027-03-26"),
        expected: "From 31 to 40 in the maths assessment".into(),
        idea: None,
    }
}

fn line_of(child: u128, asked: Request) -> Line {
    let (plan, child) = (PlanId::new(Uuid::from_u128(2)), ChildId::new(Uuid::from_u128(child)));
    Line::new(LineId::new(Uuid::from_u128(3)), plan, child, SPRING, asked, RUTH, Moment(0))
}

fn line(units: u32, unit_cost: i64) -> Line {
    line_of(4, tuition(units, unit_cost))
}

fn in_state(state: LineState) -> Line {
    Line { state, ..line(10, 3_500) }
}

#[test]
fn a_spring_plan_can_spend_in_the_next_financial_year() {
    assert_eq!(line(1, 1).year, FinancialYear(2026));
    let after_easter = line_of(4, Request { starts: day("2027-04-01"), ends: day("2027-05-01"), ..tuition(1, 1) });
    assert_eq!((after_easter.year, after_easter.term), (FinancialYear(2027), SPRING));
    assert_eq!(SPRING.words(), "Spring term 2027");
}

#[test]
fn what_is_wrong_with_a_request_is_said_by_its_field() {
    assert!(tuition(10, 3_500).problems().is_empty());
    let empty = Request { item: " ".into(), expected: String::new(), ends: day("2027-01-31"), ..tuition(0, 0) };
    let fields: Vec<_> = empty.problems().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["item", "expected", "units", "cost", "ends"]);
    assert_eq!(tuition(u32::MAX, MOST.0).problems().len(), 1, "more than anybody means");
}

#[test]
fn a_line_goes_only_where_it_may() {
    let why = || "No".to_string();
    let step = |state: LineState, step: Step| may_step(&in_state(state), &step, RUTH);
    assert_eq!(step(LineState::Requested, Step::Approve), Ok(LineState::Approved));
    assert_eq!(step(LineState::Requested, Step::Decline(" No ".into())), Ok(LineState::Declined(why())));
    assert_eq!(step(LineState::Requested, Step::Withdraw("".into())), Ok(LineState::Withdrawn("".into())));
    assert_eq!(step(LineState::Approved, Step::Pay), Ok(LineState::Paid));
    assert_eq!(step(LineState::Approved, Step::Withdraw(why())), Ok(LineState::Withdrawn(why())));
    for (state, no) in [
        (LineState::Requested, Step::Pay),
        (LineState::Requested, Step::Decline(" ".into())),
        (LineState::Approved, Step::Approve),
        (LineState::Approved, Step::Decline(why())),
        (LineState::Approved, Step::Withdraw("".into())),
        (LineState::Paid, Step::Withdraw(why())),
        (LineState::Paid, Step::Pay),
        (LineState::Declined(why()), Step::Approve),
        (LineState::Withdrawn(why()), Step::Approve),
    ] {
        assert!(step(state.clone(), no.clone()).is_err(), "{state:?} {no:?}");
    }
}

#[test]
fn only_who_asked_takes_it_back_and_only_until_it_is_agreed() {
    let withdraw = Step::Withdraw("Not needed".into());
    assert!(may_step(&in_state(LineState::Requested), &withdraw, "tom").unwrap_err().contains("whoever asked"));
    assert_eq!(action_for(&LineState::Requested, &withdraw), Action::RequestGrant);
    assert_eq!(action_for(&LineState::Approved, &withdraw), Action::DecideGrant);
    assert_eq!(action_for(&LineState::Requested, &Step::Approve), Action::DecideGrant);
}

#[test]
fn what_was_declined_or_withdrawn_stands_no_more() {
    for state in [LineState::Requested, LineState::Approved, LineState::Paid] {
        assert!(state.stands(), "{state:?}");
    }
    for state in [LineState::Declined("No".into()), LineState::Withdrawn(String::new())] {
        assert!(!state.stands(), "{state:?}");
    }
}

#[test]
fn a_request_of_a_page_from_before_has_no_idea() {
    let kept = serde_json::to_string(&tuition(1, 1)).unwrap();
    assert!(!kept.contains("idea"), "{kept}");
    assert_eq!(serde_json::from_str::<Request>(&kept).unwrap(), tuition(1, 1));
}

#[test]
fn a_state_reads_back_from_its_name() {
    let why = "Too late".to_string();
    for state in [
        LineState::Requested,
        LineState::Approved,
        LineState::Paid,
        LineState::Declined(why.clone()),
        LineState::Withdrawn(why.clone()),
    ] {
        assert_eq!(LineState::read(state.id(), why.clone()), Ok(state));
    }
    assert!(LineState::read("lost", why).is_err());
}

#[test]
fn a_no_says_how_much_is_left() {
    let committed = Committed { year: Pence(250_000), term: Pence(0) };
    assert_eq!(
        fits(&line(10, 3_500), committed, CAPS),
        Err("This costs £350.00, and £130.00 of £2,630.00 is left for this child in the financial year 2026 to 2027"
            .into())
    );
    let in_term = Committed { year: Pence(0), term: Pence(100_000) };
    assert_eq!(
        fits(&line(10, 3_500), in_term, CAPS),
        Err("Nothing is left for this child for the Spring term 2027: all of £1,000.00 is agreed already".into())
    );
    assert_eq!(fits(&line(10, 3_500), in_term, Caps { term: None, ..CAPS }), Ok(()));
    assert_eq!(fits(&line(10, 10_000), Committed::default(), CAPS), Ok(()), "exactly what is left fits");
}

#[test]
fn a_year_is_summed_by_term_and_by_child() {
    let paid = Line { state: LineState::Paid, ..line(1, 30_000) };
    let autumn = SchoolTerm { term: Term::Autumn, ..SPRING };
    let agreed = Line { state: LineState::Approved, term: autumn, ..line(1, 90_000) };
    let declined = Line { state: LineState::Declined("No".into()), ..line(1, 1) };
    let others = line_of(5, tuition(1, 7));
    let all = [paid, agreed, declined, others];
    let years = per_child(&all, FinancialYear(2026), CAPS.year).unwrap();
    assert_eq!(years.len(), 2);
    let year = &years[0].1;
    assert_eq!(year.words(), "2026 to 2027: £1,200.00 agreed, £300.00 of it paid, £1,430.00 of £2,630.00 left.");
    assert_eq!(year.terms.iter().map(|(term, _)| *term).collect::<Vec<_>>(), [autumn, SPRING]);
    let lowered = summary(&all, FinancialYear(2026), Pence(100_000)).unwrap();
    assert!(lowered.words().ends_with("£200.00 more than the £1,000.00 there is."), "{}", lowered.words());
}

#[test]
fn what_a_carer_sees_has_no_price() {
    let line = Line { state: LineState::Declined("£350 is too much".into()), ..line(10, 3_500) };
    let seen = format!("{:?}", Item::from(&line));
    assert!(seen.contains("Maths tuition"));
    for price in ["3500", "35000", "350", "unit", "cost", "£"] {
        assert!(!seen.contains(price), "{price} in {seen}");
    }
}

/// Steps as they come in, each at one of a few lines.
fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let step = prop_oneof![
        4 => Just(Step::Approve),
        1 => Just(Step::Decline("Not now".into())),
        2 => Just(Step::Pay),
        2 => Just(Step::Withdraw("Not needed".into())),
    ];
    prop::collection::vec((0..6usize, step), 0..60)
}

/// Takes a step as the database does: the state, then what is agreed, or neither.
fn take(line: &mut Line, step: &Step, committed: &mut Committed) {
    let Ok(to) = may_step(line, step, RUTH) else { return };
    let more = change(&line.state, &to, line.total().unwrap());
    if more > Pence(0) && fits(line, *committed, CAPS).is_err() {
        return;
    }
    let both = (committed.year.plus(more).unwrap(), committed.term.plus(more).unwrap());
    *committed = Committed { year: both.0, term: both.1 };
    line.state = to;
}

proptest! {
    #[test]
    fn a_childs_total_is_the_sum_of_its_lines_and_never_over_the_cap(
        costs in prop::collection::vec((1u32..20, 1i64..20_000), 6),
        steps in steps(),
    ) {
        let mut lines: Vec<_> = costs.into_iter().map(|(units, cost)| line(units, cost)).collect();
        let mut committed = Committed::default();
        for (at, step) in steps {
            take(&mut lines[at], &step, &mut committed);
            let year = summary(&lines, SPRING_YEAR, CAPS.year).unwrap();
            prop_assert_eq!(year.sums.committed(), committed.year);
            prop_assert!(committed.year <= CAPS.year);
            prop_assert!(committed.term <= CAPS.term.unwrap());
            prop_assert_eq!(year.left().plus(committed.year), Some(CAPS.year));
            let all = Pence::sum(lines.iter().map(|line| line.total().unwrap())).unwrap();
            prop_assert!(year.sums.requested.plus(year.sums.committed()).unwrap() <= all);
            let terms = Pence::sum(year.terms.iter().map(|(_, sums)| sums.committed()));
            prop_assert_eq!(terms, Some(committed.year));
        }
    }
}
