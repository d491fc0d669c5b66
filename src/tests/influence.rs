//! What a young person's words come to: taken back or asked for, answered, answered back,
//! and never with anybody they weren't given to.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use crate::translations::saying_it_in_english;
use pep::domain::access::{Action, Actor, Permit, YOUNG_PERSON, decide};
use pep::domain::calendar::Moment;
use pep::domain::people::{AnswerId, ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::domain::values::Values;
use pep::domain::voice::{Back, Given, SeenPlan, Told, Verdict, View, Wish};
use pep::domain::workflow::Step;
use pep::server::db::agreeing::{self, Moved, Taken};
use pep::server::db::documents::{self, Accepted, Commit};
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::shared::Replying;
use pep::server::db::watched::{self, Which};
use pep::server::db::{Db, heard, people, plans, shared};

const NOW: Moment = Moment(1_794_000_000_000);

pub struct Round {
    pub ruth: PersonId,
    pub tom: PersonId,
    pub jo: PersonId,
    child: ChildId,
    pub plan: PlanId,
    seq: i64,
}

impl Round {
    /// A child with these three, who are made once.
    pub async fn begin(db: &Db) -> Self {
        let child = NewChild {
            name: "Ben".into(),
            full_name: "Ben Invented".into(),
            born: "2015-05-01".parse().unwrap(),
            school: None,
            year_group: "Year 6".into(),
            code_hash: None,
        };
        let child = people::add_child(db, &child).await.unwrap();
        let mut ids = Vec::new();
        for (name, role) in [("ruth", Role::DesignatedTeacher), ("tom", Role::SocialWorker), ("jo", Role::Carer)] {
            let id = people::by_email(db, &format!("{name}@influence.example")).await.unwrap();
            let id = match id {
                Some(known) => known.id,
                None => people::add(db, name, &format!("{name}@influence.example"), "hash", NOW).await.unwrap(),
            };
            let relationship = Relationship { child: child.clone(), role, since: NOW.day().plus(-30), until: None };
            people::join(db, &id, &relationship).await.unwrap();
            ids.push(id);
        }
        let plan = Self::plan(db, &child, Term::Autumn, State::Drafting).await;
        let [ruth, tom, jo] = <[_; 3]>::try_from(ids).unwrap();
        Self { ruth, tom, jo, child, plan, seq: 0 }
    }

    async fn plan(db: &Db, child: &ChildId, term: Term, state: State) -> PlanId {
        let plan = NewPlan { child: child.clone(), year: 2026, term, number: None, state, meeting: None };
        plans::begin(db, &plan, NOW).await.unwrap()
    }

    pub fn at(&self) -> Moment {
        Moment(NOW.0 + self.seq)
    }

    /// What a room commits of the private document.
    async fn say(&mut self, db: &Db, wishes: Vec<(String, Wish)>, told: Vec<Told>) {
        self.seq += 1;
        let update = Accepted {
            seq: self.seq,
            by: YOUNG_PERSON.into(),
            at: self.at(),
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: Vec::new(),
            wishes,
            told,
        };
        let name = DocumentName { plan: self.plan.clone(), section: SectionId::MyVoice };
        let commit = Commit::of(name, update, Values::default());
        documents::commit(db, &[commit]).await.unwrap();
    }

    pub async fn share(&mut self, db: &Db, words: &str, with: &[&PersonId]) {
        let with = with.iter().map(|person| (*person).clone()).collect();
        let given = Given { typed_by: "Amy's teacher".into(), ..Given::default() };
        let wish = Wish { with, pick: String::new(), words: words.into(), given, ..Wish::default() };
        self.say(db, vec![("change".into(), wish)], Vec::new()).await;
    }

    pub async fn take_back(&mut self, db: &Db) {
        self.say(db, vec![("change".into(), Wish::default())], Vec::new()).await;
    }

    /// The words that somebody sees, each with whether it was asked for.
    async fn seen_by(&self, db: &Db, person: &PersonId) -> Vec<(String, bool)> {
        let answers = shared::with(db, &self.plan, person).await.unwrap();
        answers.into_iter().map(|answer| (answer.words, answer.asked_back.is_some())).collect()
    }

    pub async fn answer(&self, db: &Db, person: &PersonId) -> AnswerId {
        shared::with(db, &self.plan, person).await.unwrap()[0].id.clone()
    }

    pub async fn permit(&self, db: &Db, person: &PersonId, action: Action) -> Permit {
        let relationships = people::relationships(db, person).await.unwrap();
        let actor = Actor::Adult { person: person.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    fn own_permit(&self) -> Permit {
        let actor = Actor::Sitting { child: self.child.clone(), plan: self.plan.clone(), open: true };
        decide(&actor, Action::Read(SectionId::MyVoice), &self.child, &self.plan, NOW.day()).unwrap()
    }

    pub async fn step(&self, db: &Db, step: Step, from: State, to: State) {
        let permit = self.permit(db, &self.ruth, Action::Move(step)).await;
        let taken = Taken {
            step,
            from,
            to,
            role: Role::DesignatedTeacher,
            reason: String::new(),
            sections: Vec::new(),
            at: self.at(),
            signs: None,
            next: None,
        };
        assert_eq!(agreeing::take(db, &permit, &self.plan, &taken).await.unwrap(), Moved::Done);
    }

    pub async fn hide(&self, db: &Db, person: &PersonId, answer: &AnswerId, for_everyone: bool) -> bool {
        let permit = self.permit(db, person, Action::Reply).await;
        shared::hide(db, &permit, &self.plan, answer, for_everyone, self.at()).await.unwrap()
    }

    async fn reply(&self, db: &Db, person: &PersonId, answer: &AnswerId, why: &str, at: Moment) {
        let permit = self.permit(db, person, Action::Reply).await;
        let replying = Replying { verdict: Verdict::Partly, why, due: Some(NOW.day().plus(9)) };
        assert!(shared::reply(db, &permit, &self.plan, answer, replying, at).await.unwrap());
    }

    /// Those who are reminded that their reply isn't OK.
    async fn not_ok(&self, db: &Db) -> Vec<PersonId> {
        let watched = watched::find(db, Which::One(&self.plan)).await.unwrap();
        watched[0].not_ok.iter().map(|not_ok| not_ok.decided.clone()).collect()
    }
}

fn stands(words: &str) -> Vec<(String, bool)> {
    vec![(words.into(), false)]
}

fn asked(words: &str) -> Vec<(String, bool)> {
    vec![(words.into(), true)]
}

#[tokio::test]
async fn influence_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    what_words_come_to(&db).await;
}

/// Also told at the end of the story on PostgreSQL.
pub async fn what_words_come_to(db: &Db) {
    taking_back(db).await;
    answering_back(db).await;
    seeing_the_plan(db).await;
    saying_it_in_english(db).await;
}

async fn taking_back(db: &Db) {
    let mut round = Round::begin(db).await;
    let (ruth, tom, jo) = (round.ruth.clone(), round.tom.clone(), round.jo.clone());
    round.share(db, "Less noise", &[&ruth, &tom]).await;
    assert_eq!(round.seen_by(db, &ruth).await, stands("Less noise"));
    round.take_back(db).await;
    assert!(round.seen_by(db, &ruth).await.is_empty(), "before the meeting it is gone at once");

    // What counts is how things stand when the wish is committed, whenever it was made.
    round.share(db, "A quiet place", &[&ruth, &tom, &jo]).await;
    round.step(db, Step::StartMeeting, State::Drafting, State::Meeting).await;
    round.take_back(db).await;
    for person in [&ruth, &tom, &jo] {
        assert_eq!(round.seen_by(db, person).await, asked("A quiet place"));
    }
    // It was opened too early: what was asked for is given.
    round.step(db, Step::NotYet, State::Meeting, State::Drafting).await;
    assert!(round.seen_by(db, &ruth).await.is_empty());

    round.share(db, "A break", &[&ruth, &tom, &jo]).await;
    let answer = round.answer(db, &ruth).await;
    assert!(!round.hide(db, &ruth, &answer, true).await, "nobody hides what isn't asked back");
    round.step(db, Step::StartMeeting, State::Drafting, State::Meeting).await;
    // New words for one of them: the others are asked for the old ones.
    round.share(db, "A longer break", &[&ruth]).await;
    assert_eq!(round.seen_by(db, &ruth).await, stands("A longer break"));
    assert_eq!(round.seen_by(db, &jo).await, asked("A break"));
    let own = round.own_permit();
    let asked_back = heard::asked_back(db, &own, &round.plan).await.unwrap();
    assert_eq!(asked_back[0].with.len(), 2, "they hear who still sees it");

    // A carer closes it for themselves, the social worker for everyone.
    assert!(round.hide(db, &jo, &answer, false).await);
    assert!(round.seen_by(db, &jo).await.is_empty());
    assert_eq!(round.seen_by(db, &tom).await, asked("A break"));
    assert!(round.hide(db, &tom, &answer, true).await);
    assert!(round.seen_by(db, &tom).await.is_empty());
    assert!(!round.hide(db, &tom, &answer, true).await);
    let asked_back = heard::asked_back(db, &own, &round.plan).await.unwrap();
    assert_eq!(asked_back[0].hidden.as_ref().unwrap().0, tom.to_string(), "they hear who hid it");
    assert_eq!(round.seen_by(db, &ruth).await, stands("A longer break"), "the new words stay");

    // An adult's permit opens none of what is for the young person alone.
    let adult = round.permit(db, &ruth, Action::OpenPlan).await;
    assert!(heard::asked_back(db, &adult, &round.plan).await.unwrap().is_empty());
    assert!(heard::shared(db, &adult, &round.plan).await.unwrap().is_empty());
    assert!(heard::written(db, &adult, &round.plan).await.unwrap().is_empty());
}

async fn answering_back(db: &Db) {
    let mut round = Round::begin(db).await;
    let (ruth, tom) = (round.ruth.clone(), round.tom.clone());
    round.share(db, "Meet on Tuesdays", &[&tom]).await;
    let answer = round.answer(db, &tom).await;
    let replied = Moment(NOW.0 + 500);
    let back = |ok, to, words: &str| Told::Back(Back { answer: answer.clone(), to, ok, words: words.into() });
    round.say(db, Vec::new(), vec![back(Some(false), replied, "To no reply")]).await;
    round.reply(db, &tom, &answer, "Some of them", replied).await;
    let reply = |of: Vec<pep::domain::voice::SharedAnswer>| of[0].reply.clone().unwrap();
    let now = reply(shared::with(db, &round.plan, &tom).await.unwrap());
    assert_eq!((now.back, now.due), (None, Some(NOW.day().plus(9))), "there was nothing to answer yet");

    round.say(db, Vec::new(), vec![back(Some(false), replied, "You said all of them")]).await;
    let said = reply(shared::with(db, &round.plan, &tom).await.unwrap()).back.unwrap();
    assert_eq!((said.ok, said.words.as_str()), (Some(false), "You said all of them"));
    assert_eq!(heard::backs(db, &round.plan).await.unwrap().len(), 1);
    assert_eq!(round.not_ok(db).await, std::slice::from_ref(&tom), "who decided is reminded");
    assert!(shared::with(db, &round.plan, &ruth).await.unwrap().is_empty(), "the answer itself is still not hers");

    // A newer reply asks again, and what they said to the last one isn't said to it.
    round.reply(db, &tom, &answer, "All of them", Moment(NOW.0 + 900)).await;
    assert!(round.not_ok(db).await.is_empty());
    assert_eq!(reply(shared::with(db, &round.plan, &tom).await.unwrap()).back, None);
    assert!(heard::backs(db, &round.plan).await.unwrap().is_empty());
    round.say(db, Vec::new(), vec![back(None, Moment(NOW.0 + 900), "")]).await;
    assert!(round.not_ok(db).await.is_empty(), "who isn't sure has not said no");

    // Another child's reply is nothing to answer.
    let mut other = Round::begin(db).await;
    other.say(db, Vec::new(), vec![back(Some(false), Moment(NOW.0 + 900), "Not mine")]).await;
    assert_eq!(reply(shared::with(db, &round.plan, &tom).await.unwrap()).back.unwrap().ok, None);
}

async fn seeing_the_plan(db: &Db) {
    let mut round = Round::begin(db).await;
    let seen =
        |plan: &PlanId, says, words: &str| Told::Seen(SeenPlan { plan: plan.clone(), says, words: words.into() });
    let plan = round.plan.clone();
    round.say(db, Vec::new(), vec![seen(&plan, View::Agree, "")]).await;
    assert_eq!(heard::seen(db, &plan).await.unwrap(), None, "before its meeting there is no plan to see");
    round.step(db, Step::StartMeeting, State::Drafting, State::Meeting).await;
    round.step(db, Step::EndMeeting, State::Meeting, State::Completing).await;
    round.say(db, Vec::new(), vec![seen(&plan, View::Agree, "")]).await;
    round.say(db, Vec::new(), vec![seen(&plan, View::Partly, "Not the maths")]).await;
    let said = heard::seen(db, &plan).await.unwrap().unwrap();
    assert_eq!((said.says, said.words.as_str()), (View::Partly, "Not the maths"));
    let mut other = Round::begin(db).await;
    other.say(db, Vec::new(), vec![seen(&plan, View::No, "Not mine")]).await;
    assert_eq!(heard::seen(db, &plan).await.unwrap().unwrap().says, View::Partly);
}

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOBI: &str = "tobi.adeyemi@wrenshire.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const BEV: &str = "beverley.okoro@carers.example";
const JO: &str = "jo.barlow@carers.example";

/// What a server function answered, as the text that it carries.
fn carried(answer: &str) -> String {
    let body = answer.split_once("\r\n\r\n").map_or(answer, |(_, body)| body);
    serde_json::from_str::<String>(body).unwrap_or_else(|_| body.to_string())
}

/// Every answer that an adult gets about a plan.
fn everything(adult: &Browser, plan: &PlanId) -> Vec<(String, String)> {
    let mut asked: Vec<String> =
        ["plan", "print", "meeting", "shared-screen"].map(|what| format!("/v1/{what}?plan={plan}")).to_vec();
    asked.push("/v1/home".into());
    for section in SectionId::ALL {
        asked.push(format!("/v1/section?plan={plan}&section={}", section.id()));
        asked.push(format!("/v1/history?plan={plan}&section={}", section.id()));
    }
    for page in ["", "/print", "/agree", "/meeting", "/targets", "/my-voice"] {
        asked.push(format!("/plans/{plan}{page}"));
    }
    asked.push(format!("/plans/{plan}/export.json"));
    asked.into_iter().map(|path| (path.clone(), adult.send("GET", &path, "text/html", ""))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unshared_or_taken_back_is_in_no_answer_to_anybody() {
    let folder = Folder::with_demo();
    let shan = document(&folder.0, BEV, "carers-view", "write").plan;
    let server = Server::start(&folder);
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let ruth = people::by_email(&db, RUTH).await.unwrap().unwrap().id;
    let bev = people::by_email(&db, BEV).await.unwrap().unwrap().id;
    let stored = documents::load(&db, &DocumentName { plan: shan.clone(), section: SectionId::MyVoice }).await.unwrap();
    let mut seq = stored.seq;
    let say = |words: &str, with: Vec<PersonId>| {
        seq += 1;
        let wish = Wish { with, pick: String::new(), words: words.into(), ..Wish::default() };
        let update = Accepted {
            seq,
            by: YOUNG_PERSON.into(),
            at: Moment(NOW.0 + seq),
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: Vec::new(),
            wishes: vec![("there".into(), wish)],
            told: Vec::new(),
        };
        let mut values = Values::default();
        values.texts.insert("change/words".into(), "quagga-never-shared".into());
        let name = DocumentName { plan: shan.clone(), section: SectionId::MyVoice };
        Commit::of(name, update, values)
    };
    let mut say = say;
    documents::commit(&db, &[say("okapi-taken-back", vec![ruth.clone(), bev])]).await.unwrap();
    documents::commit(&db, &[say("tapir-for-ruth", vec![ruth.clone()])]).await.unwrap();
    for email in [RUTH, TOBI, HELEN, BEV, JO] {
        let adult = Browser::sign_in(server.port, email);
        let answers = everything(&adult, &shan);
        let has = |words: &str| answers.iter().filter(|(_, answer)| answer.contains(words)).count();
        assert_eq!(has("quagga-never-shared"), 0, "{email}");
        assert_eq!(has("okapi-taken-back"), 0, "{email}");
        assert_eq!(has("tapir-for-ruth") > 0, email == RUTH, "{email}");
        let done = answers.iter().filter(|(_, answer)| is_done(answer)).count();
        assert!(email == JO || done > 15, "{email} got only {done} answers");
    }
    // Once the meeting has begun it is asked for, and said to those who have it.
    let as_ruth = Browser::sign_in(server.port, RUTH);
    let step = |step: &str| {
        let asked = serde_json::json!({ "step": step, "seal": "", "reason": "", "sections": [] });
        let answer = as_ruth.post("step", &serde_json::json!({ "plan": shan.to_string(), "asked": asked }));
        assert!(is_done(&answer), "{answer}");
    };
    step("start-meeting");
    documents::commit(&db, &[say("", Vec::new())]).await.unwrap();
    let page = as_ruth.send("GET", &format!("/plans/{shan}"), "text/html", "");
    assert!(page.contains("asked to take this back") && page.contains("tapir-for-ruth"), "{page}");
    let answer = shared::with(&db, &shan, &ruth).await.unwrap();
    let answer = answer.iter().find(|answer| answer.question == "there").unwrap().id.to_string();
    let tobi = Browser::sign_in(server.port, TOBI);
    let hide = |who: &Browser| who.send_form("hide", &format!("plan={shan}&answer={answer}"));
    assert!(!is_done(&hide(&tobi)), "who doesn't see it can't hide it");
    assert!(is_done(&hide(&as_ruth)));
    assert!(everything(&as_ruth, &shan).iter().all(|(_, answer)| !answer.contains("tapir-for-ruth")));
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_heard_is_for_the_sitting_alone_behind_its_pictures() {
    let folder = Folder::with_demo();
    let shan = document(&folder.0, BEV, "carers-view", "write").plan;
    let amira = document(&folder.0, JO, "targets", "write").plan;
    let server = Server::start(&folder);
    let ruth = || Browser::sign_in(server.port, RUTH);
    let hear = |browser: &Browser, pass: &str| browser.send_form("heard", &format!("pass={pass}"));
    assert!(!is_done(&hear(&ruth(), "")), "no adult asks for it");
    assert!(!is_done(&hear(&Browser::nobodys(server.port), "")));

    let sitting = |plan: &PlanId| {
        let mut tablet = ruth();
        let answer = tablet.send_form("hand-over", &format!("plan={plan}"));
        let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:")).unwrap();
        tablet.cookie = cookie["set-cookie:".len()..].split(';').next().unwrap().trim().to_string();
        tablet
    };
    let tablet = sitting(&shan);
    let heard = carried(&hear(&tablet, ""));
    assert!(heard.contains("All your meetings are on Tuesdays now"), "{heard}");
    assert!(heard.contains("Tobi Adeyemi") && heard.contains("Shan keeps netball"), "{heard}");
    // Without a picture code, no more than she shared: whoever holds the tablet reads it.
    assert!(!heard.contains("Two hundred people breathing"), "{heard}");

    let tablet = sitting(&amira);
    assert!(!is_done(&hear(&tablet, "")), "her pictures first");
    let pass = carried(&tablet.send_form("unlock", "code=cat-moon-boat")).trim_matches('"').to_string();
    assert!(is_done(&hear(&tablet, &pass)));
    assert!(!is_done(&hear(&tablet, "guessed")));
}
