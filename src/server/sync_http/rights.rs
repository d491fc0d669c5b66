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
pub struct Rights {
    answers: Arc<Mutex<Answers>>,
}

#[derive(Default)]
struct Answers {
    actors: Held<Shown, Actor>,
    plans: Held<PlanId, Plan>,
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
        let (shown, now) = ((auth::session_shown(state, headers), token.to_string()), Instant::now());
        let held = self.answers().actors.get(&shown, now).filter(|_| age == Age::Held);
        if held.is_some() {
            return Ok(held);
        }
        let found = auth::actor_for_sync(state, headers, token).await?.map(|actor| (now, Arc::new(actor)));
        if let Some(answer) = &found {
            self.answers().actors.put(shown, answer.clone());
        }
        Ok(found)
    }

    /// A plan, where there is one.
    pub async fn plan(&self, state: &AppState, plan: &PlanId, age: Age) -> Result<Option<Asked<Plan>>, DbError> {
        let now = Instant::now();
        let held = self.answers().plans.get(plan, now).filter(|_| age == Age::Held);
        if held.is_some() {
            return Ok(held);
        }
        let found = plans::find(&state.db, plan).await?.map(|found| (now, Arc::new(found)));
        if let Some(answer) = &found {
            self.answers().plans.put(plan.clone(), answer.clone());
        }
        Ok(found)
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers of one kind, by what they are about.
struct Held<K, T> {
    answers: HashMap<K, Asked<T>>,
    swept: Instant,
}

impl<K, T> Default for Held<K, T> {
    fn default() -> Self {
        Self { answers: HashMap::new(), swept: Instant::now() }
    }
}

impl<K: Eq + Hash, T> Held<K, T> {
    fn get(&self, about: &K, now: Instant) -> Option<Asked<T>> {
        self.answers.get(about).filter(|(asked, _)| holds(*asked, now)).cloned()
    }

    fn put(&mut self, about: K, answer: Asked<T>) {
        let now = answer.0;
        if !holds(self.swept, now) {
            self.answers.retain(|_, (asked, _)| holds(*asked, now));
            self.swept = now;
        }
        self.answers.insert(about, answer);
    }
}

/// Whether what was asked for then may still be gone by.
pub fn holds(asked: Instant, now: Instant) -> bool {
    now.saturating_duration_since(asked) <= HOLD
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
