//! What a young person hears of what they said, put together for their own page; and what
//! adults hear of what they say to that.

use super::team::Team;
use super::translated::in_other_words;
use super::{Desk, OrTrouble, overtaken, refused};
use crate::api::Problem;
use crate::api::influence::{Came, Heard, MyPlan, Promise, Said, SaidBack, Taken, WorkingOn};
use crate::domain::access::{self, Action, Refusal};
use crate::domain::calendar::Moment;
use crate::domain::people::{AnswerId, MediaId, PlanId, TeamMember};
use crate::domain::plan::State;
use crate::domain::sections::{Kind, SectionId};
use crate::domain::values::Values;
use crate::domain::voice::{
    Made, Seen, SharedAnswer, drawing_of, may_take_back, pick_of, picture_words_of, recording_of, words_of,
};
use crate::server::db::plans::{self, Plan};
use crate::server::db::{documents, heard, sessions, shared, translations};
use crate::server::paper;

impl Desk {
    /// What a young person hears: for their sitting alone, behind their pictures.
    pub async fn heard(&self, pass: &str) -> Result<Heard, Problem> {
        let (session, sitting) = self.in_sitting().await?;
        let db = &self.state.db;
        if !sessions::pass_opens(db, &session, Some(pass)).await.or_trouble(&self.request)? {
            return Err(refused(Refusal::Locked));
        }
        let (plan, permit) = self.open(&sitting.plan, Action::Read(SectionId::MyVoice)).await?;
        let team = self.team(&plan).await?;
        let before = match plans::numbered(db, &plan.child, plan.number - 1).await.or_trouble(&self.request)? {
            Some(before) => plans::find(db, &before).await.or_trouble(&self.request)?,
            None => None,
        };
        let mut came = Vec::new();
        let mut shared_before = Vec::new();
        for (of, is_before) in [(Some(&plan), false), (before.as_ref(), true)] {
            let Some(of) = of else { continue };
            let answers = heard::shared(db, &permit, &of.id).await.or_trouble(&self.request)?;
            came.extend(answers.iter().filter_map(|(answer, _)| self.came(&plan, &team, answer, is_before)));
            if is_before {
                shared_before = answers.into_iter().map(|(answer, _)| answer).collect();
            }
        }
        let asked_back = heard::asked_back(db, &permit, &plan.id).await.or_trouble(&self.request)?;
        let named = |asked: heard::AskedBack| Taken {
            question: asked.question,
            with: asked.with.iter().map(|person| team.name_of(&person.to_string())).collect(),
            hidden: asked.hidden.map(|(by, at)| (team.name_of(&by), at.day())),
        };
        // Behind pictures, what they wrote; without, no more than others have read: who
        // holds the tablet may be somebody else by now.
        let last = match (&before, sitting.code_hash.is_some()) {
            (Some(before), true) => wrote(&heard::written(db, &permit, &before.id).await.or_trouble(&self.request)?),
            _ => shared_before.iter().map(said).collect(),
        };
        Ok(Heard {
            opened: !may_take_back(plan.state),
            came,
            taken: asked_back.into_iter().map(named).collect(),
            last,
            plan: self.my_plan(&plan, before.as_ref(), &team).await?,
        })
    }

    fn came(&self, plan: &Plan, team: &Team, answer: &SharedAnswer, before: bool) -> Option<Came> {
        let mut reply = answer.reply.clone().filter(|_| answer.asks())?;
        let decided = reply.by.clone();
        let hears =
            |member: &TeamMember| member.id.to_string() == decided || access::hears(member.role, Action::HearBack);
        reply.by = team.name_of(&decided);
        if let Some(theirs) = &mut reply.theirs {
            theirs.by = team.name_of(&theirs.by);
        }
        Some(Came {
            answer: answer.id.clone(),
            asked: said(answer),
            before,
            reply,
            hears: team.on(plan, self.today).into_iter().filter(hears).map(|member| member.name).collect(),
        })
    }

    /// The plan whose meeting has been: this one, or the one before.
    async fn my_plan(&self, plan: &Plan, before: Option<&Plan>, team: &Team) -> Result<Option<MyPlan>, Problem> {
        let of = match before {
            _ if has_met(plan.state) => plan,
            Some(before) if before.state == State::Agreed => before,
            _ => return Ok(None),
        };
        let db = &self.state.db;
        let readable: Vec<_> = of.sections().filter(|id| access::is_young_persons_to_read(*id)).collect();
        let values = documents::values_in(db, &of.id, &readable).await.or_trouble(&self.request)?;
        let empty = Values::default();
        let says = |id: SectionId| {
            let found = values.iter().find(|(section, _)| *section == id && readable.contains(&id));
            found.map_or(&empty, |(_, values)| values)
        };
        let hears = |member: &TeamMember| access::hears(member.role, Action::HearOfPlan);
        Ok(Some(MyPlan {
            plan: of.id.clone(),
            before: of.id != plan.id,
            agreed: says(SectionId::MeetingRecord).text("agreed").trim().to_string(),
            working_on: paper::Working::all(says(SectionId::Targets)).into_iter().map(working_on).collect(),
            promises: paper::Promise::all(says(SectionId::Actions)).into_iter().map(promise).collect(),
            seen: heard::seen(db, &of.id).await.or_trouble(&self.request)?,
            hears: team.on(plan, self.today).into_iter().filter(hears).map(|member| member.name).collect(),
        }))
    }

    /// What the young person said to a plan; their words for those they were told of.
    pub(super) async fn seen(&self, plan: &Plan) -> Result<Option<Seen>, Problem> {
        let seen = heard::seen(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let may_hear = self.may(Action::HearOfPlan, plan);
        Ok(seen.map(|seen| if may_hear { seen } else { Seen { words: String::new(), ..seen } }))
    }

    /// Leaves out what the young person said to replies, but for who replied and the
    /// designated teacher, and names those who replied and who translated.
    pub(super) fn hear_back(&self, plan: &Plan, answers: &mut [SharedAnswer], team: &Team) -> Result<(), Problem> {
        let (person, _) = self.adult()?;
        for reply in answers.iter_mut().filter_map(|answer| answer.reply.as_mut()) {
            if reply.by != person.to_string() && !self.may(Action::HearBack, plan) {
                reply.back = None;
            }
            reply.by = team.name_of(&reply.by);
            if let Some(theirs) = &mut reply.theirs {
                theirs.by = team.name_of(&theirs.by);
            }
        }
        for translation in answers.iter_mut().flat_map(|answer| &mut answer.translations) {
            translation.by = team.name_of(&translation.by);
        }
        Ok(())
    }

    /// What the young person said to replies about what they didn't share with the asker.
    pub(super) async fn said_back(
        &self,
        plan: &Plan,
        shown: &[SharedAnswer],
        team: &Team,
    ) -> Result<Vec<SaidBack>, Problem> {
        if !self.may(Action::HearBack, plan) {
            return Ok(Vec::new());
        }
        let backs = heard::backs(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let others = backs.into_iter().filter(|(answer, ..)| shown.iter().all(|shown| shown.id != *answer));
        Ok(others
            .map(|(_, by, back)| SaidBack { to: team.name_of(&by), ok: back.ok, words: back.words, on: back.at.day() })
            .collect())
    }

    /// Closes what the young person asked to take back.
    pub async fn hide(&self, plan: &PlanId, answer: &AnswerId) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Reply).await?;
        let for_everyone = self.may(Action::HideForAll, &plan);
        let done = shared::hide(&self.state.db, &permit, &plan.id, answer, for_everyone, self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("This is hidden already, or isn't asked back any more. Reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Says the reply that was given then in the language of the answer.
    pub async fn say_reply(&self, plan: &PlanId, answer: &AnswerId, to: Moment, words: &str) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Translate).await?;
        let said = (to, in_other_words(words)?);
        let done = translations::add_to_reply(&self.state.db, &permit, &plan.id, answer, said, self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("There is another reply by now, or this was taken back. Reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }

    /// Adds what a shared answer says in another language.
    pub async fn translate(&self, plan: &PlanId, answer: &AnswerId, words: &str) -> Result<(), Problem> {
        let (plan, permit) = self.open(plan, Action::Translate).await?;
        let words = in_other_words(words)?;
        let done = translations::add(&self.state.db, &permit, &plan.id, answer, words, self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("This was taken back, so there is nothing to translate. Reload the page"));
        }
        self.state.rooms.news(&plan.id).await;
        Ok(())
    }
}

/// Whether a plan's meeting is over, and the plan there to be seen.
fn has_met(state: State) -> bool {
    !matches!(state, State::Scheduled | State::Drafting | State::Meeting)
        && !matches!(state, State::Cancelled | State::Superseded | State::NotNeeded)
}

fn said(answer: &SharedAnswer) -> Said {
    Said {
        question: answer.question.clone(),
        pick: answer.pick.clone(),
        words: answer.words.clone(),
        made: answer.made.clone(),
    }
}

/// Every answer of a private document.
fn wrote(values: &Values) -> Vec<Said> {
    let questions = SectionId::MyVoice.section().fields.iter().filter(|field| matches!(field.kind, Kind::Question(_)));
    let media = |path: String| values.fact(&path).and_then(|id| id.parse::<MediaId>().ok());
    let said = |id: &str| Said {
        question: id.to_string(),
        pick: values.fact(&pick_of(id)).unwrap_or_default().to_string(),
        words: values.text(&words_of(id)).to_string(),
        made: Made {
            drawing: media(drawing_of(id)),
            recording: media(recording_of(id)),
            picture_words: values.text(&picture_words_of(id)).to_string(),
        },
    };
    questions
        .map(|field| said(field.id))
        .filter(|said| !said.pick.is_empty() || !said.words.trim().is_empty() || said.made.says())
        .collect()
}

fn working_on(target: paper::Working) -> WorkingOn {
    let paper::Working { picture, what, doing, who, day, .. } = target;
    WorkingOn { picture, what, help: doing, who, day }
}

fn promise(promise: paper::Promise) -> Promise {
    let paper::Promise { what, who, day, done, .. } = promise;
    Promise { what, who, day, done }
}
