//! Drawing, recording and photos, as pages see them: what they are of a document, by
//! the place that names them. Their bytes are the device's to keep and to send.

use super::{Device, Draft, Later};
use crate::domain::people::MediaId;
use crate::domain::plan::DocumentName;
use leptos::prelude::*;

/// A place in a document.
pub type At = (DocumentName, String);

/// What the microphone is doing.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Recording {
    #[default]
    Off,
    /// Somebody has to allow it.
    Asking,
    /// It hears, for so many seconds by now.
    On(At, u32),
    /// It stopped, or didn't begin, by itself.
    Stopped(At, Stop),
}

/// Why a recording stopped, or didn't begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// It wasn't allowed to hear, or there is no microphone.
    NoMicrophone,
    /// It is as long as one may be. It is kept.
    Long,
    /// The device is full. What was said until then is kept.
    Full,
}

/// What came of choosing photos.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Chosen {
    pub added: usize,
    /// So many are no photos that this browser can read.
    pub unread: usize,
    /// So many are more than a plan takes.
    pub too_many: usize,
    /// The device had no room for so many.
    pub full: usize,
}

/// What `browser` puts behind it.
#[derive(Clone, Copy)]
pub struct Asks {
    pub draw: fn(At, String),
    pub done: fn(At),
    pub record: fn(At),
    pub stop: fn(),
    pub let_go: fn(At),
    pub strokes: fn(MediaId) -> Later<Option<String>>,
    pub address: fn(MediaId) -> Later<Option<String>>,
    pub photos: fn(DocumentName, String) -> Later<Chosen>,
}

impl Asks {
    pub const NONE: Asks = Asks {
        draw: |_, _| (),
        done: |_| (),
        record: |_| (),
        stop: || (),
        let_go: |_| (),
        strokes: |_| Box::pin(async { None }),
        address: |_| Box::pin(async { None }),
        photos: |_, _| Box::pin(async { Chosen::default() }),
    };
}

impl Device {
    /// Keeps a drawing as it is now. It is on the device in a moment, and sent once it
    /// is done.
    pub fn draw(self, at: At, strokes: String) {
        (self.asks.media.draw)(at, strokes);
    }

    /// Says that a drawing is done for now.
    pub fn drawn(self, at: At) {
        (self.asks.media.done)(at);
    }

    /// Begins to record, where the person lets the browser.
    pub fn record(self, at: At) {
        (self.asks.media.record)(at);
    }

    pub fn stop_recording(self) {
        (self.asks.media.stop)();
    }

    /// Takes a drawing or a recording away.
    pub fn let_go(self, at: At) {
        (self.asks.media.let_go)(at);
    }

    /// The strokes of a drawing, from this device or from the server.
    pub fn strokes(self, id: MediaId) -> Later<Option<String>> {
        (self.asks.media.strokes)(id)
    }

    /// Where a page finds the bytes of a photo or a recording.
    pub fn address(self, id: MediaId) -> Later<Option<String>> {
        (self.asks.media.address)(id)
    }

    /// Adds the photos that were chosen in the control with this id.
    pub fn photos(self, name: DocumentName, control: String) -> Later<Chosen> {
        (self.asks.media.photos)(name, control)
    }

    /// What the microphone is doing, but nothing at first, as the server rendered it.
    pub fn recording(self) -> ReadSignal<Recording> {
        let (shown, show) = signal(Recording::Off);
        Effect::new(move |_| show.set(self.recording.get()));
        shown
    }
}

impl Draft {
    /// Why the server won't take what was made for a place, followed by whoever asks.
    pub fn refusal(self, path: &str) -> Option<String> {
        let document = self.live.get().then(|| self.name())?;
        self.device().not_sent.with(|all| {
            all.iter().find(|kept| kept.path == path && kept.document == document).map(|kept| kept.why.clone())
        })
    }
}
