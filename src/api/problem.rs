//! What goes wrong between a page and the server, in words for a person.

use super::text::JsonText;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What went wrong, for a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Problem {
    /// Nobody is signed in, or the session ended.
    SignIn,
    /// There is no such thing, or it isn't this person's to know of.
    NotFound,
    /// Not allowed, or not good input: the sentence says why and what to do.
    Said(String),
    /// The server can't be reached.
    Offline,
    /// The server's own fault; the number finds it in the log.
    Trouble(String),
}

impl Problem {
    pub fn sentence(&self) -> String {
        match self {
            Problem::SignIn => "Sign in to go on. What you wrote on this device is kept".into(),
            Problem::NotFound => {
                "There is nothing here for you to see. Check the address, or go to your children".into()
            }
            Problem::Said(sentence) => sentence.clone(),
            Problem::Offline => {
                "We cannot reach the plan right now. Your work is saved on this device and will send by itself".into()
            }
            Problem::Trouble(request) => {
                format!(
                    "Something went wrong on our side. What you wrote is kept. If it goes on, tell your administrator this number: {request}"
                )
            }
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl FromServerFnError for Problem {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Problem::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Problem::Said("Something on this page is out of date. Reload it; what you wrote is kept".into())
            }
            _ => Problem::Offline,
        }
    }
}
