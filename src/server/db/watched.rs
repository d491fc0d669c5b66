//! What is known of plans without opening them: the facts that deadlines are
//! counted from, the actions, and the occasions that nobody has looked at.

use super::plans::{self, Plan, still_counts};
use super::{Db, DbError, read, read_some};
use crate::domain::calendar::{Day, Moment};
use crate::domain::deadlines::Facts;
use crate::domain::people::{PersonId, PlanId};
use crate::domain::plan::State;
use crate::domain::reminders::{self, NotOk, OpenOccasion, OpenRequest};
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::domain::voice::{Made, asks};
use sqlx::Row;
use std::collections::BTreeMap;

/// Which plans, of those about which something may still be said.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    Every,
    /// Those of the children whose team someone is in on a day.
    Of(&'a PersonId, Day),
    One(&'a PlanId),
}

/// A plan with what is counted from.
#[derive(Clone, Debug)]
pub struct Watched {
    pub plan: Plan,
    pub facts: Facts,
    pub actions: Values,
    pub occasions: Vec<OpenOccasion>,
    pub requests: Vec<OpenRequest>,
    pub not_ok: Vec<NotOk>,
}

impl Watched {
    /// As reminders need it.
    pub fn as_watched(&self) -> reminders::Watched<'_> {
        let Self { facts, actions, occasions, requests, not_ok, .. } = self;
        reminders::Watched { facts, actions, occasions, requests, not_ok }
    }
}

/// Ends every query here; binds a plan's id or nothing, a person's id or nothing, a day.
macro_rules! open {
    ($begin:literal) => {
        concat!(
            $begin,
            " where ($1 = '' or plan.id = $1)
              and ($2 = '' or plan.child_id in (
                select child_id from relationship
                where person_id = $2 and since <= $3 and (until is null or until >= $3)))
              and ",
            still_counts!()
        )
    };
}

pub async fn find(db: &Db, which: Which<'_>) -> Result<Vec<Watched>, DbError> {
    // Who reads none of what waits in a plan opens that all the same: days are counted from
    // what stood there before.
    db.settle().await?;
    let [plan, person, day] = which.bound();
    let mut moved = BTreeMap::new();
    let steps = sqlx::query(open!(
        "select plan_step.plan_id, plan_step.step, plan_step.became, plan_step.at
         from plan_step join plan on plan.id = plan_step.plan_id"
    ));
    for row in steps.bind(&plan).bind(&person).bind(&day).fetch_all(db.reader()).await? {
        let id: String = row.try_get("plan_id")?;
        let step = (row.try_get::<i64, _>("at")?, row.try_get("step")?, row.try_get("became")?);
        moved.entry(id).or_insert_with(Vec::new).push(step);
    }
    let mut written = BTreeMap::new();
    let documents = sqlx::query(open!(
        "select document.plan_id, document.section,
                case when document.section in ('care-details', 'actions') then document.field_values else '' end as said
         from document join plan on plan.id = document.plan_id"
    ));
    for row in documents.bind(&plan).bind(&person).bind(&day).fetch_all(db.reader()).await? {
        let id: String = row.try_get("plan_id")?;
        let said = (row.try_get("section")?, row.try_get("said")?);
        written.entry(id).or_insert_with(Vec::new).push(said);
    }
    let mut occasions = BTreeMap::new();
    let waiting = sqlx::query(open!(
        "select occasion.id, occasion.plan_id, occasion.kind, occasion.due
         from occasion join plan on plan.id = occasion.plan_id and occasion.done_at is null"
    ));
    for row in waiting.bind(&plan).bind(&person).bind(&day).fetch_all(db.reader()).await? {
        let id: String = row.try_get("plan_id")?;
        let occasion =
            OpenOccasion { id: row.try_get("id")?, kind: read(row.try_get("kind")?)?, due: read(row.try_get("due")?)? };
        occasions.entry(id).or_insert_with(Vec::new).push(occasion);
    }
    let mut requests = requests(db, [&plan, &person, &day]).await?;
    let mut not_ok = not_ok(db, [&plan, &person, &day]).await?;
    let plans = match which {
        Which::One(id) => plans::find(db, id).await?.into_iter().collect(),
        _ => plans::open(db, &person, &day).await?,
    };
    let watched = |plan: Plan| {
        let id = plan.id.to_string();
        let mut found = watched(plan, moved.remove(&id), written.remove(&id))?;
        found.occasions = occasions.remove(&id).unwrap_or_default();
        found.requests = requests.remove(&id).unwrap_or_default();
        found.not_ok = not_ok.remove(&id).unwrap_or_default();
        Ok(found)
    };
    plans.into_iter().map(watched).collect()
}

/// What young people asked for and has no reply, for each plan, with those they told.
async fn requests(db: &Db, [plan, person, day]: [&str; 3]) -> Result<BTreeMap<String, Vec<OpenRequest>>, DbError> {
    let asked = sqlx::query(open!(
        "select answer.id, answer.plan_id, answer.question, answer.pick, answer.words, answer.shared_at,
                answer.drawing, answer.recording, answer.picture_words,
                shared_with.person_id
         from shared_answer as answer join plan on plan.id = answer.plan_id and answer.withdrawn_at is null
           and answer.asked_back_at is null
           and not exists (select 1 from reply where reply.answer_id = answer.id)
         join shared_with on shared_with.answer_id = answer.id"
    ));
    let mut all: BTreeMap<String, Vec<OpenRequest>> = BTreeMap::new();
    for row in asked.bind(plan).bind(person).bind(day).fetch_all(db.reader()).await? {
        let (question, pick, words): (String, String, String) =
            (row.try_get("question")?, row.try_get("pick")?, row.try_get("words")?);
        let made = Made {
            drawing: read_some(row.try_get("drawing")?)?,
            recording: read_some(row.try_get("recording")?)?,
            picture_words: row.try_get::<Option<String>, _>("picture_words")?.unwrap_or_default(),
        };
        if !asks(&question, &pick, &words, &made) {
            continue;
        }
        let (id, of): (String, PersonId) = (row.try_get("id")?, read(row.try_get("person_id")?)?);
        let of_plan = all.entry(row.try_get("plan_id")?).or_default();
        match of_plan.iter_mut().find(|request| request.id == id) {
            Some(request) => request.of.push(of),
            None => {
                let asked_on = Moment(row.try_get("shared_at")?).day();
                of_plan.push(OpenRequest { id, asked_on, of: vec![of] });
            }
        }
    }
    Ok(all)
}

/// The replies with which young people said that they aren't OK, and that have no newer
/// reply, for each plan.
async fn not_ok(db: &Db, [plan, person, day]: [&str; 3]) -> Result<BTreeMap<String, Vec<NotOk>>, DbError> {
    let said = sqlx::query(open!(
        "select back.answer_id, back.ok, back.at, reply.by_whom, answer.plan_id
         from answered_back as back
         join shared_answer as answer on answer.id = back.answer_id and answer.withdrawn_at is null
           and answer.asked_back_at is null
         join reply on reply.answer_id = back.answer_id and reply.at = back.reply_at
           and not exists (select 1 from reply as newer where newer.answer_id = reply.answer_id and newer.at > reply.at)
         join plan on plan.id = answer.plan_id"
    ));
    // Of what was said to one reply, the last counts.
    let mut latest: BTreeMap<String, (i64, bool, String, NotOk)> = BTreeMap::new();
    for row in said.bind(plan).bind(person).bind(day).fetch_all(db.reader()).await? {
        let (answer, at): (String, i64) = (row.try_get("answer_id")?, row.try_get("at")?);
        if latest.get(&answer).is_some_and(|(before, ..)| *before > at) {
            continue;
        }
        let not_ok = NotOk { id: answer.clone(), said_on: Moment(at).day(), decided: read(row.try_get("by_whom")?)? };
        latest.insert(answer, (at, row.try_get::<i64, _>("ok")? != 0, row.try_get("plan_id")?, not_ok));
    }
    let mut all: BTreeMap<String, Vec<NotOk>> = BTreeMap::new();
    for (_, ok, plan, not_ok) in latest.into_values() {
        if !ok {
            all.entry(plan).or_default().push(not_ok);
        }
    }
    Ok(all)
}

impl Which<'_> {
    fn bound(self) -> [String; 3] {
        match self {
            Which::Every => Default::default(),
            Which::Of(person, day) => [String::new(), person.to_string(), day.to_string()],
            Which::One(plan) => [plan.to_string(), String::new(), String::new()],
        }
    }
}

/// When it moved, which step that was, and where it led.
type Moved = (i64, String, String);

fn watched(plan: Plan, moved: Option<Vec<Moved>>, written: Option<Vec<(String, String)>>) -> Result<Watched, DbError> {
    let mut moved = moved.unwrap_or_default();
    moved.sort();
    let last = |is: &dyn Fn(&Moved) -> bool| moved.iter().rev().find(|step| is(step)).map(|(at, ..)| Moment(*at).day());
    let written = written.unwrap_or_default();
    let said = |section: SectionId| -> Result<Values, DbError> {
        match written.iter().find(|(id, _)| id == section.id()) {
            Some((_, said)) => serde_json::from_str(said).map_err(|error| DbError::Unreadable(error.to_string())),
            None => Ok(Values::default()),
        }
    };
    // What a child writes for themselves, and what was copied from the care plan, is
    // no beginning of a plan.
    let apart = [SectionId::MyVoice, SectionId::CareDetails, SectionId::PrivateDetails].map(SectionId::id);
    let into_care = said(SectionId::CareDetails)?.fact("into-care").and_then(|day| day.parse().ok());
    let state = plan.state;
    let facts = Facts {
        number: plan.number,
        year: plan.year,
        term: plan.term,
        state,
        begun: written.iter().any(|(section, _)| !apart.contains(&section.as_str())),
        into_care,
        meeting: plan.meeting.as_ref().map(|(at, _)| at.day()),
        held: last(&|(_, step, _)| step == "end-meeting"),
        since: last(&|(_, _, became)| became.parse::<State>() == Ok(state)),
    };
    let actions = said(SectionId::Actions)?;
    Ok(Watched { actions, facts, plan, occasions: Vec::new(), requests: Vec::new(), not_ok: Vec::new() })
}
