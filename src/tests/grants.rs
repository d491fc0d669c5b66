//! The ledger of Pupil Premium Plus: on each database, and through the server as
//! each person sees it.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, append, document, open, token};
use pep::domain::access::{Action, Actor, Permit, decide};
use pep::domain::calendar::{Day, Moment};
use pep::domain::grant::{Caps, Committed, Line, LineState, Request, SchoolTerm, Step, may_step, summary};
use pep::domain::money::{FinancialYear, Pence};
use pep::domain::people::{ChildId, LineId, PersonId, PlanId, Relationship, Role, RowId};
use pep::domain::plan::{DocumentName, State, Term};
use pep::domain::sections::SectionId;
use pep::server::db::grants::{self, Stepped};
use pep::server::db::people::NewChild;
use pep::server::db::plans::NewPlan;
use pep::server::db::{Db, documents, people, plans};
use pep::sync::document::Edit;
use serde_json::json;
use uuid::Uuid;

const NOW: Moment = Moment(1_795_000_000_000);
const TERM: SchoolTerm = SchoolTerm { year: 2026, term: Term::Autumn };
const CAPS: Caps = Caps { year: Pence(50_000), term: Some(Pence(45_000)) };

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn tuition(target: RowId, pence: i64) -> Request {
    Request {
        target,
        item: "One-to-one maths tuition".into(),
        units: 1,
        unit_cost: Pence(pence),
        provider: "Invented Tutors".into(),
        starts: day("2026-11-30"),
        ends: day("2026-12-18"),
        expected: "From 31 to 40 in the maths assessment".into(),
        idea: None,
    }
}

/// A child with a plan, a teacher who asks and a head who decides.
struct Round {
    ruth: PersonId,
    helen: PersonId,
    child: ChildId,
    plan: PlanId,
}

impl Round {
    async fn arrive(db: &Db) -> Self {
        let fresh = Uuid::from_u128(u128::from(std::process::id()));
        let ruth = people::add(db, "Ruth Osei", &format!("ruth-{fresh}@money.example"), "hash", NOW).await.unwrap();
        let helen = people::add(db, "Helen Castell", &format!("h-{fresh}@money.example"), "hash", NOW).await.unwrap();
        let child = NewChild {
            name: "Sky".into(),
            full_name: "Skylar Invented".into(),
            born: day("2014-05-01"),
            school: None,
            year_group: "Year 8".into(),
            code_hash: None,
        };
        let child = people::add_child(db, &child).await.unwrap();
        for (person, role) in [(&ruth, Role::DesignatedTeacher), (&helen, Role::VirtualSchool)] {
            let relationship = Relationship { child: child.clone(), role, since: NOW.day().plus(-30), until: None };
            people::join(db, person, &relationship).await.unwrap();
        }
        let plan = NewPlan {
            child: child.clone(),
            year: TERM.year,
            term: TERM.term,
            number: None,
            state: State::Drafting,
            meeting: None,
        };
        let plan = plans::begin(db, &plan, NOW).await.unwrap();
        Self { ruth, helen, child, plan }
    }

    async fn permit(&self, db: &Db, person: &PersonId, action: Action) -> Permit {
        let relationships = people::relationships(db, person).await.unwrap();
        let actor = Actor::Adult { person: person.clone(), relationships };
        decide(&actor, action, &self.child, &self.plan, NOW.day()).unwrap()
    }

    /// Asks for something that costs so much.
    async fn ask(&self, db: &Db, number: u128, pence: i64) -> Line {
        let permit = self.permit(db, &self.ruth, Action::RequestGrant).await;
        let id = LineId::new(Uuid::from_u128(number + (u128::from(std::process::id()) << 64)));
        let asked = tuition(RowId::new(Uuid::from_u128(1)), pence);
        let line = Line::new(id, self.plan.clone(), self.child.clone(), TERM, asked, permit.by(), NOW);
        assert!(grants::ask(db, &permit, &line).await.unwrap());
        assert!(!grants::ask(db, &permit, &line).await.unwrap(), "asked again, there is one line");
        assert_eq!(grants::find(db, &line.id).await.unwrap(), Some(line.clone()));
        line
    }

    /// Takes a step as the virtual school, and answers the line as it is then.
    async fn step(&self, db: &Db, line: &Line, step: Step) -> (Stepped, Line) {
        let permit = self.permit(db, &self.helen, Action::DecideGrant).await;
        let to = may_step(line, &step, permit.by()).unwrap();
        let stepped = grants::step(db, &permit, line, &to, CAPS, NOW).await.unwrap();
        (stepped, grants::find(db, &line.id).await.unwrap().unwrap())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_on_sqlite() {
    let folder = Folder::new();
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    the_ledger(&db).await;
}

/// The whole of it, also told at the end of the story on PostgreSQL.
pub async fn the_ledger(db: &Db) {
    let round = Round::arrive(db).await;
    a_line_goes_from_asked_to_paid(db, &round).await;
    nothing_passes_the_cap(db, &round).await;
    approvals_at_once_do_not_pass_it_together(db, &round).await;
    what_it_changed_is_not_written_over(db, &round).await;
    an_idea_is_asked_for_once(db, &round).await;
    nothing_is_asked_for_in_a_plan_that_was_agreed_meanwhile(db, &round).await;
}

async fn a_line_goes_from_asked_to_paid(db: &Db, round: &Round) {
    let asked = round.ask(db, 1, 20_000).await;
    let (stepped, agreed) = round.step(db, &asked, Step::Approve).await;
    assert_eq!((stepped, &agreed.state), (Stepped::Done, &LineState::Approved));
    let (stepped, _) = round.step(db, &asked, Step::Approve).await;
    assert_eq!(stepped, Stepped::Late, "seen before someone else agreed it");
    let (_, paid) = round.step(db, &agreed, Step::Pay).await;
    assert_eq!(paid.state, LineState::Paid);
    let both = Committed { year: Pence(20_000), term: Pence(20_000) };
    assert_eq!(grants::committed(db, &round.child, &paid).await.unwrap(), both, "to pay costs nothing again");
    assert_eq!(grants::of_plan(db, &round.plan).await.unwrap(), [paid]);
}

async fn nothing_passes_the_cap(db: &Db, round: &Round) {
    let before = Committed { year: Pence(20_000), term: Pence(20_000) };
    // It would fit in the year; the term's limit is lower.
    let asked = round.ask(db, 2, 26_000).await;
    let (stepped, still) = round.step(db, &asked, Step::Approve).await;
    assert_eq!((stepped, still.state), (Stepped::Over(before), LineState::Requested));
    assert_eq!(grants::committed(db, &round.child, &asked).await.unwrap(), before, "nothing of it is left behind");
    let (_, declined) = round.step(db, &asked, Step::Decline("Ask for less".into())).await;
    assert_eq!(declined.state, LineState::Declined("Ask for less".into()));

    let asked = round.ask(db, 3, 25_000).await;
    let (stepped, agreed) = round.step(db, &asked, Step::Approve).await;
    assert_eq!(stepped, Stepped::Done, "exactly what is left");
    let (_, withdrawn) = round.step(db, &agreed, Step::Withdraw("The tutor moved".into())).await;
    assert_eq!(withdrawn.state, LineState::Withdrawn("The tutor moved".into()));
    assert_eq!(grants::committed(db, &round.child, &asked).await.unwrap(), before, "it is given back");
}

async fn approvals_at_once_do_not_pass_it_together(db: &Db, round: &Round) {
    let mut asked = Vec::new();
    for number in 10..18 {
        asked.push(round.ask(db, number, 10_000).await);
    }
    let permit = round.permit(db, &round.helen, Action::DecideGrant).await;
    let at_once: Vec<_> = asked
        .iter()
        .map(|line| {
            let (db, permit, line) = (db.clone(), permit.clone(), line.clone());
            tokio::spawn(
                async move { grants::step(&db, &permit, &line, &LineState::Approved, CAPS, NOW).await.unwrap() },
            )
        })
        .collect();
    let mut done = 0;
    for step in at_once {
        done += u32::from(step.await.unwrap() == Stepped::Done);
    }
    assert_eq!(done, 2, "£250 of the term's £450 were left");
    let year = FinancialYear(2026);
    let lines = grants::of_year(db, &round.child, year).await.unwrap();
    let sums = summary(&lines, year, CAPS.year).unwrap().sums;
    let kept = grants::committed(db, &round.child, &asked[0]).await.unwrap();
    assert_eq!((sums.committed(), kept.year, kept.term), (Pence(40_000), Pence(40_000), Pence(40_000)));

    // Two at one line: one of them is late, and it is counted once.
    let line = lines.into_iter().find(|line| line.state == LineState::Approved).unwrap();
    let paid = LineState::Paid;
    let pay = || grants::step(db, &permit, &line, &paid, CAPS, NOW);
    let (one, other) = tokio::join!(pay(), pay());
    let mut both = [one.unwrap(), other.unwrap()];
    both.sort_by_key(|stepped| *stepped != Stepped::Done);
    assert_eq!(both, [Stepped::Done, Stepped::Late]);
}

async fn what_it_changed_is_not_written_over(db: &Db, round: &Round) {
    let lines = grants::of_plan(db, &round.plan).await.unwrap();
    let paid = lines.into_iter().find(|line| line.state == LineState::Paid).unwrap();
    let permit = round.permit(db, &round.ruth, Action::RequestGrant).await;
    assert!(grants::record(db, &permit, &paid, "40 in December", NOW).await.unwrap());
    assert!(!grants::record(db, &permit, &paid, "Something else", NOW).await.unwrap(), "over words never seen");
    let now = grants::find(db, &paid.id).await.unwrap().unwrap();
    assert_eq!(now.actual.as_deref(), Some("40 in December"));
    assert!(grants::record(db, &permit, &now, "41 in December", NOW).await.unwrap());
}

async fn an_idea_is_asked_for_once(db: &Db, round: &Round) {
    let permit = round.permit(db, &round.ruth, Action::RequestGrant).await;
    let line = |number: u128| {
        let asked =
            Request { idea: Some(RowId::new(Uuid::from_u128(30))), ..tuition(RowId::new(Uuid::from_u128(1)), 1_000) };
        let id = LineId::new(Uuid::from_u128(number + (u128::from(std::process::id()) << 64)));
        Line::new(id, round.plan.clone(), round.child.clone(), TERM, asked, permit.by(), NOW)
    };
    let (one, other) = (line(30), line(31));
    let (first, second) = tokio::join!(grants::ask(db, &permit, &one), grants::ask(db, &permit, &other));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_ne!(first, second, "of two who ask at once, one does");
    let (stands, refused) = if first { (one, other) } else { (other, one) };
    assert_eq!(grants::find(db, &refused.id).await.unwrap(), None);
    assert_eq!(grants::find(db, &stands.id).await.unwrap(), Some(stands.clone()));
    let (_, declined) = round.step(db, &stands, Step::Decline("Ask for less".into())).await;
    assert!(!declined.state.stands());
    assert!(grants::ask(db, &permit, &refused).await.unwrap(), "what was declined may be asked for anew");
}

async fn nothing_is_asked_for_in_a_plan_that_was_agreed_meanwhile(db: &Db, round: &Round) {
    let put = async |state: State| {
        sqlx::query("update plan set state = $2 where id = $1")
            .bind(round.plan.to_string())
            .bind(state.id())
            .execute(db.writer())
            .await
            .unwrap();
    };
    let permit = round.permit(db, &round.ruth, Action::RequestGrant).await;
    let id = LineId::new(Uuid::from_u128(40 + (u128::from(std::process::id()) << 64)));
    let asked = tuition(RowId::new(Uuid::from_u128(1)), 1_000);
    let line = Line::new(id, round.plan.clone(), round.child.clone(), TERM, asked, permit.by(), NOW);
    put(State::Agreed).await;
    assert!(!grants::ask(db, &permit, &line).await.unwrap());
    assert_eq!(grants::find(db, &line.id).await.unwrap(), None);
    put(State::Drafting).await;
    assert!(grants::ask(db, &permit, &line).await.unwrap());
}

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";

/// The plan of Jo's child, and its first target.
async fn plan_and_target(folder: &Folder) -> (PlanId, RowId) {
    let plan = document(&folder.0, JO, "targets", "write").plan;
    let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
    let values = documents::values_of_plan(&db, &plan).await.unwrap();
    let targets = values.into_iter().find(|(section, _)| *section == SectionId::Targets).unwrap().1;
    let target = targets.rows("targets").next().expect("the demo has a target").id.clone();
    db.close().await;
    (plan, target)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_asks_the_virtual_school_decides_and_a_carer_sees_no_price() {
    let folder = Folder::with_demo();
    let (plan, target) = plan_and_target(&folder).await;
    let server = Server::start(&folder);
    let [ruth, helen, jo] = [RUTH, HELEN, JO].map(|email| Browser::sign_in(server.port, email));
    let line = LineId::new(Uuid::from_u128(7));
    let asked = json!({ "plan": plan, "line": line, "asked": tuition(target.clone(), 12_345) });

    assert!(jo.post("grant-request", &asked).contains("yours to change"), "a carer doesn't ask for money");
    assert!(helen.post("grant-request", &asked).contains("yours to change"), "who decides doesn't ask");
    for _ in 0..2 {
        let answer = ruth.post("grant-request", &asked);
        assert!(is_done(&answer), "{answer}");
    }
    let nowhere = json!({ "plan": plan, "line": LineId::new(Uuid::from_u128(8)),
                          "asked": tuition(RowId::new(Uuid::from_u128(404)), 1) });
    assert!(ruth.post("grant-request", &nowhere).contains("isn't in the plan"), "money needs a target");

    let approve = json!({ "plan": plan, "line": line, "step": "approve" });
    assert!(ruth.post("grant-step", &approve).contains("yours to change"), "who asks doesn't decide");
    let answer = helen.post("grant-step", &approve);
    assert!(is_done(&answer), "{answer}");

    let seen = ruth.get(&format!("/v1/grant?plan={plan}"));
    for words in ["maths tuition", "12345", "unit_cost", r#"\"state\":\"approved\""#] {
        assert!(seen.contains(words), "{words} is missing in {seen}");
    }
    assert_eq!(seen.matches("one-to-one").count() + seen.matches("One-to-one").count(), 1, "asked twice, there once");
    let seen = jo.get(&format!("/v1/grant?plan={plan}"));
    assert!(seen.contains("maths tuition") && seen.contains("Agreed"), "{seen}");
    let body = seen.split("\r\n\r\n").nth(1).unwrap();
    for price in ["12345", "123.45", "cost", "total", "allocated", "cap", "paid", "requested_by", "£"] {
        assert!(!body.contains(price), "a carer can see {price} in {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_passes_the_authoritys_cap_is_refused_with_what_is_left() {
    let folder = Folder::with_demo();
    let (plan, target) = plan_and_target(&folder).await;
    let server = Server::start(&folder);
    let [ruth, helen] = [RUTH, HELEN].map(|email| Browser::sign_in(server.port, email));
    let line = LineId::new(Uuid::from_u128(9));
    let asked = json!({ "plan": plan, "line": line, "asked": tuition(target, 900_000_000) });
    let answer = ruth.post("grant-request", &asked);
    assert!(is_done(&answer), "{answer}");
    let refused = helen.post("grant-step", &json!({ "plan": plan, "line": line, "step": "approve" }));
    assert!(refused.contains("left for this child"), "{refused}");
    assert!(ruth.get(&format!("/v1/grant?plan={plan}")).contains(r#"\"state\":\"requested\""#), "it is where it was");
    let declined = json!({ "plan": plan, "line": line, "step": { "decline": "Ask for less" } });
    assert!(is_done(&helen.post("grant-step", &declined)));
    let again = ruth.post("grant-step", &json!({ "plan": plan, "line": line, "step": { "withdraw": "" } }));
    assert!(!is_done(&again), "what is declined stays declined");
}

/// Writes an idea into the plan, as Ruth.
async fn write_idea(folder: &Folder, port: u16, plan: &PlanId, words: &str) -> RowId {
    let name = DocumentName { plan: plan.clone(), section: SectionId::Spending };
    let mut ruth = open(port, &name, &token(&folder.0, RUTH), "ruth").await.writes();
    let row = RowId::new(Uuid::from_u128(77));
    let add = ruth.write(&Edit::AddRow { field: "ideas".into(), row: row.clone(), order: "V".into() });
    ruth.offer(add).await.unwrap();
    let words = append(&ruth.document, &format!("ideas/{row}/what"), words);
    let update = ruth.write(&words);
    ruth.offer(update).await.unwrap();
    row
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idea_of_the_plan_is_asked_for_once_and_no_carer_sees_it() {
    let folder = Folder::with_demo();
    let (plan, target) = plan_and_target(&folder).await;
    let server = Server::start(&folder);
    let idea = write_idea(&folder, server.port, &plan, "Trampoline lessons").await;
    let [ruth, tom, helen, jo] = [RUTH, TOM, HELEN, JO].map(|email| Browser::sign_in(server.port, email));
    let asked = |line: u128, idea: &RowId| {
        let asked = Request { idea: Some(idea.clone()), ..tuition(target.clone(), 5_000) };
        json!({ "plan": plan, "line": LineId::new(Uuid::from_u128(line)), "asked": asked })
    };
    let nowhere = RowId::new(Uuid::from_u128(404));
    assert!(ruth.post("grant-request", &asked(20, &nowhere)).contains("isn't in the plan"));
    for _ in 0..2 {
        let answer = ruth.post("grant-request", &asked(21, &idea));
        assert!(is_done(&answer), "{answer}");
    }
    assert!(tom.post("grant-request", &asked(22, &idea)).contains("asked for already"), "Ruth was quicker");
    let page = format!("/v1/grant?plan={plan}");
    for seen in [&ruth, &tom, &helen].map(|who| who.get(&page)) {
        assert!(seen.contains("Trampoline lessons"), "{seen}");
        assert_eq!(seen.matches(&format!(r#"\"idea\":\"{idea}\""#)).count(), 1, "{seen}");
    }
    assert!(!jo.get(&page).contains("Trampoline"), "it may speak of prices");

    let declined = json!({ "plan": plan, "line": LineId::new(Uuid::from_u128(21)), "step": { "decline": "Less" } });
    assert!(is_done(&helen.post("grant-step", &declined)));
    let answer = tom.post("grant-request", &asked(22, &idea));
    assert!(is_done(&answer), "{answer}");
}
