//! E-mail: how it leaves, and how one is put together. What it may say is `letters`'s:
//! no child's name, and nothing about a child.

use super::ids;
use crate::domain::calendar::Moment;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::{Category, Code, Severity};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

/// The way out.
#[derive(Clone, Default)]
pub enum Post {
    /// No e-mail is set up: Pep says what there is on its pages.
    #[default]
    None,
    /// Each e-mail becomes a file: for development and tests.
    Folder {
        folder: PathBuf,
        from: Mailbox,
    },
    Smtp {
        server: AsyncSmtpTransport<Tokio1Executor>,
        from: Mailbox,
    },
}

/// Why an e-mail didn't go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// In words that may stand in a log: without an address or a name.
    pub words: String,
    /// Whether the mail server knows that person and won't have it. To ask it again and
    /// again makes it stop listening to us.
    pub is_refusal: bool,
}

/// One e-mail to one person.
pub struct Letter {
    pub to: String,
    pub subject: &'static str,
    pub body: String,
    /// A meeting for the calendar, as a file beside it.
    pub invitation: Option<String>,
}

impl Post {
    /// The way out that the settings name. A server's address without encryption is
    /// refused, unless it is this machine.
    pub fn new(smtp: Option<String>, from: Option<String>, folder: Option<PathBuf>) -> Result<Self, String> {
        let from = from.filter(|from| !from.trim().is_empty());
        let named = from.as_deref().unwrap_or("Pep <pep@localhost>");
        let mailbox: Mailbox = named.parse().map_err(|_| format!("{named} is no address to send e-mail from"))?;
        match (smtp.filter(|url| !url.trim().is_empty()), folder) {
            (Some(_), Some(_)) => Err("Choose one of PEP_SMTP_URL and PEP_MAIL_FOLDER".into()),
            (Some(_), None) if from.is_none() => Err("Say with PEP_MAIL_FROM whom e-mail comes from".into()),
            (Some(url), None) => Ok(Post::Smtp { server: server(&url)?, from: mailbox }),
            (None, Some(folder)) => {
                std::fs::create_dir_all(&folder)
                    .map_err(|error| format!("The folder for e-mail cannot be used: {error}"))?;
                Ok(Post::Folder { folder, from: mailbox })
            }
            (None, None) => Ok(Post::None),
        }
    }

    pub fn is_there(&self) -> bool {
        !matches!(self, Post::None)
    }

    /// Sends a letter. What goes wrong is said without an address: it goes into the log.
    pub async fn send(&self, letter: Letter, at: Moment) -> Result<(), Trouble> {
        match self {
            Post::None => Err("no e-mail is set up".to_string().into()),
            Post::Folder { folder, from } => {
                let bytes = message(from, letter, at)?.formatted();
                let file = folder.join(format!("{}.eml", ids::fresh()));
                let written = tokio::fs::write(file, bytes).await;
                written.map_err(|error| format!("the file was not written: {error}").into())
            }
            Post::Smtp { server, from } => {
                let message = message(from, letter, at)?;
                server.send(message).await.map(|_| ()).map_err(|error| Trouble {
                    words: in_words(&error),
                    is_refusal: error.status().is_some_and(is_refusal),
                })
            }
        }
    }
}

fn server(url: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let is_local = ["smtp://localhost", "smtp://127.0.0.1", "smtp://[::1]"]
        .iter()
        .any(|local| url.strip_prefix(local).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?'])));
    let is_encrypted = url.starts_with("smtps://") || url.contains("tls=required");
    if !is_local && !is_encrypted {
        return Err("PEP_SMTP_URL would send without encryption: begin it with smtps://, or end it with \
                    ?tls=required"
            .into());
    }
    let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
    // The address may hold a password: what is wrong with it isn't repeated.
    let server = server.map_err(|_| "PEP_SMTP_URL can't be read. Use one like smtps://user:password@mail.example")?;
    Ok(server.timeout(Some(Duration::from_secs(30))).build())
}

impl From<String> for Trouble {
    fn from(words: String) -> Self {
        Self { words, is_refusal: false }
    }
}

/// 550 to 559: about this message and whom it is for. A password that isn't taken is
/// 535, and is put right for all of them.
fn is_refusal(code: Code) -> bool {
    code.severity == Severity::PermanentNegativeCompletion && code.category == Category::MailSystem
}

/// What kind of trouble it was. The server's own words may repeat the address.
fn in_words(error: &Error) -> String {
    let kind = match () {
        () if error.is_permanent() => "the mail server refused it",
        () if error.is_transient() => "the mail server asked to try again later",
        () if error.is_timeout() => "the mail server did not answer in time",
        () if error.is_tls() => "the connection to the mail server could not be encrypted",
        () => "the mail server could not be reached",
    };
    error.status().map_or_else(|| kind.to_string(), |code| format!("{kind} ({code})"))
}

fn message(from: &Mailbox, letter: Letter, at: Moment) -> Result<Message, String> {
    let Letter { to, subject, body, invitation } = letter;
    let to: Mailbox = to.parse().map_err(|_| "somebody's address is no address for e-mail")?;
    let since = Duration::from_millis(at.0.max(0).unsigned_abs());
    let builder = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(subject)
        .date(UNIX_EPOCH + since)
        .message_id(Some(format!("<{}@{}>", ids::fresh(), from.email.domain())));
    let plain = SinglePart::plain(body);
    let built = match invitation {
        None => builder.singlepart(plain),
        Some(file) => {
            let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
                .map_err(|error| format!("a calendar's kind can't be named: {error}"))?;
            builder.multipart(
                MultiPart::mixed().singlepart(plain).singlepart(Attachment::new("meeting.ics".into()).body(file, kind)),
            )
        }
    };
    let mut message = built.map_err(|error| format!("an e-mail could not be put together: {error}"))?;
    // So that nobody's "I am away" answers a program.
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".into()));
    Ok(message)
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the server's address: it may hold a password.
        f.write_str(match self {
            Post::None => "no e-mail",
            Post::Folder { .. } => "e-mail into a folder",
            Post::Smtp { .. } => "e-mail by SMTP",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_travels_in_the_open_and_is_never_repeated() {
        let post = |url: &str| Post::new(Some(url.into()), Some("Pep <pep@pep.example>".into()), None);
        assert!(post("smtps://pep:secret@mail.example").is_ok());
        assert!(post("smtp://pep:secret@mail.example?tls=required").is_ok());
        assert!(post("smtp://localhost:1025").is_ok());
        for wrong in ["smtp://pep:secret@mail.example", "smtp://localhost.evil.example", "http://mail.example", "mail"]
        {
            let sentence = post(wrong).unwrap_err();
            assert!(!sentence.contains("secret"), "{sentence}");
        }
        assert!(Post::new(Some("smtps://mail.example".into()), None, None).is_err(), "from whom?");
        assert!(!Post::new(None, None, None).unwrap().is_there());
    }

    #[tokio::test]
    async fn an_e_mail_with_a_meeting_has_it_as_a_file() {
        let from: Mailbox = "Pep <pep@pep.example>".parse().unwrap();
        let letter = |to: &str| Letter {
            to: to.into(),
            subject: "Pep: a meeting is set",
            body: "Words.\n".into(),
            invitation: Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()),
        };
        let sent = message(&from, letter("ruth@school.example"), Moment(1_795_000_000_000)).unwrap().formatted();
        let sent = String::from_utf8(sent).unwrap();
        for part in ["text/calendar", "method=PUBLISH", "meeting.ics", "BEGIN:VCALENDAR", "Auto-Submitted", "Nov 2026"]
        {
            assert!(sent.contains(part), "{part} is missing in {sent}");
        }
        assert!(message(&from, letter("nobody"), Moment(0)).is_err());
    }
}
