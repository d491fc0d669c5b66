//! Reading one plan whole, all of it as it was at one moment.

use super::{beside, people};
use crate::domain::calendar::Moment;
use crate::domain::people::PlanId;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::server::db::journal::Whose;
use crate::server::db::{Db, DbError, read};
use crate::server::portable::file::{
    AsAgreed, Change, Child, FORMAT, File, Mark, Meeting, Plan, Regulations, Section, Translated,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

/// The whole of a plan, or nothing where there is no such plan.
pub async fn export(db: &Db, plan: &PlanId) -> Result<Option<File>, DbError> {
    db.settle_for(Whose::Plan(plan)).await?;
    let mut snapshot = db.snapshot().await?;
    let connection = &mut *snapshot;
    let Some((child, plan)) = head(connection, plan).await? else { return Ok(None) };
    let id = &plan.id;
    let mut file = File {
        format: FORMAT.into(),
        complete: true,
        seen_by: None,
        regulations: Regulations::known(),
        sections: sections(connection, id).await?,
        history: changes(connection, id, CHANGES).await?,
        steps: beside::steps(connection, id).await?,
        signatures: beside::signatures(connection, id).await?,
        quality: beside::quality(connection, id).await?,
        addenda: beside::addenda(connection, id).await?,
        late_edits: changes(connection, id, LATE).await?,
        offered: beside::offered(connection, id).await?,
        shared: beside::shared(connection, id).await?,
        grant: beside::grant(connection, id).await?,
        people: Vec::new(),
        child,
        plan,
    };
    file.people = people::named(connection, &file).await?;
    Ok(Some(file))
}

async fn head(connection: &mut AnyConnection, plan: &PlanId) -> Result<Option<(Child, Plan)>, DbError> {
    let row = sqlx::query(
        "select plan.id, plan.year, plan.term, plan.number, plan.state, plan.meeting_at, plan.meeting_place,
                plan.made_at, plan.year_group as agreed_year_group, plan.school_name as agreed_school_name,
                child.id as child_id, child.name, child.full_name, child.born, child.year_group, school.name as school_name
         from plan join child on child.id = plan.child_id left join school on school.id = child.school_id
         where plan.id = $1",
    )
    .bind(plan.to_string())
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let child = Child {
            id: read(row.try_get("child_id")?)?,
            name: row.try_get("name")?,
            full_name: row.try_get("full_name")?,
            born: read(row.try_get("born")?)?,
            year_group: row.try_get("year_group")?,
            school: row.try_get("school_name")?,
        };
        let (year, at): (i64, Option<i64>) = (row.try_get("year")?, row.try_get("meeting_at")?);
        let place: Option<String> = row.try_get("meeting_place")?;
        let school = row.try_get("agreed_school_name")?;
        let as_agreed = |year_group| AsAgreed { year_group, school };
        let plan = Plan {
            id: read(row.try_get("id")?)?,
            year: year.try_into().map_err(|_| DbError::Unreadable(format!("the year {year}")))?,
            term: read(row.try_get("term")?)?,
            number: row.try_get("number")?,
            state: read(row.try_get("state")?)?,
            meeting: at.map(|at| Meeting { at: Moment(at), place: place.unwrap_or_default() }),
            as_agreed: row.try_get::<Option<String>, _>("agreed_year_group")?.map(as_agreed),
            made_at: Moment(row.try_get("made_at")?),
        };
        Ok((child, plan))
    })
    .transpose()
}

/// What each section says, in the order of the task list, whether it is complete, and what
/// its words say in another language. The private document is not even asked for.
async fn sections(connection: &mut AnyConnection, plan: &PlanId) -> Result<Vec<Section>, DbError> {
    let documents = sqlx::query("select section, field_values from document where plan_id = $1 and section <> $2")
        .bind(plan.to_string())
        .bind(SectionId::MyVoice.id())
        .fetch_all(&mut *connection)
        .await?;
    let completed = sqlx::query(
        "select section, completed_by, completed_at from section_state
         where plan_id = $1 and section <> $2 and completed_at is not null",
    )
    .bind(plan.to_string())
    .bind(SectionId::MyVoice.id())
    .fetch_all(&mut *connection)
    .await?;
    let translated = sqlx::query(
        "select section, id, path, wording, words, by_whom, at from section_translation
         where plan_id = $1 and section <> $2 order by at, id",
    )
    .bind(plan.to_string())
    .bind(SectionId::MyVoice.id())
    .fetch_all(connection)
    .await?;
    let mut all: Vec<_> = SectionId::ALL.iter().map(|section| empty(*section)).collect();
    for row in documents {
        let section = part(&mut all, &row)?;
        let text: String = row.try_get("field_values")?;
        section.values = serde_json::from_str(&text).map_err(|error| DbError::Unreadable(error.to_string()))?;
    }
    for row in completed {
        let mark = Mark {
            by: row.try_get::<Option<String>, _>("completed_by")?.unwrap_or_default(),
            at: Moment(row.try_get("completed_at")?),
        };
        part(&mut all, &row)?.completed = Some(mark);
    }
    for row in translated {
        let said = Translated {
            id: read(row.try_get("id")?)?,
            path: row.try_get("path")?,
            wording: row.try_get("wording")?,
            words: row.try_get("words")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        };
        part(&mut all, &row)?.translations.push(said);
    }
    all.retain(|part| *part != empty(part.section));
    Ok(all)
}

fn empty(section: SectionId) -> Section {
    Section { section, values: Values::default(), completed: None, translations: Vec::new() }
}

fn part<'a>(all: &'a mut [Section], row: &AnyRow) -> Result<&'a mut Section, DbError> {
    let id: SectionId = read(row.try_get("section")?)?;
    let found = all.iter_mut().find(|part| part.section == id);
    found.ok_or_else(|| DbError::Unreadable(format!("the section {}", id.id())))
}

const CHANGES: &str = "select id, section, path, was, became, by_whom, at from history
     where document in (select name from document where plan_id = $1 and section <> $2) order by at, id";
const LATE: &str = "select id, section, path, was, became, by_whom, at from late_edit
     where plan_id = $1 and section <> $2 order by at, id";

async fn changes(connection: &mut AnyConnection, plan: &PlanId, sql: &'static str) -> Result<Vec<Change>, DbError> {
    let rows = sqlx::query(sql).bind(plan.to_string()).bind(SectionId::MyVoice.id()).fetch_all(connection).await?;
    let change = |row: &AnyRow| {
        Ok(Change {
            id: read(row.try_get("id")?)?,
            section: read(row.try_get("section")?)?,
            path: row.try_get("path")?,
            was: row.try_get("was")?,
            became: row.try_get("became")?,
            by: row.try_get("by_whom")?,
            at: Moment(row.try_get("at")?),
        })
    };
    rows.iter().map(change).collect()
}
