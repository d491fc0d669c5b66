//! What is said to whom and on which day: a first plan over Christmas, on each database
//! and through the server as a process; and what is kept of it.

use crate::harness::{Folder, run};
use crate::post::{empty, letters, until, with_clock};
use pep::domain::access::{Action, Actor, Permit, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::occasions::Kind;
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, documents, occasions, people, plans, reminders};
use pep::server::letters::{Outcome, send_all};
use pep::server::mail::Post;
use pep::server::settings::Settings;
use pep::server::{clock, ids};
use pep::sync::document::{Document, Edit};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn nine(text: &str) -> Moment {
    clock::in_england(day(text), 9, 0)
}

/// A child who came into care, with a first plan in which nothing else is written.
pub struct Newcomer {
    child: ChildId,
    pub plan: PlanId,
    dan: PersonId,
    helen: PersonId,
    pub own: String,
}

impl Newcomer {
    pub async fn arrive(db: &Db, into_care: Day) -> Self {
        let own = ids::fresh().to_string();
        let child = NewChild {
            name: "Skye".into(),
            full_name: "Skylar Featherstone".into(),
            born: day("2014-05-01"),
            school: Some("Hazelbank School".into()),
            year_group: "Year 8".into(),
            code_hash: None,
        };
        let child = people::add_child(db, &child).await.unwrap();
        let mut team = Vec::new();
        for (name, role) in [
            ("Ruth Osei", Role::DesignatedTeacher),
            ("Dan Whitlock", Role::SocialWorker),
            ("Helen Castell", Role::VirtualSchool),
            ("Jo Barlow", Role::Carer),
        ] {
            let address = format!("{}-{own}@reminders.example", role.id());
            let person = people::add(db, name, &address, "hash", nine("2026-12-14")).await.unwrap();
            let relationship = Relationship { child: child.clone(), role, since: into_care, until: None };
            people::join(db, &person, &relationship).await.unwrap();
            team.push(person);
        }
        let plan = NewPlan {
            child: child.clone(),
            year: 2026,
            term: Term::Autumn,
            number: None,
            state: State::Drafting,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, nine("2026-12-14")).await.unwrap();
        let mut care = Document::new(SectionId::CareDetails.section(), 7);
        let edit = Edit::Set { path: "into-care".into(), value: into_care.to_string() };
        care.edit(&edit, "dan", nine("2026-12-14")).unwrap();
        let name = DocumentName { plan: plan.clone(), section: SectionId::CareDetails };
        documents::seed(db, &name, care.state(), &care.values()).await.unwrap();
        let (dan, helen) = (team[1].clone(), team[2].clone());
        Self { child, plan, dan, helen, own }
    }

    /// The e-mails to this team: to whose role, and the whole text.
    fn mail(&self, folder: &Path) -> Vec<(String, String)> {
        let texts = letters(folder);
        let role = |text: &str| Some(text.split(&format!("-{}@reminders.example", self.own)).next()?.to_string());
        texts
            .into_iter()
            .filter(|text| text.contains(&self.own))
            .map(|text| {
                let line = text.lines().find(|line| line.starts_with("To: ")).unwrap();
                (role(&line["To: ".len()..]).unwrap(), text)
            })
            .collect()
    }
}

fn settings(folder: &Folder, post: Post) -> Settings {
    let addr = "127.0.0.1:3000".parse().unwrap();
    let settings = Settings::new(folder.0.clone(), None, addr, Some("https://pep.example.org".into())).unwrap();
    Settings { post, ..settings }
}

#[tokio::test]
async fn reminders_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    what_is_said_and_when(&db).await;
}

/// Also told at the end of the story on PostgreSQL.
pub async fn what_is_said_and_when(db: &Db) {
    a_first_plan_over_christmas(db).await;
    what_did_not_go_is_tried_again(db).await;
    an_occasion_is_there_once(db).await;
    a_meeting_is_set_over_what_was_seen(db).await;
}

async fn a_first_plan_over_christmas(db: &Db) {
    let skye = Newcomer::arrive(db, day("2026-12-14")).await;
    let folder = Folder::new();
    let own = settings(&folder, Post::new(None, None, Some(folder.0.join("mail"))).unwrap());
    let mail = folder.0.join("mail");
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for today in (0..40).map(|more| day("2026-12-14").plus(more)) {
        send_all(db, &own, clock::in_england(today, 6, 0), false).await.unwrap();
        assert!(skye.mail(&mail).is_empty(), "nobody is reminded before the morning");
        // Several servers, each looking often: one e-mail.
        let (one, other) = (
            send_all(db, &own, clock::in_england(today, 9, 0), false),
            send_all(db, &own, clock::in_england(today, 9, 0), false),
        );
        let (one, other) = tokio::join!(one, other);
        assert_eq!(one.unwrap().failed + other.unwrap().failed, 0);
        send_all(db, &own, clock::in_england(today, 16, 30), false).await.unwrap();
        for (to, text) in skye.mail(&mail) {
            said.entry(today.to_string()).or_default().push(to);
            for word in ["Skye", "Skylar", "Featherstone", "first plan", "Hazelbank", "care"] {
                assert!(!text.contains(word), "{word} is in an e-mail: {text}");
            }
            assert!(text.contains(&format!("https://pep.example.org/plans/{}", skye.plan)), "{text}");
        }
        empty(&mail);
    }
    let worker = || vec!["social-worker".to_string()];
    said.values_mut().for_each(|to| to.sort());
    let expected: BTreeMap<_, _> = [
        ("2026-12-17", worker()),
        ("2026-12-23", worker()),
        ("2026-12-29", worker()),
        ("2026-12-30", vec!["social-worker".into(), "virtual-school".into()]),
    ]
    .into_iter()
    .map(|(day, to)| (day.to_string(), to))
    .collect();
    assert_eq!(said, expected);
    for quiet in ["2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01"] {
        assert!(!said.contains_key(quiet), "{quiet}");
    }
    close(db, &skye).await;
}

/// Takes a plan out of the way of what is told next.
async fn close(db: &Db, newcomer: &Newcomer) {
    let until = day("2026-12-01");
    for (role, person) in [(Role::SocialWorker, &newcomer.dan), (Role::VirtualSchool, &newcomer.helen)] {
        assert_eq!(people::leave(db, person, &newcomer.child, until).await.unwrap(), 1, "{}", role.id());
    }
}

async fn what_did_not_go_is_tried_again(db: &Db) {
    let skye = Newcomer::arrive(db, day("2026-12-14")).await;
    let folder = Folder::new();
    let mail = folder.0.join("mail");
    let own = settings(&folder, Post::new(None, None, Some(mail.clone())).unwrap());
    std::fs::remove_dir(&mail).unwrap();
    let at = nine("2026-12-17");
    assert_eq!(send_all(db, &own, at, false).await.unwrap(), Outcome { sent: 0, failed: 1 });
    std::fs::create_dir(&mail).unwrap();
    assert_eq!(send_all(db, &own, at, false).await.unwrap(), Outcome { sent: 1, failed: 0 });
    assert_eq!(send_all(db, &own, at, false).await.unwrap(), Outcome::default());

    // A server that ended between the claim and the e-mail.
    assert!(reminders::claim(db, &skye.dan, "lost", at).await.unwrap());
    assert!(!reminders::claim(db, &skye.dan, "lost", Moment(at.0 + 1)).await.unwrap(), "another is sending it");
    assert!(reminders::claim(db, &skye.dan, "lost", Moment(at.0 + 11 * clock::MINUTE)).await.unwrap());
    close(db, &skye).await;
}

async fn permit(db: &Db, skye: &Newcomer, action: Action) -> Permit {
    let relationships = people::relationships(db, &skye.dan).await.unwrap();
    let actor = Actor::Adult { person: skye.dan.clone(), relationships };
    decide(&actor, action, &skye.child, &skye.plan, day("2026-12-14")).unwrap()
}

async fn an_occasion_is_there_once(db: &Db) {
    let skye = Newcomer::arrive(db, day("2026-12-14")).await;
    let permit = permit(db, &skye, Action::OpenOccasion).await;
    let (due, at) = (day("2027-01-04"), nine("2026-12-14"));
    for _ in 0..2 {
        let new = ("one", Kind::Concern, "He isn't sleeping");
        occasions::open(db, &permit, &skye.plan, new, due, at).await.unwrap();
    }
    let all = occasions::of_plan(db, &skye.plan).await.unwrap();
    assert_eq!((all.len(), all[0].section, all[0].due), (1, SectionId::CareDetails, due));
    assert!(occasions::finish(db, &permit, &skye.plan, &all[0].id, at).await.unwrap());
    assert!(!occasions::finish(db, &permit, &skye.plan, &all[0].id, at).await.unwrap(), "it was said already");
    let done = occasions::of_plan(db, &skye.plan).await.unwrap().remove(0).done.unwrap();
    assert_eq!(done.0, skye.dan.to_string());
    close(db, &skye).await;
}

async fn a_meeting_is_set_over_what_was_seen(db: &Db) {
    let skye = Newcomer::arrive(db, day("2026-12-14")).await;
    let permit = permit(db, &skye, Action::SetMeeting).await;
    let (first, moved, now) = (nine("2027-01-12"), nine("2027-01-13"), nine("2026-12-14"));
    let set = |seen, at| plans::set_meeting(db, &permit, &skye.plan, seen, (at, "The library"), now);
    assert!(set(None, first).await.unwrap());
    assert!(!set(None, moved).await.unwrap(), "someone else has set it meanwhile");
    assert!(set(Some(first), moved).await.unwrap());
    let plan = plans::find(db, &skye.plan).await.unwrap().unwrap();
    assert_eq!((plan.meeting, plan.invited), (Some((moved, "The library".into())), (2, now)));
    close(db, &skye).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_clock_is_moved_reminds_on_its_day_and_is_quiet_at_christmas() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let skye = Newcomer::arrive(&db, day("2026-12-14")).await;
    db.close().await;
    let (_server, clock, mail) = with_clock(&folder, "2026-12-14T09:00");
    for (today, expected) in [
        ("2026-12-16", 0),
        ("2026-12-17", 1),
        ("2026-12-25", 1),
        ("2026-12-26", 1),
        ("2026-12-28", 1),
        ("2026-12-30", 3),
        ("2027-01-01", 3),
    ] {
        std::fs::write(&clock, format!("{today}T09:00")).unwrap();
        until(|| skye.mail(&mail).len() >= expected).await;
        // Long enough for several looks: nothing more comes.
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(skye.mail(&mail).len(), expected, "{today}");
    }
    for (_, text) in skye.mail(&mail) {
        assert!(!text.contains("Sky") && !text.contains("Featherstone"), "{text}");
    }
}

#[test]
fn reminders_can_be_sent_by_hand() {
    let folder = Folder::with_demo();
    let mail = folder.0.join("mail");
    let said = run(&["remind", "--data", folder.path(), "--mail-folder", mail.to_str().unwrap()]);
    let sent: usize = said.split_whitespace().next().unwrap().parse().unwrap();
    assert_eq!(letters(&mail).len(), sent);
    let again = run(&["remind", "--data", folder.path(), "--mail-folder", mail.to_str().unwrap()]);
    assert!(again.starts_with("0 sent"), "{again}");
}
