//! The ledger of Pupil Premium Plus. What is agreed for a child in a period is kept
//! beside the lines, and changes with them in one transaction: that is what holds
//! two who agree at the same time under the limit, on both databases.

use super::plans::takes_edits;
use super::{Db, DbError, read, read_some, rows};
use crate::domain::access::Permit;
use crate::domain::calendar::Moment;
use crate::domain::grant::{Caps, Committed, Line, LineState, Request, SchoolTerm, change};
use crate::domain::money::{FinancialYear, Pence};
use crate::domain::people::{ChildId, LineId, PlanId};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row, Transaction};

/// What came of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stepped {
    Done,
    /// The line is no longer where the asker saw it: somebody else was quicker.
    Late,
    /// It would pass a limit; this much is agreed already.
    Over(Committed),
}

/// What every query for lines begins with.
macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "select id, plan_id, child_id, target, item, units, unit_cost, provider, starts, ends, expected, idea,
                    financial_year, term_year, term, state, reason, requested_by, requested_at, actual
             from grant_line ",
            $rest
        )
    };
}

pub async fn find(db: &Db, line: &LineId) -> Result<Option<Line>, DbError> {
    let row = sqlx::query(lines!("where id = $1")).bind(line.to_string()).fetch_optional(db.reader()).await?;
    row.as_ref().map(read_line).transpose()
}

/// A plan's lines, in the order in which they were asked for.
pub async fn of_plan(db: &Db, plan: &PlanId) -> Result<Vec<Line>, DbError> {
    let rows = sqlx::query(lines!("where plan_id = $1 order by requested_at, id"))
        .bind(plan.to_string())
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read_line).collect()
}

/// The lines of a child's financial year, whichever plans asked for them.
pub async fn of_year(db: &Db, child: &ChildId, year: FinancialYear) -> Result<Vec<Line>, DbError> {
    let rows = sqlx::query(lines!("where child_id = $1 and financial_year = $2 order by requested_at, id"))
        .bind(child.to_string())
        .bind(i64::from(year.0))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read_line).collect()
}

/// Writes a line that is asked for. Answers false where there is one with this id, since
/// a browser that heard no answer asks again; where another line for this idea stands, which
/// an index sees to for two who ask at once; and where the plan was closed meanwhile.
pub async fn ask(db: &Db, permit: &Permit, line: &Line) -> Result<bool, DbError> {
    let query = sqlx::query(concat!(
        "insert into grant_line (id, plan_id, child_id, target, item, units, unit_cost, provider, starts, ends,
                                 expected, financial_year, term_year, term, state, reason, requested_by, requested_at,
                                 idea)
         select $3, plan.id, plan.child_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '', $16, $17, $18
         from plan where plan.id = $1 and plan.child_id = $2 and ",
        takes_edits!(),
        " on conflict do nothing"
    ))
    .bind(line.plan.to_string())
    .bind(permit.child().to_string())
    .bind(line.id.to_string());
    let done = bind_asked(query, &line.asked, line.year, line.term)
        .bind(line.state.id())
        .bind(permit.by())
        .bind(line.requested_at.0)
        .bind(line.asked.idea.as_ref().map(ToString::to_string))
        .execute(db.writer())
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a line from where the asker saw it to another state, and what it costs into
/// or out of what is agreed: both or neither.
pub async fn step(
    db: &Db,
    permit: &Permit,
    line: &Line,
    to: &LineState,
    caps: Caps,
    at: Moment,
) -> Result<Stepped, DbError> {
    let total = line.total().ok_or_else(|| DbError::Unreadable(format!("the cost of line {}", line.id)))?;
    let more = change(&line.state, to, total);
    let mut transaction = db.begin().await?;
    // The line first: whoever comes second at one line waits here, and finds it moved.
    if !put_state(&mut transaction, permit, line, to, at).await? {
        transaction.rollback().await?;
        return Ok(Stepped::Late);
    }
    if more != Pence(0) {
        let term_cap = caps.term.unwrap_or(Pence(i64::MAX));
        let fits = add(&mut transaction, permit, &year_period(line.year), more, caps.year).await?
            && add(&mut transaction, permit, &term_period(line.term), more, term_cap).await?;
        if !fits {
            transaction.rollback().await?;
            return Ok(Stepped::Over(committed(db, permit.child(), line).await?));
        }
    }
    transaction.commit().await?;
    Ok(Stepped::Done)
}

/// Writes what a line changed, over what the asker saw there. Answers false where
/// somebody else has written something meanwhile.
pub async fn record(db: &Db, permit: &Permit, line: &Line, words: &str, at: Moment) -> Result<bool, DbError> {
    let done = sqlx::query(
        "update grant_line set actual = $4, actual_by = $5, actual_at = $6
         where id = $1 and child_id = $2 and coalesce(actual, '') = $3",
    )
    .bind(line.id.to_string())
    .bind(permit.child().to_string())
    .bind(rows::text(line.actual.as_deref().unwrap_or_default()))
    .bind(rows::text(words))
    .bind(permit.by())
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What is agreed for a child in the periods of a line, as it is kept beside the
/// lines.
pub async fn committed(db: &Db, child: &ChildId, line: &Line) -> Result<Committed, DbError> {
    let year = agreed(db, child, &year_period(line.year)).await?;
    let term = agreed(db, child, &term_period(line.term)).await?;
    Ok(Committed { year, term })
}

async fn agreed(db: &Db, child: &ChildId, period: &str) -> Result<Pence, DbError> {
    let row = sqlx::query("select committed from grant_committed where child_id = $1 and period = $2")
        .bind(child.to_string())
        .bind(period)
        .fetch_optional(db.writer())
        .await?;
    row.map_or(Ok(Pence(0)), |row| Ok(Pence(row.try_get("committed")?)))
}

/// Answers false where the line is no longer in the state that the asker saw.
async fn put_state(
    transaction: &mut Transaction<'static, Any>,
    permit: &Permit,
    line: &Line,
    to: &LineState,
    at: Moment,
) -> Result<bool, DbError> {
    // Who decided stays beside who paid and who took it back.
    let sql = match to {
        LineState::Paid => {
            "update grant_line set state = $4, reason = $5, paid_by = $6, paid_at = $7
             where id = $1 and child_id = $2 and state = $3"
        }
        LineState::Withdrawn(_) => {
            "update grant_line set state = $4, reason = $5, withdrawn_by = $6, withdrawn_at = $7
             where id = $1 and child_id = $2 and state = $3"
        }
        LineState::Approved | LineState::Declined(_) | LineState::Requested => {
            "update grant_line set state = $4, reason = $5, decided_by = $6, decided_at = $7
             where id = $1 and child_id = $2 and state = $3"
        }
    };
    let done = sqlx::query(sql)
        .bind(line.id.to_string())
        .bind(permit.child().to_string())
        .bind(line.state.id())
        .bind(to.id())
        .bind(rows::text(to.reason().unwrap_or_default()))
        .bind(permit.by())
        .bind(at.0)
        .execute(&mut **transaction)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Adds to what is agreed in a period, unless that passes the limit. To take away is
/// always right, also where the limit was lowered since.
async fn add(
    transaction: &mut Transaction<'static, Any>,
    permit: &Permit,
    period: &str,
    more: Pence,
    cap: Pence,
) -> Result<bool, DbError> {
    sqlx::query(
        "insert into grant_committed (child_id, period, committed) values ($1, $2, 0)
         on conflict (child_id, period) do nothing",
    )
    .bind(permit.child().to_string())
    .bind(period)
    .execute(&mut **transaction)
    .await?;
    let most = if more < Pence(0) { i64::MAX } else { cap.0 };
    let done = sqlx::query(
        "update grant_committed set committed = committed + $3
         where child_id = $1 and period = $2 and committed + $3 <= $4",
    )
    .bind(permit.child().to_string())
    .bind(period)
    .bind(more.0)
    .bind(most)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The name of a financial year among the periods.
pub(super) fn year_period(year: FinancialYear) -> String {
    format!("year {}", year.0)
}

/// The name of a term among the periods.
pub(super) fn term_period(term: SchoolTerm) -> String {
    format!("term {} {}", term.year, term.term.id())
}

/// Binds what is asked for and its periods, in the order of the table's columns.
pub(super) fn bind_asked<'q>(
    query: Query<'q, Any, AnyArguments>,
    asked: &Request,
    year: FinancialYear,
    term: SchoolTerm,
) -> Query<'q, Any, AnyArguments> {
    query
        .bind(asked.target.to_string())
        .bind(rows::text(&asked.item))
        .bind(i64::from(asked.units))
        .bind(asked.unit_cost.0)
        .bind(rows::text(&asked.provider))
        .bind(asked.starts.to_string())
        .bind(asked.ends.to_string())
        .bind(rows::text(&asked.expected))
        .bind(i64::from(year.0))
        .bind(i64::from(term.year))
        .bind(term.term.id())
}

/// What was asked for.
pub(super) fn read_asked(row: &AnyRow) -> Result<Request, DbError> {
    Ok(Request {
        target: read(row.try_get("target")?)?,
        item: row.try_get("item")?,
        units: number(row, "units")?,
        unit_cost: Pence(row.try_get("unit_cost")?),
        provider: row.try_get("provider")?,
        starts: read(row.try_get("starts")?)?,
        ends: read(row.try_get("ends")?)?,
        expected: row.try_get("expected")?,
        idea: read_some(row.try_get("idea")?)?,
    })
}

fn read_line(row: &AnyRow) -> Result<Line, DbError> {
    let state: String = row.try_get("state")?;
    Ok(Line {
        id: read(row.try_get("id")?)?,
        plan: read(row.try_get("plan_id")?)?,
        child: read(row.try_get("child_id")?)?,
        asked: read_asked(row)?,
        year: FinancialYear(number(row, "financial_year")?),
        term: SchoolTerm { year: number(row, "term_year")?, term: read(row.try_get("term")?)? },
        state: LineState::read(&state, row.try_get("reason")?).map_err(DbError::Unreadable)?,
        requested_by: row.try_get("requested_by")?,
        requested_at: Moment(row.try_get("requested_at")?),
        actual: row.try_get("actual")?,
    })
}

/// A number that is kept wider than it is.
pub(super) fn number<T: TryFrom<i64>>(row: &AnyRow, column: &str) -> Result<T, DbError> {
    let kept: i64 = row.try_get(column)?;
    kept.try_into().map_err(|_| DbError::Unreadable(format!("{column} {kept}")))
}
