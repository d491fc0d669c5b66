//! Copies of a plan to hold: what each kind has of it, for the one who asks.

use super::home::{meeting, year_group};
use super::plan::Said;
use super::team::Team;
use super::{Desk, OrTrouble, overtaken};
use crate::api::Problem;
use crate::domain::access::Action;
use crate::domain::capital::capital;
use crate::domain::copies::CopyKind;
use crate::domain::people::{PlanId, Role, TeamMember};
use crate::domain::plan::State;
use crate::domain::sections::SectionId;
use crate::domain::values::{Entry, Values};
use crate::domain::voice::{Look, SharedAnswer};
use crate::domain::words::Language;
use crate::server::db::agreeing;
use crate::server::db::plans::Plan;
use crate::server::paper::{
    Copy, Correction, Cover, FamilyCopy, Happening, Helper, Kept, Member, Promise, Quote, Saying, Signature, WholeCopy,
    Working, YoungPersonsCopy, section,
};

const NO_HOME: &str = "Write the home address in Private details first. A family copy is checked against it, \
                       so that the address can't be on it";

impl Desk {
    /// The kinds of copies that the asker may have.
    pub(super) fn copies(&self, plan: &Plan) -> Vec<CopyKind> {
        CopyKind::ALL.into_iter().filter(|kind| self.may(Action::Copy(*kind), plan)).collect()
    }

    /// A copy of a plan as a PDF.
    pub async fn copy(&self, plan: &PlanId, kind: CopyKind) -> Result<Vec<u8>, Problem> {
        self.adult()?;
        let (plan, _) = self.open(plan, Action::Copy(kind)).await?;
        let copy = match kind {
            CopyKind::Whole => Copy::Whole(Box::new(self.whole(&plan).await?)),
            CopyKind::YoungPersons => Copy::YoungPersons(Box::new(self.young_persons(&plan).await?)),
            CopyKind::Familys => Copy::Familys(Box::new(self.familys(&plan).await?)),
        };
        tracing::info!(plan = %plan.id, kind = kind.file(), "a copy was made");
        copy.pdf().await.or_trouble(&self.request)
    }

    async fn whole(&self, plan: &Plan) -> Result<WholeCopy, Problem> {
        let team = self.team(plan).await?;
        let paper: Vec<_> = self.readable(plan).await?.into_iter().filter(|section| section.on_paper()).collect();
        let values = self.values(plan, &paper).await?;
        let translated = self.all_translated(plan, &paper, &team).await?;
        let empty = Values::default();
        let by = |entry: &Entry| Some(capital(&team.name_of(&entry.by)));
        let last = self.last_sessions(plan, &paper).await?;
        let says = |id: &SectionId| {
            (values.get(id).unwrap_or(&empty), translated.get(id).map(Vec::as_slice).unwrap_or_default())
        };
        let sections = paper.iter().filter_map(|id| section((*id, last), says(id), &plan.name, &by));
        Ok(WholeCopy {
            cover: self.cover(plan),
            quotes: self.shared_in_order(plan, &team).await?.iter().map(Quote::of).collect(),
            team: team.on(plan, self.today).into_iter().map(member).collect(),
            sections: sections.collect(),
            signatures: self.signatures(plan, &team).await?,
            corrections: self.put_right(plan, &paper, &team).await?,
        })
    }

    fn cover(&self, plan: &Plan) -> Cover {
        let place = [year_group(&plan.year_group, Language::English), plan.school.clone()];
        Cover {
            name: plan.name.clone(),
            plan: format!("{} {}, plan {}", plan.term.words(), plan.year, plan.number),
            school: place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            meeting: meeting(plan).map(|meeting| {
                let when = format!("Meeting: {}, {}", meeting.at.day().spoken(), meeting.at.clock());
                if meeting.place.is_empty() { when } else { format!("{when}, {}", meeting.place) }
            }),
            state: plan.state.words().into(),
            is_agreed: plan.state == State::Agreed,
            made: format!("Made on {}", self.today.spoken()),
            made_for: self.asker.name.clone(),
        }
    }

    async fn signatures(&self, plan: &Plan, team: &Team) -> Result<Vec<Signature>, Problem> {
        let readable = self.readable(plan).await?;
        let given = agreeing::signatures(&self.state.db, &plan.id).await.or_trouble(&self.request)?;
        let signature = |given: agreeing::Signature| Signature {
            by: capital(&team.name_of(&given.by)),
            role: given.role.words().into(),
            at: format!("{} {}", given.at.day().spoken(), given.at.clock()),
            hash: given.hash,
            changed: given
                .void
                .into_iter()
                .filter(|section| readable.contains(section))
                .map(|section| section.section().titled(&plan.name))
                .collect(),
        };
        Ok(given.into_iter().map(signature).collect())
    }

    /// What was put right in these sections after the plan was agreed.
    async fn put_right(&self, plan: &Plan, paper: &[SectionId], team: &Team) -> Result<Vec<Correction>, Problem> {
        let all = self.corrections(plan, paper, team).await?;
        let correction = |made: crate::api::agreeing::Correction| Correction {
            section: made.section.section().titled(&plan.name),
            words: made.words,
            by: format!("{}, {}, {}", capital(&made.by), made.role.words(), made.at.day().spoken()),
        };
        Ok(all.into_iter().map(correction).collect())
    }

    /// What the young person shared with the asker, and the sections that both may read.
    async fn young_persons(&self, plan: &Plan) -> Result<YoungPersonsCopy, Problem> {
        let team = self.team(plan).await?;
        let theirs = |id: &SectionId| id.section().readers.contains(&Role::YoungPerson);
        let both: Vec<_> = self.readable(plan).await?.into_iter().filter(|id| theirs(id) && id.on_paper()).collect();
        let values = self.values(plan, &both).await?;
        let empty = Values::default();
        let says = |id: SectionId| values.get(&id).unwrap_or(&empty);
        let look = Look::at_age(self.today.years_since(plan.born));
        let shared = self.shared_in_order(plan, &team).await?;
        Ok(YoungPersonsCopy {
            name: plan.name.clone(),
            look,
            term: format!("{} {}", plan.term.words(), plan.year),
            asker: self.asker.name.clone(),
            sayings: shared.iter().filter_map(|answer| Saying::of(answer, look)).collect(),
            working_on: Working::all(says(SectionId::Targets)),
            helpers: helpers(&team.on(plan, self.today), says(SectionId::SchoolNow)),
            meeting: meeting(plan).filter(|meeting| meeting.at >= self.now).map(|meeting| Happening {
                day: meeting.at.day().spoken(),
                time: meeting.at.clock(),
                place: meeting.place,
            }),
            next: day(says(SectionId::MeetingRecord).fact("next-plan")),
            agreed: says(SectionId::MeetingRecord).text("agreed").trim().into(),
            promises: Promise::all(says(SectionId::Actions)),
            made: format!("Made on {}", self.today.spoken()),
        })
    }

    /// What the young person shared with the asker, in the order in which it was asked.
    async fn shared_in_order(&self, plan: &Plan, team: &Team) -> Result<Vec<SharedAnswer>, Problem> {
        let mut shared = self.shared(plan, team).await?;
        // What they asked to take back can't be taken back from paper.
        shared.retain(|answer| answer.asked_back.is_none());
        let place = |question: &str| SectionId::MyVoice.section().fields.iter().position(|field| field.id == question);
        shared.sort_by_key(|answer| place(&answer.question));
        Ok(shared)
    }

    async fn familys(&self, plan: &Plan) -> Result<FamilyCopy, Problem> {
        // Everything is looked through for what must not be said, whoever asks; and the
        // plan before as well, where nobody has confirmed this one's private details.
        let all = self.everything(plan).await?;
        let last = self.last_values(plan, SectionId::ALL).await?;
        let known = all.iter().chain(&last).map(|(id, values)| (*id, values));
        let kept = Kept::of(known, &plan.school, &self.team(plan).await?.ever(plan, self.today));
        if !kept.knows_home {
            return Err(overtaken(NO_HOME));
        }
        let readable = self.readable(plan).await?;
        let says = |id: SectionId| all.get(&id).filter(|_| readable.contains(&id));
        let head = (
            plan.name.as_str(),
            format!("{} {}", plan.term.words(), plan.year),
            plan.state == State::Agreed,
            format!("Made on {}", self.today.spoken()),
        );
        Ok(FamilyCopy::of(head, &says, &kept))
    }

    pub(super) async fn everything(&self, plan: &Plan) -> Result<Said, Problem> {
        self.values(plan, SectionId::ALL).await
    }
}

fn member(member: TeamMember) -> Member {
    Member { name: member.name, role: capital(member.role.words()) }
}

fn day(kept: Option<&str>) -> Option<String> {
    kept.and_then(|day| day.parse::<crate::domain::calendar::Day>().ok()).map(|day| day.spoken())
}

/// Who helps: the adults of the team, and those at school whom the plan names.
fn helpers(team: &[TeamMember], school: &Values) -> Vec<Helper> {
    let is = |role: Role| match role {
        Role::VirtualSchool => "who makes sure that school works for you".to_string(),
        Role::DesignatedTeacher => "the teacher who looks after your plan".to_string(),
        role => format!("your {}", role.words()),
    };
    let mut all: Vec<_> = team.iter().map(|member| Helper { name: member.name.clone(), is: is(member.role) }).collect();
    for helper in Helper::at_school(school) {
        if all.iter().all(|known| !known.name.eq_ignore_ascii_case(helper.name.trim())) {
            all.push(helper);
        }
    }
    all
}
