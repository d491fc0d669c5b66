//! Every role, every section, reading and writing.

use pep::domain::access::{
    Action, Actor, Refusal, decide, decide_in, hears, is_only_carer, sets_rules, was_only_carer,
};
use pep::domain::calendar::Day;
use pep::domain::copies::CopyKind;
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::phase::Phase;
use pep::domain::sections::SectionId;
use pep::domain::workflow::Step;

/// For each section: young person, carer, designated teacher, social worker,
/// virtual school, administrator; `w` writes, `r` reads, `-` neither.
const TABLE: &[(SectionId, &str)] = &[
    (SectionId::MyVoice, "w-----"),
    (SectionId::AboutMe, "rrrwr-"),
    (SectionId::CarersView, "-wrrr-"),
    (SectionId::SchoolNow, "rrwww-"),
    (SectionId::Attendance, "rrwrw-"),
    (SectionId::Conduct, "-rwrr-"),
    (SectionId::Progress, "rrwrw-"),
    (SectionId::EarlyYears, "-rwrr-"),
    (SectionId::PostSixteen, "r-wwr-"),
    (SectionId::Needs, "-rwrr-"),
    (SectionId::Wellbeing, "-rwwr-"),
    (SectionId::Targets, "rwwww-"),
    (SectionId::NextSteps, "rrwww-"),
    (SectionId::MeetingRecord, "rrwww-"),
    (SectionId::Actions, "rwwww-"),
    (SectionId::Spending, "--www-"),
    (SectionId::Everyday, "-rrwr-"),
    (SectionId::CareDetails, "--wwr-"),
    (SectionId::Scores, "--wwr-"),
    (SectionId::PrivateDetails, "--rwr-"),
];

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn child(number: u128) -> ChildId {
    ChildId::new(uuid::Uuid::from_u128(number))
}

fn plan() -> PlanId {
    PlanId::new(uuid::Uuid::from_u128(9))
}

fn adult(role: Role, since: &str, until: Option<&str>) -> Actor {
    let relationship = Relationship { child: child(1), role, since: day(since), until: until.map(day) };
    Actor::Adult { person: PersonId::new(uuid::Uuid::from_u128(2)), relationships: vec![relationship] }
}

#[test]
fn each_role_reads_and_writes_what_the_table_says() {
    assert_eq!(TABLE.len(), SectionId::ALL.len(), "a section is missing from the table");
    let today = day("2026-11-23");
    for (section, letters) in TABLE {
        for (role, letter) in Role::ALL.into_iter().zip(letters.chars()) {
            let actor = adult(role, "2026-01-01", None);
            let reads = decide(&actor, Action::Read(*section), &child(1), &plan(), today).is_ok();
            let writes = decide(&actor, Action::Write(*section), &child(1), &plan(), today).is_ok();
            assert_eq!((reads, writes), (letter != '-', letter == 'w'), "{} in {}", role.id(), section.id());
        }
    }
}

/// The ledger of Pupil Premium Plus, in the same order of roles: `d` decides, `q`
/// asks, `i` sees the items without prices, `-` nothing.
const GRANT: &str = "-iqqd-";

#[test]
fn each_role_has_its_part_in_the_money() {
    let today = day("2026-11-23");
    for (role, letter) in Role::ALL.into_iter().zip(GRANT.chars()) {
        let may = |action| decide(&adult(role, "2026-01-01", None), action, &child(1), &plan(), today).is_ok();
        assert_eq!(may(Action::ReadGrantItems), letter != '-', "{}", role.id());
        assert_eq!(may(Action::ReadGrant), matches!(letter, 'd' | 'q'), "{}", role.id());
        assert_eq!(may(Action::RequestGrant), letter == 'q', "{}", role.id());
        assert_eq!(may(Action::DecideGrant), letter == 'd', "{}", role.id());
        // What it could pay for speaks of prices, as the ledger does.
        assert_eq!(may(Action::Read(SectionId::Spending)), may(Action::ReadGrant), "{}", role.id());
    }
    let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
    for action in [Action::ReadGrantItems, Action::ReadGrant, Action::RequestGrant, Action::DecideGrant] {
        assert!(decide(&sitting, action, &child(1), &plan(), today).is_err(), "{action:?}");
    }
}

#[test]
fn the_adults_of_the_team_meet_and_a_handed_over_tablet_does_not() {
    let today = day("2026-11-23");
    for (role, letter) in Role::ALL.into_iter().zip("-xxxx-".chars()) {
        let meets = decide(&adult(role, "2026-01-01", None), Action::Meet, &child(1), &plan(), today).is_ok();
        assert_eq!(meets, letter == 'x', "{}", role.id());
    }
    let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
    assert!(decide(&sitting, Action::Meet, &child(1), &plan(), today).is_err());
    let left = adult(Role::Carer, "2026-01-01", Some("2026-11-22"));
    assert_eq!(decide(&left, Action::Meet, &child(1), &plan(), today), Err(Refusal::Ended));
}

#[test]
fn the_adults_of_the_team_read_what_was_agreed_and_say_what_they_have_done() {
    let today = day("2026-11-23");
    for action in [Action::ReadAgreed, Action::SayDone] {
        for (role, letter) in Role::ALL.into_iter().zip("-xxxx-".chars()) {
            let may = decide(&adult(role, "2026-01-01", None), action, &child(1), &plan(), today).is_ok();
            assert_eq!(may, letter == 'x', "{}: {action:?}", role.id());
        }
        let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
        assert!(decide(&sitting, action, &child(1), &plan(), today).is_err());
        let left = adult(Role::Carer, "2026-01-01", Some("2026-11-22"));
        assert_eq!(decide(&left, action, &child(1), &plan(), today), Err(Refusal::Ended));
    }
}

#[test]
fn a_carers_phone_is_one_of_somebody_who_is_nothing_else() {
    let today = day("2026-11-23");
    for role in Role::ALL {
        assert_eq!(is_only_carer(&adult(role, "2026-01-01", None), today), role == Role::Carer, "{}", role.id());
    }
    let left = adult(Role::Carer, "2026-01-01", Some("2026-11-22"));
    assert!(!is_only_carer(&left, today), "it ended");
    assert!(was_only_carer(&left), "what they wrote stays in their own pages");
    let Actor::Adult { person, mut relationships } = adult(Role::Carer, "2026-01-01", None) else { unreachable!() };
    relationships.push(Relationship { child: child(2), role: Role::DesignatedTeacher, ..relationships[0].clone() });
    let both = Actor::Adult { person, relationships };
    assert!(!is_only_carer(&both, today) && !was_only_carer(&both), "a teacher too");
}

/// In the order of `Role::ALL`, as above: `x` may take the step.
const STEPS: &[(Step, &str)] = &[
    (Step::Open, "--xxx-"),
    (Step::StartMeeting, "--xxx-"),
    (Step::NotYet, "--xxx-"),
    (Step::EndMeeting, "--xxx-"),
    (Step::Sign, "--xx--"),
    (Step::Return, "--xxx-"),
    (Step::Agree, "----x-"),
    (Step::Cancel, "---xx-"),
    (Step::Supersede, "---xx-"),
    (Step::NotNeeded, "---xx-"),
];

#[test]
fn each_role_moves_a_plan_on_in_its_own_way() {
    let today = day("2026-11-23");
    assert_eq!(STEPS.len(), Step::ALL.len());
    for (step, letters) in STEPS {
        for (role, letter) in Role::ALL.into_iter().zip(letters.chars()) {
            let may = decide(&adult(role, "2026-01-01", None), Action::Move(*step), &child(1), &plan(), today).is_ok();
            assert_eq!(may, letter == 'x', "{} by {}", step.id(), role.id());
        }
    }
    for (action, letters) in [(Action::ReadQuality, "--xxx-"), (Action::Score, "----x-"), (Action::Correct, "--xxx-")] {
        for (role, letter) in Role::ALL.into_iter().zip(letters.chars()) {
            let may = decide(&adult(role, "2026-01-01", None), action, &child(1), &plan(), today).is_ok();
            assert_eq!(may, letter == 'x', "{action:?} by {}", role.id());
        }
    }
    let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
    assert!(Step::ALL.iter().all(|step| decide(&sitting, Action::Move(*step), &child(1), &plan(), today).is_err()));
}

/// Who may take a plan out of Pep as a file, in the same order of roles.
const EXPORT: &str = "--eee-";

#[test]
fn only_the_professionals_take_a_plan_out_as_a_file() {
    let today = day("2026-11-23");
    for (role, letter) in Role::ALL.into_iter().zip(EXPORT.chars()) {
        let may = decide(&adult(role, "2026-01-01", None), Action::Export, &child(1), &plan(), today);
        assert_eq!(may.is_ok(), letter == 'e', "{}", role.id());
    }
    let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
    assert!(decide(&sitting, Action::Export, &child(1), &plan(), today).is_err());
}

#[test]
fn the_three_professionals_set_the_meeting_and_open_occasions() {
    let today = day("2026-11-23");
    for role in Role::ALL {
        for action in [Action::SetMeeting, Action::OpenOccasion] {
            let may = decide(&adult(role, "2026-01-01", None), action, &child(1), &plan(), today).is_ok();
            let professional = matches!(role, Role::DesignatedTeacher | Role::SocialWorker | Role::VirtualSchool);
            assert_eq!(may, professional, "{} {action:?}", role.id());
        }
    }
}

#[test]
fn what_a_young_person_says_back_goes_where_their_page_says() {
    let today = day("2026-11-23");
    let (teacher, worker, school) = (Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool);
    for (action, who) in [
        (Action::HideForAll, &[teacher, worker][..]),
        (Action::HearBack, &[teacher]),
        (Action::HearOfPlan, &[teacher, worker, school]),
    ] {
        for role in Role::ALL {
            let may = decide(&adult(role, "2026-01-01", None), action, &child(1), &plan(), today).is_ok();
            assert_eq!(may, who.contains(&role), "{} {action:?}", role.id());
            assert_eq!(hears(role, action), who.contains(&role), "what is named beforehand is what is so");
        }
        let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
        assert!(decide(&sitting, action, &child(1), &plan(), today).is_err());
    }
}

/// Copies to hold, in the same order of roles: `f` all three kinds, `t` the team's two,
/// `-` none. A young person gets theirs from an adult.
const COPIES: &str = "-ttff-";

#[test]
fn each_role_has_its_copies() {
    let today = day("2026-11-23");
    for (role, letter) in Role::ALL.into_iter().zip(COPIES.chars()) {
        let may =
            |kind| decide(&adult(role, "2026-01-01", None), Action::Copy(kind), &child(1), &plan(), today).is_ok();
        assert_eq!(may(CopyKind::Whole), letter != '-', "{}", role.id());
        assert_eq!(may(CopyKind::YoungPersons), letter != '-', "{}", role.id());
        assert_eq!(may(CopyKind::Familys), letter == 'f', "{}", role.id());
    }
    let sitting = Actor::Sitting { child: child(1), plan: plan(), open: true };
    for kind in CopyKind::ALL {
        assert!(decide(&sitting, Action::Copy(kind), &child(1), &plan(), today).is_err(), "{kind:?}");
    }
}

/// In the order of `Role::ALL`: `x` reads and sets the authority's own rules.
const RULES: &str = "----x-";

#[test]
fn the_virtual_school_alone_sets_the_authoritys_rules_while_it_is_one() {
    let today = day("2026-11-23");
    for (role, letter) in Role::ALL.into_iter().zip(RULES.chars()) {
        assert_eq!(sets_rules(&adult(role, "2026-01-01", None), today).is_ok(), letter == 'x', "{}", role.id());
    }
    let helen = adult(Role::VirtualSchool, "2026-03-01", Some("2026-06-30"));
    for (on, may) in [("2026-02-28", false), ("2026-03-01", true), ("2026-06-30", true), ("2026-07-01", false)] {
        assert_eq!(sets_rules(&helen, day(on)).is_ok(), may, "{on}");
    }
    assert!(sets_rules(&Actor::Sitting { child: child(1), plan: plan(), open: true }, today).is_err());
}

#[test]
fn a_handed_over_tablet_opens_my_voice_and_nothing_else() {
    let today = day("2026-11-23");
    let sitting = |open| Actor::Sitting { child: child(1), plan: plan(), open };
    for section in SectionId::ALL {
        let write = decide(&sitting(true), Action::Write(*section), &child(1), &plan(), today);
        assert_eq!(write.is_ok(), *section == SectionId::MyVoice, "{}", section.id());
    }
    let voice = Action::Read(SectionId::MyVoice);
    assert_eq!(decide(&sitting(false), voice, &child(1), &plan(), today), Err(Refusal::Locked));
    assert_eq!(decide(&sitting(true), voice, &child(2), &plan(), today), Err(Refusal::NotInTeam));
    let other_plan = PlanId::new(uuid::Uuid::from_u128(10));
    assert_eq!(decide(&sitting(true), voice, &child(1), &other_plan, today), Err(Refusal::NotInTeam));
    assert!(decide(&sitting(true), Action::HandOver, &child(1), &plan(), today).is_err());
}

#[test]
fn rights_begin_and_end_with_the_relationship() {
    let carer = adult(Role::Carer, "2026-03-01", Some("2026-06-30"));
    let ask = |on: &str| decide(&carer, Action::Write(SectionId::CarersView), &child(1), &plan(), day(on)).map(|_| ());
    assert_eq!(ask("2026-02-28"), Err(Refusal::NotInTeam));
    assert_eq!(ask("2026-03-01"), Ok(()));
    assert_eq!(ask("2026-06-30"), Ok(()));
    assert_eq!(ask("2026-07-01"), Err(Refusal::Ended));
    let stranger = decide(&carer, Action::OpenPlan, &child(2), &plan(), day("2026-05-01"));
    assert_eq!(stranger, Err(Refusal::NotInTeam), "another child's plan isn't known to exist");
}

#[test]
fn a_part_of_another_time_of_an_education_is_written_by_nobody_and_still_read() {
    let today = day("2026-11-23");
    for (section, letters) in TABLE {
        for phase in Phase::ALL {
            let is_in = section.section().phases.contains(phase);
            for (role, letter) in Role::ALL.into_iter().zip(letters.chars()) {
                let actor = adult(role, "2026-01-01", None);
                let ask = |action| decide_in(*phase, &actor, action, (&child(1), &plan()), today).map(|_| ());
                let what = format!("{} in {} at {}", role.id(), section.id(), phase.id());
                for action in [Action::Write(*section), Action::Complete(*section)] {
                    let expected = match (letter, is_in) {
                        ('w', true) => Ok(()),
                        ('w', false) => Err(Refusal::OtherPhase),
                        _ => Err(Refusal::NotYours),
                    };
                    assert_eq!(ask(action), expected, "{what}");
                }
                assert_eq!(ask(Action::Read(*section)).is_ok(), letter != '-', "{what}");
            }
        }
    }
    let stranger = adult(Role::DesignatedTeacher, "2026-01-01", None);
    let asked = Action::Write(SectionId::EarlyYears);
    let refused = decide_in(Phase::School, &stranger, asked, (&child(2), &plan()), today);
    assert_eq!(refused, Err(Refusal::NotInTeam), "who isn't in the team doesn't learn the child's age");
}

#[test]
fn two_parts_in_a_childs_life_are_both_rights() {
    let today = day("2026-11-23");
    let relationship = |role| Relationship { child: child(1), role, since: day("2026-01-01"), until: None };
    let both = Actor::Adult {
        person: PersonId::new(uuid::Uuid::from_u128(2)),
        relationships: vec![relationship(Role::Carer), relationship(Role::SocialWorker)],
    };
    for section in [SectionId::CarersView, SectionId::AboutMe] {
        assert!(decide(&both, Action::Write(section), &child(1), &plan(), today).is_ok());
    }
    assert!(decide(&both, Action::Read(SectionId::MyVoice), &child(1), &plan(), today).is_err());
}
