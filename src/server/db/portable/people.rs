//! Those whom a file names.

use crate::domain::access::YOUNG_PERSON;
use crate::domain::calendar::Day;
use crate::domain::people::{ChildId, PersonId, Role};
use crate::server::db::{DbError, read};
use crate::server::ids;
use crate::server::portable::file::{File, Person};
use sqlx::{AnyConnection, Row};

/// Everybody whom the rest of a file names, by id.
pub(super) async fn named(connection: &mut AnyConnection, file: &File) -> Result<Vec<Person>, DbError> {
    let mut people = Vec::new();
    for name in file.names().into_iter().filter(|name| name != YOUNG_PERSON) {
        let id: PersonId = read(name)?;
        let row = sqlx::query("select name from person where id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *connection)
            .await?;
        let name = row.map(|row| row.try_get("name")).transpose()?.unwrap_or_else(|| "Someone who has left".into());
        let roles = roles(&mut *connection, &id, &file.child.id).await?;
        people.push(Person { id, name, roles });
    }
    people.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(people)
}

/// What somebody is, was or will be to a child.
async fn roles(connection: &mut AnyConnection, person: &PersonId, child: &ChildId) -> Result<Vec<Role>, DbError> {
    let rows = sqlx::query("select distinct role from relationship where person_id = $1 and child_id = $2")
        .bind(person.to_string())
        .bind(child.to_string())
        .fetch_all(connection)
        .await?;
    let mut roles = rows.iter().map(|row| read(row.try_get("role")?)).collect::<Result<Vec<Role>, _>>()?;
    roles.sort_unstable();
    Ok(roles)
}

/// Adds whoever is missing. `.invalid` is nobody's address and never will be.
pub(super) async fn add(
    connection: &mut AnyConnection,
    person: &Person,
    nobodys: &str,
    at: i64,
) -> Result<(), DbError> {
    sqlx::query(
        "insert into person (id, name, email, password_hash, made_at) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
    )
    .bind(person.id.to_string())
    .bind(&person.name)
    .bind(format!("{}@imported.invalid", person.id))
    .bind(nobodys)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Remembers what somebody was to a child. It has ended before it is here: a file
/// gives nobody a right.
pub(super) async fn was(
    connection: &mut AnyConnection,
    person: &Person,
    child: &ChildId,
    (since, until): (Day, Day),
) -> Result<(), DbError> {
    let known = roles(&mut *connection, &person.id, child).await?;
    let mut missing: Vec<_> = person.roles.iter().filter(|role| !known.contains(role)).collect();
    missing.dedup();
    for role in missing {
        sqlx::query(
            "insert into relationship (id, person_id, child_id, role, since, until) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(ids::fresh().to_string())
        .bind(person.id.to_string())
        .bind(child.to_string())
        .bind(role.id())
        .bind(since.to_string())
        .bind(until.to_string())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
