//! What young people and carers read: every word of their pages, once, in English,
//! to be said in their own language. The other languages are the server's
//! (`server/words`); a page brings those of the one it is in.

/// Declares the words of one area: `NAME = "English";`, with `{name}` where something
/// is put in. `ALL` names each for those who say it in another language.
macro_rules! words {
    ($area:literal: $($(#[$doc:meta])* $name:ident = $english:expr;)*) => {
        use super::Word;
        $($(#[$doc])* pub const $name: Word = Word::declared($english);)*
        /// Every word of this area, by its name.
        pub const ALL: &[(&str, Word)] = &[$((concat!($area, ".", stringify!($name)), $name)),*];
    };
}

pub mod answering;
pub mod carer;
pub mod choosing;
pub mod code;
pub mod days;
pub mod influence;
mod language;
pub mod leaving;
pub mod looks;
pub mod media;
pub mod not_sent;
pub mod problem;
pub mod safety;
mod said;
pub mod status;
pub mod voice;

pub use language::Language;
pub use said::{Said, fill};

/// A text that a young person or a carer reads, by its English.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word(&'static str);

impl Word {
    /// A text that a section declares: a question, a label, something to pick.
    pub const fn declared(english: &'static str) -> Self {
        Self(english)
    }

    pub const fn english(self) -> &'static str {
        self.0
    }
}

/// The words of every area, by their names.
pub const AREAS: &[&[(&str, Word)]] = &[
    answering::ALL,
    carer::ALL,
    choosing::ALL,
    code::ALL,
    days::ALL,
    influence::ALL,
    leaving::ALL,
    looks::ALL,
    media::ALL,
    not_sent::ALL,
    problem::ALL,
    safety::ALL,
    status::ALL,
    voice::ALL,
];
