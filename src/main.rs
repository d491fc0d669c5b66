//! `pep`: the server and its command line, see `pep --help`.

/// What many people type is many small pieces of memory that come and go: with the system's
/// own allocator an update costs a sixth more.
#[cfg(feature = "ssr")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The browser's half as `.ci/site` made it; empty where it wasn't.
#[cfg(feature = "ssr")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/target/site"]
#[allow_missing = true]
struct Site;

#[cfg(feature = "ssr")]
fn main() -> std::process::ExitCode {
    pep::server::site::carry::<Site>(option_env!("PEP_BUILD").unwrap_or("none"));
    pep::server::command::run()
}

/// The browser's half is a library, which has no main.
#[cfg(not(feature = "ssr"))]
fn main() {}
