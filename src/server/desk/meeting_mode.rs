//! The meeting itself: what each person has open in it, and what may be on the screen
//! that all of them see.

use super::home::meeting;
use super::{Desk, OrTrouble};
use crate::api::Problem;
use crate::api::meeting::{MeetingPage, OpenPart};
use crate::domain::access::Action;
use crate::domain::calendar::Moment;
use crate::domain::meeting::agenda::Item;
use crate::domain::meeting::screen::SharedScreen;
use crate::domain::people::{PlanId, Role};
use crate::domain::plan::State;
use crate::domain::ready::Lack;
use crate::domain::sections::SectionId;
use crate::domain::voice::SharedAnswer;
use crate::domain::workflow::Step;
use crate::server::db::plans::Plan;
use crate::server::db::{agreeing, shared};
use crate::server::paper::Kept;

impl Desk {
    /// The meeting, with what of the plan the asker may read.
    pub async fn meeting(&self, plan: &PlanId) -> Result<MeetingPage, Problem> {
        self.adult()?;
        let (plan, _) = self.open(plan, Action::Meet).await?;
        let team = self.team(&plan).await?;
        let readable = self.readable(&plan).await?;
        let looked_at: Vec<_> = Item::sections().into_iter().filter(|id| readable.contains(id)).collect();
        let mut values = self.values(&plan, &looked_at).await?;
        let part = |section: SectionId| OpenPart {
            section,
            may_write: plan.state.takes_edits() && self.may(Action::Write(section), &plan),
            values: values.remove(&section).unwrap_or_default(),
        };
        Ok(MeetingPage {
            plan: plan.id.clone(),
            name: plan.name.clone(),
            state: plan.state,
            meeting: meeting(&plan),
            began: self.began(&plan).await?,
            shared: self.shared(&plan, &team).await?,
            parts: looked_at.into_iter().map(part).collect(),
            team: team.on(&plan, self.today),
            ever: team.ever(&plan, self.today),
            lacks: self.missing(&plan, &readable).await?,
        })
    }

    /// When the meeting was opened, while it goes on.
    async fn began(&self, plan: &Plan) -> Result<Option<Moment>, Problem> {
        if plan.state != State::Meeting {
            return Ok(None);
        }
        let step = agreeing::last(&self.state.db, &plan.id, Step::StartMeeting).await.or_trouble(&self.request)?;
        Ok(step.map(|step| step.at))
    }

    /// What is still missing, whoever is asked for it. What the asker may not read says
    /// nothing here, also not through what it would ask for elsewhere.
    async fn missing(&self, plan: &Plan, readable: &[SectionId]) -> Result<Vec<Lack>, Problem> {
        let (authority, values) = (self.authority().await?, self.values(plan, readable).await?);
        let mut all: Vec<Lack> = Vec::new();
        for role in [Role::DesignatedTeacher, Role::SocialWorker, Role::Carer] {
            for lack in self.lacks(plan, role, &values, &authority).await? {
                let is_theirs = readable.contains(&lack.section) || lack.section == SectionId::MyVoice;
                if is_theirs && !all.contains(&lack) {
                    all.push(lack);
                }
            }
        }
        Ok(all)
    }

    /// The screen that everybody sees. Nothing is on it because of who asks.
    pub async fn shared_screen(&self, plan: &PlanId) -> Result<SharedScreen, Problem> {
        self.adult()?;
        let (plan, _) = self.open(plan, Action::Meet).await?;
        // All of it is looked through for the home, whoever asks; and the plan before as
        // well, where nobody has confirmed this one's private details.
        let all = self.everything(&plan).await?;
        let last = self.last_values(&plan, SectionId::ALL).await?;
        let kept = Kept::home_of(all.iter().chain(&last).map(|(id, values)| (*id, values)));
        let clear = |words: String| kept.put(words).words().to_string();
        let there: Vec<_> = plan.sections().collect();
        let answers = self.shared_with_all(&plan).await?;
        let began = self.began(&plan).await?;
        Ok(SharedScreen::of(
            (&plan.name, began),
            &there,
            &|part| all.get(&part.section()).filter(|_| there.contains(&part.section())),
            &answers,
            &clear,
        ))
    }

    /// The answers that were shared with everybody who is in the team today.
    async fn shared_with_all(&self, plan: &Plan) -> Result<Vec<SharedAnswer>, Problem> {
        let mut common: Option<Vec<SharedAnswer>> = None;
        for member in self.team(plan).await?.on(plan, self.today) {
            let theirs = shared::with(&self.state.db, &plan.id, &member.id).await.or_trouble(&self.request)?;
            common = Some(match common {
                None => theirs,
                Some(all) => {
                    all.into_iter().filter(|answer| theirs.iter().any(|other| other.id == answer.id)).collect()
                }
            });
        }
        Ok(common.unwrap_or_default().into_iter().filter(SharedAnswer::is_for_everyone_at_once).collect())
    }
}
