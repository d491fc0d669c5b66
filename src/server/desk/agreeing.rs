//! Agreeing a plan: the steps, who takes them, and what stands in the way.

use super::plan::Said;
use super::team::Team;
use super::{Desk, OrTrouble, overtaken, said};
use crate::api::agreeing::{Agreeing, Asked, Correction, Done, Reason, Scores, Signature};
use crate::api::{Change, Problem};
use crate::domain::access::{self, Action, Permit};
use crate::domain::people::{AnswerId, PlanId, Role};
use crate::domain::plan::State;
use crate::domain::quality::Score;
use crate::domain::ready::{Lack, Whole, lacks};
use crate::domain::sections::SectionId;
use crate::domain::settings::Authority;
use crate::domain::voice::Verdict;
use crate::domain::workflow::{self, Signed, Step};
use crate::server::db::agreeing::{self, Moved, Signing, Taken};
use crate::server::db::plans::{self, Plan};
use crate::server::db::shared::Replying;
use crate::server::db::{documents, late, quality, settings, shared};

/// The longest reason, comment or correction, in characters.
const LONGEST: usize = 4_000;

const LATE: &str = "Someone else has just moved this plan on. Reload the page to see where it is";
const NOT_WITH_SCHOOL: &str = "The plan isn't with the virtual school now. Reload the page to see where it is";

/// What a signature says.
const STATEMENT: &str = "I have read this plan, and what it says is right as far as I know.";

impl Desk {
    /// The authority's own rules.
    pub(super) async fn authority(&self) -> Result<Authority, Problem> {
        settings::authority(&self.state.db).await.or_trouble(&self.request)
    }

    /// What the asker sees of a plan's way to being agreed.
    pub(super) async fn agreeing(&self, plan: &Plan, values: &Said, team: &Team) -> Result<Agreeing, Problem> {
        let db = &self.state.db;
        let readable = self.readable(plan).await?;
        let signatures = agreeing::signatures(db, &plan.id).await.or_trouble(&self.request)?;
        let signed = standing(&signatures);
        let authority = self.authority().await?;
        let steps = self.steps(plan, signed, &authority);
        let signs = steps.iter().find(|(step, _)| *step == Step::Sign).map(|(_, role)| *role);
        let signature = |given: agreeing::Signature| Signature {
            by: team.name_of(&given.by),
            role: given.role,
            at: given.at,
            changed: given.void.into_iter().filter(|section| readable.contains(section)).collect(),
        };
        let may_correct = plan.state == State::Agreed && self.may(Action::Correct, plan);
        Ok(Agreeing {
            steps: steps.iter().map(|(step, _)| *step).collect(),
            seal: agreeing::seal(db, &plan.id, &readable).await.or_trouble(&self.request)?,
            signatures: signatures.into_iter().map(signature).collect(),
            agreed: match plan.state {
                State::Agreed => agreeing::last(db, &plan.id, Step::Agree)
                    .await
                    .or_trouble(&self.request)?
                    .map(|step| Done { by: team.name_of(&step.by), at: step.at }),
                _ => None,
            },
            lacks: match signs {
                Some(role) => self.lacks(plan, role, values, &authority).await?,
                None => Vec::new(),
            },
            reason: self.reason(plan, team).await?,
            late: self.late(plan, &readable, team).await?,
            offered: self.offered(plan, &readable, team).await?,
            corrections: self.corrections(plan, &readable, team).await?,
            may_correct: if may_correct { readable.clone() } else { Vec::new() },
            scores: self.scores(plan, authority).await?,
            before: plans::numbered(db, &plan.child, plan.number - 1).await.or_trouble(&self.request)?,
            after: plans::numbered(db, &plan.child, plan.number + 1).await.or_trouble(&self.request)?,
        })
    }

    /// Every step that the asker may take from here, with the role in which they take it.
    fn steps(&self, plan: &Plan, signed: Signed, authority: &Authority) -> Vec<(Step, Role)> {
        let Ok(actor) = self.actor() else { return Vec::new() };
        let roles = access::roles(actor, &plan.child, self.today);
        let role_for = |step: Step| {
            let leads =
                |role: &&Role| workflow::after(plan.state, signed, step, **role, authority.sign_order).is_some();
            roles.iter().find(leads).filter(|_| self.may(Action::Move(step), plan)).map(|role| (step, *role))
        };
        Step::ALL.into_iter().filter_map(role_for).collect()
    }

    /// What is missing before someone of this role can sign.
    pub(super) async fn lacks(
        &self,
        plan: &Plan,
        role: Role,
        values: &Said,
        authority: &Authority,
    ) -> Result<Vec<Lack>, Problem> {
        let (person, _) = self.adult()?;
        let earlier = self.last_values(plan, &[SectionId::Targets]).await?;
        let whole = Whole {
            values: &|section| values.get(&section),
            phase: plan.phase(),
            earlier_targets: earlier.get(&SectionId::Targets).map_or(0, |last| last.rows("targets").count()),
        };
        let mut all = lacks(role, &whole, authority);
        let asked = shared::with(&self.state.db, &plan.id, person).await.or_trouble(&self.request)?;
        all.extend(asked.iter().filter(|answer| answer.asks() && answer.reply.is_none()).map(|answer| Lack {
            section: SectionId::MyVoice,
            field: answer.question.clone(),
            words: "{name} asked for something, and has no reply yet".into(),
        }));
        for lack in &mut all {
            lack.words = lack.words.replace("{name}", &plan.name);
        }
        Ok(all)
    }

    /// What the plan before this one says in these sections.
    pub(super) async fn last_values(&self, plan: &Plan, sections: &[SectionId]) -> Result<Said, Problem> {
        let db = &self.state.db;
        let Some(last) = plans::numbered(db, &plan.child, plan.number - 1).await.or_trouble(&self.request)? else {
            return Ok(Said::new());
        };
        Ok(documents::values_in(db, &last, sections).await.or_trouble(&self.request)?.into_iter().collect())
    }

    /// Moves a plan on.
    pub async fn take_step(&self, plan: &PlanId, asked: &Asked) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Move(asked.step)).await?;
        let reason = asked.reason.trim();
        if asked.step.needs_reason() && reason.is_empty() {
            return Err(said("Say why, so that everyone in the team understands it"));
        }
        is_short_enough(reason)?;
        let authority = self.authority().await?;
        let signatures = agreeing::signatures(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let signed = standing(&signatures);
        let steps = self.steps(&plan, signed, &authority);
        let Some((_, role)) = steps.into_iter().find(|(step, _)| *step == asked.step) else {
            return Err(overtaken("This can't be done from where the plan is now. Reload the page to see where it is"));
        };
        if asked.step == Step::Agree {
            let given = quality::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
            authority.quality.keeps_from_agreeing(&given).map_or(Ok(()), |sentence| Err(overtaken(sentence)))?;
        }
        let to = workflow::after(plan.state, signed, asked.step, role, authority.sign_order);
        let taken = Taken {
            step: asked.step,
            from: plan.state,
            to: to.ok_or_else(|| overtaken(LATE))?,
            role,
            reason: reason.to_string(),
            sections: asked.sections.clone(),
            at: self.now,
            signs: match asked.step {
                Step::Sign => Some(self.signing(&plan, role, asked, &authority).await?),
                _ => None,
            },
            next: (asked.step == Step::Agree).then(|| {
                let (year, term) = plan.term.after(plan.year);
                (year, term, plan.number + 1)
            }),
        };
        self.moved(&plan, &permit, &taken).await
    }

    async fn moved(&self, plan: &Plan, permit: &Permit, taken: &Taken) -> Result<(), Problem> {
        match agreeing::take(&self.state.db, permit, &plan.id, taken).await.or_trouble(&self.request)? {
            Moved::Done => {}
            Moved::Late => return Err(overtaken(LATE)),
            Moved::Changed => {
                return Err(overtaken(
                    "Something changed since you opened this page, so nothing is signed. Look at what is new, and sign again",
                ));
            }
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// What the asker signs, where nothing is missing.
    async fn signing(&self, plan: &Plan, role: Role, asked: &Asked, authority: &Authority) -> Result<Signing, Problem> {
        let sections = self.readable(plan).await?;
        let values = self.values(plan, &sections).await?;
        let lacks = self.lacks(plan, role, &values, authority).await?;
        if let Some(lack) = lacks.first() {
            return Err(overtaken(format!("This can't be signed yet. What is missing first: {}", lack.words)));
        }
        Ok(Signing { seen: asked.seal.clone(), sections, statement: STATEMENT.into() })
    }

    /// Why the plan stands where it stands, for those who work on it.
    async fn reason(&self, plan: &Plan, team: &Team) -> Result<Option<Reason>, Problem> {
        let step = match plan.state {
            State::Returned => Step::Return,
            State::Cancelled => Step::Cancel,
            State::Superseded => Step::Supersede,
            State::NotNeeded => Step::NotNeeded,
            _ => return Ok(None),
        };
        if !self.may(Action::ReadQuality, plan) {
            return Ok(None);
        }
        let logged = agreeing::last(&self.state.db, &plan.id, step).await.or_trouble(&self.request)?;
        Ok(logged.map(|logged| Reason {
            by: team.name_of(&logged.by),
            at: logged.at,
            words: logged.reason,
            sections: logged.sections,
        }))
    }

    async fn late(&self, plan: &Plan, readable: &[SectionId], team: &Team) -> Result<Vec<Change>, Problem> {
        if !plan.state.is_over() {
            return Ok(Vec::new());
        }
        let edits = late::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let seen = edits.into_iter().filter(|edit| readable.contains(&edit.section));
        let change = |edit: late::LateEdit| Change {
            section: edit.section,
            path: edit.path,
            by: team.name_of(&edit.by),
            at: edit.at,
            was: edit.was,
            became: edit.became,
        };
        Ok(seen.map(change).collect())
    }

    pub(super) async fn corrections(
        &self,
        plan: &Plan,
        readable: &[SectionId],
        team: &Team,
    ) -> Result<Vec<Correction>, Problem> {
        let all = late::corrections(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let seen = all.into_iter().filter(|addendum| readable.contains(&addendum.section));
        let correction = |addendum: late::Addendum| Correction {
            section: addendum.section,
            words: addendum.words,
            by: team.name_of(&addendum.by),
            role: addendum.role,
            at: addendum.at,
        };
        Ok(seen.map(correction).collect())
    }

    async fn scores(&self, plan: &Plan, authority: Authority) -> Result<Option<Scores>, Problem> {
        if !self.may(Action::ReadQuality, plan) {
            return Ok(None);
        }
        let given = quality::of_plan(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let may_score = plan.state == State::Quality && self.may(Action::Score, plan);
        Ok(Some(Scores { quality: authority.quality, given, may_score }))
    }

    /// Says how good one area of a plan is.
    pub async fn score(&self, plan: &PlanId, score: &Score) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Score).await?;
        let quality = self.authority().await?.quality;
        if plan.state != State::Quality {
            return Err(overtaken(NOT_WITH_SCHOOL));
        }
        if !quality.areas.contains(&score.area) || !quality.scheme.levels().contains(&score.level.as_str()) {
            return Err(overtaken("The authority has changed its areas meanwhile. Reload the page"));
        }
        is_short_enough(&score.comment)?;
        if !quality::put(&self.state.db, &permit, &plan.id, score, self.now).await.or_trouble(&self.request)? {
            return Err(overtaken(NOT_WITH_SCHOOL));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Puts something right beside an agreed plan.
    pub async fn correct(&self, plan: &PlanId, section: SectionId, words: &str) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Correct).await?;
        if plan.state != State::Agreed {
            return Err(overtaken("The plan isn't agreed yet, so it can be changed itself"));
        }
        if !self.may(Action::Read(section), &plan) {
            return Err(Problem::NotFound);
        }
        let words = words.trim();
        if words.is_empty() {
            return Err(said("Write what is right instead"));
        }
        is_short_enough(words)?;
        let role = self.role(&plan).ok_or(Problem::NotFound)?;
        late::correct(&self.state.db, &permit, role, &plan.id, section, words, self.now)
            .await
            .or_trouble(&self.request)?;
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Replies to something that the young person asked for, and shared with the asker.
    pub async fn reply(
        &self,
        plan: &PlanId,
        answer: &AnswerId,
        (verdict, why): (Verdict, &str),
        due: &str,
    ) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Reply).await?;
        let why = why.trim();
        if why.is_empty() {
            return Err(said(format!("Say why, in words that {} understands", plan.name)));
        }
        is_short_enough(why)?;
        let due = Some(due.trim()).filter(|due| !due.is_empty()).map(str::parse).transpose().map_err(said)?;
        let replying = Replying { verdict, why, due };
        let done = shared::reply(&self.state.db, &permit, &plan.id, answer, replying, self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("This was taken back, so there is nothing to reply to. Reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }
}

/// Whose signatures stand in full.
fn standing(signatures: &[agreeing::Signature]) -> Signed {
    let stands = |role: Role| signatures.iter().any(|given| given.role == role && given.void.is_empty());
    Signed { teacher: stands(Role::DesignatedTeacher), worker: stands(Role::SocialWorker) }
}

fn is_short_enough(words: &str) -> Result<(), Problem> {
    match words.chars().count().checked_sub(LONGEST).filter(|over| *over > 0) {
        Some(over) => Err(said(format!("This is {over} characters too long. Shorten it"))),
        None => Ok(()),
    }
}
