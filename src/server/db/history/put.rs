//! The lines of history that updates make.

use crate::domain::calendar::Moment;
use crate::domain::history::together::{ONE_CHANGE, Own, Step, in_turn, together};
use crate::domain::plan::DocumentName;
use crate::domain::sections::Keeps;
use crate::server::db::documents::Written;
use crate::server::db::{DbError, rows};
use crate::server::ids;
use sqlx::{AnyConnection, AssertSqlSafe};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What one person changed in one place.
struct Change<'a> {
    name: &'a DocumentName,
    path: &'a str,
    own: Own<'a>,
}

/// A line that is new, or goes on.
struct Line<'a> {
    id: String,
    change: &'a Change<'a>,
    began: Moment,
    became: &'a str,
    /// When it went on; none in a line of one change.
    last: Option<Moment>,
}

/// The line that a place had last.
struct Last {
    id: String,
    by: String,
    began: Moment,
}

/// A document and a path in it.
type Place = (String, String);

/// The lines that may go on, as this server wrote them: its rooms alone write in their
/// documents. After a start each place begins a new line, which is told as one with the
/// line before (`domain/history`).
#[derive(Clone, Default)]
pub struct Recent {
    last: Arc<Mutex<HashMap<Place, Last>>>,
}

/// So many places are remembered before those are forgotten whose line is complete.
const MANY: usize = 4_096;

/// Notes what updates changed, in their order.
pub async fn put<'a>(
    connection: &mut AnyConnection,
    recent: &Recent,
    updates: impl Iterator<Item = &'a Written<'a>>,
) -> Result<(), DbError> {
    let changes = changes(updates);
    let lines = recent.lines(&changes);
    store(connection, &lines).await
}

/// What each person changed in each place.
fn changes<'a>(updates: impl Iterator<Item = &'a Written<'a>>) -> Vec<Change<'a>> {
    let mut places: BTreeMap<(&DocumentName, &str), Vec<Step>> = BTreeMap::new();
    for Written { name, update } in updates {
        for changed in &update.changed {
            let step = Step { by: &update.by, at: update.at, was: &changed.was, became: &changed.became };
            places.entry((*name, changed.path.as_str())).or_default().push(step);
        }
    }
    let mut all = Vec::with_capacity(places.len());
    for ((name, path), steps) in places {
        let field = name.section.section().at(path);
        let is_text = field.is_some_and(|field| field.kind.keeps() == Keeps::Text);
        let owns = if is_text { together(&steps) } else { in_turn(&steps) };
        all.extend(owns.into_iter().map(|own| Change { name, path, own }));
    }
    all
}

impl Recent {
    /// The lines that changes make. Where their commit comes to nothing, a line that it
    /// would have begun begins with what goes on.
    fn lines<'a>(&self, changes: &'a [Change<'a>]) -> Vec<Line<'a>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let mut lines: Vec<Line> = Vec::new();
        let mut made: HashMap<String, usize> = HashMap::new();
        for change in changes {
            let Change { name, path, own } = change;
            let became: &str = &own.became;
            let place = (name.to_string(), path.to_string());
            // After a transaction that came to nothing the line may be younger than what is told again.
            let goes_on = |last: &&Last| (0..ONE_CHANGE).contains(&(own.from.0 - last.began.0)) && last.by == own.by;
            let (id, began, on) = match last.get(&place).filter(goes_on) {
                Some(last) => (last.id.clone(), last.began, Some(own.until)),
                None => (ids::fresh().to_string(), own.from, (own.until > own.from).then_some(own.until)),
            };
            if let Some(line) = made.get(&id) {
                (lines[*line].became, lines[*line].last) = (became, Some(own.until));
                continue;
            }
            made.insert(id.clone(), lines.len());
            if last.get(&place).is_none_or(|last| last.id != id) {
                last.insert(place, Last { id: id.clone(), by: own.by.into(), began });
            }
            lines.push(Line { id, change, began, became, last: on });
        }
        let now = changes.iter().map(|change| change.own.until).max();
        if let Some(now) = now.filter(|_| last.len() > MANY) {
            last.retain(|_, last| now.0 - last.began.0 < ONE_CHANGE);
        }
        lines
    }
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
            let Change { name, path, own } = line.change;
            query = query.bind(&line.id).bind(name.to_string()).bind(name.plan.to_string()).bind(name.section.id());
            query = query.bind(*path).bind(own.by).bind(line.began.0);
            query = query.bind(rows::text(&own.was)).bind(rows::text(line.became));
            query = query.bind(line.last.map(|last| last.0));
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::PlanId;
    use crate::domain::sections::SectionId;
    use crate::domain::values::Changed;
    use crate::server::db::documents::Accepted;

    fn typed(by: &str, at: i64, was: &str, became: &str) -> Accepted {
        let (was, became) = (was.to_string(), became.to_string());
        Accepted {
            seq: 1,
            by: by.into(),
            at: Moment(at),
            bytes: Vec::new(),
            new_clients: Vec::new(),
            changed: vec![Changed { path: "strengths".into(), was, became }],
            wishes: Vec::new(),
            told: Vec::new(),
        }
    }

    /// The line that one update makes: its id, what stood there, and what stands there now.
    fn line(recent: &Recent, name: &DocumentName, update: &Accepted) -> (String, String, String) {
        let written = [Written { name, update }];
        let changes = changes(written.iter());
        let mut lines = recent.lines(&changes);
        assert_eq!(lines.len(), 1);
        let Line { id, change, became, .. } = lines.remove(0);
        (id, change.own.was.to_string(), became.to_string())
    }

    #[test]
    fn a_line_goes_on_for_a_minute_and_until_somebody_else_writes() {
        let name = DocumentName { plan: PlanId::new(uuid::Uuid::from_u128(1)), section: SectionId::Progress };
        let recent = Recent::default();
        let (first, ..) = line(&recent, &name, &typed("ruth", 1_000, "", "a"));
        assert_eq!(line(&recent, &name, &typed("ruth", 2_000, "a", "ab")).0, first);
        let (other, ..) = line(&recent, &name, &typed("tom", 3_000, "ab", "abc"));
        assert_ne!(other, first);
        let (again, ..) = line(&recent, &name, &typed("ruth", 4_000, "abc", "abcd"));
        assert_ne!(again, first, "what tom wrote between stays between");
        assert_ne!(line(&recent, &name, &typed("ruth", 4_000 + ONE_CHANGE, "abcd", "abcde")).0, again);
    }

    #[test]
    fn a_line_whose_commit_came_to_nothing_begins_with_what_stood_there() {
        let name = DocumentName { plan: PlanId::new(uuid::Uuid::from_u128(1)), section: SectionId::Progress };
        let recent = Recent::default();
        // Made for a commit that failed: no row of it is kept, and nothing of its words.
        let _ = line(&recent, &name, &typed("ruth", 1_000, "before", "before and lost"));
        let (_, was, became) = line(&recent, &name, &typed("ruth", 2_000, "before", "before and kept"));
        assert_eq!((was.as_str(), became.as_str()), ("before", "before and kept"));
    }
}
