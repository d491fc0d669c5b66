//! Who may do what. The only judge: every page, document and write asks here.

use super::calendar::Day;
use super::copies::CopyKind;
use super::people::{ChildId, PersonId, PlanId, Relationship, Role};
use super::phase::Phase;
use super::sections::SectionId;
use super::words::problem as words;
use super::workflow::Step;

/// Who is asking.
#[derive(Clone, PartialEq, Debug)]
pub enum Actor {
    /// An adult who signed in, with everything they are to any child.
    Adult { person: PersonId, relationships: Vec<Relationship> },
    /// A young person at a tablet that an adult handed over. Where they chose a
    /// picture code, `open` says that it was given.
    Sitting { child: ChildId, plan: PlanId, open: bool },
}

impl Actor {
    /// Under what a device keeps what is theirs. A page says for whom it is, so that nothing
    /// of one person's goes out, or comes in, once another has signed in beside it.
    pub fn holder(&self) -> String {
        match self {
            Actor::Adult { person, .. } => person.to_string(),
            Actor::Sitting { plan, .. } => format!("sitting-{plan}"),
        }
    }
}

/// What they want to do with a child's plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// See that the plan exists, its state, its team and what was shared.
    OpenPlan,
    Read(SectionId),
    Write(SectionId),
    /// Offer the designated teacher what they wrote in a section before their part in it
    /// ended.
    Offer(SectionId),
    /// Let go of what was offered.
    LetGoOffered,
    /// Say that a section is complete, or not yet.
    Complete(SectionId),
    /// Move the plan on. Whether it can go that way from where it is, `workflow` says.
    Move(Step),
    /// See how good the virtual school finds the plan.
    ReadQuality,
    /// Say how good the plan is.
    Score,
    /// Put something right beside a plan that is agreed.
    Correct,
    /// Take the plan out of Pep as a file, as far as they may read it.
    Export,
    /// Say what becomes of something that the young person asked for.
    Reply,
    /// Say in another language what the young person shared with them.
    Translate,
    /// Close what the young person asked to take back for everyone whom they told.
    HideForAll,
    /// Hear what the young person says to a reply, whoever replied.
    HearBack,
    /// Read what the young person says to their plan, in their words.
    HearOfPlan,
    /// Say when and where the meeting is.
    SetMeeting,
    /// Have the meeting open beside the others.
    Meet,
    /// Read what was agreed and who does what next, as far as its parts are theirs to read.
    ReadAgreed,
    /// Say that an action is done. That it is their own, `agreed` says.
    SayDone,
    /// Say that a plan has to be looked at before its time, and that it was.
    OpenOccasion,
    /// Hand the tablet to the young person.
    HandOver,
    /// Make a card that opens the young person's own page, see who made which, stop one;
    /// and, two together, let forgotten pictures be chosen anew.
    MakeCard,
    /// Get a copy of the plan to hold. What is on it is the asker's to read already.
    Copy(CopyKind),
    /// See what Pupil Premium Plus pays for, without what it costs.
    ReadGrantItems,
    /// See the whole ledger of Pupil Premium Plus.
    ReadGrant,
    /// Ask for something, take it back, and say what it changed.
    RequestGrant,
    /// Agree or decline what is asked for, and pay it.
    DecideGrant,
}

/// Proof that `decide` said yes. Writes in `server::db` take one, so code that
/// didn't ask can't compile.
#[derive(Clone, PartialEq, Debug)]
pub struct Permit {
    action: Action,
    child: ChildId,
    by: String,
}

/// Proof that someone may set the authority's own rules.
#[derive(Clone, PartialEq, Debug)]
pub struct Mandate {
    by: PersonId,
}

/// A no, with its reason in a sentence. It never tells more than the asker knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nothing that day makes this person part of the child's team.
    NotInTeam,
    /// They were part of it, and it ended.
    Ended,
    /// In the team, but this isn't theirs to do.
    NotYours,
    /// A picture code is needed first.
    Locked,
    /// Theirs, but not in a plan at this time of an education.
    OtherPhase,
}

impl Refusal {
    pub fn sentence(self) -> &'static str {
        match self {
            Refusal::NotInTeam => words::NOT_IN_TEAM.english(),
            Refusal::Ended => words::ENDED.english(),
            Refusal::NotYours => words::NOT_YOURS.english(),
            Refusal::Locked => "Choose your pictures first",
            Refusal::OtherPhase => words::OTHER_PHASE.english(),
        }
    }
}

impl Permit {
    pub fn action(&self) -> Action {
        self.action
    }

    pub fn child(&self) -> &ChildId {
        &self.child
    }

    /// The writer's name in documents and history: a person's id, or `young-person`.
    pub fn by(&self) -> &str {
        &self.by
    }
}

impl Mandate {
    pub fn by(&self) -> &PersonId {
        &self.by
    }
}

/// The writer's name of a sitting, in documents and history.
pub const YOUNG_PERSON: &str = "young-person";

/// Judges one action on one child's plan, on one day.
pub fn decide(actor: &Actor, action: Action, child: &ChildId, plan: &PlanId, today: Day) -> Result<Permit, Refusal> {
    let permit = |by: String| Permit { action, child: child.clone(), by };
    match actor {
        Actor::Sitting { child: own, plan: theirs, open } => {
            if own != child || theirs != plan {
                return Err(Refusal::NotInTeam);
            }
            if !may(Role::YoungPerson, action) || !sits(action) {
                return Err(Refusal::NotYours);
            }
            if !open && action != Action::OpenPlan {
                return Err(Refusal::Locked);
            }
            Ok(permit(YOUNG_PERSON.to_string()))
        }
        Actor::Adult { person, relationships } => {
            let theirs: Vec<_> = relationships.iter().filter(|r| r.child == *child).collect();
            let (now, before): (Vec<_>, Vec<_>) =
                theirs.iter().filter(|r| r.since <= today).partition(|r| r.holds_on(today));
            let gives = |held: &[&&Relationship]| held.iter().any(|r| may(r.role, action));
            // What they wrote while they could, and can't write any more.
            let allowed = match action {
                Action::Offer(_) => gives(&before) && !gives(&now),
                _ => gives(&now),
            };
            if allowed {
                return Ok(permit(person.to_string()));
            }
            Err(match (now.is_empty(), theirs.iter().any(|r| r.since <= today)) {
                (false, _) => Refusal::NotYours,
                (true, true) => Refusal::Ended,
                (true, false) => Refusal::NotInTeam,
            })
        }
    }
}

/// The same, in a plan at a time of an education: a part that isn't in it then is written
/// by nobody. What was written in it before, those who read it go on reading.
pub fn decide_in(
    phase: Phase,
    actor: &Actor,
    action: Action,
    (child, plan): (&ChildId, &PlanId),
    today: Day,
) -> Result<Permit, Refusal> {
    let permit = decide(actor, action, child, plan, today)?;
    match action {
        Action::Write(id) | Action::Complete(id) | Action::Offer(id) if !id.section().phases.contains(&phase) => {
            Err(Refusal::OtherPhase)
        }
        _ => Ok(permit),
    }
}

/// The authority's own rules hold for every child, so they belong to no plan: who is
/// the virtual school of at least one child on that day reads and sets them.
pub fn sets_rules(actor: &Actor, today: Day) -> Result<Mandate, Refusal> {
    let Actor::Adult { person, relationships } = actor else { return Err(Refusal::NotInTeam) };
    let is_one = relationships.iter().any(|r| r.role == Role::VirtualSchool && r.holds_on(today));
    is_one.then(|| Mandate { by: person.clone() }).ok_or(Refusal::NotInTeam)
}

/// What an adult is to a child on a day: the first, where they are several things.
pub fn role(actor: &Actor, child: &ChildId, today: Day) -> Option<Role> {
    let Actor::Adult { relationships, .. } = actor else { return None };
    let open = |r: &&Relationship| r.child == *child && r.holds_on(today) && may(r.role, Action::OpenPlan);
    relationships.iter().find(open).map(|relationship| relationship.role)
}

/// Whether an adult is a carer, and nothing else to anybody, on a day: their pages are
/// made for a phone.
pub fn is_only_carer(actor: &Actor, today: Day) -> bool {
    let Actor::Adult { relationships, .. } = actor else { return false };
    let mut now = relationships.iter().filter(|r| r.holds_on(today)).peekable();
    now.peek().is_some() && now.all(|r| r.role == Role::Carer)
}

/// Whether an adult is or was a carer, and nothing else to anybody: what they wrote stays
/// theirs, in their own pages, once their part has ended.
pub fn was_only_carer(actor: &Actor) -> bool {
    let Actor::Adult { relationships, .. } = actor else { return false };
    !relationships.is_empty() && relationships.iter().all(|r| r.role == Role::Carer)
}

/// Everything that an adult is to a child on a day.
pub fn roles(actor: &Actor, child: &ChildId, today: Day) -> Vec<Role> {
    let Actor::Adult { relationships, .. } = actor else { return Vec::new() };
    relationships.iter().filter(|r| r.child == *child && r.holds_on(today)).map(|r| r.role).collect()
}

/// Whether a young person may read a part of their plan. On a tablet that was handed over
/// it doesn't open as such: what they are shown of it is put together for them.
pub fn is_young_persons_to_read(section: SectionId) -> bool {
    may(Role::YoungPerson, Action::Read(section))
}

/// What someone of this role hears or does with what a young person says, for telling
/// them beforehand.
pub fn hears(role: Role, action: Action) -> bool {
    may(role, action)
}

/// What each role may do with the plan of a child it belongs to.
fn may(role: Role, action: Action) -> bool {
    // An administrator keeps the accounts; nothing in a plan is theirs to see.
    if role == Role::Administrator {
        return false;
    }
    match action {
        Action::OpenPlan => true,
        Action::Read(id) => id.section().readers.contains(&role) || id.section().writers.contains(&role),
        Action::Write(id) | Action::Complete(id) | Action::Offer(id) => id.section().writers.contains(&role),
        Action::LetGoOffered => role == Role::DesignatedTeacher,
        Action::Move(Step::Agree) | Action::Score => role == Role::VirtualSchool,
        Action::Move(Step::Sign) => matches!(role, Role::DesignatedTeacher | Role::SocialWorker),
        Action::Move(Step::Cancel | Step::Supersede | Step::NotNeeded) => {
            matches!(role, Role::SocialWorker | Role::VirtualSchool)
        }
        Action::Move(_)
        | Action::ReadQuality
        | Action::Correct
        | Action::Export
        | Action::SetMeeting
        | Action::OpenOccasion
        | Action::MakeCard => {
            matches!(role, Role::DesignatedTeacher | Role::SocialWorker | Role::VirtualSchool)
        }
        Action::HideForAll => matches!(role, Role::DesignatedTeacher | Role::SocialWorker),
        Action::HearBack => role == Role::DesignatedTeacher,
        Action::HearOfPlan => matches!(role, Role::DesignatedTeacher | Role::SocialWorker | Role::VirtualSchool),
        Action::Reply | Action::Translate | Action::Meet | Action::ReadAgreed | Action::SayDone => {
            role != Role::YoungPerson
        }
        Action::HandOver => role != Role::YoungPerson,
        // A young person gets theirs from an adult of the team; who may be given a copy
        // outside it is for the social worker and the virtual school to decide.
        Action::Copy(CopyKind::Whole | CopyKind::YoungPersons) => role != Role::YoungPerson,
        Action::Copy(CopyKind::Familys) => matches!(role, Role::SocialWorker | Role::VirtualSchool),
        Action::ReadGrantItems => role != Role::YoungPerson,
        Action::ReadGrant => {
            matches!(role, Role::DesignatedTeacher | Role::SocialWorker | Role::VirtualSchool)
        }
        Action::RequestGrant => matches!(role, Role::DesignatedTeacher | Role::SocialWorker),
        // The money is held by the virtual school; who asks for it doesn't decide.
        Action::DecideGrant => role == Role::VirtualSchool,
    }
}

/// A handed-over tablet shows My voice alone.
fn sits(action: Action) -> bool {
    matches!(
        action,
        Action::OpenPlan
            | Action::Read(SectionId::MyVoice)
            | Action::Write(SectionId::MyVoice)
            | Action::Complete(SectionId::MyVoice)
    )
}
