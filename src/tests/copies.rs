//! Copies on paper, as they come from the server: what is on them, what isn't, and who
//! gets which. `pdftotext` reads them, as somebody's reader would.

use crate::browser::{Answer, Browser, is_done};
use crate::harness::{Folder, Server, append, document, open, token};
use flate2::read::ZlibDecoder;
use pep::domain::copies::CopyKind;
use pep::domain::people::PlanId;
use pep::domain::plan::DocumentName;
use pep::domain::sections::{Keeps, Kind, SectionId};
use pep::domain::values::Values;
use pep::server::db::{Db, documents};
use serde_json::Value;
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const RUTH: &str = "ruth.osei@hazelbank.example";
const TOM: &str = "tom.nowak@wrenshire.example";
const HELEN: &str = "helen.castell@wrenshire.example";
const JO: &str = "jo.barlow@carers.example";
const GWEN: &str = "gwen.pritchard@thistlelane.example";
const TOBI: &str = "tobi.adeyemi@wrenshire.example";
const PRIYA: &str = "priya.nair@wrenshire.example";

/// The demo with its server, and Jo's child, Amira.
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

    fn ask(&self, email: &str, kind: CopyKind) -> Answer {
        Browser::sign_in(self.server.port, email).fetch(&kind.path(&self.plan))
    }

    fn pdf(&self, email: &str, kind: CopyKind) -> Vec<u8> {
        let answer = self.ask(email, kind);
        assert!(is_done(&answer.head), "{email}: {}", answer.text());
        answer.body
    }

    async fn values(&self, plan: &PlanId) -> Vec<(SectionId, Values)> {
        let db = Db::connect(&format!("sqlite://{}/pep.db", self.folder.path())).await.unwrap();
        let values = documents::values_of_plan(&db, plan).await.unwrap().into_iter().collect();
        db.close().await;
        values
    }
}

/// What a PDF says, without the spaces and signs that its lines are broken with.
pub fn words(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-nopgbrk", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("install poppler-utils: apt-get install poppler-utils");
    reader.stdin.take().unwrap().write_all(pdf).unwrap();
    let read = reader.wait_with_output().unwrap();
    assert!(read.status.success());
    bare(&String::from_utf8(read.stdout).unwrap())
}

pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Everything in a PDF as it was before it was packed, one byte for each letter also
/// where it has two.
pub fn unpacked(pdf: &[u8]) -> String {
    let mut all = pdf.to_vec();
    let find =
        |from: usize, what: &[u8]| pdf[from..].windows(what.len()).position(|part| part == what).map(|at| from + at);
    let mut from = 0;
    while let Some(start) = find(from, b"stream\n").or_else(|| find(from, b"stream\r\n")) {
        let data = start + if pdf[start + 6] == b'\r' { 8 } else { 7 };
        let end = find(data, b"endstream").expect("a stream ends");
        // What isn't packed has been taken as it is.
        let _ = ZlibDecoder::new(&pdf[data..end]).read_to_end(&mut all);
        from = end + b"endstream".len();
    }
    all.retain(|byte| *byte != 0);
    String::from_utf8_lossy(&all).into_owned()
}

/// Every value of a section in the words of the page.
fn said(section: SectionId, values: &Values) -> Vec<String> {
    let rows = |field: &str| values.rows(field).map(|row| row.id.to_string()).collect::<Vec<_>>();
    let mut paths = Vec::new();
    for field in section.section().fields {
        match field.kind {
            Kind::Rows { columns, .. } => paths.extend(rows(field.id).iter().flat_map(|row| {
                columns.iter().map(move |column| (format!("{}/{row}/{}", field.id, column.id), column.kind))
            })),
            kind => paths.push((field.id.to_string(), kind)),
        }
    }
    let value = |(path, kind): (String, Kind)| match kind.keeps() {
        Keeps::Text => vec![values.text(&path).to_string()],
        _ => values.entries(&path).iter().map(|entry| kind.words(&entry.value)).collect(),
    };
    paths.into_iter().flat_map(value).filter(|words| !bare(words).is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_plan_has_every_word_that_its_reader_may_read_and_no_other() {
    let round = Round::begin();
    let values = round.values(&round.plan).await;
    for (email, hidden) in [
        (RUTH, &[SectionId::MyVoice, SectionId::PrivateDetails, SectionId::Scores, SectionId::Spending][..]),
        (
            JO,
            &[
                SectionId::MyVoice,
                SectionId::PrivateDetails,
                SectionId::Scores,
                SectionId::Spending,
                SectionId::CareDetails,
            ],
        ),
    ] {
        let copy = words(&round.pdf(email, CopyKind::Whole));
        let mut found = 0;
        for (section, values) in &values {
            let all = said(*section, values);
            if hidden.contains(section) {
                for words in all.iter().filter(|words| bare(words).len() > 11) {
                    assert!(!copy.contains(&bare(words)), "{email} has {} on paper: {words}", section.id());
                }
                continue;
            }
            for words in all {
                assert!(copy.contains(&bare(&words)), "{email}: {}: {words}", section.id());
                found += 1;
            }
        }
        assert!(found > 100, "{email}: {found}");
        for private in ["14 Example Terrace", "07700 900123", "Samir Haddad", "not the Quarry Road stop"] {
            assert!(!copy.contains(&bare(private)), "{email}: {private}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_copy_cannot_tell_where_the_child_is() {
    let round = Round::begin();
    // Somebody writes it where it doesn't belong.
    for (email, section, path, words) in [
        (TOM, "private-details", "address", "\n3 Larkspur Close"),
        (TOM, "about-me", "awards", " The fair at example TERRACE, see you there"),
        (TOM, "about-me", "strengths", " Ring (07700) 900-123"),
        (TOM, "about-me", "interests", " She fears samir"),
        (RUTH, "progress", "strengths", " Walks in from larkspur, whistling"),
        (RUTH, "progress", "helps", " The Barlows' dog, and Mr Unlisted"),
        (RUTH, "next-steps", "hopes", "Down to twelve on the questionnaire"),
        (RUTH, "next-steps", "options", "Shown round by those at number three, close to the green road"),
    ] {
        let name = DocumentName { plan: round.plan.clone(), section: section.parse().unwrap() };
        let token = token(&round.folder.0, email);
        let mut writer = open(round.server.port, &name, &token, email).await.writes();
        let edit = append(&writer.document, path, words);
        let update = writer.write(&edit);
        writer.offer(update).await.unwrap();
    }
    let values = round.values(&round.plan).await;
    for email in [TOM, HELEN] {
        let pdf = round.pdf(email, CopyKind::Familys);
        let copy = words(&pdf);
        let bytes = unpacked(&pdf);
        assert_eq!(copy.matches("keptprivate").count(), 7, "six texts, and the sentence that says so: {copy}");
        assert!(copy.contains(&bare("The [name]' dog, and Mr [name]")), "{copy}");
        assert!(copy.contains(&bare("Add, subtract and compare fractions without a prompt sheet")));
        assert!(copy.contains(&bare("This term: 95.5% of sessions attended")));
        let texts = [
            "14 Example Terrace",
            "Example Terrace",
            "Wrenford",
            "ZZ9 9ZZ",
            "900123",
            "fears samir",
            "Rania",
            "Larkspur",
            "larkspur",
            "number three",
            "Down to twelve",
            "Barlows",
            "Unlisted",
            "Quarry Road",
            "Hazelbank",
            "Jo",
            "Barlow",
            "Osei",
            "Abara",
            "Lindqvist",
            "Room 4",
            "X000000000017",
            "DEMO-0017",
            "adrenaline",
            "Paracetamol",
            "Sesame",
            "foster",
            "care order",
            "SDQ",
        ];
        for text in texts {
            // A short name is looked for as a word: "just" has two of the letters of Jo.
            assert!(text.len() < 3 || !copy.contains(&bare(text)), "{email}: {text} in {copy}");
            assert!(text.len() < 5 || !bytes.contains(text), "{email}: {text} in the bytes");
        }
        for (section, values) in values.iter().filter(|(id, _)| never(*id)) {
            for words in said(*section, values).iter().filter(|words| bare(words).len() > 11) {
                assert!(!copy.contains(&bare(words)), "{email}: {}: {words}", section.id());
            }
        }
    }
}

fn never(id: SectionId) -> bool {
    use SectionId::*;
    matches!(
        id,
        PrivateDetails
            | CareDetails
            | Scores
            | Spending
            | Everyday
            | SchoolNow
            | CarersView
            | Conduct
            | Wellbeing
            | Needs
            | MyVoice
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_young_persons_own_copy_has_what_they_shared_with_the_asker_and_what_was_replied() {
    let round = Round::begin();
    let ruth = Browser::sign_in(round.server.port, RUTH);
    let page = ruth.fetch(&format!("/v1/plan?plan={}", round.plan));
    let page: Value =
        serde_json::from_slice::<String>(&page.body).map(|page| serde_json::from_str(&page).unwrap()).unwrap();
    let change = page["shared"].as_array().unwrap().iter().find(|answer| answer["question"] == "change").unwrap();
    let why = "The art room is yours at lunch from Monday.";
    let form = format!(
        "plan={}&answer={}&verdict=yes&why={}",
        round.plan,
        change["id"].as_str().unwrap(),
        why.replace(' ', "+")
    );
    let replied = ruth.send("POST", "/v1/reply", "application/x-www-form-urlencoded", &form);
    assert!(is_done(&replied), "{replied}");

    let form = format!("plan={}&answer={}&words=Rhywle+tawel+amser+cinio", round.plan, change["id"].as_str().unwrap());
    let translated = ruth.send_form("translate", &form);
    assert!(is_done(&translated), "{translated}");

    let page = ruth.fetch(&format!("/v1/plan?plan={}", round.plan));
    let page: Value =
        serde_json::from_slice::<String>(&page.body).map(|page| serde_json::from_str(&page).unwrap()).unwrap();
    let answered = page["shared"].as_array().unwrap().iter().find(|answer| answer["id"] == change["id"]).unwrap();
    let (id, at) = (change["id"].as_str().unwrap(), answered["reply"]["at"].as_i64().unwrap());
    let form = format!("plan={}&answer={id}&to={at}&words=Dy+ystafell+gelf+amser+cinio", round.plan);
    let in_theirs = ruth.send_form("say-reply", &form);
    assert!(is_done(&in_theirs), "{in_theirs}");

    let copies = [RUTH, TOM, JO].map(|email| words(&round.pdf(email, CopyKind::YoungPersons)));
    let [ruths, toms, jos] = &copies;
    for copy in [ruths, toms] {
        let (theirs, reply) = (copy.find(&bare("Dy ystafell gelf amser cinio")), copy.find(&bare(why)));
        assert!(theirs.is_some() && theirs < reply, "they read it in their language first: {copy}");
    }
    assert!(!jos.contains(&bare("Dy ystafell gelf")), "not without the answer");
    let wholes = [RUTH, TOM].map(|email| words(&round.pdf(email, CopyKind::Whole)));
    for copy in [ruths, toms].into_iter().chain(&wholes) {
        let (said, in_welsh) =
            (copy.find(&bare("somewhere quiet at lunch")), copy.find(&bare("Rhywle tawel amser cinio")));
        assert!(said.is_some() && said < in_welsh, "the original comes first: {copy}");
        assert!(copy.contains(&bare("Translated by Ruth Osei on")));
    }
    assert!(!jos.contains(&bare("Rhywle tawel")), "not without the answer");
    for copy in [ruths, toms] {
        assert!(copy.contains(&bare("somewhere quiet at lunch that im ALOUD to be in")));
        assert!(copy.contains(&bare(why)) && copy.contains(&bare("Yes, we will")) && copy.contains("fromruthosei"));
    }
    for copy in &copies {
        assert!(copy.contains(&bare("Add, subtract and compare fractions without a prompt sheet")));
        assert!(copy.contains(&bare("Jo Barlow, your carer")) && copy.contains("08001111"));
        assert!(!copy.contains("terrace") && !copy.contains("900123"));
    }
    let voice = round.values(&round.plan).await.into_iter().find(|(id, _)| *id == SectionId::MyVoice).unwrap().1;
    let theirs = |question: &str| bare(voice.text(&format!("{question}/words")));
    assert!(ruths.contains(&theirs("hard")) && !toms.contains(&theirs("hard")), "shared with Ruth alone");
    for (path, words) in voice.texts.iter().filter(|(_, words)| bare(words).len() > 11) {
        assert!(!jos.contains(&bare(words)), "{path} was not shared with Jo");
        let shared = ["school", "best", "hard", "change", "meeting"].iter().any(|id| path.starts_with(id));
        assert!(shared || !ruths.contains(&bare(words)), "{path} was not shared with anybody");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_copy_tells_a_screen_reader_how_it_is_built() {
    let round = Round::begin();
    for kind in CopyKind::ALL {
        let bytes = unpacked(&round.pdf(TOM, kind));
        for part in [
            "/StructTreeRoot",
            "/MarkInfo",
            "/Marked true",
            "/Lang(en-GB)",
            "/DisplayDocTitle true",
            "/Outlines",
            "pdfuaid",
        ] {
            let is_there = bytes.contains(part) || bytes.contains(&part.replace('(', " ("));
            assert!(is_there, "{} has no {part}", kind.file());
        }
        let has = |tag: &str| bytes.contains(&format!("/S/{tag}")) || bytes.contains(&format!("/S /{tag}"));
        assert!(has("H1") && has("H2"), "{} has no headings", kind.file());
        match kind {
            CopyKind::Whole => assert!(has("Table") && has("TH") && has("TD") && has("L")),
            CopyKind::YoungPersons => assert!(has("Figure") && bytes.contains("/Alt") && has("LI")),
            CopyKind::Familys => assert!(has("L")),
        }
        let title = bytes.split("<dc:title>").nth(1).and_then(|rest| rest.split("</dc:title>").next());
        let title = title.expect("a copy has a title");
        assert!(title.contains("lan") && !title.contains("Amira"), "{}: {title}", kind.file());
    }
}

#[test]
fn each_person_gets_the_copies_that_are_theirs_to_have() {
    let round = Round::begin();
    for (email, kind, status) in [
        (JO, CopyKind::Whole, 200),
        (JO, CopyKind::YoungPersons, 200),
        (JO, CopyKind::Familys, 403),
        (RUTH, CopyKind::Familys, 403),
        (HELEN, CopyKind::Familys, 200),
        (GWEN, CopyKind::Whole, 404),
        (GWEN, CopyKind::YoungPersons, 404),
        (TOBI, CopyKind::Familys, 404),
    ] {
        let answer = round.ask(email, kind);
        assert!(answer.head.contains(&format!(" {status} ")), "{email}, {}: {}", kind.file(), answer.head);
        let head = answer.head.to_lowercase();
        assert!(head.contains("cache-control: no-store"), "{head}");
        if status == 200 {
            assert!(head.contains("application/pdf") && answer.body.starts_with(b"%PDF-1.7"));
            assert!(head.contains(&format!("filename=\"{}\"", kind.file())) && !head.contains("amira"), "{head}");
        }
    }
    // Kay's address isn't known, so nothing could keep it off a copy.
    let kays = document(&round.folder.0, "nasreen.akhtar@carers.example", "targets", "write").plan;
    let unchecked = Browser::sign_in(round.server.port, TOBI).fetch(&CopyKind::Familys.path(&kays));
    assert!(unchecked.text().contains("home address in Private details first"), "{}", unchecked.text());
    let nobodys = Browser::nobodys(round.server.port).fetch(&CopyKind::Familys.path(&round.plan));
    assert!(nobodys.head.contains(" 303 ") && nobodys.head.contains("/sign-in?next=/plans/"), "{}", nobodys.head);
    let wrong = Browser::sign_in(round.server.port, TOM).fetch("/plans/none/plan.pdf");
    assert!(wrong.head.contains(" 404 "), "{}", wrong.head);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_in_another_script_stand_as_they_were_written() {
    let mut round = Round::begin();
    round.plan = document(&round.folder.0, PRIYA, "targets", "write").plan;
    let copy = words(&round.pdf(PRIYA, CopyKind::YoungPersons));
    assert!(copy.contains("ትምህርቲብርሃን"), "{copy}");
}
