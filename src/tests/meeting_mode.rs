//! The meeting as the server gives it out: what each person has open in it, and what the
//! screen has that everybody sees.

use crate::browser::{Browser, is_done};
use crate::harness::{Folder, Server, append, document, open, token};
use pep::domain::people::{PlanId, RowId};
use pep::domain::plan::DocumentName;
use pep::domain::sections::{Keeps, Kind, SectionId};
use pep::domain::values::Values;
use pep::server::db::{Db, documents};
use pep::sync::document::Edit;

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";

/// What no screen shows, whoever asks.
const KEPT: [SectionId; 11] = [
    SectionId::MyVoice,
    SectionId::CarersView,
    SectionId::SchoolNow,
    SectionId::Conduct,
    SectionId::Needs,
    SectionId::Wellbeing,
    SectionId::Spending,
    SectionId::Everyday,
    SectionId::CareDetails,
    SectionId::Scores,
    SectionId::PrivateDetails,
];

struct Round {
    folder: Folder,
    server: Server,
    plan: PlanId,
}

impl Round {
    fn begin() -> Self {
        let folder = Folder::with_demo();
        let plan = document(&folder.0, JO, "targets", "write").plan;
        let server = Server::start(&folder);
        Self { folder, server, plan }
    }

    fn ask(&self, email: &str, what: &str) -> String {
        Browser::sign_in(self.server.port, email).get(&format!("/v1/{what}?plan={}", self.plan))
    }

    /// The page's data, as the answer carries it: a text in a text.
    fn shown(&self, email: &str, what: &str) -> String {
        let answer = self.ask(email, what);
        assert!(is_done(&answer), "{email}: {answer}");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        serde_json::from_str::<String>(body).unwrap_or_else(|_| body.to_string())
    }

    async fn database(&self) -> Db {
        Db::connect(&format!("sqlite://{}/pep.db", self.folder.path())).await.unwrap()
    }

    async fn values(&self) -> Vec<(SectionId, Values)> {
        let db = self.database().await;
        let values = documents::values_of_plan(&db, &self.plan).await.unwrap().into_iter().collect();
        db.close().await;
        values
    }

    /// Puts an action into the plan, as Ruth.
    async fn promise(&self, what: &str) {
        let name = DocumentName { plan: self.plan.clone(), section: SectionId::Actions };
        let token = token(&self.folder.0, RUTH);
        let mut ruth = open(self.server.port, &name, &token, "ruth").await.writes();
        let row = RowId::new(uuid::Uuid::from_u128(77));
        let add = ruth.write(&Edit::AddRow { field: "actions".into(), row: row.clone(), order: "zz".into() });
        ruth.offer(add).await.unwrap();
        let words = append(&ruth.document, &format!("actions/{row}/what"), what);
        let update = ruth.write(&words);
        ruth.offer(update).await.unwrap();
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Every text and every number with a unit of a section, as a page would say it.
fn said(section: SectionId, values: &Values) -> Vec<String> {
    let texts = values.texts.values().cloned();
    let numbers = values.facts.iter().filter_map(|(path, entries)| {
        let field = section.section().at(path)?;
        let unit = matches!(field.kind, Kind::Number { .. }) && field.kind.keeps() == Keeps::Fact;
        unit.then(|| entries.first().map(|entry| field.kind.words(&entry.value)))?
    });
    texts.chain(numbers).filter(|words| bare(words).chars().count() > 9).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shared_screen_says_nothing_that_is_not_everybodys_whoever_asks() {
    let round = Round::begin();
    let screens = [RUTH, TOM, HELEN, JO].map(|email| round.shown(email, "shared-screen"));
    assert!(screens.iter().all(|screen| *screen == screens[0]), "the screen depends on who asks");
    let screen = bare(&screens[0]);
    assert!(screen.contains(&bare("Book the Saturday life drawing and tell Amira the date")), "{screen}");
    let values = round.values().await;
    // Who does something is named in an action, and in a part that stays closed.
    let open: Vec<_> = values.iter().filter(|(section, _)| !KEPT.contains(section)).collect();
    let is_open = |words: &str| {
        let mut texts = open.iter().flat_map(|(_, values)| values.texts.values());
        texts.any(|text| bare(text).contains(&bare(words)))
    };
    let mut looked_for = 0;
    for (section, values) in values.iter().filter(|(section, _)| KEPT.contains(section)) {
        for words in said(*section, values).into_iter().filter(|words| !is_open(words)) {
            looked_for += 1;
            assert!(!screen.contains(&bare(&words)), "{}: {words}", section.id());
        }
    }
    assert!(looked_for > 40, "only {looked_for} things were looked for");
    for score in ["sdq", "outof40", "outof10", "pounds", "£", "legalstatus", "careorder"] {
        assert!(!screens[0].to_lowercase().contains(score) && !screen.contains(score), "{score}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_home_that_somebody_writes_into_an_action_is_not_on_the_screen() {
    let round = Round::begin();
    let values = round.values().await;
    let private = values.iter().find(|(section, _)| *section == SectionId::PrivateDetails).unwrap();
    let address = private.1.text("address");
    let street = address.split(['\n', ',']).next().unwrap().trim().to_string();
    assert!(street.len() > 5, "{address}");
    round.promise(&format!("Bring the canvas to {street} by Saturday")).await;
    let screen = round.shown(JO, "shared-screen");
    assert!(!bare(&screen).contains(&bare(&street)), "{screen}");
    assert!(screen.contains("[kept private]"));
    // On their own devices the team reads it as it was written.
    assert!(round.shown(JO, "meeting").contains(&street));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_on_the_screen_once_everybody_in_the_team_has_it() {
    let round = Round::begin();
    let db = round.database().await;
    let voice = "select words from shared_answer where plan_id = $1 and question = 'best'";
    let (words,): (String,) = sqlx::query_as(voice).bind(round.plan.to_string()).fetch_one(db.reader()).await.unwrap();
    assert!(bare(&words).len() > 9, "{words}");
    assert!(bare(&round.shown(RUTH, "meeting")).contains(&bare(&words)), "Ruth has it");
    assert!(!bare(&round.shown(JO, "meeting")).contains(&bare(&words)), "Jo hasn't");
    assert!(!bare(&round.shown(RUTH, "shared-screen")).contains(&bare(&words)), "two people have it");
    let to_all = "insert into shared_with (answer_id, person_id)
         select answer.id, person.id from shared_answer as answer, person
         where answer.plan_id = $1 and answer.question = 'best' and not exists
           (select 1 from shared_with where answer_id = answer.id and person_id = person.id)";
    sqlx::query(to_all).bind(round.plan.to_string()).execute(db.writer()).await.unwrap();
    for email in [RUTH, JO] {
        assert!(bare(&round.shown(email, "shared-screen")).contains(&bare(&words)), "everybody has it");
    }
    let taken_back = "update shared_answer set withdrawn_at = 1 where plan_id = $1";
    sqlx::query(taken_back).bind(round.plan.to_string()).execute(db.writer()).await.unwrap();
    assert!(!bare(&round.shown(RUTH, "shared-screen")).contains(&bare(&words)), "it was taken back");
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_has_open_in_the_meeting_what_is_theirs_to_read() {
    let round = Round::begin();
    let open = |email: &str| round.shown(email, "meeting");
    let [ruth, jo] = [open(RUTH), open(JO)];
    let has = |page: &str, section: &str| page.contains(&format!("\"section\":\"{section}\""));
    assert!(has(&ruth, "wellbeing") && has(&jo, "wellbeing"));
    for kept in ["scores", "private-details", "care-details", "my-voice"] {
        let part = format!("\"section\":\"{kept}\",\"may_write\"");
        assert!(!ruth.contains(&part) && !jo.contains(&part), "{kept}");
    }
    assert!(
        !jo.contains("\"section\":\"care-details\"") && !jo.contains("\"section\":\"private-details\""),
        "nor what is missing there"
    );
    assert!(!round.ask(GWEN, "meeting").contains("Amira"), "not her child");
    assert!(!round.ask(GWEN, "shared-screen").contains("Amira"), "not her child");
    let nobody = Browser::nobodys(round.server.port);
    for what in ["meeting", "shared-screen"] {
        assert!(!nobody.get(&format!("/v1/{what}?plan={}", round.plan)).contains("Amira"), "{what}");
    }
}
