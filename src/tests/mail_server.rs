//! A mail server that listens, and speaks SMTP as RFC 5321 has it: each command in its
//! order, the envelope apart from the message, dots at the beginning of lines doubled.
//! It can be told to refuse, or to hang up in the middle.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What it does with the next message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Manner {
    Takes,
    /// "Try again later", to whomever it is.
    Puts,
    /// "No such person here."
    Refuses,
    /// Hangs up when the message has come, without a word.
    HangsUp,
}

/// A message as it came, with its envelope.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arrived {
    pub from: String,
    pub to: Vec<String>,
    /// Head and body, with CRLF.
    pub text: String,
}

pub struct MailServer {
    pub port: u16,
    manner: Arc<Mutex<Manner>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    /// How many came that it didn't take.
    turned_away: Arc<Mutex<usize>>,
}

impl MailServer {
    pub async fn start(manner: Manner) -> Self {
        Self::start_at(0, manner).await
    }

    /// Starts at a port where nobody listened until now.
    pub async fn start_at(port: u16, manner: Manner) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            manner: Arc::new(Mutex::new(manner)),
            arrived: Arc::default(),
            turned_away: Arc::default(),
        };
        let (manner, arrived, away) = (server.manner.clone(), server.arrived.clone(), server.turned_away.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut talk = Talk::with(stream, manner.clone(), arrived.clone(), away.clone());
                tokio::spawn(async move { talk.hold().await });
            }
        });
        server
    }

    pub fn now(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub fn turned_away(&self) -> usize {
        *self.turned_away.lock().unwrap()
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }
}

/// One connection.
struct Talk {
    lines: Lines<BufReader<OwnedReadHalf>>,
    out: OwnedWriteHalf,
    manner: Arc<Mutex<Manner>>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    turned_away: Arc<Mutex<usize>>,
    /// Whether they said who they are.
    greeted: bool,
    envelope: Option<Arrived>,
}

impl Talk {
    fn with(
        stream: TcpStream,
        manner: Arc<Mutex<Manner>>,
        arrived: Arc<Mutex<Vec<Arrived>>>,
        turned_away: Arc<Mutex<usize>>,
    ) -> Self {
        let (read, out) = stream.into_split();
        let lines = BufReader::new(read).lines();
        Self { lines, out, manner, arrived, turned_away, greeted: false, envelope: None }
    }

    /// Talks until the other side says goodbye, or one of the two is gone.
    async fn hold(&mut self) -> Option<()> {
        self.say("220 mail.example ready").await?;
        loop {
            let line = self.lines.next_line().await.ok()??;
            let command = line.get(..4).unwrap_or_default().to_uppercase();
            match command.as_str() {
                "EHLO" => {
                    self.greeted = true;
                    self.say("250-mail.example\r\n250-8BITMIME\r\n250 SMTPUTF8").await?;
                }
                "HELO" => {
                    self.greeted = true;
                    self.say("250 mail.example").await?;
                }
                "MAIL" => self.begin(&line).await?,
                "RCPT" => self.address(&line).await?,
                "DATA" => self.take().await?,
                "RSET" => {
                    self.envelope = None;
                    self.say("250 forgotten").await?;
                }
                "NOOP" => self.say("250 yes").await?,
                "QUIT" => return self.say("221 goodbye").await,
                _ => self.say("500 what?").await?,
            }
        }
    }

    async fn begin(&mut self, line: &str) -> Option<()> {
        match between(line, "MAIL FROM:<") {
            Some(from) if self.greeted && self.envelope.is_none() => {
                self.envelope = Some(Arrived { from, ..Arrived::default() });
                self.say("250 go on").await
            }
            _ => self.say("503 not now").await,
        }
    }

    async fn address(&mut self, line: &str) -> Option<()> {
        let manner = *self.manner.lock().unwrap();
        let answer = match (between(line, "RCPT TO:<"), &mut self.envelope, manner) {
            (Some(_), Some(_), Manner::Puts) => "451 4.3.0 Skylar's server is busy, try again later",
            (Some(_), Some(_), Manner::Refuses) => "550 5.1.1 no such person",
            (Some(to), Some(envelope), _) => {
                envelope.to.push(to);
                "250 go on"
            }
            _ => "503 not now",
        };
        if answer.starts_with(['4', '5']) {
            *self.turned_away.lock().unwrap() += 1;
        }
        self.say(answer).await
    }

    async fn take(&mut self) -> Option<()> {
        let Some(mut message) = self.envelope.take().filter(|envelope| !envelope.to.is_empty()) else {
            return self.say("503 for whom?").await;
        };
        self.say("354 end with a dot").await?;
        loop {
            let line = self.lines.next_line().await.ok()??;
            if line == "." {
                break;
            }
            message.text += line.strip_prefix('.').unwrap_or(&line);
            message.text += "\r\n";
        }
        if *self.manner.lock().unwrap() == Manner::HangsUp {
            *self.turned_away.lock().unwrap() += 1;
            return None;
        }
        self.arrived.lock().unwrap().push(message);
        self.say("250 taken").await
    }

    async fn say(&mut self, words: &str) -> Option<()> {
        self.out.write_all(format!("{words}\r\n").as_bytes()).await.ok()
    }
}

/// What stands in the angle brackets after a command.
fn between(line: &str, command: &str) -> Option<String> {
    let start = line.get(..command.len())?;
    let (address, _) = line[command.len()..].split_once('>')?;
    start.eq_ignore_ascii_case(command).then(|| address.to_string())
}
