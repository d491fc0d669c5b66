//! What people choose and remember: passwords and picture codes, kept as argon2id
//! hashes. Hashing takes time and 19 MB on purpose, so it is done apart, a few at
//! a time.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash};
use std::fmt;
use std::sync::OnceLock;
use tokio::sync::Semaphore;
use tokio::task;

/// The fewest characters of a new password.
pub const SHORTEST: usize = 12;

/// Enough for any sentence; more is no password.
const LONGEST: usize = 1_000;

/// How many are hashed at once: more would only take memory.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Hashing failed: the machine's fault, never the person's.
#[derive(Debug)]
pub struct HashError(String);

impl fmt::Display for HashError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A password could not be hashed: {}", self.0)
    }
}

impl std::error::Error for HashError {}

/// Whether a new password is long enough; if not, a sentence that says what to do.
/// Length alone: rules about signs make people write passwords down.
pub fn check_new(password: &str) -> Result<(), String> {
    match password.chars().count() {
        0..SHORTEST => {
            Err(format!("Use at least {SHORTEST} characters. Four words that don't belong together are good"))
        }
        SHORTEST..=LONGEST => Ok(()),
        _ => Err(format!("Use at most {LONGEST} characters")),
    }
}

/// Hashes a password or a picture code, to be kept.
pub async fn hash(password: String) -> Result<String, HashError> {
    apart(move || hashed(&password)).await?
}

/// Whether a password or code is the one that was kept. Where nothing was kept,
/// since there is no such account, it takes as long and answers no.
pub async fn verify(kept: Option<String>, given: String) -> Result<bool, HashError> {
    apart(move || match kept {
        Some(kept) => is_right(&kept, &given),
        None => is_right(nobodys(), &given).map(|_| false),
    })
    .await?
}

/// The hash that stands in for those who have no account.
fn nobodys() -> &'static str {
    static NOBODYS: OnceLock<String> = OnceLock::new();
    NOBODYS.get_or_init(|| hashed("nobody has this password").unwrap_or_default())
}

fn hashed(password: &str) -> Result<String, HashError> {
    let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes()).map_err(failed)?;
    Ok(hash.to_string())
}

fn is_right(kept: &str, given: &str) -> Result<bool, HashError> {
    let kept = PasswordHash::new(kept).map_err(failed)?;
    match Argon2::default().verify_password(given.as_bytes(), &kept) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, HashError> {
    let _turn = TURNS.acquire().await.map_err(failed)?;
    task::spawn_blocking(work).await.map_err(failed)
}

fn failed(error: impl fmt::Display) -> HashError {
    HashError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_password_is_answered_in_a_sentence() {
        assert!(check_new("eleven char").unwrap_err().starts_with("Use at least 12 characters"));
        assert_eq!(check_new("open the demo door"), Ok(()));
        assert!(check_new(&"x".repeat(1_001)).is_err());
    }

    #[test]
    fn only_the_same_password_is_right() {
        let kept = hashed("open the demo door").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_right(&kept, "open the demo door").unwrap());
        assert!(!is_right(&kept, "open the demo window").unwrap());
        assert!(is_right("not a hash", "anything").is_err());
    }
}
