//! A plan with something of everything beside it, as a file.

use crate::random_values::writer;
use pep::domain::access::YOUNG_PERSON;
use pep::domain::calendar::{Day, Moment};
use pep::domain::grant::Request;
use pep::domain::money::{FinancialYear, Pence};
use pep::domain::people::{AnswerId, ChildId, LineId, PlanId, RecordId, Role, RowId};
use pep::domain::plan::{State, Term};
use pep::domain::seal;
use pep::domain::sections::SectionId;
use pep::domain::values::{Entry, Row, Values};
use pep::domain::voice::{Given, Verdict, fingerprint};
use pep::domain::workflow;
use pep::server::ids::hashed;
use pep::server::portable::file::*;
use uuid::Uuid;

/// When everything in it happened.
const THEN: Moment = Moment(1_700_000_000_000);

/// A moment so many seconds later.
fn at(seconds: i64) -> Moment {
    Moment(THEN.0 + seconds * 1_000)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id(seed: u128, number: u128) -> Uuid {
    Uuid::from_u128((seed << 32) + number)
}

fn record(seed: u128, number: u128) -> RecordId {
    RecordId::new(id(seed, number))
}

/// A plan with these sections and nothing beside them. Plans of different seeds have
/// nothing in common but those who write.
pub fn bare(seed: u128, sections: Vec<(SectionId, Values)>) -> File {
    let person = |number: u128, name: &str, role| Person { id: writer(number), name: name.into(), roles: vec![role] };
    let section = |(section, values)| Section { section, values, completed: None, translations: Vec::new() };
    let mut file = File {
        format: FORMAT.into(),
        complete: true,
        seen_by: None,
        regulations: Regulations::known(),
        child: Child {
            id: ChildId::new(id(seed, 1)),
            name: "Sky".into(),
            full_name: "Skylar Invented".into(),
            born: day("2014-05-01"),
            year_group: "Year 8".into(),
            school: Some("Hazelbank School".into()),
        },
        plan: Plan {
            id: PlanId::new(id(seed, 2)),
            year: 2023,
            term: Term::Autumn,
            number: 3,
            state: State::Agreed,
            meeting: Some(Meeting { at: at(500), place: "Room 4".into() }),
            as_agreed: Some(AsAgreed { year_group: "Year 5".into(), school: Some("Quarry Road Primary".into()) }),
            made_at: THEN,
        },
        people: vec![
            person(1, "Ruth Osei", Role::DesignatedTeacher),
            person(2, "Dan Whitlock", Role::SocialWorker),
            person(3, "Helen Castell", Role::VirtualSchool),
        ],
        sections: sections.into_iter().map(section).filter(|part| part.values != Values::default()).collect(),
        history: Vec::new(),
        steps: Vec::new(),
        signatures: Vec::new(),
        quality: Vec::new(),
        addenda: Vec::new(),
        late_edits: Vec::new(),
        offered: Vec::new(),
        shared: Vec::new(),
        grant: Vec::new(),
    };
    let names = file.names();
    file.people.retain(|person| names.contains(&person.id.to_string()));
    file
}

/// A plan with something of everything.
pub fn whole(seed: u128) -> File {
    let row = RowId::new(id(seed, 3));
    let mut file = bare(seed, vec![(SectionId::Targets, targets(&row)), (SectionId::Scores, scores())]);
    let [ruth, dan, helen] = [1, 2, 3].map(|number| writer(number).to_string());
    file.people = bare(seed, vec![(SectionId::Scores, scores_of_all())]).people;
    file.sections[0].completed = Some(Mark { by: ruth.clone(), at: at(1) });
    file.history = vec![
        change(seed, 10, format!("targets/{row}/what"), ("", "Read"), &ruth, at(2)),
        change(seed, 11, format!("targets/{row}"), ("", "there"), &dan, at(3)),
    ];
    file.late_edits = vec![change(seed, 12, "changes".into(), ("A visit", "Two visits"), &dan, at(90))];
    file.steps = vec![Step {
        id: record(seed, 20),
        step: workflow::Step::Return,
        was: State::Quality,
        became: State::Returned,
        by: helen.clone(),
        role: Role::VirtualSchool,
        at: at(20),
        reason: "A target can't be measured".into(),
        sections: vec![SectionId::Targets],
    }];
    let hash = hashed(&seal::canonical(SectionId::Targets, &file.sections[0].values));
    file.signatures = vec![Signature {
        id: record(seed, 30),
        by: ruth.clone(),
        role: Role::DesignatedTeacher,
        at: at(30),
        statement: "I have read this plan.".into(),
        hash: Some(hashed("all of it")),
        sections: vec![
            Signed { section: SectionId::Targets, hash, void_at: None },
            Signed { section: SectionId::Scores, hash: hashed("as it was"), void_at: Some(at(31)) },
        ],
    }];
    file.quality = vec![Score {
        area: "The child's voice, and what it changed".into(),
        level: "green".into(),
        comment: "Heard".into(),
        by: helen.clone(),
        at: at(40),
    }];
    let correction = seal::correction(&file.plan.id, SectionId::Targets, &dan, at(95), "It was June");
    file.addenda = vec![Addendum {
        id: record(seed, 50),
        section: SectionId::Targets,
        words: "It was June".into(),
        by: dan.clone(),
        role: Role::SocialWorker,
        at: at(95),
        hash: hashed(&correction),
    }];
    file.shared = vec![Shared {
        id: AnswerId::new(id(seed, 60)),
        question: "change".into(),
        pick: String::new(),
        words: "A quiet place at lunch".into(),
        given: Given { helper: "school".into(), typed_by: "Ms Osei".into(), checked: true, ..Given::default() },
        at: at(5),
        with: vec![writer(1), writer(2)],
        replies: vec![Reply {
            id: record(seed, 61),
            verdict: Verdict::Partly,
            why: "On Mondays".into(),
            due: Some(day("2023-12-24")),
            by: ruth.clone(),
            at: at(6),
        }],
        translations: vec![Translation { id: record(seed, 62), words: "Lle tawel".into(), by: dan.clone(), at: at(7) }],
    }];
    file.grant = vec![line(seed, row, &ruth, &helen)];
    file.sections.insert(0, of_the_carer(seed, &ruth, &helen));
    let (section, words) = (SectionId::PrivateDetails, "Ring before you come".into());
    file.offered = vec![Offered { id: record(seed, 80), section, words, by: dan, at: at(80) }];
    file
}

/// What a carer wrote, in English twice: as it stands, and as it stood before.
fn of_the_carer(seed: u128, ruth: &str, helen: &str) -> Section {
    let now = "Він мало спить";
    let said = |number: u128, of: &str, words: &str, by: &str| Translated {
        id: record(seed, number),
        path: "worries".into(),
        wording: fingerprint(of),
        words: words.into(),
        by: by.into(),
        at: at(number as i64),
    };
    Section {
        section: SectionId::CarersView,
        values: Values { texts: [("worries".to_string(), now.to_string())].into_iter().collect(), ..Values::default() },
        completed: None,
        translations: vec![
            said(63, "Він не спить", "He doesn't sleep", helen),
            said(64, now, "He sleeps little", ruth),
        ],
    }
}

/// One target, kept by an edit while another removed it, with a fact set apart by three.
fn targets(row: &RowId) -> Values {
    let by_when = (1..=3).map(|number| Entry {
        by: writer(number).to_string(),
        at: at(number as i64),
        value: format!("2023-12-{:02}", number + 10),
    });
    let kept = Row { id: row.clone(), order: "V".into(), removed_by: Some(writer(2).to_string()), kept_by_edit: true };
    Values {
        texts: [
            (format!("targets/{row}/what"), "Reads ten minutes, every evening \u{1F4DA}".to_string()),
            ("changes".to_string(), "A visit\nin June".to_string()),
        ]
        .into_iter()
        .collect(),
        facts: [(format!("targets/{row}/by-when"), by_when.collect())].into_iter().collect(),
        rows: [("targets".to_string(), vec![kept])].into_iter().collect(),
        kept: [(format!("targets/{row}/by-when"), writer(1).to_string())].into_iter().collect(),
    }
}

fn scores() -> Values {
    let entry = Entry { by: YOUNG_PERSON.into(), at: at(1), value: "17".into() };
    Values { facts: [("total".to_string(), vec![entry])].into_iter().collect(), ..Values::default() }
}

/// Values that everybody wrote, so that everybody is named.
fn scores_of_all() -> Values {
    let entry = |number: u128| Entry { by: writer(number).to_string(), at: at(1), value: "17".into() };
    Values { facts: [("total".to_string(), (1..=3).map(entry).collect())].into_iter().collect(), ..Values::default() }
}

fn change(seed: u128, number: u128, path: String, (was, became): (&str, &str), by: &str, at: Moment) -> Change {
    let (was, became, by) = (was.into(), became.into(), by.into());
    Change { id: record(seed, number), section: SectionId::Targets, path, was, became, by, at }
}

fn line(seed: u128, target: RowId, ruth: &str, helen: &str) -> GrantLine {
    let mark = |by: &str, seconds| Mark { by: by.into(), at: at(seconds) };
    GrantLine {
        id: LineId::new(id(seed, 70)),
        asked: Request {
            target,
            item: "Maths tuition".into(),
            units: 10,
            unit_cost: Pence(2_500),
            provider: "Invented Tutors".into(),
            starts: day("2023-11-30"),
            ends: day("2024-02-01"),
            expected: "From 31 to 40".into(),
            idea: Some(RowId::new(id(seed, 4))),
        },
        financial_year: FinancialYear(2023),
        state: "paid".into(),
        reason: String::new(),
        requested: mark(ruth, 70),
        decided: Some(mark(helen, 71)),
        paid: Some(mark(helen, 72)),
        withdrawn: None,
        actual: Some(Actual { words: "38".into(), by: ruth.into(), at: at(99) }),
    }
}
