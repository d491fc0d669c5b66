//! When and where a plan's meeting is: setting it, and taking it into a calendar.

use super::{Desk, OrTrouble, overtaken, said};
use crate::api::Problem;
use crate::api::meeting::Wanted;
use crate::domain::access::Action;
use crate::domain::people::PlanId;
use crate::server::clock;
use crate::server::db::plans;
use crate::server::letters;

/// The longest name of a place, in characters.
const LONGEST: usize = 200;

impl Desk {
    /// Sets the meeting, in place of what the asker saw there. The team is invited. A day
    /// off that isn't said to be meant sets nothing, and is answered with what it is.
    pub async fn set_meeting(&self, plan: &PlanId, wanted: &Wanted) -> Result<Option<String>, Problem> {
        self.adult()?;
        let (plan, permit) = self.open(plan, Action::SetMeeting).await?;
        let (hour, minute) = clock::time_of_day(wanted.time.trim()).map_err(said)?;
        let at = clock::in_england(wanted.day, hour, minute);
        if at <= self.now {
            return Err(said("Choose a day and a time that are still to come"));
        }
        let place = wanted.place.trim();
        if place.chars().count() > LONGEST {
            return Err(said("Say more shortly where it is"));
        }
        let holidays = self.authority().await?.holidays();
        if let Some(off) = holidays.day_off(wanted.day).filter(|_| !wanted.meant) {
            let day = wanted.day.spoken();
            return Ok(Some(format!("{day} is {off}. Choose a school day, or say that this day is meant")));
        }
        let done = plans::set_meeting(&self.state.db, &permit, &plan.id, wanted.seen, (at, place), self.now).await;
        if !done.or_trouble(&self.request)? {
            return Err(overtaken("The meeting was set or held meanwhile. Reload the page to see it"));
        }
        self.state.to_send.notify_one();
        self.state.rooms.news(&plan.id).await;
        Ok(None)
    }

    /// The meeting as a file for a calendar.
    pub async fn invitation(&self, plan: &PlanId) -> Result<String, Problem> {
        self.adult()?;
        let (plan, _) = self.open(plan, Action::OpenPlan).await?;
        let (db, settings) = (&self.state.db, &self.state.settings);
        let invitation = letters::invitation(db, settings, &plan).await.or_trouble(&self.request)?;
        Ok(invitation.ok_or(Problem::NotFound)?.written())
    }
}
