//! Cards: on each database, what is kept of one, when it opens, and what it never opens.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::card::{ASKS_FOR, CHOOSE_WITHIN, Standing, TRIES};
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::server::auth::attempts::MOST;
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::sessions::{Holder, Sitting};
use pep::server::db::{Db, cards, documents, people, pictures, plans, sessions};
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
    two_adults_let_other_pictures_be_chosen(db).await;
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

#[tokio::test(flavor = "multi_thread")]
async fn what_others_guess_shuts_no_card_out() {
    let folder = Folder::with_demo();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let team = Team::arrive(&db).await;
    let (permit, hash) = (team.permit(&db).await, ids::hashed(SECRET));
    let ends = clock::today().plus(7);
    cards::make(&db, &permit, &team.plan, (&hash, &team.teacher), clock::now(), ends).await.unwrap();
    db.close().await;
    let server = Server::start(&folder);
    let open = |secret: &str| Browser::nobodys(server.port).send_form("open-card", &format!("secret={secret}"));
    // They count together with what the card itself would count with.
    let alike = (0..).map(|number| format!("guess-{number}")).filter(|guess| ids::hashed(guess)[..2] == hash[..2]);
    let guesses: Vec<_> = alike.take(MOST + 1).collect();
    for guess in &guesses[..MOST] {
        assert!(open(guess).ends_with("\"Unknown\""));
    }
    assert!(open(&guesses[MOST]).ends_with("\"TooOften\""));
    assert!(open(SECRET).ends_with("\"Open\""));
    assert!(open(&guesses[MOST]).ends_with("\"TooOften\""), "a real card gives nobody their guesses back");
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

async fn two_adults_let_other_pictures_be_chosen(db: &Db) {
    let team = Team::arrive(db).await;
    let permit = team.permit(db).await;
    let tom = people::add(db, "Tom Invented", &format!("{}@example.org", ids::fresh()), "hash", NOW).await.unwrap();
    let until = Moment(NOW.0 + 1_000_000);
    let handed_over = async || {
        let to = ids::fresh().to_string();
        sessions::hand_over(db, &permit, &team.plan, "nobody's", &to, NOW, until).await.unwrap();
        to
    };
    let standing = async || pictures::standing(db, &team.child).await.unwrap();
    let [first, second] = [ids::hashed("first"), ids::hashed("second")];
    let tablet = handed_over().await;
    assert!(!pictures::ask(db, &permit, &team.teacher, NOW).await.unwrap(), "there are none to forget");
    assert!(sessions::choose_code(db, &permit, &tablet, ("a-code", &first), NOW).await.unwrap());

    assert!(!pictures::agree(db, &permit, &tom, NOW).await.unwrap(), "nobody asked");
    assert!(pictures::ask(db, &permit, &team.teacher, NOW).await.unwrap());
    assert!(!pictures::ask(db, &permit, &tom, NOW).await.unwrap(), "once is enough");
    assert!(!pictures::agree(db, &permit, &team.teacher, NOW).await.unwrap(), "nobody alone");
    sessions::use_try(db, &tablet).await.unwrap();
    sessions::unlock(db, &tablet, &first).await.unwrap();
    assert!(standing().await.asked.is_none(), "they were remembered");
    assert!(!pictures::agree(db, &permit, &tom, NOW).await.unwrap());

    assert!(pictures::ask(db, &permit, &tom, NOW).await.unwrap());
    assert!(!pictures::agree(db, &permit, &team.teacher, NOW).await.unwrap(), "who asked is nobody's to the child");
    for (role, since) in [(Role::Carer, -1), (Role::SocialWorker, 1)] {
        let part = Relationship { child: team.child.clone(), role, since: today().plus(since), until: None };
        people::join(db, &tom, &part).await.unwrap();
        assert!(!pictures::agree(db, &permit, &team.teacher, NOW).await.unwrap(), "it isn't theirs to ask");
    }
    pictures::leave(db, &permit).await.unwrap();
    let long_ago = Moment(NOW.0 - ASKS_FOR * clock::DAY);
    assert!(pictures::ask(db, &permit, &team.teacher, long_ago).await.unwrap());
    assert!(!pictures::agree(db, &permit, &tom, NOW).await.unwrap(), "what was asked long ago lapses");

    let shut = handed_over().await;
    assert!(pictures::ask(db, &permit, &team.teacher, NOW).await.unwrap());
    assert!(pictures::agree(db, &permit, &tom, NOW).await.unwrap());
    assert!(standing().await.open);
    assert!(sitting(db, &shut).await.is_none(), "who has a shut tablet by then chooses nothing");
    let before = tablet;
    let tablet = handed_over().await;
    let opened = sitting(db, &tablet).await.unwrap();
    assert!(opened.must_choose && !opened.is_open(), "to hand it over opens nothing");
    assert!(!sessions::pass_opens(db, &tablet, None).await.unwrap());
    assert!(!sessions::pass_opens(db, &tablet, Some("first")).await.unwrap());
    assert!(sessions::choose_code(db, &permit, &tablet, ("another", &second), NOW).await.unwrap());
    assert!(sessions::pass_opens(db, &tablet, Some("second")).await.unwrap());
    assert!(!sessions::pass_opens(db, &before, Some("first")).await.unwrap(), "what the old ones opened is shut");
    let after = standing().await;
    let reset = after.reset.unwrap();
    assert!(!after.open);
    assert_eq!((reset.by.as_str(), reset.with.as_str(), reset.at), ("Ada Invented", "Tom Invented", NOW));
}

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";

#[tokio::test(flavor = "multi_thread")]
async fn forgotten_pictures_take_two_professionals_and_the_child_is_told_who() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, JO, "carers-view", "write").plan;
    let server = Server::start(&folder);
    let [ruth, tom, jo] = [RUTH, TOM, JO].map(|who| Browser::sign_in(server.port, who));
    let step = |who: &Browser, step: &str| is_done(&who.send_form("new-pictures", &format!("plan={plan}&step={step}")));
    let hand_over = |who: &Browser| who.send_form("hand-over", &format!("plan={plan}"));
    assert!(!step(&jo, "Ask"), "no carer asks");
    assert!(step(&ruth, "Ask"));
    assert!(!step(&ruth, "Agree") && !step(&jo, "Agree"));
    assert!(step(&tom, "Agree"));
    assert!(!is_done(&hand_over(&jo)), "who hands it over doesn't choose for the child");

    let answer = hand_over(&ruth);
    let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:")).unwrap();
    let cookie = cookie["set-cookie:".len()..].split(';').next().unwrap().trim().to_string();
    let tablet = Browser { port: server.port, cookie };
    assert!(!is_done(&tablet.send_form("heard", "pass=")), "nothing opens first");
    assert!(tablet.get("/v1/sitting").contains("Ruth Osei and Tom Nowak let you choose new pictures on"));
    assert!(is_done(&tablet.send_form("choose-code", "code=sun-kite-fish")));
    assert!(!is_done(&tablet.send_form("choose-code", "code=sun-kite-fish")), "once");
    assert!(is_done(&tablet.send_form("unlock", "code=sun-kite-fish")));
    assert!(is_done(&hand_over(&jo)));
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
