//! The messages on the wire: those of the Hocuspocus 4 provider, so that an
//! unmodified `@hocuspocus/provider` can open a section.
//!
//! A frame is a document's name and one message. Numbers are lib0's variable
//! length integers, strings and byte runs carry their length. A frame of the
//! single byte 9 is a ping, 10 its answer.

use super::presence::Present;
use serde::{Deserialize, Serialize};

/// One message about one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    pub document: String,
    pub message: Message,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Message {
    /// "This is what I have" (a state vector): answered with a second step.
    Step1(Vec<u8>),
    /// What the other side lacked.
    Step2(Vec<u8>),
    Update(Vec<u8>),
    /// The same as the sync messages, not to be answered with a first step.
    ReplyStep1(Vec<u8>),
    ReplyStep2(Vec<u8>),
    /// Who is here. Opaque: the server writes its own.
    Awareness(Vec<u8>),
    QueryAwareness,
    /// A client's token; empty where the browser's cookie speaks for it.
    Token(String),
    Denied(String),
    Allowed {
        writes: bool,
    },
    /// A sentence from the server.
    Stateless(String),
    Close,
    /// After the commit: the server has it. Or: it will not take it.
    Status(bool),
}

/// What the server says in a stateless message.
#[derive(Serialize, Deserialize, Default)]
pub struct Notice {
    /// Why the document doesn't open, or the last update wasn't taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The plan's page says something else now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub news: bool,
    /// Who else is in the plan, as far as this reader may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub here: Option<Vec<Present>>,
    /// Who was without a connection and is back, and where they brought changes, as far as
    /// this reader may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<Vec<Present>>,
}

impl Notice {
    pub fn why(sentence: impl Into<String>) -> Message {
        Notice { why: Some(sentence.into()), ..Notice::default() }.message()
    }

    pub fn news() -> Message {
        Notice { news: true, ..Notice::default() }.message()
    }

    pub fn here(others: Vec<Present>) -> Message {
        Notice { here: Some(others), ..Notice::default() }.message()
    }

    pub fn brought(changes: Vec<Present>) -> Message {
        Notice { brought: Some(changes), ..Notice::default() }.message()
    }

    fn message(&self) -> Message {
        Message::Stateless(serde_json::to_string(self).unwrap_or_default())
    }

    /// Nothing, where the payload is another program's.
    pub fn read(payload: &str) -> Self {
        serde_json::from_str(payload).unwrap_or_default()
    }
}

/// A whole frame that is only a sign of life.
pub const PING: &[u8] = &[9];
pub const PONG: &[u8] = &[10];

/// Why a document is denied where nobody is signed in: what is unsent waits for
/// that, and is not refused.
pub const SIGN_IN: &str = "Sign in to send what you wrote";

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
const SYNC_REPLY: u64 = 4;
const STATELESS: u64 = 5;
const CLOSE: u64 = 7;
const STATUS: u64 = 8;

const READ_ONLY: &str = "readonly";
const READ_WRITE: &str = "read-write";

impl Frame {
    pub fn new(document: impl Into<String>, message: Message) -> Self {
        Self { document: document.into(), message }
    }

    /// Reads one frame; nothing where the bytes are no frame of ours.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let document = reader.string()?;
        let message = match reader.number()? {
            SYNC => reader.sync(Message::Step1, Message::Step2)?,
            SYNC_REPLY => reader.sync(Message::ReplyStep1, Message::ReplyStep2)?,
            AWARENESS => Message::Awareness(reader.bytes()?),
            QUERY_AWARENESS => Message::QueryAwareness,
            AUTH => match reader.number()? {
                0 => Message::Token(reader.string()?),
                1 => Message::Denied(reader.string()?),
                2 => Message::Allowed { writes: reader.string()? == READ_WRITE },
                _ => return None,
            },
            STATELESS => Message::Stateless(reader.string()?),
            CLOSE => Message::Close,
            STATUS => Message::Status(reader.number()? == 1),
            _ => return None,
        };
        Some(Self { document, message })
    }

    pub fn written(&self) -> Vec<u8> {
        let mut writer = Writer(Vec::with_capacity(128));
        writer.string(&self.document);
        match &self.message {
            Message::Step1(bytes) => writer.sync(SYNC, 0, bytes),
            Message::Step2(bytes) => writer.sync(SYNC, 1, bytes),
            Message::Update(bytes) => writer.sync(SYNC, 2, bytes),
            Message::ReplyStep1(bytes) => writer.sync(SYNC_REPLY, 0, bytes),
            Message::ReplyStep2(bytes) => writer.sync(SYNC_REPLY, 1, bytes),
            Message::Awareness(bytes) => {
                writer.number(AWARENESS);
                writer.bytes(bytes);
            }
            Message::QueryAwareness => writer.number(QUERY_AWARENESS),
            Message::Token(token) => writer.auth(0, token),
            Message::Denied(why) => writer.auth(1, why),
            Message::Allowed { writes } => writer.auth(2, if *writes { READ_WRITE } else { READ_ONLY }),
            Message::Stateless(text) => {
                writer.number(STATELESS);
                writer.string(text);
            }
            Message::Close => {
                writer.number(CLOSE);
                writer.string("");
            }
            Message::Status(applied) => {
                writer.number(STATUS);
                writer.number(u64::from(*applied));
            }
        }
        writer.0
    }
}

/// Reads lib0's numbers, byte runs and strings from the front.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn slice(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    fn bytes(&mut self) -> Option<Vec<u8>> {
        self.slice().map(<[u8]>::to_vec)
    }

    pub(super) fn string(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?).ok()
    }

    fn sync(&mut self, step1: fn(Vec<u8>) -> Message, step2: fn(Vec<u8>) -> Message) -> Option<Message> {
        match self.number()? {
            0 => Some(step1(self.bytes()?)),
            1 => Some(step2(self.bytes()?)),
            2 => Some(Message::Update(self.bytes()?)),
            _ => None,
        }
    }
}

/// Writes what `Reader` reads, at the end.
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn string(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn sync(&mut self, kind: u64, step: u64, bytes: &[u8]) {
        self.number(kind);
        self.number(step);
        self.bytes(bytes);
    }

    fn auth(&mut self, kind: u64, text: &str) {
        self.number(AUTH);
        self.number(kind);
        self.string(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message() -> impl Strategy<Value = Message> {
        let bytes = || prop::collection::vec(any::<u8>(), 0..300);
        prop_oneof![
            bytes().prop_map(Message::Step1),
            bytes().prop_map(Message::Step2),
            bytes().prop_map(Message::Update),
            bytes().prop_map(Message::ReplyStep1),
            bytes().prop_map(Message::ReplyStep2),
            bytes().prop_map(Message::Awareness),
            Just(Message::QueryAwareness),
            ".*".prop_map(Message::Token),
            ".*".prop_map(Message::Denied),
            any::<bool>().prop_map(|writes| Message::Allowed { writes }),
            ".*".prop_map(Message::Stateless),
            Just(Message::Close),
            any::<bool>().prop_map(Message::Status),
        ]
    }

    proptest! {
        #[test]
        fn a_frame_reads_back_as_written(document in ".*", message in message()) {
            let frame = Frame::new(document, message);
            prop_assert_eq!(Frame::read(&frame.written()), Some(frame));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Frame::read(&bytes);
        }

        #[test]
        fn a_cut_frame_is_refused_not_misread(document in "[a-z/]{1,40}", message in message(), cut in 0.0..1.0) {
            let frame = Frame::new(document, message);
            let bytes = frame.written();
            let kept = (bytes.len() as f64 * cut) as usize;
            // A close carries an empty reason that readers may ignore.
            prop_assert!(frame.message == Message::Close || Frame::read(&bytes[..kept]).is_none());
        }
    }

    #[test]
    fn the_bytes_are_those_of_the_javascript_provider() {
        // An empty document's first step, as @hocuspocus/provider sends it.
        let frame = Frame::new("a/b", Message::Step1(vec![0]));
        assert_eq!(frame.written(), [3, b'a', b'/', b'b', 0, 0, 1, 0]);
        // A token is followed by the provider's version, which we don't need.
        let token = [3, b'a', b'/', b'b', 2, 0, 2, b'h', b'i', 5, b'4', b'.', b'7', b'.', b'0'];
        assert_eq!(Frame::read(&token), Some(Frame::new("a/b", Message::Token("hi".into()))));
        assert_eq!(Frame::new("a", Message::Status(true)).written(), [1, b'a', 8, 1]);
    }
}
