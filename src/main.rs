//! `pep`: the server and its command line, see `pep --help`.

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    pep::server::command::run()
}

/// The browser's half is a library, which has no main.
#[cfg(not(feature = "ssr"))]
fn main() {}
