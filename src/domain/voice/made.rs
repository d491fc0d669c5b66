//! What a young person drew or said aloud, as part of an answer.

use crate::domain::people::MediaId;
use serde::{Deserialize, Serialize};

/// The drawing and the recording of an answer, by their ids.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Made {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<MediaId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<MediaId>,
    /// What they say about their drawing, or instead of one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture_words: String,
}

impl Made {
    pub fn is_nothing(&self) -> bool {
        !self.says() && self.picture_words.is_empty()
    }

    /// Whether there is something to see, to hear or to read.
    pub fn says(&self) -> bool {
        self.is_seen_or_heard() || !self.picture_words.trim().is_empty()
    }

    fn is_seen_or_heard(&self) -> bool {
        self.drawing.is_some() || self.recording.is_some()
    }

    /// What there is to see or to hear in Pep, for where there are only words.
    pub fn named(&self) -> &'static str {
        match (&self.drawing, &self.recording) {
            (None, None) => "",
            (Some(_), None) => "A drawing",
            (None, Some(_)) => "A recording",
            (Some(_), Some(_)) => "A drawing and a recording",
        }
    }
}
