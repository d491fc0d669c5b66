//! From the meeting to the agreed plan and the next one, on each database.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, document};
use pep::domain::access::{Action, Actor, Permit, decide};
use pep::domain::calendar::Moment;
use pep::domain::people::{ChildId, PersonId, PlanId, Relationship, Role};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::quality::{Coverage, Quality, Score};
use pep::domain::sections::{LONG, SectionId};
use pep::domain::settings::Group;
use pep::domain::values::{Changed, Values};
use pep::domain::workflow::{SignOrder, Signed, Step, after};
use pep::server::db::agreeing::{self, Moved, Signing, Taken};
use pep::server::db::documents::{Accepted, Commit};
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, DbError, late, people, plans, progress, quality};
use pep::server::ids;
use pep::server::rooms::Store;
use serde_json::json;
use uuid::Uuid;

const NOW: Moment = Moment(1_795_000_000_000);

struct Round {
    ruth: PersonId,
    dan: PersonId,
    helen: PersonId,
    child: ChildId,
    plan: PlanId,
    seq: i64,
}

impl Round {
    async fn arrive(db: &Db) -> Self {
        let mut ids = Vec::new();
        for name in ["Ruth Osei", "Dan Whitlock", "Helen Castell"] {
            let address = format!("{}@agreeing.example", Uuid::from_u128(ids.len() as u128 + 7));
            ids.push(people::add(db, name, &address, "hash", NOW).await.unwrap());
        }
        let child = NewChild {
            name: "Sky".into(),
            full_name: "Skylar Invented".into(),
            born: "2014-05-01".parse().unwrap(),
            school: None,
            year_group: "Year 8".into(),
            code_hash: None,
        };
        let child = people::add_child(db, &child).await.unwrap();
        for (person, role) in ids.iter().zip([Role::DesignatedTeacher, Role::SocialWorker, Role::VirtualSchool]) {
            let relationship = Relationship { child: child.clone(), role, since: NOW.day().plus(-30), until: None };
            people::join(db, person, &relationship).await.unwrap();
        }
        let plan = NewPlan {
            child: child.clone(),
            year: 2026,
            term: Term::Summer,
            number: None,
            state: State::Completing,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        let [ruth, dan, helen] = <[_; 3]>::try_from(ids).unwrap();
        Self { ruth, dan, helen, child, plan, seq: 0 }
    }

    async fn permit(&self, db: &Db, person: &PersonId, action: Action) -> Permit {
        let relationships = people::relationships(db, person).await.unwrap();
        let actor = Actor::Adult { person: person.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    async fn state(&self, db: &Db) -> State {
        plans::find(db, &self.plan).await.unwrap().unwrap().state
    }

    /// Takes a step as someone who saw the plan as it is now, or as `seen` says.
    async fn step(&self, db: &Db, step: Step, seen: Option<&str>) -> Moved {
        let signatures = agreeing::signatures(db, &self.plan).await.unwrap();
        let stands = |role| signatures.iter().any(|given| given.role == role && given.void.is_empty());
        let signed = Signed { teacher: stands(Role::DesignatedTeacher), worker: stands(Role::SocialWorker) };
        let from = self.state(db).await;
        let everyone = [
            (&self.ruth, Role::DesignatedTeacher),
            (&self.dan, Role::SocialWorker),
            (&self.helen, Role::VirtualSchool),
        ];
        let order = SignOrder::TeacherThenWorker;
        let (person, role, to) = everyone
            .into_iter()
            .find_map(|(person, role)| Some((person, role, after(from, signed, step, role, order)?)))
            .unwrap();
        let sections = vec![SectionId::Targets, SectionId::Attendance];
        let now = agreeing::seal(db, &self.plan, &sections).await.unwrap();
        let signing = Signing { seen: seen.unwrap_or(&now).into(), sections, statement: "I have read it.".into() };
        let taken = Taken {
            step,
            from,
            to,
            role,
            reason: "A target can't be measured".into(),
            sections: vec![SectionId::Targets],
            at: NOW,
            signs: (step == Step::Sign).then_some(signing),
            next: (step == Step::Agree).then_some((2027, Term::Autumn, 2)),
        };
        let permit = self.permit(db, person, Action::Move(step)).await;
        agreeing::take(db, &permit, &self.plan, &taken).await.unwrap()
    }

    /// Writes in a section, as the document rooms do.
    async fn write(&mut self, db: &Db, section: SectionId, words: &str) -> Result<(), DbError> {
        self.seq += 1;
        let values =
            Values { texts: [("changes".to_string(), words.to_string())].into_iter().collect(), ..Values::default() };
        let update = Accepted {
            seq: self.seq,
            by: self.ruth.to_string(),
            at: NOW,
            bytes: vec![0, 0],
            new_clients: Vec::new(),
            changed: Vec::new(),
            wishes: Vec::new(),
            told: Vec::new(),
        };
        let name = DocumentName { plan: self.plan.clone(), section };
        let commit = Commit::of(name, update, values);
        Store::commit(db, &[commit]).await.map(drop)
    }

    async fn void(&self, db: &Db, role: Role) -> Vec<SectionId> {
        let signatures = agreeing::signatures(db, &self.plan).await.unwrap();
        signatures.into_iter().find(|given| given.role == role).unwrap().void
    }
}

#[tokio::test]
async fn agreeing_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    from_the_meeting_to_the_next_plan(&db).await;
}

/// Also told at the end of the story on PostgreSQL.
pub async fn from_the_meeting_to_the_next_plan(db: &Db) {
    let mut round = Round::arrive(db).await;
    round.write(db, SectionId::Targets, "A visit in June").await.unwrap();

    assert_eq!(round.step(db, Step::Sign, Some("what stood there yesterday")).await, Moved::Changed);
    assert_eq!(round.state(db).await, State::Completing, "nothing is half done");
    assert_eq!(round.step(db, Step::Sign, None).await, Moved::Done);
    assert_eq!(round.state(db).await, State::TeacherSigned);

    round.write(db, SectionId::MyVoice, "Mine").await.unwrap();
    round.write(db, SectionId::Targets, "A visit in June").await.unwrap();
    assert_eq!(round.state(db).await, State::TeacherSigned, "the same words, and a child's own, take nothing back");
    round.write(db, SectionId::Targets, "A visit in July").await.unwrap();
    assert_eq!(round.state(db).await, State::Completing, "what was signed has changed");
    assert_eq!(round.void(db, Role::DesignatedTeacher).await, [SectionId::Targets]);

    for state in [State::TeacherSigned, State::Quality] {
        assert_eq!(round.step(db, Step::Sign, None).await, Moved::Done);
        assert_eq!(round.state(db).await, state);
    }
    assert_eq!(round.step(db, Step::Return, None).await, Moved::Done);
    assert_eq!(round.state(db).await, State::Returned);
    let returned = agreeing::last(db, &round.plan, Step::Return).await.unwrap().unwrap();
    assert_eq!(returned.reason, "A target can't be measured");
    assert_eq!(round.void(db, Role::SocialWorker).await, [SectionId::Targets]);

    for _ in 0..2 {
        assert_eq!(round.step(db, Step::Sign, None).await, Moved::Done);
    }
    assert_eq!(round.step(db, Step::Agree, None).await, Moved::Done);
    assert_eq!(round.state(db).await, State::Agreed);
    after_it_is_agreed(db, &mut round).await;
}

async fn after_it_is_agreed(db: &Db, round: &mut Round) {
    let refused = round.write(db, SectionId::Targets, "Too late").await;
    assert!(matches!(refused, Err(DbError::Closed)), "an agreed plan takes no edits");
    // Nor what was asked a moment before, while it was still open.
    let permit = round.permit(db, &round.ruth, Action::Complete(SectionId::Targets)).await;
    assert!(!progress::complete(db, &permit, &round.plan, SectionId::Targets, Some(NOW)).await.unwrap());
    assert!(progress::completed(db, &round.plan).await.unwrap().is_empty());
    let permit = round.permit(db, &round.helen, Action::Score).await;
    let score = Score { area: "Targets".into(), level: "green".into(), comment: String::new() };
    assert!(!quality::put(db, &permit, &round.plan, &score, NOW).await.unwrap());
    assert!(quality::of_plan(db, &round.plan).await.unwrap().is_empty());

    people::change_child(db, &round.child, Some("Birch Lane School"), Some("Year 9")).await.unwrap();
    assert_eq!(plans::find(db, &round.plan).await.unwrap().unwrap().year_group, "Year 8", "it was Year 8 then");

    let next = plans::numbered(db, &round.child, 2).await.unwrap().unwrap();
    let next = plans::find(db, &next).await.unwrap().unwrap();
    assert_eq!((next.year, next.term, next.state), (2027, Term::Autumn, State::Drafting));
    assert_eq!(next.year_group, "Year 9");

    let permit = round.permit(db, &round.ruth, Action::Write(SectionId::Targets)).await;
    let name = DocumentName { plan: round.plan.clone(), section: SectionId::Targets };
    let change = Changed { path: "changes".into(), was: "A visit in July".into(), became: "Too late".into() };
    for _ in 0..2 {
        late::keep(db, &permit, &name, std::slice::from_ref(&change), NOW).await.unwrap();
    }
    let kept = late::of_plan(db, &round.plan).await.unwrap();
    assert_eq!(kept.len(), 1, "what is sent again is kept once");
    assert_eq!(kept[0].became, "Too late");

    // As long as a box takes, and with nothing that a database could make smaller.
    let long: String = (0..LONG / 36).map(|_| Uuid::from_bytes(ids::random()).to_string()).collect();
    let change = Changed { became: long.clone(), ..change };
    late::keep(db, &permit, &name, &[change], NOW).await.unwrap();
    assert!(
        late::of_plan(db, &round.plan).await.unwrap().iter().any(|edit| edit.became == long),
        "no word is too many"
    );

    let permit = round.permit(db, &round.ruth, Action::Correct).await;
    let role = Role::DesignatedTeacher;
    late::correct(db, &permit, role, &round.plan, SectionId::Targets, "It was June", NOW).await.unwrap();
    assert_eq!(late::corrections(db, &round.plan).await.unwrap()[0].words, "It was June");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_agreed_once_it_is_scored_or_where_the_authority_asks_for_a_sample() {
    let folder = Folder::with_demo();
    let open = document(&folder.0, "jo.barlow@carers.example", "targets", "write").plan;
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let child = plans::find(&db, &open).await.unwrap().unwrap().child;
    let later = |year| NewPlan {
        child: child.clone(),
        year,
        term: Term::Summer,
        number: None,
        state: State::Quality,
        meeting: None,
    };
    let [first, second] =
        [plans::begin(&db, &later(2040), NOW).await.unwrap(), plans::begin(&db, &later(2041), NOW).await.unwrap()];
    db.close().await;
    let server = Server::start(&folder);
    let helen = Browser::sign_in(server.port, "helen.castell@wrenshire.example");
    let agree = |plan: &PlanId| {
        let asked = json!({ "step": "agree", "seal": "", "reason": "", "sections": [] });
        helen.post("step", &json!({ "plan": plan, "asked": asked }))
    };
    let refused = agree(&first);
    assert!(!is_done(&refused) && refused.contains("Say how good this plan is before it is agreed"), "{refused}");
    for area in Quality::default().areas {
        assert!(!is_done(&agree(&first)), "{area} isn't scored yet");
        let score = json!({ "area": area, "level": "green", "comment": "" });
        assert!(is_done(&helen.post("score", &json!({ "plan": first, "score": score }))));
    }
    let agreed = agree(&first);
    assert!(is_done(&agreed), "{agreed}");

    let sample = Quality { coverage: Coverage::Sample, ..Quality::default() };
    let save = json!({ "was": Group::Quality(Quality::default()), "becomes": Group::Quality(sample) });
    assert!(is_done(&helen.post("save-settings", &save)));
    assert!(is_done(&agree(&second)), "of a sample this one isn't");
}
