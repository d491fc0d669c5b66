//! A server that sends e-mail into a folder, at a time that a file sets.

use crate::harness::{Folder, Server};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Every e-mail in a folder.
pub fn letters(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|kind| kind == "eml")).map(|path| read(&path)).collect()
}

/// The words of an e-mail, with what was folded for its way put together again.
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap().replace("=\r\n", "").replace("=3D", "=")
}

pub fn empty(folder: &Path) {
    std::fs::read_dir(folder).unwrap().for_each(|entry| std::fs::remove_file(entry.unwrap().path()).unwrap());
}

/// Waits until something is so.
pub async fn until(so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A server whose clock a file sets, and whose e-mail goes into a folder.
pub fn with_clock(folder: &Folder, moment: &str) -> (Server, PathBuf, PathBuf) {
    let (clock, mail) = (folder.0.join("clock"), folder.0.join("mail"));
    std::fs::write(&clock, moment).unwrap();
    let set = [("PEP_TEST_CLOCK_FILE", clock.to_str().unwrap()), ("PEP_MAIL_FOLDER", mail.to_str().unwrap())];
    (Server::start_with(folder, &set), clock, mail)
}
