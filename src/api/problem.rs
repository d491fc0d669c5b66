//! What goes wrong between a page and the server, in words for a person.

use super::text::JsonText;
use crate::domain::words::{Language, fill, problem as words};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
#[cfg(feature = "ssr")]
use leptos::server_fn::{Bytes, Encodes};
use serde::{Deserialize, Serialize};

/// What went wrong, for a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Problem {
    /// Nobody is signed in, or the session ended.
    SignIn,
    /// There is no such thing, or it isn't this person's to know of.
    NotFound,
    /// Not allowed, or not good input: the sentence says why and what to do.
    Said(Sentence),
    /// The server can't be reached.
    Offline,
    /// The server's own fault; the number finds it in the log.
    Trouble(String),
}

/// A sentence that refuses something. It travels as its words alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sentence {
    words: String,
    #[serde(skip)]
    why: Why,
}

/// Why something is refused, for the status of the answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Why {
    /// What was sent can't be taken as it is.
    #[default]
    Input,
    /// It isn't this person's to do.
    Right,
    /// Things stand otherwise by now: closed, changed, done already.
    State,
    /// Asked too often.
    Often,
}

impl Sentence {
    pub fn new(words: impl Into<String>, why: Why) -> Self {
        Self { words: words.into(), why }
    }
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self::new(words, Why::Input)
    }
}

impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}

impl Problem {
    /// The HTTP status that says as much to a program.
    pub fn status(&self) -> u16 {
        match self {
            Problem::SignIn => 401,
            Problem::NotFound => 404,
            Problem::Said(sentence) => match sentence.why {
                Why::Input => 422,
                Why::Right => 403,
                Why::State => 409,
                Why::Often => 429,
            },
            Problem::Offline | Problem::Trouble(_) => 500,
        }
    }

    pub fn sentence(&self) -> String {
        self.said(Language::English)
    }

    /// The sentence in a language, as far as that has it.
    pub fn said(&self, language: Language) -> String {
        let word = match self {
            Problem::SignIn => words::SIGN_IN,
            Problem::NotFound => words::NOT_FOUND,
            Problem::Said(sentence) => return language.of(&sentence.words).into(),
            Problem::Offline => words::OFFLINE,
            Problem::Trouble(request) => return fill(language.say(words::TROUBLE), &[("number", request)]),
        };
        language.say(word).into()
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
                Problem::Said(words::OUT_OF_DATE.english().into())
            }
            _ => Problem::Offline,
        }
    }

    /// A refusal is no fault of the server's, and its status says so.
    #[cfg(feature = "ssr")]
    fn ser(&self) -> Bytes {
        crate::server::http::say_status(self);
        JsonText::encode(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_travels_as_its_words_whatever_its_reason() {
        for (why, status) in [(Why::Input, 422), (Why::Right, 403), (Why::State, 409), (Why::Often, 429)] {
            let problem = Problem::Said(Sentence::new("Say why", why));
            assert_eq!(problem.status(), status);
            let sent = serde_json::to_string(&problem).unwrap();
            assert_eq!(sent, r#"{"Said":"Say why"}"#, "pages of any age read it");
            assert_eq!(serde_json::from_str::<Problem>(&sent).unwrap().sentence(), "Say why");
        }
    }
}
