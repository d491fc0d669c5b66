//! Plans: which there are, for whom, and where each stands.

use super::{Db, DbError, read, rows};
use crate::domain::access::Permit;
use crate::domain::calendar::{Day, Moment};
use crate::domain::occasions::Kind;
use crate::domain::people::{ChildId, PersonId, PlanId};
use crate::domain::phase::Phase;
use crate::domain::plan::{State, Term};
use crate::domain::sections::SectionId;
use crate::server::ids;
use sqlx::Row;
use sqlx::any::AnyRow;

/// A plan, with what a page says of the child it is for.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: PlanId,
    pub child: ChildId,
    /// What the child likes to be called.
    pub name: String,
    pub born: Day,
    pub year_group: String,
    /// Empty while the child has no school.
    pub school: String,
    /// The year in which the school year began.
    pub year: i32,
    pub term: Term,
    pub number: i64,
    pub state: State,
    pub meeting: Option<(Moment, String)>,
    /// How often the meeting was set from the plan's page, and when last.
    pub invited: (i64, Moment),
}

impl Plan {
    /// The time of the child's education.
    pub fn phase(&self) -> Phase {
        Phase::of_year_group(&self.year_group)
    }

    /// The sections that it has at the child's time of their education, in order.
    pub fn sections(&self) -> impl Iterator<Item = SectionId> {
        let phase = self.phase();
        SectionId::ALL.iter().copied().filter(move |id| id.section().phases.contains(&phase))
    }
}

/// What is said of a plan when it is begun.
#[derive(Clone, Debug)]
pub struct NewPlan {
    pub child: ChildId,
    pub year: i32,
    pub term: Term,
    /// None: one more than the child's last.
    pub number: Option<i64>,
    pub state: State,
    pub meeting: Option<(Moment, String)>,
}

/// What every query for plans begins with.
macro_rules! plans {
    ($($rest:expr),+) => {
        concat!(
            "select plan.id, plan.child_id, plan.year, plan.term, plan.number, plan.state,
                    plan.meeting_at, plan.meeting_place, plan.meeting_sequence, plan.meeting_set_at,
                    child.name as child_name, child.born,
                    coalesce(plan.year_group, child.year_group) as year_group,
                    coalesce(plan.school_name, school.name) as school_name
             from plan join child on child.id = plan.child_id left join school on school.id = child.school_id ",
            $($rest),+
        )
    };
}

pub async fn find(db: &Db, plan: &PlanId) -> Result<Option<Plan>, DbError> {
    let row = sqlx::query(plans!("where plan.id = $1")).bind(plan.to_string()).fetch_optional(db.reader()).await?;
    row.as_ref().map(read_plan).transpose()
}

/// The latest plan of each child whose team a person is in on a day.
pub async fn latest_for(db: &Db, person: &PersonId, day: Day) -> Result<Vec<Plan>, DbError> {
    let rows = sqlx::query(plans!(
        "where plan.child_id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2))
         and plan.number = (select max(other.number) from plan as other where other.child_id = plan.child_id)"
    ))
    .bind(person.to_string())
    .bind(day.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_plan).collect()
}

/// Every plan of every child whose team a person is in on a day.
pub async fn all_for(db: &Db, person: &PersonId, day: Day) -> Result<Vec<Plan>, DbError> {
    let rows = sqlx::query(plans!(
        "where plan.child_id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2))
         order by child.name, plan.number"
    ))
    .bind(person.to_string())
    .bind(day.to_string())
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_plan).collect()
}

/// Ends the condition of a query for plans about which something may still be said:
/// those that are open, and of those that are agreed the child's latest two, whose
/// actions are being done.
macro_rules! still_counts {
    () => {
        "plan.state not in ('cancelled', 'superseded', 'not-needed')
         and (plan.state <> 'agreed' or plan.number >= (
           select max(other.number) - 1 from plan as other where other.child_id = plan.child_id))"
    };
}

pub(super) use still_counts;

/// Ends the condition of a write that changes what a plan says, as `State::takes_edits` has
/// it. It stands in the statement that writes: a plan may be agreed just before that.
macro_rules! takes_edits {
    () => {
        "plan.state not in ('scheduled', 'agreed', 'cancelled', 'superseded', 'not-needed')"
    };
}

pub(super) use takes_edits;

/// Every plan about which something may still be said; with a person's id, those of the children whose team
/// they are in on a day.
pub(super) async fn open(db: &Db, person: &str, day: &str) -> Result<Vec<Plan>, DbError> {
    let rows = sqlx::query(plans!(
        "where ($1 = '' or plan.child_id in (
           select child_id from relationship
           where person_id = $1 and since <= $2 and (until is null or until >= $2)))
         and ",
        still_counts!()
    ))
    .bind(person)
    .bind(day)
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_plan).collect()
}

/// The latest plan of each child, where it isn't over and the child has no occasion of
/// a kind that is open or came since a moment: in this plan or an earlier one.
pub async fn latest_without(db: &Db, kind: Kind, since: Moment) -> Result<Vec<Plan>, DbError> {
    let rows = sqlx::query(plans!(
        "where plan.number = (select max(other.number) from plan as other where other.child_id = plan.child_id)
         and plan.state not in ('agreed', 'cancelled', 'superseded', 'not-needed')
         and not exists (
           select 1 from occasion join plan as its on its.id = occasion.plan_id
           where its.child_id = plan.child_id and occasion.kind = $1
             and (occasion.done_at is null or occasion.at >= $2))"
    ))
    .bind(kind.id())
    .bind(since.0)
    .fetch_all(db.reader())
    .await?;
    rows.iter().map(read_plan).collect()
}

/// Sets the meeting, where it is still what the setter saw. `false`: it isn't.
pub async fn set_meeting(
    db: &Db,
    permit: &Permit,
    plan: &PlanId,
    seen: Option<Moment>,
    (at, place): (Moment, &str),
    now: Moment,
) -> Result<bool, DbError> {
    let done = sqlx::query(
        "update plan set meeting_at = $4, meeting_place = $5, meeting_sequence = meeting_sequence + 1,
                meeting_set_at = $6
         where id = $1 and child_id = $2 and coalesce(meeting_at, 0) = $3
           and state in ('scheduled', 'drafting', 'meeting')",
    )
    .bind(plan.to_string())
    .bind(permit.child().to_string())
    .bind(seen.map_or(0, |seen| seen.0))
    .bind(at.0)
    .bind(rows::text(place))
    .bind(now.0)
    .execute(db.writer())
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Begins a plan, from the command line. `DbError::is_taken` says that the child
/// has one for that term.
pub async fn begin(db: &Db, plan: &NewPlan, at: Moment) -> Result<PlanId, DbError> {
    let id = PlanId::new(ids::fresh());
    let number = match plan.number {
        Some(number) => number,
        None => next_number(db, &plan.child).await?,
    };
    let (meeting_at, place) = plan.meeting.clone().map(|(at, place)| (at.0, place)).unzip();
    sqlx::query(
        "insert into plan (id, child_id, year, term, number, state, meeting_at, meeting_place, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id.to_string())
    .bind(plan.child.to_string())
    .bind(i64::from(plan.year))
    .bind(plan.term.id())
    .bind(number)
    .bind(plan.state.id())
    .bind(meeting_at)
    .bind(place)
    .bind(at.0)
    .execute(db.writer())
    .await?;
    Ok(id)
}

async fn next_number(db: &Db, child: &ChildId) -> Result<i64, DbError> {
    let row = sqlx::query("select max(number) as last from plan where child_id = $1")
        .bind(child.to_string())
        .fetch_one(db.writer())
        .await?;
    Ok(row.try_get::<Option<i64>, _>("last")?.unwrap_or(0) + 1)
}

/// The child's plan with this number.
pub async fn numbered(db: &Db, child: &ChildId, number: i64) -> Result<Option<PlanId>, DbError> {
    let row = sqlx::query("select id from plan where child_id = $1 and number = $2")
        .bind(child.to_string())
        .bind(number)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| read(row.try_get("id")?)).transpose()
}

fn read_plan(row: &AnyRow) -> Result<Plan, DbError> {
    let meeting_at: Option<i64> = row.try_get("meeting_at")?;
    let place: Option<String> = row.try_get("meeting_place")?;
    let year: i64 = row.try_get("year")?;
    Ok(Plan {
        id: read(row.try_get("id")?)?,
        child: read(row.try_get("child_id")?)?,
        name: row.try_get("child_name")?,
        born: read(row.try_get("born")?)?,
        year_group: row.try_get("year_group")?,
        school: row.try_get::<Option<String>, _>("school_name")?.unwrap_or_default(),
        year: year.try_into().map_err(|_| DbError::Unreadable(format!("the year {year}")))?,
        term: read(row.try_get("term")?)?,
        number: row.try_get("number")?,
        state: read(row.try_get("state")?)?,
        meeting: meeting_at.map(|at| (Moment(at), place.unwrap_or_default())),
        invited: (row.try_get("meeting_sequence")?, Moment(row.try_get("meeting_set_at")?)),
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::plan::State;

    #[test]
    fn the_states_that_take_no_edits_are_those_of_the_rules() {
        for state in State::ALL {
            assert_eq!(takes_edits!().contains(&format!("'{}'", state.id())), !state.takes_edits(), "{}", state.id());
        }
    }
}
