//! From a cookie or a token to the one who is asking.

use super::cookie;
use crate::domain::access::Actor;
use crate::domain::calendar::Moment;
use crate::domain::people::PersonId;
use crate::server::clock::{self, MINUTE};
use crate::server::db::sessions::{Holder, Session};
use crate::server::db::{Db, DbError, people, sessions, tokens};
use crate::server::ids;
use crate::server::settings::SessionLimits;
use crate::server::state::AppState;
use axum::http::HeaderMap;

/// How long a token of the command line is valid.
pub const TOKEN_LASTS: i64 = 90 * clock::DAY;

/// A session is marked as used at most this often, so that reading a page
/// doesn't have to write.
const SEEN_EVERY: i64 = MINUTE;

/// The one who is asking; nobody by default.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    /// What the session is known by in the database; none without a session.
    pub session: Option<String>,
    /// None: nobody is signed in.
    pub actor: Option<Actor>,
    /// How others see them while they are here.
    pub name: String,
    /// The adult; none in a sitting.
    pub person: Option<PersonId>,
}

/// Who is asking, by a request's cookie. Nobody where there is none, or where
/// the session is over.
pub async fn actor_from_cookie(state: &AppState, headers: &HeaderMap) -> Result<Asker, DbError> {
    let Some((hash, session)) = of_cookie(state, headers).await? else {
        return Ok(Asker::default());
    };
    mark(&state.db, &hash, &session).await?;
    asker(&state.db, session, hash).await
}

/// Who is asking, by a token of `pep token`.
pub async fn actor_from_token(state: &AppState, token: &str) -> Result<Asker, DbError> {
    match tokens::holder(&state.db, &ids::hashed(token), clock::now()).await? {
        Some((person, name)) => adult(&state.db, person, name, None).await,
        None => Ok(Asker::default()),
    }
}

/// Who may be writing over a connection that stays open: the rights of now, asked
/// for again and again. `shown` is what the client showed: nothing, for a browser
/// whose cookie speaks for it; the pass that a picture code opened; or a token.
///
/// It doesn't keep a session from ending: a page left open is nobody's work. What
/// is written does, see `seen`.
pub async fn actor_for_sync(state: &AppState, headers: &HeaderMap, shown: &str) -> Result<Option<Actor>, DbError> {
    let Some((hash, session)) = of_cookie(state, headers).await? else {
        return match shown {
            "" => Ok(None),
            token => Ok(actor_from_token(state, token).await?.actor),
        };
    };
    let asker = asker(&state.db, session, hash.clone()).await?;
    Ok(match asker.actor {
        Some(Actor::Sitting { child, plan, .. }) => {
            let pass = Some(shown).filter(|pass| !pass.is_empty());
            let open = sessions::pass_opens(&state.db, &hash, pass).await?;
            Some(Actor::Sitting { child, plan, open })
        }
        adult => adult,
    })
}

/// Marks a session as used, for what is written over an open connection.
pub async fn seen(state: &AppState, headers: &HeaderMap) -> Result<(), DbError> {
    match of_cookie(state, headers).await? {
        Some((hash, session)) => mark(&state.db, &hash, &session).await,
        None => Ok(()),
    }
}

/// What the session of a request's cookie is known by, whether or not it is over.
pub fn session_shown(state: &AppState, headers: &HeaderMap) -> Option<String> {
    cookie::find(headers, state.settings.is_https()).map(|secret| ids::hashed(&secret))
}

/// The session of a request's cookie, unless it is over, and what it is known by.
async fn of_cookie(state: &AppState, headers: &HeaderMap) -> Result<Option<(String, Session)>, DbError> {
    let Some(hash) = session_shown(state, headers) else {
        return Ok(None);
    };
    let found = sessions::find(&state.db, &hash).await?;
    let running = found.filter(|session| !is_over(session, &state.settings.limits, clock::now()));
    Ok(running.map(|session| (hash, session)))
}

async fn mark(db: &Db, hash: &str, session: &Session) -> Result<(), DbError> {
    let now = clock::now();
    if now.0 - session.seen_at.0 > SEEN_EVERY {
        sessions::seen(db, hash, now).await?;
    }
    Ok(())
}

fn is_over(session: &Session, limits: &SessionLimits, now: Moment) -> bool {
    // A young person may leave the tablet on the table and come back to it; what
    // it shows is only their own.
    let left_alone = match session.holder {
        Holder::Adult { .. } => now.0 - session.seen_at.0 > limits.idle,
        Holder::Sitting(_) => false,
    };
    left_alone || now >= session.ends_at
}

async fn asker(db: &Db, session: Session, hash: String) -> Result<Asker, DbError> {
    match session.holder {
        Holder::Adult { person, name } => adult(db, person, name, Some(hash)).await,
        Holder::Sitting(sitting) => {
            let open = sitting.is_open();
            let actor = Actor::Sitting { child: sitting.child, plan: sitting.plan, open };
            Ok(Asker { session: Some(hash), actor: Some(actor), name: sitting.name, person: None })
        }
    }
}

async fn adult(db: &Db, person: PersonId, name: String, session: Option<String>) -> Result<Asker, DbError> {
    let relationships = people::relationships(db, &person).await?;
    let actor = Actor::Adult { person: person.clone(), relationships };
    Ok(Asker { session, actor: Some(actor), name, person: Some(person) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::{ChildId, PlanId};
    use crate::server::db::sessions::Sitting;
    use uuid::Uuid;

    const LIMITS: SessionLimits = SessionLimits { idle: 60 * MINUTE, adult: 720 * MINUTE, sitting: 720 * MINUTE };

    fn session(holder: Holder) -> Session {
        Session { holder, seen_at: Moment(0), ends_at: Moment(LIMITS.adult) }
    }

    #[test]
    fn an_adult_who_went_away_has_to_sign_in_again() {
        let session = session(Holder::Adult { person: PersonId::new(Uuid::nil()), name: "Ruth".into() });
        assert!(!is_over(&session, &LIMITS, Moment(60 * MINUTE)));
        assert!(is_over(&session, &LIMITS, Moment(61 * MINUTE)));
    }

    #[test]
    fn a_sitting_lasts_until_its_end() {
        let session = session(Holder::Sitting(Sitting {
            child: ChildId::new(Uuid::nil()),
            plan: PlanId::new(Uuid::nil()),
            name: "Sam".into(),
            code_hash: None,
            unlocked: false,
            tries: 0,
            card: None,
            must_choose: false,
        }));
        assert!(!is_over(&session, &LIMITS, Moment(700 * MINUTE)));
        assert!(is_over(&session, &LIMITS, Moment(720 * MINUTE)));
    }
}
