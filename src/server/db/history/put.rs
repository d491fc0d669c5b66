//! The lines of history that updates make.

use crate::domain::calendar::Moment;
use crate::server::db::documents::Written;
use crate::server::db::{DbError, rows};
use crate::server::ids;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use std::collections::HashMap;

/// How long one person's changes to one field count as one change, in milliseconds.
const ONE_CHANGE: i64 = 60_000;

/// A line that is new, or goes on.
struct Line<'a> {
    id: String,
    written: &'a Written<'a>,
    path: &'a str,
    began: Moment,
    was: &'a str,
    became: &'a str,
    /// When it went on; none in a line of one change.
    last: Option<Moment>,
}

/// The last line of a place.
struct Last {
    id: String,
    by: String,
    began: Moment,
    /// Its place among the lines that these updates make, where it is one of them.
    line: Option<usize>,
}

/// A document and a path in it.
type Place = (String, String);

/// Notes what updates changed, in their order.
pub async fn put<'a>(
    connection: &mut AnyConnection,
    updates: impl Iterator<Item = &'a Written<'a>> + Clone,
) -> Result<(), DbError> {
    let places = updates.clone().flat_map(|written| {
        written.update.changed.iter().map(|changed| (written.name.to_string(), changed.path.clone()))
    });
    let mut places: Vec<Place> = places.collect();
    places.sort();
    places.dedup();
    let mut last = last_lines(connection, &places).await?;
    let mut lines: Vec<Line> = Vec::new();
    for written in updates {
        for changed in &written.update.changed {
            let (update, at) = (written.update, written.update.at);
            let (path, was, became) = (changed.path.as_str(), changed.was.as_str(), changed.became.as_str());
            let place = (written.name.to_string(), changed.path.clone());
            let goes_on = |last: &&mut Last| at.0 - last.began.0 < ONE_CHANGE && last.by == update.by;
            match last.get_mut(&place).filter(goes_on) {
                Some(Last { line: Some(line), .. }) => {
                    (lines[*line].became, lines[*line].last) = (became, Some(at));
                }
                Some(known) => {
                    known.line = Some(lines.len());
                    let (id, began) = (known.id.clone(), known.began);
                    lines.push(Line { id, written, path, began, was, became, last: Some(at) });
                }
                None => {
                    let id = ids::fresh().to_string();
                    let new = Last { id: id.clone(), by: update.by.clone(), began: at, line: Some(lines.len()) };
                    last.insert(place, new);
                    lines.push(Line { id, written, path, began: at, was, became, last: None });
                }
            }
        }
    }
    store(connection, &lines).await
}

/// The last line of each of these places, where there is one.
async fn last_lines(connection: &mut AnyConnection, places: &[Place]) -> Result<HashMap<Place, Last>, DbError> {
    let mut found = HashMap::new();
    for some in rows::filled(places) {
        let one = |at: usize| {
            let (document, path) = (2 * at + 1, 2 * at + 2);
            format!(
                "(select id from history where document = ${document} and path = ${path} order by at desc, id desc limit 1)"
            )
        };
        let each: Vec<_> = (0..some.len()).map(one).collect();
        let sql = format!("select id, document, path, by_whom, at from history where id in ({})", each.join(", "));
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (document, path) in some {
            query = query.bind(document).bind(path);
        }
        for row in query.fetch_all(&mut *connection).await? {
            let place = (row.try_get("document")?, row.try_get("path")?);
            let began = Moment(row.try_get("at")?);
            found.insert(place, Last { id: row.try_get("id")?, by: row.try_get("by_whom")?, began, line: None });
        }
    }
    Ok(found)
}

async fn store(connection: &mut AnyConnection, lines: &[Line<'_>]) -> Result<(), DbError> {
    for some in rows::parts(lines) {
        let sql = format!(
            "insert into history (id, document, plan_id, section, path, by_whom, at, was, became, last_at) values {}
             on conflict (id) do update set became = excluded.became, last_at = excluded.last_at",
            rows::values(some.len(), 10)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for line in some {
            let Written { name, update } = line.written;
            query = query.bind(&line.id).bind(name.to_string()).bind(name.plan.to_string()).bind(name.section.id());
            query = query.bind(line.path).bind(&update.by).bind(line.began.0).bind(line.was).bind(line.became);
            query = query.bind(line.last.map(|last| last.0));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
