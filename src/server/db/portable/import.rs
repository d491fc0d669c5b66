//! Writing one plan whole: all of it or nothing.

use super::{people, put};
use crate::domain::calendar::Moment;
use crate::domain::plan::DocumentName;
use crate::domain::sections::SectionId;
use crate::domain::values::Values;
use crate::server::db::{Db, DbError};
use crate::server::ids;
use crate::server::portable::Rebuilt;
use crate::server::portable::file::{Change, File};
use sqlx::{AnyConnection, Row};

/// A plan that is to come in.
pub struct Import<'a> {
    pub file: &'a File,
    pub documents: Vec<Document<'a>>,
    /// The hash of a password that nobody knows.
    pub nobodys: String,
    pub at: Moment,
}

/// One of its sections.
pub struct Document<'a> {
    pub section: SectionId,
    pub values: &'a Values,
    pub made: Rebuilt,
}

/// Why a plan didn't come in.
#[derive(Debug)]
pub enum Refused {
    /// It is here already.
    There,
    /// The child has another plan for its term, or with its number.
    Term,
    Database(DbError),
}

impl<E: Into<DbError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Refused::Database(error.into())
    }
}

/// Who wrote a document here, as far as its updates go.
const WRITER: &str = "import";

/// Brings a plan in. The documents are put in as they are, since a plan that is agreed
/// takes no edits.
pub async fn import(db: &Db, import: &Import<'_>) -> Result<(), Refused> {
    let file = import.file;
    let mut transaction = db.begin().await?;
    let connection = &mut *transaction;
    is_new(connection, file).await?;
    child(connection, file).await?;
    let yesterday = import.at.day().plus(-1);
    let past = (file.plan.made_at.day().min(yesterday), yesterday);
    for person in &file.people {
        people::add(connection, person, &import.nobodys, import.at.0).await?;
        people::was(connection, person, &file.child.id, past).await?;
    }
    plan(connection, file).await?;
    for document in &import.documents {
        put_document(connection, file, document, import.at).await?;
    }
    completed(connection, file).await?;
    for change in &file.history {
        put_change(connection, file, change).await?;
    }
    for change in &file.late_edits {
        put_late(connection, file, change).await?;
    }
    put::beside(connection, file).await?;
    transaction.commit().await?;
    Ok(())
}

async fn is_new(connection: &mut AnyConnection, file: &File) -> Result<(), Refused> {
    let rows = sqlx::query(
        "select id from plan where id = $1 or (child_id = $2 and ((year = $3 and term = $4) or number = $5))",
    )
    .bind(file.plan.id.to_string())
    .bind(file.child.id.to_string())
    .bind(i64::from(file.plan.year))
    .bind(file.plan.term.id())
    .bind(file.plan.number)
    .fetch_all(connection)
    .await?;
    let own = file.plan.id.to_string();
    for row in &rows {
        if row.try_get::<String, _>("id")? == own {
            return Err(Refused::There);
        }
    }
    if rows.is_empty() { Ok(()) } else { Err(Refused::Term) }
}

/// Adds the child and their school where they are missing. A child who is here stays
/// as they are known here.
async fn child(connection: &mut AnyConnection, file: &File) -> Result<(), DbError> {
    let child = &file.child;
    let known = sqlx::query("select id from child where id = $1")
        .bind(child.id.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    if known.is_some() {
        return Ok(());
    }
    let school = match &child.school {
        Some(name) => Some(school(&mut *connection, name).await?),
        None => None,
    };
    sqlx::query(
        "insert into child (id, name, full_name, born, school_id, year_group, code_hash)
         values ($1, $2, $3, $4, $5, $6, null)",
    )
    .bind(child.id.to_string())
    .bind(&child.name)
    .bind(&child.full_name)
    .bind(child.born.to_string())
    .bind(school)
    .bind(&child.year_group)
    .execute(connection)
    .await?;
    Ok(())
}

async fn school(connection: &mut AnyConnection, name: &str) -> Result<String, DbError> {
    let known = sqlx::query("select id from school where name = $1 order by id limit 1")
        .bind(name)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = known {
        return Ok(row.try_get("id")?);
    }
    let id = ids::fresh().to_string();
    sqlx::query("insert into school (id, name) values ($1, $2)").bind(&id).bind(name).execute(connection).await?;
    Ok(id)
}

async fn plan(connection: &mut AnyConnection, file: &File) -> Result<(), DbError> {
    let (plan, meeting, frozen) = (&file.plan, file.plan.meeting.as_ref(), file.as_agreed());
    sqlx::query(
        "insert into plan (id, child_id, year, term, number, state, meeting_at, meeting_place, made_at,
                           year_group, school_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(plan.id.to_string())
    .bind(file.child.id.to_string())
    .bind(i64::from(plan.year))
    .bind(plan.term.id())
    .bind(plan.number)
    .bind(plan.state.id())
    .bind(meeting.map(|meeting| meeting.at.0))
    .bind(meeting.map(|meeting| meeting.place.clone()))
    .bind(plan.made_at.0)
    .bind(frozen.as_ref().map(|frozen| frozen.year_group.clone()))
    .bind(frozen.and_then(|frozen| frozen.school))
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_document(
    connection: &mut AnyConnection,
    file: &File,
    document: &Document<'_>,
    at: Moment,
) -> Result<(), DbError> {
    if *document.values == Values::default() {
        return Ok(());
    }
    let name = DocumentName { plan: file.plan.id.clone(), section: document.section }.to_string();
    let values = serde_json::to_string(document.values).map_err(|error| DbError::Unreadable(error.to_string()))?;
    sqlx::query("insert into document (name, plan_id, section, seq, field_values) values ($1, $2, $3, 1, $4)")
        .bind(&name)
        .bind(file.plan.id.to_string())
        .bind(document.section.id())
        .bind(values)
        .execute(&mut *connection)
        .await?;
    sqlx::query("insert into document_update (document, seq, by_whom, at, bytes) values ($1, 1, $2, $3, $4)")
        .bind(&name)
        .bind(WRITER)
        .bind(at.0)
        .bind(document.made.state.clone())
        .execute(&mut *connection)
        .await?;
    // Each number has an owner, so that nobody goes on writing under it.
    for client in &document.made.clients {
        sqlx::query("insert into document_client (document, client, by_whom) values ($1, $2, $3)")
            .bind(&name)
            .bind(*client as i64)
            .bind(WRITER)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn completed(connection: &mut AnyConnection, file: &File) -> Result<(), DbError> {
    for part in &file.sections {
        let Some(completed) = &part.completed else { continue };
        sqlx::query("insert into section_state (plan_id, section, completed_by, completed_at) values ($1, $2, $3, $4)")
            .bind(file.plan.id.to_string())
            .bind(part.section.id())
            .bind(&completed.by)
            .bind(completed.at.0)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// A change belongs to a document, also where nothing of the document is left.
async fn put_change(connection: &mut AnyConnection, file: &File, change: &Change) -> Result<(), DbError> {
    let name = DocumentName { plan: file.plan.id.clone(), section: change.section }.to_string();
    sqlx::query(
        "insert into document (name, plan_id, section, seq, field_values) values ($1, $2, $3, 0, '{}')
         on conflict (name) do nothing",
    )
    .bind(&name)
    .bind(file.plan.id.to_string())
    .bind(change.section.id())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "insert into history (id, document, plan_id, section, path, by_whom, at, was, became)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(change.id.to_string())
    .bind(name)
    .bind(file.plan.id.to_string())
    .bind(change.section.id())
    .bind(&change.path)
    .bind(&change.by)
    .bind(change.at.0)
    .bind(&change.was)
    .bind(&change.became)
    .execute(connection)
    .await?;
    Ok(())
}

async fn put_late(connection: &mut AnyConnection, file: &File, change: &Change) -> Result<(), DbError> {
    sqlx::query(
        "insert into late_edit (id, plan_id, section, path, was, became, by_whom, at, became_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(change.id.to_string())
    .bind(file.plan.id.to_string())
    .bind(change.section.id())
    .bind(&change.path)
    .bind(&change.was)
    .bind(&change.became)
    .bind(&change.by)
    .bind(change.at.0)
    .bind(ids::hashed(&change.became))
    .execute(connection)
    .await?;
    Ok(())
}
