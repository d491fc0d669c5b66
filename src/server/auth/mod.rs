//! Who is asking: passwords, picture codes, cookies, sessions, tokens.

pub mod attempts;
pub mod cookie;
pub mod password;
pub mod session;

pub use attempts::Attempts;
pub use session::{Asker, actor_for_sync, actor_from_cookie, seen, session_shown};
