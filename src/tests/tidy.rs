//! The house's order, kept by looking at the text of every file.

use std::fs;
use std::path::{Path, PathBuf};

/// Files under a folder may not contain these words, because...
const NEVER: &[(&str, &[&str], &str)] = &[
    (
        "domain",
        &[
            "leptos",
            "axum",
            "sqlx",
            "tokio",
            "web_sys",
            "crate::sync",
            "crate::ui",
            "crate::pages",
            "crate::browser",
            "crate::api",
            "crate::server",
            "crate::device",
            "SystemTime",
            "now_v7",
            "new_v4",
        ],
        "a rule gives the same answer on both sides and in tests",
    ),
    (
        "sync",
        &[
            "leptos",
            "axum",
            "sqlx",
            "tokio",
            "web_sys",
            "crate::ui",
            "crate::pages",
            "crate::browser",
            "crate::api",
            "crate::server",
            "crate::device",
            "SystemTime",
        ],
        "a story of edits replays identically",
    ),
    ("ui", &["crate::api", "crate::server", "Resource"], "parts show, they don't fetch"),
    ("pages", &["crate::server", "crate::browser"], "pages go through `api` or the device"),
];

/// Words that may stand only in files whose path begins with one of these.
const ONLY: &[(&str, &[&str], &str)] = &[
    ("sqlx::", &["server/db/"], "SQL has one place"),
    ("inner_html", &["ui/"], "Leptos doesn't escape it"),
    ("<textarea", &["ui/"], "Leptos doesn't escape its children"),
    ("cfg(feature", &["lib.rs", "main.rs", "app.rs", "api/"], "the two builds part in few places"),
    ("Role::Carer =>", &["domain/"], "rights have one place"),
    ("parse::<f64>", &["server/", "domain/register/"], "what reads fractions is taken out of the browser's half"),
];

/// Files that read documents as the tables have them: they are about My voice, which is
/// never in the journal.
const UNFOLDED: &[&str] = &["server/db/cards.rs", "server/db/heard.rs"];

const MOST_LINES: usize = 400;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Each file's path below `src`, and its code without comments.
fn code() -> Vec<(String, String)> {
    let source = source();
    files(&source)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            (name, lines.collect::<Vec<_>>().join("\n"))
        })
        .filter(|(name, _)| name != "tests/tidy.rs")
        .collect()
}

#[test]
fn no_import_goes_where_it_must_not() {
    let mut wrong = Vec::new();
    for (name, text) in code() {
        for (folder, words, because) in NEVER {
            for word in words.iter().filter(|word| name.starts_with(&format!("{folder}/")) && text.contains(**word)) {
                wrong.push(format!("{name} says {word}, but {because}"));
            }
        }
        for (word, places, because) in ONLY {
            let allowed = name.starts_with("tests/") || places.iter().any(|place| name.starts_with(place));
            if !allowed && text.contains(word) {
                wrong.push(format!("{name} says {word}, but {because}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn who_reads_documents_asks_for_what_the_journal_has() {
    let reads = ["from document ", "from document\n", "join document ", "from document_update", "from history"];
    let files =
        code().into_iter().filter(|(name, _)| name.starts_with("server/db/") && !UNFOLDED.contains(&name.as_str()));
    for (name, text) in files {
        // Whoever is given a connection reads within what another has begun.
        for function in text.split("async fn ").filter(|function| function.contains("db.")) {
            let is_about = reads.iter().any(|words| function.contains(words));
            let called = function.split('(').next().unwrap_or_default();
            let settles = function.contains("settle().await") || function.contains("settle_for(");
            assert!(!is_about || settles, "{name}: {called} doesn't `settle` first");
        }
    }
}

#[test]
fn every_file_fits_its_room() {
    for (name, _) in code() {
        let lines = fs::read_to_string(source().join(&name)).unwrap().lines().count();
        assert!(lines <= MOST_LINES, "{name} has {lines} lines");
        for vague in ["utils", "helpers", "manager", "common", "misc"] {
            assert!(!name.contains(vague), "{name}: a file's name should say what is in it");
        }
    }
}

#[test]
fn the_code_map_names_every_room() {
    let map = fs::read_to_string(source().join("ARCHITECTURE.md")).unwrap();
    for entry in fs::read_dir(source()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name != "ARCHITECTURE.md" {
            assert!(map.contains(&name), "ARCHITECTURE.md doesn't name {name}");
        }
    }
}

#[test]
fn neither_half_carries_the_others_crates() {
    for (features, target, strangers) in [
        ("hydrate", Some("wasm32-unknown-unknown"), &["sqlx", "axum", "tokio", "argon2", "lettre"][..]),
        ("ssr", None, &["gloo-storage", "chacha20poly1305", "console_error_panic_hook"][..]),
    ] {
        for stranger in strangers {
            let mut tree = std::process::Command::new(env!("CARGO"));
            tree.current_dir(env!("CARGO_MANIFEST_DIR"));
            tree.args(["tree", "--edges", "normal", "--features", features, "--invert", stranger]);
            if let Some(target) = target {
                tree.args(["--target", target]);
            }
            let found = tree.output().unwrap();
            assert!(found.stdout.is_empty(), "{features} carries {stranger}");
        }
    }
}
