//! Cards: on each database, what is kept of one, when it opens, and what it never opens.

use crate::browser::Browser;
use crate::harness::{Folder, Server};
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::card::{CHOOSE_WITHIN, Standing, TRIES};
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::sessions::{Holder, Sitting};
use pep::server::db::{Db, cards, documents, people, plans, sessions};
use pep::server::{clock, ids};
use pep::sync::document::{Document, Edit};

const NOW: Moment = Moment(1_795_000_000_000);

fn today() -> Day {
    NOW.day()
}

#[tokio::test]
async fn a_card_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    a_card(&db).await;
    // Searched as it lies on the disk: the secret is nowhere in it.
    let copy = folder.0.join("copy.db");
    db.copy_to(copy.to_str().unwrap()).await.unwrap();
    let bytes = std::fs::read(copy).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(&ids::hashed(SECRET)) && !holds(SECRET));
}

const SECRET: &str = "an-invented-secret-that-is-printed-on-a-card";

struct Team {
    teacher: PersonId,
    child: ChildId,
    plan: PlanId,
}

impl Team {
    async fn arrive(db: &Db) -> Self {
        let email = format!("{}@example.org", ids::fresh());
        let teacher = people::add(db, "Ada Invented", &email, "hash", NOW).await.unwrap();
        let child = NewChild {
            name: "Kit".into(),
            full_name: "Kit Invented".into(),
            born: "2015-05-01".parse().unwrap(),
            school: None,
            year_group: "Year 6".into(),
            code_hash: None,
        };
        let child = people::add_child(db, &child).await.unwrap();
        let relationship =
            Relationship { child: child.clone(), role: Role::DesignatedTeacher, since: today().plus(-30), until: None };
        people::join(db, &teacher, &relationship).await.unwrap();
        let plan = NewPlan {
            child: child.clone(),
            year: 2026,
            term: Term::Autumn,
            number: None,
            state: State::Drafting,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        Self { teacher, child, plan }
    }

    async fn permit(&self, db: &Db) -> Permit {
        let relationships = people::relationships(db, &self.teacher).await.unwrap();
        let actor = Actor::Adult { person: self.teacher.clone(), relationships };
        decide(&actor, Action::MakeCard, &self.child, &self.plan, today()).unwrap()
    }

    async fn latest_card(&self, db: &Db) -> cards::Made {
        cards::made(db, &self.permit(db).await, today()).await.unwrap().remove(0)
    }
}

async fn sitting(db: &Db, session: &str) -> Option<Sitting> {
    match sessions::find(db, session).await.unwrap()?.holder {
        Holder::Sitting(sitting) => Some(sitting),
        Holder::Adult { .. } => panic!("a card signed somebody in"),
    }
}

/// Also told at the end of the story on PostgreSQL.
pub async fn a_card(db: &Db) {
    let team = Team::arrive(db).await;
    let permit = team.permit(db).await;
    let hash = ids::hashed(SECRET);
    let ends = today().plus(7);
    let id = cards::make(db, &permit, &team.plan, (&hash, &team.teacher), NOW, ends).await.unwrap();
    let made = cards::made(db, &permit, today()).await.unwrap();
    assert_eq!((made.len(), made[0].by.as_str(), made[0].last_used_at), (1, "Ada Invented", None));

    assert!(cards::shown(db, &ids::hashed("another"), today()).await.unwrap().is_none());
    let ended = cards::shown(db, &hash, ends.plus(1)).await.unwrap().unwrap();
    assert_eq!(ended.standing, Standing::Ended);
    let card = cards::shown(db, &hash, today()).await.unwrap().unwrap();
    assert_eq!((card.standing, &card.child), (Standing::Open, &team.child));

    nothing_earlier_opens_without_a_code(db, &team, &card).await;
    when_the_pictures_were_chosen_with_it_is_told(db, &team, &card).await;
    wrong_codes_stop_it(db, &card).await;
    stopped_it_opens_nothing(db, &permit, &card).await;
    assert_eq!(id, card.id);
}

async fn nothing_earlier_opens_without_a_code(db: &Db, team: &Team, card: &cards::Shown) {
    let until = Moment(NOW.0 + 1_000_000);
    let session = ids::fresh().to_string();
    cards::begin(db, card, &team.plan, (None, &session), NOW, until).await.unwrap();
    let opened = sitting(db, &session).await.unwrap();
    assert!(!opened.is_open(), "no code was chosen, so nothing opens");
    assert!(!sessions::pass_opens(db, &session, None).await.unwrap());
    let actor = Actor::Sitting { child: team.child.clone(), plan: team.plan.clone(), open: opened.is_open() };
    for action in [Action::Read(SectionId::MyVoice), Action::Write(SectionId::MyVoice), Action::MakeCard] {
        assert!(decide(&actor, action, &team.child, &team.plan, today()).is_err(), "{action:?}");
    }
    let made = team.latest_card(db).await;
    assert_eq!((made.first_used_at, made.last_used_at, made.chose_code_at), (Some(NOW), Some(NOW), None));

    // How it looks is no word of anybody's; the first answer is.
    let blank = |voices: Vec<Values>| voices.iter().all(pep::domain::looks::only_looks);
    assert!(blank(cards::voices(db, &team.child).await.unwrap()));
    let name = DocumentName { plan: team.plan.clone(), section: SectionId::MyVoice };
    let mut document = Document::new(SectionId::MyVoice.section(), 7);
    let set = |path: &str, value: &str| Edit::Set { path: path.into(), value: value.into() };
    document.edit(&set("palette", "cream"), YOUNG_PERSON, NOW).unwrap();
    assert!(blank(vec![document.values()]));
    document.edit(&set("school/pick", "good"), YOUNG_PERSON, NOW).unwrap();
    documents::seed(db, &name, document.state(), &document.values()).await.unwrap();
    assert!(!blank(cards::voices(db, &team.child).await.unwrap()));
}

async fn when_the_pictures_were_chosen_with_it_is_told(db: &Db, team: &Team, card: &cards::Shown) {
    let (session, later) = (ids::fresh().to_string(), Moment(NOW.0 + 1000));
    cards::begin(db, card, &team.plan, (None, &session), later, Moment(NOW.0 + 1_000_000)).await.unwrap();
    let permit = team.permit(db).await;
    let kept = ("the-code", ids::hashed("pass"));
    assert!(sessions::choose_code(db, &permit, &session, (kept.0, &kept.1), later).await.unwrap());
    let made = team.latest_card(db).await;
    assert_eq!((made.first_used_at, made.last_used_at, made.chose_code_at), (Some(NOW), Some(later), Some(later)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_lay_about_lets_nobody_choose_the_pictures() {
    let folder = Folder::with_demo();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let team = Team::arrive(&db).await;
    let permit = team.permit(&db).await;
    let ends = clock::today().plus(7);
    for (secret, days) in [("in-time", CHOOSE_WITHIN), ("too-late", CHOOSE_WITHIN + 1)] {
        let at = Moment(clock::now().0 - days * clock::DAY);
        cards::make(&db, &permit, &team.plan, (&ids::hashed(secret), &team.teacher), at, ends).await.unwrap();
    }
    let server = Server::start(&folder);
    let open = |secret: &str| Browser::nobodys(server.port).send_form("open-card", &format!("secret={secret}"));
    assert!(open("too-late").ends_with("\"Ended\""));
    assert!(open("in-time").ends_with("\"Open\""));
    // Once there are pictures, whoever opens it chooses nothing.
    let session = ids::fresh().to_string();
    let card = cards::shown(&db, &ids::hashed("in-time"), clock::today()).await.unwrap().unwrap();
    let until = Moment(clock::now().0 + clock::DAY);
    cards::begin(&db, &card, &team.plan, (None, &session), clock::now(), until).await.unwrap();
    let kept = ("the-code", ids::hashed("pass"));
    assert!(sessions::choose_code(&db, &permit, &session, (kept.0, &kept.1), clock::now()).await.unwrap());
    assert!(open("too-late").ends_with("\"Open\""));
    db.close().await;
}

async fn wrong_codes_stop_it(db: &Db, card: &cards::Shown) {
    for _ in 0..TRIES - 1 {
        assert!(cards::use_try(db, &card.id).await.unwrap());
    }
    cards::forgive(db, &card.id).await.unwrap();
    for _ in 0..TRIES {
        assert!(cards::use_try(db, &card.id).await.unwrap(), "a right code gives all tries back");
    }
    assert!(!cards::use_try(db, &card.id).await.unwrap());
    let shown = cards::shown(db, &ids::hashed(SECRET), today()).await.unwrap().unwrap();
    assert_eq!(shown.standing, Standing::Stopped);
    cards::forgive(db, &card.id).await.unwrap();
}

async fn stopped_it_opens_nothing(db: &Db, permit: &Permit, card: &cards::Shown) {
    let plan = cards::latest_plan(db, &card.child).await.unwrap().unwrap();
    let session = ids::fresh().to_string();
    cards::begin(db, card, &plan, (None, &session), NOW, Moment(NOW.0 + 1_000_000)).await.unwrap();
    cards::stop(db, permit, &card.id, NOW).await.unwrap();
    assert!(sitting(db, &session).await.is_none(), "what it opened is closed with it");
    let shown = cards::shown(db, &ids::hashed(SECRET), today()).await.unwrap().unwrap();
    assert_eq!(shown.standing, Standing::Stopped);
}

#[test]
fn only_the_three_professionals_make_cards() {
    let (child, plan) = (ChildId::new(uuid::Uuid::from_u128(1)), PlanId::new(uuid::Uuid::from_u128(9)));
    for (role, letter) in Role::ALL.into_iter().zip("--ccc-".chars()) {
        let relationship = Relationship { child: child.clone(), role, since: today().plus(-1), until: None };
        let person = PersonId::new(uuid::Uuid::from_u128(2));
        let actor = Actor::Adult { person, relationships: vec![relationship] };
        let may = decide(&actor, Action::MakeCard, &child, &plan, today()).is_ok();
        assert_eq!(may, letter == 'c', "{}", role.id());
    }
}
