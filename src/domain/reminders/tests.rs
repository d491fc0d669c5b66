use super::*;
use crate::domain::calendar::Moment;
use crate::domain::people::RowId;
use crate::domain::plan::{State, Term};
use crate::domain::settings::CutOff;
use crate::domain::values::{Entry, Row};
use proptest::prelude::*;
use proptest::sample::select;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn facts(state: State) -> Facts {
    Facts {
        number: 1,
        year: 2026,
        term: Term::Autumn,
        state,
        begun: false,
        into_care: Some(day("2026-12-14")),
        meeting: None,
        held: None,
        since: None,
    }
}

/// What is said for the first time on each day of a stretch: the day, the key, and to whom.
fn told(facts: &Facts, authority: &Authority, from: &str, days: i64) -> Vec<(String, String, String)> {
    let nothing = Values::default();
    let mut told = Vec::new();
    for today in (0..days).map(|more| day(from).plus(more)) {
        let watched = Watched { facts, actions: &nothing, occasions: &[], requests: &[], not_ok: &[] };
        for reminder in reminders(&watched, authority, today) {
            if reminder.said_on == today {
                told.push((today.to_string(), reminder.key.clone(), to(&reminder)));
            }
        }
    }
    told
}

fn to(reminder: &Reminder) -> String {
    let whom = |whom: &Whom| match whom {
        Whom::Role(role) => role.id().to_string(),
        Whom::Only(person) => person.to_string(),
        Whom::Named(name, _) => name.clone(),
    };
    reminder.to.iter().map(whom).collect::<Vec<_>>().join(" ")
}

fn lines(told: &[(String, String, String)]) -> Vec<String> {
    told.iter().map(|(day, key, to)| format!("{day} {key} {to}")).collect()
}

#[test]
fn a_first_plan_that_nobody_begins_is_asked_for_on_its_working_days() {
    let told = told(&facts(State::Drafting), &Authority::default(), "2026-12-14", 40);
    assert_eq!(
        lines(&told),
        [
            "2026-12-17 begin/3/2026-12-30 social-worker",
            "2026-12-23 begin/7/2026-12-30 social-worker",
            "2026-12-29 begin/9/2026-12-30 social-worker",
            "2026-12-30 begin/red/2026-12-30 social-worker virtual-school",
        ]
    );
}

#[test]
fn one_that_is_begun_and_not_there_is_red_on_the_twentieth_working_day() {
    let begun = Facts { begun: true, ..facts(State::Drafting) };
    let all = ["2027-01-14 there/red/2027-01-14 designated-teacher social-worker virtual-school"];
    assert_eq!(lines(&told(&begun, &Authority::default(), "2026-12-14", 60)), all);
    let signed = Facts { state: State::Quality, since: Some(day("2027-01-12")), ..begun };
    assert!(told(&signed, &Authority::default(), "2027-01-12", 3).is_empty());
}

#[test]
fn a_terms_meeting_is_asked_for_before_the_cut_off_and_not_at_a_weekend() {
    // 29 days before it is a Saturday, said on the Monday.
    let cut_off = CutOff { year: 2026, term: Term::Autumn, day: day("2026-11-29") };
    let authority = Authority { cut_offs: vec![cut_off], remind_before: vec![29, 14, 7], ..Authority::default() };
    let later = Facts { number: 3, ..facts(State::Drafting) };
    let days: Vec<_> =
        told(&later, &authority, "2026-10-01", 80).into_iter().map(|(day, key, _)| format!("{day} {key}")).collect();
    assert_eq!(
        days,
        [
            "2026-11-02 meet/29/2026-11-29",
            "2026-11-16 meet/14/2026-11-29",
            "2026-11-23 meet/7/2026-11-29",
            "2026-11-30 meet/red/2026-11-29",
        ]
    );
    let set = Facts { meeting: Some(day("2026-11-26")), ..later };
    let asked = told(&set, &authority, "2026-10-01", 80);
    assert!(asked.iter().all(|(day, ..)| day.as_str() > "2026-11-26"), "a meeting that is set is left alone");
}

#[test]
fn after_the_meeting_a_signature_is_asked_for_after_five_nine_and_eleven_working_days() {
    let held = Facts { number: 3, held: Some(day("2026-11-20")), ..facts(State::Completing) };
    assert_eq!(
        lines(&told(&held, &Authority::default(), "2026-11-20", 40)),
        [
            "2026-11-27 completing/half/2026-12-04 designated-teacher",
            "2026-12-03 completing/before/2026-12-04 designated-teacher",
            "2026-12-07 completing/red/2026-12-04 designated-teacher virtual-school",
        ]
    );
    let waits = Facts { state: State::Quality, since: Some(day("2026-11-20")), ..held };
    assert!(told(&waits, &Authority::default(), "2026-11-20", 40).iter().all(|(.., to)| to == "virtual-school"));
}

/// One action, to be done by a day.
fn action(by: &str) -> Values {
    let id = RowId::new(uuid::Uuid::from_u128(1));
    let cell = |cell: &str| format!("actions/{id}/{cell}");
    let row = Row { id: id.clone(), order: "a".into(), removed_by: None, kept_by_edit: false };
    let by = vec![Entry { by: "ruth".into(), at: Moment(0), value: by.into() }];
    let texts = [(cell("what"), "Ring admissions"), (cell("who"), "Dan")];
    Values {
        texts: texts.into_iter().map(|(path, text)| (path, text.to_string())).collect(),
        facts: [(cell("by-when"), by)].into_iter().collect(),
        rows: [("actions".to_string(), vec![row])].into_iter().collect(),
        ..Values::default()
    }
}

#[test]
fn an_action_is_said_round_its_day_to_whoever_promised_it_until_it_is_done() {
    let authority = Authority::default();
    let over = facts(State::Agreed);
    let said = |actions: &Values, on: &str| {
        let watched = Watched { facts: &over, actions, occasions: &[], requests: &[], not_ok: &[] };
        reminders(&watched, &authority, day(on)).into_iter().next()
    };
    // A Wednesday: 3 days before it is a Sunday.
    let open = action("2026-12-02");
    assert_eq!(said(&open, "2026-11-29"), None);
    let first = said(&open, "2026-11-30").unwrap();
    assert_eq!((first.said_on, to(&first).as_str()), (day("2026-11-30"), "Dan"));
    assert_eq!(first.words, "Ring admissions – by Wednesday 2 December 2026.");
    assert_eq!(said(&open, "2026-12-02").unwrap().words, "Ring admissions – to be done today.");
    assert_eq!(said(&open, "2026-12-20"), None, "the plan is agreed, and nobody can say there that it is done");
    let late = said(&open, "2026-12-12").unwrap();
    assert_eq!((late.said_on, late.standing), (day("2026-12-07"), Standing::Overdue));
    let mut done = open;
    let yes = vec![Entry { by: "dan".into(), at: Moment(0), value: "yes".into() }];
    done.facts.insert(format!("actions/{}/done", RowId::new(uuid::Uuid::from_u128(1))), yes);
    assert_eq!(said(&done, "2026-12-02"), None);
}

#[test]
fn an_occasion_is_said_to_those_who_may_read_what_it_is_about() {
    let occasion = OpenOccasion { id: "1".into(), kind: Kind::Suspension, due: day("2026-12-04") };
    let plan = facts(State::Agreed);
    let (nothing, authority) = (Values::default(), Authority::default());
    let said = |on: &str| {
        let occasions = std::slice::from_ref(&occasion);
        reminders(
            &Watched { facts: &plan, actions: &nothing, occasions, requests: &[], not_ok: &[] },
            &authority,
            day(on),
        )
    };
    assert!(said("2026-12-03").is_empty());
    assert_eq!(said("2026-12-04")[0].tells, Some(SectionId::Conduct));
    assert_eq!(said("2026-12-07")[0].to.len(), 3, "the virtual school hears of it when it is late");
}

/// Somebody's id, made from their name.
fn person(name: &str) -> PersonId {
    let number = name.bytes().fold(7u128, |number, byte| number * 31 + u128::from(byte));
    PersonId::new(uuid::Uuid::from_u128(number))
}

#[test]
fn what_a_young_person_asked_for_is_said_to_those_they_told_and_nobody_else() {
    let [jo, ruth] = [("Jo Barlow", Role::Carer), ("Ruth Osei", Role::DesignatedTeacher)].map(|(name, role)| Member {
        person: person(name),
        name: name.into(),
        roles: vec![role],
    });
    let request = OpenRequest { id: "1".into(), asked_on: day("2026-12-03"), of: vec![jo.person.clone()] };
    let plan = facts(State::Agreed);
    let said = |on: &str| {
        let requests = std::slice::from_ref(&request);
        let watched = Watched { facts: &plan, actions: &Values::default(), occasions: &[], requests, not_ok: &[] };
        reminders(&watched, &Authority::default(), day(on)).into_iter().next()
    };
    // A Thursday.
    assert_eq!(said("2026-12-03"), None);
    let first = said("2026-12-04").unwrap();
    assert!(first.is_for(&jo, &[jo.clone(), ruth.clone()]) && !first.is_for(&ruth, &[jo.clone(), ruth.clone()]));
    assert_eq!((first.by, first.standing), (day("2026-12-10"), Standing::Soon));
    assert_eq!(said("2026-12-10").unwrap().standing, Standing::Today);
    let late = said("2026-12-17").unwrap();
    assert_eq!((late.standing, late.said_on), (Standing::Overdue, day("2026-12-17")));
    assert!(!late.is_for(&ruth, std::slice::from_ref(&ruth)), "also where nobody whom they told is left");
}

#[test]
fn an_action_goes_to_whom_it_names_and_without_a_name_to_the_designated_teacher() {
    let member = |name: &str, role| Member { person: person(name), name: name.into(), roles: vec![role] };
    let ruth = member("Ruth Osei", Role::DesignatedTeacher);
    let (dan, other) = (member("Dan Whitlock", Role::SocialWorker), member("Dan Barlow", Role::Carer));
    let gets = |who: &str, one: &Member, team: &[Member]| {
        let mut promised = action("2026-12-02");
        promised.texts.insert(format!("actions/{}/who", RowId::new(uuid::Uuid::from_u128(1))), who.into());
        let plan = facts(State::Agreed);
        let watched = Watched { facts: &plan, actions: &promised, occasions: &[], requests: &[], not_ok: &[] };
        reminders(&watched, &Authority::default(), day("2026-12-02"))[0].is_for(one, team)
    };
    let two = [ruth.clone(), dan.clone()];
    assert!(gets("Dan", &dan, &two) && !gets("Dan", &ruth, &two));
    assert!(gets("dan  whitlock", &dan, &two));
    let three = [ruth.clone(), dan.clone(), other.clone()];
    assert!(gets("Dan", &ruth, &three) && !gets("Dan", &dan, &three), "which Dan?");
    assert!(gets("Dan Barlow", &other, &three));
    assert!(gets("", &ruth, &three) && gets("the school", &ruth, &three));
}

proptest! {
    /// Nothing is ever said on a day off, and nothing before its time.
    #[test]
    fn days_off_are_quiet(state in select(State::ALL.to_vec()), days in 0i64..500, by in 0i64..500) {
        let authority = Authority { bank_holidays: vec![day("2026-12-21")], ..Authority::default() };
        let (today, past) = (day("2026-10-01").plus(days), day("2026-10-01").plus(by));
        let facts = Facts { held: Some(past), since: Some(past), into_care: Some(past), ..facts(state) };
        let actions = action(&past.to_string());
        for reminder in reminders(&Watched { facts: &facts, actions: &actions, occasions: &[], requests: &[], not_ok: &[] }, &authority, today) {
            prop_assert!(authority.holidays().is_working(reminder.said_on));
            prop_assert!(reminder.said_on <= today);
        }
    }
}

#[test]
fn a_reply_that_is_not_ok_is_said_to_who_gave_it_and_nobody_else() {
    let [tom, ruth] = [("Tom Nowak", Role::SocialWorker), ("Ruth Osei", Role::DesignatedTeacher)]
        .map(|(name, role)| Member { person: person(name), name: name.into(), roles: vec![role] });
    let not_ok = NotOk { id: "1".into(), said_on: day("2026-12-05"), decided: tom.person.clone() };
    let plan = facts(State::Agreed);
    let said = |on: &str| {
        let not_ok = std::slice::from_ref(&not_ok);
        let watched = Watched { facts: &plan, actions: &Values::default(), occasions: &[], requests: &[], not_ok };
        reminders(&watched, &Authority::default(), day(on)).into_iter().next()
    };
    // A Saturday.
    assert_eq!(said("2026-12-05"), None);
    let first = said("2026-12-07").unwrap();
    let team = [tom.clone(), ruth.clone()];
    assert!(first.is_for(&tom, &team) && !first.is_for(&ruth, &team));
    assert!(first.words.contains("not OK"), "{}", first.words);
    assert_eq!(said("2026-12-20").unwrap().standing, Standing::Overdue);
}
