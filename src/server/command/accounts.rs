//! People, children and plans, from the command line: enough for an authority to
//! begin. Whoever runs it has the database in their hands, so no right is asked
//! for here.

use super::in_words;
use super::password::new_password;
use crate::domain::access::{self, Action, Actor};
use crate::domain::calendar::{Day, Moment};
use crate::domain::people::{ChildId, Relationship, Role};
use crate::domain::plan::{DocumentName, State, Term};
use crate::domain::sections::SectionId;
use crate::server::auth::{password, session};
use crate::server::db::people::{self, NewChild, Person};
use crate::server::db::plans::{self, NewPlan};
use crate::server::db::{Db, DbError, tokens};
use crate::server::{clock, ids};
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(super) enum User {
    /// Add somebody who can sign in
    Add(AddUser),
    /// Give somebody another password, and sign them out everywhere
    Password(ChangePassword),
    /// Make somebody a member of a child's team, from one day (to another)
    Join(Join),
    /// End somebody's part in a child's team
    Leave(Leave),
}

#[derive(Subcommand)]
pub(super) enum Child {
    /// Add a child, and print the id that the other commands ask for
    Add(AddChild),
    /// Say that a child changed school or moved up a year; agreed plans stay as they are
    Change(ChangeChild),
}

#[derive(Subcommand)]
pub(super) enum Plan {
    /// Begin a child's plan for a term, open for writing, and print its id
    Add(AddPlan),
}

#[derive(Args)]
pub(super) struct AddUser {
    /// The address that they sign in with
    #[arg(long)]
    email: String,
    /// Their name, as the team sees it
    #[arg(long)]
    name: String,
    /// Read the password from standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
pub(super) struct ChangePassword {
    /// The address that they sign in with
    #[arg(long)]
    email: String,
    /// Read the password from standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Args)]
pub(super) struct Join {
    /// The person's e-mail address
    #[arg(long)]
    email: String,
    /// The child's id, as `pep child add` printed it
    #[arg(long, value_name = "ID")]
    child: ChildId,
    /// What they are to the child: carer, designated-teacher, social-worker,
    /// virtual-school or administrator
    #[arg(long)]
    role: Role,
    /// The first day, such as 2026-09-01
    #[arg(long, value_name = "DAY")]
    since: Day,
    /// The last day; leave it out while it lasts
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
}

#[derive(Args)]
pub(super) struct Leave {
    /// The person's e-mail address
    #[arg(long)]
    email: String,
    /// The child's id, as `pep child add` printed it
    #[arg(long, value_name = "ID")]
    child: ChildId,
    /// Their last day, such as 2026-12-18. A day that is past ends it at once
    #[arg(long, value_name = "DAY")]
    until: Day,
}

#[derive(Args)]
pub(super) struct AddChild {
    /// What the child likes to be called
    #[arg(long)]
    name: String,
    /// The child's full name
    #[arg(long)]
    full_name: String,
    /// The birthday, such as 2014-03-17
    #[arg(long, value_name = "DAY")]
    born: Day,
    /// The school's name; a new school is added. Leave it out while there is none
    #[arg(long)]
    school: Option<String>,
    /// Such as "Year 8"
    #[arg(long)]
    year_group: String,
}

#[derive(Args)]
pub(super) struct ChangeChild {
    /// The child's id, as `pep child add` printed it
    #[arg(long, value_name = "ID")]
    child: ChildId,
    /// The new school's name; a new school is added
    #[arg(long)]
    school: Option<String>,
    /// The new year group, such as "Year 9"
    #[arg(long)]
    year_group: Option<String>,
}

#[derive(Args)]
pub(super) struct AddPlan {
    /// The child's id, as `pep child add` printed it
    #[arg(long, value_name = "ID")]
    child: ChildId,
    /// autumn, spring or summer; this term if left out
    #[arg(long, requires = "year")]
    term: Option<Term>,
    /// The year in which the school year began: 2026 for 2026 to 2027
    #[arg(long, requires = "term")]
    year: Option<i32>,
    /// The day of the meeting, such as 2026-11-30
    #[arg(long, value_name = "DAY", requires = "at")]
    meeting: Option<Day>,
    /// The time of the meeting, such as 13:30
    #[arg(long, value_name = "TIME", requires = "meeting")]
    at: Option<String>,
    /// Where the meeting is
    #[arg(long, requires = "meeting")]
    place: Option<String>,
}

impl User {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        match self {
            User::Add(user) => add_user(db, user).await,
            User::Password(change) => change_password(db, change).await,
            User::Join(join) => add_member(db, join).await,
            User::Leave(leave) => end_member(db, leave).await,
        }
    }
}

impl Child {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        match self {
            Child::Add(AddChild { name, full_name, born, school, year_group }) => {
                let child = NewChild { name, full_name, born, school, year_group, code_hash: None };
                println!("{}", people::add_child(db, &child).await.map_err(in_words)?);
                Ok(())
            }
            Child::Change(ChangeChild { child, school, year_group }) => {
                is_child(db, &child).await?;
                people::change_child(db, &child, school.as_deref(), year_group.as_deref()).await.map_err(in_words)?;
                Ok(())
            }
        }
    }
}

impl Plan {
    pub(super) async fn run(self, db: &Db) -> Result<(), String> {
        let Plan::Add(plan) = self;
        is_child(db, &plan.child).await?;
        let (this_year, this_term) = clock::school_term(clock::today());
        let new = NewPlan {
            child: plan.child.clone(),
            year: plan.year.unwrap_or(this_year),
            term: plan.term.unwrap_or(this_term),
            number: None,
            state: State::Drafting,
            meeting: plan.meeting()?,
        };
        let id = plans::begin(db, &new, clock::now()).await;
        println!("{}", id.map_err(taken("This child has a plan for that term already"))?);
        Ok(())
    }
}

impl AddPlan {
    fn meeting(&self) -> Result<Option<(Moment, String)>, String> {
        let (Some(day), Some(time)) = (self.meeting, &self.at) else {
            return Ok(None);
        };
        let (hour, minute) = clock::time_of_day(time)?;
        Ok(Some((clock::in_england(day, hour, minute), self.place.clone().unwrap_or_default())))
    }
}

async fn add_user(db: &Db, user: AddUser) -> Result<(), String> {
    if !user.email.contains('@') {
        return Err(format!("{} is not an e-mail address", user.email));
    }
    let password = new_password(user.password_stdin)?;
    let hash = password::hash(password).await.map_err(in_words)?;
    let added = people::add(db, user.name.trim(), &user.email, &hash, clock::now()).await;
    added.map_err(taken("Somebody has this e-mail address already"))?;
    eprintln!("{} can sign in. Say with `pep user join` whose team they are in", user.name.trim());
    Ok(())
}

/// For whoever forgot theirs, and where somebody else may know it or have a device or token of
/// theirs.
async fn change_password(db: &Db, change: ChangePassword) -> Result<(), String> {
    let person = person(db, &change.email).await?;
    let password = new_password(change.password_stdin)?;
    let hash = password::hash(password).await.map_err(in_words)?;
    people::change_password(db, &person.id, &hash).await.map_err(in_words)?;
    eprintln!("{} has another password, and is signed out everywhere. Their tokens have ended too", person.name);
    Ok(())
}

async fn add_member(db: &Db, join: Join) -> Result<(), String> {
    if join.until.is_some_and(|until| until < join.since) {
        return Err("The last day is before the first. Exchange them".into());
    }
    is_child(db, &join.child).await?;
    let person = person(db, &join.email).await?;
    let relationship = Relationship { child: join.child, role: join.role, since: join.since, until: join.until };
    people::join(db, &person.id, &relationship).await.map_err(in_words)?;
    eprintln!("{} is the child's {} from {}", person.name, join.role.words(), join.since.spoken());
    Ok(())
}

async fn end_member(db: &Db, leave: Leave) -> Result<(), String> {
    let person = person(db, &leave.email).await?;
    match people::leave(db, &person.id, &leave.child, leave.until).await.map_err(in_words)? {
        0 => Err(format!("{} has no part in this child's team after that day", person.name)),
        _ => {
            eprintln!("{} is in the child's team until {}", person.name, leave.until.spoken());
            Ok(())
        }
    }
}

/// Prints a token for a person; only its hash is kept, so it is shown this once.
pub(super) async fn token(db: &Db, email: &str) -> Result<(), String> {
    let person = person(db, email).await?;
    let (secret, now) = (ids::secret(), clock::now());
    let ends = Moment(now.0 + session::TOKEN_LASTS);
    tokens::add(db, &ids::hashed(&secret), &person.id, now, ends).await.map_err(in_words)?;
    println!("{secret}");
    Ok(())
}

/// Prints the documents that a person may open, as `/sync` would judge today.
pub(super) async fn documents(db: &Db, email: &str) -> Result<(), String> {
    let person = person(db, email).await?;
    let today = clock::today();
    let relationships = people::relationships(db, &person.id).await.map_err(in_words)?;
    let actor = Actor::Adult { person: person.id.clone(), relationships };
    for plan in plans::all_for(db, &person.id, today).await.map_err(in_words)? {
        let may = |action| access::decide_in(plan.phase(), &actor, action, (&plan.child, &plan.id), today).is_ok();
        for section in SectionId::ALL.iter().copied() {
            let writes = plan.state.takes_edits() && may(Action::Write(section));
            if writes || may(Action::Read(section)) {
                let name = DocumentName { plan: plan.id.clone(), section };
                println!("{name} {}", if writes { "write" } else { "read" });
            }
        }
    }
    Ok(())
}

async fn person(db: &Db, email: &str) -> Result<Person, String> {
    let found = people::by_email(db, email).await.map_err(in_words)?;
    found.ok_or_else(|| format!("Nobody has the e-mail address {email}. Add them with `pep user add`"))
}

async fn is_child(db: &Db, child: &ChildId) -> Result<(), String> {
    match people::is_child(db, child).await.map_err(in_words)? {
        true => Ok(()),
        false => Err(format!("There is no child with the id {child}. `pep child add` prints the id of a new one")),
    }
}

/// Says that there is such a row already, where that is what went wrong.
fn taken(sentence: &'static str) -> impl FnOnce(DbError) -> String {
    move |error| if error.is_taken() { sentence.into() } else { error.to_string() }
}
