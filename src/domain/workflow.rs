//! How a plan moves on: who may take which step, and where it leads. A signature
//! binds to what was signed, so the state while a plan is being signed is a
//! function of the signatures that stand.

use super::people::Role;
use super::plan::State;
use serde::{Deserialize, Serialize};

/// What someone does to move a plan on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    Open,
    StartMeeting,
    /// The meeting was opened too early.
    NotYet,
    EndMeeting,
    Sign,
    Return,
    Agree,
    Cancel,
    Supersede,
    NotNeeded,
}

impl Step {
    pub const ALL: [Step; 10] = [
        Step::Open,
        Step::StartMeeting,
        Step::NotYet,
        Step::EndMeeting,
        Step::Sign,
        Step::Return,
        Step::Agree,
        Step::Cancel,
        Step::Supersede,
        Step::NotNeeded,
    ];

    /// Whether it can't be taken without saying why.
    pub fn needs_reason(self) -> bool {
        matches!(self, Step::Return | Step::Cancel | Step::Supersede | Step::NotNeeded)
    }

    /// The name in the log.
    pub fn id(self) -> &'static str {
        match self {
            Step::Open => "open",
            Step::StartMeeting => "start-meeting",
            Step::NotYet => "not-yet",
            Step::EndMeeting => "end-meeting",
            Step::Sign => "sign",
            Step::Return => "return",
            Step::Agree => "agree",
            Step::Cancel => "cancel",
            Step::Supersede => "supersede",
            Step::NotNeeded => "not-needed",
        }
    }
}

impl std::str::FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Step::ALL.into_iter().find(|step| step.id() == text).ok_or_else(|| format!("{text} is not a step"))
    }
}

/// Who signs a plan, and in what order. Authorities differ, so it is theirs to set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignOrder {
    #[default]
    TeacherThenWorker,
    WorkerThenTeacher,
    /// Both, whoever is first.
    Either,
    /// The social worker reads it, and signs nothing.
    TeacherAlone,
}

/// Whose signatures stand: made, and not taken back by a change since.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Signed {
    pub teacher: bool,
    pub worker: bool,
}

impl Signed {
    /// These, and this role's.
    pub fn and(self, role: Role) -> Self {
        Self {
            teacher: self.teacher || role == Role::DesignatedTeacher,
            worker: self.worker || role == Role::SocialWorker,
        }
    }

    /// Where a plan stands with these signatures; `unsigned` where there is none.
    pub fn state(self, order: SignOrder, unsigned: State) -> State {
        match (self.teacher, self.worker, order) {
            (true, _, SignOrder::TeacherAlone) | (true, true, _) => State::Quality,
            (true, false, _) => State::TeacherSigned,
            (false, true, _) => State::WorkerSigned,
            (false, false, _) => unsigned,
        }
    }
}

impl SignOrder {
    pub const ALL: [SignOrder; 4] =
        [SignOrder::TeacherThenWorker, SignOrder::WorkerThenTeacher, SignOrder::Either, SignOrder::TeacherAlone];

    /// The words on the page where an authority chooses.
    pub fn words(self) -> &'static str {
        match self {
            SignOrder::TeacherThenWorker => "The designated teacher first, then the social worker",
            SignOrder::WorkerThenTeacher => "The social worker first, then the designated teacher",
            SignOrder::Either => "Both, whoever is first",
            SignOrder::TeacherAlone => "The designated teacher alone; the social worker only reads it",
        }
    }

    /// Whether it is this role's turn, with these signatures.
    fn turn_of(self, role: Role, signed: Signed) -> bool {
        match (role, self) {
            (Role::DesignatedTeacher, SignOrder::WorkerThenTeacher) => signed.worker && !signed.teacher,
            (Role::DesignatedTeacher, _) => !signed.teacher,
            (Role::SocialWorker, SignOrder::TeacherThenWorker) => signed.teacher && !signed.worker,
            (Role::SocialWorker, SignOrder::TeacherAlone) => false,
            (Role::SocialWorker, _) => !signed.worker,
            _ => false,
        }
    }
}

/// Where a step by someone of this role leads, or nothing where it can't be taken
/// from here. Whether that person may act for the child at all is `access`'s to say.
pub fn after(state: State, signed: Signed, step: Step, role: Role, order: SignOrder) -> Option<State> {
    use Role::{DesignatedTeacher, SocialWorker, VirtualSchool};
    let professional = matches!(role, DesignatedTeacher | SocialWorker | VirtualSchool);
    let closes = matches!(role, SocialWorker | VirtualSchool) && !state.is_over();
    match (step, state) {
        (Step::Open, State::Scheduled) if professional => Some(State::Drafting),
        (Step::StartMeeting, State::Drafting) if professional => Some(State::Meeting),
        (Step::NotYet, State::Meeting) if professional => Some(State::Drafting),
        (Step::EndMeeting, State::Meeting) if professional => Some(State::Completing),
        (Step::Sign, State::Completing | State::TeacherSigned | State::WorkerSigned | State::Returned)
            if order.turn_of(role, signed) =>
        {
            Some(signed.and(role).state(order, state))
        }
        // Who checks before the virtual school may ask for a change instead of signing.
        (Step::Return, State::TeacherSigned) if role == SocialWorker => Some(State::Returned),
        (Step::Return, State::WorkerSigned) if role == DesignatedTeacher => Some(State::Returned),
        (Step::Return, State::Quality) if role == VirtualSchool => Some(State::Returned),
        (Step::Agree, State::Quality) if role == VirtualSchool => Some(State::Agreed),
        (Step::Cancel, _) if closes => Some(State::Cancelled),
        (Step::Supersede, _) if closes => Some(State::Superseded),
        (Step::NotNeeded, _) if closes => Some(State::NotNeeded),
        _ => None,
    }
}

/// Every step that someone of this role can take from here, the main one first.
pub fn steps(state: State, signed: Signed, role: Role, order: SignOrder) -> Vec<Step> {
    Step::ALL.into_iter().filter(|step| after(state, signed, *step, role, order).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// A plan as the server keeps it: what a step does, and what an edit takes back.
    struct Kept {
        state: State,
        signed: Signed,
    }

    impl Kept {
        fn step(&mut self, step: Step, role: Role, order: SignOrder) -> bool {
            let Some(next) = after(self.state, self.signed, step, role, order) else { return false };
            match step {
                Step::Sign => self.signed = self.signed.and(role),
                Step::Return => self.signed = Signed::default(),
                _ => {}
            }
            self.state = next;
            true
        }
    }

    #[test]
    fn a_plan_goes_from_the_first_day_to_agreed() {
        let mut plan = Kept { state: State::Scheduled, signed: Signed::default() };
        let order = SignOrder::TeacherThenWorker;
        for (step, role, state) in [
            (Step::Open, Role::SocialWorker, State::Drafting),
            (Step::StartMeeting, Role::DesignatedTeacher, State::Meeting),
            (Step::EndMeeting, Role::DesignatedTeacher, State::Completing),
            (Step::Sign, Role::DesignatedTeacher, State::TeacherSigned),
            (Step::Sign, Role::SocialWorker, State::Quality),
            (Step::Return, Role::VirtualSchool, State::Returned),
            (Step::Sign, Role::DesignatedTeacher, State::TeacherSigned),
            (Step::Sign, Role::SocialWorker, State::Quality),
            (Step::Agree, Role::VirtualSchool, State::Agreed),
        ] {
            assert!(plan.step(step, role, order), "{step:?} by {role:?}");
            assert_eq!(plan.state, state);
        }
        assert!(Role::ALL.iter().all(|role| steps(State::Agreed, plan.signed, *role, order).is_empty()));
    }

    #[test]
    fn nobody_signs_out_of_turn() {
        let none = Signed::default();
        let may = |role, order| after(State::Completing, none, Step::Sign, role, order).is_some();
        assert!(!may(Role::SocialWorker, SignOrder::TeacherThenWorker));
        assert!(!may(Role::DesignatedTeacher, SignOrder::WorkerThenTeacher));
        assert!(may(Role::SocialWorker, SignOrder::Either) && may(Role::DesignatedTeacher, SignOrder::Either));
        assert!(!may(Role::SocialWorker, SignOrder::TeacherAlone));
        for order in SignOrder::ALL {
            assert!(!may(Role::Carer, order) && !may(Role::VirtualSchool, order) && !may(Role::YoungPerson, order));
        }
    }

    proptest! {
        /// Whatever anyone does, in any order: an agreed plan has every signature that
        /// the authority asks for, and a plan that is over stays as it is.
        #[test]
        fn no_way_leads_round_the_signatures(
            order in select(SignOrder::ALL.to_vec()),
            tries in proptest::collection::vec((select(Step::ALL.to_vec()), select(Role::ALL.to_vec())), 0..200),
        ) {
            let mut plan = Kept { state: State::Scheduled, signed: Signed::default() };
            for (step, role) in tries {
                let before = plan.state;
                let moved = plan.step(step, role, order);
                prop_assert!(!moved || !before.is_over());
                let signed = plan.signed;
                match plan.state {
                    State::Quality | State::Agreed => {
                        prop_assert!(signed.teacher && (signed.worker || order == SignOrder::TeacherAlone));
                    }
                    State::TeacherSigned => prop_assert!(signed.teacher && !signed.worker),
                    State::WorkerSigned => prop_assert!(signed.worker && !signed.teacher),
                    State::Scheduled | State::Drafting | State::Meeting | State::Completing | State::Returned => {
                        prop_assert_eq!(signed, Signed::default());
                    }
                    _ => {}
                }
            }
        }
    }
}
