//! Asks for a new password.

use crate::server::auth::password::check_new;
use std::io::{IsTerminal, Write, stdin, stdout};
use std::process::{Command, Stdio};

/// A new password: the first line of standard input, or asked for twice.
pub(super) fn new_password(from_stdin: bool) -> Result<String, String> {
    if from_stdin {
        let password = line()?;
        check_new(&password)?;
        return Ok(password);
    }
    if !stdin().is_terminal() {
        return Err("There is nobody to ask for the password. Give it on standard input, with --password-stdin".into());
    }
    let password = asked("New password: ")?;
    check_new(&password)?;
    match asked("The same again: ")? == password {
        true => Ok(password),
        false => Err("The two passwords differ. Nothing was changed; try again".into()),
    }
}

/// Asks on the terminal, which doesn't show what is typed.
fn asked(question: &str) -> Result<String, String> {
    print!("{question}");
    stdout().flush().map_err(unreadable)?;
    let hidden = stty("-echo");
    let answer = line();
    if hidden {
        stty("echo");
        println!();
    }
    answer
}

/// Sets the terminal; false where it can't be set, so that it shows the password.
fn stty(setting: &str) -> bool {
    let set = Command::new("stty").arg(setting).stdin(Stdio::inherit()).stderr(Stdio::null()).status();
    set.is_ok_and(|status| status.success())
}

fn line() -> Result<String, String> {
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(unreadable)?;
    Ok(line.trim_end_matches(['\n', '\r']).to_string())
}

fn unreadable(error: std::io::Error) -> String {
    format!("The password could not be read: {error}")
}
