//! Recognises occasions in what is written, and in the calendar. The rooms only name what they committed;
//! a while later, when the writer has paused, this compares it with what was there
//! when it was last looked at. Nothing is missed while the server is down: what has
//! changed since is looked at when it starts.

use super::clock;
use super::db::{Db, DbError, documents, occasions, plans, settings};
use super::rooms::Rooms;
use crate::domain::calendar::Moment;
use crate::domain::occasions::{Kind, first_of_summer, is_watched, key_stage_ending, occasions as found, remembered};
use crate::domain::people::PlanId;
use crate::domain::plan::DocumentName;
use crate::domain::values::Values;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

/// What is told meanwhile is heard in one go. Where many type, each commit tells of many
/// documents; to be woken by each of them was a fourteenth of what an update cost.
const GATHER: Duration = Duration::from_secs(1);
/// A writer who pauses this long has finished a word.
const PAUSE: Duration = Duration::from_secs(3);
/// One who never pauses isn't waited for longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// What could not be looked at is found again by then.
const SWEEP: Duration = Duration::from_secs(15 * 60);

/// The way to tell of a commit.
#[derive(Clone)]
pub struct Watch(Arc<Told>);

/// Where it is heard.
pub struct Heard(Arc<Told>);

/// The documents that were told of and are not heard yet.
#[derive(Default)]
struct Told {
    names: Mutex<BTreeSet<DocumentName>>,
    /// There is one, where there was none.
    some: Notify,
}

/// Both ends.
pub fn watch() -> (Watch, Heard) {
    let told = Arc::<Told>::default();
    (Watch(told.clone()), Heard(told))
}

impl Watch {
    /// Tells of a committed document, without waiting.
    pub fn tell(&self, name: &DocumentName) {
        if !is_watched(name.section) {
            return;
        }
        let mut names = self.0.names();
        if !names.contains(name) {
            names.insert(name.clone());
            if names.len() == 1 {
                self.0.some.notify_one();
            }
        }
    }
}

impl Told {
    fn names(&self) -> MutexGuard<'_, BTreeSet<DocumentName>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a document was first told of, and when it is looked at.
struct Waiting {
    first: Instant,
    look: Instant,
}

impl Heard {
    /// Begins, and goes on for as long as the server does.
    pub fn start(self, db: Db, rooms: Rooms) {
        tokio::spawn(self.run(db, rooms));
    }

    async fn run(self, db: Db, rooms: Rooms) {
        let mut waiting: BTreeMap<DocumentName, Waiting> = BTreeMap::new();
        let mut sweep = Instant::now();
        loop {
            let next = waiting.values().map(|waiting| waiting.look).min().unwrap_or(sweep).min(sweep);
            tokio::select! {
                () = self.0.some.notified() => {
                    sleep(GATHER).await;
                    let now = Instant::now();
                    for name in std::mem::take(&mut *self.0.names()) {
                        let waiting = waiting.entry(name).or_insert(Waiting { first: now, look: now });
                        waiting.look = (now + PAUSE).min(waiting.first + PATIENCE);
                    }
                }
                () = sleep_until(next) => {}
            }
            let now = Instant::now();
            let mut ready: Vec<_> =
                waiting.iter().filter(|(_, waiting)| waiting.look <= now).map(|(name, _)| name.clone()).collect();
            if sweep <= now {
                sweep = now + clock::pause(SWEEP);
                match occasions::changed(&db).await {
                    Ok(changed) => {
                        let names = changed.into_iter().map(|(plan, section)| DocumentName { plan, section });
                        ready.extend(names.filter(|name| !waiting.contains_key(name)));
                    }
                    Err(error) => tracing::error!(%error, "what has changed could not be looked up"),
                }
                match key_stages(&db, clock::now()).await {
                    Ok(plans) => {
                        for plan in &plans {
                            rooms.news(plan).await;
                        }
                    }
                    Err(error) => tracing::error!(%error, "whose key stage ends could not be looked up"),
                }
            }
            for name in ready {
                waiting.remove(&name);
                match look(&db, &name).await {
                    Ok(false) => {}
                    Ok(true) => rooms.news(&name.plan).await,
                    // It is in the log already, and looked at once it can be.
                    Err(DbError::Unfolded(_)) => {}
                    Err(error) => tracing::error!(%error, document = %name, "a change could not be looked at"),
                }
            }
        }
    }
}

/// Opens an occasion for each child whose key stage ends this summer, once. Answers the
/// plans in which it did. Public for the tests.
pub async fn key_stages(db: &Db, now: Moment) -> Result<Vec<PlanId>, DbError> {
    let today = now.day();
    let Some(first) = first_of_summer(today) else { return Ok(Vec::new()) };
    let authority = settings::authority(db).await?;
    let due = authority.holidays().after(today, authority.occasion_days).day;
    let mut opened = Vec::new();
    for plan in plans::latest_without(db, Kind::KeyStage, clock::in_england(first, 0, 0)).await? {
        let Some(ending) = key_stage_ending(&plan.year_group, today) else { continue };
        if occasions::open_found(db, &plan.id, &ending, (due, now)).await? {
            opened.push(plan.id);
        }
    }
    Ok(opened)
}

/// Looks at one section. Answers whether that opened an occasion.
async fn look(db: &Db, name: &DocumentName) -> Result<bool, DbError> {
    let Some(plan) = plans::find(db, &name.plan).await?.filter(|plan| !plan.state.is_over()) else {
        return Ok(false);
    };
    let Some(changed) = occasions::look(db, &name.plan, name.section).await? else { return Ok(false) };
    let before = match changed.seen {
        Some(seen) => seen,
        // What the last plan said already is no news in this one.
        None => match plans::numbered(db, &plan.child, plan.number - 1).await? {
            Some(last) => {
                let said = documents::values_in(db, &last, &[name.section]).await?;
                said.into_iter().find(|(section, _)| *section == name.section).map(|(_, said)| said).unwrap_or_default()
            }
            None => Values::default(),
        },
    };
    let authority = settings::authority(db).await?;
    let now = clock::now();
    let due = authority.holidays().after(now.day(), authority.occasion_days).day;
    let news = found(name.section, &before, &changed.now);
    let seen = remembered(&before, &changed.now);
    let opened = occasions::looked(db, (&name.plan, name.section), (changed.seq, &seen), &news, (due, now)).await?;
    Ok(opened > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sections::SectionId;
    use uuid::Uuid;

    #[tokio::test]
    async fn what_is_told_again_is_heard_once_and_nothing_is_missed() {
        let section = SectionId::ALL.iter().copied().find(|section| is_watched(*section)).unwrap();
        let [one, other] = [1, 2].map(|id| DocumentName { plan: PlanId::new(Uuid::from_u128(id)), section });
        let (watch, heard) = watch();
        for told in [vec![&one, &one, &other], vec![&other]] {
            told.iter().for_each(|name| watch.tell(name));
            heard.0.some.notified().await;
            assert!(std::mem::take(&mut *heard.0.names()).iter().eq(BTreeSet::from_iter(told)));
        }
    }
}
