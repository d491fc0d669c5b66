//! What the person who runs Pep decides, from the command line and the environment.

use super::clock::{HOUR, MINUTE};
use super::mail::Post;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that is set before the server starts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that Pep may write in.
    pub data: PathBuf,
    pub database_url: String,
    /// Where the server listens.
    pub addr: SocketAddr,
    /// What people type: `https://pep.example.org`, without a slash at the end.
    pub origin: String,
    pub limits: SessionLimits,
    /// How e-mail leaves.
    pub post: Post,
}

/// How long a session lasts, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// An adult who asks nothing for this long has to sign in again.
    pub idle: i64,
    /// An adult has to sign in again after this long in any case.
    pub adult: i64,
    /// A tablet that was handed over belongs to the young person this long.
    pub sitting: i64,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: 60 * MINUTE, adult: 12 * HOUR, sitting: 12 * HOUR }
    }
}

impl Settings {
    /// Settings for a server. Where something cannot work, a sentence says what to do.
    pub fn new(
        data: PathBuf,
        database_url: Option<String>,
        addr: SocketAddr,
        origin: Option<String>,
    ) -> Result<Self, String> {
        let database_url = database_url_of(&data, database_url)?;
        let origin = match origin {
            Some(origin) => origin_as_browsers_write_it(&origin)?,
            None => origin_at(addr)?,
        };
        Ok(Self { data, database_url, addr, origin, limits: SessionLimits::default(), post: Post::None })
    }

    /// Whether people reach Pep over https. Only http://localhost goes without.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// The database's address: as given, or a SQLite file in the data folder, which
/// is made where it is missing.
pub fn database_url_of(data: &Path, given: Option<String>) -> Result<String, String> {
    if let Some(url) = given.filter(|url| !url.trim().is_empty()) {
        return match ["sqlite:", "postgres:", "postgresql:"].iter().any(|start| url.starts_with(start)) {
            true => Ok(url),
            false => Err("The database's address must begin with postgres: or sqlite:".into()),
        };
    }
    let trouble = |error: std::io::Error| {
        format!("The data folder {} cannot be used: {error}. Choose another with --data", data.display())
    };
    std::fs::create_dir_all(data).map_err(trouble)?;
    let folder = std::path::absolute(data).map_err(trouble)?;
    let file = folder.join("pep.db");
    let path = file.to_str().ok_or("The data folder's name has signs that Pep cannot read. Choose another")?;
    Ok(format!("sqlite://{}", escaped(path)))
}

/// A path as it is written in an address.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace(' ', "%20")
}

fn origin_at(addr: SocketAddr) -> Result<String, String> {
    if addr.ip().is_loopback() || addr.ip().is_unspecified() {
        return Ok(format!("http://localhost:{}", addr.port()));
    }
    Err(format!(
        "Say with --origin which address people type to reach Pep at {addr}, such as --origin https://pep.example.org"
    ))
}

/// Reads an origin: scheme, host and port, and nothing else.
fn origin_as_browsers_write_it(text: &str) -> Result<String, String> {
    let origin = text.trim().trim_end_matches('/').to_lowercase();
    let Some((scheme, host)) = origin.split_once("://") else {
        return Err(format!("{text} is not an address. Use one like https://pep.example.org"));
    };
    if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
        return Err(format!("{text} has too much in it. Use only the first part, like https://pep.example.org"));
    }
    match scheme {
        "https" => Ok(format!("https://{}", host.strip_suffix(":443").unwrap_or(host))),
        "http" if is_this_machine(host) => Ok(format!("http://{}", host.strip_suffix(":80").unwrap_or(host))),
        _ => Err("Pep needs https, except at http://localhost: without it, browsers keep no sign-in and \
                  anybody on the way could read. Put a proxy with a certificate before it, and give the \
                  https address"
            .into()),
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (given, kept) in [
            ("https://PEP.example.org/", "https://pep.example.org"),
            ("https://pep.example.org:443", "https://pep.example.org"),
            ("https://pep.example.org:8443", "https://pep.example.org:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(origin_as_browsers_write_it(given).as_deref(), Ok(kept));
        }
        for wrong in [
            "pep.example.org",
            "https://",
            "https://a/b",
            "http://pep.example.org",
            "http://localhost.evil.org",
            "ftp://a",
        ] {
            assert!(origin_as_browsers_write_it(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_server_for_others_must_say_its_address() {
        assert_eq!(origin_at("0.0.0.0:3000".parse().unwrap()).as_deref(), Ok("http://localhost:3000"));
        assert!(origin_at("192.168.1.5:3000".parse().unwrap()).is_err());
    }
}
