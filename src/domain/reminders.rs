//! Which reminder goes to whom, and on which day. Nothing is said on a day off: it is
//! said on the next working day.

use super::calendar::Day;
use super::deadlines::{self, Due, Facts, Standing, What};
use super::occasions::Kind;
use super::people::{PersonId, Role};
use super::sections::SectionId;
use super::settings::Authority;
use super::values::Values;
use super::working_days::BankHolidays;

/// Working days after coming into care on which a first plan that isn't begun is
/// asked for. Then it is red: on the last day to begin it, and on the last for it to
/// be there.
const NOT_BEGUN: [u32; 3] = [3, 7, 9];

/// Days round the day on which an action is to be done.
const ROUND_AN_ACTION: [i64; 3] = [-3, 0, 3];

/// Working days within which a young person hears what becomes of what they asked for.
const REPLY: u32 = 5;

/// So many days after its day, an action of a plan that is over is no longer said.
const FORGOTTEN: i64 = 14;

/// Who is reminded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    Role(Role),
    /// The one in the team who has this name; where there is none, everyone in the role.
    Named(String, Role),
    /// Nobody else may so much as know of it.
    Only(PersonId),
}

/// Something to be reminded of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reminder {
    /// What it is about, which of its reminders it is, and for which day: to one
    /// person, each is sent once.
    pub key: String,
    pub to: Vec<Whom>,
    /// The section whose readers may know; none: everyone who may open the plan.
    pub tells: Option<SectionId>,
    /// For a page that shows the child's name beside it; never for an e-mail.
    pub words: String,
    pub by: Day,
    pub standing: Standing,
    /// The working day on which it is said.
    pub said_on: Day,
}

/// An occasion that nobody has looked at yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenOccasion {
    pub id: String,
    pub kind: Kind,
    pub due: Day,
}

/// Something that the young person asked for and that has no reply yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenRequest {
    pub id: String,
    pub asked_on: Day,
    /// Those whom they told of it.
    pub of: Vec<PersonId>,
}

/// What the young person said to a reply: that it isn't OK with them. Nothing newer was
/// replied since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotOk {
    pub id: String,
    pub said_on: Day,
    /// Who replied.
    pub decided: PersonId,
}

/// One plan, as far as reminders need it.
pub struct Watched<'a> {
    pub facts: &'a Facts,
    /// What the section Actions says.
    pub actions: &'a Values,
    pub occasions: &'a [OpenOccasion],
    pub requests: &'a [OpenRequest],
    pub not_ok: &'a [NotOk],
}

/// One day on which something is said.
struct Step {
    name: String,
    on: Day,
    to: Vec<Whom>,
}

/// What people are to be reminded of as of a day: of each thing that is still to be
/// done, the latest reminder whose day has come.
pub fn reminders(watched: &Watched, authority: &Authority, today: Day) -> Vec<Reminder> {
    let holidays = authority.holidays();
    let dues = deadlines::all_due(watched.facts, authority, today);
    let mut all: Vec<_> =
        dues.iter().filter_map(|due| of_due(due, watched.facts, authority, &holidays, today)).collect();
    // In a plan that is over nobody can say that an action is done: it is left alone
    // after a while.
    let forgotten = |reminder: &Reminder| watched.facts.state.is_over() && reminder.by.plus(FORGOTTEN) < today;
    all.extend(actions(watched.actions, &holidays, today).filter(|reminder| !forgotten(reminder)));
    all.extend(watched.occasions.iter().filter_map(|occasion| of_occasion(occasion, &holidays, today)));
    all.extend(watched.requests.iter().filter_map(|request| of_request(request, &holidays, today)));
    all.extend(watched.not_ok.iter().filter_map(|not_ok| of_not_ok(not_ok, &holidays, today)));
    all
}

fn of_due(due: &Due, facts: &Facts, authority: &Authority, holidays: &BankHolidays, today: Day) -> Option<Reminder> {
    let (name, steps) = match due.what {
        What::BeginFirst(_) => ("begin", not_begun(due, facts.into_care?, holidays)),
        What::FirstThere => ("there", vec![red(due.by.day, both())]),
        What::Meet => ("meet", no_meeting(due, &authority.remind_before)),
        What::Sign => (facts.state.id(), not_signed(due, authority, holidays)),
    };
    let (step, said_on) = latest(steps, holidays, today)?;
    let by = due.by.day;
    let key = format!("{name}/{}/{by}", step.name);
    Some(Reminder { key, to: step.to, tells: due.tells(), words: due.words(), by, standing: due.standing, said_on })
}

/// The last step whose day has come, and the working day on which it is said.
fn latest(steps: Vec<Step>, holidays: &BankHolidays, today: Day) -> Option<(Step, Day)> {
    let come = steps.into_iter().map(|step| (holidays.first_working(step.on), step));
    let (on, step) = come.filter(|(on, _)| *on <= today).max_by_key(|(_, step)| step.on)?;
    Some((step, on))
}

fn both() -> Vec<Whom> {
    vec![Whom::Role(Role::DesignatedTeacher), Whom::Role(Role::SocialWorker)]
}

/// The one for whom the time is up; the virtual school hears of it too.
fn red(on: Day, mut to: Vec<Whom>) -> Step {
    if !to.contains(&Whom::Role(Role::VirtualSchool)) {
        to.push(Whom::Role(Role::VirtualSchool));
    }
    Step { name: "red".into(), on, to }
}

fn not_begun(due: &Due, into_care: Day, holidays: &BankHolidays) -> Vec<Step> {
    let to = vec![Whom::Role(due.who)];
    let step = |days: u32| Step { name: days.to_string(), on: holidays.after(into_care, days).day, to: to.clone() };
    let asked = NOT_BEGUN.into_iter().map(step).filter(|step| step.on < due.by.day);
    asked.chain([red(due.by.day, to.clone())]).collect()
}

fn no_meeting(due: &Due, before: &[u32]) -> Vec<Step> {
    let step = |days: &u32| Step { name: days.to_string(), on: due.by.day.plus(-i64::from(*days)), to: both() };
    before.iter().map(step).chain([red(due.by.day, both())]).collect()
}

/// Half-way, on the day before the last, and on the day after it: after 5, 9 and 11
/// working days of 10.
fn not_signed(due: &Due, authority: &Authority, holidays: &BankHolidays) -> Vec<Step> {
    let days = match due.who {
        Role::SocialWorker => authority.signing.worker,
        Role::VirtualSchool => authority.signing.virtual_school,
        _ => authority.signing.teacher,
    };
    let to = vec![Whom::Role(due.who)];
    let step =
        |name: &str, before: u32| Step { name: name.into(), on: holidays.before(due.by.day, before), to: to.clone() };
    vec![step("half", days - days / 2), step("before", 1), red(holidays.after(due.by.day, 1).day, to.clone())]
}

fn actions<'a>(values: &'a Values, holidays: &'a BankHolidays, today: Day) -> impl Iterator<Item = Reminder> + 'a {
    values.rows("actions").filter_map(move |row| {
        let at = |cell: &str| format!("actions/{}/{cell}", row.id);
        let is_done = values.fact(&at("done")) == Some("yes") || !values.entries(&at("done-on")).is_empty();
        let by: Day = values.fact(&at("by-when")).filter(|_| !is_done)?.parse().ok()?;
        let to = Whom::Named(values.text(&at("who")).trim().to_string(), Role::DesignatedTeacher);
        let steps =
            ROUND_AN_ACTION.map(|days| Step { name: days.to_string(), on: by.plus(days), to: vec![to.clone()] });
        let (step, said_on) = latest(steps.into(), holidays, today)?;
        let standing = Standing::of(by, today);
        let what = values.text(&at("what")).trim();
        let words = match standing {
            Standing::Overdue => format!("{what} – to be done by {}.", by.spoken()),
            Standing::Today => format!("{what} – to be done today."),
            _ => format!("{what} – by {}.", by.spoken()),
        };
        let key = format!("action {}/{}/{by}", row.id, step.name);
        Some(Reminder { key, to: step.to, tells: Some(SectionId::Actions), words, by, standing, said_on })
    })
}

/// On the last day to look at it, and on the day after.
fn of_occasion(occasion: &OpenOccasion, holidays: &BankHolidays, today: Day) -> Option<Reminder> {
    let by = occasion.due;
    let after = red(holidays.after(by, 1).day, both());
    let steps = vec![Step { name: "day".into(), on: by, to: both() }, after];
    let (step, said_on) = latest(steps, holidays, today)?;
    Some(Reminder {
        key: format!("occasion {}/{}/{by}", occasion.id, step.name),
        to: step.to,
        tells: Some(occasion.kind.section()),
        words: format!("{}: look at the plan by {}.", occasion.kind.words(), by.spoken()),
        by,
        standing: Standing::of(by, today),
        said_on,
    })
}

/// To those whom the young person told, and to nobody beside them: a plan is signed
/// without a reply from someone who doesn't sign it, since to stop the others would tell
/// them that there is something.
fn of_request(request: &OpenRequest, holidays: &BankHolidays, today: Day) -> Option<Reminder> {
    let by = holidays.after(request.asked_on, REPLY).day;
    let to: Vec<_> = request.of.iter().cloned().map(Whom::Only).collect();
    let step = |name: &str, on: Day| Step { name: name.into(), on, to: to.clone() };
    let steps = vec![
        step("asked", holidays.after(request.asked_on, 1).day),
        step("day", by),
        step("late", holidays.after(by, REPLY).day),
    ];
    let (step, said_on) = latest(steps, holidays, today)?;
    let standing = Standing::of(by, today);
    let words = match standing {
        Standing::Overdue => "They asked you for something, and still wait for your reply.".to_string(),
        _ => format!("They asked you for something: reply by {}.", by.spoken()),
    };
    let key = format!("request {}/{}/{by}", request.id, step.name);
    Some(Reminder { key, to: step.to, tells: None, words, by, standing, said_on })
}

/// To the one who replied, on that day and once again: after that it is for the next
/// meeting.
fn of_not_ok(not_ok: &NotOk, holidays: &BankHolidays, today: Day) -> Option<Reminder> {
    let by = holidays.after(not_ok.said_on, REPLY).day;
    let to = vec![Whom::Only(not_ok.decided.clone())];
    let step = |name: &str, on: Day| Step { name: name.into(), on, to: to.clone() };
    let (step, said_on) = latest(vec![step("said", not_ok.said_on), step("day", by)], holidays, today)?;
    let standing = Standing::of(by, today);
    let words = match standing {
        Standing::Overdue => "What you replied is not OK with them, and they have heard nothing since.".to_string(),
        _ => format!("What you replied is not OK with them: talk with them by {}, and reply again.", by.spoken()),
    };
    let key = format!("not-ok {}/{}/{by}", not_ok.id, step.name);
    Some(Reminder { key, to: step.to, tells: None, words, by, standing, said_on })
}

/// Somebody in a team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    pub roles: Vec<Role>,
}

impl Reminder {
    /// Whether it is for one member of a team. Whether they may know is `access`'s to say.
    pub fn is_for(&self, member: &Member, team: &[Member]) -> bool {
        self.to.iter().any(|whom| match whom {
            Whom::Role(role) => member.roles.contains(role),
            Whom::Named(words, role) => match team.iter().any(|other| is_named(words, other, team)) {
                true => is_named(words, member, team),
                false => member.roles.contains(role),
            },
            Whom::Only(person) => *person == member.person,
        })
    }
}

/// Whether somebody in a team is the one whom an action names: by their whole name, or
/// by a first name that nobody else there has.
fn is_named(words: &str, member: &Member, team: &[Member]) -> bool {
    let spelled = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (words, name) = (spelled(words), spelled(&member.name));
    let namesakes = team.iter().filter(|other| spelled(&other.name).first() == name.first()).count();
    let by_first = words.len() == 1 && words.first() == name.first() && namesakes == 1;
    !words.is_empty() && (words == name || by_first)
}

#[cfg(test)]
mod tests;
