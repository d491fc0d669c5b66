//! What was agreed, as the server gives it out: to whom, with what in it; and who may say
//! that an action is done.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, append, document, open, token};
use pep::api::agreed::AgreedPage;
use pep::domain::agreed::Done;
use pep::domain::people::{PlanId, RowId};
use pep::domain::plan::DocumentName;
use pep::domain::sections::SectionId;
use pep::server::db::{Db, documents};
use pep::sync::document::Edit;

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";
const SUNITA: &str = "sunita.rao@wrenshire.example";

const LIBRARY: &str = "Visit the library on Saturday";

fn row(number: u128) -> RowId {
    RowId::new(uuid::Uuid::from_u128(number))
}

/// The demo with its server, and Jo's child, Amira, whose plan is agreed.
struct Round {
    folder: Folder,
    server: Server,
    plan: PlanId,
}

impl Round {
    async fn begin(state: &str) -> Self {
        let folder = Folder::with_demo();
        let plan = document(&folder.0, JO, "targets", "write").plan;
        let server = Server::start(&folder);
        let name = DocumentName { plan: plan.clone(), section: SectionId::Actions };
        let mut ruth = open(server.port, &name, &token(&folder.0, RUTH), "ruth").await.writes();
        let add = ruth.write(&Edit::AddRow { field: "actions".into(), row: row(1), order: "b".into() });
        ruth.offer(add).await.unwrap();
        for (column, words) in [("what", LIBRARY), ("who", "Jo")] {
            let words = append(&ruth.document, &format!("actions/{}/{column}", row(1)), words);
            let update = ruth.write(&words);
            ruth.offer(update).await.unwrap();
        }
        let db = Db::connect(&format!("sqlite://{}/pep.db", folder.path())).await.unwrap();
        sqlx::query("update plan set state = $2, meeting_at = null where id = $1")
            .bind(plan.to_string())
            .bind(state)
            .execute(db.writer())
            .await
            .unwrap();
        db.close().await;
        Self { folder, server, plan }
    }

    fn ask(&self, email: &str) -> String {
        Browser::sign_in(self.server.port, email).get(&format!("/v1/agreed?plan={}", self.plan))
    }

    fn page(&self, email: &str) -> AgreedPage {
        let answer = self.ask(email);
        assert!(is_done(&answer), "{email}: {answer}");
        serde_json::from_str(&text(&answer)).unwrap()
    }

    fn says_done(&self, email: &str, action: u128, done: bool) -> String {
        let body = format!("plan={}&action={}&done={done}", self.plan, row(action));
        Browser::sign_in(self.server.port, email).send_form("action-done", &body)
    }

    fn shown(&self, email: &str) -> String {
        text(&Browser::sign_in(self.server.port, email).get(&format!("/v1/plan?plan={}", self.plan)))
    }
}

/// The page's data, as the answer carries it: a text in a text.
fn text(answer: &str) -> String {
    let body = answer.split_once("\r\n\r\n").unwrap().1;
    serde_json::from_str::<String>(body).unwrap_or_else(|_| body.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_adult_of_the_team_reads_what_was_agreed_and_nobody_else_does() {
    let round = Round::begin("agreed").await;
    for (email, own) in [(JO, 1), (RUTH, 1), (TOM, 1), (HELEN, 0)] {
        let page = round.page(email);
        let agreed = page.agreed.expect("a plan that is agreed");
        assert_eq!(agreed.actions.iter().filter(|action| action.mine).count(), own, "{email}");
        assert_eq!(agreed.actions.iter().any(|action| action.mine && action.row == row(1)), email == JO, "{email}");
        assert_eq!(agreed.actions.len(), 3, "{email}");
        assert!(!agreed.targets.is_empty() && agreed.is_closed, "{email}");
    }
    for email in [GWEN, SUNITA] {
        assert!(!is_done(&round.ask(email)) && !round.ask(email).contains("library"), "{email}");
    }
    let nobody = Browser::nobodys(round.server.port);
    assert!(!nobody.get(&format!("/v1/agreed?plan={}", round.plan)).contains("library"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_in_a_childs_hands_has_my_voice_alone_whoever_handed_it_over() {
    let round = Round::begin("completing").await;
    let mut tablet = Browser::sign_in(round.server.port, JO);
    let answer = tablet.send_form("hand-over", &format!("plan={}", round.plan));
    let cookie = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:")).unwrap();
    tablet.cookie = cookie["set-cookie:".len()..].split(';').next().unwrap().trim().to_string();
    assert!(!tablet.get(&format!("/v1/agreed?plan={}", round.plan)).contains("library"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_has_no_price_no_score_and_no_answer_that_was_not_shared() {
    let round = Round::begin("agreed").await;
    let db = Db::connect(&format!("sqlite://{}/pep.db", round.folder.path())).await.unwrap();
    let values = documents::values_of_plan(&db, &round.plan).await.unwrap();
    let (kept,): (String,) = sqlx::query_as("select words from shared_answer where plan_id = $1 and question = 'best'")
        .bind(round.plan.to_string())
        .fetch_one(db.reader())
        .await
        .unwrap();
    db.close().await;
    let answer = text(&round.ask(JO));
    assert!(kept.len() > 9 && !answer.contains(&kept), "it was shared with others");
    for section in [SectionId::PrivateDetails, SectionId::CareDetails, SectionId::Scores] {
        let said = values.iter().filter(|(of, _)| *of == section).flat_map(|(_, values)| values.texts.values());
        for words in said.filter(|words| words.len() > 12) {
            assert!(!answer.contains(words.as_str()), "{}: {words}", section.id());
        }
    }
    for price in ["pence", "cost", "£", "pounds", "sdq"] {
        assert!(!answer.to_lowercase().contains(price), "{price}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_child_asked_back_is_neither_printed_nor_beside_what_was_agreed() {
    const WORDS: &str = "show the poster and then go";
    let round = Round::begin("agreed").await;
    let said = || round.page(RUTH).agreed.unwrap().said.iter().any(|said| said.words.contains(WORDS));
    let printed = || {
        let ruth = Browser::sign_in(round.server.port, RUTH);
        text(&ruth.get(&format!("/v1/print?plan={}", round.plan))).contains(WORDS)
    };
    assert!(said() && printed());
    let db = Db::connect(&format!("sqlite://{}/pep.db", round.folder.path())).await.unwrap();
    sqlx::query("update shared_answer set asked_back_at = 1 where plan_id = $1 and question = 'meeting'")
        .bind(round.plan.to_string())
        .execute(db.writer())
        .await
        .unwrap();
    db.close().await;
    assert!(!said() && !printed());
    assert!(round.shown(RUTH).contains(WORDS), "where it is asked back it stands, and says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_an_action_is_says_that_it_is_done_and_the_designated_teacher_sees_it() {
    let round = Round::begin("agreed").await;
    assert!(round.shown(RUTH).contains("\"said_done\":[]"), "nothing was said yet");
    for _ in 0..2 {
        let answer = round.says_done(JO, 1, true);
        assert!(is_done(&answer), "{answer}");
    }
    assert!(round.shown(RUTH).contains(&format!("{LIBRARY}\"]")), "{}", round.shown(RUTH));
    let done = |email| {
        let actions = round.page(email).agreed.unwrap().actions;
        actions.into_iter().find(|action| action.row == row(1)).unwrap().done
    };
    assert_eq!(done(JO), Done::Mine);
    assert_eq!(done(RUTH), Done::Others("Jo Barlow".into()));
    for (email, action) in [(TOM, 1), (RUTH, 1), (GWEN, 1), (SUNITA, 1), (JO, 3)] {
        assert!(!is_done(&round.says_done(email, action, true)), "{email} said it of {action}");
    }
    assert!(is_done(&round.says_done(JO, 1, false)));
    assert_eq!(done(RUTH), Done::No);
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_first_meeting_is_over_nothing_is_agreed() {
    let round = Round::begin("meeting").await;
    assert_eq!(round.page(JO).agreed, None);
    assert!(!is_done(&round.says_done(JO, 1, true)));
}
