//! Recording: each second that was said is on the device before the next, so that a tab
//! which is killed keeps what was said until then.

use super::shelf::State;
use super::{begin, forget, keep, said, soon, with};
use crate::browser::here;
use crate::device::media::{At, Recording, Stop};
use crate::domain::media::{LONGEST_RECORDING, MediaKind, PIECE};
use crate::domain::people::MediaId;
use js_sys::{Object, Reflect, Uint8Array};
use leptos::prelude::{Set, window};
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobEvent, MediaRecorder, MediaStream, MediaStreamConstraints, MediaStreamTrack};

/// Enough for a voice, in bits a second.
const BITS: u32 = 24_000;
/// What is said is handed over this often, in milliseconds.
const SLICE: i32 = 1_000;

thread_local! {
    static RECORDER: RefCell<Option<(MediaId, MediaRecorder)>> = const { RefCell::new(None) };
    /// What was heard and isn't on the disk yet, each with the recording that it is of: the
    /// next one may begin, for another question, before the disk has all of the last.
    static HEARD: RefCell<VecDeque<(MediaId, Blob)>> = const { RefCell::new(VecDeque::new()) };
    /// What has stopped. It is made once the disk has all that was heard before that.
    static ENDED: RefCell<VecDeque<MediaId>> = const { RefCell::new(VecDeque::new()) };
    static STORING: Cell<bool> = const { Cell::new(false) };
    /// Counts what was asked for and given up: who has gone on to another question by the
    /// time the browser lets us hear isn't heard.
    static WANTED: Cell<u32> = const { Cell::new(0) };
    /// Why it stops by itself.
    static WHY: Cell<Option<Stop>> = const { Cell::new(None) };
}

fn show(recording: Recording) {
    if let Some(device) = here::with(|here| here.device) {
        device.recording.set(recording);
    }
}

/// Begins, once the person has let the browser hear.
pub fn record(at: At) {
    if RECORDER.with_borrow(Option::is_some) {
        return;
    }
    show(Recording::Asking);
    WANTED.set(WANTED.get().wrapping_add(1));
    let wanted = WANTED.get();
    spawn_local(async move {
        if listen(at.clone(), wanted).await.is_err() && WANTED.get() == wanted {
            show(Recording::Stopped(at, Stop::NoMicrophone));
        }
    });
}

async fn listen(at: At, wanted: u32) -> Result<(), JsValue> {
    let sound = MediaStreamConstraints::new();
    sound.set_audio(&JsValue::TRUE);
    let stream = window().navigator().media_devices()?.get_user_media_with_constraints(&sound)?;
    let stream: MediaStream = JsFuture::from(stream).await?.unchecked_into();
    if WANTED.get() != wanted {
        end(&stream);
        return Ok(());
    }
    let options = Object::new();
    Reflect::set(&options, &"audioBitsPerSecond".into(), &BITS.into())?;
    let made = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, options.unchecked_ref());
    let recorder = made.inspect_err(|_| end(&stream))?;
    let began = here::now();
    let id = begin(at.clone(), MediaKind::Recording);
    let (place, of) = (at.clone(), id.clone());
    let (first, own) = (at.clone(), id.clone());
    let heard = Closure::<dyn FnMut(BlobEvent)>::new(move |event: BlobEvent| {
        let seconds = (here::now().0 - began.0).max(0);
        if let Some(blob) = event.data().filter(|blob| blob.size() > 0.0) {
            HEARD.with_borrow_mut(|heard| heard.push_back((of.clone(), blob)));
            store();
        }
        if RECORDER.with_borrow(Option::is_some) {
            show(Recording::On(place.clone(), (seconds / 1_000) as u32));
            if seconds >= LONGEST_RECORDING {
                WHY.set(Some(Stop::Long));
                stop();
            }
        }
    });
    let stopped = Closure::once_into_js(move || {
        end(&stream);
        RECORDER.set(None);
        show(WHY.take().map_or(Recording::Off, |why| Recording::Stopped(at, why)));
        ENDED.with_borrow_mut(|ended| ended.push_back(id));
        store();
    });
    recorder.set_ondataavailable(Some(heard.into_js_value().unchecked_ref()));
    recorder.set_onstop(Some(stopped.unchecked_ref()));
    WHY.set(None);
    recorder.start_with_time_slice(SLICE)?;
    RECORDER.set(Some((own, recorder)));
    show(Recording::On(first, 0));
    Ok(())
}

/// The browser's own sign that it hears goes out.
fn end(stream: &MediaStream) {
    stream.get_tracks().iter().for_each(|track| track.unchecked_into::<MediaStreamTrack>().stop());
}

/// Stops, or gives up what was only asked for. What is left of it comes before it has stopped.
pub fn stop() {
    WANTED.set(WANTED.get().wrapping_add(1));
    if RECORDER.with_borrow(Option::is_none) {
        return show(Recording::Off);
    }
    RECORDER.with_borrow(|recorder| {
        if let Some((_, recorder)) = recorder {
            let _ = recorder.stop();
        }
    });
}

fn store() {
    if !STORING.replace(true) {
        spawn_local(async {
            while bring().await {}
            STORING.set(false);
        });
    }
}

/// Brings the next of what was heard to the disk, in its order; and says of what has
/// stopped that it is made. Answers whether there was anything.
async fn bring() -> bool {
    if let Some((id, blob)) = HEARD.with_borrow_mut(VecDeque::pop_front) {
        bring_part(&id, &blob).await;
        return true;
    }
    let ended = ENDED.with_borrow_mut(VecDeque::pop_front);
    if let Some(id) = &ended {
        made(id).await;
    }
    ended.is_some()
}

async fn bring_part(id: &MediaId, blob: &Blob) {
    let Ok(buffer) = JsFuture::from(blob.array_buffer().unchecked_into::<js_sys::Promise>()).await else { return };
    let bytes = Uint8Array::new(&buffer).to_vec();
    let now = with(|hold| {
        let mut kept = hold.kept.get(id)?.clone();
        let from = kept.pieces;
        kept.pieces += bytes.len().div_ceil(PIECE);
        kept.length += bytes.len();
        Some((from, kept))
    });
    let Some((from, kept)) = now else { return };
    let fits = kept.length <= MediaKind::Recording.most();
    if fits && keep(id, &kept, from, &bytes).await.is_ok() {
        with(|hold| drop(hold.kept.insert(id.clone(), kept)));
        said(false);
        return;
    }
    HEARD.with_borrow_mut(|heard| heard.retain(|(of, _)| of != id));
    if RECORDER.with_borrow(|now| now.as_ref().is_some_and(|(of, _)| of == id)) {
        WHY.set(Some(if fits { Stop::Full } else { Stop::Long }));
        stop();
    }
}

async fn made(id: &MediaId) {
    let kept = with(|hold| {
        let kept = hold.kept.get_mut(id)?;
        kept.state = State::Made;
        Some(kept.clone())
    });
    match kept {
        Some(kept) if kept.pieces == 0 => forget(id),
        // Where the disk is full it is taken for made at the next start.
        Some(kept) => drop(keep(id, &kept, 0, &[]).await),
        None => {}
    }
    said(false);
    soon();
}
