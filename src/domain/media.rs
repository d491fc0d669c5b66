//! Media: a drawing, a recording or a photo. A piece of it is a sequence of bytes that
//! never changes, made on a device under an id of its own; a changed drawing is a new
//! piece. A section refers to it by its id, and who may see it follows from that.

mod jpeg;
mod strokes;

pub use jpeg::{LONGEST_SIDE, stripped};
pub use strokes::{COLOURS, Drawing, HEIGHT, Stroke, WIDTH, WIDTHS};

use super::people::{MediaId, RowId};
use super::sections::SectionId;
use super::values::{Changed, Values};
use super::words::{media as words, problem};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediaKind {
    Drawing,
    Recording,
    Photo,
}

/// How many bytes travel, and are sealed, together.
pub const PIECE: usize = 64 * 1024;
/// The most bytes of all the media of one plan.
pub const MOST_OF_PLAN: usize = 40 << 20;
/// The most photos in one plan.
pub const MOST_PHOTOS: usize = 20;
/// How long a recording may be, in milliseconds.
pub const LONGEST_RECORDING: i64 = 120_000;

/// Where a section keeps photos, and what each row of them has.
pub const PHOTOS: &str = "photos";
pub const PHOTO: &str = "photo";
pub const CAPTION: &str = "caption";

impl MediaKind {
    pub const ALL: [MediaKind; 3] = [MediaKind::Drawing, MediaKind::Recording, MediaKind::Photo];

    pub fn id(self) -> &'static str {
        match self {
            MediaKind::Drawing => "drawing",
            MediaKind::Recording => "recording",
            MediaKind::Photo => "photo",
        }
    }

    /// What stands for it where only words do, as in a history.
    pub fn words(self) -> &'static str {
        match self {
            MediaKind::Drawing => "A drawing",
            MediaKind::Recording => "A recording",
            MediaKind::Photo => "A photo",
        }
    }

    /// The most bytes of one piece.
    pub fn most(self) -> usize {
        match self {
            MediaKind::Drawing => 200 << 10,
            MediaKind::Recording | MediaKind::Photo => 1 << 20,
        }
    }

    /// The only section that takes it.
    pub fn section(self) -> SectionId {
        match self {
            MediaKind::Drawing | MediaKind::Recording => SectionId::MyVoice,
            MediaKind::Photo => SectionId::CarersView,
        }
    }
}

impl FromStr for MediaKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        MediaKind::ALL.into_iter().find(|kind| kind.id() == text).ok_or_else(|| format!("{text} is no kind of media"))
    }
}

/// What a device says of a piece of media before its bytes arrive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Claim {
    pub kind: MediaKind,
    pub length: usize,
    /// SHA-256 of all of it, in hex.
    pub hash: String,
}

/// How far a piece of media has arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Arrived {
    /// So many of its bytes are committed, from the first one on.
    pub held: usize,
    /// All of it is, and it is what was said at the start.
    pub whole: bool,
}

/// Why a piece of media isn't taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotTaken {
    TooLarge,
    /// All the media of the plan together would be too large.
    PlanIsFull,
    /// It isn't what it was said to be.
    NotThat,
    /// Other bytes are there under its id.
    Another,
    /// The plan takes nothing any more.
    Closed,
    /// The document isn't theirs to write.
    NotYours,
}

impl NotTaken {
    pub fn sentence(self) -> &'static str {
        let word = match self {
            NotTaken::TooLarge => words::TOO_LARGE,
            NotTaken::PlanIsFull => words::PLAN_IS_FULL,
            NotTaken::NotThat => words::NOT_THAT,
            NotTaken::Another => words::ANOTHER,
            NotTaken::Closed => words::CLOSED,
            NotTaken::NotYours => problem::NOT_YOURS,
        };
        word.english()
    }
}

impl Claim {
    /// Whether a section can take what is said.
    pub fn check(&self, section: SectionId) -> Result<(), NotTaken> {
        if self.kind.section() != section {
            return Err(NotTaken::NotYours);
        }
        if self.length > self.kind.most() {
            return Err(NotTaken::TooLarge);
        }
        let is_hash = self.hash.len() == 64 && self.hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if self.length == 0 || !is_hash { Err(NotTaken::NotThat) } else { Ok(()) }
    }
}

/// What bytes are, by what they say themselves; nothing where they aren't plainly of
/// the kind.
pub fn content_type(kind: MediaKind, bytes: &[u8]) -> Option<&'static str> {
    match kind {
        MediaKind::Drawing => Drawing::read(std::str::from_utf8(bytes).ok()?).map(|_| "image/svg+xml"),
        MediaKind::Recording => sound(bytes),
        MediaKind::Photo => (stripped(bytes).as_deref() == Some(bytes)).then_some("image/jpeg"),
    }
}

/// What browsers record.
fn sound(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some("audio/webm"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("audio/mp4"),
        [b'O', b'g', b'g', b'S', ..] => Some("audio/ogg"),
        _ => None,
    }
}

/// The media that a section's values name.
pub fn named(section: SectionId, values: &Values) -> Vec<MediaId> {
    let entries = values.facts.iter().filter(|(path, _)| is_place(section, path) && !is_gone(values, path));
    entries.flat_map(|(_, entries)| entries).filter_map(|entry| entry.value.parse().ok()).collect()
}

/// The media that these changes took out of a section.
pub fn taken_out<'a>(section: SectionId, changed: impl Iterator<Item = &'a Changed>, after: &Values) -> Vec<MediaId> {
    let mut out = Vec::new();
    for change in changed {
        if is_place(section, &change.path) {
            out.extend(change.was.split(" / ").filter_map(|was| was.parse().ok()));
        } else if change.became.is_empty() && change.path.starts_with(PHOTOS) {
            let cell = format!("{}/{PHOTO}", change.path);
            out.extend(after.entries(&cell).iter().filter_map(|entry| entry.value.parse().ok()));
        }
    }
    if !out.is_empty() {
        let stays = named(section, after);
        out.retain(|id| !stays.contains(id));
    }
    out
}

/// Whether a path is one where media is named.
fn is_place(section: SectionId, path: &str) -> bool {
    let last = path.rsplit('/').next();
    MediaKind::ALL.iter().any(|kind| kind.section() == section && last == Some(kind.id())) && path.contains('/')
}

/// Whether a path is a cell of a row that was taken away.
fn is_gone(values: &Values, path: &str) -> bool {
    let mut steps = path.split('/');
    let (Some(field), Some(Ok(row)), Some(_)) = (steps.next(), steps.next().map(str::parse::<RowId>), steps.next())
    else {
        return false;
    };
    !values.rows(field).any(|there| there.id == row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::values::{Entry, ROW_THERE, Row};
    use uuid::Uuid;

    fn id(number: u128) -> MediaId {
        MediaId::new(Uuid::from_u128(number))
    }

    fn fact(id: &MediaId) -> Vec<Entry> {
        vec![Entry { by: "young-person".into(), at: Moment(1), value: id.to_string() }]
    }

    #[test]
    fn a_claim_is_within_the_limits_of_its_kind() {
        let claim = |kind, length| Claim { kind, length, hash: "ab".repeat(32) };
        assert_eq!(claim(MediaKind::Photo, 1 << 20).check(SectionId::CarersView), Ok(()));
        assert_eq!(claim(MediaKind::Photo, (1 << 20) + 1).check(SectionId::CarersView), Err(NotTaken::TooLarge));
        assert_eq!(claim(MediaKind::Photo, 1).check(SectionId::MyVoice), Err(NotTaken::NotYours));
        assert_eq!(claim(MediaKind::Drawing, 0).check(SectionId::MyVoice), Err(NotTaken::NotThat));
        let unread = Claim { hash: "AB".repeat(32), ..claim(MediaKind::Drawing, 1) };
        assert_eq!(unread.check(SectionId::MyVoice), Err(NotTaken::NotThat));
    }

    #[test]
    fn bytes_are_what_they_say_themselves() {
        assert_eq!(content_type(MediaKind::Recording, &[0x1a, 0x45, 0xdf, 0xa3, 1]), Some("audio/webm"));
        assert_eq!(content_type(MediaKind::Recording, b"\0\0\0\x20ftypmp42"), Some("audio/mp4"));
        assert_eq!(content_type(MediaKind::Recording, b"<svg onload=alert(1)>"), None);
        assert_eq!(content_type(MediaKind::Drawing, b"<svg/>"), None);
        assert_eq!(content_type(MediaKind::Drawing, b"01 10 10 5 5"), Some("image/svg+xml"));
        assert_eq!(content_type(MediaKind::Photo, b"\x89PNG\r\n"), None);
    }

    #[test]
    fn a_drawing_that_was_drawn_anew_is_taken_out() {
        let path = "school/drawing".to_string();
        let after = Values { facts: [(path.clone(), fact(&id(2)))].into_iter().collect(), ..Values::default() };
        let change = |was: &MediaId| Changed { path: path.clone(), was: was.to_string(), became: id(2).to_string() };
        assert_eq!(taken_out(SectionId::MyVoice, [change(&id(1))].iter(), &after), [id(1)]);
        assert!(taken_out(SectionId::MyVoice, [change(&id(2))].iter(), &after).is_empty(), "it is still named");
        assert!(taken_out(SectionId::CarersView, [change(&id(1))].iter(), &after).is_empty(), "no place for one there");
    }

    #[test]
    fn a_photo_goes_with_its_row() {
        let row = RowId::new(Uuid::from_u128(7));
        let cell = format!("{PHOTOS}/{row}/{PHOTO}");
        let there = |removed_by| Row { id: row.clone(), order: "a".into(), removed_by, kept_by_edit: false };
        let values = |removed| Values {
            facts: [(cell.clone(), fact(&id(1)))].into_iter().collect(),
            rows: [(PHOTOS.to_string(), vec![there(removed)])].into_iter().collect(),
            ..Values::default()
        };
        assert_eq!(named(SectionId::CarersView, &values(None)), [id(1)]);
        let gone = values(Some("jo".into()));
        assert!(named(SectionId::CarersView, &gone).is_empty());
        let change = Changed { path: format!("{PHOTOS}/{row}"), was: ROW_THERE.into(), became: String::new() };
        assert_eq!(taken_out(SectionId::CarersView, [change].iter(), &gone), [id(1)]);
    }
}
