//! People, children, schools, and what each person is to each child.

use super::{Db, DbError, read, read_some, rows};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{ChildId, PersonId, Relationship};
use crate::domain::words::Language;
use crate::server::ids;
use sqlx::Row;
use sqlx::any::AnyRow;

/// Someone who signs in.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub password_hash: String,
}

/// What is said of a child when the child is added.
#[derive(Clone, Debug)]
pub struct NewChild {
    /// What the child likes to be called.
    pub name: String,
    pub full_name: String,
    pub born: Day,
    /// A school's name; none while the child has no school.
    pub school: Option<String>,
    pub year_group: String,
    pub code_hash: Option<String>,
}

/// Somebody who is, was or will be something to a child.
#[derive(Clone, Debug)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub relationship: Relationship,
}

/// An e-mail address as it is kept and compared.
pub fn spelled(email: &str) -> String {
    email.trim().to_lowercase()
}

pub async fn by_email(db: &Db, email: &str) -> Result<Option<Person>, DbError> {
    let row = sqlx::query("select id, name, password_hash from person where email = $1")
        .bind(rows::text(&spelled(email)))
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| {
        Ok(Person {
            id: read(row.try_get("id")?)?,
            name: row.try_get("name")?,
            password_hash: row.try_get("password_hash")?,
        })
    })
    .transpose()
}

/// Whether nobody and nothing was ever added.
pub async fn is_empty(db: &Db) -> Result<bool, DbError> {
    let row = sqlx::query(
        "select (select count(*) from person) + (select count(*) from child) + (select count(*) from school) as things",
    )
    .fetch_one(db.reader())
    .await?;
    Ok(row.try_get::<i64, _>("things")? == 0)
}

/// Adds someone who may sign in. `DbError::is_taken` says that the address is in use.
pub async fn add(db: &Db, name: &str, email: &str, password_hash: &str, at: Moment) -> Result<PersonId, DbError> {
    let id = PersonId::new(ids::fresh());
    sqlx::query("insert into person (id, name, email, password_hash, made_at) values ($1, $2, $3, $4, $5)")
        .bind(id.to_string())
        .bind(name)
        .bind(spelled(email))
        .bind(password_hash)
        .bind(at.0)
        .execute(db.writer())
        .await?;
    Ok(id)
}

/// Gives a person another password, and ends what the one before let in: their sessions and
/// their tokens, all with it or nothing.
pub async fn change_password(db: &Db, person: &PersonId, password_hash: &str) -> Result<(), DbError> {
    let mut transaction = db.begin().await?;
    sqlx::query("update person set password_hash = $2 where id = $1")
        .bind(person.to_string())
        .bind(password_hash)
        .execute(&mut *transaction)
        .await?;
    for theirs in ["delete from session where person_id = $1", "delete from token where person_id = $1"] {
        sqlx::query(theirs).bind(person.to_string()).execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Adds a child, and the child's school where it is new.
pub async fn add_child(db: &Db, child: &NewChild) -> Result<ChildId, DbError> {
    let id = ChildId::new(ids::fresh());
    let school = match &child.school {
        Some(name) => Some(school(db, name).await?),
        None => None,
    };
    sqlx::query(
        "insert into child (id, name, full_name, born, school_id, year_group, code_hash)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.to_string())
    .bind(&child.name)
    .bind(&child.full_name)
    .bind(child.born.to_string())
    .bind(school)
    .bind(&child.year_group)
    .bind(child.code_hash.as_deref())
    .execute(db.writer())
    .await?;
    Ok(id)
}

/// Changes a child's school or year group, from the command line. Answers whether
/// there is such a child.
pub async fn change_child(
    db: &Db,
    child: &ChildId,
    school_name: Option<&str>,
    year_group: Option<&str>,
) -> Result<bool, DbError> {
    let school = match school_name {
        Some(name) => Some(school(db, name).await?),
        None => None,
    };
    let done = sqlx::query(
        "update child set school_id = coalesce($2, school_id), year_group = coalesce($3, year_group) where id = $1",
    )
    .bind(child.to_string())
    .bind(school)
    .bind(year_group)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The id of the school with this name, which is added where it is missing.
pub async fn school(db: &Db, name: &str) -> Result<String, DbError> {
    let known = sqlx::query("select id from school where name = $1 order by id limit 1")
        .bind(name)
        .fetch_optional(db.writer())
        .await?;
    if let Some(row) = known {
        return Ok(row.try_get("id")?);
    }
    let id = ids::fresh().to_string();
    sqlx::query("insert into school (id, name) values ($1, $2)").bind(&id).bind(name).execute(db.writer()).await?;
    Ok(id)
}

pub async fn is_child(db: &Db, child: &ChildId) -> Result<bool, DbError> {
    let row =
        sqlx::query("select id from child where id = $1").bind(child.to_string()).fetch_optional(db.reader()).await?;
    Ok(row.is_some())
}

/// Makes a person something to a child.
pub async fn join(db: &Db, person: &PersonId, relationship: &Relationship) -> Result<(), DbError> {
    sqlx::query(
        "insert into relationship (id, person_id, child_id, role, since, until) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ids::fresh().to_string())
    .bind(person.to_string())
    .bind(relationship.child.to_string())
    .bind(relationship.role.id())
    .bind(relationship.since.to_string())
    .bind(relationship.until.map(|day| day.to_string()))
    .execute(db.writer())
    .await?;
    Ok(())
}

/// Ends a person's part in a child's team on a day, and answers how many parts
/// that shortened.
pub async fn leave(db: &Db, person: &PersonId, child: &ChildId, until: Day) -> Result<u64, DbError> {
    let ended = sqlx::query(
        "update relationship set until = $3 where person_id = $1 and child_id = $2 and (until is null or until > $3)",
    )
    .bind(person.to_string())
    .bind(child.to_string())
    .bind(until.to_string())
    .execute(db.writer())
    .await?;
    Ok(ended.rows_affected())
}

/// Everything that a person is, was or will be to any child.
pub async fn relationships(db: &Db, person: &PersonId) -> Result<Vec<Relationship>, DbError> {
    let rows =
        sqlx::query("select child_id, role, since, until from relationship where person_id = $1 order by since, id")
            .bind(person.to_string())
            .fetch_all(db.reader())
            .await?;
    rows.iter().map(read_relationship).collect()
}

/// Everybody who is, was or will be in a child's team.
pub async fn members(db: &Db, child: &ChildId) -> Result<Vec<Member>, DbError> {
    let rows = sqlx::query(
        "select person.id as person_id, person.name as person_name,
                relationship.child_id, relationship.role, relationship.since, relationship.until
         from relationship join person on person.id = relationship.person_id
         where relationship.child_id = $1
         order by relationship.since, relationship.id",
    )
    .bind(child.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                person: read(row.try_get("person_id")?)?,
                name: row.try_get("person_name")?,
                relationship: read_relationship(row)?,
            })
        })
        .collect()
}

/// Where a person's e-mail goes.
pub async fn address(db: &Db, person: &PersonId) -> Result<Option<String>, DbError> {
    let row = sqlx::query("select email from person where id = $1")
        .bind(person.to_string())
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok(row.try_get("email")?)).transpose()
}

/// A person's name, as others in a plan see it.
pub async fn name(db: &Db, person: &PersonId) -> Result<Option<String>, DbError> {
    let row = sqlx::query("select name from person where id = $1")
        .bind(person.to_string())
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok(row.try_get("name")?)).transpose()
}

/// A child's names, as no e-mail may have them.
pub async fn names_of_child(db: &Db, child: &ChildId) -> Result<Vec<String>, DbError> {
    let row = sqlx::query("select name, full_name from child where id = $1")
        .bind(child.to_string())
        .fetch_optional(db.reader())
        .await?;
    row.map_or_else(|| Ok(Vec::new()), |row| Ok(vec![row.try_get("name")?, row.try_get("full_name")?]))
}

fn read_relationship(row: &AnyRow) -> Result<Relationship, DbError> {
    Ok(Relationship {
        child: read(row.try_get("child_id")?)?,
        role: read(row.try_get("role")?)?,
        since: read(row.try_get("since")?)?,
        until: read_some(row.try_get("until")?)?,
    })
}

/// The language that a person's own pages are in; none where they never chose one.
pub async fn language(db: &Db, person: &PersonId) -> Result<Option<Language>, DbError> {
    let row = sqlx::query("select language from person where id = $1")
        .bind(person.to_string())
        .fetch_optional(db.reader())
        .await?;
    let tag = row.map(|row| row.try_get::<Option<String>, _>("language")).transpose()?.flatten();
    Ok(tag.and_then(|tag| Language::from_tag(&tag)))
}

/// Remembers the language of a person's own pages.
pub async fn speak(db: &Db, person: &PersonId, language: Language) -> Result<(), DbError> {
    sqlx::query("update person set language = $2 where id = $1")
        .bind(person.to_string())
        .bind(language.tag())
        .execute(db.writer())
        .await?;
    Ok(())
}
