//! What somebody wrote before their part in a plan ended, offered to the designated teacher:
//! who may offer it, who reads it, and who lets it go.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document, new_child};
use pep::domain::access::{Action, Actor, Permit, Refusal, decide, decide_in};
use pep::domain::calendar::{Day, Moment};
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::phase::Phase;
use pep::domain::plan::{State, Term};
use pep::domain::sections::SectionId;
use pep::server::clock;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, offered, people, plans};
use pep::server::portable;
use uuid::Uuid;

const NOW: Moment = Moment(1_795_000_000_000);
const JO: &str = "jo.barlow@carers.example";
const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";

fn adult(held: &[(Role, Option<i64>)], today: Day) -> Actor {
    let relationship = |(role, until): &(Role, Option<i64>)| Relationship {
        child: ChildId::new(Uuid::from_u128(1)),
        role: *role,
        since: today.plus(-90),
        until: until.map(|days| today.plus(days)),
    };
    let relationships = held.iter().map(relationship).collect();
    Actor::Adult { person: PersonId::new(Uuid::from_u128(2)), relationships }
}

#[test]
fn words_are_offered_by_who_could_write_them_and_can_no_more() {
    let today = NOW.day();
    let (child, plan) = (ChildId::new(Uuid::from_u128(1)), PlanId::new(Uuid::from_u128(9)));
    let may =
        |held: &[(Role, Option<i64>)], action| decide(&adult(held, today), action, &child, &plan, today).map(drop);
    for section in SectionId::ALL.iter().copied() {
        for role in [Role::Carer, Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool, Role::Administrator]
        {
            let wrote = may(&[(role, None)], Action::Write(section)).is_ok();
            let offers = may(&[(role, Some(-1))], Action::Offer(section));
            assert_eq!(offers, if wrote { Ok(()) } else { Err(Refusal::Ended) }, "{} in {}", role.id(), section.id());
            let stays = may(&[(role, None)], Action::Offer(section));
            assert_eq!(stays, Err(Refusal::NotYours), "{} is still there", role.id());
        }
        let sitting = Actor::Sitting { child: child.clone(), plan: plan.clone(), open: true };
        assert!(decide(&sitting, Action::Offer(section), &child, &plan, today).is_err());
    }
    // Of two parts, one ended.
    let targets = Action::Offer(SectionId::Targets);
    assert!(may(&[(Role::SocialWorker, Some(-1)), (Role::Carer, None)], targets).is_err(), "they write there still");
    let details = Action::Offer(SectionId::PrivateDetails);
    assert!(may(&[(Role::SocialWorker, Some(-1)), (Role::Carer, None)], details).is_ok());
    assert!(
        may(&[(Role::SocialWorker, Some(-1)), (Role::Carer, None)], Action::Read(SectionId::PrivateDetails)).is_err()
    );
    let another = ChildId::new(Uuid::from_u128(3));
    let left = adult(&[(Role::SocialWorker, Some(-1))], today);
    assert_eq!(decide(&left, targets, &another, &plan, today), Err(Refusal::NotInTeam));
    let early = SectionId::EarlyYears;
    let teacher = adult(&[(Role::DesignatedTeacher, Some(-1))], today);
    let later = Phase::ALL.iter().find(|phase| !early.section().phases.contains(phase)).unwrap();
    let refused = decide_in(*later, &teacher, Action::Offer(early), (&child, &plan), today);
    assert_eq!(refused, Err(Refusal::OtherPhase));
    for (role, lets_go) in [(Role::DesignatedTeacher, true), (Role::SocialWorker, false), (Role::Carer, false)] {
        assert_eq!(may(&[(role, None)], Action::LetGoOffered).is_ok(), lets_go, "{}", role.id());
        assert!(may(&[(role, Some(-1))], Action::LetGoOffered).is_err());
    }
}

#[tokio::test]
async fn what_is_offered_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    what_is_offered(&db).await;
}

struct Team {
    teacher: PersonId,
    worker: PersonId,
    child: ChildId,
    plan: PlanId,
}

impl Team {
    /// The social worker left yesterday.
    async fn arrive(db: &Db) -> Self {
        let child = people::add_child(db, &new_child("Ash")).await.unwrap();
        let teacher = people::add(db, "Ruth Osei", "ruth@offered.example", "hash", NOW).await.unwrap();
        let worker = people::add(db, "Tom Nowak", "tom@offered.example", "hash", NOW).await.unwrap();
        let since = NOW.day().plus(-90);
        for (person, role, until) in
            [(&teacher, Role::DesignatedTeacher, None), (&worker, Role::SocialWorker, Some(NOW.day().plus(-1)))]
        {
            people::join(db, person, &Relationship { child: child.clone(), role, since, until }).await.unwrap();
        }
        let (year, term, state) = (2026, Term::Autumn, State::Drafting);
        let plan = NewPlan { child: child.clone(), year, term, number: None, state, meeting: None };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        Self { teacher, worker, child, plan }
    }

    async fn permit(&self, db: &Db, person: &PersonId, action: Action) -> Permit {
        let relationships = people::relationships(db, person).await.unwrap();
        let actor = Actor::Adult { person: person.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }
}

/// Also told in the story on PostgreSQL.
pub async fn what_is_offered(db: &Db) {
    let team = Team::arrive(db).await;
    let targets = SectionId::Targets;
    let permit = team.permit(db, &team.worker, Action::Offer(targets)).await;
    for _ in 0..2 {
        assert!(offered::offer(db, &permit, &team.plan, targets, "To read\0 at home", NOW).await.unwrap());
    }
    let kept = offered::of_plan(db.reader(), &team.plan).await.unwrap();
    assert_eq!(kept.len(), 1, "what is offered again is kept once");
    assert_eq!((kept[0].section, kept[0].by.clone()), (targets, team.worker.to_string()));
    assert!(kept[0].words.starts_with("To read") && kept[0].words.ends_with(" at home"));
    assert!(!offered::offer(db, &permit, &team.plan, SectionId::Scores, "Elsewhere", NOW).await.unwrap());

    let file = portable::export(db, &team.plan).await.unwrap().unwrap();
    assert_eq!(file.offered.iter().map(|one| &one.words).collect::<Vec<_>>(), [&kept[0].words], "it is in the file");
    assert!(file.people.iter().any(|person| person.id == team.worker), "with who offers it");

    let of_the_teacher = team.permit(db, &team.teacher, Action::Read(targets)).await;
    assert!(
        !offered::let_go(db, &of_the_teacher, &team.plan, &kept[0].id, NOW).await.unwrap(),
        "to read is not enough"
    );
    let of_the_teacher = team.permit(db, &team.teacher, Action::LetGoOffered).await;
    for stood in [true, false] {
        assert_eq!(offered::let_go(db, &of_the_teacher, &team.plan, &kept[0].id, NOW).await.unwrap(), stood);
    }
    assert!(offered::offer(db, &permit, &team.plan, targets, "To read\0 at home", NOW).await.unwrap());
    assert!(
        offered::of_plan(db.reader(), &team.plan).await.unwrap().is_empty(),
        "what was let go of doesn't come back"
    );
    let file = portable::export(db, &team.plan).await.unwrap().unwrap();
    assert!(file.offered.is_empty(), "and is in no file");

    let mut taken = 0;
    for number in 0..60 {
        let words = format!("Number {number}");
        taken += usize::from(offered::offer(db, &permit, &team.plan, targets, &words, NOW).await.unwrap());
    }
    assert_eq!(taken, offered::of_plan(db.reader(), &team.plan).await.unwrap().len());
    assert!((1..60).contains(&taken), "there is an end to it");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_left_is_heard_by_those_who_may_read_that_part_and_by_nobody_else() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "carers-view", "write").plan;
    let server = Server::start(&folder);
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let child = plans::find(&db, &plan).await.unwrap().unwrap().child;
    let [jo, ruth, tom, gwen] = [JO, RUTH, TOM, GWEN].map(|email| Browser::sign_in(server.port, email));
    let offers = |who: &Browser, section: &str, words: &str| {
        is_done(&who.send_form("offer", &format!("plan={plan}&section={section}&words={words}")))
    };
    let page = |who: &Browser| who.send("GET", &format!("/plans/{plan}/agree"), "text/html", "");
    let leaves = async |email: &str| {
        let person = people::by_email(&db, email).await.unwrap().unwrap().id;
        people::leave(&db, &person, &child, clock::today().plus(-1)).await.unwrap();
    };

    assert!(!offers(&tom, "private-details", "quokka-words"), "who can write there writes there");
    leaves(TOM).await;
    assert!(offers(&tom, "private-details", "quokka-words"));
    assert!(!offers(&tom, "private-details", ""), "nothing is no offer");
    assert!(!offers(&tom, "carers-view", "quokka-words"), "that was never theirs to write");
    assert!(!offers(&gwen, "private-details", "quokka-words"), "nobody of this team");
    let seen = page(&ruth);
    assert!(seen.contains("quokka-words") && seen.contains("Tom Nowak") && seen.contains("Let it go"), "{seen}");
    for carers in [page(&jo), jo.get(&format!("/v1/plan?plan={plan}")), jo.get(&format!("/plans/{plan}"))] {
        assert!(!carers.contains("quokka"), "not a carer's to read: {carers}");
    }
    assert!(!page(&tom).contains("quokka"), "nor theirs any more");

    leaves(JO).await;
    assert!(offers(&jo, "carers-view", "okapi-words"));
    let kept = offered::of_plan(db.reader(), &plan).await.unwrap();
    let id = &kept.iter().find(|one| one.section == SectionId::CarersView).unwrap().id;
    let lets_go = |who: &Browser| is_done(&who.send_form("let-go", &format!("plan={plan}&id={id}")));
    assert!(!lets_go(&jo) && !lets_go(&gwen));
    assert!(lets_go(&ruth));
    assert!(!lets_go(&ruth), "it was let go already");
    let seen = page(&ruth);
    assert!(!seen.contains("okapi") && seen.contains("quokka-words"), "{seen}");
}
