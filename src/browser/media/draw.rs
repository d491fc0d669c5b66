//! Drawings: kept after every stroke, and sent once they are done.

use super::shelf::State;
use super::{begin, forget, keep, of_place, said, soon, with};
use crate::browser::{here, pause};
use crate::device::media::At;
use crate::domain::media::MediaKind;
use crate::domain::people::MediaId;
use crate::sync::document::Edit;
use leptos::task::spawn_local;

/// How long to wait after the disk refused.
const AGAIN: u64 = 2_000;

/// Keeps a drawing as it is now; without a stroke there is none.
pub fn draw(at: At, strokes: String) {
    let open = open(&at);
    if strokes.is_empty() {
        of_place(&at.0, &at.1).iter().for_each(forget);
        return here::edit(&at.0, Edit::Clear { path: at.1 });
    }
    let id = open.unwrap_or_else(|| begin(at, MediaKind::Drawing));
    store(id, strokes);
}

/// The drawing that this page is making in a place.
fn open(at: &At) -> Option<MediaId> {
    of_place(&at.0, &at.1)
        .into_iter()
        .find(|id| with(|hold| hold.kept.get(id).is_some_and(|kept| matches!(kept.state, State::Open(_)))))
}

/// A drawing is done for now: what is drawn from here on is another.
pub fn done(at: At) {
    let Some(id) = open(&at) else { return };
    let drawn = with(|hold| {
        if let Some(kept) = hold.kept.get_mut(&id) {
            kept.state = State::Made;
        }
        hold.drawn.get(&id).cloned()
    });
    match drawn {
        // It is being stored, and goes on its way after that.
        Some(drawn) => store(id, drawn),
        None => spawn_local(async move {
            let kept = with(|hold| hold.kept.get(&id).cloned());
            if let Some(kept) = kept {
                let _ = keep(&id, &kept, 0, &[]).await;
            }
            soon();
        }),
    }
}

/// Brings a drawing to the disk; where that is under way, as it is by then.
fn store(id: MediaId, strokes: String) {
    let under_way = with(|hold| hold.drawn.insert(id.clone(), strokes)).is_some();
    said(false);
    if !under_way {
        spawn_local(bring(id));
    }
}

async fn bring(id: MediaId) {
    loop {
        let now = with(|hold| {
            let (kept, drawn) = (hold.kept.get_mut(&id)?, hold.drawn.get(&id)?.clone());
            kept.length = drawn.len();
            kept.pieces = drawn.len().div_ceil(crate::domain::media::PIECE);
            Some((kept.clone(), drawn))
        });
        let Some((kept, drawn)) = now else { return };
        let stored = keep(&id, &kept, 0, drawn.as_bytes()).await.is_ok();
        let settled = with(|hold| {
            hold.full = !stored;
            let same =
                hold.drawn.get(&id) == Some(&drawn) && hold.kept.get(&id).is_some_and(|now| now.state == kept.state);
            if stored && same {
                hold.drawn.remove(&id);
            }
            stored && same
        });
        said(false);
        if settled {
            return soon();
        }
        if !stored {
            pause(AGAIN).await;
        }
    }
}
