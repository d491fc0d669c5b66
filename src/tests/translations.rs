//! Shared answers in another language: for those who have the answer, and no longer than
//! they have it. And carers' words, for those who read them.

use crate::browser::{Browser, is_done};
use crate::copies;
use crate::harness::{Folder, Server, document};
use crate::influence::Round;
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::copies::CopyKind;
use pep::domain::people::{AnswerId, ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State};
use pep::domain::sections::SectionId;
use pep::domain::translated::Translated;
use pep::domain::values::{Changed, Values};
use pep::domain::voice::{Given, Translation, Verdict, Wish, fingerprint};
use pep::domain::words::Language;
use pep::domain::workflow::Step;
use pep::server::clock;
use pep::server::db::documents::{self, Accepted, Commit};
use pep::server::db::shared::Replying;
use pep::server::db::{Db, history, people, shared, translations};
use pep::server::portable;

/// The translations that somebody reads, each with the id of who added it.
async fn read_by(db: &Db, round: &Round, person: &PersonId) -> Vec<(String, String)> {
    let answers = shared::with(db, &round.plan, person).await.unwrap();
    let all = answers.into_iter().flat_map(|answer| answer.translations);
    all.map(|translation| (translation.words, translation.by)).collect()
}

async fn add(db: &Db, round: &Round, person: &PersonId, answer: &AnswerId, words: &str) -> bool {
    let permit = round.permit(db, person, Action::Translate).await;
    translations::add(db, &permit, &round.plan, answer, words, round.at()).await.unwrap()
}

/// How many of an answer are kept at all.
async fn kept(db: &Db, answer: &AnswerId) -> i64 {
    let (count,): (i64,) = sqlx::query_as("select count(*) from translation where answer_id = $1")
        .bind(answer.to_string())
        .fetch_one(db.reader())
        .await
        .unwrap();
    count
}

/// Told on both databases, with what else a young person's words come to.
pub async fn saying_it_in_english(db: &Db) {
    let mut round = Round::begin(db).await;
    let (ruth, tom, jo) = (round.ruth.clone(), round.tom.clone(), round.jo.clone());
    round.share(db, "Lle tawel", &[&ruth, &tom]).await;
    let answer = round.answer(db, &ruth).await;

    // With whom it isn't shared, they neither say nor read what it says.
    assert!(!add(db, &round, &jo, &answer, "Mine to say?").await);
    assert!(add(db, &round, &ruth, &answer, "A quiet place").await);
    assert!(add(db, &round, &tom, &answer, "A calm place").await);
    let both = [("A calm place".to_string(), tom.to_string()), ("A quiet place".to_string(), ruth.to_string())];
    for person in [&ruth, &tom] {
        let mut read = read_by(db, &round, person).await;
        read.sort();
        assert_eq!(read, both, "a later one stands beside an earlier one, each with its own name");
    }
    assert!(read_by(db, &round, &jo).await.is_empty());
    let other = Round::begin(db).await;
    assert!(!add(db, &other, &ruth, &answer, "In another plan").await);

    // Taken back before the meeting, it is gone with all that was said of it.
    round.take_back(db).await;
    assert_eq!(kept(db, &answer).await, 0);
    assert!(!add(db, &round, &ruth, &answer, "Too late").await);

    // New words have none of the old ones' translations.
    round.share(db, "Llai o sŵn", &[&ruth, &tom]).await;
    let old = round.answer(db, &ruth).await;
    assert!(add(db, &round, &ruth, &old, "Less noise").await);
    round.share(db, "Dim sŵn", &[&ruth, &tom]).await;
    assert!(read_by(db, &round, &ruth).await.is_empty());
    assert_eq!(kept(db, &old).await, 0);

    // Asked back once the meeting began, it stays for who hasn't hidden it, and no longer.
    let last = round.answer(db, &ruth).await;
    assert!(add(db, &round, &ruth, &last, "No noise").await);
    round.step(db, Step::StartMeeting, State::Drafting, State::Meeting).await;
    round.take_back(db).await;
    assert!(round.hide(db, &ruth, &last, false).await);
    assert!(read_by(db, &round, &ruth).await.is_empty());
    assert!(!add(db, &round, &ruth, &last, "Hidden").await);
    assert_eq!(read_by(db, &round, &tom).await.len(), 1);
    assert!(round.hide(db, &tom, &last, false).await);
    assert_eq!(kept(db, &last).await, 0);
    saying_a_carers_words_in_english(db).await;
    saying_a_reply_in_their_language(db).await;
}

/// A reply as somebody reads it: what it says in the young person's language, and who
/// said it so.
async fn in_theirs(db: &Db, round: &Round, person: &PersonId) -> Option<(String, String)> {
    let mut answers = shared::with(db, &round.plan, person).await.unwrap();
    answers.pop()?.reply?.theirs.map(|theirs| (theirs.words, theirs.by))
}

async fn saying_a_reply_in_their_language(db: &Db) {
    let mut round = Round::begin(db).await;
    let (ruth, tom, jo) = (round.ruth.clone(), round.tom.clone(), round.jo.clone());
    round.share(db, "Lle tawel", &[&ruth, &tom]).await;
    let answer = round.answer(db, &ruth).await;
    let plan = round.plan.clone();
    let replies = round.permit(db, &ruth, Action::Reply).await;
    let reply = async |why: &str, at: i64| {
        let replying = Replying { verdict: Verdict::Yes, why, due: None };
        assert!(shared::reply(db, &replies, &plan, &answer, replying, Moment(at)).await.unwrap());
    };
    let [by_ruth, by_tom, by_jo] = [
        round.permit(db, &ruth, Action::Translate).await,
        round.permit(db, &tom, Action::Translate).await,
        round.permit(db, &jo, Action::Translate).await,
    ];
    let say = async |permit: &Permit, to: i64, words: &str, at: i64| {
        translations::add_to_reply(db, permit, &plan, &answer, (Moment(to), words), Moment(at)).await.unwrap()
    };

    assert!(!say(&by_tom, 1, "Dim ateb eto", 1).await, "there is no reply yet");
    reply("There is a quiet room", 10).await;
    assert!(!say(&by_jo, 10, "Nid fi", 11).await, "the answer isn't hers to see");
    assert!(!say(&by_tom, 9, "Ateb arall", 11).await, "no such reply");
    assert!(say(&by_tom, 10, "Mae ystafell", 11).await);
    assert!(say(&by_ruth, 10, "Mae ystafell dawel", 12).await);
    let last = Some(("Mae ystafell dawel".to_string(), ruth.to_string()));
    for person in [&ruth, &tom] {
        assert_eq!(in_theirs(db, &round, person).await, last, "as it was said last");
    }
    assert_eq!(in_theirs(db, &round, &jo).await, None);

    // Another reply has no words of the one before, and that is said no more.
    reply("There are two rooms", 20).await;
    assert_eq!(in_theirs(db, &round, &tom).await, None);
    assert!(!say(&by_tom, 10, "Yr hen un", 21).await);
    assert!(say(&by_tom, 20, "Mae dwy ystafell", 21).await);

    // Taken back, it is gone with the answer.
    round.take_back(db).await;
    assert!(!say(&by_tom, 20, "Rhy hwyr", 22).await);
    let (left,): (i64,) = sqlx::query_as("select count(*) from reply_translation where answer_id = $1")
        .bind(answer.to_string())
        .fetch_one(db.reader())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

async fn saying_a_carers_words_in_english(db: &Db) {
    let (round, other) = (Round::begin(db).await, Round::begin(db).await);
    let section = SectionId::CarersView;
    let said = |words: &str, at: i64| Translated {
        path: "worries".into(),
        wording: fingerprint("Він мало спить"),
        translation: Translation { words: words.into(), by: "nobody".into(), at: Moment(at) },
    };
    let (ruth, jo) = (
        round.permit(db, &round.ruth, Action::Read(section)).await,
        round.permit(db, &round.jo, Action::Read(section)).await,
    );
    assert!(translations::add_to(db, &ruth, &round.plan, section, &said("He sleeps little", 1)).await.unwrap());
    assert!(translations::add_to(db, &jo, &round.plan, section, &said("He hardly sleeps", 2)).await.unwrap());
    let found = translations::of_section(db, &ruth, &round.plan, section).await.unwrap();
    let both: Vec<_> = found.iter().map(|one| (one.translation.words.as_str(), one.translation.by.clone())).collect();
    let expected = [("He hardly sleeps", round.jo.to_string()), ("He sleeps little", round.ruth.to_string())];
    assert_eq!(both, expected, "the latest first, in the name of whose permit it is");
    assert!(found.iter().all(|one| one.wording == fingerprint("Він мало спить") && one.path == "worries"));

    // A right to something else reads and adds none, and nor does one to another child's plan.
    for action in [Action::OpenPlan, Action::Translate, Action::Read(SectionId::Targets)] {
        let permit = round.permit(db, &round.ruth, action).await;
        assert!(translations::of_section(db, &permit, &round.plan, section).await.unwrap().is_empty(), "{action:?}");
        assert!(!translations::add_to(db, &permit, &round.plan, section, &said("No", 3)).await.unwrap(), "{action:?}");
    }
    let file = portable::export(db, &round.plan).await.unwrap().unwrap();
    let part = file.sections.iter().find(|part| part.section == section).unwrap();
    let words: Vec<_> = part.translations.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(words, ["He sleeps little", "He hardly sleeps"], "they leave with the plan");
    let targets = round.permit(db, &round.ruth, Action::Read(SectionId::Targets)).await;
    assert!(!translations::add_to(db, &targets, &round.plan, SectionId::Targets, &said("No", 4)).await.unwrap());
    assert!(translations::of_section(db, &ruth, &other.plan, section).await.unwrap().is_empty());
    assert!(!translations::add_to(db, &ruth, &other.plan, section, &said("No", 5)).await.unwrap());
    assert_eq!(translations::of_section(db, &jo, &round.plan, section).await.unwrap().len(), 2);
}

#[test]
fn a_young_person_and_an_administrator_translate_nothing() {
    let (child, plan) = (ChildId::new(uuid::Uuid::nil()), PlanId::new(uuid::Uuid::nil()));
    let today: Day = "2026-11-23".parse().unwrap();
    let sitting = Actor::Sitting { child: child.clone(), plan: plan.clone(), open: true };
    assert!(decide(&sitting, Action::Translate, &child, &plan, today).is_err());
    for role in Role::ALL {
        let relationships = vec![Relationship { child: child.clone(), role, since: today, until: None }];
        let adult = Actor::Adult { person: PersonId::new(uuid::Uuid::nil()), relationships };
        let may = decide(&adult, Action::Translate, &child, &plan, today).is_ok();
        assert_eq!(may, !matches!(role, Role::YoungPerson | Role::Administrator), "{}", role.id());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_carers_words_are_marked_with_the_language_of_their_pages() {
    let folder = Folder::with_demo();
    let plan = document(&folder.0, BEV, "carers-view", "write").plan;
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let bev = people::by_email(&db, BEV).await.unwrap().unwrap().id;
    let name = DocumentName { plan: plan.clone(), section: SectionId::CarersView };
    let seq = documents::load(&db, &name).await.unwrap().seq + 1;
    let words = "Mae popeth yn iawn";
    let update = Accepted {
        seq,
        by: bev.to_string(),
        at: clock::now(),
        bytes: vec![0, 0],
        new_clients: Vec::new(),
        changed: vec![Changed { path: "going-well".into(), was: String::new(), became: words.into() }],
        wishes: Vec::new(),
        told: Vec::new(),
    };
    let values =
        Values { texts: [("going-well".to_string(), words.to_string())].into_iter().collect(), ..Values::default() };
    documents::commit(&db, &[Commit::of(name.clone(), update, values)]).await.unwrap();
    assert_eq!(history::written_in(&db, &name).await.unwrap(), Language::English, "until they chose another");
    people::speak(&db, &bev, Language::Welsh).await.unwrap();
    assert_eq!(history::written_in(&db, &name).await.unwrap(), Language::Welsh);

    let server = Server::start(&folder);
    let page = Browser::sign_in(server.port, RUTH).send("GET", &format!("/plans/{plan}/carers-view"), "text/html", "");
    assert!(page.contains("Most likely written in Welsh") && page.contains("lang=\"cy\""), "{page}");
    is_translated_on_the_page(server.port, &plan, words);
    db.close().await;
}

/// The words stand on the page, beneath them what they say in English, and whether that is
/// of an earlier wording.
fn is_translated_on_the_page(port: u16, plan: &PlanId, words: &str) {
    let ruth = Browser::sign_in(port, RUTH);
    let page = || ruth.send("GET", &format!("/plans/{plan}/carers-view"), "text/html", "");
    let form = |section: &str, path: &str, of: &str, said: &str| {
        format!("plan={plan}&section={section}&path={path}&wording={}&words={said}", fingerprint(of))
    };
    let add = |who: &Browser, form: &str| is_done(&who.send_form("translate-written", form));
    let right = form("carers-view", "going-well", words, "okapi-in-english");
    assert!(!add(&ruth, &form("carers-view", "going-well", words, "")), "nothing is no translation");
    assert!(!add(&ruth, &form("carers-view", "sleep", words, "okapi")), "what is picked is no text");
    assert!(!add(&ruth, &form("progress", "strengths", words, "okapi")), "professionals write in English");
    assert!(!add(&ruth, &right.replace(&fingerprint(words), "any")), "no mark of a wording");
    for other in [Browser::nobodys(port), Browser::sign_in(port, GWEN)] {
        assert!(!add(&other, &right), "who may not read it adds nothing");
    }
    assert!(!page().contains("okapi"));
    assert!(add(&ruth, &right));
    let now = page();
    assert!(now.contains(words) && now.contains("okapi-in-english"), "the original stays beside it: {now}");
    assert!(now.contains("Translated by Ruth Osei, a person") && !now.contains("an earlier wording"), "{now}");
    assert!(add(&ruth, &form("carers-view", "going-well", "Mae popeth", "zebra-in-english")));
    let now = page();
    assert!(now.contains("zebra-in-english") && now.contains("an earlier wording"), "{now}");
    leave_with_the_words(&ruth, plan, words);
}

/// Whoever reads the carer's words has the translations below them on paper and in a file.
fn leave_with_the_words(ruth: &Browser, plan: &PlanId, words: &str) {
    let pdf = ruth.fetch(&CopyKind::Whole.path(plan)).body;
    let copy = copies::words(&pdf);
    let at = |words: &str| copy.find(&copies::bare(words)).unwrap_or_else(|| panic!("{words} isn't in {copy}"));
    let [original, earlier, now] = [at(words), at("zebra-in-english"), at("okapi-in-english")];
    assert!(original < earlier && earlier < now, "the original, and the latest below it: {copy}");
    assert!(copy[now..].contains(&copies::bare("Translated by Ruth Osei on")), "{copy}");
    let remark = at("This is of an earlier wording. The carer has changed it since.");
    assert!(earlier < remark && remark < now && copy.matches("earlierwording").count() == 1, "{copy}");
    assert!(copies::unpacked(&pdf).contains("pdfuaid"), "a screen reader still knows how it is built");
    let young = copies::words(&ruth.fetch(&CopyKind::YoungPersons.path(plan)).body);
    assert!(!young.is_empty() && !young.contains("okapi") && !young.contains("zebra"), "not theirs to read: {young}");
    let file = ruth.fetch(&format!("/plans/{plan}/export.json")).text();
    assert!(file.contains("okapi-in-english") && file.contains("zebra-in-english"), "{file}");
}

const RUTH: &str = "ruth.osei@hazelbank.example";
/// Of another school.
const GWEN: &str = "gwen.pritchard@thistlelane.example";
const BEV: &str = "beverley.okoro@carers.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_translation_is_added_on_the_page_of_who_has_the_answer() {
    let folder = Folder::with_demo();
    let shan = document(&folder.0, BEV, "carers-view", "write").plan;
    let server = Server::start(&folder);
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let ruth = people::by_email(&db, RUTH).await.unwrap().unwrap().id;
    let name = DocumentName { plan: shan.clone(), section: SectionId::MyVoice };
    let seq = documents::load(&db, &name).await.unwrap().seq + 1;
    let given = Given { language: Language::Welsh, ..Given::default() };
    let wish = Wish { with: vec![ruth.clone()], words: "Lle tawel".into(), given, ..Wish::default() };
    let update = Accepted {
        seq,
        by: YOUNG_PERSON.into(),
        at: Moment(1_794_000_000_000),
        bytes: vec![0, 0],
        new_clients: Vec::new(),
        changed: Vec::new(),
        wishes: vec![("there".into(), wish)],
        told: Vec::new(),
    };
    let commit = Commit::of(name, update, Values::default());
    documents::commit(&db, &[commit]).await.unwrap();
    let answers = shared::with(&db, &shan, &ruth).await.unwrap();
    let answer = answers.iter().find(|answer| answer.question == "there").unwrap().id.clone();

    let as_ruth = Browser::sign_in(server.port, RUTH);
    let page = |who: &Browser| who.send("GET", &format!("/plans/{shan}"), "text/html", "");
    let now = page(&as_ruth);
    assert!(now.contains("Given in Welsh") && now.contains("Add a translation"), "{now}");
    let add =
        |who: &Browser, words: &str| who.send_form("translate", &format!("plan={shan}&answer={answer}&words={words}"));
    assert!(!is_done(&add(&as_ruth, "")), "nothing is no translation");
    assert!(is_done(&add(&as_ruth, "okapi-in-english")));
    let now = page(&as_ruth);
    assert!(now.contains("Lle tawel") && now.contains("okapi-in-english"), "the original stays beside it");
    assert!(now.contains("Translated by Ruth Osei, a person"), "{now}");

    // The reply is said in Welsh as well, and stands beside it.
    let reply = format!("plan={shan}&answer={answer}&verdict=yes&why=A+quiet+room");
    assert!(is_done(&as_ruth.send_form("reply", &reply)));
    let at = shared::with(&db, &shan, &ruth).await.unwrap().into_iter().find_map(|one| one.reply).unwrap().at.0;
    let say = |who: &Browser| {
        let form = format!("plan={shan}&answer={answer}&to={at}&words=Ystafell+dawel");
        is_done(&who.send_form("say-reply", &form))
    };
    assert!(say(&as_ruth) && !say(&Browser::sign_in(server.port, BEV)));
    let agree = as_ruth.send("GET", &format!("/plans/{shan}/agree"), "text/html", "");
    assert!(agree.contains("A quiet room") && agree.contains("Ystafell dawel"), "{agree}");
    assert!(agree.contains("In Welsh by Ruth Osei, a person"), "{agree}");

    let bev = Browser::sign_in(server.port, BEV);
    assert!(!is_done(&add(&bev, "not-hers")), "it isn't shared with her");
    assert!(!page(&bev).contains("okapi-in-english"));
    db.close().await;
}
