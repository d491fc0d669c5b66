//! Last term's plan of a demo child: signed and agreed by the steps that people take.

use super::authority::{Plan, Reply, on_day};
use super::{Filling, in_words, writing};
use crate::domain::access::{self, Action, Actor};
use crate::domain::calendar::Moment;
use crate::domain::people::{ChildId, PersonId, PlanId, Role};
use crate::domain::plan::State;
use crate::domain::sections::SectionId;
use crate::domain::workflow::{SignOrder, Signed, Step, after};
use crate::server::clock;
use crate::server::db::agreeing::{self, Moved, Signing, Taken};
use crate::server::db::plans::{self, NewPlan};
use crate::server::db::shared::{self, Replying};
use crate::server::db::{documents, people};

/// Days between this term's plan and the last.
const A_TERM: i64 = 80;

impl Filling<'_> {
    /// Adds a child's plan for the term before, and agrees it.
    pub(super) async fn add_earlier(&self, child: &ChildId, plan: &Plan) -> Result<(), String> {
        let (year, term) = clock::school_term(self.today);
        let (year, term) = term.before(year);
        let number = Some(i64::from(plan.number));
        let new = NewPlan { child: child.clone(), year, term, number, state: State::Completing, meeting: None };
        let id = plans::begin(self.db, &new, self.in_days(-A_TERM)).await.map_err(in_words)?;
        for (section, written) in &plan.sections {
            self.add_section(child, &id, *section, written).await?;
        }
        let commit = writing::voice(&id, &plan.voice, &self.people, self.in_days(-A_TERM))?;
        if !commit.updates.is_empty() {
            documents::commit(self.db, &[commit]).await.map_err(in_words)?;
        }
        for reply in &plan.voice.replies {
            self.reply(child, &id, reply).await?;
        }
        let mut signed = Signed::default();
        let mut state = State::Completing;
        for (step, role) in [
            (Step::Sign, Role::DesignatedTeacher),
            (Step::Sign, Role::SocialWorker),
            (Step::Agree, Role::VirtualSchool),
        ] {
            let order = SignOrder::TeacherThenWorker;
            let to = after(state, signed, step, role, order).ok_or("An earlier plan can't be agreed")?;
            self.take(child, &id, step, role, (state, to)).await?;
            signed = if step == Step::Sign { signed.and(role) } else { signed };
            state = to;
        }
        Ok(())
    }

    /// A reply to something that the child asked for.
    async fn reply(&self, child: &ChildId, plan: &PlanId, reply: &Reply) -> Result<(), String> {
        let by = self.person(&reply.by)?;
        let relationships = people::relationships(self.db, by).await.map_err(in_words)?;
        let actor = Actor::Adult { person: by.clone(), relationships };
        let permit = access::decide(&actor, Action::Reply, child, plan, self.today);
        let permit = permit.map_err(|refusal| refusal.sentence())?;
        let asked = shared::with(self.db, plan, by).await.map_err(in_words)?;
        let answer = asked.iter().find(|answer| answer.question == reply.question).ok_or("Nothing was asked")?;
        let due = Some(&reply.due).filter(|due| !due.is_empty()).map(|due| on_day(due, self.today).parse());
        let replying = Replying { verdict: reply.verdict, why: &reply.why, due: due.transpose()? };
        let done = shared::reply(self.db, &permit, plan, &answer.id, replying, self.in_days(5 - A_TERM));
        done.await.map_err(in_words)?.then_some(()).ok_or_else(|| "A reply was not taken".into())
    }

    async fn take(
        &self,
        child: &ChildId,
        plan: &PlanId,
        step: Step,
        role: Role,
        (from, to): (State, State),
    ) -> Result<(), String> {
        let person = self.someone(child, role).await?;
        let relationships = people::relationships(self.db, &person).await.map_err(in_words)?;
        let actor = Actor::Adult { person, relationships };
        let may = |action| access::decide(&actor, action, child, plan, self.today);
        let permit = may(Action::Move(step)).map_err(|refusal| refusal.sentence())?;
        let sections: Vec<_> = SectionId::ALL.iter().copied().filter(|id| may(Action::Read(*id)).is_ok()).collect();
        let seen = agreeing::seal(self.db, plan, &sections).await.map_err(in_words)?;
        let statement = "I have read this plan, and what it says is right as far as I know.".to_string();
        let taken = Taken {
            step,
            from,
            to,
            role,
            reason: String::new(),
            sections: Vec::new(),
            at: self.in_days(10 - A_TERM),
            signs: (step == Step::Sign).then_some(Signing { seen, sections, statement }),
            next: None,
        };
        match agreeing::take(self.db, &permit, plan, &taken).await.map_err(in_words)? {
            Moved::Done => Ok(()),
            other => Err(format!("An earlier plan could not be agreed: {other:?}")),
        }
    }

    /// Someone who is this to the child today.
    async fn someone(&self, child: &ChildId, role: Role) -> Result<PersonId, String> {
        let members = people::members(self.db, child).await.map_err(in_words)?;
        let member = members
            .into_iter()
            .find(|member| member.relationship.role == role && member.relationship.holds_on(self.today));
        member.map(|member| member.person).ok_or_else(|| format!("Nobody is the child's {}", role.words()))
    }

    fn in_days(&self, days: i64) -> Moment {
        Moment(self.now.0 + days * clock::DAY)
    }
}
