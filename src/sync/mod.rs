//! How edits travel: the language that both sides speak. Pure, so that a story
//! of edits, losses and reconnections replays identically in a test.

pub mod document;
pub mod entry;
pub mod hold;
pub mod judgement;
pub mod line;
pub mod order;
pub mod outbox;
pub mod packed;
pub mod parcel;
pub mod presence;
pub mod protocol;
pub mod replica;
pub mod splice;
pub mod undo;
