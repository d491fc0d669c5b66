//! Ids and secrets: what must not be guessed comes from here.

use crate::server::clock;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// The time of the last id in milliseconds, and behind it, in twelve bits, its number
/// among those of the same one.
static LAST: Mutex<u64> = Mutex::new(0);

/// A fresh id: a UUIDv7, so that rows made together lie together, in the order in which
/// they were made.
pub fn fresh() -> Uuid {
    // A clock before 1970 would be wrong anyhow; the id is still unique.
    let now = clock::now().0.max(0).unsigned_abs() << 12;
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let mark = now.max(*last + 1);
    *last = mark;
    drop(last);
    let mut bytes = random::<10>();
    bytes[..2].copy_from_slice(&((mark & 0xfff) as u16).to_be_bytes());
    Builder::from_unix_timestamp_millis(mark >> 12, &bytes).into_uuid()
}

/// 256 random bits, as a browser or a program holds them. The server keeps only
/// `hashed(secret)`, so a stolen database opens nothing.
pub fn secret() -> String {
    hex(&random::<32>())
}

/// The number by which a person can name one request to their administrator.
pub fn request() -> String {
    hex(&random::<8>())
}

/// What is kept of a secret. A plain hash is enough for 256 random bits; what
/// people choose goes to `auth::password`.
pub fn hashed(secret: &str) -> String {
    hash(secret.as_bytes())
}

/// SHA-256, in hex.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Random bytes of the operating system.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // Without randomness nothing here is safe, and no page could help: stop.
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_never_the_same() {
        assert_eq!(secret().len(), 64);
        assert_ne!(secret(), secret());
        assert_ne!(fresh(), fresh());
    }

    #[test]
    fn ids_stand_in_the_order_in_which_they_were_made() {
        let ids: Vec<_> = (0..10_000).map(|_| fresh().to_string()).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn a_hash_is_that_of_the_standard() {
        assert_eq!(hashed("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
