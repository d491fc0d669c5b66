//! The door: signing in and out.

use super::{Desk, OrTrouble, forbidden, too_often};
use crate::api::{Me, Problem};
use crate::domain::people::PersonId;
use crate::server::auth::{cookie, password};
use crate::server::clock::SECOND;
use crate::server::db::{people, sessions};
use crate::server::ids;

/// No e-mail address is longer: 64 letters, `@` and 255 more (RFC 3696 and its errata).
const LONGEST: usize = 320;

const WRONG: &str = "That e-mail address and password don't belong together. Check both and try again";
const TOO_OFTEN: &str = "There were too many wrong tries. Wait 15 minutes, then try again. \
                         If you have forgotten the password, ask your administrator for a new one";

impl Desk {
    /// Signs an adult in. On a tablet that was handed over, this takes it back.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Me, Problem> {
        let email = people::spelled(email);
        // Nobody has such an address, so saying so at once tells of no account, and there is
        // nothing to count.
        if email.chars().count() > LONGEST {
            return Err(forbidden(WRONG));
        }
        let guess = format!("sign-in {}", ids::hashed(&email));
        if !self.state.attempts.take(&guess, self.now) {
            return Err(too_often(TOO_OFTEN));
        }
        let person = people::by_email(&self.state.db, &email).await.or_trouble(&self.request)?;
        // Without an account it takes as long: the time tells nobody who has one.
        let kept = person.as_ref().map(|person| person.password_hash.clone());
        let right = password::verify(kept, password.to_string()).await.or_trouble(&self.request)?;
        let Some(person) = person.filter(|_| right) else {
            return Err(forbidden(WRONG));
        };
        self.state.attempts.forgive(&guess);
        self.begin(&person.id).await?;
        Ok(Me::Adult { id: person.id, name: person.name })
    }

    /// Begins a session in place of the one that this browser had.
    async fn begin(&self, person: &PersonId) -> Result<(), Problem> {
        let (db, limits) = (&self.state.db, &self.state.settings.limits);
        if let Some(before) = &self.asker.session {
            sessions::end(db, before).await.or_trouble(&self.request)?;
        }
        sessions::sweep(db, self.now).await.or_trouble(&self.request)?;
        let secret = ids::secret();
        let ends = self.in_future(limits.adult);
        sessions::begin(db, &ids::hashed(&secret), person, self.now, ends).await.or_trouble(&self.request)?;
        self.give_cookie(&secret, limits.adult)
    }

    /// Ends the session of this browser, whoever has it.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        if let Some(session) = &self.asker.session {
            sessions::end(&self.state.db, session).await.or_trouble(&self.request)?;
        }
        self.set_cookie(&cookie::clear(self.state.settings.is_https()))
    }

    /// Gives the browser the secret of its session, for as long as that can last.
    pub(super) fn give_cookie(&self, secret: &str, lasts: i64) -> Result<(), Problem> {
        self.set_cookie(&cookie::set(secret, lasts / SECOND, self.state.settings.is_https()))
    }
}
