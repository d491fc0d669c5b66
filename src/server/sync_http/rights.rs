//! What connections found out about rights, held for a moment for all of them. One
//! person has many sections open and many people one plan: each by itself asked the
//! database the same.

use crate::domain::access::Actor;
use crate::domain::people::PlanId;
use crate::server::auth;
use crate::server::db::DbError;
use crate::server::db::plans::{self, Plan};
use crate::server::state::AppState;
use axum::http::HeaderMap;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How old an answer about rights may be when an update comes.
pub const HOLD: Duration = Duration::from_secs(2);

/// How new an answer has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Asked for now: somebody comes in, and may have been let in just now.
    New,
    /// As old as answers are held.
    Held,
}

/// An answer, and when it was asked for.
type Asked<T> = (Instant, Arc<T>);

/// The session of a connection's cookie, and what else its client showed.
type Shown = (Option<String>, String);

/// The answers that are held.
#[derive(Clone, Default)]
pub struct Rights(Arc<Answers>);

#[derive(Default)]
struct Answers {
    actors: Mutex<Held<Shown, Actor>>,
    plans: Mutex<Held<PlanId, Plan>>,
}

impl Rights {
    /// Whom a connection stands for; nobody where nobody is signed in.
    pub async fn actor(
        &self,
        state: &AppState,
        headers: &HeaderMap,
        token: &str,
        age: Age,
    ) -> Result<Option<Asked<Actor>>, DbError> {
        let shown = (auth::session_shown(state, headers), token.to_string());
        answer(&self.0.actors, shown, age, || auth::actor_for_sync(state, headers, token)).await
    }

    /// A plan, where there is one.
    pub async fn plan(&self, state: &AppState, plan: &PlanId, age: Age) -> Result<Option<Asked<Plan>>, DbError> {
        answer(&self.0.plans, plan.clone(), age, || plans::find(&state.db, plan)).await
    }
}

/// The answer that is held, or a new one. Who needs the same while it is asked for waits for
/// that: a meeting's connections find theirs too old at once.
async fn answer<K: Clone + Eq + Hash, T>(
    held: &Mutex<Held<K, T>>,
    about: K,
    age: Age,
    ask: impl AsyncFnOnce() -> Result<Option<T>, DbError>,
) -> Result<Option<Asked<T>>, DbError> {
    let mut asking = None;
    if age == Age::Held {
        let turn = lock(held).turn(about.clone(), Instant::now());
        match turn {
            Turn::Held(answer) => return Ok(Some(answer)),
            Turn::Asks(own) => asking = Some(own),
            Turn::Waits(mut others) => {
                // It never changes, and ends for all who wait at once.
                let _ = others.changed().await;
                let answer = lock(held).get(&about, Instant::now());
                if answer.is_some() {
                    return Ok(answer);
                }
            }
        }
    }
    let now = Instant::now();
    let found = ask().await?.map(|found| (now, Arc::new(found)));
    if let Some(answer) = &found {
        lock(held).put(about, answer.clone());
    }
    drop(asking);
    Ok(found)
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers of one kind, by what they are about.
struct Held<K, T> {
    answers: HashMap<K, Answer<T>>,
    swept: Instant,
}

struct Answer<T> {
    last: Option<Asked<T>>,
    /// Ends when whoever asks for the next is done, or has gone.
    asking: Option<watch::Receiver<()>>,
}

/// What somebody does who needs an answer.
enum Turn<T> {
    Held(Asked<T>),
    /// They ask, and others wait until they let go of this.
    Asks(watch::Sender<()>),
    Waits(watch::Receiver<()>),
}

impl<T> Answer<T> {
    fn held(&self, now: Instant) -> Option<&Asked<T>> {
        self.last.as_ref().filter(|(asked, _)| holds(*asked, now))
    }

    fn asked_for(&self) -> Option<&watch::Receiver<()>> {
        self.asking.as_ref().filter(|asking| asking.has_changed().is_ok())
    }
}

impl<T> Default for Answer<T> {
    fn default() -> Self {
        Self { last: None, asking: None }
    }
}

impl<K, T> Default for Held<K, T> {
    fn default() -> Self {
        Self { answers: HashMap::new(), swept: Instant::now() }
    }
}

impl<K: Eq + Hash, T> Held<K, T> {
    fn turn(&mut self, about: K, now: Instant) -> Turn<T> {
        let answer = self.answers.entry(about).or_default();
        if let Some(held) = answer.held(now) {
            return Turn::Held(held.clone());
        }
        if let Some(asking) = answer.asked_for() {
            return Turn::Waits(asking.clone());
        }
        let (own, others) = watch::channel(());
        answer.asking = Some(others);
        Turn::Asks(own)
    }

    fn get(&self, about: &K, now: Instant) -> Option<Asked<T>> {
        self.answers.get(about)?.held(now).cloned()
    }

    fn put(&mut self, about: K, last: Asked<T>) {
        let now = last.0;
        if !holds(self.swept, now) {
            self.answers.retain(|_, answer| answer.held(now).is_some() || answer.asked_for().is_some());
            self.swept = now;
        }
        self.answers.entry(about).or_default().last = Some(last);
    }
}

/// Whether what was asked for then may still be gone by.
pub fn holds(asked: Instant, now: Instant) -> bool {
    now.saturating_duration_since(asked) <= HOLD
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn an_answer_is_held_for_a_moment_and_then_forgotten() {
        let (mut held, then) = (Held::default(), Instant::now());
        held.put("ruth", (then, Arc::new(1)));
        assert_eq!(held.get(&"ruth", then + HOLD), Some((then, Arc::new(1))));
        let later = then + HOLD + Duration::from_millis(1);
        assert_eq!(held.get(&"ruth", later), None);
        held.put("tom", (later + HOLD, Arc::new(2)));
        assert_eq!(held.answers.len(), 1);
    }

    #[tokio::test]
    async fn those_who_need_the_same_ask_once_and_whoever_comes_in_asks_too() {
        let (held, asked) = (Mutex::default(), AtomicUsize::new(0));
        let ask = |age| {
            answer(&held, "ruth", age, async || {
                tokio::task::yield_now().await;
                Ok(Some(asked.fetch_add(1, Ordering::Relaxed)))
            })
        };
        let (one, other, third, comes) = tokio::join!(ask(Age::Held), ask(Age::Held), ask(Age::Held), ask(Age::New));
        let seen = |answer: Result<Option<Asked<usize>>, DbError>| answer.ok().flatten().map(|(_, seen)| *seen);
        assert_eq!(asked.load(Ordering::Relaxed), 2);
        assert!([one, other, third, comes].into_iter().all(|answer| seen(answer).is_some()));
    }

    #[tokio::test]
    async fn who_waits_for_an_answer_that_does_not_come_asks_too() {
        let (held, asked) = (Mutex::<Held<&str, ()>>::default(), AtomicUsize::new(0));
        let ask = || {
            answer(&held, "ruth", Age::Held, async || {
                tokio::task::yield_now().await;
                asked.fetch_add(1, Ordering::Relaxed);
                Err(DbError::Unreadable("an answer".into()))
            })
        };
        let (one, other) = tokio::join!(ask(), ask());
        assert!(one.is_err() && other.is_err());
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }
}
