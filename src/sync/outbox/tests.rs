use super::*;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use proptest::prelude::*;
use std::collections::HashSet;

fn document(which: usize) -> DocumentName {
    let section = SectionId::ALL[which];
    DocumentName { plan: PlanId::new(uuid::Uuid::nil()), section }
}

#[test]
fn the_words_of_a_change_on_its_way() {
    let mut outbox = Outbox::default();
    assert_eq!(outbox.status(Moment(0)), Status::Nothing);
    let number = outbox.wrote(&document(0), "a", Moment(0));
    assert_eq!(outbox.status(Moment(0)), Status::Writing);
    outbox.stored(number);
    assert_eq!(outbox.status(Moment(0)), Status::OnDevice);
    outbox.linked(Link::Down);
    assert_eq!(outbox.status(Moment(0)), Status::Waiting(1));
    outbox.linked(Link::Open);
    outbox.sent(&document(0), Moment(0));
    assert_eq!(outbox.status(Moment(500)), Status::OnDevice);
    assert_eq!(outbox.status(Moment(1_500)), Status::Sending);
    assert_eq!(outbox.committed(&document(0), Moment(2_000)), vec![number]);
    assert_eq!(outbox.status(Moment(2_000)), Status::InPlan(Moment(2_000)));
}

#[test]
fn a_refused_change_stays_and_is_said() {
    let mut outbox = Outbox::default();
    outbox.found(&document(0), "a", Moment(0));
    outbox.found(&document(0), "a", Moment(1));
    outbox.linked(Link::Open);
    outbox.sent(&document(0), Moment(0));
    outbox.refused(&document(0), "You can no longer edit Targets");
    assert_eq!(outbox.status(Moment(9)), Status::NotSent(1));
    assert!(outbox.committed(&document(0), Moment(9)).is_empty());
    assert_eq!(outbox.discard(&document(0)).len(), 2);
    assert_eq!(outbox.status(Moment(9)), Status::Nothing);
    outbox.linked(Link::Down);
    assert_eq!(outbox.status(Moment(9)), Status::Waiting(0));
}

#[test]
fn what_is_kept_beside_a_closed_plan_is_said_to_be_and_what_follows_is_not() {
    let mut outbox = Outbox::default();
    outbox.linked(Link::Open);
    outbox.found(&document(0), "a", Moment(0));
    outbox.sent(&document(0), Moment(0));
    let up_to = outbox.not_taken(&document(0));
    outbox.came_late(&document(0), up_to);
    outbox.refused(&document(0), "This plan was agreed before this arrived");
    assert_eq!(outbox.status(Moment(OLD)), Status::Late, "it is on no device alone");
    assert!(outbox.is_late(&document(0)) && outbox.is_unsent(&document(0)));
    assert_eq!((outbox.unsent(), outbox.unsent_places().len()), (0, 1));

    let other = outbox.wrote(&document(1), "b", Moment(1));
    assert_eq!(outbox.status(Moment(1)), Status::Writing, "nothing is said to be sent that isn't");
    outbox.stored(other);
    assert_eq!(outbox.status(Moment(OLD)), Status::OnDevice);
    outbox.discard(&document(1));
    outbox.wrote(&document(0), "a", Moment(2));
    assert_eq!(outbox.status(Moment(2)), Status::NotSent(1));
    assert!(!outbox.is_late(&document(0)));
    outbox.discard(&document(0));
    assert_eq!(outbox.status(Moment(3)), Status::Nothing);
}

#[test]
fn a_message_behind_one_that_missed_something_vouches_for_nothing() {
    let mut outbox = Outbox::default();
    outbox.linked(Link::Open);
    let first = outbox.wrote(&document(0), "a", Moment(0));
    outbox.sent(&document(0), Moment(0));
    let second = outbox.wrote(&document(0), "b", Moment(0));
    outbox.sent(&document(0), Moment(0));
    outbox.not_taken(&document(0));
    outbox.sent(&document(0), Moment(1));
    assert!(outbox.committed(&document(0), Moment(2)).is_empty());
    assert_eq!(outbox.committed(&document(0), Moment(3)), vec![first, second]);
}

#[test]
fn an_unsent_change_of_three_days_warns() {
    let mut outbox = Outbox::default();
    outbox.found(&document(0), "a", Moment(0));
    outbox.linked(Link::Down);
    assert_eq!(outbox.status(Moment(OLD - 1)), Status::Waiting(1));
    assert_eq!(outbox.status(Moment(OLD)), Status::Old(Moment(6 * DAY)));
    assert_eq!(outbox.status(Moment(5 * DAY)), Status::Old(Moment(6 * DAY)));
    assert_eq!(outbox.status(Moment(9 * DAY)), Status::Old(Moment(9 * DAY)), "at once, when the day has gone by");
}

#[test]
fn nothing_is_called_saved_to_the_plan_while_a_photo_is_unsent() {
    let mut outbox = Outbox::default();
    outbox.linked(Link::Open);
    let number = outbox.wrote(&document(0), "a", Moment(0));
    outbox.stored(number);
    outbox.sent(&document(0), Moment(0));
    let photo = Beside { unsent: 1, since: Some(Moment(0)), ..Beside::default() };
    outbox.beside(Beside { writing: true, ..photo }, None);
    outbox.committed(&document(0), Moment(1));
    assert_eq!(outbox.status(Moment(1)), Status::Writing);
    outbox.beside(photo, None);
    assert_eq!(outbox.status(Moment(1)), Status::OnDevice);
    outbox.beside(Beside { sending: true, ..photo }, None);
    assert_eq!(outbox.status(Moment(1)), Status::Sending);
    outbox.linked(Link::Down);
    assert_eq!(outbox.status(Moment(1)), Status::Waiting(1));
    assert_eq!(outbox.status(Moment(OLD)), Status::Old(Moment(6 * DAY)));
    outbox.beside(Beside { refused: 1, ..photo }, None);
    assert_eq!(outbox.status(Moment(1)), Status::NotSent(1));
    outbox.linked(Link::Open);
    outbox.beside(Beside::default(), Some(Moment(7)));
    assert_eq!(outbox.status(Moment(8)), Status::InPlan(Moment(7)));
}

/// What can happen to a device.
#[derive(Clone, Debug)]
enum Event {
    Write(usize),
    Store,
    Send(usize),
    Commit(usize),
    Link(Link),
    Photo(bool),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..3usize).prop_map(Event::Write),
        3 => Just(Event::Store),
        3 => (0..3usize).prop_map(Event::Send),
        3 => (0..3usize).prop_map(Event::Commit),
        1 => prop_oneof![Just(Link::Open), Just(Link::Down), Just(Link::SignedOut)].prop_map(Event::Link),
        1 => any::<bool>().prop_map(Event::Photo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever happens, "Saved to the plan" means that the server committed
    /// all, and "on this device" that the disk has all.
    #[test]
    fn the_status_line_never_lies(events in prop::collection::vec(event(), 1..60)) {
        let mut outbox = Outbox::default();
        // The truth, kept apart: (document, number, stored), messages on the wire, the server's.
        let mut written: Vec<(usize, u64, bool)> = Vec::new();
        let mut wire: Vec<(usize, HashSet<u64>)> = Vec::new();
        let mut server: HashSet<u64> = HashSet::new();
        let mut photo = false;
        for (now, event) in events.into_iter().enumerate() {
            let now = Moment(now as i64);
            match event {
                Event::Write(which) => written.push((which, outbox.wrote(&document(which), "a", now), false)),
                Event::Store => {
                    if let Some(change) = written.iter_mut().find(|change| !change.2) {
                        change.2 = true;
                        outbox.stored(change.1);
                    }
                }
                Event::Send(which) if outbox.link() == Link::Open => {
                    outbox.sent(&document(which), now);
                    wire.push((which, written.iter().filter(|change| change.0 == which).map(|change| change.1).collect()));
                }
                Event::Commit(which) if outbox.link() == Link::Open => {
                    if let Some(place) = wire.iter().position(|message| message.0 == which) {
                        server.extend(wire.remove(place).1);
                        for safe in outbox.committed(&document(which), now) {
                            prop_assert!(server.contains(&safe), "let go of a change that the server hasn't");
                        }
                    }
                }
                Event::Photo(there) => {
                    photo = there;
                    let beside = Beside { unsent: usize::from(there), ..Beside::default() };
                    outbox.beside(beside, (!there).then_some(now));
                }
                Event::Link(link) => {
                    outbox.linked(link);
                    if link != Link::Open {
                        wire.clear();
                    }
                }
                _ => {}
            }
            let all_committed = written.iter().all(|change| server.contains(&change.1));
            let all_stored = written.iter().all(|change| change.2 || server.contains(&change.1));
            match outbox.status(now) {
                Status::InPlan(_) => prop_assert!(all_committed && !photo),
                Status::OnDevice | Status::Waiting(_) | Status::SignIn(_) => prop_assert!(all_stored),
                _ => {}
            }
        }
    }
}
