//! One plan's story, through every query, on each database.

use crate::agreeing::from_the_meeting_to_the_next_plan;
use crate::cards::a_card;
use crate::grants::the_ledger;
use crate::harness::Folder;
use crate::influence::what_words_come_to;
use crate::journal::what_waits_is_read;
use crate::media::what_is_drawn_and_said;
use crate::occasions::the_end_of_a_key_stage;
use crate::offered::what_is_offered;
use crate::portable::everything_travels;
use crate::reminders::what_is_said_and_when;
use crate::settings::the_rules;
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::domain::values::Changed;
use pep::domain::voice::{self, Wish};
use pep::server::db::documents::{self, Accepted, Commit};
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, history, people, plans, progress, sessions, shared, tokens};
use pep::sync::document::{Document, Edit};

const NOW: Moment = Moment(1_795_000_000_000);

fn today() -> Day {
    NOW.day()
}

#[tokio::test]
async fn the_story_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    story(&db).await;
    let copy = folder.0.join("copy.db");
    db.copy_to(copy.to_str().unwrap()).await.unwrap();
    let copied = Db::connect(&format!("sqlite://{}", copy.display())).await.unwrap();
    assert!(people::by_email(&copied, "ruth@example.org").await.unwrap().is_some());
}

/// Runs where a PostgreSQL was started for the tests; `make test` starts one.
#[tokio::test]
async fn the_story_on_postgresql() {
    let Ok(url) = std::env::var("PEP_TEST_POSTGRES") else {
        println!("no PostgreSQL was started, so the story was not told on it");
        return;
    };
    story(&Db::connect(&url).await.unwrap()).await;
}

struct People {
    ruth: PersonId,
    jo: PersonId,
    child: ChildId,
    plan: PlanId,
}

impl People {
    async fn permit(&self, db: &Db, person: &PersonId, action: Action) -> Permit {
        let relationships = people::relationships(db, person).await.unwrap();
        let actor = Actor::Adult { person: person.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, today()).unwrap()
    }
}

async fn story(db: &Db) {
    let people = arrive(db).await;
    sign_in_and_hand_over(db, &people).await;
    write_a_section(db, &people).await;
    share_an_answer(db, &people).await;
    work_through_the_plan(db, &people).await;
    the_ledger(db).await;
    from_the_meeting_to_the_next_plan(db).await;
    everything_travels(db).await;
    what_is_said_and_when(db).await;
    the_rules(db).await;
    the_end_of_a_key_stage(db).await;
    what_words_come_to(db).await;
    what_is_drawn_and_said(db).await;
    a_card(db).await;
    what_waits_is_read(db).await;
    what_is_offered(db).await;
}

async fn arrive(db: &Db) -> People {
    assert!(people::is_empty(db).await.unwrap());
    let ruth = people::add(db, "Ruth Osei", "Ruth@Example.org", "hash", NOW).await.unwrap();
    let twice = people::add(db, "Another", "ruth@example.org", "hash", NOW).await;
    assert!(twice.unwrap_err().is_taken(), "an address belongs to one person");
    let jo = people::add(db, "Jo Barlow", "jo@example.org", "hash", NOW).await.unwrap();
    assert_eq!(people::by_email(db, " RUTH@example.org ").await.unwrap().unwrap().id, ruth);

    let school = people::school(db, "Hazelbank School").await.unwrap();
    assert_eq!(people::school(db, "Hazelbank School").await.unwrap(), school);
    let child = NewChild {
        name: "Sam".into(),
        full_name: "Samantha Invented".into(),
        born: "2014-05-01".parse().unwrap(),
        school: Some("Hazelbank School".into()),
        year_group: "Year 8".into(),
        code_hash: None,
    };
    let child = people::add_child(db, &child).await.unwrap();
    assert!(people::is_child(db, &child).await.unwrap());
    for (person, role, since, until) in [
        (&ruth, Role::DesignatedTeacher, today().plus(-30), None),
        (&jo, Role::Carer, today().plus(-90), Some(today().plus(-1))),
    ] {
        let relationship = Relationship { child: child.clone(), role, since, until };
        people::join(db, person, &relationship).await.unwrap();
    }
    assert_eq!(people::members(db, &child).await.unwrap().len(), 2);

    let plan = NewPlan {
        child: child.clone(),
        year: 2026,
        term: Term::Autumn,
        number: None,
        state: State::Drafting,
        meeting: Some((NOW, "Room 4".into())),
    };
    let id = plans::begin(db, &plan, NOW).await.unwrap();
    assert!(plans::begin(db, &plan, NOW).await.is_err(), "a child has one plan a term");
    let found = plans::find(db, &id).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.number, found.state), ("Sam", 1, State::Drafting));
    assert_eq!(plans::latest_for(db, &ruth, today()).await.unwrap().len(), 1);
    assert_eq!(plans::all_for(db, &jo, today()).await.unwrap().len(), 0, "Jo's part has ended");
    assert_eq!(people::leave(db, &jo, &child, today()).await.unwrap(), 0, "it can't end twice");
    let tom = people::add(db, "Tom Nowak", "tom@example.org", "hash", NOW).await.unwrap();
    let part = Relationship { child: child.clone(), role: Role::SocialWorker, since: today(), until: None };
    people::join(db, &tom, &part).await.unwrap();
    assert_eq!(plans::all_for(db, &tom, today()).await.unwrap().len(), 1);
    assert_eq!(people::leave(db, &tom, &child, today().plus(-1)).await.unwrap(), 1);
    assert_eq!(plans::all_for(db, &tom, today()).await.unwrap().len(), 0);
    People { ruth, jo, child, plan: id }
}

async fn sign_in_and_hand_over(db: &Db, people: &People) {
    let ends = Moment(NOW.0 + 1_000_000);
    sessions::begin(db, "session", &people.ruth, NOW, ends).await.unwrap();
    sessions::seen(db, "session", Moment(NOW.0 + 5)).await.unwrap();
    assert_eq!(sessions::find(db, "session").await.unwrap().unwrap().seen_at, Moment(NOW.0 + 5));
    let permit = people.permit(db, &people.ruth, Action::HandOver).await;
    sessions::hand_over(db, &permit, &people.plan, "session", "sitting", NOW, ends).await.unwrap();
    assert!(sessions::find(db, "session").await.unwrap().is_none(), "the adult's session is over");
    assert!(sessions::pass_opens(db, "sitting", None).await.unwrap(), "no code, no lock");

    let sitting = Actor::Sitting { child: people.child.clone(), plan: people.plan.clone(), open: true };
    let permit = decide(&sitting, Action::Write(SectionId::MyVoice), &people.child, &people.plan, today()).unwrap();
    let pass = pep::server::ids::hashed("pass");
    assert!(sessions::choose_code(db, &permit, "sitting", ("code", &pass), NOW).await.unwrap());
    assert!(!sessions::pass_opens(db, "sitting", None).await.unwrap(), "the cookie alone opens nothing");
    assert!(!sessions::pass_opens(db, "sitting", Some("guess")).await.unwrap());
    assert!(sessions::pass_opens(db, "sitting", Some("pass")).await.unwrap());
    for left in (0..5).rev() {
        assert_eq!(sessions::use_try(db, "sitting").await.unwrap(), Some(left));
    }
    assert_eq!(sessions::use_try(db, "sitting").await.unwrap(), None, "five tries");
    sessions::unlock(db, "sitting", &pass).await.unwrap();
    sessions::end(db, "sitting").await.unwrap();
    sessions::sweep(db, ends).await.unwrap();

    tokens::add(db, "token", &people.ruth, NOW, ends).await.unwrap();
    assert_eq!(tokens::holder(db, "token", NOW).await.unwrap().unwrap().0, people.ruth);
    assert!(tokens::holder(db, "token", Moment(ends.0 + 1)).await.unwrap().is_none());
}

async fn write_a_section(db: &Db, people: &People) {
    let name = DocumentName { plan: people.plan.clone(), section: SectionId::Progress };
    let mut document = Document::new(name.section.section(), 7);
    assert!(documents::load(db, &name).await.unwrap().parts.is_empty());
    let words = ["Reads", " every", " evening \u{1F4DA} and 'quotes'; drop table plan;--"];
    for (seq, words) in (1..).zip(words) {
        let was = document.values();
        let at = was.text("strengths").encode_utf16().count() as u32;
        let edit = Edit::Splice { path: "strengths".into(), at, delete: 0, insert: words.into() };
        let bytes = document.edit(&edit, "ruth", NOW).unwrap();
        let accepted = Accepted {
            seq,
            by: people.ruth.to_string(),
            at: Moment(NOW.0 + (seq - 1) * 40_000),
            bytes,
            new_clients: if seq == 1 { vec![7] } else { vec![] },
            changed: was.changes_to(&document.values()),
            wishes: Vec::new(),
            told: Vec::new(),
        };
        let snapshot = (seq == 2).then(|| document.state());
        let commit = Commit { snapshot, ..Commit::of(name.clone(), accepted, document.values()) };
        documents::commit(db, &[commit]).await.unwrap();
    }
    let stored = documents::load(db, &name).await.unwrap();
    assert_eq!((stored.seq, stored.snapshot_seq, stored.parts.len()), (3, 2, 2), "the snapshot and one update");
    assert_eq!(stored.owners, vec![(7, people.ruth.to_string())]);
    let again = Document::new(name.section.section(), 8);
    stored.parts.iter().for_each(|part| again.apply(part).unwrap());
    assert_eq!(again.values(), document.values());
    let values = documents::values_of_plan(db, &people.plan).await.unwrap();
    assert_eq!(values, vec![(SectionId::Progress, document.values())]);

    // Typed within a minute: one change, from nothing to the whole. The third came later.
    let permit = people.permit(db, &people.ruth, Action::Read(SectionId::Progress)).await;
    let changes = history::before(db, &permit, &people.plan, SectionId::Progress, None, 10).await.unwrap();
    assert_eq!(changes.len(), 2);
    assert_eq!((changes[0].1.again, changes[1].1.again), (true, false));
    assert_eq!(changes[1].1.last, Moment(NOW.0 + 40_000), "what was added within the minute");
    // A page of one, and what was before it.
    let page = history::before(db, &permit, &people.plan, SectionId::Progress, None, 1).await.unwrap();
    let rest = history::before(db, &permit, &people.plan, SectionId::Progress, Some(&page[0].0), 10).await.unwrap();
    assert_eq!(rest, changes[1..]);
    let beyond = Some(&rest[0].0);
    assert!(history::before(db, &permit, &people.plan, SectionId::Progress, beyond, 10).await.unwrap().is_empty());
    // A permit to read one section opens no other, and no other child's.
    assert!(history::before(db, &permit, &people.plan, SectionId::AboutMe, None, 10).await.unwrap().is_empty());
    let stranger = PlanId::new(uuid::Uuid::from_u128(404));
    assert!(history::before(db, &permit, &stranger, SectionId::Progress, None, 10).await.unwrap().is_empty());

    let touched = |after: i64, section: SectionId, not_by: String| async move {
        let after = Moment(NOW.0 + after);
        history::touched(db, &people.plan, after, &[section], &not_by, 10).await.unwrap()
    };
    let others = touched(-1, SectionId::Progress, "jo".into()).await;
    assert_eq!(others.len(), 1, "one place, however often");
    assert_eq!(others[0].at, Moment(NOW.0 + 80_000));
    assert!(touched(80_000, SectionId::Progress, "jo".into()).await.is_empty());
    assert!(touched(-1, SectionId::AboutMe, "jo".into()).await.is_empty());
    assert!(touched(-1, SectionId::Progress, people.ruth.to_string()).await.is_empty());
}

async fn share_an_answer(db: &Db, people: &People) {
    let name = DocumentName { plan: people.plan.clone(), section: SectionId::MyVoice };
    let wish =
        |with: Vec<PersonId>, words: &str| Wish { with, pick: "good".into(), words: words.into(), ..Wish::default() };
    let stranger = PersonId::new(uuid::Uuid::from_u128(404));
    let wishes = [
        wish(vec![people.ruth.clone(), stranger], "I like maths"),
        // No letter zero stands in PostgreSQL's way.
        wish(vec![people.ruth.clone()], "Better\0words"),
        wish(vec![], ""),
    ];
    let expected = [vec!["I like maths"], vec!["Better\u{FFFD}words"], vec![]];
    for (seq, (wish, expected)) in (1..).zip(wishes.into_iter().zip(expected)) {
        let changed = Changed { path: voice::words_of("school"), was: "secret".into(), became: "more secret".into() };
        let accepted = Accepted {
            seq,
            by: YOUNG_PERSON.into(),
            at: Moment(NOW.0 + seq),
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: vec![changed],
            wishes: vec![("school".into(), wish)],
            told: Vec::new(),
        };
        let commit = Commit::of(name.clone(), accepted, Default::default());
        documents::commit(db, &[commit]).await.unwrap();
        let seen = shared::with(db, &people.plan, &people.ruth).await.unwrap();
        assert_eq!(seen.iter().map(|answer| answer.words.as_str()).collect::<Vec<_>>(), expected);
        assert!(shared::with(db, &people.plan, &people.jo).await.unwrap().is_empty(), "not shared with the carer");
        assert_eq!(shared::plans(db, &people.ruth).await.unwrap().len(), expected.len());
    }
    let sections = [SectionId::MyVoice];
    let kept = history::touched(db, &people.plan, Moment(0), &sections, "jo", 10).await.unwrap();
    assert!(kept.is_empty(), "a child's drafts leave no readable history");
    let sitting = Actor::Sitting { child: people.child.clone(), plan: people.plan.clone(), open: true };
    let own = decide(&sitting, Action::Read(SectionId::MyVoice), &people.child, &people.plan, today()).unwrap();
    let kept = history::before(db, &own, &people.plan, SectionId::MyVoice, None, 10).await.unwrap();
    assert!(kept.is_empty(), "nor for the child themselves");
}

async fn work_through_the_plan(db: &Db, people: &People) {
    let complete = Action::Complete(SectionId::Progress);
    let permit = people.permit(db, &people.ruth, complete).await;
    progress::complete(db, &permit, &people.plan, SectionId::Progress, Some(NOW)).await.unwrap();
    assert!(progress::completed(db, &people.plan).await.unwrap().contains(&SectionId::Progress));
    assert_eq!(progress::completed_for(db, &people.ruth, today()).await.unwrap().len(), 1);
    progress::complete(db, &permit, &people.plan, SectionId::Progress, None).await.unwrap();
    assert!(progress::completed(db, &people.plan).await.unwrap().is_empty());

    let permit = people.permit(db, &people.ruth, Action::OpenPlan).await;
    assert_eq!(progress::looked(db, &people.plan, &people.ruth).await.unwrap(), None);
    progress::look(db, &permit, &people.plan, NOW).await.unwrap();
    progress::look(db, &permit, &people.plan, Moment(NOW.0 + 1)).await.unwrap();
    assert_eq!(progress::looked(db, &people.plan, &people.ruth).await.unwrap(), Some(Moment(NOW.0 + 1)));

    let (section, permit) =
        (SectionId::Progress, people.permit(db, &people.ruth, Action::Read(SectionId::Progress)).await);
    assert_eq!(progress::looked_at(db, &people.plan, section, &people.ruth).await.unwrap(), None);
    for at in [NOW, Moment(NOW.0 + 2)] {
        progress::look_at(db, &permit, &people.plan, section, at).await.unwrap();
        assert_eq!(progress::looked_at(db, &people.plan, section, &people.ruth).await.unwrap(), Some(at));
    }
    assert_eq!(progress::looked_at(db, &people.plan, SectionId::Targets, &people.ruth).await.unwrap(), None);
}
